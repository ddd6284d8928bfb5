//! The parameters of macros: which are told, and what they say.

use super::{links, notation};
use crate::markup::{
    document::{Parameter, Target, Value},
    xml::{Element, Node},
};

/// Longer values stay in the page: they are data or programs rather than something to be read.
const LONGEST_VALUE: usize = 120;

/// Parameters that say how a site keeps a macro; nobody needs to know them.
const UNTOLD: [&str; 4] = [
    "serverId",
    "server",
    "atlassian-macro-output-type",
    "columnIds",
];

/// Names that mean something else in a tag of Markdown.
const TAKEN: [&str; 4] = ["ref", "_", "_name", "_body"];

/// The parameters of a macro that are told.
#[derive(Debug)]
pub(super) struct Told {
    pub(super) parameters: Vec<Parameter>,
    /// Whether something that matters is left out.
    pub(super) is_cut: bool,
}

pub(super) fn is_parameter(element: &Element) -> bool {
    matches!(
        element.name.as_str(),
        "ac:parameter" | "ac:default-parameter"
    )
}

/// The parameters of a macro in storage format.
pub(super) fn of_macro(element: &Element) -> Told {
    let mut told = Told {
        parameters: Vec::new(),
        is_cut: false,
    };
    for parameter in element.elements().filter(|child| is_parameter(child)) {
        let name = parameter.attribute("ac:name").unwrap_or_default();
        if UNTOLD.contains(&name) {
            continue;
        }
        match value(parameter).filter(|_| is_tellable(name) && !told.has(name)) {
            Some(Value::Text(text)) if text.is_empty() => {}
            Some(value) => told.parameters.push(Parameter {
                name: name.to_owned(),
                value,
            }),
            None => told.is_cut = true,
        }
    }
    told
}

/// The parameters of a tag of Markdown; `ref` and the like are none.
pub(super) fn of_tag(element: &Element) -> Vec<Parameter> {
    let mut parameters: Vec<Parameter> = Vec::new();
    for (name, notation) in &element.attributes {
        let name = match name.as_str() {
            "_" => "",
            name if TAKEN.contains(&name) => continue,
            name => name,
        };
        let value = match notation::parse_value(notation) {
            Value::Text(text) => Value::Text(text.trim().to_owned()),
            target => target,
        };
        let is_known = parameters.iter().any(|known| known.name == name);
        if !is_known && value != Value::Text(String::new()) {
            parameters.push(Parameter {
                name: name.to_owned(),
                value,
            });
        }
    }
    parameters
}

impl Told {
    fn has(&self, name: &str) -> bool {
        self.parameters.iter().any(|known| known.name == name)
    }
}

fn is_tellable(name: &str) -> bool {
    let begins = name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_');
    let is_word = |c: char| c.is_ascii_alphanumeric() || "_.-".contains(c);
    name.is_empty() || begins && name.chars().all(is_word) && !TAKEN.contains(&name)
}

/// What a parameter says; none if it is long or more than a text or a target.
fn value(parameter: &Element) -> Option<Value> {
    let mut text = String::new();
    let mut target: Option<Target> = None;
    for node in &parameter.children {
        match node {
            Node::Text(part, _) | Node::Data(part, _) => text.push_str(part),
            Node::Element(element) if target.is_none() => target = Some(only_target(element)?),
            _ => return None,
        }
    }
    let text = text.trim();
    match target {
        Some(target) => text.is_empty().then_some(Value::Target(target)),
        None => (text.chars().count() <= LONGEST_VALUE).then(|| Value::Text(text.to_owned())),
    }
}

/// The target of a resource, or of a link without a text of its own.
fn only_target(element: &Element) -> Option<Target> {
    if element.name == "ac:link" {
        let has_text = !element.children.iter().all(links::is_resource_or_blank);
        return links::target_of_link(element).filter(|_| !has_text);
    }
    links::target(element)
}

//! The tags of macros, and code.

use super::links;
use crate::markup::document::{Code, CodeKind, Macro, Parameter, Target, User, Value};

/// The panels, and the colours by which Jira's one panel tells them apart.
const PANELS: [(&str, &str); 4] = [
    ("info", "#deebff"),
    ("tip", "#e3fcef"),
    ("note", "#fffae6"),
    ("warning", "#ffebe6"),
];

/// The name of the macro that Jira is given for one of this name.
pub(super) fn name(found: &Macro) -> String {
    if color(found).is_some() {
        return "panel".to_owned();
    }
    let is_fit = |character: &char| character.is_alphanumeric() || "-_.".contains(*character);
    found.name.chars().filter(is_fit).collect()
}

/// Whether Jira's panel is meant, which never stands without a body.
pub(super) fn is_panel(name: &str) -> bool {
    name == "panel"
}

fn color(found: &Macro) -> Option<&'static str> {
    PANELS
        .iter()
        .find(|(name, _)| *name == found.name)
        .map(|(_, color)| *color)
}

/// The tags at both ends.
pub(super) fn pair(found: &Macro) -> (String, String) {
    let name = name(found);
    let mut parameters: Vec<String> = found
        .parameters
        .iter()
        .map(|parameter| written(&found.name, parameter))
        .collect();
    parameters.extend(color(found).map(|color| format!("bgColor={color}")));
    (tag(&name, &parameters), format!("{{{name}}}"))
}

fn tag(name: &str, parameters: &[String]) -> String {
    if parameters.is_empty() {
        return format!("{{{name}}}");
    }
    format!("{{{name}:{}}}", parameters.join("|"))
}

fn written(macro_name: &str, parameter: &Parameter) -> String {
    let text = match &parameter.value {
        Value::Text(text) => value(text),
        Value::Target(target) => self::target(target),
    };
    // The title of `expand` is what stands first, if it cannot be taken for another parameter.
    let is_first = parameter.name.is_empty()
        || (macro_name == "expand" && parameter.name == "title" && !text.contains('='));
    if is_first {
        text
    } else {
        format!("{}={text}", parameter.name)
    }
}

/// Macros name what they are about without the brackets of a link.
fn target(target: &Target) -> String {
    match target {
        Target::User(User::Name(name) | User::Key(name) | User::Account(name)) => value(name),
        Target::Space(key) => value(key),
        Target::Attachment { name, on: None } => value(name),
        Target::Page {
            space: None,
            title,
            anchor: None,
        } => value(title),
        Target::Page {
            space: Some(space),
            title,
            anchor: None,
        } => value(&format!("{space}:{title}")),
        other => links::address(other),
    }
}

/// A parameter's value: what would end it is an entity.
pub(super) fn value(text: &str) -> String {
    links::entities(text, "|{}\n")
}

/// Code or preformatted text.
///
/// A text that has the closing tag in it is put into the other macro of the two; one that has
/// both gets a `\` before its tags.
pub(super) fn code(code: &Code) -> String {
    let has = |tag: &str| code.text.contains(tag);
    let kind = match (code.kind, has("{code}"), has("{noformat}")) {
        (CodeKind::Code, true, false) => CodeKind::NoFormat,
        (CodeKind::NoFormat, false, true) => CodeKind::Code,
        (kind, _, _) => kind,
    };
    let name = match kind {
        CodeKind::Code => "code",
        CodeKind::NoFormat => "noformat",
    };
    let mut parameters = Vec::new();
    if let (CodeKind::Code, Some(language)) = (kind, &code.language) {
        let is_word = !language.contains('=');
        let key = if is_word { "" } else { "language=" };
        parameters.push(format!("{key}{}", value(language)));
    }
    let title = code.title.as_ref().map(|title| ("title", title.as_str()));
    let others = code.parameters.iter();
    let others = others.map(|(name, value)| (name.as_str(), value.as_str()));
    for (name, text) in title.into_iter().chain(others) {
        parameters.push(format!("{name}={}", value(text)));
    }
    let closing = format!("{{{name}}}");
    let text = code.text.replace(&closing, &format!("\\{closing}"));
    format!("{}\n{text}\n{closing}", tag(name, &parameters))
}

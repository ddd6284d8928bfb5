//! Macros: those with a counterpart in Markdown, and a marker for all others.

use super::{blocks, links, walk};
use crate::markup::document::{Block, Flow, Inline, Style};
use crate::markup::xml::{Element, Node};

/// Reads a macro.
pub(super) fn read(element: &Element, flow: &mut Flow) {
    match name(element) {
        "code" => {
            title(element, flow);
            let language = parameter(element, "language").or(default_parameter(element));
            fence(language.unwrap_or_default(), element, flow);
        }
        "noformat" => {
            title(element, flow);
            fence(String::new(), element, flow);
        }
        kind @ ("info" | "note" | "tip" | "warning" | "panel") => {
            let title = parameter(element, "title").map(|title| format!(" {title}"));
            let label = format!("[!{}]{}", kind.to_uppercase(), title.unwrap_or_default());
            flow.block(Block::Quote {
                label: Some(label),
                blocks: blocks(&body(element)),
            });
        }
        "expand" => {
            title(element, flow);
            blocks(&body(element))
                .into_iter()
                .for_each(|block| flow.block(block));
        }
        "section" | "column" => {
            blocks(&body(element))
                .into_iter()
                .for_each(|block| flow.block(block));
        }
        "status" => {
            let text = parameter(element, "title").or(parameter(element, "colour"));
            flow.text(format!("[{}]", text.unwrap_or_default()));
            walk(&body(element), flow);
        }
        "jira" if parameter(element, "key").is_some() => {
            flow.text(parameter(element, "key").unwrap_or_default());
            walk(&body(element), flow);
        }
        "jira" if query(element).is_some() => {
            flow.text(format!("JQL: {}", query(element).unwrap_or_default()));
            walk(&body(element), flow);
        }
        _ => marker(element, flow),
    }
}

/// Whether a macro stands on lines of its own.
pub(super) fn is_block(element: &Element) -> bool {
    let is_macro = matches!(element.name.as_str(), "ac:structured-macro" | "ac:macro");
    is_macro
        && element
            .elements()
            .any(|child| child.name.ends_with("-body"))
}

/// `{name key=value ...}`, then the body: rich text as blocks, plain text in a fence.
fn marker(element: &Element, flow: &mut Flow) {
    let mut marker = format!("{{{}", name(element));
    for child in element.elements().filter(|child| is_parameter(child)) {
        let key = child.attribute("ac:name").unwrap_or_default();
        let value = value(child);
        let is_word = !value.is_empty() && !value.contains(|c: char| c.is_whitespace() || c == '"');
        let value = if is_word {
            value
        } else {
            format!("\"{}\"", value.replace('"', "\\\""))
        };
        let equals = if key.is_empty() { "" } else { "=" };
        marker.push_str(&format!(" {key}{equals}{value}"));
    }
    marker.push('}');
    if !is_block(element) {
        flow.text(marker);
        return walk(&body(element), flow);
    }
    flow.end_paragraph();
    flow.text(marker);
    flow.end_paragraph();
    for node in body(element) {
        match node {
            Node::Data(text) => flow.block(Block::Fence {
                language: String::new(),
                text,
            }),
            other => walk(&[other], flow),
        }
    }
    flow.end_paragraph();
}

fn title(element: &Element, flow: &mut Flow) {
    if let Some(title) = parameter(element, "title") {
        flow.end_paragraph();
        flow.push(Inline::Styled(Style::Bold, vec![Inline::Text(title)]));
        flow.end_paragraph();
    }
}

fn fence(language: String, element: &Element, flow: &mut Flow) {
    let language = language
        .split(|c: char| c.is_whitespace() || c == '`')
        .collect();
    flow.block(Block::Fence {
        language,
        text: super::verbatim(&body(element)),
    });
}

/// Everything in a macro but its parameters; a plain body is character data.
fn body(element: &Element) -> Vec<Node> {
    let mut nodes = Vec::new();
    for node in &element.children {
        match node {
            Node::Element(child) if is_parameter(child) => {}
            Node::Element(child) if child.name == "ac:rich-text-body" => {
                nodes.extend(child.children.iter().cloned());
            }
            Node::Element(child) if child.name == "ac:plain-text-body" => {
                nodes.push(Node::Data(child.text()));
            }
            Node::Text(text) if text.trim().is_empty() => {}
            other => nodes.push(other.clone()),
        }
    }
    nodes
}

fn name(element: &Element) -> &str {
    element.attribute("ac:name").unwrap_or("macro")
}

fn is_parameter(element: &Element) -> bool {
    matches!(
        element.name.as_str(),
        "ac:parameter" | "ac:default-parameter"
    )
}

fn query(element: &Element) -> Option<String> {
    parameter(element, "jqlQuery").or(parameter(element, "jql"))
}

fn parameter(element: &Element, name: &str) -> Option<String> {
    element
        .elements()
        .find(|child| child.name == "ac:parameter" && child.attribute("ac:name") == Some(name))
        .map(value)
        .filter(|value| !value.is_empty())
}

fn default_parameter(element: &Element) -> Option<String> {
    let is_default = |child: &&Element| {
        child.name == "ac:default-parameter"
            || (child.name == "ac:parameter" && child.attribute("ac:name") == Some(""))
    };
    element
        .elements()
        .find(is_default)
        .map(value)
        .filter(|value| !value.is_empty())
}

/// The value of a parameter on one line; a resource in it is named as in a link.
fn value(parameter: &Element) -> String {
    let mut text = String::new();
    add_value(&parameter.children, &mut text);
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn add_value(nodes: &[Node], text: &mut String) {
    for node in nodes {
        match node {
            Node::Text(content) | Node::Data(content) => text.push_str(content),
            Node::Element(child) => {
                text.push_str(&links::target(child).unwrap_or_default());
                // A resource within an attachment is part of the attachment's name already.
                if !child.name.starts_with("ri:") {
                    add_value(&child.children, text);
                }
            }
        }
    }
}

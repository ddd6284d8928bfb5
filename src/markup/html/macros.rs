//! Panels, expanders and tables of contents.

use super::{
    attributes::{class_after, classes, has_class, style, take},
    rewrite::{Rewritten, rewrite as rewrite_nodes},
    storage::{macro_element, rich_body},
};
use crate::markup::xml::{Element, Node};

/// Confluence's panels by what their classes call them, in all its versions.
const PANELS: [(&str, &str); 8] = [
    ("information", "info"),
    ("note", "note"),
    ("tip", "tip"),
    ("warning", "warning"),
    ("infoMacro", "info"),
    ("noteMacro", "note"),
    ("tipMacro", "tip"),
    ("warningMacro", "warning"),
];

/// The panels of Confluence 4, which borrowed the looks of messages.
const MESSAGES: [(&str, &str); 4] = [
    ("hint", "info"),
    ("warning", "note"),
    ("success", "tip"),
    ("problem", "warning"),
];

/// Panels of a colour that stands for one of Confluence's own.
const COLOURS: [(&str, &str); 4] = [
    ("#deebff", "info"),
    ("#fffae6", "note"),
    ("#e3fcef", "tip"),
    ("#ffebe6", "warning"),
];

/// Panels, expanders and tables of contents.
pub(super) fn rewrite(element: Element) -> Rewritten {
    let has = |class| has_class(&element, class);
    match element.name.as_str() {
        "div" | "ul" | "ol" if has("toc-macro") => Ok(vec![macro_element("toc", &[], None)]),
        "table" => old_panel(element),
        "div" if has("confluence-information-macro") => Ok(vec![information(element)]),
        "div" if has("information-macro") => Ok(vec![message(element)]),
        "div" if has("expand-container") => expander(element),
        "div" if has("panel") => panel(element),
        _ => Err(element),
    }
}

fn of(name: &str, title: Option<String>, body: Vec<Node>) -> Node {
    let parameters = [("title", title.as_deref())];
    macro_element(name, &parameters, rich_body(rewrite_nodes(body)))
}

fn known(panels: &[(&'static str, &'static str)], class: &str) -> Option<&'static str> {
    let found = panels.iter().find(|(known, _)| *known == class);
    found.map(|(_, name)| *name)
}

fn information(mut element: Element) -> Node {
    let kind = class_after(&element, "confluence-information-macro-");
    let name = kind.and_then(|kind| known(&PANELS, kind)).unwrap_or("info");
    let title = take(&mut element, 2, &|child| has_class(child, "title"));
    let body = take(&mut element, 2, &|child| {
        has_class(child, "confluence-information-macro-body")
    });
    let body = body.unwrap_or(element).children;
    of(name, title.map(|title| title.text()), body)
}

fn message(mut element: Element) -> Node {
    let name = classes(&element).find_map(|class| known(&MESSAGES, class));
    let name = name.unwrap_or("info");
    let title = take(&mut element, 2, &|child| has_class(child, "title"));
    let body = take(&mut element, 2, &|child| {
        has_class(child, "message-content")
    });
    let body = body.unwrap_or(element).children;
    of(name, title.map(|title| title.text()), body)
}

/// `<table class="infoMacro">` with an icon in one cell and the text in the other.
fn old_panel(mut element: Element) -> Rewritten {
    let Some(name) = classes(&element).find_map(|class| known(&PANELS, class)) else {
        return Err(element);
    };
    let is_cell = |child: &Element| child.name == "td";
    let Some(first) = take(&mut element, 3, &is_cell) else {
        return Err(element);
    };
    let mut cell = take(&mut element, 3, &is_cell).unwrap_or(first);
    // A bold first line is the title.
    let mut title = None;
    let shown = |node: &Node| !matches!(node, Node::Text(text, _) if text.trim().is_empty());
    let mut first = cell.children.iter().filter(|node| shown(node));
    if let (Some(Node::Element(bold)), Some(Node::Element(end))) = (first.next(), first.next())
        && bold.name == "b"
        && end.name == "br"
    {
        title = Some(bold.text());
        take(&mut cell, 1, &|child| child.name == "b");
        take(&mut cell, 1, &|child| child.name == "br");
    }
    Ok(vec![of(name, title, cell.children)])
}

fn panel(mut element: Element) -> Rewritten {
    let Some(body) = take(&mut element, 2, &|child| has_class(child, "panelContent")) else {
        return Err(element);
    };
    let title = take(&mut element, 2, &|child| has_class(child, "panelHeader"));
    let colour = style(&body, "background-color").or_else(|| style(&element, "background-color"));
    let colour = colour.map(str::to_ascii_lowercase);
    let name = colour.and_then(|colour| known(&COLOURS, &colour));
    let title = title.map(|title| title.text());
    Ok(vec![of(name.unwrap_or("panel"), title, body.children)])
}

fn expander(mut element: Element) -> Rewritten {
    let Some(body) = take(&mut element, 2, &|child| has_class(child, "expand-content")) else {
        return Err(element);
    };
    let title = take(&mut element, 4, &|child| {
        has_class(child, "expand-control-text")
    });
    let title = title.map(|title| title.text());
    // What Confluence shows if the author gave no title.
    let title = title.filter(|title| title.trim() != "Click here to expand...");
    Ok(vec![of("expand", title, body.children)])
}

//! Macros that are boxes, and the lines that may hold one.

use super::block::is_block;
use crate::markup::xml::{Element, Node};

/// Macros that are boxes even in the midst of a line.
const BOXES: [&str; 11] = [
    "info",
    "note",
    "tip",
    "warning",
    "panel",
    "expand",
    "section",
    "column",
    "layout",
    "layout-section",
    "layout-cell",
];

/// Whether a macro of that name is a box.
pub(super) fn is_box(name: &str) -> bool {
    BOXES.contains(&name)
}

/// Whether what stands in a heading or a marker stays a line, so that a box there is a part of it.
///
/// A block that comes after the box would make paragraphs of the line, and in a paragraph a box is
/// a block. So this must be known before; it rather says no where such a block turns out empty.
pub(super) fn is_line(nodes: &[Node]) -> bool {
    !nodes.iter().any(|node| may_break(node, false))
}

/// Whether the node may be a block; in a macro, even a paragraph is one.
fn may_break(node: &Node, is_in_macro: bool) -> bool {
    match node {
        Node::Blocks(blocks) => !blocks.is_empty(),
        Node::Element(element) => stacker::maybe_grow(64 << 10, 1 << 20, || {
            element_may_break(element, is_in_macro)
        }),
        Node::Text(..) | Node::Data(..) | Node::Deep(_) | Node::Inlines(_) => false,
    }
}

fn element_may_break(element: &Element, is_in_macro: bool) -> bool {
    let mut is_within_macro = is_in_macro;
    match element.name.as_str() {
        "ul" | "ol" | "ac:task-list" | "table" | "blockquote" | "pre" | "hr" | "details" => {
            return true;
        }
        "p" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "dt" if is_in_macro => return true,
        "ac:placeholder"
        | "ac:inline-comment-marker"
        | "ac-placeholder"
        | "ac-inline-comment-marker" => is_within_macro = false,
        name if is_in_macro && is_block(name) && name != "ac:rich-text-body" => return true,
        _ => {}
    }
    if let Some(name) = macro_name(element) {
        if matches!(name, "code" | "noformat") || is_in_macro && is_box(name) {
            return true;
        }
        is_within_macro = true;
    }
    let mut children = element.children.iter();
    children.any(|child| may_break(child, is_within_macro))
}

/// The name of the macro that the element is, if it is one.
fn macro_name(element: &Element) -> Option<&str> {
    match element.name.as_str() {
        "ac:structured-macro" | "ac:macro" => {
            Some(element.attribute("ac:name").unwrap_or_default())
        }
        "ac-macro" => Some(element.attribute("_name").unwrap_or("macro")),
        "ac:layout" | "ac:layout-section" | "ac:layout-cell" => element.name.strip_prefix("ac:"),
        "ac-placeholder" | "ac-inline-comment-marker" => None,
        name => name.strip_prefix("ac-"),
    }
}

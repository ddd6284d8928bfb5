//! What Confluence and Jira render, turned back into what stands in storage format.
//!
//! Elements that mean nothing more than HTML says stay as they are. Each rule looks at one element
//! and at a few levels below it, so that the whole takes time by the length of the text.

use super::{code, icons, links, macros};
use crate::markup::xml::{Element, Node};

/// An element turned into others, or the element itself if no rule is for it.
pub(super) type Rewritten = Result<Vec<Node>, Element>;

/// Turns the nodes, and all below them, into what `elements` knows.
pub(super) fn rewrite(nodes: Vec<Node>) -> Vec<Node> {
    let mut rewritten = Vec::with_capacity(nodes.len());
    for node in nodes {
        match node {
            Node::Element(element) => {
                let parts = stacker::maybe_grow(64 << 10, 1 << 20, || rewrite_element(element));
                rewritten.extend(parts);
            }
            other => rewritten.push(other),
        }
    }
    rewritten
}

fn rewrite_element(element: Element) -> Vec<Node> {
    code::rewrite(element)
        .or_else(macros::rewrite)
        .or_else(icons::rewrite)
        .or_else(links::rewrite)
        .unwrap_or_else(|mut element| {
            if matches!(
                element.name.as_str(),
                "h1" | "h2" | "h3" | "h4" | "h5" | "h6"
            ) {
                remove_own_anchor(&mut element);
            }
            element.children = rewrite(std::mem::take(&mut element.children));
            vec![Node::Element(element)]
        })
}

/// The anchor that is made of a heading's own text is no part of it.
fn remove_own_anchor(heading: &mut Element) {
    let letters = |text: &str| {
        let letters = text.chars().filter(|c| c.is_alphanumeric());
        letters.collect::<String>()
    };
    let is_empty_anchor = |child: &Element| child.name == "a" && child.children.is_empty();
    if !heading.elements().any(is_empty_anchor) {
        return;
    }
    let title = letters(&heading.text());
    heading.children.retain(|node| match node {
        Node::Element(child) if is_empty_anchor(child) => {
            let name = child.attribute("name").or_else(|| child.attribute("id"));
            !name.is_some_and(|name| letters(name).ends_with(&title))
        }
        _ => true,
    });
}

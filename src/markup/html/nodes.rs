//! The parsed tree as nodes, without what a reader of the page does not see.

use super::{
    attributes::{has_class, is_hidden},
    tree::{Content, Place},
};
use crate::markup::xml::{DEEPEST, Element, Node};

/// Elements that show nothing, or nothing that a text could say.
const UNSEEN: [&str; 24] = [
    "script", "style", "template", "noscript", "head", "title", "meta", "link", "base", "svg",
    "canvas", "object", "embed", "applet", "map", "area", "button", "select", "datalist",
    "textarea", "noframes", "frameset", "audio", "video",
];

/// The content of the document's root.
pub(super) fn nodes(mut places: Vec<Place>) -> Vec<Node> {
    let mut open = vec![Element::default()];
    // The root `html` is the only element below the document.
    let mut next = places.first().and_then(|document| document.first);
    next = next
        .and_then(|root| places.get(root))
        .and_then(|root| root.first);
    // Where to go on after each open element.
    let mut after: Vec<Option<usize>> = Vec::new();
    loop {
        let Some(place) = next.and_then(|number| places.get_mut(number)) else {
            // The end of the open element.
            let Some(following) = after.pop() else { break };
            next = following;
            if let (Some(element), Some(parent)) = (open.pop(), open.last_mut()) {
                parent.children.push(Node::Element(element));
            }
            continue;
        };
        let (first, following) = (place.first, place.next);
        next = following;
        let Some(parent) = open.last_mut() else { break };
        match std::mem::replace(&mut place.content, Content::Nothing) {
            Content::Text(text) => add_text(parent, without_controls(text)),
            Content::Nothing => {}
            Content::Element(name, attributes) => {
                let element = Element {
                    name: name.local.to_string(),
                    attributes: attributes
                        .into_iter()
                        .map(|known| {
                            let value = without_controls(known.value.to_string());
                            (known.name.local.to_string(), value)
                        })
                        .collect(),
                    ..Element::default()
                };
                if is_unseen(&element) {
                    continue;
                }
                if after.len() >= DEEPEST {
                    if !matches!(parent.children.last(), Some(Node::Deep(_))) {
                        parent.children.push(Node::Deep(0..0));
                    }
                    continue;
                }
                after.push(following);
                open.push(element);
                next = first;
            }
        }
    }
    open.pop().map(|root| root.children).unwrap_or_default()
}

/// The text without the controls that neither XML nor Markdown knows.
fn without_controls(mut text: String) -> String {
    text.retain(|c| !c.is_ascii_control() || c.is_ascii_whitespace());
    text
}

/// What is left out between two texts does not part them.
fn add_text(parent: &mut Element, text: String) {
    match parent.children.last_mut() {
        Some(Node::Text(last, _)) => last.push_str(&text),
        _ => parent.children.push(Node::Text(text, 0..0)),
    }
}

fn is_unseen(element: &Element) -> bool {
    // The content of an expander is hidden only until somebody clicks on it.
    let is_folded = has_class(element, "expand-content");
    UNSEEN.contains(&element.name.as_str()) || (is_hidden(element) && !is_folded)
}

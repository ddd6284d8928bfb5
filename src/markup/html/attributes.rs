//! What the attributes of rendered elements say.

use crate::markup::xml::{Element, Node};

/// Classes whose text Atlassian's style sheets hide.
const HIDDEN: [&str; 3] = ["hidden", "assistive", "aui-icon"];

/// Whether the element has that class.
pub(super) fn has_class(element: &Element, name: &str) -> bool {
    classes(element).any(|class| class == name)
}

/// The element's classes.
pub(super) fn classes(element: &Element) -> impl Iterator<Item = &str> {
    let classes = element.attribute("class").unwrap_or_default();
    classes.split_ascii_whitespace()
}

/// What follows one of the prefixes in the first class that has it.
pub(super) fn class_after<'a>(element: &'a Element, prefix: &str) -> Option<&'a str> {
    let found = classes(element).find_map(|class| class.strip_prefix(prefix));
    found.filter(|rest| !rest.is_empty())
}

/// The value of a property in the element's own style.
pub(super) fn style<'a>(element: &'a Element, property: &str) -> Option<&'a str> {
    let style = element.attribute("style")?;
    style.split(';').find_map(|declaration| {
        let (name, value) = declaration.split_once(':')?;
        let is_it = name.trim().eq_ignore_ascii_case(property);
        is_it.then(|| value.trim())
    })
}

/// Whether a reader of the page does not see the element.
pub(super) fn is_hidden(element: &Element) -> bool {
    let is = |property, hidden: &[&str]| {
        style(element, property).is_some_and(|value| {
            let value = value.trim_end_matches("!important").trim_end();
            hidden
                .iter()
                .any(|hidden| value.eq_ignore_ascii_case(hidden))
        })
    };
    let is_decoration = element.attribute("aria-hidden") == Some("true")
        && classes(element).any(|class| class.contains("icon"));
    element.attribute("hidden").is_some()
        || is_decoration
        || classes(element).any(|class| HIDDEN.contains(&class))
        || is("display", &["none"])
        || is("visibility", &["hidden", "collapse"])
        || is("opacity", &["0", "0.0", "0%"])
        || is("font-size", &["0", "0px", "0pt", "0em", "0%"])
}

/// Whether something can be seen of the nodes: a letter, a picture or a macro.
pub(super) fn shows_something(nodes: &[Node]) -> bool {
    nodes.iter().any(|node| match node {
        Node::Text(text, _) | Node::Data(text, _) => !text.trim().is_empty(),
        Node::Element(element) => {
            matches!(element.name.as_str(), "img" | "time" | "hr")
                || element.name.starts_with("ac:")
                || stacker::maybe_grow(64 << 10, 1 << 20, || shows_something(&element.children))
        }
        Node::Deep(_) | Node::Blocks(_) | Node::Inlines(_) => true,
    })
}

/// Takes the first element that fits out of another, from at most so many levels below it.
pub(super) fn take(
    element: &mut Element,
    levels: u8,
    fits: &dyn Fn(&Element) -> bool,
) -> Option<Element> {
    let children = &mut element.children;
    let found = children
        .iter()
        .position(|node| matches!(node, Node::Element(child) if fits(child)));
    if let Some(found) = found {
        return match children.remove(found) {
            Node::Element(child) => Some(child),
            _ => None,
        };
    }
    let deeper = levels.checked_sub(1).filter(|levels| *levels > 0)?;
    children.iter_mut().find_map(|node| match node {
        Node::Element(child) => take(child, deeper, fits),
        _ => None,
    })
}

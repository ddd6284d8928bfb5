//! Elements of storage format made anew.

use crate::markup::xml::{Element, Node};

/// An element with attributes and children.
pub(super) fn element(name: &str, attributes: &[(&str, &str)], children: Vec<Node>) -> Node {
    let attributes = attributes.iter();
    Node::Element(Element {
        name: name.into(),
        attributes: attributes
            .map(|(name, value)| ((*name).into(), (*value).into()))
            .collect(),
        children,
        ..Element::default()
    })
}

/// A text.
pub(super) fn text(content: impl Into<String>) -> Node {
    Node::Text(content.into(), 0..0)
}

/// A macro; a parameter without a value is left out.
pub(super) fn macro_element(
    name: &str,
    parameters: &[(&str, Option<&str>)],
    body: Option<Node>,
) -> Node {
    let given = parameters.iter().filter_map(|(name, value)| {
        let value = value.map(str::trim).filter(|value| !value.is_empty())?;
        Some(element(
            "ac:parameter",
            &[("ac:name", name)],
            vec![text(value)],
        ))
    });
    let children = given.chain(body).collect();
    element("ac:structured-macro", &[("ac:name", name)], children)
}

/// A body of blocks.
pub(super) fn rich_body(children: Vec<Node>) -> Option<Node> {
    Some(element("ac:rich-text-body", &[], children))
}

/// A body of text as it is written.
pub(super) fn plain_body(content: String) -> Option<Node> {
    Some(element(
        "ac:plain-text-body",
        &[],
        vec![Node::Data(content, 0..0)],
    ))
}

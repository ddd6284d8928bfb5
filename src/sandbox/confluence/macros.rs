//! The macros in a version of content.

use serde_json::{Map, Value, json};

use crate::sandbox::confluence::access::visible;
use crate::sandbox::confluence::refusals::{Answer, refuse};
use crate::sandbox::confluence::state::State;
use crate::sandbox::confluence::storage::{self, Element, Node, plain, write};
use crate::sandbox::confluence::versions;
use crate::sandbox::exchange::{Call, Reply};

/// `GET content/{id}/history/{version}/macro/id/{macro}`
pub(super) fn get(state: &State, call: &Call, id: &str, version: &str, name: &str) -> Answer {
    let content = visible(state, call, id)?;
    let version = versions::numbered(content, version)?;
    let nodes = storage::read(&version.body).unwrap_or_default();
    let found = find(&nodes, name)
        .ok_or_else(|| refuse(404, &format!("No macro found with id : {name}")))?;
    let mut parameters = Map::new();
    for part in found.elements().filter(|part| part.name == "ac:parameter") {
        let name = part.attribute("ac:name").unwrap_or_default();
        let value = json!({"value": plain(&part.children)});
        parameters.insert(name.to_owned(), value);
    }
    let body = found
        .elements()
        .find(|part| part.name == "ac:rich-text-body" || part.name == "ac:plain-text-body");
    let text = body.map(|body| match body.name.as_str() {
        "ac:plain-text-body" => body.children.iter().map(verbatim).collect(),
        _ => write(&body.children),
    });
    Ok(Reply::json(
        200,
        &json!({
            "name": found.attribute("ac:name").unwrap_or_default(),
            "body": text.unwrap_or_default(),
            "parameters": Value::Object(parameters),
            "_links": {"base": call.base, "context": "/confluence"},
        }),
    ))
}

/// The macro with an id, at any depth.
fn find<'a>(nodes: &'a [Node], id: &str) -> Option<&'a Element> {
    nodes.iter().find_map(|node| match node {
        Node::Element(element) if element.attribute("ac:macro-id") == Some(id) => Some(element),
        Node::Element(element) => find(&element.children, id),
        _ => None,
    })
}

fn verbatim(node: &Node) -> &str {
    match node {
        Node::Text(text) | Node::Verbatim(text) => text,
        Node::Element(_) => "",
    }
}

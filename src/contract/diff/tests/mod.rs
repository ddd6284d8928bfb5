//! Each rule at least once, and how changes are said.

mod bodies;
mod components;
mod documents;
mod operations;
mod schemas;

use serde_json::{Value, json};

use crate::contract::diff::diff;

/// The changes, one a line.
fn said(old: &Value, new: &Value) -> String {
    let changes = diff(old, new);
    for change in &changes {
        let is_there = |document: &Value| document.pointer(&change.pointer).is_some();
        assert!(is_there(old) || is_there(new), "{change:?}");
    }
    let lines: Vec<String> = changes.iter().map(ToString::to_string).collect();
    lines.join("\n")
}

/// Fails unless the changes are these, and unless a document has none against itself.
fn check(old: &Value, new: &Value, expected: &[&str]) {
    assert_eq!(said(old, new), expected.join("\n"), "from {old} to {new}");
    assert_eq!(said(old, old), "");
    assert_eq!(said(new, new), "");
}

/// A document with these paths.
fn paths(paths: Value) -> Value {
    json!({"openapi": "3.0.3", "info": {"title": "t", "version": "1"}, "paths": paths})
}

/// A document with one operation.
fn operation(operation: Value) -> Value {
    paths(json!({"/thing": {"post": operation}}))
}

/// A document whose only operation is sent this schema.
fn request(schema: &Value) -> Value {
    operation(json!({
        "requestBody": {"content": {"application/json": {"schema": schema}}},
        "responses": {"204": {"description": "done"}},
    }))
}

/// A document whose only operation answers with this schema.
fn response(schema: &Value) -> Value {
    operation(json!({"responses": {"200": {
        "description": "it", "content": {"application/json": {"schema": schema}},
    }}}))
}

/// An object with these properties.
fn object(properties: Value, required: &[&str]) -> Value {
    json!({"type": "object", "properties": properties, "required": required})
}

//! Lenient reading: what a schema that is part of a response is turned into.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::operations;

/// Which schemas come and go.
pub struct Reach {
    /// The schemas that come in answers.
    pub answered: BTreeSet<String>,
    /// The schemas that are sent.
    pub sent: BTreeSet<String>,
    /// The schemas whose types another client has already.
    pub elsewhere: BTreeSet<String>,
}

impl Reach {
    /// What the operations of a document reach.
    pub fn of(document: &Value) -> Self {
        Self {
            answered: reached(document, "responses"),
            sent: reached(document, "requestBody"),
            elsewhere: BTreeSet::new(),
        }
    }

    /// Takes the types of the schemas that another document has as well from the client of that.
    pub fn share(&mut self, other: &Value) {
        let schemas = other
            .pointer("/components/schemas")
            .and_then(Value::as_object);
        let has = |name: &String| schemas.is_some_and(|schemas| schemas.contains_key(name));
        let mine = self.answered.union(&self.sent);
        self.elsewhere = mine.filter(|name| has(name)).cloned().collect();
    }
}

/// Opens every schema that a response can reach: nothing is required, enums are strings, numbers
/// are as wide as they come, dates stay as sent and unknown properties are kept.
pub fn open_responses(document: &mut Value) {
    for name in reached(document, "responses") {
        if let Some(schema) = document
            .pointer_mut("/components/schemas")
            .and_then(|schemas| schemas.get_mut(&name))
        {
            open(schema);
        }
    }
    super::each_operation(document, |_, operation| {
        if let Some(responses) = super::object_mut(operation, "responses") {
            for response in responses.values_mut() {
                let content = response.get_mut("content").and_then(Value::as_object_mut);
                for media_type in content.into_iter().flat_map(|content| content.values_mut()) {
                    media_type.get_mut("schema").map(open);
                }
            }
        }
    });
}

/// The names of all schemas that a part of the operations reaches: `responses` or `requestBody`.
fn reached(document: &Value, part: &str) -> BTreeSet<String> {
    let mut waiting: Vec<String> = Vec::new();
    for operation in operations(document) {
        if let Some(part) = operation.value.get(part) {
            references(part, &mut waiting);
        }
    }
    let mut reached = BTreeSet::new();
    while let Some(name) = waiting.pop() {
        if reached.contains(&name) {
            continue;
        }
        if let Some(schema) = document.pointer(&format!("/components/schemas/{name}")) {
            references(schema, &mut waiting);
        }
        reached.insert(name);
    }
    reached
}

fn references(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::Object(map) => {
            if let Some(name) = map
                .get("$ref")
                .and_then(Value::as_str)
                .and_then(|reference| reference.strip_prefix("#/components/schemas/"))
            {
                found.push(name.to_owned());
            }
            // Examples are data: a `$ref` in one is a server's, not ours.
            for (key, value) in map {
                if key != "example" && key != "examples" {
                    references(value, found);
                }
            }
        }
        Value::Array(items) => items.iter().for_each(|item| references(item, found)),
        _ => {}
    }
}

fn open(schema: &mut Value) {
    let Some(map) = schema.as_object_mut() else {
        return;
    };
    map.remove("required");
    map.remove("nullable");
    map.remove("enum");
    match map.get("type").and_then(Value::as_str) {
        Some("string") if map.get("format") != Some(&json!("binary")) => {
            map.remove("format");
            map.remove("pattern");
        }
        Some("integer") => {
            map.insert("format".to_owned(), json!("int64"));
            map.remove("minimum");
            map.remove("maximum");
        }
        Some("number") => {
            map.insert("format".to_owned(), json!("double"));
        }
        Some("object") if map.contains_key("properties") => {
            // Only the empty schema makes progenitor keep unknown properties; `true` drops them.
            map.insert("additionalProperties".to_owned(), json!({}));
        }
        _ => {}
    }
    if let Some(properties) = map.get_mut("properties").and_then(Value::as_object_mut) {
        properties.values_mut().for_each(open);
    }
    for key in ["items", "additionalProperties"] {
        map.get_mut(key).map(open);
    }
    for key in ["allOf", "anyOf", "oneOf"] {
        let schemas = map.get_mut(key).and_then(Value::as_array_mut);
        schemas.into_iter().flatten().for_each(open);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn document() -> Value {
        json!({
            "paths": {"/thing": {"post": {
                "requestBody": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Input"}}}},
                "responses": {"200": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Thing"}}}}},
            }}},
            "components": {"schemas": {
                "Input": {"type": "object", "required": ["name"], "properties": {"name": {"type": "string", "enum": ["a"]}}},
                "Thing": {"type": "object", "required": ["id"], "additionalProperties": true, "properties": {
                    "id": {"type": "integer", "format": "int32"},
                    "created": {"type": "string", "format": "date-time"},
                    "part": {"$ref": "#/components/schemas/Part"},
                }},
                "Part": {"type": "object", "properties": {"kind": {"type": "string", "enum": ["a", "b"]}}},
            }},
        })
    }

    #[test]
    fn responses_are_opened_as_far_as_they_reach() {
        let mut document = document();
        open_responses(&mut document);
        assert_eq!(
            document["components"]["schemas"]["Thing"],
            json!({"type": "object", "additionalProperties": {}, "properties": {
                "id": {"type": "integer", "format": "int64"},
                "created": {"type": "string"},
                "part": {"$ref": "#/components/schemas/Part"},
            }})
        );
        assert_eq!(
            document["components"]["schemas"]["Part"],
            json!({"type": "object", "additionalProperties": {}, "properties": {"kind": {"type": "string"}}})
        );
    }

    #[test]
    fn schemas_of_another_document_are_elsewhere() {
        let mut reach = Reach::of(&document());
        reach.share(&json!({"components": {"schemas": {"Part": {}, "Other": {}}}}));
        assert_eq!(reach.elsewhere, BTreeSet::from(["Part".to_owned()]));
        assert!(reach.answered.contains("Part") && reach.sent.contains("Input"));
    }

    #[test]
    fn requests_stay_strict() {
        let mut changed = document();
        open_responses(&mut changed);
        assert_eq!(
            changed["components"]["schemas"]["Input"],
            document()["components"]["schemas"]["Input"]
        );
    }
}

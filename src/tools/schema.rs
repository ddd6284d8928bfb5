//! Makes the schemas of tools small and plain.

use rmcp::model::JsonObject;
use serde_json::Value;

/// Takes away what costs tokens or upsets strict clients without saying anything: the dialect,
/// number formats, titles, null defaults and `null` beside the type of an optional property.
pub(super) fn tidy(schema: &JsonObject) -> JsonObject {
    let mut value = Value::Object(schema.clone());
    tidy_schema(&mut value);
    match value {
        Value::Object(object) => object,
        _ => schema.clone(),
    }
}

fn tidy_schema(schema: &mut Value) {
    let Some(map) = schema.as_object_mut() else {
        return;
    };
    for key in ["$schema", "format", "title"] {
        map.remove(key);
    }
    if map.get("default") == Some(&Value::Null) {
        map.remove("default");
    }
    if map.get("additionalProperties") == Some(&Value::Bool(false)) {
        map.remove("additionalProperties");
    }
    if let Some(types) = map.get("type").and_then(Value::as_array) {
        let types: Vec<Value> = types
            .iter()
            .filter(|kind| *kind != "null")
            .cloned()
            .collect();
        if let [only] = types.as_slice() {
            let only = only.clone();
            map.insert("type".to_owned(), only);
        }
    }
    if let Some(choices) = map.get_mut("enum").and_then(Value::as_array_mut) {
        choices.retain(|choice| !choice.is_null());
    }
    // `anyOf: [T, null]` is how an optional reference is written.
    if let Some(choices) = map.get("anyOf").and_then(Value::as_array) {
        let real: Vec<Value> = choices
            .iter()
            .filter(|choice| choice.get("type") != Some(&Value::from("null")))
            .cloned()
            .collect();
        if let [Value::Object(only)] = real.as_slice() {
            let only = only.clone();
            map.remove("anyOf");
            map.extend(only);
        }
    }
    for key in ["properties", "$defs"] {
        if let Some(schemas) = map.get_mut(key).and_then(Value::as_object_mut) {
            schemas.values_mut().for_each(tidy_schema);
        }
    }
    for key in ["items", "additionalProperties"] {
        map.get_mut(key).map(tidy_schema);
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn only_what_says_something_stays() {
        let schema = json!({
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "title": "GetThing", "type": "object", "additionalProperties": false,
            "properties": {
                "count": {"type": ["integer", "null"], "format": "uint32", "default": null, "description": "How many."},
                "kind": {"type": ["string", "null"], "enum": ["a", "b", null]},
                "title": {"anyOf": [{"$ref": "#/$defs/Title"}, {"type": "null"}]},
            },
        });
        let Value::Object(schema) = schema else {
            panic!()
        };
        assert_eq!(
            Value::Object(tidy(&schema)),
            json!({"type": "object", "properties": {
                "count": {"type": "integer", "description": "How many."},
                "kind": {"type": "string", "enum": ["a", "b"]},
                "title": {"$ref": "#/$defs/Title"},
            }})
        );
    }
}

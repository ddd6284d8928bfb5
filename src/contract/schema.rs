//! The schemas of a document as JSON Schema.

use jsonschema::{
    JsonType, ValidationError, Validator,
    error::{TypeKind, ValidationErrorKind},
};
use serde_json::{Value, json};

use crate::contract::{ContractError, Difference, Document};

/// The longest description of a difference, in characters.
const LONGEST: usize = 160;

/// A validator of the JSON of a response; a strict one tells numbers from texts of numbers.
pub(super) fn validator(
    document: &Document,
    response: &Value,
    strict: bool,
) -> Result<Validator, ContractError> {
    let schema = response.pointer("/content/application~1json/schema");
    let mut schema = schema.cloned().unwrap_or_else(|| json!({}));
    let mut components = document
        .value
        .get("components")
        .cloned()
        .unwrap_or_default();
    if let Some(schemas) = components.get_mut("schemas") {
        widen(schemas, strict);
    }
    widen(&mut schema, strict);
    if let Some(map) = schema.as_object_mut() {
        map.insert("components".to_owned(), components);
    }
    jsonschema::validator_for(&schema)
        .map_err(|error| ContractError::new(format!("{}: {error}", document.name)))
}

/// The texts that stand for a number.
const NUMBER: &str = r"^-?[0-9]+(\.[0-9]+)?$";

/// Allows a null everywhere, since it counts as a property that is not there; and, unless strict, a
/// number for the text of it and the reverse, since the client reads either.
fn widen(value: &mut Value, strict: bool) {
    match value {
        Value::Object(map) => {
            if let Some(kind) = map.get("type").and_then(Value::as_str) {
                let kinds = match kind {
                    "string" if !strict => json!(["string", "number", "null"]),
                    "integer" | "number" if !strict => json!([kind, "string", "null"]),
                    _ => json!([kind, "null"]),
                };
                if kinds.get(1) == Some(&json!("string")) {
                    map.insert("pattern".to_owned(), json!(NUMBER));
                }
                map.insert("type".to_owned(), kinds);
            }
            if let Some(Value::Array(values)) = map.get_mut("enum") {
                values.push(Value::Null);
            }
            for (key, part) in map {
                match (key.as_str(), part) {
                    // An example is data, unless a property is called so.
                    ("example", _) => {}
                    ("properties", Value::Object(properties)) => {
                        properties
                            .values_mut()
                            .for_each(|schema| widen(schema, strict));
                    }
                    (_, part) => widen(part, strict),
                }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(|item| widen(item, strict)),
        _ => {}
    }
}

/// What a value does not keep of its schema.
pub(super) fn differences(validator: &Validator, value: &Value) -> Vec<Difference> {
    let errors = validator.iter_errors(value);
    errors
        .map(|error| Difference::at(error.instance_path().as_str(), said(&error)))
        .collect()
}

/// An error in few words. It is of a value that a stranger may have written, and which may be long.
fn said(error: &ValidationError<'_>) -> String {
    let instance = error.instance();
    let text = match error.kind() {
        ValidationErrorKind::Type { kind } => {
            let kinds = match kind {
                TypeKind::Single(kind) => vec![*kind],
                TypeKind::Multiple(kinds) => kinds.iter().collect(),
            };
            let kinds = kinds.into_iter().filter_map(documented);
            let kinds: Vec<&str> = kinds.collect();
            format!("is {}, not {}", kind_of(instance), kinds.join(" or "))
        }
        ValidationErrorKind::Pattern { .. } => "is a text, not a number".to_owned(),
        ValidationErrorKind::Enum { options } => {
            let options = options.as_array().into_iter().flatten();
            let options: Vec<String> = options
                .filter(|option| !option.is_null())
                .map(Value::to_string)
                .collect();
            format!("is {instance}, not one of {}", options.join(", "))
        }
        _ => error.to_string(),
    };
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text,
    }
}

/// A kind of JSON that a document asks for; every one may be null.
fn documented(kind: JsonType) -> Option<&'static str> {
    match kind {
        JsonType::Null => None,
        JsonType::Boolean => Some("true or false"),
        JsonType::Integer => Some("a whole number"),
        JsonType::Number => Some("a number"),
        JsonType::String => Some("a text"),
        JsonType::Array => Some("a list"),
        JsonType::Object => Some("an object"),
    }
}

/// What kind of JSON a value is.
pub(super) fn kind_of(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "true or false",
        Value::Number(_) => "a number",
        Value::String(_) => "a text",
        Value::Array(_) => "a list",
        Value::Object(_) => "an object",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_property_may_be_called_as_a_word_of_schemas_is() {
        let text = json!({"type": "string"});
        let mut schema = json!({
            "type": "object",
            "example": {"type": "string"},
            "properties": {"example": text, "type": text, "enum": text},
        });
        widen(&mut schema, true);
        let or_null = json!({"type": ["string", "null"]});
        let properties = json!({"example": or_null, "type": or_null, "enum": or_null});
        assert_eq!(schema["properties"], properties);
        assert_eq!(schema["example"], text);
    }
}

//! The value of any field of an issue, as a short text.

use serde_json::Value;

use crate::views::{Notation, text};

/// The longest text of one field, in characters.
const MAXIMUM_FIELD: usize = 2_000;

/// The name of a status, priority, issue type and the like.
pub(super) fn name(value: Option<&Value>) -> Option<String> {
    let value = value?;
    let name = value.get("name").or_else(|| value.get("value"))?;
    Some(text::line(name.as_str()?))
}

/// The names in a list of versions, components or labels.
pub(super) fn names(value: Option<&Value>) -> Vec<String> {
    let items = value.and_then(Value::as_array);
    items.into_iter().flatten().filter_map(short).collect()
}

/// A text field.
pub(super) fn string(value: Option<&Value>) -> Option<&str> {
    value?.as_str().filter(|text| !text.trim().is_empty())
}

/// A long text in wiki markup; what is none is shown as it is rather than dropped.
pub(super) fn body(value: Option<&Value>, notation: Notation, maximum: usize) -> Option<String> {
    let text = match value? {
        Value::String(text) => text::body(&notation.of_wiki(text), maximum),
        other => short(other)?,
    };
    (!text.is_empty()).then_some(text)
}

/// What a person would write for a value; `None` if there is nothing.
pub(super) fn short(value: &Value) -> Option<String> {
    match value {
        Value::Null => None,
        Value::Bool(flag) => Some(flag.to_string()),
        Value::Number(number) => Some(number.to_string().trim_end_matches(".0").to_owned()),
        Value::String(text) if text.trim().is_empty() => None,
        Value::String(text) => {
            Some(sprint(text).unwrap_or_else(|| text::body(text, MAXIMUM_FIELD)))
        }
        Value::Array(items) => {
            let items: Vec<String> = items.iter().filter_map(short).collect();
            (!items.is_empty()).then(|| items.join(", "))
        }
        Value::Object(map) => {
            let text = |key| map.get(key).and_then(Value::as_str).map(text::line);
            let name = ["displayName", "name", "value", "key", "id"]
                .into_iter()
                .find_map(text);
            // A cascading select has its second choice inside the first.
            let child = map.get("child").and_then(short);
            match (name, child) {
                (Some(name), Some(child)) => Some(format!("{name} / {child}")),
                (Some(name), None) => Some(name),
                (None, _) if map.is_empty() => None,
                (None, _) => Some(text::body(&value.to_string(), MAXIMUM_FIELD)),
            }
        }
    }
}

/// Jira Software 8 sends a sprint as the text of a Java object: its name and state.
fn sprint(raw: &str) -> Option<String> {
    let inside = raw
        .strip_prefix("com.atlassian.greenhopper.service.sprint.Sprint@")?
        .split_once('[')?
        .1;
    let part = |key: &str| {
        let start = inside.find(&format!("{key}="))? + key.len() + 1;
        let rest = inside.get(start..)?;
        // A name may hold commas: it ends where the next property begins.
        let end = rest.match_indices(',').find(|(index, _)| {
            rest.get(index + 1..)
                .and_then(|next| next.split_once('='))
                .is_some_and(|(key, _)| {
                    !key.is_empty() && key.chars().all(|c| c.is_ascii_alphabetic())
                })
        });
        rest.get(..end.map_or(rest.len(), |(index, _)| index))
            .map(|part| part.trim_end_matches(']'))
    };
    let name = text::line(part("name")?);
    Some(match part("state") {
        Some(state) => format!("{name} ({})", state.to_lowercase()),
        None => name,
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn every_kind_of_field_has_a_short_text() {
        let cases = [
            (json!(null), None),
            (json!(""), None),
            (json!([]), None),
            (json!({}), None),
            (json!(3.0), Some("3")),
            (json!(true), Some("true")),
            (
                json!({"value": "Platform", "child": {"value": "Networking"}}),
                Some("Platform / Networking"),
            ),
            (
                json!([{"displayName": "Ada Example", "name": "ada"}, {"name": "1.2"}]),
                Some("Ada Example, 1.2"),
            ),
            (json!({"odd": 1}), Some(r#"{"odd":1}"#)),
            (
                json!(
                    "com.atlassian.greenhopper.service.sprint.Sprint@1f[id=7,rapidViewId=2,state=ACTIVE,name=Sprint 7, the last,startDate=2026-01-01,sequence=7]"
                ),
                Some("Sprint 7, the last (active)"),
            ),
        ];
        for (value, expected) in cases {
            assert_eq!(short(&value).as_deref(), expected, "{value}");
        }
    }
}

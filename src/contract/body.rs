//! The body of an answer: what it is, and what the generated type makes of it.

use serde_json::Value;

use crate::{
    client::answer::Reader,
    contract::{Difference, Recording, schema::kind_of},
};

/// The JSON of a recording; `None` where the document has no JSON for it and none came.
pub(super) fn read(response: &Value, recording: &Recording) -> Result<Option<Value>, Difference> {
    let content = response.get("content").and_then(Value::as_object);
    let media_types: Vec<&str> = content
        .into_iter()
        .flat_map(|content| content.keys().map(String::as_str))
        .collect();
    let body = &recording.body;
    let is_blank = body.iter().all(u8::is_ascii_whitespace);
    if !media_types.contains(&"application/json") {
        // Of other media types only the presence is known.
        return match (media_types.is_empty(), is_blank) {
            (true, false) if looks_like_a_page(body) => Err(Difference::whole(
                "is a web page where the document has no body",
            )),
            (true, false) => Err(Difference::whole("has a body where the document has none")),
            (false, true) => Err(Difference::whole("has no body")),
            _ => Ok(None),
        };
    }
    if looks_like_a_page(body) {
        return if media_types.contains(&"text/html") {
            Ok(None)
        } else {
            Err(Difference::whole("is a web page, not JSON"))
        };
    }
    // A refusal need not say anything.
    if is_blank && recording.status.is_some_and(|status| status >= 300) {
        return Ok(None);
    }
    if is_blank {
        return Err(Difference::whole("is empty, not JSON"));
    }
    match serde_json::from_slice(body) {
        Ok(value) => Ok(Some(value)),
        Err(error) => Err(Difference::whole(format!("is no JSON: {error}"))),
    }
}

fn looks_like_a_page(body: &[u8]) -> bool {
    let text = body.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(body);
    text.iter().find(|byte| !byte.is_ascii_whitespace()) == Some(&b'<')
}

/// What is lost when an answer is read with its type and written again.
pub(super) fn lost(reader: Reader, text: &[u8], before: &Value) -> Vec<Difference> {
    match reader(text) {
        Ok(after) => {
            let mut lost = Vec::new();
            compare("", before, &after, &mut lost);
            lost
        }
        Err(error) => vec![Difference::lost("", format!("cannot be read: {error}"))],
    }
}

/// What is empty may be left out: an empty list is the same as none.
fn is_empty(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::Array(items) => items.iter().all(is_empty),
        Value::Object(map) => map.values().all(is_empty),
        _ => false,
    }
}

fn compare(pointer: &str, before: &Value, after: &Value, lost: &mut Vec<Difference>) {
    match (before, after) {
        (Value::Object(before), Value::Object(after)) => {
            for (key, value) in before.iter().filter(|(_, value)| !is_empty(value)) {
                let pointer = format!("{pointer}/{}", key.replace('~', "~0").replace('/', "~1"));
                match after.get(key) {
                    Some(after) => compare(&pointer, value, after, lost),
                    None => lost.push(Difference::lost(pointer, format!("is {}", kind_of(value)))),
                }
            }
        }
        (Value::Array(before), Value::Array(after)) => {
            // An item that cannot be read is left out; the others keep their order.
            let is_whole = before.len() == after.len();
            let mut after = after.iter().peekable();
            for (index, item) in before.iter().enumerate() {
                let pointer = format!("{pointer}/{index}");
                match after.next_if(|after| is_whole || may_be(item, after)) {
                    Some(after) => compare(&pointer, item, after, lost),
                    None if is_empty(item) => {}
                    None => lost.push(Difference::lost(pointer, format!("is {}", kind_of(item)))),
                }
            }
        }
        _ if is_empty(before) && is_empty(after) || same(before, after) => {}
        _ => lost.push(Difference::lost(
            pointer,
            format!("is {}, and read as {}", kind_of(before), kind_of(after)),
        )),
    }
}

/// Whether an item may have been read as this: what one type reads is of one kind.
fn may_be(before: &Value, after: &Value) -> bool {
    before.is_object() && after.is_object()
        || before.is_array() && after.is_array()
        || same(before, after)
}

/// Whether two values say the same: an id may be a number or a text, a whole number have decimals.
fn same(before: &Value, after: &Value) -> bool {
    let text = |value: &Value| match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    let number = |value: &Value| text(value).parse::<f64>().ok();
    before == after
        || text(before) == text(after)
        || number(before).is_some() && number(before) == number(after)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn losses(before: Value, after: Value) -> Vec<String> {
        let mut lost = Vec::new();
        compare("", &before, &after, &mut lost);
        lost.iter().map(Difference::to_string).collect()
    }

    #[test]
    fn what_is_empty_is_not_lost() {
        let before = json!({
            "a": null, "b": [], "c": {}, "d": [null], "e": "", "f": {"48x48": null},
        });
        assert_eq!(losses(before, json!({"e": ""})), Vec::<String>::new());
    }

    #[test]
    fn a_number_as_text_is_the_same() {
        let before = json!({"id": 10001, "size": "3", "points": 3});
        let after = json!({"id": "10001", "size": 3, "points": 3.0});
        assert_eq!(losses(before, after), Vec::<String>::new());
    }

    #[test]
    fn losses_are_named_by_their_place() {
        let before = json!({"a/b": {"c": 1}, "list": [1, "x"], "kind": "odd"});
        let after = json!({"a/b": {}, "list": [1], "kind": false});
        assert_eq!(
            losses(before, after),
            [
                "/a~1b/c: is a number; the generated type loses it",
                "/kind: is a text, and read as true or false; the generated type loses it",
                "/list/1: is a text; the generated type loses it",
            ]
        );
        // An empty item makes up for none that is lost, and hides no loss in the next.
        let before = json!([{}, "x", null, {"a": 1}, {"b": 2}]);
        assert_eq!(
            losses(before, json!([{}, {"a": 1}, {}])),
            [
                "/1: is a text; the generated type loses it",
                "/4/b: is a number; the generated type loses it",
            ]
        );
    }
}

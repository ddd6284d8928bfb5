//! Reads the bodies of writes.

use serde_json::{Map, Value};

use crate::sandbox::confluence::refusals::refuse;
use crate::sandbox::confluence::{storage, wiki};
use crate::sandbox::exchange::{Call, Reply};

/// The JSON object in the body.
pub(super) fn object(call: &Call) -> Result<Map<String, Value>, Reply> {
    match call.json() {
        Ok(Value::Object(map)) => Ok(map),
        Ok(_) => Err(refuse(
            400,
            "Could not parse request body: an object was expected",
        )),
        Err(problem) => Err(refuse(
            400,
            &format!("Could not parse request body: {problem}"),
        )),
    }
}

/// The title, which has to be there.
pub(super) fn title(body: &Map<String, Value>) -> Result<String, Reply> {
    let title = body
        .get("title")
        .and_then(Value::as_str)
        .unwrap_or_default()
        .trim();
    if title.is_empty() {
        return Err(refuse(400, "A title is required"));
    }
    if title.chars().count() > 255 {
        return Err(refuse(400, "Title cannot be longer than 255 characters."));
    }
    Ok(title.to_owned())
}

/// The nearest page of `ancestors`, which is the last one.
pub(super) fn first_ancestor(body: &Map<String, Value>) -> Result<Option<u64>, Reply> {
    let last = body
        .get("ancestors")
        .and_then(Value::as_array)
        .and_then(|ancestors| ancestors.last());
    match last {
        Some(ancestor) => ancestor
            .get("id")
            .and_then(id_of)
            .map(Some)
            .ok_or_else(|| refuse(400, "An ancestor needs an id")),
        None => Ok(None),
    }
}

/// A value two levels down.
pub(super) fn at<'a>(body: &'a Map<String, Value>, outer: &str, inner: &str) -> Option<&'a Value> {
    body.get(outer).and_then(|value| value.get(inner))
}

/// An id, written as a string or as a number.
pub(super) fn id_of(value: &Value) -> Option<u64> {
    value.as_u64().or_else(|| {
        value
            .as_str()
            .and_then(|text| text.trim_start_matches("att").parse().ok())
    })
}

/// The new body in storage format; nothing if none was sent.
pub(super) fn body_of(body: &Map<String, Value>) -> Result<Option<String>, Reply> {
    let Some(bodies) = body.get("body").and_then(Value::as_object) else {
        return Ok(None);
    };
    let value = |name: &str| {
        let part = bodies.get(name).and_then(|part| part.get("value"));
        part.and_then(Value::as_str)
    };
    if let Some(text) = value("storage").or(value("editor")) {
        storage::read(text).map_err(|problem| refuse(400, &problem))?;
        return Ok(Some(text.to_owned()));
    }
    Ok(value("wiki").map(wiki::to_storage))
}

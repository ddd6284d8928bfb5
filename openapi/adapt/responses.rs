//! Steps on the responses of operations.

use serde_json::{Map, Value};

use super::{Unknown, each_operation, object_mut};

/// Drops every response that is not a success: without a declared error type each failure keeps
/// its status, headers and body, JSON or HTML, for `client::ask` to read.
pub fn drop_errors(document: &mut Value) {
    each_operation(document, |_, operation| {
        if let Some(responses) = object_mut(operation, "responses") {
            responses.retain(|status, _| status.starts_with('2'));
        }
    });
}

/// Folds all successes of an operation into `2XX`: servers of different versions disagree on
/// 200, 201 and 204, and an undeclared success would be an error.
pub fn fold_successes(document: &mut Value) -> Result<(), Unknown> {
    let mut unknown = None;
    each_operation(document, |pointer, operation| {
        let Some(responses) = object_mut(operation, "responses") else {
            return;
        };
        match fold(pointer, responses) {
            Ok(response) => *responses = Map::from_iter([("2XX".to_owned(), response)]),
            Err(error) => unknown = unknown.take().or(Some(error)),
        }
    });
    unknown.map_or(Ok(()), Err)
}

fn fold(pointer: &str, responses: &Map<String, Value>) -> Result<Value, Unknown> {
    let mut all = responses.values();
    let Some(first) = all.next() else {
        let pointer = format!("{pointer}/responses");
        return Err(Unknown::at(&pointer, "an operation needs a success"));
    };
    for other in all {
        if other.get("content") != first.get("content") {
            let pointer = format!("{pointer}/responses");
            return Err(Unknown::at(&pointer, "successes with different bodies"));
        }
    }
    Ok(first.clone())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn document(responses: Value) -> Value {
        json!({"paths": {"/thing": {"put": {"responses": responses}}}})
    }

    #[test]
    fn errors_are_dropped() {
        let mut document = document(json!({"200": {}, "404": {}, "default": {}, "4XX": {}}));
        drop_errors(&mut document);
        assert_eq!(
            document["paths"]["/thing"]["put"]["responses"],
            json!({"200": {}})
        );
    }

    #[test]
    fn successes_with_the_same_body_are_folded() {
        let mut document =
            document(json!({"200": {"description": "a"}, "201": {"description": "b"}}));
        fold_successes(&mut document).unwrap();
        assert_eq!(
            document["paths"]["/thing"]["put"]["responses"],
            json!({"2XX": {"description": "a"}})
        );
    }

    #[test]
    fn successes_with_different_bodies_are_unknown() {
        let body = json!({"content": {"application/json": {"schema": {}}}});
        let error = fold_successes(&mut document(json!({"200": body, "204": {}}))).unwrap_err();
        assert_eq!(
            error.to_string(),
            "#/paths/~1thing/put/responses: successes with different bodies"
        );
    }
}

//! Request bodies and responses.

use serde_json::{Value, json};

use super::{check, operation, said};

#[test]
fn request_bodies_change() {
    let with = |body: Value| match body {
        Value::Null => operation(json!({"responses": {}})),
        body => operation(json!({"requestBody": body, "responses": {}})),
    };
    let json_body =
        |required: bool| json!({"required": required, "content": {"application/json": {}}});
    let cases = [
        (
            json!(null),
            json_body(false),
            vec!["additive POST /thing: a request body is new and optional"],
        ),
        (
            json!(null),
            json_body(true),
            vec!["breaking POST /thing: a request body is new and required"],
        ),
        (
            json_body(false),
            json!(null),
            vec!["breaking POST /thing: the request body is gone"],
        ),
        (
            json_body(false),
            json_body(true),
            vec!["breaking POST /thing: request body: became required"],
        ),
        (
            json_body(true),
            json_body(false),
            vec!["additive POST /thing: request body: is no longer required"],
        ),
        (
            json_body(false),
            json!({"content": {"text/plain": {}}}),
            vec![
                "breaking POST /thing: request body: media type application/json is gone",
                "additive POST /thing: request body: media type text/plain is new",
            ],
        ),
        (
            json_body(false),
            json!({"content": {"Application/JSON; charset=utf-8": {}}}),
            vec![],
        ),
        (
            json!({"content": {"image/png": {}}}),
            json!({"content": {"image/*": {}}}),
            vec!["additive POST /thing: request body: media type image/* is new"],
        ),
        (
            json!({"content": {"image/*": {}}}),
            json!({"content": {"image/png": {}}}),
            vec!["breaking POST /thing: request body: media type image/* is gone"],
        ),
    ];
    for (old, new, expected) in cases {
        check(&with(old), &with(new), &expected);
    }
}

/// Checks the change of the responses; `{}` is one without a body.
fn responses(old: Value, new: Value, expected: &[&str]) {
    let with = |responses: Value| operation(json!({"responses": responses}));
    let lines = said(&with(old.clone()), &with(new.clone()));
    let lines = lines.replace(" POST /thing: ", " ");
    assert_eq!(lines, expected.join("\n"), "from {old} to {new}");
}

#[test]
fn statuses_come_and_go() {
    responses(
        json!({"200": {}, "404": {}}),
        json!({"201": {}, "409": {}}),
        &[
            "breaking response 200 is gone",
            "additive response 201 is new",
            "additive error response 404 is gone",
            "additive error response 409 is new",
        ],
    );
    responses(
        json!({"200": {}, "404": {}}),
        json!({"2XX": {}, "4xx": {}}),
        &[
            "additive response 2XX is new",
            "additive error response 4xx is new",
        ],
    );
    responses(json!({"2XX": {}}), json!({"200": {}, "204": {}}), &[]);
    responses(
        json!({"2XX": {}}),
        json!({"302": {}}),
        &[
            "breaking response 2XX is gone",
            "additive response 302 is new",
        ],
    );
    responses(json!({"default": {}}), json!({"200": {}, "404": {}}), &[]);
    responses(
        json!({"200": {}, "404": {}}),
        json!({"200": {}, "default": {}}),
        &["additive error response default is new"],
    );
    responses(
        json!({"200": {}, "default": {}}),
        json!({"201": {}, "default": {}}),
        &[
            "breaking response 200 is gone",
            "additive response 201 is new",
        ],
    );
    responses(
        json!({"200": {}, "default": {}}),
        json!({"200": {}}),
        &["additive error response default is gone"],
    );
}

#[test]
fn a_range_is_compared_with_what_is_in_it() {
    let body = |kind: &str| json!({"content": {"application/json": {"schema": {"type": kind}}}});
    responses(
        json!({"2XX": body("string")}),
        json!({"200": body("integer"), "204": {}}),
        &["breaking response 2XX: type changed from string to integer"],
    );
    responses(
        json!({"404": body("string")}),
        json!({"default": body("integer"), "200": {}}),
        &[
            "breaking response 404: type changed from string to integer",
            "additive response 200 is new",
            "additive error response default is new",
        ],
    );
}

#[test]
fn media_types_of_responses_come_and_go() {
    let with = |types: &[&str]| {
        let content: serde_json::Map<String, Value> = types
            .iter()
            .map(|name| ((*name).to_owned(), json!({"schema": {"type": "string"}})))
            .collect();
        json!({"200": {"content": content}})
    };
    responses(
        with(&["text/csv", "text/html"]),
        with(&["text/html", "application/json"]),
        &[
            "breaking response 200: media type text/csv is gone",
            "additive response 200: media type application/json is new",
        ],
    );
    responses(with(&["image/*"]), with(&["image/png"]), &[]);
    let mut other = with(&["text/csv", "text/html"]);
    other["200"]["content"]["text/csv"] = json!({"schema": {"type": "object"}});
    responses(
        with(&["text/csv", "text/html"]),
        other,
        &["breaking response 200 text/csv: type changed from string to object"],
    );
    let bare = json!({"200": {"content": {"text/csv": {}}}});
    responses(
        with(&["text/csv"]),
        bare.clone(),
        &["breaking response 200: the schema is gone"],
    );
    responses(
        bare,
        with(&["text/csv"]),
        &["additive response 200: has a schema now"],
    );
}

//! Operations and their parameters.

use serde_json::{Value, json};

use super::{check, operation, paths};

#[test]
fn operations_come_and_go() {
    let (get, post) = (json!({"responses": {}}), json!({"responses": {}}));
    check(
        &paths(json!({"/a": {"get": get, "post": post}, "/b": {"get": get}})),
        &paths(json!({"/a": {"get": get}, "/c": {"get": get}})),
        &[
            "breaking POST /a: the operation is gone",
            "breaking GET /b: the operation is gone",
            "additive GET /c: the operation is new",
        ],
    );
}

#[test]
fn a_renamed_path_parameter_is_the_same() {
    let named = |name: &str, other: &str, kind: &str| {
        let parameter = |name: &str, kind: &str| json!({"in": "path", "name": name, "required": true, "schema": {"type": kind}});
        let parameters = [parameter(other, "string"), parameter(name, kind)];
        let path = format!("/issue/{{{name}}}/x-{{{other}}}.json");
        paths(json!({path: {"parameters": parameters, "get": {"responses": {}}}}))
    };
    let old = named("id", "key", "integer");
    check(&old, &named("key", "id", "integer"), &[]);
    check(
        &old,
        &named("issueId", "key", "string"),
        &[
            "breaking GET /issue/{id}/x-{key}.json: path parameter id: type changed from integer to string",
        ],
    );
}

#[test]
fn a_path_item_may_be_elsewhere() {
    let item = json!({"get": {"responses": {"200": {"description": "it"}}}});
    let mut elsewhere = paths(json!({"/a/{id}": {"$ref": "#/x-items/a%7E1b"}}));
    elsewhere["x-items"] = json!({"a/b": item});
    check(&paths(json!({"/a/{name}": item})), &elsewhere, &[]);
    let mut without = elsewhere.clone();
    without["x-items"]["a/b"]["get"]["responses"] = json!({});
    check(
        &elsewhere,
        &without,
        &["breaking GET /a/{id}: response 200 is gone"],
    );
}

#[test]
fn operations_are_renamed_and_deprecated() {
    check(
        &operation(json!({"operationId": "get", "responses": {}})),
        &operation(json!({"operationId": "getIt", "deprecated": true, "responses": {}})),
        &[
            "breaking POST /thing: operationId changed from get to getIt, and with it the name in generated code",
            "additive POST /thing: the operation is deprecated now",
        ],
    );
}

#[test]
fn words_do_not_count() {
    let worded = |word: &str| {
        operation(json!({
            "summary": word, "description": word, "tags": [word], "x-word": word,
            "parameters": [{"in": "query", "name": "a", "description": word, "example": word, "schema": {"type": "string", "example": word}}],
            "responses": {"200": {"description": word, "x-word": word, "content": {"application/json": {
                "example": word,
                "schema": {"type": "object", "title": word, "x-word": word, "properties": {"description": {"type": "string", "title": word}}},
            }}}, "x-word": word},
        }))
    };
    check(&worded("one"), &worded("other"), &[]);
}

/// Checks the change from one list of parameters to another.
fn parameters(old: Value, new: Value, expected: &[&str]) {
    let with = |list: Value| operation(json!({"parameters": list, "responses": {}}));
    let expected: Vec<String> = expected
        .iter()
        .map(|line| line.replacen(' ', " POST /thing: ", 1))
        .collect();
    let expected: Vec<&str> = expected.iter().map(String::as_str).collect();
    check(&with(old), &with(new), &expected);
}

#[test]
fn parameters_come_and_go() {
    let parameter = |location: &str, name: &str, required: bool| json!({"in": location, "name": name, "required": required, "schema": {"type": "string"}});
    let query = |name: &str, required: bool| parameter("query", name, required);
    parameters(
        json!([query("a", false), query("b", false), query("c", true)]),
        json!([
            query("b", true),
            query("c", false),
            query("d", true),
            query("e", false)
        ]),
        &[
            "breaking query parameter a is gone",
            "breaking query parameter b: became required",
            "breaking query parameter d is new and required",
            "additive query parameter c: is no longer required",
            "additive query parameter e is new and optional",
        ],
    );
    // The same name elsewhere is another one, but a header has no case, and some are none.
    parameters(
        json!([query("a", false), parameter("header", "X-Mode", false)]),
        json!([
            parameter("header", "x-mode", false),
            parameter("header", "Accept", true),
            parameter("cookie", "a", false)
        ]),
        &[
            "breaking query parameter a is gone",
            "additive cookie parameter a is new and optional",
        ],
    );
}

#[test]
fn parameters_change() {
    let with = |schema: Value| json!([{"in": "query", "name": "a", "schema": schema}]);
    let list = json!({"type": "array", "items": {"type": "string"}});
    let cases = [
        (
            json!({"type": "integer"}),
            json!({"type": "string"}),
            "breaking query parameter a: type changed from integer to string",
        ),
        (
            json!({"type": "integer"}),
            json!({"type": "number"}),
            "breaking query parameter a: type changed from integer to number",
        ),
        (
            json!({"type": "string"}),
            list,
            "breaking query parameter a: type changed from string to array",
        ),
        (
            json!({"type": "integer", "format": "int64"}),
            json!({"type": "integer", "format": "int32"}),
            "breaking query parameter a: format changed from int64 to int32",
        ),
        (
            json!({"enum": ["a", "b"]}),
            json!({"enum": ["b"]}),
            "breaking query parameter a: enum no longer has \"a\"",
        ),
        (
            json!({"enum": ["b"]}),
            json!({"enum": ["b", "a"]}),
            "additive query parameter a: enum has \"a\" now",
        ),
        (
            json!({"default": 50}),
            json!({"default": 20}),
            "breaking query parameter a: default changed from 50 to 20",
        ),
        (
            json!({"default": 50}),
            json!({}),
            "breaking query parameter a: default 50 is gone",
        ),
        (
            json!({}),
            json!({"default": 50}),
            "additive query parameter a: default 50 is new",
        ),
        (
            json!({"items": {"enum": ["a", "b"]}}),
            json!({"items": {"enum": ["b"]}}),
            "breaking query parameter a: items: enum no longer has \"a\"",
        ),
    ];
    for (old, new, expected) in cases {
        parameters(with(old), with(new), &[expected]);
    }
}

#[test]
fn parameters_are_written_otherwise() {
    let list = |more: Value| {
        let mut parameter = json!({"in": "query", "name": "a", "schema": {"type": "array", "items": {"type": "string"}}});
        parameter
            .as_object_mut()
            .unwrap()
            .extend(more.as_object().unwrap().clone());
        json!([parameter])
    };
    parameters(
        list(json!({})),
        list(json!({"explode": true, "style": "form"})),
        &[],
    );
    parameters(
        list(json!({})),
        list(json!({"explode": false, "deprecated": true})),
        &[
            "breaking query parameter a: is joined instead of repeated for each value",
            "additive query parameter a: is deprecated now",
        ],
    );
    parameters(
        list(json!({})),
        list(json!({"style": "pipeDelimited"})),
        &["breaking query parameter a: is written as pipeDelimited instead of form"],
    );
    parameters(
        list(json!({})),
        json!([{"in": "query", "name": "a", "content": {"application/json": {"schema": {"type": "string"}}}}]),
        &[
            "breaking query parameter a: is written as application/json instead of form",
            "breaking query parameter a: type changed from array to string",
        ],
    );
}

#[test]
fn an_own_parameter_comes_before_that_of_the_path_item() {
    let document = |own: Value| {
        let shared =
            json!([{"in": "query", "name": "a", "required": true}, {"in": "query", "name": "b"}]);
        paths(
            json!({"/thing": {"parameters": shared, "post": {"parameters": own, "responses": {}}}}),
        )
    };
    check(
        &document(json!([{"in": "query", "name": "a"}])),
        &document(json!([])),
        &["breaking POST /thing: query parameter a: became required"],
    );
}

//! Components, which several operations reach.

use serde_json::{Value, json};

use super::{check, object, operation, paths, request, response, said};

/// A document with `GET /a` and `GET /b` that answer with `Thing`, and `PUT /a` that is sent it.
fn shared(schemas: Value) -> Value {
    let content = json!({"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Thing"}}}});
    let get = json!({"responses": {"200": content}});
    let put = json!({"requestBody": content, "responses": {"204": {}}});
    let mut document = paths(json!({"/a": {"get": get, "put": put}, "/b": {"get": get}}));
    document["components"] = json!({"schemas": schemas});
    document
}

fn reference(name: &str) -> Value {
    json!({"$ref": format!("#/components/schemas/{name}")})
}

#[test]
fn a_shared_schema_is_said_once() {
    let text = json!({"type": "string"});
    let old = shared(
        json!({"Thing": object(json!({"a": text, "part": reference("Part")}), &[]), "Part": object(json!({"b": text}), &["b"])}),
    );
    let new = shared(
        json!({"Thing": object(json!({"c": text, "part": reference("Part")}), &[]), "Part": object(json!({"b": text}), &[])}),
    );
    check(
        &old,
        &new,
        &[
            "breaking components/schemas/Part (response of 2 operations): property b is no longer required",
            "breaking components/schemas/Thing (request of 1 operation, response of 2 operations): property a is gone",
            "additive PUT /a: components/schemas/Part (request): property b is no longer required",
            "additive PUT /a: components/schemas/Thing (request): property c is new and optional",
            "additive components/schemas/Thing (response of 2 operations): property c is new",
        ],
    );
}

#[test]
fn a_base_is_blamed_for_what_it_lost() {
    let text = json!({"type": "string"});
    let document = |base: Value, own: Value| {
        shared(json!({
            "Thing": {"allOf": [reference("Base"), object(own, &[])]}, "Base": object(base, &[]),
        }))
    };
    let old = document(json!({"a": text, "b": text}), json!({}));
    check(
        &old,
        &document(json!({"b": text}), json!({})),
        &[
            "breaking components/schemas/Base (request of 1 operation, response of 2 operations): property a is gone",
        ],
    );
    check(&old, &document(json!({"b": text}), json!({"a": text})), &[]);
    check(
        &document(json!({"b": text}), json!({})),
        &old,
        &[
            "additive PUT /a: components/schemas/Base (request): property a is new and optional",
            "additive components/schemas/Base (response of 2 operations): property a is new",
        ],
    );
}

#[test]
fn a_renamed_schema_is_the_same() {
    let thing = |kind: &str| object(json!({"id": {"type": kind}}), &[]);
    let old = shared(json!({"Thing": reference("Issue"), "Issue": thing("string")}));
    check(
        &old,
        &shared(json!({"Thing": reference("IssueBean"), "IssueBean": thing("string")})),
        &[],
    );
    check(
        &old,
        &shared(json!({"Thing": thing("integer")})),
        &[
            "breaking components/schemas/Issue (request of 1 operation, response of 2 operations): property id: type changed from string to integer",
        ],
    );
}

#[test]
fn recursion_ends() {
    let tree = |kind: &str| {
        let children = json!({"type": "array", "items": reference("Thing")});
        shared(
            json!({"Thing": object(json!({"id": {"type": kind}, "children": children, "other": reference("Other")}), &[]),
            "Other": {"allOf": [reference("Other"), object(json!({"back": reference("Thing"), "part": {"$ref": "#/components/schemas/Other/allOf/1"}}), &[])]}}),
        )
    };
    check(
        &tree("string"),
        &tree("integer"),
        &[
            "breaking components/schemas/Thing (request of 1 operation, response of 2 operations): property id: type changed from string to integer",
        ],
    );
    let one_of_itself =
        shared(json!({"Thing": {"oneOf": [reference("Thing"), {"type": "string"}]}}));
    let inline = |document: &Value| {
        let mut inline = document.clone();
        inline["paths"]["/a"]["get"]["responses"]["200"]["content"]["application/json"]["schema"] =
            json!({"type": "string"});
        inline
    };
    for document in [tree("string"), one_of_itself] {
        said(&inline(&document), &document);
        said(&document, &inline(&document));
        check(&document, &document, &[]);
    }
}

#[test]
fn alternatives_that_are_components_go_by_name() {
    let text = json!({"type": "string"});
    let document = |names: &[&str]| {
        let references: Vec<Value> = names.iter().map(|name| reference(name)).collect();
        shared(
            json!({"Thing": {"oneOf": references}, "Cat": object(json!({"a": text}), &[]), "Dog": object(json!({"b": text}), &[])}),
        )
    };
    check(
        &document(&["Cat"]),
        &document(&["Dog", "Cat"]),
        &[
            "breaking components/schemas/Thing (response of 2 operations): alternative Dog is new",
            "additive PUT /a: components/schemas/Thing (request): alternative Dog is new",
        ],
    );
}

#[test]
fn a_shared_part_is_said_once() {
    let document = |required: bool, media_type: &str| {
        let operation = json!({
            "parameters": [{"$ref": "#/components/parameters/Start"}],
            "requestBody": {"$ref": "#/components/requestBodies/Thing"},
            "responses": {"404": {"$ref": "#/components/responses/NotFound"}},
        });
        let mut document = paths(json!({"/a": {"put": operation}, "/b": {"put": operation}}));
        document["components"] = json!({
            "parameters": {"Start": {"in": "query", "name": "startAt", "required": required}},
            "requestBodies": {"Thing": {"required": required, "content": {}}},
            "responses": {"NotFound": {"content": {media_type: {}}}},
        });
        document
    };
    check(
        &document(false, "text/html"),
        &document(true, "text/plain"),
        &[
            "breaking components/parameters/Start (request of 2 operations): became required",
            "breaking components/requestBodies/Thing (request of 2 operations): became required",
            "breaking components/responses/NotFound (response of 2 operations): media type text/html is gone",
            "additive components/responses/NotFound (response of 2 operations): media type text/plain is new",
        ],
    );
}

#[test]
fn odd_documents_are_no_reason_to_fail() {
    let odd = [
        json!(null),
        json!([]),
        json!({"paths": []}),
        paths(json!({"/a": null, "/b": {"get": 7}})),
    ];
    for one in &odd {
        for other in &odd {
            said(one, other);
        }
    }
    let wrong = operation(json!({"parameters": {"a": 1}, "requestBody": [], "responses": [1]}));
    for document in [
        request(&json!(7)),
        response(&json!({"properties": [], "required": {}, "allOf": 1, "enum": "a"})),
    ] {
        said(&wrong, &document);
        said(&document, &wrong);
        said(&document, &document);
    }
}

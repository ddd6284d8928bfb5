//! Files of recordings and documents that are none, or odd ones.

use atlassian_bridge::contract::{
    Contract, Recording,
    diff::diff,
    recordings::{Found, in_csv, in_har, in_json_lines},
};
use proptest::prelude::*;
use serde_json::{Value, json};

use super::{
    try_all,
    values::{mutated, mutations},
};

#[test]
fn any_bytes_are_a_list_or_an_error() {
    let contract = Contract::new().unwrap();
    let bytes = prop_oneof![
        prop::collection::vec(any::<u8>(), 0..200),
        "(file|status|path|,|\"|\r?\n|[0-9]|\\PC){0,40}".prop_map(String::into_bytes),
        "(\\{|\\}|\\[|\\]|\"file\"|\"log\"|:|,|\n|null|1e999){0,40}".prop_map(String::into_bytes),
    ];
    try_all(1_000, &bytes, |bytes| {
        if let Ok(found) = in_har(&contract, "a.har", &bytes) {
            prop_assert!(found.len() <= bytes.len());
        }
        for rows in [
            in_csv(&bytes),
            in_json_lines(&String::from_utf8_lossy(&bytes)),
        ] {
            for row in rows.unwrap_or_default() {
                prop_assert!(!row.file.is_empty());
                let _ = row.operation(&contract);
            }
        }
        Ok(())
    });
}

#[test]
fn an_odd_recording_is_read_or_refused() {
    let mut contract = Contract::new().unwrap();
    let url = "https://example.com/jira/rest/api/2/issue/DEMO-1?fields=summary";
    let har = json!({"log": {"version": "1.2", "entries": [
        {
            "request": {"method": "GET", "url": url},
            "response": {"status": 200, "content": {"mimeType": "application/json", "text": "{}"}},
        },
        {
            "request": {"method": "GET", "url": url},
            "response": {"status": 200, "content": {"text": "e30=", "encoding": "base64"}},
        },
    ]}});
    assert_eq!(
        in_har(&contract, "a.har", har.to_string().as_bytes())
            .unwrap()
            .len(),
        2
    );
    let texts = (mutations(), any::<prop::sample::Index>(), any::<bool>());
    let contract = std::cell::RefCell::new(&mut contract);
    try_all(500, &texts, |(mutations, end, is_cut)| {
        let mut text = mutated(&har, &mutations).to_string().into_bytes();
        if is_cut {
            text.truncate(end.index(text.len()));
            prop_assert!(in_har(&contract.borrow(), "a.har", &text).is_err());
        }
        let read = in_har(&contract.borrow(), "a.har", &text);
        for found in read.unwrap_or_default() {
            if let Found::Recorded(found) = found {
                let Recording { status, .. } = found.recording;
                prop_assert!(status.is_some());
                let mut contract = contract.borrow_mut();
                let checked = contract.check(&found.document, &found.operation, &found.recording);
                prop_assert!(checked.is_ok());
            }
        }
        Ok(())
    });
}

/// A document with one of everything that is compared.
fn document() -> Value {
    json!({
        "openapi": "3.0.3",
        "paths": {"/a/{id}": {
            "parameters": [{"$ref": "#/components/parameters/id"}],
            "get": {
                "operationId": "get_a",
                "parameters": [{"name": "expand", "in": "query", "schema": {"type": "string"}}],
                "requestBody": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/A"}}}},
                "responses": {
                    "200": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/A"}}}},
                    "404": {"$ref": "#/components/responses/none"},
                },
            },
        }},
        "components": {
            "parameters": {"id": {"name": "id", "in": "path", "required": true, "schema": {"type": "string"}}},
            "responses": {"none": {"description": "none"}},
            "schemas": {
                "A": {
                    "type": "object",
                    "required": ["id"],
                    "properties": {
                        "id": {"type": "string", "enum": ["1", "2"]},
                        "parent": {"$ref": "#/components/schemas/A"},
                        "list": {"type": "array", "items": {"$ref": "#/components/schemas/B"}},
                    },
                    "additionalProperties": {"type": "integer"},
                },
                "B": {"allOf": [{"$ref": "#/components/schemas/A"}, {"type": "object"}]},
                "C": {"oneOf": [{"$ref": "#/components/schemas/B"}, {"$ref": "#/components/schemas/C"}]},
            },
        },
    })
}

/// References that run in circles or nowhere, besides everything else.
fn mutated_documents() -> impl Strategy<Value = Value> {
    let references = prop::sample::select(vec![
        "#/components/schemas/A",
        "#/components/schemas/B",
        "#/components/schemas/C",
        "#/paths/~1a~1%7Bid%7D/get",
        "#/components/schemas",
        "#",
        "#/",
        "#/%+1%",
        "other.json",
    ]);
    let keys = prop::sample::select(vec!["$ref", "allOf", "oneOf", "anyOf", "items", "schema"]);
    let reference = (keys, references).prop_map(|(key, reference)| match key {
        "$ref" => json!({"$ref": reference}),
        "allOf" | "oneOf" | "anyOf" => json!({key: [{"$ref": reference}, {"$ref": reference}]}),
        key => json!({key: {"$ref": reference}}),
    });
    let places = prop::collection::vec((any::<prop::sample::Index>(), reference), 0..4);
    (mutations(), places, any::<bool>()).prop_map(|(mutations, places, is_odd)| {
        let document = document();
        let put = places
            .into_iter()
            .map(|(index, reference)| (index, super::values::Mutation::Put(reference)));
        let put: Vec<_> = put.collect();
        let document = mutated(&document, &put);
        match is_odd {
            true => mutated(&document, &mutations),
            false => document,
        }
    })
}

#[test]
fn any_two_documents_can_be_compared() {
    let documents = (mutated_documents(), mutated_documents());
    try_all(400, &documents, |(old, new)| {
        diff(&old, &new);
        diff(&document(), &new);
        prop_assert_eq!(diff(&new, &new), []);
        Ok(())
    });
}

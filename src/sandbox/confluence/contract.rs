//! Holds answers against the document of the API.

use serde_json::{Value, json};

use crate::sandbox::confluence::Confluence;
use crate::sandbox::exchange::Call;

/// Requests in the order in which they are sent; a line is method, operation, status, path, body.
const REQUESTS: &str = include_str!("contract.txt");

#[test]
fn answers_have_the_shape_that_the_document_gives_them() {
    let document = document();
    let confluence = Confluence::with_sample_data().unwrap();
    let lines = REQUESTS
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'));
    for line in lines {
        let parts: Vec<&str> = line.splitn(5, ' ').collect();
        let [method, operation, status, path, ref body @ ..] = parts[..] else {
            panic!("{line}");
        };
        let status: u16 = status.parse().unwrap();
        let body = body.first().copied().unwrap_or_default();
        let reply = confluence.answer(&Call::example(method, path, body));
        let text = String::from_utf8_lossy(&reply.body);
        assert_eq!(reply.status, status, "{operation} {path}: {text}");
        if reply.body.is_empty() {
            continue;
        }
        let answer: Value = serde_json::from_slice(&reply.body).unwrap();
        let schema = match status {
            200 | 202 => schema_of(&document, operation),
            _ => json!({"$ref": "#/components/schemas/RestError"}),
        };
        let schema = json!({
            "allOf": [schema],
            "components": {"schemas": document["components"]["schemas"]},
        });
        let validator = jsonschema::validator_for(&nullable(schema)).unwrap();
        let problems: Vec<String> = validator
            .iter_errors(&answer)
            .map(|problem| format!("{}: {problem}", problem.instance_path()))
            .collect();
        assert!(problems.is_empty(), "{operation} {path}: {problems:#?}");
    }
}

#[test]
fn every_operation_is_known_and_survives_odd_bodies() {
    let document = document();
    for (path, item) in document["paths"].as_object().unwrap() {
        let target = ["{id}", "{contentId}"]
            .iter()
            .fold(path.clone(), |path, name| path.replace(name, "65603"))
            .replace("{spaceKey}", "DEMO")
            .replace("{type}", "page")
            .replace("{key}", "review")
            .replace(['{', '}'], "");
        for method in ["GET", "POST", "PUT", "DELETE"] {
            if item.get(method.to_lowercase()).is_none() {
                continue;
            }
            let confluence = Confluence::with_sample_data().unwrap();
            for body in [
                "",
                "null",
                "[]",
                "[null]",
                "{}",
                "{\"version\": 1, \"body\": []}",
                "1e999",
            ] {
                let mut call = Call::example(method, &target, body);
                for caller in [None, call.caller] {
                    call.caller = caller;
                    let reply = confluence.answer(&call);
                    let text = String::from_utf8_lossy(&reply.body);
                    let known = reply.status < 500 && reply.status != 405;
                    assert!(
                        known && !text.contains("null for uri"),
                        "{method} {path} {body}"
                    );
                    let written = caller.is_none() && method != "GET" && reply.status < 300;
                    assert!(!written, "{method} {path} by nobody");
                }
            }
        }
    }
}

fn document() -> Value {
    serde_json::from_str(include_str!("../../../openapi/confluence-6.json")).unwrap()
}

/// The schema of what an operation answers with when all is well.
fn schema_of(document: &Value, operation: &str) -> Value {
    let items = document["paths"].as_object().unwrap().values();
    let found = items
        .flat_map(|item| item.as_object().unwrap().values())
        .find(|found| found["operationId"] == operation)
        .unwrap_or_else(|| panic!("no operation {operation}"));
    let responses = found["responses"].as_object().unwrap();
    let success = responses.iter().find(|(status, _)| status.starts_with('2'));
    let (_, success) = success.unwrap();
    success["content"]["application/json"]["schema"].clone()
}

/// OpenAPI 3.0 says `nullable` where JSON Schema names a second type.
fn nullable(schema: Value) -> Value {
    match schema {
        Value::Object(map) => {
            let mut map: serde_json::Map<String, Value> = map
                .into_iter()
                .map(|(name, value)| (name, nullable(value)))
                .collect();
            if map.remove("nullable") == Some(Value::Bool(true))
                && let Some(kind) = map.remove("type")
            {
                map.insert("type".to_owned(), json!([kind, "null"]));
            }
            Value::Object(map)
        }
        Value::Array(values) => values.into_iter().map(nullable).collect(),
        other => other,
    }
}

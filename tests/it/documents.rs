//! The OpenAPI documents: described throughout, with examples that are what they say.

use std::fs;

use serde_json::{Value, json};

use crate::{adapt, shared};

fn document(name: &str) -> Value {
    serde_json::from_str(&fs::read_to_string(format!("openapi/{name}.json")).unwrap()).unwrap()
}

/// The operations with their ids.
fn operations(document: &Value) -> Vec<(&str, &Value)> {
    let items = document["paths"].as_object().unwrap().values();
    let operations = items.flat_map(|item| item.as_object().unwrap().values());
    operations
        .map(|operation| (operation["operationId"].as_str().unwrap(), operation))
        .collect()
}

/// What an example does not keep of its schema.
fn problems(document: &Value, schema: &Value, example: &Value) -> Vec<String> {
    let mut whole = schema.clone();
    whole["components"] = document["components"].clone();
    allow_nulls(&mut whole);
    let validator = jsonschema::validator_for(&whole).unwrap();
    let errors = validator.iter_errors(example);
    errors
        .map(|error| format!("{}: {error}", error.instance_path()))
        .collect()
}

/// OpenAPI 3.0 writes `nullable` for what JSON Schema writes as a second type.
fn allow_nulls(schema: &mut Value) {
    match schema {
        Value::Object(map) => {
            if map.get("nullable") == Some(&json!(true)) {
                let kind = map["type"].clone();
                map.insert("type".to_owned(), json!([kind, "null"]));
            }
            map.values_mut().for_each(allow_nulls);
        }
        Value::Array(items) => items.iter_mut().for_each(allow_nulls),
        _ => {}
    }
}

#[test]
fn every_example_fits_its_schema() {
    for adapt::Document { name, .. } in adapt::DOCUMENTS {
        let document = document(name);
        let mut examples = Vec::new();
        for (id, operation) in operations(&document) {
            for parameter in operation["parameters"].as_array().into_iter().flatten() {
                let place = format!("{id} {}", parameter["name"]);
                examples.push((place, &parameter["schema"], &parameter["example"]));
            }
            let body = &operation["requestBody"]["content"];
            for (kind, content) in body.as_object().into_iter().flatten() {
                // A file is no example.
                if !kind.starts_with("multipart/") && !kind.starts_with("image/") {
                    let place = format!("{id} request");
                    examples.push((place, &content["schema"], &content["example"]));
                }
            }
            for (status, response) in operation["responses"].as_object().unwrap() {
                examples.extend(answer(format!("{id} {status}"), response));
            }
        }
        let shared = document["components"]["responses"].as_object();
        for (response, value) in shared.into_iter().flatten() {
            examples.extend(answer(response.clone(), value));
        }
        assert!(examples.len() > 100, "{name}");
        for (place, schema, example) in examples {
            assert!(!example.is_null(), "{name}: {place} has no example");
            let problems = problems(&document, schema, example);
            assert!(problems.is_empty(), "{name}: {place}: {problems:?}");
        }
    }
}

/// The example of a JSON answer.
fn answer(place: String, response: &Value) -> Option<(String, &Value, &Value)> {
    let content = response.pointer("/content/application~1json")?;
    Some((place, &content["schema"], &content["example"]))
}

#[test]
fn everything_is_described() {
    for adapt::Document { name, .. } in adapt::DOCUMENTS {
        let document = document(name);
        let said = |value: &Value| {
            value["description"]
                .as_str()
                .is_some_and(|text| !text.is_empty())
        };
        for (id, operation) in operations(&document) {
            assert!(
                said(operation) && operation["summary"].is_string(),
                "{name}: {id}"
            );
            let parts = operation.pointer("/requestBody/content/multipart~1form-data/schema");
            let parts = parts.and_then(|schema| schema["properties"].as_object());
            for (part, value) in parts.into_iter().flatten() {
                assert!(said(value), "{name}: {id} {part}");
            }
            let bodies = operation["responses"].as_object().unwrap().values();
            for body in bodies.chain(operation.get("requestBody")) {
                assert!(body.get("$ref").is_some() || said(body), "{name}: {id}");
            }
            for parameter in operation["parameters"].as_array().into_iter().flatten() {
                let is_shared = parameter.get("$ref").is_some();
                assert!(
                    is_shared || said(parameter),
                    "{name}: {id} {}",
                    parameter["name"]
                );
            }
        }
        for (schema, value) in document["components"]["schemas"].as_object().unwrap() {
            assert!(said(value), "{name}: {schema}");
            for (property, value) in value["properties"].as_object().into_iter().flatten() {
                let is_shared = value.get("$ref").is_some();
                assert!(is_shared || said(value), "{name}: {schema}.{property}");
            }
        }
    }
}

/// The fact tables, which lie beside the project: their operations by document.
const FACTS: [(&str, &str, &[&str], usize); 3] = [
    ("jira-8", "jira-8", &["8.x+", "8.x-only"], 362),
    ("jira-agile-1.0", "jira-agile", &["8.x+"], 42),
    (
        "confluence-6",
        "confluence-6",
        &["6.x+", "experimental", "prototype", "other"],
        90,
    ),
];

#[test]
fn no_operation_is_lost() {
    for (name, facts, scopes, count) in FACTS {
        let document = document(name);
        let mut found = Vec::new();
        for (path, item) in document["paths"].as_object().unwrap() {
            for (method, operation) in item.as_object().unwrap() {
                let id = operation["operationId"].as_str().unwrap();
                found.push(format!("{id} {} {path}", method.to_uppercase()));
            }
        }
        found.sort();
        assert_eq!(found.len(), count, "{name}");
        let readme = fs::read_to_string("openapi/README.md").unwrap();
        let row = readme.lines().find(|line| line.contains(name)).unwrap();
        assert!(row.contains(&format!("| {count} |")), "{row}");

        let Some(facts) = shared(&format!("api-facts/{facts}-operations.json")) else {
            continue;
        };
        let facts: Vec<Value> = serde_json::from_str(&facts).unwrap();
        let in_scope = facts
            .iter()
            .filter(|fact| scopes.contains(&fact["scope"].as_str().unwrap()));
        let mut expected: Vec<String> = in_scope
            .map(|fact| {
                let text = |key: &str| fact[key].as_str().unwrap();
                format!(
                    "{} {} {}",
                    text("operationId"),
                    text("method"),
                    text("path")
                )
            })
            .collect();
        expected.sort();
        assert_eq!(found, expected, "{name}");
    }
}

#[test]
fn documents_that_share_types_have_the_same_schemas() {
    for adapt::Document { name, shares, .. } in adapt::DOCUMENTS {
        let Some(other) = shares else { continue };
        let (mine, others) = (document(name), document(other.name));
        let others = others["components"]["schemas"].as_object().unwrap();
        let mine = mine["components"]["schemas"].as_object().unwrap();
        let both: Vec<&String> = mine
            .keys()
            .filter(|name| others.contains_key(*name))
            .collect();
        assert!(both.len() > 10, "{both:?}");
        for schema in both {
            assert_eq!(mine[schema], others[schema], "{schema}");
        }
    }
}

//! The documents of this project.

use std::{fs, path::Path};

use serde_json::{Value, json};

use super::said;
use crate::contract::diff::diff;

const NAMES: [&str; 3] = ["jira-8", "jira-agile-1.0", "confluence-6"];

fn read(name: &str) -> Value {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("openapi");
    let text = fs::read_to_string(folder.join(format!("{name}.json"))).unwrap();
    serde_json::from_str(&text).unwrap()
}

#[test]
fn each_is_the_same_as_itself() {
    for name in NAMES {
        assert_eq!(said(&read(name), &read(name)), "", "{name}");
    }
}

/// Diffs a document with a copy in which a schema has lost a property.
fn without(name: &str, schema: &str, property: &str) -> String {
    let old = read(name);
    let mut new = old.clone();
    let properties = &mut new["components"]["schemas"][schema]["properties"];
    assert!(
        properties
            .as_object_mut()
            .unwrap()
            .remove(property)
            .is_some()
    );
    said(&old, &new)
}

#[test]
fn a_lost_property_is_one_change() {
    insta::assert_snapshot!(without("jira-8", "Field", "custom"), @"breaking components/schemas/Field (request of 3 operations, response of 11 operations): property custom is gone");
    insta::assert_snapshot!(without("jira-agile-1.0", "Sprint", "goal"), @"breaking components/schemas/Sprint (request of 2 operations, response of 5 operations): property goal is gone");
    insta::assert_snapshot!(without("confluence-6", "Space", "key"), @"breaking components/schemas/Space (response of 24 operations): property key is gone");
}

#[test]
fn a_lost_property_is_seen_once_wherever_it_is() {
    for name in NAMES {
        let old = read(name);
        for (schema, value) in old["components"]["schemas"]
            .as_object()
            .unwrap()
            .iter()
            .step_by(9)
        {
            let properties = value["properties"].as_object();
            let Some(property) = properties.and_then(|properties| properties.keys().next()) else {
                continue;
            };
            let mut new = old.clone();
            new["components"]["schemas"][schema]["properties"]
                .as_object_mut()
                .unwrap()
                .remove(property);
            if let Some(required) = new["components"]["schemas"][schema]["required"].as_array_mut()
            {
                required.retain(|name| name != property);
            }
            let changes = diff(&old, &new);
            let [change] = changes.as_slice() else {
                panic!("{name} {schema}.{property}: {changes:?}");
            };
            assert_eq!(
                change.pointer,
                format!("/components/schemas/{schema}/properties/{property}")
            );
        }
    }
}

#[test]
fn the_order_within_a_document_does_not_matter() {
    let (old, new) = (read("confluence-6"), json!({"paths": {}}));
    let lines = said(&old, &new);
    let mut sorted: Vec<&str> = lines.lines().collect();
    sorted.sort_by_key(|line| {
        line.split(' ')
            .nth(2)
            .map(|path| path.trim_end_matches(':'))
    });
    assert_eq!(lines, sorted.join("\n"));
    assert_eq!(sorted.len(), 90);
}

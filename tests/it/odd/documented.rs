//! What the documents say of successes in JSON: an example, and the kind of each value in it.

use atlassian_bridge::contract::{Contract, Difference, Document, Recording};
use serde_json::Value;

/// The success of an operation.
#[derive(Debug, Clone)]
pub(super) struct Success {
    pub(super) document: &'static str,
    pub(super) operation: String,
    pub(super) status: u16,
    pub(super) example: Value,
    /// The places in the example of which the document says a kind, with that kind.
    pub(super) kinds: Vec<(String, String)>,
}

impl Success {
    /// What differs where the server answers with this.
    pub(super) fn check(
        &self,
        contract: &mut Contract,
        body: impl Into<Vec<u8>>,
    ) -> Vec<Difference> {
        let recording = Recording::json(self.status, body);
        let checked = contract.check(self.document, &self.operation, &recording);
        checked.unwrap()
    }
}

/// Every success in JSON of every document.
pub(super) fn successes(contract: &Contract) -> Vec<Success> {
    let documents = contract.documents().iter();
    let successes: Vec<Success> = documents.flat_map(of_document).collect();
    assert!(successes.len() > 300, "{}", successes.len());
    successes
}

fn of_document(document: &Document) -> Vec<Success> {
    let root = &document.value;
    let operations = document.operations();
    let successes = operations.filter_map(|operation| {
        let responses = operation.value["responses"].as_object()?;
        let (status, response) = responses
            .iter()
            .find(|(status, _)| status.starts_with('2'))?;
        let json = &followed(root, response)["content"]["application/json"];
        let example = json.get("example")?.clone();
        let mut kinds = Vec::new();
        kinds_of(root, &json["schema"], &example, "", &mut kinds);
        Some(Success {
            document: document.name,
            operation: operation.id.to_owned(),
            // `2XX` stands for them all.
            status: status.parse().unwrap_or(200),
            example,
            kinds,
        })
    });
    successes.collect()
}

fn followed<'a>(root: &'a Value, value: &'a Value) -> &'a Value {
    match value["$ref"].as_str() {
        Some(reference) => root.pointer(&reference[1..]).unwrap(),
        None => value,
    }
}

fn kinds_of(
    root: &Value,
    schema: &Value,
    value: &Value,
    place: &str,
    found: &mut Vec<(String, String)>,
) {
    let schema = followed(root, schema);
    if let Some(kind) = schema["type"].as_str() {
        found.push((place.to_owned(), kind.to_owned()));
    }
    match value {
        Value::Object(members) => {
            for (name, value) in members {
                let own = &schema["properties"][name];
                let schema = if own.is_null() {
                    &schema["additionalProperties"]
                } else {
                    own
                };
                let name = name.replace('~', "~0").replace('/', "~1");
                kinds_of(root, schema, value, &format!("{place}/{name}"), found);
            }
        }
        Value::Array(items) => {
            for (index, value) in items.iter().enumerate() {
                kinds_of(
                    root,
                    &schema["items"],
                    value,
                    &format!("{place}/{index}"),
                    found,
                );
            }
        }
        _ => {}
    }
}

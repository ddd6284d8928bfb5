//! Turns an honest OpenAPI document into one that progenitor 0.15 can take.
//!
//! Each step is a pure function on the document and does one thing; [`adapt`] is their order.
//! What a step does not know is an error that names the place as a JSON pointer.

mod answers;
mod boxes;
mod builders;
pub mod generate;
mod inspect;
mod lenient;
mod pages;
mod readers;
mod responses;
mod schemas;
mod setters;

use std::fmt;

use serde_json::{Map, Value};

pub use schemas::Reach;

/// The methods of a path item that are operations.
const METHODS: [&str; 7] = ["get", "put", "post", "delete", "patch", "head", "options"];

/// A document in `openapi/`, and whose client is generated from it.
pub struct Document {
    /// The file's name without `.json`.
    pub name: &'static str,
    /// The module of the client, and the feature that asks for it.
    pub client: &'static str,
    /// The document whose types serve here as well, where its client is there: schemas of one name
    /// are the same.
    pub shares: Option<&'static Document>,
}

const JIRA: Document = Document {
    name: "jira-8",
    client: "jira",
    shares: None,
};

const AGILE: Document = Document {
    name: "jira-agile-1.0",
    client: "agile",
    shares: Some(&JIRA),
};

const CONFLUENCE: Document = Document {
    name: "confluence-6",
    client: "confluence",
    shares: None,
};

/// All documents.
pub const DOCUMENTS: &[Document] = &[JIRA, AGILE, CONFLUENCE];

/// A document that progenitor can take, and what became of it on the way.
pub struct Adapted {
    /// The document.
    pub document: Value,
    /// How many operations are generated.
    pub operations: usize,
    /// The operations that progenitor cannot take, which are written by hand.
    pub left_out: Vec<String>,
    /// The schemas that the operations use, those written by hand among them.
    pub reach: Reach,
    /// The table of what reads each answer.
    pub readers: proc_macro2::TokenStream,
}

impl fmt::Display for Adapted {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} operations", self.operations)?;
        if !self.left_out.is_empty() {
            write!(formatter, ", by hand: {}", self.left_out.join(", "))?;
        }
        Ok(())
    }
}

/// Something in a document that no step knows, and where.
#[derive(Debug)]
pub struct Unknown {
    /// The JSON pointer of the place.
    pub pointer: String,
    /// What is wrong with it.
    pub problem: String,
}

impl Unknown {
    fn at(pointer: &str, problem: impl Into<String>) -> Self {
        Self {
            pointer: pointer.to_owned(),
            problem: problem.into(),
        }
    }
}

impl fmt::Display for Unknown {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "#{}: {}", self.pointer, self.problem)
    }
}

impl std::error::Error for Unknown {}

/// Runs all steps.
pub fn adapt(mut document: Value) -> Result<Adapted, Unknown> {
    inspect::version(&document)?;
    responses::drop_errors(&mut document);
    responses::fold_successes(&mut document)?;
    comma_lists_to_strings(&mut document);
    schemas::open_responses(&mut document);
    let reach = Reach::of(&document);
    let readers = readers::table(&document)?;
    let left_out = leave_out_bodies(&mut document);
    tidy_descriptions(&mut document);
    inspect::operations(&document)?;
    let operations = operations(&document).len();
    Ok(Adapted {
        document,
        operations,
        left_out,
        reach,
        readers,
    })
}

/// An operation and where it is.
struct Operation<'a> {
    path: &'a str,
    method: &'a str,
    pointer: String,
    value: &'a Value,
}

impl Operation<'_> {
    fn id(&self) -> Option<&str> {
        self.value.get("operationId")?.as_str()
    }
}

fn operations(document: &Value) -> Vec<Operation<'_>> {
    let Some(paths) = document.get("paths").and_then(Value::as_object) else {
        return Vec::new();
    };
    let mut found = Vec::new();
    for (path, item) in paths {
        for method in METHODS {
            if let Some(value) = item.get(method) {
                found.push(Operation {
                    path,
                    method,
                    pointer: format!("/paths/{}/{method}", escape(path)),
                    value,
                });
            }
        }
    }
    found
}

fn each_operation(document: &mut Value, mut change: impl FnMut(&str, &mut Value)) {
    let Some(paths) = document.get_mut("paths").and_then(Value::as_object_mut) else {
        return;
    };
    for (path, item) in paths {
        for method in METHODS {
            if let Some(operation) = item.get_mut(method) {
                change(&format!("/paths/{}/{method}", escape(path)), operation);
            }
        }
    }
}

/// Escapes one part of a JSON pointer.
fn escape(part: &str) -> String {
    part.replace('~', "~0").replace('/', "~1")
}

/// Removes the operations whose request body has a media type that progenitor has no code for, such
/// as multipart, or no working code; returns their ids.
fn leave_out_bodies(document: &mut Value) -> Vec<String> {
    let mut left_out = Vec::new();
    let Some(paths) = document.get_mut("paths").and_then(Value::as_object_mut) else {
        return left_out;
    };
    for item in paths.values_mut().filter_map(Value::as_object_mut) {
        item.retain(|_, operation| {
            let keep = body_fits(operation);
            if !keep {
                let id = operation.get("operationId").and_then(Value::as_str);
                left_out.push(id.unwrap_or("without id").to_owned());
            }
            keep
        });
    }
    paths.retain(|_, item| METHODS.iter().any(|method| item.get(method).is_some()));
    left_out
}

/// A form would be sent without its lists: the generated code cannot write them.
fn body_fits(operation: &Value) -> bool {
    let Some(content) = operation.pointer("/requestBody/content") else {
        return true;
    };
    content.as_object().is_some_and(|types| {
        types.keys().all(|media_type| {
            matches!(
                media_type.as_str(),
                "application/json" | "text/plain" | "application/octet-stream"
            )
        })
    })
}

/// Declares lists that travel as `a,b,c` as strings: progenitor would repeat the parameter.
fn comma_lists_to_strings(document: &mut Value) {
    each_operation(document, |_, operation| {
        let parameters = operation
            .get_mut("parameters")
            .and_then(Value::as_array_mut);
        for parameter in parameters.into_iter().flatten() {
            let Some(parameter) = parameter.as_object_mut() else {
                continue;
            };
            let is_list = parameter
                .get("schema")
                .and_then(|schema| schema.get("type"))
                == Some(&Value::from("array"));
            if is_list && parameter.get("explode") == Some(&Value::Bool(false)) {
                parameter.remove("explode");
                parameter.insert("schema".to_owned(), serde_json::json!({"type": "string"}));
            }
        }
    });
}

/// Takes the indentation off every line of every description: rustdoc would read an indented
/// line as a code example and run it.
fn tidy_descriptions(value: &mut Value) {
    match value {
        Value::Object(map) => {
            for (key, value) in map.iter_mut() {
                match value {
                    Value::String(text) if matches!(key.as_str(), "description" | "summary") => {
                        let lines: Vec<&str> = text.lines().map(str::trim).collect();
                        *text = lines.join("\n").trim().to_owned();
                    }
                    _ => tidy_descriptions(value),
                }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(tidy_descriptions),
        _ => {}
    }
}

/// Follows a `$ref` inside the document.
fn resolve<'a>(document: &'a Value, value: &'a Value) -> &'a Value {
    value
        .get("$ref")
        .and_then(Value::as_str)
        .and_then(|reference| document.pointer(reference.strip_prefix('#')?))
        .unwrap_or(value)
}

fn object_mut<'a>(value: &'a mut Value, key: &str) -> Option<&'a mut Map<String, Value>> {
    value.get_mut(key)?.as_object_mut()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn document(operation: Value) -> Value {
        json!({
            "openapi": "3.0.3",
            "info": {"title": "t", "version": "1"},
            "paths": {"/thing/{id}": {"get": operation}},
        })
    }

    fn thing(response: Value) -> Value {
        json!({
            "operationId": "get_thing",
            "parameters": [{"name": "id", "in": "path", "required": true, "schema": {"type": "string"}}],
            "responses": {"200": response},
        })
    }

    #[test]
    fn operations_with_multipart_bodies_are_left_out_and_named() {
        let mut document = document(json!({
            "operationId": "upload",
            "requestBody": {"content": {"multipart/form-data": {"schema": {}}}},
            "responses": {"200": {"description": ""}},
        }));
        assert_eq!(leave_out_bodies(&mut document), ["upload"]);
        assert_eq!(document["paths"], json!({}));
    }

    #[test]
    fn comma_lists_become_strings_and_repeated_lists_stay() {
        let list = json!({"type": "array", "items": {"type": "string"}});
        let mut document = document(json!({"parameters": [
            {"name": "expand", "in": "query", "explode": false, "schema": list},
            {"name": "status", "in": "query", "explode": true, "schema": list},
        ]}));
        comma_lists_to_strings(&mut document);
        let parameters = &document["paths"]["/thing/{id}"]["get"]["parameters"];
        assert_eq!(parameters[0]["schema"], json!({"type": "string"}));
        assert_eq!(parameters[1]["schema"], list);
    }

    #[test]
    fn an_indented_line_does_not_become_a_doctest() {
        let mut document = json!({"description": "First.\n\n    let code = 1;\n"});
        tidy_descriptions(&mut document);
        assert_eq!(document["description"], "First.\n\nlet code = 1;");
    }

    #[test]
    fn an_adapted_document_says_what_became_of_it() {
        let adapted = adapt(document(thing(json!({"description": "ok"})))).unwrap();
        assert_eq!(adapted.to_string(), "1 operations");
        assert!(adapted.reach.answered.is_empty());
        assert!(adapted.document["paths"]["/thing/{id}"]["get"]["responses"]["2XX"].is_object());
    }

    #[test]
    fn what_is_unknown_is_named_with_its_pointer() {
        let mut operation = thing(json!({"description": "ok"}));
        operation["parameters"][0]["in"] = json!("cookie");
        let error = adapt(document(operation)).err().unwrap();
        assert_eq!(
            error.to_string(),
            "#/paths/~1thing~1{id}/get/parameters/0: a parameter in `cookie` cannot be generated"
        );
    }

    #[test]
    fn other_versions_of_openapi_are_refused() {
        let mut document = document(thing(json!({"description": "ok"})));
        document["openapi"] = json!("3.1.0");
        let error = adapt(document).err().unwrap();
        assert_eq!(error.to_string(), "#/openapi: expected 3.0.x, found 3.1.0");
    }
}

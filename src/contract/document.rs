//! The documents, and finding an operation in them.

use std::fmt;

use serde_json::{Map, Value};

use crate::{
    api::{agile, confluence, jira},
    client::answer::Reader,
    contract::{ContractError, Difference},
};

/// The names of the documents.
pub const NAMES: [&str; 3] = ["jira-8", "jira-agile-1.0", "confluence-6"];

/// The methods of a path item that are operations.
const METHODS: [&str; 7] = ["get", "put", "post", "delete", "patch", "head", "options"];

/// An OpenAPI document of the project.
pub struct Document {
    /// Its name, such as `jira-8`.
    pub name: &'static str,
    /// The document.
    pub value: Value,
    readers: &'static [(&'static str, Reader)],
}

impl fmt::Debug for Document {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Document")
            .field("name", &self.name)
            .finish_non_exhaustive()
    }
}

/// An operation of a document.
#[derive(Debug, Clone, Copy)]
pub struct Operation<'a> {
    /// Its `operationId`.
    pub id: &'a str,
    /// The method, in upper case as it is sent.
    pub method: &'static str,
    /// The path from `/rest` on, with parameters in braces.
    pub path: &'a str,
    /// What the document says of it.
    pub value: &'a Value,
    document: &'a Value,
}

/// All documents. They are embedded without their white space.
pub(super) fn all() -> Result<Vec<Document>, ContractError> {
    let [jira, agile, confluence] = NAMES;
    let texts = [
        (
            jira,
            include_str!(concat!(env!("OUT_DIR"), "/jira-8.json")),
            jira::READERS,
        ),
        (
            agile,
            include_str!(concat!(env!("OUT_DIR"), "/jira-agile-1.0.json")),
            agile::READERS,
        ),
        (
            confluence,
            include_str!(concat!(env!("OUT_DIR"), "/confluence-6.json")),
            confluence::READERS,
        ),
    ];
    let read = |(name, text, readers): (&'static str, &str, _)| match serde_json::from_str(text) {
        Ok(value) => Ok(Document {
            name,
            value,
            readers,
        }),
        Err(error) => Err(ContractError::new(format!("{name}: {error}"))),
    };
    texts.into_iter().map(read).collect()
}

impl Document {
    /// All operations, in the order of the paths.
    pub fn operations(&self) -> impl Iterator<Item = Operation<'_>> {
        let paths = self.value.get("paths").and_then(Value::as_object);
        paths.into_iter().flatten().flat_map(|(path, item)| {
            METHODS.into_iter().filter_map(|method| {
                let value = item.get(method)?;
                Some(Operation {
                    id: value.get("operationId")?.as_str()?,
                    method: upper(method),
                    path,
                    value,
                    document: &self.value,
                })
            })
        })
    }

    /// The operation of this `operationId`.
    ///
    /// # Errors
    ///
    /// If there is none; the error names some that are alike.
    pub fn operation(&self, id: &str) -> Result<Operation<'_>, ContractError> {
        if let Some(found) = self.operations().find(|operation| operation.id == id) {
            return Ok(found);
        }
        let alike = |other: &str| {
            let words = id.split('_').filter(|word| word.len() > 3);
            let shared = words.filter(|word| other.contains(word.trim_end_matches('s')));
            shared.count()
        };
        let mut others: Vec<&str> = self.operations().map(|operation| operation.id).collect();
        others.sort_by_key(|other| std::cmp::Reverse(alike(other)));
        let closest: Vec<&str> = others.into_iter().take(3).collect();
        Err(ContractError::new(format!(
            "{} has no operation {id:?}; did you mean {}?",
            self.name,
            closest.join(", ")
        )))
    }

    /// The operation that a request goes to, with a context path or without. Of several templates
    /// that fit, the one with the fewest parameters is meant.
    pub fn operation_of(&self, method: &str, path: &str) -> Option<Operation<'_>> {
        let path = path.get(path.find("/rest/")?..)?;
        let sent: Vec<&str> = path.trim_end_matches('/').split('/').collect();
        let fitting = self.operations().filter(|operation| {
            operation.method.eq_ignore_ascii_case(method) && fits(operation.path, &sent)
        });
        fitting.min_by_key(|operation| operation.path.matches('{').count())
    }

    /// How the answer of an operation is read and written again, if it is JSON.
    pub(super) fn reader(&self, id: &str) -> Option<Reader> {
        let found = self.readers.iter().find(|(operation, _)| *operation == id);
        found.map(|(_, reader)| *reader)
    }
}

fn upper(method: &str) -> &'static str {
    match method {
        "put" => "PUT",
        "post" => "POST",
        "delete" => "DELETE",
        "patch" => "PATCH",
        "head" => "HEAD",
        "options" => "OPTIONS",
        _ => "GET",
    }
}

/// Whether a path is one of a template. `latest` is another name of the version that a server has.
fn fits(template: &str, sent: &[&str]) -> bool {
    let expected: Vec<&str> = template.split('/').collect();
    let fits = |(index, (expected, sent)): (usize, (&&str, &&str))| {
        let is_version = index == 3 && matches!(*expected, "1" | "1.0" | "2");
        expected.starts_with('{') && !sent.is_empty()
            || expected == sent
            || is_version && *sent == "latest"
    };
    expected.len() == sent.len() && expected.iter().zip(sent).enumerate().all(fits)
}

impl<'a> Operation<'a> {
    /// The parameters, each with its `$ref` followed.
    pub fn parameters(&self) -> impl Iterator<Item = &'a Value> + use<'a> {
        let document = self.document;
        let parameters = self.value.get("parameters").and_then(Value::as_array);
        let parameters = parameters.into_iter().flatten();
        parameters.map(move |parameter| resolved(document, parameter))
    }

    /// What the document says of a status, or of the success where the status is not known; with the
    /// key that it stands under.
    pub(super) fn response(&self, status: Option<u16>) -> Result<(&'a str, &'a Value), Difference> {
        let responses = self.value.get("responses").and_then(Value::as_object);
        let responses: &Map<String, Value> =
            responses.ok_or_else(|| Difference::whole("the document has no responses"))?;
        let key = match status {
            Some(status) => {
                let class = format!("{}XX", status / 100);
                let keys = [status.to_string(), class, "default".to_owned()];
                let known = keys.into_iter().find(|key| responses.contains_key(key));
                known.or_else(|| other_success(responses, status))
            }
            None => responses.keys().find(|key| key.starts_with('2')).cloned(),
        };
        let found = key.and_then(|key| responses.get_key_value(&key));
        match found {
            Some((key, response)) => Ok((key, resolved(self.document, response))),
            None => {
                let known: Vec<&str> = responses.keys().map(String::as_str).collect();
                let status = status.map_or_else(|| "a success".to_owned(), |code| code.to_string());
                Err(Difference::whole(format!(
                    "{status} is no documented status; documented are {}",
                    known.join(", ")
                )))
            }
        }
    }
}

/// Versions disagree on 200, 201 and 204: any success stands for another, as it does in the client.
fn other_success(responses: &Map<String, Value>, status: u16) -> Option<String> {
    let is_success = (200..300).contains(&status);
    let success = || responses.keys().find(|key| key.starts_with('2')).cloned();
    is_success.then(success).flatten()
}

/// Follows a `$ref` inside the document.
fn resolved<'a>(document: &'a Value, value: &'a Value) -> &'a Value {
    value
        .get("$ref")
        .and_then(Value::as_str)
        .and_then(|reference| document.pointer(reference.strip_prefix('#')?))
        .unwrap_or(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(method: &str, path: &str) -> Option<String> {
        let documents = all().unwrap();
        let mut found = documents.iter().filter_map(|document| {
            let operation = document.operation_of(method, path)?;
            Some(format!("{} {}", document.name, operation.id))
        });
        let first = found.next();
        assert_eq!(found.next(), None, "{path} is in two documents");
        first
    }

    #[test]
    fn an_operation_is_found_by_method_and_path() {
        for (method, path, operation) in [
            ("GET", "/rest/api/2/issue/DEMO-1", Some("jira-8 get_issue")),
            (
                "get",
                "/jira/rest/api/latest/issue/DEMO-1/",
                Some("jira-8 get_issue"),
            ),
            (
                "GET",
                "/rest/api/2/issue/createmeta",
                Some("jira-8 get_create_meta"),
            ),
            (
                "GET",
                "/rest/agile/1.0/board/1/sprint",
                Some("jira-agile-1.0 list_board_sprints"),
            ),
            (
                "GET",
                "/wiki/rest/api/content/65538",
                Some("confluence-6 get_content"),
            ),
            ("PATCH", "/rest/api/2/issue/DEMO-1", None),
            ("GET", "/rest/api/2/issue/DEMO-1/nothing", None),
            ("GET", "/browse/DEMO-1", None),
        ] {
            assert_eq!(found(method, path).as_deref(), operation, "{path}");
        }
    }

    #[test]
    fn an_unknown_operation_gets_those_that_are_alike() {
        let documents = all().unwrap();
        let error = documents[0]
            .operation("get_issues")
            .unwrap_err()
            .to_string();
        assert!(error.starts_with("jira-8 has no operation \"get_issues\"; did you mean "));
    }

    #[test]
    fn each_json_answer_has_a_reader() {
        for document in all().unwrap() {
            for operation in document.operations() {
                let (_, response) = operation.response(None).unwrap();
                let is_json = response.pointer("/content/application~1json").is_some();
                assert_eq!(
                    document.reader(operation.id).is_some(),
                    is_json,
                    "{}",
                    operation.id
                );
            }
        }
    }
}

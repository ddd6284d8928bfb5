//! Responses held against the documents in `openapi/`.
//!
//! A recorded body has to fit the schema that the document has for its operation and status, has to
//! be read by the generated type, and must not lose a property when it is written again.
//! [`Contract`] checks bodies, [`recordings`] finds them in files, [`probe`] asks a live server,
//! [`diff`] compares two documents.
//!
//! A null counts as a property that is not there, since servers send either. A number in place of
//! its text, or the reverse, is as good, since the client reads either; [`Contract::strict`] tells
//! them apart.
//!
//! In a test of your own:
//!
//! ```
//! use atlassian_bridge::contract::{Contract, Recording};
//!
//! # fn main() -> Result<(), atlassian_bridge::contract::ContractError> {
//! let body = br#"{"id": "10100", "key": "DEMO-1", "fields": {"summary": "Printing"}}"#;
//! let mut contract = Contract::new()?;
//! let found = contract.check("jira-8", "get_issue", &Recording::json(200, body))?;
//! assert!(found.is_empty(), "{found:?}");
//! # Ok(())
//! # }
//! ```

mod body;
pub mod diff;
mod document;
pub mod probe;
pub mod recordings;
pub mod report;
mod schema;

use std::{collections::HashMap, fmt};

use jsonschema::Validator;

pub use document::{Document, NAMES, Operation};

/// Something that kept a check from being made; not a difference.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct ContractError(String);

impl ContractError {
    fn new(problem: impl Into<String>) -> Self {
        Self(problem.into())
    }
}

/// An answer of a server, as it was recorded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recording {
    /// The status; if it is not known, that of the operation's success.
    pub status: Option<u16>,
    /// The media type, if it is known.
    pub content_type: Option<String>,
    /// The body.
    pub body: Vec<u8>,
}

impl Recording {
    /// A JSON answer.
    pub fn json(status: u16, body: impl Into<Vec<u8>>) -> Self {
        Self {
            status: Some(status),
            content_type: None,
            body: body.into(),
        }
    }
}

/// A place where an answer is not what its document says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// The JSON pointer of the place; empty for the whole answer.
    pub pointer: String,
    /// What is there, and what should be.
    pub what: String,
    /// Whether it is lost when the generated type reads the answer.
    pub lost: bool,
}

impl Difference {
    fn at(pointer: impl Into<String>, what: impl Into<String>) -> Self {
        Self {
            pointer: pointer.into(),
            what: what.into(),
            lost: false,
        }
    }

    fn lost(pointer: impl Into<String>, what: impl Into<String>) -> Self {
        Self {
            lost: true,
            ..Self::at(pointer, what)
        }
    }

    fn whole(what: impl Into<String>) -> Self {
        Self::at("", what)
    }
}

impl fmt::Display for Difference {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let place = if self.pointer.is_empty() {
            "/"
        } else {
            &self.pointer
        };
        write!(formatter, "{place}: {}", self.what)?;
        if self.lost {
            formatter.write_str("; the generated type loses it")?;
        }
        Ok(())
    }
}

/// The documents, and the checks made of them so far.
#[derive(Debug)]
pub struct Contract {
    documents: Vec<Document>,
    strict: bool,
    /// By document, operation and status.
    validators: HashMap<(&'static str, String, String), Validator>,
}

impl Contract {
    /// The contract of all documents.
    ///
    /// # Errors
    ///
    /// If a document is damaged, which the tests rule out.
    pub fn new() -> Result<Self, ContractError> {
        Ok(Self {
            documents: document::all()?,
            strict: false,
            validators: HashMap::new(),
        })
    }

    /// The same, with numbers told from texts of numbers.
    pub fn strict(mut self) -> Self {
        self.strict = true;
        self.validators.clear();
        self
    }

    /// The documents.
    pub fn documents(&self) -> &[Document] {
        &self.documents
    }

    /// The document of this name, such as `jira-8`.
    ///
    /// # Errors
    ///
    /// If there is none; the error lists those that there are.
    pub fn document(&self, name: &str) -> Result<&Document, ContractError> {
        let found = self.documents.iter().find(|document| document.name == name);
        found.ok_or_else(|| {
            let names = NAMES.join(", ");
            ContractError::new(format!("there is no document {name:?}; there are {names}"))
        })
    }

    /// The document and operation that a request goes to, with a context path or without.
    pub fn operation_of(&self, method: &str, path: &str) -> Option<(&Document, Operation<'_>)> {
        self.documents
            .iter()
            .find_map(|document| Some((document, document.operation_of(method, path)?)))
    }

    /// Holds an answer against what the document says of the operation; nothing is found where it
    /// keeps to it.
    ///
    /// # Errors
    ///
    /// If there is no such document or operation.
    pub fn check(
        &mut self,
        document: &str,
        operation: &str,
        recording: &Recording,
    ) -> Result<Vec<Difference>, ContractError> {
        let document = self.document(document)?;
        let operation = document.operation(operation)?;
        let (status, response) = match operation.response(recording.status) {
            Ok(found) => found,
            Err(difference) => return Ok(vec![difference]),
        };
        let value = match body::read(response, recording) {
            Ok(Some(value)) => value,
            Ok(None) => return Ok(Vec::new()),
            Err(difference) => return Ok(vec![difference]),
        };
        let is_success = status.starts_with('2');
        let reader = is_success.then(|| document.reader(operation.id)).flatten();
        let key = (document.name, operation.id.to_owned(), status.to_owned());
        if !self.validators.contains_key(&key) {
            let validator = schema::validator(document, response, self.strict)?;
            self.validators.insert(key.clone(), validator);
        }
        let mut differences = match self.validators.get(&key) {
            Some(validator) => schema::differences(validator, &value),
            None => Vec::new(),
        };
        if let Some(reader) = reader {
            for lost in body::lost(reader, &recording.body, &value) {
                // What the schema says already need not be said twice.
                let mut known = differences.iter_mut();
                match known.find(|known| known.pointer == lost.pointer) {
                    Some(known) => known.lost = true,
                    None => differences.push(lost),
                }
            }
        }
        Ok(differences)
    }
}

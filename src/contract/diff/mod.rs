//! What changes for a client when a server's OpenAPI 3.0 document becomes another one.
//!
//! The client was written for the old document and talks to a server of the new one. Operations are
//! matched by method and path; the parts of each pair are compared in the direction in which they
//! travel. A change in a component is found where the component is and said once, with how many
//! operations reach it.

mod alternatives;
mod bodies;
mod document;
mod findings;
mod operations;
mod parameters;
mod properties;
mod report;
mod responses;
mod schemas;
mod view;

#[cfg(test)]
mod tests;

use std::fmt;

use serde_json::Value;

/// What a change does to a client.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ChangeKind {
    /// It may fail.
    Breaking,
    /// It goes on working.
    Additive,
}

/// An operation, as people write it: `GET /rest/api/2/issue/{issueIdOrKey}`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Operation {
    /// The path template of the old document, or of the new one if it is only there.
    pub path: String,
    /// The method in capitals.
    pub method: String,
}

/// One change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// What it does to a client.
    pub kind: ChangeKind,
    /// The operation that changed; none if a component changed that several operations reach.
    pub operation: Option<Operation>,
    /// The place as a JSON pointer into the old document, or into the new one if it is only there.
    pub pointer: String,
    /// What changed.
    pub what: String,
}

/// The changes from one document to another: breaking ones first, then by path and method, then
/// those of shared components.
///
/// Only what a client can notice is compared: descriptions, summaries, examples, titles and
/// extensions are not.
///
/// ```text
/// breaking GET /rest/api/2/field: response 200: type changed from array to object
/// breaking components/schemas/Issue (response of 12 operations): property key is gone
/// additive GET /rest/api/2/field: query parameter expand is new and optional
/// ```
pub fn diff(old: &Value, new: &Value) -> Vec<Change> {
    let mut changes = report::changes(old, new, operations::compare(old, new));
    changes.sort_by(|one, other| rank(one).cmp(&rank(other)));
    changes.dedup();
    changes
}

/// The place of a change among the others. It does not depend on the order within the documents.
fn rank(change: &Change) -> impl Ord {
    let Change {
        kind,
        operation,
        pointer,
        what,
    } = change;
    (*kind, operation.is_none(), operation, pointer, what)
}

impl fmt::Display for ChangeKind {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Breaking => "breaking",
            Self::Additive => "additive",
        })
    }
}

impl fmt::Display for Operation {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} {}", self.method, self.path)
    }
}

impl fmt::Display for Change {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} ", self.kind)?;
        if let Some(operation) = &self.operation {
            write!(formatter, "{operation}: ")?;
        }
        formatter.write_str(&self.what)
    }
}

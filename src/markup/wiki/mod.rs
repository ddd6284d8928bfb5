//! The wiki markup of Jira, and that of Confluence: read and written.

mod read;
mod write;

pub use read::{Dialect, read};
pub use write::write;

#[cfg(test)]
mod corpus_tests;

//! Confluence's storage format: read, written, and merged with what Markdown changed.

mod merge;
mod read;
mod write;

pub use merge::Base;
pub use read::read;
pub use write::write;

#[cfg(test)]
mod corpus_tests;
#[cfg(test)]
mod merge_corpus_tests;
#[cfg(test)]
mod read_tests;
#[cfg(test)]
mod round_trip_tests;

//! Rendered HTML, as `body.view` and `renderedFields` have it, read into the document tree.
//!
//! `parse` builds the tree that a browser would build, `rewrite` turns what Confluence and Jira
//! render back into what stands in storage format, and `elements` reads the result.

mod attribute_bound;
mod attributes;
mod code;
mod icons;
mod links;
mod macros;
mod nodes;
mod parse;
mod rewrite;
mod storage;
mod tree;

#[cfg(test)]
mod bounds_tests;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod words_tests;
#[cfg(test)]
mod written;

use crate::markup::{document::Document, elements};

/// Reads HTML; every text has a reading.
pub fn read(source: &str) -> Document {
    Document::new(elements::blocks(&rewrite::rewrite(parse::parse(source))))
}

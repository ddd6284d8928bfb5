//! Storage format read into the document tree.

use crate::markup::{Malformed, document::Document, elements, xml};

/// Reads storage format.
///
/// # Errors
/// If the source is not well-formed.
pub fn read(source: &str) -> Result<Document, Malformed> {
    let nodes = xml::read(source)?;
    Ok(Document::new(elements::blocks_of(source, &nodes)))
}

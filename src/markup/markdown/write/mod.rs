//! The document tree written as Markdown.

mod blocks;
mod delimiters;
mod escape;
mod fence;
mod line;
mod line_start;
mod link;
mod list;
mod marks;
mod output;
mod panel;
mod render;
mod table;
mod tag;

use crate::markup::document::Document;

/// Writes Markdown.
pub fn write(document: &Document) -> String {
    let mut out = output::Output::default();
    blocks::write(&document.blocks, &mut out);
    out.finish()
}

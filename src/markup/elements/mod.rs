//! Elements of storage format and of HTML read into the document tree.
//!
//! What shows nothing makes no node, and an element without a meaning of its own is transparent:
//! what stands in it is read as if its tags were not there. Every word that a page shows is in the
//! tree; what only concerns its looks is not.

mod block;
mod boxes;
mod flow;
mod inline;
mod lines;
mod links;
mod list;
mod macros;
mod notation;
mod parameters;
mod parts;
mod reader;
mod table;

use super::{
    document::{Block, Inline},
    xml::Node,
};
use flow::Flow;
use reader::Reader;

pub(super) use links::IMAGE_ATTRIBUTES;
pub(crate) use notation::{parse_target, write_target, write_value};

/// Reads nodes as blocks; parts of a line between blocks become paragraphs.
///
/// The nodes come from HTML or Markdown, so that what is read stands nowhere.
pub(super) fn blocks(nodes: &[Node]) -> Vec<Block> {
    read(Reader::new(None), nodes)
}

/// Reads the nodes of a source in storage format, each with its origin.
pub(super) fn blocks_of(source: &str, nodes: &[Node]) -> Vec<Block> {
    read(Reader::new(Some(source)), nodes)
}

/// Reads nodes as parts of one line; blocks among them become lines of it.
pub(super) fn inlines(nodes: &[Node]) -> Vec<Inline> {
    let mut flow = Flow::of_a_line(boxes::is_line(nodes));
    Reader::new(None).walk(nodes, &mut flow);
    lines::line(flow)
}

fn read(mut reader: Reader<'_>, nodes: &[Node]) -> Vec<Block> {
    let mut flow = Flow::new();
    reader.walk(nodes, &mut flow);
    flow.into_blocks()
}

#[cfg(test)]
mod tests;

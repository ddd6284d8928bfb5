//! The document tree written as storage format that Confluence 6 accepts.
//!
//! Nothing in it is of Atlassian's own hosting, and it is laid out as the editor does it: a single
//! paragraph of an item or a cell goes without its tags, nothing stands between blocks.

mod blocks;
mod escape;
mod inline;
mod macros;
mod target;

pub(super) use blocks::{is_loose, list_start};
pub(super) use escape::{add_attribute, add_data, add_text};
pub(super) use macros::{add_parameter, add_value, code_parameters};

use crate::markup::document::{Block, Document, Inline, Item, Row};

/// Writes storage format.
pub fn write(document: &Document) -> String {
    let mut fresh = Fresh::default();
    let mut writer = Writer::new(&mut fresh);
    writer.blocks(&document.blocks);
    writer.finish()
}

/// What the page has of a node already, and the number of the next task.
///
/// A node is looked up before it is written; what is found stands in place of it.
pub(super) trait Reuse {
    /// The source of a block.
    fn block(&mut self, _block: &Block) -> Option<String> {
        None
    }

    /// The source of an item of a list, tags and all.
    fn item(&mut self, _item: &Item) -> Option<String> {
        None
    }

    /// The source of a row of a table.
    fn row(&mut self, _row: &Row) -> Option<String> {
        None
    }

    /// The source of a part of a line.
    fn inline(&mut self, _inline: &Inline) -> Option<String> {
        None
    }

    /// The number of the next new task.
    fn task(&mut self) -> u64;
}

/// No page: everything is written anew.
#[derive(Debug, Default)]
struct Fresh {
    tasks: u64,
}

impl Reuse for Fresh {
    fn task(&mut self) -> u64 {
        self.tasks += 1;
        self.tasks
    }
}

/// What is written so far, and what may be used for it.
pub(super) struct Writer<'r> {
    out: String,
    reuse: &'r mut dyn Reuse,
}

impl<'r> Writer<'r> {
    pub(super) fn new(reuse: &'r mut dyn Reuse) -> Self {
        Self {
            out: String::new(),
            reuse,
        }
    }

    pub(super) fn finish(self) -> String {
        self.out
    }

    fn push(&mut self, source: &str) {
        self.out.push_str(source);
    }

    fn text(&mut self, text: &str) {
        add_text(text, &mut self.out);
    }

    fn attribute(&mut self, name: &str, value: &str) {
        add_attribute(name, value, &mut self.out);
    }
}

#[cfg(test)]
mod tests;

//! The document tree written as Jira's wiki markup.
//!
//! Text is written as it is unless Jira would read a mark in it: `a_b_c`, `2*3*4`, `C++`, `--flag`
//! and addresses need nothing. Where Jira takes a `\` before a character, there is one, and
//! elsewhere an entity (`h1&#46; x`, `&#92;`). A mark that could not stand where it is, such as one
//! within a word, is put in braces: `a{*}b{*}c`.
//!
//! | Tree | Markup |
//! |---|---|
//! | break | line end; `\\ ` within marks, in cells, and where two follow one another |
//! | tasks | `* [x] done`, `* [ ] open` |
//! | empty item | `* \\` |
//! | second paragraph of an item or a cell | `\\` at the end of the line before |
//! | info, tip, note, warning | `{panel:bgColor=...}`, each with its colour |
//! | quote of one line | `bq. ` |
//! | page, blog, space, content, shortcut | as Confluence's links |
//!
//! What Jira cannot say is written as what comes closest, and reads back as that:
//!
//! - numbering that does not start at 1 does;
//! - merged cells have empty ones beside and below them;
//! - a heading in an item is bold; a table or a rule in an item stands between two lists; a table
//!   in a cell is lines of text; what follows a list in an item or a cell belongs to its last item,
//!   and a list right after one of its kind there continues it;
//! - a quote, panel or expand in one of its kind is only its content, and so is a colour, whose
//!   text is parted instead; a mark in itself is left out;
//! - layouts, placeholders and marks of comments are only their content, a date is text, a heart
//!   is `<3`, raw storage format is preformatted text;
//! - an address in a text is a link, and characters that would end an address are percent-encoded;
//! - a link without a text loses its tip, unless it leads to an address;
//! - what a macro's parameter points to is told by its name, and what has a `reference` is lost;
//! - code with `{code}` in it is preformatted, and the other way round; with both, a `\` is added;
//! - a panel with one of the four colours is the panel of that colour.

mod blocks;
mod colors;
mod emoticons;
mod escape;
mod inlines;
mod links;
mod marks;
mod pieces;
mod tables;
mod tags;
#[cfg(test)]
mod tests;

use crate::markup::document::{Block, Document};

/// Writes wiki markup.
pub fn write(document: &Document) -> String {
    blocks(&document.blocks)
}

fn blocks(blocks: &[Block]) -> String {
    let mut writer = blocks::Blocks::default();
    writer.apart(blocks);
    writer.finish()
}

/// Goes one level deeper, on a new piece of stack where the old one ends.
fn deeper<T>(write: impl FnOnce() -> T) -> T {
    stacker::maybe_grow(64 << 10, 1 << 20, write)
}

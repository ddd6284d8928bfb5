//! Blocks, one below the other.

use crate::markup::document::{Block, Heading, Paragraph};

use super::{
    fence,
    line::{Line, Place},
    list::{self, Marker},
    output::Output,
    panel,
    render::{Position, render},
    table,
};
use crate::markup::markdown::notation;

/// Writes blocks with a line between them.
pub(super) fn write(blocks: &[Block], out: &mut Output) {
    write_after(blocks, None, out);
}

/// Writes the blocks of an item whose own list is marked like that.
pub(super) fn write_after(blocks: &[Block], marker: Option<Marker>, out: &mut Output) {
    out.deeper(|out| write_all(blocks, marker, out));
}

fn write_all(blocks: &[Block], marker: Option<Marker>, out: &mut Output) {
    let is_in_item = marker.is_some();
    let mut neighbour = marker;
    let mut before: Option<&Block> = None;
    for block in blocks {
        match (before, block) {
            (None, _) => {}
            (Some(Block::Paragraph(text)), Block::List(list))
                if is_in_item && list::can_follow(text, list) =>
            {
                out.end_line();
            }
            _ => out.leave_line(),
        }
        neighbour = match block {
            Block::List(list) => {
                let marker = Marker::of(list, neighbour);
                stacker::maybe_grow(64 << 10, 1 << 20, || list::write(list, marker, out));
                Some(marker)
            }
            _ => {
                let is_first_in_item = is_in_item && before.is_none();
                stacker::maybe_grow(64 << 10, 1 << 20, || {
                    write_block(block, is_first_in_item, out)
                });
                None
            }
        };
        before = Some(block);
    }
}

fn write_block(block: &Block, is_first_in_item: bool, out: &mut Output) {
    match block {
        Block::Heading(heading) => write_heading(heading, out),
        Block::Paragraph(paragraph) => write_paragraph(paragraph, out),
        Block::List(list) => list::write(list, Marker::of(list, None), out),
        Block::Code(code) => fence::code(code, out),
        Block::Quote(quote) => {
            out.push("> ");
            out.within("> ", |out| write(&quote.blocks, out));
        }
        Block::Table(table) => table::write(table, out),
        // After an item's mark, other marks would join it.
        Block::Rule(_) if is_first_in_item => out.push("___"),
        Block::Rule(_) => out.push("---"),
        Block::Macro(found) => panel::write(found, out),
        Block::Raw(text) => fence::fence(notation::RAW, text, out),
    }
}

fn write_heading(heading: &Heading, out: &mut Output) {
    let line = Line::of(&heading.content, Place::default());
    out.push(&"#".repeat(usize::from(heading.level.clamp(1, 6))));
    out.push(" ");
    out.push(&render(line, Position::Heading));
}

fn write_paragraph(paragraph: &Paragraph, out: &mut Output) {
    let line = Line::of(&paragraph.content, Place::default());
    out.push(&render(line, Position::Paragraph));
}

//! Blocks written: paragraphs, lists, tables.

use super::{Writer, add_attribute};
use crate::markup::document::{
    Block, Body, Cell, Inline, Item, List, ListKind, Macro, Paragraph, Row, Table,
};

impl Writer<'_> {
    pub(in crate::markup::storage) fn blocks(&mut self, blocks: &[Block]) {
        let mut rest = blocks;
        while let Some((block, after)) = rest.split_first() {
            let is_before_macro = matches!(after.first(), Some(Block::Macro(_)));
            stacker::maybe_grow(64 << 10, 1 << 20, || self.block(block, is_before_macro));
            rest = after;
        }
    }

    fn block(&mut self, block: &Block, is_before_macro: bool) {
        if let Some(known) = self.reuse.block(block) {
            return self.push(&known);
        }
        match block {
            // As the editor has them: a macro without a body is a word of a line to it, and to
            // what follows.
            Block::Macro(found) if !found.is_element() => match &found.body {
                Body::None => self.wrapped(found),
                Body::Plain(_) if is_before_macro => self.wrapped(found),
                _ => self.macro_(found),
            },
            _ => self.fresh_block(block),
        }
    }

    fn wrapped(&mut self, found: &Macro) {
        self.push("<p>");
        self.macro_(found);
        self.push("</p>");
    }

    fn fresh_block(&mut self, block: &Block) {
        match block {
            Block::Heading(heading) => {
                let level = heading.level.clamp(1, 6);
                self.tagged(&format!("h{level}"), &heading.content);
            }
            Block::Paragraph(paragraph) => self.tagged("p", &paragraph.content),
            Block::List(list) => self.list(list),
            Block::Code(code) => self.code(code),
            Block::Quote(quote) => {
                self.push("<blockquote>");
                self.blocks(&quote.blocks);
                self.push("</blockquote>");
            }
            Block::Table(table) => self.table(table),
            Block::Rule(_) => self.push("<hr />"),
            Block::Macro(found) => self.macro_(found),
            Block::Raw(source) => self.push(source),
        }
    }

    fn tagged(&mut self, name: &str, content: &[Inline]) {
        self.push(&format!("<{name}>"));
        self.inlines(content);
        self.push(&format!("</{name}>"));
    }

    /// Tasks and other items cannot stand in one list: each run of a kind is a list.
    fn list(&mut self, list: &List) {
        let mut before = 0_u32;
        for run in list
            .items
            .chunk_by(|one, other| one.done.is_some() == other.done.is_some())
        {
            let is_task = run.first().is_some_and(|item| item.done.is_some());
            let (start, end) = list_start(list.kind, before, is_task);
            self.push(&start);
            for item in run {
                stacker::maybe_grow(64 << 10, 1 << 20, || self.item(item));
            }
            self.push(end);
            before = before.saturating_add(u32::try_from(run.len()).unwrap_or(u32::MAX));
        }
    }

    fn item(&mut self, item: &Item) {
        if let Some(known) = self.reuse.item(item) {
            self.push(&known);
        } else {
            self.fresh_item(item);
        }
    }

    /// Writes an item anew, though what stands in it may be known.
    pub(in crate::markup::storage) fn fresh_item(&mut self, item: &Item) {
        match item.done {
            Some(done) => {
                let number = self.reuse.task();
                let status = if done { "complete" } else { "incomplete" };
                self.push(&format!(
                    "<ac:task><ac:task-id>{number}</ac:task-id>\
                     <ac:task-status>{status}</ac:task-status><ac:task-body>"
                ));
                self.item_blocks(&item.blocks);
                self.push("</ac:task-body></ac:task>");
            }
            None => {
                self.push("<li>");
                self.item_blocks(&item.blocks);
                self.push("</li>");
            }
        }
    }

    /// The text of an item goes without the tags of a paragraph if only lists follow.
    fn item_blocks(&mut self, blocks: &[Block]) {
        match blocks.split_first() {
            Some((Block::Paragraph(first), lists))
                if is_loose(first) && lists.iter().all(|block| matches!(block, Block::List(_))) =>
            {
                self.inlines(&first.content);
                self.blocks(lists);
            }
            _ => self.blocks(blocks),
        }
    }

    fn table(&mut self, table: &Table) {
        self.push("<table><tbody>");
        for row in &table.rows {
            match self.reuse.row(row) {
                Some(known) => self.push(&known),
                None => self.fresh_row(row),
            }
        }
        self.push("</tbody></table>");
    }

    /// Writes a row anew, though what stands in it may be known.
    pub(in crate::markup::storage) fn fresh_row(&mut self, row: &Row) {
        self.push("<tr>");
        for cell in &row.cells {
            stacker::maybe_grow(64 << 10, 1 << 20, || self.fresh_cell(cell));
        }
        self.push("</tr>");
    }

    /// Writes a cell anew, though what stands in it may be known.
    pub(in crate::markup::storage) fn fresh_cell(&mut self, cell: &Cell) {
        let (start, end) = cell_start(cell);
        self.push(&start);
        match cell.blocks.as_slice() {
            // A cell without anything in it cannot be clicked into.
            [] => self.push("<br />"),
            [Block::Paragraph(only)] if is_loose(only) => self.inlines(&only.content),
            blocks => self.blocks(blocks),
        }
        self.push(end);
    }
}

/// Whether a paragraph needs no tags in an item or a cell; a macro at its start would be a block.
pub(in crate::markup::storage) fn is_loose(paragraph: &Paragraph) -> bool {
    !matches!(paragraph.content.first(), Some(Inline::Macro(_)))
}

/// The tags around the items of a list of which `before` are written already.
pub(in crate::markup::storage) fn list_start(
    kind: ListKind,
    before: u32,
    is_task: bool,
) -> (String, &'static str) {
    match kind {
        _ if is_task => ("<ac:task-list>".to_owned(), "</ac:task-list>"),
        ListKind::Bullet => ("<ul>".to_owned(), "</ul>"),
        ListKind::Ordered(first) => {
            let mut start = "<ol".to_owned();
            let number = first.saturating_add(before);
            if number != 1 {
                add_attribute("start", &number.to_string(), &mut start);
            }
            start.push('>');
            (start, "</ol>")
        }
    }
}

/// The tags around a cell.
fn cell_start(cell: &Cell) -> (String, &'static str) {
    let (mut start, end) = if cell.is_header {
        ("<th".to_owned(), "</th>")
    } else {
        ("<td".to_owned(), "</td>")
    };
    for (name, count) in [("colspan", cell.columns), ("rowspan", cell.rows)] {
        if count > 1 {
            add_attribute(name, &count.to_string(), &mut start);
        }
    }
    start.push('>');
    (start, end)
}

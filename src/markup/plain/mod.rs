//! The document tree as plain text.
//!
//! Blocks are separated by empty lines, and lists have `- ` and `1. `; a row of a table is a line
//! with tabs between its cells. Of a link there is the text, and ` <address>` where that differs.

mod inlines;
#[cfg(test)]
mod tests;

use inlines::{inline_macro, line_of};

use crate::markup::document::{Block, Body, Code, Document, Item, List, ListKind, Macro, Table};

/// Writes the text alone.
pub fn write(document: &Document) -> String {
    text_of(&document.blocks)
}

/// The text of blocks alone.
fn text_of(blocks: &[Block]) -> String {
    let mut plain = Plain::default();
    plain.blocks(blocks);
    plain.output
}

/// The text of a block, on one line.
pub(crate) fn on_one_line(block: &Block) -> String {
    let mut plain = Plain {
        in_cell: true,
        ..Plain::default()
    };
    plain.blocks(std::slice::from_ref(block));
    plain.output
}

#[derive(Default)]
struct Plain {
    output: String,
    /// How far lines are indented, by the lists around.
    indent: usize,
    /// Whether the line has a list's mark and nothing else yet.
    is_marked: bool,
    /// Whether all of it stands on one line, being in a cell.
    in_cell: bool,
}

impl Plain {
    fn blocks(&mut self, blocks: &[Block]) {
        stacker::maybe_grow(64 << 10, 1 << 20, || {
            for block in blocks {
                self.block(block);
            }
        });
    }

    fn block(&mut self, block: &Block) {
        match block {
            Block::Heading(heading) => self.paragraph(&line_of(&heading.content)),
            Block::Paragraph(paragraph) => self.paragraph(&line_of(&paragraph.content)),
            Block::List(list) => self.list(list),
            Block::Code(code) => self.code(code),
            Block::Quote(quote) => self.blocks(&quote.blocks),
            Block::Table(table) => self.table(table),
            Block::Rule(_) => self.paragraph("---"),
            Block::Macro(found) => self.block_macro(found),
            Block::Raw(source) => self.paragraph(source),
        }
    }

    /// Begins a block; an empty line is before it, unless it stands in a list.
    fn begin(&mut self) {
        if !std::mem::take(&mut self.is_marked) {
            self.separate();
            self.indent_line();
        }
    }

    fn separate(&mut self) {
        if !self.output.is_empty() {
            self.line_end();
            if self.indent == 0 && !self.in_cell {
                self.output.push('\n');
            }
        }
    }

    fn line_end(&mut self) {
        if !self.in_cell {
            self.output.push('\n');
        } else if !self.output.ends_with([' ', '\t', '\n']) {
            self.output.push(' ');
        }
    }

    fn indent_line(&mut self) {
        if !self.in_cell {
            self.output.extend(std::iter::repeat_n(' ', self.indent));
        }
    }

    fn paragraph(&mut self, text: &str) {
        if text.is_empty() {
            return;
        }
        self.begin();
        for (index, line) in text.split('\n').enumerate() {
            if index > 0 {
                self.line_end();
                if !line.is_empty() {
                    self.indent_line();
                }
            }
            if self.in_cell {
                self.output.push_str(&line.trim().replace('\t', " "));
            } else {
                self.output.push_str(line);
            }
        }
    }

    fn list(&mut self, list: &List) {
        let mut number = match list.kind {
            ListKind::Bullet => None,
            ListKind::Ordered(first) => Some(first),
        };
        for (index, item) in list.items.iter().enumerate() {
            if index > 0 {
                self.line_end();
                self.indent_line();
            } else {
                self.begin();
            }
            self.item(item, number);
            number = number.map(|number| number.saturating_add(1));
        }
    }

    fn item(&mut self, item: &Item, number: Option<u32>) {
        let mut mark = number.map_or("- ".to_owned(), |number| format!("{number}. "));
        let width = mark.len();
        mark.push_str(match item.done {
            None => "",
            Some(true) => "[x] ",
            Some(false) => "[ ] ",
        });
        self.output.push_str(&mark);
        self.indent += width;
        self.is_marked = true;
        self.blocks(&item.blocks);
        self.indent -= width;
        if std::mem::take(&mut self.is_marked) {
            let text = self.output.trim_end_matches(' ').len();
            self.output.truncate(text);
        }
    }

    fn code(&mut self, code: &Code) {
        if let Some(title) = &code.title {
            self.paragraph(title);
        }
        self.paragraph(&code.text);
    }

    fn table(&mut self, table: &Table) {
        self.begin();
        for (index, row) in table.rows.iter().enumerate() {
            if index > 0 {
                self.line_end();
                self.indent_line();
            }
            for (index, cell) in row.cells.iter().enumerate() {
                if index > 0 && self.in_cell {
                    self.line_end();
                } else if index > 0 {
                    self.output.push('\t');
                }
                self.cell(&cell.blocks);
            }
        }
    }

    fn cell(&mut self, blocks: &[Block]) {
        let outer = std::mem::replace(&mut self.in_cell, true);
        // What is first in a cell stands right behind the tab.
        self.is_marked = true;
        self.blocks(blocks);
        self.is_marked = false;
        self.in_cell = outer;
    }

    fn block_macro(&mut self, found: &Macro) {
        if found.body == Body::None || matches!(found.body, Body::Inline(_)) {
            let mut line = String::new();
            inline_macro(found, &mut line);
            return self.paragraph(&line);
        }
        // What a panel is headed by is shown as part of the page.
        if let Some(title) = found.parameter("title") {
            self.paragraph(title);
        }
        match &found.body {
            Body::Plain(text) => self.paragraph(text.trim_end_matches('\n')),
            Body::Blocks(blocks) => self.blocks(blocks),
            Body::None | Body::Inline(_) => {}
        }
    }
}

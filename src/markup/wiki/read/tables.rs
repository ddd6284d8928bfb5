//! Tables, whose cells may hold blocks and go on over lines.

use std::ops::Range;

use super::{
    Reader,
    blocks::Place,
    lines::{Opening, opening},
    monospace::{Monospace, monospace},
};
use crate::markup::document::{Block, Cell, Origin, Row, Table};

impl Reader<'_> {
    /// The table whose first row begins here, and where it ends.
    pub(super) fn table(&self, start: usize, limit: usize, depth: usize) -> Option<(Block, usize)> {
        let mut rows = Vec::new();
        let mut at = start;
        while at < limit && self.begins_row(at, limit) {
            let row = self.row_range(at, limit);
            let next = row.end + 1;
            let cells = self.cells(row, depth);
            if cells.is_empty() {
                break;
            }
            let origin = Origin::default();
            rows.push(Row { cells, origin });
            at = next;
        }
        let origin = Origin::default();
        (!rows.is_empty()).then_some((Block::Table(Table { rows, origin }), at))
    }

    fn begins_row(&self, at: usize, limit: usize) -> bool {
        let text = self.line_text(at, limit);
        opening(self.slice(text)) == Opening::Row
    }

    /// The lines of the row that begins here.
    fn row_range(&self, start: usize, limit: usize) -> Range<usize> {
        let mut at = start;
        loop {
            let end = self.line_end(at, limit);
            let line = self.slice(at..end).trim_end();
            let is_closed = line.ends_with('|') && !line.ends_with("\\|");
            let next = end + 1;
            if is_closed || next >= limit || self.begins_row(next, limit) {
                return start..end;
            }
            let text = self.line_text(next, limit);
            let has_macro = self.macros.at(text.end).is_some_and(|span| span.is_block);
            if opening(self.slice(text)) == Opening::Blank && !has_macro {
                return start..end;
            }
            at = next;
        }
    }

    fn cells(&self, row: Range<usize>, depth: usize) -> Vec<Cell> {
        let mut cells = Vec::new();
        let row = self.trimmed(row);
        let mut at = row.start;
        while let Some(text) = self.slice(at..row.end).strip_prefix('|') {
            let is_header = text.starts_with('|');
            let start = at + if is_header { 2 } else { 1 };
            let end = self.next_pipe(start, row.end);
            if start >= row.end {
                break;
            }
            cells.push(Cell {
                is_header,
                columns: 1,
                rows: 1,
                blocks: self.blocks_in(self.trimmed(start..end), Place::Cell, depth + 1),
                origin: Origin::default(),
            });
            at = end;
        }
        cells
    }

    /// The next pipe that does not stand in a link, an image or a macro.
    fn next_pipe(&self, start: usize, limit: usize) -> usize {
        let mut at = start;
        let mut no_monospace = false;
        while at < limit {
            let Some(byte) = self.source.as_bytes().get(at) else {
                break;
            };
            at = match byte {
                b'|' => return at,
                b'\\' => at + 2,
                b'{' => self.after_brace(at, limit, &mut no_monospace),
                b'[' => self
                    .link(at, limit, self.dialect)
                    .map_or(at + 1, |link| link.end),
                b'!' if self.slice(start..at).ends_with(char::is_alphanumeric) => at + 1,
                b'!' => self.image(at, limit).map_or(at + 1, |(_, end)| end),
                b'\n' => {
                    no_monospace = false;
                    at + 1
                }
                _ => at + 1,
            };
        }
        limit
    }

    /// Where what begins with this brace ends.
    fn after_brace(&self, at: usize, limit: usize, no_monospace: &mut bool) -> usize {
        if let Some(span) = self.macros.at(at) {
            return span.at.end;
        }
        if !*no_monospace {
            let line_end = self.line_ends.next(at).unwrap_or(limit).min(limit);
            match monospace(self.source, at, line_end) {
                Monospace::Found(_, end) => return end,
                Monospace::NotHere => {}
                Monospace::Never => *no_monospace = true,
            }
        }
        at + 1
    }
}

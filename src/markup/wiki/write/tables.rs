//! Tables.

use super::blocks::Blocks;
use crate::markup::{
    document::{Block, Cell, Inline, Row, Table, normal},
    plain,
};

/// How many empty cells may stand in for merged ones, for each real one and for each table.
const ROOM: (usize, usize) = (4, 64);

/// Writes a table; beside and below a merged cell there are empty ones.
pub(super) fn write(writer: &mut Blocks, table: &Table) {
    let cells: usize = table.rows.iter().map(|row| row.cells.len()).sum();
    let mut grid = Grid {
        covered: Vec::new(),
        row: 0,
        room: cells * ROOM.0 + ROOM.1,
    };
    for (index, row) in table.rows.iter().enumerate() {
        if index > 0 {
            writer.raw("\n");
        }
        grid.row(writer, row);
    }
}

/// Where a cell of a row above reaches down.
#[derive(Debug, Clone, Copy, Default)]
struct Covered {
    /// The first row that it does not reach.
    end: usize,
    is_header: bool,
}

struct Grid {
    /// By column.
    covered: Vec<Covered>,
    /// The row that is written.
    row: usize,
    /// How many empty cells there may still be.
    room: usize,
}

impl Grid {
    fn row(&mut self, writer: &mut Blocks, row: &Row) {
        let mut column = 0;
        let mut is_header = false;
        for cell in &row.cells {
            while let Some(covered) = self.take_covered(column) {
                is_header = covered;
                empty(writer, is_header);
                column += 1;
            }
            is_header = cell.is_header;
            writer.raw(bar(is_header));
            let start = writer.len();
            writer.cell(&cell.blocks);
            if writer.len() == start {
                writer.raw(" ");
            }
            self.cover(column, cell);
            column += 1;
            for _ in 1..cell.columns {
                let Some(room) = self.room.checked_sub(1) else {
                    break;
                };
                self.room = room;
                empty(writer, is_header);
                self.cover(column, cell);
                column += 1;
            }
        }
        while let Some(covered) = self.take_covered(column) {
            is_header = covered;
            empty(writer, is_header);
            column += 1;
        }
        if column == 0 {
            empty(writer, false);
        }
        writer.raw(bar(is_header));
        self.row += 1;
    }

    /// Whether the cell from above that reaches down to this column is a header, if one does.
    fn take_covered(&mut self, column: usize) -> Option<bool> {
        let covered = self.covered.get(column)?;
        if covered.end <= self.row {
            return None;
        }
        self.room = self.room.checked_sub(1)?;
        Some(covered.is_header)
    }

    fn cover(&mut self, column: usize, cell: &Cell) {
        if self.covered.len() <= column {
            self.covered.resize(column + 1, Covered::default());
        }
        if let Some(covered) = self.covered.get_mut(column) {
            *covered = Covered {
                end: self.row + usize::from(cell.rows),
                is_header: cell.is_header,
            };
        }
    }
}

fn empty(writer: &mut Blocks, is_header: bool) {
    writer.raw(bar(is_header));
    writer.raw(" ");
}

fn bar(is_header: bool) -> &'static str {
    if is_header { "||" } else { "|" }
}

/// A row of a table within a cell, which Jira cannot have: its paragraphs, with bars between, and
/// the text of all else.
pub(super) fn row_as_text(row: &Row) -> Vec<Inline> {
    let mut line = Vec::new();
    for (index, cell) in row.cells.iter().enumerate() {
        if index > 0 {
            line.push(Inline::Text(" | ".to_owned()));
        }
        for (index, block) in cell.blocks.iter().enumerate() {
            if index > 0 {
                line.push(Inline::Text(" ".to_owned()));
            }
            match block {
                Block::Paragraph(paragraph) => line.extend(paragraph.content.iter().cloned()),
                Block::Heading(heading) => line.extend(heading.content.iter().cloned()),
                other => line.push(Inline::Text(plain::on_one_line(other))),
            }
        }
    }
    normal(line)
}

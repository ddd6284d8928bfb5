//! A table as the reader sees it: which cell stands in which row and column, spans counted in.

use std::ops::Range;

use super::shown::block_text;
use crate::markup::document::{Block, Cell, Row, Table};

/// A table's cells, each with the rows and columns that it covers, from 0.
pub(super) struct Grid<'a> {
    pub(super) cells: Vec<Placed<'a>>,
    pub(super) rows: &'a [Row],
    pub(super) columns: usize,
}

/// A cell and where it stands.
pub(super) struct Placed<'a> {
    pub(super) rows: Range<usize>,
    pub(super) columns: Range<usize>,
    pub(super) cell: &'a Cell,
}

impl Placed<'_> {
    /// The cell's text on one line.
    pub(super) fn text(&self) -> String {
        block_text(&self.cell.blocks)
    }
}

impl<'a> Grid<'a> {
    pub(super) fn new(table: &'a Table) -> Self {
        let count = table.rows.len();
        let mut cells: Vec<Placed<'a>> = Vec::new();
        // The cells of earlier rows that reach into this one, by their columns.
        let mut reaching: Vec<(Range<usize>, usize)> = Vec::new();
        for (index, row) in table.rows.iter().enumerate() {
            reaching.retain(|(_, end)| *end > index);
            reaching.sort_by_key(|(columns, _)| columns.start);
            let mut above = reaching.iter().peekable();
            let mut column = 0;
            let mut further = Vec::new();
            for cell in &row.cells {
                while let Some((columns, _)) = above.next_if(|(columns, _)| columns.start <= column)
                {
                    column = column.max(columns.end);
                }
                let columns = column..column + usize::from(cell.columns.max(1));
                let rows = index..(index + usize::from(cell.rows.max(1))).min(count);
                column = columns.end;
                if rows.len() > 1 {
                    further.push((columns.clone(), rows.end));
                }
                cells.push(Placed {
                    rows,
                    columns,
                    cell,
                });
            }
            reaching.extend(further);
        }
        let columns = cells.iter().map(|placed| placed.columns.end).max();
        Self {
            cells,
            rows: &table.rows,
            columns: columns.unwrap_or_default(),
        }
    }

    /// The cell that covers this place.
    pub(super) fn at(&self, row: usize, column: usize) -> Option<&Placed<'a>> {
        self.cells
            .iter()
            .find(|placed| placed.rows.contains(&row) && placed.columns.contains(&column))
    }

    /// The names of columns: the cells of the first row, and of those below that are headers alone.
    pub(super) fn column_names(&self) -> Vec<(String, usize)> {
        let heads = self.rows.iter().skip(1);
        let heads = heads.take_while(|row| row.cells.iter().all(|cell| cell.is_header));
        let end = 1 + heads.count();
        let named = self.cells.iter().filter(|placed| placed.rows.start < end);
        named
            .map(|placed| (placed.text(), placed.columns.start))
            .collect()
    }

    /// The names of rows: the cells of the first column.
    pub(super) fn row_names(&self) -> Vec<(String, usize)> {
        let named = self.cells.iter().filter(|placed| placed.columns.start == 0);
        named
            .map(|placed| (placed.text(), placed.rows.start))
            .collect()
    }
}

/// All tables below these blocks, each before those that stand in it.
pub(super) fn tables<'a>(blocks: &'a [Block], found: &mut Vec<&'a Table>) {
    for block in blocks {
        if let Block::Table(table) = block {
            found.push(table);
        }
        for blocks in super::section::children(block) {
            stacker::maybe_grow(64 << 10, 1 << 20, || tables(blocks, found));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markup::document::{Inline, Origin};

    /// A cell is `text`, `text/columns` or `text/columns/rows`; `!` makes it a header.
    fn table(rows: &[&[&str]]) -> Table {
        let cell = |notation: &&str| {
            let mut parts = notation.split('/');
            let text = parts.next().unwrap();
            let mut number = || parts.next().map_or(1, |part| part.parse().unwrap());
            let content = vec![Inline::Text(text.trim_start_matches('!').into())];
            Cell {
                is_header: text.starts_with('!'),
                columns: number(),
                rows: number(),
                blocks: vec![Block::paragraph(content)],
                origin: Origin::default(),
            }
        };
        let row = |cells: &&[&str]| Row {
            cells: cells.iter().map(cell).collect(),
            origin: Origin::default(),
        };
        Table {
            rows: rows.iter().map(row).collect(),
            origin: Origin::default(),
        }
    }

    fn picture(table: &Table) -> String {
        let grid = Grid::new(table);
        let text = |row, column| grid.at(row, column).map_or("-".into(), Placed::text);
        let rows = (0..table.rows.len()).map(|row| {
            let columns = (0..grid.columns).map(|column| text(row, column));
            columns.collect::<Vec<_>>().join("")
        });
        rows.collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn spans_push_the_cells_after_and_below() {
        for (rows, expected) in [
            (&[&["a", "b"][..], &["c", "d"]][..], "ab cd"),
            (&[&["a/2", "b"], &["c", "d", "e"]], "aab cde"),
            (&[&["a/1/2", "b"], &["c"], &["d", "e"]], "ab ac de"),
            (&[&["a", "b/1/2", "c"], &["d", "e"]], "abc dbe"),
            (&[&["a/2/2", "b"], &["c"], &["d", "e", "f"]], "aab aac def"),
            (&[&["a", "b/1/3", "c"], &["d/1/2"], &["e"]], "abc db- dbe"),
            (&[&["a/1/9"], &["b"]], "a- ab"),
        ] {
            assert_eq!(picture(&table(rows)), expected);
        }
    }

    #[test]
    fn headers_name_the_columns_and_first_cells_the_rows() {
        let table = table(&[&["!Step", "!Who/2"], &["!", "!A", "!B"], &["x", "y", "z"]]);
        let grid = Grid::new(&table);
        let named = |names: Vec<(String, usize)>| {
            let names = names.into_iter().map(|(name, at)| format!("{name}{at}"));
            names.collect::<Vec<_>>().join(" ")
        };
        assert_eq!(named(grid.column_names()), "Step0 Who1 0 A1 B2");
        assert_eq!(named(grid.row_names()), "Step0 1 x2");
    }
}

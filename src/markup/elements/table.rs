//! Tables: rows, cells, and what stands beside them.

use std::ops::Range;

use super::{flow::Flow, list::loose, reader::Reader};
use crate::markup::{
    document::{Block, Cell, Origin, Row, Table},
    xml::{Element, Node},
};

/// More columns or rows than this are not covered by any cell.
const WIDEST_SPAN: u16 = 1_000;

impl Reader<'_> {
    /// `<table>`; a caption that stands nowhere comes before it, else it is a row as all that
    /// stands beside the rows.
    pub(super) fn table(&mut self, element: &Element, flow: &mut Flow) {
        let mut rows = Vec::new();
        let mut before = Vec::new();
        self.rows(element, &mut rows, &mut before);
        before.into_iter().for_each(|block| flow.block(block));
        let place = |row: Option<&Row>| row.and_then(|row| row.origin.outer());
        let origin = match (place(rows.first()), place(rows.last())) {
            (Some(first), Some(last)) => self.origin(&element.outer, &(first.start..last.end)),
            _ => Origin::default(),
        };
        if !rows.is_empty() {
            flow.block(Block::Table(Table { rows, origin }));
        }
    }

    fn rows(&mut self, element: &Element, rows: &mut Vec<Row>, before: &mut Vec<Block>) {
        for node in &element.children {
            match node {
                Node::Element(row) if row.name == "tr" => rows.extend(self.row(row)),
                Node::Element(part)
                    if matches!(part.name.as_str(), "thead" | "tbody" | "tfoot") =>
                {
                    stacker::maybe_grow(64 << 10, 1 << 20, || self.rows(part, rows, before));
                }
                stray => {
                    let blocks = self.blocks([stray]);
                    if blocks.is_empty() {
                        continue;
                    }
                    if rows.is_empty() && !self.has_source() {
                        before.extend(blocks);
                        continue;
                    }
                    let cell = stray_cell(blocks, self.place(stray));
                    let origin = cell.origin;
                    let cells = vec![cell];
                    rows.push(Row { cells, origin });
                }
            }
        }
    }

    fn row(&mut self, element: &Element) -> Option<Row> {
        let mut cells = Vec::new();
        for node in &element.children {
            match node {
                Node::Element(cell) if matches!(cell.name.as_str(), "td" | "th") => {
                    cells.push(Cell {
                        is_header: cell.name == "th",
                        columns: span(cell, "colspan"),
                        rows: span(cell, "rowspan"),
                        blocks: self.blocks(&cell.children),
                        origin: self.origin_of(cell),
                    });
                }
                stray => {
                    let blocks = self.blocks([stray]);
                    if !blocks.is_empty() {
                        cells.push(stray_cell(blocks, self.place(stray)));
                    }
                }
            }
        }
        let origin = self.origin_of(element);
        (!cells.is_empty()).then_some(Row { cells, origin })
    }
}

/// A cell of what stands in none.
fn stray_cell(blocks: Vec<Block>, place: Option<Range<usize>>) -> Cell {
    Cell {
        is_header: false,
        columns: 1,
        rows: 1,
        blocks,
        origin: loose(place),
    }
}

fn span(cell: &Element, name: &str) -> u16 {
    let span = cell
        .attribute(name)
        .and_then(|span| span.trim().parse().ok());
    span.unwrap_or(1).clamp(1, WIDEST_SPAN)
}

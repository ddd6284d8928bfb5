//! Cells of tables, written anew.

use std::ops::Range;

use super::{
    edit::Position,
    grid::{Grid, Placed, tables},
    problem::{Problem, quoted},
    section::{spaced, span},
    splice::Splice,
    widen::widened,
};
use crate::markup::{
    document::{Block, Document, Origin},
    storage::Base,
    xml::{self, Node},
};

/// Which cell is meant.
#[derive(Debug, Clone, Copy)]
pub(super) struct CellName<'a> {
    pub(super) table: usize,
    pub(super) row: &'a Position,
    pub(super) column: &'a Position,
}

/// The place of the cell's row and the splice that gives the cell its new content; none if it is
/// empty and stays so.
pub(super) fn set_cell(
    source: &str,
    base: &Base<'_>,
    blocks: &[Block],
    name: CellName<'_>,
    fresh: &Document,
) -> Result<(Range<usize>, Option<Splice>), Problem> {
    let mut found = Vec::new();
    tables(blocks, &mut found);
    let table = name.table.checked_sub(1).and_then(|index| found.get(index));
    let table = table.ok_or_else(|| Problem::NotFound(no_table(name.table, found.len())))?;
    let grid = Grid::new(table);
    let row = place("row", name.row, &grid.row_names(), grid.rows.len())?;
    let column = place("column", name.column, &grid.column_names(), grid.columns)?;
    let placed = grid.at(row, column).ok_or_else(|| {
        let (row, column) = (row + 1, column + 1);
        Problem::NotFound(format!("row {row} has no cell in column {column}"))
    })?;
    let unknown = || Problem::NotFound("the cell has no place in the page".into());
    let row = grid.rows.get(placed.rows.start);
    let row = row.and_then(|row| row.origin.outer()).ok_or_else(unknown)?;
    if placed.cell.blocks.is_empty() && fresh.blocks.is_empty() {
        return Ok((row, None));
    }
    let splice = written(source, base, placed, fresh)?.ok_or_else(unknown)?;
    Ok((row, Some(splice)))
}

fn written(
    source: &str,
    base: &Base<'_>,
    placed: &Placed<'_>,
    fresh: &Document,
) -> Result<Option<Splice>, Problem> {
    let cell = placed.cell;
    if let Some(at) = span(&cell.blocks) {
        let at = widened(&xml::read(source)?, &at);
        let text = base.merge_around(at.clone(), &cell.blocks, fresh)?;
        return Ok(Some(Splice::new(at, text)));
    }
    let text = base.write(fresh)?;
    Ok(put_inside(source, cell.origin, text))
}

/// The splice that fills an element which shows nothing.
fn put_inside(source: &str, origin: Origin, text: String) -> Option<Splice> {
    let (outer, inner) = (origin.outer()?, origin.inner()?);
    let element = source.get(outer.clone())?;
    let Some(tag) = element.strip_suffix("/>") else {
        return Some(Splice::new(innermost(source, inner), text));
    };
    // A tag without content has to be opened first.
    let tag = tag.trim_end();
    let name = tag.trim_start_matches('<').split_whitespace().next()?;
    Some(Splice::new(outer, format!("{tag}>{text}</{name}>")))
}

/// Within boxes that Confluence puts around what stands in a cell.
fn innermost(source: &str, inner: Range<usize>) -> Range<usize> {
    let nodes = source.get(inner.clone()).map(xml::read);
    let nodes = nodes.and_then(Result::ok).unwrap_or_default();
    let mut within = 0..inner.len();
    let mut nodes = nodes.as_slice();
    while let Some(element) = only_box(nodes) {
        within = element.inner.clone();
        nodes = &element.children;
    }
    inner.start + within.start..inner.start + within.end
}

fn only_box(nodes: &[Node]) -> Option<&xml::Element> {
    let is_blank = |node: &&Node| matches!(node, Node::Text(text, _) if text.trim().is_empty());
    let mut shown = nodes.iter().filter(|node| !is_blank(node));
    match (shown.next(), shown.next()) {
        (Some(Node::Element(element)), None)
            if element.name == "div" && element.inner.start < element.outer.end =>
        {
            Some(element)
        }
        _ => None,
    }
}

/// The row or column, from 0.
fn place(
    kind: &str,
    wanted: &Position,
    names: &[(String, usize)],
    count: usize,
) -> Result<usize, Problem> {
    let by_number = |number: usize| number.checked_sub(1).filter(|index| *index < count);
    let name = match wanted {
        Position::Number(number) => {
            let missing = || missing(kind, &number.to_string(), names, count);
            return by_number(*number).ok_or_else(missing);
        }
        Position::Name(name) => spaced(name.trim()),
    };
    let lower = name.to_lowercase();
    let tests: [&dyn Fn(&str) -> bool; 2] = [&|known| known == name, &|known| {
        known.to_lowercase() == lower
    }];
    for test in tests {
        let found = names.iter().filter(|(known, _)| test(&spaced(known)));
        let places: Vec<usize> = found.map(|(_, place)| *place).collect();
        match places.as_slice() {
            [] => {}
            [place] => return Ok(*place),
            [..] if name.is_empty() => {}
            [..] => {
                let numbers: Vec<String> = places.iter().map(|at| (at + 1).to_string()).collect();
                return Err(Problem::Ambiguous(format!(
                    "the {kind}s {} are called {}; give the number of one",
                    numbers.join(", "),
                    quoted(&name)
                )));
            }
        }
    }
    let number = name.parse().ok().and_then(by_number);
    number.ok_or_else(|| missing(kind, &quoted(&name), names, count))
}

fn missing(kind: &str, wanted: &str, names: &[(String, usize)], count: usize) -> Problem {
    let names: Vec<String> = names
        .iter()
        .filter(|(name, _)| !name.is_empty())
        .take(20)
        .map(|(name, at)| format!("{} {}", at + 1, quoted(name)))
        .collect();
    let mut message = format!("no {kind} {wanted}: the table has {count}");
    if !names.is_empty() {
        message.push_str(&format!(", among them {}", names.join(", ")));
    }
    Problem::NotFound(message)
}

fn no_table(wanted: usize, count: usize) -> String {
    match count {
        0 => format!("no table {wanted}: there are no tables"),
        1 => format!("no table {wanted}: there is one"),
        count => format!("no table {wanted}: there are {count}"),
    }
}

//! Tables: with pipes where that says it all, else as HTML.

use crate::markup::{
    document::{Block, Cell, Paragraph, Row, Table},
    markdown::attributes,
};

use super::{
    blocks,
    line::{Line, Place},
    output::Output,
    render::{Position, render},
};

/// Writes a table.
pub(super) fn write(table: &Table, out: &mut Output) {
    if fits_pipes(table) {
        write_pipes(table, out);
    } else {
        write_html(table, out);
    }
}

/// Whether a table of pipes says all that this one does.
fn fits_pipes(table: &Table) -> bool {
    let Some((first, rest)) = table.rows.split_first() else {
        return false;
    };
    let is_header = |row: &Row| row.cells.iter().all(|cell| cell.is_header);
    let is_body = |row: &Row| row.cells.iter().all(|cell| !cell.is_header);
    let is_empty = first.cells.iter().all(|cell| cell.blocks.is_empty());
    let has_header = is_header(first);
    let is_even = rest.iter().all(|row| row.cells.len() == first.cells.len());
    let is_simple = |cell: &Cell| {
        let blocks = cell.blocks.as_slice();
        cell.columns <= 1 && cell.rows <= 1 && matches!(blocks, [] | [Block::Paragraph(_)])
    };
    !first.cells.is_empty()
        && is_even
        && (is_body(first) || has_header && !is_empty)
        && rest.iter().all(is_body)
        && table.rows.iter().flat_map(|row| &row.cells).all(is_simple)
}

fn write_pipes(table: &Table, out: &mut Output) {
    let Some((first, rest)) = table.rows.split_first() else {
        return;
    };
    let columns = first.cells.len();
    let (header, body) = if first.cells.iter().all(|cell| cell.is_header) {
        (first.cells.iter().map(cell).collect(), rest)
    } else {
        (vec![String::new(); columns], table.rows.as_slice())
    };
    write_row(&header, out);
    out.end_line();
    write_row(&vec!["---".to_owned(); columns], out);
    for row in body {
        out.end_line();
        write_row(&row.cells.iter().map(cell).collect::<Vec<_>>(), out);
    }
}

fn write_row(cells: &[String], out: &mut Output) {
    out.push(&format!("| {} |", cells.join(" | ")));
}

fn cell(cell: &Cell) -> String {
    let Some(Block::Paragraph(Paragraph { content, .. })) = cell.blocks.first() else {
        return String::new();
    };
    let place = Place {
        is_cell: true,
        ..Place::default()
    };
    render(Line::of(content, place), Position::Within)
}

fn write_html(table: &Table, out: &mut Output) {
    out.push("<table>");
    for row in &table.rows {
        out.end_line();
        out.push("<tr>");
        for cell in &row.cells {
            out.end_line();
            write_cell(cell, out);
        }
        out.end_line();
        out.push("</tr>");
    }
    out.end_line();
    out.push("</table>");
}

fn write_cell(cell: &Cell, out: &mut Output) {
    out.push(&cell_tag(cell));
    match on_one_line(&cell.blocks) {
        Some(text) => out.push(&text),
        None => {
            out.leave_line();
            blocks::write(&cell.blocks, out);
            out.leave_line();
        }
    }
    out.push(if cell.is_header { "</th>" } else { "</td>" });
}

/// What stands in a cell, if it is one paragraph without tags.
fn on_one_line(blocks: &[Block]) -> Option<String> {
    match blocks {
        [] => Some(String::new()),
        [Block::Paragraph(Paragraph { content, .. })] => {
            let text = render(Line::of(content, Place::default()), Position::Within);
            (!text.contains(['<', '\n'])).then_some(text)
        }
        _ => None,
    }
}

/// `<td colspan="2">`.
fn cell_tag(cell: &Cell) -> String {
    let mut tag = if cell.is_header { "<th" } else { "<td" }.to_owned();
    if cell.columns > 1 {
        attributes::write("colspan", &cell.columns.to_string(), &mut tag);
    }
    if cell.rows > 1 {
        attributes::write("rowspan", &cell.rows.to_string(), &mut tag);
    }
    tag.push('>');
    tag
}

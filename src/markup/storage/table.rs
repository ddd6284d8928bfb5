//! Tables: rows, headings, and cells that cover their neighbours.

use super::{blocks, walk};
use crate::markup::document::{Block, Cell, Flow, Inline, Style};
use crate::markup::xml::{Element, Node};

/// Wider and higher spans are cut, so that a small page cannot become a huge text.
const WIDEST_SPAN: usize = 64;

/// Reads a table; what stands in it beside its rows comes before it.
pub(super) fn read(element: &Element, flow: &mut Flow) {
    flow.end_paragraph();
    let mut rows = Vec::new();
    let mut beside = Flow::default();
    collect_rows(element, &mut rows, &mut beside);
    beside
        .into_blocks()
        .into_iter()
        .for_each(|block| flow.block(block));
    let has_header = rows
        .first()
        .is_some_and(|row| cells(row).next().is_some() && cells(row).all(|cell| cell.name == "th"));
    let mut covered = Vec::new();
    let rows: Vec<Vec<Cell>> = rows
        .iter()
        .enumerate()
        .map(|(number, row)| read_row(row, has_header && number == 0, &mut covered))
        .collect();
    if rows.iter().any(|row| !row.is_empty()) {
        flow.block(Block::Table { has_header, rows });
    }
}

fn collect_rows<'a>(element: &'a Element, rows: &mut Vec<&'a Element>, beside: &mut Flow) {
    for node in &element.children {
        match node {
            Node::Element(child) => match child.name.as_str() {
                "tr" => rows.push(child),
                "thead" | "tbody" | "tfoot" => collect_rows(child, rows, beside),
                _ => walk(std::slice::from_ref(node), beside),
            },
            Node::Text(text) | Node::Data(text) => beside.text(text),
        }
    }
}

/// Reads a row; `covered` says for each column how many further rows a cell above covers.
fn read_row(row: &Element, is_header: bool, covered: &mut Vec<usize>) -> Vec<Cell> {
    let mut read: Vec<Cell> = Vec::new();
    for cell in cells(row) {
        while let Some(above) = covered.get_mut(read.len()).filter(|above| **above > 0) {
            *above -= 1;
            read.push(Vec::new());
        }
        let below = span(cell, "rowspan") - 1;
        let column = read.len();
        let mut content = blocks(&cell.children);
        if cell.name == "th" && !is_header {
            embolden(&mut content);
        }
        read.push(content);
        read.resize(column + span(cell, "colspan"), Vec::new());
        if read.len() <= WIDEST_SPAN {
            covered.resize(covered.len().max(read.len()), 0);
            covered
                .iter_mut()
                .take(read.len())
                .skip(column)
                .for_each(|above| *above = below);
        }
    }
    covered
        .iter_mut()
        .skip(read.len())
        .for_each(|above| *above = above.saturating_sub(1));
    let mut stray = Flow::default();
    for node in &row.children {
        match node {
            Node::Element(cell) if is_cell(cell) => {}
            other => walk(std::slice::from_ref(other), &mut stray),
        }
    }
    let stray = stray.into_blocks();
    if !stray.is_empty() {
        read.push(stray);
    }
    read
}

fn cells(row: &Element) -> impl Iterator<Item = &Element> {
    row.elements().filter(|element| is_cell(element))
}

fn is_cell(element: &Element) -> bool {
    matches!(element.name.as_str(), "td" | "th")
}

fn span(cell: &Element, name: &str) -> usize {
    let span = cell
        .attribute(name)
        .and_then(|span| span.trim().parse().ok());
    span.unwrap_or(1).clamp(1, WIDEST_SPAN)
}

/// A heading at the side of a table has no place in a pipe table, so it is set bold.
fn embolden(content: &mut [Block]) {
    if let [Block::Paragraph(text)] = content {
        let is_bold = matches!(text.as_slice(), [Inline::Styled(Style::Bold, _)]);
        if !is_bold {
            *text = vec![Inline::Styled(Style::Bold, std::mem::take(text))];
        }
    }
}

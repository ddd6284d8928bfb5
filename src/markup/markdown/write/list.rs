//! Lists and their items.

use crate::markup::document::{Block, Inline, Item, List, ListKind, Paragraph};

use super::{blocks, output::Output};

/// The greatest number that an item can be marked with.
const GREATEST: u32 = 999_999_999;

/// How the items of a list are marked; a list next to another is marked otherwise.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Marker {
    Bullet(char),
    Number(char),
}

impl Marker {
    /// A marker for the list that is not that of its neighbour.
    pub(super) fn of(list: &List, neighbour: Option<Self>) -> Self {
        let is_bullet = list.kind == ListKind::Bullet;
        match neighbour {
            Some(Self::Bullet('-')) if is_bullet => Self::Bullet('*'),
            Some(Self::Number('.')) if !is_bullet => Self::Number(')'),
            _ if is_bullet => Self::Bullet('-'),
            _ => Self::Number('.'),
        }
    }
}

/// Writes a list.
pub(super) fn write(list: &List, marker: Marker, out: &mut Output) {
    let first = match list.kind {
        ListKind::Bullet => 0,
        ListKind::Ordered(first) => first,
    };
    for (number, item) in (first..=u32::MAX).zip(&list.items) {
        if number > first {
            out.end_line();
        }
        let mark = match marker {
            Marker::Bullet(mark) => mark.to_string(),
            Marker::Number(mark) => format!("{}{mark}", number.min(GREATEST)),
        };
        write_item(item, &mark, marker, out);
    }
    // The parser mistakes what follows a quote for a part of it if that ends with a bare mark.
    if list.items.last().is_some_and(|item| item.blocks.is_empty()) && out.is_in_quote() {
        out.push(" <!-- -->");
    }
}

fn write_item(item: &Item, mark: &str, marker: Marker, out: &mut Output) {
    out.push(mark);
    let indentation = " ".repeat(mark.len() + 1);
    out.within(&indentation, |out| {
        if let Some(is_done) = item.done {
            out.push(if is_done { " [x]" } else { " [ ]" });
        }
        match item.blocks.first() {
            None => return,
            // What follows a checkbox on its line is a paragraph, whatever it looks like.
            Some(first) if item.done.is_some() && !matches!(first, Block::Paragraph(_)) => {
                out.end_line();
            }
            Some(_) => out.push(" "),
        }
        blocks::write_after(&item.blocks, Some(marker), out);
    });
}

/// Whether a list can follow a paragraph on the next line.
pub(super) fn can_follow(text: &Paragraph, list: &List) -> bool {
    // A tag alone on its line begins HTML that ends only at a free line.
    let is_tag = matches!(
        text.content.as_slice(),
        [Inline::Image(_) | Inline::Date(_) | Inline::Macro(_) | Inline::Emoticon(_)]
    );
    let first_has_text = list
        .items
        .first()
        .is_some_and(|item| item.done.is_some() || !item.blocks.is_empty());
    !is_tag
        && first_has_text
        && !is_ruled(list)
        && matches!(list.kind, ListKind::Bullet | ListKind::Ordered(1))
}

/// Whether the list begins with what would make a table of the line before it.
fn is_ruled(list: &List) -> bool {
    let first = list.items.first().and_then(|item| item.blocks.first());
    let Some(Block::Paragraph(text)) = first else {
        return false;
    };
    matches!(text.content.first(), Some(Inline::Text(text)) if text.starts_with(['|', ':']))
}

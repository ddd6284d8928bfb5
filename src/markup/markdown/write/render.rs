//! The pieces of a line put together, with backslashes where text would be read as something else.

use crate::markup::markdown::atoms;

use super::{
    escape::{self, Script},
    line::{Atom, Line, Piece, Text},
    marks,
};

/// What begins with the line, as far as it matters to how it is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Position {
    /// A paragraph, the first lines of which may look like another block.
    Paragraph,
    /// A heading, which ends where the line does.
    Heading,
    /// Nothing: there is something before the line that makes it a line.
    Within,
}

/// Puts the line together.
pub(super) fn render(line: Line, position: Position) -> String {
    let Line {
        pieces,
        styles,
        place,
    } = line;
    let (pieces, protected) = settle(pieces);
    let marks = marks::decide(&pieces, &styles);
    let mut script = Script::new(place);
    let mut protected = protected.into_iter();
    for piece in &pieces {
        match piece {
            Piece::Text(text) => {
                let protected = protected.next().unwrap_or_default();
                script.text(text, &protected);
            }
            Piece::Atom(atom) => script.atom(&atom.text),
            Piece::Markup(markup) => script.markup(markup),
            Piece::Open(number) => {
                if let Some(marks) = marks.get(*number) {
                    script.marks(&marks.opening, marks.character);
                }
            }
            Piece::Close(number) => {
                if let Some(marks) = marks.get(*number) {
                    script.marks(&marks.closing, marks.character);
                }
            }
            Piece::Break => script.markup("\\\n"),
        }
    }
    escape::escape(script, position)
}

/// Writes those atoms in full that would not be read as such, and finds for each text where it
/// needs a backslash so that no atom is read into it.
fn settle(pieces: Vec<Piece>) -> (Vec<Piece>, Vec<Vec<usize>>) {
    let mut settled = Vec::with_capacity(pieces.len());
    let mut protected = Vec::new();
    let mut run = Vec::new();
    for piece in pieces {
        match piece {
            Piece::Text(_) | Piece::Atom(_) => run.push(piece),
            _ => {
                settle_run(std::mem::take(&mut run), &mut settled, &mut protected);
                settled.push(piece);
            }
        }
    }
    settle_run(run, &mut settled, &mut protected);
    (settled, protected)
}

/// Settles texts and atoms that follow each other.
fn settle_run(run: Vec<Piece>, settled: &mut Vec<Piece>, protected: &mut Vec<Vec<usize>>) {
    let read = Reading::of(&run);
    let mut part = Vec::new();
    let mut start = 0;
    for piece in run {
        let length = length(&piece);
        match piece {
            Piece::Atom(Atom { otherwise, .. }) if !read.has(start..start + length) => {
                settle_part(std::mem::take(&mut part), settled, protected);
                settled.push(Piece::Markup(otherwise));
            }
            piece => part.push(piece),
        }
        start += length;
    }
    settle_part(part, settled, protected);
}

/// Settles texts and atoms of which all atoms will be read.
fn settle_part(part: Vec<Piece>, settled: &mut Vec<Piece>, protected: &mut Vec<Vec<usize>>) {
    if part.is_empty() {
        return;
    }
    let read = Reading::of(&part);
    let mut refused = read.refused.into_iter().peekable();
    let mut start = 0;
    for piece in part {
        let end = start + length(&piece);
        if let Piece::Text(_) = piece {
            let mut own = Vec::new();
            while let Some(position) = refused.next_if(|position| *position < end) {
                own.push(position.saturating_sub(start));
            }
            protected.push(own);
        } else {
            while refused.next_if(|position| *position < end).is_some() {}
        }
        settled.push(piece);
        start = end;
    }
}

fn length(piece: &Piece) -> usize {
    match piece {
        Piece::Text(Text { text, .. }) | Piece::Atom(Atom { text, .. }) => text.len(),
        _ => 0,
    }
}

/// What a reader would find in texts and atoms that follow each other.
struct Reading {
    /// The atoms that are meant.
    found: std::collections::HashSet<(usize, usize)>,
    /// What needs a backslash in order, so that no other is found.
    refused: Vec<usize>,
}

impl Reading {
    fn of(run: &[Piece]) -> Self {
        let mut text = String::new();
        let mut meant = std::collections::HashSet::new();
        let mut is_in_link = false;
        for piece in run {
            let start = text.len();
            match piece {
                Piece::Text(piece) => {
                    text.push_str(&piece.text);
                    is_in_link |= piece.is_in_link;
                }
                Piece::Atom(atom) => {
                    text.push_str(&atom.text);
                    is_in_link |= atom.is_in_link;
                    meant.insert((start, text.len()));
                }
                _ => {}
            }
        }
        let mut refused = Vec::new();
        let found = atoms::find(&text, is_in_link, &mut |atom| {
            let is_meant = meant.contains(&(atom.range.start, atom.range.end));
            if !is_meant {
                refused.push(atom.trigger);
            }
            is_meant
        });
        refused.sort_unstable();
        let found = found
            .into_iter()
            .map(|atom| (atom.range.start, atom.range.end));
        Self {
            found: found.collect(),
            refused,
        }
    }

    fn has(&self, range: std::ops::Range<usize>) -> bool {
        self.found.contains(&(range.start, range.end))
    }
}

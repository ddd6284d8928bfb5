//! Where Jira would read a mark: what opens, what closes, and what is the inside of an address.
//!
//! Looked up beforehand for a whole paragraph, once from each side, so that writing stays linear.

use super::pieces::{Mark, Piece, after, before};

/// A `]` that could end a link.
const SQUARE: u16 = 1 << 9;
/// A `!` that could end an image.
const EXCLAMATION: u16 = 1 << 10;

/// Could open.
const OPENS: u8 = 1;
/// Could close.
const CLOSES: u8 = 2;
/// Touches a real mark of its kind.
const TOUCHES: u8 = 4;
/// Is the inside of an address.
const ADDRESS: u8 = 8;

/// What each piece could be taken for.
#[derive(Debug)]
pub(super) struct Marks {
    roles: Vec<u8>,
    /// The marks that could close somewhere behind the piece, on its line.
    closers: Vec<u16>,
}

impl Marks {
    /// Looks through the pieces.
    pub(super) fn new(pieces: &[Piece]) -> Self {
        let mut marks = Self {
            roles: vec![0; pieces.len()],
            closers: vec![0; pieces.len()],
        };
        marks.find_addresses(pieces);
        marks.find_roles(pieces);
        marks.find_closers(pieces);
        marks
    }

    /// Whether the piece is the inside of an address, in which nothing is a mark.
    pub(super) fn is_address(&self, index: usize) -> bool {
        self.has(index, ADDRESS)
    }

    /// Whether a character would be read as this mark, while the marks in `open` are open.
    pub(super) fn is_read(&self, index: usize, mark: Mark, open: u16) -> bool {
        self.has(index, TOUCHES)
            || (self.has(index, OPENS) && self.closes_later(index, mark.bit()))
            || (self.has(index, CLOSES) && open & mark.bit() != 0)
    }

    /// Whether a `{{` could close.
    pub(super) fn has_monospace_later(&self, index: usize) -> bool {
        self.closes_later(index, Mark::Monospace.bit())
    }

    /// Whether a `]` comes later in the line.
    pub(super) fn has_square_later(&self, index: usize) -> bool {
        self.closes_later(index, SQUARE)
    }

    /// Whether a `!` would begin an image; in a cell it could end in the next one.
    pub(super) fn is_image(&self, index: usize, in_cell: bool) -> bool {
        self.has(index, TOUCHES)
            || (self.has(index, OPENS) && (in_cell || self.closes_later(index, EXCLAMATION)))
    }

    fn has(&self, index: usize, role: u8) -> bool {
        self.roles.get(index).is_some_and(|roles| roles & role != 0)
    }

    fn closes_later(&self, index: usize, bits: u16) -> bool {
        self.closers
            .get(index)
            .is_some_and(|later| later & bits != 0)
    }

    fn add(&mut self, indices: impl Iterator<Item = usize>, role: u8) {
        for index in indices {
            if let Some(roles) = self.roles.get_mut(index) {
                *roles |= role;
            }
        }
    }

    fn find_addresses(&mut self, pieces: &[Piece]) {
        let mut index = 0;
        let mut is_label = 0_usize;
        while let Some(piece) = pieces.get(index) {
            match piece {
                Piece::Open {
                    mark: Mark::Link | Mark::Monospace,
                    ..
                } => is_label += 1,
                Piece::Close {
                    mark: Mark::Link | Mark::Monospace,
                    ..
                } => is_label = is_label.saturating_sub(1),
                _ => {}
            }
            let length = match is_label {
                0 => address_length(pieces, index),
                _ => 0,
            };
            self.add(index..index + length, ADDRESS);
            index += length.max(1);
        }
    }

    /// A run of one character opens or closes as a whole.
    fn find_roles(&mut self, pieces: &[Piece]) {
        let mut start = 0;
        while let Some(piece) = pieces.get(start) {
            let Some(character) = self.mark_character(piece, start) else {
                start += 1;
                continue;
            };
            let length = pieces
                .iter()
                .skip(start)
                .enumerate()
                .take_while(|(offset, piece)| {
                    piece.text() == Some(character) && !self.is_address(start + offset)
                })
                // Each of several `!` could begin an image.
                .take(if character == '!' { 1 } else { usize::MAX })
                .count();
            let end = start + length;
            let role = role(pieces, start, end, character);
            self.add(start..end, role);
            start = end.max(start + 1);
        }
    }

    fn mark_character(&self, piece: &Piece, index: usize) -> Option<char> {
        piece.text().filter(|character| {
            !self.is_address(index) && (*character == '!' || Mark::of(*character).is_some())
        })
    }

    fn find_closers(&mut self, pieces: &[Piece]) {
        let mut later = 0;
        for (index, piece) in pieces.iter().enumerate().rev() {
            if *piece == (Piece::Break { forced: false }) {
                later = 0;
            }
            if let Some(closers) = self.closers.get_mut(index) {
                *closers = later;
            }
            later |= self.closing_bits(pieces, index, piece);
        }
    }

    fn closing_bits(&self, pieces: &[Piece], index: usize, piece: &Piece) -> u16 {
        match piece {
            Piece::Text(_) if self.is_address(index) => 0,
            Piece::Text(']') => SQUARE,
            Piece::Text('}') if after(pieces, index) == Some('}') => Mark::Monospace.bit(),
            Piece::Text('!') if self.has(index, CLOSES) => EXCLAMATION,
            Piece::Text(character) if self.has(index, CLOSES) => {
                Mark::of(*character).map_or(0, Mark::bit)
            }
            Piece::Close {
                mark: Mark::Link, ..
            } => SQUARE,
            Piece::Close { mark, .. } => mark.bit(),
            Piece::Raw(markup) => markup.chars().fold(0, |bits, character| {
                bits | match character {
                    ']' => SQUARE,
                    '!' => EXCLAMATION,
                    _ => Mark::of(character).map_or(0, Mark::bit),
                }
            }),
            _ => 0,
        }
    }
}

/// What a run of one character could be taken for.
fn role(pieces: &[Piece], start: usize, end: usize, character: char) -> u8 {
    let before = before(pieces, start);
    let after = after(pieces, end.saturating_sub(1));
    let is_text = |place: usize| pieces.get(place).and_then(Piece::text) == Some(character);
    let touches_before = before == Some(character) && !is_text(start.wrapping_sub(1));
    if touches_before || (after == Some(character) && !is_text(end)) {
        return TOUCHES;
    }
    // Citations have two characters.
    if character == '?' && end - start < 2 {
        return 0;
    }
    let mut role = 0;
    // Other white space is written as an entity, beside which a mark is read; so is a second space.
    let is_space = |side: Option<char>| side.is_none_or(|side| side == ' ');
    let follows_two = [1, 2]
        .map(|back| start.wrapping_sub(back))
        .map(|place| pieces.get(place))
        == [Some(&Piece::Text(' ')); 2];
    if !before.is_some_and(is_letter) && !is_space(after) {
        role |= OPENS;
    }
    if (follows_two || !is_space(before)) && !after.is_some_and(is_letter) {
        role |= CLOSES;
    }
    role
}

/// Whether a mark surely does not stand beside this character.
pub(super) fn is_letter(character: char) -> bool {
    character.is_ascii_alphanumeric() || character.is_alphabetic()
}

const SCHEMES: [&str; 9] = [
    "http://", "https://", "ftp://", "ftps://", "mailto:", "news://", "irc://", "file://", "svn://",
];

/// How many pieces from here on are an address, 0 if none begins here.
fn address_length(pieces: &[Piece], start: usize) -> usize {
    let texts = || pieces.iter().skip(start).map_while(Piece::text);
    let begins = SCHEMES.iter().any(|scheme| {
        let mut characters = texts();
        scheme
            .chars()
            .all(|expected| characters.next() == Some(expected))
    });
    if !begins || before(pieces, start).is_some_and(is_letter) {
        return 0;
    }
    let mut length = 0;
    for (offset, character) in texts().take_while(|c| is_address(*c)).enumerate() {
        // What ends a sentence does not belong to it.
        if !".,>);\"'!:".contains(character) {
            length = offset + 1;
        }
    }
    length
}

/// Whether a character can stand in a bare address.
pub(super) fn is_address(character: char) -> bool {
    character.is_ascii_alphanumeric() || "-_.!~*';/?:@#&=%+$,()".contains(character)
}

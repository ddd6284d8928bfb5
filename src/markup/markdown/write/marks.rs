//! Which marks each style of a line is written with.
//!
//! `**`, `*`, `_` and `~~` are marks only between certain neighbours; elsewhere tags take their place.

use crate::markup::{document::Style, markdown::attributes};

use super::line::Piece;

/// How a style is written: what stands before the text, and what after.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Marks {
    pub(super) opening: String,
    pub(super) closing: String,
    /// The character of the marks, if they are not tags.
    pub(super) character: Option<char>,
}

/// Decides for each style of a line, by their numbers.
pub(super) fn decide(pieces: &[Piece], styles: &[Style]) -> Vec<Marks> {
    let mut ends = vec![(0, 0); styles.len()];
    for (index, piece) in pieces.iter().enumerate() {
        match piece {
            Piece::Open(number) => set(&mut ends, *number, |end| end.0 = index),
            Piece::Close(number) => set(&mut ends, *number, |end| end.1 = index),
            _ => {}
        }
    }
    let mut decided: Vec<Marks> = Vec::with_capacity(styles.len());
    for (style, (open, close)) in styles.iter().zip(ends) {
        let surroundings = Surroundings {
            pieces,
            styles,
            decided: &decided,
            open,
            close,
        };
        let marks = surroundings.marks(style);
        decided.push(marks.unwrap_or_else(|| tags(style)));
    }
    decided
}

fn set(ends: &mut [(usize, usize)], number: usize, change: impl FnOnce(&mut (usize, usize))) {
    if let Some(end) = ends.get_mut(number) {
        change(end);
    }
}

/// What stands around and within a style.
struct Surroundings<'a> {
    pieces: &'a [Piece],
    styles: &'a [Style],
    decided: &'a [Marks],
    open: usize,
    close: usize,
}

impl Surroundings<'_> {
    fn marks(&self, style: &Style) -> Option<Marks> {
        let (candidates, is_first_choice): (&[&str], bool) = match style {
            Style::Strong => (&["**"], true),
            Style::Emphasis => (&["*", "_"], !self.holds_strong()),
            Style::Strikethrough => (&["~~"], true),
            _ => return None,
        };
        candidates
            .iter()
            .skip(usize::from(!is_first_choice))
            .find_map(|marks| {
                let character = marks.chars().next()?;
                let is_fit = !self.touches(character) && self.can_be_marked(character);
                is_fit.then(|| Marks {
                    opening: (*marks).to_owned(),
                    closing: (*marks).to_owned(),
                    character: Some(character),
                })
            })
    }

    /// Whether strong text stands at one of the ends within, whose marks would join these.
    fn holds_strong(&self) -> bool {
        let is_strong = |piece: Option<&Piece>| match piece {
            Some(Piece::Open(number) | Piece::Close(number)) => {
                self.styles.get(*number) == Some(&Style::Strong)
            }
            _ => false,
        };
        is_strong(self.pieces.get(self.open + 1)) || is_strong(self.before(self.close))
    }

    /// Whether marks of that character would stand right before or after.
    fn touches(&self, character: char) -> bool {
        let is_same = |piece: Option<&Piece>| match piece {
            Some(Piece::Open(number) | Piece::Close(number)) => {
                let marks = self.decided.get(*number);
                marks.is_some_and(|marks| marks.character == Some(character))
            }
            _ => false,
        };
        is_same(self.before(self.open)) || is_same(self.pieces.get(self.close + 1))
    }

    fn before(&self, index: usize) -> Option<&Piece> {
        self.pieces.get(index.checked_sub(1)?)
    }

    /// Whether marks of that character would be read as marks at both ends.
    fn can_be_marked(&self, character: char) -> bool {
        let outer_start = self.before(self.open).and_then(last_character);
        let inner_start = self.pieces.get(self.open + 1).and_then(first_character);
        let inner_end = self.before(self.close).and_then(last_character);
        let outer_end = self.pieces.get(self.close + 1).and_then(first_character);
        can_stand(character, outer_start, inner_start, true)
            && can_stand(character, outer_end, inner_end, false)
    }
}

/// Whether a mark between an outer and an inner character is surely read as one.
fn can_stand(mark: char, outer: Option<char>, inner: Option<char>, is_opening: bool) -> bool {
    let Some(inner) = inner else {
        return false;
    };
    if inner.is_whitespace() {
        return false;
    }
    let is_apart = outer.is_none_or(|outer| outer.is_whitespace() || outer.is_ascii_punctuation());
    match mark {
        '~' if is_opening => true,
        '_' => is_apart,
        _ => is_apart || !may_be_punctuation(inner),
    }
}

/// Whether a parser may take the character for punctuation; they know different tables.
pub(super) fn may_be_punctuation(character: char) -> bool {
    if character.is_ascii() {
        character.is_ascii_punctuation()
    } else {
        // Letters in circles and squares are symbols as well.
        let is_symbol = matches!(character, 'Ⓐ'..='ⓩ' | '🄰'..='🅉' | '🅐'..='🅩' | '🅰'..='🆉');
        (is_symbol || !character.is_alphanumeric()) && !character.is_whitespace()
    }
}

/// The character that a piece begins with; all marks and tags begin with punctuation.
fn first_character(piece: &Piece) -> Option<char> {
    match piece {
        Piece::Text(text) => text.text.chars().next(),
        Piece::Atom(atom) => atom.text.chars().next(),
        Piece::Markup(markup) => markup.chars().next(),
        Piece::Open(_) | Piece::Close(_) => Some('*'),
        Piece::Break => Some('\\'),
    }
}

/// The character that a piece ends with.
fn last_character(piece: &Piece) -> Option<char> {
    match piece {
        Piece::Text(text) => text.text.chars().next_back(),
        Piece::Atom(atom) => atom.text.chars().next_back(),
        Piece::Markup(markup) => markup.chars().next_back(),
        Piece::Open(_) | Piece::Close(_) => Some('*'),
        Piece::Break => Some('\n'),
    }
}

fn tags(style: &Style) -> Marks {
    let name = style.element();
    let mut opening = format!("<{name}");
    if let Style::Color(color) = style {
        attributes::write("style", &format!("color: {color}"), &mut opening);
    }
    opening.push('>');
    Marks {
        opening,
        closing: format!("</{name}>"),
        character: None,
    }
}

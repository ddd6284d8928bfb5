//! Backslashes before what would be read as Markdown, and before nothing else.

use super::{
    delimiters,
    line::{Line, Place, Text},
    line_start, link,
    render::{Position, render},
};

/// A line put together, in which each byte is known to be text or not.
#[derive(Debug)]
pub(super) struct Script {
    pub(super) text: String,
    pub(super) kinds: Vec<Kind>,
    pub(super) place: Place,
    /// The characters that styles are marked with in this line.
    pub(super) marks: Vec<char>,
}

/// What a byte is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Markup,
    Text,
    /// Text in which brackets must match.
    TextInLink,
    /// A character of text that needs a backslash.
    Escaped,
}

impl Script {
    pub(super) fn new(place: Place) -> Self {
        Self {
            text: String::new(),
            kinds: Vec::new(),
            place,
            marks: Vec::new(),
        }
    }

    pub(super) fn text(&mut self, text: &Text, escaped: &[usize]) {
        let start = self.text.len();
        let kind = if text.is_in_link {
            Kind::TextInLink
        } else {
            Kind::Text
        };
        self.push(&text.text, kind);
        for position in escaped {
            self.escape_at(start + position);
        }
    }

    pub(super) fn atom(&mut self, text: &str) {
        self.push(text, Kind::Text);
    }

    pub(super) fn markup(&mut self, markup: &str) {
        self.push(markup, Kind::Markup);
    }

    pub(super) fn marks(&mut self, markup: &str, character: Option<char>) {
        self.push(markup, Kind::Markup);
        self.marks.extend(character);
    }

    pub(super) fn kind(&self, position: usize) -> Kind {
        self.kinds.get(position).copied().unwrap_or(Kind::Markup)
    }

    pub(super) fn is_text(&self, position: usize) -> bool {
        self.kind(position) != Kind::Markup
    }

    pub(super) fn escape_at(&mut self, position: usize) {
        if let Some(kind) = self.kinds.get_mut(position)
            && *kind != Kind::Markup
        {
            *kind = Kind::Escaped;
        }
    }

    fn push(&mut self, text: &str, kind: Kind) {
        self.text.push_str(text);
        self.kinds.resize(self.text.len(), kind);
    }
}

/// The text alone as a line in that place.
pub(super) fn literal(text: &str, place: Place) -> String {
    let mut line = Line {
        place,
        ..Line::default()
    };
    line.text(text);
    render(line, Position::Within)
}

/// Writes the line with its backslashes.
pub(super) fn escape(mut script: Script, position: Position) -> String {
    line_start::escape(&mut script, position);
    delimiters::escape(&mut script);
    let mut written = String::with_capacity(script.text.len() + 8);
    let has_wikilink_end = script.text.contains("]]");
    let mut characters = script.text.char_indices();
    while let Some((position, character)) = characters.next() {
        let rest = characters.as_str();
        let is_escaped = match script.kind(position) {
            Kind::Markup => false,
            Kind::Escaped => true,
            kind => {
                let next_is_text = script.is_text(position + character.len_utf8());
                let neighbours = Neighbours {
                    rest,
                    next_is_text,
                    has_wikilink_end,
                };
                neighbours.has_meaning(character, kind, script.place)
            }
        };
        if character == '<' && script.place.is_in_html && script.is_text(position) {
            written.push_str("&lt;");
            continue;
        }
        if is_escaped {
            written.push('\\');
        }
        written.push(character);
    }
    written
}

/// What stands around a character.
struct Neighbours<'a> {
    rest: &'a str,
    next_is_text: bool,
    has_wikilink_end: bool,
}

impl Neighbours<'_> {
    fn has_meaning(&self, character: char, kind: Kind, place: Place) -> bool {
        let next = self.rest.chars().next();
        match character {
            '\\' => !self.next_is_text || next.is_none_or(|next| next.is_ascii_punctuation()),
            '|' => place.is_cell,
            '[' if kind == Kind::TextInLink => true,
            ']' if kind == Kind::TextInLink => true,
            '[' if !self.next_is_text => next == Some('['),
            '[' => next == Some('[') && self.has_wikilink_end,
            ']' => next == Some('(') && self.next_is_text,
            '!' => next == Some('[') && !self.next_is_text,
            '&' => link::is_entity(self.rest),
            '<' => begins_tag(self.rest),
            _ => false,
        }
    }
}

/// Whether `<` before this text would begin a tag, a comment or an address.
fn begins_tag(rest: &str) -> bool {
    let is_start = |c: char| c.is_ascii_alphabetic() || matches!(c, '/' | '!' | '?');
    if rest.starts_with(is_start) {
        return true;
    }
    let end = rest.find(|c: char| c.is_whitespace() || matches!(c, '<' | '>'));
    let word = end.and_then(|end| rest.get(..end));
    word.is_some_and(|word| word.contains('@'))
}

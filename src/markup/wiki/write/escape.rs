//! Pieces of a line written as text, with a `\` or an entity where Jira would read a mark.

use super::{
    emoticons,
    marks::{Marks, is_letter},
    pieces::{Mark, Piece, after, before, written_from},
};

/// Where a line stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Place {
    /// Whether it is the start of a line, where blocks are read.
    pub(super) starts_line: bool,
    /// Whether it is in a cell of a table.
    pub(super) in_cell: bool,
}

/// The characters that Jira takes a `\` before.
const ESCAPABLE: &str = "-#*_+?^~|%{}[]()!@";

/// The macros whose names in braces are not left as text.
const KNOWN_MACROS: [&str; 19] = [
    "color", "colour", "code", "quote", "panel", "noformat", "anchor", "expand", "info", "note",
    "tip", "warning", "toc", "status", "jira", "html", "include", "section", "column",
];

/// Writes pieces.
pub(super) fn write(mut pieces: Vec<Piece>, place: Place) -> String {
    let marks = Marks::new(&pieces);
    brace_marks(&mut pieces, &marks);
    Writer {
        pieces: &pieces,
        marks,
        place,
        open: 0,
        escaped: None,
        output: String::with_capacity(pieces.len() + 8),
    }
    .write()
}

/// Puts marks in braces that could not stand bare where they are.
fn brace_marks(pieces: &mut [Piece], marks: &Marks) {
    let mut open = Vec::new();
    for index in 0..pieces.len() {
        match pieces.get(index) {
            Some(Piece::Open { .. }) => open.push(index),
            Some(Piece::Close { mark, .. }) if *mark != Mark::Link => {
                let Some(opened) = open.pop() else { continue };
                let touches =
                    |character: Option<char>| character.is_some_and(char::is_alphanumeric);
                // An address would swallow the mark at its end, and `*/*` is rather a pattern.
                let is_slash =
                    index == opened + 2 && pieces.get(opened + 1) == Some(&Piece::Text('/'));
                // `${{x}}` is rather a variable of some template.
                let is_variable = *mark == Mark::Monospace && before(pieces, opened) == Some('$');
                let is_braced = is_slash
                    || is_variable
                    || touches(before(pieces, opened))
                    || touches(after(pieces, index))
                    || marks.is_address(index.saturating_sub(1));
                if is_braced {
                    for end in [opened, index] {
                        if let Some(Piece::Open { braced, .. } | Piece::Close { braced, .. }) =
                            pieces.get_mut(end)
                        {
                            *braced = true;
                        }
                    }
                }
            }
            Some(Piece::Close { .. }) => {
                open.pop();
            }
            _ => {}
        }
    }
}

struct Writer<'a> {
    pieces: &'a [Piece],
    marks: Marks,
    place: Place,
    open: u16,
    /// A character that is escaped for what stands before it.
    escaped: Option<usize>,
    output: String,
}

impl Writer<'_> {
    fn write(mut self) -> String {
        let mut at_start = self.place.starts_line;
        for (index, piece) in self.pieces.iter().enumerate() {
            if at_start {
                self.escaped = self.line_start(index);
            }
            at_start = false;
            match piece {
                Piece::Text(character) => self.text(index, *character),
                Piece::Raw(markup) => self.output.push_str(markup),
                Piece::Open { mark, braced } => {
                    self.open |= mark.bit();
                    self.delimiter(mark.opening(), *braced);
                }
                Piece::Close { mark, braced } => {
                    self.open &= !mark.bit();
                    self.delimiter(mark.closing(), *braced);
                }
                Piece::Break { forced: true } => self.output.push_str("\\\\ "),
                Piece::Break { forced: false } => {
                    self.output.push('\n');
                    at_start = true;
                }
                Piece::Apart => {}
            }
        }
        self.output
    }

    fn delimiter(&mut self, delimiter: &str, braced: bool) {
        if braced {
            self.output.push('{');
        }
        self.output.push_str(delimiter);
        if braced {
            self.output.push('}');
        }
    }

    /// The character to escape so that a line is not read as a block of its own kind.
    fn line_start(&self, start: usize) -> Option<usize> {
        let first = self.shown(start)?;
        let is_text = |index: usize| self.pieces.get(index).and_then(Piece::text).is_some();
        if matches!(first, 'h' | 'b') {
            let second = self.character(start + 1)?;
            let is_block =
                (first == 'h' && matches!(second, '1'..='6')) || (first == 'b' && second == 'q');
            return (is_block && self.character(start + 2) == Some('.')).then_some(start + 2);
        }
        if first == '|' {
            return Some(start);
        }
        let run = |marks: &str| {
            (start..self.pieces.len())
                .take_while(|index| self.shown(*index).is_some_and(|c| marks.contains(c)))
                .count()
        };
        let end = start + run("*#-");
        let is_list = end > start && self.shown(end).is_some_and(char::is_whitespace);
        let hyphens = run("-");
        let is_rule = matches!(hyphens, 4 | 5) && after(self.pieces, start + hyphens - 1).is_none();
        (is_list || is_rule)
            .then(|| (start..end).find(|index| is_text(*index)))
            .flatten()
    }

    /// The character of the text that stands here.
    fn character(&self, index: usize) -> Option<char> {
        self.pieces.get(index).and_then(Piece::text)
    }

    /// The character that stands here, be it of a mark.
    fn shown(&self, index: usize) -> Option<char> {
        match self.pieces.get(index)? {
            Piece::Text(character) => Some(*character),
            Piece::Open {
                mark,
                braced: false,
            }
            | Piece::Close {
                mark,
                braced: false,
            } => mark.opening().chars().next(),
            _ => None,
        }
    }

    fn text(&mut self, index: usize, character: char) {
        if self.marks.is_address(index) {
            self.output.push(character);
        } else if self.escaped == Some(index) || self.is_read(index, character) {
            self.escape(index, character);
        } else {
            self.output.push(character);
        }
    }

    fn escape(&mut self, index: usize, character: char) {
        let needs_entity = match character {
            // A row of a table ends where a line ends with this, be it escaped.
            '|' => self.place.in_cell && after(self.pieces, index).is_none(),
            // Jira takes the `\` away before it looks for marks, and leaves the brace.
            '{' => !self.is_macro(index),
            '}' => true,
            _ => !ESCAPABLE.contains(character),
        };
        if !needs_entity {
            self.output.push('\\');
            self.output.push(character);
            return;
        }
        match character {
            '&' => self.output.push_str("&amp;"),
            '\u{a0}' => self.output.push_str("&nbsp;"),
            _ => self
                .output
                .push_str(&format!("&#{};", u32::from(character))),
        }
    }

    fn is_read(&mut self, index: usize, character: char) -> bool {
        match character {
            '*' | '_' | '-' | '+' | '^' | '~' | '?' => {
                (character == '-' && self.is_dash(index))
                    || Mark::of(character)
                        .is_some_and(|mark| self.marks.is_read(index, mark, self.open))
            }
            '!' => self.marks.is_image(index, self.place.in_cell),
            '[' => self.is_square(index),
            ']' => self.is_open(Mark::Link),
            '|' => self.place.in_cell || self.is_open(Mark::Link),
            '{' => self.is_brace(index),
            '}' => self.is_closing_brace(index),
            '\\' => self.is_backslash(index),
            '&' => self.is_entity(index),
            '(' => self.is_emoticon(index),
            ':' | ';' => self.is_face(index),
            '\n' | '\t' => true,
            ' ' | '\u{a0}' => self.is_lost_space(index, character),
            _ => false,
        }
    }

    fn is_open(&self, mark: Mark) -> bool {
        self.open & mark.bit() != 0
    }

    /// A link; one without anything in it is none.
    fn is_square(&self, index: usize) -> bool {
        let is_empty = after(self.pieces, index) == Some(']');
        let is_closed = self.place.in_cell || self.marks.has_square_later(index);
        self.is_open(Mark::Link) || (is_closed && !is_empty)
    }

    /// A backslash that would take away the meaning of what follows.
    fn is_backslash(&self, index: usize) -> bool {
        after(self.pieces, index).map_or(self.place.in_cell, |next| {
            next == '\\'
                || next == '&'
                || ESCAPABLE.contains(next)
                || self.begins_emoticon(index + 1)
        })
    }

    /// Two or three between spaces are shown as a dash; escaped all, since one could close.
    fn is_dash(&self, index: usize) -> bool {
        let is_hyphen = |place: &usize| self.character(*place) == Some('-');
        let earlier = (index.saturating_sub(3)..index)
            .rev()
            .take_while(is_hyphen)
            .count();
        let later = (index..index + 4).take_while(is_hyphen).count();
        let is_edge = |side: Option<char>| side.is_none_or(char::is_whitespace);
        matches!(earlier + later, 2 | 3)
            && is_edge(before(self.pieces, index - earlier))
            && is_edge(after(self.pieces, index + later - 1))
    }

    fn is_brace(&self, index: usize) -> bool {
        if self.is_open(Mark::Monospace) && before(self.pieces, index) == Some('{') {
            return true;
        }
        let longest = 4;
        let text: String = written_from(self.pieces, index).take(longest).collect();
        match text.chars().nth(1) {
            Some('{') => {
                self.place.in_cell
                    || self.character(index + 1).is_none()
                    || self.marks.has_monospace_later(index)
            }
            Some('?') => text == "{??}",
            Some(mark) if Mark::of(mark).is_some() => text.chars().nth(2) == Some('}'),
            Some(letter) if letter.is_ascii_alphabetic() => self.is_macro(index),
            _ => false,
        }
    }

    fn is_macro(&self, index: usize) -> bool {
        let longest = 9;
        let name: String = (index + 1..)
            .map_while(|place| self.character(place))
            .take_while(char::is_ascii_alphabetic)
            .take(longest)
            .collect();
        let end = self.character(index + 1 + name.len());
        matches!(end, Some('}' | ':'))
            && KNOWN_MACROS
                .iter()
                .any(|known| known.eq_ignore_ascii_case(&name))
    }

    fn is_closing_brace(&self, index: usize) -> bool {
        let touches_markup = before(self.pieces, index) == Some('}')
            && self.character(index.wrapping_sub(1)).is_none();
        touches_markup || (self.is_open(Mark::Monospace) && after(self.pieces, index) == Some('}'))
    }

    fn is_entity(&self, index: usize) -> bool {
        let longest = 12;
        let mut letters = 0;
        for place in index + 1..index + longest {
            match self.character(place) {
                Some('#') if place == index + 1 => {}
                Some(character) if character.is_ascii_alphanumeric() => letters += 1,
                Some(';') => {
                    let shortest = if self.character(index + 1) == Some('#') {
                        1
                    } else {
                        2
                    };
                    return letters >= shortest;
                }
                _ => return false,
            }
        }
        false
    }

    /// A face of which a `\` before the second character makes text, or else an entity.
    fn is_face(&mut self, index: usize) -> bool {
        if !self.is_emoticon(index) {
            return false;
        }
        let second = self.character(index + 1);
        if second.is_some_and(|second| ESCAPABLE.contains(second)) {
            self.escaped = Some(index + 1);
            return false;
        }
        true
    }

    fn is_emoticon(&self, index: usize) -> bool {
        !before(self.pieces, index).is_some_and(is_letter) && self.begins_emoticon(index)
    }

    fn begins_emoticon(&self, index: usize) -> bool {
        emoticons::begin(written_from(self.pieces, index))
    }

    /// A space is lost at the edge of a mark, and so is one of two.
    fn is_lost_space(&self, index: usize, character: char) -> bool {
        let earlier = index
            .checked_sub(1)
            .and_then(|earlier| self.pieces.get(earlier));
        let later = self.pieces.get(index + 1);
        let touches_mark = matches!(earlier, Some(Piece::Open { .. }))
            || matches!(later, Some(Piece::Close { .. }));
        let is_edge = |piece: Option<&Piece>| matches!(piece, None | Some(Piece::Break { .. }));
        if character == ' ' {
            return touches_mark || earlier == Some(&Piece::Text(' '));
        }
        let ends_label = self.is_open(Mark::Link) && matches!(later, Some(Piece::Raw(_)));
        touches_mark || ends_label || is_edge(earlier) || is_edge(later)
    }
}

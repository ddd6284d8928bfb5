//! The parts of a line, before it is known which marks belong together.

use std::ops::Range;

use super::{
    Dialect, Reader, emoticons,
    escapes::{ESCAPABLE, decoded, entity, is_path},
    links::FoundLink,
    monospace::{Monospace, monospace},
    urls::address,
};
use crate::markup::document::{Emoticon, Inline, Link, Origin, Style, Styled, Target};

/// What a line's text stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Within {
    /// Nothing else.
    Line,
    /// The text of a link.
    Link,
    /// Monospaced text.
    Monospace,
}

/// The marks, each with its style; [`Token::Mark`] holds the place in this table.
pub(super) const MARKS: [(&str, Style); 7] = [
    ("*", Style::Strong),
    ("_", Style::Emphasis),
    ("-", Style::Strikethrough),
    ("+", Style::Underline),
    ("^", Style::Superscript),
    ("~", Style::Subscript),
    ("??", Style::Citation),
];

/// A part of a line.
#[derive(Debug)]
pub(super) enum Token {
    Text(String),
    /// A mark: its place in [`MARKS`], how it is written, and whether it may open or close.
    Mark(Mark),
    /// Something that is known as a whole.
    Part(Inline),
    /// The first tag of a color, by the color's number.
    ColorStart(usize),
    /// The last tag of a color.
    ColorEnd(usize),
}

/// A mark of a style.
#[derive(Debug, Clone, Copy)]
pub(super) struct Mark {
    pub(super) number: usize,
    pub(super) is_braced: bool,
    pub(super) opens: bool,
    pub(super) closes: bool,
}

/// The scanner of a line.
pub(super) struct Scanner<'r, 'a> {
    reader: &'r Reader<'a>,
    within: Within,
    at: usize,
    end: usize,
    /// The character before; a placeholder after something that is known as a whole.
    before: Option<char>,
    /// No end of monospaced text follows.
    no_monospace: bool,
    /// The marks that may have been opened.
    opened: Vec<char>,
    text: String,
    tokens: Vec<Token>,
}

/// Stands for something that is neither a space nor a letter.
const WHOLE: Option<char> = Some(')');

impl<'r, 'a> Scanner<'r, 'a> {
    pub(super) fn new(reader: &'r Reader<'a>, range: Range<usize>, within: Within) -> Self {
        Self {
            reader,
            within,
            at: range.start,
            end: range.end,
            before: None,
            no_monospace: false,
            opened: Vec::new(),
            text: String::new(),
            tokens: Vec::new(),
        }
    }

    pub(super) fn scan(mut self) -> Vec<Token> {
        loop {
            self.plain();
            let Some(character) = self.rest().chars().next() else {
                break;
            };
            let found = match character {
                '\\' => self.backslash(),
                '&' => self.entity(),
                '{' => self.brace(),
                '[' => self.link(),
                '!' => self.image(),
                '(' | ':' | ';' => self.emoticon(),
                '*' | '_' | '-' | '+' | '^' | '~' | '?' => self.mark(),
                _ if character.is_ascii_alphabetic() => self.address(),
                _ => None,
            };
            if found.is_none() {
                self.text.push(character);
                self.before = Some(character);
                self.at += character.len_utf8();
            }
        }
        self.end_text();
        self.tokens
    }

    /// Steps over what cannot begin anything.
    fn plain(&mut self) {
        let mut follows_word = self.follows_word();
        let mut begins = |byte: &u8| {
            let begins_address = !follows_word && b"hfmnisg".contains(&byte.to_ascii_lowercase());
            follows_word = byte.is_ascii_alphanumeric();
            begins_address || b"\\&{[!(:;*_-+^~?".contains(byte)
        };
        let rest = self.rest();
        let length = rest.bytes().position(|byte| begins(&byte));
        let Some(plain) = rest.get(..length.unwrap_or(rest.len())) else {
            return;
        };
        self.text.push_str(plain);
        self.before = plain.chars().next_back().or(self.before);
        self.at += plain.len();
    }

    fn rest(&self) -> &'a str {
        self.reader.slice(self.at..self.end)
    }

    fn follows_word(&self) -> bool {
        self.before.is_some_and(char::is_alphanumeric)
    }

    fn push(&mut self, token: Token, end: usize) {
        self.end_text();
        self.tokens.push(token);
        self.before = WHOLE;
        self.at = end;
    }

    fn end_text(&mut self) {
        if !self.text.is_empty() {
            self.tokens
                .push(Token::Text(std::mem::take(&mut self.text)));
        }
    }

    fn literal(&mut self, text: &str, length: usize) -> Option<()> {
        self.text.push_str(text);
        self.before = WHOLE;
        self.at += length;
        Some(())
    }

    fn backslash(&mut self) -> Option<()> {
        let rest = self.rest().get(1..)?;
        let next = rest.chars().next()?;
        if ESCAPABLE.contains(next) || emoticons::emoticon(rest).is_some() {
            return self.literal(next.encode_utf8(&mut [0; 4]), 1 + next.len_utf8());
        }
        if next != '\\' {
            return None;
        }
        // A run is read at once, since looking for its end at each of its parts takes too long.
        let after = self.rest().trim_start_matches('\\');
        let backslashes = self.rest().len() - after.len();
        if self.within == Within::Monospace || is_path(after) {
            return self.literal(&"\\".repeat(backslashes), backslashes);
        }
        for _ in 0..backslashes / 2 {
            self.push(Token::Part(Inline::Break), self.at + 2);
        }
        self.before = Some(' ');
        Some(())
    }

    fn entity(&mut self) -> Option<()> {
        let (text, length) = entity(self.rest())?;
        self.literal(&text, length)
    }

    fn brace(&mut self) -> Option<()> {
        let macros = &self.reader.macros;
        if let Some((number, color)) = macros.color_start(self.at) {
            self.push(Token::ColorStart(number), color.open.end);
            return Some(());
        }
        if let Some((number, color)) = macros.color_end(self.at) {
            self.push(Token::ColorEnd(number), color.close.end);
            return Some(());
        }
        if let Some(span) = macros.at(self.at).filter(|span| span.at.end <= self.end) {
            let part = stacker::maybe_grow(64 << 10, 1 << 20, || self.reader.macro_inline(span));
            self.push(Token::Part(part), span.at.end);
            return Some(());
        }
        self.braced_mark().or_else(|| self.monospace())
    }

    /// A mark in braces, which needs no word boundary.
    fn braced_mark(&mut self) -> Option<()> {
        let inner = self.rest().get(1..)?;
        let is_this = |(mark, _): &(&str, Style)| {
            let rest = inner.strip_prefix(mark);
            rest.is_some_and(|rest| rest.starts_with('}'))
        };
        let number = MARKS.iter().position(is_this)?;
        let length = MARKS.get(number)?.0.len() + 2;
        let after = self.rest().get(length..)?.chars().next();
        let mark = Mark {
            number,
            is_braced: true,
            opens: after.is_some_and(|next| !next.is_whitespace()),
            closes: self.before.is_some_and(|last| !last.is_whitespace()),
        };
        self.push(Token::Mark(mark), self.at + length);
        Some(())
    }

    fn monospace(&mut self) -> Option<()> {
        if self.no_monospace || self.within == Within::Monospace {
            return None;
        }
        let (text, end) = match monospace(self.reader.source, self.at, self.end) {
            Monospace::Found(text, end) => (text, end),
            Monospace::NotHere => return None,
            Monospace::Never => {
                self.no_monospace = true;
                return None;
            }
        };
        let content = self.reader.line(text, Within::Monospace);
        self.push(Token::Part(monospaced(content)), end);
        Some(())
    }

    fn link(&mut self) -> Option<()> {
        if self.within == Within::Link {
            return None;
        }
        // In monospaced text `[x]` is rather an index than a page.
        let dialect = match self.within {
            Within::Monospace => Dialect::Jira,
            Within::Line | Within::Link => self.reader.dialect,
        };
        let FoundLink {
            end,
            target,
            label,
            tip,
        } = self.reader.link(self.at, self.end, dialect)?;
        let content = label.map_or_else(Vec::new, |label| self.reader.line(label, Within::Link));
        let link = Link {
            target,
            tip,
            content,
            origin: Origin::default(),
        };
        self.push(Token::Part(Inline::Link(link)), end);
        Some(())
    }

    fn image(&mut self) -> Option<()> {
        if self.within == Within::Monospace || self.follows_word() {
            return None;
        }
        let (image, end) = self.reader.image(self.at, self.end)?;
        self.push(Token::Part(Inline::Image(image)), end);
        Some(())
    }

    fn emoticon(&mut self) -> Option<()> {
        if self.within == Within::Monospace || self.follows_word() {
            return None;
        }
        let (name, length) = emoticons::emoticon(self.rest())?;
        let emoticon = Emoticon {
            name: name.to_owned(),
            origin: Origin::default(),
        };
        self.push(Token::Part(Inline::Emoticon(emoticon)), self.at + length);
        Some(())
    }

    fn mark(&mut self) -> Option<()> {
        let rest = self.rest();
        let number = MARKS.iter().position(|(mark, _)| rest.starts_with(mark))?;
        let mark = MARKS.get(number)?.0;
        let after = rest.get(mark.len()..)?.chars().next();
        let sign = mark.chars().next();
        let is_single = self.before != sign && after != sign;
        let is_space = |c: Option<char>| c.is_none_or(char::is_whitespace);
        let is_letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        let follows_backslash = self.before == Some('\\');
        let mark = Mark {
            number,
            is_braced: false,
            opens: is_single && !is_letter(self.before) && !follows_backslash && !is_space(after),
            closes: is_single && !is_space(self.before) && !is_letter(after),
        };
        if mark.opens {
            self.opened.extend(sign);
        }
        let end = self.at + MARKS.get(number)?.0.len();
        self.push(Token::Mark(mark), end);
        self.before = sign;
        Some(())
    }

    fn address(&mut self) -> Option<()> {
        if self.within != Within::Line || self.follows_word() {
            return None;
        }
        let length = address(self.rest(), &self.opened)?;
        let address = self.rest().get(..length)?;
        let link = Link {
            target: Target::Url(decoded(address)),
            tip: None,
            content: Vec::new(),
            origin: Origin::default(),
        };
        self.push(Token::Part(Inline::Link(link)), self.at + length);
        Some(())
    }
}

/// Code, if it has no marks of its own.
fn monospaced(content: Vec<Inline>) -> Inline {
    let is_text = |inline: &Inline| matches!(inline, Inline::Text(_));
    if !content.iter().all(is_text) {
        let style = Style::Monospace;
        return Inline::Styled(Styled { style, content });
    }
    let text = |inline| match inline {
        Inline::Text(text) => text,
        _ => String::new(),
    };
    Inline::Code(content.into_iter().map(text).collect())
}

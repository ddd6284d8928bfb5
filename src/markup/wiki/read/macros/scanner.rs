//! The scanner that pairs the tags of macros.

use std::{
    collections::{HashMap, HashSet},
    ops::Range,
};

use super::{
    Color, Span,
    tag::{Tag, tag},
};
use crate::markup::wiki::read::{
    DEEPEST, Dialect,
    lines::LineEnds,
    monospace::{Monospace, monospace},
    names::{Kind, kind},
};

/// What the scanner found, in no order.
#[derive(Debug, Default)]
pub(super) struct Found<'a> {
    pub(super) spans: Vec<Span<'a>>,
    pub(super) colors: Vec<Color<'a>>,
}

/// The scanner.
#[derive(Debug)]
pub(super) struct Scanner<'a, 'l> {
    source: &'a str,
    dialect: Dialect,
    line_ends: &'l LineEnds,
    found: Found<'a>,
    /// The tags that are not closed yet, from the outermost.
    open: Vec<(Tag<'a>, Kind)>,
    /// The places in `open` by name.
    open_by_name: HashMap<&'a str, Vec<usize>>,
    /// How many tags of a name were left out since too many are open.
    too_deep: HashMap<&'a str, usize>,
    /// The names for which no end tag follows.
    never_closed: HashSet<&'a str>,
    /// No end of monospaced text stands before this place.
    no_monospace_before: usize,
}

impl<'a, 'l> Scanner<'a, 'l> {
    pub(super) fn new(source: &'a str, dialect: Dialect, line_ends: &'l LineEnds) -> Self {
        Self {
            source,
            dialect,
            line_ends,
            found: Found::default(),
            open: Vec::new(),
            open_by_name: HashMap::new(),
            too_deep: HashMap::new(),
            never_closed: HashSet::new(),
            no_monospace_before: 0,
        }
    }

    pub(super) fn scan(mut self) -> Found<'a> {
        let mut at = 0;
        while let Some(step) = self.next_sign(at) {
            let sign = at + step;
            at = match self.source.as_bytes().get(sign) {
                Some(b'{') => self.brace(sign),
                _ => sign + 2,
            };
        }
        while let Some((tag, kind)) = self.open.pop() {
            self.leave_open(tag, kind);
        }
        self.found
    }

    /// How far the next brace or backslash is.
    fn next_sign(&self, at: usize) -> Option<usize> {
        let rest = self.source.as_bytes().get(at..)?;
        rest.iter().position(|byte| matches!(byte, b'{' | b'\\'))
    }

    /// Reads what begins with the brace here; tells where to go on.
    fn brace(&mut self, at: usize) -> usize {
        if let Some(end) = self.monospace(at) {
            return end;
        }
        let Some(tag) = tag(self.source, at) else {
            return at + 1;
        };
        let end = tag.at.end;
        match kind(tag.name, self.dialect) {
            Some(Kind::Plain) => return self.plain(tag),
            Some(Kind::Single) => self.single(tag, Kind::Single),
            Some(Kind::Unknown) => self.unknown(tag),
            Some(kind) => self.toggle(tag, kind),
            None => {}
        }
        end
    }

    /// Steps over monospaced text, in which only colors are read.
    fn monospace(&mut self, at: usize) -> Option<usize> {
        if at < self.no_monospace_before {
            return None;
        }
        let line_end = self.line_ends.next(at).unwrap_or(self.source.len());
        let (text, end) = match monospace(self.source, at, line_end) {
            Monospace::Found(text, end) => (text, end),
            Monospace::NotHere => return None,
            Monospace::Never => {
                self.no_monospace_before = line_end;
                return None;
            }
        };
        let mut inner = text.start;
        while let Some(step) = self.next_sign(inner).filter(|step| inner + step < text.end) {
            let sign = inner + step;
            if self.source.as_bytes().get(sign) == Some(&b'\\') {
                inner = sign + 2;
                continue;
            }
            inner = match tag(self.source, sign) {
                Some(tag) if tag.name == "color" && tag.at.end <= text.end => {
                    let next = tag.at.end;
                    self.toggle(tag, Kind::Color);
                    next
                }
                _ => sign + 1,
            };
        }
        Some(end)
    }

    /// A macro whose body is not markup: it ends at the next tag of its name.
    fn plain(&mut self, tag: Tag<'a>) -> usize {
        let end = tag.at.end;
        if self.never_closed.contains(tag.name) {
            self.single(tag, Kind::Plain);
            return end;
        }
        let end_tag = format!("{{{}}}", tag.name);
        let body = self.source.get(end..).unwrap_or_default();
        let Some(length) = body.find(&end_tag) else {
            self.never_closed.insert(tag.name);
            self.single(tag, Kind::Plain);
            return end;
        };
        let close = end + length..end + length + end_tag.len();
        let next = close.end;
        self.add(tag, Kind::Plain, Some(close));
        next
    }

    /// A macro without a body, if it can be one.
    fn single(&mut self, tag: Tag<'a>, kind: Kind) {
        let can_be = match (self.dialect, kind) {
            (Dialect::Jira, Kind::Single) => tag.parameters.is_some_and(|text| !text.is_empty()),
            (Dialect::Jira, _) => false,
            (Dialect::Confluence, Kind::Plain) => !matches!(tag.name, "code" | "noformat"),
            (Dialect::Confluence, _) => true,
        };
        if can_be {
            self.add(tag, kind, None);
        }
    }

    fn unknown(&mut self, tag: Tag<'a>) {
        let before = self.source.get(..tag.at.start).unwrap_or_default();
        let line = before.trim_end_matches([' ', '\t']);
        let begins_line = line.is_empty() || line.ends_with('\n');
        let is_open = |places: &Vec<usize>| !places.is_empty();
        let closes = self.open_by_name.get(tag.name).is_some_and(is_open);
        if !before.ends_with('$') && (tag.parameters.is_some() || closes || begins_line) {
            self.toggle(tag, Kind::Unknown);
        }
    }

    /// Closes the last open macro of this name, or opens one.
    fn toggle(&mut self, tag: Tag<'a>, kind: Kind) {
        if tag.parameters.is_none() {
            if let Some(left_out) = self.too_deep.get_mut(tag.name)
                && *left_out > 0
            {
                *left_out -= 1;
                return;
            }
            let place = self.open_by_name.get_mut(tag.name).and_then(Vec::pop);
            if let Some(place) = place {
                return self.close(place, tag);
            }
        }
        if kind == Kind::Color && !tag.parameters.is_some_and(is_color) {
            return;
        }
        if self.open.len() >= DEEPEST {
            *self.too_deep.entry(tag.name).or_default() += 1;
            return;
        }
        let places = self.open_by_name.entry(tag.name).or_default();
        places.push(self.open.len());
        self.open.push((tag, kind));
    }

    /// Closes the open macro at this place; those within it stay without an end.
    fn close(&mut self, place: usize, end_tag: Tag<'a>) {
        while self.open.len() > place + 1 {
            if let Some((tag, kind)) = self.open.pop() {
                if let Some(places) = self.open_by_name.get_mut(tag.name) {
                    places.pop();
                }
                self.leave_open(tag, kind);
            }
        }
        if let Some((tag, kind)) = self.open.pop() {
            self.add(tag, kind, Some(end_tag.at));
        }
    }

    /// A tag that is never closed.
    fn leave_open(&mut self, tag: Tag<'a>, kind: Kind) {
        let has_parameters = tag.parameters.is_some();
        if kind == Kind::Rich || (kind == Kind::Unknown && has_parameters) {
            self.single(tag, kind);
        }
    }

    fn add(&mut self, tag: Tag<'a>, kind: Kind, end_tag: Option<Range<usize>>) {
        match end_tag {
            Some(close) if kind == Kind::Color => self.found.colors.push(Color {
                color: tag.parameters.and_then(color).unwrap_or_default(),
                open: tag.at,
                close,
            }),
            end_tag => self.found.spans.push(Span {
                body: end_tag.as_ref().map(|close| tag.at.end..close.start),
                at: tag.at.start..end_tag.map_or(tag.at.end, |close| close.end),
                name: tag.name,
                parameters: tag.parameters.unwrap_or_default(),
                kind,
                is_block: false,
            }),
        }
    }
}

/// The color that the tag's parameters name.
fn color(parameters: &str) -> Option<&str> {
    let first = parameters.split('|').next()?.trim();
    let name = first.strip_prefix("color=").unwrap_or(first).trim();
    let is_fit = |c: char| c.is_ascii_alphanumeric() || "#(),.% -".contains(c);
    (!name.is_empty() && name.chars().all(is_fit)).then_some(name)
}

fn is_color(parameters: &str) -> bool {
    color(parameters).is_some()
}

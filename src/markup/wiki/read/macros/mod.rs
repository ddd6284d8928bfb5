//! The macros of a text: which tags belong together.

mod scanner;
mod tag;

use std::ops::Range;

use super::{
    Dialect,
    lines::LineEnds,
    names::{self, Kind},
};

use scanner::{Found, Scanner};

/// A macro in the text.
#[derive(Debug)]
pub(super) struct Span<'a> {
    /// From its first tag to its last.
    pub(super) at: Range<usize>,
    /// What stands between the tags, if there are two.
    pub(super) body: Option<Range<usize>>,
    pub(super) name: &'a str,
    /// As they are written.
    pub(super) parameters: &'a str,
    pub(super) kind: Kind,
    /// Whether it stands on lines of its own.
    pub(super) is_block: bool,
}

/// A stretch of coloured text.
#[derive(Debug)]
pub(super) struct Color<'a> {
    pub(super) open: Range<usize>,
    pub(super) close: Range<usize>,
    pub(super) color: &'a str,
}

/// The macros of a text, found by where they stand.
#[derive(Debug)]
pub(super) struct Macros<'a> {
    /// By their start.
    spans: Vec<Span<'a>>,
    /// The numbers of those that are blocks.
    blocks: Vec<usize>,
    /// By their start.
    colors: Vec<Color<'a>>,
    /// Where each color ends, with its number, by place.
    color_ends: Vec<(usize, usize)>,
    /// From where on which color is the innermost.
    color_changes: Vec<(usize, Option<usize>)>,
    /// The color around each color.
    color_parents: Vec<Option<usize>>,
}

impl<'a> Macros<'a> {
    pub(super) fn new(source: &'a str, dialect: Dialect, line_ends: &LineEnds) -> Self {
        let Found {
            mut spans,
            mut colors,
        } = Scanner::new(source, dialect, line_ends).scan();
        spans.sort_by_key(|span| span.at.start);
        colors.sort_by_key(|color| color.open.start);
        let blocks = mark_blocks(source, &mut spans, line_ends);
        let mut macros = Self {
            spans,
            blocks,
            color_parents: vec![None; colors.len()],
            colors,
            color_ends: Vec::new(),
            color_changes: Vec::new(),
        };
        macros.place_colors();
        macros
    }

    /// The macro that begins here.
    pub(super) fn at(&self, start: usize) -> Option<&Span<'a>> {
        let number = self.spans.partition_point(|span| span.at.start < start);
        self.spans.get(number).filter(|span| span.at.start == start)
    }

    /// The first macro on lines of its own that begins within the range.
    pub(super) fn next_block(&self, range: &Range<usize>) -> Option<&Span<'a>> {
        let start = |number: &usize| self.spans.get(*number).map_or(0, |span| span.at.start);
        let place = self
            .blocks
            .partition_point(|number| start(number) < range.start);
        let span = self.spans.get(*self.blocks.get(place)?)?;
        (span.at.start < range.end).then_some(span)
    }

    /// The color whose first tag stands here, and its number.
    pub(super) fn color_start(&self, start: usize) -> Option<(usize, &Color<'a>)> {
        let number = self
            .colors
            .partition_point(|color| color.open.start < start);
        let color = self.colors.get(number)?;
        (color.open.start == start).then_some((number, color))
    }

    /// The color whose last tag stands here, and its number.
    pub(super) fn color_end(&self, start: usize) -> Option<(usize, &Color<'a>)> {
        let place = self.color_ends.partition_point(|(end, _)| *end < start);
        let (end, number) = *self.color_ends.get(place)?;
        let color = self.colors.get(number)?;
        (end == start).then_some((number, color))
    }

    pub(super) fn color(&self, number: usize) -> Option<&Color<'a>> {
        self.colors.get(number)
    }

    /// The colors of the text here, from the innermost.
    pub(super) fn colors_of(&self, at: usize) -> impl Iterator<Item = &Color<'a>> {
        let after = self.color_changes.partition_point(|(from, _)| *from <= at);
        let change = after
            .checked_sub(1)
            .and_then(|place| self.color_changes.get(place));
        let innermost = change.and_then(|(_, number)| *number);
        let outer = |number: &usize| self.color_parents.get(*number).copied().flatten();
        std::iter::successors(innermost, outer).filter_map(|number| self.colors.get(number))
    }

    fn place_colors(&mut self) {
        let ends = self.colors.iter().enumerate();
        self.color_ends = ends
            .map(|(number, color)| (color.close.start, number))
            .collect();
        self.color_ends.sort_unstable();
        let mut open: Vec<usize> = Vec::new();
        let mut starts = self.colors.iter().enumerate().peekable();
        for (end, _) in &self.color_ends {
            while let Some((number, color)) = starts.next_if(|(_, color)| color.open.start < *end) {
                if let Some(parent) = self.color_parents.get_mut(number) {
                    *parent = open.last().copied();
                }
                open.push(number);
                self.color_changes.push((color.open.end, Some(number)));
            }
            open.pop();
            self.color_changes.push((*end, open.last().copied()));
        }
    }
}

/// Decides which macros stand on lines of their own, and tells their numbers.
fn mark_blocks(source: &str, spans: &mut [Span<'_>], line_ends: &LineEnds) -> Vec<usize> {
    let mut blocks = Vec::new();
    // Backwards, since one that holds a block is a block.
    let mut next_start = usize::MAX;
    for (number, span) in spans.iter_mut().enumerate().rev() {
        span.is_block = match (&span.body, span.kind) {
            (_, Kind::Blocks) => true,
            (Some(_), Kind::Plain) if matches!(span.name, "code" | "noformat") => true,
            (Some(body), _) => {
                let lines = line_ends.next(body.start).is_some_and(|end| end < body.end);
                lines || next_start < span.at.end || is_alone(source, &span.at)
            }
            (None, _) => !names::stands_in_a_line(span.name) && is_alone(source, &span.at),
        };
        if span.is_block {
            blocks.push(number);
            next_start = span.at.start;
        }
    }
    blocks.reverse();
    blocks
}

/// Whether nothing else stands on the lines of the range.
fn is_alone(source: &str, range: &Range<usize>) -> bool {
    let before = source.get(..range.start).unwrap_or_default();
    let after = source.get(range.end..).unwrap_or_default();
    let before = before.trim_end_matches([' ', '\t']);
    let after = after.trim_start_matches([' ', '\t']);
    (before.is_empty() || before.ends_with('\n')) && (after.is_empty() || after.starts_with('\n'))
}

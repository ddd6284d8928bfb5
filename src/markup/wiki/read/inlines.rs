//! The parts of a line: which marks belong together.

use std::ops::Range;

use super::{
    Reader,
    macros::Color,
    tokens::{MARKS, Mark, Scanner, Token, Within},
};
use crate::markup::document::{Inline, Style, Styled};

/// How many colors around each other go on over a line end; those further out are lost.
const COLORS: usize = 4;

impl Reader<'_> {
    /// How many colors go on from the line before to this one.
    pub(super) fn open_colors(&self, line_start: usize) -> usize {
        self.macros.colors_of(line_start).take(COLORS).count()
    }

    /// The parts of a line, not yet in normal form.
    pub(super) fn line(&self, range: Range<usize>, within: Within) -> Vec<Inline> {
        stacker::maybe_grow(64 << 10, 1 << 20, || {
            let mut parts = Vec::new();
            let mut at = range.start;
            while at < range.end {
                // What is coloured may have begun in a line before.
                let known = self.macros.colors_of(at).take(COLORS);
                let colors: Vec<_> = known.filter(|_| within == Within::Line).collect();
                let close = colors.first().map(|color| color.close.clone());
                let close = close.filter(|close| close.start < range.end);
                let end = close.as_ref().map_or(range.end, |close| close.start);
                let tokens = Scanner::new(self, at..end, within).scan();
                let content = Pairing::new(self, tokens).all();
                if !content.is_empty() {
                    let wrap = |content, color: &Color<'_>| vec![colored(color.color, content)];
                    parts.extend(colors.into_iter().fold(content, wrap));
                }
                at = close.map_or(end, |close| close.end);
            }
            parts
        })
    }
}

/// Adds a line to those before it; as many colors around each other go on over the line end.
pub(super) fn add_line(lines: &mut Vec<Inline>, line: Vec<Inline>, colors: usize) {
    let mut line = line.into_iter();
    match (lines.last_mut(), line.next()) {
        (Some(Inline::Styled(last)), Some(Inline::Styled(first)))
            if colors > 0
                && last.style == first.style
                && matches!(first.style, Style::Color(_)) =>
        {
            add_line(&mut last.content, first.content, colors - 1);
        }
        (last, first) => {
            let is_first = last.is_none();
            lines.extend((!is_first).then_some(Inline::Break));
            lines.extend(first);
        }
    }
    lines.extend(line);
}

fn colored(color: &str, content: Vec<Inline>) -> Inline {
    let style = Style::Color(color.to_owned());
    Inline::Styled(Styled { style, content })
}

/// The tokens of a line, and where marks may close.
struct Pairing<'r, 'a> {
    reader: &'r Reader<'a>,
    tokens: Vec<Token>,
    /// For each mark the places where it may close.
    closers: [Vec<usize>; MARKS.len()],
    /// Where colors end, by their number.
    color_ends: Vec<(usize, usize)>,
}

impl<'r, 'a> Pairing<'r, 'a> {
    fn new(reader: &'r Reader<'a>, tokens: Vec<Token>) -> Self {
        let mut closers: [Vec<usize>; MARKS.len()] = Default::default();
        let mut color_ends = Vec::new();
        for (place, token) in tokens.iter().enumerate() {
            match token {
                Token::Mark(mark) if mark.closes => {
                    if let Some(places) = closers.get_mut(mark.number) {
                        places.push(place);
                    }
                }
                Token::ColorEnd(number) => color_ends.push((*number, place)),
                _ => {}
            }
        }
        color_ends.sort_unstable();
        Self {
            reader,
            tokens,
            closers,
            color_ends,
        }
    }

    fn all(mut self) -> Vec<Inline> {
        let end = self.tokens.len();
        self.parts(0, end)
    }

    fn parts(&mut self, start: usize, end: usize) -> Vec<Inline> {
        let mut parts = Vec::new();
        let mut place = start;
        while place < end {
            let Some(token) = self.tokens.get_mut(place) else {
                break;
            };
            match token {
                Token::Text(text) => parts.push(Inline::Text(std::mem::take(text))),
                Token::Part(part) => parts.push(std::mem::replace(part, Inline::Break)),
                Token::ColorEnd(_) => {}
                Token::ColorStart(number) => {
                    let number = *number;
                    let close = self.color_end(number).filter(|close| *close < end);
                    let close = close.unwrap_or(end);
                    let content = self.within(place + 1, close);
                    let color = self.reader.macros.color(number);
                    parts.extend(color.map(|color| colored(color.color, content)));
                    place = close;
                }
                Token::Mark(mark) => {
                    let mark = *mark;
                    if let Some(close) = self.close(mark, place).filter(|close| *close < end) {
                        let content = self.within(place + 1, close);
                        parts.extend(styled(mark, content));
                        place = close;
                    } else {
                        parts.push(Inline::Text(written(mark)));
                    }
                }
            }
            place += 1;
        }
        parts
    }

    fn within(&mut self, start: usize, end: usize) -> Vec<Inline> {
        stacker::maybe_grow(64 << 10, 1 << 20, || self.parts(start, end))
    }

    /// Where the style that this mark opens ends.
    fn close(&self, mark: Mark, place: usize) -> Option<usize> {
        if !mark.opens {
            return None;
        }
        let places = self.closers.get(mark.number)?;
        // Something must stand between them.
        let close = *places.get(places.partition_point(|close| *close < place + 2))?;
        let is_wildcard = !mark.is_braced
            && close == place + 2
            && matches!(self.tokens.get(place + 1), Some(Token::Text(text)) if text == "/");
        (!is_wildcard).then_some(close)
    }

    fn color_end(&self, number: usize) -> Option<usize> {
        let place = self
            .color_ends
            .partition_point(|(known, _)| *known < number);
        let (known, end) = *self.color_ends.get(place)?;
        (known == number).then_some(end)
    }
}

fn styled(mark: Mark, content: Vec<Inline>) -> Option<Inline> {
    let (_, style) = MARKS.get(mark.number)?;
    let style = style.clone();
    Some(Inline::Styled(Styled { style, content }))
}

/// The mark as it is written.
fn written(mark: Mark) -> String {
    let text = MARKS.get(mark.number).map_or("", |(text, _)| text);
    if mark.is_braced {
        format!("{{{text}}}")
    } else {
        text.to_owned()
    }
}

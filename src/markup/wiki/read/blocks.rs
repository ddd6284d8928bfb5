//! Blocks: what the lines of a text are.

use std::ops::Range;

use super::{
    DEEPEST, Reader,
    inlines::add_line,
    lines::{Opening, begins_list, opening},
    tokens::Within,
};
use crate::markup::document::{Block, Heading, Inline, Origin, Quote, normal_line, paragraph};

/// What the lines of a range may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// Any block.
    Anywhere,
    /// Text, macros and tables, but neither headings nor lists nor rules.
    Item,
    /// Any block; an empty line does not stand here.
    Cell,
}

impl Reader<'_> {
    /// The blocks of a range, which are nested this deep.
    pub(super) fn blocks(&self, range: Range<usize>, depth: usize) -> Vec<Block> {
        self.blocks_in(range, Place::Anywhere, depth)
    }

    pub(super) fn blocks_in(&self, range: Range<usize>, place: Place, depth: usize) -> Vec<Block> {
        if depth >= DEEPEST {
            let text = vec![Inline::Text(self.slice(range).to_owned())];
            return paragraph(text, Origin::default()).into_iter().collect();
        }
        stacker::maybe_grow(64 << 10, 1 << 20, || {
            let mut walk = Walk {
                reader: self,
                range,
                place,
                depth,
                blocks: Vec::new(),
                paragraph: Vec::new(),
            };
            walk.all();
            walk.blocks
        })
    }

    /// Where the line of this place ends; macros on lines of their own are one line.
    pub(super) fn line_end(&self, from: usize, limit: usize) -> usize {
        let mut at = from;
        loop {
            let end = self.line_ends.next(at).unwrap_or(limit).min(limit);
            match self.macros.next_block(&(at..end)) {
                Some(span) => at = span.at.end,
                None => return end,
            }
        }
    }

    /// The text of the line up to its end or its first macro that is a block.
    pub(super) fn line_text(&self, from: usize, limit: usize) -> Range<usize> {
        let end = self.line_ends.next(from).unwrap_or(limit).min(limit);
        let macro_start = self
            .macros
            .next_block(&(from..end))
            .map(|span| span.at.start);
        from..macro_start.unwrap_or(end)
    }

    /// Whether nothing but a tag of a color stands on the line.
    pub(super) fn is_color_tag(&self, line: Range<usize>) -> bool {
        let line = self.trimmed(line);
        let start = self.macros.color_start(line.start);
        let end = self.macros.color_end(line.start);
        start.is_some_and(|(_, color)| color.open == line)
            || end.is_some_and(|(_, color)| color.close == line)
    }
}

/// A walk over the lines of a range.
struct Walk<'r, 'a> {
    reader: &'r Reader<'a>,
    range: Range<usize>,
    place: Place,
    depth: usize,
    blocks: Vec<Block>,
    /// The lines of text since the last block.
    paragraph: Vec<Inline>,
}

impl Walk<'_, '_> {
    fn all(&mut self) {
        let mut at = self.range.start;
        while at < self.range.end {
            at = self.next(at);
        }
        self.end_paragraph();
    }

    /// Reads what begins here; tells where to go on.
    fn next(&mut self, at: usize) -> usize {
        let reader = self.reader;
        let text = reader.line_text(at, self.range.end);
        let line = opening(reader.slice(text.clone()));
        let is_anywhere = self.place != Place::Item;
        match line {
            Opening::Blank => {
                self.end_paragraph();
                self.after_text(text.end)
            }
            Opening::Row => self.table(text),
            Opening::Rule if is_anywhere => {
                self.push(Block::Rule(Origin::default()));
                self.after_text(text.end)
            }
            Opening::Heading(level, length) if is_anywhere => {
                self.heading(level, text.start + length..text.end);
                self.after_text(text.end)
            }
            Opening::Quote(length) if is_anywhere => {
                self.quote(text.start + length..text.end);
                self.after_text(text.end)
            }
            Opening::Item(marker, _) if is_anywhere && begins_list(marker) => {
                let (lists, next) = reader.lists(at, self.range.end, self.depth);
                lists.into_iter().for_each(|list| self.push(list));
                next
            }
            _ => self.text(text),
        }
    }

    /// Reads the macro that ends a line's text, if one does, and else steps over the line end.
    fn after_text(&mut self, end: usize) -> usize {
        let macros = &self.reader.macros;
        match macros
            .at(end)
            .filter(|span| span.is_block && end < self.range.end)
        {
            Some(span) => {
                if let Some(block) = self.reader.macro_block(span, self.depth) {
                    self.push(block);
                } else {
                    self.end_paragraph();
                }
                self.after_macro(span.at.end)
            }
            None => end + 1,
        }
    }

    /// Steps over the line end after a macro, if nothing else stands before it.
    fn after_macro(&self, end: usize) -> usize {
        let line_end = self.reader.line_ends.next(end).unwrap_or(self.range.end);
        let line_end = line_end.min(self.range.end);
        let rest = self.reader.slice(end..line_end);
        if rest.trim().is_empty() {
            line_end + 1
        } else {
            end
        }
    }

    fn table(&mut self, text: Range<usize>) -> usize {
        match self.reader.table(text.start, self.range.end, self.depth) {
            Some((table, next)) => {
                self.push(table);
                next
            }
            None => self.text(text),
        }
    }

    fn heading(&mut self, level: u8, text: Range<usize>) {
        self.end_paragraph();
        let content = normal_line(self.reader.line(text, Within::Line));
        if !content.is_empty() {
            self.blocks.push(Block::Heading(Heading {
                level,
                content,
                origin: Origin::default(),
            }));
        }
    }

    fn quote(&mut self, text: Range<usize>) {
        self.end_paragraph();
        let blocks: Vec<_> = paragraph(self.reader.line(text, Within::Line), Origin::default())
            .into_iter()
            .collect();
        if !blocks.is_empty() {
            let origin = Origin::default();
            self.blocks.push(Block::Quote(Quote { blocks, origin }));
        }
    }

    fn text(&mut self, text: Range<usize>) -> usize {
        let Range { start, end } = text;
        let (text, ends_paragraph) = self.without_paragraph_end(text);
        let line = self.reader.line(text, Within::Line);
        // A line that holds nothing but the tags of a color is none.
        if !line.is_empty() {
            let colors = self.reader.open_colors(start);
            add_line(&mut self.paragraph, line, colors);
        }
        if ends_paragraph {
            self.end_paragraph();
        }
        self.after_text(end)
    }

    /// In items and cells, which no empty line can divide, a break at the end of a line ends a
    /// paragraph.
    fn without_paragraph_end(&self, text: Range<usize>) -> (Range<usize>, bool) {
        let line = self.reader.slice(text.clone());
        match line.strip_suffix("\\\\") {
            Some(rest) if self.place != Place::Anywhere && !rest.ends_with('\\') => {
                (text.start..text.start + rest.len(), true)
            }
            _ => (text, false),
        }
    }

    fn push(&mut self, block: Block) {
        self.end_paragraph();
        self.blocks.push(block);
    }

    fn end_paragraph(&mut self) {
        self.blocks.extend(paragraph(
            std::mem::take(&mut self.paragraph),
            Origin::default(),
        ));
    }
}

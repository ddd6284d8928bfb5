//! Where the nodes of a tree stand.

use std::ops::Range;

use crate::markup::{
    document::{Block, Body, Inline, Origin},
    xml,
};

/// The nodes that do not stand within their parents and after their neighbours, or whose bytes are
/// not whole elements.
pub(in crate::markup::storage) fn misplaced(page: &str, blocks: &[Block]) -> Vec<String> {
    let mut places = Places {
        page,
        wrong: Vec::new(),
    };
    places.blocks(blocks, &(0..page.len()));
    places.wrong
}

/// Looks for nodes that do not stand where they should.
struct Places<'a> {
    page: &'a str,
    wrong: Vec<String>,
}

impl Places<'_> {
    /// Checks a node after its neighbour, whose end is `last`; gives back its content's place.
    fn node(&mut self, origin: Origin, last: &mut usize, end: usize) -> Range<usize> {
        let (Some(outer), Some(inner)) = (origin.outer(), origin.inner()) else {
            return *last..end;
        };
        let is_nested = *last <= outer.start
            && outer.start <= inner.start
            && inner.start <= inner.end
            && inner.end <= outer.end
            && outer.end <= end;
        let slice = |range: &Range<usize>| self.page.get(range.clone()).unwrap_or("<");
        if !is_nested {
            let place = format!("{outer:?} with {inner:?} not in {last}..{end}");
            self.wrong.push(format!("{place}: {}", slice(&outer)));
        } else if xml::read(slice(&outer)).is_err() {
            self.wrong.push(format!("unbalanced: {}", slice(&outer)));
        }
        *last = outer.end;
        inner
    }

    fn blocks(&mut self, blocks: &[Block], place: &Range<usize>) {
        let mut last = place.start;
        for block in blocks {
            let inner = self.node(block.origin(), &mut last, place.end);
            match block {
                Block::Heading(heading) => {
                    let outer = heading.origin.outer().unwrap_or_default();
                    if !self.page[outer.clone()].starts_with("<h") {
                        self.wrong
                            .push(format!("no heading: {}", &self.page[outer]));
                    }
                    self.inlines(&heading.content, &inner);
                }
                Block::Paragraph(paragraph) => self.inlines(&paragraph.content, &inner),
                Block::List(list) => {
                    let mut last = inner.start;
                    for item in &list.items {
                        let inner = self.node(item.origin, &mut last, inner.end);
                        self.blocks(&item.blocks, &inner);
                    }
                }
                Block::Quote(quote) => self.blocks(&quote.blocks, &inner),
                Block::Table(table) => {
                    let mut last = inner.start;
                    for row in &table.rows {
                        let inner = self.node(row.origin, &mut last, inner.end);
                        let mut last = inner.start;
                        for cell in &row.cells {
                            let inner = self.node(cell.origin, &mut last, inner.end);
                            self.blocks(&cell.blocks, &inner);
                        }
                    }
                }
                Block::Macro(found) => self.body(&found.body, &inner),
                Block::Code(_) | Block::Rule(_) | Block::Raw(_) => {}
            }
        }
    }

    fn body(&mut self, body: &Body, place: &Range<usize>) {
        match body {
            Body::Blocks(blocks) => self.blocks(blocks, place),
            Body::Inline(content) => self.inlines(content, place),
            Body::None | Body::Plain(_) => {}
        }
    }

    fn inlines(&mut self, inlines: &[Inline], place: &Range<usize>) {
        let mut last = place.start;
        self.parts(inlines, &mut last, place.end);
    }

    fn parts(&mut self, inlines: &[Inline], last: &mut usize, end: usize) {
        for inline in inlines {
            match inline {
                Inline::Styled(styled) => self.parts(&styled.content, last, end),
                Inline::Link(link) => {
                    let inner = self.node(link.origin, last, end);
                    self.inlines(&link.content, &inner);
                }
                Inline::Macro(found) => {
                    let inner = self.node(found.origin, last, end);
                    self.body(&found.body, &inner);
                }
                Inline::Image(image) => {
                    self.node(image.origin, last, end);
                }
                Inline::Emoticon(emoticon) => {
                    self.node(emoticon.origin, last, end);
                }
                Inline::Date(date) => {
                    self.node(date.origin, last, end);
                }
                Inline::Text(_) | Inline::Code(_) | Inline::Break => {}
            }
        }
    }
}

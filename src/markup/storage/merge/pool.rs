//! What the page has: where each node stands, to be used again.

use std::{
    collections::{HashMap, HashSet},
    ops::Range,
};

use super::{
    echo::Shared,
    prints::{Prints, address},
};
use crate::markup::{
    document::{Block, Body, Heading, Inline, Item, Macro, Origin, Paragraph, Row},
    storage,
};

/// Where the nodes of the page stand, by what they say.
#[derive(Debug, Default)]
pub(super) struct Pool<'a> {
    places: HashMap<u64, Places>,
    /// The macros that have a number.
    references: HashMap<u32, &'a Macro>,
    used: HashSet<(u64, usize)>,
    /// Parts of the source that stay where they are, in their order.
    kept: Vec<Range<usize>>,
}

#[derive(Debug, Default)]
struct Places {
    all: Vec<Place>,
    next: usize,
}

/// Where a node stands.
#[derive(Debug, Clone)]
pub(super) struct Place {
    pub(super) range: Range<usize>,
    /// Whether it is a paragraph without tags.
    pub(super) is_loose: bool,
    /// Whether it was used before.
    pub(super) is_copy: bool,
}

/// Whether the node is a paragraph without tags of its own.
pub(super) fn is_loose(block: &Block) -> bool {
    matches!(block, Block::Paragraph(paragraph)
        if paragraph.origin.outer() == paragraph.origin.inner())
}

impl<'a> Pool<'a> {
    /// All nodes of the page but those that do not stand alone.
    pub(super) fn new(
        source: &'a str,
        blocks: &'a [Block],
        prints: &Prints,
        shared: &Shared,
    ) -> Self {
        let mut filler = Filler {
            source,
            pool: Self::default(),
            prints,
            shared,
        };
        filler.blocks(blocks);
        filler.pool
    }

    /// Whether a node of this number stands in the page.
    pub(super) fn has(&self, exact: u64) -> bool {
        self.places.contains_key(&exact)
    }

    /// The macro of this number.
    pub(super) fn reference(&self, number: u32) -> Option<&'a Macro> {
        self.references.get(&number).copied()
    }

    /// Notes that a part of the source stays where it is.
    pub(super) fn keep(&mut self, range: Range<usize>) {
        self.kept.push(range);
    }

    /// To be called when all is noted that stays.
    pub(super) fn sort_kept(&mut self) {
        self.kept.sort_by_key(|range| range.start);
    }

    /// Notes that the node of this number that starts here is used.
    pub(super) fn mark(&mut self, exact: u64, start: usize) {
        self.used.insert((exact, start));
    }

    /// The next place of what has this number; the last again when all are used.
    pub(super) fn take(&mut self, exact: u64) -> Option<Place> {
        let places = self.places.get_mut(&exact)?;
        while let Some(place) = places.all.get(places.next) {
            places.next += 1;
            let start = place.range.start;
            if !is_within(&self.kept, start) && self.used.insert((exact, start)) {
                return Some(place.clone());
            }
        }
        let last = places.all.last()?.clone();
        Some(Place {
            is_copy: true,
            ..last
        })
    }
}

fn is_within(kept: &[Range<usize>], position: usize) -> bool {
    let after = kept.partition_point(|range| range.start <= position);
    let before = after.checked_sub(1).and_then(|last| kept.get(last));
    before.is_some_and(|range| range.contains(&position))
}

struct Filler<'a, 'p> {
    source: &'a str,
    pool: Pool<'a>,
    prints: &'p Prints,
    shared: &'p Shared,
}

impl<'a> Filler<'a, '_> {
    fn add<T>(&mut self, node: &T, origin: Origin, is_loose: bool) {
        if self.shared.contains_key(&address(node)) {
            return;
        }
        if let Some(range) = origin.outer() {
            let places = self.pool.places.entry(self.prints.exact(node)).or_default();
            places.all.push(Place {
                range,
                is_loose,
                is_copy: false,
            });
        }
    }

    fn blocks(&mut self, blocks: &'a [Block]) {
        for block in blocks {
            if self.says_all(block) {
                self.add(block, block.origin(), is_loose(block));
            }
            stacker::maybe_grow(64 << 10, 1 << 20, || self.block(block));
        }
    }

    /// Whether the block's bytes say what it says: it may be bold by what is around it.
    fn says_all(&self, block: &Block) -> bool {
        let (Block::Heading(Heading { content, .. }) | Block::Paragraph(Paragraph { content, .. })) =
            block
        else {
            return true;
        };
        if !matches!(content.as_slice(), [Inline::Styled(_) | Inline::Link(_)]) {
            return true;
        }
        let source = block
            .origin()
            .outer()
            .and_then(|outer| self.source.get(outer));
        let said = source.and_then(|source| storage::read(source).ok());
        said.is_some_and(|said| said.blocks.first() == Some(block))
    }

    fn block(&mut self, block: &'a Block) {
        match block {
            Block::Heading(heading) => self.inlines(&heading.content),
            Block::Paragraph(paragraph) => self.inlines(&paragraph.content),
            Block::List(list) => list.items.iter().for_each(|item| self.item(item)),
            Block::Quote(quote) => self.blocks(&quote.blocks),
            Block::Table(table) => table.rows.iter().for_each(|row| self.row(row)),
            Block::Macro(found) => self.macro_(found),
            Block::Code(_) | Block::Rule(_) | Block::Raw(_) => {}
        }
    }

    fn item(&mut self, item: &'a Item) {
        self.add(item, item.origin, false);
        self.blocks(&item.blocks);
    }

    fn row(&mut self, row: &'a Row) {
        self.add(row, row.origin, false);
        for cell in &row.cells {
            // A cell by itself is not used elsewhere: its width and colour belong to its place.
            self.blocks(&cell.blocks);
        }
    }

    fn macro_(&mut self, found: &'a Macro) {
        if let Some(number) = found.reference {
            self.pool.references.entry(number).or_insert(found);
        }
        match &found.body {
            Body::Inline(content) => self.inlines(content),
            Body::Blocks(blocks) => self.blocks(blocks),
            Body::None | Body::Plain(_) => {}
        }
    }

    fn inlines(&mut self, content: &'a [Inline]) {
        for inline in content {
            if let Some(origin) = origin_of(inline) {
                self.add(inline, origin, false);
            }
            stacker::maybe_grow(64 << 10, 1 << 20, || match inline {
                Inline::Styled(styled) => self.inlines(&styled.content),
                Inline::Link(link) => self.inlines(&link.content),
                Inline::Macro(found) => self.macro_(found),
                _ => {}
            });
        }
    }
}

/// Where a part of a line stands that is one of its kind; text has no place of its own.
pub(super) fn origin_of(inline: &Inline) -> Option<Origin> {
    match inline {
        Inline::Link(link) => Some(link.origin),
        Inline::Image(image) => Some(image.origin),
        Inline::Emoticon(emoticon) => Some(emoticon.origin),
        Inline::Date(date) => Some(date.origin),
        Inline::Macro(found) => Some(found.origin),
        Inline::Text(_) | Inline::Code(_) | Inline::Styled(_) | Inline::Break => None,
    }
}

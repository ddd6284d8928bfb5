//! The page as its own Markdown says it: what a change is held against.
//!
//! Markdown mostly says the same tree. Where it says another, nodes are told where those stand
//! that they come of; neighbours that come of other neighbours only together share one place.

use std::{
    collections::{HashMap, VecDeque},
    ops::Range,
};

use super::{
    align::{Alike, Sides, Step, align},
    pool::origin_of,
    prints::{Address, Prints, address},
};
use crate::markup::{
    document::{Block, Body, Cell, Document, Inline, Item, Macro, Origin, Row},
    markdown,
};

/// The page as its own Markdown says it.
#[derive(Debug, Default)]
pub(super) struct Echo {
    /// There if it is not what the page says.
    document: Option<Document>,
    shared: Shared,
}

/// Nodes that share a place, each with the number of that.
pub(super) type Shared = HashMap<Address, usize>;

impl Echo {
    pub(super) fn of(document: &Document) -> Self {
        let markdown = markdown::write(document);
        match markdown::read(&markdown, &markdown::Options::default()) {
            Ok(said) if said != *document && !said.blocks.is_empty() => Self::new(document, said),
            _ => Self::default(),
        }
    }

    /// What is said in place of the document.
    pub(super) fn new(document: &Document, mut said: Document) -> Self {
        let base = Prints::new(&document.blocks);
        let echo = Prints::new(&said.blocks);
        let mut giver = Giver {
            base,
            echo,
            shared: Shared::new(),
            groups: 0,
        };
        giver.list(&document.blocks, &mut said.blocks);
        Self {
            document: Some(said),
            shared: giver.shared,
        }
    }

    /// There if it is not what the page says.
    pub(super) fn document(&self) -> Option<&Document> {
        self.document.as_ref()
    }

    /// Its nodes that share a place.
    pub(super) fn shared(&self) -> &Shared {
        &self.shared
    }

    /// The neighbours that make up this part of the source.
    pub(super) fn within(&self, part: &Range<usize>) -> Option<&[Block]> {
        find(&self.document.as_ref()?.blocks, part)
    }
}

fn find<'a>(blocks: &'a [Block], part: &Range<usize>) -> Option<&'a [Block]> {
    let outer = |block: &Block| block.origin().outer().unwrap_or_default();
    let first = blocks
        .iter()
        .position(|block| outer(block).start == part.start);
    if let Some(first) = first {
        let within = blocks.iter().skip(first);
        let count = within
            .take_while(|block| outer(block).end <= part.end)
            .count();
        let found = blocks.get(first..first + count)?;
        if found.last().is_some_and(|last| outer(last).end == part.end) {
            return Some(found);
        }
    }
    let around = |block: &&Block| {
        let outer = outer(block);
        outer.start <= part.start && part.end <= outer.end
    };
    let block = blocks.iter().find(around)?;
    stacker::maybe_grow(64 << 10, 1 << 20, || match block {
        Block::List(list) => list.items.iter().find_map(|item| find(&item.blocks, part)),
        Block::Quote(quote) => find(&quote.blocks, part),
        Block::Table(table) => {
            let mut cells = table.rows.iter().flat_map(|row| &row.cells);
            cells.find_map(|cell| find(&cell.blocks, part))
        }
        Block::Macro(found) => match &found.body {
            Body::Blocks(blocks) => find(blocks, part),
            _ => None,
        },
        _ => None,
    })
}

/// Tells the nodes of the echo where they stand.
struct Giver {
    base: Prints,
    echo: Prints,
    shared: Shared,
    groups: usize,
}

/// A node that can be told where it stands.
trait Told: Alike + Sized {
    fn place(&self) -> Origin;
    fn set_place(&mut self, origin: Origin);
    fn tell_within(&mut self, base: &Self, giver: &mut Giver);
}

/// A stretch of neighbours on both sides.
struct Stretch {
    base: Range<usize>,
    echo: Range<usize>,
    is_pair: bool,
}

impl Giver {
    fn list<T: Told>(&mut self, base: &[T], echo: &mut [T]) {
        let sides = Sides {
            base: &self.base,
            changed: &self.echo,
            is_known: &|_| false,
        };
        for stretch in stretches(&align(base, echo, &sides)) {
            for (one, other) in stretch.base.clone().zip(stretch.echo.clone()) {
                if let (Some(one), Some(other)) = (base.get(one), echo.get_mut(other))
                    && one.may_become(other)
                {
                    other.set_place(one.place());
                    stacker::maybe_grow(64 << 10, 1 << 20, || other.tell_within(one, self));
                }
            }
            if !stretch.is_pair {
                self.share(base, echo, &stretch);
            }
        }
    }

    /// The first of the nodes has the whole place, the others none.
    fn share<T: Told>(&mut self, base: &[T], echo: &mut [T], stretch: &Stretch) {
        let mut places = base.iter().filter_map(|node| node.place().outer());
        let first = places.nth(stretch.base.start);
        let last = match stretch.base.len() {
            0 | 1 => first.clone(),
            more => places.nth(more - 2),
        };
        let (Some(first), Some(last)) = (first, last) else {
            return;
        };
        self.groups += 1;
        let mut start = first.start;
        for node in echo.get_mut(stretch.echo.clone()).unwrap_or_default() {
            node.set_place(Origin::new(start..last.end, start..start));
            start = last.end;
            self.shared.insert(address(node), self.groups);
        }
    }

    fn macro_(&mut self, base: &Macro, echo: &mut Macro) {
        match (&base.body, &mut echo.body) {
            (Body::Blocks(base), Body::Blocks(echo)) => self.list(base, echo),
            (Body::Inline(base), Body::Inline(echo)) => self.line(base, echo),
            _ => {}
        }
    }

    fn line(&mut self, base: &[Inline], echo: &mut [Inline]) {
        let mut known = HashMap::new();
        self.collect(base, &mut known);
        self.tell_line(echo, &mut known);
    }

    fn collect<'b>(&self, base: &'b [Inline], known: &mut HashMap<u64, VecDeque<&'b Inline>>) {
        for inline in base {
            if origin_of(inline).is_some() {
                let places = known.entry(self.base.exact(inline)).or_default();
                places.push_back(inline);
            }
            if let Some(content) = content(inline) {
                stacker::maybe_grow(64 << 10, 1 << 20, || self.collect(content, known));
            }
        }
    }

    fn tell_line(&mut self, echo: &mut [Inline], known: &mut HashMap<u64, VecDeque<&Inline>>) {
        for inline in echo {
            let exact = self.echo.exact(inline);
            let found = known.get_mut(&exact).and_then(VecDeque::pop_front);
            stacker::maybe_grow(64 << 10, 1 << 20, || match inline {
                Inline::Styled(styled) => self.tell_line(&mut styled.content, known),
                Inline::Link(link) => {
                    link.origin = found.and_then(origin_of).unwrap_or_default();
                    self.tell_line(&mut link.content, known);
                }
                Inline::Image(image) => {
                    image.origin = found.and_then(origin_of).unwrap_or_default();
                }
                Inline::Emoticon(emoticon) => {
                    emoticon.origin = found.and_then(origin_of).unwrap_or_default();
                }
                Inline::Date(date) => date.origin = found.and_then(origin_of).unwrap_or_default(),
                Inline::Macro(echo) => {
                    echo.origin = found.and_then(origin_of).unwrap_or_default();
                    match (found, &mut echo.body) {
                        (_, Body::Inline(content)) => self.tell_line(content, known),
                        (Some(Inline::Macro(base)), _) => self.macro_(base, echo),
                        _ => {}
                    }
                }
                Inline::Text(_) | Inline::Code(_) | Inline::Break => {}
            });
        }
    }
}

fn content(inline: &Inline) -> Option<&[Inline]> {
    match inline {
        Inline::Styled(styled) => Some(&styled.content),
        Inline::Link(link) => Some(&link.content),
        Inline::Macro(Macro {
            body: Body::Inline(content),
            ..
        }) => Some(content),
        _ => None,
    }
}

/// The steps as pairs, and stretches in which both sides have nodes.
fn stretches(steps: &[Step]) -> Vec<Stretch> {
    let is_keep = |step: &Step| matches!(step, Step::Keep { .. });
    let is_pair = |step: &Step| matches!(step, Step::Keep { .. } | Step::Pair { .. });
    let mut stretches: Vec<Stretch> = Vec::new();
    let (mut base, mut echo) = (0, 0);
    for run in steps.chunk_by(|one, other| is_keep(one) == is_keep(other)) {
        // Between nodes that are the same, either all have a partner or none has.
        let sizes = if run.iter().all(is_pair) {
            vec![(1, 1, true); run.len()]
        } else {
            let count = |test: fn(&Step) -> bool| run.iter().filter(|step| test(step)).count();
            let of_base = count(|step| !matches!(step, Step::Fresh { .. }));
            let of_echo = count(|step| !matches!(step, Step::Drop { .. }));
            vec![(of_base, of_echo, false)]
        };
        for (of_base, of_echo, is_pair) in sizes {
            let new = Stretch {
                base: base..base + of_base,
                echo: echo..echo + of_echo,
                is_pair,
            };
            (base, echo) = (new.base.end, new.echo.end);
            let is_one_sided = |one: &Stretch| one.base.is_empty() || one.echo.is_empty();
            match stretches.last_mut() {
                // What stands on one side only goes with what is before it, or with what
                // follows if nothing is.
                Some(last) if is_one_sided(&new) || is_one_sided(last) => {
                    last.base.end = base;
                    last.echo.end = echo;
                    last.is_pair = false;
                }
                _ => stretches.push(new),
            }
        }
    }
    stretches
}

impl Told for Block {
    fn place(&self) -> Origin {
        self.origin()
    }

    fn set_place(&mut self, origin: Origin) {
        match self {
            Self::Heading(heading) => heading.origin = origin,
            Self::Paragraph(paragraph) => paragraph.origin = origin,
            Self::List(list) => list.origin = origin,
            Self::Code(code) => code.origin = origin,
            Self::Quote(quote) => quote.origin = origin,
            Self::Table(table) => table.origin = origin,
            Self::Rule(place) => *place = origin,
            Self::Macro(found) => found.origin = origin,
            Self::Raw(_) => {}
        }
    }

    fn tell_within(&mut self, base: &Self, giver: &mut Giver) {
        match (base, self) {
            (Self::Heading(base), Self::Heading(echo)) => {
                giver.line(&base.content, &mut echo.content);
            }
            (Self::Paragraph(base), Self::Paragraph(echo)) => {
                giver.line(&base.content, &mut echo.content);
            }
            (Self::List(base), Self::List(echo)) => giver.list(&base.items, &mut echo.items),
            (Self::Quote(base), Self::Quote(echo)) => giver.list(&base.blocks, &mut echo.blocks),
            (Self::Table(base), Self::Table(echo)) => giver.list(&base.rows, &mut echo.rows),
            (Self::Macro(base), Self::Macro(echo)) => giver.macro_(base, echo),
            _ => {}
        }
    }
}

impl Told for Item {
    fn place(&self) -> Origin {
        self.origin
    }

    fn set_place(&mut self, origin: Origin) {
        self.origin = origin;
    }

    fn tell_within(&mut self, base: &Self, giver: &mut Giver) {
        giver.list(&base.blocks, &mut self.blocks);
    }
}

impl Told for Row {
    fn place(&self) -> Origin {
        self.origin
    }

    fn set_place(&mut self, origin: Origin) {
        self.origin = origin;
    }

    fn tell_within(&mut self, base: &Self, giver: &mut Giver) {
        giver.list(&base.cells, &mut self.cells);
    }
}

impl Told for Cell {
    fn place(&self) -> Origin {
        self.origin
    }

    fn set_place(&mut self, origin: Origin) {
        self.origin = origin;
    }

    fn tell_within(&mut self, base: &Self, giver: &mut Giver) {
        giver.list(&base.blocks, &mut self.blocks);
    }
}

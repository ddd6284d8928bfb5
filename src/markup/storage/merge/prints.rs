//! What a node says as one number, and roughly as a few, taken once from the leaves up.

use std::{
    collections::{HashMap, HashSet},
    hash::{DefaultHasher, Hash, Hasher},
};

use crate::markup::{
    clean,
    document::{Block, Body, Cell, Code, Inline, Item, Macro, Row, Value},
};

/// Where a node lies in memory; a node keeps it as long as its tree is not taken apart.
///
/// Only elements of a list are looked up by it: no two of those lie in one place.
pub(super) type Address = usize;

pub(super) fn address<T>(node: &T) -> Address {
    std::ptr::from_ref(node).addr()
}

/// The numbers of all blocks, items, rows, cells and parts of a line of a tree.
#[derive(Debug, Default)]
pub(super) struct Prints {
    known: HashMap<Address, Print>,
}

/// What a node says, exactly and roughly.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Print {
    exact: u64,
    sketch: Sketch,
}

/// The smallest of the numbers of a node's words: nodes that share words share some of them.
type Sketch = [u32; SKETCHED];

const SKETCHED: usize = 12;
const NOTHING: u32 = u32::MAX;

impl Prints {
    pub(super) fn new(blocks: &[Block]) -> Self {
        let mut taker = Taker {
            prints: Self::default(),
        };
        taker.blocks(blocks, &mut Digest::default());
        taker.prints
    }

    /// The number of a node: equal nodes have equal ones.
    pub(super) fn exact<T>(&self, node: &T) -> u64 {
        self.known
            .get(&address(node))
            .map_or(0, |print| print.exact)
    }

    /// How many of the nodes another tree has too.
    pub(super) fn shared(&self, others: &Self) -> usize {
        let others: HashSet<u64> = others.known.values().map(|print| print.exact).collect();
        let shared = self.known.values().map(|print| print.exact);
        shared.filter(|exact| others.contains(exact)).count()
    }

    /// How many words in a hundred a node shares with one of another tree, roughly.
    pub(super) fn likeness<T>(&self, node: &T, others: &Self, other: &T) -> u32 {
        let one = self.known.get(&address(node));
        let (Some(one), Some(other)) = (one, others.known.get(&address(other))) else {
            return 0;
        };
        let mut all: Vec<u32> = one.sketch.iter().chain(&other.sketch).copied().collect();
        all.retain(|number| *number != NOTHING);
        all.sort_unstable();
        let shared = all.windows(2).filter(|pair| pair.first() == pair.last());
        let shared = u32::try_from(shared.count()).unwrap_or(0);
        let sum = u32::try_from(all.len()).unwrap_or(0);
        (shared * 200).checked_div(sum).unwrap_or(0)
    }
}

struct Taker {
    prints: Prints,
}

impl Taker {
    fn keep<T>(&mut self, node: &T, digest: Digest, parent: &mut Digest) {
        let print = digest.finish();
        self.prints.known.insert(address(node), print);
        parent.child(print);
    }

    fn blocks(&mut self, blocks: &[Block], parent: &mut Digest) {
        parent.own(&blocks.len());
        for block in blocks {
            stacker::maybe_grow(64 << 10, 1 << 20, || {
                let digest = self.block(block);
                self.keep(block, digest, parent);
            });
        }
    }

    fn block(&mut self, block: &Block) -> Digest {
        let mut digest = Digest::default();
        match block {
            Block::Heading(heading) => {
                digest.own(&("heading", heading.level));
                self.inlines(&heading.content, &mut digest);
            }
            Block::Paragraph(paragraph) => {
                digest.own(&"paragraph");
                self.inlines(&paragraph.content, &mut digest);
            }
            Block::List(list) => {
                digest.own(&("list", list.kind, list.items.len()));
                for item in &list.items {
                    self.item(item, &mut digest);
                }
            }
            Block::Code(code) => take_code(code, &mut digest),
            Block::Quote(quote) => {
                digest.own(&"quote");
                self.blocks(&quote.blocks, &mut digest);
            }
            Block::Table(table) => {
                digest.own(&("table", table.rows.len()));
                for row in &table.rows {
                    self.row(row, &mut digest);
                }
            }
            Block::Rule(_) => digest.own(&"rule"),
            Block::Macro(found) => self.macro_(found, &mut digest),
            Block::Raw(source) => digest.own(&("raw", source)),
        }
        digest
    }

    fn item(&mut self, item: &Item, parent: &mut Digest) {
        let mut digest = Digest::default();
        digest.own(&("item", item.done));
        self.blocks(&item.blocks, &mut digest);
        self.keep(item, digest, parent);
    }

    fn row(&mut self, row: &Row, parent: &mut Digest) {
        let mut digest = Digest::default();
        digest.own(&("row", row.cells.len()));
        for cell in &row.cells {
            self.cell(cell, &mut digest);
        }
        self.keep(row, digest, parent);
    }

    fn cell(&mut self, cell: &Cell, parent: &mut Digest) {
        let mut digest = Digest::default();
        digest.own(&("cell", cell.is_header, cell.columns, cell.rows));
        self.blocks(&cell.blocks, &mut digest);
        self.keep(cell, digest, parent);
    }

    /// A macro that stands alone says the same as one in a line.
    fn macro_(&mut self, found: &Macro, digest: &mut Digest) {
        digest.own(&("macro", &found.name, &found.parameters, found.reference));
        digest.words(&found.name);
        for parameter in &found.parameters {
            match &parameter.value {
                Value::Text(text) => digest.words(text),
                Value::Target(target) => digest.word(target),
            }
        }
        match &found.body {
            Body::None => digest.own(&"none"),
            Body::Plain(text) => {
                digest.own(&("plain", text));
                digest.words(text);
            }
            Body::Inline(content) => {
                digest.own(&"inline");
                self.inlines(content, digest);
            }
            Body::Blocks(blocks) => {
                digest.own(&"blocks");
                self.blocks(blocks, digest);
            }
        }
    }

    fn inlines(&mut self, content: &[Inline], parent: &mut Digest) {
        parent.own(&content.len());
        for inline in content {
            stacker::maybe_grow(64 << 10, 1 << 20, || {
                let digest = self.inline(inline);
                self.keep(inline, digest, parent);
            });
        }
    }

    fn inline(&mut self, inline: &Inline) -> Digest {
        let mut digest = Digest::default();
        match inline {
            // What nobody sees is not told to a model, so it comes back without.
            Inline::Text(text) => {
                digest.own(&("text", clean(text)));
                digest.words(text);
            }
            Inline::Code(text) => {
                digest.own(&("typewriter", clean(text)));
                digest.words(text);
            }
            Inline::Styled(styled) => {
                digest.own(&("styled", &styled.style));
                self.inlines(&styled.content, &mut digest);
            }
            Inline::Link(link) => {
                digest.own(&("link", &link.target, &link.tip));
                digest.word(&link.target);
                self.inlines(&link.content, &mut digest);
            }
            Inline::Macro(found) => self.macro_(found, &mut digest),
            Inline::Image(_) | Inline::Emoticon(_) | Inline::Date(_) | Inline::Break => {
                digest.own(inline);
                digest.word(inline);
            }
        }
        digest
    }
}

fn take_code(code: &Code, digest: &mut Digest) {
    let text = clean(&code.text);
    digest.own(&("code", code.kind, &code.language, &code.title));
    digest.own(&(&code.parameters, text));
    digest.words(&code.text);
    digest.words(code.title.as_deref().unwrap_or_default());
}

/// Numbers on their way to one.
struct Digest {
    exact: DefaultHasher,
    sketch: Sketch,
}

impl Default for Digest {
    fn default() -> Self {
        Self {
            exact: DefaultHasher::new(),
            sketch: [NOTHING; SKETCHED],
        }
    }
}

impl Digest {
    fn own(&mut self, said: &impl Hash) {
        said.hash(&mut self.exact);
    }

    fn words(&mut self, text: &str) {
        for word in text.split_whitespace() {
            self.word(&word);
        }
    }

    fn word(&mut self, word: &impl Hash) {
        let mut hasher = DefaultHasher::new();
        word.hash(&mut hasher);
        let half = hasher.finish() >> 32;
        self.roughly(u32::try_from(half).unwrap_or(NOTHING));
    }

    fn child(&mut self, print: Print) {
        self.exact.write_u64(print.exact);
        for number in print.sketch {
            self.roughly(number);
        }
    }

    /// Keeps the number if it is among the smallest.
    fn roughly(&mut self, number: u32) {
        if self.sketch.last().is_none_or(|last| *last <= number) || self.sketch.contains(&number) {
            return;
        }
        if let Some(last) = self.sketch.last_mut() {
            *last = number;
        }
        self.sketch.sort_unstable();
    }

    fn finish(self) -> Print {
        Print {
            exact: self.exact.finish(),
            sketch: self.sketch,
        }
    }
}

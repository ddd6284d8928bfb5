//! The walk over all nodes, and what of it concerns the document as a whole.

use std::ops::Range;

use super::flow::Flow;
use crate::markup::{
    document::{Block, Body, Inline, Macro, Origin},
    xml::{Element, Node},
};

/// How much of the stack must be free to read one more level, and how much is added if it is not.
const STACK: (usize, usize) = (64 << 10, 1 << 20);

/// Cloning and dropping blocks takes a little of the stack for each of their levels.
const STACK_OF_BLOCKS: (usize, usize) = (6 << 20, 16 << 20);

/// Reads nodes into flows.
#[derive(Debug)]
pub(super) struct Reader<'a> {
    /// None if the nodes' bytes mean nothing.
    source: Option<&'a str>,
    /// How many macros have a reference so far.
    references: u32,
    /// Whether line ends and spaces are shown as they are.
    pub(super) is_preformatted: bool,
}

impl<'a> Reader<'a> {
    pub(super) fn new(source: Option<&'a str>) -> Self {
        Self {
            source,
            references: 0,
            is_preformatted: false,
        }
    }

    /// Reads the nodes one after another.
    pub(super) fn walk<'n>(&mut self, nodes: impl IntoIterator<Item = &'n Node>, flow: &mut Flow) {
        for node in nodes {
            match node {
                Node::Element(element) => {
                    stacker::maybe_grow(STACK.0, STACK.1, || self.element(element, flow));
                }
                Node::Text(text, at) => self.text(text, self.run(at), flow),
                Node::Data(text, at) => {
                    let run = self.source.filter(|_| !text.trim().is_empty());
                    self.text(text, run.map(|_| at.clone()), flow);
                }
                Node::Deep(at) => {
                    let cut = Macro {
                        name: "cut".into(),
                        parameters: Vec::new(),
                        body: Body::None,
                        reference: Some(self.next_reference()),
                        origin: self.origin(at, &(at.end..at.end)),
                    };
                    flow.push(Inline::Macro(cut), self.source.map(|_| at.clone()));
                }
                Node::Blocks(blocks) => {
                    for block in blocks {
                        flow.block(clone(block));
                    }
                }
                Node::Inlines(inlines) => {
                    inlines
                        .iter()
                        .for_each(|part| flow.push(part.clone(), None));
                }
            }
        }
    }

    /// What stands in the nodes as blocks of their own.
    pub(super) fn blocks<'n>(&mut self, nodes: impl IntoIterator<Item = &'n Node>) -> Vec<Block> {
        let mut flow = Flow::new();
        self.walk(nodes, &mut flow);
        flow.into_blocks()
    }

    fn text(&mut self, text: &str, run: Option<Range<usize>>, flow: &mut Flow) {
        if !self.is_preformatted {
            return flow.push(Inline::Text(text.to_owned()), run);
        }
        for (number, line) in text.split('\n').enumerate() {
            if number > 0 {
                flow.push(Inline::Break, None);
            }
            flow.push(Inline::Text(line.to_owned()), run.clone());
        }
    }

    /// The bytes of a text without the white space at its ends; none if that is all.
    fn run(&self, at: &Range<usize>) -> Option<Range<usize>> {
        let text = self.source?.get(at.clone())?;
        let trimmed = text.trim_ascii_start();
        let start = at.start + (text.len() - trimmed.len());
        let length = trimmed.trim_ascii_end().len();
        (length > 0).then(|| start..start + length)
    }

    /// The bytes of a node without the white space at its ends.
    pub(super) fn place(&self, node: &Node) -> Option<Range<usize>> {
        match node {
            Node::Element(element) => self.source.map(|_| element.outer.clone()),
            Node::Text(_, at) | Node::Data(_, at) => self.run(at),
            Node::Deep(at) => self.source.map(|_| at.clone()),
            Node::Blocks(_) | Node::Inlines(_) => None,
        }
    }

    /// Where a node stands, if the source is known.
    pub(super) fn origin(&self, outer: &Range<usize>, inner: &Range<usize>) -> Origin {
        match self.source {
            Some(_) => Origin::new(outer.clone(), inner.clone()),
            None => Origin::default(),
        }
    }

    pub(super) fn origin_of(&self, element: &Element) -> Origin {
        self.origin(&element.outer, &element.inner)
    }

    /// Whether nodes have a place in a source.
    pub(super) fn has_source(&self) -> bool {
        self.source.is_some()
    }

    /// The number of the next macro of which something is not told.
    pub(super) fn next_reference(&mut self) -> u32 {
        self.references = self.references.saturating_add(1);
        self.references
    }
}

fn clone(block: &Block) -> Block {
    match block {
        Block::Heading(_) | Block::Paragraph(_) | Block::Code(_) => block.clone(),
        _ => stacker::maybe_grow(STACK_OF_BLOCKS.0, STACK_OF_BLOCKS.1, || block.clone()),
    }
}

//! The one document tree: blocks, inlines, macros and what they point to.
//!
//! Every reader builds it and every writer is handed it, so that there is one meaning of a text,
//! whatever markup it came in. The tree holds what a text says; how it looks (widths, classes,
//! alignment) stays in the source, to which each node can point by its [`Origin`].

mod alone;
mod block;
#[cfg(test)]
mod check;
mod deep;
mod inline;
mod macros;
mod normal;
#[cfg(test)]
mod normal_tests;
mod origin;
mod people;
mod target;

pub(crate) use alone::{paragraph, stands_alone};
pub use block::{
    Block, Cell, Code, CodeKind, Heading, Item, List, ListKind, Paragraph, Quote, Row, Table,
};
#[cfg(test)]
pub(crate) use check::abnormal;
pub use inline::{Date, EMOTICONS, Emoticon, Image, Inline, Link, Style, Styled};
pub use macros::{Body, ELEMENTS, Macro, Parameter, Value};
pub(crate) use normal::{normal, normal_line};
pub use origin::Origin;
pub use target::{Target, User};

/// A document: its blocks from top to bottom.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct Document {
    /// The blocks.
    pub blocks: Vec<Block>,
}

impl Document {
    /// A document of these blocks.
    pub fn new(blocks: Vec<Block>) -> Self {
        Self { blocks }
    }
}

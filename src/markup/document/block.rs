//! Blocks: what stands on lines of its own.

use super::{Inline, Macro, Origin};

/// A part of a document that stands on lines of its own.
#[derive(Debug)]
pub enum Block {
    /// A heading.
    Heading(Heading),
    /// A paragraph.
    Paragraph(Paragraph),
    /// A list of items or of tasks.
    List(List),
    /// Text that is shown as it is written.
    Code(Code),
    /// What somebody else said.
    Quote(Quote),
    /// A table.
    Table(Table),
    /// A horizontal line.
    Rule(Origin),
    /// A macro, a panel, a column or another element of Confluence that stands by itself.
    Macro(Macro),
    /// Storage format that is passed on as it is.
    Raw(String),
}

/// A heading.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Heading {
    /// 1 to 6.
    pub level: u8,
    /// Its text; no line breaks.
    pub content: Vec<Inline>,
    /// Where it stands in the source.
    pub origin: Origin,
}

/// A paragraph; never empty.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Paragraph {
    /// Its text.
    pub content: Vec<Inline>,
    /// Where it stands in the source.
    pub origin: Origin,
}

/// A list; never without items.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct List {
    /// How its items are marked.
    pub kind: ListKind,
    /// Its items.
    pub items: Vec<Item>,
    /// Where it stands in the source.
    pub origin: Origin,
}

/// How a list's items are marked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ListKind {
    /// By a dot.
    Bullet,
    /// By a number, the first of which is this.
    Ordered(u32),
}

/// An item of a list.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Item {
    /// There if the item is a task: whether it is done.
    pub done: Option<bool>,
    /// What stands in the item; the text on the item's own line is a paragraph.
    pub blocks: Vec<Block>,
    /// Where it stands in the source.
    pub origin: Origin,
}

/// Text that is shown as it is written.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Code {
    /// Whether it is coloured as a program.
    pub kind: CodeKind,
    /// The language, as the source names it.
    pub language: Option<String>,
    /// What is shown above it.
    pub title: Option<String>,
    /// Further parameters, such as `linenumbers` = `true`, in their order.
    pub parameters: Vec<(String, String)>,
    /// The text, without a line end at its end.
    pub text: String,
    /// Where it stands in the source; the inner part is the text.
    pub origin: Origin,
}

/// Whether a code block is coloured as a program.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CodeKind {
    /// `code`.
    Code,
    /// `noformat`, or preformatted text.
    NoFormat,
}

/// What somebody else said.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Quote {
    /// What was said; never empty.
    pub blocks: Vec<Block>,
    /// Where it stands in the source.
    pub origin: Origin,
}

/// A table; never without rows.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Table {
    /// Its rows.
    pub rows: Vec<Row>,
    /// Where it stands in the source.
    pub origin: Origin,
}

/// A row of a table.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Row {
    /// Its cells, without those that a cell above or before covers.
    pub cells: Vec<Cell>,
    /// Where it stands in the source.
    pub origin: Origin,
}

/// A cell of a table.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Cell {
    /// Whether it names a row or a column.
    pub is_header: bool,
    /// How many columns it covers, 1 or more.
    pub columns: u16,
    /// How many rows it covers, 1 or more.
    pub rows: u16,
    /// What stands in it.
    pub blocks: Vec<Block>,
    /// Where it stands in the source.
    pub origin: Origin,
}

impl Block {
    /// A paragraph of these inlines, from nowhere.
    pub fn paragraph(content: Vec<Inline>) -> Self {
        Self::Paragraph(Paragraph {
            content,
            origin: Origin::default(),
        })
    }

    /// Where the block stands in the source.
    pub fn origin(&self) -> Origin {
        match self {
            Self::Heading(heading) => heading.origin,
            Self::Paragraph(paragraph) => paragraph.origin,
            Self::List(list) => list.origin,
            Self::Code(code) => code.origin,
            Self::Quote(quote) => quote.origin,
            Self::Table(table) => table.origin,
            Self::Rule(origin) => *origin,
            Self::Macro(found) => found.origin,
            Self::Raw(_) => Origin::default(),
        }
    }
}

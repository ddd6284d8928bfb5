//! What is open while Markdown is read.

use crate::markup::{
    document::{Cell, Item, ListKind, Row, Style, Target},
    markdown::notation,
    xml::Node,
};

/// Something that is open, and what stands in it so far.
#[derive(Debug)]
pub(super) struct Frame {
    pub(super) kind: Kind,
    pub(super) nodes: Vec<Node>,
}

/// What is open.
#[derive(Debug)]
pub(super) enum Kind {
    /// The document, or a text of its own within it.
    Root,
    /// A paragraph.
    Paragraph(Paragraph),
    /// A heading of that level.
    Heading(u8),
    /// A quote or an alert.
    Quote(Quote),
    /// A list.
    List(ListKind, Vec<Item>),
    /// An item of a list, and whether it is a task that is done.
    Item(Option<bool>),
    /// A table.
    Table(Vec<Row>),
    /// A row of a table.
    Row(TableRow),
    /// A cell of a table of pipes.
    Cell,
    /// Text between fences, or indented.
    Code(Code),
    /// HTML, of which the lines come one by one.
    Html(String),
    /// The text of a footnote, by its label.
    Note(String),
    /// Text that is set apart.
    Styled(Style),
    /// A link.
    Link(Link),
    /// A picture, whose text stands in it.
    Image(Image),
    /// An element of HTML.
    Tag(Tag),
}

/// A paragraph.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Paragraph {
    /// The parser tells where it ends.
    Told,
    /// It ends where something else begins.
    Implied,
}

/// A quote or an alert.
#[derive(Debug)]
pub(super) struct Quote {
    /// The macro that the alert stands for.
    pub(super) alert: Option<&'static str>,
    /// Whether the first line of the first paragraph is the alert's mark and title.
    pub(super) has_title_line: bool,
    pub(super) title: Option<String>,
}

/// A row of a table.
#[derive(Debug)]
pub(super) struct TableRow {
    pub(super) is_header: bool,
    pub(super) cells: Vec<Cell>,
}

/// Text between fences, or indented.
#[derive(Debug)]
pub(super) struct Code {
    /// What stands after the fence.
    pub(super) info: String,
    pub(super) text: String,
}

/// A link.
#[derive(Debug)]
pub(super) struct Link {
    pub(super) target: Target,
    pub(super) tip: Option<String>,
    /// Whether its text is only its address or its title again.
    pub(super) shows_target: bool,
}

/// A picture.
#[derive(Debug)]
pub(super) struct Image {
    pub(super) target: Target,
    /// Whether its text is only its name again.
    pub(super) shows_target: bool,
}

/// An element of HTML.
#[derive(Debug)]
pub(super) struct Tag {
    pub(super) name: String,
    pub(super) attributes: Vec<(String, String)>,
    /// Whether it is a macro's and stands on a line of its own.
    pub(super) is_alone: bool,
    /// As it is written, for a message.
    pub(super) written: String,
}

impl Tag {
    /// Whether it is a macro, which must be closed.
    pub(super) fn is_macro(&self) -> bool {
        notation::is_macro_tag(&self.name)
    }
}

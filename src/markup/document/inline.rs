//! Inlines: the parts of a line.

use super::{Macro, Origin, Target};

/// A part of a line.
#[derive(Debug)]
pub enum Inline {
    /// Plain text; runs of white space are one space, no-break spaces stay.
    Text(String),
    /// Text in a typewriter's letters, as it is written.
    Code(String),
    /// Text that is set apart.
    Styled(Styled),
    /// A link or a mention.
    Link(Link),
    /// A picture.
    Image(Image),
    /// A small picture of a feeling or a sign.
    Emoticon(Emoticon),
    /// A day.
    Date(Date),
    /// A macro within a line.
    Macro(Macro),
    /// The end of a line within a paragraph.
    Break,
}

/// Text that is set apart.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Styled {
    /// How.
    pub style: Style,
    /// The text; never empty.
    pub content: Vec<Inline>,
}

/// How text is set apart.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Style {
    /// `<strong>`.
    Strong,
    /// `<em>`.
    Emphasis,
    /// `<del>`.
    Strikethrough,
    /// `<u>`.
    Underline,
    /// `<sup>`.
    Superscript,
    /// `<sub>`.
    Subscript,
    /// `<cite>`: the name of a work or a person.
    Citation,
    /// A typewriter's letters around text that has marks of its own; plain text is [`Inline::Code`].
    Monospace,
    /// A colour as CSS writes it, such as `red` or `#ff0000`.
    Color(String),
}

impl Style {
    /// The element of HTML that sets text apart so.
    pub(crate) fn element(&self) -> &'static str {
        match self {
            Self::Strong => "strong",
            Self::Emphasis => "em",
            Self::Strikethrough => "del",
            Self::Underline => "u",
            Self::Superscript => "sup",
            Self::Subscript => "sub",
            Self::Citation => "cite",
            Self::Monospace => "tt",
            Self::Color(_) => "span",
        }
    }
}

/// A link or a mention.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Link {
    /// Where it leads.
    pub target: Target,
    /// What is shown when the pointer rests on it.
    pub tip: Option<String>,
    /// The text; empty if the target's own name is shown.
    pub content: Vec<Inline>,
    /// Where it stands in the source.
    pub origin: Origin,
}

/// A picture.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Image {
    /// The attachment or the address.
    pub target: Target,
    /// What stands in its place where it cannot be seen.
    pub alternative: Option<String>,
    /// Further attributes such as `width` = `300`, by the names of HTML; an attribute without a
    /// value, such as `thumbnail`, has the empty one.
    pub attributes: Vec<(String, String)>,
    /// Where it stands in the source.
    pub origin: Origin,
}

/// A small picture, by Confluence's name for it, one of [`EMOTICONS`].
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Emoticon {
    /// The name.
    pub name: String,
    /// Where it stands in the source.
    pub origin: Origin,
}

/// A day, such as `2026-03-14`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Date {
    /// The day as the source has it.
    pub day: String,
    /// Where it stands in the source.
    pub origin: Origin,
}

/// Confluence's emoticons, and Jira's notation of each that Jira knows.
pub const EMOTICONS: [(&str, Option<&str>); 24] = [
    ("smile", Some(":)")),
    ("sad", Some(":(")),
    ("cheeky", Some(":P")),
    ("laugh", Some(":D")),
    ("wink", Some(";)")),
    ("thumbs-up", Some("(y)")),
    ("thumbs-down", Some("(n)")),
    ("information", Some("(i)")),
    ("tick", Some("(/)")),
    ("cross", Some("(x)")),
    ("warning", Some("(!)")),
    ("plus", Some("(+)")),
    ("minus", Some("(-)")),
    ("question", Some("(?)")),
    ("light-on", Some("(on)")),
    ("light-off", Some("(off)")),
    ("yellow-star", Some("(*)")),
    ("red-star", Some("(*r)")),
    ("green-star", Some("(*g)")),
    ("blue-star", Some("(*b)")),
    ("heart", None),
    ("broken-heart", None),
    ("flag-on", Some("(flag)")),
    ("flag-off", Some("(flagoff)")),
];

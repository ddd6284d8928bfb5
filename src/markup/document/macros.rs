//! Macros, and Confluence's own elements, which are told in the same way.

use super::{Block, Inline, Origin, Target};

/// Elements of storage format that are not macros and yet are told like one, by their names
/// without `ac:`.
pub const ELEMENTS: [&str; 6] = [
    "layout",
    "layout-section",
    "layout-cell",
    "placeholder",
    "inline-comment-marker",
    "caption",
];

/// A macro, or one of [`ELEMENTS`].
///
/// The panels (`info`, `note`, `tip`, `warning`), `expand`, `status` and the like are macros;
/// `code` and `noformat` are a [`super::Code`] instead.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Macro {
    /// The name, such as `toc`.
    pub name: String,
    /// The parameters that a reader is told, in their order.
    pub parameters: Vec<Parameter>,
    /// What stands in it.
    pub body: Body,
    /// There if something of the macro is not told: its number among those of the whole page, by
    /// which the original is found again. Counts from 1.
    pub reference: Option<u32>,
    /// Where it stands in the source; the inner part is the body.
    pub origin: Origin,
}

/// A parameter of a macro.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Parameter {
    /// The name; empty for a macro's default parameter.
    pub name: String,
    /// The value.
    pub value: Value,
}

/// The value of a parameter.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Value {
    /// A text.
    Text(String),
    /// A page, a person, an attachment or a space.
    Target(Target),
}

/// What stands in a macro.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Body {
    /// Nothing.
    None,
    /// Text that the macro reads itself.
    Plain(String),
    /// Parts of a line.
    Inline(Vec<Inline>),
    /// Blocks.
    Blocks(Vec<Block>),
}

impl Macro {
    /// The text of a parameter, if it has that and is not a target.
    pub fn parameter(&self, name: &str) -> Option<&str> {
        self.parameters.iter().find_map(|known| match &known.value {
            Value::Text(text) if known.name == name => Some(text.as_str()),
            _ => None,
        })
    }

    /// Whether this is one of Confluence's [`ELEMENTS`].
    pub fn is_element(&self) -> bool {
        ELEMENTS.contains(&self.name.as_str())
    }
}

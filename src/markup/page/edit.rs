//! The edits of a page, as a caller names them.

use serde::Deserialize;

/// One change of a page.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(tag = "op", rename_all = "snake_case", deny_unknown_fields)]
pub enum Edit {
    /// Write a section anew, with all that is below its heading.
    ReplaceSection {
        /// Title, anchor or number (`#3`) of the section.
        section: String,
        /// The new text; the heading stays unless the text begins with one of the same level.
        markdown: String,
    },
    /// Put text before a section.
    InsertBefore {
        /// Title, anchor or number (`#3`) of the section.
        section: String,
        /// The new text.
        markdown: String,
    },
    /// Put text after a section and all that is below it.
    InsertAfter {
        /// Title, anchor or number (`#3`) of the section.
        section: String,
        /// The new text.
        markdown: String,
    },
    /// Put text at the end of the page or of a section.
    Append {
        /// The new text.
        markdown: String,
        /// Title, anchor or number (`#3`) of the section; without it, the page.
        section: Option<String>,
    },
    /// Put text at the start of the page.
    Prepend {
        /// The new text.
        markdown: String,
    },
    /// Delete a section, with its heading and all that is below it.
    DeleteSection {
        /// Title, anchor or number (`#3`) of the section.
        section: String,
    },
    /// Replace text in paragraphs, cells or code.
    ReplaceText {
        /// The text as it is shown, without marks of Markdown, from one paragraph.
        find: String,
        /// The plain text to put in its place.
        replace: String,
        /// Search in this section only.
        section: Option<String>,
        /// Replace it everywhere; otherwise it has to be there once.
        #[serde(default)]
        all: bool,
    },
    /// Write a cell of a table anew.
    SetCell {
        /// Which table of the page or section, from 1.
        table: usize,
        /// The row: its number from 1, the row of headers included, or the text of its first cell.
        row: Position,
        /// The column: its number from 1, or its header.
        column: Position,
        /// The new text of the cell.
        markdown: String,
        /// Count the tables of this section only.
        section: Option<String>,
    },
    /// Tick a task off, or open it again.
    SetTask {
        /// The task: its text, or its number in the page or section, from 1.
        task: Position,
        /// Whether it is done.
        done: bool,
        /// Count the tasks of this section only.
        section: Option<String>,
    },
}

/// A place by number or by name.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(untagged)]
pub enum Position {
    /// A number, from 1.
    Number(usize),
    /// A name.
    Name(String),
}

impl Edit {
    /// The edit's name, as a caller gives it.
    pub fn name(&self) -> &'static str {
        match self {
            Self::ReplaceSection { .. } => "replace_section",
            Self::InsertBefore { .. } => "insert_before",
            Self::InsertAfter { .. } => "insert_after",
            Self::Append { .. } => "append",
            Self::Prepend { .. } => "prepend",
            Self::DeleteSection { .. } => "delete_section",
            Self::ReplaceText { .. } => "replace_text",
            Self::SetCell { .. } => "set_cell",
            Self::SetTask { .. } => "set_task",
        }
    }

    /// The new text, if the edit has one of its own.
    pub(super) fn markdown(&self) -> Option<&str> {
        match self {
            Self::ReplaceSection { markdown, .. }
            | Self::InsertBefore { markdown, .. }
            | Self::InsertAfter { markdown, .. }
            | Self::Append { markdown, .. }
            | Self::Prepend { markdown }
            | Self::SetCell { markdown, .. } => Some(markdown),
            Self::DeleteSection { .. } | Self::ReplaceText { .. } | Self::SetTask { .. } => None,
        }
    }
}

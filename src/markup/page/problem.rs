//! Why an edit cannot be made.

use super::section::NoSection;
use crate::markup::{Damaged, Malformed};

/// Why an edit cannot be made, and what to do about it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Problem {
    /// No section is meant, or several are.
    #[error(transparent)]
    Section(#[from] NoSection),
    /// A placeholder in the new text does not fit the page.
    #[error(transparent)]
    Placeholder(#[from] Damaged),
    /// The page is not well-formed, or would not be afterwards.
    #[error("the page is {0}")]
    Malformed(#[from] Malformed),
    /// A text, cell or task is not there.
    #[error("{0}")]
    NotFound(String),
    /// A text or task is there more than once.
    #[error("{0}")]
    Ambiguous(String),
    /// The new text cannot stand where it would be put.
    #[error("{0}")]
    Unfit(String),
}

/// The text in quotation marks, cut so that a message stays short.
pub(super) fn quoted(text: &str) -> String {
    let mut shown: String = text.chars().take(80).collect();
    if shown.len() < text.len() {
        shown.push('…');
    }
    format!("{shown:?}")
}

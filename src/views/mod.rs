//! What a model gets to see: raw types reduced to slim ones, and slim ones written as Markdown.
//!
//! Pure and total: every raw value has a view. All free text of the sites comes through [`text`].

pub mod confluence;
pub mod jira;
mod notation;
mod page;
pub mod text;

pub use notation::Notation;
pub use page::Page;

/// A view as compact Markdown, for a model to read.
pub trait Markdown {
    /// Writes the view.
    fn markdown(&self) -> String;
}

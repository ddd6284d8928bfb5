//! Markup to text: what people wrote on a page, reduced to readable Markdown.
//!
//! Pure and total: every input has an output, and no text of the input is lost.
//!
//! ```text
//! storage format ──xml──▶ elements ──storage──▶ document ──writer──▶ Markdown-like text
//! ```

mod document;
mod storage;
mod text;
mod writer;
mod xml;

pub use storage::storage_to_text;
pub use text::{clean, cut, single_line};

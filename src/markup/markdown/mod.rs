//! Markdown: read and written.

mod atoms;
mod attributes;
mod notation;
mod read;
mod write;

pub use read::{Options, read};
pub use write::write;

#[cfg(test)]
mod tests;

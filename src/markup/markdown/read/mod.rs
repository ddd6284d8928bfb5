//! Markdown read into the document tree.
//!
//! A parser of Markdown gives events; they and the tags of HTML between them build one stack of
//! what is open, so that tags hold Markdown and Markdown holds tags.

mod builder;
mod events;
mod fence;
mod finish;
mod frame;
mod html;
mod notes;
mod pages;
mod run;
mod tags;
mod title;

use std::{borrow::Cow, collections::BTreeMap};

use crate::markup::{Damaged, document::Document};

/// How Markdown is read.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// The address of the Confluence whose page addresses become links to pages.
    pub site_url: Option<String>,
    /// Pass the content of `storage` fences on as storage format.
    pub raw_storage: bool,
    /// The keys of people in Confluence, by the names that mentions call them.
    pub user_keys: BTreeMap<String, String>,
}

/// Reads Markdown.
///
/// # Errors
/// If a tag `<ac-...>` is not closed, or one is closed that is not open.
pub fn read(source: &str, options: &Options) -> Result<Document, Damaged> {
    let mut builder = builder::Builder::new(options);
    builder.read(&with_line_ends(source), builder::Extent::Document)?;
    let mut document = Document::new(builder.finish()?);
    if !options.user_keys.is_empty() {
        document.key_users(&options.user_keys);
    }
    Ok(document)
}

/// The source with one kind of line ends, one of which is at its end, and without controls.
fn with_line_ends(source: &str) -> Cow<'_, str> {
    let is_control = |c: char| c.is_ascii_control() && c != '\n' && c != '\t';
    if source.contains(is_control) {
        let mut text = source.replace("\r\n", "\n").replace('\r', "\n");
        text.retain(|c| !is_control(c));
        text.push('\n');
        Cow::Owned(text)
    } else if source.ends_with('\n') {
        Cow::Borrowed(source)
    } else {
        Cow::Owned(format!("{source}\n"))
    }
}

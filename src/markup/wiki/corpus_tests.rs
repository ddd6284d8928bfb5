//! Real wiki markup there and back, by way of Markdown: the same meaning, compared as trees.

use super::{Dialect, read, write};
use crate::markup::{document::Document, markdown, testing::corpus};

/// The texts that come back with another meaning, and why.
const DIFFERENT: &[(&str, &str)] = &[];

#[test]
fn real_wiki_markup_comes_back_by_way_of_markdown() {
    let texts = corpus::files(&["wiki-markup"], &["jira", "confluence"]);
    if texts.is_empty() {
        return;
    }
    let mut different = Vec::new();
    for (name, source) in &texts {
        let dialect = if name.ends_with(".jira") {
            Dialect::Jira
        } else {
            Dialect::Confluence
        };
        let document = read(source, dialect);
        if comes_back(&document, dialect).as_ref() != Some(&document) {
            different.push(name);
        }
    }
    let listed: Vec<&str> = DIFFERENT.iter().map(|(name, _)| *name).collect();
    assert_eq!(different, listed);
    let all = texts.len();
    assert!(all > 400 && different.len() * 100 <= all, "{all} texts");
}

/// By way of Markdown, then of wiki markup.
fn comes_back(document: &Document, dialect: Dialect) -> Option<Document> {
    let text = markdown::write(document);
    let document = markdown::read(&text, &markdown::Options::default()).ok()?;
    Some(read(&write(&document), dialect))
}

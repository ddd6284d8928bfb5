//! Real wiki markup there and back, by way of Markdown: the same meaning, compared as trees.

use std::{fs, path::PathBuf};

use super::{Dialect, read, write};
use crate::markup::{document::Document, markdown};

/// The texts that come back with another meaning, and why.
const DIFFERENT: &[(&str, &str)] = &[];

#[test]
fn real_wiki_markup_comes_back_by_way_of_markdown() {
    let corpus = PathBuf::from(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../shared/corpus/wiki-markup"
    ));
    let Ok(files) = fs::read_dir(&corpus) else {
        assert!(std::env::var_os("CI").is_none(), "no corpus at {corpus:?}");
        println!("skipped: no corpus at {corpus:?}");
        return;
    };
    let (mut all, mut different) = (0, Vec::new());
    for file in files {
        let path = file.unwrap().path();
        let dialect = match path.extension().and_then(|extension| extension.to_str()) {
            Some("jira") => Dialect::Jira,
            Some("confluence") => Dialect::Confluence,
            _ => continue,
        };
        let source = fs::read_to_string(&path).unwrap();
        let document = read(&source, dialect);
        all += 1;
        if comes_back(&document, dialect).as_ref() != Some(&document) {
            different.push(path.file_name().unwrap().to_string_lossy().into_owned());
        }
    }
    different.sort();
    let listed: Vec<&str> = DIFFERENT.iter().map(|(name, _)| *name).collect();
    assert_eq!(different, listed);
    assert!(all > 400 && different.len() * 100 <= all, "{all} texts");
}

/// By way of Markdown, then of wiki markup.
fn comes_back(document: &Document, dialect: Dialect) -> Option<Document> {
    let text = markdown::write(document);
    let document = markdown::read(&text, &markdown::Options::default()).ok()?;
    Some(read(&write(&document), dialect))
}

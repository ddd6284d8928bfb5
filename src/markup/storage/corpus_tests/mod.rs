//! Real pages: no visible word is lost, and each node stands where it says.

pub(super) mod places;
pub(super) mod words;

use std::{fs, path::Path};

use serde_json::Value;

use crate::markup::{document::Document, storage};
use places::misplaced;
use words::{Texts, visible_words};

const CORPUS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/corpus");

#[test]
fn no_visible_word_of_a_real_page_is_lost() {
    check(|name, page, document| {
        let texts = Texts::of(&document.blocks);
        let (in_order, anywhere) = visible_words(page);
        let mut losses = Vec::new();
        let mut rest = texts.shown.as_str();
        for word in in_order {
            match rest.find(word) {
                Some(start) => rest = &rest[start + word.len()..],
                None => losses.push(format!("{name}: {word:?} is missing or out of order")),
            }
        }
        let all = format!("{}{}", texts.shown, texts.told);
        let missing = anywhere.into_iter().filter(|word| !all.contains(word));
        losses.extend(missing.map(|word| format!("{name}: {word:?} of an attribute is missing")));
        losses.truncate(5);
        losses
    });
}

#[test]
fn the_nodes_of_a_real_page_stand_within_each_other_and_in_order() {
    check(|name, page, document| {
        let wrong = misplaced(page, &document.blocks).into_iter().take(5);
        wrong.map(|place| format!("{name}: {place}")).collect()
    });
}

/// Looks for what is wrong with each page of the corpus.
fn check(find: impl Fn(&str, &str, &Document) -> Vec<String>) {
    let corpus = Path::new(CORPUS);
    if !corpus.is_dir() {
        assert!(
            std::env::var("CI").as_deref() != Ok("true"),
            "{CORPUS} is missing"
        );
        eprintln!("skipped: {CORPUS} is not there");
        return;
    }
    let pages = pages(corpus);
    let mut wrong = Vec::new();
    let mut read = 0;
    for (name, page) in &pages {
        if let Ok(document) = storage::read(page) {
            read += 1;
            wrong.extend(find(name, page, &document));
        }
    }
    assert!(read > 200, "only {read} of {} pages", pages.len());
    assert!(
        wrong.is_empty(),
        "{} are wrong\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}

/// The sources of all pages, each with the name of its file.
fn pages(corpus: &Path) -> Vec<(String, String)> {
    let mut pages = Vec::new();
    for folder in ["storage-format", "confluence-json", "md-pairs"] {
        for entry in fs::read_dir(corpus.join(folder)).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap_or_default();
            let name = name.to_string_lossy().into_owned();
            let Ok(text) = fs::read_to_string(&path) else {
                continue;
            };
            if path.extension().is_some_and(|kind| kind == "xml") {
                pages.push((name, text));
            } else if let Ok(json) = serde_json::from_str(&text) {
                collect_bodies(&json, &name, &mut pages);
            }
        }
    }
    pages
}

fn collect_bodies(json: &Value, name: &str, pages: &mut Vec<(String, String)>) {
    match json {
        Value::Object(members) => {
            if let Some(body) = json.pointer("/storage/value").and_then(Value::as_str) {
                pages.push((name.to_owned(), body.to_owned()));
            }
            members
                .values()
                .for_each(|member| collect_bodies(member, name, pages));
        }
        Value::Array(items) => items
            .iter()
            .for_each(|item| collect_bodies(item, name, pages)),
        _ => {}
    }
}

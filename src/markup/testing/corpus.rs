//! Real texts, which lie beside the project: CI has to have them, elsewhere they may be missing.

use std::{
    fs,
    path::{Path, PathBuf},
};

use serde_json::Value;

use crate::markup::xml;

/// Where the corpus is; none if it is not there.
fn corpus() -> Option<PathBuf> {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpus");
    if corpus.is_dir() {
        return Some(corpus);
    }
    assert!(
        std::env::var_os("CI").is_none(),
        "CI needs {}",
        corpus.display()
    );
    println!("skipped: there is no {}", corpus.display());
    None
}

/// The files of these folders with one of these extensions, each with its name, in order; none
/// without a corpus.
pub(crate) fn files(folders: &[&str], extensions: &[&str]) -> Vec<(String, String)> {
    let mut files = Vec::new();
    let Some(corpus) = corpus() else {
        return files;
    };
    for folder in folders {
        for entry in fs::read_dir(corpus.join(folder)).unwrap() {
            let path = entry.unwrap().path();
            let extension = path.extension().and_then(|extension| extension.to_str());
            if extension.is_some_and(|extension| extensions.contains(&extension)) {
                let name = path.file_name().unwrap().to_string_lossy().into_owned();
                files.push((name, text(&path)));
            }
        }
    }
    files.sort();
    files
}

/// What the index of a folder says of each of its texts; nothing without a corpus.
pub(crate) fn index(folder: &str) -> Vec<Value> {
    let Some(corpus) = corpus() else {
        return Vec::new();
    };
    let index = text(&corpus.join(folder).join("index.jsonl"));
    let entries = index
        .lines()
        .map(|line| serde_json::from_str(line).unwrap());
    entries.collect()
}

/// The text of a file that an index names.
pub(crate) fn file(name: &Value) -> Option<String> {
    Some(text(&corpus()?.join(name.as_str()?)))
}

/// The pages in these folders in storage format, by themselves or in answers of Confluence, each
/// with the name of its file; none without a corpus.
pub(crate) fn pages(folders: &[&str]) -> Vec<(String, String)> {
    let mut pages = files(folders, &["xml"]);
    for (name, text) in files(folders, &["json"]) {
        if let Ok(json) = serde_json::from_str(&text) {
            add_bodies(&json, &name, &mut pages);
        }
    }
    pages
}

/// Those of [`pages`] that are well-formed, of which there are more than `least`.
pub(crate) fn well_formed_pages(folders: &[&str], least: usize) -> Vec<(String, String)> {
    let mut pages = pages(folders);
    if !pages.is_empty() {
        pages.retain(|(_, page)| xml::read(page).is_ok());
        assert!(pages.len() > least, "only {} pages", pages.len());
    }
    pages
}

fn add_bodies(json: &Value, name: &str, pages: &mut Vec<(String, String)>) {
    match json {
        Value::Object(members) => {
            if let Some(body) = json.pointer("/storage/value").and_then(Value::as_str) {
                pages.push((name.to_owned(), body.to_owned()));
            }
            let members = members.values();
            members.for_each(|member| add_bodies(member, name, pages));
        }
        Value::Array(items) => items.iter().for_each(|item| add_bodies(item, name, pages)),
        _ => {}
    }
}

fn text(path: &Path) -> String {
    String::from_utf8_lossy(&fs::read(path).unwrap()).into_owned()
}

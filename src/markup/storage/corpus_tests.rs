//! Real pages: nothing panics, nothing is empty, and no visible word is lost.

use std::fs;
use std::path::Path;

use serde_json::Value;

use super::storage_to_text;

const CORPUS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/corpus");

/// Elements whose text is not shown on a page.
const HIDDEN: [&str; 5] = [
    "ac:parameter",
    "ac:default-parameter",
    "ac:task-id",
    "ac:task-uuid",
    "ac:task-status",
];

/// Attributes whose value tells the reader something.
const TELLING: [&str; 7] = [
    "href",
    "src",
    "ac:alt",
    "ri:value",
    "ri:filename",
    "ri:content-title",
    "ri:username",
];

#[test]
fn no_visible_word_of_a_real_page_is_lost() {
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
    assert!(pages.len() > 100, "only {} pages", pages.len());
    let losses: Vec<String> = pages
        .iter()
        .flat_map(|(name, page)| losses(name, page))
        .collect();
    assert!(
        losses.is_empty(),
        "{} losses\n{}",
        losses.len(),
        losses.join("\n")
    );
}

/// The sources of all pages, each with the name of its file.
fn pages(corpus: &Path) -> Vec<(String, String)> {
    let mut pages = Vec::new();
    for folder in ["storage-format", "confluence-json"] {
        for entry in fs::read_dir(corpus.join(folder)).unwrap() {
            let path = entry.unwrap().path();
            let name = path
                .file_name()
                .unwrap_or_default()
                .to_string_lossy()
                .into_owned();
            let Ok(text) = fs::read_to_string(&path) else {
                continue;
            };
            if folder == "storage-format" {
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

fn losses(name: &str, page: &str) -> Vec<String> {
    let text = storage_to_text(page);
    let mut losses = Vec::new();
    if text.is_empty() && !page.trim().is_empty() {
        losses.push(format!("{name}: empty"));
    }
    let (in_order, anywhere) = visible_words(page);
    let mut rest = text.as_str();
    for word in in_order {
        match rest.find(word) {
            Some(start) => rest = &rest[start + word.len()..],
            None => losses.push(format!("{name}: {word:?} is missing or out of order")),
        }
    }
    let missing = anywhere.into_iter().filter(|word| !text.contains(word));
    losses.extend(missing.map(|word| format!("{name}: {word:?} of an attribute is missing")));
    losses.truncate(5);
    losses
}

/// The words of a page's text in their order, and those of telling attributes and titles.
///
/// A scanner of its own rather than our reader, which is what is tested.
fn visible_words(page: &str) -> (Vec<&str>, Vec<&str>) {
    let mut in_order = Vec::new();
    let mut anywhere = Vec::new();
    let mut rest = page;
    while !rest.is_empty() {
        let Some(start) = rest.find('<') else {
            in_order.extend(words(rest));
            break;
        };
        in_order.extend(words(&rest[..start]));
        rest = &rest[start..];
        let (end, skipped) = if let Some(data) = rest.strip_prefix("<![CDATA[") {
            let end = data.find("]]>").unwrap_or(data.len());
            in_order.extend(data[..end].split(|c: char| !c.is_alphanumeric()));
            ("]]>", "")
        } else if rest.starts_with("<!--") {
            ("-->", "")
        } else if let Some(hidden) = HIDDEN.iter().find(|name| rest[1..].starts_with(**name)) {
            let tag = &rest[..rest.find('>').unwrap_or(rest.len())];
            let is_empty = tag.ends_with('/');
            let close = rest.find(&format!("</{hidden}>")).filter(|_| !is_empty);
            if let Some(close) = close.filter(|_| tag.contains("ac:name=\"title\"")) {
                anywhere.extend(words(&rest[tag.len() + 1..close]));
            }
            (">", if is_empty { "" } else { *hidden })
        } else {
            let tag = &rest[..rest.find('>').unwrap_or(rest.len())];
            for attribute in TELLING {
                let value = tag
                    .split_once(&format!(" {attribute}=\""))
                    .map(|(_, value)| value);
                anywhere.extend(
                    value
                        .and_then(|value| value.split('"').next())
                        .map_or(vec![], words),
                );
            }
            (">", "")
        };
        if !skipped.is_empty() {
            let close = format!("</{skipped}>");
            rest = rest.find(&close).map_or("", |at| &rest[at + close.len()..]);
        } else {
            rest = rest.find(end).map_or("", |at| &rest[at + end.len()..]);
        }
    }
    in_order.retain(|word| !word.is_empty());
    (in_order, anywhere)
}

/// Words of markup, without its entities.
fn words(text: &str) -> Vec<&str> {
    let mut words = Vec::new();
    for (number, part) in text.split('&').enumerate() {
        let part = match part.split_once(';') {
            Some((entity, after))
                if number > 0
                    && entity
                        .chars()
                        .all(|c| c.is_ascii_alphanumeric() || c == '#') =>
            {
                after
            }
            _ => part,
        };
        words.extend(
            part.split(|c: char| !c.is_alphanumeric())
                .filter(|word| !word.is_empty()),
        );
    }
    words
}

//! No word that a rendered page shows is lost, over all HTML of the corpus.

use super::parse::parse;
use crate::markup::{agreement_tests::skeleton, testing::corpus, xml::text_of};

/// Letters and digits, as where words part depends on the elements between them.
fn letters(text: &str) -> String {
    let letters = text.chars().filter(|letter| letter.is_alphanumeric());
    letters.flat_map(char::to_lowercase).collect()
}

/// What of the shown letters is not read, in their order.
fn lost(shown: &str, read: &str) -> Option<String> {
    let mut read = read.chars();
    let is_lost = |letter: char| !read.by_ref().any(|known| known == letter);
    let kept = shown.chars().position(is_lost)?;
    Some(
        shown
            .chars()
            .skip(kept.saturating_sub(30))
            .take(60)
            .collect(),
    )
}

#[test]
fn every_word_that_is_shown_is_read() {
    let folders = ["storage-format", "wiki-markup", "md-pairs", "http-errors"];
    let pages = corpus::files(&folders, &["html"]);
    let mut report = String::new();
    for (name, source) in &pages {
        let shown = letters(&text_of(&parse(source)));
        let read = skeleton(&super::read(source));
        let read = read.iter().filter(|part| !part.starts_with('<'));
        let read: String = read.map(String::as_str).collect();
        if let Some(lost) = lost(&shown, &read) {
            report.push_str(&format!("{name}: …{lost}\n"));
        }
    }
    println!("{} pages", pages.len());
    assert!(report.is_empty(), "{report}");
}

//! Real pages: no visible word is lost, and each node stands where it says.

pub(super) mod places;
pub(super) mod words;

use crate::markup::{document::Document, storage, testing::corpus};
use places::misplaced;
use words::{Texts, visible_words};

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
    let pages = corpus::pages(&["storage-format", "confluence-json", "md-pairs"]);
    if pages.is_empty() {
        return;
    }
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

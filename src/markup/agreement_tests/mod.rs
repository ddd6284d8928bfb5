//! Whether two documents say the same: by their structure and their words.

mod corpus;
mod pairs;
mod skeleton;

use similar::{Algorithm, capture_diff_slices, diff_ratio};

pub(super) use skeleton::skeleton;

use super::document::Document;

/// How much of the structure and the words is the same in both, from 0 to 1.
pub(super) fn ratio(one: &[String], other: &[String]) -> f32 {
    let difference = capture_diff_slices(Algorithm::Myers, one, other);
    diff_ratio(&difference, one.len(), other.len())
}

/// Whether both have the same structure and the same words.
pub(super) fn agrees(one: &Document, other: &Document) -> bool {
    skeleton(one) == skeleton(other)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markup::document::{Block, Inline};

    fn document(text: &str) -> Document {
        Document::new(vec![Block::paragraph(vec![Inline::Text(text.into())])])
    }

    #[test]
    fn punctuation_and_case_make_no_difference() {
        assert!(agrees(
            &document("It's “here”…"),
            &document("it's \"Here\"")
        ));
        assert!(!agrees(&document("here"), &document("there")));
        let ratio = |one, other| ratio(&skeleton(&document(one)), &skeleton(&document(other)));
        assert_eq!(ratio("a b c", "a b c"), 1.0);
        assert_eq!(ratio("a b c", "a b d"), 0.75);
    }
}

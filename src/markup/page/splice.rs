//! Pieces of the source that get another text, all else staying as it is.

use std::ops::Range;

/// A piece of the source and the text that is put in its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Splice {
    pub(super) at: Range<usize>,
    pub(super) text: String,
}

impl Splice {
    pub(super) fn new(at: Range<usize>, text: impl Into<String>) -> Self {
        let text = text.into();
        Self { at, text }
    }
}

/// The source with each splice made; one that begins within another is left out.
pub(super) fn splice(source: &str, splices: &[Splice]) -> String {
    let mut splices: Vec<&Splice> = splices.iter().collect();
    // Of two that begin at the same place, the insertion comes first.
    splices.sort_by_key(|splice| (splice.at.start, splice.at.end));
    let mut result = String::with_capacity(source.len());
    let mut copied = 0;
    for splice in splices {
        let Some(before) = source.get(copied..splice.at.start) else {
            continue;
        };
        result.push_str(before);
        result.push_str(&splice.text);
        copied = splice.at.end;
    }
    result.push_str(source.get(copied..).unwrap_or_default());
    result
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_lies_outside_of_the_splices_stays() {
        let splices = [
            Splice::new(6..7, "X"),
            Splice::new(1..3, ""),
            Splice::new(2..3, "within another"),
            Splice::new(4..4, "äö"),
        ];
        assert_eq!(splice("0123456789", &splices), "03äö45X789");
        assert_eq!(splice("", &[Splice::new(0..0, "a")]), "a");
        assert_eq!(splice("a", &[Splice::new(5..9, "no such place")]), "a");
    }
}

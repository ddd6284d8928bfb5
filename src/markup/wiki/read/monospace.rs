//! Monospaced text between double braces.

use std::ops::Range;

/// What the two braces begin.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Monospace {
    /// Monospaced text, and where what belongs to it ends.
    Found(Range<usize>, usize),
    /// Nothing.
    NotHere,
    /// Nothing, and neither do any others before the limit.
    Never,
}

/// What the two braces here begin; it ends before `limit`, the end of the line.
///
/// After a dollar sign they begin nothing, unless they are braced.
pub(super) fn monospace(source: &str, start: usize, limit: usize) -> Monospace {
    let Some(text) = source
        .get(start..limit)
        .and_then(|text| text.strip_prefix("{{"))
    else {
        return Monospace::NotHere;
    };
    let inner_start = start + 2;
    if let Some(length) = braced_length(text) {
        let inner_start = inner_start + 2;
        return Monospace::Found(inner_start..inner_start + length, inner_start + length + 4);
    }
    // Before the search, which takes long where many of these stand in a line.
    let before = source.get(..start).unwrap_or_default();
    if before.ends_with('$') {
        return Monospace::NotHere;
    }
    let Some(first_end) = text.find("}}") else {
        return Monospace::Never;
    };
    let rest = text.get(first_end + 2..).unwrap_or_default();
    // Of more braces than two the first belong to the text, as in `{{${x}}}`.
    let more = rest.len() - rest.trim_start_matches('}').len();
    let length = first_end + more;
    if text.get(..length).is_none_or(|text| text.trim().is_empty()) {
        return Monospace::NotHere;
    }
    Monospace::Found(inner_start..inner_start + length, inner_start + length + 2)
}

/// How long the text is between `{{{}` and `{}}}`, the marks that need no word boundary.
///
/// No further such mark opens in it, so that looking at each takes linear time.
fn braced_length(text: &str) -> Option<usize> {
    let inner = text.strip_prefix("{}")?;
    for (at, _) in inner.match_indices("{}") {
        let (before, from) = inner.split_at_checked(at)?;
        if before.ends_with("{{") {
            return None;
        }
        if from.starts_with("{}}}") {
            return (at > 0).then_some(at);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn monospaced_text_ends_before_the_last_two_braces() {
        for (text, expected) in [
            ("{{a}} {{b}}", "a"),
            ("{{${a}}} b", "${a}"),
            ("{{a {b}}}}", "a {b}}"),
            ("{{{}a b{}}}c", "a b"),
            ("{{{}}}", "{}"),
            ("{{ a }}", " a "),
        ] {
            let Monospace::Found(inner, _) = monospace(text, 0, text.len()) else {
                panic!("{text:?}");
            };
            assert_eq!(text.get(inner), Some(expected));
        }
        for text in ["{{}} {{a}}", "{{ }}", "{a}}"] {
            assert_eq!(
                monospace(text, 0, text.len()),
                Monospace::NotHere,
                "{text:?}"
            );
        }
        assert_eq!(monospace("${{a}}", 1, 6), Monospace::NotHere);
        assert_eq!(monospace("{{a}", 0, 4), Monospace::Never);
    }
}

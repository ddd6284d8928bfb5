//! Where the lines of a text end, and what begins a line.

/// Where the lines of a text end.
#[derive(Debug)]
pub(super) struct LineEnds(Vec<usize>);

impl LineEnds {
    pub(super) fn new(source: &str) -> Self {
        Self(source.match_indices('\n').map(|(at, _)| at).collect())
    }

    /// The first line end from here on, if there is one.
    pub(super) fn next(&self, from: usize) -> Option<usize> {
        let number = self.0.partition_point(|end| *end < from);
        self.0.get(number).copied()
    }
}

/// What a line is, by its beginning.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Opening<'a> {
    /// Nothing.
    Blank,
    /// A horizontal line.
    Rule,
    /// A heading of this level, whose text begins after so many bytes.
    Heading(u8, usize),
    /// A quote of one line, whose text begins after so many bytes.
    Quote(usize),
    /// An item with this marker, whose text begins after so many bytes.
    Item(&'a str, usize),
    /// A row of a table.
    Row,
    /// Text.
    Text,
}

/// What the line is.
pub(super) fn opening(line: &str) -> Opening<'_> {
    let text = line.trim_start();
    let indent = line.len() - text.len();
    if text.is_empty() {
        return Opening::Blank;
    }
    if matches!(text.trim_end(), "----" | "-----") {
        return Opening::Rule;
    }
    if text.starts_with('|') {
        return Opening::Row;
    }
    if let Some((level, length)) = heading(text) {
        return Opening::Heading(level, indent + length);
    }
    if text.starts_with("bq.") {
        return Opening::Quote(indent + 3);
    }
    let unmarked = text.trim_start_matches(['*', '-', '#']);
    let length = text.len() - unmarked.len();
    match text.split_at_checked(length) {
        Some((marker, rest)) if length > 0 && rest.starts_with([' ', '\t']) => {
            Opening::Item(marker, indent + length)
        }
        _ => Opening::Text,
    }
}

/// Whether a list may begin with this marker: not with a dash of two or three hyphens.
pub(super) fn begins_list(marker: &str) -> bool {
    !marker.starts_with("--")
}

fn heading(text: &str) -> Option<(u8, usize)> {
    let rest = text.strip_prefix('h')?;
    let level = rest.chars().next()?.to_digit(10)?;
    let is_heading = (1..=6).contains(&level) && rest.get(1..)?.starts_with('.');
    is_heading.then_some((u8::try_from(level).ok()?, 3))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_told_by_its_beginning() {
        for (line, expected) in [
            (" \t", Opening::Blank),
            (" ---- ", Opening::Rule),
            ("-----", Opening::Rule),
            ("------", Opening::Text),
            ("---", Opening::Text),
            ("h2. x", Opening::Heading(2, 3)),
            (" h2.x", Opening::Heading(2, 4)),
            ("h7. x", Opening::Text),
            ("bq. x", Opening::Quote(3)),
            (" #* x", Opening::Item("#*", 3)),
            ("*x*", Opening::Text),
            ("*", Opening::Text),
            (" | x", Opening::Row),
        ] {
            assert_eq!(opening(line), expected, "{line:?}");
        }
    }

    #[test]
    fn lines_are_found_from_any_place() {
        let ends = LineEnds::new("ab\n\ncd");
        assert_eq!(ends.next(0), Some(2));
        assert_eq!(ends.next(3), Some(3));
        assert_eq!(ends.next(4), None);
    }
}

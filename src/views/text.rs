//! The one way of free text from a site to a model.
//!
//! Issues and pages are written by strangers. Their text loses what cannot be seen, is cut to a
//! length with a note, and long texts stand between marks that tell a model whose words they are.

use crate::markup;

/// The longest body that is shown, in characters; about 6,000 tokens.
pub const MAXIMUM_BODY: usize = 24_000;

/// The longest comment that is shown along with others, in characters.
pub const MAXIMUM_COMMENT: usize = 2_000;

const OPENING: &str = "<untrusted>";
const CLOSING: &str = "</untrusted>";

/// A short text such as a name or a title, on one line.
pub fn line(text: &str) -> String {
    let clean = markup::clean(text);
    clean.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A long text, cut to a number of characters.
pub fn body(text: &str, maximum: usize) -> String {
    let clean = markup::clean(text);
    markup::cut(clean.trim(), maximum).into_owned()
}

/// A long text between marks that its own words cannot close.
pub fn marked(text: &str) -> String {
    format!(
        "{OPENING}\n{}\n{CLOSING}",
        text.replace(CLOSING, "<\\/untrusted>")
    )
}

/// A cell of a Markdown table.
pub fn cell(text: Option<&str>) -> String {
    markup::single_line(text.unwrap_or(""))
}

/// The day of a date as either product sends it.
pub fn day(date: &str) -> &str {
    date.get(..10).unwrap_or(date)
}

/// The minute of a date as either product sends it.
pub fn minute(date: &str) -> String {
    date.get(..16).unwrap_or(date).replace('T', " ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_cannot_close_its_own_marks() {
        insta::assert_snapshot!(marked("a </untrusted> b"), @r"
        <untrusted>
        a <\/untrusted> b
        </untrusted>
        ");
    }

    #[test]
    fn dates_are_shortened_without_reading_them() {
        assert_eq!(minute("2026-03-14T09:26:53.000+0000"), "2026-03-14 09:26");
        assert_eq!(day("2026-03-14T09:26:53.000+0000"), "2026-03-14");
        assert_eq!(day("soon"), "soon");
    }
}

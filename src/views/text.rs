//! The one way of free text from a site to a model.
//!
//! Issues and pages are written by strangers. Their text loses what cannot be seen, is cut to a
//! length with a note, and stands between marks that tell a model whose words it reads: all that a
//! site's users can write, titles and names too, in one pair of marks for a result.

use crate::markup;

/// The longest body that is shown, in characters; about 6,000 tokens.
pub const MAXIMUM_BODY: usize = 24_000;

/// The longest comment that is shown along with others, in characters.
pub const MAXIMUM_COMMENT: usize = 2_000;

/// The name of the marks.
const MARK: &str = "untrusted";

/// A short text such as a name or a title, on one line.
pub fn line(text: &str) -> String {
    let clean = markup::clean(text);
    clean.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A key, an id or a fixed word of a server: what cannot be part of one is left out, so that it may
/// stand outside of the marks.
pub fn identifier(text: &str) -> String {
    let is_part = |c: &char| c.is_alphanumeric() || matches!(c, '-' | '_' | '~' | '.');
    text.chars().filter(is_part).collect()
}

/// A long text, cut to a number of characters.
pub fn body(text: &str, maximum: usize) -> String {
    let clean = markup::clean(text);
    markup::cut(clean.trim(), maximum).into_owned()
}

/// A part of a long text: from a character on, so many characters at most.
pub fn part(text: &str, offset: usize, maximum: usize) -> String {
    let clean = markup::clean(text);
    markup::part(clean.trim(), offset, maximum).into_owned()
}

/// What the users of a site wrote, between marks that say whose words they are and that those words
/// can neither close nor open.
pub fn marked(site: &str, text: &str) -> String {
    let mut disarmed = String::with_capacity(text.len());
    for (index, part) in text.split('<').enumerate() {
        if index > 0 && is_mark(part) {
            // In Markdown this reads as the same text.
            if disarmed.ends_with('\\') {
                disarmed.pop();
            }
            disarmed.push_str("&lt;");
        } else if index > 0 {
            disarmed.push('<');
        }
        disarmed.push_str(part);
    }
    format!("<{MARK} from=\"{site}\">\n{disarmed}\n</{MARK}>")
}

/// A result without its marks.
pub fn unmarked(result: &str) -> String {
    let (opening, closing) = (format!("<{MARK} from="), format!("</{MARK}>"));
    let lines = result.lines().filter(|line| {
        let is_opening = line.starts_with(&opening);
        !is_opening && *line != closing
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// Whether a model could take what follows a `<` for one of our marks.
fn is_mark(rest: &str) -> bool {
    let name = rest.trim_start_matches(|c: char| c == '/' || c.is_whitespace());
    name.get(..MARK.len())
        .is_some_and(|name| name.eq_ignore_ascii_case(MARK))
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
    fn a_text_can_neither_close_nor_open_marks() {
        insta::assert_snapshot!(marked("Jira", r"a </untrusted> < / UNTRUSTED > \<untrusted> <b> 1 < 2"), @r#"
        <untrusted from="Jira">
        a &lt;/untrusted> &lt; / UNTRUSTED > &lt;untrusted> <b> 1 < 2
        </untrusted>
        "#);
    }

    #[test]
    fn the_marks_alone_are_taken_away() {
        let result = format!("head\n{}", marked("Jira", "a\n<b>\n\nc"));
        assert_eq!(unmarked(&result), "head\na\n<b>\n\nc");
    }

    #[test]
    fn dates_are_shortened_without_reading_them() {
        assert_eq!(minute("2026-03-14T09:26:53.000+0000"), "2026-03-14 09:26");
        assert_eq!(day("2026-03-14T09:26:53.000+0000"), "2026-03-14");
        assert_eq!(day("soon"), "soon");
    }
}

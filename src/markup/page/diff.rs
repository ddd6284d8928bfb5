//! What changed between two versions of a page, as a unified diff.

use similar::TextDiff;

use crate::markup::{Malformed, markdown, storage};

/// Which text of a page is compared.
#[derive(Debug, Clone, Copy)]
pub enum DiffView<'a> {
    /// What it says, as Markdown that these options would read.
    Markdown(&'a markdown::Options),
    /// Its storage format, a line for each block.
    Storage,
}

/// The lines around a change that are shown with it.
const CONTEXT: usize = 2;

/// What changed from the old version to the new one; empty if nothing did.
///
/// A diff of more characters than the maximum is cut, with a note.
///
/// # Errors
/// If a version is not well-formed and its Markdown is asked for.
pub fn diff(
    old: &str,
    new: &str,
    view: DiffView<'_>,
    maximum_chars: usize,
) -> Result<String, Malformed> {
    let (old, new) = match view {
        DiffView::Markdown(options) => (in_markdown(old, options)?, in_markdown(new, options)?),
        DiffView::Storage => (in_lines(old), in_lines(new)),
    };
    let diff = TextDiff::from_lines(old.as_str(), new.as_str());
    let mut unified = diff.unified_diff();
    unified.context_radius(CONTEXT).missing_newline_hint(false);
    Ok(shortened(&unified.to_string(), maximum_chars))
}

/// The first lines that are not more than the maximum together, and how many there are.
fn shortened(diff: &str, maximum_chars: usize) -> String {
    let mut left = maximum_chars;
    let mut shown = String::new();
    for (count, line) in diff.split_inclusive('\n').enumerate() {
        let length = line.chars().count();
        if length > left {
            let all = diff.lines().count();
            shown.push_str(&format!("… cut: {count} of {all} lines shown\n"));
            break;
        }
        left -= length;
        shown.push_str(line);
    }
    shown
}

fn in_markdown(source: &str, options: &markdown::Options) -> Result<String, Malformed> {
    let mut document = storage::read(source)?;
    document.name_users(&mut |wanted| {
        let mut people = options.user_keys.iter();
        let (name, _) = people.find(|(_, key)| *key == wanted)?;
        Some(name.clone())
    });
    let mut text = markdown::write(&document);
    if !text.is_empty() && !text.ends_with('\n') {
        text.push('\n');
    }
    Ok(text)
}

/// Elements that end a line when they end.
const BLOCKS: [&str; 24] = [
    "p",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "li",
    "ul",
    "ol",
    "pre",
    "blockquote",
    "table",
    "tbody",
    "tr",
    "td",
    "th",
    "hr",
    "div",
    "ac:structured-macro",
    "ac:task-list",
    "ac:task",
    "ac:parameter",
    "ac:task-body",
];

/// Elements that end a line when they begin.
const BOXES: [&str; 14] = [
    "ul",
    "ol",
    "table",
    "tbody",
    "tr",
    "div",
    "blockquote",
    "ac:layout",
    "ac:layout-section",
    "ac:layout-cell",
    "ac:rich-text-body",
    "ac:task-list",
    "ac:task",
    "ac:structured-macro",
];

/// Storage format with a line for each block, for reading only.
fn in_lines(source: &str) -> String {
    let mut lines = String::with_capacity(source.len() + source.len() / 16);
    let mut rest = source;
    while let Some(start) = rest.find('<') {
        let (text, markup) = rest.split_at_checked(start).unwrap_or((rest, ""));
        lines.push_str(text);
        let length = length_of_markup(markup);
        let (markup, after) = markup.split_at_checked(length).unwrap_or((markup, ""));
        lines.push_str(markup);
        rest = after;
        if ends_line(markup) && !rest.starts_with(['\n', '\r']) {
            lines.push('\n');
        }
    }
    lines.push_str(rest);
    if !lines.is_empty() && !lines.ends_with('\n') {
        lines.push('\n');
    }
    lines
}

/// The length of a tag, a comment or character data.
fn length_of_markup(markup: &str) -> usize {
    let end = match markup {
        data if data.starts_with("<![CDATA[") => "]]>",
        comment if comment.starts_with("<!--") => "-->",
        _ => ">",
    };
    markup.find(end).map_or(markup.len(), |at| at + end.len())
}

fn ends_line(markup: &str) -> bool {
    let Some(tag) = markup.strip_prefix('<') else {
        return false;
    };
    let is_one_of = |tag: &str, names: &[&str]| {
        let end = tag.find(|c: char| c.is_whitespace() || matches!(c, '/' | '>'));
        tag.get(..end.unwrap_or(tag.len()))
            .is_some_and(|name| names.contains(&name))
    };
    match tag.strip_prefix('/') {
        Some(tag) => is_one_of(tag, &BLOCKS) || is_one_of(tag, &BOXES),
        None if tag.ends_with("/>") => is_one_of(tag, &BLOCKS) || is_one_of(tag, &["br"]),
        None => is_one_of(tag, &BOXES),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn storage_is_shown_a_block_to_a_line() {
        let source = "<h1>A</h1><ac:structured-macro ac:name=\"info\"><ac:rich-text-body><p>a <b>b\
            </b></p></ac:rich-text-body></ac:structured-macro><ul><li>x</li></ul>\
            <![CDATA[<p></p>x]]><!-- <p></p> -->\n<p>y<br/>z</p>";
        insta::assert_snapshot!(in_lines(source), @r#"
        <h1>A</h1>
        <ac:structured-macro ac:name="info">
        <ac:rich-text-body>
        <p>a <b>b</b></p>
        </ac:rich-text-body>
        </ac:structured-macro>
        <ul>
        <li>x</li>
        </ul>
        <![CDATA[<p></p>x]]><!-- <p></p> -->
        <p>y<br/>
        z</p>
        "#);
    }

    #[test]
    fn a_diff_shows_the_lines_that_changed_and_two_around() {
        let page =
            |word: &str| format!("<p>1</p><p>2</p><p>3</p><p>{word}</p><p>5</p><p>6</p><p>7</p>");
        let shown = diff(&page("old"), &page("new"), DiffView::Storage, 1_000).unwrap();
        insta::assert_snapshot!(shown, @r#"
        @@ -2,5 +2,5 @@
         <p>2</p>
         <p>3</p>
        -<p>old</p>
        +<p>new</p>
         <p>5</p>
         <p>6</p>
        "#);
        assert_eq!(
            diff(&page("a"), &page("a"), DiffView::Storage, 9).unwrap(),
            ""
        );
        let shown = diff(&page("old"), &page("new"), DiffView::Storage, 30).unwrap();
        insta::assert_snapshot!(shown, @r#"
        @@ -2,5 +2,5 @@
         <p>2</p>
        … cut: 2 of 7 lines shown
        "#);
    }

    #[test]
    fn pages_that_have_nothing_in_common_are_compared_in_time() {
        let page = |word: &str| -> String {
            (0..20_000)
                .map(|number| format!("<p>{word} {number}</p>"))
                .collect()
        };
        let shown = diff(&page("a"), &page("b"), DiffView::Storage, 100).unwrap();
        assert!(shown.contains("… cut: "), "{shown}");
    }
}

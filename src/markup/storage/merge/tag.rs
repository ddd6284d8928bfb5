//! Tags of the page changed in place: another name, another attribute, something between them.

use std::ops::Range;

use crate::markup::storage::write::add_attribute;

/// What stands in place of a part of the source.
pub(super) type Edit = (Range<usize>, String);

/// This part of the source with the edits made, which lie in it and do not overlap.
pub(super) fn apply(source: &str, part: Range<usize>, mut edits: Vec<Edit>) -> String {
    edits.sort_by_key(|(place, _)| (place.start, place.end));
    let mut out = String::with_capacity(part.len());
    let mut done = part.start;
    for (place, new) in edits {
        out.push_str(source.get(done..place.start).unwrap_or_default());
        out.push_str(&new);
        done = place.end.max(done);
    }
    out.push_str(source.get(done..part.end).unwrap_or_default());
    out
}

/// The edit that puts something between two tags; a tag without content is opened for it.
pub(super) fn fill(source: &str, outer: Range<usize>, inner: Range<usize>, new: String) -> Edit {
    let before = source.get(outer.start..inner.start).unwrap_or_default();
    if !inner.is_empty() || !before.ends_with("/>") {
        return (inner, new);
    }
    let start = before.rfind('<').unwrap_or(0);
    let tag = before.get(start..).unwrap_or_default();
    let opened = tag.trim_end_matches("/>").trim_end();
    let closing = name(tag);
    let all = format!("{opened}>{new}</{closing}>");
    (outer.start + start..inner.start, all)
}

/// The name of a start tag or an end tag.
pub(super) fn name(tag: &str) -> &str {
    let tag = tag.trim_start_matches(['<', '/']);
    let end = tag.find(|c: char| c.is_whitespace() || matches!(c, '/' | '>'));
    tag.get(..end.unwrap_or(tag.len())).unwrap_or(tag)
}

/// The source that begins or ends with a tag, with another name in that.
pub(super) fn rename(tag: &str, new: &str) -> String {
    tag.replacen(name(tag), new, 1)
}

/// The start tag with the attribute set, or without it.
pub(super) fn set_attribute(tag: &str, attribute: &str, value: Option<&str>) -> String {
    let mut new = String::new();
    if let Some(value) = value {
        add_attribute(attribute, value, &mut new);
    }
    let place = match find(tag, attribute) {
        Some(found) => found,
        None => {
            let end = tag.trim_end_matches('>').trim_end_matches('/');
            let end = end.trim_end().len();
            end..end
        }
    };
    apply(tag, 0..tag.len(), vec![(place, new)])
}

/// Where the attribute stands, with the white space before it.
fn find(tag: &str, attribute: &str) -> Option<Range<usize>> {
    let mut place = 1 + name(tag).len();
    loop {
        let rest = tag.get(place..)?;
        let (found, after) = rest.split_once('=')?;
        let after = after.trim_start();
        let quote = after.chars().next().filter(|c| matches!(c, '"' | '\''))?;
        let (_, after) = after.split_at_checked(1)?;
        let (_, after) = after.split_once(quote)?;
        let end = tag.len() - after.len();
        if found.trim() == attribute {
            return Some(place..end);
        }
        place = end;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_attribute_is_set_in_its_place_or_at_the_end() {
        for (tag, value, expected) in [
            ("<td>", Some("2"), "<td colspan=\"2\">"),
            (
                "<td class='a' />",
                Some("2"),
                "<td class='a' colspan=\"2\" />",
            ),
            (
                "<td class=\"a = b\" colspan = '3' id=\"x\">",
                Some("2"),
                "<td class=\"a = b\" colspan=\"2\" id=\"x\">",
            ),
            ("<td colspan=\"3\">", None, "<td>"),
            ("<td class=\"colspan\">", None, "<td class=\"colspan\">"),
        ] {
            assert_eq!(set_attribute(tag, "colspan", value), expected, "{tag}");
        }
    }

    #[test]
    fn a_tag_without_content_is_opened() {
        let source = "<tr><td class=\"x\" /></tr>";
        let edit = fill(source, 4..20, 20..20, "new".into());
        assert_eq!(
            apply(source, 0..source.len(), vec![edit]),
            "<tr><td class=\"x\">new</td></tr>"
        );
        let edit = fill("<p></p>", 0..7, 3..3, "new".into());
        assert_eq!(apply("<p></p>", 0..7, vec![edit]), "<p>new</p>");
    }

    #[test]
    fn names_of_tags_are_replaced_once() {
        assert_eq!(rename("<h2 id=\"h2\">", "h3"), "<h3 id=\"h2\">");
        assert_eq!(rename("</h2>", "h3"), "</h3>");
    }
}

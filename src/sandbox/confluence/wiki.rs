//! From wiki markup to storage format, as far as simple pages need it.

use crate::sandbox::exchange::escape;

/// The storage format of some wiki markup.
pub(super) fn to_storage(wiki: &str) -> String {
    let mut storage = String::new();
    let mut paragraph: Vec<String> = Vec::new();
    let mut list: Option<&str> = None;
    for line in wiki.lines().map(str::trim) {
        let item = line
            .strip_prefix("* ")
            .map(|text| ("ul", text))
            .or_else(|| line.strip_prefix("# ").map(|text| ("ol", text)));
        let tag = item.map(|(tag, _)| tag);
        if tag.is_some() || line.is_empty() || heading(line).is_some() {
            close_paragraph(&mut paragraph, &mut storage);
        }
        if list != tag {
            if let Some(open) = list {
                storage.push_str(&format!("</{open}>"));
            }
            if let Some(tag) = tag {
                storage.push_str(&format!("<{tag}>"));
            }
            list = tag;
        }
        if let Some((_, text)) = item {
            storage.push_str(&format!("<li>{}</li>", inline(text)));
        } else if let Some((level, text)) = heading(line) {
            storage.push_str(&format!("<h{level}>{}</h{level}>", inline(text)));
        } else if !line.is_empty() {
            paragraph.push(inline(line));
        }
    }
    close_paragraph(&mut paragraph, &mut storage);
    if let Some(open) = list {
        storage.push_str(&format!("</{open}>"));
    }
    storage
}

/// Level and text of a line such as `h2. Title`.
fn heading(line: &str) -> Option<(char, &str)> {
    let rest = line.strip_prefix('h')?;
    let level = rest.chars().next().filter(|c| ('1'..='6').contains(c))?;
    let text = rest.strip_prefix(level)?.strip_prefix(". ")?;
    Some((level, text))
}

fn close_paragraph(lines: &mut Vec<String>, storage: &mut String) {
    if !lines.is_empty() {
        storage.push_str(&format!("<p>{}</p>", lines.join("<br />")));
        lines.clear();
    }
}

/// Marks within a line; a mark that is not closed stays what it is.
fn inline(text: &str) -> String {
    let text = escape(text);
    let text = paired(&text, "{{", "}}", "code");
    let text = paired(&text, "*", "*", "strong");
    paired(&text, "_", "_", "em")
}

fn paired(text: &str, open: &str, close: &str, tag: &str) -> String {
    let mut marked = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once(open) {
        let inside = after.split_once(close).filter(|(inside, _)| {
            let spaced = inside.starts_with(' ') || inside.ends_with(' ');
            !inside.is_empty() && !spaced && !inside.contains('<')
        });
        // A mark inside a word, as in `snake_case`, marks nothing.
        let word = before.ends_with(|c: char| c.is_alphanumeric());
        marked.push_str(before);
        match inside {
            Some((inside, after)) if !word => {
                marked.push_str(&format!("<{tag}>{inside}</{tag}>"));
                rest = after;
            }
            _ => {
                marked.push_str(open);
                rest = after;
            }
        }
    }
    marked.push_str(rest);
    marked
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_lists_and_marks_become_elements() {
        assert_eq!(
            to_storage("h2. *Big* <plan>\n\none\ntwo snake_case_name\n* a\n* {{b}}\n\nend"),
            "<h2><strong>Big</strong> &lt;plan&gt;</h2><p>one<br />two snake_case_name</p>\
             <ul><li>a</li><li><code>b</code></li></ul><p>end</p>"
        );
    }
}

//! Text for people: a rough HTML form of wiki markup, moments and durations.

use chrono::NaiveDateTime;

use crate::sandbox::exchange::escape;

/// A rough HTML form: headings, lists, code blocks and paragraphs.
pub(super) fn html(wiki: &str) -> String {
    let mut html = String::new();
    let mut list: Option<&str> = None;
    let mut code = false;
    for line in wiki.lines() {
        let line = line.trim_end();
        if line.starts_with("{code") || line.starts_with("{noformat") {
            code = !code;
            html.push_str(if code {
                "<div class=\"code panel\"><pre class=\"code-java\">"
            } else {
                "</pre></div>\n"
            });
            continue;
        }
        if code {
            html.push_str(&escape(line));
            html.push('\n');
            continue;
        }
        let item = [("* ", "ul"), ("# ", "ol"), ("- ", "ul")]
            .iter()
            .find_map(|(sign, tag)| line.strip_prefix(sign).map(|text| (*tag, text)));
        if list.is_some() && list != item.map(|(tag, _)| tag) {
            close(&mut html, list.take());
        }
        match item {
            Some((tag, text)) => {
                if list.is_none() {
                    html.push_str(&format!("<{tag}>\n"));
                    list = Some(tag);
                }
                html.push_str(&format!("\t<li>{}</li>\n", escape(text)));
            }
            None => html.push_str(&block(line)),
        }
    }
    close(&mut html, list);
    if code {
        html.push_str("</pre></div>");
    }
    html.trim_end().to_owned()
}

/// A number of seconds in hours, days of eight hours and weeks of five days.
pub(super) fn duration(seconds: u64) -> String {
    let mut rest = seconds / 60;
    let mut parts = Vec::new();
    for (unit, minutes) in [("w", 2_400), ("d", 480), ("h", 60), ("m", 1)] {
        if rest >= minutes {
            parts.push(format!("{}{unit}", rest / minutes));
            rest %= minutes;
        }
    }
    if parts.is_empty() {
        "0m".to_owned()
    } else {
        parts.join(" ")
    }
}

/// The number of seconds in a text such as `1w 2d 3h`.
pub(super) fn seconds(duration: &str) -> Option<u64> {
    let mut total: u64 = 0;
    for part in duration.split_whitespace() {
        let unit = part.chars().last()?;
        let length = match unit {
            'w' => 144_000,
            'd' => 28_800,
            'h' => 3_600,
            'm' => 60,
            _ => return None,
        };
        let number: u64 = part.strip_suffix(unit)?.parse().ok()?;
        total = total.checked_add(number.checked_mul(length)?)?;
    }
    (!duration.trim().is_empty()).then_some(total)
}

/// A moment as the web pages show it.
pub(super) fn friendly_time(moment: &str) -> String {
    match NaiveDateTime::parse_from_str(moment, "%Y-%m-%dT%H:%M:%S%.3f+0000") {
        Ok(moment) => moment.format("%d/%b/%y %-I:%M %p").to_string(),
        Err(_) => moment.to_owned(),
    }
}

fn close(html: &mut String, list: Option<&str>) {
    if let Some(tag) = list {
        html.push_str(&format!("</{tag}>\n"));
    }
}

fn block(line: &str) -> String {
    if line.is_empty() {
        return String::new();
    }
    for level in 1..=6 {
        if let Some(text) = line.strip_prefix(&format!("h{level}. ")) {
            return format!("<h{level}><a name=\"\"></a>{}</h{level}>\n", escape(text));
        }
    }
    format!("<p>{}</p>\n", escape(line))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_are_read_as_they_are_written() {
        for text in ["1w 2d 3h 4m", "2d", "45m"] {
            assert_eq!(seconds(text).map(duration).as_deref(), Some(text));
        }
        assert_eq!(seconds("soon"), None);
    }

    #[test]
    fn markup_becomes_html() {
        assert_eq!(
            html("h2. A & B\n* one\n* two\ntext\n{code:bash}\nls <x>\n{code}"),
            "<h2><a name=\"\"></a>A &amp; B</h2>\n<ul>\n\t<li>one</li>\n\t<li>two</li>\n</ul>\n\
             <p>text</p>\n<div class=\"code panel\"><pre class=\"code-java\">ls &lt;x&gt;\n</pre></div>"
        );
    }
}

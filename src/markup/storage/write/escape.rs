//! Text made safe to stand in storage format.

/// Adds text between tags.
pub(in crate::markup::storage) fn add_text(text: &str, out: &mut String) {
    for character in text.chars().filter(|character| is_allowed(*character)) {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            // As Confluence's editor writes it: a bare one cannot be told from a space by eye.
            '\u{a0}' => out.push_str("&nbsp;"),
            // A reader of XML would make it a line feed.
            '\r' => out.push_str("&#13;"),
            _ => out.push(character),
        }
    }
}

/// Adds ` name="value"`.
pub(in crate::markup::storage) fn add_attribute(name: &str, value: &str, out: &mut String) {
    out.push(' ');
    out.push_str(name);
    out.push_str("=\"");
    for character in value.chars().filter(|character| is_allowed(*character)) {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\n' => out.push_str("&#10;"),
            '\t' => out.push_str("&#9;"),
            '\r' => out.push_str("&#13;"),
            _ => out.push(character),
        }
    }
    out.push('"');
}

/// Adds character data; what would end it is split over two.
pub(in crate::markup::storage) fn add_data(text: &str, out: &mut String) {
    out.push_str("<![CDATA[");
    let allowed: String = text.chars().filter(|c| is_allowed(*c)).collect();
    out.push_str(&allowed.replace("]]>", "]]]]><![CDATA[>"));
    out.push_str("]]>");
}

/// Whether XML 1.0 knows the character at all.
fn is_allowed(character: char) -> bool {
    match character {
        '\t' | '\n' | '\r' => true,
        '\u{fffe}' | '\u{ffff}' => false,
        _ => character >= ' ',
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_of_xml_are_escaped_and_forbidden_characters_dropped() {
        let text = "a < b && c > \"d\"\u{a0}\u{0}\u{b}\u{ffff}é";
        let mut out = String::new();
        add_text(text, &mut out);
        assert_eq!(out, "a &lt; b &amp;&amp; c &gt; \"d\"&nbsp;é");
        out.clear();
        add_attribute("x", "a \"b\" <c>\n\td & e\u{1}", &mut out);
        assert_eq!(out, " x=\"a &quot;b&quot; &lt;c&gt;&#10;&#9;d &amp; e\"");
    }

    #[test]
    fn the_end_of_character_data_is_split() {
        for (text, expected) in [
            ("", "<![CDATA[]]>"),
            ("a ]] > ]>", "<![CDATA[a ]] > ]>]]>"),
            ("x]]>y", "<![CDATA[x]]]]><![CDATA[>y]]>"),
            ("]]\u{1}>", "<![CDATA[]]]]><![CDATA[>]]>"),
        ] {
            let mut out = String::new();
            add_data(text, &mut out);
            assert_eq!(out, expected, "{text:?}");
        }
    }
}

//! Attributes of tags and of fences: how their values are written and read.

use quick_xml::escape::resolve_html5_entity;

/// Writes ` name="value"`.
pub(super) fn write(name: &str, value: &str, out: &mut String) {
    out.push(' ');
    out.push_str(name);
    out.push_str("=\"");
    for character in value.chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '"' => out.push_str("&quot;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            // A line end would end a block of HTML, and marks would end a fence's line or a cell.
            '\n' | '\r' | '\t' | '`' | '|' => {
                out.push_str(&format!("&#{};", u32::from(character)));
            }
            _ => out.push(character),
        }
    }
    out.push('"');
}

/// Whether the name can be that of an attribute.
pub(super) fn is_name(name: &str) -> bool {
    let mut characters = name.chars();
    characters
        .next()
        .is_some_and(|c| c.is_ascii_alphabetic() || c == '_' || c == ':')
        && characters.all(is_name_character)
}

fn is_name_character(character: char) -> bool {
    character.is_ascii_alphanumeric() || matches!(character, '_' | ':' | '.' | '-')
}

/// Reads attributes as HTML does: `name`, `name=value`, `name="value"`, `name='value'`.
///
/// What is none of these is left out.
pub(super) fn read(text: &str) -> Vec<(String, String)> {
    let mut attributes = Vec::new();
    let mut rest = text;
    loop {
        rest = rest.trim_start_matches(|c: char| c.is_whitespace() || c == '/');
        let end = rest
            .find(|c: char| c.is_whitespace() || matches!(c, '=' | '/' | '>'))
            .unwrap_or(rest.len());
        let (name, after) = rest.split_at_checked(end).unwrap_or((rest, ""));
        if name.is_empty() {
            let mut characters = rest.chars();
            if characters.next().is_none() {
                return attributes;
            }
            rest = characters.as_str();
            continue;
        }
        let (value, after) = match after.trim_start().strip_prefix('=') {
            Some(after) => read_value(after.trim_start()),
            None => ("", after),
        };
        attributes.push((name.to_owned(), decode(value)));
        rest = after;
    }
}

/// The value at the start of the text, and what follows it.
fn read_value(text: &str) -> (&str, &str) {
    for quote in ['"', '\''] {
        if let Some(rest) = text.strip_prefix(quote) {
            return rest.split_once(quote).unwrap_or((rest, ""));
        }
    }
    let end = text.find(char::is_whitespace).unwrap_or(text.len());
    text.split_at_checked(end).unwrap_or((text, ""))
}

/// Resolves the entities of HTML; one that is not known stays as it is written.
pub(super) fn decode(text: &str) -> String {
    let mut decoded = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('&') {
        decoded.push_str(before);
        let end = after.find(|c: char| !c.is_ascii_alphanumeric() && c != '#');
        let entity = end.and_then(|end| after.split_at_checked(end));
        let resolved = entity.and_then(|(name, after)| {
            let after = after.strip_prefix(';')?;
            Some((resolve(name)?, after))
        });
        match resolved {
            Some((text, after)) => {
                decoded.push_str(&text);
                rest = after;
            }
            None => {
                decoded.push('&');
                rest = after;
            }
        }
    }
    decoded.push_str(rest);
    decoded
}

fn resolve(name: &str) -> Option<String> {
    let Some(number) = name.strip_prefix('#') else {
        return resolve_html5_entity(name).map(str::to_owned);
    };
    let code = match number.strip_prefix(['x', 'X']) {
        Some(digits) => u32::from_str_radix(digits, 16),
        None => number.parse(),
    };
    let character = char::from_u32(code.ok()?)?;
    // XML does not know other controls.
    let is_shown = !character.is_ascii_control() || character.is_ascii_whitespace();
    Some(if is_shown {
        character.to_string()
    } else {
        String::new()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_again() {
        for value in [
            "",
            "a b",
            "<a href=\"x\">&amp;'|`",
            "one\ntwo\r\tthree",
            "é\u{a0}&nosuch;",
        ] {
            let mut written = String::new();
            write("a-b", value, &mut written);
            write("_", value, &mut written);
            let expected = [
                ("a-b".to_owned(), value.to_owned()),
                ("_".to_owned(), value.to_owned()),
            ];
            assert_eq!(read(&written), expected, "{written}");
        }
    }

    #[test]
    fn attributes_of_other_hands_are_read() {
        let attributes = read(" a='1 &lt;' b = 2 c thumbnail /d=\"&eacute;&#x41;&#0;&x\" =");
        let expected = [
            ("a", "1 <"),
            ("b", "2"),
            ("c", ""),
            ("thumbnail", ""),
            ("d", "éA&x"),
        ];
        let attributes: Vec<_> = attributes
            .iter()
            .map(|(a, b)| (a.as_str(), b.as_str()))
            .collect();
        assert_eq!(attributes, expected);
    }
}

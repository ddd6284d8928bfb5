//! Escapes and entities: characters that stand for themselves, and those that stand for others.

use quick_xml::escape::{resolve_html5_entity, unescape};

use super::urls::is_word;

/// The characters that a backslash escapes.
pub(super) const ESCAPABLE: &str = "-#*_+?^~|%{}[]()!@";

/// Whether the word that begins the text goes on like a path: with a backslash before a letter.
pub(super) fn is_path(text: &str) -> bool {
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        let next = characters.peek().copied();
        match (character, next) {
            ('\\', Some('\\')) => return false,
            ('\\', Some(next)) if is_word(next) => return true,
            _ if character.is_whitespace() => return false,
            _ => {}
        }
    }
    false
}

/// The entity that begins the text, and how long it is.
pub(super) fn entity(text: &str) -> Option<(String, usize)> {
    let name = text.strip_prefix('&')?;
    let is_part = |c: char| c.is_ascii_alphanumeric() || c == '#';
    let length = name
        .find(|c: char| !is_part(c))
        .filter(|length| *length <= 32)?;
    let (name, rest) = name.split_at_checked(length)?;
    if !rest.starts_with(';') {
        return None;
    }
    let text = match name.strip_prefix('#') {
        Some(_) => {
            let text = unescape(text.get(..length + 2)?).ok()?.into_owned();
            let is_control = |c: char| c.is_control() && !matches!(c, '\n' | '\t');
            (!text.contains(is_control)).then_some(text)?
        }
        None => resolve_html5_entity(name)?.to_owned(),
    };
    Some((text, length + 2))
}

/// A text that is not read as markup, without its escapes and entities.
pub(super) fn decoded(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(character) = rest.chars().next() {
        let escaped = rest.get(1..).and_then(|rest| rest.chars().next());
        let length = match (character, escaped) {
            ('\\', Some(next)) if ESCAPABLE.contains(next) => {
                plain.push(next);
                2
            }
            ('&', _) if let Some((text, length)) = entity(rest) => {
                plain.push_str(&text);
                length
            }
            _ => {
                plain.push(character);
                character.len_utf8()
            }
        };
        rest = rest.get(length..).unwrap_or_default();
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_marks_are_escaped_and_only_known_entities_resolved() {
        for (text, expected) in [
            (r"\*a\| C:\temp\new \d", r"*a| C:\temp\new \d"),
            ("&lt;&#64;&#x40;&eacute;", "<@@é"),
            ("&nosuch; & &#0; &#7; &lt", "&nosuch; & &#0; &#7; &lt"),
            ("&#9;&#11;&#12;&#13;", "\t&#11;&#12;&#13;"),
        ] {
            assert_eq!(decoded(text), expected, "{text:?}");
        }
    }

    #[test]
    fn a_path_goes_on_with_a_backslash_before_a_letter() {
        assert!(is_path(r"host\share"));
        for text in [r"a\\b", r"a \\b", r"a\*", "a", ""] {
            assert!(!is_path(text), "{text:?}");
        }
    }
}

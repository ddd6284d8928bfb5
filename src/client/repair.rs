//! JSON that breaks a rule which Java does not mind: text that is no Unicode.

/// The text with what is no Unicode replaced by U+FFFD; `None` where there is nothing to replace.
///
/// A text that Jira cut in the middle of an emoji ends in half a surrogate pair, and a proxy that
/// thinks in Latin-1 leaves bytes that are no UTF-8. Neither is a reason to show none of a page.
pub(super) fn repaired(text: &[u8]) -> Option<Vec<u8>> {
    let decoded = String::from_utf8_lossy(text);
    let mut repaired = String::with_capacity(decoded.len());
    let mut rest = decoded.as_ref();
    while let Some(start) = rest.find('\\') {
        let (before, escape) = rest.split_at(start);
        repaired.push_str(before);
        let length = match (unit(escape), escape.get(6..).and_then(unit)) {
            (Some(0xD800..=0xDBFF), Some(0xDC00..=0xDFFF)) => 12,
            (Some(0xD800..=0xDFFF), _) => {
                repaired.push_str("\\uFFFD");
                rest = escape.get(6..).unwrap_or_default();
                continue;
            }
            (Some(_), _) => 6,
            // The sign behind a backslash, which may be another one.
            (None, _) => 1 + escape.chars().nth(1).map_or(0, char::len_utf8),
        };
        let (whole, after) = escape.split_at_checked(length).unwrap_or((escape, ""));
        repaired.push_str(whole);
        rest = after;
    }
    repaired.push_str(rest);
    (repaired.as_bytes() != text).then(|| repaired.into_bytes())
}

/// The code unit of an escape such as `\u00fc` at the start of a text.
fn unit(text: &str) -> Option<u16> {
    let digits = text.strip_prefix("\\u")?.get(..4)?;
    let is_hexadecimal = digits.bytes().all(|digit| digit.is_ascii_hexdigit());
    is_hexadecimal
        .then(|| u16::from_str_radix(digits, 16).ok())
        .flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &[u8]) -> Option<String> {
        let repaired = repaired(text)?;
        serde_json::from_slice(&repaired).ok()
    }

    #[test]
    fn half_a_pair_is_replaced() {
        for (text, read_as) in [
            (r#""a\ud83d""#, "a\u{fffd}"),
            (r#""\ude00b""#, "\u{fffd}b"),
            (r#""\ud83d\ud83d\ude00""#, "\u{fffd}😀"),
            (r#""\ud83d\n""#, "\u{fffd}\n"),
            (r#""\\ud83d \ud83d""#, "\\ud83d \u{fffd}"),
        ] {
            assert_eq!(read(text.as_bytes()).as_deref(), Some(read_as), "{text}");
        }
        assert_eq!(read(b"\"caf\xe9\"").as_deref(), Some("caf\u{fffd}"));
    }

    #[test]
    fn what_is_well_is_left_alone() {
        for text in [r#""\ud83d\ude00 \u00fc \" \\""#, "{", r#""\u12"#, "\\", ""] {
            assert_eq!(repaired(text.as_bytes()), None, "{text}");
        }
    }
}

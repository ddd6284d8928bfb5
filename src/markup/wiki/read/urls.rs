//! Addresses: in links and by themselves in a line.

/// Schemes that are read in a line, without brackets.
const BARE: [&str; 12] = [
    "http://", "https://", "ftp://", "ftps://", "file://", "mailto:", "nntp://", "irc://",
    "ssh://", "svn://", "git://", "sftp://",
];

/// Schemes that need no slashes.
const SHORT: [&str; 6] = ["mailto", "tel", "news", "file", "callto", "sip"];

/// Whether the whole text is an address with a scheme.
pub(super) fn is_address(text: &str) -> bool {
    let Some((scheme, rest)) = text.split_once(':') else {
        return false;
    };
    let is_scheme = scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || "+.-".contains(c));
    let is_short = SHORT.iter().any(|known| scheme.eq_ignore_ascii_case(known));
    is_scheme
        && match rest.strip_prefix("//") {
            Some(host) => !host.trim().is_empty(),
            None => is_short && !rest.trim().is_empty() && !rest.starts_with(char::is_whitespace),
        }
}

/// How long the address is that begins the text. `opened` are marks that it may stand between.
pub(super) fn address(text: &str, opened: &[char]) -> Option<usize> {
    let begins = |scheme: &&&str| {
        let start = text.get(..scheme.len());
        start.is_some_and(|start| start.eq_ignore_ascii_case(scheme))
    };
    let scheme = BARE.iter().find(begins)?;
    let is_end = |c: char| c.is_whitespace() || "|[]{}<>\"\\^`".contains(c);
    let end = text.find(is_end).unwrap_or(text.len());
    let mut address = text.get(..end)?;
    while let Some(last) = address.chars().next_back() {
        let is_outside = match last {
            '.' | ',' | ';' | ':' | '!' | '?' | '\'' | '*' => true,
            ')' => address.matches(')').count() > address.matches('(').count(),
            _ => opened.contains(&last),
        };
        if !is_outside {
            break;
        }
        address = address.get(..address.len() - last.len_utf8())?;
    }
    let inner = address.get(scheme.len()..)?;
    inner
        .starts_with(|c: char| c.is_alphanumeric() || c == '/')
        .then_some(address.len())
}

/// Whether the character belongs to a word.
pub(super) fn is_word(character: char) -> bool {
    character.is_alphanumeric() || character == '_'
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_ends_where_the_sentence_goes_on() {
        for (text, expected) in [
            ("http://a.example/a_b_c x", "http://a.example/a_b_c"),
            ("https://a.example.", "https://a.example"),
            ("http://a.example/x_(y)) z", "http://a.example/x_(y)"),
            ("http://a.example|b", "http://a.example"),
            ("http://a.example?x=1&y=2*", "http://a.example?x=1&y=2"),
            ("mailto:a@b.example,", "mailto:a@b.example"),
            ("http:// x", ""),
            ("httpd", ""),
        ] {
            let length = address(text, &[]).unwrap_or_default();
            assert_eq!(text.get(..length), Some(expected), "{text:?}");
        }
        assert_eq!(address("http://a.example-", &['-']), Some(16));
    }

    #[test]
    fn an_address_in_brackets_has_a_scheme() {
        for text in ["http://x", "x-y+z.1://x", "mailto:a@b", "file:///c:/x"] {
            assert!(is_address(text), "{text}");
        }
        for text in ["x", "a: b", "http://", "://x", "note:x", "1x://y"] {
            assert!(!is_address(text), "{text}");
        }
    }
}

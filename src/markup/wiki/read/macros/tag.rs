//! A tag such as `{code:java}`.

use std::ops::Range;

/// A tag such as `{code:java}`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Tag<'a> {
    pub(super) at: Range<usize>,
    pub(super) name: &'a str,
    /// As they are written; none if there is not even a colon.
    pub(super) parameters: Option<&'a str>,
}

/// The tag whose opening brace stands here.
///
/// It stands on one line and holds no further opening brace, so that looking for tags at every
/// brace takes linear time.
pub(super) fn tag(source: &str, start: usize) -> Option<Tag<'_>> {
    let inner = source.get(start..)?.strip_prefix('{')?;
    let is_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
    let name_end = inner.find(|c: char| !is_name(c))?;
    let (name, rest) = inner.split_at_checked(name_end)?;
    if !name.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return None;
    }
    let (parameters, length) = if rest.starts_with('}') {
        (None, name_end + 2)
    } else {
        let rest = rest.strip_prefix(':')?;
        let length = closing_brace(rest)?;
        let parameters = rest.get(..length)?;
        // An address in braces.
        if parameters.starts_with("//") {
            return None;
        }
        (Some(parameters), name_end + length + 3)
    };
    Some(Tag {
        at: start..start + length,
        name,
        parameters,
    })
}

fn closing_brace(text: &str) -> Option<usize> {
    let mut is_escaped = false;
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'\n' => return None,
            _ if is_escaped => is_escaped = false,
            b'\\' => is_escaped = true,
            b'{' => return None,
            b'}' => return Some(at),
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tag_has_a_name_and_may_have_parameters() {
        for (text, expected) in [
            ("{code}", Some(("code", None, 6))),
            ("{code:a=b|c}x", Some(("code", Some("a=b|c"), 12))),
            (r"{x:a\}b}", Some(("x", Some(r"a\}b"), 8))),
            ("{toc-zone:}", Some(("toc-zone", Some(""), 11))),
            ("{}", None),
            ("{ x}", None),
            ("{1}", None),
            ("{x y}", None),
            ("{x:a\nb}", None),
            ("{x:{y}}", None),
            ("{https://x.example}", None),
            ("{x", None),
        ] {
            let found = tag(text, 0);
            let found = found.map(|tag| (tag.name, tag.parameters, tag.at.end));
            assert_eq!(found, expected, "{text:?}");
        }
    }
}

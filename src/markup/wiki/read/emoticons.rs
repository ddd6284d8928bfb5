//! Jira's notation of emoticons.

use crate::markup::document::EMOTICONS;

/// Further notations that Jira reads.
const VARIANTS: [(&str, &str); 8] = [
    ("smile", ":-)"),
    ("sad", ":-("),
    ("cheeky", ":-P"),
    ("cheeky", ":p"),
    ("laugh", ":-D"),
    ("wink", ";-)"),
    ("yellow-star", "(*y)"),
    ("information", "(I)"),
];

/// The emoticon that begins the text and how long it is; no letter or digit follows it.
pub(super) fn emoticon(text: &str) -> Option<(&'static str, usize)> {
    if !text.starts_with(['(', ':', ';']) {
        return None;
    }
    let known = EMOTICONS
        .iter()
        .filter_map(|(name, sign)| Some((*name, (*sign)?)));
    known
        .chain(VARIANTS)
        .filter(|(_, sign)| {
            let rest = text.strip_prefix(sign);
            rest.is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
        })
        .map(|(name, sign)| (name, sign.len()))
        .max_by_key(|(_, length)| *length)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_emoticon_ends_before_what_is_no_word() {
        for (text, expected) in [
            (":) x", Some(("smile", 2))),
            (":-)", Some(("smile", 3))),
            ("(*)", Some(("yellow-star", 3))),
            ("(*r).", Some(("red-star", 4))),
            ("(flagoff)", Some(("flag-off", 9))),
            (":Deep", None),
            ("(x)y", None),
            ("(xx)", None),
            (":foo:", None),
            ("x", None),
        ] {
            assert_eq!(emoticon(text), expected, "{text:?}");
        }
    }
}

//! What plain text is read as without any marks around it: addresses, mentions and emoticons.
//!
//! The writer and the reader look with the same eyes, so that each knows what the other will see.

use std::ops::Range;

use linkify::{LinkFinder, LinkKind};

use crate::markup::document::EMOTICONS;

/// The schemes of addresses that are links without marks.
const SCHEMES: [&str; 3] = ["http", "https", "ftp"];

/// What an atom is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// An address.
    Url,
    /// `@name`.
    Mention,
    /// `:name:`.
    Emoticon,
}

/// A part of plain text that says more than its letters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Atom {
    pub(super) kind: Kind,
    pub(super) range: Range<usize>,
    /// Where the character stands before which a backslash makes it plain text.
    pub(super) trigger: usize,
}

/// Finds the atoms of a text from start to end; those that `accepts` refuses are plain text.
///
/// Text within a link holds neither addresses nor mentions.
pub(super) fn find(
    text: &str,
    is_in_link: bool,
    accepts: &mut dyn FnMut(&Atom) -> bool,
) -> Vec<Atom> {
    let urls = if is_in_link || !text.contains("://") {
        Vec::new()
    } else {
        urls(text, accepts)
    };
    let mut found = Vec::with_capacity(urls.len());
    let mut position = 0;
    for url in urls {
        marks(
            text,
            position..url.range.start,
            is_in_link,
            accepts,
            &mut found,
        );
        position = url.range.end;
        found.push(url);
    }
    marks(text, position..text.len(), is_in_link, accepts, &mut found);
    found
}

/// Whether the name can be mentioned as `@name`.
pub(super) fn is_mentionable(name: &str) -> bool {
    !name.is_empty() && !name.ends_with('.') && name.chars().all(is_name_character)
}

fn urls(text: &str, accepts: &mut dyn FnMut(&Atom) -> bool) -> Vec<Atom> {
    let mut finder = LinkFinder::new();
    finder.kinds(&[LinkKind::Url]);
    let mut found = Vec::new();
    let mut word_start = 0;
    for word in text.split_inclusive(char::is_whitespace) {
        let start = word_start;
        word_start += word.len();
        let word = word.trim_end();
        if !word.contains("://") {
            continue;
        }
        for link in finder.links(word) {
            let Some((scheme, _)) = link.as_str().split_once("://") else {
                continue;
            };
            let atom = Atom {
                kind: Kind::Url,
                range: start + link.start()..start + link.end(),
                trigger: start + link.start() + scheme.len(),
            };
            if SCHEMES
                .iter()
                .any(|known| scheme.eq_ignore_ascii_case(known))
                && accepts(&atom)
            {
                found.push(atom);
            }
        }
    }
    found
}

/// Finds mentions and emoticons.
fn marks(
    text: &str,
    within: Range<usize>,
    is_in_link: bool,
    accepts: &mut dyn FnMut(&Atom) -> bool,
    found: &mut Vec<Atom>,
) {
    let mut position = within.start;
    while let Some(rest) = text.get(position..within.end)
        && let Some(offset) = rest.find(['@', ':'])
    {
        let start = position + offset;
        let atom = text.get(start..within.end).and_then(|rest| {
            let before = text.get(..start)?.chars().next_back();
            let (kind, length) = mark(rest, before, is_in_link)?;
            Some(Atom {
                kind,
                range: start..start + length,
                trigger: start,
            })
        });
        match atom {
            Some(atom) if accepts(&atom) => {
                position = atom.range.end;
                found.push(atom);
            }
            _ => position = start + 1,
        }
    }
}

/// The mark that the text begins with, and its length.
fn mark(text: &str, before: Option<char>, is_in_link: bool) -> Option<(Kind, usize)> {
    if let Some(rest) = text.strip_prefix(':') {
        let (name, _) = EMOTICONS.iter().find(|(name, _)| {
            let rest = rest.strip_prefix(name);
            rest.is_some_and(|rest| rest.starts_with(':'))
        })?;
        return Some((Kind::Emoticon, name.len() + 2));
    }
    let is_word = |c: char| c.is_alphanumeric() || c == '_';
    if is_in_link || before.is_some_and(is_word) {
        return None;
    }
    let rest = text.strip_prefix('@')?;
    let end = rest.find(|c| !is_name_character(c)).unwrap_or(rest.len());
    let name = rest.get(..end)?.trim_end_matches('.');
    (!name.is_empty()).then_some((Kind::Mention, name.len() + 1))
}

fn is_name_character(character: char) -> bool {
    character.is_ascii_alphanumeric() || matches!(character, '.' | '_' | '-')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<&str> {
        let atoms = find(text, false, &mut |_| true);
        atoms.iter().map(|atom| &text[atom.range.clone()]).collect()
    }

    #[test]
    fn addresses_mentions_and_emoticons_are_found_in_plain_text() {
        for (text, expected) in [
            ("see http://x/a_b_c.", vec!["http://x/a_b_c"]),
            (
                "(https://a.example/b(c)) ftp://f.example",
                vec!["https://a.example/b(c)", "ftp://f.example"],
            ),
            ("git://x mailto:a@b.example a@b", vec![]),
            ("@joe, (@a.b-c_d) @x.", vec!["@joe", "@a.b-c_d", "@x"]),
            ("joe@x _@x @ @. @-", vec!["@-"]),
            (
                ":smile::wink: :nosuch: 1:tick:2",
                vec![":smile:", ":wink:", ":tick:"],
            ),
            (
                "http://x/:smile:\u{a0}http://y/@joe",
                vec!["http://x/:smile", "http://y/@joe"],
            ),
        ] {
            assert_eq!(found(text), expected, "{text}");
        }
    }

    #[test]
    fn what_is_refused_is_plain_text_in_which_others_are_found() {
        let text = "http://x/@joe :smile:wink:";
        let atoms = find(text, false, &mut |atom| {
            atom.kind != Kind::Url && !text[atom.range.clone()].contains("smile")
        });
        let atoms: Vec<_> = atoms.iter().map(|atom| &text[atom.range.clone()]).collect();
        assert_eq!(atoms, ["@joe", ":wink:"]);
        assert!(find("http://x @joe", true, &mut |_| true).is_empty());
    }
}

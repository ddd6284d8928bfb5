//! Free text made safe and short: invisible characters out, cut with a note, or on one line.

use std::borrow::Cow;

/// Takes out characters that nobody sees but a model reads, and makes all line ends `\n`.
///
/// Joiners stay where they form an emoji or a letter of a script that needs them.
pub fn clean(text: &str) -> String {
    let mut cleaned = String::with_capacity(text.len());
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        let before = cleaned.chars().next_back();
        let after = characters.peek().copied();
        match character {
            '\r' if after == Some('\n') => {}
            '\r' | '\u{85}' | '\u{2028}' | '\u{2029}' => cleaned.push('\n'),
            '\n' | '\t' => cleaned.push(character),
            '\u{200c}' | '\u{200d}' if joins(before, after) => cleaned.push(character),
            '\u{fe0f}' if before.is_some_and(is_pictographic) || after == Some('\u{20e3}') => {
                cleaned.push(character);
            }
            _ if character.is_control() || is_invisible(character) => {}
            _ => cleaned.push(character),
        }
    }
    cleaned
}

/// The first `maximum_chars` characters at most, and a note of how much is left out.
///
/// Cuts at the end of a line where one is near, and closes a fence that would stay open.
/// The note comes on top of the maximum.
pub fn cut(text: &str, maximum_chars: usize) -> Cow<'_, str> {
    let Some(kept) = beginning(text, maximum_chars) else {
        return Cow::Borrowed(text);
    };
    let shown = kept.chars().count();
    let all = text.chars().count();
    Cow::Owned(with_note(
        kept,
        &format!("… cut: {shown} of {all} characters shown"),
    ))
}

/// At most `maximum_chars` characters from the `offset`th on, cut as [`cut`] does, and a note of
/// the offset to go on with.
pub fn part(text: &str, offset: usize, maximum_chars: usize) -> Cow<'_, str> {
    let mut characters = text.char_indices();
    let Some((start, _)) = characters.by_ref().nth(offset) else {
        let all = text.chars().count();
        return match offset {
            0 => Cow::Borrowed(text),
            _ => Cow::Owned(format!(
                "(nothing here: the text ends after {all} characters)"
            )),
        };
    };
    let rest = text.get(start..).unwrap_or(text);
    let Some(kept) = beginning(rest, maximum_chars.max(1)) else {
        return Cow::Borrowed(rest);
    };
    let next = offset + kept.chars().count();
    let all = text.chars().count();
    Cow::Owned(with_note(
        kept,
        &format!("… cut: go on with offset={next} of {all}"),
    ))
}

/// The first `maximum_chars` characters at most, if there are more; without the last line where
/// that would be cut and is not too long.
fn beginning(text: &str, maximum_chars: usize) -> Option<&str> {
    let (end, _) = text.char_indices().nth(maximum_chars)?;
    let within = text.get(..end).unwrap_or(text);
    let at_a_line_end = text.get(end..).is_some_and(|rest| rest.starts_with('\n'));
    match within.rfind('\n') {
        // A line end in the first half would waste too much of what may be shown.
        Some(line_end) if !at_a_line_end && line_end >= end / 2 && line_end > 0 => {
            within.get(..line_end)
        }
        _ => Some(within),
    }
}

fn with_note(kept: &str, note: &str) -> String {
    let mut result = kept.to_owned();
    if let Some(fence) = open_fence(kept) {
        result.push('\n');
        result.push_str(&fence);
    }
    if !result.is_empty() {
        result.push_str("\n\n");
    }
    result.push_str(note);
    result
}

/// The text on one line, fit for a cell of a table: line ends become spaces, pipes are escaped.
pub fn single_line(text: &str) -> String {
    text.split(['\n', '\r'])
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
        .replace('|', "\\|")
}

/// The line that closes the fence which is open at the end of `text`.
fn open_fence(text: &str) -> Option<String> {
    let mut open: Option<(String, usize)> = None;
    for line in text.lines() {
        let Some(start) = line.find("```") else {
            continue;
        };
        let (before, fence) = line.split_at(start);
        let marks = fence
            .chars()
            .take_while(|character| *character == '`')
            .count();
        let is_bare = fence.chars().skip(marks).all(char::is_whitespace);
        match &open {
            Some((_, needed)) => {
                if marks >= *needed && is_bare && before.chars().all(|c| matches!(c, ' ' | '>')) {
                    open = None;
                }
            }
            None => {
                let begins = before
                    .chars()
                    .all(|c| " >-.[]x".contains(c) || c.is_ascii_digit())
                    && !fence.chars().skip(marks).any(|character| character == '`');
                if begins {
                    open = Some((before.to_owned(), marks));
                }
            }
        }
    }
    open.map(|(before, marks)| {
        let indent = before.chars().map(|c| if c == '>' { '>' } else { ' ' });
        indent.chain(std::iter::repeat_n('`', marks)).collect()
    })
}

fn joins(before: Option<char>, after: Option<char>) -> bool {
    let (Some(before), Some(after)) = (before, after) else {
        return false;
    };
    let both = |test: fn(char) -> bool| test(before) && test(after);
    both(is_pictographic) || (before == '\u{fe0f}' && is_pictographic(after)) || both(needs_joiners)
}

fn is_pictographic(character: char) -> bool {
    matches!(u32::from(character),
        0xa9 | 0xae | 0x203c | 0x2049 | 0x2122 | 0x2139 | 0x2194..=0x21ff | 0x2300..=0x23ff
        | 0x24c2 | 0x25aa..=0x27bf | 0x2934..=0x2935 | 0x2b00..=0x2bff | 0x3030 | 0x303d
        | 0x3297 | 0x3299 | 0x1f000..=0x1faff)
}

/// Arabic, Syriac, the scripts of India, Sinhala, Myanmar, Khmer and Mongolian.
fn needs_joiners(character: char) -> bool {
    matches!(u32::from(character),
        0x600..=0x8ff | 0x900..=0xdff | 0x1000..=0x109f | 0x1780..=0x18af)
}

fn is_invisible(character: char) -> bool {
    matches!(u32::from(character),
        // Soft hyphen, fillers, joiners, marks of direction and invisible operators.
        0xad | 0x34f | 0x61c | 0x115f | 0x1160 | 0x17b4 | 0x17b5 | 0x180b..=0x180f
        | 0x200b..=0x200f | 0x202a..=0x202e | 0x2060..=0x206f | 0x3164 | 0xffa0
        // Variation selectors, the byte order mark, annotations and tags.
        | 0xfe00..=0xfe0f | 0xfeff | 0xfff9..=0xfffb | 0xe0000..=0xe0fff)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn invisible_characters_are_taken_out() {
        for (text, expected) in [
            ("a\u{200b}b\u{feff}c\u{ad}d\u{2060}e", "abcde"),
            ("x\u{202e}y\u{202c}\u{2066}z\u{2069}\u{200e}", "xyz"),
            ("ok\u{e0049}\u{e0067}\u{e0001}", "ok"),
            ("a\u{fe0f}b\u{fe01}\u{e0100}", "ab"),
            ("a\u{0}b\u{7}c\u{1b}[31m\u{9b}", "abc[31m"),
            ("a\u{200d}b\u{200c}c", "abc"),
        ] {
            assert_eq!(clean(text), expected, "{text:?}");
        }
    }

    #[test]
    fn what_can_be_seen_stays() {
        for text in [
            "tab\there\nnext",
            "\u{2764}\u{fe0f} \u{1f468}\u{200d}\u{1f469}\u{200d}\u{1f467}",
            "\u{2764}\u{fe0f}\u{200d}\u{1f525} 1\u{fe0f}\u{20e3}",
            "\u{645}\u{6cc}\u{200c}\u{62e}\u{648}\u{627}\u{647}\u{645}",
            "\u{915}\u{94d}\u{200d}\u{937} émigré 漢字 a\u{a0}b",
        ] {
            assert_eq!(clean(text), text);
        }
    }

    #[test]
    fn line_ends_become_one_kind() {
        assert_eq!(clean("a\r\nb\rc\u{2028}d\u{85}e\n"), "a\nb\nc\nd\ne\n");
    }

    #[test]
    fn a_short_text_is_not_cut() {
        assert!(matches!(cut("äöü", 3), Cow::Borrowed("äöü")));
        assert!(matches!(cut("", 0), Cow::Borrowed("")));
    }

    #[test]
    fn a_long_text_is_cut_at_a_line_end_if_one_is_near() {
        assert_eq!(
            cut("one\ntwo\nthree", 9),
            "one\ntwo\n\n… cut: 7 of 13 characters shown"
        );
        assert_eq!(
            cut("one\ntwo\nthree", 7),
            "one\ntwo\n\n… cut: 7 of 13 characters shown"
        );
        assert_eq!(
            cut("a\nbcdefghij", 9),
            "a\nbcdefgh\n\n… cut: 9 of 11 characters shown"
        );
        assert_eq!(cut("ééééé", 2), "éé\n\n… cut: 2 of 5 characters shown");
        assert_eq!(cut("abc", 0), "… cut: 0 of 3 characters shown");
    }

    #[test]
    fn parts_follow_each_other_without_a_gap() {
        let text = "one\ntwo\nthree\nvier und fünf";
        assert_eq!(
            part(text, 0, 9),
            "one\ntwo\n\n… cut: go on with offset=7 of 27"
        );
        assert_eq!(
            part(text, 7, 8),
            "\nthree\n\n… cut: go on with offset=13 of 27"
        );
        assert_eq!(part(text, 13, 100), "\nvier und fünf");
        assert_eq!(
            part(text, 27, 5),
            "(nothing here: the text ends after 27 characters)"
        );
        assert_eq!(part("", 0, 5), "");
    }

    #[test]
    fn a_fence_that_is_cut_open_is_closed() {
        assert_eq!(
            cut("````rust\na\n```\nb\nc\n````\n", 17),
            "````rust\na\n```\nb\n````\n\n… cut: 16 of 24 characters shown"
        );
        assert_eq!(
            cut("> ```\n> a\n> bcdef", 12),
            "> ```\n> a\n> ```\n\n… cut: 9 of 17 characters shown"
        );
        assert_eq!(
            cut("```\na\n```\nb c d e", 14),
            "```\na\n```\n\n… cut: 9 of 17 characters shown"
        );
    }

    #[test]
    fn a_single_line_has_neither_line_ends_nor_bare_pipes() {
        assert_eq!(single_line(" a\r\n\n b | c "), "a b \\| c");
    }
}

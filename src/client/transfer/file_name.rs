//! File names of strangers.

/// The most bytes of a name that every file system takes, with room for a suffix of our own.
const LONGEST: usize = 200;

/// The longest ending that is kept when a name is cut, in bytes.
const LONGEST_ENDING: usize = 16;

/// A name under which a file can be saved in a folder, made from one that a stranger chose.
///
/// Folders before it are cut off, so that `../../x` is `x`; control characters and what a file system
/// reserves become `_`; a long name is cut before its ending. What is left of nothing is `file`.
///
/// ```
/// use atlassian_bridge::client::transfer::safe_file_name;
///
/// assert_eq!(safe_file_name("../../etc/passwd"), "passwd");
/// assert_eq!(safe_file_name("a\0b?.txt"), "a_b_.txt");
/// assert_eq!(safe_file_name(".."), "file");
/// ```
pub fn safe_file_name(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or(name);
    let plain: String = last
        .chars()
        .map(|c| match c {
            '<' | '>' | ':' | '"' | '|' | '?' | '*' => '_',
            c if c.is_control() || is_invisible(c) => '_',
            c => c,
        })
        .collect();
    let plain = trimmed(&plain);
    if plain.is_empty() {
        return "file".to_owned();
    }
    if is_device(plain) {
        return cut(&format!("_{plain}"));
    }
    cut(plain)
}

/// Windows drops what a name ends in, and a name of dots is a folder.
fn trimmed(name: &str) -> &str {
    let end = name.trim_end_matches(|c: char| c == '.' || c.is_whitespace());
    end.trim_start()
}

/// Characters that turn the reading direction, hide or end a line, so that a name looks like another.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

fn cut(name: &str) -> String {
    if name.len() <= LONGEST {
        return name.to_owned();
    }
    let ending = name
        .rfind('.')
        .and_then(|dot| name.get(dot..))
        .filter(|ending| ending.len() <= LONGEST_ENDING)
        .unwrap_or("");
    let mut stem = name.strip_suffix(ending).unwrap_or(name);
    while stem.len() + ending.len() > LONGEST {
        let mut characters = stem.chars();
        characters.next_back();
        stem = characters.as_str();
    }
    // Where there is no ending, the stem is what the name ends in.
    trimmed(&format!("{stem}{ending}")).to_owned()
}

/// Names that Windows gives to devices, with any ending.
fn is_device(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or(name);
    let stem = stem.trim_end().to_ascii_uppercase();
    let numbered = |device: &str| {
        let number = stem.strip_prefix(device);
        number.is_some_and(|number| number.len() == 1 && number.chars().all(|c| c.is_ascii_digit()))
    };
    matches!(stem.as_str(), "CON" | "PRN" | "AUX" | "NUL") || numbered("COM") || numbered("LPT")
}

/// The name that `Content-Disposition` gives to a file, as the server wrote it.
pub(super) fn from_disposition(header: &str) -> Option<String> {
    let parameter = |name: &str| {
        parts(header).skip(1).find_map(|part| {
            let (key, value) = part.split_once('=')?;
            key.trim()
                .eq_ignore_ascii_case(name)
                .then_some(value.trim())
        })
    };
    let extended = parameter("filename*");
    if let Some(encoded) = extended.and_then(|extended| extended.splitn(3, '\'').nth(2)) {
        return Some(percent_decoded(encoded));
    }
    let plain = parameter("filename")?;
    let quoted = plain
        .strip_prefix('"')
        .and_then(|plain| plain.strip_suffix('"'));
    Some(quoted.unwrap_or(plain).replace("\\\"", "\""))
}

/// What semicolons part, except within quotes.
fn parts(header: &str) -> impl Iterator<Item = &str> {
    let (mut is_quoted, mut is_escaped) = (false, false);
    header.split(move |c| {
        let escapes = is_quoted && !is_escaped && c == '\\';
        if c == '"' && !is_escaped {
            is_quoted = !is_quoted;
        }
        is_escaped = escapes;
        c == ';' && !is_quoted
    })
}

/// The text behind percent signs; what is no UTF-8 is replaced.
pub(super) fn percent_decoded(text: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = text.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let decoded = after
            .first_chunk::<2>()
            .filter(|_| *first == b'%')
            // A sign, which a number may have, is no digit.
            .filter(|digits| digits.iter().all(u8::is_ascii_hexdigit))
            .and_then(|digits| std::str::from_utf8(digits).ok())
            .and_then(|digits| u8::from_str_radix(digits, 16).ok());
        match decoded {
            Some(byte) => {
                bytes.push(byte);
                rest = after.get(2..).unwrap_or_default();
            }
            None => {
                bytes.push(*first);
                rest = after;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hostile_names_stay_in_their_folder() {
        for (name, safe) in [
            ("../../x", "x"),
            ("..\\..\\x.exe", "x.exe"),
            ("/etc/passwd", "passwd"),
            ("a\0b\r\n.txt", "a_b__.txt"),
            ("con.txt", "_con.txt"),
            ("COM1", "_COM1"),
            ("Comet.txt", "Comet.txt"),
            ("con .txt", "_con .txt"),
            ("x\u{3000}.", "x"),
            ("a\u{2028}b", "a_b"),
            ("...", "file"),
            ("", "file"),
            ("a/", "file"),
            (" x. ", "x"),
            ("gpj\u{202e}exe.txt", "gpj_exe.txt"),
            ("Übersicht 2020.pdf", "Übersicht 2020.pdf"),
        ] {
            assert_eq!(safe_file_name(name), safe, "{name:?}");
        }
    }

    #[test]
    fn a_long_name_keeps_its_ending() {
        let name = safe_file_name(&format!("{}.tar", "ü".repeat(300)));
        assert!(name.len() <= LONGEST && name.ends_with("ü.tar"), "{name}");
        let name = safe_file_name(&format!("con.{}", "a".repeat(300)));
        assert!(name.len() <= LONGEST && name.starts_with("_con."), "{name}");
        let name = safe_file_name(&format!("{} {}", "a".repeat(199), "b".repeat(300)));
        assert_eq!(name, "a".repeat(199));
    }

    #[test]
    fn the_server_says_a_name_in_two_forms() {
        for (header, name) in [
            ("attachment; filename=\"a b.png\"", Some("a b.png")),
            (
                "attachment; filename*=UTF-8''%C3%BCber%20x.png",
                Some("über x.png"),
            ),
            ("attachment; filename=plain.txt", Some("plain.txt")),
            (
                r#"attachment; filename="a;\";b.txt"; x"#,
                Some("a;\";b.txt"),
            ),
            ("attachment; filename=a.txt; filename*=odd", Some("a.txt")),
            ("inline", None),
        ] {
            assert_eq!(from_disposition(header).as_deref(), name, "{header}");
        }
    }

    #[test]
    fn a_broken_percent_sign_is_itself() {
        assert_eq!(percent_decoded("50%&%zz%41%+1"), "50%&%zzA%+1");
    }
}

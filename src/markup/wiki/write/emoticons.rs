//! What Jira would read as an emoticon.

use super::marks::is_letter;

/// Jira's emoticons.
const EMOTICONS: [&str; 30] = [
    ":)",
    ":(",
    ":P",
    ":p",
    ":D",
    ";)",
    ":-)",
    ":-(",
    ":-P",
    ":-p",
    ":-D",
    ";-)",
    "(y)",
    "(n)",
    "(i)",
    "(/)",
    "(x)",
    "(!)",
    "(+)",
    "(-)",
    "(?)",
    "(*)",
    "(on)",
    "(off)",
    "(flag)",
    "(flagoff)",
    "(*r)",
    "(*g)",
    "(*b)",
    "(*y)",
];

/// The length of the longest one and a character behind it.
const LONGEST: usize = 10;

/// Whether a text begins with an emoticon, behind which no letter stands.
pub(super) fn begin(text: impl Iterator<Item = char>) -> bool {
    let text: String = text.take(LONGEST).collect();
    // Most often there is none, which the second character tells.
    if !text
        .chars()
        .nth(1)
        .is_some_and(|c| ")(PpD-ynix/!+?*of".contains(c))
    {
        return false;
    }
    EMOTICONS.iter().any(|known| {
        text.strip_prefix(known)
            .is_some_and(|rest| !rest.starts_with(is_letter))
    })
}

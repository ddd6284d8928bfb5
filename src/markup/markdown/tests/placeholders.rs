//! Placeholders that are damaged are named.

use super::options;
use crate::markup::markdown::read;

#[test]
fn a_damaged_tag_is_named() {
    for (source, placeholder, reason) in [
        ("<ac-info>\n\na", "<ac-info>", "</ac-info> is missing"),
        ("a\n\n</ac-info>", "</ac-info>", "is not open"),
        ("a <ac-x y=\"1\">b", "<ac-x y=\"1\">", "</ac-x> is missing"),
        ("a </ac-x> b", "</ac-x>", "is not open"),
        ("- <ac-x>\n\n  a\n\n</ac-x>", "<ac-x>", "</ac-x> is missing"),
        ("> <ac-x>\n\n</ac-x>", "<ac-x>", "</ac-x> is missing"),
        (
            "<ac-x><ac-y></ac-x></ac-y>",
            "<ac-y>",
            "not closed before </ac-x>",
        ),
        ("**a <ac-x>b** c</ac-x>", "<ac-x>", "</ac-x> is missing"),
        ("<ac-x y=\"1\n\nb", "<ac-x y=\"1", "no complete tag"),
        ("a <ac-x y=\"1/> b", "<ac-x y=\"1/> b", "no complete tag"),
        ("a </ac-x", "</ac-x", "no complete tag"),
        (
            "| a |\n| --- |\n| <ac-x>b |",
            "<ac-x>",
            "</ac-x> is missing",
        ),
        ("<td>a <ac-x>b</td>", "<ac-x>", "</ac-x> is missing"),
    ] {
        let damaged = read(source, &options()).unwrap_err();
        assert_eq!(damaged.placeholder, placeholder, "{source}");
        assert!(damaged.reason.contains(reason), "{source}: {damaged}");
    }
}

#[test]
fn a_tag_in_code_or_after_a_backslash_is_text() {
    for source in [
        "`<ac-x>`",
        "```\n<ac-x>\n```",
        "\\<ac-x>",
        "a < ac-x",
        "<ac- x>",
        "&lt;ac-x>",
    ] {
        assert!(read(source, &options()).is_ok(), "{source}");
    }
}

#[test]
fn what_a_tag_says_may_be_of_any_length() {
    let long = "x".repeat(200);
    let damaged = read(&format!("<ac-x y=\"{long}\">"), &options()).unwrap_err();
    assert_eq!(damaged.placeholder.chars().count(), 80);
}

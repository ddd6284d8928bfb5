//! Texts that no person wrote: long ones, deep ones and any others.

use proptest::prelude::*;

use super::{Dialect, read};
use crate::markup::document::abnormal;

const DIALECTS: [Dialect; 2] = [Dialect::Jira, Dialect::Confluence];

/// Reads the text repeated often; where that took quadratic time, one would notice.
fn is_read_at_length(part: &str, end: &str) {
    for dialect in DIALECTS {
        let text = part.repeat(100_000 / part.len()) + end;
        std::hint::black_box(read(&text, dialect));
    }
}

#[test]
fn long_texts_are_read() {
    for part in [
        "*a ",
        "*a* ",
        "_*a_*",
        "{*}",
        "??a ",
        "{code}",
        "{code:x}",
        "{quote}",
        "{panel:x=y}",
        "{color:red}",
        "{color:red}a",
        "{color:red}a{color}",
        "[",
        "[[a",
        "[a|",
        "]",
        "|",
        "||",
        "|a",
        "|a\n",
        "| a\nb\n",
        "!",
        "!a ",
        "!a.png",
        "{{",
        "{{a",
        "{{}}",
        "}}",
        "\\",
        "\\\\a",
        "\\a",
        "{",
        "}",
        "{a:",
        "{toc}",
        "{status:x}",
        "{foo:x}",
        "{foo}",
        "{foo}\n",
        "{excerpt}",
        "{html}",
        "{html}\n{csv}",
        "* a\n",
        "** a\n",
        "#* a\n# b\n",
        "* a\n{code}\n",
        "h1. a\n",
        "bq. a\n",
        "----\n",
        "\n",
        " ",
        " \n",
        "a",
        "http://a.example/)",
        "http://",
        "&amp;",
        "&a",
        "(x)",
        ":)",
        "$",
        "~",
        "^a",
        "{{a}} {code}b{code} [c|http://d] !e.png! ",
        "* {quote}\n",
        "|{panel}",
        "*_-+^~",
        "[^",
        "{color}",
        "a{*}",
        "\u{e4}*\u{df}",
    ] {
        is_read_at_length(part, "");
    }
    for (part, end) in [
        ("${{a ", "}}"),
        ("${{{}a ", "}}"),
        ("{{{}a ", "{}}}"),
        ("*a ", "*"),
        ("[a ", "|http://a.example]"),
        ("!a ", "!a.png!"),
        ("{color:red}a", "{color}"),
        ("{panel:x=y}", "{panel}"),
        ("{a:", "}"),
        ("|a", "\n|"),
        ("\\\\a", "\\a"),
    ] {
        is_read_at_length(part, end);
    }
}

#[test]
fn deep_texts_do_not_overflow() {
    for (open, close) in [
        ("{panel:x=y}\n", "{panel}\n"),
        ("{color:red}a", "{color}"),
        ("{panel:x=y}|{color:red}*", "{color}*|\n{panel}\n"),
        ("{foo:x=y}", "{foo}"),
        ("{foo:x=y}\n* ", "{foo}\n"),
    ] {
        for levels in [1_000, 5_000] {
            let text = format!("{}x{}", open.repeat(levels), close.repeat(levels));
            for dialect in DIALECTS {
                let document = read(&text, dialect);
                assert_eq!(document, document.clone());
            }
        }
    }
    for marks in [1_000, 50_000] {
        let text = format!("{} x", "*".repeat(marks));
        assert_eq!(read(&text, Dialect::Jira).blocks.len(), 1);
    }
    let stairs: String = (1..2_000).map(|level| "#".repeat(level) + " x\n").collect();
    assert_eq!(read(&stairs, Dialect::Jira).blocks.len(), 1);
}

/// Texts made of what means something.
fn markup() -> impl Strategy<Value = String> {
    let part = prop_oneof![
        "[a-c ]{1,3}",
        "[*_+^~?!|#\\[\\](){}:;\\\\-]{1,3}",
        proptest::sample::select(vec![
            "\n",
            "\n\n",
            "\n* ",
            "\n# ",
            "\n** ",
            "\n- ",
            "\n|",
            "||",
            "|",
            "\nh1. ",
            "\nbq. ",
            "\n----\n",
            "{code}",
            "{code:java}",
            "{noformat}",
            "{quote}",
            "{panel:title=a}",
            "{panel}",
            "{color:red}",
            "{color}",
            "{anchor:x}",
            "{toc}",
            "{status:title=x}",
            "{foo:a=b}",
            "{foo}",
            "{excerpt}",
            "{html}",
            "{info}",
            "{{",
            "}}",
            "[",
            "]",
            "[a|",
            "http://a.example",
            "[~u]",
            "[^f.x]",
            "!a.png!",
            "!a.png|b=c!",
            "\\\\",
            "\\",
            "&amp;",
            "&nbsp;",
            "(x)",
            ":)",
            "{*}",
            "{_}",
            "??",
            "*a*",
            "_b_",
            "\u{a0}",
            "\t",
            "\r",
        ])
        .prop_map(String::from),
    ];
    proptest::collection::vec(part, 0..40).prop_map(|parts| parts.concat())
}

proptest! {
    #![proptest_config(crate::markup::testing::cases(2_000))]

    #[test]
    fn any_markup_becomes_a_tree_in_normal_form(text in markup()) {
        for dialect in DIALECTS {
            assert_eq!(abnormal(&read(&text, dialect).blocks), [""; 0]);
        }
    }

    #[test]
    fn any_text_becomes_a_tree_in_normal_form(text in "\\PC*|[\\x00-\\x7f]*") {
        for dialect in DIALECTS {
            assert_eq!(abnormal(&read(&text, dialect).blocks), [""; 0]);
        }
    }

    #[test]
    fn any_bytes_become_a_tree_in_normal_form(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        let text = String::from_utf8_lossy(&bytes);
        for dialect in DIALECTS {
            assert_eq!(abnormal(&read(&text, dialect).blocks), [""; 0]);
        }
    }
}

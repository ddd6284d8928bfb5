//! Lines made up for tests.

use proptest::{collection::vec, prelude::*, sample::select};

use super::{
    links::{code, image, link, style},
    macros::word_macro,
};
use crate::markup::document::{
    Date, EMOTICONS, Emoticon, Inline, Origin, Style, Styled, normal, stands_alone,
};

/// Parts of texts that some markup has a meaning for.
pub(super) const FRAGMENTS: &[&str] = &[
    "word",
    "two words",
    " ",
    " ",
    "a",
    "Z9",
    "é",
    "漢字",
    "\u{a0}",
    "🎉",
    "👩‍👧",
    "—",
    "“q”",
    "a_b_c",
    "_x_",
    "__init__",
    "2*3*4",
    "*",
    "**",
    "_",
    "__",
    "~",
    "~~",
    "~x~",
    "C++",
    "a+b+c",
    "--flag",
    "-",
    "--",
    "---",
    "List<String>",
    "<b>",
    "</b>",
    "<",
    ">",
    "<!--",
    "<ac-x>",
    "&",
    "&amp;",
    "&lt;",
    "&#65;",
    "#",
    "##",
    "# h",
    "1.",
    "12)",
    "1. x",
    "+",
    "+ x",
    "- x",
    "* x",
    "> x",
    "===",
    "=",
    "***",
    "___",
    "* * *",
    "`",
    "``",
    "```",
    "`code`",
    "~~~",
    "|",
    "| a | b |",
    "|---|",
    "||h||",
    "\\",
    "\\\\",
    "C:\\temp",
    "\\*",
    "\\n",
    "[",
    "]",
    "[[",
    "]]",
    "[x]",
    "[ ] x",
    "[a](b)",
    "[a]: b",
    "[^1]",
    "[^1]:",
    "![a](b)",
    "![",
    "!",
    "(",
    ")",
    "](",
    "[[T]]",
    "[[S:T|x]]",
    "[!NOTE]",
    "@joe",
    "@",
    "a@b.example",
    "@a.",
    ":smile:",
    ":tick:",
    ":",
    ":x:",
    "http://x.example/a_b_c",
    "https://x.example/a(b)*c*",
    "http://",
    "ftp://f.example.",
    "www.x.example",
    "mailto:a@b.example",
    "{code}",
    "{",
    "}",
    "{color:red}",
    "h1. x",
    "bq. x",
    "{{x}}",
    "??x??",
    "^x^",
    "^",
    "[~joe]",
    "!a.png!",
    "(/)",
    ":)",
    "----",
    "'",
    "\"",
    "$x$",
    ".",
    ",",
    ";",
    "?",
    "%20",
    "ac-x",
    "</ac-x>",
    "<br>",
    "line\\",
];

/// A text as it may stand in a document, before spaces are collapsed.
pub(crate) fn text() -> impl Strategy<Value = String> {
    let fragment = prop_oneof![
        9 => select(FRAGMENTS).prop_map(str::to_owned),
        1 => "[ -~]{1,4}",
    ];
    vec(fragment, 1..6).prop_map(|fragments| fragments.concat())
}

/// A paragraph's content.
pub(crate) fn line() -> BoxedStrategy<Vec<Inline>> {
    let line = vec(inline(3, Within::Line), 1..6).prop_map(normal);
    let line = line.prop_filter("nothing to be seen", |line| {
        !line.is_empty() && !is_block(line)
    });
    prop_oneof![
        1 => line,
        1 => text().prop_map(|text| normal(vec![Inline::Text(text)]))
            .prop_filter("nothing to be seen", |line| !line.is_empty()),
    ]
    .boxed()
}

/// Whether the line is a block to a reader: a macro with nothing but blank text beside it.
pub(super) fn is_block(line: &[Inline]) -> bool {
    let is_blank = |inline: &Inline| match inline {
        Inline::Text(text) => text.trim().is_empty(),
        Inline::Break => true,
        Inline::Macro(found) => stands_alone(found),
        _ => false,
    };
    line.len() > 1 && line.iter().all(is_blank)
}

/// What an inline stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Within {
    Line,
    Link,
}

pub(super) fn inline(depth: u32, within: Within) -> BoxedStrategy<Inline> {
    let plain = prop_oneof![
        8 => text().prop_map(Inline::Text),
        2 => code().prop_map(Inline::Code),
        1 => image(),
        1 => select(&EMOTICONS[..]).prop_map(|(name, _)| Inline::Emoticon(Emoticon {
            name: name.to_owned(),
            origin: Origin::default(),
        })),
    ];
    if depth == 0 {
        return plain.boxed();
    }
    let styled = (style(), vec(inline(depth - 1, within), 1..4))
        .prop_map(|(style, content)| Inline::Styled(Styled { style, content }));
    let monospace = vec(inline(depth - 1, Within::Link), 1..4).prop_map(|content| {
        let style = Style::Monospace;
        Inline::Styled(Styled { style, content })
    });
    if within == Within::Link {
        return prop_oneof![8 => plain, 4 => styled, 1 => monospace].boxed();
    }
    prop_oneof![
        6 => plain,
        4 => styled,
        1 => monospace,
        1 => Just(Inline::Break),
        3 => link(depth),
        1 => Just(Inline::Date(Date { day: "2026-03-14".into(), origin: Origin::default() })),
        2 => word_macro(depth),
    ]
    .boxed()
}

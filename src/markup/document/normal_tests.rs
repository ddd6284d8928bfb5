//! What the normal form of a line is.

use crate::markup::document::{
    Block, Body, Inline, Link, Macro, Origin, Style, Styled, Target, normal, normal_line, paragraph,
};

fn text(text: &str) -> Inline {
    Inline::Text(text.into())
}

fn styled(style: Style, content: Vec<Inline>) -> Inline {
    Inline::Styled(Styled { style, content })
}

fn strong(content: Vec<Inline>) -> Inline {
    styled(Style::Strong, content)
}

fn link(address: &str, content: Vec<Inline>) -> Inline {
    Inline::Link(Link {
        target: Target::Url(address.into()),
        tip: None,
        content,
        origin: Origin::default(),
    })
}

fn check(cases: Vec<(Vec<Inline>, Vec<Inline>)>) {
    for (inlines, expected) in cases {
        let once = normal(inlines.clone());
        assert_eq!(once, expected, "{inlines:?}");
        assert_eq!(normal(once), expected, "not stable: {inlines:?}");
    }
}

#[test]
fn white_space_is_one_space_between_what_can_be_seen() {
    check(vec![
        (
            vec![text(" a \t\n b "), text(" c\r\n")],
            vec![text("a b c")],
        ),
        (vec![text(" "), text("\u{a0}"), Inline::Break], vec![]),
        (
            vec![text("\u{a0} a\u{a0}\u{a0} b")],
            vec![text("\u{a0} a\u{a0}\u{a0} b")],
        ),
        (
            vec![
                Inline::Break,
                text("a "),
                Inline::Break,
                text(" b"),
                Inline::Break,
            ],
            vec![text("a"), Inline::Break, text("b")],
        ),
        (
            vec![
                Inline::Code("a\n b".into()),
                Inline::Code("c ".into()),
                Inline::Code(" ".into()),
            ],
            vec![Inline::Code("a  bc ".into())],
        ),
    ]);
}

#[test]
fn spaces_and_breaks_stand_outside_of_styles_and_links() {
    check(vec![
        (
            vec![text("a"), strong(vec![text(" b ")]), text("c")],
            vec![text("a "), strong(vec![text("b")]), text(" c")],
        ),
        (
            vec![strong(vec![text(" b"), Inline::Break]), text("c")],
            vec![strong(vec![text("b")]), Inline::Break, text("c")],
        ),
        (
            vec![
                text("a"),
                link("/x", vec![text(" b ")]),
                link("/y", vec![text(" ")]),
            ],
            vec![
                text("a "),
                link("/x", vec![text("b")]),
                text(" "),
                link("/y", vec![]),
            ],
        ),
        (
            vec![
                text("a"),
                strong(vec![text(" ")]),
                strong(vec![text("\u{a0}")]),
                text("b"),
            ],
            vec![text("a \u{a0}b")],
        ),
    ]);
}

#[test]
fn neighbours_of_one_style_are_one_and_no_style_is_in_itself() {
    let emphasis = |content| styled(Style::Emphasis, content);
    let color = |color: &str, content| styled(Style::Color(color.into()), content);
    check(vec![
        (
            vec![
                strong(vec![emphasis(vec![text("a")])]),
                strong(vec![]),
                strong(vec![emphasis(vec![text("b")])]),
            ],
            vec![strong(vec![emphasis(vec![text("ab")])])],
        ),
        (
            vec![strong(vec![
                text("a "),
                emphasis(vec![strong(vec![text("b")]), text(" ")]),
            ])],
            vec![strong(vec![text("a "), emphasis(vec![text("b")])])],
        ),
        (
            vec![color(
                "red",
                vec![
                    text("a"),
                    color("blue", vec![text("b")]),
                    color("red", vec![text("c")]),
                ],
            )],
            vec![color(
                "red",
                vec![text("a"), color("blue", vec![text("b")]), text("c")],
            )],
        ),
    ]);
}

#[test]
fn a_style_that_does_not_show_is_left_out() {
    let color = |color: &str, content| styled(Style::Color(color.into()), content);
    let monospace = |content| styled(Style::Monospace, content);
    check(vec![
        (
            vec![color(
                "red",
                vec![color("blue", vec![text("a")]), text(" ")],
            )],
            vec![color("blue", vec![text("a")])],
        ),
        (
            vec![
                monospace(vec![text(" a"), monospace(vec![text("b")])]),
                text("c"),
            ],
            vec![Inline::Code("ab".into()), text("c")],
        ),
    ]);
}

#[test]
fn a_link_whose_text_is_its_address_has_no_text() {
    check(vec![(
        vec![link(
            "https://a.example/b",
            vec![text(" https://a.example/b")],
        )],
        vec![link("https://a.example/b", vec![])],
    )]);
}

#[test]
fn a_single_line_has_spaces_for_breaks() {
    let inlines = vec![
        text("a"),
        Inline::Break,
        strong(vec![text("b"), Inline::Break]),
        text("c"),
    ];
    assert_eq!(
        normal_line(inlines),
        [text("a "), strong(vec![text("b")]), text(" c")]
    );
}

#[test]
fn deep_and_long_lines_neither_overflow_nor_take_long() {
    let mut deep = vec![text("x")];
    for number in 0..1_000 {
        deep.push(text(" y "));
        deep = vec![styled(Style::Color(number.to_string()), deep)];
    }
    let deep = normal(normal(deep));
    assert!(matches!(deep.as_slice(), [Inline::Styled(_)]));
    let long = std::iter::repeat_n(strong(vec![text("a ")]), 100_000).collect();
    assert_eq!(normal(long).len(), 199_999);
}

#[test]
fn a_macro_for_blocks_is_one_beside_spaces_that_do_not_break() {
    let toc = |body| {
        Inline::Macro(Macro {
            name: "toc".into(),
            parameters: Vec::new(),
            body,
            reference: None,
            origin: Origin::default(),
        })
    };
    for (line, is_block) in [
        (vec![text("\u{a0}"), toc(Body::None), text("\u{a0}")], true),
        (vec![text("a"), toc(Body::None)], false),
        (vec![toc(Body::None), toc(Body::None)], false),
    ] {
        let found = paragraph(line, Origin::default());
        assert_eq!(matches!(found, Some(Block::Macro(_))), is_block);
    }
}

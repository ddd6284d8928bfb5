//! The parts of a line.

use super::*;

#[test]
fn inlines() {
    let style = |style: Style| styled(style, vec![text("x")]);
    for (content, expected) in [
        (
            vec![
                strong("a"),
                text(" "),
                style(Style::Emphasis),
                text(" "),
                style(Style::Strikethrough),
                text(" "),
                style(Style::Underline),
                text(" "),
                style(Style::Superscript),
                text(" "),
                style(Style::Subscript),
                text(" "),
                style(Style::Citation),
                text(" "),
                code("y"),
            ],
            "*a* _x_ -x- +x+ ^x^ ~x~ ??x?? {{y}}",
        ),
        (
            vec![text("in"), strong("si"), text("de"), style(Style::Citation)],
            "in{*}si{*}de{??}x{??}",
        ),
        (
            vec![text("H"), style(Style::Subscript), text("O")],
            "H{~}x{~}O",
        ),
        (vec![text("a"), code("b"), text("c")], "a{{{}b{}}}c"),
        (vec![text("("), strong("a"), text(")")], "(*a*)"),
        (vec![text("*"), strong("a*b"), text("*")], "\\**a*b*\\*"),
        (vec![strong("a *b")], "*a \\*b*"),
        (vec![strong("a* b")], "*a\\* b*"),
        (
            vec![styled(
                Style::Strong,
                vec![
                    text("a "),
                    style(Style::Emphasis),
                    styled(Style::Strong, vec![text("y")]),
                ],
            )],
            "*a {_}x{_}y*",
        ),
        (
            vec![styled(
                Style::Strong,
                vec![text("a"), Inline::Break, text("b")],
            )],
            "*a\\\\ b*",
        ),
        (
            vec![
                styled(Style::Strong, vec![text("a"), Inline::Break]),
                text("b"),
            ],
            "*a*\nb",
        ),
        (
            vec![text("a"), Inline::Break, Inline::Break, text("b")],
            "a\\\\ \\\\ b",
        ),
        (vec![strong("see http://x")], "{*}see http://x{*}"),
        (vec![code("*x* a}")], "{{\\*x* a&#125;}}"),
        (vec![code("{{a}}")], "{{&#123;&#123;a&#125;&#125;}}"),
        (vec![code("${foo} a_b")], "{{${foo} a_b}}"),
        (vec![code(" a  b")], "{{&#32;a &#32;b}}"),
        (
            vec![styled(Style::Monospace, vec![text("a "), strong("b")])],
            "{{a *b*}}",
        ),
        (
            vec![color("red", vec![text("a "), strong("b")]), text("c")],
            "{color:red}a *b*{color}c",
        ),
        (
            vec![color(
                "red",
                vec![
                    text("a"),
                    styled(Style::Strong, vec![color("#00f", vec![text("b")])]),
                    text("c"),
                ],
            )],
            "{color:red}a{color}*{color:#00f}b{color}*{color:red}c{color}",
        ),
        (
            vec![emoticon("tick"), text(" "), emoticon("heart")],
            "(/) <3",
        ),
        (
            vec![text("ab"), emoticon("smile"), text("cd")],
            "a&#98;:)&#99;d",
        ),
        (
            vec![Inline::Date(Date {
                day: "2026-03-14".to_owned(),
                origin: Origin::default(),
            })],
            "2026-03-14",
        ),
        (
            vec![
                Inline::Macro(made("anchor", &[("", "top")], Body::None)),
                text("a "),
                Inline::Macro(made(
                    "status",
                    &[("colour", "Red"), ("title", "a|b")],
                    Body::None,
                )),
                Inline::Macro(made("x", &[], Body::Inline(vec![strong("b")]))),
            ],
            "{anchor:top}a {status:colour=Red|title=a&#124;b}{x}*b*{x}",
        ),
        (
            vec![Inline::Macro(made(
                "placeholder",
                &[],
                Body::Inline(vec![text("fill in")]),
            ))],
            "fill in",
        ),
    ] {
        assert_eq!(line(content), expected);
    }
}

#[test]
fn every_emoticon_of_jira_is_written_as_jira_does() {
    for (name, notation) in EMOTICONS {
        if let Some(notation) = notation {
            assert_eq!(line(vec![emoticon(name)]), notation);
            assert_ne!(line(vec![text(notation)]), notation);
        }
    }
}

#[test]
fn links_and_images() {
    let blog = Target::Blog {
        space: Some("S".to_owned()),
        title: "T".to_owned(),
        day: Some("2026/03/14".to_owned()),
        anchor: None,
    };
    let on_page = Target::Attachment {
        name: "f.pdf".to_owned(),
        on: Some(Box::new(page(Some("S"), "T", None))),
    };
    let user = |name: &str| Target::User(User::Name(name.to_owned()));
    for (inline, expected) in [
        (link(url("https://x/a_b"), vec![]), "https://x/a_b"),
        (link(url("https://x/a."), vec![]), "[https://x/a.]"),
        (link(url("mailto:a@b"), vec![]), "mailto:a@b"),
        (link(url("/relative"), vec![text("r")]), "[r|/relative]"),
        (
            link(url("https://x"), vec![text("a|b]")]),
            "[a\\|b\\]|https://x]",
        ),
        (
            link(url("https://x/a b|c"), vec![strong("a")]),
            "[*a*|https://x/a%20b%7Cc]",
        ),
        (
            tipped(url("https://x"), Some("a|b"), vec![text("t")]),
            "[t|https://x|a\\|b]",
        ),
        (
            tipped(url("https://x"), Some("t"), vec![]),
            "[https://x|https://x|t]",
        ),
        (link(attachment("a b.pdf"), vec![]), "[^a b.pdf]"),
        (link(attachment("a.pdf"), vec![text("t")]), "[t|^a.pdf]"),
        (link(on_page, vec![text("t")]), "[t|S:T^f.pdf]"),
        (link(user("jane.doe"), vec![]), "[~jane.doe]"),
        (link(user("jane"), vec![text("Jane")]), "[Jane|~jane]"),
        (
            link(Target::User(User::Account("1:2".to_owned())), vec![]),
            "[~accountid:1:2]",
        ),
        (link(page(None, "A page", None), vec![]), "[A page]"),
        (
            link(page(Some("S"), "A: b", Some("c")), vec![text("t")]),
            "[t|S:A&#58; b#c]",
        ),
        (link(blog, vec![text("t")]), "[t|S:/2026/03/14/T]"),
        (link(Target::Anchor("a".to_owned()), vec![]), "[#a]"),
        (link(Target::Space("S".to_owned()), vec![]), "[S:]"),
        (
            link(Target::Content("12".to_owned()), vec![text("t")]),
            "[t|$12]",
        ),
        (image(attachment("a_b.png"), None, &[]), "!a_b.png!"),
        (
            image(
                attachment("a.png"),
                Some("x, \"y\""),
                &[("width", "300"), ("thumbnail", "")],
            ),
            "!a.png|alt=\"x, &#34;y&#34;\",width=300,thumbnail!",
        ),
        (
            image(url("http://x/a!b.png"), None, &[]),
            "!http://x/a%21b.png!",
        ),
        (
            link(
                url("https://x"),
                vec![image(attachment("a.png"), None, &[])],
            ),
            "[!a.png!|https://x]",
        ),
    ] {
        assert_eq!(line(vec![inline]), expected);
    }
    assert_eq!(
        line(vec![text("a"), image(attachment("b"), None, &[])]),
        "&#97;!b!"
    );
    assert_eq!(
        line(vec![
            text("see "),
            link(url("https://x"), vec![]),
            text(", ok")
        ]),
        "see [https://x], ok"
    );
}

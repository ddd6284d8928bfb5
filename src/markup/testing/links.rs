//! Links, images and what they point to.

use proptest::{collection::vec, option, prelude::*, sample::select};

use super::line::{Within, inline, text};
use crate::markup::document::{Image, Inline, Link, Origin, Style, Target, User};

pub(super) fn style() -> impl Strategy<Value = Style> {
    prop_oneof![
        4 => Just(Style::Strong),
        4 => Just(Style::Emphasis),
        2 => Just(Style::Strikethrough),
        1 => Just(Style::Underline),
        1 => Just(Style::Superscript),
        1 => Just(Style::Subscript),
        1 => Just(Style::Citation),
        1 => select(&["red", "#ff0000"][..]).prop_map(|color| Style::Color(color.into())),
    ]
}

pub(super) fn code() -> impl Strategy<Value = String> {
    prop_oneof![
        text(),
        select(
            &[
                "x", "`", "a`b", "``", " x ", " x", "a|b", "a\\", "\\|", "<b>", "*x*"
            ][..]
        )
        .prop_map(str::to_owned),
    ]
    .prop_filter("nothing to be seen", |code| !code.trim().is_empty())
}

pub(super) fn address() -> impl Strategy<Value = String> {
    let known = [
        "https://x.example",
        "https://x.example/a_b_c?d=e&f=g#h",
        "http://x.example/_a_/*b*",
        "http://x.example/a(b)c",
        "http://x.example/a)",
        "http://x.example/[a]",
        "http://x.example/a|b",
        "http://x.example/a.",
        "http://x.example/a&amp;b&copy",
        "ftp://f.example/~x~/y",
        "mailto:a@b.example",
        "git+ssh://g.example/x",
        "/pages/a b.html",
        "a\\b",
        "<a>",
        "x`y`",
        "//x.example",
        "?a=b",
    ];
    select(known.to_vec()).prop_map(str::to_owned)
}

pub(super) fn title() -> impl Strategy<Value = String> {
    let known = [
        "Home",
        "A: b",
        "50% (é) #1",
        "100%25",
        "a|b",
        "[a]",
        "a]b",
        "<a>",
        "`x`",
        "a\\b",
        "a*b*c",
        "_x_",
        "!x",
        "~x",
        "a & b",
        "&amp;",
        "a/b?c=d",
        "Title, with; signs",
    ];
    select(known.to_vec()).prop_map(str::to_owned)
}

pub(super) fn some(words: &'static [&'static str]) -> impl Strategy<Value = Option<String>> {
    option::of(select(words).prop_map(str::to_owned))
}

/// A target of a link.
pub(crate) fn target() -> impl Strategy<Value = Target> {
    let person = select(&["joe", "a.b-c_d", "_x_", "Jo Doe", "x.", "key/x"][..]);
    prop_oneof![
        4 => address().prop_map(Target::Url),
        4 => page(),
        1 => (some(&["DEV"]), title(), some(&["2026/03/14"]), some(&["a b"])).prop_map(
            |(space, title, day, anchor)| Target::Blog { space, title, day, anchor }
        ),
        2 => attachment(),
        2 => person.prop_map(|name| Target::User(User::Name(name.into()))),
        1 => Just(Target::User(User::Key("ff80".into()))),
        1 => Just(Target::Space("~joe".into())),
        1 => select(&["a b", "x", "(y)"][..]).prop_map(|name| Target::Anchor(name.into())),
        1 => Just(Target::Content("123".into())),
        1 => Just(Target::Shortcut { key: "j".into(), parameter: "a/b c".into() }),
    ]
}

pub(super) fn page() -> impl Strategy<Value = Target> {
    (some(&["DEV", "~joe"]), title(), some(&["x", "a b", "c#d"])).prop_map(
        |(space, title, anchor)| Target::Page {
            space,
            title,
            anchor,
        },
    )
}

pub(super) fn attachment() -> impl Strategy<Value = Target> {
    (
        select(&["a.png", "a b (1).pdf", "é#.txt"][..]),
        option::of(page()),
    )
        .prop_map(|(name, on)| Target::Attachment {
            name: name.into(),
            on: on.map(Box::new),
        })
}

pub(super) fn link(depth: u32) -> impl Strategy<Value = Inline> {
    let content = prop_oneof![
        1 => Just(Vec::new()),
        2 => vec(inline(depth - 1, Within::Link), 1..3),
    ];
    let tip = some(&["tip", "a \"b\" \\ & &amp; |"]);
    (target(), prop_oneof![3 => Just(None), 1 => tip], content).prop_map(
        |(target, tip, content)| {
            Inline::Link(Link {
                target,
                tip,
                content,
                origin: Origin::default(),
            })
        },
    )
}

pub(super) fn image() -> impl Strategy<Value = Inline> {
    let attributes = [
        vec![],
        vec![("width", "300")],
        vec![("height", "20"), ("thumbnail", "")],
        vec![("title", "a \"b\" | <c>")],
    ];
    let attributes = prop_oneof![2 => Just(vec![]), 1 => select(attributes.to_vec())];
    let target = prop_oneof![attachment(), address().prop_map(Target::Url)];
    (target, option::of(text()), attributes).prop_map(|(target, alternative, attributes)| {
        Inline::Image(Image {
            target,
            alternative,
            attributes: attributes
                .into_iter()
                .map(|(name, value)| (name.to_owned(), value.to_owned()))
                .collect(),
            origin: Origin::default(),
        })
    })
}

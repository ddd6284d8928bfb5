//! Trees of all that wiki markup can say, in normal form.

use proptest::{collection::vec, option, prelude::*, sample::select};

use super::*;
use crate::markup::document::normal;

/// Parts of texts, most of which look like marks.
const WORDS: [&str; 74] = [
    "a",
    "word",
    "é",
    "²",
    "1",
    "_",
    "*",
    "-",
    "+",
    "^",
    "~",
    "?",
    "??",
    "a_b",
    "**",
    "--",
    "---",
    "----",
    "{",
    "}",
    "{{",
    "}}",
    "{{{",
    "{*}",
    "{_}",
    "{??}",
    "{color:red}",
    "{color}",
    "{code}",
    "{quote}",
    "{foo}",
    "{foo:a=b}",
    "{anchor:x}",
    "${x}",
    "[",
    "]",
    "[x]",
    "[ ]",
    "[a|b]",
    "[~u]",
    "[^f]",
    "[#a]",
    "|",
    "||",
    "!",
    "!a.png!",
    "!!",
    "\\",
    "\\\\",
    "\\n",
    "&",
    "&amp;",
    "&#42;",
    "&lt;",
    ";",
    ":",
    ":)",
    ";-)",
    ":P",
    "(x)",
    "(*)",
    "(",
    ")",
    "h1.",
    "bq.",
    "#",
    "*#",
    "\u{a0}",
    "<b>",
    "/",
    "@",
    "$",
    ",",
    ".",
];

const COLORS: [&str; 3] = ["red", "#00ff00", "#DEF"];

/// The content of a line, never empty.
fn content(inline: impl Strategy<Value = Inline>) -> impl Strategy<Value = Vec<Inline>> {
    vec(inline, 1..6)
        .prop_map(normal)
        .prop_filter("a line shows something", |content| {
            // A macro alone is a block.
            content
                .iter()
                .any(|inline| !matches!(inline, Inline::Macro(_)))
        })
}

fn words() -> impl Strategy<Value = String> {
    vec((select(&WORDS[..]), select(&["", " ", ""][..])), 1..6).prop_map(|words| {
        let words = words.into_iter();
        words
            .map(|(word, space)| format!("{word}{space}"))
            .collect()
    })
}

fn style() -> impl Strategy<Value = Style> {
    select(
        &[
            Style::Strong,
            Style::Emphasis,
            Style::Strikethrough,
            Style::Underline,
            Style::Superscript,
            Style::Subscript,
            Style::Citation,
        ][..],
    )
}

fn name() -> impl Strategy<Value = String> {
    "[a-zA-Z][a-zA-Z0-9._-]{0,8}[a-z0-9]"
}

fn address() -> impl Strategy<Value = String> {
    "(https?|ftp)://[a-z]{1,5}(/[a-zA-Z0-9_*~.,()&=%'-]{0,6}){0,3}"
}

fn target() -> impl Strategy<Value = Target> {
    prop_oneof![
        4 => address().prop_map(Target::Url),
        1 => name().prop_map(|name| Target::User(User::Name(name))),
        1 => name().prop_map(|name| attachment(&format!("{name}.pdf"))),
        1 => name().prop_map(Target::Anchor),
    ]
}

fn emoticons() -> impl Strategy<Value = Inline> {
    // Those that end with a letter cannot stand before an image.
    let known = EMOTICONS
        .iter()
        .filter(|(_, notation)| notation.is_some_and(|text| !text.ends_with(['P', 'D'])));
    select(known.map(|(name, _)| *name).collect::<Vec<_>>()).prop_map(emoticon)
}

fn images() -> impl Strategy<Value = Inline> {
    let attribute = prop_oneof![
        Just(("width", "300")),
        Just(("thumbnail", "")),
        Just(("align", "right")),
    ];
    let target = prop_oneof![
        name().prop_map(|name| attachment(&format!("{name}.png"))),
        name().prop_map(|name| url(&format!("https://x/{name}.png"))),
    ];
    (
        target,
        option::of("[a-z ,\"!|]{1,5}x"),
        option::of(attribute),
    )
        .prop_map(|(target, alternative, attribute)| {
            let attributes: Vec<_> = attribute.into_iter().collect();
            let alternative = alternative.as_deref().map(str::trim);
            image(target, alternative, &attributes)
        })
}

/// Parts that hold no others.
fn leaf() -> impl Strategy<Value = Inline> {
    prop_oneof![
        8 => words().prop_map(Inline::Text),
        2 => words().prop_map(|text| Inline::Code(text.replace('\u{a0}', "x"))),
        1 => emoticons(),
        1 => images(),
    ]
}

fn inline() -> impl Strategy<Value = Inline> {
    let marked = leaf().prop_recursive(3, 12, 4, |inner| {
        let plain =
            (style(), vec(inner.clone(), 1..4)).prop_map(|(style, content)| styled(style, content));
        prop_oneof![4 => plain, 1 => Just(Inline::Break)]
    });
    let linked = (target(), option::of("[a-z]{1,4}"), vec(leaf(), 0..3)).prop_map(
        |(target, tip, content)| {
            let tip = tip.filter(|_| matches!(target, Target::Url(_)));
            tipped(target, tip.as_deref(), content)
        },
    );
    let anchor = name().prop_map(|name| Inline::Macro(made("anchor", &[("", &name)], Body::None)));
    let part = prop_oneof![
        8 => marked,
        2 => linked,
        1 => anchor,
        1 => Just(Inline::Break),
    ]
    .boxed();
    let colored = (select(&COLORS[..]), vec(part.clone(), 1..3))
        .prop_map(|(name, content)| color(name, content));
    prop_oneof![9 => part, 1 => colored]
}

fn paragraphs() -> impl Strategy<Value = Block> {
    content(inline()).prop_map(Block::paragraph)
}

fn codes() -> impl Strategy<Value = Block> {
    let text = vec(words(), 0..4).prop_map(|lines| lines.join("\n"));
    let text = text.prop_filter("has a closing tag", |text| {
        !text.contains("{code}") && !text.ends_with('\n') && !text.starts_with('\n')
    });
    let kind = select(
        &[
            (CodeKind::Code, None),
            (CodeKind::Code, Some("java")),
            (CodeKind::Code, Some("c++")),
            (CodeKind::NoFormat, None),
        ][..],
    );
    let title = option::of("[a-zA-Z |{}]{0,4}x");
    (kind, title, text).prop_map(|((kind, language), title, text)| {
        code_block(kind, language, title.as_deref().map(str::trim), &text)
    })
}

/// What a macro may not stand in again.
#[derive(Debug, Clone, Copy, Default)]
struct Around {
    quote: bool,
    panel: bool,
    expand: bool,
    depth: u8,
}

impl Around {
    fn deeper(self) -> Self {
        Self {
            depth: self.depth + 1,
            ..self
        }
    }
}

fn enclosed(around: Around) -> BoxedStrategy<Block> {
    let mut choices = vec![codes().boxed()];
    if around.depth < 2 && !around.quote {
        let inner = Around {
            quote: true,
            ..around.deeper()
        };
        choices.push(blocks_in(inner, 1).prop_map(quote).boxed());
    }
    if around.depth < 2 && !around.panel {
        let inner = Around {
            panel: true,
            ..around.deeper()
        };
        let kind = select(
            &[
                ("info", "title"),
                ("tip", "title"),
                ("note", "icon"),
                ("warning", "title"),
                ("panel", "borderStyle"),
            ][..],
        );
        let panel = (kind, option::of("[a-z|&}]{1,4}"), blocks_in(inner, 0));
        choices.push(
            panel
                .prop_map(|((name, key), value, blocks)| {
                    let parameters: Vec<_> = value.iter().map(|value| (key, &**value)).collect();
                    block_macro(name, &parameters, blocks)
                })
                .boxed(),
        );
    }
    if around.depth < 2 && !around.expand {
        let inner = Around {
            expand: true,
            ..around.deeper()
        };
        let expand = ("[a-z=|]{0,4}x", blocks_in(inner, 0));
        choices.push(
            expand
                .prop_map(|(title, blocks)| block_macro("expand", &[("title", &title)], blocks))
                .boxed(),
        );
    }
    proptest::strategy::Union::new(choices).boxed()
}

/// Lists of kinds that alternate, as they do where nothing else is between them.
fn lists(around: Around) -> BoxedStrategy<Vec<Block>> {
    if around.depth >= 3 {
        return Just(Vec::new()).boxed();
    }
    let kinds = prop_oneof![
        3 => Just(vec![]),
        2 => Just(vec![ListKind::Bullet]),
        2 => Just(vec![ListKind::Ordered(1)]),
        1 => Just(vec![ListKind::Bullet, ListKind::Ordered(1)]),
    ];
    (kinds, vec(items(around.deeper()), 2))
        .prop_map(|(kinds, items)| {
            let kinds = kinds.into_iter().zip(items);
            kinds.map(|(kind, items)| list(kind, items)).collect()
        })
        .boxed()
}

fn items(around: Around) -> BoxedStrategy<Vec<Item>> {
    let done = prop_oneof![4 => Just(None), 1 => any::<bool>().prop_map(Some)];
    let one = (done, attached(around)).prop_map(|(done, blocks)| Item {
        done,
        ..item(blocks)
    });
    vec(one, 1..4).boxed()
}

/// Blocks of an item or a cell: a list can only be the last of them.
fn attached(around: Around) -> BoxedStrategy<Vec<Block>> {
    let first = vec(
        prop_oneof![3 => paragraphs().boxed(), 1 => enclosed(around.deeper())],
        0..3,
    );
    (first, lists(around))
        .prop_map(|(mut blocks, lists)| {
            blocks.extend(lists);
            blocks
        })
        .boxed()
}

fn tables(around: Around) -> BoxedStrategy<Block> {
    let blocks = prop_oneof![
        3 => paragraphs().prop_map(|paragraph| vec![paragraph]).boxed(),
        1 => attached(around.deeper()),
    ];
    let one = (any::<bool>(), blocks).prop_map(|(is_header, blocks)| cell(is_header, blocks));
    vec(vec(one, 1..4), 1..4).prop_map(table).boxed()
}

fn blocks_in(around: Around, least: usize) -> BoxedStrategy<Vec<Block>> {
    let headings = (1_u8..=6, content(inline()))
        .prop_map(|(level, content)| heading(level, crate::markup::document::normal_line(content)));
    let mut choices = vec![
        (6, paragraphs().boxed()),
        (1, headings.boxed()),
        (1, Just(Block::Rule(Origin::default())).boxed()),
        (2, enclosed(around)),
    ];
    if around.depth < 2 {
        choices.push((2, tables(around)));
        let kind = select(&[ListKind::Bullet, ListKind::Ordered(1)][..]);
        let lists = (kind, items(around.deeper())).prop_map(|(kind, items)| list(kind, items));
        choices.push((2, lists.boxed()));
    }
    vec(
        proptest::strategy::Union::new_weighted(choices),
        least..least + 3,
    )
    .boxed()
}

/// Lines.
pub(super) fn lines() -> impl Strategy<Value = Document> {
    paragraphs().prop_map(|paragraph| Document::new(vec![paragraph]))
}

/// Documents.
pub(super) fn documents() -> impl Strategy<Value = Document> {
    blocks_in(Around::default(), 1).prop_map(Document::new)
}

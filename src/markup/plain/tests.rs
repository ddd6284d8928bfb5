//! What is left of each construct.

use super::{inlines::line_of, write};
use crate::markup::document::{
    Block, Body, Cell, Code, CodeKind, Document, Emoticon, Heading, Image, Inline, Item, Link,
    List, ListKind, Macro, Origin, Parameter, Quote, Row, Style, Styled, Table, Target, User,
    Value,
};

fn text(text: &str) -> Inline {
    Inline::Text(text.to_owned())
}

fn paragraph(content: &str) -> Block {
    Block::paragraph(vec![text(content)])
}

fn item(done: Option<bool>, blocks: Vec<Block>) -> Item {
    Item {
        done,
        blocks,
        origin: Origin::default(),
    }
}

fn list(kind: ListKind, items: Vec<Item>) -> Block {
    Block::List(List {
        kind,
        items,
        origin: Origin::default(),
    })
}

fn code(title: Option<&str>, text: &str) -> Block {
    Block::Code(Code {
        kind: CodeKind::Code,
        language: Some("sh".to_owned()),
        title: title.map(str::to_owned),
        parameters: Vec::new(),
        text: text.to_owned(),
        origin: Origin::default(),
    })
}

fn table(rows: Vec<Vec<Vec<Block>>>) -> Block {
    let cell = |blocks| Cell {
        is_header: false,
        columns: 1,
        rows: 1,
        blocks,
        origin: Origin::default(),
    };
    let row = |cells: Vec<Vec<Block>>| Row {
        cells: cells.into_iter().map(cell).collect(),
        origin: Origin::default(),
    };
    Block::Table(Table {
        rows: rows.into_iter().map(row).collect(),
        origin: Origin::default(),
    })
}

fn link(target: Target, content: Vec<Inline>) -> Inline {
    Inline::Link(Link {
        target,
        tip: None,
        content,
        origin: Origin::default(),
    })
}

fn made(name: &str, parameter: (&str, &str), body: Body) -> Macro {
    Macro {
        name: name.to_owned(),
        parameters: vec![Parameter {
            name: parameter.0.to_owned(),
            value: Value::Text(parameter.1.to_owned()),
        }],
        body,
        reference: None,
        origin: Origin::default(),
    }
}

fn written(blocks: Vec<Block>) -> String {
    write(&Document::new(blocks))
}

#[test]
fn blocks_are_lines_with_empty_ones_between() {
    let heading = Block::Heading(Heading {
        level: 2,
        content: vec![text("H")],
        origin: Origin::default(),
    });
    let quote = Block::Quote(Quote {
        blocks: vec![paragraph("q")],
        origin: Origin::default(),
    });
    let panel = Block::Macro(made(
        "info",
        ("title", "T"),
        Body::Blocks(vec![paragraph("p")]),
    ));
    let toc = Block::Macro(made("toc", ("maxLevel", "2"), Body::None));
    assert_eq!(
        written(vec![
            heading,
            toc,
            Block::paragraph(vec![text("a"), Inline::Break, text("b")]),
            quote,
            panel,
            code(Some("X"), "  x\n\ny"),
        ]),
        "H\n\na\nb\n\nq\n\nT\n\np\n\nX\n\n  x\n\ny"
    );
}

#[test]
fn lists_are_indented_by_their_marks() {
    let inner = list(
        ListKind::Ordered(9),
        vec![
            item(None, vec![paragraph("b"), paragraph("c")]),
            item(None, vec![]),
            item(None, vec![code(None, "x\n\n  y")]),
        ],
    );
    let outer = list(
        ListKind::Bullet,
        vec![
            item(None, vec![paragraph("a"), inner]),
            item(Some(true), vec![paragraph("d")]),
            item(Some(false), vec![paragraph("e")]),
        ],
    );
    assert_eq!(
        written(vec![outer, paragraph("f")]),
        "- a\n  9. b\n     c\n  10.\n  11. x\n\n        y\n- [x] d\n- [ ] e\n\nf"
    );
}

#[test]
fn rows_of_tables_are_lines() {
    let items = list(
        ListKind::Bullet,
        vec![
            item(None, vec![paragraph("c")]),
            item(None, vec![paragraph("d")]),
        ],
    );
    let inner = table(vec![vec![vec![paragraph("e")], vec![paragraph("f")]]]);
    assert_eq!(
        written(vec![
            table(vec![
                vec![vec![paragraph("a")], vec![], vec![paragraph("b")]],
                vec![vec![items], vec![inner, code(None, "x\n\ty")]],
            ]),
            paragraph("g"),
        ]),
        "a\t\tb\n- c - d\te f x y\n\ng"
    );
}

#[test]
fn inlines_are_their_text() {
    let url = || Target::Url("https://x".to_owned());
    let user = Target::User(User::Name("jane".to_owned()));
    let page = Target::Page {
        space: None,
        title: "P".to_owned(),
        anchor: None,
    };
    let image = Inline::Image(Image {
        target: Target::Attachment {
            name: "a.png".to_owned(),
            on: None,
        },
        alternative: None,
        attributes: Vec::new(),
        origin: Origin::default(),
    });
    let smile = Inline::Emoticon(Emoticon {
        name: "smile".to_owned(),
        origin: Origin::default(),
    });
    let bold = Inline::Styled(Styled {
        style: Style::Strong,
        content: vec![text("b")],
    });
    for (inline, expected) in [
        (bold, "b"),
        (Inline::Code("a_b".to_owned()), "a_b"),
        (link(url(), vec![]), "https://x"),
        (link(url(), vec![text("t")]), "t <https://x>"),
        (link(user, vec![]), "@jane"),
        (link(page, vec![text("P")]), "P"),
        (link(Target::Anchor("a".to_owned()), vec![text("t")]), "t"),
        (image, "a.png"),
        (smile, ":smile:"),
        (
            Inline::Macro(made("status", ("title", "DONE"), Body::None)),
            "DONE",
        ),
        (
            Inline::Macro(made("jira", ("key", "AB-1"), Body::None)),
            "AB-1",
        ),
        (Inline::Macro(made("anchor", ("", "top"), Body::None)), ""),
    ] {
        assert_eq!(line_of(&[inline]), expected);
    }
}

#[test]
fn a_thousand_levels_are_written() {
    let mut block = paragraph("a");
    for level in 0..1_000 {
        block = match level % 3 {
            0 => list(ListKind::Bullet, vec![item(None, vec![block])]),
            1 => table(vec![vec![vec![block]]]),
            _ => Block::Macro(made("info", ("icon", "no"), Body::Blocks(vec![block]))),
        };
    }
    assert!(written(vec![block]).ends_with('a'));
}

//! What is written of each kind of node.

use super::*;
use crate::markup::document::{
    Body, Cell, Code, CodeKind, Date, Emoticon, Heading, Image, Link, List, ListKind, Macro,
    Origin, Parameter, Quote, Style, Styled, Table, Target, User, Value,
};

mod lines;

fn text(text: &str) -> Inline {
    Inline::Text(text.into())
}

fn paragraph(words: &str) -> Block {
    Block::paragraph(vec![text(words)])
}

fn item(done: Option<bool>, blocks: Vec<Block>) -> Item {
    Item {
        done,
        blocks,
        origin: Origin::default(),
    }
}

fn list(kind: ListKind, items: Vec<Item>) -> Block {
    let origin = Origin::default();
    Block::List(List {
        kind,
        items,
        origin,
    })
}

fn cell(is_header: bool, columns: u16, rows: u16, blocks: Vec<Block>) -> Cell {
    Cell {
        is_header,
        columns,
        rows,
        blocks,
        origin: Origin::default(),
    }
}

fn row(cells: Vec<Cell>) -> Row {
    let origin = Origin::default();
    Row { cells, origin }
}

fn link(target: Target, content: Vec<Inline>) -> Inline {
    Inline::Link(Link {
        target,
        tip: None,
        content,
        origin: Origin::default(),
    })
}

fn styled(style: Style, content: Vec<Inline>) -> Inline {
    Inline::Styled(Styled { style, content })
}

fn a_macro(name: &str, parameters: &[(&str, &str)], body: Body) -> Macro {
    let parameters = parameters.iter().map(|(name, value)| Parameter {
        name: (*name).into(),
        value: Value::Text((*value).into()),
    });
    Macro {
        name: name.into(),
        parameters: parameters.collect(),
        body,
        reference: None,
        origin: Origin::default(),
    }
}

fn page(space: Option<&str>, title: &str, anchor: Option<&str>) -> Target {
    Target::Page {
        space: space.map(str::to_owned),
        title: title.into(),
        anchor: anchor.map(str::to_owned),
    }
}

fn written(block: Block) -> String {
    let source = write(&Document::new(vec![block]));
    crate::markup::xml::read(&source).unwrap();
    source
}

fn written_inline(inline: Inline) -> String {
    let source = written(Block::paragraph(vec![inline]));
    let inner = source.strip_prefix("<p>").unwrap();
    inner.strip_suffix("</p>").unwrap().to_owned()
}

#[test]
fn blocks_are_written_without_anything_between_them() {
    let document = Document::new(vec![
        Block::Heading(Heading {
            level: 2,
            content: vec![text("Costs & gains")],
            origin: Origin::default(),
        }),
        paragraph("one"),
        Block::Quote(Quote {
            blocks: vec![paragraph("two")],
            origin: Origin::default(),
        }),
        Block::Rule(Origin::default()),
        Block::Raw("<p class=\"x\">raw</p>".into()),
    ]);
    insta::assert_snapshot!(
        write(&document),
        @r#"<h2>Costs &amp; gains</h2><p>one</p><blockquote><p>two</p></blockquote><hr /><p class="x">raw</p>"#
    );
}

#[test]
fn an_item_of_one_paragraph_goes_without_its_tags() {
    let nested = list(ListKind::Bullet, vec![item(None, vec![paragraph("in")])]);
    insta::assert_snapshot!(
        written(list(
            ListKind::Ordered(3),
            vec![
                item(None, vec![paragraph("one"), nested]),
                item(None, vec![paragraph("two"), paragraph("more")]),
                item(None, vec![]),
            ],
        )),
        @r#"<ol start="3"><li>one<ul><li>in</li></ul></li><li><p>two</p><p>more</p></li><li></li></ol>"#
    );
}

#[test]
fn tasks_and_other_items_stand_in_lists_of_their_own() {
    insta::assert_snapshot!(
        written(list(
            ListKind::Ordered(1),
            vec![
                item(None, vec![paragraph("a")]),
                item(Some(true), vec![paragraph("b")]),
                item(Some(false), vec![paragraph("c")]),
                item(None, vec![paragraph("d")]),
            ],
        )),
        @r#"<ol><li>a</li></ol><ac:task-list><ac:task><ac:task-id>1</ac:task-id><ac:task-status>complete</ac:task-status><ac:task-body>b</ac:task-body></ac:task><ac:task><ac:task-id>2</ac:task-id><ac:task-status>incomplete</ac:task-status><ac:task-body>c</ac:task-body></ac:task></ac:task-list><ol start="4"><li>d</li></ol>"#
    );
}

#[test]
fn tables_have_spans_and_cells_without_paragraphs_where_one_is_enough() {
    let table = Table {
        rows: vec![
            row(vec![cell(true, 2, 1, vec![paragraph("head")])]),
            row(vec![
                cell(false, 1, 3, vec![paragraph("a"), paragraph("b")]),
                cell(false, 1, 1, vec![]),
            ]),
        ],
        origin: Origin::default(),
    };
    insta::assert_snapshot!(
        written(Block::Table(table)),
        @r#"<table><tbody><tr><th colspan="2">head</th></tr><tr><td rowspan="3"><p>a</p><p>b</p></td><td><br /></td></tr></tbody></table>"#
    );
}

#[test]
fn code_is_a_macro_with_its_parameters_first() {
    let mut code = Code {
        kind: CodeKind::Code,
        language: Some("java".into()),
        title: Some("A<B>.java".into()),
        parameters: vec![("linenumbers".into(), "true".into())],
        text: "a[b[0]]>1 && c".into(),
        origin: Origin::default(),
    };
    insta::assert_snapshot!(
        written(Block::Code(code.clone())),
        @r#"<ac:structured-macro ac:name="code"><ac:parameter ac:name="language">java</ac:parameter><ac:parameter ac:name="title">A&lt;B&gt;.java</ac:parameter><ac:parameter ac:name="linenumbers">true</ac:parameter><ac:plain-text-body><![CDATA[a[b[0]]]]><![CDATA[>1 && c]]></ac:plain-text-body></ac:structured-macro>"#
    );
    code.kind = CodeKind::NoFormat;
    (code.language, code.title) = (None, None);
    code.parameters.clear();
    code.text = "x".into();
    insta::assert_snapshot!(
        written(Block::Code(code)),
        @r#"<ac:structured-macro ac:name="noformat"><ac:plain-text-body><![CDATA[x]]></ac:plain-text-body></ac:structured-macro>"#
    );
}

#[test]
fn macros_have_the_body_that_they_are_told_with() {
    let inner = a_macro("note", &[], Body::Blocks(vec![paragraph("x")]));
    for (found, expected) in [
        (
            a_macro("toc", &[], Body::None),
            r#"<p><ac:structured-macro ac:name="toc" /></p>"#,
        ),
        (
            a_macro("anchor", &[("", "a & b")], Body::None),
            r#"<p><ac:structured-macro ac:name="anchor"><ac:parameter ac:name="">a &amp; b</ac:parameter></ac:structured-macro></p>"#,
        ),
        (
            a_macro(
                "info",
                &[("title", "T")],
                Body::Blocks(vec![Block::Macro(inner)]),
            ),
            r#"<ac:structured-macro ac:name="info"><ac:parameter ac:name="title">T</ac:parameter><ac:rich-text-body><ac:structured-macro ac:name="note"><ac:rich-text-body><p>x</p></ac:rich-text-body></ac:structured-macro></ac:rich-text-body></ac:structured-macro>"#,
        ),
        (
            a_macro("html", &[], Body::Plain("<b>".into())),
            r#"<ac:structured-macro ac:name="html"><ac:plain-text-body><![CDATA[<b>]]></ac:plain-text-body></ac:structured-macro>"#,
        ),
        (
            a_macro("span", &[], Body::Inline(vec![text("x")])),
            r#"<ac:structured-macro ac:name="span"><ac:rich-text-body>x</ac:rich-text-body></ac:structured-macro>"#,
        ),
        (
            a_macro(
                "layout-section",
                &[("type", "two_equal")],
                Body::Blocks(vec![]),
            ),
            r#"<ac:layout-section ac:type="two_equal"></ac:layout-section>"#,
        ),
        (
            a_macro("inline-comment-marker", &[], Body::Inline(vec![text("x")])),
            "x",
        ),
        (
            a_macro("emoticon", &[("name", "hooray")], Body::None),
            r#"<p><ac:emoticon ac:name="hooray" /></p>"#,
        ),
    ] {
        assert_eq!(written(Block::Macro(found)), expected);
    }
}

#[test]
fn parameters_that_point_to_something_hold_a_resource() {
    for (target, expected) in [
        (
            page(Some("DEV"), "A \"B\"", None),
            r#"<ac:link><ri:page ri:space-key="DEV" ri:content-title="A &quot;B&quot;" /></ac:link>"#,
        ),
        (
            Target::User(User::Name("ann".into())),
            r#"<ri:user ri:username="ann" />"#,
        ),
        (
            Target::Space("DEV".into()),
            r#"<ri:space ri:space-key="DEV" />"#,
        ),
        (
            Target::Attachment {
                name: "a.png".into(),
                on: None,
            },
            r#"<ri:attachment ri:filename="a.png" />"#,
        ),
    ] {
        let mut found = a_macro("include", &[], Body::None);
        found.parameters.push(Parameter {
            name: String::new(),
            value: Value::Target(target),
        });
        let expected = format!(
            r#"<p><ac:structured-macro ac:name="include"><ac:parameter ac:name="">{expected}</ac:parameter></ac:structured-macro></p>"#
        );
        assert_eq!(written(Block::Macro(found)), expected);
    }
}

#[test]
fn deep_nesting_is_written_without_overflow() {
    let mut block = paragraph("x");
    for _ in 0..1_000 {
        block = Block::Quote(Quote {
            blocks: vec![block],
            origin: Origin::default(),
        });
    }
    assert_eq!(write(&Document::new(vec![block])).len(), 25_008);
}

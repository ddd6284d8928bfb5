//! What a reader of Markdown hands over: tags, and what it has read already.

use std::thread;

use super::show::{blocks, shown};
use crate::markup::{
    document::{Block, Inline, Item, List, ListKind, Origin},
    elements,
    xml::{Element, Node},
};

#[test]
fn tags_of_markdown() {
    insta::assert_snapshot!(shown(&[
        "<ac-toc maxLevel=\"2\"/>",
        "<p><ac-include _=\"page:DEV:A%20b\" x=\"text:page:c\" y=\"#ff0000\" ref=\"3\"/></p>",
        "<ac-macro _name=\"a b\"><p>c</p></ac-macro>",
        "<p>a <ac-excerpt>b</ac-excerpt> <ac-mathinline _body=\"x\"/></p>",
        "<ac-panel></ac-panel>",
        "<ac-code language=\"rust\">a</ac-code>",
    ]), @r##"
    <ac-toc maxLevel="2"/>
    macro toc maxLevel=2
      none

    <p><ac-include _="page:DEV:A%20b" x="text:page:c" y="#ff0000" ref="3"/></p>
    macro include =>page:DEV:A%20b x=text:page:c y=#ff0000 #3
      none

    <ac-macro _name="a b"><p>c</p></ac-macro>
    macro a b
      p "c"

    <p>a <ac-excerpt>b</ac-excerpt> <ac-mathinline _body="x"/></p>
    p "a " {excerpt inline "b"} " " {mathinline plain "x"}

    <ac-panel></ac-panel>
    macro panel

    <ac-code language="rust">a</ac-code>
    Code Some("rust") None [] "a"
    "##);
}

fn element(name: &str, children: Vec<Node>) -> Node {
    Node::Element(Element {
        name: name.into(),
        children,
        ..Element::default()
    })
}

fn text(text: &str) -> Node {
    Node::Inlines(vec![Inline::Text(text.into())])
}

#[test]
fn what_was_read_already_takes_its_place_among_the_elements() {
    let paragraph = |text: &str| Block::paragraph(vec![Inline::Text(text.into())]);
    let row = vec![
        element("td", vec![text("a "), element("u", vec![text("b")])]),
        element(
            "td",
            vec![Node::Blocks(vec![paragraph("c"), paragraph("d")])],
        ),
    ];
    let details = vec![
        element("summary", vec![text("e "), element("b", vec![text("f")])]),
        Node::Text("\n".into(), 0..0),
        Node::Blocks(vec![paragraph("g")]),
    ];
    let nodes = [
        element("table", vec![element("tr", row)]),
        element("details", details),
        element("ac-info", vec![Node::Blocks(vec![paragraph("h")])]),
        element("ac-toc", vec![]),
        text("i"),
        element("ac-excerpt", vec![text("j")]),
    ];
    insta::assert_snapshot!(blocks(&elements::blocks(&nodes)), @r#"
    table
      row
        td 1x1
          p "a " Underline["b"]
        td 1x1
          p "c"
          p "d"
    macro expand title=e f
      p "g"
    macro info
      p "h"
    p {toc none} "i" {excerpt inline "j"}
    "#);
}

#[test]
fn deep_blocks_that_were_read_already_do_not_overflow_the_stack() {
    let read = || {
        let mut blocks = vec![Block::Rule(Origin::default())];
        for _ in 0..1_000 {
            blocks = vec![Block::List(List {
                kind: ListKind::Bullet,
                items: vec![Item {
                    done: None,
                    blocks,
                    origin: Origin::default(),
                }],
                origin: Origin::default(),
            })];
        }
        assert_eq!(elements::blocks(&[Node::Blocks(blocks)]).len(), 1);
    };
    let thread = thread::Builder::new().stack_size(2 << 20).spawn(read);
    thread.unwrap().join().unwrap();
}

//! Pages whose Markdown says something else than they do.

use crate::markup::{
    document::Document,
    elements,
    storage::{self, Base, merge::echo::Echo},
    xml,
};

/// The page as if its Markdown said something else.
fn with_echo<'a>(page: &'a str, says: &str) -> Base<'a> {
    let document = storage::read(page).unwrap();
    let echo = Echo::new(&document, unplaced(says));
    Base {
        source: page,
        document,
        echo,
    }
}

/// What is said, as if by Markdown.
fn unplaced(says: &str) -> Document {
    Document::new(elements::blocks(&xml::read(says).unwrap()))
}

#[test]
fn what_markdown_says_otherwise_keeps_its_bytes_until_it_is_edited() {
    const PAGE: &str = "<h1 class=\"h\">A</h1>\n<p class=\"a\">one</p>\n<p class=\"b\">two</p>\n<p class=\"c\">three</p>";
    const SAYS: &str = "<h1>A</h1><p>one two</p><p>three</p>";
    let base = with_echo(PAGE, SAYS);
    for (says, expected) in [
        (SAYS, PAGE.to_owned()),
        (
            "<h1>A</h1><p>one two</p><p>3</p>",
            PAGE.replace("three", "3"),
        ),
        (
            "<h1>B</h1><p>new</p><p>one two</p><p>three</p>",
            PAGE.replace("A</h1>", "B</h1><p>new</p>"),
        ),
        (
            "<h1>A</h1><p>one 2</p><p>three</p>",
            "<h1 class=\"h\">A</h1>\n<p>one 2</p>\n<p class=\"c\">three</p>".to_owned(),
        ),
        (
            "<h1>A</h1><p>three</p>",
            "<h1 class=\"h\">A</h1>\n<p class=\"c\">three</p>".to_owned(),
        ),
    ] {
        assert_eq!(base.merge(&unplaced(says)).unwrap(), expected, "{says}");
    }
    // A change of the tree is held against the tree.
    let mut changed = base.document().clone();
    changed.blocks.remove(1);
    assert_eq!(
        base.merge(&changed).unwrap(),
        PAGE.replace("<p class=\"a\">one</p>\n", "")
    );
    let section = &base.document().blocks[1..4];
    assert_eq!(
        base.merge_within(section, &unplaced("<p>one two</p><p>3</p>"))
            .unwrap(),
        PAGE.replace("<h1 class=\"h\">A</h1>\n", "")
            .replace("three", "3")
    );
}

#[test]
fn one_node_that_markdown_says_as_two_is_kept_or_written_anew() {
    const PAGE: &str = "<p class=\"a\">one two</p><h1 id=\"h\">A</h1>";
    const SAYS: &str = "<p>one</p><p>two</p><h1>A</h1>";
    let base = with_echo(PAGE, SAYS);
    for (says, expected) in [
        (SAYS, PAGE),
        (
            "<p>one</p><p>2</p><h1>A</h1>",
            "<p>one</p><p>2</p><h1 id=\"h\">A</h1>",
        ),
        (
            "<p>one</p><h2>new</h2><p>two</p><h1>A</h1>",
            "<p>one</p><h2>new</h2><p>two</p><h1 id=\"h\">A</h1>",
        ),
    ] {
        assert_eq!(base.merge(&unplaced(says)).unwrap(), expected, "{says}");
    }
    const LIST: &str = "<ul class=\"u\"><li id=\"i\">x y</li><li class=\"z\">z</li></ul>";
    let base = with_echo(LIST, "<ul><li>x</li><li>y</li><li>z</li></ul>");
    let says = "<ul><li>x</li><li>2</li><li>z</li></ul>";
    assert_eq!(
        base.merge(&unplaced(says)).unwrap(),
        "<ul class=\"u\"><li>x</li><li>2</li><li class=\"z\">z</li></ul>"
    );
}

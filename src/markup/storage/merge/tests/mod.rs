//! Changes on pages, by hand: the page, what it is to say, and what its source is then.

use super::Base;
use crate::markup::{clean, document::Block, markdown, storage};

mod echo;
mod parts;
mod references;

/// The page with what the other says in place of what it says.
fn merged(page: &str, says: &str) -> String {
    let base = Base::new(page).unwrap();
    let changed = storage::read(says).unwrap();
    let result = base.merge(&changed).unwrap();
    let said = storage::read(&result).unwrap();
    assert_eq!(said, changed, "{result}");
    result
}

/// A table of cases: what is special, the page, what it is to say, what it is then.
fn check(cases: &[(&str, &str, &str, &str)]) {
    for (what, page, says, expected) in cases {
        assert_eq!(merged(page, says), *expected, "{what}");
        assert_eq!(merged(page, page), *page, "{what}, unedited");
    }
}

#[test]
fn an_edited_line_keeps_its_tags_and_what_stands_around_it() {
    check(&[
        (
            "a paragraph",
            "<p class=\"a\">one</p>\n<!-- x -->\n<p style=\"b\">two</p>\n<p>&nbsp;</p>",
            "<p>one</p><p>2</p>",
            "<p class=\"a\">one</p>\n<!-- x -->\n<p style=\"b\">2</p>\n<p>&nbsp;</p>",
        ),
        (
            "a heading of another level",
            "<h2 id=\"x\">one</h2><p>two</p>",
            "<h3>one more</h3><p>two</p>",
            "<h3 id=\"x\">one more</h3><p>two</p>",
        ),
        (
            "loose text in a wrapper",
            "<div class=\"x\">one <b>two</b></div><p>three</p>",
            "<p>one 2</p><p>three</p>",
            "<div class=\"x\">one 2</div><p>three</p>",
        ),
        (
            "a macro between the end of a paragraph and that of another around it",
            "<p><p>one</p><ac:structured-macro ac:name=\"toc\"/></p>",
            "<p>1</p><ac:structured-macro ac:name=\"toc\"/>",
            "<p><p>1</p><ac:structured-macro ac:name=\"toc\"/></p>",
        ),
        (
            "a list after text that ends like a tag",
            "<p>one><ul><li>two</li></ul></p>",
            "<p>1&gt;</p><ul><li>two</li></ul>",
            "<p>1&gt;<ul><li>two</li></ul></p>",
        ),
    ]);
}

#[test]
fn new_blocks_stand_beside_their_neighbours() {
    check(&[
        (
            "at the top, in the wrapper",
            "<div>\n<p class=\"a\">one</p>\n</div>",
            "<p>new</p><p>one</p>",
            "<div>\n<p>new</p><p class=\"a\">one</p>\n</div>",
        ),
        (
            "in the middle",
            "<p class=\"a\">one</p>\n<p class=\"b\">two</p>",
            "<p>one</p><p>new</p><p>two</p>",
            "<p class=\"a\">one</p><p>new</p>\n<p class=\"b\">two</p>",
        ),
        (
            "at the end",
            "<p class=\"a\">one</p>\n",
            "<p>one</p><h1>new</h1>",
            "<p class=\"a\">one</p><h1>new</h1>\n",
        ),
        ("on an empty page", "", "<p>new</p>", "<p>new</p>"),
        (
            "in a paragraph that a macro splits",
            "<p class=\"a\">one<ac:structured-macro ac:name=\"info\"><ac:rich-text-body><p>x</p></ac:rich-text-body></ac:structured-macro>two</p>",
            "<p>one</p><p>new</p><ac:structured-macro ac:name=\"info\"><ac:rich-text-body><p>x</p></ac:rich-text-body></ac:structured-macro><p>two</p><p>more</p>",
            "<p class=\"a\">one</p><p>new</p><p><ac:structured-macro ac:name=\"info\"><ac:rich-text-body><p>x</p></ac:rich-text-body></ac:structured-macro>two</p><p>more</p>",
        ),
        (
            "beside a macro in a paragraph",
            "<p><ac:structured-macro ac:name=\"toc\" ac:macro-id=\"1\" /></p><p>a</p>",
            "<p>new</p><ac:structured-macro ac:name=\"toc\" /><p>more</p><p>a</p>",
            "<p>new</p><p><ac:structured-macro ac:name=\"toc\" ac:macro-id=\"1\" /></p><p>more</p><p>a</p>",
        ),
    ]);
}

#[test]
fn deleted_blocks_take_white_space_with_them_and_leave_the_rest() {
    check(&[
        (
            "in the middle",
            "<p class=\"a\">one</p>\n<p>two</p>\n<p class=\"c\">three</p>",
            "<p>one</p><p>three</p>",
            "<p class=\"a\">one</p>\n<p class=\"c\">three</p>",
        ),
        (
            "the first",
            "<p>one</p>\n<p class=\"b\">two</p>\n",
            "<p>two</p>",
            "<p class=\"b\">two</p>\n",
        ),
        (
            "the last",
            "<p class=\"a\">one</p>\n<p>two</p>\n",
            "<p>one</p>",
            "<p class=\"a\">one</p>\n",
        ),
        (
            "with a comment beside it",
            "<p class=\"a\">one</p><!-- x --><p>two</p><p class=\"c\">three</p>",
            "<p>one</p><p>three</p>",
            "<p class=\"a\">one</p><!-- x --><p class=\"c\">three</p>",
        ),
        (
            "a macro with the paragraph around it",
            "<p class=\"a\">one</p><p><ac:structured-macro ac:name=\"toc\" /></p>",
            "<p>one</p>",
            "<p class=\"a\">one</p>",
        ),
        (
            "between texts without tags",
            "<div>one<ul><li>x</li></ul>two</div>",
            "<p>one</p><p>two</p>",
            "<div><p>one</p>two</div>",
        ),
        (
            "between the parts of a paragraph that it splits",
            "<p class=\"a\">one<ac:structured-macro ac:name=\"info\"><ac:rich-text-body><p>x</p></ac:rich-text-body></ac:structured-macro>two</p>",
            "<p>one</p><p>two</p>",
            "<p class=\"a\">one</p><p>two</p>",
        ),
        ("all", "<p>one</p>\n<p>two</p>", "", ""),
    ]);
}

#[test]
fn moved_and_copied_blocks_keep_their_bytes() {
    check(&[
        (
            "moved up",
            "<p class=\"a\">one</p><h1 id=\"b\">two</h1><p class=\"c\">three</p>",
            "<p>three</p><p>one</p><h1>two</h1>",
            "<p class=\"c\">three</p><p class=\"a\">one</p><h1 id=\"b\">two</h1>",
        ),
        (
            "copied",
            "<p class=\"a\">one</p><p class=\"b\">two</p>",
            "<p>one</p><p>two</p><p>one</p>",
            "<p class=\"a\">one</p><p class=\"b\">two</p><p class=\"a\">one</p>",
        ),
        (
            "into a quote",
            "<p class=\"a\">one</p><ac:structured-macro ac:name=\"info\" ac:macro-id=\"1\"><ac:rich-text-body><p class=\"b\">two</p></ac:rich-text-body></ac:structured-macro>",
            "<p>one</p><blockquote><ac:structured-macro ac:name=\"info\"><ac:rich-text-body><p>two</p></ac:rich-text-body></ac:structured-macro></blockquote>",
            "<p class=\"a\">one</p><blockquote><ac:structured-macro ac:name=\"info\" ac:macro-id=\"1\"><ac:rich-text-body><p class=\"b\">two</p></ac:rich-text-body></ac:structured-macro></blockquote>",
        ),
        (
            "a text without tags",
            "<div>one</div><ul><li>two</li></ul>",
            "<p>one</p><ul><li>two</li></ul><blockquote><p>two</p><p>one</p></blockquote>",
            "<div>one</div><ul><li>two</li></ul><blockquote><p>two</p><p>one</p></blockquote>",
        ),
    ]);
}

#[test]
fn lists_change_in_the_item_that_changed() {
    check(&[
        (
            "text and nesting",
            "<ul class=\"x\">\n<li class=\"a\">one<ul><li id=\"i\">in</li></ul></li>\n<li>two</li>\n</ul>",
            "<ul><li>one<ul><li>in</li><li>more</li></ul></li><li>2</li><li>three</li></ul>",
            "<ul class=\"x\">\n<li class=\"a\">one<ul><li id=\"i\">in</li><li>more</li></ul></li>\n<li>2</li><li>three</li>\n</ul>",
        ),
        (
            "another kind",
            "<ul class=\"x\"><li class=\"a\">one</li></ul>",
            "<ol start=\"2\"><li>one</li></ol>",
            "<ol class=\"x\" start=\"2\"><li class=\"a\">one</li></ol>",
        ),
        (
            "another start",
            "<ol start=\"3\" class=\"x\"><li>one</li></ol>",
            "<ol><li>one</li></ol>",
            "<ol class=\"x\"><li>one</li></ol>",
        ),
        (
            "a second paragraph in an item",
            "<ul><li class=\"a\">one</li></ul>",
            "<ul><li><p>one</p><p>two</p></li></ul>",
            "<ul><li class=\"a\">one<p>two</p></li></ul>",
        ),
    ]);
}

const TASKS: &str = "<ac:task-list>\n<ac:task>\n<ac:task-id>7</ac:task-id>\n<ac:task-uuid>u</ac:task-uuid>\n<ac:task-status>incomplete</ac:task-status>\n<ac:task-body><span>one</span></ac:task-body>\n</ac:task>\n<ac:task>\n<ac:task-id>9</ac:task-id>\n<ac:task-status>complete</ac:task-status>\n<ac:task-body>two</ac:task-body>\n</ac:task>\n</ac:task-list>";

#[test]
fn tasks_among_other_items_stand_in_lists_of_their_own() {
    let page = "<ul class=\"x\"><li class=\"a\">one</li><li class=\"b\">two</li></ul>";
    let mut changed = storage::read(page).unwrap();
    if let [Block::List(list)] = changed.blocks.as_mut_slice() {
        list.items[1].done = Some(true);
    }
    insta::assert_snapshot!(
        Base::new(page).unwrap().merge(&changed).unwrap(),
        @r#"<ul class="x"><li class="a">one</li></ul><ac:task-list><ac:task><ac:task-id>1</ac:task-id><ac:task-status>complete</ac:task-status><ac:task-body>two</ac:task-body></ac:task></ac:task-list>"#
    );
}

#[test]
fn a_section_is_merged_by_itself() {
    let page =
        "<h1 id=\"a\">A</h1>\n<p class=\"x\">one</p>\n<div><p class=\"y\">two</p></div><h1>B</h1>";
    let base = Base::new(page).unwrap();
    let changed = storage::read("<p>one</p><p>2</p><h1>A</h1>").unwrap();
    let blocks = &base.document().blocks[1..3];
    assert_eq!(
        base.merge_within(blocks, &changed).unwrap(),
        "<p class=\"x\">one</p>\n<div><p class=\"y\">2</p><h1 id=\"a\">A</h1>"
    );
    assert_eq!(
        base.merge_within(&[], &changed).unwrap(),
        "<p class=\"x\">one</p><p>2</p><h1 id=\"a\">A</h1>"
    );
}

#[test]
fn what_nobody_sees_stays_though_a_model_is_not_told_of_it() {
    let page = "<p>a\u{200b}b\u{202e}c</p><p>old</p><ac:structured-macro ac:name=\"code\">\
        <ac:plain-text-body><![CDATA[x\u{ad}y]]></ac:plain-text-body></ac:structured-macro>";
    let base = Base::new(page).unwrap();
    let told = clean(&markdown::write(base.document()));
    let changed = markdown::read(&told.replace("old", "new"), &markdown::Options::default());
    let merged = base.merge(&changed.unwrap()).unwrap();
    assert_eq!(merged, page.replace("old", "new"));
}

#[test]
fn deep_nesting_is_merged_without_overflow() {
    let deep = |text: &str| {
        let (start, end) = ("<blockquote>".repeat(900), "</blockquote>".repeat(900));
        format!("{start}<p class=\"x\">{text}</p>{end}<p>end</p>")
    };
    assert_eq!(merged(&deep("one"), &deep("two")), deep("two"));
}

fn tasks(tasks: &[(&str, &str)]) -> String {
    let tasks = tasks.iter().map(|(status, body)| {
        format!("<ac:task><ac:task-status>{status}</ac:task-status><ac:task-body>{body}</ac:task-body></ac:task>")
    });
    format!("<ac:task-list>{}</ac:task-list>", tasks.collect::<String>())
}

#[test]
fn a_ticked_task_changes_nothing_but_its_status() {
    let says = tasks(&[("complete", "one"), ("complete", "two")]);
    assert_eq!(
        merged(TASKS, &says),
        TASKS.replacen("incomplete", "complete", 1)
    );
}

#[test]
fn new_tasks_count_on() {
    let says = tasks(&[
        ("incomplete", "one"),
        ("complete", "two"),
        ("incomplete", "three"),
        ("incomplete", "one"),
    ]);
    let result = merged(TASKS, &says);
    let known = TASKS.strip_suffix("\n</ac:task-list>").unwrap();
    assert_eq!(
        result.strip_prefix(known).unwrap(),
        "<ac:task><ac:task-id>10</ac:task-id><ac:task-status>incomplete</ac:task-status><ac:task-body>three</ac:task-body></ac:task><ac:task>\n<ac:task-id>11</ac:task-id>\n<ac:task-uuid>u</ac:task-uuid>\n<ac:task-status>incomplete</ac:task-status>\n<ac:task-body><span>one</span></ac:task-body>\n</ac:task>\n</ac:task-list>"
    );
}

#[test]
fn tables_change_in_the_cell_that_changed() {
    check(&[
        (
            "a cell",
            "<table class=\"x\"><colgroup><col /></colgroup><tbody><tr class=\"r\"><td class=\"a\"><p class=\"p\">1</p></td>\n<td style=\"b\">1</td></tr></tbody></table>",
            "<table><tr><td>1</td><td>2</td></tr></table>",
            "<table class=\"x\"><colgroup><col /></colgroup><tbody><tr class=\"r\"><td class=\"a\"><p class=\"p\">1</p></td>\n<td style=\"b\">2</td></tr></tbody></table>",
        ),
        (
            "an empty cell filled, a full one emptied",
            "<table><tbody><tr><td class=\"a\"><br /></td><td class=\"b\"/><td class=\"c\">x</td></tr></tbody></table>",
            "<table><tr><td>1</td><td>2</td><td></td></tr></table>",
            "<table><tbody><tr><td class=\"a\">1</td><td class=\"b\">2</td><td class=\"c\"></td></tr></tbody></table>",
        ),
        (
            "a row more, a row less",
            "<table><tbody><tr id=\"1\"><td>1</td></tr>\n<tr id=\"2\"><td>2</td></tr>\n<tr id=\"3\"><td>3</td></tr></tbody></table>",
            "<table><tr><td>1</td></tr><tr><td>3</td></tr><tr><td>4</td></tr></table>",
            "<table><tbody><tr id=\"1\"><td>1</td></tr>\n<tr id=\"3\"><td>3</td></tr><tr><td>4</td></tr></tbody></table>",
        ),
        (
            "a column more",
            "<table><tbody><tr><th class=\"a\">A</th><th class=\"b\">B</th></tr></tbody></table>",
            "<table><tr><th>A</th><th>X</th><th>B</th></tr></table>",
            "<table><tbody><tr><th class=\"a\">A</th><th>X</th><th class=\"b\">B</th></tr></tbody></table>",
        ),
        (
            "headers and spans",
            "<table><tbody><tr><td class=\"a\" colspan=\"2\">A</td></tr></tbody></table>",
            "<table><tr><th rowspan=\"3\">A</th></tr></table>",
            "<table><tbody><tr><th class=\"a\" rowspan=\"3\">A</th></tr></tbody></table>",
        ),
        (
            "a row after the head",
            "<table><thead><tr><th>A</th></tr></thead><tbody><tr><td>1</td></tr></tbody></table>",
            "<table><tr><th>A</th></tr><tr><td>new</td></tr><tr><td>1</td></tr></table>",
            "<table><thead><tr><th>A</th></tr></thead><tbody><tr><td>new</td></tr><tr><td>1</td></tr></tbody></table>",
        ),
    ]);
}

//! Tests of each construct of the storage format.

use insta::assert_snapshot;

use super::storage_to_text;

/// A macro with parameters and a rich body.
fn rich(name: &str, parameters: &str, body: &str) -> String {
    format!(
        "<ac:structured-macro ac:name=\"{name}\">{parameters}\
         <ac:rich-text-body>{body}</ac:rich-text-body></ac:structured-macro>"
    )
}

/// A macro with parameters and a plain body.
fn plain(name: &str, parameters: &str, body: &str) -> String {
    format!(
        "<ac:structured-macro ac:name=\"{name}\">{parameters}\
         <ac:plain-text-body><![CDATA[{body}]]></ac:plain-text-body></ac:structured-macro>"
    )
}

fn parameter(name: &str, value: &str) -> String {
    format!("<ac:parameter ac:name=\"{name}\">{value}</ac:parameter>")
}

fn check(storage: &str, expected: &str) {
    assert_eq!(storage_to_text(storage), expected, "{storage}");
}

#[test]
fn headings_and_paragraphs_are_blocks() {
    check(
        "<h1>One</h1><p>a\n  b</p>text<h3>Th<em>ree</em></h3>",
        "# One\n\na b\n\ntext\n\n### Th*ree*",
    );
    check(
        "<h2></h2><p>x</p><p /><hr/><p>y<br/>z</p>",
        "x\n\n---\n\ny\nz",
    );
    check("<h2>A<br/>B</h2>", "## A B");
}

#[test]
fn text_is_marked_as_it_is_set() {
    check(
        "<p><strong>b</strong><em>i</em><del>s</del><u>u</u></p>",
        "**b***i*~~s~~<u>u</u>",
    );
    check("<p>a<strong> b </strong>c<b> </b>d</p>", "a **b** c d");
    check("<p><strong>a</strong><strong>b</strong></p>", "**ab**");
    check(
        "<p>x<sup>2</sup><sub>i</sub></p>",
        "x<sup>2</sup><sub>i</sub>",
    );
    check(
        "<p><code>a  b</code> <code>`x`</code></p>",
        "`a  b` `` `x` ``",
    );
    check(
        "<p><code>see <a href=\"/x\">y</a></code></p>",
        "see [y](/x)",
    );
    check("<p><strong>a<ul><li>b</li></ul></strong></p>", "a\n\n- b");
}

#[test]
fn lists_nest() {
    check(
        "<ul><li>a<ul><li>b</li></ul></li><li><p>c</p><p>d</p></li></ul>",
        "- a\n  - b\n- c\n\n  d",
    );
    check(
        "<ol start=\"9\"><li>a</li><li>b<ol><li>c</li></ol></li></ol>",
        "9. a\n10. b\n    1. c",
    );
    check("<ul><li>a</li><ul><li>b</li></ul></ul>", "- a\n  - b");
    check("<ul>lost?<li></li></ul>", "lost?\n\n-");
}

#[test]
fn tasks_show_whether_they_are_done() {
    let task = |status: &str, body: &str| {
        format!(
            "<ac:task><ac:task-id>1</ac:task-id><ac:task-status>{status}</ac:task-status>\
             <ac:task-body>{body}</ac:task-body></ac:task>"
        )
    };
    let inner = format!("<ac:task-list>{}</ac:task-list>", task("complete", "part"));
    let tasks = task("incomplete", "<span>whole</span>") + &task("incomplete", &inner);
    check(
        &format!(
            "<ac:task-list>{tasks}{}</ac:task-list>",
            task("complete", "done")
        ),
        "- [ ] whole\n- [ ] - [x] part\n- [x] done",
    );
}

#[test]
fn tables_are_pipe_tables() {
    assert_snapshot!(
        storage_to_text(
            "<table><colgroup><col/></colgroup><tbody>\
             <tr><th>A</th><th><p>B</p></th><th>C</th></tr>\
             <tr><td colspan=\"2\">wide</td><td rowspan=\"2\"><p>x|y</p><p>z</p></td></tr>\
             <tr><th>side</th><td><ul><li>1</li><li>2</li></ul></td></tr>\
             </tbody></table>"
        ),
        @r"
    | A | B | C |
    | --- | --- | --- |
    | wide |  | x\|y<br>z |
    | **side** | - 1<br>- 2 |
    "
    );
    check(
        "<table><tr><td rowspan=\"2\">a</td><td>b</td></tr><tr><td>c</td></tr><caption>d</caption></table>",
        "d\n\n|  |  |\n| --- | --- |\n| a | b |\n|  | c |",
    );
    check("<table><tbody></tbody></table>x", "x");
}

#[test]
fn links_say_what_they_point_to() {
    check(
        "<a href=\"https://x.example.com?a=1&amp;b=2\">x</a>",
        "[x](https://x.example.com?a=1&b=2)",
    );
    check(
        "<a href=\"https://example.com\">https://example.com</a>",
        "https://example.com",
    );
    check("<a name=\"here\">x</a>", "x");
    let link = |resource: &str| format!("<ac:link>{resource}</ac:link>");
    let page = "<ri:page ri:space-key=\"DOC\" ri:content-title=\"How to\"/>";
    check(&link(page), "[How to](page: DOC:How to)");
    check(
        "<ac:link ac:anchor=\"top\"><ri:page ri:content-title=\"T\"/>\
         <ac:plain-text-link-body><![CDATA[go & see]]></ac:plain-text-link-body></ac:link>",
        "[go & see](page: T#top)",
    );
    check(
        &link(&format!("{page}<ac:link-body>a <em>b</em></ac:link-body>")),
        "[a *b*](page: DOC:How to)",
    );
    check("<ac:link ac:anchor=\"x\"/>", "[#x](#x)");
    check(
        &link(
            "<ri:attachment ri:filename=\"a.pdf\"><ri:page ri:content-title=\"T\"/></ri:attachment>",
        ),
        "[a.pdf](attachment: a.pdf on page: T)",
    );
    check(&link("<ri:user ri:username=\"bob\"/>"), "@bob");
    check(&link("<ri:user ri:userkey=\"8a7f\"/>"), "@userkey:8a7f");
    check(
        &link("<ri:space ri:space-key=\"DOC\"/>"),
        "[DOC](space: DOC)",
    );
    check(
        &link("<ri:blog-post ri:content-title=\"News\" ri:posting-day=\"2020/01/02\"/>"),
        "[News](blog: News (2020/01/02))",
    );
    check(
        &link("<ri:content-entity ri:content-id=\"42\"/>"),
        "content: 42",
    );
}

#[test]
fn images_name_their_file() {
    check(
        "<ac:image ac:alt=\"A cat\"><ri:attachment ri:filename=\"cat.png\"/></ac:image>",
        "![A cat](attachment: cat.png)",
    );
    check(
        "<ac:image><ri:url ri:value=\"https://example.com/a.png\"/><ac:caption><p>Fig</p></ac:caption></ac:image>",
        "![](https://example.com/a.png)\n\nFig",
    );
    check("<img src=\"a.png\" alt=\"b\"/>", "![b](a.png)");
}

#[test]
fn emoticons_and_dates_are_text() {
    check(
        "<p><ac:emoticon ac:name=\"smile\"/> <time datetime=\"2020-01-02\"/></p>",
        ":smile: 2020-01-02",
    );
}

#[test]
fn code_is_fenced_by_enough_backticks() {
    let parameters = parameter("language", "rust") + &parameter("title", "main.rs");
    check(
        &plain(
            "code",
            &parameters,
            "fn main() {\n\n    let a = \"<b>&amp;\";\n}",
        ),
        "**main.rs**\n\n```rust\nfn main() {\n\n    let a = \"<b>&amp;\";\n}\n```",
    );
    check(
        &plain("code", "", "```\nx\n````"),
        "`````\n```\nx\n````\n`````",
    );
    check(&plain("noformat", "", " a\n  b"), "```\n a\n  b\n```");
    check(
        "<pre>a\n  <strong>b</strong><br/>&lt;c&gt;</pre>",
        "```\na\n  b\n<c>\n```",
    );
    check(
        &plain("code", "", "a ]]]]><![CDATA[> b"),
        "```\na ]]> b\n```",
    );
    check(
        &format!("<p>x {} y</p>", plain("code", "", "z")),
        "x\n\n```\nz\n```\n\ny",
    );
}

#[test]
fn boxes_are_quotes() {
    check(
        &rich(
            "info",
            &parameter("title", "Mind"),
            "<p>a</p><ul><li>b</li></ul>",
        ),
        "> [!INFO] Mind\n> a\n>\n> - b",
    );
    for (name, label) in [
        ("note", "NOTE"),
        ("tip", "TIP"),
        ("warning", "WARNING"),
        ("panel", "PANEL"),
    ] {
        check(&rich(name, "", "<p>a</p>"), &format!("> [!{label}]\n> a"));
    }
    check("<blockquote><p>a</p></blockquote>", "> a");
    check(
        &rich("expand", &parameter("title", "More"), "<p>a</p>"),
        "**More**\n\na",
    );
}

#[test]
fn small_macros_are_words() {
    let empty = |name: &str, parameters: &str| {
        format!(
            "<p>a <ac:structured-macro ac:name=\"{name}\">{parameters}</ac:structured-macro> b</p>"
        )
    };
    let done = parameter("colour", "Green") + &parameter("title", "DONE");
    check(&empty("status", &done), "a [DONE] b");
    check(&empty("jira", &parameter("key", "PROJ-1")), "a PROJ-1 b");
    check(
        &empty("jira", &parameter("jqlQuery", "project = X")),
        "a JQL: project = X b",
    );
    check(
        &empty("toc", &parameter("maxLevel", "2")),
        "a {toc maxLevel=2} b",
    );
    check(
        &empty("anchor", &parameter("", "here")),
        "a {anchor here} b",
    );
}

#[test]
fn an_unknown_macro_leaves_a_marker_and_its_body() {
    let page = "<ac:link><ri:page ri:content-title=\"My \"/></ac:link>";
    check(
        &rich(
            "excerpt",
            &parameter("hidden", "true"),
            "x <b>y</b> z<p>w</p>",
        ),
        "{excerpt hidden=true}\n\nx **y** z\n\nw",
    );
    check(
        &plain("plantuml", "", "a -> b"),
        "{plantuml}\n\n```\na -> b\n```",
    );
    check(
        &rich(
            "include",
            &(parameter("page", page) + &parameter("note", "say \"a\"")),
            "",
        ),
        "{include page=\"page: My\" note=\"say \\\"a\\\"\"}",
    );
    check(
        "<ac:macro ac:name=\"old\"><ac:default-parameter>x</ac:default-parameter></ac:macro>",
        "{old x}",
    );
}

#[test]
fn layouts_and_unknown_elements_are_transparent() {
    check(
        "<ac:layout><ac:layout-section><ac:layout-cell><p>a</p></ac:layout-cell>\
         <ac:layout-cell>b</ac:layout-cell></ac:layout-section></ac:layout>",
        "a\n\nb",
    );
    check(
        &rich(
            "section",
            "",
            &rich("column", &parameter("width", "50%"), "<p>a</p>"),
        ),
        "a",
    );
    check(
        "<p><foo:bar>a</foo:bar><ac:inline-comment-marker>b</ac:inline-comment-marker></p>",
        "ab",
    );
}

#[test]
fn what_is_malformed_is_shown_as_it_is() {
    check(
        "<p>a",
        "The source is not well-formed and is shown as it is:\n\n```xml\n<p>a\n```",
    );
    check("", "");
    check("<p />", "(no visible content)");
}

#[test]
fn hostile_sources_neither_panic_nor_explode() {
    let deep = format!(
        "{}x{}",
        "<div><strong>".repeat(99),
        "</strong></div>".repeat(99)
    );
    check(&deep, "**x**");
    let deep_list = format!("{}x{}", "<ul><li>".repeat(99), "</li></ul>".repeat(99));
    assert!(storage_to_text(&deep_list).ends_with("- x"));
    let deep_macros = (0..99).fold("x".to_owned(), |inner, _| rich("info", "", &inner));
    assert!(storage_to_text(&deep_macros).contains('x'));
    let deep_table = "<table><tr><td>".repeat(66) + "x|" + &"</td></tr></table>".repeat(66);
    assert!(storage_to_text(&deep_table).len() < 100_000);
    let wide = "<table><tr><td colspan=\"999999999\" rowspan=\"999999999\">a</td></tr></table>";
    assert!(storage_to_text(wide).len() < 1000);
    for source in [
        "<ac:structured-macro/>",
        "<ac:link/>",
        "<ac:image/>",
        "<ri:page/>",
        "<time/>",
        "<img/>",
    ] {
        storage_to_text(source);
    }
    // Cut anywhere, a page is still shown.
    let page = rich(
        "info",
        &parameter("title", "é"),
        "<p>a &amp; b</p><table><tr><td>c</td></tr></table>",
    );
    for end in (1..page.len()).filter(|end| page.is_char_boundary(*end)) {
        assert!(!storage_to_text(&page[..end]).is_empty());
    }
}

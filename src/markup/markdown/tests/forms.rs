//! How each part of a document is written.

use super::options;
use crate::markup::{
    document::Document,
    markdown::{read, write},
    testing,
};

/// Reads Markdown and writes it again.
fn again(source: &str) -> String {
    write(&read(source, &options()).unwrap())
}

#[test]
fn plain_text_needs_few_backslashes() {
    for (text, expected) in [
        ("a_b_c", "a_b_c"),
        ("C++ and a+b+c", "C++ and a+b+c"),
        ("--flag", "--flag"),
        ("List<String>", "List\\<String>"),
        ("http://x/a_b_c", "http\\://x/a_b_c"),
        ("*args, **kwargs", "*args, **kwargs"),
        ("2*3*4", "2\\*3*4"),
    ] {
        assert_eq!(write(&Document::new(vec![testing::plain(text)])), expected);
    }
}

#[test]
fn what_is_in_the_dialect_stays_as_it_is() {
    for source in [
        "# Title",
        "a **b** *c* _**d**_ ~~e~~ `f` <u>g</u> <sup>h</sup> <sub>i</sub> <cite>j</cite> <tt>**k**</tt>",
        "<span style=\"color: red\">a</span>",
        "a<strong>(b)</strong>c *d*e",
        "a\\\nb",
        "- a\n  - b\n\n    c\n  - d\n- [ ] e\n- [x] f",
        "- :|\n\n  - |",
        "9. a\n10. b\n\n1) c",
        "- a\n\n* b\n\n- c",
        "- ___\n- # a\n- > b\n- * c",
        "> a\n>\n> > b\n\n> c",
        "> [!NOTE]\n> a",
        "> [!TIP] A title\n>\n> a\n>\n> - b",
        "> [!IMPORTANT]\n>\n> - a",
        "<details><summary>A &lt;b></summary>\n\na\n\n</details>",
        "<ac-panel title=\"A\" bgColor=\"#fff\">\n\na\n\n<ac-toc/>\n\n</ac-panel>",
        "<ac-include _=\"page:DEV:A%20b\"/>",
        "a <ac-status colour=\"Green\" title=\"Done\"/> <ac-placeholder>*b*</ac-placeholder>",
        "<ac-gallery ref=\"3\"/>",
        "<ac-macro _name=\"a b\" c=\"text:page:d\"/>",
        "```java title=\"A\" linenumbers=\"true\"\na\n\nb\n```",
        "```noformat\n~~~ \n```",
        "````\n```\n````",
        "```ac-html\n<b>\n```",
        "```storage\n<p>a</p>\n```",
        "| a | b \\| c |\n| --- | --- |\n| d<br>e |  |",
        "|  |  |\n| --- | --- |\n| a | `b\\|c` |",
        "<table>\n<tr>\n<th>a</th>\n<td colspan=\"2\">**b**</td>\n<td>\n\n- c\n\n</td>\n</tr>\n</table>",
        "[[A b]] [[DEV:A b#c]] [[DEV:A%3A b|text]] [**a**](page:DEV:A%20b)",
        "[a](attachment:b.pdf) [](attachment:b%20c.pdf?on=page:DEV:D) [e](#f \"g\") [](space:DEV)",
        "https://x.example/a_b <https://x.example/*a*> <mailto:a@b.example> [a](/b)",
        "@joe (@a.b), [](user:A%20b) [](user:key/ff80)",
        "![a](b.png) ![](attachment:c.png)",
        "<img src=\"attachment:a.png\" alt=\"b\" width=\"300\" thumbnail>",
        "a :tick: :smile:",
        "a <time datetime=\"2026-03-14\"/>",
        "a\n\n---\n\nb",
        "> [!NOTE](/a)",
    ] {
        assert_eq!(again(source), source);
    }
}

#[test]
fn what_others_write_is_read() {
    for (source, expected) in [
        (
            "Title\n===\n\n* * *\n\n+ a\n+ b",
            "# Title\n\n---\n\n- a\n- b",
        ),
        (
            "__a__ _b_ <b>c</b> <i>d</i> <s>e</s> <code>f</code>",
            "**a** *b* **c** *d* ~~e~~ `f`",
        ),
        ("a\nb  \nc<br>d", "a b\\\nc\\\nd"),
        ("a http://x.example/b\\_c, d", "a http://x.example/b_c, d"),
        ("[a]\n\n[a]: b \"c\"", "[a](b \"c\")"),
        ("> [!caution]\n> a", "> [!WARNING]\n> a"),
        ("> [!note] A *b*\n> c", "> [!NOTE] A b\n>\n> c"),
        (
            "<details>\n<summary>A</summary>\n\nb\n\n</details>",
            "<details><summary>A</summary>\n\nb\n\n</details>",
        ),
        ("<ul>\n<li>a</li>\n<li><p>b</p></li>\n</ul>", "- a\n- b"),
        (
            "<table><tr><th>a<th>b<tr><td>c<td>*d*</table>",
            "| a | b |\n| --- | --- |\n| c | *d* |",
        ),
        (
            "<table>\n<tr>\n<td>\n- a\n- b\n</td>\n</tr>\n</table>",
            "<table>\n<tr>\n<td>\n\n- a\n- b\n\n</td>\n</tr>\n</table>",
        ),
        (
            "<div>\n\na <!-- b --> c\n\n</div>\n\n<!-- d -->\n\ne",
            "a c\n\ne",
        ),
        ("a\n<ac-info>\n\nb\n</ac-info>", "a\n\n> [!NOTE]\n> b"),
        ("    a\n    b", "```\na\nb\n```"),
        ("a&nbsp;b &lt;c&gt; &copy;", "a\u{a0}b \\<c> \u{a9}"),
        ("a\r\nb\u{0}\u{7}", "a b"),
        ("![[a b.png]]", "![](attachment:a%20b.png)"),
        ("| a |\n|---|\n| b | c |", "| a |\n| --- |\n| b |"),
        (
            "\\@joe \\:tick: http\\://x.example",
            "\\@joe \\:tick: http\\://x.example",
        ),
        (
            "a[^x] b[^y]\n\n[^y]: c\n[^x]: d",
            "a<sup>[1](#fn-x)</sup> b<sup>[2](#fn-y)</sup>\n\n---\n\n1. <ac-anchor _=\"fn-x\"/>d\n2. <ac-anchor _=\"fn-y\"/>c",
        ),
    ] {
        let written = again(source);
        assert_eq!(written, expected, "{source}");
        assert_eq!(again(&written), written, "{source}");
    }
}

#[test]
fn addresses_of_the_site_are_links_to_its_pages() {
    let options = crate::markup::markdown::Options {
        site_url: Some("https://w.example/c".into()),
        ..options()
    };
    let source = "https://w.example/c/display/DEV/A+b, [c](https://w.example/c/display/DEV/A+b#d)";
    let read = read(source, &options).unwrap();
    assert_eq!(write(&read), "[[DEV:A b]], [[DEV:A b#d|c]]");
}

#[test]
fn pages_of_the_corpus_are_read_as_they_were_written() {
    let mut failed = Vec::new();
    let pages = testing::corpus::pages(&["storage-format"]);
    for (name, source) in &pages {
        let Ok(page) = crate::markup::storage::read(source) else {
            continue;
        };
        let written = write(&page);
        match read(&written, &options()) {
            Ok(read) if read == page => {}
            Ok(read) => {
                let is_same = |(a, b): (&crate::markup::document::Block, _)| *a == b;
                let first = page
                    .blocks
                    .iter()
                    .zip(read.blocks.clone())
                    .position(|pair| !is_same(pair));
                let at = first.unwrap_or(page.blocks.len().min(read.blocks.len()));
                let of = |document: &Document| {
                    format!("{:?}", document.blocks.get(at))
                        .chars()
                        .take(900)
                        .collect::<String>()
                };
                let text = page
                    .blocks
                    .get(at)
                    .map(|block| write(&Document::new(vec![block.clone()])));
                failed.push(format!(
                    "{name}: {}\n  written {}\n  read as {}",
                    text.unwrap_or_default(),
                    of(&page),
                    of(&read)
                ));
            }
            Err(damaged) => failed.push(format!("{name}: {damaged}")),
        }
    }
    assert!(
        failed.is_empty(),
        "{} of {}\n{}",
        failed.len(),
        pages.len(),
        failed.join("\n\n")
    );
}

//! What is written is read as what it was.

use proptest::prelude::*;

use super::{
    trees::{documents, lines},
    *,
};
use crate::markup::{
    testing,
    wiki::{Dialect, read},
};

fn cases(count: u32) -> ProptestConfig {
    ProptestConfig {
        max_shrink_iters: 20_000,
        ..testing::cases(count)
    }
}

fn survives(document: &Document) -> Result<(), TestCaseError> {
    let written = write(document);
    let read = read(&written, Dialect::Jira);
    prop_assert_eq!(document, &read, "\n{}\n{:?}", written, written);
    Ok(())
}

proptest! {
    #![proptest_config(cases(2_000))]

    #[test]
    fn a_line_that_is_written_is_read_as_it_was(document in lines()) {
        survives(&document)?;
    }
}

proptest! {
    #![proptest_config(cases(1_000))]

    #[test]
    fn a_document_that_is_written_is_read_as_it_was(document in documents()) {
        survives(&document)?;
    }
}

#[test]
fn what_only_confluence_knows_is_read_in_its_dialect() {
    let inner = |inline: Inline| Block::paragraph(vec![text("a "), inline, text(" b")]);
    let blog = Target::Blog {
        space: Some("S".to_owned()),
        title: "T: 1".to_owned(),
        day: Some("2026/03/14".to_owned()),
        anchor: None,
    };
    let on_page = Target::Attachment {
        name: "f.pdf".to_owned(),
        on: Some(Box::new(page(Some("S"), "T", None))),
    };
    let shortcut = Target::Shortcut {
        key: "google".to_owned(),
        parameter: "a".to_owned(),
    };
    for block in [
        inner(link(page(None, "A page", None), vec![])),
        inner(link(
            page(Some("S"), "A: [b]|c", Some("x")),
            vec![text("t")],
        )),
        inner(link(blog, vec![text("t")])),
        inner(link(on_page, vec![text("t")])),
        inner(link(shortcut, vec![text("t")])),
        inner(link(Target::Space("S".to_owned()), vec![text("t")])),
        inner(link(Target::Content("12".to_owned()), vec![text("t")])),
        inner(Inline::Macro(made(
            "status",
            &[("colour", "Red"), ("title", "a|b & c")],
            Body::None,
        ))),
        Block::Macro(made("toc", &[("maxLevel", "2")], Body::None)),
        block_macro(
            "section",
            &[],
            vec![block_macro(
                "column",
                &[("width", "50%")],
                vec![paragraph("a")],
            )],
        ),
        block_macro(
            "excerpt",
            &[("hidden", "true")],
            vec![paragraph("a"), paragraph("b")],
        ),
    ] {
        let document = Document::new(vec![block]);
        let written = write(&document);
        assert_eq!(read(&written, Dialect::Confluence), document, "{written}");
    }
}

#[test]
fn what_is_written_comes_to_rest() {
    for (source, expected) in [
        ("- |||\n*# ", "* \\\\\n\n|| ||\n\n# \\\\"),
        ("http://字", "http://%E5%AD%97"),
        (r"[\\host\a b\c]", r"[\\host\a%20b\c]"),
        ("[//字]", "[//%E5%AD%97]"),
        ("[//h\tx]", "[//h%09x]"),
        (
            "!a.png|width=1,b,border=2,width=3!",
            "!a.png|width=1,border=2!",
        ),
        (
            "{quote}{color:red}a\nb{color}{quote}",
            "{quote}\n{color:red}a\nb{color}\n{quote}",
        ),
        (
            "{panel}|{panel:}| |\\\\{panel}{panel}",
            "{panel}\n|&#124;|\n{panel}",
        ),
        ("{panel:a|b|title=c}d{panel}", "{panel:title=a}\nd\n{panel}"),
        (
            "{panel:}* {info}* {info}a{panel}",
            "{panel}\n* \\\\\n** \\\\\n\na\n{panel}",
        ),
        ("!^ a.png!", "!a.png!"),
        ("a\u{14}\u{b}b\rc", "ab\nc"),
        ("{{_\t_}}", r"{{\_&#9;_}}"),
        (
            "{panel:}|* {panel:}* {panel}a{panel}",
            "{panel}\n|* \\\\\n** a|\n{panel}",
        ),
        (
            "{panel:}|* {panel:}* b{panel}a{panel}",
            "{panel}\n|* \\\\\n** b\\\\\na|\n{panel}",
        ),
        ("{panel:e=}{panel}", "{panel}\n{panel}"),
        ("{{_a  _}}", r"{{\_a &#32;_}}"),
    ] {
        let first = write(&read(source, Dialect::Jira));
        assert_eq!(first, expected);
        assert_eq!(write(&read(&first, Dialect::Jira)), expected);
    }
}

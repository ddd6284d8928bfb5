//! Blocks, lists and tables.

use super::*;

#[test]
fn blocks() {
    let java = |text: &str| code_block(CodeKind::Code, Some("java"), Some("X"), text);
    let plain = |text: &str| code_block(CodeKind::NoFormat, None, None, text);
    for (blocks, expected) in [
        (
            vec![
                heading(2, vec![text("A "), strong("b")]),
                paragraph("c"),
                Block::Rule(Origin::default()),
                paragraph("d"),
            ],
            "h2. A *b*\n\nc\n\n----\n\nd",
        ),
        (
            vec![java("a\n\n*b*")],
            "{code:java|title=X}\na\n\n*b*\n{code}",
        ),
        (vec![plain("{code}")], "{noformat}\n{code}\n{noformat}"),
        (
            vec![java("{code}")],
            "{noformat:title=X}\n{code}\n{noformat}",
        ),
        (vec![plain("{noformat}")], "{code}\n{noformat}\n{code}"),
        (
            vec![plain("{code}{noformat}")],
            "{noformat}\n{code}\\{noformat}\n{noformat}",
        ),
        (vec![plain("")], "{noformat}\n\n{noformat}"),
        (
            vec![Block::Raw("<p/>".to_owned())],
            "{noformat}\n<p/>\n{noformat}",
        ),
        (vec![quote(vec![paragraph("a")])], "bq. a"),
        (
            vec![
                quote(vec![paragraph("a"), paragraph("b")]),
                quote(vec![java("c")]),
            ],
            "{quote}\na\n\nb\n{quote}\n\n{quote}\n{code:java|title=X}\nc\n{code}\n{quote}",
        ),
        (
            vec![quote(vec![
                paragraph("a"),
                quote(vec![paragraph("b")]),
                quote(vec![paragraph("c"), paragraph("d")]),
            ])],
            "{quote}\na\n\nbq. b\n\nc\n\nd\n{quote}",
        ),
        (
            vec![block_macro(
                "tip",
                &[("title", "T|1")],
                vec![paragraph("a"), paragraph("b")],
            )],
            "{panel:title=T&#124;1|bgColor=#e3fcef}\na\n\nb\n{panel}",
        ),
        (
            vec![block_macro(
                "info",
                &[],
                vec![block_macro(
                    "panel",
                    &[("title", "T")],
                    vec![paragraph("b")],
                )],
            )],
            "{panel:bgColor=#deebff}\n*T*\n\nb\n{panel}",
        ),
        (
            vec![block_macro("panel", &[("borderStyle", "dashed")], vec![])],
            "{panel:borderStyle=dashed}\n{panel}",
        ),
        (
            vec![block_macro(
                "expand",
                &[("title", "More")],
                vec![paragraph("a")],
            )],
            "{expand:More}\na\n{expand}",
        ),
        (
            vec![block_macro(
                "expand",
                &[("title", "a=b")],
                vec![paragraph("a")],
            )],
            "{expand:title=a=b}\na\n{expand}",
        ),
        (
            vec![block_macro(
                "layout",
                &[],
                vec![block_macro(
                    "layout-section",
                    &[],
                    vec![
                        block_macro("layout-cell", &[], vec![paragraph("a")]),
                        block_macro("layout-cell", &[], vec![paragraph("b")]),
                    ],
                )],
            )],
            "a\n\nb",
        ),
        (
            vec![
                Block::Macro(made("toc", &[("maxLevel", "2")], Body::None)),
                Block::Macro(made("html", &[], Body::Plain("<b>".to_owned()))),
            ],
            "{toc:maxLevel=2}\n\n{html}\n<b>\n{html}",
        ),
    ] {
        assert_eq!(written(blocks), expected);
    }
}

#[test]
fn lists() {
    let java = |text: &str| code_block(CodeKind::Code, None, None, text);
    let one = |content: &str| item(vec![paragraph(content)]);
    for (blocks, expected) in [
        (
            vec![bullets(vec![
                item(vec![
                    paragraph("a"),
                    numbers(vec![item(vec![paragraph("b"), bullets(vec![one("c")])])]),
                ]),
                one("d"),
            ])],
            "* a\n*# b\n*#* c\n* d",
        ),
        (
            vec![
                bullets(vec![one("a")]),
                bullets(vec![one("b")]),
                numbers(vec![one("c")]),
            ],
            "* a\n\n* b\n\n# c",
        ),
        (
            vec![bullets(vec![
                task(true, vec![paragraph("a")]),
                task(false, vec![paragraph("b"), bullets(vec![one("c")])]),
                one("[x] d"),
            ])],
            "* [x] a\n* [ ] b\n** c\n* \\[x] d",
        ),
        (
            vec![bullets(vec![
                item(vec![]),
                item(vec![bullets(vec![one("a")])]),
            ])],
            "* \\\\\n* \\\\\n** a",
        ),
        (
            vec![bullets(vec![item(vec![
                paragraph("a"),
                paragraph("b"),
                java("c\n\nd"),
                paragraph("e"),
            ])])],
            "* a\\\\\nb\n{code}\nc\n\nd\n{code}\ne",
        ),
        (
            vec![bullets(vec![item(vec![java("a")]), one("b")])],
            "* {code}\na\n{code}\n* b",
        ),
        (
            vec![bullets(vec![item(vec![
                paragraph("a"),
                block_macro("note", &[], vec![bullets(vec![one("b")]), paragraph("c")]),
                bullets(vec![one("d")]),
            ])])],
            "* a\n{panel:bgColor=#fffae6}\n* b\n\nc\n{panel}\n** d",
        ),
        (
            vec![bullets(vec![item(vec![quote(vec![paragraph("a")])])])],
            "* {quote}\na\n{quote}",
        ),
        (
            vec![numbers(vec![
                item(vec![
                    heading(2, vec![text("a")]),
                    table(vec![vec![cell(false, vec![paragraph("b")])]]),
                    paragraph("c"),
                ]),
                one("d"),
            ])],
            "# *a*\n\n|b|\n\nc\n\n# d",
        ),
        (
            vec![bullets(vec![
                item(vec![
                    table(vec![vec![cell(false, vec![paragraph("a")])]]),
                    quote(vec![paragraph("b")]),
                    numbers(vec![item(vec![paragraph("c"), bullets(vec![one("d")])])]),
                ]),
                one("e"),
                item(vec![paragraph("f"), bullets(vec![one("g")])]),
            ])],
            "* \\\\\n\n|a|\n\nbq. b\n\n# c\n#* d\n\n* e\n* f\n** g",
        ),
    ] {
        assert_eq!(written(blocks), expected);
    }
}

#[test]
fn tables() {
    let one = |content: &str| cell(false, vec![paragraph(content)]);
    let head = |content: &str| cell(true, vec![paragraph(content)]);
    let items = bullets(vec![
        item(vec![paragraph("a")]),
        item(vec![paragraph("b|")]),
    ]);
    let broken = Block::paragraph(vec![text("a"), Inline::Break, text("b")]);
    for (rows, expected) in [
        (
            vec![vec![head("a"), head("b")], vec![one("c"), one("d|e")]],
            "||a||b||\n|c|d\\|e|",
        ),
        (vec![vec![head("a"), one("b")]], "||a|b|"),
        (
            vec![vec![cell(false, vec![]), one("a"), cell(true, vec![])]],
            "| |a|| ||",
        ),
        (
            vec![vec![
                cell(false, vec![items, paragraph("c")]),
                cell(false, vec![broken, paragraph("c")]),
            ]],
            "|* a\n* b&#124;\\\\\nc|a\\\\ b\\\\\nc|",
        ),
        (
            vec![vec![
                cell(
                    false,
                    vec![
                        paragraph("x"),
                        code_block(CodeKind::Code, Some("sh"), None, "a | b"),
                    ],
                ),
                one("[y"),
            ]],
            "|x\n{code:sh}\na | b\n{code}|\\[y|",
        ),
        (
            vec![
                vec![merged(2, 2, "a"), one("b")],
                vec![one("c")],
                vec![one("d"), one("e"), one("f")],
            ],
            "|a| |b|\n| | |c|\n|d|e|f|",
        ),
        (
            vec![vec![cell(
                false,
                vec![table(vec![vec![one("a"), one("b")], vec![one("c")]])],
            )]],
            "|a \\| b\\\\\nc|",
        ),
        (vec![vec![]], "| |"),
    ] {
        assert_eq!(written(vec![table(rows)]), expected);
    }
}

#[test]
fn a_thousand_levels_are_written() {
    let mut inline = text("a");
    let mut block = paragraph("a");
    let mut outer = paragraph("a");
    for level in 0..1_000 {
        let style = match level % 3 {
            0 => Style::Strong,
            1 => Style::Emphasis,
            _ => Style::Color("red".to_owned()),
        };
        inline = styled(style, vec![inline]);
        block = bullets(vec![item(vec![block])]);
        outer = match level % 3 {
            0 => quote(vec![outer]),
            1 => block_macro("info", &[], vec![outer]),
            _ => table(vec![vec![cell(false, vec![outer])]]),
        };
    }
    let written = written(vec![Block::paragraph(vec![inline]), block, outer]);
    assert!(written.len() > 1_000 * 1_000 / 2);
}

#[test]
fn merged_cells_take_no_more_room_than_the_table_does() {
    let rows = vec![vec![merged(u16::MAX, u16::MAX, "a"); 100]; 100];
    assert!(written(vec![table(rows)]).len() < 1_000_000);
}

#[test]
fn long_texts_are_written() {
    for part in [
        "*a ",
        "*a* ",
        "**",
        "{",
        "{{",
        "{{a",
        "}}",
        "[",
        "[a",
        "]",
        "!",
        "!a ",
        "\\",
        "&",
        "&a",
        ":",
        "(",
        "-",
        "--",
        " --",
        "?",
        "http://",
        "http://a ",
        "{color",
        "{*",
        "| ",
        "\u{a0}",
    ] {
        // Where that took quadratic time, one would notice.
        let long = part.repeat(100_000 / part.len());
        let content = vec![text(&long), strong(&long), code(&long), emoticon("smile")];
        let cells = vec![vec![cell(false, vec![Block::paragraph(content.clone())])]];
        let written = written(vec![Block::paragraph(content), table(cells)]);
        assert!(written.len() > 100_000, "{part:?}");
    }
}

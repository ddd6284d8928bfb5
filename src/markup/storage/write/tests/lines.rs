//! What is written of each part of a line.

use super::*;

#[test]
fn links_point_to_resources_and_addresses() {
    let bold = vec![text("a "), styled(Style::Strong, vec![text("b")])];
    for (target, content, expected) in [
        (
            Target::Url("https://x.y/?a=1&b=2".into()),
            vec![],
            r#"<a href="https://x.y/?a=1&amp;b=2">https://x.y/?a=1&amp;b=2</a>"#,
        ),
        (
            page(Some("DEV"), "Home", Some("top")),
            vec![text("a ]]> b")],
            r#"<ac:link ac:anchor="top"><ri:page ri:space-key="DEV" ri:content-title="Home" /><ac:plain-text-link-body><![CDATA[a ]]]]><![CDATA[> b]]></ac:plain-text-link-body></ac:link>"#,
        ),
        (
            page(None, "Home", None),
            bold,
            r#"<ac:link><ri:page ri:content-title="Home" /><ac:link-body>a <strong>b</strong></ac:link-body></ac:link>"#,
        ),
        (
            Target::Blog {
                space: Some("DEV".into()),
                title: "News".into(),
                day: Some("2026/03/14".into()),
                anchor: None,
            },
            vec![],
            r#"<ac:link><ri:blog-post ri:space-key="DEV" ri:content-title="News" ri:posting-day="2026/03/14" /></ac:link>"#,
        ),
        (
            Target::Attachment {
                name: "a.pdf".into(),
                on: Some(Box::new(page(None, "Home", None))),
            },
            vec![],
            r#"<ac:link><ri:attachment ri:filename="a.pdf"><ri:page ri:content-title="Home" /></ri:attachment></ac:link>"#,
        ),
        (
            Target::User(User::Key("ff80".into())),
            vec![],
            r#"<ac:link><ri:user ri:userkey="ff80" /></ac:link>"#,
        ),
        (
            Target::User(User::Account("5b:1".into())),
            vec![],
            r#"<ac:link><ri:user ri:account-id="5b:1" /></ac:link>"#,
        ),
        (
            Target::Anchor("top".into()),
            vec![],
            r#"<ac:link ac:anchor="top" />"#,
        ),
        (
            Target::Anchor("top".into()),
            vec![text("up")],
            r#"<ac:link ac:anchor="top"><ac:plain-text-link-body><![CDATA[up]]></ac:plain-text-link-body></ac:link>"#,
        ),
        (
            Target::Content("123".into()),
            vec![],
            r#"<ac:link><ri:content-entity ri:content-id="123" /></ac:link>"#,
        ),
        (
            Target::Shortcut {
                key: "jira".into(),
                parameter: "A-1".into(),
            },
            vec![],
            r#"<ac:link><ri:shortcut ri:key="jira" ri:parameter="A-1" /></ac:link>"#,
        ),
    ] {
        assert_eq!(written_inline(link(target, content)), expected);
    }
}

#[test]
fn images_have_the_attributes_that_storage_format_knows() {
    let mut image = Image {
        target: Target::Attachment {
            name: "a b.png".into(),
            on: None,
        },
        alternative: Some("A <b>".into()),
        attributes: vec![
            ("width".into(), "300".into()),
            ("thumbnail".into(), String::new()),
            ("loading".into(), "lazy".into()),
            ("onclick".into(), "x()".into()),
        ],
        origin: Origin::default(),
    };
    insta::assert_snapshot!(
        written_inline(Inline::Image(image.clone())),
        @r#"<ac:image ac:alt="A &lt;b&gt;" ac:width="300" ac:thumbnail="true"><ri:attachment ri:filename="a b.png" /></ac:image>"#
    );
    image.target = Target::Url("https://x.y/a.png".into());
    image.alternative = None;
    image.attributes.clear();
    insta::assert_snapshot!(
        written_inline(Inline::Image(image)),
        @r#"<ac:image><ri:url ri:value="https://x.y/a.png" /></ac:image>"#
    );
}

#[test]
fn a_macro_at_the_start_of_an_item_or_a_cell_stands_in_a_paragraph() {
    let found = a_macro("status", &[], Body::None);
    let line = Block::paragraph(vec![Inline::Macro(found), text(" x")]);
    insta::assert_snapshot!(
        written(list(ListKind::Bullet, vec![item(None, vec![line])])),
        @r#"<ul><li><p><ac:structured-macro ac:name="status" /> x</p></li></ul>"#
    );
}

#[test]
fn other_parts_of_a_line_are_written_as_the_editor_does() {
    let x = || vec![text("x")];
    for (inline, expected) in [
        (styled(Style::Strong, x()), "<strong>x</strong>"),
        (styled(Style::Emphasis, x()), "<em>x</em>"),
        (styled(Style::Strikethrough, x()), "<del>x</del>"),
        (styled(Style::Underline, x()), "<u>x</u>"),
        (styled(Style::Superscript, x()), "<sup>x</sup>"),
        (styled(Style::Subscript, x()), "<sub>x</sub>"),
        (styled(Style::Citation, x()), "<cite>x</cite>"),
        (styled(Style::Monospace, x()), "<code>x</code>"),
        (
            styled(Style::Color("red".into()), x()),
            r#"<span style="color: red;">x</span>"#,
        ),
        (Inline::Code("a < b".into()), "<code>a &lt; b</code>"),
        (Inline::Break, "<br />"),
        (
            Inline::Emoticon(Emoticon {
                name: "tick".into(),
                origin: Origin::default(),
            }),
            r#"<ac:emoticon ac:name="tick" />"#,
        ),
        (
            Inline::Date(Date {
                day: "2026-03-14".into(),
                origin: Origin::default(),
            }),
            r#"<time datetime="2026-03-14" />"#,
        ),
    ] {
        assert_eq!(written_inline(inline), expected);
    }
}

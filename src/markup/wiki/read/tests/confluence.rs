//! What Confluence's dialect means beyond Jira's.

use super::{Dialect, check, check_lines};

#[test]
fn links_lead_to_pages_and_more() {
    check_lines(
        Dialect::Confluence,
        &[
            (
                "[A page]",
                r#"<a Page { space: None, title: "A page", anchor: None }></a>"#,
            ),
            (
                "[DOC:A page#top]",
                r#"<a Page { space: Some("DOC"), title: "A page", anchor: Some("top") }></a>"#,
            ),
            (
                "[text|~joe:Home]",
                r#"<a Page { space: Some("~joe"), title: "Home", anchor: None }>text</a>"#,
            ),
            (
                "[Note: a page]",
                r#"<a Page { space: None, title: "Note: a page", anchor: None }></a>"#,
            ),
            (
                "[text|A page|tip]",
                r#"<a Page { space: None, title: "A page", anchor: None } tip=tip>text</a>"#,
            ),
            (
                "[#top] [~joe] [^a.pdf]",
                "<a #top></a> <a user:joe></a> <a file:a.pdf></a>",
            ),
            (
                "[A page^a b.pdf]",
                r#"<a file:a b.pdf on Page { space: None, title: "A page", anchor: None }></a>"#,
            ),
            (
                "[text|DOC:A page^a.pdf]",
                r#"<a file:a.pdf on Page { space: Some("DOC"), title: "A page", anchor: None }>text</a>"#,
            ),
            (
                "[$123] [text|$123]",
                r#"<a Content("123")></a> <a Content("123")>text</a>"#,
            ),
            (
                "[/2004/01/12/My Post]",
                r#"<a Blog { space: None, title: "My Post", day: Some("2004/01/12"), anchor: None }></a>"#,
            ),
            (
                "[DOC:/2004/01/12/My Post#a]",
                r#"<a Blog { space: Some("DOC"), title: "My Post", day: Some("2004/01/12"), anchor: Some("a") }></a>"#,
            ),
            ("[DOC:]", r#"<a Space("DOC")></a>"#),
            (
                "[ABC-1@JIRA]",
                r#"<a Shortcut { key: "JIRA", parameter: "ABC-1" }></a>"#,
            ),
            (
                "[http://a.example] [] [ |] [/etc/x] {{a[i]}}",
                "<a http://a.example></a> [] [ |] [/etc/x] <code>a[i]</code>",
            ),
            (
                "!a.png! !A page^b.png!",
                r#"<img file:a.png/> <img file:b.png on Page { space: None, title: "A page", anchor: None }/>"#,
            ),
        ],
    );
}

#[test]
fn any_macro_is_read() {
    check(
        Dialect::Confluence,
        &[
            (
                "{toc:maxLevel=3|style=none}\n\n{children}\na",
                "<toc maxLevel=3 style=none/>\n<children/>\n<p>a</p>",
            ),
            (
                "a {status:colour=Green|title=Done} {jira:ABC-1} {anchor:x}",
                "<p>a <status colour=Green title=Done/> <jira key=ABC-1/> <anchor =x/></p>",
            ),
            ("{status:title=x}", "<p><status title=x/></p>"),
            ("{include:DOC:A page}", "<include =DOC:A page/>"),
            (
                "{section:border=true}\n{column:width=30%}\na\n{column}\n{column}\nb\n{column}\n{section}",
                "<section border=true><column width=30%><p>a</p></column><column><p>b</p></column></section>",
            ),
            (
                "{info:title=A}\nb\n\n* c\n{info}",
                "<info title=A><p>b</p><ul><li>c</li></ul></info>",
            ),
            ("{tip:A}b{tip}", "<tip title=A><p>b</p></tip>"),
            ("{panel:bgColor=#deebff}b{panel}", "<info><p>b</p></info>"),
            (
                "a {excerpt}b *c*{excerpt} d",
                "<p>a <excerpt>b <b>c</b></excerpt> d</p>",
            ),
            ("{excerpt}a{excerpt}", "<excerpt><p>a</p></excerpt>"),
            ("{excerpt:hidden=true} a", "<p><excerpt hidden=true/> a</p>"),
            ("{html}\n<b>*a*</b>\n{html}", "<html><b>*a*</b></html>"),
            (
                "{csv:output=wiki}a,b{csv} c",
                "<p><csv output=wiki>a,b</csv> c</p>",
            ),
            (
                "{my-macro:a=b|c}d\n\ne{my-macro}",
                "<my-macro a=b =c><p>d</p><p>e</p></my-macro>",
            ),
            ("a {my-macro:a=b} c", "<p>a <my-macro a=b/> c</p>"),
            ("{mine}\na\n{mine}", "<mine><p>a</p></mine>"),
            (
                "/users/{id}/x/{id} ${var:x} {http://a} {a b}",
                "<p>/users/{id}/x/{id} ${var:x} {<a http://a></a>} {a b}</p>",
            ),
            ("{foo} {bar", "<p>{foo} {bar</p>"),
            (
                "{widget:url=http://a.example/x?b=c|width=3}",
                "<widget url=http://a.example/x?b=c width=3/>",
            ),
            (
                "|{toc}|{status:title=a}|\n|{info}\nb\n{info}|",
                "<table><tr><td><toc/></td><td><status title=a/></td></tr><tr><td><info><p>b</p></info></td></tr></table>",
            ),
            ("* a\n{toc}\n* b", "<ul><li>a<toc/></li><li>b</li></ul>"),
            (
                "{composition-setup}\na=b\n{composition-setup}",
                "<composition-setup><p>a=b</p></composition-setup>",
            ),
        ],
    );
}

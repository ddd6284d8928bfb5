//! What is rendered, and what it becomes before it is read.

use super::{parse::parse, rewrite::rewrite};
use crate::markup::xml::{Element, Node};

/// The nodes as XML.
pub(super) fn shown(nodes: &[Node]) -> String {
    let parts = nodes.iter().map(|node| match node {
        Node::Element(element) => stacker::maybe_grow(64 << 10, 1 << 20, || shown_element(element)),
        Node::Text(text, _) => text.clone(),
        Node::Data(data, _) => format!("<![CDATA[{data}]]>"),
        Node::Deep(_) => "<deep/>".into(),
        Node::Blocks(_) | Node::Inlines(_) => unreachable!("nothing was read before"),
    });
    parts.collect()
}

fn shown_element(element: &Element) -> String {
    let name = &element.name;
    let attributes: String = element
        .attributes
        .iter()
        .map(|(name, value)| format!(" {name}=\"{value}\""))
        .collect();
    if element.children.is_empty() {
        return format!("<{name}{attributes}/>");
    }
    format!("<{name}{attributes}>{}</{name}>", shown(&element.children))
}

pub(super) fn becomes(html: &str) -> String {
    shown(&rewrite(parse(html)))
}

fn check(cases: &[(&str, &str)]) {
    for (html, expected) in cases {
        assert_eq!(becomes(html), *expected, "{html}");
    }
}

#[test]
fn html_is_repaired_as_a_browser_repairs_it() {
    check(&[
        ("<p>one<p>two", "<p>one</p><p>two</p>"),
        (
            "<b>one<i>two</b>three</i>",
            "<b>one<i>two</i></b><i>three</i>",
        ),
        (
            "<table><tr><td>a<td>b</table>",
            "<table><tbody><tr><td>a</td><td>b</td></tr></tbody></table>",
        ),
        (
            "<table>lost<tr><td>a",
            "lost<table><tbody><tr><td>a</td></tr></tbody></table>",
        ),
        (
            "a &lt;b&gt; &amp;amp; &nosuch; &eacute;&nbsp;&#8364;",
            "a <b> &amp; &nosuch; é\u{a0}€",
        ),
        (
            "<!-- note --><html><body class='x'><p>a</p></body></html><!doctype html>",
            "<p>a</p>",
        ),
        ("a<br>b<br/>c</br>d<hr>e", "a<br/>b<br/>c<br/>d<hr/>e"),
        ("<b", ""),
        ("", ""),
    ]);
}

#[test]
fn elements_of_storage_format_keep_their_bounds() {
    check(&[
        (
            "<p><ac:link><ri:page ri:content-title='A b'/></ac:link> next</p>",
            "<p><ac:link><ri:page ri:content-title=\"A b\"/></ac:link> next</p>",
        ),
        (
            "<ac:emoticon ac:name=\"tick\" /> done",
            "<ac:emoticon ac:name=\"tick\"/> done",
        ),
    ]);
}

#[test]
fn what_nobody_sees_is_left_out() {
    for html in [
        "<script>alert('x')</script>",
        "<style>p { color: red }</style>",
        "<template><p>later</p></template>",
        "<div style=\"DISPLAY : none\">secret</div>",
        "<span style='color: red; display:none !important'>secret</span>",
        "<span style='visibility:hidden'>secret</span>",
        "<span style='font-size: 0px'>secret</span>",
        "<span style='opacity:0'>secret</span>",
        "<div hidden>secret</div>",
        "<span class='aui-icon icon-info'>secret</span>",
        "<span class='assistive'>secret</span>",
        "<span class=\"error-message hidden\">secret</span>",
        "<span class='aui-icon' aria-hidden='true'>secret</span>",
        "<!-- secret --><button>Press</button><svg><title>secret</title></svg>",
        "<head><title>secret</title></head>",
        "\u{18}&#x1b;",
    ] {
        assert_eq!(becomes(&format!("a {html}b")), "a b", "{html}");
    }
    assert_eq!(
        becomes("<p aria-hidden='true'>seen</p>"),
        "<p aria-hidden=\"true\">seen</p>"
    );
    assert_eq!(
        becomes("<p title='a\u{18}b'>seen</p>"),
        "<p title=\"ab\">seen</p>"
    );
}

#[test]
fn code_keeps_its_language_and_title() {
    check(&[
        (
            "<div class=\"code panel\" style=\"border-width: 1px;\"><div class=\"codeHeader panelHeader\"><b>Main.java</b></div><div class=\"codeContent panelContent\"><pre class=\"code-java\"><span class=\"code-keyword\">int</span> a = 1 &lt; 2;\n</pre></div></div>",
            "<ac:structured-macro ac:name=\"code\"><ac:parameter ac:name=\"language\">java</ac:parameter><ac:parameter ac:name=\"title\">Main.java</ac:parameter><ac:plain-text-body><![CDATA[int a = 1 < 2;\n]]></ac:plain-text-body></ac:structured-macro>",
        ),
        (
            "<div class='code panel pdl conf-macro output-block'><div class='codeHeader panelHeader pdl'><b>Steps</b><span class='collapse-source expand-control'><span class='expand-control-text'>Expand source</span></span></div><div class='codeContent panelContent pdl'><pre class='syntaxhighlighter-pre' data-syntaxhighlighter-params='brush: bash; gutter: true; first-line: 7; collapse: true; theme: Confluence'>ls\n\nls</pre></div></div>",
            "<ac:structured-macro ac:name=\"code\"><ac:parameter ac:name=\"language\">bash</ac:parameter><ac:parameter ac:name=\"title\">Steps</ac:parameter><ac:parameter ac:name=\"linenumbers\">true</ac:parameter><ac:parameter ac:name=\"firstline\">7</ac:parameter><ac:parameter ac:name=\"collapse\">true</ac:parameter><ac:plain-text-body><![CDATA[ls\n\nls]]></ac:plain-text-body></ac:structured-macro>",
        ),
        (
            "<div class='preformatted panel'><div class='preformattedHeader panelHeader'><b>Log</b></div><div class='preformattedContent panelContent'><pre>a  b\n c</pre></div></div>",
            "<ac:structured-macro ac:name=\"noformat\"><ac:parameter ac:name=\"title\">Log</ac:parameter><ac:plain-text-body><![CDATA[a  b\n c]]></ac:plain-text-body></ac:structured-macro>",
        ),
        ("<pre>a<br>b</pre>", "<pre>a<br/>b</pre>"),
        ("<pre class='code-java'> \n</pre>", ""),
        (
            "<pre><code class='hljs language-js'>1</code></pre>",
            "<ac:structured-macro ac:name=\"code\"><ac:parameter ac:name=\"language\">js</ac:parameter><ac:plain-text-body><![CDATA[1]]></ac:plain-text-body></ac:structured-macro>",
        ),
        (
            "<pre><code>1</code></pre>",
            "<ac:structured-macro ac:name=\"code\"><ac:plain-text-body><![CDATA[1]]></ac:plain-text-body></ac:structured-macro>",
        ),
    ]);
}

#[test]
fn panels_of_all_versions_are_panels() {
    let panel = |name: &str| {
        format!(
            "<ac:structured-macro ac:name=\"{name}\"><ac:parameter ac:name=\"title\">Look</ac:parameter><ac:rich-text-body><p>here</p></ac:rich-text-body></ac:structured-macro>"
        )
    };
    let body = |class: &str| {
        format!(
            "<div class='confluence-information-macro confluence-information-macro-{class} conf-macro'><p class='title'>Look</p><span class='aui-icon confluence-information-macro-icon'></span><div class='confluence-information-macro-body'><p>here</p></div></div>"
        )
    };
    for (class, name) in [
        ("information", "info"),
        ("note", "note"),
        ("tip", "tip"),
        ("warning", "warning"),
    ] {
        assert_eq!(becomes(&body(class)), panel(name));
    }
    let message = "<div class='aui-message problem shadowed information-macro'><p class='title'>Look</p><span class='aui-icon icon-problem'></span><div class='message-content'><p>here</p></div></div>";
    assert_eq!(becomes(message), panel("warning"));
    let table = "<div class='panelMacro'><table class='tipMacro'><colgroup><col width='24'><col></colgroup><tr><td valign='top'><img src='/images/icons/emoticons/check.gif' alt=''></td><td><b>Look</b><br/><p>here</p></td></tr></table></div>";
    assert_eq!(
        becomes(table),
        format!("<div class=\"panelMacro\">{}</div>", panel("tip"))
    );
    for (colour, name) in [
        ("white", "panel"),
        ("#DEEBFF", "info"),
        ("#ffebe6", "warning"),
    ] {
        let html = format!(
            "<div class='panel' style='border-width: 1px;'><div class='panelHeader'><b>Look</b></div><div class='panelContent' style='background-color: {colour};'><p>here</p></div></div>"
        );
        assert_eq!(becomes(&html), panel(name));
    }
}

#[test]
fn expanders_and_contents_are_macros() {
    check(&[
        (
            "<div id='expander-1' class='expand-container conf-macro'><div class='expand-control'><span class='expand-control-icon icon'></span><span class='expand-control-text'>More</span></div><div class='expand-content expand-hidden' style='display:none; opacity:0'><p>here</p></div></div>",
            "<ac:structured-macro ac:name=\"expand\"><ac:parameter ac:name=\"title\">More</ac:parameter><ac:rich-text-body><p>here</p></ac:rich-text-body></ac:structured-macro>",
        ),
        (
            "<div class='toc-macro rbtoc1'><ul><li><a href='#x'>x</a></li></ul></div>",
            "<ac:structured-macro ac:name=\"toc\"/>",
        ),
    ]);
}

#[test]
fn people_issues_and_states_are_named() {
    let person = "<ac:link><ri:user ri:username=\"jdoe\"/></ac:link>";
    check(&[
        (
            "<a href='https://jira.example.com/secure/ViewProfile.jspa?name=jdoe' class='user-hover' rel='jdoe'>Jane Doe</a>",
            person,
        ),
        (
            "<a class='confluence-userlink user-mention' data-username='jdoe' href='/display/~jdoe'>Jane Doe</a>",
            person,
        ),
        (
            "<a class='user-hover' data-account-id='5b10' rel='5b10' href='/x'>Jane</a>",
            "<ac:link><ri:user ri:account-id=\"5b10\"/></ac:link>",
        ),
        (
            "<a class='external-link' rel='nofollow' href='https://example.com'>Jane</a>",
            "<a href=\"https://example.com\">Jane</a>",
        ),
        (
            "<span class='jira-issue' data-jira-key='ABC-1'><a href='https://jira.example.com/browse/ABC-1?src=confmacro' class='jira-issue-key'><img class='icon' src='/bug.png'>ABC-1</a> - <span class='summary'>Broken</span></span>",
            "<ac:structured-macro ac:name=\"jira\"><ac:parameter ac:name=\"key\">ABC-1</ac:parameter></ac:structured-macro> - <span class=\"summary\">Broken</span>",
        ),
        (
            "<span class='status-macro aui-lozenge aui-lozenge-success aui-lozenge-subtle conf-macro'>Done</span>",
            "<ac:structured-macro ac:name=\"status\"><ac:parameter ac:name=\"colour\">Green</ac:parameter><ac:parameter ac:name=\"title\">Done</ac:parameter><ac:parameter ac:name=\"subtle\">true</ac:parameter></ac:structured-macro>",
        ),
        (
            "<span class='aui-lozenge'>Open</span>",
            "<span class=\"aui-lozenge\">Open</span>",
        ),
    ]);
}

#[test]
fn pictures_are_attachments_emoticons_or_nothing() {
    check(&[
        (
            "<img class='confluence-embedded-image confluence-thumbnail' width='300' src='/download/thumbnails/1/a%20b.png?version=1&amp;api=v2' data-linked-resource-type='attachment' data-linked-resource-default-alias='a b.png'>",
            "<ac:image ac:width=\"300\" ac:thumbnail=\"true\"><ri:attachment ri:filename=\"a b.png\"/></ac:image>",
        ),
        (
            "<img class='confluence-embedded-image' src='/download/attachments/1/a%20b.png?version=1'>",
            "<ac:image><ri:attachment ri:filename=\"a b.png\"/></ac:image>",
        ),
        (
            "<img class='confluence-embedded-image confluence-external-resource' src='https://example.com/a.png' style='x' alt='A'>",
            "<img src=\"https://example.com/a.png\" alt=\"A\"/>",
        ),
        (
            "<img class='emoticon emoticon-thumbs-up' src='/s/x.svg' alt='(thumbs up)'>",
            "<ac:emoticon ac:name=\"thumbs-up\"/>",
        ),
        (
            "<img src='https://jira.example.com/images/icons/emoticons/check.png' alt=''>",
            "<ac:emoticon ac:name=\"tick\"/>",
        ),
        (
            "<img src='/images/icons/emoticons/smile.gif'>",
            "<ac:emoticon ac:name=\"smile\"/>",
        ),
        (
            "<img src='/images/icons/emoticons/help_16.png'>",
            "<ac:emoticon ac:name=\"question\"/>",
        ),
        (
            "<img class='emoticon emoticon-blue-star' data-emoji-fallback='🚀' alt='(blue star)'>",
            "🚀",
        ),
        (
            "<img class='emoticon' data-emoji-shortname=':custom:'>",
            ":custom:",
        ),
        (
            "a<sup><img class=\"rendericon\" src=\"/images/icons/linkext7.gif\"/></sup>b",
            "a<sup/>b",
        ),
        (
            "<img src='data:image/png;base64,AAAA' alt='chart'>",
            "chart",
        ),
        (
            "<iframe src='https://example.com/v'>none</iframe>",
            "<a href=\"https://example.com/v\">https://example.com/v</a>",
        ),
    ]);
}

#[test]
fn links_lead_somewhere_or_are_anchors() {
    check(&[
        (
            "<h2><a name=\"Firstofall\"></a>First of all!</h2>",
            "<h2>First of all!</h2>",
        ),
        (
            "<h2><a name='Page-Firstofall'></a>First of all</h2>",
            "<h2>First of all</h2>",
        ),
        (
            "<p><a name='here'></a>text</p>",
            "<p><ac:structured-macro ac:name=\"anchor\"><ac:parameter ac:name=\"\">here</ac:parameter></ac:structured-macro>text</p>",
        ),
        (
            "<a href='javascript:x()'>press</a> <a href='#'>top</a> <a href='/x'></a>",
            "press top ",
        ),
        (
            "<a href='/x' title='Follow link'>x</a> <a href='/y' title='tip'>y</a>",
            "<a href=\"/x\">x</a> <a href=\"/y\" title=\"tip\">y</a>",
        ),
    ]);
}

/// The structure and the words of a document, on one line for each part.
fn outline(html: &str) -> String {
    let parts = crate::markup::agreement_tests::skeleton(&super::read(html));
    let parts = parts.iter().map(|part| match part.starts_with('<') {
        true => format!("\n{part}"),
        false => format!(" {part}"),
    });
    parts.collect::<String>().trim_start().to_owned()
}

#[test]
fn a_page_of_confluence_is_read() {
    let page = r#"<div class="toc-macro rbtoc1"><ul><li><a href="/a">A</a></li></ul></div>
        <h1 id="Page-Setup">Setup</h1><p class="auto-cursor-target"><br></p>
        <div class="contentLayout2"><div class="columnLayout two-equal"><div class="cell"><div class="innerCell"><p>Left</p></div></div>
        <div class="cell"><div class="innerCell"><p>Right</p></div></div></div></div>
        <div class="table-wrap"><table class="confluenceTable"><colgroup><col></colgroup><tbody>
        <tr><th class="confluenceTh">Name</th><th class="confluenceTh"><p>Value</p></th></tr>
        <tr><td class="confluenceTd" colspan="2"><ul><li>one</li><li>two</li></ul></td></tr></tbody></table></div>
        <ul class="inline-task-list"><li data-inline-task-id="1">open</li><li class="checked" data-inline-task-id="2"><span class="placeholder-inline-tasks">done</span></li></ul>
        <details><summary>More</summary>text</details>"#;
    insta::assert_snapshot!(outline(page), @"
    <toc>
    <h1> setup
    <p> left
    <p> right
    <table>
    <row>
    <th:1x1> name
    <th:1x1> value
    <row>
    <td:2x1>
    <li> one
    </li>
    <li> two
    </li>
    <task:false> open
    </li>
    <task:true> done
    </li>
    <expand>
    <p> more
    <p> text
    </expand>
    ");
}

#[test]
fn a_description_of_jira_is_read() {
    let description = r#"<h2><a name="Steps"></a>Steps</h2>
        <ol><li>Open <tt>app</tt><ul class="alternate" type="square"><li>then <ins>wait</ins></li></ul></li><li>See <font color="red">red</font></li></ol>
        <p>one<br/>two<br class="atl-forced-newline" />three <span class="nobr"><a href="https://example.com/f.txt">f.txt<sup><img class="rendericon" src="/images/icons/link_attachment_7.gif"/></sup></a></span></p>
        <div class="preformatted panel"><div class="preformattedContent panelContent"><pre>a  b</pre></div></div>
        <blockquote>said <a class="user-hover" rel="jdoe" href="/x">Jane</a></blockquote><hr/>
        <ul><li><input type="checkbox" checked> ticked</li><li>plain</li></ul>"#;
    insta::assert_snapshot!(outline(description), @"
    <h2> steps
    <li> open app
    <li> then wait
    </li>
    </li>
    <li> see red
    </li>
    <p> one two three f txt
    <code:> a b
    <quote>
    <p> said jdoe
    </quote>
    <rule>
    <task:true> ticked
    </li>
    <li> plain
    </li>
    ");
}

//! What each element becomes.

mod depth;
mod macros;
mod of_markdown;
mod show;

use crate::markup::{elements, xml};
use show::{inlines, shown};

#[test]
fn paragraphs_and_headings() {
    insta::assert_snapshot!(shown(&[
        "<p>a\n  b</p><p/><p><br/></p><p>&nbsp;</p>c<div>d<p>e</p></div>",
        "<h1>a<br/>b</h1><h7>c</h7><h2><div>d</div></h2><h3> </h3>",
        "<h1>a <ul><li>b</li></ul> c</h1>",
        "<p>a<hr/>b</p>",
        "<dl><dt>a</dt><dd>b</dd></dl>",
        "<blockquote>a<p>b</p></blockquote><blockquote/>",
    ]), @r#"
    <p>a
      b</p><p/><p><br/></p><p>&nbsp;</p>c<div>d<p>e</p></div>
    p "a b"
    p "c"
    p "d"
    p "e"

    <h1>a<br/>b</h1><h7>c</h7><h2><div>d</div></h2><h3> </h3>
    h1 "a b"
    p "c"
    h2 "d"

    <h1>a <ul><li>b</li></ul> c</h1>
    p "a"
    Bullet
    - item
        p "b"
    p "c"

    <p>a<hr/>b</p>
    p "a"
    rule
    p "b"

    <dl><dt>a</dt><dd>b</dd></dl>
    p Strong["a"]
    p "b"

    <blockquote>a<p>b</p></blockquote><blockquote/>
    quote
      p "a"
      p "b"
    "#);
}

#[test]
fn styles() {
    insta::assert_snapshot!(shown(&[
        "<p>a<b> b</b><em>c</em><s>d</s><u>e</u><sup>f</sup><sub>g</sub><cite>h</cite></p>",
        "<p><code>a  b</code> <tt>c<b>d</b></tt> <code><span>e</span></code></p>",
        "<p><span style=\"color: rgb(255, 0,16);\">a</span><font color=\"red\">b</font></p>",
        "<p><span style=\"text-decoration: line-through;\">a</span><span class=\"x\">b</span></p>",
        "a <b>b<p>c</p>d</b> e",
        "<b><p>a</p><h1>b</h1></b>",
    ]), @r##"
    <p>a<b> b</b><em>c</em><s>d</s><u>e</u><sup>f</sup><sub>g</sub><cite>h</cite></p>
    p "a " Strong["b"] Emphasis["c"] Strikethrough["d"] Underline["e"] Superscript["f"] Subscript["g"] Citation["h"]

    <p><code>a  b</code> <tt>c<b>d</b></tt> <code><span>e</span></code></p>
    p `a  b` " " Monospace["c" Strong["d"]] " " `e`

    <p><span style="color: rgb(255, 0,16);">a</span><font color="red">b</font></p>
    p Color("#ff0010")["a"] Color("red")["b"]

    <p><span style="text-decoration: line-through;">a</span><span class="x">b</span></p>
    p Strikethrough["a"] "b"

    a <b>b<p>c</p>d</b> e
    p "a"
    p Strong["b"]
    p Strong["c"]
    p Strong["d"]
    p "e"

    <b><p>a</p><h1>b</h1></b>
    p Strong["a"]
    h1 Strong["b"]
    "##);
}

#[test]
fn lists() {
    insta::assert_snapshot!(shown(&[
        "<ul><li>a<ol start=\"3\"><li><p>b</p></li></ol></li><li/></ul>",
        "<ul><ul><li>a</li></ul><li>b</li><ul><li>c</li></ul></ul><ul> </ul>",
        "<ac:task-list><ac:task><ac:task-id>1</ac:task-id><ac:task-status>complete</ac:task-status><ac:task-body><span>a</span></ac:task-body></ac:task><ac:task><ac:task-status>incomplete</ac:task-status></ac:task></ac:task-list>",
        "<ul><li><input type=\"checkbox\" checked=\"\"/> a</li><li><label><input type=\"checkbox\"/>b</label></li><li>c <input type=\"checkbox\"/></li></ul>",
    ]), @r#"
    <ul><li>a<ol start="3"><li><p>b</p></li></ol></li><li/></ul>
    Bullet
    - item
        p "a"
        Ordered(3)
        - item
            p "b"
    - item

    <ul><ul><li>a</li></ul><li>b</li><ul><li>c</li></ul></ul><ul> </ul>
    Bullet
    - item
        Bullet
        - item
            p "a"
    - item
        p "b"
        Bullet
        - item
            p "c"

    <ac:task-list><ac:task><ac:task-id>1</ac:task-id><ac:task-status>complete</ac:task-status><ac:task-body><span>a</span></ac:task-body></ac:task><ac:task><ac:task-status>incomplete</ac:task-status></ac:task></ac:task-list>
    Bullet
    - item true
        p "a"
    - item false

    <ul><li><input type="checkbox" checked=""/> a</li><li><label><input type="checkbox"/>b</label></li><li>c <input type="checkbox"/></li></ul>
    Bullet
    - item true
        p "a"
    - item false
        p "b"
    - item
        p "c ☐"
    "#);
}

#[test]
fn tables() {
    insta::assert_snapshot!(shown(&[
        "<table><colgroup><col/></colgroup><thead><tr><th>a</th></tr></thead><tbody><tr><td colspan=\"2\" rowspan=\"x\"><p>b</p><ul><li>c</li></ul></td><td/></tr><tr/></tbody></table>",
        "<table><caption>a</caption><tr>b<td>c</td></tr></table><table/>",
        "<table><tbody><tr><td><ac:structured-macro ac:name=\"status\"/></td></tr></tbody></table>",
    ]), @r#"
    <table><colgroup><col/></colgroup><thead><tr><th>a</th></tr></thead><tbody><tr><td colspan="2" rowspan="x"><p>b</p><ul><li>c</li></ul></td><td/></tr><tr/></tbody></table>
    table
      row
        th 1x1
          p "a"
      row
        td 2x1
          p "b"
          Bullet
          - item
              p "c"
        td 1x1

    <table><caption>a</caption><tr>b<td>c</td></tr></table><table/>
    table
      row
        td 1x1
          p "a"
      row
        td 1x1
          p "b"
        td 1x1
          p "c"

    <table><tbody><tr><td><ac:structured-macro ac:name="status"/></td></tr></tbody></table>
    table
      row
        td 1x1
          p {status none}
    "#);
}

#[test]
fn links_and_images() {
    insta::assert_snapshot!(shown(&[
        "<p><a href=\"https://a.example\" title=\"t\"> b </a><a href=\"/x\">/x</a><a href=\"#y\">z</a><a name=\"n\">w</a></p>",
        "<p><ac:link ac:anchor=\"s\"><ri:page ri:space-key=\"DEV\" ri:content-title=\"A: b\"/><ac:link-body><b>c</b></ac:link-body></ac:link></p>",
        "<p><ac:link><ri:user ri:username=\"jo\"/></ac:link> <ac:link ac:anchor=\"s\" ac:tooltip=\"t\"><ac:plain-text-link-body><![CDATA[a <b>]]></ac:plain-text-link-body></ac:link></p>",
        "<p><ac:link><ri:attachment ri:filename=\"a b.pdf\"><ri:page ri:content-title=\"P\"/></ri:attachment></ac:link><ri:space ri:space-key=\"X\"/><ac:link>x</ac:link></p>",
        "<p><ac:image ac:width=\"300\" ac:thumbnail=\"true\" ac:alt=\"a\"><ri:attachment ri:filename=\"b.png\"/><ac:caption><p>c <b>d</b></p></ac:caption></ac:image><img src=\"/e.png\"/></p>",
        "<a href=\"/x\"><p>a</p><ul><li>b</li></ul></a><a href=\"/y\"><hr/></a><a href=\"/z\">c<ac:link><ri:page ri:content-title=\"P\"/></ac:link></a>",
        "<p><ac:emoticon ac:name=\"tick\"/><ac:emoticon ac:name=\"blue-star\" ac:emoji-shortname=\":x:\" ac:emoji-fallback=\"X\"/><time datetime=\"2026-03-14\"/></p>",
    ]), @r##"
    <p><a href="https://a.example" title="t"> b </a><a href="/x">/x</a><a href="#y">z</a><a name="n">w</a></p>
    p <https://a.example tip "t">["b"] " " </x>[] <#y>["z"] "w"

    <p><ac:link ac:anchor="s"><ri:page ri:space-key="DEV" ri:content-title="A: b"/><ac:link-body><b>c</b></ac:link-body></ac:link></p>
    p <page:DEV:A:%20b#s>[Strong["c"]]

    <p><ac:link><ri:user ri:username="jo"/></ac:link> <ac:link ac:anchor="s" ac:tooltip="t"><ac:plain-text-link-body><![CDATA[a <b>]]></ac:plain-text-link-body></ac:link></p>
    p <user:jo>[] " " <#s tip "t">["a <b>"]

    <p><ac:link><ri:attachment ri:filename="a b.pdf"><ri:page ri:content-title="P"/></ri:attachment></ac:link><ri:space ri:space-key="X"/><ac:link>x</ac:link></p>
    p <attachment:a%20b.pdf?on=page:P>[] <space:X>[] "x"

    <p><ac:image ac:width="300" ac:thumbnail="true" ac:alt="a"><ri:attachment ri:filename="b.png"/><ac:caption><p>c <b>d</b></p></ac:caption></ac:image><img src="/e.png"/></p>
    p !attachment:b.png Some("a") [("width", "300"), ("thumbnail", ""), ("caption", "c d")] !/e.png None []

    <a href="/x"><p>a</p><ul><li>b</li></ul></a><a href="/y"><hr/></a><a href="/z">c<ac:link><ri:page ri:content-title="P"/></ac:link></a>
    p </x>["a"]
    Bullet
    - item
        p "b"
    rule
    p </y>[]
    p </z>["c" <page:P>[]]

    <p><ac:emoticon ac:name="tick"/><ac:emoticon ac:name="blue-star" ac:emoji-shortname=":x:" ac:emoji-fallback="X"/><time datetime="2026-03-14"/></p>
    p :tick: {emoticon name=blue-star sign=X none} @2026-03-14
    "##);
}

#[test]
fn a_line_takes_blocks_as_its_lines() {
    let nodes = xml::read("a <p>b</p><ul><li>c</li><li>d</li></ul><pre>e</pre>").unwrap();
    insta::assert_snapshot!(inlines(&elements::inlines(&nodes)), @r#""a" / "b" / "c" / "d" / `e`"#);
}

//! What macros become.

use super::show::{show, shown};

fn rich(name: &str, parameters: &str, body: &str) -> String {
    format!(
        "<ac:structured-macro ac:name=\"{name}\" ac:macro-id=\"x\" ac:schema-version=\"1\">{parameters}<ac:rich-text-body>{body}</ac:rich-text-body></ac:structured-macro>"
    )
}

fn parameter(name: &str, value: &str) -> String {
    format!("<ac:parameter ac:name=\"{name}\">{value}</ac:parameter>")
}

#[test]
fn macros() {
    let plain = |name: &str, parameters: &str, body: &str| {
        format!(
            "<ac:structured-macro ac:name=\"{name}\">{parameters}<ac:plain-text-body><![CDATA[{body}]]></ac:plain-text-body></ac:structured-macro>"
        )
    };
    let empty = |name: &str, parameters: &str| {
        format!("<ac:structured-macro ac:name=\"{name}\">{parameters}</ac:structured-macro>")
    };
    let status = empty("status", &parameter("title", "OK"));
    let page = "<ac:link><ri:page ri:content-title=\"P\"/></ac:link>";
    let sources = [
        plain("code", &(parameter("language", "rust") + &parameter("title", "t") + &parameter("linenumbers", "true")), "a\n<b>\n"),
        plain("noformat", "", "x") + "<pre>\n a\n<b>b</b>\n</pre><pre>a <img src=\"/x\"/></pre>",
        rich("info", &parameter("title", " a "), "b<p>c</p>") + &rich("info", "", ""),
        empty("toc", &parameter("maxLevel", "2")) + &empty("children", ""),
        format!("<p>{}</p><p>{status}</p>{status}<p>{status} a</p>", empty("toc", "")),
        format!("<p>a {} {}</p>", rich("excerpt", "", "b"), plain("mathinline", "", "x")),
        format!("<p>a {} b</p>", rich("note", "", "b")),
        rich("excerpt", "", "b") + &plain("html", "", "<i>"),
        empty("include", &parameter("", page)),
        empty("x", &[
            parameter("long", &"a".repeat(121)),
            parameter("serverId", "1"),
            parameter("b c", "1"),
            parameter("empty", ""),
            parameter("ref", "1"),
            parameter("d.e", "page:P"),
        ].concat()) + &empty("y", "") + &empty("z", &parameter("x", "<b/>")),
        "<ac:macro ac:name=\"x\"><ac:default-parameter>a</ac:default-parameter></ac:macro>".into(),
        "<ac:layout><ac:layout-section ac:type=\"two_equal\"><ac:layout-cell><p>a</p></ac:layout-cell><ac:layout-cell/></ac:layout-section></ac:layout>".into(),
        "<p>a<ac:inline-comment-marker ac:ref=\"x\"> b</ac:inline-comment-marker></p><ac:placeholder>c</ac:placeholder>".into(),
        "<details><summary>a <b>b</b></summary><p>c</p></details>".into(),
    ];
    let sources: Vec<&str> = sources.iter().map(String::as_str).collect();
    insta::assert_snapshot!(shown(&sources), @r#"
    <ac:structured-macro ac:name="code"><ac:parameter ac:name="language">rust</ac:parameter><ac:parameter ac:name="title">t</ac:parameter><ac:parameter ac:name="linenumbers">true</ac:parameter><ac:plain-text-body><![CDATA[a
    <b>
    ]]></ac:plain-text-body></ac:structured-macro>
    Code Some("rust") Some("t") [("linenumbers", "true")] "a\n<b>"

    <ac:structured-macro ac:name="noformat"><ac:plain-text-body><![CDATA[x]]></ac:plain-text-body></ac:structured-macro><pre>
     a
    <b>b</b>
    </pre><pre>a <img src="/x"/></pre>
    NoFormat None None [] "x"
    NoFormat None None [] " a\nb"
    p Monospace["a " !/x None []]

    <ac:structured-macro ac:name="info" ac:macro-id="x" ac:schema-version="1"><ac:parameter ac:name="title"> a </ac:parameter><ac:rich-text-body>b<p>c</p></ac:rich-text-body></ac:structured-macro><ac:structured-macro ac:name="info" ac:macro-id="x" ac:schema-version="1"><ac:rich-text-body></ac:rich-text-body></ac:structured-macro>
    macro info title=a
      p "b"
      p "c"
    macro info

    <ac:structured-macro ac:name="toc"><ac:parameter ac:name="maxLevel">2</ac:parameter></ac:structured-macro><ac:structured-macro ac:name="children"></ac:structured-macro>
    macro toc maxLevel=2
      none
    macro children
      none

    <p><ac:structured-macro ac:name="toc"></ac:structured-macro></p><p><ac:structured-macro ac:name="status"><ac:parameter ac:name="title">OK</ac:parameter></ac:structured-macro></p><ac:structured-macro ac:name="status"><ac:parameter ac:name="title">OK</ac:parameter></ac:structured-macro><p><ac:structured-macro ac:name="status"><ac:parameter ac:name="title">OK</ac:parameter></ac:structured-macro> a</p>
    macro toc
      none
    p {status title=OK none}
    p {status title=OK none}
    p {status title=OK none} " a"

    <p>a <ac:structured-macro ac:name="excerpt" ac:macro-id="x" ac:schema-version="1"><ac:rich-text-body>b</ac:rich-text-body></ac:structured-macro> <ac:structured-macro ac:name="mathinline"><ac:plain-text-body><![CDATA[x]]></ac:plain-text-body></ac:structured-macro></p>
    p "a " {excerpt inline "b"} " " {mathinline plain "x"}

    <p>a <ac:structured-macro ac:name="note" ac:macro-id="x" ac:schema-version="1"><ac:rich-text-body>b</ac:rich-text-body></ac:structured-macro> b</p>
    p "a"
    macro note
      p "b"
    p "b"

    <ac:structured-macro ac:name="excerpt" ac:macro-id="x" ac:schema-version="1"><ac:rich-text-body>b</ac:rich-text-body></ac:structured-macro><ac:structured-macro ac:name="html"><ac:plain-text-body><![CDATA[<i>]]></ac:plain-text-body></ac:structured-macro>
    macro excerpt
      p "b"
    macro html
      plain "<i>"

    <ac:structured-macro ac:name="include"><ac:parameter ac:name=""><ac:link><ri:page ri:content-title="P"/></ac:link></ac:parameter></ac:structured-macro>
    macro include =>page:P
      none

    <ac:structured-macro ac:name="x"><ac:parameter ac:name="long">aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa</ac:parameter><ac:parameter ac:name="serverId">1</ac:parameter><ac:parameter ac:name="b c">1</ac:parameter><ac:parameter ac:name="empty"></ac:parameter><ac:parameter ac:name="ref">1</ac:parameter><ac:parameter ac:name="d.e">page:P</ac:parameter></ac:structured-macro><ac:structured-macro ac:name="y"></ac:structured-macro><ac:structured-macro ac:name="z"><ac:parameter ac:name="x"><b/></ac:parameter></ac:structured-macro>
    macro x d.e=text:page:P #1
      none
    macro y
      none
    macro z #2
      none

    <ac:macro ac:name="x"><ac:default-parameter>a</ac:default-parameter></ac:macro>
    macro x =a
      none

    <ac:layout><ac:layout-section ac:type="two_equal"><ac:layout-cell><p>a</p></ac:layout-cell><ac:layout-cell/></ac:layout-section></ac:layout>
    macro layout
      macro layout-section type=two_equal
        macro layout-cell
          p "a"
        macro layout-cell

    <p>a<ac:inline-comment-marker ac:ref="x"> b</ac:inline-comment-marker></p><ac:placeholder>c</ac:placeholder>
    p "a " {inline-comment-marker #1 inline "b"}
    p {placeholder inline "c"}

    <details><summary>a <b>b</b></summary><p>c</p></details>
    macro expand title=a b
      p "c"
    "#);
}

#[test]
fn a_box_is_a_part_of_a_line_only_if_no_block_breaks_that() {
    let note = rich("note", "", "b");
    let line = r#""a " {note inline "b"}"#;
    let blocks = "p \"a\"\nmacro note\n  p \"b\"\nrule";
    let within = blocks.replace('\n', "\n  ");
    for (start, end, kept, broken) in [
        ("<h2>", "</h2>", format!("h2 {line}"), blocks.to_owned()),
        (
            "<ac:inline-comment-marker>",
            "</ac:inline-comment-marker>",
            format!("p {{inline-comment-marker #1 inline {line}}}"),
            format!("macro inline-comment-marker #1\n  {within}"),
        ),
        (
            "<p><ac-inline-comment-marker>",
            "</ac-inline-comment-marker></p>",
            format!("p {{inline-comment-marker inline {line}}}"),
            format!("macro inline-comment-marker\n  {within}"),
        ),
    ] {
        assert_eq!(show(&format!("{start}a {note}{end}")), kept);
        assert_eq!(show(&format!("{start}a {note}<hr/>{end}")), broken);
    }
}

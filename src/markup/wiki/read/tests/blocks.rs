//! What lines and macros mean in Jira.

use super::{Dialect, check, told};

#[test]
fn colors_go_over_words_and_blocks() {
    check(
        Dialect::Jira,
        &[
            (
                "a {color:red}b *c*{color} d",
                "<p>a <font red>b <b>c</b></font> d</p>",
            ),
            ("*{color:red}b{color}*", "<p><b><font red>b</font></b></p>"),
            (
                "{color:#00ff00}\nh1. a\n\n* b\n{color}\nc",
                "<h1><font #00ff00>a</font></h1>\n<ul><li><font #00ff00>b</font></li></ul>\n<p>c</p>",
            ),
            (
                "a{color:blue} b\nc {color} d",
                "<p>a <font blue>b<br/>c</font> d</p>",
            ),
            (
                "{color:red}a\n\n{code}\nb\n{code}\nc{color} d",
                "<p><font red>a</font></p>\n<pre>b</pre>\n<p><font red>c</font> d</p>",
            ),
            (
                "{color:red}a{color:blue}b\nc{color}d{color}",
                "<p><font red>a<font blue>b<br/>c</font>d</font></p>",
            ),
            (
                "{color:red}a {color:blue}b{color} c",
                "<p>{color:red}a <font blue>b</font> c</p>",
            ),
            (
                "|{color:red}a{color}|b|",
                "<table><tr><td><font red>a</font></td><td>b</td></tr></table>",
            ),
        ],
    );
}

#[test]
fn lists_nest_and_their_items_hold_further_lines() {
    check(
        Dialect::Jira,
        &[
            (
                "* a\n** b\n* c",
                "<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>",
            ),
            (
                "# a\n#* b\n## c\n# d",
                "<ol><li>a<ul><li>b</li></ul><ol><li>c</li></ol></li><li>d</li></ol>",
            ),
            (
                "- a\n-- b\n--- c\n---- d",
                "<ul><li>a<ul><li>b<ul><li>c<ul><li>d</li></ul></li></ul></li></ul></li></ul>",
            ),
            ("* a\n- b", "<ul><li>a</li></ul>\n<ul><li>b</li></ul>"),
            ("-- a", "<p>-- a</p>"),
            ("* a\nb\n* c", "<ul><li>a<br/>b</li><li>c</li></ul>"),
            ("* a\n\nb", "<ul><li>a</li></ul>\n<p>b</p>"),
            ("a\n* b\nh1. c", "<p>a</p>\n<ul><li>b</li></ul>\n<h1>c</h1>"),
            (
                "* a\n*** b\n** c",
                "<ul><li>a<ul><li>b</li></ul><ul><li>c</li></ul></li></ul>",
            ),
            (
                "* a {code:java}\nb\n\n* c\n{code}\n* d",
                "<ul><li>a<pre language=java>b\n\n* c</pre></li><li>d</li></ul>",
            ),
            (
                "# a\n{code}\nb\n{code}\n# c\n{quote}d{quote}\ne",
                "<ol><li>a<pre>b</pre></li><li>c<blockquote><p>d</p></blockquote><p>e</p></li></ol>",
            ),
            (
                "* a\n|b|c|\n* d",
                "<ul><li>a<table><tr><td>b</td><td>c</td></tr></table></li><li>d</li></ul>",
            ),
            ("* a\n----\n", "<ul><li>a</li></ul>\n<hr/>"),
            ("* \n* a", "<ul><li></li><li>a</li></ul>"),
            ("* *a*\n* h1. b", "<ul><li><b>a</b></li><li>h1. b</li></ul>"),
        ],
    );
}

#[test]
fn an_item_with_a_box_is_a_task() {
    check(
        Dialect::Jira,
        &[
            (
                "* [ ] a\n* [x] b\n* [x]\n# [X] c",
                "<ul><li todo>a</li><li done>b</li><li done></li></ul>\n<ol><li done>c</li></ol>",
            ),
            (
                "* [y] a\n* [x]a\n* [ ](b)",
                "<ul><li>[y] a</li><li>[x]a</li><li>[ ](b)</li></ul>",
            ),
        ],
    );
}

#[test]
fn tables_hold_links_lists_and_macros() {
    let table = |rows: &str| format!("<table>{rows}</table>");
    for (source, rows) in [
        (
            "||a||b||\n|c|d|",
            "<tr><th>a</th><th>b</th></tr><tr><td>c</td><td>d</td></tr>",
        ),
        (
            "||a|b|\n||c|d|",
            "<tr><th>a</th><td>b</td></tr><tr><th>c</th><td>d</td></tr>",
        ),
        ("| a\nb | c |", "<tr><td>a<br/>b</td><td>c</td></tr>"),
        (
            "|* a\n* b|c|",
            "<tr><td><ul><li>a</li><li>b</li></ul></td><td>c</td></tr>",
        ),
        (
            "|[a|http://a.example]|!b.png|width=1!|",
            "<tr><td><a http://a.example>a</a></td><td><img file:b.png width=1/></td></tr>",
        ),
        (
            r"|a \| b|[c|d|",
            "<tr><td>a | b</td><td>[c</td><td>d</td></tr>",
        ),
        (
            "|{code:title=a|b=c}\n|x|\n\n{code}|d|",
            "<tr><td><pre title=a b=c>|x|</pre></td><td>d</td></tr>",
        ),
        (
            "|{{a|b}}|c|",
            "<tr><td><code>a|b</code></td><td>c</td></tr>",
        ),
        ("| | |", "<tr><td></td><td></td></tr>"),
        ("| - |\n|a", "<tr><td>-</td></tr><tr><td>a</td></tr>"),
        ("|a\\\\b|", "<tr><td>a<br/>b</td></tr>"),
    ] {
        assert_eq!(told(source, Dialect::Jira), table(rows), "{source:?}");
    }
    check(
        Dialect::Jira,
        &[
            (
                "a\n|b|\nc",
                "<p>a</p>\n<table><tr><td>b</td></tr></table>\n<p>c</p>",
            ),
            ("|", "<p>|</p>"),
            ("||", "<p>||</p>"),
        ],
    );
}

#[test]
fn macros_stand_anywhere() {
    check(
        Dialect::Jira,
        &[
            (
                "{code:title=A.java|borderStyle=solid}\nx\n{code}",
                "<pre title=A.java borderStyle=solid>x</pre>",
            ),
            ("{code:c++}x{code}", "<pre language=c++>x</pre>"),
            (
                "{code:xml|title=A|linenumbers=true}\n  <a/>\n\n  {code}",
                "<pre language=xml title=A linenumbers=true>  <a/></pre>",
            ),
            (
                "{noformat:title=A}*b*{noformat}",
                "<pre plain title=A>*b*</pre>",
            ),
            ("a{code}b{code}c", "<p>a</p>\n<pre>b</pre>\n<p>c</p>"),
            (
                "{quote}a{quote}b{quote}c{quote}",
                "<blockquote><p>a</p></blockquote>\n<p>b</p>\n<blockquote><p>c</p></blockquote>",
            ),
            (
                "{quote}\n{code}{quote}{code}\n* a\n{quote}",
                "<blockquote><pre>{quote}</pre><ul><li>a</li></ul></blockquote>",
            ),
            (
                "bq. a *b*\nc",
                "<blockquote><p>a <b>b</b></p></blockquote>\n<p>c</p>",
            ),
            ("bq.a", "<blockquote><p>a</p></blockquote>"),
            ("{quote} {quote}", ""),
            (
                "{panel:title=A|borderStyle=dashed}\nb\n\nc\n{panel}",
                "<panel title=A borderStyle=dashed><p>b</p><p>c</p></panel>",
            ),
            (
                "{panel:bgColor=#DEEBFF|title=A}b{panel}",
                "<info title=A><p>b</p></info>",
            ),
            (
                "{expand:A}b{expand} {expand:title=C}d{expand}",
                "<expand title=A><p>b</p></expand>\n<expand title=C><p>d</p></expand>",
            ),
            ("{info}a{info}", "<info><p>a</p></info>"),
            (
                "{panel:title=a}{panel:title=b}c{panel}{panel}",
                "<panel title=a><panel title=b><p>c</p></panel></panel>",
            ),
            (r"\{quote}a{quote}", "<p>{quote}a{quote}</p>"),
            ("{{ {code} }}", "<p><code> {code} </code></p>"),
            ("h1. a\nb\n----\nc", "<h1>a</h1>\n<p>b</p>\n<hr/>\n<p>c</p>"),
            ("h1.\nh7. a", "<p>h7. a</p>"),
            ("a\r\nb\r\n\r\nc", "<p>a<br/>b</p>\n<p>c</p>"),
            ("", ""),
        ],
    );
}

//! What the parts of a line mean in Jira.

use super::{Dialect, check_lines, told};

#[test]
fn what_looks_like_marks_but_is_none_stays() {
    for text in [
        "a_b_c and snake_case_*name",
        "List<String> a < b",
        "C++ and a+b+c, C++!",
        "2*3*4 = 2 * 3 * 4",
        "run --flag -x --other-flag, then -y",
        "5 - 3 - 1, 1-2-3, 2024-01-15",
        "{foo} and ${var} and {foo:bar} and {}",
        "${{ github.sha }}",
        ":foo: and a:b:c",
        r"C:\temp\new and \\host\share\x and \d+",
        "somebody@a.example, a@b",
        "[x] [ ] [0] a[i] [a|b] [-h|--help]",
        "[[[[[",
        "__init__ and **kwargs** and ++x++",
        "*/*; q=0.5",
        "I like it! You too!",
        "!important and more!",
        "x = !a && !b",
        "f(x) + O(n)",
        "a -- b --- c",
        "*unclosed and _unclosed",
        "a * not bold* and *not bold *",
        "***",
        "{quote}never closed",
        "{code}never closed",
        "a | b || c",
        "&nosuch; R&D & more",
        "%x% @y@",
        "{color}a{color:}b",
        "}} a {{",
    ] {
        let expected = format!("<p>{text}</p>");
        assert_eq!(told(text, Dialect::Jira), expected, "{text:?}");
    }
}

#[test]
fn marks_style_words() {
    check_lines(
        Dialect::Jira,
        &[
            (
                "*bold* _em_ ??cite?? -del- +ins+ ^sup^ ~sub~",
                "<b>bold</b> <em>em</em> <cite>cite</cite> <del>del</del> <u>ins</u> <sup>sup</sup> <sub>sub</sub>",
            ),
            (
                "(*a*), \"_b_\". *c*!",
                "(<b>a</b>), \"<em>b</em>\". <b>c</b>!",
            ),
            (
                "_*both*_ *_both_*",
                "<em><b>both</b></em> <b><em>both</em></b>",
            ),
            ("*a _b* c_", "<b>a _b</b> c_"),
            ("_a b_c d_ e", "<em>a b_c d</em> e"),
            ("-a b-c-", "<del>a b-c</del>"),
            ("x{*}y{*}z H{~}2{~}O", "x<b>y</b>z H<sub>2</sub>O"),
            ("*y{*}z", "<b>y</b>z"),
            ("*Ärger* *1*", "<b>Ärger</b> <b>1</b>"),
            ("*a\nb*", "*a<br/>b*"),
            (r"\*a\* \_b_ *a\*b*", "*a* _b_ <b>a*b</b>"),
            (
                "*http://a.example/x_y*",
                "<b><a http://a.example/x_y></a></b>",
            ),
            ("- a", "- a"),
        ][..12],
    );
}

#[test]
fn monospaced_text_is_code_unless_it_has_marks() {
    check_lines(
        Dialect::Jira,
        &[
            (
                "{{get_user()}} {{a}}s x{{b}}",
                "<code>get_user()</code> <code>a</code>s x<code>b</code>",
            ),
            ("{{a *b* c}}", "<tt>a <b>b</b> c</tt>"),
            ("{{${x}}} {{{y}}}", "<code>${x}</code> <code>{y}</code>"),
            (
                r"{{C:\x\y \\z \{code\} \*}}",
                r"<code>C:\x\y \\z {code} *</code>",
            ),
            (
                "{{http://a.example (x) !a.png! a[i]}}",
                "<code>http://a.example (x) !a.png! a[i]</code>",
            ),
            (
                "{{[a|http://a.example]}}",
                "<tt><a http://a.example>a</a></tt>",
            ),
            ("{{a &lt;b&gt; &amp;amp;}}", "<code>a <b> &amp;</code>"),
            ("{{{color:red}a{color}}}", "<tt><font red>a</font></tt>"),
            ("{{a\nb}}", "{{a<br/>b}}"),
            ("{{}} {{ }} {{x}}", "{{}} {{ }} <code>x</code>"),
            ("*a {{b*c}} d*", "<b>a <code>b*c</code> d</b>"),
        ],
    );
}

#[test]
fn links_lead_somewhere() {
    check_lines(
        Dialect::Jira,
        &[
            ("[http://a.example]", "<a http://a.example></a>"),
            (
                "[ a *b* | http://a.example | tip ]",
                "<a http://a.example tip=tip>a <b>b</b></a>",
            ),
            ("[|http://a.example]", "<a http://a.example></a>"),
            (
                "[http://a.example|http://a.example]",
                "<a http://a.example></a>",
            ),
            ("[#top] [see|#top]", "<a #top></a> <a #top>see</a>"),
            (
                "[^a b.txt] [file^a.txt]",
                "<a file:a b.txt></a> <a file:a.txt>file</a>",
            ),
            (
                "[~j.doe] [Jane|~jane]",
                "<a user:j.doe></a> <a user:jane>Jane</a>",
            ),
            (
                "[mailto:a@b.example] [mail|mailto:a@b.example]",
                "<a mailto:a@b.example></a> <a mailto:a@b.example>mail</a>",
            ),
            ("[file:///c:/temp/a.txt]", "<a file:///c:/temp/a.txt></a>"),
            (
                "[flow|ABC-12] [path|/browse/x]",
                "<a ABC-12>flow</a> <a /browse/x>path</a>",
            ),
            (
                "[x|http://a.example|smart-link]",
                "<a http://a.example>x</a>",
            ),
            (
                "[a [b|http://b.example] c]",
                "[a <a http://b.example>b</a> c]",
            ),
            (
                r"[a \[b\]|http://a.example]",
                "<a http://a.example>a [b]</a>",
            ),
            (
                "[!a.png|width=3!|http://a.example]",
                "<a http://a.example><img file:a.png width=3/></a>",
            ),
            (
                "see http://a.example/x_y_z.",
                "see <a http://a.example/x_y_z></a>.",
            ),
            ("(http://a.example)", "(<a http://a.example></a>)"),
            (
                "http://a.example?x=1&amp;y=2",
                "<a http://a.example?x=1&y=2></a>",
            ),
            (
                "[a\nb|http://a.example]",
                "[a<br/>b|<a http://a.example></a>]",
            ),
            ("{anchor:x}there", "<anchor =x/>there"),
        ],
    );
}

#[test]
fn images_name_a_file_or_an_address() {
    check_lines(
        Dialect::Jira,
        &[
            ("!a.png!", "<img file:a.png/>"),
            (
                "!my picture.png|thumbnail!",
                "<img file:my picture.png thumbnail=/>",
            ),
            (
                "!http://a.example/x|align=right, vspace=4!",
                "<img http://a.example/x align=right vspace=4/>",
            ),
            (
                "!a.png|alt=\"b, c\",title=d!",
                "<img file:a.png alt=b, c title=d/>",
            ),
            (
                "!a.png|A longer text!",
                "<img file:a.png alt=A longer text/>",
            ),
            ("x!a.png! !a.png!x", "x!a.png! !a.png!x"),
            (r"\!a.png!", "!a.png!"),
        ],
    );
}

#[test]
fn signs_are_emoticons_breaks_escapes_and_entities() {
    check_lines(
        Dialect::Jira,
        &[
            (
                ":) ;) (y) (/) (*r)",
                ":smile: :wink: :thumbs-up: :tick: :red-star:",
            ),
            (r"\:) \(y) (z)", ":) (y) (z)"),
            (r"a\\b \\ c", "a<br/>b<br/>c"),
            (r"a\\\\b", "a<br/><br/>b"),
            ("a\nb", "a<br/>b"),
            ("&lt;b&gt; &nbsp;&#64; &amp;lt;", "<b> \u{a0}@ &lt;"),
            (r"\{x} \[y] \- \#", "{x} [y] - #"),
        ],
    );
}

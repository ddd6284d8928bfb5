//! Text, and what in it is escaped.

use super::*;

#[test]
fn text_that_jira_reads_as_text_is_written_as_it_is() {
    for content in [
        "a_b_c and snake_case_",
        "2*3*4 = 24",
        "C++ and a+b+c",
        "--flag --other",
        "List<String> & Map<K, V>",
        "see http://x/a_b_c_ and http://x/_d_/*e*",
        "/rest/{id}/x ${name} {}",
        "*.rs and *.toml",
        "a != b and c != d",
        "5 > 3 < 4, x <3 GB",
        "C:\\dir\\file and \\n",
        "f(x) and g(y)z",
        "1 - 2 - 3 and -1",
        "a | b",
        "Really?? Yes!! No?",
        "~5 and ~6",
        "AT&T; a & b",
        "50% of #1 @home",
        "*",
        "-",
        "#hash h1 h7. bq",
        "int[] a",
        "-------",
        "a { b } c {not a macro}",
        "{ \"key\": [1",
        "a\u{a0}b",
        "1. one",
    ] {
        assert_eq!(line(vec![text(content)]), content);
    }
}

#[test]
fn text_that_jira_would_read_as_a_mark_is_escaped() {
    for (content, expected) in [
        ("*a*", "\\*a*"),
        ("_a_ and -b-", "\\_a_ and \\-b-"),
        ("**a**", "\\*\\*a**"),
        ("+a+ ^b^ ~c~ ??d??", "\\+a+ \\^b^ \\~c~ \\?\\?d??"),
        ("{{a}}", "&#123;{a}}"),
        ("[a] and a[0]", "\\[a] and a\\[0]"),
        ("!a.png!", "\\!a.png!"),
        ("{color:red}", "\\{color:red}"),
        ("{code}{Quote}{anchor:x}", "\\{code}\\{Quote}\\{anchor:x}"),
        ("{*}a{*}", "&#123;\\*}a&#123;*}"),
        ("(x) :) ;-) :P", "\\(x) :\\) ;\\-) &#58;P"),
        ("\\\\server\\share", "&#92;\\server\\share"),
        ("a\\*b \\", "a&#92;*b \\"),
        ("&copy; &#33; &amp;", "&amp;copy; &amp;#33; &amp;amp;"),
        ("a -- b --- c", "a \\-\\- b \\-\\-\\- c"),
    ] {
        assert_eq!(line(vec![text(content)]), expected, "{content}");
    }
}

#[test]
fn the_start_of_a_line_is_escaped_where_it_looks_like_a_block() {
    for (content, expected) in [
        ("* a", "\\* a"),
        ("- a", "\\- a"),
        ("# a", "\\# a"),
        ("*# a", "\\*# a"),
        ("h1. a", "h1&#46; a"),
        ("bq. a", "bq&#46; a"),
        ("|a|", "\\|a|"),
        ("----", "\\----"),
    ] {
        assert_eq!(line(vec![text(content)]), expected);
        assert_eq!(
            line(vec![text("x"), Inline::Break, text(content)]),
            format!("x\n{expected}")
        );
        assert_eq!(
            written(vec![bullets(vec![item(vec![paragraph(content)])])]),
            format!("* {expected}")
        );
    }
}

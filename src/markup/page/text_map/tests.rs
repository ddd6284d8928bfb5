//! What is shown of a page, and where it stands.

use super::*;

fn texts(source: &str) -> Vec<String> {
    let nodes = xml::read(source).unwrap();
    let flows = flows(source, &nodes);
    flows.into_iter().map(|flow| flow.text).collect()
}

/// The source of each place that the only `find` in the page stands on.
fn found<'a>(source: &'a str, find: &str) -> Option<Vec<&'a str>> {
    let nodes = xml::read(source).unwrap();
    let flows = flows(source, &nodes);
    let flow = flows.iter().find(|flow| flow.text.contains(find))?;
    let start = flow.text.find(find)?;
    let places = flow.places(&(start..start + find.len()))?;
    let sources = places
        .into_iter()
        .map(|place| &source[place.source.clone()]);
    Some(sources.collect())
}

#[test]
fn each_block_is_a_flow_of_its_own() {
    for (source, expected) in [
        ("<p>one</p><p>two</p>", vec!["one", "two"]),
        ("<h1>a <strong>b</strong> c</h1>", vec!["a b c"]),
        ("<ul><li>a<ul><li>b</li></ul></li></ul>", vec!["a", "b"]),
        ("<p>a\n  b&#32; c <em> d</em></p>", vec!["a b c d"]),
        ("<p>a <br /> b</p>", vec!["a\nb"]),
        ("<p>a<!-- x -->b</p>", vec!["ab"]),
        ("<p>a<ac:emoticon ac:name=\"smile\"/>b</p>", vec!["a", "b"]),
        (
            "<p>R&D &amp; &lt;x&gt; &nosuch;</p>",
            vec!["R&D & <x> &nosuch;"],
        ),
        ("<pre>a\r\n  b</pre>", vec!["a\n  b"]),
        ("<p>soft\u{ad}hyphen</p>", vec!["softhyphen"]),
    ] {
        assert_eq!(texts(source), expected, "{source}");
    }
}

#[test]
fn what_is_not_shown_is_in_no_flow() {
    let source = "<ac:structured-macro ac:name=\"code\"><ac:parameter ac:name=\"title\">T\
        </ac:parameter><ac:plain-text-body><![CDATA[if (a &lt; b]]]]><![CDATA[>) {\n  x]]>\
        </ac:plain-text-body></ac:structured-macro><ac:task-list><ac:task><ac:task-id>7\
        </ac:task-id><ac:task-status>complete</ac:task-status><ac:task-body>Call\
        </ac:task-body></ac:task></ac:task-list><p>by <ac:link><ri:user ri:username=\"u\"/>\
        </ac:link> in <ac:link><ri:page ri:content-title=\"P\"/><ac:plain-text-link-body>\
        <![CDATA[the page]]></ac:plain-text-link-body></ac:link> on <time datetime=\"d\"/></p>";
    assert_eq!(
        texts(source),
        ["if (a &lt; b]]>) {\n  x", "Call", "by ", " in the page on "]
    );
}

#[test]
fn text_is_found_through_marks_entities_and_data() {
    for (source, find, expected) in [
        ("<p>one two</p>", "two", vec!["two"]),
        ("<p>a <b>b</b> c</p>", "a b c", vec!["a ", "b", " c"]),
        ("<p>x&amp;y</p>", "&y", vec!["&amp;y"]),
        ("<p>x&amp;y&nbsp;z</p>", "y\u{a0}z", vec!["y&nbsp;z"]),
        ("<p>a\n  b</p>", "a b", vec!["a\n  b"]),
        ("<p>a<br/>b</p>", "a\nb", vec!["a<br/>b"]),
        (
            "<x><![CDATA[a]]]]><![CDATA[>b]]></x>",
            "]]>",
            vec!["]]", ">"],
        ),
        ("<p>zero\u{200b}width</p>", "owi", vec!["o", "wi"]),
        ("<p>ä€𝄞ö</p>", "€𝄞", vec!["€𝄞"]),
    ] {
        assert_eq!(found(source, find), Some(expected), "{source} {find}");
    }
}

#[test]
fn an_element_whose_text_is_taken_is_emptied() {
    let source = "<p>a <b>b <i>c</i></b> d</p>";
    let nodes = xml::read(source).unwrap();
    let flows = flows(source, &nodes);
    let emptied = |text: Range<usize>, keeps_start| -> Vec<&str> {
        let emptied = flows[0].emptied(&text, keeps_start);
        emptied.into_iter().map(|outer| &source[outer]).collect()
    };
    assert_eq!(emptied(0..7, true), ["<b>b <i>c</i></b>", "<i>c</i>"]);
    assert_eq!(emptied(2..5, true), ["<i>c</i>"]);
    assert_eq!(emptied(2..5, false), ["<b>b <i>c</i></b>", "<i>c</i>"]);
    assert_eq!(emptied(2..4, false), Vec::<&str>::new());
}

//! What odd, deep and long texts cost.

use super::{
    parse::parse,
    rewrite::rewrite,
    tests::{becomes, shown},
};

#[test]
fn deep_nesting_is_read_to_a_thousand_levels_and_cut_below() {
    for tag in [
        "div",
        "span class='x'",
        "ul><li",
        "blockquote",
        "b",
        "font color='red'",
        "table><tr><td",
    ] {
        let source = format!("{}deep</div>", format!("<{tag}>").repeat(3_000));
        let nodes = parse(&source);
        let text = shown(&nodes);
        assert!(text.contains("<deep/>"), "{tag}");
        assert!(!text.contains("deep<"), "{tag}");
        shown(&rewrite(nodes));
        super::read(&source);
    }
    let within = format!("{}here{}after", "<div>".repeat(990), "</div>".repeat(990));
    assert!(becomes(&within).contains("here"));
    let beyond = format!(
        "{}here{}after",
        "<div>".repeat(5_000),
        "</div>".repeat(5_000)
    );
    assert!(becomes(&beyond).ends_with("</div>after"));
}

#[test]
fn what_would_grow_without_bound_does_not() {
    let many: String = (0..900)
        .map(|number| format!("<b id='{number}'>"))
        .collect();
    let source = format!("{many}{}", "<p>x</p></b>".repeat(20_000));
    assert!(shown(&parse(&source)).len() < 100 * source.len());
}

#[test]
fn a_tag_with_many_attributes_is_read_to_its_thousandth() {
    let attributes: String = (0..50_000).map(|number| format!(" a{number}=b")).collect();
    let shown = becomes(&format!("<p{attributes}>text</p>"));
    assert!(shown.ends_with("text</p>"));
    assert!(shown.contains(" a999=") && shown.contains("a1000=b"));
}

proptest::proptest! {
    #![proptest_config(crate::markup::testing::cases(256))]

    #[test]
    fn any_text_is_read(source in ".{0,200}") {
        super::read(&source);
    }

    #[test]
    fn any_tags_are_read(parts in proptest::collection::vec(proptest::sample::select(PARTS), 0..60)) {
        let nodes = parse(&parts.concat());
        super::read(&parts.concat());
        proptest::prop_assert!(shown(&nodes).len() < 100_000);
    }
}

const PARTS: &[&str] = &[
    "<p>",
    "</p>",
    "<b>",
    "</b>",
    "<i>",
    "</i>",
    "<a href='x'>",
    "<a name='y'>",
    "</a>",
    "<table>",
    "</table>",
    "<tr>",
    "<td>",
    "</td>",
    "<th>",
    "<caption>",
    "<ul>",
    "<ol start='3'>",
    "<li>",
    "</ul>",
    "<div>",
    "</div>",
    "<div class='panel'>",
    "<div class='panelContent'>",
    "<div class='code panel'>",
    "<pre>",
    "</pre>",
    "<code>",
    "</code>",
    "<h1>",
    "</h1>",
    "<br>",
    "<hr>",
    "<img src='x'>",
    "<img class='emoticon'>",
    "<select>",
    "<option>",
    "<template>",
    "</template>",
    "<svg>",
    "<math>",
    "<mi>",
    "</svg>",
    "<form>",
    "<button>",
    "<input type='checkbox'>",
    "<script>",
    "</script>",
    "<textarea>",
    "</textarea>",
    "<!--",
    "-->",
    "<![CDATA[",
    "]]>",
    "<ac:link>",
    "<ri:page/>",
    "</ac:link>",
    "<font color=red>",
    "</font>",
    "<nobr>",
    "<span class='jira-issue'>",
    "<frameset>",
    "<body>",
    "<html>",
    "<head>",
    "</html>",
    "<plaintext>",
    "&amp;",
    "&#0;",
    "\0",
    " text ",
    "\n",
    "<table class='infoMacro'>",
    "<details>",
    "<summary>",
    "<ul class='inline-task-list'>",
    "<dl>",
    "<dt>",
];

//! Any source, however odd: the tree is in normal form and each node stands where it says.

use proptest::prelude::*;

use super::corpus_tests::{places::misplaced, words::Texts};
use crate::markup::{document::abnormal, storage, testing};

/// What has no content.
const LEAVES: [&str; 18] = [
    " ",
    "A",
    "B ",
    "\n C",
    "&nbsp;",
    "&amp;",
    "&#32;",
    "https://a.example",
    "<!-- x -->",
    "<![CDATA[ D ]]>",
    "<br/>",
    "<hr/>",
    "<ac:emoticon ac:name=\"tick\"/>",
    "<ac:image><ri:url ri:value=\"/x\"/><ac:caption>e</ac:caption></ac:image>",
    "<ac:structured-macro ac:name=\"status\"/>",
    "<ac:structured-macro ac:name=\"toc\"/>",
    "<ac:link><ri:user ri:username=\"jo\"/></ac:link>",
    "<time datetime=\"2026-03-14\"/>",
];

/// The tags before and after what has content.
const BRANCHES: [(&str, &str); 38] = [
    ("<p>", "</p>"),
    ("<h1>", "</h1>"),
    ("<div>", "</div>"),
    ("<span>", "</span>"),
    (
        "<span style=\"color: red; text-decoration: underline\">",
        "</span>",
    ),
    ("<b>", "</b>"),
    ("<i>", "</i>"),
    ("<u>", "</u>"),
    ("<code>", "</code>"),
    ("<pre>", "</pre>"),
    ("<ul>", "</ul>"),
    ("<ol>", "</ol>"),
    ("<li>", "</li>"),
    ("<ac:task-list>", "</ac:task-list>"),
    (
        "<ac:task><ac:task-status>complete</ac:task-status>",
        "</ac:task>",
    ),
    ("<ac:task-body>", "</ac:task-body>"),
    ("<table>", "</table>"),
    ("<caption>", "</caption>"),
    ("<tbody>", "</tbody>"),
    ("<tr>", "</tr>"),
    ("<td>", "</td>"),
    ("<th>", "</th>"),
    ("<blockquote>", "</blockquote>"),
    ("<dl>", "</dl>"),
    ("<dt>", "</dt>"),
    ("<details>", "</details>"),
    ("<summary>", "</summary>"),
    ("<a href=\"https://a.example\">", "</a>"),
    ("<ac:link ac:anchor=\"x\">", "</ac:link>"),
    ("<ac:link-body>", "</ac:link-body>"),
    (
        "<ac:structured-macro ac:name=\"info\">",
        "</ac:structured-macro>",
    ),
    (
        "<ac:structured-macro ac:name=\"excerpt\">",
        "</ac:structured-macro>",
    ),
    (
        "<ac:structured-macro ac:name=\"code\">",
        "</ac:structured-macro>",
    ),
    ("<ac:rich-text-body>", "</ac:rich-text-body>"),
    ("<ac:plain-text-body>", "</ac:plain-text-body>"),
    ("<ac:parameter ac:name=\"title\">", "</ac:parameter>"),
    ("<ac:placeholder>", "</ac:placeholder>"),
    (
        "<ac:inline-comment-marker ac:ref=\"x\">",
        "</ac:inline-comment-marker>",
    ),
];

fn source() -> impl Strategy<Value = String> {
    let leaf = (0..LEAVES.len()).prop_map(|index| LEAVES[index].to_owned());
    leaf.prop_recursive(6, 60, 5, |inner| {
        (0..BRANCHES.len(), prop::collection::vec(inner, 0..5)).prop_map(|(index, parts)| {
            let (before, after) = BRANCHES[index];
            format!("{before}{}{after}", parts.concat())
        })
    })
}

proptest! {
    #![proptest_config(testing::cases(3_000))]

    #[test]
    fn a_tree_is_in_normal_form_and_its_nodes_stand_in_order(
        parts in prop::collection::vec(source(), 1..4)
    ) {
        let page = parts.concat();
        let document = storage::read(&page).unwrap();
        prop_assert_eq!(abnormal(&document.blocks), Vec::<String>::new());
        prop_assert_eq!(misplaced(&page, &document.blocks), Vec::<String>::new());
    }

    #[test]
    fn no_text_is_lost(parts in prop::collection::vec(source(), 1..4)) {
        // Parameters are not shown, and only the simple ones are told.
        let page = parts.concat().replace("ac:parameter", "ac:unknown");
        let document = storage::read(&page).unwrap();
        let texts = Texts::of(&document.blocks);
        for letter in ["A", "B", "C", "D"] {
            let expected = page.replace("CDATA", "").matches(letter).count();
            let told = texts.shown.matches(letter).count() + texts.told.matches(letter).count();
            prop_assert_eq!(told, expected, "{} {} {:?}", letter, &page, &document);
        }
    }

    #[test]
    fn any_text_is_read_or_refused(page in "[<>/&;a-z \"='!\\[\\]-]{0,200}") {
        if let Ok(document) = storage::read(&page) {
            prop_assert_eq!(abnormal(&document.blocks), Vec::<String>::new());
        }
    }
}

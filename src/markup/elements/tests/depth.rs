//! Deep and long sources.

use std::thread;

use crate::markup::{
    document::{Block, Body, Document, Inline, Macro},
    storage,
};

/// What may nest, as the tags before and after what stands in it.
const NESTED: [(&str, &str); 14] = [
    ("<ul><li>a", "b</li></ul>"),
    ("<ul>", "</ul>"),
    ("<blockquote>a", "b</blockquote>"),
    ("<table><tbody><tr><td>a", "b</td></tr></tbody></table>"),
    ("<table>", "</table>"),
    (
        "<ac:structured-macro ac:name=\"info\"><ac:rich-text-body>a",
        "b</ac:rich-text-body></ac:structured-macro>",
    ),
    (
        "<p>a<ac:structured-macro ac:name=\"excerpt\"><ac:rich-text-body>",
        "</ac:rich-text-body></ac:structured-macro></p>",
    ),
    ("<div>a", "b</div>"),
    ("<span>a", "b</span>"),
    ("<b>a<i>", "b</i></b>"),
    (
        "<span style=\"color: red\"><a href=\"/x\">a",
        "b</a></span>",
    ),
    (
        "<ac:link ac:anchor=\"x\"><ac:link-body>a",
        "b</ac:link-body></ac:link>",
    ),
    ("<details><summary>a</summary>", "</details>"),
    ("<pre>a<img src=\"/x\"/>", "b</pre>"),
];

fn nested(levels: usize, (before, after): (&str, &str), innermost: &str) -> String {
    let (before, after) = (before.repeat(levels), after.repeat(levels));
    format!("{before}{innermost}{after}")
}

#[test]
fn deep_sources_do_not_overflow_the_stack() {
    let read = || {
        for tags in NESTED {
            let elements = tags.0.matches('<').count() - tags.0.matches("/>").count();
            for levels in [1_000 / elements, 1_500] {
                storage::read(&nested(levels, tags, "x")).unwrap();
            }
        }
    };
    let thread = thread::Builder::new().stack_size(2 << 20).spawn(read);
    thread.unwrap().join().unwrap();
}

#[test]
fn what_is_nested_too_deeply_is_a_macro_that_refers_to_it() {
    let Document { mut blocks } =
        storage::read(&nested(1_001, ("<blockquote>", "</blockquote>"), "x")).unwrap();
    while let Some(Block::Quote(quote)) = blocks.pop() {
        blocks = quote.blocks;
        if let [
            Block::Macro(Macro {
                name,
                body,
                reference,
                ..
            }),
        ] = blocks.as_slice()
        {
            assert_eq!(
                (name.as_str(), body, *reference),
                ("cut", &Body::None, Some(1))
            );
            return;
        }
    }
    panic!("nothing is cut");
}

#[test]
fn much_that_stands_deep_is_read_once() {
    for tags in NESTED {
        // Many small parts at the bottom of many levels: nothing is looked at once per level.
        let parts = "x<p>y</p><br/><ac:emoticon ac:name=\"tick\"/>".repeat(5_000);
        let elements = tags.0.matches('<').count();
        let deep = nested(900 / elements, tags, &parts);
        let document = storage::read(&deep).unwrap();
        assert!(!document.blocks.is_empty());
    }
}

#[test]
fn styles_around_many_paragraphs_are_few() {
    let source = nested(
        300,
        ("<span style=\"color: red\"><b><i>", "</i></b></span>"),
        "<p>x</p>",
    );
    let Document { blocks } = storage::read(&source).unwrap();
    let [Block::Paragraph(paragraph)] = blocks.as_slice() else {
        panic!("{blocks:?}")
    };
    let mut depth = 0;
    let mut content = paragraph.content.as_slice();
    while let [Inline::Styled(styled)] = content {
        content = &styled.content;
        depth += 1;
    }
    assert_eq!((depth, content), (3, [Inline::Text("x".into())].as_slice()));
}

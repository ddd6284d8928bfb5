//! Placeholders of macros that are not told in full, over several edits.

use super::*;
use crate::markup::{
    document::{Origin, Quote},
    markdown::Options,
    page::{Edit, apply, still_fits},
};

fn numbered_macro(name: &str, reference: Option<u32>) -> Block {
    Block::Macro(Macro {
        name: name.to_owned(),
        parameters: Vec::new(),
        body: Body::None,
        reference,
        origin: Origin::default(),
    })
}

/// A macro with a parameter too long to be told.
fn source(name: &str) -> String {
    format!(
        "<ac:structured-macro ac:name=\"{name}\"><ac:parameter ac:name=\"q\">{}</ac:parameter>\
         </ac:structured-macro>",
        "x".repeat(200)
    )
}

fn read(source: &str) -> Document {
    crate::markup::storage::read(source).unwrap()
}

#[test]
fn numbers_follow_the_macros_that_they_stood_for() {
    let before = format!("{}<p>a</p>{}", source("one"), source("two"));
    let after = source("two");
    let references = References::new(&before, &read(&before));
    let renumbered = |number: u32| {
        let block = numbered_macro("two", Some(number));
        let mut fresh = Document::new(vec![Block::Quote(Quote {
            blocks: vec![block, numbered_macro("new", None)],
            origin: Origin::default(),
        })]);
        let result = references.renumber(&mut fresh, &after, &read(&after));
        result
            .map(|()| numbered_references(&fresh))
            .map_err(|damaged| damaged.to_string())
    };
    assert_eq!(renumbered(2), Ok(vec![1]));
    insta::assert_snapshot!(renumbered(1).unwrap_err(), @r#"<ac-two ref="1">: an edit before this one has deleted it; put the edit that copies it first"#);
    insta::assert_snapshot!(renumbered(7).unwrap_err(), @r#"<ac-two ref="7">: the page has no such placeholder; leave ref out to write a new one"#);
}

fn numbered_references(document: &Document) -> Vec<u32> {
    let mut found = Vec::new();
    let mut blocks = document.blocks.clone();
    visit(&mut blocks, &mut |known| found.extend(known.reference));
    found
}
#[test]
fn a_placeholder_means_the_same_macro_in_each_edit() {
    let [one, two] = ["one", "two"].map(source);
    let page = format!("<h1>A</h1>{one}<h1>B</h1>{two}");
    let delete = Edit::DeleteSection {
        section: "A".into(),
    };
    let copy = |reference: &str| Edit::Append {
        markdown: format!("<ac-two ref=\"{reference}\"/>"),
        section: None,
    };
    let result = apply(&page, &[delete.clone(), copy("2")], &Options::default());
    assert_eq!(result, Ok(format!("<h1>B</h1>{two}{two}")));
    let error = apply(&page, &[delete, copy("1")], &Options::default()).unwrap_err();
    insta::assert_snapshot!(error, @r#"edit 2 (append): <ac-two ref="1">: an edit before this one has deleted it; put the edit that copies it first"#);
}

#[test]
fn an_edit_does_not_fit_when_its_placeholder_means_another_macro() {
    let [zero, two] = ["zero", "two"].map(source);
    let page = format!("<h1>A</h1>{two}");
    let edit = [Edit::Append {
        markdown: "<ac-two ref=\"1\"/>".into(),
        section: None,
    }];
    let fits = |new: &str| still_fits(&page, new, &edit, &Options::default());
    assert_eq!(fits(&format!("{page}<p>a</p>{zero}")), Ok(()));
    let misfit = fits(&format!("{zero}{page}")).unwrap_err();
    insta::assert_snapshot!(misfit, @r#"edit 1 (append): somebody else changed what <ac-two ref="1"> stands for"#);
}

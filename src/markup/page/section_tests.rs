//! Sections of pages of all shapes.

use super::{find_section, outline, read_section};
use crate::markup::{document::Block, storage::Base};

/// The sections, each with its number, level, anchor and source.
fn listed(source: &str) -> String {
    let base = Base::new(source).unwrap();
    let lines = super::section::sections(base.document());
    let lines = lines.iter().map(|section| {
        let text = &source[section.at.clone()];
        format!(
            "{} {} {:?}: {text}\n",
            section.number, section.level, section.anchor
        )
    });
    lines.collect()
}

#[test]
fn a_section_reaches_to_the_next_heading_of_its_rank() {
    let source = "<p>0</p><h1>A b</h1><p>1</p><h3>C</h3><p>2</p><h2>D</h2><h1>E</h1>";
    insta::assert_snapshot!(listed(source), @r#"
        0 0 "": <p>0</p>
        1 1 "Ab": <h1>A b</h1><p>1</p><h3>C</h3><p>2</p><h2>D</h2>
        2 3 "C": <h3>C</h3><p>2</p>
        3 2 "D": <h2>D</h2>
        4 1 "E": <h1>E</h1>
        "#);
}

#[test]
fn repeated_headings_have_counted_anchors() {
    let source = "<h1>A <em>b</em></h1><h2>A&nbsp;b</h2><h2>a b</h2><h3>Ab</h3>";
    insta::assert_snapshot!(listed(source), @r#"
        0 0 "": 
        1 1 "Ab": <h1>A <em>b</em></h1><h2>A&nbsp;b</h2><h2>a b</h2><h3>Ab</h3>
        2 2 "Ab.1": <h2>A&nbsp;b</h2>
        3 2 "ab": <h2>a b</h2><h3>Ab</h3>
        4 3 "Ab.2": <h3>Ab</h3>
        "#);
}

#[test]
fn a_section_ends_with_the_column_or_panel_that_it_stands_in() {
    let source = "<ac:layout><ac:layout-section ac:type=\"two_equal\"><ac:layout-cell><p>0</p><h1>A</h1>\
        <p>1</p></ac:layout-cell><ac:layout-cell><h2>B</h2><ac:structured-macro ac:name=\"info\">\
        <ac:rich-text-body><p>i</p><h1>C</h1><p>2</p></ac:rich-text-body></ac:structured-macro>\
        <table><tbody><tr><td><h4>D</h4></td></tr></tbody></table></ac:layout-cell>\
        </ac:layout-section></ac:layout>";
    insta::assert_snapshot!(listed(source), @r#"
        0 0 "": <p>0</p>
        1 1 "A": <h1>A</h1><p>1</p>
        2 2 "B": <h2>B</h2><ac:structured-macro ac:name="info"><ac:rich-text-body><p>i</p><h1>C</h1><p>2</p></ac:rich-text-body></ac:structured-macro><table><tbody><tr><td><h4>D</h4></td></tr></tbody></table>
        3 1 "C": <h1>C</h1><p>2</p>
        4 4 "D": <h4>D</h4>
        "#);
}

#[test]
fn a_page_without_headings_is_all_opening() {
    assert_eq!(listed("<p>a</p><p>b</p>"), "0 0 \"\": <p>a</p><p>b</p>\n");
    assert_eq!(listed(""), "0 0 \"\": \n");
    let empty_column = "<ac:layout><ac:layout-section ac:type=\"single\"><ac:layout-cell><p><br/></p>\
        </ac:layout-cell></ac:layout-section></ac:layout>";
    assert_eq!(listed(empty_column), "0 0 \"\": \n");
}

const PAGE: &str = "<h1>Set up</h1><p>a</p><h2>Known issues</h2><p>b</p><h1>Set-up of C#</h1>\
    <h2>Known issues</h2><h1>2</h1><h1>FAQ</h1><h1>Faq</h1>";

fn number(wanted: &str) -> Result<usize, String> {
    let base = Base::new(PAGE).unwrap();
    let section = find_section(&base, wanted);
    section
        .map(|section| section.number)
        .map_err(|error| error.to_string())
}

#[test]
fn a_section_is_found_by_title_anchor_or_number() {
    for (wanted, expected) in [
        ("Set up", 1),
        (" set UP ", 1),
        ("# Set up", 1),
        ("#Setup", 1),
        ("Setup", 1),
        ("Set-up of C#", 3),
        ("Knownissues.1", 4),
        ("Knownissues", 2),
        ("#4", 4),
        ("4", 4),
        ("2", 5),
        ("#2", 2),
        ("FAQ", 6),
        ("Faq", 7),
        ("#0", 0),
        ("", 0),
    ] {
        assert_eq!(number(wanted), Ok(expected), "{wanted}");
    }
}

#[test]
fn a_section_that_is_not_clear_is_answered_with_those_that_may_be_meant() {
    let wanted = ["Known issues", "faq", "Known isues", "Zebra", "#9"];
    let errors = wanted.map(|wanted| number(wanted).unwrap_err() + "\n");
    insta::assert_snapshot!(errors.concat(), @r##"
        2 sections are called "Known issues": #2 (in "Set up"), #4 (in "Set-up of C#"); give the number of one
        2 sections are called "faq": #6, #7; give the number of one
        no section is called "Known isues"; did you mean #2 "Known issues", #4 "Known issues"? The page has 7 in all
        no section is called "Zebra"; there are #1 "Set up", #2 "Known issues", #3 "Set-up of C#", #4 "Known issues", #5 "2", #6 "FAQ", #7 "Faq"
        no section is called "#9"; there are #1 "Set up", #2 "Known issues", #3 "Set-up of C#", #4 "Known issues", #5 "2", #6 "FAQ", #7 "Faq"
        "##);
    let base = Base::new("<p>a</p>").unwrap();
    let error = find_section(&base, "x").unwrap_err().to_string();
    assert_eq!(
        error,
        "no section is called \"x\"; the page has no headings, all of it is #0"
    );
}

#[test]
fn a_section_is_read_with_its_heading_and_what_is_below() {
    let base = Base::new(PAGE).unwrap();
    let section = find_section(&base, "Set up").unwrap();
    let document = read_section(&base, &section);
    assert_eq!(document.blocks.len(), 4);
    assert!(matches!(document.blocks.first(), Some(Block::Heading(heading)) if heading.level == 1));
}

#[test]
fn the_outline_tells_how_large_each_section_is() {
    let base = Base::new(PAGE).unwrap();
    let lines = outline(&base).into_iter();
    let lines = lines.map(|section| serde_json::to_string(&section).unwrap() + "\n");
    insta::assert_snapshot!(lines.collect::<String>(), @r##"
        {"number":1,"level":1,"title":"Set up","anchor":"Setup","size":31}
        {"number":2,"level":2,"title":"Known issues","anchor":"Knownissues","size":18}
        {"number":3,"level":1,"title":"Set-up of C#","anchor":"Set-upofC#","size":31}
        {"number":4,"level":2,"title":"Known issues","anchor":"Knownissues.1","size":15}
        {"number":5,"level":1,"title":"2","anchor":"2","size":3}
        {"number":6,"level":1,"title":"FAQ","anchor":"FAQ","size":5}
        {"number":7,"level":1,"title":"Faq","anchor":"Faq","size":5}
        "##);
}

#[test]
fn headings_in_panels_within_panels_are_listed() {
    let panel = "<ac:structured-macro ac:name=\"info\"><ac:rich-text-body><h1>A</h1><p>a</p>";
    let source = format!(
        "{}{}",
        panel.repeat(400),
        "</ac:rich-text-body></ac:structured-macro>".repeat(400)
    );
    let base = Base::new(&source).unwrap();
    let sections = outline(&base);
    assert_eq!(sections.len(), 400);
}

//! Edits of one page that has everything, and that nothing outside of the edited place changes.

use std::ops::Range;

use super::{Edit, Position, apply, still_fits};
use crate::markup::{markdown::Options, xml};

/// A page of our own with a layout, panels, code, tasks, a table with spans and odd white space.
pub(super) const PAGE: &str = concat!(
    "<ac:layout><ac:layout-section ac:type=\"two_equal\"><ac:layout-cell>\n",
    "<p class=\"lead\">Welcome &amp; enjoy,&nbsp;<strong>dear <em>reader</em></strong>.</p><p><br /></p>",
    "<ac:structured-macro ac:name=\"toc\" ac:schema-version=\"1\" ac:macro-id=\"11-aa\"/>",
    "<h1 id=\"x\">Set up</h1><p>Run  it\nonce.</p>",
    "<ac:structured-macro ac:name=\"code\" ac:macro-id=\"22-bb\"><ac:parameter ac:name=\"language\">sh</ac:parameter>",
    "<ac:plain-text-body><![CDATA[run --fast && echo \"]]]]><![CDATA[>\"]]></ac:plain-text-body></ac:structured-macro>",
    "<h2>Notes</h2><ul style=\"x\"><li>one</li><li>two <a href=\"http://example.com/?a=1&amp;b=2\">three</a></li></ul>",
    "</ac:layout-cell><ac:layout-cell>",
    "<ac:structured-macro ac:name=\"info\" ac:macro-id=\"33-cc\"><ac:rich-text-body><h2>Notes</h2><p>In a panel</p>",
    "</ac:rich-text-body></ac:structured-macro>",
    "<h1>Plan</h1><table class=\"wrapped\"><colgroup><col /></colgroup><tbody><tr><th>Step</th><th colspan=\"2\">Who</th></tr>",
    "<tr><td rowspan=\"2\">Build</td><td>Ann</td><td><div class=\"content-wrapper\"><p><br/></p></div></td></tr>",
    "<tr><td/><td><p>Cid</p><p>Dan</p></td></tr></tbody></table>",
    "<ac:task-list>\n<ac:task>\n<ac:task-id>1</ac:task-id>\n<ac:task-status>incomplete</ac:task-status>\n",
    "<ac:task-body>Call Ann</ac:task-body>\n</ac:task>\n</ac:task-list>",
    "<h1>End</h1><p>Bye</p></ac:layout-cell></ac:layout-section></ac:layout>",
);

fn section(name: &str) -> Option<String> {
    Some(name.to_owned())
}

fn name(text: &str) -> Position {
    Position::Name(text.to_owned())
}

pub(super) fn edited(source: &str, edit: &Edit) -> Result<String, String> {
    let result = apply(source, std::slice::from_ref(edit), &Options::default());
    let result = result.map_err(|error| error.to_string())?;
    xml::read(&result).unwrap();
    Ok(result)
}

/// What is in place of a part of the page afterwards, all else being as it was.
fn replaced(edit: &Edit, part: &str) -> String {
    let at = PAGE.find(part).unwrap();
    let result = edited(PAGE, edit).unwrap();
    let between = between(&result, &(at..at + part.len()));
    between
        .unwrap_or_else(|| panic!("{part} is not all that changed:\n{result}"))
        .to_owned()
}

pub(super) fn between<'a>(result: &'a str, at: &Range<usize>) -> Option<&'a str> {
    let rest = result.strip_prefix(&PAGE[..at.start])?;
    rest.strip_suffix(&PAGE[at.end..])
}

#[test]
fn edits_are_read_as_a_caller_writes_them() {
    for (json, expected) in [
        (
            r##"{"op": "append", "markdown": "x"}"##,
            Edit::Append {
                markdown: "x".into(),
                section: None,
            },
        ),
        (
            r##"{"op": "set_cell", "table": 1, "row": 2, "column": "Who", "markdown": "x", "section": "#1"}"##,
            Edit::SetCell {
                table: 1,
                row: Position::Number(2),
                column: name("Who"),
                markdown: "x".into(),
                section: section("#1"),
            },
        ),
        (
            r##"{"op": "replace_text", "find": "a", "replace": "b"}"##,
            Edit::ReplaceText {
                find: "a".into(),
                replace: "b".into(),
                section: None,
                all: false,
            },
        ),
    ] {
        assert_eq!(serde_json::from_str::<Edit>(json).unwrap(), expected);
    }
    let unknown = r#"{"op": "append", "markdown": "x", "title": "y"}"#;
    assert!(serde_json::from_str::<Edit>(unknown).is_err());
}

#[test]
fn text_is_put_at_the_ends_of_columns_and_sections() {
    for (edit, before, part) in [
        (
            Edit::Prepend {
                markdown: "New".into(),
            },
            "",
            "\n<p class=\"lead\">",
        ),
        (
            Edit::Append {
                markdown: "New".into(),
                section: None,
            },
            "<p>Bye</p>",
            "</ac:layout-cell></ac:layout-section></ac:layout>",
        ),
        (
            Edit::Append {
                markdown: "New".into(),
                section: section("Set up"),
            },
            "</ul>",
            "</ac:layout-cell><ac:layout-cell>",
        ),
        (
            Edit::InsertBefore {
                markdown: "New".into(),
                section: "Plan".into(),
            },
            "</ac:structured-macro>",
            "<h1>Plan</h1>",
        ),
        (
            Edit::InsertAfter {
                markdown: "New".into(),
                section: "#3".into(),
            },
            "<p>In a panel</p>",
            "</ac:rich-text-body>",
        ),
    ] {
        let at = PAGE.find(&format!("{before}{part}")).unwrap() + before.len();
        let result = edited(PAGE, &edit).unwrap();
        assert_eq!(
            between(&result, &(at..at)),
            Some("<p>New</p>"),
            "{edit:?}\n{result}"
        );
    }
}

#[test]
fn a_section_is_written_anew_and_its_heading_stays() {
    let edit = |markdown: &str| Edit::ReplaceSection {
        section: "End".into(),
        markdown: markdown.into(),
    };
    let part = "<h1>End</h1><p>Bye</p>";
    for (markdown, expected) in [
        ("Ciao", "<h1>End</h1><p>Ciao</p>"),
        ("# End\n\nCiao", "<h1>End</h1><p>Ciao</p>"),
        ("# Fin\n\nBye", "<h1>Fin</h1><p>Bye</p>"),
        ("## End\n\nBye", "<h2>End</h2><p>Bye</p>"),
        ("## More\n\nBye", "<h1>End</h1><h2>More</h2><p>Bye</p>"),
        ("", "<h1>End</h1>"),
    ] {
        assert_eq!(replaced(&edit(markdown), part), expected, "{markdown}");
    }
}

#[test]
fn a_macro_alone_in_a_paragraph_is_replaced_with_the_paragraph() {
    let toc = "<p><ac:structured-macro ac:name=\"toc\"/></p>";
    let section = |markdown: &str| Edit::ReplaceSection {
        section: "A".into(),
        markdown: markdown.into(),
    };
    let page = |content: &str| format!("<h1>A</h1>{content}<h1>B</h1>");
    for (markdown, expected) in [
        ("New", page("<p>New</p>")),
        ("<ac-toc/>\n\nNew", page(&format!("{toc}<p>New</p>"))),
        ("<ac-toc/>", page(toc)),
        ("", page("")),
    ] {
        let result = edited(&page(toc), &section(markdown));
        assert_eq!(result, Ok(expected), "{markdown}");
    }
    let table =
        |content: &str| format!("<table><tbody><tr><td>{content}</td></tr></tbody></table>");
    let cell = Edit::SetCell {
        table: 1,
        row: Position::Number(1),
        column: Position::Number(1),
        markdown: "New".into(),
        section: None,
    };
    assert_eq!(edited(&table(toc), &cell), Ok(table("<p>New</p>")));
}

#[test]
fn a_section_is_deleted_with_what_is_below() {
    let edit = |section: &str| Edit::DeleteSection {
        section: section.into(),
    };
    assert_eq!(replaced(&edit("End"), "<h1>End</h1><p>Bye</p>"), "");
    assert_eq!(replaced(&edit("#3"), "<h2>Notes</h2><p>In a panel</p>"), "");
    for (source, expected) in [
        (
            "<div><h1>A</h1><p>a</p></div>\n<p>b</p>\n<h1>B</h1>",
            "<h1>B</h1>",
        ),
        (
            "<h1>A</h1><p><ac:structured-macro ac:name=\"toc\"/></p><h1>B</h1>",
            "<h1>B</h1>",
        ),
        // The box stays, as something in it is not in the section.
        (
            "<div><p>0</p><h1>A</h1><p>a</p></div><p>b</p> <h1>B</h1>",
            "<div><p>0</p></div> <h1>B</h1>",
        ),
    ] {
        assert_eq!(edited(source, &edit("A")).as_deref(), Ok(expected));
    }
}

#[test]
fn a_cell_is_written_anew() {
    let edit = |row: Position, column: Position, markdown: &str| Edit::SetCell {
        table: 1,
        row,
        column,
        markdown: markdown.into(),
        section: None,
    };
    let number = Position::Number;
    for (row, column, markdown, part, expected) in [
        (number(2), number(2), "Bob", "Ann</td>", "Bob</td>"),
        (name("build"), name("Who"), "Bob", "Ann</td>", "Bob</td>"),
        (number(3), number(1), "Test", "Build", "Test"),
        (
            number(2),
            number(3),
            "x",
            "<p><br/></p></div></td>",
            "<p>x</p></div></td>",
        ),
        (number(3), number(2), "x", "<td/>", "<td><p>x</p></td>"),
        (number(3), name("3"), "Cid\n\nEva", "Dan", "Eva"),
        (number(1), number(3), "Owner", "Who", "Owner"),
    ] {
        let edit = edit(row, column, markdown);
        assert_eq!(replaced(&edit, part), expected, "{edit:?}");
    }
    for (row, column, expected) in [
        (
            number(4),
            number(1),
            "edit 1 (set_cell): no row 4: the table has 3, among them 1 \"Step\", 2 \"Build\"",
        ),
        (
            name("Build"),
            name("When"),
            "edit 1 (set_cell): no column \"When\": the table has 3, among them 1 \"Step\", 2 \"Who\"",
        ),
    ] {
        assert_eq!(edited(PAGE, &edit(row, column, "x")).unwrap_err(), expected);
    }
}

#[test]
fn an_edit_that_cannot_be_made_undoes_those_before() {
    let edits = [
        Edit::DeleteSection {
            section: "End".into(),
        },
        Edit::ReplaceText {
            find: "Bye".into(),
            replace: "x".into(),
            section: None,
            all: false,
        },
    ];
    let error = apply(PAGE, &edits, &Options::default())
        .unwrap_err()
        .to_string();
    assert_eq!(
        error,
        "edit 2 (replace_text): \"Bye\" is not there; give it exactly as it is shown, and from one paragraph"
    );
    let error = apply("<p>", &edits, &Options::default())
        .unwrap_err()
        .to_string();
    insta::assert_snapshot!(error, @"edit 1 (delete_section): the page is not well-formed at line 1, column 1: <p> is not closed");
}

#[test]
fn edits_still_fit_unless_somebody_changed_what_they_rest_on() {
    let edits = |edit: Edit| [edit];
    let task = Edit::SetTask {
        task: name("Call Ann"),
        done: true,
        section: None,
    };
    let text = Edit::ReplaceText {
        find: "In a panel".into(),
        replace: "x".into(),
        section: None,
        all: false,
    };
    let section = Edit::DeleteSection {
        section: "Plan".into(),
    };
    let insert = Edit::InsertAfter {
        section: "Plan".into(),
        markdown: "New".into(),
    };
    for (edit, from, to, expected) in [
        (&task, "Bye", "Ciao", None),
        (
            &task,
            "incomplete",
            "complete",
            Some("edit 1 (set_task): somebody else changed the section \"Plan\""),
        ),
        (&text, "Build", "Make", None),
        (
            &text,
            "In a panel",
            "In the panel",
            Some(
                "edit 1 (replace_text): somebody else changed the section \"Notes\": \"In a panel\" is not there; give it exactly as it is shown, and from one paragraph",
            ),
        ),
        (&section, "Bye", "Ciao", None),
        (
            &section,
            "Cid",
            "Eva",
            Some("edit 1 (delete_section): somebody else changed the section \"Plan\""),
        ),
        (&insert, "Cid", "Eva", None),
    ] {
        let fits = still_fits(
            PAGE,
            &PAGE.replace(from, to),
            &edits(edit.clone()),
            &Options::default(),
        );
        let reason = fits.err().map(|misfit| misfit.to_string());
        assert_eq!(reason.as_deref(), expected, "{edit:?}");
    }
}

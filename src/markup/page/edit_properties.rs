//! Whatever the edit, nothing outside of the edited place changes.

use std::ops::Range;

use proptest::prelude::*;

use super::{
    Edit, Position, apply,
    edit_tests::{PAGE, between, edited},
    find_section, still_fits,
};
use crate::markup::{markdown::Options, storage::Base, xml};

/// Where an edit may change bytes.
fn allowed(edit: &Edit) -> Range<usize> {
    let base = Base::new(PAGE).unwrap();
    match edit {
        Edit::ReplaceSection { section, .. } | Edit::DeleteSection { section } => {
            find_section(&base, section).unwrap().at
        }
        Edit::InsertBefore { section, .. } => {
            let at = find_section(&base, section).unwrap().at;
            at.start..at.start
        }
        Edit::InsertAfter { section, .. } => {
            let at = find_section(&base, section).unwrap().at;
            at.end..at.end
        }
        Edit::SetTask { .. } => {
            let start = PAGE.find("<ac:task>").unwrap();
            start..PAGE.find("</ac:task>").unwrap() + "</ac:task>".len()
        }
        Edit::SetCell { .. } => PAGE.find("<tbody>").unwrap()..PAGE.find("</tbody>").unwrap(),
        _ => 0..PAGE.len(),
    }
}

fn any_edit() -> impl Strategy<Value = Edit> {
    let markdown = prop_oneof![
        Just(String::new()),
        Just("# Set up\n\n- a\n- b\n\n> [!NOTE]\n> x".to_owned()),
        Just("| a | b |\n|---|---|\n| 1 | 2 |".to_owned()),
        "\\PC{0,20}",
        "[a-c #*_`|<>&\n-]{0,20}",
    ];
    let section = (0..=5_usize).prop_map(|number| format!("#{number}"));
    let within = prop::option::of(section.clone());
    (
        section,
        within,
        markdown,
        0..8,
        any::<bool>(),
        1..4_usize,
        1..4_usize,
    )
        .prop_map(
            |(section, within, markdown, kind, all, row, column)| match kind {
                0 => Edit::ReplaceSection { section, markdown },
                1 => Edit::InsertBefore { section, markdown },
                2 => Edit::InsertAfter { section, markdown },
                3 => Edit::Append {
                    markdown,
                    section: within,
                },
                4 => Edit::DeleteSection { section },
                5 => Edit::ReplaceText {
                    find: markdown.clone(),
                    replace: markdown,
                    section: within,
                    all,
                },
                6 => Edit::SetTask {
                    task: Position::Number(1),
                    done: all,
                    section: None,
                },
                _ => Edit::SetCell {
                    table: 1,
                    row: Position::Number(row),
                    column: Position::Number(column),
                    markdown,
                    section: None,
                },
            },
        )
}

proptest! {
    #![proptest_config(crate::markup::testing::cases(256))]

    #[test]
    fn nothing_outside_of_the_edited_place_changes(edit in any_edit()) {
        // An edit that is refused is not to panic.
        if let Ok(result) = edited(PAGE, &edit) {
            let at = allowed(&edit);
            prop_assert!(between(&result, &at).is_some(), "{result}");
        }
    }

    #[test]
    fn several_edits_are_all_made_or_none(edits in prop::collection::vec(any_edit(), 1..4)) {
        if let Ok(result) = apply(PAGE, &edits, &Options::default()) {
            xml::read(&result).unwrap();
        }
        let _ = still_fits(PAGE, PAGE, &edits, &Options::default());
    }

    #[test]
    fn any_text_may_be_searched(find in "\\PC{0,6}", replace in "\\PC{0,6}", all in any::<bool>()) {
        let edit = Edit::ReplaceText { find, replace, section: None, all };
        let _ = edited(PAGE, &edit);
    }
}

//! Real pages, which lie beside the project: an edit changes what it names and nothing else.

use super::{
    Edit, Position, apply,
    grid::{Grid, tables},
    outline, read_section,
    section::sections,
    text_map::flows,
};
use crate::markup::{document::Document, markdown, storage::Base, testing::corpus, xml};

fn pages() -> Vec<(String, String)> {
    corpus::well_formed_pages(&["storage-format"], 200)
}

#[test]
fn a_section_of_a_real_page_with_its_own_text_is_as_it_was() {
    let (mut checked, mut wrong) = (0, Vec::new());
    for (name, page) in pages() {
        let base = Base::new(&page).unwrap();
        for section in sections(base.document()) {
            if section.blocks.is_empty() {
                continue;
            }
            let document = Document::new(section.blocks.to_vec());
            let number = section.number;
            let edit = Edit::ReplaceSection {
                section: format!("#{number}"),
                markdown: markdown::write(&document),
            };
            checked += 1;
            match apply(&page, &[edit], &markdown::Options::default()) {
                Ok(result) if result == page => {}
                Ok(_) => wrong.push(format!("{name} #{number}: differs")),
                Err(error) => wrong.push(format!("{name} #{number}: {error}")),
            }
        }
    }
    println!("{checked} sections");
    assert!(
        wrong.is_empty(),
        "{} of {checked}:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}

#[test]
fn a_word_of_a_real_page_is_replaced_alone() {
    let (mut checked, mut others) = (0, 0);
    for (name, page) in pages() {
        let nodes = xml::read(&page).unwrap();
        let flows = flows(&page, &nodes);
        let words = flows.iter().flat_map(|flow| flow.text.split_whitespace());
        let words = words.filter(|word| word.chars().all(char::is_alphanumeric));
        'words: for word in words.step_by(20).take(10) {
            let edit = Edit::ReplaceText {
                find: word.to_owned(),
                replace: "Zzyzx".to_owned(),
                section: None,
                all: true,
            };
            let result = apply(&page, &[edit], &markdown::Options::default());
            let result = result.unwrap_or_else(|error| panic!("{name} {word}: {error}"));
            checked += 1;
            // Put back, it has to be what it was; marks within a word are the exception.
            let whole = flows
                .iter()
                .map(|flow| flow.text.matches(word).count())
                .sum::<usize>();
            if page.matches("Zzyzx").count() == 0 && whole == result.matches("Zzyzx").count() {
                let (mut old, mut new) = (page.as_str(), result.as_str());
                while let Some((same, after)) = new.split_once("Zzyzx") {
                    old = old
                        .strip_prefix(same)
                        .unwrap_or_else(|| panic!("{name} {word}"));
                    let Some(rest) = old.strip_prefix(word) else {
                        // The word is written with entities, or marks stand in it.
                        others += 1;
                        continue 'words;
                    };
                    old = rest;
                    new = after;
                }
                assert_eq!(old, new, "{name} {word}");
            }
        }
    }
    println!("{checked} words, {others} of them not plain");
    assert!(others * 20 <= checked, "{others} of {checked}");
}

#[test]
fn the_outline_of_a_real_page_tells_the_size_of_what_is_read() {
    for (name, page) in pages() {
        let base = Base::new(&page).unwrap();
        let sections = sections(base.document());
        for told in outline(&base) {
            let document = read_section(&base, &sections[told.number]);
            let size = markdown::write(&document).trim_end().chars().count();
            // What parts two lists of one kind is not told of.
            assert!(
                told.size.abs_diff(size) <= size / 10,
                "{name} {told:?}: {size}"
            );
        }
    }
}

#[test]
fn a_cell_of_a_real_page_with_its_own_text_is_as_it_was() {
    let (mut checked, mut wrong) = (0, Vec::new());
    for (name, page) in pages() {
        let base = Base::new(&page).unwrap();
        let mut found = Vec::new();
        tables(&base.document().blocks, &mut found);
        for (number, table) in (1..).zip(found) {
            for placed in Grid::new(table).cells.iter().step_by(7).take(20) {
                let (row, column) = (placed.rows.start + 1, placed.columns.start + 1);
                let edit = |markdown: String| Edit::SetCell {
                    table: number,
                    row: Position::Number(row),
                    column: Position::Number(column),
                    markdown,
                    section: None,
                };
                let own = markdown::write(&Document::new(placed.cell.blocks.clone()));
                let options = markdown::Options::default();
                let result = apply(&page, &[edit(own)], &options).unwrap();
                let other = apply(&page, &[edit("Zzyzx".into())], &options).unwrap();
                let at = placed.cell.origin.outer().unwrap();
                let is_alone = other.starts_with(&page[..at.start])
                    && other.ends_with(&page[at.end..])
                    && other.contains("Zzyzx");
                checked += 1;
                if result != page || !is_alone {
                    wrong.push(format!("{name} {number} {row} {column}"));
                }
            }
        }
    }
    println!("{checked} cells");
    assert!(
        wrong.is_empty(),
        "{} of {checked}:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}

#[test]
fn what_is_put_beside_a_section_of_a_real_page_moves_nothing() {
    let mut checked = 0;
    for (name, page) in pages() {
        let base = Base::new(&page).unwrap();
        for section in sections(base.document()).iter().skip(1).step_by(5) {
            let (section, markdown) = (format!("#{}", section.number), "Zzyzx".to_owned());
            let before = Edit::InsertBefore {
                section: section.clone(),
                markdown: markdown.clone(),
            };
            let after = Edit::InsertAfter { section, markdown };
            for edit in [before, after] {
                let result = apply(
                    &page,
                    std::slice::from_ref(&edit),
                    &markdown::Options::default(),
                );
                let result = result.unwrap();
                assert_eq!(
                    result.replacen("<p>Zzyzx</p>", "", 1),
                    page,
                    "{name} {edit:?}"
                );
                checked += 1;
            }
        }
    }
    println!("{checked} places");
}

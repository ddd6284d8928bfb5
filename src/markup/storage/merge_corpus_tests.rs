//! Real pages: what is not edited comes through each change byte for byte.

use std::ops::Range;

use super::{Base, read, write};
use crate::markup::{
    document::{Block, Body, Document, Inline, Paragraph},
    markdown,
    testing::corpus,
    xml,
};

/// So many paragraphs of a page are edited, one after another.
const MOST_EDITED: usize = 20;

fn pages() -> Vec<(String, String)> {
    corpus::well_formed_pages(&["storage-format", "confluence-json"], 250)
}

/// What is wrong on which page; the test fails if anything is.
fn check(wrong: impl Fn(&str, &Base<'_>) -> Vec<String>) {
    let mut all = Vec::new();
    let pages = pages();
    for (name, page) in &pages {
        let base = Base::new(page).unwrap();
        let mut wrong = wrong(page, &base);
        wrong.truncate(3);
        all.extend(wrong.iter().map(|wrong| format!("{name}: {wrong}")));
    }
    assert!(
        all.is_empty(),
        "{} of {} pages\n{}",
        all.len(),
        pages.len(),
        all.join("\n")
    );
}

#[test]
fn an_unedited_page_is_the_same_bytes() {
    check(|page, base| {
        let merged = base.merge(base.document()).unwrap();
        difference(page, &merged).into_iter().collect()
    });
}

#[test]
fn the_unedited_markdown_of_a_page_is_the_same_bytes() {
    check(|page, base| {
        let merged = base.merge(&said(base.document())).unwrap();
        difference(page, &merged).into_iter().collect()
    });
}

#[test]
fn a_paragraph_edited_in_markdown_changes_nothing_around_it() {
    check(|page, base| {
        let mut wrong = Vec::new();
        for number in 0..MOST_EDITED {
            let mut changed = base.document().clone();
            let Some(edited) = edit(&mut changed.blocks, &mut number.clone()) else {
                break;
            };
            let changed = said(&changed);
            let merged = base.merge(&changed).unwrap();
            wrong.extend(damage(page, &merged, &edited).map(|what| format!("{number}: {what}")));
            // Once more, it changes nothing.
            let again = Base::new(&merged).unwrap().merge(&changed).unwrap();
            wrong.extend(difference(&merged, &again));
        }
        wrong
    });
}

/// The document as its Markdown says it.
fn said(document: &Document) -> Document {
    let markdown = markdown::write(document);
    markdown::read(&markdown, &markdown::Options::default()).unwrap()
}

#[test]
fn an_edited_paragraph_changes_nothing_around_it() {
    check(|page, base| {
        let mut wrong = Vec::new();
        for number in 0..MOST_EDITED {
            let mut changed = base.document().clone();
            let Some(edited) = edit(&mut changed.blocks, &mut number.clone()) else {
                break;
            };
            let merged = base.merge(&changed).unwrap();
            wrong.extend(damage(page, &merged, &edited).map(|what| format!("{number}: {what}")));
            if read(&merged).as_ref() != Ok(&changed) {
                wrong.push(format!("{number}: says something else:\n{merged}"));
            }
        }
        wrong
    });
}

#[test]
fn a_new_block_leaves_all_bytes_in_their_order() {
    check(|page, base| {
        let mut wrong = Vec::new();
        let count = base.document().blocks.len();
        for place in [0, 1, count / 2, count] {
            let mut changed = base.document().clone();
            let new = Block::paragraph(vec![Inline::Text("entirely new".into())]);
            changed.blocks.insert(place.min(count), new);
            let merged = base.merge(&changed).unwrap();
            let without = merged.replacen("<p>entirely new</p>", "", 1);
            // It may split a paragraph in which it has no place.
            let joined = merged.replacen("</p><p>entirely new</p><p>", "", 1);
            wrong.extend(difference(page, &without).filter(|_| page != joined));
        }
        wrong
    });
}

#[test]
fn a_deleted_block_leaves_the_others() {
    check(|page, base| {
        let mut wrong = Vec::new();
        for place in 0..base.document().blocks.len().min(MOST_EDITED) {
            let mut changed = base.document().clone();
            let gone = changed.blocks.remove(place);
            let Some(outer) = gone.origin().outer() else {
                continue;
            };
            // Which of two equal blocks is gone cannot be told.
            let is_one = !changed.blocks.contains(&gone);
            let merged = base.merge(&changed).unwrap();
            let (before, after) = around(page, outer);
            // A line that loses what set it apart gets tags of its own.
            let without = |text: &str| {
                let text: String = text.split_whitespace().collect();
                text.replace("<p>", "").replace("</p>", "")
            };
            let left = without(&merged);
            let expected = without(&format!("{before}{after}"));
            if is_one {
                wrong.extend(difference(&expected, &left));
            }
            if xml::read(&merged).is_err() {
                wrong.push(format!("not well-formed: {merged}"));
            }
        }
        wrong
    });
}

#[test]
fn any_page_can_become_any_other() {
    let pages = pages();
    let documents = pages.iter().map(|(_, page)| read(page).unwrap());
    let documents: Vec<Document> = documents
        // A page does not know the placeholders of another.
        .filter(|document| !format!("{document:?}").contains("reference: Some"))
        // Captions and emoji are of Atlassian's own hosting and not written.
        .filter(|document| !format!("{document:?}").contains("\"caption\""))
        .filter(|document| !format!("{document:?}").contains("name: \"sign\""))
        .collect();
    let mut wrong = Vec::new();
    // What is bold by an element around blocks stays so in its place.
    let is_plain = |page: &str| !page.contains("<strong><br /><div");
    let pages = pages.iter().filter(|(_, page)| is_plain(page));
    for (number, (name, page)) in pages.enumerate() {
        let base = Base::new(page).unwrap();
        for other in [1, 7, 50] {
            let changed = &documents[(number + other) % documents.len()];
            // As much of the one as of the other.
            let mut mixed = Document::default();
            let both = base
                .document()
                .blocks
                .chunks(2)
                .zip(changed.blocks.chunks(3));
            for (one, other) in both {
                mixed.blocks.extend_from_slice(other);
                mixed.blocks.extend_from_slice(one);
            }
            for changed in [changed, &mixed] {
                let merged = base.merge(changed).unwrap();
                let said = read(&merged).unwrap();
                if said != *changed && by_parameter(&said) != by_parameter(changed) {
                    let what = difference(&write(changed), &write(&said));
                    let what = what.unwrap_or_else(|| {
                        let mut both = changed.blocks.iter().zip(&said.blocks);
                        let other = both.find(|(one, other)| one != other);
                        format!("{other:?}").chars().take(900).collect()
                    });
                    wrong.push(format!("{name}, {other}: {what}\n"));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}\n{}", wrong.len(), wrong.join("\n"));
}

/// The parts of the document's source with the parameters of each macro in one order.
fn by_parameter(document: &Document) -> Vec<Vec<String>> {
    let source = write(document)
        .replace("</ac:parameter>", "</ac:parameter>\u{0}")
        .replace("<ac:parameter", "\u{0}<ac:parameter");
    let macros = source.split("<ac:structured-macro").map(|part| {
        let mut parts: Vec<String> = part.split('\u{0}').map(str::to_owned).collect();
        parts.sort();
        parts
    });
    macros.collect()
}

/// What stands before a block and after it; tags of a paragraph around it alone are its own.
fn around(page: &str, outer: Range<usize>) -> (&str, &str) {
    let (before, after) = (&page[..outer.start], &page[outer.end..]);
    let start = before.rfind('<').unwrap_or(0);
    let tag = before[start..].trim_end();
    let after_tag = after.trim_start().strip_prefix("</p>");
    let is_paragraph = tag == "<p>" || tag.starts_with("<p ") && tag.ends_with('>');
    match after_tag.filter(|_| is_paragraph) {
        Some(rest) => (&before[..start], rest),
        None => (before, after),
    }
}

/// The first difference of two texts.
fn difference(one: &str, other: &str) -> Option<String> {
    let same = one.bytes().zip(other.bytes());
    let same = same.take_while(|(one, other)| one == other).count();
    let part = |text: &str| {
        let bytes = &text.as_bytes()[same.min(text.len())..(same + 120).min(text.len())];
        String::from_utf8_lossy(bytes).into_owned()
    };
    (one != other).then(|| format!("at {same}: {:?} became {:?}", part(one), part(other)))
}

/// Where a paragraph stands that is edited, and the parts of it that may not change.
struct Edited {
    inner: Range<usize>,
    parts: Vec<Range<usize>>,
}

/// Edits the first word of the paragraph of this number.
fn edit(blocks: &mut [Block], number: &mut usize) -> Option<Edited> {
    blocks.iter_mut().find_map(|block| match block {
        Block::Paragraph(paragraph) => edit_paragraph(paragraph, number),
        Block::List(list) => list
            .items
            .iter_mut()
            .find_map(|item| edit(&mut item.blocks, number)),
        Block::Quote(quote) => edit(&mut quote.blocks, number),
        Block::Table(table) => {
            let mut cells = table.rows.iter_mut().flat_map(|row| &mut row.cells);
            cells.find_map(|cell| edit(&mut cell.blocks, number))
        }
        Block::Macro(found) => match &mut found.body {
            Body::Blocks(blocks) => edit(blocks, number),
            _ => None,
        },
        _ => None,
    })
}

fn edit_paragraph(paragraph: &mut Paragraph, number: &mut usize) -> Option<Edited> {
    let inner = paragraph.origin.inner()?;
    let text = paragraph.content.iter_mut().find_map(|part| match part {
        Inline::Text(text) if text.contains(char::is_alphanumeric) => Some(text),
        _ => None,
    })?;
    if *number > 0 {
        *number -= 1;
        return None;
    }
    let start = text.find(char::is_alphanumeric)?;
    text.insert_str(start, "Edited");
    let parts = paragraph.content.iter().filter_map(|part| match part {
        Inline::Macro(found) => found.origin.outer(),
        Inline::Link(link) => link.origin.outer(),
        Inline::Image(image) => image.origin.outer(),
        _ => None,
    });
    Some(Edited {
        inner,
        parts: parts.collect(),
    })
}

/// What of the page is damaged besides the edited paragraph.
fn damage(page: &str, merged: &str, edited: &Edited) -> Option<String> {
    let (before, after) = (&page[..edited.inner.start], &page[edited.inner.end..]);
    if xml::read(merged).is_err() {
        return Some(format!("not well-formed: {merged}"));
    }
    let Some(rest) = merged.strip_prefix(before) else {
        return difference(page, merged);
    };
    let Some(mut rest) = rest.strip_suffix(after) else {
        return Some(format!("after the paragraph: {merged}"));
    };
    if !rest.contains("Edited") {
        return Some("not edited".into());
    }
    for part in &edited.parts {
        match rest.split_once(&page[part.clone()]) {
            Some((_, after)) => rest = after,
            None => return Some(format!("{:?} is gone", &page[part.clone()])),
        }
    }
    None
}

//! Made-up trees: what is written says what the tree says, and so does what is merged.

use proptest::prelude::*;

use super::{Base, read, write};
use crate::markup::{
    document::{Block, Body, Document, Inline, ListKind, Macro, Origin, Target, Value},
    testing, xml,
};

/// The tree without what only a page can have: source as it is, and placeholders.
fn by_itself(mut document: Document) -> Document {
    strip(&mut document.blocks);
    document
}

fn strip(blocks: &mut [Block]) {
    for block in blocks {
        match block {
            Block::Heading(heading) => strip_line(&mut heading.content),
            Block::Paragraph(paragraph) => strip_line(&mut paragraph.content),
            Block::List(list) => {
                // Tasks stand in lists of their own.
                if list.items.iter().all(|item| item.done.is_some()) {
                    list.kind = ListKind::Bullet;
                } else {
                    list.items.iter_mut().for_each(|item| item.done = None);
                }
                let items = list.items.iter_mut();
                items.for_each(|item| strip(&mut item.blocks));
            }
            Block::Quote(quote) => strip(&mut quote.blocks),
            Block::Table(table) => {
                let cells = table.rows.iter_mut().flat_map(|row| &mut row.cells);
                cells.for_each(|cell| strip(&mut cell.blocks));
            }
            Block::Macro(found) => strip_macro(found),
            Block::Raw(_) => *block = Block::Rule(Origin::default()),
            Block::Code(_) | Block::Rule(_) => {}
        }
    }
}

fn strip_macro(found: &mut Macro) {
    found.reference = None;
    // A comment is nothing without the page that has it.
    if found.name == "inline-comment-marker" {
        found.name = "excerpt".into();
    }
    if found.is_element() {
        found
            .parameters
            .retain(|parameter| parameter.name == "type");
    }
    for parameter in &mut found.parameters {
        if let Value::Target(target) = &mut parameter.value {
            strip_target(target);
        }
    }
    match &mut found.body {
        Body::Inline(content) => strip_line(content),
        Body::Blocks(blocks) => strip(blocks),
        Body::None | Body::Plain(_) => {}
    }
}

/// An attachment stands on a page, wherever the link leads on it.
fn strip_target(target: &mut Target) {
    if let Target::Attachment { on: Some(on), .. } = target
        && let Target::Page { anchor, .. } = on.as_mut()
    {
        *anchor = None;
    }
}

fn strip_line(content: &mut [Inline]) {
    for inline in content {
        match inline {
            Inline::Styled(styled) => strip_line(&mut styled.content),
            Inline::Link(link) => {
                strip_target(&mut link.target);
                strip_line(&mut link.content);
            }
            Inline::Image(image) => strip_target(&mut image.target),
            Inline::Macro(found) => strip_macro(found),
            _ => {}
        }
    }
}

fn trees() -> impl Strategy<Value = Document> {
    testing::document().prop_map(by_itself)
}

#[test]
fn what_is_written_is_read_back() {
    testing::try_all(trees, |document| {
        let source = write(&document);
        prop_assert!(xml::read(&source).is_ok(), "{source}");
        let said = read(&source).unwrap();
        prop_assert_eq!(&said, &document, "{}", source);
        Ok(())
    });
}

#[test]
fn a_merged_page_says_what_the_change_says() {
    testing::try_all(
        || (trees(), trees(), any::<bool>()),
        |(page, change, is_mixed)| {
            let source = write(&page);
            let mut change = read(&write(&change)).unwrap();
            if is_mixed {
                let kept = page.blocks.iter().step_by(2);
                change.blocks.extend(kept.cloned());
                change = read(&write(&change)).unwrap();
            }
            let base = Base::new(&source).unwrap();
            prop_assert_eq!(&base.merge(base.document()).unwrap(), &source);
            let merged = base.merge(&change).unwrap();
            let said = read(&merged).unwrap();
            prop_assert_eq!(&said, &change, "{}\n{}", source, merged);
            Ok(())
        },
    );
}

//! Numbers of macros that are not told in full, when edits before have changed the count.
//!
//! Whoever writes several edits has read the page once: the numbers in all of them are those of
//! the page before the first.

use std::{collections::HashMap, ops::Range};

use crate::markup::{
    Damaged,
    document::{Block, Body, Document, Inline, Macro},
};

/// The sources of the page's macros that are not told in full, by their numbers.
#[derive(Debug, Default)]
pub(super) struct References {
    sources: HashMap<u32, String>,
}

impl References {
    pub(super) fn new(source: &str, document: &Document) -> Self {
        let mut sources = HashMap::new();
        for (number, at) in numbered(document) {
            let text = source.get(at).unwrap_or_default();
            sources.insert(number, text.to_owned());
        }
        Self { sources }
    }

    /// Gives the macros of the new text the numbers that the same macros have in the page now.
    pub(super) fn renumber(
        &self,
        fresh: &mut Document,
        source: &str,
        document: &Document,
    ) -> Result<(), Damaged> {
        let mut is_needed = false;
        visit(&mut fresh.blocks, &mut |found| {
            is_needed |= found.reference.is_some()
        });
        if !is_needed {
            return Ok(());
        }
        let now = Self::new(source, document);
        if now.sources == self.sources {
            return Ok(());
        }
        let by_source: HashMap<&str, u32> = now
            .sources
            .iter()
            .map(|(number, text)| (text.as_str(), *number))
            .collect();
        let mut damaged = None;
        visit(&mut fresh.blocks, &mut |found| {
            let Some(number) = found.reference else {
                return;
            };
            let text = self.sources.get(&number);
            match text.and_then(|text| by_source.get(text.as_str())) {
                Some(number) => found.reference = Some(*number),
                None => damaged = Some(missing(found, text.is_some())),
            }
        });
        damaged.map_or(Ok(()), Err)
    }

    /// The first macro of the new text that is not the same in both pages.
    pub(super) fn differing(&self, other: &Self, fresh: &mut Document) -> Option<String> {
        let mut differing = None;
        visit(&mut fresh.blocks, &mut |found| {
            if let Some(number) = found.reference
                && self.sources.get(&number) != other.sources.get(&number)
            {
                differing.get_or_insert_with(|| placeholder(found));
            }
        });
        differing
    }
}

fn placeholder(found: &Macro) -> String {
    let number = found.reference.unwrap_or_default();
    let name: String = found.name.chars().take(60).collect();
    format!("<ac-{name} ref=\"{number}\">")
}

fn missing(found: &Macro, was_there: bool) -> Damaged {
    let reason = if was_there {
        "an edit before this one has deleted it; put the edit that copies it first"
    } else {
        "the page has no such placeholder; leave ref out to write a new one"
    };
    Damaged {
        placeholder: placeholder(found),
        reason: reason.into(),
    }
}

fn numbered(document: &Document) -> Vec<(u32, Range<usize>)> {
    let mut found = Vec::new();
    add_blocks(&document.blocks, &mut found);
    found
}

fn add_blocks(blocks: &[Block], found: &mut Vec<(u32, Range<usize>)>) {
    let mut blocks = blocks.to_vec();
    visit(&mut blocks, &mut |known| {
        found.extend(known.reference.zip(known.origin.outer()));
    });
}

/// Calls for each macro below these blocks.
fn visit(blocks: &mut [Block], call: &mut dyn FnMut(&mut Macro)) {
    for block in blocks {
        stacker::maybe_grow(64 << 10, 1 << 20, || match block {
            Block::Heading(heading) => visit_line(&mut heading.content, call),
            Block::Paragraph(paragraph) => visit_line(&mut paragraph.content, call),
            Block::List(list) => {
                for item in &mut list.items {
                    visit(&mut item.blocks, call);
                }
            }
            Block::Quote(quote) => visit(&mut quote.blocks, call),
            Block::Table(table) => {
                for cell in table.rows.iter_mut().flat_map(|row| &mut row.cells) {
                    visit(&mut cell.blocks, call);
                }
            }
            Block::Macro(found) => visit_macro(found, call),
            Block::Code(_) | Block::Rule(_) | Block::Raw(_) => {}
        });
    }
}

fn visit_macro(found: &mut Macro, call: &mut dyn FnMut(&mut Macro)) {
    call(found);
    match &mut found.body {
        Body::Blocks(blocks) => visit(blocks, call),
        Body::Inline(content) => visit_line(content, call),
        Body::None | Body::Plain(_) => {}
    }
}

fn visit_line(inlines: &mut [Inline], call: &mut dyn FnMut(&mut Macro)) {
    for inline in inlines {
        stacker::maybe_grow(64 << 10, 1 << 20, || match inline {
            Inline::Styled(styled) => visit_line(&mut styled.content, call),
            Inline::Link(link) => visit_line(&mut link.content, call),
            Inline::Macro(found) => visit_macro(found, call),
            _ => {}
        });
    }
}

#[cfg(test)]
#[path = "references_tests.rs"]
mod tests;

//! What a page has: its sections, and how large they are.

use std::collections::HashMap;

use super::section::{SectionRange, sections, span};
use crate::markup::{
    document::{Block, Document},
    markdown,
    storage::Base,
};

/// A section, for a list of what a page has.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Section {
    /// Its place among all sections, from 1; the text before the first heading has 0.
    pub number: usize,
    /// The rank of its heading, 1 to 6; the text before the first heading has 0.
    pub level: u8,
    /// The text of its heading; empty for the text before the first heading.
    pub title: String,
    /// How links name its heading; empty for the text before the first heading.
    pub anchor: String,
    /// How many characters of Markdown it has, with all that is below it.
    pub size: usize,
}

/// The sections of the page in their order; text before the first heading is a section too.
pub fn outline(base: &Base<'_>) -> Vec<Section> {
    let document = base.document();
    let mut sizes = Sizes {
        places: HashMap::new(),
        allowance: EFFORT * span(&document.blocks).unwrap_or_default().len(),
    };
    sections(document)
        .into_iter()
        .filter(|section| !section.blocks.is_empty())
        .map(|section| Section {
            size: sizes.of(&section),
            number: section.number,
            level: section.level,
            title: section.title,
            anchor: section.anchor,
        })
        .collect()
}

/// How many times the page is written at most; more happens only where headings stand in panels
/// within panels, and so on.
const EFFORT: usize = 8;

/// The sizes of the blocks of each place that has headings; each block is written once for it.
struct Sizes {
    /// By the address of the place's blocks: how much stands before each block, and in all.
    places: HashMap<*const Block, Vec<usize>>,
    /// How many bytes of the source may still be written.
    allowance: usize,
}

impl Sizes {
    fn of(&mut self, section: &SectionRange<'_>) -> usize {
        let place = section.siblings.as_ptr();
        if !self.places.contains_key(&place) {
            let length = span(section.siblings).unwrap_or_default().len();
            let Some(allowance) = self.allowance.checked_sub(length) else {
                return section.at.len();
            };
            self.allowance = allowance;
            self.places.insert(place, sums(section.siblings));
        }
        let sums = self.places.get(&place);
        let before = |index: usize| sums.and_then(|sums| sums.get(index)).copied();
        let start = before(section.index).unwrap_or_default();
        let end = before(section.index + section.blocks.len()).unwrap_or_default();
        end.saturating_sub(start).saturating_sub(BETWEEN)
    }
}

/// Blocks are parted by an empty line.
const BETWEEN: usize = 2;

fn sums(blocks: &[Block]) -> Vec<usize> {
    let mut sums = vec![0];
    let mut sum = 0;
    for block in blocks {
        let text = markdown::write(&Document::new(vec![block.clone()]));
        sum += text.trim_end().chars().count() + BETWEEN;
        sums.push(sum);
    }
    sums
}

//! The sections of a page: a heading and what belongs to it, wherever on the page they stand.
//!
//! A section ends before the next heading of the same or a higher rank beside its own, or where
//! the column, panel or cell ends that its heading stands in.

use std::{collections::HashMap, ops::Range};

use super::shown::line_text;
pub use super::unknown_section::{Candidate, NoSection};
use crate::markup::{
    document::{Block, Body, Document, Heading, Inline, Macro},
    storage::Base,
};

/// A section of a page.
#[derive(Debug, Clone)]
pub struct SectionRange<'a> {
    /// Its place among all sections, from 1; the text before the first heading has 0.
    pub number: usize,
    /// The rank of its heading, 1 to 6; the text before the first heading has 0.
    pub level: u8,
    /// The text of its heading; empty for the text before the first heading.
    pub title: String,
    /// How links name its heading; empty for the text before the first heading.
    pub anchor: String,
    /// Its blocks, the heading first.
    pub blocks: &'a [Block],
    /// All blocks of the page, column, panel or cell that it stands in.
    pub(super) siblings: &'a [Block],
    /// Where among them its first block is.
    pub(super) index: usize,
    /// From the start of its first block to the end of its last, in the source.
    pub at: Range<usize>,
}

impl<'a> SectionRange<'a> {
    /// The heading, which the text before the first heading has not.
    pub(super) fn heading(&self) -> Option<&'a Heading> {
        match self.blocks.first() {
            Some(Block::Heading(heading)) if self.number > 0 => Some(heading),
            _ => None,
        }
    }

    /// The section as one that may be meant, among all sections.
    fn candidate(&self, sections: &[SectionRange<'_>]) -> Candidate {
        let mut before = sections.iter().take(self.number);
        let around =
            before.rfind(|other| other.at.start <= self.at.start && self.at.end <= other.at.end);
        Candidate {
            number: self.number,
            title: self.title.clone(),
            anchor: self.anchor.clone(),
            within: around.map_or_else(String::new, |around| around.title.clone()),
        }
    }
}

/// Finds a section by its title, its anchor or its number, such as `#3`.
///
/// The text before the first heading is `#0`. Upper and lower case count only where both are there.
///
/// # Errors
/// If there is no such section, or several.
pub fn find_section<'a>(base: &'a Base<'_>, wanted: &str) -> Result<SectionRange<'a>, NoSection> {
    let sections = sections(base.document());
    let wanted_title = spaced(wanted.trim());
    // Who reads the page as Markdown may name a heading by its whole line.
    let bare = wanted_title.trim_start_matches('#');
    let name = match bare.strip_prefix(' ') {
        Some(line) => line.trim_start(),
        None => wanted_title.as_str(),
    };
    let number: Option<usize> = bare.trim_start().parse().ok();
    let by_number = |section: &SectionRange<'_>| number == Some(section.number);
    let lower = name.to_lowercase();
    let tests: [&dyn Fn(&SectionRange<'_>) -> bool; 7] = [
        &|section| name.starts_with('#') && by_number(section),
        &|section| section.title == wanted_title,
        &|section| section.title == name,
        &|section| section.anchor == name || section.anchor == bare,
        &|section| section.title.to_lowercase() == lower,
        &|section| section.anchor.to_lowercase() == lower,
        &by_number,
    ];
    for test in tests {
        let mut found = sections.iter().filter(|section| test(section));
        match (found.next(), found.next()) {
            (None, _) => {}
            (Some(section), None) => return Ok(section.clone()),
            (Some(_), Some(_)) => {
                let found = sections.iter().filter(|section| test(section));
                let found = found.map(|section| section.candidate(&sections));
                return Err(NoSection::ambiguous(wanted, found.collect()));
            }
        }
    }
    let all = sections.iter().map(|section| section.candidate(&[]));
    Err(NoSection::unknown(wanted, all.collect()))
}

/// What stands in a section.
pub fn read_section(_base: &Base<'_>, section: &SectionRange<'_>) -> Document {
    Document::new(section.blocks.to_vec())
}

/// All sections in the order of the page, the text before the first heading first.
pub(super) fn sections(document: &Document) -> Vec<SectionRange<'_>> {
    let mut sections = vec![opening(document)];
    collect(&document.blocks, &mut sections);
    let mut known: HashMap<String, usize> = HashMap::new();
    for (number, section) in sections.iter_mut().enumerate().skip(1) {
        section.number = number;
        let anchor: String = section
            .title
            .split(|character: char| character.is_whitespace())
            .collect();
        let repeated = known.entry(anchor.clone()).or_default();
        section.anchor = match *repeated {
            0 => anchor,
            repeated => format!("{anchor}.{repeated}"),
        };
        *repeated += 1;
    }
    sections
}

/// The text before the first heading; on a page with a layout, what its first column begins with.
fn opening(document: &Document) -> SectionRange<'_> {
    let (siblings, start) = first_column(document);
    let count = siblings.iter().take_while(|block| !has_heading(block));
    let blocks = siblings.get(..count.count()).unwrap_or_default();
    SectionRange {
        number: 0,
        level: 0,
        title: String::new(),
        anchor: String::new(),
        blocks,
        siblings,
        index: 0,
        at: span(blocks).unwrap_or(start..start),
    }
}

/// The blocks that the page begins with, and where the place begins that they stand in.
pub(super) fn first_column(document: &Document) -> (&[Block], usize) {
    let mut column = document.blocks.as_slice();
    let mut start = 0;
    while let Some(found) = column.first().and_then(layout) {
        let Some((blocks, inner)) = content(found) else {
            return (&document.blocks, 0);
        };
        (column, start) = (blocks, inner.start);
    }
    (column, start)
}

/// Where the last column of the page is, if the page has a layout at its end.
pub(super) fn last_column(document: &Document) -> Option<Range<usize>> {
    let mut column = document.blocks.as_slice();
    let mut last = None;
    while let Some(found) = column.last().and_then(layout) {
        let (blocks, inner) = content(found)?;
        (column, last) = (blocks, Some(inner));
    }
    last
}

/// A layout, a section of one, or a column.
fn layout(block: &Block) -> Option<&Macro> {
    match block {
        Block::Macro(found) if found.name.starts_with("layout") && found.is_element() => {
            Some(found)
        }
        _ => None,
    }
}

/// What stands in an element and where; none if its only tag has no inside.
fn content(found: &Macro) -> Option<(&[Block], Range<usize>)> {
    let (outer, inner) = (found.origin.outer()?, found.origin.inner()?);
    let blocks = match &found.body {
        Body::Blocks(blocks) => blocks.as_slice(),
        _ => &[],
    };
    (inner.start < outer.end).then_some((blocks, inner))
}

/// From the start of the first block to the end of the last.
pub(super) fn span(blocks: &[Block]) -> Option<Range<usize>> {
    let first = blocks.first()?.origin().outer()?;
    let last = blocks.last()?.origin().outer()?;
    Some(first.start..last.end)
}

fn has_heading(block: &Block) -> bool {
    matches!(block, Block::Heading(_))
        || children(block)
            .into_iter()
            .any(|blocks| stacker::maybe_grow(64 << 10, 1 << 20, || blocks.iter().any(has_heading)))
}

fn collect<'a>(siblings: &'a [Block], sections: &mut Vec<SectionRange<'a>>) {
    for (index, block) in siblings.iter().enumerate() {
        if let Block::Heading(heading) = block {
            let blocks = section_blocks(siblings, index, heading.level);
            sections.push(SectionRange {
                number: 0,
                level: heading.level,
                title: spaced(&line_text(&heading.content)),
                anchor: String::new(),
                blocks,
                siblings,
                index,
                at: span(blocks).unwrap_or_default(),
            });
        }
        for blocks in children(block) {
            stacker::maybe_grow(64 << 10, 1 << 20, || collect(blocks, sections));
        }
    }
}

fn section_blocks(siblings: &[Block], index: usize, level: u8) -> &[Block] {
    let rest = siblings.get(index..).unwrap_or_default();
    let ends = |block: &Block| matches!(block, Block::Heading(next) if next.level <= level);
    let end = rest.iter().skip(1).position(ends);
    end.and_then(|end| rest.get(..=end)).unwrap_or(rest)
}

/// The runs of blocks that stand in a block, in their order.
pub(super) fn children(block: &Block) -> Vec<&[Block]> {
    match block {
        Block::Paragraph(paragraph) => inline_children(&paragraph.content),
        Block::List(list) => list
            .items
            .iter()
            .map(|item| item.blocks.as_slice())
            .collect(),
        Block::Quote(quote) => vec![&quote.blocks],
        Block::Table(table) => table
            .rows
            .iter()
            .flat_map(|row| &row.cells)
            .map(|cell| cell.blocks.as_slice())
            .collect(),
        Block::Macro(found) => match &found.body {
            Body::Blocks(blocks) => vec![blocks],
            Body::Inline(content) => inline_children(content),
            Body::None | Body::Plain(_) => Vec::new(),
        },
        Block::Heading(_) | Block::Code(_) | Block::Rule(_) | Block::Raw(_) => Vec::new(),
    }
}

/// The blocks in macros that stand in a line.
fn inline_children(inlines: &[Inline]) -> Vec<&[Block]> {
    let mut found = Vec::new();
    add_inline_children(inlines, &mut found);
    found
}

fn add_inline_children<'a>(inlines: &'a [Inline], found: &mut Vec<&'a [Block]>) {
    for inline in inlines {
        let content = match inline {
            Inline::Styled(styled) => &styled.content,
            Inline::Link(link) => &link.content,
            Inline::Macro(inner) => match &inner.body {
                Body::Blocks(blocks) => {
                    found.push(blocks);
                    continue;
                }
                Body::Inline(content) => content,
                Body::None | Body::Plain(_) => continue,
            },
            _ => continue,
        };
        stacker::maybe_grow(64 << 10, 1 << 20, || add_inline_children(content, found));
    }
}

/// The text with plain spaces for no-break spaces, which nobody types.
pub(super) fn spaced(text: &str) -> String {
    text.replace('\u{a0}', " ")
}

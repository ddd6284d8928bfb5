//! What changed in the Markdown of a page, put into its storage format.
//!
//! The page's Markdown, read back, is put beside the changed document. What says what it said
//! keeps its bytes, what changed keeps the tags around what changed, and what is new is written.

mod align;
mod echo;
mod line;
mod lists;
mod macros;
mod merger;
mod neighbours;
mod nodes;
mod plan;
mod pool;
mod prints;
mod references;
mod tag;
mod written;

use std::{cmp::Ordering, ops::Range};

use self::{
    echo::{Echo, Shared},
    merger::Merger,
    plan::plan,
    pool::Pool,
    prints::Prints,
};
use crate::markup::{
    Damaged, Malformed,
    document::{Block, Document},
    storage, xml,
};

/// A page as it is in Confluence: what a change leaves alone keeps its bytes.
#[derive(Debug)]
pub struct Base<'a> {
    source: &'a str,
    document: Document,
    echo: Echo,
}

impl<'a> Base<'a> {
    /// Reads the page.
    ///
    /// # Errors
    /// If the source is not well-formed.
    pub fn new(source: &'a str) -> Result<Self, Malformed> {
        let document = storage::read(source)?;
        let echo = Echo::of(&document);
        Ok(Self {
            source,
            document,
            echo,
        })
    }

    /// What the page says.
    pub fn document(&self) -> &Document {
        &self.document
    }

    /// The whole page with the changed document in place of its own.
    ///
    /// # Errors
    /// If a placeholder is damaged.
    pub fn merge(&self, changed: &Document) -> Result<String, Damaged> {
        self.merge_part(0..self.source.len(), Some(&self.document.blocks), changed)
    }

    /// The source of these neighbouring blocks of the page with the changed document in their place.
    ///
    /// # Errors
    /// If a placeholder is damaged.
    pub fn merge_within(&self, blocks: &[Block], changed: &Document) -> Result<String, Damaged> {
        match span(blocks) {
            Some(part) => self.merge_part(part, Some(blocks), changed),
            None => self.write(changed),
        }
    }

    /// The same for a part of the source that begins before the blocks or ends after them, such as
    /// with the tags of the paragraph that a macro stands alone in.
    ///
    /// # Errors
    /// If a placeholder is damaged.
    pub fn merge_around(
        &self,
        part: Range<usize>,
        blocks: &[Block],
        changed: &Document,
    ) -> Result<String, Damaged> {
        self.merge_part(part, Some(blocks), changed)
    }

    /// The source of new blocks; what they copy of the page is written with its bytes.
    ///
    /// # Errors
    /// If a placeholder is damaged.
    pub fn write(&self, fresh: &Document) -> Result<String, Damaged> {
        self.merge_part(0..0, None, fresh)
    }

    fn merge_part(
        &self,
        part: Range<usize>,
        blocks: Option<&[Block]>,
        changed: &Document,
    ) -> Result<String, Damaged> {
        let prints = Prints::new(&changed.blocks);
        let own = Prints::new(&self.document.blocks);
        let echo = self.echo.document();
        let echo = echo.map(|echo| (echo, Prints::new(&echo.blocks)));
        // The change was made on the Markdown or on the tree.
        let echo = echo.filter(
            |(_, echo)| match prints.shared(echo).cmp(&prints.shared(&own)) {
                Ordering::Less => false,
                Ordering::Equal => changed
                    .blocks
                    .iter()
                    .all(|block| block.origin().outer().is_none()),
                Ordering::Greater => true,
            },
        );
        let none = Shared::new();
        let (known, base, base_prints, shared) = match echo {
            Some((echo, prints)) => {
                let base = match blocks {
                    Some(blocks) if *blocks == *self.document.blocks => Some(&*echo.blocks),
                    Some(blocks) => span(blocks).and_then(|span| self.echo.within(&span)),
                    None => None,
                };
                (echo, base, prints, self.echo.shared())
            }
            None => (&self.document, blocks, own, &none),
        };
        let pool = Pool::new(self.source, &known.blocks, &base_prints, shared);
        references::check(&changed.blocks, &pool)?;
        let base = base.unwrap_or_default();
        let plan = plan(base, &changed.blocks, pool, &base_prints, &prints, shared);
        let mut merger = Merger {
            source: self.source,
            plan,
            prints: &prints,
            tasks: highest_task(self.source),
        };
        let merged = merger.blocks(part.clone(), base, &changed.blocks);
        let before = self.source.get(part).unwrap_or_default();
        let is_broken = merged != before && xml::read(&merged).is_err();
        if is_broken && !base.is_empty() && xml::read(before).is_ok() {
            // A change across tags that show nothing; only what is known of nodes is used.
            return self.write(changed);
        }
        Ok(merged)
    }
}

/// From the start of the first block to the end of the last.
fn span(blocks: &[Block]) -> Option<Range<usize>> {
    let first = blocks.first()?.origin().outer()?;
    let last = blocks.last()?.origin().outer()?;
    Some(first.start..last.end)
}

/// The highest number of a task in the source.
fn highest_task(source: &str) -> u64 {
    let tasks = source.split("<ac:task-id>").skip(1);
    let numbers = tasks.filter_map(|rest| rest.split('<').next()?.trim().parse().ok());
    numbers.max().unwrap_or(0)
}

#[cfg(test)]
mod tests;

//! An edit worked out: which bytes of the page it rests on, and which it changes.

use std::ops::Range;

use super::{
    cell::{CellName, set_cell},
    edit::Edit,
    problem::Problem,
    references::References,
    replace_text::{Replacement, replace_text},
    section::{SectionRange, find_section, first_column, last_column, sections, spaced, span},
    shown::line_text,
    splice::Splice,
    task::set_task,
    widen::widened,
};
use crate::markup::{
    document::{Block, Document},
    markdown,
    storage::Base,
    xml,
};

/// An edit of one version of a page, worked out.
#[derive(Debug, Default)]
pub(super) struct Plan {
    /// What has to be the same for the edit to mean the same.
    pub(super) rests_on: Vec<Range<usize>>,
    /// What is changed.
    pub(super) splices: Vec<Splice>,
}

/// A version of a page, and how new text for it is read.
pub(super) struct Page<'a> {
    pub(super) source: &'a str,
    pub(super) base: Base<'a>,
    options: &'a markdown::Options,
    /// The macros of the page before the first edit.
    references: &'a References,
}

impl<'a> Page<'a> {
    pub(super) fn new(
        source: &'a str,
        options: &'a markdown::Options,
        references: &'a References,
    ) -> Result<Self, Problem> {
        Ok(Self {
            source,
            base: Base::new(source)?,
            options,
            references,
        })
    }

    pub(super) fn plan(&self, edit: &Edit) -> Result<Plan, Problem> {
        match edit {
            Edit::ReplaceSection { section, markdown } => {
                let section = self.section(section)?;
                self.replace(&section, self.read(markdown)?)
            }
            Edit::InsertBefore { section, markdown } => {
                let section = self.section(section)?;
                let at = self.widened(&section.at)?.start;
                self.insert_by(&section, at, markdown)
            }
            Edit::InsertAfter { section, markdown }
            | Edit::Append {
                section: Some(section),
                markdown,
            } => {
                let section = self.section(section)?;
                let at = self.widened(&section.at)?.end;
                self.insert_by(&section, at, markdown)
            }
            Edit::Append {
                section: None,
                markdown,
            } => {
                let column = last_column(self.base.document());
                let column = column.unwrap_or(0..self.source.len());
                let text = self.source.get(column.clone()).unwrap_or_default();
                self.insert(column.start + text.trim_end().len(), markdown)
            }
            Edit::Prepend { markdown } => {
                self.insert(first_column(self.base.document()).1, markdown)
            }
            Edit::DeleteSection { section } => self.delete(&self.section(section)?),
            Edit::ReplaceText {
                find,
                replace,
                section,
                all,
            } => {
                let all = *all;
                let replacement = Replacement { find, replace, all };
                self.replace_text(section.as_deref(), replacement)
            }
            Edit::SetCell {
                table,
                row,
                column,
                markdown,
                section,
            } => {
                let table = *table;
                let name = CellName { table, row, column };
                self.set_cell(section.as_deref(), name, markdown)
            }
            Edit::SetTask {
                task,
                done,
                section,
            } => {
                let within = self.within(section.as_deref())?;
                let nodes = xml::read(self.source)?;
                let (at, splice) = set_task(self.source, &nodes, &within, task, *done)?;
                Ok(Plan {
                    rests_on: vec![at],
                    splices: splice.into_iter().collect(),
                })
            }
        }
    }

    /// The title of the innermost section around a place.
    pub(super) fn section_at(&self, at: &Range<usize>) -> Option<String> {
        let mut sections = sections(self.base.document()).into_iter();
        let around =
            sections.rfind(|section| section.at.start <= at.start && at.end <= section.at.end);
        around.map(|section| section.title)
    }

    fn section(&self, name: &str) -> Result<SectionRange<'_>, Problem> {
        Ok(find_section(&self.base, name)?)
    }

    /// The part of the source that a section is, or all of it.
    fn within(&self, section: Option<&str>) -> Result<Range<usize>, Problem> {
        section.map_or(Ok(0..self.source.len()), |name| Ok(self.section(name)?.at))
    }

    fn read(&self, markdown: &str) -> Result<Document, Problem> {
        let mut fresh = markdown::read(markdown, self.options)?;
        let document = self.base.document();
        self.references
            .renumber(&mut fresh, self.source, document)?;
        Ok(fresh)
    }

    fn replace(&self, section: &SectionRange<'_>, fresh: Document) -> Result<Plan, Problem> {
        let mut blocks = section.blocks;
        let mut start = section.at.start;
        if let Some((Block::Heading(heading), below)) = blocks.split_first()
            && section.number > 0
            && !begins_with(&fresh, section)
        {
            // The heading is no part of what is written.
            blocks = below;
            start = heading.origin.outer().unwrap_or_default().end;
        }
        let (at, text) = match span(blocks) {
            Some(at) => {
                let at = self.widened(&at)?;
                let text = self.base.merge_around(at.clone(), blocks, &fresh)?;
                (at, text)
            }
            None => (start..start, self.base.write(&fresh)?),
        };
        Ok(Plan {
            rests_on: vec![section.at.clone()],
            splices: vec![Splice::new(at, text)],
        })
    }

    fn insert(&self, at: usize, markdown: &str) -> Result<Plan, Problem> {
        let fresh = self.read(markdown)?;
        if fresh.blocks.is_empty() {
            let reason = "markdown is empty; give the text to put there";
            return Err(Problem::Unfit(reason.into()));
        }
        Ok(Plan {
            rests_on: Vec::new(),
            splices: vec![Splice::new(at..at, self.base.write(&fresh)?)],
        })
    }

    fn insert_by(
        &self,
        section: &SectionRange<'_>,
        at: usize,
        markdown: &str,
    ) -> Result<Plan, Problem> {
        let mut plan = self.insert(at, markdown)?;
        let all = sections(self.base.document());
        let alike = all.iter().filter(|other| other.title == section.title);
        // A heading tells the place if no other has its text.
        let heading = section.heading().and_then(|heading| heading.origin.outer());
        let is_known = alike.count() == 1;
        let at = heading.filter(|_| is_known).unwrap_or(section.at.clone());
        plan.rests_on.push(at);
        Ok(plan)
    }

    fn delete(&self, section: &SectionRange<'_>) -> Result<Plan, Problem> {
        let at = self.widened(&section.at)?;
        let text = self.source.get(at.clone()).unwrap_or_default();
        let splices = if xml::read(text).is_ok() {
            let rest = self.source.get(at.end..).unwrap_or_default();
            let space = rest.len() - rest.trim_start_matches([' ', '\t', '\n', '\r']).len();
            vec![Splice::new(at.start..at.end + space, "")]
        } else {
            // Something else stands in a box that begins or ends between the blocks: it stays.
            let outer = section
                .blocks
                .iter()
                .filter_map(|block| block.origin().outer());
            outer.map(|outer| Splice::new(outer, "")).collect()
        };
        Ok(Plan {
            rests_on: vec![section.at.clone()],
            splices,
        })
    }

    /// The part of the source with the paragraphs and boxes that hold nothing else.
    fn widened(&self, part: &Range<usize>) -> Result<Range<usize>, Problem> {
        if part.is_empty() {
            return Ok(part.clone());
        }
        Ok(widened(&xml::read(self.source)?, part))
    }

    fn replace_text(
        &self,
        section: Option<&str>,
        replacement: Replacement<'_>,
    ) -> Result<Plan, Problem> {
        let within = self.within(section)?;
        let nodes = xml::read(self.source)?;
        let found = replace_text(self.source, &nodes, &within, replacement)?;
        let place = |splices: &Vec<Splice>| {
            let start = splices.iter().map(|splice| splice.at.start).min();
            let end = splices.iter().map(|splice| splice.at.end).max();
            start.zip(end).map(|(start, end)| start..end)
        };
        Ok(Plan {
            rests_on: found.iter().filter_map(place).collect(),
            splices: found.concat(),
        })
    }

    fn set_cell(
        &self,
        section: Option<&str>,
        name: CellName<'_>,
        markdown: &str,
    ) -> Result<Plan, Problem> {
        let fresh = self.read(markdown)?;
        let section = section.map(|name| self.section(name)).transpose()?;
        let blocks = section.map_or(self.base.document().blocks.as_slice(), |found| found.blocks);
        let (row, splice) = set_cell(self.source, &self.base, blocks, name, &fresh)?;
        Ok(Plan {
            rests_on: vec![row],
            splices: splice.into_iter().collect(),
        })
    }
}

/// Whether the new text brings the section's heading with it.
fn begins_with(fresh: &Document, section: &SectionRange<'_>) -> bool {
    match fresh.blocks.first() {
        Some(Block::Heading(heading)) => {
            heading.level == section.level || spaced(&line_text(&heading.content)) == section.title
        }
        _ => false,
    }
}

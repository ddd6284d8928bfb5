//! The plan carried out: what stays is copied, what changed is written into its place.

use std::ops::Range;

use super::{
    align::Step,
    neighbours::{Edge, Known, Neighbours},
    plan::{Plan, Source},
    pool::{Place, origin_of},
    prints::Prints,
    tag::{apply, fill, name, rename},
    written::Written,
};
use crate::markup::{
    document::{Block, Heading, Inline, Item, Paragraph, Row},
    storage::write::{self, Reuse, Writer},
};

/// Carries out a plan.
pub(super) struct Merger<'a> {
    pub(super) source: &'a str,
    pub(super) plan: Plan<'a>,
    /// The numbers of the changed document.
    pub(super) prints: &'a Prints,
    /// The highest number of a task so far.
    pub(super) tasks: u64,
}

impl Merger<'_> {
    pub(super) fn text(&self, range: Range<usize>) -> &str {
        self.source.get(range).unwrap_or_default()
    }

    /// What the changed neighbours are written as in this part of the source.
    pub(super) fn list<T: Written>(
        &mut self,
        part: Range<usize>,
        base: &[T],
        changed: &[T],
    ) -> String {
        let mut row = Neighbours::new(part);
        let base: Vec<Known<'_, T>> = base
            .iter()
            .map(|node| self.known(node, &row.part))
            .collect();
        for step in self.plan.steps(base.len(), changed) {
            match step {
                Step::Keep { base: place, .. } => {
                    if let Some(known) = base.get(place) {
                        // What has no bytes of its own is of those between nodes, which stay.
                        let source = self.text(known.wide.clone().unwrap_or_default());
                        row.known(self.source, known, place, (source, known.edge));
                    }
                }
                Step::Pair {
                    base: place,
                    changed: other,
                } => {
                    if let (Some(known), Some(other)) = (base.get(place), changed.get(other)) {
                        let (merged, edge) = self.merged(known, other);
                        row.known(self.source, known, place, (&merged, edge));
                    }
                }
                Step::Fresh { changed: place } => {
                    if let Some(new) = changed.get(place) {
                        let next = base.iter().skip(row.next).find_map(|one| one.wide.clone());
                        row.before_new(self.source, next);
                        let fresh = stacker::maybe_grow(64 << 10, 1 << 20, || new.fresh(self));
                        row.add(&fresh, fresh_edge(new, &fresh), None);
                    }
                }
                Step::Drop { base: place } => {
                    if let Some(known) = base.get(place) {
                        row.drop(self.source, known, place);
                    }
                }
            }
        }
        row.finish(self.source)
    }

    fn known<'n, T: Written>(&self, node: &'n T, part: &Range<usize>) -> Known<'n, T> {
        let outer = node.outer();
        let wide = outer.as_ref().map(|outer| self.widened(node, outer, part));
        // One in a paragraph of its own is set apart by that.
        let edge = if outer == wide {
            node.edge()
        } else {
            Edge::Block
        };
        Known { node, wide, edge }
    }

    fn merged<T: Written>(&mut self, known: &Known<'_, T>, changed: &T) -> (String, Edge) {
        let merge = |merger: &mut Self| match known.node.outer() {
            Some(_) => known.node.merge(changed, merger),
            None => changed.fresh(merger),
        };
        let merged = stacker::maybe_grow(64 << 10, 1 << 20, || merge(self));
        let edge = changed.edge();
        let is_same = edge == known.node.edge();
        match (known.node.outer(), &known.wide) {
            (Some(outer), Some(wide)) if outer != *wide && is_same => {
                let (before, after) = (wide.start..outer.start, outer.end..wide.end);
                let all = format!("{}{merged}{}", self.text(before), self.text(after));
                (all, Edge::Block)
            }
            // A paragraph that was without tags is so now.
            _ if edge == Edge::Block => {
                let is_line = !merged.starts_with("<p>") && known.edge == Edge::Line;
                (merged, if is_line { Edge::Line } else { edge })
            }
            _ => (merged, edge),
        }
    }

    /// The bytes of a node with those of a paragraph in which it stands alone.
    fn widened<T: Written>(
        &self,
        node: &T,
        outer: &Range<usize>,
        part: &Range<usize>,
    ) -> Range<usize> {
        let before = self.text(part.start..outer.start).trim_end();
        let after = self.text(outer.end..part.end);
        let start = before.rfind('<').unwrap_or(before.len());
        let tag = before.get(start..).unwrap_or_default();
        // Its only `>` is its last: another would end it, and the last be text.
        let is_tag = tag.find('>').is_some_and(|end| end + 1 == tag.len());
        let is_end = tag.starts_with("</") || tag.ends_with("/>");
        let is_paragraph = is_tag && !is_end && name(tag) == "p";
        let trimmed = after.trim_start();
        if !node.may_be_wrapped() || !is_paragraph || !trimmed.starts_with("</p>") {
            return outer.clone();
        }
        let end = outer.end + (after.len() - trimmed.len()) + "</p>".len();
        part.start + start..end
    }

    /// The tags of the node with its content in between.
    pub(super) fn filled(
        &self,
        outer: Range<usize>,
        inner: Range<usize>,
        content: String,
    ) -> String {
        let edit = fill(self.source, outer.clone(), inner, content);
        apply(self.source, outer, vec![edit])
    }

    pub(super) fn written(&mut self, write: impl FnOnce(&mut Writer<'_>)) -> String {
        let mut writer = Writer::new(self);
        write(&mut writer);
        writer.finish()
    }

    /// The source at this place; tasks get numbers of their own if it was used before.
    fn copy(&mut self, place: Place) -> String {
        let source = self.text(place.range).to_owned();
        let source = if place.is_copy && source.contains("<ac:task-id>") {
            self.renumber(&source)
        } else {
            source
        };
        if place.is_loose {
            format!("<p>{source}</p>")
        } else {
            source
        }
    }

    fn renumber(&mut self, source: &str) -> String {
        let mut out = String::with_capacity(source.len());
        for (part, after) in source.split("<ac:task-id>").enumerate() {
            if part == 0 {
                out.push_str(after);
                continue;
            }
            let rest = after.trim_start_matches(|c: char| c.is_ascii_digit());
            self.tasks += 1;
            out.push_str(&format!("<ac:task-id>{}{rest}", self.tasks));
        }
        out
    }

    /// Blocks of an item or a cell, in which a single paragraph goes without tags.
    pub(super) fn content(
        &mut self,
        part: Range<usize>,
        base: &[Block],
        changed: &[Block],
    ) -> String {
        match (base, changed) {
            ([], [Block::Paragraph(only)])
                if write::is_loose(only) && is_filler(self.text(part.clone())) =>
            {
                self.written(|writer| writer.inlines(&only.content))
            }
            _ => self.blocks(part, base, changed),
        }
    }

    /// Blocks, also in a part of the source that showed nothing before.
    pub(super) fn blocks(
        &mut self,
        part: Range<usize>,
        base: &[Block],
        changed: &[Block],
    ) -> String {
        if base.is_empty() && !changed.is_empty() && is_filler(self.text(part.clone())) {
            return self.written(|writer| writer.blocks(changed));
        }
        self.list(part, base, changed)
    }

    pub(super) fn paragraph(&mut self, base: &Paragraph, changed: &Paragraph) -> String {
        let (Some(outer), Some(inner)) = (base.origin.outer(), base.origin.inner()) else {
            return String::new();
        };
        let content = self.written(|writer| writer.inlines(&changed.content));
        if outer == inner && write::is_loose(base) && !write::is_loose(changed) {
            return format!("<p>{content}</p>");
        }
        self.filled(outer, inner, content)
    }

    pub(super) fn heading(&mut self, base: &Heading, changed: &Heading) -> String {
        let (Some(outer), Some(inner)) = (base.origin.outer(), base.origin.inner()) else {
            return String::new();
        };
        let content = self.written(|writer| writer.inlines(&changed.content));
        if base.level == changed.level {
            return self.filled(outer, inner, content);
        }
        let name = format!("h{}", changed.level.clamp(1, 6));
        let start = rename(self.text(outer.start..inner.start), &name);
        let end = rename(self.text(inner.end..outer.end), &name);
        format!("{start}{content}{end}")
    }
}

/// What sets a new node apart: a line has tags then, and a macro may have.
fn fresh_edge<T: Written>(node: &T, source: &str) -> Edge {
    match node.edge() {
        Edge::Line => Edge::Block,
        _ if source.starts_with("<p>") => Edge::Block,
        edge => edge,
    }
}

/// Whether a part of the source is only there so that one can click into it.
fn is_filler(source: &str) -> bool {
    let mut rest = source.trim();
    while !rest.is_empty() {
        let known = [
            "<br />", "<br/>", "<p>", "</p>", "<p />", "<p/>", "&nbsp;", "\u{a0}",
        ];
        let found = known.iter().find_map(|known| rest.strip_prefix(known));
        match found {
            Some(after) => rest = after.trim_start(),
            None => return false,
        }
    }
    true
}

impl Reuse for Merger<'_> {
    fn block(&mut self, block: &Block) -> Option<String> {
        if let Some(place) = self.plan.pool.take(self.prints.exact(block)) {
            return Some(self.copy(place));
        }
        match block {
            Block::Macro(found) => self.referenced(found),
            _ => None,
        }
    }

    fn item(&mut self, item: &Item) -> Option<String> {
        let place = self.plan.pool.take(self.prints.exact(item))?;
        Some(self.copy(place))
    }

    fn row(&mut self, row: &Row) -> Option<String> {
        let place = self.plan.pool.take(self.prints.exact(row))?;
        Some(self.copy(place))
    }

    fn inline(&mut self, inline: &Inline) -> Option<String> {
        origin_of(inline)?;
        match self.plan.source(inline) {
            Some(Source::Same(range)) => return Some(self.text(range).to_owned()),
            Some(Source::Like(base)) => return self.like(base, inline),
            None => {}
        }
        if let Some(place) = self.plan.pool.take(self.prints.exact(inline)) {
            return Some(self.copy(place));
        }
        match inline {
            Inline::Macro(found) => self.referenced(found),
            _ => None,
        }
    }

    fn task(&mut self) -> u64 {
        self.tasks += 1;
        self.tasks
    }
}

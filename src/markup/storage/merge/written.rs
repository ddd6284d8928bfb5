//! What each kind of node is written as when part of it changed.

use std::ops::Range;

use super::{
    merger::Merger,
    neighbours::Edge,
    pool::is_loose,
    tag::{rename, set_attribute},
};
use crate::markup::{
    document::{Block, Body, Cell, Item, Row},
    storage::write::Reuse,
};

/// A node that is written among its neighbours.
pub(super) trait Written {
    fn outer(&self) -> Option<Range<usize>>;
    /// The source of the node with what changed.
    fn merge(&self, changed: &Self, merger: &mut Merger<'_>) -> String;
    /// The source of the node where it is new.
    fn fresh(&self, merger: &mut Merger<'_>) -> String;
    /// What sets it apart from its neighbours.
    fn edge(&self) -> Edge {
        Edge::Block
    }
    /// Whether tags of a paragraph around it are not the node's own.
    fn may_be_wrapped(&self) -> bool {
        false
    }
}

impl Written for Block {
    fn outer(&self) -> Option<Range<usize>> {
        self.origin().outer()
    }

    fn edge(&self) -> Edge {
        match self {
            Self::Macro(found) if found.is_element() => Edge::Block,
            Self::Macro(found) => match found.body {
                Body::None | Body::Plain(_) => Edge::Word,
                Body::Inline(_) | Body::Blocks(_) => Edge::Part,
            },
            _ if is_loose(self) => Edge::Line,
            _ => Edge::Block,
        }
    }

    fn may_be_wrapped(&self) -> bool {
        !matches!(self, Self::Paragraph(_))
    }

    fn merge(&self, changed: &Self, merger: &mut Merger<'_>) -> String {
        let inner = self.origin().inner().unwrap_or_default();
        let outer = self.origin().outer().unwrap_or_default();
        match (self, changed) {
            (Self::Heading(base), Self::Heading(changed)) => merger.heading(base, changed),
            (Self::Paragraph(base), Self::Paragraph(changed)) => merger.paragraph(base, changed),
            (Self::List(base), Self::List(changed)) => merger.merge_list(base, changed),
            (Self::Code(base), Self::Code(changed)) => merger.code(base, changed),
            (Self::Quote(base), Self::Quote(changed)) => {
                let content = merger.blocks(inner.clone(), &base.blocks, &changed.blocks);
                merger.filled(outer, inner, content)
            }
            (Self::Table(base), Self::Table(changed)) => {
                let content = merger.list(inner.clone(), &base.rows, &changed.rows);
                merger.filled(outer, inner, content)
            }
            (Self::Macro(base), Self::Macro(changed)) => merger.macro_(base, changed),
            _ => changed.fresh(merger),
        }
    }

    fn fresh(&self, merger: &mut Merger<'_>) -> String {
        merger.written(|writer| writer.blocks(std::slice::from_ref(self)))
    }
}

impl Written for Item {
    fn outer(&self) -> Option<Range<usize>> {
        self.origin.outer()
    }

    fn merge(&self, changed: &Self, merger: &mut Merger<'_>) -> String {
        let inner = self.origin.inner().unwrap_or_default();
        let outer = self.origin.outer().unwrap_or_default();
        let content = merger.content(inner.clone(), &self.blocks, &changed.blocks);
        if self.done.is_some() == changed.done.is_some() {
            let item = merger.filled(outer, inner, content);
            return match changed.done.filter(|_| self.done != changed.done) {
                Some(done) => with_status(&item, done),
                None => item,
            };
        }
        match changed.done {
            Some(_) => {
                let empty = Self {
                    blocks: Vec::new(),
                    ..*changed
                };
                let task = merger.written(|writer| writer.fresh_item(&empty));
                task.replacen("</ac:task-body>", &format!("{content}</ac:task-body>"), 1)
            }
            None => format!("<li>{content}</li>"),
        }
    }

    fn fresh(&self, merger: &mut Merger<'_>) -> String {
        let known = merger.item(self);
        known.unwrap_or_else(|| merger.written(|writer| writer.fresh_item(self)))
    }
}

/// The task with another status.
fn with_status(task: &str, done: bool) -> String {
    let status = if done { "complete" } else { "incomplete" };
    let parts = task
        .split_once("<ac:task-status>")
        .and_then(|(before, rest)| Some((before, rest.split_once("</ac:task-status>")?.1)));
    match parts {
        Some((before, after)) => {
            format!("{before}<ac:task-status>{status}</ac:task-status>{after}")
        }
        None => task.replacen(
            "<ac:task-body",
            &format!("<ac:task-status>{status}</ac:task-status><ac:task-body"),
            1,
        ),
    }
}

impl Written for Row {
    fn outer(&self) -> Option<Range<usize>> {
        self.origin.outer()
    }

    fn merge(&self, changed: &Self, merger: &mut Merger<'_>) -> String {
        let inner = self.origin.inner().unwrap_or_default();
        let outer = self.origin.outer().unwrap_or_default();
        let content = merger.list(inner.clone(), &self.cells, &changed.cells);
        merger.filled(outer, inner, content)
    }

    fn fresh(&self, merger: &mut Merger<'_>) -> String {
        let known = merger.row(self);
        known.unwrap_or_else(|| merger.written(|writer| writer.fresh_row(self)))
    }
}

impl Written for Cell {
    fn outer(&self) -> Option<Range<usize>> {
        self.origin.outer()
    }

    fn merge(&self, changed: &Self, merger: &mut Merger<'_>) -> String {
        let inner = self.origin.inner().unwrap_or_default();
        let outer = self.origin.outer().unwrap_or_default();
        let content = merger.content(inner.clone(), &self.blocks, &changed.blocks);
        let cell = merger.filled(outer, inner, content);
        let Some((start, rest)) = cell.split_once('>') else {
            return cell;
        };
        let mut start = format!("{start}>");
        let mut rest = rest.to_owned();
        if self.is_header != changed.is_header {
            let name = if changed.is_header { "th" } else { "td" };
            start = rename(&start, name);
            if let Some(end) = rest.rfind("</") {
                let (content, tag) = rest.split_at_checked(end).unwrap_or((&rest, ""));
                rest = format!("{content}{}", rename(tag, name));
            }
        }
        for (name, before, after) in [
            ("colspan", self.columns, changed.columns),
            ("rowspan", self.rows, changed.rows),
        ] {
            if before != after {
                let count = after.to_string();
                start = set_attribute(&start, name, Some(count.as_str()).filter(|_| after > 1));
            }
        }
        start + &rest
    }

    fn fresh(&self, merger: &mut Merger<'_>) -> String {
        merger.written(|writer| writer.fresh_cell(self))
    }
}

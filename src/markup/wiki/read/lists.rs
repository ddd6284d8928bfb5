//! Lists, whose items may be nested and hold further lines.

use std::ops::Range;

use super::{
    DEEPEST, Dialect, Reader,
    blocks::Place,
    lines::{Opening, opening},
};
use crate::markup::document::{Block, Item, List, ListKind, Origin};

/// An item with its further lines.
struct Entry {
    level: usize,
    /// The last sign of its marker.
    sign: char,
    /// Whether it is a task, and done.
    done: Option<bool>,
    content: Range<usize>,
}

/// A list that may get further items.
struct Open {
    level: usize,
    sign: char,
    items: Vec<Item>,
}

impl Reader<'_> {
    /// The lists whose first item begins here, and where they end.
    pub(super) fn lists(&self, start: usize, limit: usize, depth: usize) -> (Vec<Block>, usize) {
        let deepest = DEEPEST.saturating_sub(depth + 1).max(1);
        let mut nesting = Nesting::default();
        let mut at = start;
        while let Some((entry, next)) = self.entry(at, limit) {
            at = next;
            let level = entry.level.min(deepest);
            nesting.leave(level, entry.sign);
            let blocks = self.blocks_in(entry.content, Place::Item, depth + nesting.depth() + 1);
            nesting.add(level, entry.sign, entry.done, blocks);
        }
        (nesting.into_lists(), at)
    }

    /// The item whose line begins here, and where the next line does.
    fn entry(&self, at: usize, limit: usize) -> Option<(Entry, usize)> {
        if at >= limit {
            return None;
        }
        let text = self.line_text(at, limit);
        let Opening::Item(marker, length) = opening(self.slice(text)) else {
            return None;
        };
        let mut end = self.line_end(at, limit);
        while self.continues(end + 1, limit) {
            end = self.line_end(end + 1, limit);
        }
        let content = at + length..end;
        let task = self.task(content.clone());
        let entry = Entry {
            level: marker.len(),
            sign: marker.chars().next_back()?,
            done: task.map(|(done, _)| done),
            content: task.map_or(content.start, |(_, start)| start)..content.end,
        };
        Some((entry, end + 1))
    }

    /// Whether an item that begins with a box is done, and where its text begins.
    ///
    /// Jira has no tasks, but people write them like this. In Confluence it may be a link.
    fn task(&self, content: Range<usize>) -> Option<(bool, usize)> {
        if self.dialect == Dialect::Confluence {
            return None;
        }
        let text = self.slice(content.clone());
        let trimmed = text.trim_start_matches([' ', '\t']);
        let (mark, rest) = trimmed.strip_prefix('[')?.split_once(']')?;
        let done = match mark {
            " " => false,
            "x" | "X" => true,
            _ => return None,
        };
        let is_box = rest.is_empty() || rest.starts_with(char::is_whitespace);
        is_box.then_some((done, content.end - rest.len()))
    }

    /// Whether the line that begins here belongs to the item before it.
    fn continues(&self, at: usize, limit: usize) -> bool {
        if at >= limit {
            return false;
        }
        let text = self.line_text(at, limit);
        match opening(self.slice(text.clone())) {
            Opening::Text => !self.is_color_tag(text),
            Opening::Row => true,
            // White space before a macro.
            Opening::Blank => self.macros.at(text.end).is_some_and(|span| span.is_block),
            Opening::Rule | Opening::Heading(..) | Opening::Quote(_) | Opening::Item(..) => false,
        }
    }
}

/// The lists that are open, from the outermost, and those that are done.
#[derive(Default)]
struct Nesting {
    open: Vec<Open>,
    done: Vec<Block>,
}

impl Nesting {
    fn depth(&self) -> usize {
        self.open.len()
    }

    /// Closes the lists that an item of this level and sign does not stand in.
    fn leave(&mut self, level: usize, sign: char) {
        while let Some(last) = self.open.last() {
            let differs = last.level == level && last.sign != sign;
            if last.level < level || (last.level == level && !differs) {
                break;
            }
            self.close();
        }
    }

    fn close(&mut self) {
        let Some(Open { sign, items, .. }) = self.open.pop() else {
            return;
        };
        let kind = if sign == '#' {
            ListKind::Ordered(1)
        } else {
            ListKind::Bullet
        };
        let list = Block::List(List {
            kind,
            items,
            origin: Origin::default(),
        });
        match self.open.last_mut().and_then(|list| list.items.last_mut()) {
            Some(item) => item.blocks.push(list),
            None => self.done.push(list),
        }
    }

    fn add(&mut self, level: usize, sign: char, done: Option<bool>, blocks: Vec<Block>) {
        let item = Item {
            done,
            blocks,
            origin: Origin::default(),
        };
        match self.open.last_mut().filter(|list| list.level == level) {
            Some(list) => list.items.push(item),
            None => self.open.push(Open {
                level,
                sign,
                items: vec![item],
            }),
        }
    }

    fn into_lists(mut self) -> Vec<Block> {
        while !self.open.is_empty() {
            self.close();
        }
        self.done
    }
}

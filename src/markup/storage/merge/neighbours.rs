//! Neighbours on their way to the output, and the bytes between them.

use std::ops::Range;

use super::tag::name;

/// What sets a node apart from its neighbours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Edge {
    /// Nothing: it is a line without tags.
    Line,
    /// It is a macro that is a word of a line if there is one.
    Word,
    /// It is a macro with a body that is a part of a line if there is one.
    Part,
    /// It is a block.
    Block,
}

/// A node without tags of its own that was added last.
struct Last {
    place: Range<usize>,
    edge: Edge,
    number: Option<usize>,
}

/// A node of the page, where it stands, and what sets it apart.
pub(super) struct Known<'n, T> {
    pub(super) node: &'n T,
    /// Its bytes with those of a paragraph in which it stands alone.
    pub(super) wide: Option<Range<usize>>,
    pub(super) edge: Edge,
}

/// Neighbours on their way to the output, and what stands between them.
pub(super) struct Neighbours {
    out: String,
    pub(super) part: Range<usize>,
    /// Where the last node of the page ended.
    done: usize,
    /// The number of the first node of the page that is not dealt with.
    pub(super) next: usize,
    /// White space that went with a dropped node, until something is in its place.
    removed: Option<Range<usize>>,
    /// Whether the next white space is to go, since none stood before what was dropped.
    removes_next: bool,
    /// The last node, if it was not set apart by tags of its own.
    last: Option<Last>,
    /// Whether a paragraph of the page is open, as around a macro that splits it.
    in_paragraph: bool,
    /// How many elements are open within that.
    within: usize,
    /// Whether that was split by a new block, and is to be opened again.
    is_split: bool,
}

impl Neighbours {
    pub(super) fn new(part: Range<usize>) -> Self {
        Self {
            out: String::new(),
            done: part.start,
            next: 0,
            part,
            removed: None,
            removes_next: false,
            last: None,
            in_paragraph: false,
            within: 0,
            is_split: false,
        }
    }

    /// Adds a node of the page of this number as it is now, and what stands before it.
    pub(super) fn known<T>(
        &mut self,
        source: &str,
        known: &Known<'_, T>,
        number: usize,
        (now, edge): (&str, Edge),
    ) {
        self.next = number + 1;
        match &known.wide {
            Some(wide) => {
                self.gap(source, wide);
                self.add(now, edge, Some(number));
                self.done = wide.end;
            }
            None => self.add(now, edge, None),
        }
    }

    /// Adds what stands before the next node of the page.
    fn gap(&mut self, source: &str, next: &Range<usize>) {
        self.open_again();
        let gap = source.get(self.done..next.start).unwrap_or_default();
        let is_removed = self.removes_next && gap.trim().is_empty();
        if !is_removed {
            self.add_gap(gap);
        }
        self.removed = None;
        self.removes_next = false;
        self.done = self.done.max(next.start);
    }

    fn add_gap(&mut self, gap: &str) {
        self.out.push_str(gap);
        for tag in gap.split('<').skip(1) {
            let is_end = tag.starts_with('/');
            let is_start = !is_end && !tag.starts_with(['!', '?']) && !tag.contains("/>");
            match name(tag) {
                "p" if is_end || is_start => (self.in_paragraph, self.within) = (is_start, 0),
                _ if is_end => self.within = self.within.saturating_sub(1),
                _ if is_start => self.within += 1,
                _ => {}
            }
        }
    }

    /// Adds what belongs before a new node; `next` is the node of the page that follows.
    pub(super) fn before_new(&mut self, source: &str, next: Option<Range<usize>>) {
        if let Some(next) = next {
            let gap = source.get(self.done..next.start).unwrap_or_default();
            // What is opened before the first node is opened for the new one too, and a row
            // after the head of a table is none of the head.
            let is_first = self.done == self.part.start && self.out.is_empty() && !sets_apart(gap);
            if is_first || gap.contains("</thead>") {
                self.gap(source, &next);
            }
        }
        if let Some(removed) = self.removed.take() {
            self.out.push_str(source.get(removed).unwrap_or_default());
        }
        self.removes_next = false;
        if self.in_paragraph && self.within == 0 {
            self.leave_paragraph(source);
        }
    }

    /// A new block does not stand in a paragraph: that ends here, or is split.
    fn leave_paragraph(&mut self, source: &str) {
        let rest = source.get(self.done..self.part.end).unwrap_or_default();
        let trimmed = rest.trim_start();
        if let Some(after) = trimmed.strip_prefix("</p>") {
            let end = rest.len() - after.len();
            let gap = rest.get(..end).unwrap_or_default();
            self.add_gap(gap);
            self.done += end;
        } else {
            self.out.push_str("</p>");
            self.is_split = true;
            self.in_paragraph = false;
        }
    }

    fn open_again(&mut self) {
        if std::mem::take(&mut self.is_split) {
            self.out.push_str("<p>");
            self.in_paragraph = true;
        }
    }

    /// Leaves out a node, and white space beside it.
    pub(super) fn drop<T>(&mut self, source: &str, known: &Known<'_, T>, number: usize) {
        self.next = number + 1;
        let Some(outer) = &known.wide else {
            return;
        };
        self.open_again();
        let gap = self.done..outer.start;
        let between = source.get(gap.clone()).unwrap_or_default();
        if !between.trim().is_empty() {
            self.add_gap(between);
            self.removes_next = true;
        } else if between.is_empty() {
            self.removes_next = true;
        } else if self.removes_next {
            self.removed = Some(gap);
        } else {
            self.removed = self.removed.take().or(Some(gap));
        }
        self.done = self.done.max(outer.end);
    }

    /// Adds a node, which was the page's of this number if it was there.
    ///
    /// A line before it gets tags of its own where nothing else would set the two apart.
    pub(super) fn add(&mut self, node: &str, edge: Edge, number: Option<usize>) {
        if node.is_empty() {
            return;
        }
        let last = self.last.take().filter(|last| {
            let between = self.out.get(last.place.end..).unwrap_or_default();
            let were_neighbours = number.is_some() && number == last.number.map(|last| last + 1);
            let would_join = match (last.edge, edge) {
                (Edge::Line, Edge::Block) => false,
                (Edge::Line, _) | (Edge::Word, Edge::Line | Edge::Part) => true,
                _ => false,
            };
            would_join && !were_neighbours && between.trim().is_empty()
        });
        match last {
            Some(_) if self.in_paragraph && self.within == 0 => self.out.push_str("</p><p>"),
            Some(Last { place, .. }) => {
                self.out.insert_str(place.end, "</p>");
                self.out.insert_str(place.start, "<p>");
            }
            None => {}
        }
        let start = self.out.len();
        self.out.push_str(node);
        self.last = Some(Last {
            place: start..self.out.len(),
            edge,
            number,
        });
    }

    pub(super) fn finish(mut self, source: &str) -> String {
        self.open_again();
        let gap = source.get(self.done..self.part.end).unwrap_or_default();
        if !(self.removes_next && gap.trim().is_empty()) {
            self.out.push_str(gap);
        }
        self.out
    }
}

/// Whether something is opened between blocks that makes them bold or the like.
fn sets_apart(gap: &str) -> bool {
    const NAMES: [&str; 18] = [
        "a", "b", "big", "cite", "code", "del", "em", "font", "i", "s", "small", "span", "strike",
        "strong", "sub", "sup", "tt", "u",
    ];
    gap.split('<').skip(1).any(|tag| NAMES.contains(&name(tag)))
}

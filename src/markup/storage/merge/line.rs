//! Parts of a changed line found in the line that it was.

use std::{
    collections::{HashMap, VecDeque},
    ops::Range,
};

use super::{
    plan::{Planner, Source},
    pool::origin_of,
    prints::address,
};
use crate::markup::document::{Body, Inline, Macro, Target};

impl<'a> Planner<'a, '_> {
    /// Finds for each part of a changed line what it comes of, first in the line that it was.
    pub(super) fn line(&mut self, base: &'a [Inline], changed: &[Inline]) {
        let mut found = Vec::new();
        collect(base, &mut found);
        let mut same: HashMap<u64, VecDeque<usize>> = HashMap::new();
        for (place, inline) in found.iter().enumerate() {
            let exact = self.base_prints.exact(*inline);
            same.entry(exact).or_default().push_back(place);
        }
        let mut line = Line {
            is_used: vec![false; found.len()],
            found,
            same,
            rest: Vec::new(),
        };
        self.find_same(changed, &mut line);
        self.find_alike(line);
    }

    fn find_same<'c>(&mut self, changed: &'c [Inline], line: &mut Line<'a, 'c>) {
        for inline in changed {
            if origin_of(inline).is_some() {
                if let Some(range) = line.take_same(self.prints.exact(inline)) {
                    self.plan.pool.mark(self.prints.exact(inline), range.start);
                    let source = Source::Same(range);
                    self.plan.lines.insert(address(inline), source);
                    continue;
                }
                line.rest.push(inline);
            }
            stacker::maybe_grow(64 << 10, 1 << 20, || match inline {
                Inline::Styled(styled) => self.find_same(&styled.content, line),
                Inline::Link(link) => self.find_same(&link.content, line),
                Inline::Macro(Macro {
                    body: Body::Inline(content),
                    reference: None,
                    ..
                }) => self.find_same(content, line),
                _ => {}
            });
        }
    }

    fn find_alike(&mut self, line: Line<'a, '_>) {
        let mut alike: HashMap<Key<'_>, VecDeque<&'a Inline>> = HashMap::new();
        for (inline, is_used) in line.found.iter().zip(&line.is_used) {
            if let Some(key) = key(inline).filter(|_| !is_used) {
                alike.entry(key).or_default().push_back(inline);
            }
        }
        for inline in line.rest {
            if let Inline::Macro(found) = inline
                && found.reference.is_some()
            {
                // It is found by its number when it is written.
                self.fresh_macro(found);
                continue;
            }
            let candidates = key(inline).and_then(|key| alike.get_mut(&key));
            let base = candidates.and_then(VecDeque::pop_front);
            if let Some(base) = base {
                if let Some(range) = origin_of(base).and_then(|origin| origin.outer()) {
                    let exact = self.base_prints.exact(base);
                    self.plan.pool.mark(exact, range.start);
                }
                let source = Source::Like(base);
                self.plan.lines.insert(address(inline), source);
            }
            match (base, inline) {
                (Some(Inline::Macro(base)), Inline::Macro(found)) => {
                    self.blocks_of(base, found);
                }
                (_, Inline::Macro(found)) if !self.is_known(inline) => {
                    if let Body::Blocks(blocks) = &found.body {
                        self.fresh(blocks);
                    }
                }
                _ => {}
            }
        }
    }

    /// The parts of a line in the bodies are found with those around them.
    fn blocks_of(&mut self, base: &'a Macro, changed: &Macro) {
        match (&base.body, &changed.body) {
            (Body::Blocks(base), Body::Blocks(changed)) => self.list(base, changed),
            (_, Body::Blocks(changed)) => self.fresh(changed),
            _ => {}
        }
    }
}

struct Line<'a, 'c> {
    /// What the line of the page has, from left to right.
    found: Vec<&'a Inline>,
    is_used: Vec<bool>,
    same: HashMap<u64, VecDeque<usize>>,
    /// What the changed line has and that of the page has not.
    rest: Vec<&'c Inline>,
}

impl Line<'_, '_> {
    /// The next that says the same; the last again if there is no other.
    fn take_same(&mut self, exact: u64) -> Option<Range<usize>> {
        let places = self.same.get_mut(&exact)?;
        let place = match places.len() {
            1 => *places.front()?,
            _ => places.pop_front()?,
        };
        if let Some(is_used) = self.is_used.get_mut(place) {
            *is_used = true;
        }
        origin_of(self.found.get(place)?)?.outer()
    }
}

fn collect<'a>(content: &'a [Inline], found: &mut Vec<&'a Inline>) {
    for inline in content {
        if origin_of(inline).is_some_and(|origin| origin.outer().is_some()) {
            found.push(inline);
        }
        stacker::maybe_grow(64 << 10, 1 << 20, || match inline {
            Inline::Styled(styled) => collect(&styled.content, found),
            Inline::Link(link) => collect(&link.content, found),
            Inline::Macro(Macro {
                body: Body::Inline(content),
                ..
            }) => collect(content, found),
            _ => {}
        });
    }
}

/// What stays the same of a part of a line when it is changed.
#[derive(Debug, PartialEq, Eq, Hash)]
enum Key<'a> {
    Macro(&'a str),
    Link(&'a Target),
    Image(&'a Target),
}

fn key(inline: &Inline) -> Option<Key<'_>> {
    match inline {
        Inline::Macro(found) if found.reference.is_none() => Some(Key::Macro(&found.name)),
        Inline::Link(link) => Some(Key::Link(&link.target)),
        Inline::Image(image) => Some(Key::Image(&image.target)),
        _ => None,
    }
}

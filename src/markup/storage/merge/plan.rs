//! What becomes of each node, decided before anything is written.
//!
//! Only then is it known which parts of the page are free to be used elsewhere.

use std::{collections::HashMap, ops::Range};

use super::{
    align::{Alike, Sides, Step, align},
    echo::Shared,
    pool::Pool,
    prints::{Address, Prints, address},
};
use crate::markup::document::{Block, Body, Inline, Macro};

/// What becomes of the nodes of the changed document.
#[derive(Debug)]
pub(super) struct Plan<'a> {
    /// What becomes of neighbours, by the address of the first.
    steps: HashMap<Address, Vec<Step>>,
    /// What parts of lines come of.
    pub(super) lines: HashMap<Address, Source<'a>>,
    pub(super) pool: Pool<'a>,
}

/// What a part of a line comes of.
#[derive(Debug, Clone)]
pub(super) enum Source<'a> {
    /// The page has it as it is.
    Same(Range<usize>),
    /// The page has it with another text, or other parameters.
    Like(&'a Inline),
}

impl<'a> Plan<'a> {
    /// The steps from so many neighbours of the page to these.
    pub(super) fn steps<T>(&self, base: usize, changed: &[T]) -> Vec<Step> {
        match changed.first() {
            Some(first) => self.steps.get(&address(first)).cloned().unwrap_or_default(),
            None => (0..base).map(|base| Step::Drop { base }).collect(),
        }
    }

    /// What this part of a line comes of.
    pub(super) fn source(&self, inline: &Inline) -> Option<Source<'a>> {
        self.lines.get(&address(inline)).cloned()
    }
}

/// Makes the plan for these neighbours of the page and what is in their place now.
pub(super) fn plan<'a>(
    base: &'a [Block],
    changed: &[Block],
    pool: Pool<'a>,
    base_prints: &Prints,
    prints: &Prints,
    shared: &Shared,
) -> Plan<'a> {
    let mut planner = Planner {
        plan: Plan {
            steps: HashMap::new(),
            lines: HashMap::new(),
            pool,
        },
        base_prints,
        prints,
        shared,
    };
    planner.list(base, changed);
    planner.plan.pool.sort_kept();
    planner.plan
}

/// Makes a plan.
pub(super) struct Planner<'a, 'p> {
    pub(super) plan: Plan<'a>,
    /// The numbers of the page.
    pub(super) base_prints: &'p Prints,
    /// The numbers of the changed document.
    pub(super) prints: &'p Prints,
    shared: &'p Shared,
}

/// A node that stands among others of its kind.
pub(super) trait Node: Alike + Sized {
    fn outer(&self) -> Option<Range<usize>>;
    /// Plans what stands in the node, which changed.
    fn plan_pair<'a>(&'a self, changed: &Self, planner: &mut Planner<'a, '_>);
    /// Plans what stands in the node, which is new.
    fn plan_fresh(&self, planner: &mut Planner<'_, '_>);
}

impl<'a> Planner<'a, '_> {
    pub(super) fn list<T: Node>(&mut self, base: &'a [T], changed: &[T]) {
        let pool = &self.plan.pool;
        let sides = Sides {
            base: self.base_prints,
            changed: self.prints,
            is_known: &|exact| pool.has(exact),
        };
        let steps = align(base, changed, &sides);
        let steps = together(base, steps, self.shared);
        for step in &steps {
            match *step {
                Step::Keep { base: place, .. } => {
                    let range = base.get(place).and_then(Node::outer);
                    range
                        .into_iter()
                        .for_each(|range| self.plan.pool.keep(range));
                }
                Step::Pair {
                    base: place,
                    changed: other,
                } => {
                    if let (Some(one), Some(other)) = (base.get(place), changed.get(other)) {
                        stacker::maybe_grow(64 << 10, 1 << 20, || one.plan_pair(other, self));
                    }
                }
                Step::Fresh { changed: place } => {
                    if let Some(new) = changed.get(place) {
                        stacker::maybe_grow(64 << 10, 1 << 20, || new.plan_fresh(self));
                    }
                }
                Step::Drop { .. } => {}
            }
        }
        if let Some(first) = changed.first() {
            self.plan.steps.insert(address(first), steps);
        }
    }

    pub(super) fn is_known<T>(&self, node: &T) -> bool {
        self.plan.pool.has(self.prints.exact(node))
    }

    pub(super) fn fresh<T: Node>(&mut self, nodes: &[T]) {
        for node in nodes {
            stacker::maybe_grow(64 << 10, 1 << 20, || node.plan_fresh(self));
        }
    }

    pub(super) fn body(&mut self, base: &'a Macro, changed: &Macro) {
        match (&base.body, &changed.body) {
            (Body::Blocks(base), Body::Blocks(changed)) => self.list(base, changed),
            (Body::Inline(base), Body::Inline(changed)) => self.line(base, changed),
            (_, Body::Blocks(changed)) => self.fresh(changed),
            (_, Body::Inline(changed)) => self.line(&[], changed),
            _ => {}
        }
    }

    pub(super) fn fresh_macro(&mut self, found: &Macro) {
        match found
            .reference
            .and_then(|number| self.plan.pool.reference(number))
        {
            Some(base) => self.body(base, found),
            None => match &found.body {
                Body::Blocks(blocks) => self.fresh(blocks),
                Body::Inline(content) => self.line(&[], content),
                Body::None | Body::Plain(_) => {}
            },
        }
    }
}

/// Nodes that share a place are all kept or all written anew.
fn together<T>(base: &[T], steps: Vec<Step>, shared: &Shared) -> Vec<Step> {
    if shared.is_empty() {
        return steps;
    }
    let group = |step: &Step| match *step {
        Step::Keep { base: place, .. }
        | Step::Pair { base: place, .. }
        | Step::Drop { base: place } => base.get(place).and_then(|node| shared.get(&address(node))),
        Step::Fresh { .. } => None,
    };
    let mut sizes: HashMap<usize, usize> = HashMap::new();
    for number in base.iter().filter_map(|node| shared.get(&address(node))) {
        *sizes.entry(*number).or_default() += 1;
    }
    let mut result = Vec::with_capacity(steps.len());
    for run in steps.chunk_by(|one, other| group(one) == group(other)) {
        let size = run
            .first()
            .and_then(group)
            .and_then(|number| sizes.get(number));
        let are_kept = run.iter().all(|step| matches!(step, Step::Keep { .. }));
        if size.is_none_or(|size| are_kept && run.len() == *size) {
            result.extend_from_slice(run);
            continue;
        }
        for step in run {
            match *step {
                Step::Keep { base, changed } | Step::Pair { base, changed } => {
                    result.extend([Step::Drop { base }, Step::Fresh { changed }]);
                }
                other => result.push(other),
            }
        }
    }
    result
}

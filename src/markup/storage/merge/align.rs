//! Two rows of neighbours put side by side: what is kept, changed, new and gone.

use similar::{Algorithm, DiffOp, capture_diff_slices};

use super::prints::Prints;

/// More pairs than this are not all tried.
const MOST_TRIED: usize = 10_000;

/// What becomes of a node, by its place among its neighbours before and after.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step {
    /// It says what it said.
    Keep { base: usize, changed: usize },
    /// It says something else.
    Pair { base: usize, changed: usize },
    /// It was not there.
    Fresh { changed: usize },
    /// It is not there any more.
    Drop { base: usize },
}

/// How nodes of a kind are put side by side.
pub(super) trait Alike {
    /// Whether the one may have become the other.
    fn may_become(&self, changed: &Self) -> bool;

    /// Whether a node stands for its place more than for what it says, as a cell does.
    const BY_PLACE: bool = false;
}

/// The numbers of both sides, and what else is known of the base.
pub(super) struct Sides<'a> {
    pub(super) base: &'a Prints,
    pub(super) changed: &'a Prints,
    /// Whether what has this number stands anywhere in the base.
    pub(super) is_known: &'a dyn Fn(u64) -> bool,
}

/// Puts the changed neighbours beside those of the base, in the order of the changed ones.
pub(super) fn align<T: Alike>(base: &[T], changed: &[T], sides: &Sides<'_>) -> Vec<Step> {
    let before: Vec<u64> = base.iter().map(|node| sides.base.exact(node)).collect();
    let after: Vec<u64> = changed
        .iter()
        .map(|node| sides.changed.exact(node))
        .collect();
    if T::BY_PLACE && before.len() == after.len() {
        let places = before.iter().zip(&after).enumerate();
        return places
            .map(|(place, (one, other))| match one == other {
                true => Step::Keep {
                    base: place,
                    changed: place,
                },
                false => Step::Pair {
                    base: place,
                    changed: place,
                },
            })
            .collect();
    }
    let mut steps = Vec::with_capacity(after.len());
    for operation in capture_diff_slices(Algorithm::Myers, &before, &after) {
        match operation {
            DiffOp::Equal {
                old_index,
                new_index,
                len,
            } => steps.extend((0..len).map(|place| Step::Keep {
                base: old_index + place,
                changed: new_index + place,
            })),
            DiffOp::Delete {
                old_index, old_len, ..
            } => {
                let gone = old_index..old_index + old_len;
                steps.extend(gone.map(|base| Step::Drop { base }));
            }
            DiffOp::Insert {
                new_index, new_len, ..
            } => {
                let new = new_index..new_index + new_len;
                steps.extend(new.map(|changed| Step::Fresh { changed }));
            }
            DiffOp::Replace {
                old_index,
                old_len,
                new_index,
                new_len,
            } => {
                let hunk = Hunk {
                    base: base.get(old_index..old_index + old_len).unwrap_or_default(),
                    first: old_index,
                    changed: changed
                        .get(new_index..new_index + new_len)
                        .unwrap_or_default(),
                    first_changed: new_index,
                };
                hunk.add_steps(sides, &mut steps);
            }
        }
    }
    steps
}

/// Neighbours none of which says what it said.
struct Hunk<'a, T> {
    base: &'a [T],
    first: usize,
    changed: &'a [T],
    first_changed: usize,
}

impl<T: Alike> Hunk<'_, T> {
    fn add_steps(&self, sides: &Sides<'_>, steps: &mut Vec<Step>) {
        let pairs = if self.base.len() * self.changed.len() <= MOST_TRIED {
            self.best_pairs(sides)
        } else {
            self.first_pairs()
        };
        let (mut base, mut changed) = (0, 0);
        let ends = [(self.base.len(), self.changed.len())];
        for (number, (next, next_changed)) in pairs.iter().chain(&ends).copied().enumerate() {
            let gone = self.first + base..self.first + next;
            steps.extend(gone.map(|base| Step::Drop { base }));
            let new = self.first_changed + changed..self.first_changed + next_changed;
            steps.extend(new.map(|changed| Step::Fresh { changed }));
            if number < pairs.len() {
                steps.push(Step::Pair {
                    base: self.first + next,
                    changed: self.first_changed + next_changed,
                });
            }
            (base, changed) = (next + 1, next_changed + 1);
        }
    }

    /// The pairs that do not cross and are most alike, all things considered.
    fn best_pairs(&self, sides: &Sides<'_>) -> Vec<(usize, usize)> {
        let width = self.changed.len() + 1;
        let worths: Vec<u32> = self
            .base
            .iter()
            .flat_map(|base| self.changed.iter().map(move |changed| (base, changed)))
            .map(|(base, changed)| worth(base, changed, sides))
            .collect();
        let worth_of = |one: usize, other: usize| {
            let place = one * self.changed.len() + other;
            worths.get(place).copied().unwrap_or(0)
        };
        // best[one * width + other]: the worth of the best pairs of what follows the two.
        let mut best = vec![0_u32; width * (self.base.len() + 1)];
        let at = |best: &[u32], one: usize, other: usize| {
            best.get(one * width + other).copied().unwrap_or(0)
        };
        for one in (0..self.base.len()).rev() {
            for other in (0..self.changed.len()).rev() {
                let skipped = at(&best, one + 1, other).max(at(&best, one, other + 1));
                let paired = match worth_of(one, other) {
                    0 => 0,
                    worth => worth + at(&best, one + 1, other + 1),
                };
                if let Some(place) = best.get_mut(one * width + other) {
                    *place = skipped.max(paired);
                }
            }
        }
        let mut pairs = Vec::new();
        let (mut one, mut other) = (0, 0);
        while one < self.base.len() && other < self.changed.len() {
            let worth = worth_of(one, other);
            let here = at(&best, one, other);
            if worth > 0 && here == worth + at(&best, one + 1, other + 1) {
                pairs.push((one, other));
                (one, other) = (one + 1, other + 1);
            } else if here == at(&best, one + 1, other) {
                one += 1;
            } else {
                other += 1;
            }
        }
        pairs
    }

    /// The first pairs that fit.
    fn first_pairs(&self) -> Vec<(usize, usize)> {
        let mut pairs = Vec::new();
        let (mut one, mut other) = (0, 0);
        while let (Some(base), Some(changed)) = (self.base.get(one), self.changed.get(other)) {
            if base.may_become(changed) {
                pairs.push((one, other));
                (one, other) = (one + 1, other + 1);
            } else if self.base.len() - one > self.changed.len() - other {
                one += 1;
            } else {
                other += 1;
            }
        }
        pairs
    }
}

/// How good a pair two nodes are; 0 if they are none.
fn worth<T: Alike>(base: &T, changed: &T, sides: &Sides<'_>) -> u32 {
    if !base.may_become(changed) {
        return 0;
    }
    let likeness = sides.base.likeness(base, sides.changed, changed);
    // What was moved here is taken from where it was, unless it may just as well be from here.
    if likeness < 50 && !T::BY_PLACE && (sides.is_known)(sides.changed.exact(changed)) {
        return 0;
    }
    1 + likeness
}

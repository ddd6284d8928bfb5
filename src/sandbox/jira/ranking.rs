//! The order of issues on boards.

use crate::sandbox::jira::state::State;

/// How far apart fresh ranks lie, so that others fit between them.
const GAP: u64 = 1 << 20;

/// The rank of a new issue: behind all older ones.
pub(super) fn first_rank(id: u64) -> u64 {
    id * GAP
}

/// A rank as the rank field shows it; texts are in the same order as ranks.
pub(super) fn text(rank: u64) -> String {
    let between = match rank % GAP {
        0 => String::new(),
        rest => format!("{rest:05x}").trim_end_matches('0').to_owned(),
    };
    format!("0|i{:05x}:{between}", rank / GAP)
}

/// Puts issues, in the given order, right before or right behind another.
pub(super) fn place(state: &mut State, moved: &[u64], other: u64, before: bool) {
    let mut order: Vec<u64> = state.issues.keys().copied().collect();
    order.retain(|id| !moved.contains(id));
    order.sort_by_key(|id| state.issues.get(id).map(|issue| issue.rank));
    let Some(at) = order.iter().position(|id| *id == other) else {
        return;
    };
    let at = if before { at } else { at + 1 };
    let rank_at = |at: usize| {
        let id = order.get(at)?;
        Some(state.issues.get(id)?.rank)
    };
    let lower = at.checked_sub(1).and_then(rank_at).unwrap_or_default();
    let steps = moved.len() as u64 + 1;
    let upper = rank_at(at).unwrap_or(lower + steps * GAP);
    let step = (upper - lower) / steps;
    if step > 0 {
        for (id, place) in moved.iter().zip(1..) {
            if let Some(issue) = state.issues.get_mut(id) {
                issue.rank = lower + place * step;
            }
        }
        return;
    }
    // Nothing fits between any more, so all ranks are given out again.
    order.splice(at..at, moved.iter().copied());
    for (id, place) in order.iter().zip(1..) {
        if let Some(issue) = state.issues.get_mut(id) {
            issue.rank = place * GAP;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sandbox::jira::sample;

    #[test]
    fn issues_can_be_put_between_two_others_again_and_again() {
        let mut state = sample::load().unwrap();
        let ids: Vec<u64> = state.issues.keys().copied().take(3).collect();
        for _ in 0..50 {
            place(&mut state, &[ids[2]], ids[1], true);
            place(&mut state, &[ids[1]], ids[2], true);
        }
        let rank = |id: u64| state.issues[&id].rank;
        assert!(rank(ids[0]) < rank(ids[1]) && rank(ids[1]) < rank(ids[2]));
        assert!(text(rank(ids[0])) < text(rank(ids[1])));
    }
}

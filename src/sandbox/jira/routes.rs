//! Which function answers which method and path.

use std::sync::{PoisonError, RwLock};

use crate::sandbox::exchange::{Call, Reply};
use crate::sandbox::jira::state::State;

/// What a resource answers; a refusal is an answer too.
pub(super) type Answer = Result<Reply, Reply>;

/// One operation: method, path and function. `{}` in the path stands for any segment.
pub(super) struct Route(
    pub(super) &'static str,
    pub(super) &'static str,
    pub(super) Handler,
);

/// A function that answers; the number says how many segments of the path it takes.
#[derive(Clone, Copy)]
pub(super) enum Handler {
    /// Reads the state.
    Read(fn(&State, &Call) -> Answer),
    Read1(fn(&State, &Call, &str) -> Answer),
    Read2(fn(&State, &Call, &str, &str) -> Answer),
    /// Changes the state.
    Write(fn(&mut State, &Call) -> Answer),
    Write1(fn(&mut State, &Call, &str) -> Answer),
    Write2(fn(&mut State, &Call, &str, &str) -> Answer),
}

/// Answers with the first route that fits; routes with plain words stand before those with `{}`.
pub(super) fn dispatch(
    themes: &[&[Route]],
    state: &RwLock<State>,
    call: &Call,
    resource: &[&str],
) -> Answer {
    let mut known = false;
    for Route(method, pattern, handler) in themes.iter().copied().flatten() {
        let Some(taken) = fit(pattern, resource) else {
            continue;
        };
        known = true;
        if *method == call.method {
            return run(*handler, state, call, &taken);
        }
    }
    Err(if known {
        Reply::unknown_method(call)
    } else {
        Reply::unknown_path(call)
    })
}

fn run(handler: Handler, state: &RwLock<State>, call: &Call, taken: &[&str]) -> Answer {
    let read = || state.read().unwrap_or_else(PoisonError::into_inner);
    let write = || state.write().unwrap_or_else(PoisonError::into_inner);
    match (handler, taken) {
        (Handler::Read(answer), _) => answer(&read(), call),
        (Handler::Read1(answer), [one, ..]) => answer(&read(), call, one),
        (Handler::Read2(answer), [one, other, ..]) => answer(&read(), call, one, other),
        (Handler::Write(answer), _) => answer(&mut write(), call),
        (Handler::Write1(answer), [one, ..]) => answer(&mut write(), call, one),
        (Handler::Write2(answer), [one, other, ..]) => answer(&mut write(), call, one, other),
        _ => Err(Reply::unknown_path(call)),
    }
}

/// The segments that stand where the pattern has `{}`, if the path fits.
fn fit<'a>(pattern: &str, resource: &[&'a str]) -> Option<Vec<&'a str>> {
    let mut taken = Vec::new();
    let mut segments = resource.iter().copied();
    for wanted in pattern.split('/') {
        let segment = segments.next()?;
        if wanted == "{}" {
            taken.push(segment);
        } else if wanted != segment {
            return None;
        }
    }
    segments.next().is_none().then_some(taken)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_fits_only_as_a_whole() {
        assert_eq!(fit("issue/{}", &["issue", "A-1"]), Some(vec!["A-1"]));
        assert_eq!(fit("issue/{}", &["issue"]), None);
        assert_eq!(fit("issue/{}", &["issue", "A-1", "comment"]), None);
        assert_eq!(fit("issue", &["project"]), None);
    }
}

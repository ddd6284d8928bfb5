//! The resources of boards, sprints and epics.

mod boards;
mod epics;
mod issue;
mod sprints;

use serde_json::Value;

use crate::sandbox::exchange::{Call, Reply};
use crate::sandbox::jira::issues::{visible, writer};
use crate::sandbox::jira::paging::Window;
use crate::sandbox::jira::routes::Route;
use crate::sandbox::jira::state::State;
use crate::sandbox::jira::{object, properties, ranking, refuse_because};

/// What is answered here.
pub(super) const THEMES: &[&[Route]] = &[
    boards::ROUTES,
    sprints::ROUTES,
    epics::ROUTES,
    properties::AGILE,
];

/// The most issues that are moved at once.
const MOST_MOVED: usize = 50;

/// A page of boards, sprints and so on; the total is not told for all of them.
fn page(call: &Call, all: Vec<Value>, with_total: bool) -> Reply {
    let mut page = Window::read(call, 50, 50).page(call, all);
    if let Some(map) = page.as_object_mut() {
        map.remove("self");
        map.remove("nextPage");
        if !with_total {
            map.remove("total");
        }
    }
    Reply::json(200, &page)
}

/// The ids of the issues in the body, all of which have to exist.
fn moved(state: &State, call: &Call) -> Result<Vec<u64>, Reply> {
    writer(call)?;
    let body = object(call)?;
    let keys = body.get("issues").and_then(Value::as_array);
    let keys = keys.ok_or_else(|| refuse_because(400, "The field 'issues' is required."))?;
    if keys.len() > MOST_MOVED {
        return Err(refuse_because(
            400,
            &format!("At most {MOST_MOVED} issues can be moved at once."),
        ));
    }
    let keys = keys.iter().map(|key| match key {
        Value::String(key) => key.clone(),
        other => other.to_string(),
    });
    keys.map(|key| visible(state, call, &key).map(|issue| issue.id))
        .collect()
}

/// Ranks the moved issues as the body wants it; says whether it wants a place at all.
fn rank(
    state: &mut State,
    call: &Call,
    moved: &[u64],
    before: &str,
    after: &str,
) -> Result<bool, Reply> {
    let body = object(call)?;
    let named = |name: &str| match body.get(name) {
        Some(Value::String(key)) => Some(key.clone()),
        Some(Value::Number(id)) => Some(id.to_string()),
        _ => None,
    };
    let (other, is_before) = match (named(before), named(after)) {
        (Some(other), None) => (other, true),
        (None, Some(other)) => (other, false),
        (None, None) => return Ok(false),
        (Some(_), Some(_)) => {
            return Err(refuse_because(
                400,
                &format!("Only one of '{before}' and '{after}' can be given."),
            ));
        }
    };
    let other = visible(state, call, &other)?.id;
    ranking::place(state, moved, other, is_before);
    Ok(true)
}

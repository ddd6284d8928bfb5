//! An issue with the fields that only the agile resources add.

use serde_json::{Value, json};

use crate::sandbox::exchange::{Call, Reply};
use crate::sandbox::jira::agile::epics;
use crate::sandbox::jira::custom::EPIC_LINK;
use crate::sandbox::jira::issues::{self, visible};
use crate::sandbox::jira::routes::Answer;
use crate::sandbox::jira::sprints::{Sprint, Stage};
use crate::sandbox::jira::state::State;

/// The issue, with its sprint, closed sprints and epic as objects.
pub(super) fn get(state: &State, call: &Call, key: &str) -> Answer {
    let issue = visible(state, call, key)?;
    let reply = issues::get(state, call, key)?;
    let mut whole: Value = serde_json::from_slice(&reply.body).unwrap_or_default();
    let base = &call.base;
    let sprints: Vec<&Sprint> = issue
        .sprints()
        .filter_map(|id| state.planning.sprint(id))
        .collect();
    let current = sprints.iter().find(|sprint| sprint.state != Stage::Closed);
    let closed = sprints
        .iter()
        .filter(|sprint| sprint.state == Stage::Closed);
    let epic = issue.custom_text(EPIC_LINK).and_then(|key| state.find(key));
    let wanted = call.list("fields");
    let extras = [
        (
            "sprint",
            current
                .map(|sprint| sprint.render(base))
                .unwrap_or_default(),
        ),
        (
            "closedSprints",
            closed.map(|sprint| sprint.render(base)).collect(),
        ),
        (
            "epic",
            epic.map(|epic| epics::render(state, epic, base))
                .unwrap_or_default(),
        ),
        ("flagged", json!(false)),
    ];
    if let Some(fields) = whole.get_mut("fields").and_then(Value::as_object_mut) {
        for (name, value) in extras {
            if wanted.is_empty() || wanted.iter().any(|field| field == name || field == "*all") {
                fields.insert(name.to_owned(), value);
            }
        }
    }
    Ok(Reply::json(200, &whole))
}

//! Worklogs of all issues: which changed, which went, and many at once.

use chrono::{DateTime, Utc};
use serde_json::{Value, json};

use crate::sandbox::exchange::{Call, Reply};
use crate::sandbox::jira::groups::may_see;
use crate::sandbox::jira::object;
use crate::sandbox::jira::routes::{Answer, Handler::Read, Route};
use crate::sandbox::jira::state::State;
use crate::sandbox::jira::users::known;
use crate::sandbox::jira::worklogs::Worklog;

/// What is answered here.
pub(super) const ROUTES: &[Route] = &[
    Route("GET", "worklog/updated", Read(updated)),
    Route("GET", "worklog/deleted", Read(deleted)),
    Route("POST", "worklog/list", Read(by_ids)),
];

/// All worklogs with the ids of their issues.
fn all<'a>(state: &'a State, call: &Call) -> impl Iterator<Item = (u64, &'a Worklog)> {
    let caller = call.caller;
    state.issues.values().flat_map(move |issue| {
        let worklogs = issue.worklogs.iter();
        worklogs
            .filter(move |worklog| may_see(caller, worklog.visibility.as_ref()))
            .map(|worklog| (issue.id, worklog))
    })
}

fn updated(state: &State, call: &Call) -> Answer {
    known(call)?;
    let changes = all(state, call).map(|(_, worklog)| (worklog.id, worklog.updated));
    Ok(changes_since(call, changes.collect()))
}

fn deleted(state: &State, call: &Call) -> Answer {
    known(call)?;
    Ok(changes_since(call, state.deleted_worklogs.clone()))
}

fn changes_since(call: &Call, mut changes: Vec<(u64, DateTime<Utc>)>) -> Reply {
    const PAGE: usize = 1_000;
    let since = call.number("since", 0);
    changes.retain(|(_, moment)| moment.timestamp_millis() >= since);
    changes.sort_by_key(|(_, moment)| *moment);
    let last = changes.len() <= PAGE;
    changes.truncate(PAGE);
    let until = changes
        .last()
        .map_or(since, |(_, moment)| moment.timestamp_millis());
    let values = changes
        .iter()
        .map(|(id, moment)| json!({"worklogId": id, "updatedTime": moment.timestamp_millis()}));
    let this = format!("{}{}", call.base, call.path);
    Reply::json(
        200,
        &json!({
            "values": values.collect::<Value>(),
            "since": since,
            "until": until,
            "self": format!("{this}?since={since}"),
            "nextPage": format!("{this}?since={until}"),
            "lastPage": last,
        }),
    )
}

fn by_ids(state: &State, call: &Call) -> Answer {
    known(call)?;
    let body = object(call)?;
    let ids: Vec<u64> = body
        .get("ids")
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
        .filter_map(Value::as_u64)
        .collect();
    let worklogs = all(state, call).filter(|(_, worklog)| ids.contains(&worklog.id));
    let worklogs = worklogs.map(|(issue, worklog)| worklog.render(issue, &call.base));
    Ok(Reply::json(200, &worklogs.collect()))
}

//! Smaller actions on issues: many at once, assign, subtasks, notify, and the picker.

use serde_json::{Value, json};

use crate::sandbox::exchange::{Call, Reply};
use crate::sandbox::jira::groups::marked;
use crate::sandbox::jira::issues::{self, visible, writer};
use crate::sandbox::jira::routes::{
    Answer,
    Handler::{Read, Read1, Write, Write1},
    Route,
};
use crate::sandbox::jira::state::{Change, Issue, State};
use crate::sandbox::jira::users::known;
use crate::sandbox::jira::{input, jql, object, refuse_because, refuse_fields, render};

/// What is answered here.
pub(super) const ROUTES: &[Route] = &[
    Route("POST", "issue/bulk", Write(create_many)),
    Route("GET", "issue/picker", Read(picker)),
    Route("PUT", "issue/{}/assignee", Write1(assign)),
    Route("POST", "issue/{}/notify", Read1(notify)),
    Route("GET", "issue/{}/subtask", Read1(subtasks)),
    Route("GET", "issue/{}/subtask/move", Read1(can_move)),
    Route("POST", "issue/{}/subtask/move", Read1(move_subtask)),
];

/// Creates each issue for itself: 201 if one succeeded, 400 if none did.
fn create_many(state: &mut State, call: &Call) -> Answer {
    let caller = writer(call)?;
    let mut body = object(call)?;
    let Some(Value::Array(updates)) = body.remove("issueUpdates") else {
        return Err(refuse_because(400, "The field 'issueUpdates' is required."));
    };
    let mut created = Vec::new();
    let mut errors = Vec::new();
    for (place, update) in updates.into_iter().enumerate() {
        let one = match update {
            Value::Object(update) => issues::create_from(state, call, caller, update),
            _ => Err(refuse_because(400, "An issue has to be an object.")),
        };
        match one {
            Ok(issue) => created.push(issue),
            Err(refusal) => {
                let problems: Value = serde_json::from_slice(&refusal.body).unwrap_or_default();
                errors.push(json!({
                    "status": refusal.status,
                    "elementErrors": problems,
                    "failedElementNumber": place,
                }));
            }
        }
    }
    let status = if created.is_empty() && !errors.is_empty() {
        400
    } else {
        201
    };
    Ok(Reply::json(
        status,
        &json!({"issues": created, "errors": errors}),
    ))
}

/// `null` leaves nobody, and `-1` means the usual assignee, of whom there is none here.
fn assign(state: &mut State, call: &Call, key: &str) -> Answer {
    let mut issue = visible(state, call, key)?.clone();
    let caller = writer(call)?;
    let body = object(call)?;
    let mut value = Value::Object(body);
    if value.get("name") == Some(&json!("-1")) {
        value = Value::Null;
    }
    let item = input::set(&state.planning, &mut issue, "assignee", &value).map_err(|problem| {
        let mut errors = serde_json::Map::new();
        errors.insert("assignee".to_owned(), json!(problem));
        refuse_fields(errors)
    })?;
    if let Some(item) = item {
        issue.updated = call.now;
        issue.history.push(Change {
            id: state.new_id(),
            author: Some(caller),
            created: call.now,
            items: vec![item],
        });
        state.issues.insert(issue.id, issue);
    }
    Ok(Reply::empty(204))
}

/// Checks the recipients; the sandbox sends no mail.
fn notify(state: &State, call: &Call, key: &str) -> Answer {
    visible(state, call, key)?;
    writer(call)?;
    let body = object(call)?;
    let to = body.get("to").and_then(Value::as_object);
    let anyone = to.into_iter().flatten().any(|(_, value)| match value {
        Value::Bool(wanted) => *wanted,
        Value::Array(members) => !members.is_empty(),
        _ => false,
    });
    if !anyone {
        return Err(refuse_because(
            400,
            "No recipients were defined for notification.",
        ));
    }
    Ok(Reply::empty(204))
}

fn subtasks(state: &State, call: &Call, key: &str) -> Answer {
    let issue = visible(state, call, key)?;
    let parts = state.subtasks(issue.id);
    let parts = parts.map(|part| render::reference(part, &call.base));
    Ok(Reply::json(200, &parts.collect()))
}

fn can_move(state: &State, call: &Call, key: &str) -> Answer {
    visible(state, call, key)?;
    Ok(Reply::json(200, &json!(call.caller.is_some())))
}

/// Checks the places; the order of subtasks in lists is by id here and stays.
fn move_subtask(state: &State, call: &Call, key: &str) -> Answer {
    let issue = visible(state, call, key)?;
    writer(call)?;
    let body = object(call)?;
    let count = state.subtasks(issue.id).count() as u64;
    let fits = |name: &str| {
        let place = body.get(name).and_then(Value::as_u64);
        place.is_some_and(|place| place < count)
    };
    if fits("original") && fits("current") {
        Ok(Reply::empty(204))
    } else {
        Err(refuse_because(
            400,
            "The position of the sub-task is not valid.",
        ))
    }
}

/// Two sections: what the caller looked at lately, and what a query finds.
fn picker(state: &State, call: &Call) -> Answer {
    known(call)?;
    let query = call
        .parameter("query")
        .unwrap_or_default()
        .trim()
        .to_owned();
    let without = call.parameter("currentIssueKey").unwrap_or_default();
    let with_parts = call.parameter("showSubTasks") != Some("false");
    let found = |jql: &str| -> Vec<Value> {
        let issues = jql::run(state, jql, call).unwrap_or_default();
        let issues = issues.into_iter().filter(|issue| {
            let key = issue.key();
            key != without
                && (with_parts || issue.parent.is_none())
                && (query.is_empty()
                    || key.to_lowercase().starts_with(&query.to_lowercase())
                    || issue.summary.to_lowercase().contains(&query.to_lowercase()))
        });
        issues.take(20).map(|issue| entry(issue, &query)).collect()
    };
    let current = call.parameter("currentJQL").unwrap_or_default();
    let history = if query.is_empty() {
        found("ORDER BY updated DESC")
    } else {
        found("")
    };
    let section = |label: &str, id: &str, issues: Vec<Value>| {
        let mut section = json!({
            "label": label,
            "sub": format!("Showing {} of {} matching issues", issues.len(), issues.len()),
            "id": id,
            "issues": issues,
        });
        if issues_empty(&section)
            && let Some(map) = section.as_object_mut()
        {
            map.insert("msg".to_owned(), json!("No Matching Issues"));
        }
        section
    };
    let mut sections = vec![section("History Search", "hs", history)];
    if call.parameter("currentJQL").is_some() {
        sections.push(section("Current Search", "cs", found(current)));
    }
    Ok(Reply::json(200, &json!({"sections": sections})))
}

fn issues_empty(section: &Value) -> bool {
    let issues = section.get("issues").and_then(Value::as_array);
    issues.is_none_or(Vec::is_empty)
}

fn entry(issue: &Issue, query: &str) -> Value {
    let kind = issue.kind.render("");
    json!({
        "key": issue.key(),
        "keyHtml": marked(&issue.key(), &query.to_lowercase()),
        "img": kind.get("iconUrl"),
        "summary": marked(&issue.summary, &query.to_lowercase()),
        "summaryText": issue.summary,
    })
}

//! Sprints: planned, started and completed, in this order only.

use chrono::{DateTime, Utc};
use serde_json::{Map, Value, json};

use crate::sandbox::exchange::{Call, Reply};
use crate::sandbox::jira::agile::{moved, rank};
use crate::sandbox::jira::boards;
use crate::sandbox::jira::custom::SPRINT;
use crate::sandbox::jira::routes::{
    Answer,
    Handler::{Read1, Write, Write1},
    Route,
};
use crate::sandbox::jira::search::narrowed;
use crate::sandbox::jira::sprints::{Sprint, Stage};
use crate::sandbox::jira::state::{Issue, State};
use crate::sandbox::jira::users::known;
use crate::sandbox::jira::workflow::item;
use crate::sandbox::jira::{object, refuse_because};

/// What is answered here.
pub(super) const ROUTES: &[Route] = &[
    Route("POST", "sprint", Write(create)),
    Route("GET", "sprint/{}", Read1(get)),
    Route("PUT", "sprint/{}", Write1(replace)),
    Route("POST", "sprint/{}", Write1(update)),
    Route("DELETE", "sprint/{}", Write1(delete)),
    Route("GET", "sprint/{}/issue", Read1(issues)),
    Route("POST", "sprint/{}/issue", Write1(move_issues)),
    Route("POST", "sprint/{}/swap", Write1(swap)),
];

/// The sprint, if the caller is logged in and it exists.
pub(super) fn find<'a>(state: &'a State, call: &Call, id: &str) -> Result<&'a Sprint, Reply> {
    known(call)?;
    let found = id.parse().ok().and_then(|id| state.planning.sprint(id));
    found.ok_or_else(|| refuse_because(404, &format!("Sprint with id '{id}' does not exist.")))
}

fn get(state: &State, call: &Call, id: &str) -> Answer {
    Ok(Reply::json(200, &find(state, call, id)?.render(&call.base)))
}

fn create(state: &mut State, call: &Call) -> Answer {
    known(call)?;
    let body = object(call)?;
    let board = body.get("originBoardId").and_then(Value::as_u64);
    let board = board.ok_or_else(|| refuse_because(400, "The origin board has to be given."))?;
    let board = boards::find(state, call, &board.to_string())?;
    if !board.scrum {
        return Err(refuse_because(400, "The board does not support sprints"));
    }
    let id = 50 + state.planning.sprints.len() as u64;
    let id = state
        .planning
        .sprints
        .iter()
        .map(|sprint| sprint.id + 1)
        .fold(id, u64::max);
    let mut sprint = Sprint {
        id,
        board: board.id,
        state: Stage::Future,
        name: String::new(),
        start: None,
        end: None,
        completed: None,
        activated: None,
        goal: String::new(),
        sequence: id,
    };
    fill(&mut sprint, &body)?;
    check(&sprint)?;
    let reply = sprint.render(&call.base);
    state.planning.sprints.push(sprint);
    Ok(Reply::json(201, &reply))
}

/// Everything that the body does not have becomes empty; name and state have to be there.
fn replace(state: &mut State, call: &Call, id: &str) -> Answer {
    let mut body = object(call)?;
    for name in ["startDate", "endDate", "goal"] {
        body.entry(name).or_insert(Value::Null);
    }
    for name in ["name", "state"] {
        if !body.get(name).is_some_and(Value::is_string) {
            find(state, call, id)?;
            return Err(refuse_because(
                400,
                &format!("The sprint {name} is required."),
            ));
        }
    }
    change(state, call, id, &body)
}

fn update(state: &mut State, call: &Call, id: &str) -> Answer {
    let body = object(call)?;
    change(state, call, id, &body)
}

fn change(state: &mut State, call: &Call, id: &str, body: &Map<String, Value>) -> Answer {
    let mut sprint = find(state, call, id)?.clone();
    let before = sprint.state;
    fill(&mut sprint, body)?;
    if let Some(name) = body.get("state").and_then(Value::as_str) {
        let stage = Stage::named(name).ok_or_else(|| {
            refuse_because(400, &format!("The sprint state '{name}' is not valid."))
        })?;
        match (before, stage) {
            (one, other) if one == other => {}
            (Stage::Future, Stage::Active) => {
                if sprint.start.is_none() || sprint.end.is_none() {
                    return Err(refuse_because(
                        400,
                        "A sprint needs a start date and an end date before it can be started.",
                    ));
                }
                sprint.activated = Some(call.now);
            }
            (Stage::Active, Stage::Closed) => sprint.completed = Some(call.now),
            _ => {
                return Err(refuse_because(
                    400,
                    &format!(
                        "A sprint can not go from the state '{}' to '{}'.",
                        before.name(),
                        stage.name()
                    ),
                ));
            }
        }
        sprint.state = stage;
    }
    check(&sprint)?;
    let reply = sprint.render(&call.base);
    let id = sprint.id;
    if let Some(place) = state
        .planning
        .sprints
        .iter_mut()
        .find(|other| other.id == id)
    {
        *place = sprint;
    }
    Ok(Reply::json(200, &reply))
}

fn fill(sprint: &mut Sprint, body: &Map<String, Value>) -> Result<(), Reply> {
    if let Some(name) = body.get("name").and_then(Value::as_str) {
        sprint.name = name.trim().to_owned();
    }
    match body.get("goal") {
        Some(Value::String(goal)) => sprint.goal = goal.clone(),
        Some(Value::Null) => sprint.goal = String::new(),
        _ => {}
    }
    for (name, place) in [
        ("startDate", &mut sprint.start),
        ("endDate", &mut sprint.end),
    ] {
        match body.get(name) {
            Some(Value::String(text)) => {
                *place = Some(moment(text).ok_or_else(|| {
                    refuse_because(400, &format!("The date '{text}' of '{name}' is not valid."))
                })?);
            }
            Some(Value::Null) => *place = None,
            _ => {}
        }
    }
    Ok(())
}

fn moment(text: &str) -> Option<DateTime<Utc>> {
    let offset = DateTime::parse_from_str(text, "%Y-%m-%dT%H:%M:%S%.f%z");
    let moment = offset.or_else(|_| DateTime::parse_from_rfc3339(text));
    moment.ok().map(|moment| moment.to_utc())
}

/// What holds for every sprint.
fn check(sprint: &Sprint) -> Result<(), Reply> {
    if sprint.name.is_empty() {
        return Err(refuse_because(400, "The sprint name is required."));
    }
    if sprint.name.chars().count() > 30 {
        return Err(refuse_because(
            400,
            "The sprint name must be shorter than or equal to 30 characters.",
        ));
    }
    match (sprint.start, sprint.end) {
        (Some(start), Some(end)) if start >= end => Err(refuse_because(
            400,
            "The start date of a sprint must be before the end date.",
        )),
        (None, Some(_)) => Err(refuse_because(
            400,
            "A sprint with an end date needs a start date as well.",
        )),
        _ => Ok(()),
    }
}

fn delete(state: &mut State, call: &Call, id: &str) -> Answer {
    let sprint = find(state, call, id)?.clone();
    if sprint.state == Stage::Closed {
        return Err(refuse_because(400, "A closed sprint can not be deleted."));
    }
    for issue in state.issues.values_mut() {
        let left: Vec<u64> = issue.sprints().filter(|id| *id != sprint.id).collect();
        if left.len() != issue.sprints().count() {
            keep(issue, &left);
        }
    }
    state.planning.sprints.retain(|other| other.id != sprint.id);
    state.properties.remove(&format!("sprint/{}", sprint.id));
    Ok(Reply::empty(204))
}

fn issues(state: &State, call: &Call, id: &str) -> Answer {
    let sprint = find(state, call, id)?.id;
    let inside = |issue: &Issue| issue.sprints().any(|id| id == sprint);
    narrowed(state, call, inside, "ORDER BY Rank ASC")
}

fn move_issues(state: &mut State, call: &Call, id: &str) -> Answer {
    let sprint = find(state, call, id)?.clone();
    if sprint.state == Stage::Closed {
        return Err(refuse_because(
            400,
            "Issues can not be moved to a closed sprint.",
        ));
    }
    let moved = moved(state, call)?;
    rank(state, call, &moved, "rankBeforeIssue", "rankAfterIssue")?;
    assign(state, call, &moved, Some(sprint.id));
    Ok(Reply::empty(204))
}

/// Puts issues into a sprint, or into none; closed sprints stay in their history.
pub(super) fn assign(state: &mut State, call: &Call, moved: &[u64], sprint: Option<u64>) {
    for id in moved {
        let Some(mut issue) = state.issues.get(id).cloned() else {
            continue;
        };
        let before: Vec<u64> = issue.sprints().collect();
        let closed = |id: &u64| {
            let sprint = state.planning.sprint(*id);
            sprint.is_some_and(|sprint| sprint.state == Stage::Closed)
        };
        let mut after: Vec<u64> = before.iter().copied().filter(closed).collect();
        after.extend(sprint);
        if before == after {
            continue;
        }
        let text = |ids: &[u64]| {
            let numbers: Vec<String> = ids.iter().map(u64::to_string).collect();
            let sprints = ids.iter().filter_map(|id| state.planning.sprint(*id));
            let names: Vec<&str> = sprints.map(|sprint| sprint.name.as_str()).collect();
            (numbers.join(", "), names.join(", "))
        };
        let (old, new) = (text(&before), text(&after));
        let mut entry = item(
            "Sprint",
            Some((old.0.as_str(), old.1.as_str())),
            Some((new.0.as_str(), new.1.as_str())),
        );
        entry.custom = true;
        keep(&mut issue, &after);
        issue.note(state.new_id(), call.caller, call.now, vec![entry]);
        state.issues.insert(issue.id, issue);
    }
}

fn keep(issue: &mut Issue, sprints: &[u64]) {
    let value = if sprints.is_empty() {
        Value::Null
    } else {
        json!(sprints)
    };
    issue.custom.insert(SPRINT, value);
}

/// Lets two sprints change places on their board.
fn swap(state: &mut State, call: &Call, id: &str) -> Answer {
    let one = find(state, call, id)?.clone();
    let body = object(call)?;
    let other = body.get("sprintToSwapWith").and_then(Value::as_u64);
    let other = other.ok_or_else(|| refuse_because(400, "The other sprint has to be given."))?;
    let other = find(state, call, &other.to_string())?.clone();
    if one.state == Stage::Closed || other.state == Stage::Closed {
        return Err(refuse_because(400, "Closed sprints can not be swapped."));
    }
    for sprint in &mut state.planning.sprints {
        if sprint.id == one.id {
            sprint.sequence = other.sequence;
        } else if sprint.id == other.id {
            sprint.sequence = one.sequence;
        }
    }
    Ok(Reply::empty(204))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sandbox::jira::Jira;

    fn ask(jira: &Jira, method: &str, target: &str, body: &str) -> (u16, Value) {
        let reply = jira.answer(&Call::example(method, target, body));
        (
            reply.status,
            serde_json::from_slice(&reply.body).unwrap_or_default(),
        )
    }

    #[test]
    fn a_sprint_goes_only_forward_and_needs_dates_to_start() {
        let jira = Jira::with_sample_data().unwrap();
        let sprint = "/rest/agile/1.0/sprint/33";
        assert_eq!(ask(&jira, "POST", sprint, r#"{"state":"active"}"#).0, 400);
        assert_eq!(ask(&jira, "POST", sprint, r#"{"state":"closed"}"#).0, 400);
        let start = r#"{"state":"active","startDate":"2026-06-01T10:00:00.000+02:00",
            "endDate":"2026-06-15T10:00:00.000+0200"}"#;
        let (status, body) = ask(&jira, "POST", sprint, start);
        assert_eq!(
            (status, &body["startDate"]),
            (200, &json!("2026-06-01T08:00:00.000Z"))
        );
        assert_eq!(ask(&jira, "POST", sprint, r#"{"state":"future"}"#).0, 400);
        assert_eq!(ask(&jira, "POST", sprint, r#"{"state":"closed"}"#).0, 200);
        assert_eq!(ask(&jira, "DELETE", sprint, "").0, 400);
    }

    #[test]
    fn moved_issues_are_found_in_their_new_sprint_only() {
        let jira = Jira::with_sample_data().unwrap();
        let target = "/rest/agile/1.0/sprint/33/issue";
        assert_eq!(
            ask(&jira, "POST", target, r#"{"issues":["DEMO-3"]}"#).0,
            204
        );
        let (_, body) = ask(&jira, "GET", &format!("{target}?jql=key=DEMO-3"), "");
        assert_eq!(body["total"], 1);
        let (_, body) = ask(
            &jira,
            "GET",
            "/rest/agile/1.0/sprint/32/issue?jql=key=DEMO-3",
            "",
        );
        assert_eq!(body["total"], 0);
        let backlog = r#"{"issues":["DEMO-3"]}"#;
        assert_eq!(
            ask(&jira, "POST", "/rest/agile/1.0/backlog/issue", backlog).0,
            204
        );
        let (_, body) = ask(
            &jira,
            "GET",
            "/rest/agile/1.0/sprint/31/issue?jql=key=DEMO-3",
            "",
        );
        assert_eq!(body["total"], 1);
    }
}

//! The work logged on an issue, and what it does to the estimates.

use chrono::{DateTime, Duration, Utc};
use serde_json::{Map, Value, json};

use crate::sandbox::exchange::{Call, Reply};
use crate::sandbox::jira::groups::may_see;
use crate::sandbox::jira::issues::{visible, writer};
use crate::sandbox::jira::markup::{duration, seconds};
use crate::sandbox::jira::render::{time, user};
use crate::sandbox::jira::routes::{
    Answer,
    Handler::{Read1, Read2, Write1, Write2},
    Route,
};
use crate::sandbox::jira::state::{Change, Issue, State, Visibility};
use crate::sandbox::jira::workflow::item;
use crate::sandbox::jira::{object, refuse_because, refuse_fields};
use crate::sandbox::people::Person;

/// What is answered here.
pub(super) const ROUTES: &[Route] = &[
    Route("GET", "issue/{}/worklog", Read1(list)),
    Route("POST", "issue/{}/worklog", Write1(add)),
    Route("GET", "issue/{}/worklog/{}", Read2(get)),
    Route("PUT", "issue/{}/worklog/{}", Write2(update)),
    Route("DELETE", "issue/{}/worklog/{}", Write2(delete)),
];

/// One entry of work.
#[derive(Clone, Debug)]
pub(super) struct Worklog {
    pub(super) id: u64,
    pub(super) author: Option<&'static Person>,
    pub(super) editor: Option<&'static Person>,
    pub(super) comment: String,
    pub(super) started: DateTime<Utc>,
    pub(super) seconds: u64,
    pub(super) created: DateTime<Utc>,
    pub(super) updated: DateTime<Utc>,
    pub(super) visibility: Option<Visibility>,
}

impl Worklog {
    /// One entry that explains the time spent on a sample issue.
    pub(super) fn sample(issue: &Issue) -> Vec<Worklog> {
        let author = issue.assignee.or(issue.reporter);
        let spent = issue.time_spent.filter(|spent| *spent > 0);
        spent
            .map(|seconds| Worklog {
                id: issue.id + 40_000,
                author,
                editor: author,
                comment: String::new(),
                started: issue.created + Duration::hours(1),
                seconds,
                created: issue.updated,
                updated: issue.updated,
                visibility: None,
            })
            .into_iter()
            .collect()
    }

    /// The entry as Jira shows it.
    pub(super) fn render(&self, issue_id: u64, base: &str) -> Value {
        let mut worklog = json!({
            "self": format!("{base}/rest/api/2/issue/{issue_id}/worklog/{}", self.id),
            "author": user(self.author, base),
            "updateAuthor": user(self.editor, base),
            "comment": self.comment,
            "created": time(self.created),
            "updated": time(self.updated),
            "started": time(self.started),
            "timeSpent": duration(self.seconds),
            "timeSpentSeconds": self.seconds,
            "id": self.id.to_string(),
            "issueId": issue_id.to_string(),
        });
        if let (Some(visibility), Some(map)) = (&self.visibility, worklog.as_object_mut()) {
            map.insert("visibility".to_owned(), visibility.render());
        }
        worklog
    }
}

fn list(state: &State, call: &Call, key: &str) -> Answer {
    let issue = visible(state, call, key)?;
    let worklogs: Vec<Value> = issue
        .worklogs
        .iter()
        .filter(|worklog| may_see(call.caller, worklog.visibility.as_ref()))
        .map(|worklog| worklog.render(issue.id, &call.base))
        .collect();
    let total = worklogs.len();
    Ok(Reply::json(
        200,
        &json!({"startAt": 0, "maxResults": total, "total": total, "worklogs": worklogs}),
    ))
}

fn get(state: &State, call: &Call, key: &str, id: &str) -> Answer {
    let issue = visible(state, call, key)?;
    let worklog = find(issue, call, id)?;
    Ok(Reply::json(200, &worklog.render(issue.id, &call.base)))
}

fn find<'a>(issue: &'a Issue, call: &Call, id: &str) -> Result<&'a Worklog, Reply> {
    let worklog = issue.worklogs.iter().find(|log| log.id.to_string() == id);
    worklog
        .filter(|worklog| may_see(call.caller, worklog.visibility.as_ref()))
        .ok_or_else(|| refuse_because(404, &format!("Cannot find worklog with id: '{id}'.")))
}

fn add(state: &mut State, call: &Call, key: &str) -> Answer {
    let mut issue = visible(state, call, key)?.clone();
    let caller = writer(call)?;
    let body = object(call)?;
    let spent = spent(&body)?
        .ok_or_else(|| invalid("timeLogged", "You must indicate the time spent working."))?;
    let worklog = Worklog {
        id: state.new_id(),
        author: Some(caller),
        editor: Some(caller),
        comment: comment(&body).unwrap_or_default(),
        started: started(&body)?.unwrap_or(call.now),
        seconds: spent,
        created: call.now,
        updated: call.now,
        visibility: Visibility::read(body.get("visibility")),
    };
    let remaining = match call.parameter("adjustEstimate").unwrap_or("auto") {
        "auto" => less(issue.remaining_estimate, spent),
        "manual" => less(issue.remaining_estimate, length(call, "reduceBy")?),
        other => fixed(other, &issue, call)?,
    };
    let reply = worklog.render(issue.id, &call.base);
    issue.worklogs.push(worklog);
    account(&mut issue, state, call, remaining);
    state.issues.insert(issue.id, issue);
    Ok(Reply::json(201, &reply))
}

fn update(state: &mut State, call: &Call, key: &str, id: &str) -> Answer {
    let mut issue = visible(state, call, key)?.clone();
    let caller = writer(call)?;
    let mut worklog = find(&issue, call, id)?.clone();
    let body = object(call)?;
    let before = worklog.seconds;
    worklog.seconds = spent(&body)?.unwrap_or(before);
    worklog.started = started(&body)?.unwrap_or(worklog.started);
    worklog.comment = comment(&body).unwrap_or(worklog.comment);
    if body.contains_key("visibility") {
        worklog.visibility = Visibility::read(body.get("visibility"));
    }
    worklog.editor = Some(caller);
    worklog.updated = call.now;
    let remaining = match call.parameter("adjustEstimate").unwrap_or("auto") {
        "auto" => issue
            .remaining_estimate
            .map(|remaining| (remaining + before).saturating_sub(worklog.seconds)),
        other => fixed(other, &issue, call)?,
    };
    let reply = worklog.render(issue.id, &call.base);
    if let Some(place) = issue.worklogs.iter_mut().find(|log| log.id == worklog.id) {
        *place = worklog;
    }
    account(&mut issue, state, call, remaining);
    state.issues.insert(issue.id, issue);
    Ok(Reply::json(200, &reply))
}

fn delete(state: &mut State, call: &Call, key: &str, id: &str) -> Answer {
    let mut issue = visible(state, call, key)?.clone();
    writer(call)?;
    let worklog = find(&issue, call, id)?.clone();
    let more = |length: u64| issue.remaining_estimate.map(|remaining| remaining + length);
    let remaining = match call.parameter("adjustEstimate").unwrap_or("auto") {
        "auto" => more(worklog.seconds),
        "manual" => more(length(call, "increaseBy")?),
        other => fixed(other, &issue, call)?,
    };
    issue.worklogs.retain(|other| other.id != worklog.id);
    state.deleted_worklogs.push((worklog.id, call.now));
    account(&mut issue, state, call, remaining);
    state.issues.insert(issue.id, issue);
    Ok(Reply::empty(204))
}

/// Sums the time spent up again, sets what remains, and writes both into the history.
fn account(issue: &mut Issue, state: &mut State, call: &Call, remaining: Option<u64>) {
    let spent: u64 = issue.worklogs.iter().map(|worklog| worklog.seconds).sum();
    let spent = Some(spent).filter(|spent| *spent > 0 || issue.time_spent.is_some());
    let mut items = Vec::new();
    for (field, old, new) in [
        ("timespent", issue.time_spent, spent),
        ("timeestimate", issue.remaining_estimate, remaining),
    ] {
        if old != new {
            let text = |value: Option<u64>| value.map(|value| value.to_string());
            let (old, new) = (text(old), text(new));
            let pair = |text: &'_ Option<String>| text.clone().map(|text| (text.clone(), text));
            let (old, new) = (pair(&old), pair(&new));
            items.push(item(
                field,
                old.as_ref()
                    .map(|(value, text)| (value.as_str(), text.as_str())),
                new.as_ref()
                    .map(|(value, text)| (value.as_str(), text.as_str())),
            ));
        }
    }
    issue.time_spent = spent;
    issue.remaining_estimate = remaining;
    issue.updated = call.now;
    issue.history.push(Change {
        id: state.new_id(),
        author: call.caller,
        created: call.now,
        items,
    });
}

/// What remains where the client says it or wants it left alone.
fn fixed(adjust: &str, issue: &Issue, call: &Call) -> Result<Option<u64>, Reply> {
    match adjust {
        "new" => length(call, "newEstimate").map(Some),
        "leave" => Ok(issue.remaining_estimate),
        _ => Err(refuse_because(
            400,
            "The adjustEstimate parameter must be one of 'new', 'leave', 'manual' or 'auto'.",
        )),
    }
}

fn less(remaining: Option<u64>, spent: u64) -> Option<u64> {
    remaining.map(|remaining| remaining.saturating_sub(spent))
}

/// A length of time in a query parameter.
fn length(call: &Call, name: &str) -> Result<u64, Reply> {
    let text = call.parameter(name).unwrap_or_default();
    let field = if name == "newEstimate" {
        name
    } else {
        "adjustmentAmount"
    };
    match seconds(text) {
        Some(seconds) => Ok(seconds),
        None if text.is_empty() => Err(invalid(field, "You must supply a valid estimate.")),
        None => Err(invalid(field, "Invalid new estimate entered.")),
    }
}

fn spent(body: &Map<String, Value>) -> Result<Option<u64>, Reply> {
    if let Some(number) = body.get("timeSpentSeconds").and_then(Value::as_u64) {
        // Jira counts in minutes.
        return match number / 60 * 60 {
            0 => Err(invalid("timeLogged", "Time Spent can not be zero.")),
            seconds => Ok(Some(seconds)),
        };
    }
    match body.get("timeSpent").and_then(Value::as_str) {
        None => Ok(None),
        Some(text) => match seconds(text) {
            Some(0) => Err(invalid("timeLogged", "Time Spent can not be zero.")),
            Some(seconds) => Ok(Some(seconds)),
            None => Err(invalid("timeLogged", "Invalid time duration entered.")),
        },
    }
}

/// When the work began; only the form with milliseconds and an offset without colon is read.
fn started(body: &Map<String, Value>) -> Result<Option<DateTime<Utc>>, Reply> {
    let Some(text) = body.get("started").and_then(Value::as_str) else {
        return Ok(None);
    };
    match DateTime::parse_from_str(text, "%Y-%m-%dT%H:%M:%S%.3f%z") {
        Ok(moment) if !text.ends_with('Z') && text.contains('.') => Ok(Some(moment.to_utc())),
        _ => Err(refuse_because(
            400,
            &format!(
                "Can not construct instance of java.util.Date from String value '{text}': \
                 not a valid date of the format yyyy-MM-dd'T'HH:mm:ss.SSSZ"
            ),
        )),
    }
}

fn comment(body: &Map<String, Value>) -> Option<String> {
    Some(body.get("comment")?.as_str()?.to_owned())
}

fn invalid(field: &str, message: &str) -> Reply {
    let mut errors = Map::new();
    errors.insert(field.to_owned(), json!(message));
    refuse_fields(errors)
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
    fn logged_work_moves_the_estimate_and_comes_back_when_deleted() {
        let jira = Jira::with_sample_data().unwrap();
        let remaining = || {
            let (_, body) = ask(
                &jira,
                "GET",
                "/rest/api/2/issue/DEMO-3?fields=timetracking",
                "",
            );
            let tracking = &body["fields"]["timetracking"];
            (
                tracking["remainingEstimate"].as_str().unwrap().to_owned(),
                tracking["timeSpent"].as_str().unwrap().to_owned(),
            )
        };
        let logs = "/rest/api/2/issue/DEMO-3/worklog";
        let work = r#"{"timeSpent":"1h","started":"2026-05-20T10:00:00.000+0200"}"#;
        let (status, log) = ask(&jira, "POST", logs, work);
        assert_eq!(status, 201);
        assert_eq!(remaining(), ("3h".to_owned(), "4d 1h".to_owned()));
        let log = format!("{logs}/{}", log["id"].as_str().unwrap());
        assert_eq!(ask(&jira, "PUT", &log, r#"{"timeSpent":"2h"}"#).0, 200);
        assert_eq!(remaining().0, "2h");
        let set = format!("{log}?adjustEstimate=new&newEstimate=1w");
        assert_eq!(ask(&jira, "DELETE", &set, "").0, 204);
        assert_eq!(remaining(), ("1w".to_owned(), "4d".to_owned()));
    }

    #[test]
    fn the_start_is_read_in_one_form_only() {
        let jira = Jira::with_sample_data().unwrap();
        for started in [
            "2026-05-20T10:00:00Z",
            "2026-05-20",
            "2026-05-20T10:00:00+0000",
        ] {
            let work = format!(r#"{{"timeSpent":"1h","started":"{started}"}}"#);
            assert_eq!(
                ask(&jira, "POST", "/rest/api/2/issue/DEMO-3/worklog", &work).0,
                400
            );
        }
    }
}

//! Who watches an issue and who voted for it.

use serde_json::{Value, json};

use crate::sandbox::exchange::{Call, Reply};
use crate::sandbox::jira::issues::{visible, writer};
use crate::sandbox::jira::refuse_because;
use crate::sandbox::jira::render::contains;
use crate::sandbox::jira::routes::{
    Answer,
    Handler::{Read1, Write1},
    Route,
};
use crate::sandbox::jira::state::{Issue, State};
use crate::sandbox::people::{self, Person};

/// What is answered here.
pub(super) const ROUTES: &[Route] = &[
    Route("GET", "issue/{}/watchers", Read1(watchers)),
    Route("POST", "issue/{}/watchers", Write1(watch)),
    Route("DELETE", "issue/{}/watchers", Write1(stop_watching)),
    Route("GET", "issue/{}/votes", Read1(votes)),
    Route("POST", "issue/{}/votes", Write1(vote)),
    Route("DELETE", "issue/{}/votes", Write1(take_vote_back)),
];

fn watchers(state: &State, call: &Call, key: &str) -> Answer {
    let issue = visible(state, call, key)?;
    let people = issue.watchers.iter();
    Ok(Reply::json(
        200,
        &json!({
            "self": format!("{}/rest/api/2/issue/{}/watchers", call.base, issue.key()),
            "isWatching": contains(&issue.watchers, call.caller),
            "watchCount": issue.watchers.len(),
            "watchers": people.map(|person| person.in_jira(&call.base)).collect::<Value>(),
        }),
    ))
}

/// The body is a login as a bare JSON string; without one, the caller watches.
fn watch(state: &mut State, call: &Call, key: &str) -> Answer {
    let id = visible(state, call, key)?.id;
    let caller = writer(call)?;
    let person = if call.body.is_empty() {
        caller
    } else {
        match call.json() {
            Ok(Value::Null) => caller,
            Ok(Value::String(name)) if name.is_empty() => caller,
            Ok(Value::String(name)) => named(&name, 400)?,
            Ok(_) => {
                return Err(refuse_because(
                    400,
                    "Can not deserialize instance of java.lang.String out of this token",
                ));
            }
            Err(problem) => return Err(refuse_because(400, &problem)),
        }
    };
    if let Some(issue) = state.issues.get_mut(&id)
        && !contains(&issue.watchers, Some(person))
    {
        issue.watchers.push(person);
    }
    Ok(Reply::empty(204))
}

fn stop_watching(state: &mut State, call: &Call, key: &str) -> Answer {
    let id = visible(state, call, key)?.id;
    writer(call)?;
    let person = match call.parameter("username") {
        Some(name) => named(name, 404)?,
        None => {
            return Err(refuse_because(
                400,
                "The 'username' query parameter must be given.",
            ));
        }
    };
    if let Some(issue) = state.issues.get_mut(&id) {
        issue.watchers.retain(|other| other.key != person.key);
    }
    Ok(Reply::empty(204))
}

fn named(name: &str, status: u16) -> Result<&'static Person, Reply> {
    people::by_any_name(name)
        .ok_or_else(|| refuse_because(status, &format!("The user named '{name}' does not exist")))
}

fn votes(state: &State, call: &Call, key: &str) -> Answer {
    let issue = visible(state, call, key)?;
    let people = issue.voters.iter();
    Ok(Reply::json(
        200,
        &json!({
            "self": format!("{}/rest/api/2/issue/{}/votes", call.base, issue.key()),
            "votes": issue.voters.len(),
            "hasVoted": contains(&issue.voters, call.caller),
            "voters": people.map(|person| person.in_jira(&call.base)).collect::<Value>(),
        }),
    ))
}

fn vote(state: &mut State, call: &Call, key: &str) -> Answer {
    let (id, caller) = voter(state, call, key)?;
    if let Some(issue) = state.issues.get_mut(&id)
        && !contains(&issue.voters, Some(caller))
    {
        issue.voters.push(caller);
    }
    Ok(Reply::empty(204))
}

fn take_vote_back(state: &mut State, call: &Call, key: &str) -> Answer {
    let (id, caller) = voter(state, call, key)?;
    if let Some(issue) = state.issues.get_mut(&id) {
        issue.voters.retain(|other| other.key != caller.key);
    }
    Ok(Reply::empty(204))
}

/// Who may vote: not the reporter, and not on what is resolved.
fn voter(state: &State, call: &Call, key: &str) -> Result<(u64, &'static Person), Reply> {
    let issue: &Issue = visible(state, call, key)?;
    let caller = writer(call)?;
    if contains(&[caller], issue.reporter) {
        return Err(refuse_because(
            404,
            "You cannot vote for an issue you have reported.",
        ));
    }
    if issue.resolution.is_some() {
        return Err(refuse_because(
            404,
            "You cannot vote or change your vote on resolved issues.",
        ));
    }
    Ok((issue.id, caller))
}

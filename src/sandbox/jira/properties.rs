//! Values that add-ons keep at issues, projects, users, boards and so on.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::sandbox::exchange::{Call, Reply, encode};
use crate::sandbox::jira::catalogue::{ISSUE_TYPES, PROJECTS};
use crate::sandbox::jira::issues::visible;
use crate::sandbox::jira::routes::{
    Answer,
    Handler::{Read, Read1, Read2, Write1, Write2},
    Route,
};
use crate::sandbox::jira::state::State;
use crate::sandbox::jira::users::known;
use crate::sandbox::jira::{projects, refuse_because, users};
use crate::sandbox::people::PEOPLE;

/// What is answered here below `/rest/api/2`.
pub(super) const ROUTES: &[Route] = &[
    Route("GET", "issue/{}/properties", Read1(list)),
    Route("GET", "issue/{}/properties/{}", Read2(get)),
    Route("PUT", "issue/{}/properties/{}", Write2(set)),
    Route("DELETE", "issue/{}/properties/{}", Write2(delete)),
    Route("GET", "project/{}/properties", Read1(list)),
    Route("GET", "project/{}/properties/{}", Read2(get)),
    Route("PUT", "project/{}/properties/{}", Write2(set)),
    Route("DELETE", "project/{}/properties/{}", Write2(delete)),
    Route("GET", "comment/{}/properties", Read1(list)),
    Route("GET", "comment/{}/properties/{}", Read2(get)),
    Route("PUT", "comment/{}/properties/{}", Write2(set)),
    Route("DELETE", "comment/{}/properties/{}", Write2(delete)),
    Route("GET", "issuetype/{}/properties", Read1(list)),
    Route("GET", "issuetype/{}/properties/{}", Read2(get)),
    Route("PUT", "issuetype/{}/properties/{}", Write2(set)),
    Route("DELETE", "issuetype/{}/properties/{}", Write2(delete)),
    Route("GET", "user/properties", Read(list_of_user)),
    Route("GET", "user/properties/{}", Read1(get_of_user)),
    Route("PUT", "user/properties/{}", Write1(set_of_user)),
    Route("DELETE", "user/properties/{}", Write1(delete_of_user)),
];

/// What is answered here below `/rest/agile/1.0`.
pub(super) const AGILE: &[Route] = &[
    Route("GET", "board/{}/properties", Read1(list)),
    Route("GET", "board/{}/properties/{}", Read2(get)),
    Route("PUT", "board/{}/properties/{}", Write2(set)),
    Route("DELETE", "board/{}/properties/{}", Write2(delete)),
    Route("GET", "sprint/{}/properties", Read1(list)),
    Route("GET", "sprint/{}/properties/{}", Read2(get)),
    Route("PUT", "sprint/{}/properties/{}", Write2(set)),
    Route("DELETE", "sprint/{}/properties/{}", Write2(delete)),
];

/// The largest value, in characters.
const LONGEST_VALUE: usize = 32_768;

/// A property of each thing that can have some, as an app would leave it there.
pub(super) fn sample(state: &State) -> BTreeMap<String, BTreeMap<String, Value>> {
    let issues = state.issues.values();
    let comments = issues.clone().flat_map(|issue| &issue.comments);
    let planning = &state.planning;
    let owners = issues
        .map(|issue| format!("issue/{}", issue.id))
        .chain(comments.map(|comment| format!("comment/{}", comment.id)))
        .chain(
            planning
                .boards
                .iter()
                .map(|board| format!("board/{}", board.id)),
        )
        .chain(
            planning
                .sprints
                .iter()
                .map(|sprint| format!("sprint/{}", sprint.id)),
        )
        .chain(
            PROJECTS
                .iter()
                .map(|project| format!("project/{}", project.id)),
        )
        .chain(
            ISSUE_TYPES
                .iter()
                .map(|kind| format!("issuetype/{}", kind.id)),
        )
        .chain(PEOPLE.iter().map(|person| format!("user/{}", person.login)));
    let property = BTreeMap::from([("com.example.sync".to_owned(), json!({"seen": true}))]);
    owners.map(|owner| (owner, property.clone())).collect()
}

/// The owner that the path names, such as `issue/10001`, if it exists.
fn owner(state: &State, call: &Call, name: &str) -> Result<String, Reply> {
    let kind = call.segments.get(3).map(String::as_str).unwrap_or_default();
    let missing = || refuse_because(404, &format!("The {kind} '{name}' does not exist."));
    let number = || name.parse::<u64>().map_err(|_| missing());
    let id = match kind {
        "issue" => visible(state, call, name)?.id.to_string(),
        "project" => projects::visible(call, name)?.id.to_owned(),
        _ => {
            known(call)?;
            let id = match kind {
                "comment" => {
                    let id = number()?;
                    let mut comments = state.issues.values().flat_map(|issue| &issue.comments);
                    comments.any(|comment| comment.id == id).then_some(id)
                }
                "board" => {
                    let id = number()?;
                    let mut boards = state.planning.boards.iter();
                    boards.any(|board| board.id == id).then_some(id)
                }
                "sprint" => state.planning.sprint(number()?).map(|sprint| sprint.id),
                "issuetype" => {
                    let kind = ISSUE_TYPES.iter().find(|kind| kind.id == name);
                    kind.and_then(|kind| kind.id.parse().ok())
                }
                _ => None,
            };
            id.ok_or_else(missing)?.to_string()
        }
    };
    Ok(format!("{kind}/{id}"))
}

fn list(state: &State, call: &Call, name: &str) -> Answer {
    Ok(keys(state, call, &owner(state, call, name)?))
}

fn get(state: &State, call: &Call, name: &str, key: &str) -> Answer {
    value(state, &owner(state, call, name)?, key)
}

fn set(state: &mut State, call: &Call, name: &str, key: &str) -> Answer {
    let owner = owner(state, call, name)?;
    keep(state, call, owner, key)
}

fn delete(state: &mut State, call: &Call, name: &str, key: &str) -> Answer {
    let owner = owner(state, call, name)?;
    known(call)?;
    forget(state, &owner, key)
}

fn of_user(call: &Call) -> Result<String, Reply> {
    let person = users::wanted(call, "userKey")?;
    Ok(format!("user/{}", person.login))
}

fn list_of_user(state: &State, call: &Call) -> Answer {
    Ok(keys(state, call, &of_user(call)?))
}

fn get_of_user(state: &State, call: &Call, key: &str) -> Answer {
    value(state, &of_user(call)?, key)
}

fn set_of_user(state: &mut State, call: &Call, key: &str) -> Answer {
    keep(state, call, of_user(call)?, key)
}

fn delete_of_user(state: &mut State, call: &Call, key: &str) -> Answer {
    forget(state, &of_user(call)?, key)
}

fn keys(state: &State, call: &Call, owner: &str) -> Reply {
    let keys = state.properties.get(owner).into_iter().flatten();
    let keys = keys.map(|(key, _)| {
        json!({"self": format!("{}{}/{}", call.base, call.path, encode(key)), "key": key})
    });
    Reply::json(200, &json!({"keys": keys.collect::<Value>()}))
}

fn value(state: &State, owner: &str, key: &str) -> Answer {
    let value = state.properties.get(owner).and_then(|map| map.get(key));
    match value {
        Some(value) => Ok(Reply::json(200, &json!({"key": key, "value": value}))),
        None => Err(no_property(key)),
    }
}

fn keep(state: &mut State, call: &Call, owner: String, key: &str) -> Answer {
    known(call)?;
    if key.len() > 255 {
        return Err(refuse_because(
            400,
            "The key of a property must not be longer than 255 characters.",
        ));
    }
    let value = call
        .json()
        .map_err(|problem| refuse_because(400, &problem))?;
    if call.body.len() > LONGEST_VALUE {
        return Err(refuse_because(
            400,
            &format!("The value of a property must not be longer than {LONGEST_VALUE} characters."),
        ));
    }
    let old = state
        .properties
        .entry(owner)
        .or_default()
        .insert(key.to_owned(), value);
    Ok(Reply::empty(if old.is_some() { 200 } else { 201 }))
}

fn forget(state: &mut State, owner: &str, key: &str) -> Answer {
    let removed = state
        .properties
        .get_mut(owner)
        .and_then(|map| map.remove(key));
    match removed {
        Some(_) => Ok(Reply::empty(204)),
        None => Err(no_property(key)),
    }
}

fn no_property(key: &str) -> Reply {
    refuse_because(
        404,
        &format!("The property with key '{key}' does not exist."),
    )
}

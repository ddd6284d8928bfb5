//! The transitions of an issue: which there are, and going one.

use serde_json::{Map, Value, json};

use crate::sandbox::exchange::{Call, Reply};
use crate::sandbox::jira::issues::{take_fields, visible, writer};
use crate::sandbox::jira::routes::{
    Answer,
    Handler::{Read1, Write1},
    Route,
};
use crate::sandbox::jira::state::State;
use crate::sandbox::jira::{
    catalogue, comments, input, object, refuse_because, refuse_fields, workflow,
};

/// What is answered here.
pub(super) const ROUTES: &[Route] = &[
    Route("GET", "issue/{}/transitions", Read1(list)),
    Route("POST", "issue/{}/transitions", Write1(apply)),
];

fn list(state: &State, call: &Call, key: &str) -> Answer {
    let issue = visible(state, call, key)?;
    let with_fields = call
        .list("expand")
        .iter()
        .any(|part| part == "transitions.fields");
    let wanted = call.parameter("transitionId");
    let transitions: Value = workflow::available(issue.status)
        .filter(|way| wanted.is_none_or(|wanted| way.id == wanted))
        .map(|way| way.render(&call.base, with_fields))
        .collect();
    Ok(Reply::json(
        200,
        &json!({"expand": "transitions", "transitions": transitions}),
    ))
}

fn apply(state: &mut State, call: &Call, key: &str) -> Answer {
    let mut issue = visible(state, call, key)?.clone();
    let caller = writer(call)?;
    let mut body = object(call)?;
    let id = match body.get("transition").and_then(|way| way.get("id")) {
        Some(Value::String(id)) => id.clone(),
        Some(Value::Number(id)) => id.to_string(),
        _ => return Err(refuse_because(400, "Missing 'transition' identifier")),
    };
    let way = workflow::available(issue.status)
        .find(|way| way.id == id)
        .ok_or_else(|| {
            refuse_because(
                400,
                &format!(
                    "It seems that you have tried to perform a workflow operation \
                     (id: {id}) that is not valid for the current state of this issue ({key}). \
                     The likely cause is that somebody has changed the issue recently, please \
                     look at the issue history for details."
                ),
            )
        })?;
    let mut fields = take_fields(&mut body)?;
    let mut errors = Map::new();
    let resolution = match fields.remove("resolution") {
        Some(_) if !way.asks_for_resolution() => {
            errors.insert(
                "resolution".to_owned(),
                json!(input::not_on_screen("resolution")),
            );
            None
        }
        Some(value) => {
            let name = input::text(&value, &["id", "name"]).unwrap_or_default();
            let resolution = catalogue::resolution_named(name);
            if resolution.is_none() {
                let problem = format!("Resolution name '{name}' is not valid");
                errors.insert("resolution".to_owned(), json!(problem));
            }
            resolution
        }
        None => None,
    };
    for field in fields.keys() {
        // The screens have no other field.
        errors.insert(field.clone(), json!(input::not_on_screen(field)));
    }
    let added = comments::in_update(&body).map_err(|problem| refuse_because(400, &problem))?;
    if !errors.is_empty() {
        return Err(refuse_fields(errors));
    }
    let change_id = state.new_id();
    way.apply(&mut issue, resolution, Some(caller), call.now, change_id);
    for comment in added {
        comments::append(&mut issue, state, call, comment);
    }
    state.issues.insert(issue.id, issue);
    Ok(Reply::empty(204))
}

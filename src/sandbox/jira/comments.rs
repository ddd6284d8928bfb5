//! The comments of an issue.

use serde_json::{Map, Value, json};

use crate::sandbox::exchange::{Call, Reply};
use crate::sandbox::jira::groups::may_see;
use crate::sandbox::jira::issues::{visible, writer};
use crate::sandbox::jira::routes::{
    Answer,
    Handler::{Read1, Read2, Write1, Write2},
    Route,
};
use crate::sandbox::jira::state::{Comment, Issue, State, Visibility};
use crate::sandbox::jira::{object, refuse_because, refuse_fields, render};

/// What is answered here.
pub(super) const ROUTES: &[Route] = &[
    Route("GET", "issue/{}/comment", Read1(list)),
    Route("POST", "issue/{}/comment", Write1(add)),
    Route("GET", "issue/{}/comment/{}", Read2(get)),
    Route("PUT", "issue/{}/comment/{}", Write2(update)),
    Route("DELETE", "issue/{}/comment/{}", Write2(delete)),
];

/// A comment that a client wants to add.
pub(super) struct NewComment {
    body: String,
    visibility: Option<Visibility>,
}

fn list(state: &State, call: &Call, key: &str) -> Answer {
    let issue = visible(state, call, key)?;
    let mut comments: Vec<&Comment> = issue
        .comments
        .iter()
        .filter(|comment| may_see(call.caller, comment.visibility.as_ref()))
        .collect();
    match call.parameter("orderBy") {
        None | Some("created" | "+created") => {}
        Some("-created") => comments.reverse(),
        Some(other) => {
            return Err(refuse_because(
                400,
                &format!("The value '{other}' is not a valid order; use 'created'."),
            ));
        }
    }
    // Comments come on pages only when asked for; the whole list is one page otherwise.
    let all = i64::try_from(comments.len()).unwrap_or(i64::MAX);
    let start = call.number("startAt", 0).max(0);
    let maximum = match call.parameter("maxResults") {
        Some(_) => call.number("maxResults", 50).max(0),
        None if call.parameter("startAt").is_some() => 50,
        None => all.max(1_048_576),
    };
    let page: Value = comments
        .iter()
        .skip(usize::try_from(start).unwrap_or(usize::MAX))
        .take(usize::try_from(maximum).unwrap_or(usize::MAX))
        .map(|comment| show(comment, issue, call))
        .collect();
    Ok(Reply::json(
        200,
        &json!({"startAt": start, "maxResults": maximum, "total": all, "comments": page}),
    ))
}

fn get(state: &State, call: &Call, key: &str, id: &str) -> Answer {
    let issue = visible(state, call, key)?;
    Ok(Reply::json(200, &show(find(issue, call, id)?, issue, call)))
}

fn add(state: &mut State, call: &Call, key: &str) -> Answer {
    let mut issue = visible(state, call, key)?.clone();
    writer(call)?;
    let new = wanted(call)?;
    append(&mut issue, state, call, new);
    let reply = issue
        .comments
        .last()
        .map(|comment| show(comment, &issue, call));
    state.issues.insert(issue.id, issue);
    Ok(Reply::json(201, &reply.unwrap_or_default()))
}

fn update(state: &mut State, call: &Call, key: &str, id: &str) -> Answer {
    let mut issue = visible(state, call, key)?.clone();
    let caller = writer(call)?;
    let mut comment = find(&issue, call, id)?.clone();
    let new = wanted(call)?;
    comment.body = new.body;
    comment.visibility = new.visibility;
    comment.editor = Some(caller);
    comment.updated = call.now;
    issue.updated = call.now;
    let reply = show(&comment, &issue, call);
    let mut comments = issue.comments.iter_mut();
    if let Some(place) = comments.find(|other| other.id == comment.id) {
        *place = comment;
    }
    state.issues.insert(issue.id, issue);
    Ok(Reply::json(200, &reply))
}

fn delete(state: &mut State, call: &Call, key: &str, id: &str) -> Answer {
    let issue = visible(state, call, key)?;
    writer(call)?;
    let (issue, comment) = (issue.id, find(issue, call, id)?.id);
    if let Some(issue) = state.issues.get_mut(&issue) {
        issue.comments.retain(|other| other.id != comment);
        issue.updated = call.now;
    }
    state.properties.remove(&format!("comment/{comment}"));
    Ok(Reply::empty(204))
}

fn find<'a>(issue: &'a Issue, call: &Call, id: &str) -> Result<&'a Comment, Reply> {
    let comment = issue
        .comments
        .iter()
        .find(|comment| comment.id.to_string() == id);
    comment
        .filter(|comment| may_see(call.caller, comment.visibility.as_ref()))
        .ok_or_else(|| refuse_because(404, &format!("Can not find a comment for the id: {id}.")))
}

fn show(comment: &Comment, issue: &Issue, call: &Call) -> Value {
    let rendered = call
        .list("expand")
        .iter()
        .any(|part| part == "renderedBody");
    render::comment(comment, issue.id, call, rendered)
}

/// The comment in the body of a request.
fn wanted(call: &Call) -> Result<NewComment, Reply> {
    let refusal = |field: &str, problem: String| {
        let mut errors = Map::new();
        errors.insert(field.to_owned(), json!(problem));
        refuse_fields(errors)
    };
    let new = read(&object(call)?).map_err(|problem| refusal("comment", problem))?;
    match &new.visibility {
        // Nobody may write what only others could read.
        Some(visibility) if !may_see(call.caller, Some(visibility)) => Err(refusal(
            "commentLevel",
            format!(
                "You are currently not a member of the {}: {}.",
                visibility.kind, visibility.value
            ),
        )),
        _ => Ok(new),
    }
}

/// The comments under `update.comment` of an edit or a transition.
pub(super) fn in_update(body: &Map<String, Value>) -> Result<Vec<NewComment>, String> {
    let operations = body.get("update").and_then(|update| update.get("comment"));
    let mut comments = Vec::new();
    for operation in operations.and_then(Value::as_array).into_iter().flatten() {
        let Some(add) = operation.get("add").and_then(Value::as_object) else {
            return Err("Only the operation 'add' is supported for comments.".to_owned());
        };
        comments.push(read(add)?);
    }
    Ok(comments)
}

/// Puts a comment under an issue.
pub(super) fn append(issue: &mut Issue, state: &mut State, call: &Call, new: NewComment) {
    issue.comments.push(Comment {
        id: state.new_id(),
        author: call.caller,
        editor: call.caller,
        body: new.body,
        created: call.now,
        updated: call.now,
        visibility: new.visibility,
    });
    issue.updated = call.now;
}

/// Reads a comment, or says what is wrong with it.
pub(super) fn read(comment: &Map<String, Value>) -> Result<NewComment, String> {
    let body = comment
        .get("body")
        .and_then(Value::as_str)
        .unwrap_or_default();
    if body.trim().is_empty() {
        return Err("Comment body can not be empty!".to_owned());
    }
    Ok(NewComment {
        body: body.to_owned(),
        visibility: Visibility::read(comment.get("visibility")),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sandbox::jira::Jira;
    use crate::sandbox::people;

    #[test]
    fn a_comment_for_a_group_is_there_for_its_members_only() {
        let jira = Jira::with_sample_data().unwrap();
        let comments = "/rest/api/2/issue/DEMO-5/comment";
        let body = |group: &str| {
            format!(r#"{{"body":"x","visibility":{{"type":"group","value":"{group}"}}}}"#)
        };
        let add = |group: &str| jira.answer(&Call::example("POST", comments, &body(group)));
        assert_eq!(add("operations").status, 400);
        let reply = add("jira-administrators");
        assert_eq!(reply.status, 201);
        let comment: Value = serde_json::from_slice(&reply.body).unwrap();
        let target = format!("{comments}/{}", comment["id"].as_str().unwrap());
        let other = Call {
            caller: people::by_login("tsakurai"),
            ..Call::example("GET", &target, "")
        };
        assert_eq!(jira.answer(&other).status, 404);
        assert_eq!(
            jira.answer(&Call::example("DELETE", &target, "")).status,
            204
        );
        assert_eq!(jira.answer(&Call::example("GET", &target, "")).status, 404);
    }
}

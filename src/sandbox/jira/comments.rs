//! The comments of an issue.

use serde_json::{Map, Value, json};

use crate::sandbox::exchange::{Call, Reply};
use crate::sandbox::jira::issues::{visible, writer};
use crate::sandbox::jira::state::{Comment, Issue, State};
use crate::sandbox::jira::{object, refuse_because, refuse_fields, render};

/// A comment that a client wants to add.
pub(super) struct NewComment {
    body: String,
    visibility: Option<(String, String)>,
}

/// `GET issue/{key}/comment`
pub(super) fn list(state: &State, call: &Call, key: &str) -> Result<Reply, Reply> {
    let issue = visible(state, call, key)?;
    let rendered = call
        .list("expand")
        .iter()
        .any(|part| part == "renderedBody");
    let mut comments: Vec<&Comment> = issue.comments.iter().collect();
    if call
        .parameter("orderBy")
        .is_some_and(|order| order.starts_with('-'))
    {
        comments.reverse();
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
        .map(|comment| render::comment(comment, issue.id, call, rendered))
        .collect();
    Ok(Reply::json(
        200,
        &json!({"startAt": start, "maxResults": maximum, "total": all, "comments": page}),
    ))
}

/// `GET issue/{key}/comment/{id}`
pub(super) fn get(state: &State, call: &Call, key: &str, id: &str) -> Result<Reply, Reply> {
    let issue = visible(state, call, key)?;
    let rendered = call
        .list("expand")
        .iter()
        .any(|part| part == "renderedBody");
    let comment = issue
        .comments
        .iter()
        .find(|comment| comment.id.to_string() == id);
    match comment {
        Some(comment) => Ok(Reply::json(
            200,
            &render::comment(comment, issue.id, call, rendered),
        )),
        None => Err(refuse_because(
            404,
            &format!("Can not find a comment for the id: {id}."),
        )),
    }
}

/// `POST issue/{key}/comment`
pub(super) fn add(state: &mut State, call: &Call, key: &str) -> Result<Reply, Reply> {
    let mut issue = visible(state, call, key)?.clone();
    writer(call)?;
    let new = read(&object(call)?).map_err(|problem| {
        let mut errors = Map::new();
        errors.insert("comment".to_owned(), json!(problem));
        refuse_fields(errors)
    })?;
    append(&mut issue, state, call, new);
    let rendered = call
        .list("expand")
        .iter()
        .any(|part| part == "renderedBody");
    let reply = issue.comments.last().map_or(Value::Null, |comment| {
        render::comment(comment, issue.id, call, rendered)
    });
    state.issues.insert(issue.id, issue);
    Ok(Reply::json(201, &reply))
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
        body: new.body,
        created: call.now,
        updated: call.now,
        visibility: new.visibility,
    });
    issue.updated = call.now;
}

fn read(comment: &Map<String, Value>) -> Result<NewComment, String> {
    let body = comment
        .get("body")
        .and_then(Value::as_str)
        .unwrap_or_default();
    if body.trim().is_empty() {
        return Err("Comment body can not be empty!".to_owned());
    }
    let visibility = comment.get("visibility").and_then(|visibility| {
        let part = |name: &str| Some(visibility.get(name)?.as_str()?.to_owned());
        Some((part("type")?, part("value")?))
    });
    Ok(NewComment {
        body: body.to_owned(),
        visibility,
    })
}

//! Links between issues and the kinds of links.

use serde_json::{Value, json};

use crate::sandbox::exchange::{Call, Reply};
use crate::sandbox::jira::catalogue::{self, LINK_TYPES, LinkType};
use crate::sandbox::jira::issues::{visible, writer};
use crate::sandbox::jira::routes::{
    Answer,
    Handler::{Read, Read1, Write, Write1},
    Route,
};
use crate::sandbox::jira::state::{Change, ChangeItem, Issue, Link, State};
use crate::sandbox::jira::workflow::item;
use crate::sandbox::jira::{comments, input, object, refuse_because, render};

/// What is answered here.
pub(super) const ROUTES: &[Route] = &[
    Route("POST", "issueLink", Write(create)),
    Route("GET", "issueLink/{}", Read1(get)),
    Route("DELETE", "issueLink/{}", Write1(delete)),
    Route("GET", "issueLinkType", Read(types)),
    Route("GET", "issueLinkType/{}", Read1(one_type)),
];

/// With the kind "Blocks", the inward issue blocks the outward issue: the names of the two ends
/// say how each sees the other.
fn create(state: &mut State, call: &Call) -> Answer {
    writer(call)?;
    let body = object(call)?;
    let named = |name: &str| {
        let part = body.get(name)?;
        input::text(part, &["name", "id"])
    };
    let kind = named("type").ok_or_else(|| refuse_because(400, "A link type is required."))?;
    let kind = catalogue::link_type_named(kind).ok_or_else(|| {
        refuse_because(
            404,
            &format!("No issue link type with name '{kind}' found."),
        )
    })?;
    let end = |name: &str| {
        let part = body.get(name).unwrap_or(&Value::Null);
        let key = input::text(part, &["key", "id"]).unwrap_or_default();
        visible(state, call, key)
    };
    let (from, to) = (end("inwardIssue")?, end("outwardIssue")?);
    if from.id == to.id {
        return Err(refuse_because(400, "You cannot link an issue to itself."));
    }
    let (mut from, mut to) = (from.clone(), to.clone());
    let comment = match body.get("comment").and_then(Value::as_object) {
        Some(comment) => {
            Some(comments::read(comment).map_err(|problem| refuse_because(400, &problem))?)
        }
        None => None,
    };
    let known = state
        .links
        .iter()
        .any(|link| link.kind.id == kind.id && link.from == from.id && link.to == to.id);
    // The same link again is accepted, but there is only one of it.
    if !known {
        let link = Link {
            id: state.new_id(),
            kind,
            from: from.id,
            to: to.id,
        };
        state.links.push(link);
        note(state, call, &mut from, entry(kind.outward, &to, true));
        note(state, call, &mut to, entry(kind.inward, &from, true));
        state.issues.insert(to.id, to);
    }
    if let Some(comment) = comment {
        comments::append(&mut from, state, call, comment);
    }
    state.issues.insert(from.id, from);
    Ok(Reply::empty(201))
}

/// What the history says of a link.
fn entry(words: &str, other: &Issue, added: bool) -> ChangeItem {
    let key = other.key();
    let text = format!("This issue {words} {key}");
    let side = Some((key.as_str(), text.as_str()));
    if added {
        item("Link", None, side)
    } else {
        item("Link", side, None)
    }
}

fn note(state: &mut State, call: &Call, issue: &mut Issue, change: ChangeItem) {
    issue.updated = call.now;
    issue.history.push(Change {
        id: state.new_id(),
        author: call.caller,
        created: call.now,
        items: vec![change],
    });
}

fn find<'a>(
    state: &'a State,
    call: &Call,
    id: &str,
) -> Result<(&'a Link, &'a Issue, &'a Issue), Reply> {
    let gone = || refuse_because(404, &format!("No issue link with id '{id}' exists."));
    let link = state.links.iter().find(|link| link.id.to_string() == id);
    let link = link.filter(|_| call.caller.is_some()).ok_or_else(gone)?;
    let from = state.issues.get(&link.from).ok_or_else(gone)?;
    let to = state.issues.get(&link.to).ok_or_else(gone)?;
    Ok((link, from, to))
}

fn get(state: &State, call: &Call, id: &str) -> Answer {
    let (link, from, to) = find(state, call, id)?;
    let base = &call.base;
    Ok(Reply::json(
        200,
        &json!({
            "id": link.id.to_string(),
            "self": format!("{base}/rest/api/2/issueLink/{}", link.id),
            "type": link.kind.render(base),
            "inwardIssue": render::reference(from, base),
            "outwardIssue": render::reference(to, base),
        }),
    ))
}

fn delete(state: &mut State, call: &Call, id: &str) -> Answer {
    let (link, from, to) = find(state, call, id)?;
    writer(call)?;
    let (link, mut from, mut to) = (link.clone(), from.clone(), to.clone());
    let (outward, inward) = (
        entry(link.kind.outward, &to, false),
        entry(link.kind.inward, &from, false),
    );
    note(state, call, &mut from, outward);
    note(state, call, &mut to, inward);
    state.links.retain(|other| other.id != link.id);
    state.issues.insert(from.id, from);
    state.issues.insert(to.id, to);
    Ok(Reply::empty(204))
}

fn types(_: &State, call: &Call) -> Answer {
    let types = LINK_TYPES.iter().map(|kind| kind.render(&call.base));
    let body = json!({"issueLinkTypes": types.collect::<Value>()});
    Ok(Reply::json(200, &body))
}

fn one_type(_: &State, call: &Call, id: &str) -> Answer {
    let found: Option<&LinkType> = LINK_TYPES.iter().find(|kind| kind.id == id);
    match found {
        Some(kind) => Ok(Reply::json(200, &kind.render(&call.base))),
        None => Err(refuse_because(
            404,
            &format!("No issue link type with id '{id}' found."),
        )),
    }
}

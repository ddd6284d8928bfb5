//! Links from an issue to things elsewhere.

use serde_json::{Map, Value, json};

use crate::sandbox::exchange::{Call, Reply};
use crate::sandbox::jira::issues::{visible, writer};
use crate::sandbox::jira::routes::{
    Answer,
    Handler::{Read1, Read2, Write1, Write2},
    Route,
};
use crate::sandbox::jira::state::{Issue, State};
use crate::sandbox::jira::{object, refuse_because, refuse_fields};

/// What is answered here.
pub(super) const ROUTES: &[Route] = &[
    Route("GET", "issue/{}/remotelink", Read1(list)),
    Route("POST", "issue/{}/remotelink", Write1(create_or_update)),
    Route("DELETE", "issue/{}/remotelink", Write1(delete_by_global_id)),
    Route("GET", "issue/{}/remotelink/{}", Read2(get)),
    Route("PUT", "issue/{}/remotelink/{}", Write2(update)),
    Route("DELETE", "issue/{}/remotelink/{}", Write2(delete)),
];

/// A link to something elsewhere.
#[derive(Clone, Debug)]
pub(super) struct RemoteLink {
    id: u64,
    global_id: Option<String>,
    application: Value,
    relationship: Option<String>,
    object: Value,
}

impl RemoteLink {
    /// Reads what a client sent; a title and an address have to be there.
    fn read(body: &Map<String, Value>, id: u64) -> Result<RemoteLink, Reply> {
        let text = |name: &str| Some(body.get(name)?.as_str()?.to_owned());
        let mut object = body.get("object").cloned().unwrap_or_else(|| json!({}));
        let mut errors = Map::new();
        for name in ["title", "url"] {
            let value = object.get(name).and_then(Value::as_str).unwrap_or_default();
            if value.trim().is_empty() {
                errors.insert(name.to_owned(), json!(format!("'{name}' is required.")));
            }
        }
        if !errors.is_empty() {
            return Err(refuse_fields(errors));
        }
        if let Some(map) = object.as_object_mut() {
            map.entry("icon").or_insert_with(|| json!({}));
            map.entry("status").or_insert_with(|| json!({"icon": {}}));
        }
        Ok(RemoteLink {
            id,
            global_id: text("globalId"),
            application: body
                .get("application")
                .cloned()
                .unwrap_or_else(|| json!({})),
            relationship: text("relationship"),
            object,
        })
    }

    fn render(&self, issue: &Issue, base: &str) -> Value {
        let mut link = json!({
            "id": self.id,
            "self": address(issue, self.id, base),
            "application": self.application,
            "object": self.object,
        });
        if let Some(map) = link.as_object_mut() {
            for (name, text) in [
                ("globalId", &self.global_id),
                ("relationship", &self.relationship),
            ] {
                if let Some(text) = text {
                    map.insert(name.to_owned(), json!(text));
                }
            }
        }
        link
    }
}

fn address(issue: &Issue, id: u64, base: &str) -> String {
    format!("{base}/rest/api/2/issue/{}/remotelink/{id}", issue.key())
}

fn list(state: &State, call: &Call, key: &str) -> Answer {
    let issue = visible(state, call, key)?;
    if let Some(wanted) = call.parameter("globalId") {
        let link = issue
            .remote_links
            .iter()
            .find(|link| link.global_id.as_deref() == Some(wanted));
        return match link {
            Some(link) => Ok(Reply::json(200, &link.render(issue, &call.base))),
            None => Err(no_global_id(wanted)),
        };
    }
    let links = issue.remote_links.iter();
    let links = links.map(|link| link.render(issue, &call.base));
    Ok(Reply::json(200, &links.collect()))
}

fn create_or_update(state: &mut State, call: &Call, key: &str) -> Answer {
    let mut issue = visible(state, call, key)?.clone();
    writer(call)?;
    let mut link = RemoteLink::read(&object(call)?, 0)?;
    let same = issue
        .remote_links
        .iter_mut()
        .find(|other| link.global_id.is_some() && other.global_id == link.global_id);
    let (status, id) = match same {
        Some(other) => {
            link.id = other.id;
            *other = link;
            (200, other.id)
        }
        None => {
            let id = state.new_id();
            link.id = id;
            issue.remote_links.push(link);
            (201, id)
        }
    };
    let reply = json!({"id": id, "self": address(&issue, id, &call.base)});
    issue.updated = call.now;
    state.issues.insert(issue.id, issue);
    Ok(Reply::json(status, &reply))
}

fn get(state: &State, call: &Call, key: &str, id: &str) -> Answer {
    let issue = visible(state, call, key)?;
    let link = issue
        .remote_links
        .iter()
        .find(|link| link.id.to_string() == id);
    match link {
        Some(link) => Ok(Reply::json(200, &link.render(issue, &call.base))),
        None => Err(no_link(id)),
    }
}

fn update(state: &mut State, call: &Call, key: &str, id: &str) -> Answer {
    let mut issue = visible(state, call, key)?.clone();
    writer(call)?;
    let mut links = issue.remote_links.iter_mut();
    let link = links.find(|link| link.id.to_string() == id);
    let place = link.ok_or_else(|| no_link(id))?;
    *place = RemoteLink::read(&object(call)?, place.id)?;
    issue.updated = call.now;
    state.issues.insert(issue.id, issue);
    Ok(Reply::empty(204))
}

fn delete(state: &mut State, call: &Call, key: &str, id: &str) -> Answer {
    remove(state, call, key, |link| link.id.to_string() == id)
        .map_err(|found| found.unwrap_or_else(|| no_link(id)))
}

fn delete_by_global_id(state: &mut State, call: &Call, key: &str) -> Answer {
    let wanted = call.parameter("globalId").unwrap_or_default();
    remove(state, call, key, |link| {
        link.global_id.as_deref() == Some(wanted)
    })
    .map_err(|found| found.unwrap_or_else(|| no_global_id(wanted)))
}

/// Removes the links that fit; without any, the refusal is left to the caller.
fn remove(
    state: &mut State,
    call: &Call,
    key: &str,
    fits: impl Fn(&RemoteLink) -> bool,
) -> Result<Reply, Option<Reply>> {
    let id = visible(state, call, key).map_err(Some)?.id;
    writer(call).map_err(Some)?;
    let issue = state.issues.get_mut(&id).ok_or(None)?;
    let before = issue.remote_links.len();
    issue.remote_links.retain(|link| !fits(link));
    if issue.remote_links.len() == before {
        return Err(None);
    }
    issue.updated = call.now;
    Ok(Reply::empty(204))
}

fn no_link(id: &str) -> Reply {
    refuse_because(404, &format!("No remote issue link exists with id '{id}'."))
}

fn no_global_id(wanted: &str) -> Reply {
    refuse_because(
        404,
        &format!("No remote issue link exists with global id '{wanted}'."),
    )
}

//! The history of content and its older versions.

use serde_json::{Value, json};

use crate::sandbox::confluence::access::{editable, visible};
use crate::sandbox::confluence::content::{expand, renderer};
use crate::sandbox::confluence::expand::Expand;
use crate::sandbox::confluence::paging::Window;
use crate::sandbox::confluence::refusals::{Answer, no_content, refuse};
use crate::sandbox::confluence::state::{Content, State, Version};
use crate::sandbox::exchange::{Call, Reply};

/// `GET content/{id}/history`
pub(super) fn history(state: &State, call: &Call, id: &str) -> Answer {
    let content = visible(state, call, id)?;
    let expand = expand(call, &["previousVersion", "nextVersion", "lastUpdated"]);
    let history = renderer(state, call).history(content, &expand);
    Ok(alone(call, history))
}

/// `GET content/{id}/version`, newest first
pub(super) fn list(state: &State, call: &Call, id: &str) -> Answer {
    let content = visible(state, call, id)?;
    let versions: Vec<_> = content.versions.iter().rev().collect();
    let expand = expand(call, &[]);
    let renderer = renderer(state, call);
    let page = Window::new(call).page(call, &versions, |version| {
        renderer.version(content, version, &expand)
    });
    Ok(Reply::json(200, &page))
}

/// `GET content/{id}/version/{number}`
pub(super) fn get(state: &State, call: &Call, id: &str, number: &str) -> Answer {
    let content = visible(state, call, id)?;
    let version = numbered(content, number)?;
    let version = renderer(state, call).version(content, version, &expand(call, &[]));
    Ok(alone(call, version))
}

/// `DELETE content/{id}/version/{number}`, which cannot take the current one
pub(super) fn delete(state: &mut State, call: &Call, id: &str, number: &str) -> Answer {
    let content = editable(state, call, id)?;
    let number = numbered(content, number)?.number;
    if number == content.version() {
        return Err(refuse(400, "The current version cannot be removed"));
    }
    let id = content.id;
    if let Some(content) = state.contents.get_mut(&id) {
        content.versions.retain(|version| version.number != number);
    }
    Ok(Reply::empty(204))
}

/// Content as it was in the version that the request names.
pub(super) fn old(state: &State, call: &Call, content: &Content, expand: &Expand) -> Answer {
    let id = content.public_id();
    let number = call.parameter("version").unwrap_or_default();
    let version = numbered(content, number).map_err(|_| no_content(&id))?;
    let latest = version.number == content.version();
    let content = as_of(content, version);
    let mut whole = renderer(state, call).whole(&content, expand);
    if !latest {
        if let Some(map) = whole.as_object_mut() {
            map.insert("status".to_owned(), json!("historical"));
        }
        if let Some(flag) = whole.pointer_mut("/history/latest") {
            *flag = json!(false);
        }
    }
    Ok(Reply::json(200, &whole))
}

/// Content with what it had in a version, and without those that came later.
pub(super) fn as_of(content: &Content, version: &Version) -> Content {
    let mut old = content.clone();
    old.title.clone_from(&version.title);
    old.body.clone_from(&version.body);
    old.file.clone_from(&version.file);
    old.versions.retain(|other| other.number <= version.number);
    old
}

/// The version with a number; 0 is the current one.
pub(super) fn numbered<'a>(content: &'a Content, number: &str) -> Result<&'a Version, Reply> {
    let wanted: Option<usize> = number.parse().ok();
    let found = match wanted {
        Some(0) => content.versions.last(),
        _ => content
            .versions
            .iter()
            .find(|version| Some(version.number) == wanted),
    };
    found.ok_or_else(|| {
        let id = content.public_id();
        refuse(
            404,
            &format!("No version {number} of the content with id : {id}"),
        )
    })
}

fn alone(call: &Call, mut value: Value) -> Reply {
    if let Some(links) = value.get_mut("_links").and_then(Value::as_object_mut) {
        links.insert("base".to_owned(), json!(call.base));
        links.insert("context".to_owned(), json!("/confluence"));
    }
    Reply::json(200, &value)
}

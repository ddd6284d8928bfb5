//! Reading content: one piece, lists, children, history.

use serde_json::{Value, json};

use crate::sandbox::confluence::expand::Expand;
use crate::sandbox::confluence::render::Renderer;
use crate::sandbox::confluence::state::{self, Content, Kind, State};
use crate::sandbox::confluence::{Window, no_content, refuse, visible};
use crate::sandbox::exchange::{Call, Reply};

/// `GET content/{id}`
pub(super) fn get(state: &State, call: &Call, id: &str) -> Result<Reply, Reply> {
    let renderer = renderer(state, call);
    let expand = expand(call, &["history", "space", "version"]);
    let old = call.parameter("status") == Some("historical") || call.parameter("version").is_some();
    if !old {
        let content = visible(state, call, id)?;
        return Ok(Reply::json(200, &renderer.whole(content, &expand)));
    }
    let number = usize::try_from(call.number("version", 0)).unwrap_or(0);
    let content = id
        .parse()
        .ok()
        .and_then(|id: u64| state.contents.get(&id))
        .filter(|content| !content.trashed && call.caller.is_some())
        .ok_or_else(|| no_content(id))?;
    let version = content
        .versions
        .iter()
        .find(|version| version.number == number)
        .ok_or_else(|| no_content(id))?;
    let mut content = content.clone();
    content.title.clone_from(&version.title);
    content.body.clone_from(&version.body);
    let latest = content.version() == number;
    content.versions.truncate(number);
    let mut whole = renderer.whole(&content, &expand);
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

/// `GET content`
pub(super) fn list(state: &State, call: &Call) -> Result<Reply, Reply> {
    let space = match call.parameter("spaceKey") {
        Some(key) => Some(
            state::space(key)
                .filter(|_| call.caller.is_some())
                .ok_or_else(|| refuse(404, &format!("No space with key : {key}")))?,
        ),
        None => None,
    };
    let kind = match call.parameter("type") {
        Some(name) => Kind::named(name)
            .ok_or_else(|| refuse(400, &format!("Unknown content type : {name}")))?,
        None => Kind::Page,
    };
    let title = call.parameter("title");
    let status = call.parameter("status").unwrap_or("current");
    let found: Vec<&Content> = state
        .contents
        .values()
        .filter(|content| status == "any" || content.status() == status)
        .filter(|content| content.kind == kind)
        .filter(|content| space.is_none_or(|space| space.key == content.space.key))
        .filter(|content| title.is_none_or(|title| content.title == title))
        .filter(|_| call.caller.is_some())
        .collect();
    Ok(page(state, call, &found))
}

/// `GET content/{id}/history`
pub(super) fn history(state: &State, call: &Call, id: &str) -> Result<Reply, Reply> {
    let content = visible(state, call, id)?;
    let expand = expand(call, &["previousVersion", "nextVersion", "lastUpdated"]);
    let mut history = renderer(state, call).history(content, &expand);
    if let Some(links) = history.get_mut("_links").and_then(Value::as_object_mut) {
        links.insert("base".to_owned(), json!(call.base));
        links.insert("context".to_owned(), json!("/confluence"));
    }
    Ok(Reply::json(200, &history))
}

/// `GET content/{id}/version` of the experimental API, newest first
pub(super) fn versions(state: &State, call: &Call, id: &str) -> Result<Reply, Reply> {
    let content = visible(state, call, id)?;
    let versions: Vec<_> = content.versions.iter().rev().collect();
    let renderer = renderer(state, call);
    let page = Window::new(call).page(call, &versions, |version| {
        renderer.version(content, version)
    });
    Ok(Reply::json(200, &page))
}

/// `GET content/{id}/child`
pub(super) fn child_map(state: &State, call: &Call, id: &str) -> Result<Reply, Reply> {
    let content = visible(state, call, id)?;
    let children = renderer(state, call).children(content, &expand(call, &[]));
    Ok(Reply::json(200, &children))
}

/// `GET content/{id}/child/{type}` and `GET content/{id}/descendant/{type}`
pub(super) fn children(
    state: &State,
    call: &Call,
    id: &str,
    kind: &str,
    deep: bool,
) -> Result<Reply, Reply> {
    let content = visible(state, call, id)?;
    let found: Vec<&Content> = match Kind::named(kind) {
        Some(Kind::Comment) => {
            let all = deep || call.parameter("depth") == Some("all");
            let comments = state.children(content.id, Kind::Comment).into_iter();
            comments
                .filter(|comment| all || comment.parent.is_none())
                .collect()
        }
        Some(Kind::Page) if deep => state
            .current()
            .filter(|page| {
                page.kind == Kind::Page
                    && state
                        .ancestors(page)
                        .iter()
                        .any(|above| above.id == content.id)
            })
            .collect(),
        Some(kind) => state.children(content.id, kind),
        None if kind == "attachment" => Vec::new(),
        None => return Err(Reply::unknown_path(call)),
    };
    Ok(page(state, call, &found))
}

/// A page of content.
pub(super) fn page(state: &State, call: &Call, found: &[&Content]) -> Reply {
    let expand = expand(call, &[]);
    let renderer = renderer(state, call);
    let page = Window::new(call).page(call, found, |content| renderer.content(content, &expand));
    Reply::json(200, &page)
}

/// What the client wants expanded, or the default where it says nothing.
pub(super) fn expand(call: &Call, default: &[&str]) -> Expand {
    let names = call.list("expand");
    if names.is_empty() {
        Expand::new(default.iter().copied())
    } else {
        Expand::new(names.iter().map(String::as_str))
    }
}

/// A renderer for the answer to a request.
pub(super) fn renderer<'a>(state: &'a State, call: &'a Call) -> Renderer<'a> {
    Renderer {
        state,
        base: &call.base,
    }
}

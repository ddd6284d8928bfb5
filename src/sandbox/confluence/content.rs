//! Reading content: one piece, lists, and what lies below it.

use serde_json::{Value, json};

use crate::sandbox::confluence::access::{may_see, visible, visible_space};
use crate::sandbox::confluence::expand::Expand;
use crate::sandbox::confluence::paging::Window;
use crate::sandbox::confluence::refusals::{Answer, refuse};
use crate::sandbox::confluence::render::{Depth, Renderer};
use crate::sandbox::confluence::state::{Content, Kind, State};
use crate::sandbox::confluence::versions;
use crate::sandbox::exchange::{Call, Reply};

/// `GET content/{id}`
pub(super) fn get(state: &State, call: &Call, id: &str) -> Answer {
    let content = visible(state, call, id)?;
    let expand = expand(call, &["history", "space", "version"]);
    let old = call
        .list("status")
        .iter()
        .any(|status| status == "historical");
    if old || call.parameter("version").is_some() {
        return versions::old(state, call, content, &expand);
    }
    let whole = renderer(state, call).whole(content, &expand);
    Ok(Reply::json(200, &whole))
}

/// `GET content`
pub(super) fn list(state: &State, call: &Call) -> Answer {
    let space = match call.parameter("spaceKey") {
        Some(key) => Some(visible_space(state, call, key)?.key.as_str()),
        None => None,
    };
    let kind = match call.parameter("type") {
        Some(name) => Kind::named(name)
            .ok_or_else(|| refuse(400, &format!("Unknown content type : {name}")))?,
        None => Kind::Page,
    };
    let title = call.parameter("title");
    let day = call.parameter("postingDay");
    let status = call.parameter("status").unwrap_or("current");
    let found: Vec<&Content> = state
        .contents
        .values()
        .filter(|content| status == "any" || content.status.name() == status)
        .filter(|content| content.kind == kind)
        .filter(|content| space.is_none_or(|space| space == content.space))
        .filter(|content| title.is_none_or(|title| content.title == title))
        .filter(|content| {
            let posted = content
                .created()
                .map(|day| day.format("%Y-%m-%d").to_string());
            day.is_none_or(|day| posted.as_deref() == Some(day))
        })
        .filter(|content| may_see(state, call.caller, content))
        .collect();
    Ok(page(state, call, &found))
}

/// `GET content/{id}/child` and `GET content/{id}/descendant`
pub(super) fn below(state: &State, call: &Call, id: &str, depth: Depth) -> Answer {
    let content = visible(state, call, id)?;
    let renderer = renderer(state, call);
    let expand = expand(call, &[]);
    let mut lists = renderer.below(content, depth, &expand);
    let window = Window::new(call);
    for kind in [Kind::Page, Kind::Comment, Kind::Attachment] {
        // Here, unlike inside other content, start and limit apply to each list.
        if let (Some(inside), Some(map)) = (expand.inside(kind.name()), lists.as_object_mut()) {
            let found = renderer.found_below(content, depth, kind);
            let path = format!("{}/{}", call.path, kind.name());
            let page = window.page_at(call, &path, &found, |below| renderer.content(below, inside));
            map.insert(kind.name().to_owned(), page);
        }
    }
    if let Some(links) = lists.get_mut("_links").and_then(Value::as_object_mut) {
        links.insert("base".to_owned(), json!(call.base));
        links.insert("context".to_owned(), json!("/confluence"));
    }
    Ok(Reply::json(200, &lists))
}

/// `GET content/{id}/child/{type}` and `GET content/{id}/descendant/{type}`
pub(super) fn below_by_type(
    state: &State,
    call: &Call,
    id: &str,
    depth: Depth,
    kind: &str,
) -> Answer {
    let content = visible(state, call, id)?;
    let kind =
        Kind::named(kind).ok_or_else(|| refuse(400, &format!("Unknown content type : {kind}")))?;
    let depth = match call.parameter("depth") {
        // Only comments can be asked for with their replies.
        Some("all") if kind == Kind::Comment => Depth::Descendants,
        _ => depth,
    };
    let mut found = renderer(state, call).found_below(content, depth, kind);
    let locations = call.list("location");
    if kind == Kind::Comment && !locations.is_empty() {
        found.retain(|comment| {
            let location = if comment.inline { "inline" } else { "footer" };
            locations.iter().any(|wanted| wanted == location)
        });
    }
    if kind == Kind::Attachment {
        let name = call.parameter("filename");
        let media_type = call.parameter("mediaType");
        found.retain(|attachment| {
            let file = attachment.file.as_ref();
            name.is_none_or(|name| attachment.title == name)
                && media_type
                    .is_none_or(|wanted| file.is_some_and(|file| file.media_type == wanted))
        });
    }
    Ok(page(state, call, &found))
}

/// A page of content.
pub(super) fn page(state: &State, call: &Call, found: &[&Content]) -> Reply {
    let expand = expand(call, &[]);
    let renderer = renderer(state, call);
    let limit = match found.first() {
        Some(first) if first.kind == Kind::Attachment => 50,
        _ => 25,
    };
    let page = Window::with_limit(call, limit)
        .page(call, found, |content| renderer.content(content, &expand));
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
        caller: call.caller,
    }
}

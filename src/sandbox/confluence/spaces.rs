//! The spaces.

use serde_json::{Value, json};

use crate::sandbox::confluence::content::{expand, renderer};
use crate::sandbox::confluence::state::{self, Content, Kind, SPACES, Space, State};
use crate::sandbox::confluence::{Window, refuse};
use crate::sandbox::exchange::{Call, Reply};

/// `GET space`
pub(super) fn list(state: &State, call: &Call) -> Reply {
    let keys = call.list("spaceKey");
    let kind = call.parameter("type").unwrap_or("global");
    let status = call.parameter("status").unwrap_or("current");
    let found: Vec<&Space> = SPACES
        .iter()
        .filter(|space| keys.is_empty() || keys.iter().any(|key| key == space.key))
        .filter(|_| kind == "global" && status == "current" && call.caller.is_some())
        .collect();
    let expand = expand(call, &[]);
    let renderer = renderer(state, call);
    let page = Window::new(call).page(call, &found, |space| renderer.space(space, &expand));
    Reply::json(200, &page)
}

/// `GET space/{key}`
pub(super) fn get(state: &State, call: &Call, key: &str) -> Result<Reply, Reply> {
    let space = visible(call, key)?;
    let mut whole = renderer(state, call).space(space, &expand(call, &[]));
    if let Some(links) = whole.get_mut("_links").and_then(Value::as_object_mut) {
        links.insert("collection".to_owned(), json!("/rest/api/space"));
        links.insert("base".to_owned(), json!(call.base));
        links.insert("context".to_owned(), json!("/confluence"));
    }
    Ok(Reply::json(200, &whole))
}

/// `GET space/{key}/content`
pub(super) fn content(state: &State, call: &Call, key: &str) -> Result<Reply, Reply> {
    let space = visible(call, key)?;
    let expand = expand(call, &[]);
    let renderer = renderer(state, call);
    let root = call.parameter("depth") == Some("root");
    let page = |kind: Kind| {
        let found: Vec<&Content> = state
            .current()
            .filter(|content| content.kind == kind && content.space.key == space.key)
            .filter(|content| !root || content.parent.is_none())
            .collect();
        Window::new(call).page(call, &found, |content| renderer.content(content, &expand))
    };
    Ok(Reply::json(
        200,
        &json!({
            "page": page(Kind::Page),
            "blogpost": page(Kind::Blog),
            "_links": {"base": call.base, "context": "/confluence"},
        }),
    ))
}

fn visible(call: &Call, key: &str) -> Result<&'static Space, Reply> {
    state::space(key)
        .filter(|_| call.caller.is_some())
        .ok_or_else(|| refuse(404, &format!("No space with key : {key}")))
}

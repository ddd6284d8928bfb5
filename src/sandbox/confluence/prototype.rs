//! The first REST API, which was never finished but still answers.

use std::cmp::Reverse;

use serde_json::{Value, json};

use crate::sandbox::confluence::access::{administrator, may_see, visible, visible_space, writer};
use crate::sandbox::confluence::content::renderer;
use crate::sandbox::confluence::refusals::Answer;
use crate::sandbox::confluence::state::{Content, Kind, State};
use crate::sandbox::confluence::storage;
use crate::sandbox::exchange::{Call, Reply};

/// `GET search`
pub(super) fn search(state: &State, call: &Call) -> Answer {
    writer(call)?;
    let words = call.parameter("query").unwrap_or_default().to_lowercase();
    let kind = call.parameter("type");
    let space = call.parameter("spaceKey");
    let found: Vec<&Content> = seen(state, call)
        .into_iter()
        .filter(|content| kind.is_none_or(|kind| content.kind.name() == kind))
        .filter(|content| space.is_none_or(|space| content.space == space))
        .filter(|content| {
            let text = storage::plain(&storage::read(&content.body).unwrap_or_default());
            let text = format!("{} {text}", content.title).to_lowercase();
            words.split_whitespace().all(|word| text.contains(word))
        })
        .collect();
    let start = usize::try_from(call.number("start-index", 0)).unwrap_or(0);
    let results = found.iter().skip(start).take(maximum(call));
    let results: Vec<Value> = results
        .map(|content| render(state, call, content))
        .collect();
    let body = json!({"totalSize": found.len(), "result": results});
    Ok(Reply::json(200, &body))
}

/// `GET content/{id}`
pub(super) fn content(state: &State, call: &Call, id: &str) -> Answer {
    let content = visible(state, call, id)?;
    let mut whole = render(state, call, content);
    let children = state.children(content, Kind::Page);
    if let Some(map) = whole.as_object_mut() {
        let children = list(state, call, &children);
        map.insert("children".to_owned(), children);
    }
    Ok(Reply::json(200, &whole))
}

/// `GET space/{key}`
pub(super) fn space(state: &State, call: &Call, key: &str) -> Answer {
    let space = visible_space(state, call, key)?;
    let home = space.homepage.and_then(|id| state.contents.get(&id));
    let pages: Vec<&Content> = home.into_iter().collect();
    let body = json!({
        "key": space.key,
        "name": space.name,
        "link": [
            {"href": format!("{}/display/{}", call.base, space.key), "rel": "alternate", "type": "text/html"},
            {"href": format!("{}/rest/prototype/1/space/{}", call.base, space.key), "rel": "self"},
        ],
        "rootpages": list(state, call, &pages),
    });
    Ok(Reply::json(200, &body))
}

/// `GET session/history`: what changed last stands for what the caller looked at
pub(super) fn history(state: &State, call: &Call) -> Answer {
    writer(call)?;
    let mut found = seen(state, call);
    found.sort_by_key(|content| Reverse(content.modified()));
    found.truncate(maximum(call));
    let content: Vec<Value> = found
        .iter()
        .map(|content| render(state, call, content))
        .collect();
    Ok(Reply::json(200, &json!({"content": content})))
}

/// `POST index/reindex`; the search here has no index
pub(super) fn reindex(call: &Call) -> Answer {
    administrator(call)?;
    Ok(Reply::empty(202))
}

fn maximum(call: &Call) -> usize {
    usize::try_from(call.number("max-results", 50).clamp(0, 200)).unwrap_or(50)
}

fn seen<'a>(state: &'a State, call: &Call) -> Vec<&'a Content> {
    state
        .current()
        .filter(|content| may_see(state, call.caller, content))
        .collect()
}

fn list(state: &State, call: &Call, pages: &[&Content]) -> Value {
    let pages = pages
        .iter()
        .filter(|page| may_see(state, call.caller, page))
        .map(|page| render(state, call, page));
    let pages: Vec<Value> = pages.collect();
    json!({"size": pages.len(), "content": pages})
}

fn render(state: &State, call: &Call, content: &Content) -> Value {
    let path = renderer(state, call).web_path(content);
    let id = content.public_id();
    json!({
        "id": id,
        "type": content.kind.name(),
        "title": content.title,
        "link": [
            {"href": format!("{}{path}", call.base), "rel": "alternate", "type": "text/html"},
            {"href": format!("{}/rest/prototype/1/content/{id}", call.base), "rel": "self"},
        ],
    })
}

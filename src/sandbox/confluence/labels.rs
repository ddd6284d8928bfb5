//! The labels of content.

use serde_json::Value;

use crate::sandbox::confluence::content::renderer;
use crate::sandbox::confluence::state::{Content, Label, State};
use crate::sandbox::confluence::write::writer;
use crate::sandbox::confluence::{Window, refuse, visible};
use crate::sandbox::exchange::{Call, Reply};

/// `GET content/{id}/label`
pub(super) fn list(state: &State, call: &Call, id: &str) -> Result<Reply, Reply> {
    let content = visible(state, call, id)?;
    let renderer = renderer(state, call);
    let prefix = call.parameter("prefix");
    let labels: Vec<&Label> = content
        .labels
        .iter()
        .filter(|label| prefix.is_none_or(|prefix| label.prefix == prefix))
        .collect();
    let window = match call.parameter("limit") {
        Some(_) => Window::new(call),
        None => Window {
            start: 0,
            limit: 200,
        },
    };
    let page = window.page(call, &labels, |label| renderer.label(label));
    Ok(Reply::json(200, &page))
}

/// `POST content/{id}/label`
pub(super) fn add(state: &mut State, call: &Call, id: &str) -> Result<Reply, Reply> {
    writer(call)?;
    let mut content = visible(state, call, id)?.clone();
    let body = call
        .json()
        .map_err(|problem| refuse(400, &format!("Could not parse request body: {problem}")))?;
    let labels = match body {
        Value::Array(labels) => labels,
        single => vec![single],
    };
    for label in &labels {
        attach(state, &mut content, label)?;
    }
    state.contents.insert(content.id, content);
    list(state, call, id)
}

/// `DELETE content/{id}/label/{name}`
pub(super) fn remove(state: &mut State, call: &Call, id: &str, name: &str) -> Result<Reply, Reply> {
    writer(call)?;
    let number = visible(state, call, id)?.id;
    let Some(content) = state.contents.get_mut(&number) else {
        return Err(refuse(404, "No content"));
    };
    let before = content.labels.len();
    content.labels.retain(|label| label.name != name);
    if content.labels.len() == before {
        return Err(refuse(404, &format!("No label with name : {name}")));
    }
    Ok(Reply::empty(204))
}

/// Puts a label, given as `{"prefix": ..., "name": ...}`, on content.
pub(super) fn attach(state: &mut State, content: &mut Content, label: &Value) -> Result<(), Reply> {
    let part = |name: &str| label.get(name).and_then(Value::as_str);
    let name = part("name").unwrap_or_default().to_lowercase();
    let invalid = |c: char| c.is_whitespace() || "!#&()*,.:;<>?@[]^".contains(c);
    if name.is_empty() || name.contains(invalid) {
        return Err(refuse(400, &format!("Label name is invalid: {name}")));
    }
    if !content.labels.iter().any(|known| known.name == name) {
        let known = state
            .contents
            .values()
            .flat_map(|content| &content.labels)
            .find(|known| known.name == name)
            .map(|known| known.id);
        let id = known.unwrap_or_else(|| state.new_id());
        content.labels.push(Label {
            id,
            prefix: part("prefix").unwrap_or("global").to_owned(),
            name,
        });
    }
    Ok(())
}

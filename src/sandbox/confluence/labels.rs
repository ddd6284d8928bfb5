//! The labels of content.

use serde_json::Value;

use crate::sandbox::confluence::access::{editable, visible};
use crate::sandbox::confluence::content::renderer;
use crate::sandbox::confluence::paging::Window;
use crate::sandbox::confluence::refusals::{Answer, no_content, refuse};
use crate::sandbox::confluence::state::{Content, Label, State};
use crate::sandbox::exchange::{Call, Reply};

/// `GET content/{id}/label`
pub(super) fn list(state: &State, call: &Call, id: &str) -> Answer {
    let content = visible(state, call, id)?;
    let renderer = renderer(state, call);
    let prefix = call.parameter("prefix");
    let labels: Vec<&Label> = content
        .labels
        .iter()
        .filter(|label| prefix.is_none_or(|prefix| label.prefix == prefix))
        .collect();
    let page = Window::with_limit(call, 200).page(call, &labels, |label| renderer.label(label));
    Ok(Reply::json(200, &page))
}

/// `POST content/{id}/label`
pub(super) fn add(state: &mut State, call: &Call, id: &str) -> Answer {
    let mut content = editable(state, call, id)?.clone();
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

/// `DELETE content/{id}/label/{name}`, which cannot take a name with a slash
pub(super) fn remove_by_path(state: &mut State, call: &Call, id: &str, name: &str) -> Answer {
    if name.contains('/') {
        return Err(refuse(
            400,
            &format!("A label with a slash has to be given as a query parameter : {name}"),
        ));
    }
    remove(state, call, id, name)
}

/// `DELETE content/{id}/label?name={name}`
pub(super) fn remove_by_query(state: &mut State, call: &Call, id: &str) -> Answer {
    let name = call.parameter("name");
    let name = name.ok_or_else(|| refuse(400, "The query parameter 'name' is required"))?;
    remove(state, call, id, name)
}

fn remove(state: &mut State, call: &Call, id: &str, name: &str) -> Answer {
    let number = editable(state, call, id)?.id;
    let content = state
        .contents
        .get_mut(&number)
        .ok_or_else(|| no_content(id))?;
    let before = content.labels.len();
    content.labels.retain(|label| label.name != name);
    if content.labels.len() == before {
        return Err(refuse(404, &format!("No label with name : {name}")));
    }
    Ok(Reply::empty(204))
}

/// Puts a label, given as `{"prefix": ..., "name": ...}`, on content.
pub(super) fn attach(state: &mut State, content: &mut Content, label: &Value) -> Result<(), Reply> {
    let label = make(state, label)?;
    if !content.labels.iter().any(|known| known.id == label.id) {
        content.labels.push(label);
    }
    Ok(())
}

/// The label that is given as `{"prefix": ..., "name": ...}`; a new one if nothing has it yet.
pub(super) fn make(state: &mut State, label: &Value) -> Result<Label, Reply> {
    let part = |name: &str| label.get(name).and_then(Value::as_str);
    let name = part("name").unwrap_or_default().to_lowercase();
    let prefix = part("prefix").unwrap_or("global");
    let invalid = |c: char| c.is_whitespace() || "!#&()*,.:;<>?@[]^".contains(c);
    if name.is_empty() || name.contains(invalid) {
        return Err(refuse(400, &format!("Label name is invalid: {name}")));
    }
    let known = state
        .contents
        .values()
        .flat_map(|content| &content.labels)
        .find(|known| known.name == name && known.prefix == prefix)
        .map(|known| known.id);
    Ok(Label {
        id: known.unwrap_or_else(|| state.new_id()),
        prefix: prefix.to_owned(),
        name,
    })
}

#[cfg(test)]
mod tests {
    use crate::sandbox::confluence::Confluence;
    use crate::sandbox::exchange::Call;

    #[test]
    fn a_label_with_a_slash_is_deleted_only_by_the_query() {
        let confluence = Confluence::with_sample_data().unwrap();
        let path = "/rest/api/content/65604/label";
        let status = |mut call: Call, last: Option<&str>| {
            call.segments.extend(last.map(str::to_owned));
            confluence.answer(&call).status
        };
        let body = r#"[{"prefix": "global", "name": "a/b"}]"#;
        assert_eq!(status(Call::example("POST", path, body), None), 200);
        // The slash was encoded in the path, so it is part of the last segment.
        let by_path = Call::example("DELETE", path, "");
        assert_eq!(status(by_path, Some("a/b")), 400);
        let by_query = Call::example("DELETE", &format!("{path}?name=a%2Fb"), "");
        assert_eq!(status(by_query, None), 204);
    }
}

//! The spaces.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use crate::sandbox::confluence::access::{
    administrator, may_see, may_see_space, visible_space, writer,
};
use crate::sandbox::confluence::content::{expand, page, renderer};
use crate::sandbox::confluence::input::{at, id_of, object};
use crate::sandbox::confluence::paging::Window;
use crate::sandbox::confluence::refusals::{Answer, no_space, refuse};
use crate::sandbox::confluence::state::{Content, Kind, Space, State};
use crate::sandbox::confluence::tasks::{self, Task};
use crate::sandbox::exchange::{Call, Reply};
use crate::sandbox::people::Person;

/// `GET space`
pub(super) fn list(state: &State, call: &Call) -> Reply {
    let keys = call.list("spaceKey");
    let kind = call.parameter("type").unwrap_or("global");
    let status = call.parameter("status").unwrap_or("current");
    // No space has labels, is archived, or is a favourite of anyone.
    let odd = kind != "global"
        || status != "current"
        || call.parameter("label").is_some()
        || call.parameter("favourite") == Some("true");
    let found: Vec<&Space> = state
        .spaces
        .iter()
        .filter(|space| keys.is_empty() || keys.contains(&space.key))
        .filter(|space| !odd && may_see_space(call.caller, space))
        .collect();
    let expand = expand(call, &[]);
    let renderer = renderer(state, call);
    let page = Window::new(call).page(call, &found, |space| renderer.space(space, &expand));
    Reply::json(200, &page)
}

/// `GET space/{key}`
pub(super) fn get(state: &State, call: &Call, key: &str) -> Answer {
    let space = visible_space(state, call, key)?;
    Ok(answer(state, call, space, &[]))
}

/// `GET space/{key}/content`
pub(super) fn content(state: &State, call: &Call, key: &str) -> Answer {
    let space = visible_space(state, call, key)?;
    let expand = expand(call, &[]);
    let renderer = renderer(state, call);
    let list = |kind: Kind| {
        let found = contents(state, call, space, kind);
        let path = format!("{}/{}", call.path, kind.name());
        Window::new(call).page_at(call, &path, &found, |content| {
            renderer.content(content, &expand)
        })
    };
    Ok(Reply::json(
        200,
        &json!({
            "page": list(Kind::Page),
            "blogpost": list(Kind::Blog),
            "_links": {"base": call.base, "context": "/confluence"},
        }),
    ))
}

/// `GET space/{key}/content/{type}`
pub(super) fn content_by_type(state: &State, call: &Call, key: &str, kind: &str) -> Answer {
    let space = visible_space(state, call, key)?;
    let kind = Kind::named(kind)
        .filter(|kind| matches!(kind, Kind::Page | Kind::Blog))
        .ok_or_else(|| refuse(400, &format!("Unknown content type : {kind}")))?;
    Ok(page(state, call, &contents(state, call, space, kind)))
}

/// `POST space` and `POST space/_private`
pub(super) fn create(state: &mut State, call: &Call, private: bool) -> Answer {
    let caller = writer(call)?;
    let body = object(call)?;
    let key = body.get("key").and_then(Value::as_str).unwrap_or_default();
    let fits = !key.is_empty()
        && key.len() <= 255
        && key
            .chars()
            .all(|character| character.is_ascii_alphanumeric());
    if !fits {
        return Err(refuse(400, &format!("Invalid space key: {key}")));
    }
    if state.space(key).is_some() {
        return Err(refuse(
            400,
            &format!("A space already exists with key {key}"),
        ));
    }
    let name = name(&body)?.ok_or_else(|| refuse(400, "A space needs a name"))?;
    let mut home = Content::blank(Kind::Page, key, &format!("{name} Home"));
    home.commit(Some(caller), call.now, "", false);
    home.id = state.new_id();
    let space = Space {
        id: state.new_id(),
        key: key.to_owned(),
        name,
        description: description(&body).unwrap_or_default().to_owned(),
        homepage: Some(home.id),
        owner: private.then_some(caller),
        properties: Vec::new(),
        watchers: BTreeSet::new(),
    };
    state.contents.insert(home.id, home);
    state.spaces.push(space);
    state
        .audit
        .note_space(caller, call.now, "Space created", key);
    let space = visible_space(state, call, key)?;
    Ok(answer(state, call, space, &["description.plain"]))
}

/// `PUT space/{key}`
pub(super) fn update(state: &mut State, call: &Call, key: &str) -> Answer {
    let caller = space_administrator(state, call, key)?;
    let body = object(call)?;
    let mut changed = visible_space(state, call, key)?.clone();
    if let Some(name) = name(&body)? {
        changed.name = name;
    }
    if let Some(description) = description(&body) {
        description.clone_into(&mut changed.description);
    }
    if let Some(id) = at(&body, "homepage", "id") {
        let page = id_of(id).and_then(|id| state.contents.get(&id));
        let page = page
            .filter(|page| page.kind == Kind::Page && page.space == changed.key)
            .ok_or_else(|| refuse(400, "The home page is not a page of the space"))?;
        changed.homepage = Some(page.id);
    }
    let key = changed.key.clone();
    if let Some(space) = state.spaces.iter_mut().find(|space| space.key == key) {
        *space = changed;
    }
    state
        .audit
        .note_space(caller, call.now, "Space updated", &key);
    let space = visible_space(state, call, &key)?;
    Ok(answer(state, call, space, &["description.plain"]))
}

/// `DELETE space/{key}`
pub(super) fn delete(state: &mut State, call: &Call, key: &str) -> Answer {
    let caller = space_administrator(state, call, key)?;
    let key = visible_space(state, call, key)?.key.clone();
    state.contents.retain(|_, content| content.space != key);
    state
        .templates
        .retain(|template| template.space.as_ref() != Some(&key));
    state.spaces.retain(|space| space.key != key);
    state
        .audit
        .note_space(caller, call.now, "Space deleted", &key);
    let task = Task::begin(state.new_id(), "Deleting space", &key, call.now);
    let reply = tasks::submitted(&task);
    state.tasks.push(task);
    Ok(reply)
}

/// Who changes a space: whoever made it private, or an administrator.
fn space_administrator(state: &State, call: &Call, key: &str) -> Result<&'static Person, Reply> {
    let space = visible_space(state, call, key)?;
    match (space.owner, call.caller) {
        (Some(_), Some(caller)) => Ok(caller),
        (None, Some(_)) => administrator(call),
        (_, None) => Err(no_space(key)),
    }
}

fn contents<'a>(state: &'a State, call: &Call, space: &Space, kind: Kind) -> Vec<&'a Content> {
    let root = call.parameter("depth") == Some("root");
    state
        .current()
        .filter(|content| content.kind == kind && content.space == space.key)
        .filter(|content| !root || content.parent.is_none())
        .filter(|content| may_see(state, call.caller, content))
        .collect()
}

fn answer(state: &State, call: &Call, space: &Space, expanded: &[&str]) -> Reply {
    let mut whole = renderer(state, call).space(space, &expand(call, expanded));
    if let Some(links) = whole.get_mut("_links").and_then(Value::as_object_mut) {
        links.insert("collection".to_owned(), json!("/rest/api/space"));
        links.insert("base".to_owned(), json!(call.base));
        links.insert("context".to_owned(), json!("/confluence"));
    }
    Reply::json(200, &whole)
}

fn name(body: &Map<String, Value>) -> Result<Option<String>, Reply> {
    let Some(name) = body.get("name") else {
        return Ok(None);
    };
    let name = name.as_str().map(str::trim).unwrap_or_default();
    if name.is_empty() || name.chars().count() > 200 {
        return Err(refuse(
            400,
            "A space needs a name of at most 200 characters",
        ));
    }
    Ok(Some(name.to_owned()))
}

fn description(body: &Map<String, Value>) -> Option<&str> {
    at(body, "description", "plain")
        .and_then(|plain| plain.get("value"))
        .and_then(Value::as_str)
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use crate::sandbox::confluence::Confluence;
    use crate::sandbox::exchange::Call;
    use crate::sandbox::people;

    fn ask(confluence: &Confluence, method: &str, path: &str, body: &str) -> (u16, Value) {
        let reply = confluence.answer(&Call::example(method, path, body));
        let body = serde_json::from_slice(&reply.body).unwrap_or_default();
        (reply.status, body)
    }

    #[test]
    fn a_deleted_space_is_gone_and_its_task_is_done_after_two_polls() {
        let confluence = Confluence::with_sample_data().unwrap();
        let new = r#"{"key": "NEW", "name": "New & shiny"}"#;
        let (status, space) = ask(&confluence, "POST", "/rest/api/space", new);
        assert_eq!((status, &space["key"]), (200, &Value::from("NEW")));
        assert_eq!(ask(&confluence, "POST", "/rest/api/space", new).0, 400);
        let (status, task) = ask(&confluence, "DELETE", "/rest/api/space/NEW", "");
        assert_eq!(status, 202);
        assert_eq!(ask(&confluence, "GET", "/rest/api/space/NEW", "").0, 404);
        let path = task["links"]["status"].as_str().unwrap();
        assert_eq!(ask(&confluence, "GET", path, "").1["finished"], false);
        assert_eq!(ask(&confluence, "GET", path, "").1["finished"], true);
    }

    #[test]
    fn a_private_space_is_missing_for_others() {
        let confluence = Confluence::with_sample_data().unwrap();
        let new = r#"{"key": "MINE", "name": "Mine"}"#;
        assert_eq!(
            ask(&confluence, "POST", "/rest/api/space/_private", new).0,
            200
        );
        let mut call = Call::example("GET", "/rest/api/space/MINE", "");
        assert_eq!(confluence.answer(&call).status, 200);
        call.caller = people::by_login("mfenwick");
        assert_eq!(confluence.answer(&call).status, 404);
    }
}

//! Writing content: create, update, delete.

use serde_json::{Map, Value};

use crate::sandbox::confluence::content::{expand, renderer};
use crate::sandbox::confluence::labels;
use crate::sandbox::confluence::state::{self, Content, Kind, Space, State};
use crate::sandbox::confluence::{no_content, refuse, storage, visible};
use crate::sandbox::exchange::{Call, Reply, escape};
use crate::sandbox::people::Person;

/// What is expanded in the answer to a write.
const EXPANDED: &[&str] = &[
    "body.storage",
    "history",
    "space",
    "container.history",
    "container.version",
    "version",
    "ancestors",
];

/// `POST content`
pub(super) fn create(state: &mut State, call: &Call) -> Result<Reply, Reply> {
    let caller = writer(call)?;
    let body = object(call)?;
    let name = body.get("type").and_then(Value::as_str).unwrap_or_default();
    let kind = Kind::named(name)
        .ok_or_else(|| refuse(400, &format!("Could not create content with type {name}")))?;
    let storage = body_of(&body)?;
    let mut content = match kind {
        Kind::Comment => comment(state, &body)?,
        _ => page(state, &body, kind)?,
    };
    content.body = storage.unwrap_or_default();
    content.commit(Some(caller), call.now, "", false);
    content.id = state.new_id();
    for label in at(&body, "metadata", "labels")
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
    {
        labels::attach(state, &mut content, label)?;
    }
    let id = content.id;
    state.contents.insert(id, content);
    answer(state, call, id)
}

/// `PUT content/{id}`
pub(super) fn update(state: &mut State, call: &Call, id: &str) -> Result<Reply, Reply> {
    let caller = writer(call)?;
    let body = object(call)?;
    // The status in the query tells which state the content has now; an update may name trashed
    // content by itself, in order to restore it.
    let mut content = id
        .parse()
        .ok()
        .and_then(|number: u64| state.contents.get(&number))
        .cloned()
        .ok_or_else(|| no_content(id))?;
    let restores = body.get("status").and_then(Value::as_str) == Some("current");
    if content.trashed && !restores {
        return Err(no_content(id));
    }
    let Some(version) = body
        .get("version")
        .and_then(|version| version.get("number"))
    else {
        return Err(refuse(
            400,
            "Must supply an incremented version when updating Content. No version supplied.",
        ));
    };
    let current = content.version();
    if version.as_u64() != u64::try_from(current + 1).ok() {
        return Err(refuse(
            409,
            &format!("Version must be incremented on update. Current version is: {current}"),
        ));
    }
    let kind = body.get("type").and_then(Value::as_str);
    if kind != Some(content.kind.name()) {
        return Err(refuse(
            400,
            &format!(
                "Cannot change content type from {} to {}",
                content.kind.name(),
                kind.unwrap_or("null")
            ),
        ));
    }
    if content.kind != Kind::Comment {
        let title = title(&body)?;
        check_title(state, content.space, content.kind, &title, Some(content.id))?;
        content.title = title;
    }
    if let Some(storage) = body_of(&body)? {
        content.body = storage;
    }
    if let Some(parent) = parent(state, &body, content.space)? {
        let below_itself = parent == content.id
            || state.contents.get(&parent).is_some_and(|parent| {
                state
                    .ancestors(parent)
                    .iter()
                    .any(|above| above.id == content.id)
            });
        if below_itself {
            return Err(refuse(
                400,
                "You can not move a page to be under itself or its children",
            ));
        }
        content.parent = Some(parent);
    }
    content.trashed = false;
    let message = at(&body, "version", "message").and_then(Value::as_str);
    let minor = at(&body, "version", "minorEdit").and_then(Value::as_bool);
    content.commit(
        Some(caller),
        call.now,
        message.unwrap_or_default(),
        minor.unwrap_or(false),
    );
    let id = content.id;
    state.contents.insert(id, content);
    answer(state, call, id)
}

/// `DELETE content/{id}`
pub(super) fn delete(state: &mut State, call: &Call, id: &str) -> Result<Reply, Reply> {
    let content = visible(state, call, id)?;
    let (number, parent, kind) = (content.id, content.parent, content.kind);
    if call.parameter("status") == Some("trashed") || kind == Kind::Comment {
        state.contents.remove(&number);
    } else if let Some(content) = state.contents.get_mut(&number) {
        content.trashed = true;
    }
    // The pages below move up, as they do on a real server.
    for child in state.contents.values_mut() {
        if child.kind == Kind::Page && child.parent == Some(number) {
            child.parent = parent;
        }
    }
    Ok(Reply::empty(204))
}

/// The JSON object in the body.
fn object(call: &Call) -> Result<Map<String, Value>, Reply> {
    match call.json() {
        Ok(Value::Object(map)) => Ok(map),
        Ok(_) => Err(refuse(
            400,
            "Could not parse request body: an object was expected",
        )),
        Err(problem) => Err(refuse(
            400,
            &format!("Could not parse request body: {problem}"),
        )),
    }
}

/// Who writes; nobody may write anonymously.
pub(super) fn writer(call: &Call) -> Result<&'static Person, Reply> {
    call.caller.ok_or_else(|| {
        refuse(
            403,
            "Could not create content: user is not permitted to use Confluence",
        )
    })
}

fn answer(state: &State, call: &Call, id: u64) -> Result<Reply, Reply> {
    let content = state
        .contents
        .get(&id)
        .ok_or_else(|| no_content(&id.to_string()))?;
    let whole = renderer(state, call).whole(content, &expand(call, EXPANDED));
    Ok(Reply::json(200, &whole))
}

fn page(state: &State, body: &Map<String, Value>, kind: Kind) -> Result<Content, Reply> {
    let title = title(body)?;
    let key = body.get("space").and_then(|space| space.get("key"));
    let key = key.and_then(Value::as_str);
    let parent_id = first_ancestor(body)?;
    let space = match (key, parent_id.and_then(|id| state.contents.get(&id))) {
        (Some(key), _) => {
            state::space(key).ok_or_else(|| refuse(404, &format!("No space with key : {key}")))?
        }
        (None, Some(parent)) => parent.space,
        (None, None) => return Err(refuse(400, "A space is required to create content")),
    };
    check_title(state, space, kind, &title, None)?;
    let parent = match kind {
        // A page without a parent goes below the page that opens the space.
        Kind::Page => parent(state, body, space)?.or(Some(space.homepage)),
        _ => None,
    };
    Ok(blank(kind, space, title, parent, None))
}

fn comment(state: &State, body: &Map<String, Value>) -> Result<Content, Reply> {
    let container = body
        .get("container")
        .and_then(|container| container.get("id"))
        .and_then(id_of)
        .ok_or_else(|| refuse(400, "A comment needs a container"))?;
    let page = state
        .contents
        .get(&container)
        .filter(|page| !page.trashed && page.kind != Kind::Comment)
        .ok_or_else(|| no_content(&container.to_string()))?;
    let answers = first_ancestor(body)?;
    let title = format!("Re: {}", page.title);
    Ok(blank(
        Kind::Comment,
        page.space,
        title,
        answers,
        Some(container),
    ))
}

fn blank(
    kind: Kind,
    space: &'static Space,
    title: String,
    parent: Option<u64>,
    container: Option<u64>,
) -> Content {
    Content {
        id: 0,
        kind,
        trashed: false,
        space,
        title,
        body: String::new(),
        parent,
        container,
        labels: Vec::new(),
        versions: Vec::new(),
    }
}

fn title(body: &Map<String, Value>) -> Result<String, Reply> {
    let title = body
        .get("title")
        .and_then(Value::as_str)
        .unwrap_or_default()
        .trim();
    if title.is_empty() {
        return Err(refuse(400, "A title is required"));
    }
    if title.chars().count() > 255 {
        return Err(refuse(400, "Title cannot be longer than 255 characters."));
    }
    Ok(title.to_owned())
}

fn check_title(
    state: &State,
    space: &Space,
    kind: Kind,
    title: &str,
    own: Option<u64>,
) -> Result<(), Reply> {
    match state.titled(space, kind, title) {
        Some(other) if Some(other.id) != own => Err(refuse(
            400,
            &format!(
                "A page with this title already exists: A page already exists with the title \
                 {title} in the space with key {}",
                space.key
            ),
        )),
        _ => Ok(()),
    }
}

/// The page that `ancestors` names, if it is in the space; the last one is the nearest.
fn parent(state: &State, body: &Map<String, Value>, space: &Space) -> Result<Option<u64>, Reply> {
    let Some(id) = first_ancestor(body)? else {
        return Ok(None);
    };
    let parent = state.contents.get(&id).filter(|parent| {
        parent.kind == Kind::Page && !parent.trashed && parent.space.key == space.key
    });
    match parent {
        Some(parent) => Ok(Some(parent.id)),
        None => Err(refuse(
            400,
            &format!(
                "The parent ID specified does not exist or you do not have permission to view it : {id}"
            ),
        )),
    }
}

fn first_ancestor(body: &Map<String, Value>) -> Result<Option<u64>, Reply> {
    let last = body
        .get("ancestors")
        .and_then(Value::as_array)
        .and_then(|ancestors| ancestors.last());
    match last {
        Some(ancestor) => ancestor
            .get("id")
            .and_then(id_of)
            .map(Some)
            .ok_or_else(|| refuse(400, "An ancestor needs an id")),
        None => Ok(None),
    }
}

/// A value two levels down.
fn at<'a>(body: &'a Map<String, Value>, outer: &str, inner: &str) -> Option<&'a Value> {
    body.get(outer).and_then(|value| value.get(inner))
}

fn id_of(value: &Value) -> Option<u64> {
    value
        .as_u64()
        .or_else(|| value.as_str().and_then(|text| text.parse().ok()))
}

/// The new body in storage format; nothing if none was sent.
fn body_of(body: &Map<String, Value>) -> Result<Option<String>, Reply> {
    let Some(bodies) = body.get("body").and_then(Value::as_object) else {
        return Ok(None);
    };
    let value = |name: &str| {
        let part = bodies.get(name).and_then(|part| part.get("value"));
        part.and_then(Value::as_str)
    };
    if let Some(text) = value("storage").or(value("editor")) {
        storage::read(text).map_err(|problem| refuse(400, &problem))?;
        return Ok(Some(text.to_owned()));
    }
    Ok(value("wiki").map(|wiki| format!("<p>{}</p>", escape(wiki))))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::sandbox::confluence::Confluence;

    fn ask(confluence: &Confluence, method: &str, target: &str, body: &Value) -> (u16, Value) {
        let reply = confluence.answer(&Call::example(method, target, &body.to_string()));
        let body = serde_json::from_slice(&reply.body).unwrap_or(Value::Null);
        (reply.status, body)
    }

    #[test]
    fn an_update_has_to_name_the_next_version() {
        let confluence = Confluence::with_sample_data().unwrap();
        let target = "/rest/api/content/65602";
        let update =
            |number: u64| json!({"type": "page", "title": "Start", "version": {"number": number}});
        let (status, body) = ask(&confluence, "PUT", target, &update(3));
        assert_eq!((status, &body["statusCode"]), (409, &json!(409)));
        let message = body["message"].as_str().unwrap();
        assert!(message.ends_with("Version must be incremented on update. Current version is: 3"));
        let (status, body) = ask(&confluence, "PUT", target, &update(4));
        assert_eq!((status, &body["version"]["number"]), (200, &json!(4)));
        let old = "/rest/api/content/65602?status=historical&version=3";
        let (_, body) = ask(&confluence, "GET", old, &Value::Null);
        assert_eq!(body["title"], "How to begin");
    }

    #[test]
    fn a_taken_title_and_a_broken_body_are_refused() {
        let confluence = Confluence::with_sample_data().unwrap();
        let page = |title: &str, body: &str| {
            json!({
                "type": "page",
                "title": title,
                "space": {"key": "DEMO"},
                "body": {"storage": {"value": body, "representation": "storage"}},
            })
        };
        for (title, body, problem) in [
            (
                "Glossary",
                "<p/>",
                "A page with this title already exists: ",
            ),
            ("New", "<p>a", "Error parsing xhtml: "),
        ] {
            let (status, body) = ask(&confluence, "POST", "/rest/api/content", &page(title, body));
            assert_eq!(status, 400);
            assert!(body["message"].as_str().unwrap().contains(problem));
        }
    }
}

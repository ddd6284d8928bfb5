//! Writing content: create, update, delete, publish.

use serde_json::{Map, Value};

use crate::sandbox::confluence::access::{
    check_edit, editable, may_see, visible, visible_space, writer,
};
use crate::sandbox::confluence::content::{expand, renderer};
use crate::sandbox::confluence::input::{at, body_of, first_ancestor, id_of, object, title};
use crate::sandbox::confluence::labels;
use crate::sandbox::confluence::refusals::{Answer, no_content, refuse};
use crate::sandbox::confluence::state::{Content, Kind, State, Status};
use crate::sandbox::exchange::{Call, Reply};

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
pub(super) fn create(state: &mut State, call: &Call) -> Answer {
    let caller = writer(call)?;
    let body = object(call)?;
    let name = body.get("type").and_then(Value::as_str).unwrap_or_default();
    let kind = Kind::named(name)
        .filter(|kind| *kind != Kind::Attachment)
        .ok_or_else(|| refuse(400, &format!("Could not create content with type {name}")))?;
    let storage = body_of(&body)?;
    let mut content = match kind {
        Kind::Comment => comment(state, call, &body)?,
        _ => page(state, call, &body, kind)?,
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
pub(super) fn update(state: &mut State, call: &Call, id: &str) -> Answer {
    let caller = writer(call)?;
    let body = object(call)?;
    // The status in the query tells which state the content has now; an update may name trashed
    // content by itself, in order to restore it.
    let mut content = state
        .content(id)
        .filter(|content| may_see(state, call.caller, content))
        .cloned()
        .ok_or_else(|| no_content(id))?;
    let becomes_current = body.get("status").and_then(Value::as_str) == Some("current");
    if content.status == Status::Trashed && !becomes_current {
        return Err(no_content(id));
    }
    check_edit(state, call, &content)?;
    let Some(version) = at(&body, "version", "number") else {
        return Err(refuse(
            400,
            "Must supply an incremented version when updating Content. No version supplied.",
        ));
    };
    // A draft has no versions yet: it stays at its first one until it is published.
    let draft = content.status == Status::Draft;
    let current = if draft { 0 } else { content.version() };
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
    change(state, call, &mut content, &body)?;
    if draft {
        content.versions.clear();
    }
    if !draft || becomes_current {
        content.status = Status::Current;
    }
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

/// `POST` and `PUT content/blueprint/instance/{draftId}`
pub(super) fn publish(state: &mut State, call: &Call, id: &str) -> Answer {
    let caller = writer(call)?;
    let body = object(call)?;
    let mut content = state
        .content(id)
        .filter(|content| content.status == Status::Draft)
        .filter(|content| may_see(state, call.caller, content))
        .cloned()
        .ok_or_else(|| no_content(id))?;
    change(state, call, &mut content, &body)?;
    content.status = Status::Current;
    content.versions.clear();
    content.commit(Some(caller), call.now, "", false);
    let id = content.id;
    state.contents.insert(id, content);
    answer(state, call, id)
}

/// `DELETE content/{id}`
pub(super) fn delete(state: &mut State, call: &Call, id: &str) -> Answer {
    let content = editable(state, call, id)?;
    let (number, parent, kind) = (content.id, content.parent, content.kind);
    // Only what lies in the trash, or has none, goes for good.
    let purge = content.status != Status::Current || kind == Kind::Comment;
    if purge {
        state
            .contents
            .retain(|id, content| *id != number && content.container != Some(number));
        for space in &mut state.spaces {
            space.homepage = space.homepage.filter(|home| *home != number);
        }
    } else if let Some(content) = state.contents.get_mut(&number) {
        content.status = Status::Trashed;
    }
    // What is below moves up, as it does on a real server.
    for child in state.contents.values_mut() {
        if child.kind == kind && child.parent == Some(number) {
            child.parent = parent;
        }
    }
    Ok(Reply::empty(204))
}

/// Takes title, body and place from the body of an update.
fn change(
    state: &State,
    call: &Call,
    content: &mut Content,
    body: &Map<String, Value>,
) -> Result<(), Reply> {
    if content.kind != Kind::Comment {
        let title = title(body)?;
        check_title(
            state,
            &content.space,
            content.kind,
            &title,
            Some(content.id),
        )?;
        content.title = title;
    }
    if let Some(storage) = body_of(body)? {
        content.body = storage;
    }
    if let (Kind::Page, Some(parent)) = (content.kind, parent(state, call, body, &content.space)?) {
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
    Ok(())
}

fn answer(state: &State, call: &Call, id: u64) -> Answer {
    let content = state
        .contents
        .get(&id)
        .ok_or_else(|| no_content(&id.to_string()))?;
    let whole = renderer(state, call).whole(content, &expand(call, EXPANDED));
    Ok(Reply::json(200, &whole))
}

fn page(
    state: &State,
    call: &Call,
    body: &Map<String, Value>,
    kind: Kind,
) -> Result<Content, Reply> {
    let status = body.get("status").and_then(Value::as_str);
    let status = match status.or(call.parameter("status")).unwrap_or("current") {
        "current" => Status::Current,
        "draft" => Status::Draft,
        other => return Err(refuse(400, &format!("Unknown status : {other}"))),
    };
    let title = match body.get("title") {
        // A draft may get its title later.
        None if status == Status::Draft => String::new(),
        _ => title(body)?,
    };
    let key = at(body, "space", "key").and_then(Value::as_str);
    let above = first_ancestor(body)?.and_then(|id| state.contents.get(&id));
    let space = match (key, above) {
        (Some(key), _) => visible_space(state, call, key)?,
        (None, Some(parent)) => visible_space(state, call, &parent.space)?,
        (None, None) => return Err(refuse(400, "A space is required to create content")),
    };
    if status == Status::Current {
        check_title(state, &space.key, kind, &title, None)?;
    }
    let mut content = Content::blank(kind, &space.key, &title);
    content.status = status;
    if kind == Kind::Page {
        // A page without a parent goes below the page that opens the space.
        let home = space.homepage.and_then(|id| state.contents.get(&id));
        let home = home.filter(|home| home.status == Status::Current);
        let parent = parent(state, call, body, &space.key)?;
        content.parent = parent.or(home.map(|home| home.id));
    }
    Ok(content)
}

fn comment(state: &State, call: &Call, body: &Map<String, Value>) -> Result<Content, Reply> {
    let container = at(body, "container", "id")
        .and_then(id_of)
        .ok_or_else(|| refuse(400, "A comment needs a container"))?;
    let page = state
        .contents
        .get(&container)
        .filter(|page| page.kind != Kind::Comment)
        .ok_or_else(|| no_content(&container.to_string()))?;
    let page = visible(state, call, &page.public_id())?;
    let answers = first_ancestor(body)?;
    if let Some(id) = answers {
        let known = state.contents.get(&id);
        known
            .filter(|comment| comment.kind == Kind::Comment && comment.container == Some(page.id))
            .ok_or_else(|| refuse(400, &format!("The parent comment does not exist : {id}")))?;
    }
    let mut comment = Content::blank(Kind::Comment, &page.space, &format!("Re: {}", page.title));
    comment.parent = answers;
    comment.container = Some(container);
    comment.inline = at(body, "extensions", "location").and_then(Value::as_str) == Some("inline");
    Ok(comment)
}

fn check_title(
    state: &State,
    space: &str,
    kind: Kind,
    title: &str,
    own: Option<u64>,
) -> Result<(), Reply> {
    match state.titled(space, kind, title) {
        Some(other) if Some(other.id) != own => Err(refuse(
            400,
            &format!(
                "A page with this title already exists: A page already exists with the title \
                 {title} in the space with key {space}"
            ),
        )),
        _ => Ok(()),
    }
}

/// The page that `ancestors` names, if it is in the space.
fn parent(
    state: &State,
    call: &Call,
    body: &Map<String, Value>,
    space: &str,
) -> Result<Option<u64>, Reply> {
    let Some(id) = first_ancestor(body)? else {
        return Ok(None);
    };
    let parent = state.contents.get(&id).filter(|parent| {
        parent.kind == Kind::Page
            && parent.status == Status::Current
            && parent.space == space
            && may_see(state, call.caller, parent)
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

    #[test]
    fn a_draft_is_for_its_author_until_it_is_published() {
        let confluence = Confluence::with_sample_data().unwrap();
        let drafts = "/rest/api/content?status=draft&spaceKey=DEMO";
        let (_, list) = ask(&confluence, "GET", drafts, &Value::Null);
        let id = list["results"][0]["id"].as_str().unwrap();
        let current = format!("/rest/api/content/{id}");
        assert_eq!(ask(&confluence, "GET", &current, &Value::Null).0, 404);
        let target = format!("/rest/api/content/blueprint/instance/{id}");
        let page = json!({"type": "page", "title": "Minutes", "version": {"number": 1}});
        assert_eq!(ask(&confluence, "PUT", &target, &page).0, 200);
        let (status, page) = ask(&confluence, "GET", &current, &Value::Null);
        assert_eq!((status, &page["version"]["number"]), (200, &json!(1)));
    }
}

//! Restrictions: who alone may read or edit content.

use serde_json::{Map, Value, json};

use crate::sandbox::confluence::access::{editable, visible};
use crate::sandbox::confluence::content::renderer;
use crate::sandbox::confluence::groups;
use crate::sandbox::confluence::paging::Window;
use crate::sandbox::confluence::refusals::{Answer, refuse};
use crate::sandbox::confluence::state::{Content, Restrictions, State, Subjects};
use crate::sandbox::exchange::{Call, Reply};
use crate::sandbox::people;

/// `GET /rest/api/content/{id}/restriction/byOperation`
pub(super) fn by_operation(state: &State, call: &Call, id: &str) -> Answer {
    let content = visible(state, call, id)?;
    let renderer = renderer(state, call);
    let mut operations = Map::new();
    for name in ["read", "update"] {
        let entry = renderer.restriction(content, name, subjects(content, name), whole());
        operations.insert(name.to_owned(), entry);
    }
    operations.insert("_links".to_owned(), links(call, &call.path));
    Ok(Reply::json(200, &Value::Object(operations)))
}

/// `GET /rest/api/content/{id}/restriction/byOperation/{operation}`
pub(super) fn one(state: &State, call: &Call, id: &str, operation: &str) -> Answer {
    let content = visible(state, call, id)?;
    if operation != "read" && operation != "update" {
        return Err(refuse(400, &format!("Unknown operation : {operation}")));
    }
    let window = Window::with_limit(call, 100);
    let found = subjects(content, operation);
    let mut entry = renderer(state, call).restriction(content, operation, found, window);
    if let Some(map) = entry.as_object_mut() {
        map.insert("_links".to_owned(), links(call, &call.path));
    }
    Ok(Reply::json(200, &entry))
}

/// `GET /rest/experimental/content/{id}/restriction`, which tells of no restriction there is
pub(super) fn empty(state: &State, call: &Call, id: &str) -> Answer {
    let content = visible(state, call, id)?;
    Ok(page(state, call, content, &Restrictions::default()))
}

/// `PUT` and `POST /rest/experimental/content/{id}/restriction`
pub(super) fn set(state: &mut State, call: &Call, id: &str, replace: bool) -> Answer {
    let mut content = editable(state, call, id)?.clone();
    let body = call
        .json()
        .map_err(|problem| refuse(400, &format!("Could not parse request body: {problem}")))?;
    let Value::Array(entries) = body else {
        return Err(refuse(
            400,
            "Could not parse request body: an array was expected",
        ));
    };
    if replace {
        content.restrictions = Restrictions::default();
    }
    for entry in &entries {
        let operation = entry.get("operation").and_then(Value::as_str);
        let subjects = match operation {
            Some("read") => &mut content.restrictions.read,
            Some("update") => &mut content.restrictions.update,
            other => {
                let other = other.unwrap_or("null");
                return Err(refuse(400, &format!("Unknown operation : {other}")));
            }
        };
        add(subjects, entry)?;
    }
    let page = page(state, call, &content, &content.restrictions);
    state.contents.insert(content.id, content);
    Ok(page)
}

/// `DELETE /rest/experimental/content/{id}/restriction`
pub(super) fn clear(state: &mut State, call: &Call, id: &str) -> Answer {
    let number = editable(state, call, id)?.id;
    if let Some(content) = state.contents.get_mut(&number) {
        content.restrictions = Restrictions::default();
    }
    Ok(Reply::empty(204))
}

/// Adds the users and groups of an entry; users have to be named by their key.
fn add(subjects: &mut Subjects, entry: &Value) -> Result<(), Reply> {
    let named = |kind: &str| {
        let list = entry.pointer(&format!("/restrictions/{kind}"));
        list.and_then(Value::as_array).into_iter().flatten()
    };
    for user in named("user") {
        let key = user.get("userKey").and_then(Value::as_str);
        let key = key.ok_or_else(|| refuse(400, "A user needs a userKey"))?;
        let person = people::PEOPLE
            .iter()
            .find(|person| person.confluence_key == key)
            .ok_or_else(|| refuse(400, &format!("No user found with key : {key}")))?;
        if !subjects.users.iter().any(|user| user.login == person.login) {
            subjects.users.push(person);
        }
    }
    for group in named("group") {
        let name = group
            .get("name")
            .and_then(Value::as_str)
            .unwrap_or_default();
        if !groups::exists(name) {
            return Err(refuse(400, &format!("No group with name : {name}")));
        }
        if !subjects.groups.iter().any(|group| group == name) {
            subjects.groups.push(name.to_owned());
        }
    }
    Ok(())
}

fn subjects<'a>(content: &'a Content, operation: &str) -> &'a Subjects {
    match operation {
        "read" => &content.restrictions.read,
        _ => &content.restrictions.update,
    }
}

fn whole() -> Window {
    Window {
        start: 0,
        limit: 100,
    }
}

fn page(state: &State, call: &Call, content: &Content, restrictions: &Restrictions) -> Reply {
    let all = [
        ("read", &restrictions.read),
        ("update", &restrictions.update),
    ];
    let renderer = renderer(state, call);
    let page = Window::with_limit(call, 100).page(call, &all, |(name, subjects)| {
        renderer.restriction(content, name, subjects, whole())
    });
    Reply::json(200, &page)
}

fn links(call: &Call, path: &str) -> Value {
    json!({
        "self": format!("{}{path}", call.base),
        "base": call.base,
        "context": "/confluence",
    })
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use crate::sandbox::confluence::Confluence;
    use crate::sandbox::exchange::Call;
    use crate::sandbox::people;

    #[test]
    fn a_page_that_is_kept_from_somebody_is_missing_for_them_with_all_below() {
        let confluence = Confluence::with_sample_data().unwrap();
        let write = "/rest/experimental/content/65603/restriction";
        let owner = people::by_login("mfenwick").unwrap();
        let body = json!([{
            "operation": "read",
            "restrictions": {"user": [{"userKey": owner.confluence_key}], "group": []},
        }]);
        let ask = |method: &str, path: &str, body: &str, login: &str| {
            let mut call = Call::example(method, path, body);
            call.caller = people::by_login(login);
            let reply = confluence.answer(&call);
            let body: Value = serde_json::from_slice(&reply.body).unwrap_or_default();
            (reply.status, body)
        };
        assert_eq!(ask("PUT", write, &body.to_string(), "mfenwick").0, 200);
        for page in ["65603", "65604"] {
            let path = format!("/rest/api/content/{page}");
            assert_eq!(ask("GET", &path, "", "mfenwick").0, 200);
            assert_eq!(ask("GET", &path, "", "tsakurai").0, 404);
        }
        let read = "/rest/api/content/65603/restriction/byOperation";
        let (_, entries) = ask("GET", read, "", "mfenwick");
        assert_eq!(entries["read"]["restrictions"]["user"]["size"], 1);
        // The path that takes restrictions does not tell them, as on a real server.
        let (_, entries) = ask("GET", write, "", "mfenwick");
        assert_eq!(entries["results"][0]["restrictions"]["user"]["size"], 0);
    }
}

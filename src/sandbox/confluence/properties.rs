//! Properties: JSON values that programs keep with content or a space.

use serde_json::{Map, Value, json};

use crate::sandbox::confluence::access::{check_edit, visible, visible_space, writer};
use crate::sandbox::confluence::content::{expand, renderer};
use crate::sandbox::confluence::expand::{Expand, Parts};
use crate::sandbox::confluence::input::{at, object};
use crate::sandbox::confluence::paging::Window;
use crate::sandbox::confluence::refusals::{Answer, refuse};
use crate::sandbox::confluence::render::time;
use crate::sandbox::confluence::state::{Property, State};
use crate::sandbox::exchange::{Call, Reply};

/// How many characters of JSON a value may have.
const MAXIMUM_VALUE: usize = 32_768;

/// What properties belong to.
#[derive(Clone, Copy)]
pub(super) enum Owner<'a> {
    /// Content with an id.
    Content(&'a str),
    /// A space with a key.
    Space(&'a str),
}

impl Owner<'_> {
    fn properties<'s>(self, state: &'s State, call: &Call) -> Result<&'s Vec<Property>, Reply> {
        match self {
            Owner::Content(id) => Ok(&visible(state, call, id)?.properties),
            Owner::Space(key) => Ok(&visible_space(state, call, key)?.properties),
        }
    }

    /// The properties for a change, if the caller may make it.
    fn writable<'s>(
        self,
        state: &'s mut State,
        call: &Call,
    ) -> Result<&'s mut Vec<Property>, Reply> {
        let missing = || refuse(404, "The owner of the property is gone");
        match self {
            Owner::Content(id) => {
                let content = visible(state, call, id)?;
                check_edit(state, call, content)?;
                let number = content.id;
                let content = state.contents.get_mut(&number).ok_or_else(missing)?;
                Ok(&mut content.properties)
            }
            Owner::Space(key) => {
                writer(call)?;
                let id = visible_space(state, call, key)?.id;
                let mut spaces = state.spaces.iter_mut();
                let space = spaces.find(|space| space.id == id).ok_or_else(missing)?;
                Ok(&mut space.properties)
            }
        }
    }

    fn path(self) -> String {
        match self {
            Owner::Content(id) => format!("/rest/api/content/{id}"),
            Owner::Space(key) => format!("/rest/api/space/{key}"),
        }
    }

    fn render(self, state: &State, call: &Call, property: &Property, expand: &Expand) -> Value {
        let path = self.path();
        let link = format!("{}{path}/property/{}", call.base, property.key);
        let mut parts = Parts::new(
            expand,
            json!({
                "id": property.id.to_string(),
                "key": property.key,
                "value": property.value,
                "_links": {"self": link},
            }),
        );
        parts.part("version", String::new(), |_| {
            json!({
                "when": time(Some(property.when)),
                "message": property.message,
                "number": property.number,
                "minorEdit": property.minor,
                "hidden": false,
            })
        });
        let renderer = renderer(state, call);
        match self {
            Owner::Content(id) => parts.part("content", path, |inside| {
                let content = state.content(id);
                content.map_or(Value::Null, |content| renderer.content(content, inside))
            }),
            Owner::Space(key) => parts.part("space", path, |inside| {
                let space = state.space(key);
                space.map_or(Value::Null, |space| renderer.space(space, inside))
            }),
        }
        parts.finish()
    }

    fn answer(self, state: &State, call: &Call, key: &str) -> Answer {
        let properties = self.properties(state, call)?;
        let property = properties
            .iter()
            .find(|property| property.key == key)
            .ok_or_else(|| no_property(key))?;
        let mut whole = self.render(state, call, property, &expand(call, &["version"]));
        if let Some(links) = whole.get_mut("_links").and_then(Value::as_object_mut) {
            links.insert("base".to_owned(), json!(call.base));
            links.insert("context".to_owned(), json!("/confluence"));
        }
        Ok(Reply::json(200, &whole))
    }
}

/// `GET .../property`
pub(super) fn list(state: &State, call: &Call, owner: Owner<'_>) -> Answer {
    let properties = owner.properties(state, call)?;
    let expand = expand(call, &["version"]);
    let page = Window::with_limit(call, 10).page(call, properties, |property| {
        owner.render(state, call, property, &expand)
    });
    Ok(Reply::json(200, &page))
}

/// `GET .../property/{key}`
pub(super) fn get(state: &State, call: &Call, owner: Owner<'_>, key: &str) -> Answer {
    owner.answer(state, call, key)
}

/// `POST .../property` and `POST .../property/{key}`
pub(super) fn create(
    state: &mut State,
    call: &Call,
    owner: Owner<'_>,
    key_in_path: Option<&str>,
) -> Answer {
    let body = object(call)?;
    let key = key_of(&body, key_in_path)?;
    let value = value_of(&body)?;
    // The id is taken before, since the owner is borrowed until the property is in.
    let id = state.last_id + 1;
    let properties = owner.writable(state, call)?;
    if properties.iter().any(|property| property.key == key) {
        let status = if key_in_path.is_some() { 409 } else { 400 };
        return Err(refuse(
            status,
            &format!("A property with the key already exists : {key}"),
        ));
    }
    properties.push(property(id, &key, value, 1, &body, call));
    state.last_id = id;
    owner.answer(state, call, &key)
}

/// `PUT .../property/{key}`
pub(super) fn update(state: &mut State, call: &Call, owner: Owner<'_>, key: &str) -> Answer {
    let body = object(call)?;
    let key = key_of(&body, Some(key))?;
    let value = value_of(&body)?;
    let number = at(&body, "version", "number")
        .and_then(Value::as_u64)
        .ok_or_else(|| refuse(400, "A version is required to update a property"))?;
    let id = state.last_id + 1;
    let properties = owner.writable(state, call)?;
    let known = properties.iter_mut().find(|property| property.key == key);
    let current = known.as_ref().map_or(0, |property| property.number);
    if number != current + 1 {
        return Err(refuse(
            409,
            &format!("Version must be incremented on update. Current version is: {current}"),
        ));
    }
    match known {
        Some(known) => *known = property(known.id, &key, value, number, &body, call),
        // The first version of a property may be made by an update.
        None => {
            properties.push(property(id, &key, value, number, &body, call));
            state.last_id = id;
        }
    }
    owner.answer(state, call, &key)
}

/// `DELETE .../property/{key}`
pub(super) fn delete(state: &mut State, call: &Call, owner: Owner<'_>, key: &str) -> Answer {
    let properties = owner.writable(state, call)?;
    let before = properties.len();
    properties.retain(|property| property.key != key);
    if properties.len() == before {
        return Err(no_property(key));
    }
    Ok(Reply::empty(204))
}

fn no_property(key: &str) -> Reply {
    refuse(404, &format!("No property found with key : {key}"))
}

fn key_of(body: &Map<String, Value>, in_path: Option<&str>) -> Result<String, Reply> {
    let key = match (body.get("key").and_then(Value::as_str), in_path) {
        (Some(key), Some(path)) if key != path => {
            return Err(refuse(
                400,
                &format!("The key in the body is not the one in the path : {key}"),
            ));
        }
        (key, path) => path.or(key).unwrap_or_default(),
    };
    if key.is_empty() || key.chars().count() > 255 {
        return Err(refuse(
            400,
            "A property key of at most 255 characters is required",
        ));
    }
    Ok(key.to_owned())
}

fn value_of(body: &Map<String, Value>) -> Result<Value, Reply> {
    let value = body
        .get("value")
        .filter(|value| !value.is_null())
        .ok_or_else(|| refuse(400, "A value is required for a property"))?;
    if value.to_string().len() > MAXIMUM_VALUE {
        return Err(refuse(
            413,
            &format!("The value is longer than {MAXIMUM_VALUE} characters"),
        ));
    }
    Ok(value.clone())
}

fn property(
    id: u64,
    key: &str,
    value: Value,
    number: u64,
    body: &Map<String, Value>,
    call: &Call,
) -> Property {
    let message = at(body, "version", "message").and_then(Value::as_str);
    let minor = at(body, "version", "minorEdit").and_then(Value::as_bool);
    Property {
        id,
        key: key.to_owned(),
        value,
        number,
        when: call.now,
        message: message.unwrap_or_default().to_owned(),
        minor: minor.unwrap_or(false),
    }
}

#[cfg(test)]
mod tests {
    use crate::sandbox::confluence::Confluence;
    use crate::sandbox::exchange::Call;

    #[test]
    fn a_property_is_changed_only_with_the_next_number() {
        let confluence = Confluence::with_sample_data().unwrap();
        let path = "/rest/api/content/65604/property";
        let one = format!("{path}/state");
        let status = |method: &str, path: &str, body: &str| {
            confluence.answer(&Call::example(method, path, body)).status
        };
        assert_eq!(status("GET", &one, ""), 404);
        assert_eq!(status("POST", path, r#"{"key": "state"}"#), 400);
        assert_eq!(status("POST", path, r#"{"key": "state", "value": 1}"#), 200);
        assert_eq!(status("POST", path, r#"{"key": "state", "value": 1}"#), 400);
        let update = |number: u64| format!(r#"{{"value": 2, "version": {{"number": {number}}}}}"#);
        assert_eq!(status("PUT", &one, &update(1)), 409);
        assert_eq!(status("PUT", &one, &update(2)), 200);
        assert_eq!(status("PUT", &format!("{path}/new"), &update(1)), 200);
        let long = format!(r#"{{"key": "long", "value": "{}"}}"#, "x".repeat(40_000));
        assert_eq!(status("POST", path, &long), 413);
        assert_eq!(status("DELETE", &one, ""), 204);
        assert_eq!(status("GET", &one, ""), 404);
    }
}

//! Who watches content and spaces.

use serde_json::json;

use crate::sandbox::confluence::access::{administrator, named_user, visible, visible_space};
use crate::sandbox::confluence::refusals::{Answer, refuse};
use crate::sandbox::confluence::state::State;
use crate::sandbox::exchange::{Call, Reply};
use crate::sandbox::people::Person;

/// `GET user/watch/content/{id}`
pub(super) fn content(state: &State, call: &Call, id: &str) -> Answer {
    let person = watcher(call)?;
    let content = visible(state, call, id)?;
    Ok(answer(content.watchers.contains(person.login)))
}

/// `POST` and `DELETE user/watch/content/{id}`
pub(super) fn set_content(state: &mut State, call: &Call, id: &str, watch: bool) -> Answer {
    let person = watcher(call)?;
    let number = visible(state, call, id)?.id;
    if let Some(content) = state.contents.get_mut(&number) {
        if watch {
            content.watchers.insert(person.login);
        } else {
            content.watchers.remove(person.login);
        }
    }
    Ok(Reply::empty(204))
}

/// `GET user/watch/space/{key}`
pub(super) fn space(state: &State, call: &Call, key: &str) -> Answer {
    let person = watcher(call)?;
    let space = visible_space(state, call, key)?;
    Ok(answer(space.watchers.contains(&entry(call, person))))
}

/// `POST` and `DELETE user/watch/space/{key}`
pub(super) fn set_space(state: &mut State, call: &Call, key: &str, watch: bool) -> Answer {
    let person = watcher(call)?;
    let id = visible_space(state, call, key)?.id;
    if let Some(space) = state.spaces.iter_mut().find(|space| space.id == id) {
        if watch {
            space.watchers.insert(entry(call, person));
        } else {
            space.watchers.remove(&entry(call, person));
        }
    }
    Ok(Reply::empty(204))
}

fn entry(call: &Call, person: &'static Person) -> (&'static str, String) {
    let kind = call.parameter("contentType").unwrap_or_default();
    (person.login, kind.to_owned())
}

/// Whose watch it is about: the caller's, or for an administrator that of anyone.
fn watcher(call: &Call) -> Result<&'static Person, Reply> {
    let caller = call
        .caller
        .ok_or_else(|| refuse(403, "Anonymous users cannot watch"))?;
    match named_user(call) {
        None => Ok(caller),
        Some(named) => {
            let named = named?;
            if named.login != caller.login {
                administrator(call)?;
            }
            Ok(named)
        }
    }
}

fn answer(watching: bool) -> Reply {
    Reply::json(200, &json!({"watching": watching}))
}

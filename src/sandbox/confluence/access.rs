//! Who may see and change what; what one may not see is as good as missing.

use crate::sandbox::confluence::groups;
use crate::sandbox::confluence::refusals::{no_content, no_space, refuse};
use crate::sandbox::confluence::state::{Content, Space, State, Status, Subjects};
use crate::sandbox::exchange::{Call, Reply};
use crate::sandbox::people::{self, Person};

/// The content with an id, if it has a wanted status and the caller may see it.
pub(super) fn visible<'a>(state: &'a State, call: &Call, id: &str) -> Result<&'a Content, Reply> {
    let mut wanted = call.list("status");
    // An old version belongs to current content.
    wanted.retain(|status| status != "historical");
    if wanted.is_empty() {
        wanted.push("current".to_owned());
    }
    state
        .content(id)
        .filter(|content| {
            let status = content.status.name();
            wanted.iter().any(|word| word == "any" || word == status)
        })
        .filter(|content| may_see(state, call.caller, content))
        .ok_or_else(|| no_content(id))
}

/// The content with an id, if the caller may change it.
pub(super) fn editable<'a>(state: &'a State, call: &Call, id: &str) -> Result<&'a Content, Reply> {
    let content = visible(state, call, id)?;
    check_edit(state, call, content)?;
    Ok(content)
}

/// Refuses a change to content that only others may edit.
pub(super) fn check_edit(state: &State, call: &Call, content: &Content) -> Result<(), Reply> {
    let caller = writer(call)?;
    let lets = |content: &Content| lets_through(&content.restrictions.update, caller);
    if lets(content) && state.container(content).is_none_or(lets) {
        return Ok(());
    }
    Err(refuse(
        403,
        &format!(
            "User not permitted to edit content with id : {}",
            content.public_id()
        ),
    ))
}

/// Whether somebody may see content: its space, itself, and all that it lies below.
pub(super) fn may_see(state: &State, caller: Option<&'static Person>, content: &Content) -> bool {
    let Some(person) = caller else {
        return false;
    };
    let lets = |content: &Content| lets_through(&content.restrictions.read, person);
    // A draft is nobody's business until it is published.
    let mut authors = content.versions.iter().filter_map(|version| version.by);
    let hidden =
        content.status == Status::Draft && !authors.any(|author| author.login == person.login);
    let space = state.space(&content.space);
    let container = state.container(content);
    space.is_some_and(|space| may_see_space(caller, space))
        && !hidden
        && lets(content)
        && state.ancestors(content).into_iter().all(lets)
        && container.is_none_or(|page| may_see(state, caller, page))
}

/// The space with a key, if the caller may see it.
pub(super) fn visible_space<'a>(
    state: &'a State,
    call: &Call,
    key: &str,
) -> Result<&'a Space, Reply> {
    state
        .space(key)
        .filter(|space| may_see_space(call.caller, space))
        .ok_or_else(|| no_space(key))
}

/// Whether somebody may see a space.
pub(super) fn may_see_space(caller: Option<&'static Person>, space: &Space) -> bool {
    caller.is_some_and(|person| space.owner.is_none_or(|owner| owner.login == person.login))
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

/// Who asks, if it is an administrator of the site.
pub(super) fn administrator(call: &Call) -> Result<&'static Person, Reply> {
    call.caller
        .filter(|person| groups::is_member(person, groups::ADMINISTRATORS))
        .ok_or_else(|| refuse(403, "User must be a Confluence administrator"))
}

/// The user that `key` or `username` names, if there is one.
pub(super) fn named_user(call: &Call) -> Option<Result<&'static Person, Reply>> {
    let (name, found) = match (call.parameter("key"), call.parameter("username")) {
        (Some(key), _) => {
            let mut people = people::PEOPLE.iter();
            (key, people.find(|person| person.confluence_key == key))
        }
        (None, Some(login)) => (login, people::by_login(login)),
        (None, None) => return None,
    };
    let what = if call.parameter("key").is_some() {
        "key"
    } else {
        "username"
    };
    Some(found.ok_or_else(|| refuse(404, &format!("No user found with {what} : {name}"))))
}

fn lets_through(subjects: &Subjects, person: &Person) -> bool {
    let unrestricted = subjects.users.is_empty() && subjects.groups.is_empty();
    unrestricted
        || subjects.users.iter().any(|user| user.login == person.login)
        || subjects
            .groups
            .iter()
            .any(|group| groups::is_member(person, group))
}

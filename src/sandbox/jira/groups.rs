//! Groups, who is in them and what they may see.

use serde_json::{Value, json};

use crate::sandbox::exchange::{Call, Reply, escape};
use crate::sandbox::jira::paging::Window;
use crate::sandbox::jira::routes::{
    Answer,
    Handler::{Read, Write},
    Route,
};
use crate::sandbox::jira::state::{State, Visibility};
use crate::sandbox::jira::users::{admin, known};
use crate::sandbox::jira::{refuse_because, roles};
use crate::sandbox::people::{PEOPLE, Person};

/// What is answered here.
pub(super) const ROUTES: &[Route] = &[
    Route("GET", "group", Read(get)),
    Route("GET", "group/member", Read(members)),
    Route("GET", "groups/picker", Read(picker)),
    Route("POST", "group", Write(fixed)),
    Route("DELETE", "group", Write(fixed)),
    Route("POST", "group/user", Write(fixed)),
    Route("DELETE", "group/user", Write(fixed)),
];

/// The group of everyone with a licence.
pub(super) const USERS: &str = "jira-software-users";
/// The group of those who set Jira up.
pub(super) const ADMINISTRATORS: &str = "jira-administrators";
/// All groups.
pub(super) const GROUPS: &[&str] = &[ADMINISTRATORS, USERS, "operations"];

/// Whether someone is in a group.
pub(super) fn is_in(person: &Person, group: &str) -> bool {
    match group {
        USERS => true,
        ADMINISTRATORS => person.login == crate::sandbox::USERNAME,
        "operations" => matches!(person.login, "onwadike" | "buildbot"),
        _ => false,
    }
}

/// Whether someone may see what is kept for a group or a role.
pub(super) fn may_see(person: Option<&'static Person>, visibility: Option<&Visibility>) -> bool {
    let Some(visibility) = visibility else {
        return true;
    };
    person.is_some_and(|person| match visibility.kind.as_str() {
        "group" => is_in(person, &visibility.value),
        _ => roles::has(person, &visibility.value),
    })
}

/// A group as others mention it.
pub(super) fn reference(name: &str, base: &str) -> Value {
    json!({"name": name, "self": format!("{base}/rest/api/2/group?groupname={name}")})
}

/// The groups of someone.
pub(super) fn of(person: &Person, base: &str) -> Value {
    let groups = GROUPS.iter().filter(|group| is_in(person, group));
    let groups: Vec<Value> = groups.map(|group| reference(group, base)).collect();
    json!({"size": groups.len(), "items": groups})
}

fn get(_: &State, call: &Call) -> Answer {
    let name = named(call)?;
    let mut group = reference(name, &call.base);
    let people: Vec<Value> = PEOPLE
        .iter()
        .filter(|person| is_in(person, name))
        .map(|person| person.in_jira(&call.base))
        .collect();
    let expands = call
        .list("expand")
        .iter()
        .any(|part| part.starts_with("users"));
    let size = people.len();
    let items = if expands { people } else { Vec::new() };
    if let Some(map) = group.as_object_mut() {
        map.insert("expand".to_owned(), json!("users"));
        map.insert(
            "users".to_owned(),
            json!({
                "size": size,
                "items": items,
                "max-results": 50,
                "start-index": 0,
                "end-index": items.len().saturating_sub(1),
            }),
        );
    }
    Ok(Reply::json(200, &group))
}

fn members(_: &State, call: &Call) -> Answer {
    let name = named(call)?;
    let people = PEOPLE.iter().filter(|person| is_in(person, name));
    let people = people.map(|person| person.in_jira(&call.base)).collect();
    let window = Window::read(call, 50, 50);
    Ok(Reply::json(200, &window.page(call, people)))
}

/// Groups are looked at by administrators only.
fn named(call: &Call) -> Result<&'static str, Reply> {
    admin(call)?;
    let name = call.parameter("groupname").unwrap_or_default();
    if name.is_empty() {
        return Err(refuse_because(
            400,
            "The 'groupname' query parameter was not provided",
        ));
    }
    let group = GROUPS.iter().copied().find(|group| *group == name);
    group.ok_or_else(|| refuse_because(404, &format!("The group named '{name}' does not exist")))
}

fn picker(_: &State, call: &Call) -> Answer {
    known(call)?;
    Ok(Reply::json(200, &found(call)))
}

/// The groups whose names hold the query.
pub(super) fn found(call: &Call) -> Value {
    let query = call.parameter("query").unwrap_or_default().to_lowercase();
    let without = call.list("exclude");
    let groups: Vec<Value> = GROUPS
        .iter()
        .filter(|name| name.contains(&query) && !without.iter().any(|other| other == *name))
        .map(|name| json!({"name": name, "html": marked(name, &query), "labels": []}))
        .collect();
    let total = groups.len();
    let maximum = usize::try_from(call.number("maxResults", 20)).unwrap_or_default();
    let groups: Vec<Value> = groups.into_iter().take(maximum).collect();
    let header = format!("Showing {} of {total} matching groups", groups.len());
    json!({"header": header, "total": total, "groups": groups})
}

/// A text as HTML with the first match of the query in bold.
pub(super) fn marked(text: &str, query: &str) -> String {
    let at = text
        .to_lowercase()
        .find(query)
        .filter(|_| !query.is_empty());
    let parts = at.and_then(|at| {
        let end = at + query.len();
        Some((text.get(..at)?, text.get(at..end)?, text.get(end..)?))
    });
    match parts {
        Some((before, found, after)) => format!(
            "{}<strong>{}</strong>{}",
            escape(before),
            escape(found),
            escape(after)
        ),
        None => escape(text),
    }
}

/// People and groups of the sandbox stay as they are.
fn fixed(_: &mut State, call: &Call) -> Answer {
    admin(call)?;
    Err(refuse_because(
        403,
        "The user directory of this server is read-only.",
    ))
}

//! The groups and who is in them.

use serde_json::{Value, json};

use crate::sandbox::confluence::paging::Window;
use crate::sandbox::confluence::refusals::{Answer, refuse};
use crate::sandbox::exchange::{Call, Reply};
use crate::sandbox::people::{PEOPLE, Person};

/// The group of those who administer the site.
pub(super) const ADMINISTRATORS: &str = "confluence-administrators";
/// The group of everyone with a login.
pub(super) const USERS: &str = "confluence-users";

struct Group {
    name: &'static str,
    /// The logins of its members; everyone where there are none.
    logins: &'static [&'static str],
}

static GROUPS: &[Group] = &[
    Group {
        name: ADMINISTRATORS,
        logins: &["demo", "mfenwick"],
    },
    Group {
        name: USERS,
        logins: &[],
    },
    Group {
        name: "infrastructure",
        logins: &["onwadike", "lquintero", "buildbot"],
    },
    Group {
        name: "shop-developers",
        logins: &["mfenwick", "jweissdorn", "tsakurai"],
    },
];

/// Whether somebody is in a group.
pub(super) fn is_member(person: &Person, group: &str) -> bool {
    GROUPS
        .iter()
        .filter(|known| known.name == group)
        .any(|known| known.logins.is_empty() || known.logins.contains(&person.login))
}

/// Whether there is a group with a name.
pub(super) fn exists(name: &str) -> bool {
    GROUPS.iter().any(|group| group.name == name)
}

/// A group as JSON.
pub(super) fn render(base: &str, name: &str) -> Value {
    json!({
        "type": "group",
        "name": name,
        "_links": {"self": format!("{base}/rest/experimental/group/{name}")},
    })
}

/// `GET group`
pub(super) fn list(call: &Call) -> Answer {
    reader(call)?;
    let names: Vec<&str> = GROUPS.iter().map(|group| group.name).collect();
    Ok(page(call, &names))
}

/// `GET group/{name}`
pub(super) fn get(call: &Call, name: &str) -> Answer {
    known(call, name)?;
    let mut group = render(&call.base, name);
    if let Some(links) = group.get_mut("_links").and_then(Value::as_object_mut) {
        links.insert("base".to_owned(), json!(call.base));
        links.insert("context".to_owned(), json!("/confluence"));
    }
    Ok(Reply::json(200, &group))
}

/// `GET group/{name}/member`
pub(super) fn members(call: &Call, name: &str) -> Answer {
    known(call, name)?;
    let people: Vec<&Person> = PEOPLE
        .iter()
        .filter(|person| is_member(person, name))
        .collect();
    let page = Window::with_limit(call, 200)
        .page(call, &people, |person| person.in_confluence(&call.base));
    Ok(Reply::json(200, &page))
}

/// The groups of somebody, as a page.
pub(super) fn of(call: &Call, person: &Person) -> Reply {
    let names: Vec<&str> = GROUPS
        .iter()
        .map(|group| group.name)
        .filter(|name| is_member(person, name))
        .collect();
    page(call, &names)
}

fn page(call: &Call, names: &[&str]) -> Reply {
    let page = Window::with_limit(call, 200).page(call, names, |name| render(&call.base, name));
    Reply::json(200, &page)
}

fn known(call: &Call, name: &str) -> Result<(), Reply> {
    reader(call)?;
    if exists(name) {
        return Ok(());
    }
    Err(refuse(404, &format!("No group with name : {name}")))
}

fn reader(call: &Call) -> Result<&'static Person, Reply> {
    call.caller
        .ok_or_else(|| refuse(403, "User not permitted to view groups"))
}

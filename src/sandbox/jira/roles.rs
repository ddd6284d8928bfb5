//! Project roles and who has them.

use serde_json::{Value, json};

use crate::sandbox::exchange::{Call, Reply};
use crate::sandbox::jira::catalogue::Project;
use crate::sandbox::jira::groups::{self, ADMINISTRATORS, USERS};
use crate::sandbox::jira::projects;
use crate::sandbox::jira::refuse_because;
use crate::sandbox::jira::routes::{
    Answer,
    Handler::{Read, Read1, Read2},
    Route,
};
use crate::sandbox::jira::state::State;
use crate::sandbox::jira::users::admin;
use crate::sandbox::people::Person;

/// What is answered here.
pub(super) const ROUTES: &[Route] = &[
    Route("GET", "role", Read(list)),
    Route("GET", "role/{}", Read1(get)),
    Route("GET", "role/{}/actors", Read1(actors)),
    Route("GET", "project/{}/role", Read1(of_project)),
    Route("GET", "project/{}/role/{}", Read2(in_project)),
];

struct Role {
    id: u64,
    name: &'static str,
    description: &'static str,
    group: &'static str,
}

static ROLES: &[Role] = &[
    Role {
        id: 10002,
        name: "Administrators",
        description: "People who set the project up.",
        group: ADMINISTRATORS,
    },
    Role {
        id: 10001,
        name: "Developers",
        description: "People who work on the project.",
        group: USERS,
    },
    Role {
        id: 10000,
        name: "Users",
        description: "People who report issues.",
        group: USERS,
    },
];

/// Whether someone has a role.
pub(super) fn has(person: &Person, name: &str) -> bool {
    let role = ROLES.iter().find(|role| role.name == name);
    role.is_some_and(|role| groups::is_in(person, role.group))
}

/// The addresses of a project's roles.
pub(super) fn urls(project: &Project, base: &str) -> Value {
    let urls = ROLES.iter().map(|role| {
        let url = format!("{base}/rest/api/2/project/{}/role/{}", project.id, role.id);
        (role.name.to_owned(), Value::from(url))
    });
    Value::Object(urls.collect())
}

impl Role {
    fn actors(&self) -> Value {
        json!([{
            "id": self.id + 200,
            "displayName": self.group,
            "type": "atlassian-group-role-actor",
            "name": self.group,
        }])
    }

    fn render(&self, url: String) -> Value {
        json!({
            "self": url,
            "name": self.name,
            "id": self.id,
            "description": self.description,
            "actors": self.actors(),
        })
    }
}

fn find(id: &str) -> Result<&'static Role, Reply> {
    let role = ROLES.iter().find(|role| role.id.to_string() == id);
    role.ok_or_else(|| {
        refuse_because(
            404,
            &format!("Can not retrieve a role with id {id}, it does not exist."),
        )
    })
}

fn list(_: &State, call: &Call) -> Answer {
    admin(call)?;
    let roles = ROLES.iter();
    let roles = roles.map(|role| role.render(format!("{}/rest/api/2/role/{}", call.base, role.id)));
    Ok(Reply::json(200, &roles.collect()))
}

fn get(_: &State, call: &Call, id: &str) -> Answer {
    admin(call)?;
    let role = find(id)?;
    let url = format!("{}/rest/api/2/role/{}", call.base, role.id);
    Ok(Reply::json(200, &role.render(url)))
}

fn actors(_: &State, call: &Call, id: &str) -> Answer {
    admin(call)?;
    Ok(Reply::json(200, &json!({"actors": find(id)?.actors()})))
}

fn of_project(_: &State, call: &Call, key: &str) -> Answer {
    let project = projects::visible(call, key)?;
    Ok(Reply::json(200, &urls(project, &call.base)))
}

fn in_project(_: &State, call: &Call, key: &str, id: &str) -> Answer {
    let project = projects::visible(call, key)?;
    let role = find(id)?;
    let base = &call.base;
    let url = format!("{base}/rest/api/2/project/{}/role/{}", project.id, role.id);
    Ok(Reply::json(200, &role.render(url)))
}

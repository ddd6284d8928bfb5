//! What people may do.

use serde_json::{Map, Value, json};

use crate::sandbox::exchange::{Call, Reply};
use crate::sandbox::jira::groups::{self, ADMINISTRATORS};
use crate::sandbox::jira::issues::visible;
use crate::sandbox::jira::projects;
use crate::sandbox::jira::routes::{Answer, Handler::Read, Route};
use crate::sandbox::jira::state::State;
use crate::sandbox::jira::users::admin;
use crate::sandbox::people::Person;

/// What is answered here.
pub(super) const ROUTES: &[Route] = &[
    Route("GET", "permissions", Read(list)),
    Route("GET", "mypermissions", Read(mine)),
];

/// A permission: id, key, name and who has it.
struct Permission(u32, &'static str, &'static str, Holder);

#[derive(Clone, Copy, PartialEq, Eq)]
enum Holder {
    /// Administrators, in all of Jira.
    Administrators,
    /// Everyone with a licence, in all of Jira.
    UsersEverywhere,
    /// Administrators, in each project.
    ProjectAdministrators,
    /// Everyone with a licence, in each project.
    Users,
}

use Holder::{Administrators, ProjectAdministrators, Users, UsersEverywhere};

static PERMISSIONS: &[Permission] = &[
    Permission(0, "ADMINISTER", "Jira Administrators", Administrators),
    Permission(
        44,
        "SYSTEM_ADMIN",
        "Jira System Administrators",
        Administrators,
    ),
    Permission(27, "USER_PICKER", "Browse Users", UsersEverywhere),
    Permission(
        22,
        "CREATE_SHARED_OBJECTS",
        "Create Shared Objects",
        UsersEverywhere,
    ),
    Permission(
        24,
        "MANAGE_GROUP_FILTER_SUBSCRIPTIONS",
        "Manage Group Filter Subscriptions",
        UsersEverywhere,
    ),
    Permission(33, "BULK_CHANGE", "Bulk Change", UsersEverywhere),
    Permission(
        23,
        "ADMINISTER_PROJECTS",
        "Administer Projects",
        ProjectAdministrators,
    ),
    Permission(10, "BROWSE_PROJECTS", "Browse Projects", Users),
    Permission(11, "CREATE_ISSUES", "Create Issues", Users),
    Permission(12, "EDIT_ISSUES", "Edit Issues", Users),
    Permission(13, "ASSIGN_ISSUES", "Assign Issues", Users),
    Permission(14, "RESOLVE_ISSUES", "Resolve Issues", Users),
    Permission(15, "ADD_COMMENTS", "Add Comments", Users),
    Permission(16, "DELETE_ISSUES", "Delete Issues", Users),
    Permission(17, "ASSIGNABLE_USER", "Assignable User", Users),
    Permission(18, "CLOSE_ISSUES", "Close Issues", Users),
    Permission(19, "CREATE_ATTACHMENTS", "Create Attachments", Users),
    Permission(20, "WORK_ON_ISSUES", "Work On Issues", Users),
    Permission(21, "LINK_ISSUES", "Link Issues", Users),
    Permission(25, "MOVE_ISSUES", "Move Issues", Users),
    Permission(28, "SCHEDULE_ISSUES", "Schedule Issues", Users),
    Permission(29, "VIEW_DEV_TOOLS", "View Development Tools", Users),
    Permission(
        30,
        "MODIFY_REPORTER",
        "Modify Reporter",
        ProjectAdministrators,
    ),
    Permission(
        31,
        "VIEW_VOTERS_AND_WATCHERS",
        "View Voters and Watchers",
        Users,
    ),
    Permission(32, "MANAGE_WATCHERS", "Manage Watchers", Users),
    Permission(34, "EDIT_ALL_COMMENTS", "Edit All Comments", Users),
    Permission(35, "EDIT_OWN_COMMENTS", "Edit Own Comments", Users),
    Permission(36, "DELETE_ALL_COMMENTS", "Delete All Comments", Users),
    Permission(37, "DELETE_OWN_COMMENTS", "Delete Own Comments", Users),
    Permission(
        38,
        "DELETE_ALL_ATTACHMENTS",
        "Delete All Attachments",
        Users,
    ),
    Permission(
        39,
        "DELETE_OWN_ATTACHMENTS",
        "Delete Own Attachments",
        Users,
    ),
    Permission(40, "EDIT_OWN_WORKLOGS", "Edit Own Worklogs", Users),
    Permission(41, "EDIT_ALL_WORKLOGS", "Edit All Worklogs", Users),
    Permission(42, "DELETE_OWN_WORKLOGS", "Delete Own Worklogs", Users),
    Permission(43, "DELETE_ALL_WORKLOGS", "Delete All Worklogs", Users),
    Permission(
        45,
        "VIEW_READONLY_WORKFLOW",
        "View Read-Only Workflow",
        Users,
    ),
    Permission(46, "TRANSITION_ISSUES", "Transition Issues", Users),
    Permission(10101, "MANAGE_SPRINTS_PERMISSION", "Manage Sprints", Users),
];

/// Whether there is such a permission; old keys such as `BROWSE` count too.
pub(super) fn exists(key: &str) -> bool {
    find(key).is_some()
}

/// Whether someone has a permission.
pub(super) fn granted(person: &Person, key: &str) -> bool {
    find(key).is_some_and(|permission| permission.held_by(Some(person)))
}

fn find(key: &str) -> Option<&'static Permission> {
    let old = OLD_KEYS.iter().find(|(old, _)| *old == key);
    let key = old.map_or(key, |(_, new)| new);
    PERMISSIONS.iter().find(|permission| permission.1 == key)
}

/// Keys from before Jira 6.4, which still work.
const OLD_KEYS: &[(&str, &str)] = &[
    ("BROWSE", "BROWSE_PROJECTS"),
    ("CREATE_ISSUE", "CREATE_ISSUES"),
    ("EDIT_ISSUE", "EDIT_ISSUES"),
    ("ASSIGN_ISSUE", "ASSIGN_ISSUES"),
    ("COMMENT_ISSUE", "ADD_COMMENTS"),
    ("PROJECT_ADMIN", "ADMINISTER_PROJECTS"),
];

impl Permission {
    fn held_by(&self, person: Option<&Person>) -> bool {
        person.is_some_and(|person| match self.3 {
            Administrators | ProjectAdministrators => groups::is_in(person, ADMINISTRATORS),
            Users | UsersEverywhere => true,
        })
    }

    fn render(&self, key: &str) -> Value {
        let global = matches!(self.3, Administrators | UsersEverywhere);
        json!({
            "id": self.0.to_string(),
            "key": key,
            "name": self.2,
            "type": if global { "GLOBAL" } else { "PROJECT" },
            "description": format!("The permission \"{}\".", self.2),
        })
    }
}

fn list(_: &State, call: &Call) -> Answer {
    admin(call)?;
    let all = PERMISSIONS
        .iter()
        .map(|permission| (permission.1.to_owned(), permission.render(permission.1)));
    let all: Map<String, Value> = all.collect();
    Ok(Reply::json(200, &json!({"permissions": all})))
}

/// Anonymous visitors get an answer as well: they may do nothing.
fn mine(state: &State, call: &Call) -> Answer {
    if let Some(key) = call.parameter("issueKey").or(call.parameter("issueId")) {
        visible(state, call, key)?;
    } else if let Some(key) = call.parameter("projectKey").or(call.parameter("projectId")) {
        projects::visible(call, key)?;
    }
    let names = PERMISSIONS.iter().map(|permission| permission.1);
    let old = OLD_KEYS.iter().map(|(old, _)| *old);
    let mut all = Map::new();
    for (key, deprecated) in names
        .map(|key| (key, false))
        .chain(old.map(|key| (key, true)))
    {
        let Some(permission) = find(key) else {
            continue;
        };
        let mut entry = permission.render(key);
        if let Some(map) = entry.as_object_mut() {
            let has = permission.held_by(call.caller);
            map.insert("havePermission".to_owned(), json!(has));
            if deprecated {
                map.insert("deprecatedKey".to_owned(), json!(true));
            }
        }
        all.insert(key.to_owned(), entry);
    }
    Ok(Reply::json(200, &json!({"permissions": all})))
}

//! Which fields an issue takes when it is created or edited.

use serde_json::{Map, Value, json};

use crate::sandbox::exchange::{Call, Reply};
use crate::sandbox::jira::catalogue::{ISSUE_TYPES, IssueType, PRIORITIES, PROJECTS, Project};
use crate::sandbox::jira::custom::{CustomField, EPIC_NAME, Kind, RANK};
use crate::sandbox::jira::custom_table::CUSTOM_FIELDS;
use crate::sandbox::jira::fields::{SYSTEM_FIELDS, SystemField};
use crate::sandbox::jira::issues::visible;
use crate::sandbox::jira::paging::Window;
use crate::sandbox::jira::routes::{
    Answer,
    Handler::{Read, Read1, Read2},
    Route,
};
use crate::sandbox::jira::state::State;
use crate::sandbox::jira::users::known;
use crate::sandbox::jira::{projects, refuse_because};

/// What is answered here.
pub(super) const ROUTES: &[Route] = &[
    Route("GET", "issue/createmeta", Read(create_meta)),
    Route("GET", "issue/createmeta/{}/issuetypes", Read1(types)),
    Route(
        "GET",
        "issue/createmeta/{}/issuetypes/{}",
        Read2(fields_of_type),
    ),
    Route("GET", "issue/{}/editmeta", Read1(edit_meta)),
];

/// The fields of Jira itself on the screens.
const ON_SCREENS: &[&str] = &[
    "summary",
    "issuetype",
    "project",
    "description",
    "priority",
    "assignee",
    "reporter",
    "labels",
    "components",
    "fixVersions",
    "versions",
    "environment",
    "duedate",
    "timetracking",
    "attachment",
    "issuelinks",
];

/// Which screen the fields stand on.
struct Screen<'a> {
    state: &'a State,
    project: &'static Project,
    kind: &'static IssueType,
    /// Whether an issue is made, not edited.
    creating: bool,
    base: &'a str,
}

impl Screen<'_> {
    /// All fields with their ids.
    fn fields(&self) -> Vec<(String, Value)> {
        let mut fields = Vec::new();
        for field in SYSTEM_FIELDS {
            let parent = self.creating && self.kind.subtask && field.id == "parent";
            let shown = ON_SCREENS.contains(&field.id) && (self.creating || field.id != "project");
            if shown || parent {
                fields.push((field.id.to_owned(), self.system(field)));
            }
        }
        if !self.creating {
            let comment = json!({
                "required": false,
                "schema": {"type": "comments-page", "system": "comment"},
                "name": "Comment",
                "fieldId": "comment",
                "operations": ["add", "edit", "remove"],
            });
            fields.push(("comment".to_owned(), comment));
        }
        for field in CUSTOM_FIELDS {
            // The rank is changed by dragging, and only epics have a short name.
            let named = field.number != EPIC_NAME || self.kind.name == "Epic";
            if field.number != RANK && named {
                fields.push((field.id(), self.custom(field)));
            }
        }
        fields
    }

    fn system(&self, field: &SystemField) -> Value {
        let base = self.base;
        let required = matches!(field.id, "summary" | "issuetype" | "project" | "parent")
            || field.id == "reporter" && !self.creating;
        let operations: &[&str] = match field.id {
            "labels" | "components" | "fixVersions" | "versions" => &["add", "set", "remove"],
            "issuelinks" => &["add"],
            "timetracking" => &["set", "edit"],
            "attachment" => &["set"],
            _ => &["set"],
        };
        let planning = &self.state.planning;
        let allowed: Option<Value> = match field.id {
            "issuetype" => Some(json!([self.kind.render(base)])),
            "project" => Some(json!([self.project.reference(base)])),
            "priority" => {
                let values = PRIORITIES.iter();
                Some(values.map(|choice| choice.priority(base)).collect())
            }
            "components" => {
                let values = planning.components_of(self.project);
                Some(values.map(|part| part.render(base)).collect())
            }
            "fixVersions" | "versions" => {
                let values = planning.versions_of(self.project);
                let values = values.filter(|version| !version.archived);
                Some(values.map(|version| version.full(base)).collect())
            }
            _ => None,
        };
        let completion = match field.id {
            "assignee" | "reporter" => {
                Some(format!("{base}/rest/api/latest/user/search?username="))
            }
            "labels" => Some(format!("{base}/rest/api/1.0/labels/suggest?query=")),
            "issuelinks" => Some(format!(
                "{base}/rest/api/2/issue/picker?currentProjectId=&showSubTaskParent=true&showSubTasks=true&currentIssueKey=null&query="
            )),
            _ => None,
        };
        let mut meta = json!({
            "required": required,
            "schema": field.schema(),
            "name": field.name,
            "fieldId": field.id,
            "hasDefaultValue": field.id == "priority",
            "operations": operations,
        });
        if let Some(map) = meta.as_object_mut() {
            if let Some(allowed) = allowed {
                map.insert("allowedValues".to_owned(), allowed);
            }
            if let Some(completion) = completion {
                map.insert("autoCompleteUrl".to_owned(), json!(completion));
            }
            if field.id == "priority" {
                let usual = PRIORITIES.iter().find(|choice| choice.name == "Medium");
                map.insert(
                    "defaultValue".to_owned(),
                    json!(usual.map(|choice| choice.priority(base))),
                );
            }
        }
        meta
    }

    fn custom(&self, field: &CustomField) -> Value {
        let many = matches!(
            field.kind,
            Kind::MultiSelect(_)
                | Kind::Checkboxes(_)
                | Kind::MultiUser
                | Kind::Labels
                | Kind::Versions
        );
        let operations: &[&str] = if many {
            &["add", "set", "remove"]
        } else {
            &["set"]
        };
        let mut meta = json!({
            "required": field.number == EPIC_NAME,
            "schema": field.schema(),
            "name": field.name,
            "fieldId": field.id(),
            "hasDefaultValue": false,
            "operations": operations,
        });
        let allowed = match field.kind {
            Kind::Versions => {
                let versions = self.state.planning.versions_of(self.project);
                Some(versions.map(|version| version.full(self.base)).collect())
            }
            _ => field.options(self.base),
        };
        if let (Some(allowed), Some(map)) = (allowed, meta.as_object_mut()) {
            map.insert("allowedValues".to_owned(), allowed);
        }
        meta
    }
}

fn edit_meta(state: &State, call: &Call, key: &str) -> Answer {
    let issue = visible(state, call, key)?;
    Ok(Reply::json(200, &editable(state, issue, &call.base)))
}

/// The fields of the edit screen of an issue.
pub(super) fn editable(
    state: &State,
    issue: &crate::sandbox::jira::state::Issue,
    base: &str,
) -> Value {
    let screen = Screen {
        state,
        project: issue.project,
        kind: issue.kind,
        creating: false,
        base,
    };
    let fields: Map<String, Value> = screen.fields().into_iter().collect();
    json!({"fields": fields})
}

/// The old way: everything at once, which was deprecated in 8.4.
fn create_meta(state: &State, call: &Call) -> Answer {
    let ids = call.list("projectIds");
    let keys = call.list("projectKeys");
    let type_ids = call.list("issuetypeIds");
    let type_names: Vec<&str> = call
        .query
        .iter()
        .filter(|(name, _)| name == "issuetypeNames")
        .map(|(_, value)| value.as_str())
        .collect();
    let with_fields = call
        .list("expand")
        .iter()
        .any(|part| part == "projects.issuetypes.fields");
    let wanted_project = |project: &&'static Project| {
        call.caller.is_some()
            && (ids.is_empty() && keys.is_empty()
                || ids.iter().any(|id| id == project.id)
                || keys.iter().any(|key| key == project.key))
    };
    let wanted_type = |kind: &&'static IssueType| {
        type_ids.is_empty() && type_names.is_empty()
            || type_ids.iter().any(|id| id == kind.id)
            || type_names.contains(&kind.name)
    };
    let base = &call.base;
    let projects = PROJECTS.iter().filter(wanted_project).map(|project| {
        let types = ISSUE_TYPES.iter().filter(wanted_type).map(|kind| {
            let mut rendered = kind.render(base);
            if let Some(map) = rendered.as_object_mut() {
                if with_fields {
                    let screen = Screen {
                        state,
                        project,
                        kind,
                        creating: true,
                        base,
                    };
                    let fields: Map<String, Value> = screen.fields().into_iter().collect();
                    map.insert("fields".to_owned(), Value::Object(fields));
                }
                map.insert("expand".to_owned(), json!("fields"));
            }
            rendered
        });
        let reference = project.reference(base);
        json!({
            "expand": "issuetypes",
            "self": reference.get("self"),
            "id": project.id,
            "key": project.key,
            "name": project.name,
            "avatarUrls": reference.get("avatarUrls"),
            "issuetypes": types.collect::<Value>(),
        })
    });
    Ok(Reply::json(
        200,
        &json!({"expand": "projects", "projects": projects.collect::<Value>()}),
    ))
}

fn types(_: &State, call: &Call, project: &str) -> Answer {
    known(call)?;
    projects::visible(call, project)?;
    let types = ISSUE_TYPES.iter().map(|kind| kind.render(&call.base));
    let window = Window::read(call, 50, 200);
    Ok(Reply::json(200, &window.page(call, types.collect())))
}

fn fields_of_type(state: &State, call: &Call, project: &str, kind: &str) -> Answer {
    known(call)?;
    let project = projects::visible(call, project)?;
    let kind = ISSUE_TYPES
        .iter()
        .find(|other| other.id == kind)
        .ok_or_else(|| {
            refuse_because(
                404,
                &format!("The issue type with id '{kind}' does not exist."),
            )
        })?;
    let screen = Screen {
        state,
        project,
        kind,
        creating: true,
        base: &call.base,
    };
    let fields = screen.fields().into_iter().map(|(_, field)| field);
    let window = Window::read(call, 50, 200);
    Ok(Reply::json(200, &window.page(call, fields.collect())))
}

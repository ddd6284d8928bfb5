//! Single issues: get, create, edit and delete.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use crate::sandbox::exchange::{Call, Reply};
use crate::sandbox::jira::catalogue::{self, IssueType, Project};
use crate::sandbox::jira::comments;
use crate::sandbox::jira::custom::EPIC_NAME;
use crate::sandbox::jira::fields::Selection;
use crate::sandbox::jira::input::{self, text};
use crate::sandbox::jira::planning::Planning;
use crate::sandbox::jira::ranking;
use crate::sandbox::jira::render::{self, View};
use crate::sandbox::jira::routes::{
    Answer,
    Handler::{Read1, Write, Write1},
    Route,
};
use crate::sandbox::jira::state::{Change, Issue, State};
use crate::sandbox::jira::{no_issue, object, refuse_because, refuse_fields};
use crate::sandbox::people::Person;

/// What is answered here.
pub(super) const ROUTES: &[Route] = &[
    Route("POST", "issue", Write(create)),
    Route("GET", "issue/{}", Read1(get)),
    Route("PUT", "issue/{}", Write1(edit)),
    Route("DELETE", "issue/{}", Write1(delete)),
];

/// The issue with the fields that were asked for.
pub(super) fn get(state: &State, call: &Call, key: &str) -> Answer {
    let issue = visible(state, call, key)?;
    let view = View {
        base: &call.base,
        selection: &Selection::new(&call.list("fields"), "*all"),
        expand: &call.list("expand"),
        caller: call.caller,
        alone: true,
    };
    let mut whole = render::issue(state, issue, &view);
    let wanted = call.list("properties");
    if let (false, Some(map)) = (wanted.is_empty(), whole.as_object_mut()) {
        let kept = state.properties.get(&format!("issue/{}", issue.id));
        let kept = kept.into_iter().flatten();
        let kept = kept.filter(|(key, _)| wanted.iter().any(|name| name == "*all" || name == *key));
        let kept: Map<String, Value> = kept
            .map(|(key, value)| (key.clone(), value.clone()))
            .collect();
        map.insert("properties".to_owned(), Value::Object(kept));
    }
    Ok(Reply::json(200, &whole))
}

fn create(state: &mut State, call: &Call) -> Answer {
    let caller = writer(call)?;
    let created = create_from(state, call, caller, object(call)?)?;
    Ok(Reply::json(201, &created))
}

/// Creates an issue from what a client sent, or changes nothing.
pub(super) fn create_from(
    state: &mut State,
    call: &Call,
    caller: &'static Person,
    mut body: Map<String, Value>,
) -> Result<Value, Reply> {
    let mut fields = take_fields(&mut body)?;
    let mut errors = Map::new();
    let project = fields.remove("project");
    let project = project
        .as_ref()
        .and_then(|project| text(project, &["key", "id"]))
        .and_then(|name| catalogue::project_named(name));
    if project.is_none() {
        errors.insert("project".to_owned(), json!("project is required"));
    }
    let kind = fields.remove("issuetype");
    let kind = kind
        .as_ref()
        .and_then(|kind| text(kind, &["id", "name"]))
        .and_then(catalogue::issue_type_named);
    if kind.is_none() {
        let missing = "issue type is required";
        errors.insert("issuetype".to_owned(), json!(missing));
    }
    let (Some(project), Some(kind)) = (project, kind) else {
        // Without a project and a type there is no screen, so nothing else is looked at.
        return Err(refuse_fields(errors));
    };
    let parent = match fields.remove("parent") {
        Some(parent) => text(&parent, &["key", "id"]).and_then(|key| state.id_of(key)),
        None => None,
    };
    if kind.subtask && parent.is_none() {
        let missing = "Issue type is a sub-task but parent issue key or id not specified.";
        errors.insert("parent".to_owned(), json!(missing));
    }
    let epic_name = format!("customfield_{EPIC_NAME}");
    if kind.name == "Epic" && !fields.get(&epic_name).is_some_and(Value::is_string) {
        errors.insert(epic_name, json!("Epic Name is required."));
    }
    fields.entry("summary").or_insert(Value::Null);
    let mut issue = blank(project, kind, caller, call);
    issue.parent = parent.filter(|_| kind.subtask);
    input::set_all(&state.planning, &mut issue, &fields, &mut errors);
    apply_updates(&state.planning, &mut issue, &body, &mut errors);
    if !errors.is_empty() {
        return Err(refuse_fields(errors));
    }
    issue.id = state.new_id();
    issue.number = state.new_number(project);
    issue.rank = ranking::first_rank(issue.id);
    let created = json!({
        "id": issue.id.to_string(),
        "key": issue.key(),
        "self": format!("{}/rest/api/2/issue/{}", call.base, issue.id),
    });
    state.issues.insert(issue.id, issue);
    Ok(created)
}

fn edit(state: &mut State, call: &Call, key: &str) -> Answer {
    let mut issue = visible(state, call, key)?.clone();
    let caller = writer(call)?;
    let mut body = object(call)?;
    let mut errors = Map::new();
    let fields = take_fields(&mut body)?;
    for fixed in ["project", "status", "resolution", "comment"] {
        if fields.contains_key(fixed) {
            errors.insert(fixed.to_owned(), json!(input::not_on_screen(fixed)));
        }
    }
    let mut items = input::set_all(&state.planning, &mut issue, &fields, &mut errors);
    items.extend(apply_updates(
        &state.planning,
        &mut issue,
        &body,
        &mut errors,
    ));
    let added = comments::in_update(&body).map_err(|problem| refuse_because(400, &problem))?;
    if !errors.is_empty() {
        return Err(refuse_fields(errors));
    }
    if !items.is_empty() {
        issue.updated = call.now;
        issue.history.push(Change {
            id: state.new_id(),
            author: Some(caller),
            created: call.now,
            items,
        });
    }
    for body in added {
        comments::append(&mut issue, state, call, body);
    }
    state.issues.insert(issue.id, issue);
    Ok(Reply::empty(204))
}

fn delete(state: &mut State, call: &Call, key: &str) -> Answer {
    let id = visible(state, call, key)?.id;
    writer(call)?;
    let parts: Vec<u64> = state.subtasks(id).map(|part| part.id).collect();
    if !parts.is_empty() && call.parameter("deleteSubtasks") != Some("true") {
        return Err(refuse_because(
            400,
            &format!(
                "The issue '{key}' has subtasks.  You must specify the 'deleteSubtasks' \
                 parameter to delete this issue and all its subtasks."
            ),
        ));
    }
    for gone in parts.into_iter().chain([id]) {
        state.issues.remove(&gone);
        state.planning.epics.remove(&gone);
        state.properties.remove(&format!("issue/{gone}"));
        state
            .links
            .retain(|link| link.from != gone && link.to != gone);
    }
    Ok(Reply::empty(204))
}

/// The issue, if it exists and the caller may see it.
pub(super) fn visible<'a>(state: &'a State, call: &Call, key: &str) -> Result<&'a Issue, Reply> {
    call.caller.ok_or_else(no_issue)?;
    state.find(key).ok_or_else(no_issue)
}

/// Who writes; nobody may write anonymously.
pub(super) fn writer(call: &Call) -> Result<&'static Person, Reply> {
    call.caller.ok_or_else(|| {
        refuse_because(
            401,
            "You do not have permission to create issues in this project.",
        )
    })
}

/// The `fields` of a body, which may be missing.
pub(super) fn take_fields(body: &mut Map<String, Value>) -> Result<Map<String, Value>, Reply> {
    match body.remove("fields") {
        None | Some(Value::Null) => Ok(Map::new()),
        Some(Value::Object(fields)) => Ok(fields),
        Some(_) => Err(refuse_because(
            400,
            "Can not deserialize instance of java.util.Map out of this token",
        )),
    }
}

fn apply_updates(
    planning: &Planning,
    issue: &mut Issue,
    body: &Map<String, Value>,
    errors: &mut Map<String, Value>,
) -> Vec<crate::sandbox::jira::state::ChangeItem> {
    let mut items = Vec::new();
    let updates = body.get("update").and_then(Value::as_object);
    for (field, operations) in updates.into_iter().flatten() {
        if field == "comment" {
            continue;
        }
        match input::update(planning, issue, field, operations) {
            Ok(changed) => items.extend(changed),
            Err(problem) => {
                errors.insert(field.clone(), json!(problem));
            }
        }
    }
    items
}

fn blank(
    project: &'static Project,
    kind: &'static IssueType,
    caller: &'static Person,
    call: &Call,
) -> Issue {
    Issue {
        id: 0,
        project,
        number: 0,
        kind,
        summary: String::new(),
        description: None,
        environment: None,
        status: &catalogue::STARTING_STATUS,
        resolution: None,
        resolved: None,
        priority: &catalogue::USUAL_PRIORITY,
        assignee: None,
        reporter: Some(caller),
        creator: Some(caller),
        labels: Vec::new(),
        components: Vec::new(),
        fix_versions: Vec::new(),
        versions: Vec::new(),
        due: None,
        original_estimate: None,
        remaining_estimate: None,
        time_spent: None,
        parent: None,
        custom: BTreeMap::new(),
        sample: false,
        comments: Vec::new(),
        attachments: Vec::new(),
        history: Vec::new(),
        worklogs: Vec::new(),
        remote_links: Vec::new(),
        // Whoever creates an issue watches it.
        watchers: vec![caller],
        voters: Vec::new(),
        rank: 0,
        created: call.now,
        updated: call.now,
    }
}

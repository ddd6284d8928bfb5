//! The schemes behind projects, all of which have one entry here.

use serde_json::{Value, json};

use crate::sandbox::exchange::{Call, Reply};
use crate::sandbox::jira::catalogue::{ISSUE_TYPES, PRIORITIES, PROJECTS};
use crate::sandbox::jira::fields::SYSTEM_FIELDS;
use crate::sandbox::jira::paging::Window;
use crate::sandbox::jira::routes::{
    Answer,
    Handler::{Read, Read1, Read2},
    Route,
};
use crate::sandbox::jira::state::State;
use crate::sandbox::jira::users::{admin, known};
use crate::sandbox::jira::{permission_schemes, projects, refuse_because};

/// What is answered here.
pub(super) const ROUTES: &[Route] = &[
    Route("GET", "workflow", Read(workflows)),
    Route(
        "GET",
        "workflow/transitions/{}/properties",
        Read1(empty_list),
    ),
    Route("GET", "workflowscheme/{}", Read1(workflow_scheme)),
    Route("GET", "workflowscheme/{}/default", Read1(default_workflow)),
    Route(
        "GET",
        "workflowscheme/{}/workflow",
        Read1(workflow_mappings),
    ),
    Route("GET", "workflowscheme/{}/issuetype/{}", Read2(type_mapping)),
    Route("GET", "workflowscheme/{}/draft", Read1(no_draft)),
    Route("GET", "workflowscheme/{}/draft/default", Read1(no_draft)),
    Route("GET", "workflowscheme/{}/draft/workflow", Read1(no_draft)),
    Route(
        "GET",
        "workflowscheme/{}/draft/issuetype/{}",
        Read2(no_draft_mapping),
    ),
    Route("GET", "notificationscheme", Read(notification_schemes)),
    Route("GET", "notificationscheme/{}", Read1(notification_scheme)),
    Route("GET", "issuesecurityschemes", Read(security_schemes)),
    Route("GET", "issuesecurityschemes/{}", Read1(security_scheme)),
    Route("GET", "securitylevel/{}", Read1(security_level)),
    Route("GET", "priorityschemes", Read(priority_schemes)),
    Route("GET", "priorityschemes/{}", Read1(priority_scheme)),
    Route("GET", "issuetypescheme", Read(type_schemes)),
    Route("GET", "issuetypescheme/{}", Read1(type_scheme)),
    Route(
        "GET",
        "issuetypescheme/{}/associations",
        Read1(type_scheme_projects),
    ),
    Route("GET", "screens", Read(screens)),
    Route("GET", "screens/{}/availableFields", Read1(available_fields)),
    Route("GET", "screens/{}/tabs", Read1(tabs)),
    Route("GET", "screens/{}/tabs/{}/fields", Read2(tab_fields)),
    Route("GET", "project/{}/permissionscheme", Read1(of_project)),
    Route("GET", "project/{}/notificationscheme", Read1(of_project)),
    Route(
        "GET",
        "project/{}/issuesecuritylevelscheme",
        Read1(of_project),
    ),
    Route("GET", "project/{}/priorityscheme", Read1(of_project)),
    Route("GET", "project/{}/workflowscheme", Read1(of_project)),
    Route("GET", "project/{}/securitylevel", Read1(security_levels)),
];

const WORKFLOW: &str = "Sandbox workflow";
/// The id of the one scheme of each kind.
pub(super) const SCHEME: u64 = 10_000;

/// Refuses ids of which there is no scheme.
pub(super) fn only(id: &str) -> Result<(), Reply> {
    if id.parse() == Ok(SCHEME) {
        return Ok(());
    }
    Err(refuse_because(
        404,
        &format!("The scheme with id '{id}' does not exist."),
    ))
}

fn workflows(_: &State, call: &Call) -> Answer {
    admin(call)?;
    let workflow = json!({
        "name": WORKFLOW,
        "description": "To Do, In Progress, In Review, Done.",
        "lastModifiedDate": "05/Jan/26",
        "lastModifiedUser": "demo",
        "steps": 4,
        "default": true,
    });
    match call.parameter("workflowName") {
        // One name gives one workflow, but still as a list.
        Some(name) if name != WORKFLOW => Ok(Reply::json(200, &json!([]))),
        _ => Ok(Reply::json(200, &json!([workflow]))),
    }
}

fn empty_list(_: &State, call: &Call, _: &str) -> Answer {
    admin(call)?;
    Ok(Reply::json(200, &json!([])))
}

fn workflow_scheme_body(base: &str) -> Value {
    let types = ISSUE_TYPES.iter();
    let types: serde_json::Map<String, Value> = types
        .map(|kind| (kind.id.to_owned(), kind.render(base)))
        .collect();
    json!({
        "id": SCHEME,
        "name": "Sandbox workflow scheme",
        "description": "",
        "defaultWorkflow": WORKFLOW,
        "issueTypeMappings": {},
        "draft": false,
        "issueTypes": types,
        "self": format!("{base}/rest/api/2/workflowscheme/{SCHEME}"),
    })
}

fn workflow_scheme(_: &State, call: &Call, id: &str) -> Answer {
    admin(call)?;
    only(id)?;
    Ok(Reply::json(200, &workflow_scheme_body(&call.base)))
}

fn default_workflow(_: &State, call: &Call, id: &str) -> Answer {
    admin(call)?;
    only(id)?;
    Ok(Reply::json(200, &json!({"workflow": WORKFLOW})))
}

fn workflow_mappings(_: &State, call: &Call, id: &str) -> Answer {
    admin(call)?;
    only(id)?;
    let mapping = json!({"workflow": WORKFLOW, "issueTypes": [], "defaultMapping": true});
    match call.parameter("workflowName") {
        Some(name) if name == WORKFLOW => Ok(Reply::json(200, &mapping)),
        Some(name) => Err(refuse_because(
            404,
            &format!("The workflow '{name}' does not exist."),
        )),
        None => Ok(Reply::json(200, &json!([mapping]))),
    }
}

fn type_mapping(_: &State, call: &Call, id: &str, kind: &str) -> Answer {
    admin(call)?;
    only(id)?;
    if !ISSUE_TYPES.iter().any(|other| other.id == kind) {
        return Err(refuse_because(
            404,
            &format!("The issue type '{kind}' does not exist."),
        ));
    }
    Ok(Reply::json(
        200,
        &json!({"issueType": kind, "workflow": WORKFLOW}),
    ))
}

fn no_draft(_: &State, call: &Call, id: &str) -> Answer {
    admin(call)?;
    only(id)?;
    Err(refuse_because(404, "The workflow scheme has no draft."))
}

fn no_draft_mapping(state: &State, call: &Call, id: &str, _: &str) -> Answer {
    no_draft(state, call, id)
}

fn notification_scheme_body(base: &str) -> Value {
    json!({
        "expand": "notificationSchemeEvents,user,group,projectRole,field,all",
        "id": SCHEME,
        "self": format!("{base}/rest/api/2/notificationscheme/{SCHEME}"),
        "name": "Default Notification Scheme",
        "description": "",
    })
}

fn notification_schemes(_: &State, call: &Call) -> Answer {
    known(call)?;
    let window = Window::read(call, 50, 50);
    let all = vec![notification_scheme_body(&call.base)];
    Ok(Reply::json(200, &window.page(call, all)))
}

fn notification_scheme(_: &State, call: &Call, id: &str) -> Answer {
    known(call)?;
    only(id)?;
    Ok(Reply::json(200, &notification_scheme_body(&call.base)))
}

fn level(base: &str) -> Value {
    json!({
        "self": format!("{base}/rest/api/2/securitylevel/{SCHEME}"),
        "id": SCHEME.to_string(),
        "description": "Only people who work on the project.",
        "name": "Team",
    })
}

fn security_scheme_body(base: &str, levels: bool) -> Value {
    let mut scheme = json!({
        "self": format!("{base}/rest/api/2/issuesecurityschemes/{SCHEME}"),
        "id": SCHEME,
        "name": "Sandbox security scheme",
        "description": "",
        "defaultSecurityLevelId": SCHEME,
    });
    if levels && let Some(map) = scheme.as_object_mut() {
        map.insert("levels".to_owned(), json!([level(base)]));
    }
    scheme
}

fn security_schemes(_: &State, call: &Call) -> Answer {
    admin(call)?;
    let schemes = [security_scheme_body(&call.base, false)];
    Ok(Reply::json(200, &json!({"issueSecuritySchemes": schemes})))
}

fn security_scheme(_: &State, call: &Call, id: &str) -> Answer {
    admin(call)?;
    only(id)?;
    Ok(Reply::json(200, &security_scheme_body(&call.base, true)))
}

fn security_level(_: &State, call: &Call, id: &str) -> Answer {
    known(call)?;
    only(id)?;
    Ok(Reply::json(200, &level(&call.base)))
}

fn security_levels(_: &State, call: &Call, key: &str) -> Answer {
    projects::visible(call, key)?;
    Ok(Reply::json(200, &json!({"levels": [level(&call.base)]})))
}

fn priority_scheme_body(base: &str) -> Value {
    let ids: Vec<&str> = PRIORITIES.iter().map(|choice| choice.id).collect();
    let keys: Vec<&str> = PROJECTS.iter().map(|project| project.key).collect();
    json!({
        "expand": "schemes.projectKeys",
        "self": format!("{base}/rest/api/2/priorityschemes/{SCHEME}"),
        "id": SCHEME,
        "name": "Default priority scheme",
        "description": "All priorities.",
        "defaultOptionId": "3",
        "optionIds": ids,
        "defaultScheme": true,
        "projectKeys": keys,
    })
}

fn priority_schemes(_: &State, call: &Call) -> Answer {
    known(call)?;
    let window = Window::read(call, 100, 100);
    Ok(Reply::json(
        200,
        &json!({
            "startAt": window.start,
            "maxResults": window.maximum,
            "total": 1,
            "schemes": window.cut(vec![priority_scheme_body(&call.base)]),
        }),
    ))
}

fn priority_scheme(_: &State, call: &Call, id: &str) -> Answer {
    known(call)?;
    only(id)?;
    Ok(Reply::json(200, &priority_scheme_body(&call.base)))
}

fn type_scheme_body(base: &str) -> Value {
    let types = ISSUE_TYPES.iter();
    json!({
        "expand": "defaultIssueType,issueTypes",
        "self": format!("{base}/rest/api/2/issuetypescheme/{SCHEME}"),
        "id": SCHEME.to_string(),
        "name": "Default Issue Type Scheme",
        "description": "All issue types.",
        "issueTypes": types.map(|kind| kind.render(base)).collect::<Value>(),
    })
}

fn type_schemes(_: &State, call: &Call) -> Answer {
    known(call)?;
    Ok(Reply::json(
        200,
        &json!({"schemes": [type_scheme_body(&call.base)]}),
    ))
}

fn type_scheme(_: &State, call: &Call, id: &str) -> Answer {
    known(call)?;
    only(id)?;
    Ok(Reply::json(200, &type_scheme_body(&call.base)))
}

fn type_scheme_projects(_: &State, call: &Call, id: &str) -> Answer {
    admin(call)?;
    only(id)?;
    let projects = PROJECTS.iter().map(|project| project.reference(&call.base));
    Ok(Reply::json(200, &projects.collect()))
}

fn screens(_: &State, call: &Call) -> Answer {
    admin(call)?;
    Ok(Reply::json(
        200,
        &json!([{"id": SCHEME, "name": "Sandbox screen", "description": ""}]),
    ))
}

fn available_fields(_: &State, call: &Call, id: &str) -> Answer {
    admin(call)?;
    only(id)?;
    Ok(Reply::json(200, &json!([])))
}

fn tabs(_: &State, call: &Call, id: &str) -> Answer {
    admin(call)?;
    only(id)?;
    Ok(Reply::json(
        200,
        &json!([{"id": SCHEME, "name": "Field Tab"}]),
    ))
}

fn tab_fields(_: &State, call: &Call, id: &str, tab: &str) -> Answer {
    admin(call)?;
    only(id)?;
    only(tab)?;
    let fields = SYSTEM_FIELDS.iter().map(
        |field| json!({"id": field.id, "name": field.name, "type": "", "showWhenEmpty": false}),
    );
    Ok(Reply::json(200, &fields.collect()))
}

/// The scheme that a project uses, named by the last part of the path.
fn of_project(_: &State, call: &Call, key: &str) -> Answer {
    projects::visible(call, key)?;
    let base = &call.base;
    let scheme = match call.segments.last().map(String::as_str) {
        Some("permissionscheme") => permission_schemes::body(call),
        Some("notificationscheme") => notification_scheme_body(base),
        Some("issuesecuritylevelscheme") => security_scheme_body(base, true),
        Some("priorityscheme") => priority_scheme_body(base),
        _ => workflow_scheme_body(base),
    };
    admin(call)?;
    Ok(Reply::json(200, &scheme))
}

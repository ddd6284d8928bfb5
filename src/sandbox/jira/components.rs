//! The components of projects.

use serde_json::{Map, Value, json};

use crate::sandbox::exchange::{Call, Reply};
use crate::sandbox::jira::catalogue::PROJECTS;
use crate::sandbox::jira::planning::Component;
use crate::sandbox::jira::routes::{
    Answer,
    Handler::{Read1, Write, Write1},
    Route,
};
use crate::sandbox::jira::state::State;
use crate::sandbox::jira::users::{admin, known};
use crate::sandbox::jira::versions::swap;
use crate::sandbox::jira::{object, projects, refuse_because, refuse_fields};
use crate::sandbox::people;

/// What is answered here.
pub(super) const ROUTES: &[Route] = &[
    Route("GET", "project/{}/components", Read1(list)),
    Route("POST", "component", Write(create)),
    Route("GET", "component/{}", Read1(get)),
    Route("PUT", "component/{}", Write1(update)),
    Route("DELETE", "component/{}", Write1(delete)),
    Route("GET", "component/{}/relatedIssueCounts", Read1(count)),
];

fn list(state: &State, call: &Call, key: &str) -> Answer {
    let project = projects::visible(call, key)?;
    let components = state.planning.components_of(project);
    let components = components.map(|component| component.full(&call.base));
    Ok(Reply::json(200, &components.collect()))
}

fn find<'a>(state: &'a State, call: &Call, id: &str) -> Result<&'a Component, Reply> {
    let found = id.parse().ok().and_then(|id| state.planning.component(id));
    found
        .filter(|_| call.caller.is_some())
        .ok_or_else(|| refuse_because(404, &format!("The component with id {id} does not exist.")))
}

fn get(state: &State, call: &Call, id: &str) -> Answer {
    Ok(Reply::json(200, &find(state, call, id)?.full(&call.base)))
}

fn create(state: &mut State, call: &Call) -> Answer {
    known(call)?;
    let body = object(call)?;
    let key = body
        .get("project")
        .and_then(Value::as_str)
        .unwrap_or_default();
    let project = PROJECTS.iter().find(|project| project.key == key);
    let Some(project) = project else {
        if key.is_empty() {
            return Err(refuse_because(
                400,
                "The project has to be given to create a component.",
            ));
        }
        return Err(refuse_because(
            404,
            &format!("The project with key {key} does not exist."),
        ));
    };
    admin(call)?;
    let mut component = Component {
        id: 0,
        project,
        name: String::new(),
        description: None,
        lead: None,
        assignee_type: "PROJECT_DEFAULT".to_owned(),
    };
    fill(state, &mut component, &body)?;
    component.id = state.new_id();
    let reply = component.full(&call.base);
    state.planning.components.push(component);
    Ok(Reply::json(201, &reply))
}

fn update(state: &mut State, call: &Call, id: &str) -> Answer {
    let mut component = find(state, call, id)?.clone();
    admin(call)?;
    fill(state, &mut component, &object(call)?)?;
    let reply = component.full(&call.base);
    let mut components = state.planning.components.iter_mut();
    if let Some(place) = components.find(|other| other.id == component.id) {
        *place = component;
    }
    Ok(Reply::json(200, &reply))
}

/// Sets what the body has; a name has to be there and be free in the end.
fn fill(state: &State, component: &mut Component, body: &Map<String, Value>) -> Result<(), Reply> {
    let mut errors = Map::new();
    if let Some(name) = body.get("name").and_then(Value::as_str) {
        component.name = name.trim().to_owned();
    }
    let taken = state
        .planning
        .components_of(component.project)
        .any(|other| other.id != component.id && other.name.eq_ignore_ascii_case(&component.name));
    if component.name.is_empty() {
        let problem = "The component name specified is invalid - cannot be an empty string.";
        errors.insert("name".to_owned(), json!(problem));
    } else if taken {
        let problem = format!(
            "A component with the name {} already exists in this project.",
            component.name
        );
        errors.insert("name".to_owned(), json!(problem));
    }
    if let Some(text) = body.get("description").and_then(Value::as_str) {
        component.description = Some(text.to_owned()).filter(|text| !text.is_empty());
    }
    match body.get("leadUserName").and_then(Value::as_str) {
        Some("") => component.lead = None,
        Some(name) => match people::by_any_name(name) {
            Some(person) => component.lead = Some(person),
            None => {
                let problem = format!("The user {name} does not exist.");
                errors.insert("componentLead".to_owned(), json!(problem));
            }
        },
        None => {}
    }
    if let Some(kind) = body.get("assigneeType").and_then(Value::as_str) {
        const KINDS: &[&str] = &[
            "PROJECT_DEFAULT",
            "COMPONENT_LEAD",
            "PROJECT_LEAD",
            "UNASSIGNED",
        ];
        if KINDS.contains(&kind) {
            component.assignee_type = kind.to_owned();
        } else {
            let problem = format!("The default assignee '{kind}' is not valid.");
            errors.insert("assigneeType".to_owned(), json!(problem));
        }
    }
    if errors.is_empty() {
        Ok(())
    } else {
        Err(refuse_fields(errors))
    }
}

fn delete(state: &mut State, call: &Call, id: &str) -> Answer {
    let component = find(state, call, id)?.clone();
    admin(call)?;
    let heir = match call.parameter("moveIssuesTo") {
        Some(heir) => {
            let heir = find(state, call, heir)?;
            if heir.id == component.id || heir.project.key != component.project.key {
                return Err(refuse_because(
                    400,
                    "The component that takes the issues over is not valid.",
                ));
            }
            Some(heir.id)
        }
        None => None,
    };
    for issue in state.issues.values_mut() {
        swap(&mut issue.components, component.id, heir);
    }
    let components = &mut state.planning.components;
    components.retain(|other| other.id != component.id);
    Ok(Reply::empty(204))
}

fn count(state: &State, call: &Call, id: &str) -> Answer {
    let component = find(state, call, id)?;
    let issues = state.issues.values();
    let count = issues.filter(|issue| issue.components.contains(&component.id));
    Ok(Reply::json(
        200,
        &json!({
            "self": format!("{}/rest/api/2/component/{}", call.base, component.id),
            "issueCount": count.count(),
        }),
    ))
}

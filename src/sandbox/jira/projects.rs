//! Projects and what can be read of them.

use serde_json::{Value, json};

use crate::sandbox::exchange::{Call, Reply};
use crate::sandbox::jira::catalogue::{ISSUE_TYPES, PROJECTS, Project, STATUSES};
use crate::sandbox::jira::refuse_because;
use crate::sandbox::jira::routes::{
    Answer,
    Handler::{Read, Read1},
    Route,
};
use crate::sandbox::jira::state::State;
use crate::sandbox::jira::users::{admin, known};

/// What is answered here.
pub(super) const ROUTES: &[Route] = &[
    Route("GET", "project", Read(list)),
    Route("GET", "project/type", Read(types)),
    Route("GET", "project/type/{}", Read1(one_type)),
    Route("GET", "project/type/{}/accessible", Read1(one_type)),
    Route("GET", "project/{}", Read1(get)),
    Route("GET", "project/{}/statuses", Read1(statuses)),
    Route("GET", "projectCategory", Read(categories)),
    Route("GET", "projectCategory/{}", Read1(category)),
    Route("GET", "projectvalidate/key", Read(validate_key)),
];

/// The project, if it exists and the caller may see it.
pub(super) fn visible(call: &Call, key: &str) -> Result<&'static Project, Reply> {
    // A name is not a key here, although queries take both.
    PROJECTS
        .iter()
        .find(|project| project.key == key || project.id == key)
        .filter(|_| call.caller.is_some())
        .ok_or_else(|| refuse_because(404, &format!("No project could be found with key '{key}'.")))
}

fn list(state: &State, call: &Call) -> Answer {
    if call.caller.is_none() {
        return Ok(Reply::json(200, &json!([])));
    }
    let expands = call.list("expand");
    let projects = PROJECTS.iter().map(|project| {
        let mut short = project.reference(&call.base);
        let full = project.full(&state.planning, &call.base);
        if let Some(map) = short.as_object_mut() {
            let basic = ["expand".to_owned()];
            for name in basic.iter().chain(&expands) {
                if let Some(value) = full.get(name) {
                    map.insert(name.clone(), value.clone());
                }
            }
        }
        short
    });
    Ok(Reply::json(200, &projects.collect()))
}

fn get(state: &State, call: &Call, key: &str) -> Answer {
    let project = visible(call, key)?;
    Ok(Reply::json(200, &project.full(&state.planning, &call.base)))
}

fn statuses(_: &State, call: &Call, key: &str) -> Answer {
    visible(call, key)?;
    let base = &call.base;
    let statuses: Value = STATUSES.iter().map(|status| status.render(base)).collect();
    let types = ISSUE_TYPES.iter().map(|kind| {
        json!({
            "self": format!("{base}/rest/api/2/issuetype/{}", kind.id),
            "id": kind.id,
            "name": kind.name,
            "subtask": kind.subtask,
            "statuses": statuses,
        })
    });
    Ok(Reply::json(200, &types.collect()))
}

fn project_type(key: &str, name: &str, color: &str) -> Value {
    json!({
        "key": key,
        "formattedKey": name,
        "descriptionI18nKey": format!("jira.project.type.{key}.description"),
        "icon": "PHN2ZyB4bWxucz0iaHR0cDovL3d3dy53My5vcmcvMjAwMC9zdmciLz4=",
        "color": color,
    })
}

fn known_types() -> [Value; 2] {
    [
        project_type("business", "Business", "#1D8832"),
        project_type("software", "Software", "#F5A623"),
    ]
}

fn types(_: &State, call: &Call) -> Answer {
    known(call)?;
    Ok(Reply::json(200, &json!(known_types())))
}

fn one_type(_: &State, call: &Call, key: &str) -> Answer {
    known(call)?;
    let found = known_types()
        .into_iter()
        .find(|kind| kind.get("key") == Some(&json!(key)));
    match found {
        Some(kind) => Ok(Reply::json(200, &kind)),
        None => Err(refuse_because(
            404,
            &format!("The project type '{key}' does not exist."),
        )),
    }
}

fn known_categories(call: &Call) -> Vec<Value> {
    let projects = PROJECTS.iter();
    let references = projects.map(|project| project.reference(&call.base));
    references
        .filter_map(|project| project.get("projectCategory").cloned())
        .collect()
}

fn categories(_: &State, call: &Call) -> Answer {
    known(call)?;
    Ok(Reply::json(200, &Value::Array(known_categories(call))))
}

fn category(_: &State, call: &Call, id: &str) -> Answer {
    known(call)?;
    let mut categories = known_categories(call).into_iter();
    match categories.find(|category| category.get("id") == Some(&json!(id))) {
        Some(category) => Ok(Reply::json(200, &category)),
        None => Err(refuse_because(
            404,
            &format!("Project category with id '{id}' could not be found."),
        )),
    }
}

/// What is wrong with a key stands in the body; the status is 200 all the same.
fn validate_key(_: &State, call: &Call) -> Answer {
    admin(call)?;
    let key = call.parameter("key").unwrap_or_default();
    let letters = key
        .chars()
        .all(|letter| letter.is_ascii_uppercase() || letter.is_ascii_digit());
    let starts = key
        .chars()
        .next()
        .is_some_and(|letter| letter.is_ascii_uppercase());
    let problem = if key.is_empty() {
        Some("You must specify a valid project key.".to_owned())
    } else if !letters || !starts || key.len() < 2 {
        Some(
            "Project keys must start with an uppercase letter, followed by one or more \
             uppercase alphanumeric characters."
                .to_owned(),
        )
    } else {
        let project = PROJECTS.iter().find(|project| project.key == key);
        project.map(|project| format!("Project '{}' uses this project key.", project.name))
    };
    let errors = problem.map_or_else(|| json!({}), |problem| json!({"projectKey": problem}));
    Ok(Reply::json(
        200,
        &json!({"errorMessages": [], "errors": errors}),
    ))
}

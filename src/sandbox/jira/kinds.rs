//! The lists that an administrator sets up: types, statuses, priorities, resolutions and fields.

use serde_json::{Value, json};

use crate::sandbox::exchange::{Call, Reply};
use crate::sandbox::jira::catalogue::{
    self, Category, ISSUE_TYPES, PRIORITIES, RESOLUTIONS, STATUSES,
};
use crate::sandbox::jira::custom_table::CUSTOM_FIELDS;
use crate::sandbox::jira::paging::Window;
use crate::sandbox::jira::routes::{
    Answer,
    Handler::{Read, Read1},
    Route,
};
use crate::sandbox::jira::state::State;
use crate::sandbox::jira::users::{admin, known};
use crate::sandbox::jira::{fields, refuse_because};

/// What is answered here.
pub(super) const ROUTES: &[Route] = &[
    Route("GET", "field", Read(all_fields)),
    Route("GET", "customFields", Read(custom_fields)),
    Route("GET", "customFieldOption/{}", Read1(option)),
    Route("GET", "issuetype", Read(issue_types)),
    Route("GET", "issuetype/{}", Read1(issue_type)),
    Route("GET", "issuetype/{}/alternatives", Read1(alternatives)),
    Route("GET", "priority", Read(priorities)),
    Route("GET", "priority/{}", Read1(priority)),
    Route("GET", "status", Read(statuses)),
    Route("GET", "status/{}", Read1(status)),
    Route("GET", "statuscategory", Read(categories)),
    Route("GET", "statuscategory/{}", Read1(category)),
    Route("GET", "resolution", Read(resolutions)),
    Route("GET", "resolution/{}", Read1(resolution)),
];

fn list<T>(entries: &[T], render: impl Fn(&T) -> Value) -> Answer {
    Ok(Reply::json(200, &entries.iter().map(render).collect()))
}

fn one(found: Option<Value>, what: &str, id: &str) -> Answer {
    match found {
        Some(value) => Ok(Reply::json(200, &value)),
        None => Err(refuse_because(
            404,
            &format!("The {what} with id '{id}' does not exist"),
        )),
    }
}

fn all_fields(_: &State, _: &Call) -> Answer {
    Ok(Reply::json(200, &fields::list()))
}

/// This list counts from 1.
fn custom_fields(_: &State, call: &Call) -> Answer {
    admin(call)?;
    let search = call.parameter("search").unwrap_or_default().to_lowercase();
    let fields: Vec<Value> = CUSTOM_FIELDS
        .iter()
        .filter(|field| field.name.to_lowercase().contains(&search))
        .map(|field| {
            let schema = field.schema();
            json!({
                "id": field.id(),
                "self": format!("{}/rest/api/2/customFields/{}", call.base, field.number),
                "numericId": field.number,
                "name": field.name,
                "description": "",
                "type": schema.get("custom"),
                "searcherKey": "",
                "projectIds": [],
                "projectsCount": 0,
                "isAllProjects": true,
                "issueTypeIds": [],
                "screensCount": 1,
                "isLocked": false,
                "isManaged": false,
                "isTrusted": true,
                "issuesWithValue": 0,
            })
        })
        .collect();
    let mut window = Window::read(call, 25, 100);
    let start = window.start.max(1);
    window.start = start - 1;
    let mut page = window.page(call, fields);
    if let Some(map) = page.as_object_mut() {
        map.insert("startAt".to_owned(), json!(start));
    }
    Ok(Reply::json(200, &page))
}

fn option(_: &State, call: &Call, id: &str) -> Answer {
    let options = CUSTOM_FIELDS
        .iter()
        .filter_map(|field| field.options(&call.base));
    let mut all = options.flat_map(|options| match options {
        Value::Array(options) => options,
        _ => Vec::new(),
    });
    let found = all.find(|option| option.get("id") == Some(&json!(id)));
    one(found, "custom field option", id)
}

fn issue_types(_: &State, call: &Call) -> Answer {
    list(ISSUE_TYPES, |kind| kind.render(&call.base))
}

fn issue_type(_: &State, call: &Call, id: &str) -> Answer {
    let found = ISSUE_TYPES.iter().find(|kind| kind.id == id);
    one(found.map(|kind| kind.render(&call.base)), "issue type", id)
}

fn alternatives(_: &State, call: &Call, id: &str) -> Answer {
    admin(call)?;
    let found = ISSUE_TYPES.iter().find(|kind| kind.id == id);
    let others = found.map(|found| {
        let types = ISSUE_TYPES.iter();
        let types = types.filter(|kind| kind.id != found.id && kind.subtask == found.subtask);
        types.map(|kind| kind.render(&call.base)).collect()
    });
    one(others, "issue type", id)
}

fn priorities(_: &State, call: &Call) -> Answer {
    list(PRIORITIES, |choice| choice.full_priority(&call.base))
}

fn priority(_: &State, call: &Call, id: &str) -> Answer {
    let found = PRIORITIES.iter().find(|choice| choice.id == id);
    one(
        found.map(|choice| choice.full_priority(&call.base)),
        "priority",
        id,
    )
}

fn statuses(_: &State, call: &Call) -> Answer {
    list(STATUSES, |status| status.render(&call.base))
}

fn status(_: &State, call: &Call, id: &str) -> Answer {
    let found = catalogue::status_named(id);
    one(found.map(|status| status.render(&call.base)), "status", id)
}

/// The categories with the one of statuses that have none, which exists everywhere.
fn all_categories(base: &str) -> Vec<Value> {
    let mut all = vec![json!({
        "self": format!("{base}/rest/api/2/statuscategory/1"),
        "id": 1,
        "key": "undefined",
        "colorName": "medium-gray",
        "name": "No Category",
    })];
    let mut seen: Vec<&Category> = Vec::new();
    for status in STATUSES {
        if !seen
            .iter()
            .any(|category| category.id == status.category.id)
        {
            seen.push(status.category);
            all.push(status.category.render(base));
        }
    }
    all
}

fn categories(_: &State, call: &Call) -> Answer {
    known(call)?;
    Ok(Reply::json(200, &Value::Array(all_categories(&call.base))))
}

fn category(_: &State, call: &Call, wanted: &str) -> Answer {
    known(call)?;
    let found = all_categories(&call.base).into_iter().find(|category| {
        let id = category.get("id").and_then(Value::as_u64);
        id.is_some_and(|id| id.to_string() == wanted) || category.get("key") == Some(&json!(wanted))
    });
    one(found, "status category", wanted)
}

fn resolutions(_: &State, call: &Call) -> Answer {
    list(RESOLUTIONS, |choice| choice.resolution(&call.base))
}

fn resolution(_: &State, call: &Call, id: &str) -> Answer {
    let found = RESOLUTIONS.iter().find(|choice| choice.id == id);
    one(
        found.map(|choice| choice.resolution(&call.base)),
        "resolution",
        id,
    )
}

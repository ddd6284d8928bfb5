//! Users: who they are and how they are found.

use serde_json::{Value, json};

use crate::sandbox::exchange::{Call, Reply};
use crate::sandbox::jira::groups::{self, ADMINISTRATORS, marked};
use crate::sandbox::jira::issues::visible;
use crate::sandbox::jira::paging::Window;
use crate::sandbox::jira::routes::{
    Answer,
    Handler::{Read, Write},
    Route,
};
use crate::sandbox::jira::state::State;
use crate::sandbox::jira::{permissions, projects, refuse_because};
use crate::sandbox::people::{self, PEOPLE, Person};

/// What is answered here.
pub(super) const ROUTES: &[Route] = &[
    Route("GET", "myself", Read(myself)),
    Route("GET", "user", Read(get)),
    Route("GET", "user/search", Read(search)),
    Route("GET", "user/assignable/search", Read(assignable)),
    Route(
        "GET",
        "user/assignable/multiProjectSearch",
        Read(assignable_in_all),
    ),
    Route("GET", "user/permission/search", Read(with_permissions)),
    Route("GET", "user/viewissue/search", Read(who_may_browse)),
    Route("GET", "user/picker", Read(picker)),
    Route("GET", "groupuserpicker", Read(people_and_groups)),
    Route("GET", "user/anonymization", Read(check_anonymization)),
    Route("GET", "user/anonymization/rerun", Read(check_anonymization)),
    Route("GET", "user/anonymization/progress", Read(no_anonymization)),
    Route("GET", "mypreferences", Read(preference)),
    Route("PUT", "mypreferences", Write(set_preference)),
    Route("DELETE", "mypreferences", Write(delete_preference)),
];

/// Who asks; anonymous visitors are turned away.
pub(super) fn known(call: &Call) -> Result<&'static Person, Reply> {
    call.caller.ok_or_else(|| {
        refuse_because(
            401,
            "You are not authenticated. Authentication required to perform this operation.",
        )
    })
}

/// Who asks, if it is an administrator.
pub(super) fn admin(call: &Call) -> Result<&'static Person, Reply> {
    let person = known(call)?;
    if groups::is_in(person, ADMINISTRATORS) {
        return Ok(person);
    }
    Err(refuse_because(
        403,
        "You do not have permission to perform this operation. Administrator rights are needed.",
    ))
}

/// The user in `username` or in the parameter for the key.
pub(super) fn wanted(call: &Call, key: &str) -> Result<&'static Person, Reply> {
    known(call)?;
    let Some(name) = call.parameter("username").or(call.parameter(key)) else {
        return Err(refuse_because(
            400,
            &format!("Either the 'username' or the '{key}' query parameters need to be provided"),
        ));
    };
    people::by_any_name(name)
        .ok_or_else(|| refuse_because(404, &format!("The user named '{name}' does not exist")))
}

/// The user as the resources on users show it.
fn profile(person: &Person, call: &Call) -> Value {
    let mut profile = person.profile_in_jira(&call.base);
    let expands = call.list("expand");
    if expands.iter().any(|part| part == "groups")
        && let Some(map) = profile.as_object_mut()
    {
        map.insert("groups".to_owned(), groups::of(person, &call.base));
    }
    profile
}

fn myself(_: &State, call: &Call) -> Answer {
    match call.caller {
        Some(person) => Ok(Reply::json(200, &profile(person, call))),
        None => Err(Reply::no_resource(
            call,
            401,
            "Client must be authenticated to access this resource.",
        )),
    }
}

fn get(_: &State, call: &Call) -> Answer {
    Ok(Reply::json(200, &profile(wanted(call, "key")?, call)))
}

/// Whether login, name or e-mail address begin with a text; `.` fits everyone.
fn fits(person: &Person, query: &str) -> bool {
    let query = query.trim().to_lowercase();
    if query.is_empty() || query == "." || query == "%" {
        return true;
    }
    let name = person.display_name.to_lowercase();
    person.login.starts_with(&query)
        || person.email().starts_with(&query)
        || name.starts_with(&query)
        || name.split_whitespace().any(|word| word.starts_with(&query))
}

/// A bare list of the users who fit, cut to the page.
fn matching(call: &Call, query: &str) -> Reply {
    let people: Vec<Value> = PEOPLE
        .iter()
        .filter(|person| fits(person, query))
        .map(|person| person.in_jira(&call.base))
        .collect();
    let people = Window::read(call, 50, 1_000).cut(people);
    Reply::json(200, &Value::Array(people))
}

fn search(_: &State, call: &Call) -> Answer {
    known(call)?;
    let Some(query) = call.parameter("username").filter(|query| !query.is_empty()) else {
        return Err(refuse_because(
            400,
            "The username query parameter was not provided",
        ));
    };
    // Nobody was deactivated.
    if call.parameter("includeActive") == Some("false") {
        return Ok(Reply::json(200, &json!([])));
    }
    Ok(matching(call, query))
}

fn assignable(state: &State, call: &Call) -> Answer {
    known(call)?;
    match (call.parameter("issueKey"), call.parameter("project")) {
        (Some(key), _) => visible(state, call, key).map(|_| ())?,
        (None, Some(key)) => projects::visible(call, key).map(|_| ())?,
        (None, None) => {
            return Err(refuse_because(
                400,
                "Either a project or an issue key must be specified.",
            ));
        }
    }
    Ok(matching(
        call,
        call.parameter("username").unwrap_or_default(),
    ))
}

fn assignable_in_all(_: &State, call: &Call) -> Answer {
    known(call)?;
    let keys = call.list("projectKeys");
    if keys.is_empty() {
        return Err(refuse_because(
            400,
            "The 'projectKeys' query parameter must be given.",
        ));
    }
    for key in &keys {
        projects::visible(call, key)?;
    }
    Ok(matching(
        call,
        call.parameter("username").unwrap_or_default(),
    ))
}

fn with_permissions(state: &State, call: &Call) -> Answer {
    known(call)?;
    let wanted = call.list("permissions");
    if wanted.is_empty() {
        return Err(refuse_because(
            400,
            "The 'permissions' query parameter must be given.",
        ));
    }
    for permission in &wanted {
        if !permissions::exists(permission) {
            return Err(refuse_because(
                400,
                &format!("Permission with key '{permission}' does not exist."),
            ));
        }
    }
    if let Some(key) = call.parameter("issueKey") {
        visible(state, call, key)?;
    } else if let Some(key) = call.parameter("projectKey") {
        projects::visible(call, key)?;
    }
    let query = call.parameter("username").unwrap_or_default();
    let people: Vec<Value> = PEOPLE
        .iter()
        .filter(|person| fits(person, query))
        .filter(|person| wanted.iter().all(|key| permissions::granted(person, key)))
        .map(|person| person.in_jira(&call.base))
        .collect();
    let people = Window::read(call, 50, 1_000).cut(people);
    Ok(Reply::json(200, &Value::Array(people)))
}

fn who_may_browse(state: &State, call: &Call) -> Answer {
    known(call)?;
    if let Some(key) = call.parameter("issueKey") {
        visible(state, call, key)?;
    } else if let Some(key) = call.parameter("projectKey") {
        projects::visible(call, key)?;
    }
    Ok(matching(
        call,
        call.parameter("username").unwrap_or_default(),
    ))
}

fn picker(_: &State, call: &Call) -> Answer {
    known(call)?;
    if call.parameter("query").is_none() {
        return Err(refuse_because(
            400,
            "The 'query' query parameter must be given.",
        ));
    }
    Ok(Reply::json(200, &picked(call)))
}

fn picked(call: &Call) -> Value {
    let query = call.parameter("query").unwrap_or_default();
    let without = call.list("exclude");
    let found: Vec<&Person> = PEOPLE
        .iter()
        .filter(|person| fits(person, query) && !without.iter().any(|name| name == person.login))
        .collect();
    let maximum = usize::try_from(call.number("maxResults", 50)).unwrap_or_default();
    let shown = found.iter().take(maximum);
    let users: Vec<Value> = shown
        .map(|person| {
            let html = format!(
                "{} - {} ({})",
                marked(person.display_name, query),
                marked(&person.email(), query),
                marked(person.login, query)
            );
            json!({
                "name": person.login,
                "key": person.key,
                "html": html,
                "displayName": person.display_name,
            })
        })
        .collect();
    let header = format!("Showing {} of {} matching users", users.len(), found.len());
    json!({"users": users, "total": found.len(), "header": header})
}

fn people_and_groups(_: &State, call: &Call) -> Answer {
    known(call)?;
    Ok(Reply::json(
        200,
        &json!({"users": picked(call), "groups": groups::found(call)}),
    ))
}

fn preference_key(call: &Call) -> Result<(&'static str, String), Reply> {
    let person = known(call)?;
    let key = call.parameter("key").unwrap_or_default();
    if key.is_empty() {
        return Err(refuse_because(404, "key must be specified"));
    }
    Ok((person.login, key.to_owned()))
}

fn preference(state: &State, call: &Call) -> Answer {
    let key = preference_key(call)?;
    match state.preferences.get(&key) {
        Some(value) => Ok(Reply::text(200, "text/plain;charset=UTF-8", value.as_str())),
        None if key.1 == "user.notifications.mimetype" => {
            Ok(Reply::text(200, "text/plain;charset=UTF-8", "html"))
        }
        None => Err(refuse_because(404, &format!("key not found: '{}'", key.1))),
    }
}

fn set_preference(state: &mut State, call: &Call) -> Answer {
    let key = preference_key(call)?;
    // The value is a JSON string or, from older clients, bare text.
    let text = String::from_utf8_lossy(&call.body).into_owned();
    let value = match call.json() {
        Ok(Value::String(value)) => value,
        _ => text,
    };
    state.preferences.insert(key, value);
    Ok(Reply::empty(204))
}

fn delete_preference(state: &mut State, call: &Call) -> Answer {
    let key = preference_key(call)?;
    match state.preferences.remove(&key) {
        Some(_) => Ok(Reply::empty(204)),
        None => Err(refuse_because(404, &format!("key not found: '{}'", key.1))),
    }
}

/// What stands in the way has the status 400 and the same form.
fn check_anonymization(_: &State, call: &Call) -> Answer {
    admin(call)?;
    let key = call.parameter("userKey").unwrap_or_default();
    let person = PEOPLE.iter().find(|person| person.key == key);
    let problem = "The user was not found.";
    let errors = match person {
        Some(_) => json!({}),
        None => json!({"USER_NOT_FOUND": {"errorMessages": [problem], "errors": {}}}),
    };
    let mut report = json!({
        "errors": errors,
        "warnings": {},
        "expand": "affectedEntities",
        "userKey": key,
        "success": person.is_some(),
        "operations": ["USER_KEY_CHANGE", "USER_NAME_CHANGE", "USER_EXTERNAL_ID_CHANGE"],
        "deleted": false,
        "businessLogicValidationFailed": person.is_none(),
    });
    if let (Some(person), Some(map)) = (person, report.as_object_mut()) {
        map.insert("userName".to_owned(), json!(person.login));
        map.insert("displayName".to_owned(), json!(person.display_name));
        map.insert("email".to_owned(), json!(person.email()));
    }
    let status = if person.is_some() { 200 } else { 400 };
    Ok(Reply::json(status, &report))
}

fn no_anonymization(_: &State, call: &Call) -> Answer {
    admin(call)?;
    Err(refuse_because(404, "No user anonymization task was found."))
}

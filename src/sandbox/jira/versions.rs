//! The versions of projects.

use chrono::NaiveDate;
use serde_json::{Map, Value, json};

use crate::sandbox::exchange::{Call, Reply};
use crate::sandbox::jira::catalogue::PROJECTS;
use crate::sandbox::jira::paging::Window;
use crate::sandbox::jira::planning::Version;
use crate::sandbox::jira::routes::{
    Answer,
    Handler::{Read, Read1, Read2, Write, Write1, Write2},
    Route,
};
use crate::sandbox::jira::state::{Issue, State};
use crate::sandbox::jira::users::{admin, known};
use crate::sandbox::jira::{object, projects, refuse_because, refuse_fields};

/// What is answered here.
pub(super) const ROUTES: &[Route] = &[
    Route("GET", "project/{}/versions", Read1(list)),
    Route("GET", "project/{}/version", Read1(page)),
    Route("POST", "version", Write(create)),
    Route("GET", "version/remotelink", Read(all_remote_links)),
    Route("GET", "version/{}", Read1(get)),
    Route("PUT", "version/{}", Write1(update)),
    Route("DELETE", "version/{}", Write1(delete)),
    Route("POST", "version/{}/removeAndSwap", Write1(remove_and_swap)),
    Route("PUT", "version/{}/mergeto/{}", Write2(merge)),
    Route("POST", "version/{}/move", Write1(move_version)),
    Route("GET", "version/{}/relatedIssueCounts", Read1(related)),
    Route("GET", "version/{}/unresolvedIssueCount", Read1(unresolved)),
    Route("GET", "version/{}/remotelink", Read1(remote_links)),
    Route("GET", "version/{}/remotelink/{}", Read2(remote_link)),
];

fn list(state: &State, call: &Call, key: &str) -> Answer {
    let project = projects::visible(call, key)?;
    let versions = state.planning.versions_of(project);
    let versions = versions.map(|version| version.full(&call.base));
    Ok(Reply::json(200, &versions.collect()))
}

fn page(state: &State, call: &Call, key: &str) -> Answer {
    let project = projects::visible(call, key)?;
    let mut versions: Vec<&Version> = state.planning.versions_of(project).collect();
    let order = call.parameter("orderBy").unwrap_or("sequence");
    match order.trim_start_matches(['+', '-']) {
        "name" => versions.sort_by_key(|version| version.name.to_lowercase()),
        "releaseDate" => versions.sort_by_key(|version| version.release),
        "startDate" => versions.sort_by_key(|version| version.start),
        "sequence" => {}
        other => {
            return Err(refuse_because(
                400,
                &format!("The value '{other}' is not a valid order of versions."),
            ));
        }
    }
    if order.starts_with('-') {
        versions.reverse();
    }
    let versions = versions.iter();
    let versions = versions.map(|version| version.full(&call.base)).collect();
    Ok(Reply::json(
        200,
        &Window::read(call, 50, 50).page(call, versions),
    ))
}

/// The version, if the caller may see its project.
fn find<'a>(state: &'a State, call: &Call, id: &str) -> Result<&'a Version, Reply> {
    let found = id.parse().ok().and_then(|id| state.planning.version(id));
    found
        .filter(|_| call.caller.is_some())
        .ok_or_else(|| refuse_because(404, &format!("Could not find version for id '{id}'")))
}

fn get(state: &State, call: &Call, id: &str) -> Answer {
    let version = find(state, call, id)?;
    Ok(Reply::json(200, &version.full(&call.base)))
}

fn create(state: &mut State, call: &Call) -> Answer {
    known(call)?;
    let body = object(call)?;
    let project = match (body.get("project"), body.get("projectId")) {
        (Some(Value::String(key)), _) => PROJECTS.iter().find(|project| project.key == key),
        (_, Some(id)) => PROJECTS
            .iter()
            .find(|project| id.as_u64().map(|id| id.to_string()).as_deref() == Some(project.id)),
        _ => {
            return Err(refuse_because(
                400,
                "Project must be specified to create a version.",
            ));
        }
    };
    let project = project.ok_or_else(|| refuse_because(404, "No project could be found."))?;
    admin(call)?;
    let mut version = Version {
        id: 0,
        project,
        name: String::new(),
        description: None,
        archived: false,
        released: false,
        start: None,
        release: None,
    };
    fill(state, &mut version, &body)?;
    version.id = state.new_id();
    let reply = version.full(&call.base);
    state.planning.versions.push(version);
    Ok(Reply::json(201, &reply))
}

fn update(state: &mut State, call: &Call, id: &str) -> Answer {
    let mut version = find(state, call, id)?.clone();
    admin(call)?;
    fill(state, &mut version, &object(call)?)?;
    let reply = version.full(&call.base);
    let mut versions = state.planning.versions.iter_mut();
    if let Some(place) = versions.find(|other| other.id == version.id) {
        *place = version;
    }
    Ok(Reply::json(200, &reply))
}

/// Sets what the body has; a name has to be there and be free in the end.
fn fill(state: &State, version: &mut Version, body: &Map<String, Value>) -> Result<(), Reply> {
    let mut errors = Map::new();
    if let Some(name) = body.get("name").and_then(Value::as_str) {
        version.name = name.trim().to_owned();
    }
    let taken = state
        .planning
        .versions_of(version.project)
        .any(|other| other.id != version.id && other.name.eq_ignore_ascii_case(&version.name));
    if version.name.is_empty() {
        errors.insert(
            "name".to_owned(),
            json!("You must specify a valid version name"),
        );
    } else if taken {
        let problem = "A version with this name already exists in this project.";
        errors.insert("name".to_owned(), json!(problem));
    }
    match body.get("description") {
        Some(Value::String(text)) => version.description = Some(text.clone()),
        Some(Value::Null) => version.description = None,
        _ => {}
    }
    for (name, flag) in [
        ("archived", &mut version.archived),
        ("released", &mut version.released),
    ] {
        if let Some(value) = body.get(name).and_then(Value::as_bool) {
            *flag = value;
        }
    }
    for (name, place) in [
        ("startDate", &mut version.start),
        ("releaseDate", &mut version.release),
    ] {
        match body.get(name) {
            Some(Value::Null) => *place = None,
            Some(value) => {
                let text = value.as_str().unwrap_or_default();
                match NaiveDate::parse_from_str(text, "%Y-%m-%d") {
                    Ok(day) => *place = Some(day),
                    Err(_) => {
                        let problem = format!("The date '{text}' is not of the form yyyy-MM-dd.");
                        errors.insert(name.to_owned(), json!(problem));
                    }
                }
            }
            None => {}
        }
    }
    if let (Some(start), Some(release)) = (version.start, version.release)
        && start > release
    {
        let problem = "The start date has to be before the release date.";
        errors.insert("startDate".to_owned(), json!(problem));
    }
    if errors.is_empty() {
        Ok(())
    } else {
        Err(refuse_fields(errors))
    }
}

/// Where issues of a version that goes away are put.
struct Heirs {
    fix: Option<u64>,
    affected: Option<u64>,
}

fn delete(state: &mut State, call: &Call, id: &str) -> Answer {
    let heir = |name: &str| call.parameter(name).map(str::to_owned);
    let (fix, affected) = (heir("moveFixIssuesTo"), heir("moveAffectedIssuesTo"));
    remove(state, call, id, fix, affected)
}

fn remove_and_swap(state: &mut State, call: &Call, id: &str) -> Answer {
    let body = object(call)?;
    let heir = |name: &str| match body.get(name) {
        Some(Value::Number(id)) => Some(id.to_string()),
        Some(Value::String(id)) => Some(id.clone()),
        _ => None,
    };
    let (fix, affected) = (heir("moveFixIssuesTo"), heir("moveAffectedIssuesTo"));
    remove(state, call, id, fix, affected)
}

fn merge(state: &mut State, call: &Call, id: &str, into: &str) -> Answer {
    remove(
        state,
        call,
        id,
        Some(into.to_owned()),
        Some(into.to_owned()),
    )
}

fn remove(
    state: &mut State,
    call: &Call,
    id: &str,
    fix: Option<String>,
    affected: Option<String>,
) -> Answer {
    let version = find(state, call, id)?.clone();
    admin(call)?;
    let heir = |wanted: Option<String>| match wanted {
        None => Ok(None),
        Some(wanted) => find(state, call, &wanted)
            .ok()
            .filter(|heir| heir.id != version.id && heir.project.key == version.project.key)
            .map(|heir| Some(heir.id))
            .ok_or_else(|| {
                refuse_because(
                    400,
                    &format!("The version with id '{wanted}' can not take the issues over."),
                )
            }),
    };
    let heirs = Heirs {
        fix: heir(fix)?,
        affected: heir(affected)?,
    };
    for issue in state.issues.values_mut() {
        swap(&mut issue.fix_versions, version.id, heirs.fix);
        swap(&mut issue.versions, version.id, heirs.affected);
    }
    state
        .planning
        .versions
        .retain(|other| other.id != version.id);
    Ok(Reply::empty(204))
}

/// Takes an id out of a list and puts its heir in, unless that is there already.
pub(super) fn swap(ids: &mut Vec<u64>, gone: u64, heir: Option<u64>) {
    let Some(at) = ids.iter().position(|id| *id == gone) else {
        return;
    };
    ids.remove(at);
    if let Some(heir) = heir.filter(|heir| !ids.contains(heir)) {
        ids.insert(at, heir);
    }
}

/// Takes `position` (First, Last, Earlier, Later) or `after` (the address of a version).
fn move_version(state: &mut State, call: &Call, id: &str) -> Answer {
    let version = find(state, call, id)?.clone();
    admin(call)?;
    let body = object(call)?;
    let text = |name: &str| body.get(name).and_then(Value::as_str);
    let ids: Vec<u64> = state
        .planning
        .versions_of(version.project)
        .map(|version| version.id)
        .collect();
    let at = ids
        .iter()
        .position(|id| *id == version.id)
        .unwrap_or_default();
    let last = ids.len().saturating_sub(1);
    let target = match (text("position"), text("after")) {
        (Some("First"), None) => 0,
        (Some("Last"), None) => last,
        (Some("Earlier"), None) => at.saturating_sub(1),
        (Some("Later"), None) => (at + 1).min(last),
        (None, Some(address)) => {
            let other = address.rsplit('/').next().unwrap_or_default();
            let other = find(state, call, other)?.id;
            let place = ids.iter().position(|id| *id == other).ok_or_else(|| {
                refuse_because(400, "The other version belongs to another project.")
            })?;
            if place < at { place + 1 } else { place }
        }
        _ => {
            return Err(refuse_because(
                400,
                "Either 'position' or 'after' has to be given.",
            ));
        }
    };
    let versions = &mut state.planning.versions;
    versions.retain(|other| other.id != version.id);
    let first = versions
        .iter()
        .position(|other| other.project.key == version.project.key)
        .unwrap_or(versions.len());
    versions.insert((first + target).min(versions.len()), version.clone());
    Ok(Reply::json(200, &version.full(&call.base)))
}

fn count(state: &State, fits: impl Fn(&Issue) -> bool) -> usize {
    state.issues.values().filter(|issue| fits(issue)).count()
}

fn related(state: &State, call: &Call, id: &str) -> Answer {
    let version = find(state, call, id)?;
    let fixed = count(state, |issue| issue.fix_versions.contains(&version.id));
    let affected = count(state, |issue| issue.versions.contains(&version.id));
    Ok(Reply::json(
        200,
        &json!({
            "self": format!("{}/rest/api/2/version/{}", call.base, version.id),
            "issuesFixedCount": fixed,
            "issuesAffectedCount": affected,
            "issueCountWithCustomFieldsShowingVersion": 0,
            "customFieldNames": [],
        }),
    ))
}

fn unresolved(state: &State, call: &Call, id: &str) -> Answer {
    let version = find(state, call, id)?;
    let open = count(state, |issue| {
        issue.resolution.is_none() && issue.fix_versions.contains(&version.id)
    });
    Ok(Reply::json(
        200,
        &json!({
            "self": format!("{}/rest/api/2/version/{}", call.base, version.id),
            "issuesUnresolvedCount": open,
        }),
    ))
}

/// No version of the sandbox is linked to anything.
fn all_remote_links(_: &State, call: &Call) -> Answer {
    known(call)?;
    Ok(Reply::json(200, &json!({"links": []})))
}

fn remote_links(state: &State, call: &Call, id: &str) -> Answer {
    find(state, call, id)?;
    Ok(Reply::json(200, &json!({"links": []})))
}

fn remote_link(state: &State, call: &Call, id: &str, global_id: &str) -> Answer {
    find(state, call, id)?;
    Err(refuse_because(
        404,
        &format!("No remote link with global id '{global_id}' exists."),
    ))
}

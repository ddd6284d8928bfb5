//! What the server says of itself: version, settings, dashboards and health.

use serde_json::{Value, json};

use crate::sandbox::exchange::{Call, Reply};
use crate::sandbox::jira::render::time;
use crate::sandbox::jira::routes::{
    Answer,
    Handler::{Read, Read1, Read2},
    Route,
};
use crate::sandbox::jira::state::State;
use crate::sandbox::jira::users::{admin, known, wanted};
use crate::sandbox::jira::{VERSION, refuse_because};

/// What is answered here.
pub(super) const ROUTES: &[Route] = &[
    Route("GET", "serverInfo", Read(server_info)),
    Route("GET", "configuration", Read(configuration)),
    Route("GET", "application-properties", Read(properties)),
    Route(
        "GET",
        "application-properties/advanced-settings",
        Read(advanced),
    ),
    Route("GET", "settings/columns", Read(default_columns)),
    Route("GET", "user/columns", Read(user_columns)),
    Route("GET", "dashboard", Read(dashboards)),
    Route("GET", "dashboard/{}", Read1(dashboard)),
    Route(
        "GET",
        "dashboard/{}/items/{}/properties",
        Read2(item_properties),
    ),
    Route("GET", "applicationrole", Read(application_roles)),
    Route("GET", "applicationrole/{}", Read1(application_role)),
    Route("GET", "cluster/nodes", Read(nothing)),
    Route("GET", "cluster/zdu/state", Read(upgrade_state)),
    Route("GET", "index/summary", Read(index)),
    Route("GET", "reindex", Read(reindex)),
    Route("GET", "reindex/progress", Read(reindex)),
    Route("GET", "reindex/request/bulk", Read(nothing)),
    Route("GET", "monitoring/jmx/areMetricsExposed", Read(jmx)),
    Route("GET", "monitoring/jmx/getAvailableMetrics", Read(nothing)),
    Route("GET", "password/policy", Read(nothing)),
    Route("GET", "upgrade", Read(upgrade)),
    Route("GET", "user/a11y/personal-settings", Read(accessibility)),
    Route("GET", "auditing/record", Read(audit)),
];

fn server_info(_: &State, call: &Call) -> Answer {
    let numbers: Vec<u64> = VERSION
        .split('.')
        .filter_map(|part| part.parse().ok())
        .collect();
    let mut info = json!({
        "baseUrl": call.base,
        "version": VERSION,
        "versionNumbers": numbers,
        "deploymentType": "Server",
        "buildNumber": 813_017,
        "buildDate": "2022-02-01T00:00:00.000+0000",
        "databaseBuildNumber": 813_017,
        "serverTime": time(call.now),
        "scmInfo": "0f5b1e5d3c0a4c1bb0a37d3cf1c2d7a6a7c4e901",
        "serverTitle": "Sandbox Jira",
    });
    if call.parameter("doHealthCheck") == Some("true")
        && let Some(map) = info.as_object_mut()
    {
        let check = json!([{
            "name": "Database",
            "description": "The sandbox keeps everything in memory.",
            "passed": true,
        }]);
        map.insert("healthChecks".to_owned(), check);
    }
    Ok(Reply::json(200, &info))
}

fn configuration(_: &State, call: &Call) -> Answer {
    known(call)?;
    Ok(Reply::json(
        200,
        &json!({
            "votingEnabled": true,
            "watchingEnabled": true,
            "unassignedIssuesAllowed": true,
            "subTasksEnabled": true,
            "issueLinkingEnabled": true,
            "timeTrackingEnabled": true,
            "attachmentsEnabled": true,
            "timeTrackingConfiguration": {
                "workingHoursPerDay": 8.0,
                "workingDaysPerWeek": 5.0,
                "timeFormat": "pretty",
                "defaultUnit": "minute",
            },
        }),
    ))
}

/// Key, value, name and description of each property.
const PROPERTIES: &[(&str, &str, &str, &str)] = &[
    (
        "jira.title",
        "Sandbox Jira",
        "Title",
        "The name of this installation.",
    ),
    (
        "jira.clone.prefix",
        "CLONE -",
        "Clone prefix",
        "What a clone's summary begins with.",
    ),
    (
        "jira.date.picker.java.format",
        "d/MMM/yy",
        "Date format",
        "How days are written.",
    ),
    (
        "jira.lf.date.dmy",
        "dd/MMM/yy",
        "Day format",
        "How days are shown.",
    ),
    (
        "jira.issue.inline.edit.disabled",
        "false",
        "No inline edit",
        "Whether issues are edited on their own page only.",
    ),
];

fn property(row: &(&str, &str, &str, &str)) -> Value {
    let (key, value, name, description) = row;
    let kind = if *value == "false" {
        "boolean"
    } else {
        "string"
    };
    json!({
        "id": key,
        "key": key,
        "value": value,
        "name": name,
        "desc": description,
        "type": kind,
        "defaultValue": value,
    })
}

/// With `key` one property, otherwise a list.
fn properties(_: &State, call: &Call) -> Answer {
    admin(call)?;
    if let Some(key) = call.parameter("key") {
        let row = PROPERTIES.iter().find(|row| row.0 == key);
        return match row {
            Some(row) => Ok(Reply::json(200, &property(row))),
            None => Err(refuse_because(
                404,
                &format!("The application property '{key}' does not exist."),
            )),
        };
    }
    // The filter is a regular expression on real servers; a part of the key is enough here.
    let filter = call
        .parameter("keyFilter")
        .unwrap_or_default()
        .replace(".*", "");
    let rows = PROPERTIES.iter().filter(|row| row.0.contains(&filter));
    Ok(Reply::json(200, &rows.map(property).collect()))
}

fn advanced(_: &State, call: &Call) -> Answer {
    admin(call)?;
    Ok(Reply::json(200, &PROPERTIES.iter().map(property).collect()))
}

/// The columns of lists of issues that are shown unless someone chose others.
pub(super) fn columns() -> Value {
    let columns = [
        ("Issue Type", "issuetype"),
        ("Key", "issuekey"),
        ("Summary", "summary"),
        ("Assignee", "assignee"),
        ("Reporter", "reporter"),
        ("Priority", "priority"),
        ("Status", "status"),
        ("Resolution", "resolution"),
        ("Created", "created"),
        ("Updated", "updated"),
        ("Due Date", "duedate"),
    ];
    let columns = columns.iter();
    columns
        .map(|(label, value)| json!({"label": label, "value": value}))
        .collect()
}

fn default_columns(_: &State, call: &Call) -> Answer {
    admin(call)?;
    Ok(Reply::json(200, &columns()))
}

fn user_columns(_: &State, call: &Call) -> Answer {
    known(call)?;
    if call.parameter("username").is_some() {
        wanted(call, "key")?;
    }
    Ok(Reply::json(200, &columns()))
}

const DASHBOARDS: &[(&str, &str)] = &[("10000", "System Dashboard"), ("10100", "Shop at a glance")];

fn one_dashboard((id, name): &(&str, &str), base: &str) -> Value {
    json!({
        "id": id,
        "name": name,
        "self": format!("{base}/rest/api/2/dashboard/{id}"),
        "view": format!("{base}/secure/Dashboard.jspa?selectPageId={id}"),
    })
}

fn dashboards(_: &State, call: &Call) -> Answer {
    let all: Vec<Value> = match call.parameter("filter") {
        None => {
            let rows = DASHBOARDS.iter();
            rows.map(|row| one_dashboard(row, &call.base)).collect()
        }
        // Nobody has favourites or dashboards of their own.
        Some("favourite" | "my") => Vec::new(),
        Some(other) => {
            return Err(refuse_because(
                400,
                &format!("The filter '{other}' is not valid; use 'favourite' or 'my'."),
            ));
        }
    };
    let window = crate::sandbox::jira::paging::Window::read(call, 20, 1_000);
    let total = all.len();
    Ok(Reply::json(
        200,
        &json!({
            "startAt": window.start,
            "maxResults": window.maximum,
            "total": total,
            "dashboards": window.cut(all),
        }),
    ))
}

fn dashboard(_: &State, call: &Call, id: &str) -> Answer {
    match DASHBOARDS.iter().find(|row| row.0 == id) {
        Some(row) => Ok(Reply::json(200, &one_dashboard(row, &call.base))),
        None => Err(refuse_because(
            404,
            &format!("The dashboard with id '{id}' does not exist."),
        )),
    }
}

fn item_properties(state: &State, call: &Call, id: &str, _: &str) -> Answer {
    dashboard(state, call, id)?;
    Ok(Reply::json(200, &json!({"keys": []})))
}

fn role() -> Value {
    json!({
        "key": "jira-software",
        "groups": ["jira-software-users", "jira-administrators"],
        "name": "Jira Software",
        "defaultGroups": ["jira-software-users"],
        "selectedByDefault": true,
        "defined": true,
        "numberOfSeats": 25,
        "remainingSeats": 18,
        "userCount": 7,
        "userCountDescription": "users",
        "hasUnlimitedSeats": false,
        "platform": false,
    })
}

fn application_roles(_: &State, call: &Call) -> Answer {
    admin(call)?;
    Ok(Reply::json(200, &json!([role()])))
}

fn application_role(_: &State, call: &Call, key: &str) -> Answer {
    admin(call)?;
    if key == "jira-software" {
        return Ok(Reply::json(200, &role()));
    }
    Err(refuse_because(
        404,
        &format!("The application role '{key}' does not exist."),
    ))
}

/// An empty list for administrators.
fn nothing(_: &State, call: &Call) -> Answer {
    admin(call)?;
    Ok(Reply::json(200, &json!([])))
}

fn upgrade_state(_: &State, call: &Call) -> Answer {
    admin(call)?;
    Ok(Reply::json(
        200,
        &json!({"state": "STABLE", "build": {"buildNumber": 813_017, "version": VERSION}}),
    ))
}

fn index(state: &State, call: &Call) -> Answer {
    admin(call)?;
    let latest = state.issues.values().map(|issue| issue.updated).max();
    Ok(Reply::json(
        200,
        &json!({
            "nodeId": "sandbox",
            "reportTime": time(call.now),
            "issueIndex": {
                "indexReadable": true,
                "countInDatabase": state.issues.len(),
                "countInIndex": state.issues.len(),
                "countInArchive": 0,
                "lastUpdatedInDatabase": latest.map(time),
                "lastUpdatedInIndex": latest.map(time),
            },
            "replicationQueues": {},
        }),
    ))
}

fn reindex(_: &State, call: &Call) -> Answer {
    admin(call)?;
    Ok(Reply::json(
        200,
        &json!({
            "progressUrl": "/jira/secure/admin/jira/IndexProgress.jspa?taskId=10200",
            "currentProgress": 100,
            "type": "BACKGROUND_PREFERRED",
            "submittedTime": "2026-05-01T03:00:00.000+0000",
            "startTime": "2026-05-01T03:00:00.000+0000",
            "finishTime": "2026-05-01T03:00:05.000+0000",
            "success": true,
        }),
    ))
}

fn jmx(_: &State, call: &Call) -> Answer {
    admin(call)?;
    Ok(Reply::json(200, &json!(false)))
}

/// No upgrade has run since the sandbox started.
fn upgrade(_: &State, call: &Call) -> Answer {
    admin(call)?;
    Err(refuse_because(404, "There is no finished upgrade."))
}

fn accessibility(_: &State, call: &Call) -> Answer {
    known(call)?;
    Ok(Reply::json(
        200,
        &json!([{"key": "underlined.links", "enabled": false}]),
    ))
}

fn audit(_: &State, call: &Call) -> Answer {
    admin(call)?;
    let record = json!({
        "id": 1,
        "summary": "Project created",
        "remoteAddress": "127.0.0.1",
        "authorKey": "JIRAUSER10100",
        "created": "2026-01-05T09:00:00.000+0000",
        "category": "projects",
        "eventSource": "",
        "objectItem": {"id": "10000", "name": "Demo Shop", "typeName": "PROJECT"},
        "changedValues": [{"fieldName": "Name", "changedTo": "Demo Shop"}],
        "associatedItems": [],
    });
    Ok(Reply::json(
        200,
        &json!({
            "offset": call.number("offset", 0),
            "limit": call.number("limit", 1_000),
            "total": 1,
            "records": [record],
        }),
    ))
}

//! Searching for issues.

use serde_json::{Map, Value, json};

use crate::sandbox::exchange::{Call, Reply};
use crate::sandbox::jira::fields::Selection;
use crate::sandbox::jira::render::{self, View};
use crate::sandbox::jira::state::{Issue, State};
use crate::sandbox::jira::{jql, object, refuse, refuse_because};

/// The most issues that one answer holds, whatever was asked for.
const MAXIMUM_RESULTS: i64 = 1_000;

/// What a search asks for.
struct Search {
    jql: String,
    start: i64,
    maximum: i64,
    fields: Vec<String>,
    expand: Vec<String>,
}

/// `GET search` and `POST search`
pub(super) fn search(state: &State, call: &Call) -> Result<Reply, Reply> {
    let search = if call.method == "POST" {
        from_body(&object(call)?)?
    } else {
        Search {
            jql: call.parameter("jql").unwrap_or_default().to_owned(),
            start: call.number("startAt", 0),
            maximum: call.number("maxResults", 50),
            fields: call.list("fields"),
            expand: call.list("expand"),
        }
    };
    if search.maximum < 0 {
        return Err(refuse_because(
            400,
            &format!(
                "The maxResults parameter must not be negative, but was {}.",
                search.maximum
            ),
        ));
    }
    let found = jql::run(state, &search.jql, call).map_err(|messages| refuse(400, &messages))?;
    let maximum = search.maximum.min(MAXIMUM_RESULTS);
    let start = search.start.max(0);
    let page: Vec<&Issue> = found
        .iter()
        .copied()
        .skip(usize::try_from(start).unwrap_or(usize::MAX))
        .take(usize::try_from(maximum).unwrap_or(usize::MAX))
        .collect();
    let selection = Selection::new(&search.fields, "*navigable");
    let view = View {
        base: &call.base,
        selection: &selection,
        expand: &search.expand,
        alone: false,
    };
    let issues: Value = page
        .iter()
        .map(|issue| render::issue(state, issue, &view))
        .collect();
    let mut body = json!({
        "expand": "schema,names",
        "startAt": start,
        "maxResults": maximum,
        "total": found.len(),
        "issues": issues,
    });
    if let Some(map) = body.as_object_mut() {
        let (names, schema) = selection.describe();
        for (name, value) in [("names", names), ("schema", schema)] {
            if search.expand.iter().any(|part| part == name) {
                map.insert(name.to_owned(), value);
            }
        }
    }
    Ok(Reply::json(200, &body))
}

fn from_body(body: &Map<String, Value>) -> Result<Search, Reply> {
    const KNOWN: &[&str] = &[
        "jql",
        "startAt",
        "maxResults",
        "fields",
        "expand",
        "validateQuery",
    ];
    if let Some(unknown) = body.keys().find(|name| !KNOWN.contains(&name.as_str())) {
        return Err(refuse_because(
            400,
            &format!(
                "Unrecognized field \"{unknown}\" (Class SearchRequestBean), not marked as ignorable"
            ),
        ));
    }
    let strings = |name: &str| -> Vec<String> {
        let members = body.get(name).and_then(Value::as_array);
        let members = members.into_iter().flatten().filter_map(Value::as_str);
        members.map(str::to_owned).collect()
    };
    let number = |name: &str, default| body.get(name).and_then(Value::as_i64).unwrap_or(default);
    Ok(Search {
        jql: body
            .get("jql")
            .and_then(Value::as_str)
            .unwrap_or_default()
            .to_owned(),
        start: number("startAt", 0),
        maximum: number("maxResults", 50),
        fields: strings("fields"),
        expand: strings("expand"),
    })
}

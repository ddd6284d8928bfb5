//! Searching for issues.

use serde_json::{Map, Value, json};

use crate::sandbox::exchange::{Call, Reply};
use crate::sandbox::jira::fields::Selection;
use crate::sandbox::jira::render::{self, View};
use crate::sandbox::jira::routes::{Answer, Handler::Read, Route};
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
    /// How wrong names are treated: `strict`, `warn` or `none`, or an old `true` or `false`.
    validation: Option<String>,
}

/// What is answered here.
pub(super) const ROUTES: &[Route] = &[
    Route("GET", "search", Read(search)),
    Route("POST", "search", Read(search)),
];

fn search(state: &State, call: &Call) -> Answer {
    let search = if call.method == "POST" {
        from_body(&object(call)?)?
    } else {
        from_query(call)
    };
    let (found, warnings) = match jql::run(state, &search.jql, call) {
        Ok(found) => (found, Vec::new()),
        Err(messages) => match search.validation.as_deref() {
            // A lax search finds nothing and says why; a syntax error is refused all the same.
            Some("warn") if !is_syntax(&messages) => (Vec::new(), messages),
            Some("none" | "false") if !is_syntax(&messages) => (Vec::new(), Vec::new()),
            _ => return Err(refuse(400, &messages)),
        },
    };
    let mut body = page(state, call, &search, found)?;
    if let (Some(map), false) = (body.as_object_mut(), warnings.is_empty()) {
        map.insert("warningMessages".to_owned(), json!(warnings));
    }
    Ok(Reply::json(200, &body))
}

fn is_syntax(messages: &[String]) -> bool {
    messages
        .iter()
        .any(|message| message.starts_with("Error in the JQL Query"))
}

/// A list of issues of a board, sprint or epic, narrowed by `jql`.
pub(super) fn narrowed(
    state: &State,
    call: &Call,
    keep: impl Fn(&Issue) -> bool,
    query: &str,
) -> Answer {
    let search = from_query(call);
    let mut found = jql::run(state, query, call).map_err(|messages| refuse(400, &messages))?;
    found.retain(|issue| keep(issue));
    if !search.jql.is_empty() {
        let also = jql::run(state, &search.jql, call).map_err(|messages| refuse(400, &messages))?;
        found.retain(|issue| also.iter().any(|other| other.id == issue.id));
    }
    Ok(Reply::json(200, &page(state, call, &search, found)?))
}

/// The page of what was found.
fn page(state: &State, call: &Call, search: &Search, found: Vec<&Issue>) -> Result<Value, Reply> {
    if search.maximum < 0 {
        return Err(refuse_because(
            400,
            &format!(
                "The maxResults parameter must not be negative, but was {}.",
                search.maximum
            ),
        ));
    }
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
        caller: call.caller,
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
    Ok(body)
}

fn from_query(call: &Call) -> Search {
    Search {
        jql: call.parameter("jql").unwrap_or_default().to_owned(),
        start: call.number("startAt", 0),
        maximum: call.number("maxResults", 50),
        fields: call.list("fields"),
        expand: call.list("expand"),
        validation: call
            .parameter("validateQuery")
            .map(|mode| mode.to_lowercase()),
    }
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
        validation: match body.get("validateQuery") {
            Some(Value::Bool(strict)) => Some(strict.to_string()),
            Some(Value::String(mode)) => Some(mode.to_lowercase()),
            _ => None,
        },
    })
}

//! What an editor of queries proposes: fields, functions and values.

use serde_json::{Value, json};

use crate::sandbox::exchange::{Call, Reply};
use crate::sandbox::jira::catalogue::{ISSUE_TYPES, PRIORITIES, PROJECTS, RESOLUTIONS, STATUSES};
use crate::sandbox::jira::custom_table::CUSTOM_FIELDS;
use crate::sandbox::jira::fields::SYSTEM_FIELDS;
use crate::sandbox::jira::groups::marked;
use crate::sandbox::jira::jql::{self, RESERVED};
use crate::sandbox::jira::routes::{Answer, Handler::Read, Route};
use crate::sandbox::jira::state::State;
use crate::sandbox::people::PEOPLE;

/// What is answered here.
pub(super) const ROUTES: &[Route] = &[
    Route("GET", "jql/autocompletedata", Read(data)),
    Route("GET", "jql/autocompletedata/suggestions", Read(suggestions)),
];

const EQUALITY: &[&str] = &["=", "!=", "in", "not in", "is", "is not"];
const ORDER: &[&str] = &[
    "=", "!=", ">", ">=", "<", "<=", "in", "not in", "is", "is not",
];
const SEARCH: &[&str] = &["~", "!~", "is", "is not"];

fn data(_: &State, _: &Call) -> Answer {
    let mut fields = Vec::new();
    let names = SYSTEM_FIELDS
        .iter()
        .filter_map(|field| field.clauses().next());
    for name in names.chain(["issuekey", "statusCategory", "text"]) {
        if let Some(operators) = operators(name) {
            fields.push(json!({
                "value": name,
                "displayName": name,
                "auto": "true",
                "orderable": "true",
                "searchable": "true",
                "operators": operators,
                "types": ["java.lang.String"],
            }));
        }
    }
    for field in CUSTOM_FIELDS {
        fields.push(json!({
            "value": format!("\"{}\"", field.name),
            "displayName": format!("{} - cf[{}]", field.name, field.number),
            "orderable": "true",
            "searchable": "true",
            "cfid": format!("cf[{}]", field.number),
            "operators": operators(field.name).unwrap_or(EQUALITY),
            "types": ["java.lang.String"],
        }));
    }
    let functions = [
        (
            "currentUser()",
            false,
            "com.atlassian.jira.user.ApplicationUser",
        ),
        ("now()", false, "java.util.Date"),
        ("startOfDay()", false, "java.util.Date"),
        ("endOfDay()", false, "java.util.Date"),
        ("openSprints()", true, "java.lang.Number"),
        ("closedSprints()", true, "java.lang.Number"),
        ("futureSprints()", true, "java.lang.Number"),
    ];
    let functions = functions.iter().map(|(name, list, kind)| {
        let mut function = json!({"value": name, "displayName": name, "types": [kind]});
        if let (true, Some(map)) = (*list, function.as_object_mut()) {
            map.insert("isList".to_owned(), json!("true"));
        }
        function
    });
    Ok(Reply::json(
        200,
        &json!({
            "visibleFieldNames": fields,
            "visibleFunctionNames": functions.collect::<Value>(),
            "jqlReservedWords": RESERVED,
        }),
    ))
}

/// The operators of a field that queries know.
fn operators(name: &str) -> Option<&'static [&'static str]> {
    use jql::Holds;
    Some(match jql::holds(name)? {
        Holds::Text => SEARCH,
        Holds::Ordered => ORDER,
        Holds::Values => EQUALITY,
    })
}

/// Values are proposed where the field has a list of them; unknown fields have none.
fn suggestions(state: &State, call: &Call) -> Answer {
    let field = call
        .parameter("fieldName")
        .unwrap_or_default()
        .to_lowercase();
    let begin = call
        .parameter("fieldValue")
        .unwrap_or_default()
        .to_lowercase();
    let pairs: Vec<(String, String)> = match field.as_str() {
        _ if call.caller.is_none() => Vec::new(),
        "project" => PROJECTS
            .iter()
            .map(|project| {
                (
                    project.key.to_owned(),
                    format!("{} ({})", project.name, project.key),
                )
            })
            .collect(),
        "status" => named(STATUSES.iter().map(|status| status.name)),
        "issuetype" | "type" => named(ISSUE_TYPES.iter().map(|kind| kind.name)),
        "priority" => named(PRIORITIES.iter().map(|choice| choice.name)),
        "resolution" => named(RESOLUTIONS.iter().map(|choice| choice.name)),
        "assignee" | "reporter" | "creator" | "watcher" | "voter" => PEOPLE
            .iter()
            .map(|person| {
                let shown = format!(
                    "{} - {} ({})",
                    person.display_name,
                    person.email(),
                    person.login
                );
                (person.login.to_owned(), shown)
            })
            .collect(),
        "labels" => {
            let labels = state.issues.values().flat_map(|issue| &issue.labels);
            let labels: std::collections::BTreeSet<&str> = labels.map(String::as_str).collect();
            named(labels.into_iter())
        }
        "component" => {
            let parts = state.planning.components.iter();
            named(parts.map(|part| part.name.as_str()))
        }
        "fixversion" | "affectedversion" => {
            let versions = state.planning.versions.iter();
            named(versions.map(|version| version.name.as_str()))
        }
        "sprint" => {
            let sprints = state.planning.sprints.iter();
            named(sprints.map(|sprint| sprint.name.as_str()))
        }
        _ => Vec::new(),
    };
    let results = pairs
        .iter()
        .filter(|(value, shown)| {
            value.to_lowercase().starts_with(&begin) || shown.to_lowercase().starts_with(&begin)
        })
        .take(15)
        .map(|(value, shown)| {
            let value = if value.contains(' ') {
                format!("\"{value}\"")
            } else {
                value.clone()
            };
            json!({"value": value, "displayName": marked(shown, &begin)})
        });
    Ok(Reply::json(
        200,
        &json!({"results": results.collect::<Value>()}),
    ))
}

fn named<'a>(names: impl Iterator<Item = &'a str>) -> Vec<(String, String)> {
    names
        .map(|name| (name.to_owned(), name.to_owned()))
        .collect()
}

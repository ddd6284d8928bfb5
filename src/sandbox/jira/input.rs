//! Reads the fields that a client wants to set, and says what is wrong with them.

use chrono::NaiveDate;
use serde_json::{Map, Value};

use crate::sandbox::jira::catalogue;
use crate::sandbox::jira::custom_table;
use crate::sandbox::jira::markup::{duration, seconds};
use crate::sandbox::jira::planning::Planning;
use crate::sandbox::jira::state::{ChangeItem, Issue};
use crate::sandbox::jira::workflow::item;
use crate::sandbox::people::{self, Person};

/// What Jira says of a field that it does not know or that is not on the screen.
pub(super) fn not_on_screen(field: &str) -> String {
    format!("Field '{field}' cannot be set. It is not on the appropriate screen, or unknown.")
}

/// The string in a value, or under one of some names in it.
pub(super) fn text<'a>(value: &'a Value, names: &[&str]) -> Option<&'a str> {
    names
        .iter()
        .find_map(|name| value.get(name).and_then(Value::as_str))
}

/// Sets one field of an issue and says what changed.
pub(super) fn set(
    planning: &Planning,
    issue: &mut Issue,
    field: &str,
    value: &Value,
) -> Result<Option<ChangeItem>, String> {
    match field {
        "summary" => {
            let summary = value.as_str().unwrap_or_default().trim();
            check_summary(summary)?;
            let old = std::mem::replace(&mut issue.summary, summary.to_owned());
            Ok(changed("summary", Some(&old), Some(&issue.summary)))
        }
        "description" => {
            let new = optional_text(value)?;
            let old = std::mem::replace(&mut issue.description, new);
            Ok(changed(
                "description",
                old.as_deref(),
                issue.description.as_deref(),
            ))
        }
        "environment" => {
            let new = optional_text(value)?;
            let old = std::mem::replace(&mut issue.environment, new);
            Ok(changed(
                "environment",
                old.as_deref(),
                issue.environment.as_deref(),
            ))
        }
        "issuetype" => {
            let kind = text(value, &["id", "name"])
                .and_then(catalogue::issue_type_named)
                .ok_or_else(|| "issue type is required".to_owned())?;
            let old = std::mem::replace(&mut issue.kind, kind);
            Ok(changed("issuetype", Some(old.name), Some(kind.name)))
        }
        "priority" => {
            let name = text(value, &["id", "name"]).unwrap_or_default();
            let priority = catalogue::priority_named(name)
                .ok_or_else(|| format!("Priority name '{name}' is not valid"))?;
            let old = std::mem::replace(&mut issue.priority, priority);
            Ok(changed("priority", Some(old.name), Some(priority.name)))
        }
        "assignee" => {
            let person = user(value)?;
            let old = std::mem::replace(&mut issue.assignee, person);
            Ok(changed_person("assignee", old, person))
        }
        "reporter" => {
            let person = user(value)?.ok_or_else(|| "Reporter is required.".to_owned())?;
            let old = issue.reporter.replace(person);
            Ok(changed_person("reporter", old, Some(person)))
        }
        "labels" => {
            let new = labels(value)?;
            let old = std::mem::replace(&mut issue.labels, new);
            Ok(changed(
                "labels",
                Some(&old.join(" ")),
                Some(&issue.labels.join(" ")),
            ))
        }
        "components" => {
            let project = issue.project;
            let new = each(value, |name| {
                planning
                    .component_named(project, name)
                    .map(|component| component.id)
                    .ok_or_else(|| format!("Component name '{name}' is not valid"))
            })?;
            let old = std::mem::replace(&mut issue.components, new);
            Ok(changed(
                "Component",
                Some(&planning.component_names(&old)),
                Some(&planning.component_names(&issue.components)),
            ))
        }
        "fixVersions" | "versions" => {
            let project = issue.project;
            let new = each(value, |name| {
                planning
                    .version_named(project, name)
                    .map(|version| version.id)
                    .ok_or_else(|| format!("Version name '{name}' is not valid"))
            })?;
            let (place, title) = if field == "versions" {
                (&mut issue.versions, "Version")
            } else {
                (&mut issue.fix_versions, "Fix Version")
            };
            let old = std::mem::replace(place, new);
            Ok(changed(
                title,
                Some(&planning.version_names(&old)),
                Some(&planning.version_names(place)),
            ))
        }
        "duedate" => {
            let day = match optional_text(value)? {
                Some(text) => Some(
                    NaiveDate::parse_from_str(&text, "%Y-%m-%d")
                        .map_err(|_| format!("Error parsing date string: {text}"))?,
                ),
                None => None,
            };
            let old = std::mem::replace(&mut issue.due, day);
            let day = |day: Option<NaiveDate>| day.map(|day| day.to_string());
            Ok(changed(
                "duedate",
                day(old).as_deref(),
                day(issue.due).as_deref(),
            ))
        }
        "timetracking" => time_tracking(issue, value),
        field => {
            let custom = custom_table::by_id(field).ok_or_else(|| not_on_screen(field))?;
            let new = custom.accept(value, issue.project, planning)?;
            let old = issue.custom.insert(custom.number, new.clone());
            let print = |value: &Value| match value {
                Value::Null => None,
                Value::String(text) => Some(text.clone()),
                other => Some(other.to_string()),
            };
            let old = old.as_ref().and_then(print);
            let mut item = changed(custom.name, old.as_deref(), print(&new).as_deref());
            if let Some(item) = &mut item {
                item.custom = true;
            }
            Ok(item)
        }
    }
}

/// Applies the verbs under `update` to one field.
pub(super) fn update(
    planning: &Planning,
    issue: &mut Issue,
    field: &str,
    operations: &Value,
) -> Result<Vec<ChangeItem>, String> {
    let operations = operations
        .as_array()
        .ok_or_else(|| "data was not an array".to_owned())?;
    let mut items = Vec::new();
    for operation in operations.iter().filter_map(Value::as_object).flatten() {
        let (verb, value) = operation;
        let value = match verb.as_str() {
            "set" => value.clone(),
            "add" | "remove" => member_changed(planning, issue, field, value, verb == "add")?,
            other => {
                return Err(format!(
                    "The operation '{other}' is not supported by this field."
                ));
            }
        };
        items.extend(set(planning, issue, field, &value)?);
    }
    Ok(items)
}

/// What is wrong with a summary.
pub(super) fn check_summary(summary: &str) -> Result<(), String> {
    if summary.is_empty() {
        return Err("You must specify a summary of the issue.".to_owned());
    }
    if summary.contains(['\n', '\r']) {
        return Err("The summary is invalid because it contains newline characters.".to_owned());
    }
    if summary.chars().count() > 255 {
        return Err("Summary must be less than 255 characters.".to_owned());
    }
    Ok(())
}

/// Sets all fields of a map; what is wrong goes into `errors`, what changed comes back.
pub(super) fn set_all(
    planning: &Planning,
    issue: &mut Issue,
    fields: &Map<String, Value>,
    errors: &mut Map<String, Value>,
) -> Vec<ChangeItem> {
    let mut items = Vec::new();
    for (field, value) in fields {
        match set(planning, issue, field, value) {
            Ok(item) => items.extend(item),
            Err(problem) => {
                errors.insert(field.clone(), Value::String(problem));
            }
        }
    }
    items
}

/// A list field's whole value after one member was added or removed.
fn member_changed(
    planning: &Planning,
    issue: &Issue,
    field: &str,
    value: &Value,
    add: bool,
) -> Result<Value, String> {
    let ids = |ids: &[u64]| ids.iter().map(u64::to_string).collect();
    let current: Vec<String> = match field {
        "labels" => issue.labels.clone(),
        "components" => ids(&issue.components),
        "fixVersions" => ids(&issue.fix_versions),
        "versions" => ids(&issue.versions),
        _ => return Err("The operation is not supported by this field.".to_owned()),
    };
    let member = text(value, &["name", "id"])
        .or(value.as_str())
        .unwrap_or_default();
    // Members are compared by id, and a name that nobody has is refused later.
    let id = match field {
        "components" => planning
            .component_named(issue.project, member)
            .map(|component| component.id),
        "fixVersions" | "versions" => planning
            .version_named(issue.project, member)
            .map(|version| version.id),
        _ => None,
    };
    let member = id.map_or_else(|| member.to_owned(), |id| id.to_string());
    let mut members: Vec<String> = current
        .into_iter()
        .filter(|other| *other != member)
        .collect();
    if add {
        members.push(member);
    }
    Ok(Value::from(members))
}

fn optional_text(value: &Value) -> Result<Option<String>, String> {
    match value {
        Value::Null => Ok(None),
        Value::String(text) if text.is_empty() => Ok(None),
        Value::String(text) => Ok(Some(text.clone())),
        _ => Err("Operation value must be a string".to_owned()),
    }
}

fn user(value: &Value) -> Result<Option<&'static Person>, String> {
    if value.is_null() {
        return Ok(None);
    }
    let name = match text(value, &["name", "key"]) {
        Some(name) => name,
        None if value.get("name").is_some_and(Value::is_null) => return Ok(None),
        None => return Err("expected Object containing a `name` property".to_owned()),
    };
    if name.is_empty() {
        return Ok(None);
    }
    people::by_any_name(name)
        .map(Some)
        .ok_or_else(|| format!("User '{name}' does not exist."))
}

fn labels(value: &Value) -> Result<Vec<String>, String> {
    let mut labels = Vec::new();
    let members = match value {
        Value::Null => return Ok(labels),
        Value::Array(members) => members,
        _ => return Err("data was not an array".to_owned()),
    };
    for member in members {
        let label = member
            .as_str()
            .ok_or_else(|| "Operation value must be a string".to_owned())?;
        if label.contains(char::is_whitespace) {
            return Err(format!(
                "The label '{label}' contains spaces which is invalid."
            ));
        }
        if !labels.iter().any(|other| other == label) {
            labels.push(label.to_owned());
        }
    }
    labels.sort();
    Ok(labels)
}

fn each<T>(value: &Value, find: impl Fn(&str) -> Result<T, String>) -> Result<Vec<T>, String> {
    match value {
        Value::Null => Ok(Vec::new()),
        Value::Array(members) => members
            .iter()
            .map(|member| {
                let name = text(member, &["id", "name"]).or(member.as_str());
                find(name.unwrap_or_default())
            })
            .collect(),
        _ => Err("data was not an array".to_owned()),
    }
}

fn time_tracking(issue: &mut Issue, value: &Value) -> Result<Option<ChangeItem>, String> {
    let read = |name: &str| match value.get(name).and_then(Value::as_str) {
        Some(text) => seconds(text).map(Some).ok_or_else(|| {
            "Invalid time duration entered. Some valid durations are '2w 3d 4h', '30m'.".to_owned()
        }),
        None => Ok(None),
    };
    let old = issue.original_estimate.map(duration);
    if let Some(estimate) = read("originalEstimate")? {
        issue.original_estimate = Some(estimate);
        issue.remaining_estimate.get_or_insert(estimate);
    }
    if let Some(estimate) = read("remainingEstimate")? {
        issue.remaining_estimate = Some(estimate);
    }
    let new = issue.original_estimate.map(duration);
    Ok(changed(
        "timeoriginalestimate",
        old.as_deref(),
        new.as_deref(),
    ))
}

fn changed(field: &str, old: Option<&str>, new: Option<&str>) -> Option<ChangeItem> {
    let mut item = item(field, old.map(|old| (old, old)), new.map(|new| (new, new)));
    // Text fields have no value behind their text.
    item.from = None;
    item.to = None;
    (old != new).then_some(item)
}

fn changed_person(
    field: &str,
    old: Option<&'static Person>,
    new: Option<&'static Person>,
) -> Option<ChangeItem> {
    let pair = |person: &'static Person| (person.key, person.display_name);
    let same = old.map(|person| person.key) == new.map(|person| person.key);
    (!same).then(|| item(field, old.map(pair), new.map(pair)))
}

//! The fields that JQL knows.

use chrono::{DateTime, NaiveTime, Utc};

use crate::sandbox::jira::catalogue::{self, PROJECTS, STATUSES};
use crate::sandbox::jira::custom::{EPIC_LINK, EPIC_NAME, SPRINT, STORY_POINTS};
use crate::sandbox::jira::sprints;
use crate::sandbox::jira::state::{Issue, State};
use crate::sandbox::people::Person;

/// What a field holds.
pub(super) enum Field {
    /// Values with names that have to exist.
    Values(fn(&Issue) -> Vec<String>, fn(&State, &str) -> bool),
    /// Users.
    People(fn(&Issue) -> Option<&'static Person>),
    /// Keys of issues.
    Key,
    /// Priorities, which have an order.
    Priority,
    /// A resolution, where "Unresolved" is none.
    Resolution,
    /// Text to search in.
    Text(fn(&Issue) -> String),
    /// A moment.
    Moment(fn(&Issue) -> Option<DateTime<Utc>>),
    /// A number.
    Number(fn(&Issue) -> Option<f64>),
}

/// Finds a field by any of its names.
pub(super) fn field(name: &str) -> Option<Field> {
    let anything: fn(&State, &str) -> bool = |_, _| true;
    Some(match name.to_lowercase().as_str() {
        "project" => Field::Values(
            |issue| names(&[issue.project.key, issue.project.id, issue.project.name]),
            |_, wanted| catalogue::project_named(wanted).is_some(),
        ),
        "key" | "issue" | "issuekey" | "id" => Field::Key,
        "status" => Field::Values(
            |issue| names(&[issue.status.name, issue.status.id]),
            |_, wanted| catalogue::status_named(wanted).is_some(),
        ),
        "statuscategory" => Field::Values(
            |issue| names(&[issue.status.category.name, issue.status.category.key]),
            |_, wanted| {
                STATUSES.iter().any(|status| {
                    let category = status.category;
                    catalogue::same(category.name, wanted) || category.key == wanted
                })
            },
        ),
        "assignee" => Field::People(|issue| issue.assignee),
        "reporter" => Field::People(|issue| issue.reporter),
        "creator" => Field::People(|issue| issue.creator),
        "priority" => Field::Priority,
        "type" | "issuetype" => Field::Values(
            |issue| names(&[issue.kind.name, issue.kind.id]),
            |_, wanted| catalogue::issue_type_named(wanted).is_some(),
        ),
        "labels" | "label" => Field::Values(
            |issue| {
                issue
                    .labels
                    .iter()
                    .map(|label| label.to_lowercase())
                    .collect()
            },
            anything,
        ),
        "resolution" => Field::Resolution,
        "epic link" | "cf[10008]" => Field::Values(
            |issue| {
                issue
                    .custom_text(EPIC_LINK)
                    .map(str::to_lowercase)
                    .into_iter()
                    .collect()
            },
            |state, wanted| state.find(wanted).is_some(),
        ),
        "epic name" | "cf[10009]" => {
            Field::Text(|issue| issue.custom_text(EPIC_NAME).unwrap_or_default().to_owned())
        }
        "parent" => Field::Values(
            |issue| {
                issue
                    .parent
                    .map(|parent| parent.to_string())
                    .into_iter()
                    .collect()
            },
            |state, wanted| state.find(wanted).is_some(),
        ),
        "sprint" | "cf[10004]" => {
            Field::Values(sprints_of, |_, wanted| sprints::named(wanted).is_some())
        }
        "story points" | "cf[10006]" => Field::Number(|issue| {
            issue
                .custom
                .get(&STORY_POINTS)
                .and_then(|value| value.as_f64())
        }),
        "component" => Field::Values(
            |issue| {
                issue
                    .components
                    .iter()
                    .flat_map(|(id, name)| names(&[id, name]))
                    .collect()
            },
            |_, wanted| {
                PROJECTS
                    .iter()
                    .any(|project| project.component(wanted).is_some())
            },
        ),
        "fixversion" => Field::Values(
            |issue| version_names(&issue.fix_versions),
            |_, wanted| {
                PROJECTS
                    .iter()
                    .any(|project| project.version(wanted).is_some())
            },
        ),
        "affectedversion" => Field::Values(
            |issue| version_names(&issue.versions),
            |_, wanted| {
                PROJECTS
                    .iter()
                    .any(|project| project.version(wanted).is_some())
            },
        ),
        "text" => Field::Text(|issue| {
            let mut text = format!(
                "{}\n{}",
                issue.summary,
                issue.description.as_deref().unwrap_or_default()
            );
            for comment in &issue.comments {
                text.push('\n');
                text.push_str(&comment.body);
            }
            text.push('\n');
            text.push_str(issue.environment.as_deref().unwrap_or_default());
            text
        }),
        "summary" => Field::Text(|issue| issue.summary.clone()),
        "description" => Field::Text(|issue| issue.description.clone().unwrap_or_default()),
        "environment" => Field::Text(|issue| issue.environment.clone().unwrap_or_default()),
        "comment" => Field::Text(|issue| {
            let bodies: Vec<&str> = issue
                .comments
                .iter()
                .map(|comment| comment.body.as_str())
                .collect();
            bodies.join("\n")
        }),
        "created" | "createddate" => Field::Moment(|issue| Some(issue.created)),
        "updated" | "updateddate" => Field::Moment(|issue| Some(issue.updated)),
        "resolved" | "resolutiondate" => Field::Moment(|issue| issue.resolved),
        "due" | "duedate" => {
            Field::Moment(|issue| issue.due.map(|day| day.and_time(NaiveTime::MIN).and_utc()))
        }
        _ => return None,
    })
}

/// Values in lower case.
pub(super) fn names(values: &[&str]) -> Vec<String> {
    values.iter().map(|value| value.to_lowercase()).collect()
}

fn version_names(versions: &[&catalogue::Version]) -> Vec<String> {
    versions
        .iter()
        .flat_map(|version| names(&[version.id, version.name]))
        .collect()
}

fn sprints_of(issue: &Issue) -> Vec<String> {
    let ids = issue.custom.get(&SPRINT).and_then(|value| value.as_array());
    ids.into_iter()
        .flatten()
        .filter_map(|id| id.as_u64().and_then(sprints::by_id))
        .flat_map(|sprint| [sprint.id.to_string(), sprint.name.to_lowercase()])
        .collect()
}

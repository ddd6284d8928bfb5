//! The fields that JQL knows.

use chrono::{DateTime, NaiveTime, Utc};

use crate::sandbox::jira::catalogue::{self, STATUSES};
use crate::sandbox::jira::custom::{EPIC_LINK, EPIC_NAME, STORY_POINTS};
use crate::sandbox::jira::state::{Issue, State};
use crate::sandbox::people::Person;

/// What a field holds.
pub(super) enum Field {
    /// Values with names that have to exist.
    Values(fn(&State, &Issue) -> Vec<String>, fn(&State, &str) -> bool),
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
            |_, issue| names(&[issue.project.key, issue.project.id, issue.project.name]),
            |_, wanted| catalogue::project_named(wanted).is_some(),
        ),
        "key" | "issue" | "issuekey" | "id" => Field::Key,
        "status" => Field::Values(
            |_, issue| names(&[issue.status.name, issue.status.id]),
            |_, wanted| catalogue::status_named(wanted).is_some(),
        ),
        "statuscategory" => Field::Values(
            |_, issue| names(&[issue.status.category.name, issue.status.category.key]),
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
            |_, issue| names(&[issue.kind.name, issue.kind.id]),
            |_, wanted| catalogue::issue_type_named(wanted).is_some(),
        ),
        "labels" | "label" => Field::Values(
            |_, issue| {
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
            |_, issue| {
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
            |_, issue| {
                issue
                    .parent
                    .map(|parent| parent.to_string())
                    .into_iter()
                    .collect()
            },
            |state, wanted| state.find(wanted).is_some(),
        ),
        "sprint" | "cf[10004]" => Field::Values(sprints_of, |state, wanted| {
            state.planning.sprint_named(wanted).is_some()
        }),
        "story points" | "cf[10006]" => Field::Number(|issue| {
            issue
                .custom
                .get(&STORY_POINTS)
                .and_then(|value| value.as_f64())
        }),
        "component" => Field::Values(
            |state, issue| {
                let components = issue.components.iter();
                components
                    .filter_map(|id| state.planning.component(*id))
                    .flat_map(|part| names(&[&part.id.to_string(), &part.name]))
                    .collect()
            },
            |state, wanted| {
                let components = &state.planning.components;
                components.iter().any(|component| component.is(wanted))
            },
        ),
        "fixversion" => Field::Values(
            |state, issue| version_names(state, &issue.fix_versions),
            has_version,
        ),
        "affectedversion" => Field::Values(
            |state, issue| version_names(state, &issue.versions),
            has_version,
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

fn has_version(state: &State, wanted: &str) -> bool {
    let versions = &state.planning.versions;
    versions.iter().any(|version| version.is(wanted))
}

fn version_names(state: &State, ids: &[u64]) -> Vec<String> {
    ids.iter()
        .filter_map(|id| state.planning.version(*id))
        .flat_map(|version| names(&[&version.id.to_string(), &version.name]))
        .collect()
}

fn sprints_of(state: &State, issue: &Issue) -> Vec<String> {
    issue
        .sprints()
        .filter_map(|id| state.planning.sprint(id))
        .flat_map(|sprint| [sprint.id.to_string(), sprint.name.to_lowercase()])
        .collect()
}

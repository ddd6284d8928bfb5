//! The order of search results.

use std::cmp::Ordering;

use crate::sandbox::jira::catalogue::{Choice, ISSUE_TYPES, PRIORITIES, RESOLUTIONS, STATUSES};
use crate::sandbox::jira::custom::{EPIC_LINK, STORY_POINTS};
use crate::sandbox::jira::state::Issue;
use crate::sandbox::query::Order;

/// How to compare by a field, and whether the greatest comes first unless told otherwise.
type SortKey = (fn(&Issue, &Issue) -> Ordering, bool);

/// Whether results can be sorted by a field.
pub(super) fn is_sortable(field: &str) -> bool {
    sort_key(field).is_some()
}

/// Compares two issues by the keys of `ORDER BY`.
pub(super) fn compare(one: &Issue, other: &Issue, order: &[Order]) -> Ordering {
    for key in order {
        let Some((compare, greatest_first)) = sort_key(&key.field) else {
            continue;
        };
        let ordering = compare(one, other);
        let ordering = if key.descending.unwrap_or(greatest_first) {
            ordering.reverse()
        } else {
            ordering
        };
        if ordering.is_ne() {
            return ordering;
        }
    }
    Ordering::Equal
}

/// Compares by project and number.
pub(super) fn compare_keys(one: &Issue, other: &Issue) -> Ordering {
    (one.project.key, one.number).cmp(&(other.project.key, other.number))
}

/// The place of a priority in the list; the most urgent is 0.
pub(super) fn rank(priority: &Choice) -> usize {
    position(PRIORITIES.iter().map(|choice| choice.id), priority.id)
}

fn sort_key(field: &str) -> Option<SortKey> {
    Some(match field.to_lowercase().as_str() {
        "key" | "issue" | "issuekey" | "id" => (compare_keys, false),
        "project" => (|a, b| a.project.name.cmp(b.project.name), false),
        "summary" => (
            |a, b| a.summary.to_lowercase().cmp(&b.summary.to_lowercase()),
            false,
        ),
        "description" => (|a, b| a.description.cmp(&b.description), false),
        "status" | "statuscategory" => (
            |a, b| {
                let place = |issue: &Issue| {
                    position(STATUSES.iter().map(|status| status.id), issue.status.id)
                };
                place(a).cmp(&place(b))
            },
            true,
        ),
        "priority" => (|a, b| rank(b.priority).cmp(&rank(a.priority)), true),
        "type" | "issuetype" => (
            |a, b| {
                let place =
                    |issue: &Issue| position(ISSUE_TYPES.iter().map(|kind| kind.id), issue.kind.id);
                place(a).cmp(&place(b))
            },
            false,
        ),
        "resolution" => (
            |a, b| {
                let place = |issue: &Issue| {
                    let id = issue.resolution.map_or("", |choice| choice.id);
                    position(RESOLUTIONS.iter().map(|choice| choice.id), id)
                };
                place(a).cmp(&place(b))
            },
            false,
        ),
        "assignee" => (
            |a, b| {
                last_if_none(
                    a.assignee.map(|p| p.display_name),
                    b.assignee.map(|p| p.display_name),
                )
            },
            false,
        ),
        "reporter" | "creator" => (
            |a, b| {
                last_if_none(
                    a.reporter.map(|p| p.display_name),
                    b.reporter.map(|p| p.display_name),
                )
            },
            false,
        ),
        "created" | "createddate" => (|a, b| a.created.cmp(&b.created), true),
        "updated" | "updateddate" => (|a, b| a.updated.cmp(&b.updated), true),
        "resolved" | "resolutiondate" => (|a, b| a.resolved.cmp(&b.resolved), true),
        "due" | "duedate" => (|a, b| last_if_none(a.due, b.due), false),
        "votes" => (|a, b| a.voters.len().cmp(&b.voters.len()), true),
        "rank" | "cf[10011]" => (|a, b| a.rank.cmp(&b.rank), false),
        "epic link" | "cf[10008]" => (
            |a, b| last_if_none(a.custom_text(EPIC_LINK), b.custom_text(EPIC_LINK)),
            false,
        ),
        "story points" | "cf[10006]" => (
            |a, b| {
                let points = |issue: &Issue| {
                    let points = issue.custom.get(&STORY_POINTS);
                    points
                        .and_then(|points| points.as_f64())
                        .unwrap_or_default()
                };
                points(a).total_cmp(&points(b))
            },
            true,
        ),
        "fixversion" => (
            |a, b| {
                let first = |issue: &Issue| issue.fix_versions.first().copied();
                last_if_none(first(a), first(b))
            },
            false,
        ),
        "component" => (
            |a, b| last_if_none(a.components.first(), b.components.first()),
            false,
        ),
        _ => return None,
    })
}

/// The place of an id in a list; the end if it is not there.
fn position<'a>(ids: impl Iterator<Item = &'a str>, wanted: &str) -> usize {
    let mut ids = ids;
    ids.position(|id| id == wanted).unwrap_or(usize::MAX)
}

fn last_if_none<T: Ord>(one: Option<T>, other: Option<T>) -> Ordering {
    match (&one, &other) {
        (None, Some(_)) => Ordering::Greater,
        (Some(_), None) => Ordering::Less,
        _ => one.cmp(&other),
    }
}

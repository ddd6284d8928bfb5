//! From an issue to the JSON that Jira sends.

use chrono::{DateTime, Utc};
use serde_json::{Map, Value, json};

use crate::sandbox::exchange::{Call, encode};
use crate::sandbox::jira::custom::{CustomField, RANK};
use crate::sandbox::jira::custom_table::CUSTOM_FIELDS;
use crate::sandbox::jira::fields::Selection;
use crate::sandbox::jira::state::{Attachment, Change, Comment, Issue, State};
use crate::sandbox::jira::{generated, groups, markup, meta, ranking, rendered, workflow};
use crate::sandbox::people::Person;

/// What could be expanded in an issue.
const EXPANDABLE: &str =
    "renderedFields,names,schema,operations,editmeta,changelog,versionedRepresentations";

/// What to show of an issue.
pub(super) struct View<'a> {
    /// Where links point to.
    pub(super) base: &'a str,
    /// Which fields.
    pub(super) selection: &'a Selection,
    /// The names in `expand`.
    pub(super) expand: &'a [String],
    /// Who looks at it.
    pub(super) caller: Option<&'static Person>,
    /// Whether the issue stands alone; in a list, names and schema stand beside it.
    pub(super) alone: bool,
}

/// A moment as Jira writes it.
pub(super) fn time(moment: DateTime<Utc>) -> String {
    moment.format("%Y-%m-%dT%H:%M:%S%.3f+0000").to_string()
}

/// A user who may be nobody.
pub(super) fn user(person: Option<&'static Person>, base: &str) -> Value {
    person.map_or(Value::Null, |person| person.in_jira(base))
}

/// The whole issue.
pub(super) fn issue(state: &State, issue: &Issue, view: &View) -> Value {
    let expands = |name: &str| view.expand.iter().any(|part| part == name);
    let mut fields = Map::new();
    for field in view.selection.system() {
        if field.id == "parent" && issue.parent.is_none() {
            // Only parts of another issue have this field at all.
            continue;
        }
        fields.insert(
            field.id.to_owned(),
            system_value(state, issue, field.id, view),
        );
    }
    for field in CUSTOM_FIELDS {
        if view.selection.wants(&field.id(), true) {
            fields.insert(field.id(), custom_value(state, issue, field, view.base));
        }
    }
    let rendered = expands("renderedFields").then(|| rendered::fields(&fields));
    let mut whole = json!({
        "expand": EXPANDABLE,
        "id": issue.id.to_string(),
        "self": format!("{}/rest/api/2/issue/{}", view.base, issue.id),
        "key": issue.key(),
        "fields": fields,
    });
    let Some(map) = whole.as_object_mut() else {
        return whole;
    };
    if let Some(rendered) = rendered {
        map.insert("renderedFields".to_owned(), rendered);
    }
    if expands("transitions") {
        let with_fields = expands("transitions.fields");
        map.insert(
            "transitions".to_owned(),
            workflow::available(issue.status)
                .map(|way| way.render(view.base, with_fields))
                .collect(),
        );
    }
    if expands("changelog") {
        let histories = issue.history.iter();
        map.insert(
            "changelog".to_owned(),
            json!({
                "startAt": 0,
                "maxResults": issue.history.len(),
                "total": issue.history.len(),
                "histories": histories.map(|entry| change(entry, view.base)).collect::<Value>(),
            }),
        );
    }
    if expands("editmeta") {
        map.insert(
            "editmeta".to_owned(),
            meta::editable(state, issue, view.base),
        );
    }
    if expands("operations") {
        map.insert("operations".to_owned(), rendered::operations(issue));
    }
    if view.alone {
        let (names, schema) = view.selection.describe();
        if expands("names") {
            map.insert("names".to_owned(), names);
        }
        if expands("schema") {
            map.insert("schema".to_owned(), schema);
        }
    }
    whole
}

/// A comment.
pub(super) fn comment(comment: &Comment, issue_id: u64, call: &Call, rendered: bool) -> Value {
    let mut whole = comment_in(comment, issue_id, &call.base);
    if rendered && let Some(map) = whole.as_object_mut() {
        map.insert(
            "renderedBody".to_owned(),
            json!(markup::html(&comment.body)),
        );
    }
    whole
}

/// The value of a custom field.
fn custom_value(state: &State, issue: &Issue, field: &CustomField, base: &str) -> Value {
    let short = match issue.custom.get(&field.number) {
        Some(value) => value.clone(),
        None if field.number == RANK => json!(ranking::text(issue.rank)),
        None if issue.sample => generated::value(issue, field),
        None => Value::Null,
    };
    field.render(&short, issue.project, &state.planning, base)
}

fn system_value(state: &State, issue: &Issue, id: &str, view: &View) -> Value {
    let (base, caller) = (view.base, view.caller);
    let this = format!("{base}/rest/api/2/issue/{}", issue.key());
    match id {
        "issuetype" => issue.kind.render(base),
        "parent" => issue
            .parent
            .and_then(|parent| state.issues.get(&parent))
            .map_or(Value::Null, |parent| reference(parent, base)),
        "timespent" | "aggregatetimespent" => json!(issue.time_spent),
        "timeestimate" | "aggregatetimeestimate" => json!(issue.remaining_estimate),
        "timeoriginalestimate" | "aggregatetimeoriginalestimate" => json!(issue.original_estimate),
        "project" => issue.project.reference(base),
        "fixVersions" => versions(state, &issue.fix_versions, base),
        "versions" => versions(state, &issue.versions, base),
        "components" => issue
            .components
            .iter()
            .filter_map(|id| state.planning.component(*id))
            .map(|component| component.render(base))
            .collect(),
        "resolution" => issue
            .resolution
            .map_or(Value::Null, |choice| choice.resolution(base)),
        "resolutiondate" => json!(issue.resolved.map(time)),
        "workratio" => json!(work_ratio(issue)),
        "watches" => json!({
            "self": format!("{this}/watchers"),
            "watchCount": issue.watchers.len(),
            "isWatching": contains(&issue.watchers, caller),
        }),
        "votes" => json!({
            "self": format!("{this}/votes"),
            "votes": issue.voters.len(),
            "hasVoted": contains(&issue.voters, caller),
        }),
        "created" => json!(time(issue.created)),
        "updated" => json!(time(issue.updated)),
        "priority" => issue.priority.priority(base),
        "labels" => json!(issue.labels),
        "issuelinks" => links(state, issue, base),
        "assignee" => user(issue.assignee, base),
        "reporter" => user(issue.reporter, base),
        "creator" => user(issue.creator, base),
        "status" => issue.status.render(base),
        "description" => json!(issue.description),
        "environment" => json!(issue.environment),
        "timetracking" => time_tracking(issue),
        "attachment" => issue
            .attachments
            .iter()
            .map(|file| attachment(file, base))
            .collect(),
        "summary" => json!(issue.summary),
        "subtasks" => state
            .subtasks(issue.id)
            .map(|part| reference(part, base))
            .collect(),
        "progress" | "aggregateprogress" => progress(issue),
        "duedate" => json!(issue.due.map(|day| day.format("%Y-%m-%d").to_string())),
        "comment" => {
            let comments: Vec<_> = issue
                .comments
                .iter()
                .filter(|comment| groups::may_see(caller, comment.visibility.as_ref()))
                .map(|comment| comment_in(comment, issue.id, base))
                .collect();
            json!({
                "maxResults": comments.len(),
                "total": comments.len(),
                "startAt": 0,
                "comments": comments,
            })
        }
        "worklog" => {
            let worklogs: Vec<_> = issue
                .worklogs
                .iter()
                .filter(|worklog| groups::may_see(caller, worklog.visibility.as_ref()))
                .collect();
            json!({
                "startAt": 0,
                "maxResults": 20,
                "total": worklogs.len(),
                "worklogs": worklogs
                    .iter()
                    .take(20)
                    .map(|worklog| worklog.render(issue.id, base))
                    .collect::<Value>(),
            })
        }
        _ => Value::Null,
    }
}

fn comment_in(comment: &Comment, issue_id: u64, base: &str) -> Value {
    let mut whole = json!({
        "self": format!("{base}/rest/api/2/issue/{issue_id}/comment/{}", comment.id),
        "id": comment.id.to_string(),
        "author": user(comment.author, base),
        "body": comment.body,
        "updateAuthor": user(comment.editor, base),
        "created": time(comment.created),
        "updated": time(comment.updated),
    });
    if let (Some(visibility), Some(map)) = (&comment.visibility, whole.as_object_mut()) {
        map.insert("visibility".to_owned(), visibility.render());
    }
    whole
}

/// An issue inside another.
pub(super) fn reference(issue: &Issue, base: &str) -> Value {
    json!({
        "id": issue.id.to_string(),
        "key": issue.key(),
        "self": format!("{base}/rest/api/2/issue/{}", issue.id),
        "fields": {
            "summary": issue.summary,
            "status": issue.status.render(base),
            "priority": issue.priority.priority(base),
            "issuetype": issue.kind.render(base),
        },
    })
}

fn links(state: &State, issue: &Issue, base: &str) -> Value {
    let mut links = Vec::new();
    for link in &state.links {
        let (side, other) = if link.from == issue.id {
            ("outwardIssue", link.to)
        } else if link.to == issue.id {
            ("inwardIssue", link.from)
        } else {
            continue;
        };
        let Some(other) = state.issues.get(&other) else {
            continue;
        };
        links.push(json!({
            "id": link.id.to_string(),
            "self": format!("{base}/rest/api/2/issueLink/{}", link.id),
            "type": link.kind.render(base),
            side: reference(other, base),
        }));
    }
    Value::Array(links)
}

pub(super) fn attachment(file: &Attachment, base: &str) -> Value {
    let mut whole = json!({
        "self": format!("{base}/rest/api/2/attachment/{}", file.id),
        "id": file.id.to_string(),
        "filename": file.name,
        "author": user(file.author, base),
        "created": time(file.created),
        "size": file.size,
        "mimeType": file.media_type,
        "content": format!(
            "{base}/secure/attachment/{}/{}",
            file.id,
            encode(&file.name)
        ),
    });
    if file.media_type.starts_with("image/")
        && let Some(map) = whole.as_object_mut()
    {
        let thumbnail = format!("{base}/secure/thumbnail/{}/_thumb_{}.png", file.id, file.id);
        map.insert("thumbnail".to_owned(), json!(thumbnail));
    }
    whole
}

fn change(change: &Change, base: &str) -> Value {
    let items = change.items.iter().map(|item| {
        json!({
            "field": item.field,
            "fieldtype": if item.custom { "custom" } else { "jira" },
            "from": item.from,
            "fromString": item.from_text,
            "to": item.to,
            "toString": item.to_text,
        })
    });
    json!({
        "id": change.id.to_string(),
        "author": user(change.author, base),
        "created": time(change.created),
        "items": items.collect::<Value>(),
    })
}

fn time_tracking(issue: &Issue) -> Value {
    let mut tracking = Map::new();
    for (name, seconds) in [
        ("originalEstimate", issue.original_estimate),
        ("remainingEstimate", issue.remaining_estimate),
        ("timeSpent", issue.time_spent),
    ] {
        if let Some(seconds) = seconds {
            tracking.insert(name.to_owned(), json!(markup::duration(seconds)));
            tracking.insert(format!("{name}Seconds"), json!(seconds));
        }
    }
    Value::Object(tracking)
}

fn progress(issue: &Issue) -> Value {
    let spent = issue.time_spent.unwrap_or_default();
    let total = spent + issue.remaining_estimate.unwrap_or_default();
    match (spent * 100).checked_div(total) {
        Some(percent) => json!({"progress": spent, "total": total, "percent": percent}),
        None => json!({"progress": 0, "total": 0}),
    }
}

fn versions(state: &State, ids: &[u64], base: &str) -> Value {
    ids.iter()
        .filter_map(|id| state.planning.version(*id))
        .map(|version| version.render(base))
        .collect()
}

/// Whether someone is among some people.
pub(super) fn contains(people: &[&'static Person], wanted: Option<&'static Person>) -> bool {
    wanted.is_some_and(|wanted| people.iter().any(|person| person.key == wanted.key))
}

fn work_ratio(issue: &Issue) -> i64 {
    let spent = issue.time_spent.unwrap_or_default();
    let ratio = (spent * 100).checked_div(issue.original_estimate.unwrap_or_default());
    ratio
        .and_then(|ratio| i64::try_from(ratio).ok())
        .unwrap_or(-1)
}

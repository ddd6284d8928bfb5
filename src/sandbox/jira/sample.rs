//! Reads the sample issues.

use std::collections::BTreeMap;
use std::io::Error;

use chrono::{DateTime, Utc};
use serde_json::{Value, json};

use crate::sandbox::jira::catalogue::{self, STATUSES};
use crate::sandbox::jira::custom::{EPIC_LINK, EPIC_NAME, SPRINT, STORY_POINTS};
use crate::sandbox::jira::filters::Filter;
use crate::sandbox::jira::markup::seconds;
use crate::sandbox::jira::planning::Planning;
use crate::sandbox::jira::properties;
use crate::sandbox::jira::ranking;
use crate::sandbox::jira::state::{Attachment, Change, Comment, Issue, Link, State};
use crate::sandbox::jira::workflow::item;
use crate::sandbox::jira::worklogs::Worklog;
use crate::sandbox::people::{self, PEOPLE, Person};
use crate::sandbox::records::{self, Record, comma_list};

const FILES: &[&str] = &[
    include_str!("../data/demo.issues.txt"),
    include_str!("../data/infra.issues.txt"),
];

/// A fresh state with all sample issues.
pub(super) fn load() -> Result<State, Error> {
    let mut state = State {
        last_id: 20_000,
        planning: Planning::sample(),
        filters: Filter::sample(),
        ..State::default()
    };
    let mut records = Vec::new();
    for file in FILES {
        records.extend(records::read(file));
    }
    for record in &records {
        let issue = read(record, &mut state)?;
        let highest = state.numbers.entry(issue.project.key).or_default();
        *highest = issue.number.max(*highest);
        state.issues.insert(issue.id, issue);
    }
    // Parents and links may point forward, so they come when every issue is there.
    for record in &records {
        connect(record, &mut state)?;
    }
    for issue in state.issues.values_mut() {
        issue.rank = ranking::first_rank(issue.id);
        issue.worklogs = Worklog::sample(issue);
    }
    state.properties = properties::sample(&state);
    Ok(state)
}

fn read(record: &Record, state: &mut State) -> Result<Issue, Error> {
    let (project, number) = record.known("key", record.name.rsplit_once('-'))?;
    let project = record.known("project", catalogue::project_named(project))?;
    let number: u64 = record.known("number", number.parse().ok())?;
    let created = record.moment(record.need("created")?)?;
    let updated = match record.get("updated") {
        Some(text) => record.moment(text)?,
        None => created,
    };
    let person = |header: &str| match record.get(header) {
        Some(login) => record.known(header, people::by_login(login)).map(Some),
        None => Ok(None),
    };
    let reporter = person("reporter")?;
    let status = record.get("status").unwrap_or("To Do");
    let status = record.known("status", catalogue::status_named(status))?;
    let resolution = match record.get("resolution") {
        Some(name) => Some(record.known("resolution", catalogue::resolution_named(name))?),
        None => None,
    };
    let planning = &state.planning;
    let versions = |header: &str| -> Result<Vec<_>, Error> {
        let names = record.list(header).into_iter();
        names
            .map(|name| {
                let version = planning.version_named(project, name);
                record.known(name, version.map(|version| version.id))
            })
            .collect()
    };
    let components = record.list("components").into_iter();
    let description = record
        .sections
        .iter()
        .find(|(title, _)| title == "description");
    let mut issue = Issue {
        id: project.id.parse::<u64>().unwrap_or_default() * 1_000 - 9_990_000 + number,
        project,
        number,
        kind: record.known("type", catalogue::issue_type_named(record.need("type")?))?,
        summary: record.need("summary")?.to_owned(),
        description: description.map(|(_, text)| text.clone()),
        environment: record.get("environment").map(str::to_owned),
        status,
        resolution,
        resolved: resolution.map(|_| updated),
        priority: record.known(
            "priority",
            catalogue::priority_named(record.get("priority").unwrap_or("Medium")),
        )?,
        assignee: person("assignee")?,
        reporter,
        creator: reporter,
        labels: record
            .list("labels")
            .into_iter()
            .map(str::to_owned)
            .collect(),
        components: components
            .map(|name| {
                let component = planning.component_named(project, name);
                record.known(name, component.map(|component| component.id))
            })
            .collect::<Result<_, _>>()?,
        fix_versions: versions("fix")?,
        versions: versions("affects")?,
        due: record.get("due").map(|day| record.day(day)).transpose()?,
        original_estimate: record.get("estimate").and_then(seconds),
        remaining_estimate: record.get("remaining").and_then(seconds),
        time_spent: record.get("spent").and_then(seconds),
        parent: None,
        custom: custom(record),
        sample: true,
        comments: Vec::new(),
        attachments: Vec::new(),
        history: Vec::new(),
        worklogs: Vec::new(),
        remote_links: Vec::new(),
        watchers: some_people(number, number % 5 + 1, None),
        voters: some_people(number + 1, number % 3, reporter),
        rank: 0,
        created,
        updated,
    };
    for file in record.all("attachment") {
        issue
            .attachments
            .push(attachment(record, file, created, reporter, state)?);
    }
    for (title, body) in &record.sections {
        if let Some(heading) = title.strip_prefix("comment ") {
            issue.comments.push(comment(record, heading, body, state)?);
        }
    }
    issue.history = history(&issue, state);
    Ok(issue)
}

/// Some people without the main user, so that he can still join.
fn some_people(first: u64, count: u64, without: Option<&'static Person>) -> Vec<&'static Person> {
    let others: Vec<&'static Person> = PEOPLE
        .iter()
        .skip(1)
        .filter(|person| without.is_none_or(|other| other.key != person.key))
        .collect();
    let first = usize::try_from(first).unwrap_or_default() % others.len().max(1);
    let count = usize::try_from(count).unwrap_or_default();
    let people = others.iter().cycle().skip(first);
    people.take(count).copied().collect()
}

fn custom(record: &Record) -> BTreeMap<u32, Value> {
    let mut custom = BTreeMap::new();
    for (number, header) in [(EPIC_LINK, "epic"), (EPIC_NAME, "epic name")] {
        if let Some(text) = record.get(header) {
            custom.insert(number, json!(text));
        }
    }
    if let Some(points) = record
        .get("points")
        .and_then(|points| points.parse::<f64>().ok())
    {
        custom.insert(STORY_POINTS, json!(points));
    } else {
        custom.insert(STORY_POINTS, Value::Null);
    }
    let sprints: Vec<u64> = record
        .list("sprint")
        .iter()
        .filter_map(|id| id.parse().ok())
        .collect();
    if !sprints.is_empty() {
        custom.insert(SPRINT, json!(sprints));
    }
    custom
}

/// An attachment, written as `name, media type, size`.
fn attachment(
    record: &Record,
    text: &str,
    created: DateTime<Utc>,
    author: Option<&'static Person>,
    state: &mut State,
) -> Result<Attachment, Error> {
    let parts = comma_list(text);
    let part = |index: usize| record.known(text, parts.get(index).copied());
    Ok(Attachment {
        id: state.new_id(),
        name: part(0)?.to_owned(),
        media_type: part(1)?.to_owned(),
        size: record.known(text, part(2)?.parse().ok())?,
        author,
        created,
        content: None,
    })
}

/// A comment; its heading is `login moment`.
fn comment(
    record: &Record,
    heading: &str,
    body: &str,
    state: &mut State,
) -> Result<Comment, Error> {
    let (login, moment) = record.known(heading, heading.split_once(' '))?;
    let created = record.moment(moment)?;
    Ok(Comment {
        id: state.new_id(),
        author: Some(record.known(login, people::by_login(login))?),
        editor: people::by_login(login),
        body: body.to_owned(),
        created,
        updated: created,
        visibility: None,
    })
}

/// The way of an issue through the workflow up to where it is now.
fn history(issue: &Issue, state: &mut State) -> Vec<Change> {
    let reached = STATUSES
        .iter()
        .position(|status| status.id == issue.status.id);
    let reached = reached.unwrap_or_default();
    let step = (issue.updated - issue.created) / i32::try_from(reached.max(1)).unwrap_or(1);
    let mut history = Vec::new();
    let mut moment = issue.created;
    for (from, to) in STATUSES.iter().zip(STATUSES.iter().skip(1)).take(reached) {
        moment += step;
        let mut items = vec![item(
            "status",
            Some((from.id, from.name)),
            Some((to.id, to.name)),
        )];
        if let Some(resolution) = issue.resolution.filter(|_| to.is_done()) {
            items.push(item(
                "resolution",
                None,
                Some((resolution.id, resolution.name)),
            ));
        }
        history.push(Change {
            id: state.new_id(),
            author: issue.assignee.or(issue.reporter),
            created: moment,
            items,
        });
    }
    history
}

fn connect(record: &Record, state: &mut State) -> Result<(), Error> {
    let id = record.known("key", state.id_of(&record.name))?;
    if let Some(parent) = record.get("parent") {
        let parent = record.known(parent, state.id_of(parent))?;
        if let Some(issue) = state.issues.get_mut(&id) {
            issue.parent = Some(parent);
        }
    }
    for link in record.all("link") {
        let (kind, other) = record.known(link, link.split_once(' '))?;
        let to = record.known(other, state.id_of(other))?;
        let link = Link {
            id: state.new_id(),
            kind: record.known(kind, catalogue::link_type_named(kind))?,
            from: id,
            to,
        };
        state.links.push(link);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_sample_issue_can_be_read() {
        let state = load().unwrap();
        assert!(state.issues.len() >= 38);
        assert_eq!(state.numbers.get("INFRA"), Some(&123));
        let incident = state.find("infra-123").unwrap();
        assert!(incident.comments.len() >= 3);
        assert_eq!(incident.resolution.map(|choice| choice.name), Some("Fixed"));
    }

    #[test]
    fn ids_of_issues_do_not_meet() {
        let state = load().unwrap();
        let keys: std::collections::BTreeSet<String> =
            state.issues.values().map(Issue::key).collect();
        assert_eq!(keys.len(), state.issues.len());
        assert!(state.issues.keys().all(|id| *id < 20_000));
    }
}

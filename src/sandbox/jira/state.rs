//! What Jira remembers: issues, comments, links and their history.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::{DateTime, NaiveDate, Utc};
use serde_json::{Value, json};

use crate::sandbox::jira::catalogue::{Choice, IssueType, LinkType, Project, Status};
use crate::sandbox::jira::custom::SPRINT;
use crate::sandbox::jira::filters::Filter;
use crate::sandbox::jira::planning::Planning;
use crate::sandbox::jira::remote_links::RemoteLink;
use crate::sandbox::jira::worklogs::Worklog;
use crate::sandbox::people::Person;

/// Everything that can change.
#[derive(Debug, Default)]
pub(super) struct State {
    /// The issues by id.
    pub(super) issues: BTreeMap<u64, Issue>,
    /// The links between them.
    pub(super) links: Vec<Link>,
    /// Versions, components, boards and sprints.
    pub(super) planning: Planning,
    pub(super) filters: Vec<Filter>,
    /// Values that add-ons keep, by owner such as `issue/10001` and by key.
    pub(super) properties: BTreeMap<String, BTreeMap<String, Value>>,
    /// The preferences of users, by login and key.
    pub(super) preferences: BTreeMap<(&'static str, String), String>,
    /// Ids of deleted worklogs and when they went.
    pub(super) deleted_worklogs: Vec<(u64, DateTime<Utc>)>,
    /// The highest number given out in each project, by key.
    pub(super) numbers: BTreeMap<&'static str, u64>,
    /// The highest id given out to anything.
    pub(super) last_id: u64,
}

/// One issue.
#[derive(Clone, Debug)]
pub(super) struct Issue {
    pub(super) id: u64,
    pub(super) project: &'static Project,
    pub(super) number: u64,
    pub(super) kind: &'static IssueType,
    pub(super) summary: String,
    pub(super) description: Option<String>,
    pub(super) environment: Option<String>,
    pub(super) status: &'static Status,
    pub(super) resolution: Option<&'static Choice>,
    pub(super) resolved: Option<DateTime<Utc>>,
    pub(super) priority: &'static Choice,
    pub(super) assignee: Option<&'static Person>,
    pub(super) reporter: Option<&'static Person>,
    pub(super) creator: Option<&'static Person>,
    pub(super) labels: Vec<String>,
    /// The ids of the components and versions.
    pub(super) components: Vec<u64>,
    pub(super) fix_versions: Vec<u64>,
    pub(super) versions: Vec<u64>,
    pub(super) due: Option<NaiveDate>,
    /// The estimates and the time spent, in seconds.
    pub(super) original_estimate: Option<u64>,
    pub(super) remaining_estimate: Option<u64>,
    pub(super) time_spent: Option<u64>,
    /// The id of the issue that this is a part of.
    pub(super) parent: Option<u64>,
    /// Values of custom fields in short form, by number; others of a sample issue are generated.
    pub(super) custom: BTreeMap<u32, Value>,
    /// Whether the issue came with the sandbox.
    pub(super) sample: bool,
    pub(super) comments: Vec<Comment>,
    pub(super) attachments: Vec<Attachment>,
    pub(super) history: Vec<Change>,
    pub(super) worklogs: Vec<Worklog>,
    pub(super) remote_links: Vec<RemoteLink>,
    pub(super) watchers: Vec<&'static Person>,
    pub(super) voters: Vec<&'static Person>,
    /// The place on boards; the lowest comes first.
    pub(super) rank: u64,
    pub(super) created: DateTime<Utc>,
    pub(super) updated: DateTime<Utc>,
}

/// A comment.
#[derive(Clone, Debug)]
pub(super) struct Comment {
    pub(super) id: u64,
    pub(super) author: Option<&'static Person>,
    /// Who changed it last.
    pub(super) editor: Option<&'static Person>,
    pub(super) body: String,
    pub(super) created: DateTime<Utc>,
    pub(super) updated: DateTime<Utc>,
    pub(super) visibility: Option<Visibility>,
}

/// The group or role that may see a comment or a worklog.
#[derive(Clone, Debug)]
pub(super) struct Visibility {
    /// `group` or `role`.
    pub(super) kind: String,
    /// The name of the group or role.
    pub(super) value: String,
}

/// An attached file.
#[derive(Clone, Debug)]
pub(super) struct Attachment {
    pub(super) id: u64,
    pub(super) name: String,
    pub(super) size: u64,
    pub(super) media_type: String,
    pub(super) author: Option<&'static Person>,
    pub(super) created: DateTime<Utc>,
    /// What is in it; the files of sample issues are made up when they are read.
    pub(super) content: Option<Arc<[u8]>>,
}

/// One entry of the history.
#[derive(Clone, Debug)]
pub(super) struct Change {
    pub(super) id: u64,
    pub(super) author: Option<&'static Person>,
    pub(super) created: DateTime<Utc>,
    pub(super) items: Vec<ChangeItem>,
}

/// One changed field.
#[derive(Clone, Debug)]
pub(super) struct ChangeItem {
    pub(super) field: String,
    pub(super) custom: bool,
    pub(super) from: Option<String>,
    pub(super) from_text: Option<String>,
    pub(super) to: Option<String>,
    pub(super) to_text: Option<String>,
}

/// A link between two issues.
#[derive(Clone, Debug)]
pub(super) struct Link {
    pub(super) id: u64,
    pub(super) kind: &'static LinkType,
    /// The issue that blocks, duplicates or relates.
    pub(super) from: u64,
    /// The issue that is blocked and so on.
    pub(super) to: u64,
}

impl State {
    /// Finds an issue by key, in any letter case, or by id.
    pub(super) fn find(&self, key_or_id: &str) -> Option<&Issue> {
        let id = self.id_of(key_or_id)?;
        self.issues.get(&id)
    }

    /// The id of an issue given by key or id.
    pub(super) fn id_of(&self, key_or_id: &str) -> Option<u64> {
        if let Ok(id) = key_or_id.parse() {
            return self.issues.contains_key(&id).then_some(id);
        }
        let (project, number) = key_or_id.rsplit_once('-')?;
        let number: u64 = number.parse().ok()?;
        self.issues
            .values()
            .find(|issue| issue.number == number && issue.project.key.eq_ignore_ascii_case(project))
            .map(|issue| issue.id)
    }

    /// An id that nothing has yet.
    pub(super) fn new_id(&mut self) -> u64 {
        self.last_id += 1;
        self.last_id
    }

    /// A number for a new issue of a project.
    pub(super) fn new_number(&mut self, project: &'static Project) -> u64 {
        let last = self.numbers.entry(project.key).or_default();
        *last += 1;
        *last
    }

    /// The parts of an issue.
    pub(super) fn subtasks(&self, id: u64) -> impl Iterator<Item = &Issue> {
        self.issues
            .values()
            .filter(move |issue| issue.parent == Some(id))
    }
}

impl Issue {
    /// The key, such as `DEMO-1`.
    pub(super) fn key(&self) -> String {
        format!("{}-{}", self.project.key, self.number)
    }

    /// The ids of the sprints that it is or was in.
    pub(super) fn sprints(&self) -> impl Iterator<Item = u64> {
        let ids = self.custom.get(&SPRINT).and_then(Value::as_array);
        ids.into_iter().flatten().filter_map(Value::as_u64)
    }

    /// Writes into the history what changed, if anything did.
    pub(super) fn note(
        &mut self,
        id: u64,
        author: Option<&'static Person>,
        now: DateTime<Utc>,
        items: Vec<ChangeItem>,
    ) {
        if items.is_empty() {
            return;
        }
        self.updated = now;
        self.history.push(Change {
            id,
            author,
            created: now,
            items,
        });
    }

    /// A text value of a custom field that was set.
    pub(super) fn custom_text(&self, number: u32) -> Option<&str> {
        self.custom.get(&number).and_then(Value::as_str)
    }
}

impl Visibility {
    /// Reads what a client sent; nothing where it is not complete.
    pub(super) fn read(value: Option<&Value>) -> Option<Visibility> {
        let part = |name: &str| Some(value?.get(name)?.as_str()?.to_owned());
        Some(Visibility {
            kind: part("type")?,
            value: part("value")?,
        })
    }

    /// The visibility as Jira shows it.
    pub(super) fn render(&self) -> Value {
        json!({"type": self.kind, "value": self.value})
    }
}

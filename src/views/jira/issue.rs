//! An issue.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;

use crate::{
    api::jira::types,
    views::{
        Markdown, Notation,
        jira::{CommentView, LinkView, PersonView, field},
        text,
    },
};

/// How many of the latest comments are shown.
const MAXIMUM_COMMENTS: usize = 5;

/// The fields with a place of their own in the view.
const KNOWN: [&str; 19] = [
    "summary",
    "issuetype",
    "status",
    "resolution",
    "priority",
    "assignee",
    "reporter",
    "created",
    "updated",
    "duedate",
    "labels",
    "components",
    "fixVersions",
    "parent",
    "subtasks",
    "issuelinks",
    "description",
    "comment",
    "project",
];

/// An issue, reduced to the fields people talk about.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct IssueView {
    /// The issue's key, such as `PROJ-123`.
    pub key: String,
    /// The issue's page in the browser.
    pub url: String,
    /// What it is about, in one line.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub summary: Option<String>,
    /// The name of the issue type.
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    pub issue_type: Option<String>,
    /// The name of the current workflow status.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<String>,
    /// How it was resolved; absent while it is open.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub resolution: Option<String>,
    /// The name of the priority.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub priority: Option<String>,
    /// Who works on it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub assignee: Option<PersonView>,
    /// Who reported it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reporter: Option<PersonView>,
    /// When it was created.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub created: Option<String>,
    /// When it last changed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub updated: Option<String>,
    /// When it is due.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub due: Option<String>,
    /// The labels.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub labels: Vec<String>,
    /// The names of the components.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub components: Vec<String>,
    /// The names of the versions that it is fixed in.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub fix_versions: Vec<String>,
    /// Its parent, subtasks and linked issues.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub links: Vec<LinkView>,
    /// Other fields that were asked for, by name.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub fields: BTreeMap<String, String>,
    /// Fields that were asked for and that this issue does not have.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub unknown_fields: Vec<String>,
    /// The description, as Markdown unless `format` says otherwise.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// The latest comments, oldest first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub comments: Vec<CommentView>,
    /// How many earlier comments are not shown.
    #[serde(skip_serializing_if = "is_zero")]
    pub earlier_comments: usize,
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde hands over a reference"
)]
fn is_zero(count: &usize) -> bool {
    *count == 0
}

impl IssueView {
    /// The fields that the view shows, and all that a request has to ask for.
    pub const FIELDS: &str = "summary,issuetype,status,resolution,priority,assignee,reporter,\
        created,updated,duedate,labels,components,fixVersions,parent,subtasks,issuelinks,\
        description,comment";

    /// Reduces a raw issue. `requested` are the fields that were asked for by name, if any were.
    pub fn from_raw(
        raw: &types::Issue,
        base_url: &str,
        requested: &[String],
        notation: Notation,
    ) -> Self {
        let fields = &raw.fields;
        let get = |name: &str| fields.get(name);
        let key = text::identifier(raw.key.as_deref().or(raw.id.as_deref()).unwrap_or(""));
        let date = |name| field::string(get(name)).map(text::line);
        let (comments, earlier_comments) = comments(get("comment"), notation);
        Self {
            url: format!("{base_url}/browse/{key}"),
            key,
            summary: field::string(get("summary")).map(text::line),
            issue_type: field::name(get("issuetype")),
            status: field::name(get("status")),
            resolution: field::name(get("resolution")),
            priority: field::name(get("priority")),
            assignee: PersonView::from_field(get("assignee")),
            reporter: PersonView::from_field(get("reporter")),
            created: date("created"),
            updated: date("updated"),
            due: date("duedate"),
            labels: field::names(get("labels")),
            components: field::names(get("components")),
            fix_versions: field::names(get("fixVersions")),
            links: links(raw),
            fields: others(raw),
            unknown_fields: unknown(raw, requested),
            description: field::body(get("description"), notation, text::MAXIMUM_BODY),
            comments,
            earlier_comments,
        }
    }
}

fn links(raw: &types::Issue) -> Vec<LinkView> {
    let list = |name: &str| {
        raw.fields
            .get(name)
            .and_then(Value::as_array)
            .into_iter()
            .flatten()
    };
    let parent = raw
        .fields
        .get("parent")
        .and_then(|parent| LinkView::to("has parent".to_owned(), parent));
    let subtasks =
        list("subtasks").filter_map(|subtask| LinkView::to("has subtask".to_owned(), subtask));
    let links = list("issuelinks").filter_map(LinkView::from_field);
    parent.into_iter().chain(subtasks).chain(links).collect()
}

/// The fields without a place of their own, under the names that Jira gives along with them.
fn others(raw: &types::Issue) -> BTreeMap<String, String> {
    let others = raw
        .fields
        .iter()
        .filter(|(id, _)| !KNOWN.contains(&id.as_str()));
    let named = others.filter_map(|(id, value)| {
        let name = raw
            .names
            .get(id)
            .map_or_else(|| id.clone(), |name| text::line(name));
        // Two fields may share a name; the id tells them apart.
        let is_shared = raw.names.values().filter(|other| **other == name).count() > 1;
        let name = if is_shared {
            format!("{name} ({id})")
        } else {
            name
        };
        Some((name, field::short(value)?))
    });
    named.collect()
}

/// The requested names that Jira gives no display name for; `*all` and `-comment` are no names.
/// A server that sends no display names at all knows nothing of any.
fn unknown(raw: &types::Issue, requested: &[String]) -> Vec<String> {
    let names = requested
        .iter()
        .filter(|name| !name.starts_with(['*', '-']));
    let unknown = names.filter(|name| !raw.names.is_empty() && !raw.names.contains_key(*name));
    unknown.map(|name| text::line(name)).collect()
}

fn comments(field: Option<&Value>, notation: Notation) -> (Vec<CommentView>, usize) {
    let all = field
        .and_then(|field| field.get("comments"))
        .and_then(Value::as_array);
    let mut all: Vec<CommentView> = all
        .into_iter()
        .flatten()
        .filter_map(|comment| CommentView::from_field(comment, notation))
        .collect();
    let earlier = all.len().saturating_sub(MAXIMUM_COMMENTS);
    (all.split_off(earlier), earlier)
}

impl Markdown for IssueView {
    fn markdown(&self) -> String {
        let summary = self.summary.as_deref().unwrap_or("");
        let mut parts = vec![format!("# {} {summary}", self.key).trim_end().to_owned()];
        parts.extend(self.facts());
        parts.extend(self.links.iter().map(LinkView::line));
        parts.extend(self.description.as_ref().map(|text| format!("\n{text}")));
        if self.earlier_comments > 0 {
            let earlier = self.earlier_comments;
            parts.push(format!("\n({earlier} earlier comments are not shown)"));
        }
        parts.extend(
            self.comments
                .iter()
                .map(|comment| format!("\n## Comment by {}\n{}", comment.heading(), comment.body)),
        );
        format!("{}\n{}", self.url, text::marked("Jira", &parts.join("\n")))
    }
}

impl IssueView {
    /// The short fields, a line each.
    fn facts(&self) -> Vec<String> {
        let state = [
            &self.issue_type,
            &self.status,
            &self.resolution,
            &self.priority,
        ];
        let state: Vec<&str> = state
            .into_iter()
            .filter_map(|fact| fact.as_deref())
            .collect();
        let dates = [
            ("created", &self.created),
            ("updated", &self.updated),
            ("due", &self.due),
        ];
        let dates = dates
            .into_iter()
            .filter_map(|(name, date)| Some(format!("{name} {}", text::day(date.as_deref()?))));
        let dates: Vec<String> = dates.collect();
        let person = |person: &Option<PersonView>| person.as_ref().map(PersonView::to_string);
        let named = [
            ("assignee", person(&self.assignee).unwrap_or_default()),
            ("reporter", person(&self.reporter).unwrap_or_default()),
            ("dates", dates.join(", ")),
            ("labels", self.labels.join(", ")),
            ("components", self.components.join(", ")),
            ("fix versions", self.fix_versions.join(", ")),
            ("no such field", self.unknown_fields.join(", ")),
        ];
        let others = self
            .fields
            .iter()
            .map(|(name, value)| (name.as_str(), value.clone()));
        let named = named.into_iter().chain(others);
        let named = named.filter(|(_, value)| !value.is_empty());
        let named = named.map(|(name, value)| format!("{name}: {value}"));
        let state = [state.join(" · ")]
            .into_iter()
            .filter(|state| !state.is_empty());
        state.chain(named).collect()
    }
}

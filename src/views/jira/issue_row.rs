//! An issue in a list.

use schemars::JsonSchema;
use serde::Serialize;

use crate::{
    api::jira::types,
    views::{
        Markdown, Page,
        jira::{PersonView, field},
        text,
    },
};

/// An issue, reduced to a row.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct IssueRow {
    /// The issue's key, such as `PROJ-123`.
    pub key: String,
    /// The name of the issue type.
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    pub issue_type: Option<String>,
    /// The name of the workflow status.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<String>,
    /// The name of the priority.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub priority: Option<String>,
    /// Who works on it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub assignee: Option<PersonView>,
    /// When it last changed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub updated: Option<String>,
    /// What it is about, in one line.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub summary: Option<String>,
}

impl IssueRow {
    /// The fields that a row shows, and all that a search has to ask for.
    pub const FIELDS: &str = "summary,status,issuetype,priority,assignee,updated";

    /// Reduces a raw issue.
    pub fn from_raw(raw: &types::Issue) -> Self {
        let fields = &raw.fields;
        Self {
            key: text::identifier(raw.key.as_deref().unwrap_or("")),
            issue_type: field::name(fields.get("issuetype")),
            status: field::name(fields.get("status")),
            priority: field::name(fields.get("priority")),
            assignee: PersonView::from_field(fields.get("assignee")),
            updated: field::string(fields.get("updated")).map(text::line),
            summary: field::string(fields.get("summary")).map(text::line),
        }
    }
}

impl Page<IssueRow> {
    /// Reduces the results of a search.
    pub fn of_issues(raw: &types::SearchResults) -> Self {
        let items: Vec<IssueRow> = raw.issues.iter().map(IssueRow::from_raw).collect();
        let end = raw.start_at.unwrap_or(0) + i64::try_from(items.len()).unwrap_or(i64::MAX);
        Self {
            next_start: (!items.is_empty() && raw.total.is_some_and(|total| end < total))
                .then_some(end),
            total: raw.total,
            items,
        }
    }
}

impl Markdown for Page<IssueRow> {
    fn markdown(&self) -> String {
        let headline = self.headline("issues", "start_at");
        if self.items.is_empty() {
            return headline;
        }
        let rows = self.items.iter().map(|issue| {
            let assignee = issue.assignee.as_ref();
            let assignee =
                assignee.and_then(|person| person.display_name.as_ref().or(person.name.as_ref()));
            [
                text::cell(Some(&issue.key)),
                text::cell(issue.issue_type.as_deref()),
                text::cell(issue.status.as_deref()),
                text::cell(issue.priority.as_deref()),
                text::cell(assignee.map(String::as_str)),
                text::cell(issue.updated.as_deref().map(text::day)),
                text::cell(issue.summary.as_deref()),
            ]
            .join("|")
        });
        let header = "key|type|status|priority|assignee|updated|summary\n-|-|-|-|-|-|-";
        let table = format!("{header}\n{}", rows.collect::<Vec<_>>().join("\n"));
        format!("{headline}\n{}", text::marked("Jira", &table))
    }
}

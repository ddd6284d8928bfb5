//! A link from one issue to another.

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;

use crate::views::{jira::field, text};

/// Another issue, and how it relates to this one.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct LinkView {
    /// The relation seen from this issue, such as `blocks` or `is blocked by`.
    pub relation: String,
    /// The other issue's key.
    pub key: String,
    /// The other issue's status.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<String>,
    /// The other issue's summary.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub summary: Option<String>,
}

impl LinkView {
    /// Reduces an entry of the field `issuelinks`.
    pub(super) fn from_field(value: &Value) -> Option<Self> {
        let (direction, issue) = [("outward", "outwardIssue"), ("inward", "inwardIssue")]
            .into_iter()
            .find_map(|(direction, issue)| Some((direction, value.get(issue)?)))?;
        let relation = value
            .get("type")
            .and_then(|link| link.get(direction))
            .and_then(Value::as_str);
        Self::to(text::line(relation.unwrap_or("is linked to")), issue)
    }

    /// A parent, subtask or other issue that comes with a few fields of its own.
    pub(super) fn to(relation: String, issue: &Value) -> Option<Self> {
        let fields = issue.get("fields");
        let part = |name| fields.and_then(|fields| fields.get(name));
        Some(Self {
            relation,
            key: text::line(issue.get("key")?.as_str()?),
            status: field::name(part("status")),
            summary: field::string(part("summary")).map(text::line),
        })
    }

    /// `blocks DEMO-2 [Done] Summary`.
    pub(super) fn line(&self) -> String {
        let mut line = format!("{} {}", self.relation, self.key);
        if let Some(status) = &self.status {
            line.push_str(&format!(" [{status}]"));
        }
        if let Some(summary) = &self.summary {
            line.push_str(&format!(" {summary}"));
        }
        line
    }
}

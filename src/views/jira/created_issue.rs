//! A new issue.

use schemars::JsonSchema;
use serde::Serialize;

use crate::{
    api::jira::types,
    views::{Markdown, text},
};

/// What became of a new issue.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct CreatedIssueView {
    /// The issue's key.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub key: Option<String>,
    /// The issue's page in the browser.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
}

impl CreatedIssueView {
    /// Reduces the answer to a creation.
    pub fn from_raw(raw: &types::CreatedIssue, base_url: &str) -> Self {
        let key = raw.key.as_deref().map(text::identifier);
        Self {
            url: key.as_ref().map(|key| format!("{base_url}/browse/{key}")),
            key,
        }
    }
}

impl Markdown for CreatedIssueView {
    fn markdown(&self) -> String {
        let key = self.key.as_deref().unwrap_or("the issue");
        format!("Created {key} {}", self.url.as_deref().unwrap_or(""))
    }
}

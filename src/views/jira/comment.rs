//! A comment on an issue.

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;

use crate::{
    api::jira::types,
    views::{
        Markdown, Notation,
        jira::{PersonView, field},
        text,
    },
};

/// A comment.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct CommentView {
    /// The comment's id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// Who wrote it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub author: Option<PersonView>,
    /// When it was written.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub created: Option<String>,
    /// The text, as Markdown unless `format` says otherwise.
    pub body: String,
}

impl CommentView {
    /// Reduces an entry of an issue's field `comment`; one that says nothing is none.
    pub(super) fn from_field(value: &Value, notation: Notation) -> Option<Self> {
        Some(Self {
            id: field::string(value.get("id")).map(text::line),
            author: PersonView::from_field(value.get("author")),
            created: field::string(value.get("created")).map(text::line),
            body: field::body(value.get("body"), notation, text::MAXIMUM_COMMENT)?,
        })
    }

    /// Who and when, as the comment's heading.
    pub(super) fn heading(&self) -> String {
        let author = self
            .author
            .as_ref()
            .map_or_else(|| "someone".to_owned(), PersonView::to_string);
        match &self.created {
            Some(created) => format!("{author}, {}", text::minute(created)),
            None => author,
        }
    }
}

/// What became of a new comment.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct AddedCommentView {
    /// The issue's key.
    pub issue: String,
    /// The comment's id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
}

impl AddedCommentView {
    /// Reduces the created comment.
    pub fn from_raw(raw: &types::Comment, issue_key: &str) -> Self {
        Self {
            issue: issue_key.to_owned(),
            id: raw.id.as_deref().map(text::identifier),
        }
    }
}

impl Markdown for AddedCommentView {
    fn markdown(&self) -> String {
        let id = self.id.as_deref().unwrap_or("");
        format!("Comment {id} added to {}", self.issue)
    }
}

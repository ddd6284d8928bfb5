//! A Confluence page.

use schemars::JsonSchema;
use serde::Serialize;

use crate::{
    api::confluence::types,
    views::{Markdown, confluence::web_url, text},
};

/// A page with its text.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct PageView {
    /// The page's id.
    pub id: String,
    /// The page's title.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// The key of its space.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub space: Option<String>,
    /// What it is, if not a page: `blogpost`, `comment` or `attachment`.
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    pub content_type: Option<String>,
    /// Its status, if not `current`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<String>,
    /// The number of its version, to be given when it is changed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub version: Option<i64>,
    /// When this version was saved.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub updated: Option<String>,
    /// Who saved this version.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub updated_by: Option<String>,
    /// The titles of the pages above it, from the top.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub ancestors: Vec<String>,
    /// The page in the browser.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// The text, as Markdown unless `format` says otherwise.
    pub body: String,
}

impl PageView {
    /// The parts that the view shows, and all that a request has to ask for.
    pub const EXPAND: &str = "body.storage,version,space,ancestors";

    /// Reduces raw content. `body` is its text, or the part of it that is wanted.
    pub fn from_raw(raw: &types::Content, base_url: &str, body: String) -> Self {
        let version = raw.version.as_ref();
        let unusual = |value: &Option<String>, usual: &str| {
            value
                .as_deref()
                .filter(|value| *value != usual)
                .map(text::identifier)
        };
        Self {
            id: text::identifier(raw.id.as_deref().unwrap_or("")),
            title: raw.title.as_deref().map(text::line),
            space: raw
                .space
                .as_ref()
                .and_then(|space| space.key.as_deref())
                .map(text::identifier),
            content_type: unusual(&raw.type_, "page"),
            status: unusual(&raw.status, "current"),
            version: version.and_then(|version| version.number),
            updated: version
                .and_then(|version| version.when.as_deref())
                .map(text::line),
            updated_by: version
                .and_then(|version| version.by.as_ref())
                .and_then(|by| by.display_name.as_deref().or(by.username.as_deref()))
                .map(text::line),
            ancestors: raw
                .ancestors
                .iter()
                .filter_map(|page| page.title.as_deref())
                .map(text::line)
                .collect(),
            url: web_url(raw.links.as_deref(), base_url),
            body,
        }
    }
}

/// The source of a page's body, in storage format.
pub fn storage_of(raw: &types::Content) -> &str {
    let storage = raw.body.as_ref().and_then(|body| body.storage.as_ref());
    let value = storage.and_then(|storage| storage.value.as_deref());
    value.unwrap_or("")
}

impl Markdown for PageView {
    fn markdown(&self) -> String {
        let kind = self.content_type.as_deref().unwrap_or("page");
        let mut facts = vec![format!("{kind} {}", self.id)];
        facts.extend(self.status.clone());
        facts.extend(self.space.as_ref().map(|space| format!("space {space}")));
        facts.extend(self.version.map(|version| format!("version {version}")));
        let mut lines = vec![format!("# {}", self.title.as_deref().unwrap_or("Untitled"))];
        let updated = self.updated.as_deref().map(text::minute);
        lines.extend(updated.map(|updated| match &self.updated_by {
            Some(by) => format!("{updated} by {by}"),
            None => updated,
        }));
        if !self.ancestors.is_empty() {
            lines.push(format!("in {}", self.ancestors.join(" / ")));
        }
        lines.extend(self.url.clone());
        lines.push(match self.body.as_str() {
            "" => "(no text)".to_owned(),
            body => format!("\n{body}"),
        });
        format!(
            "{}\n{}",
            facts.join(" · "),
            text::marked("Confluence", &lines.join("\n"))
        )
    }
}

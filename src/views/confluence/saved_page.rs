//! A page that was created or changed.

use schemars::JsonSchema;
use serde::Serialize;

use crate::{
    api::confluence::types,
    views::{Markdown, confluence::web_url, text},
};

/// What became of a page.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct SavedPageView {
    /// The page's id.
    pub id: String,
    /// The page's title.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// The number of its version.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub version: Option<i64>,
    /// The page in the browser.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
}

impl SavedPageView {
    /// Reduces the saved content.
    pub fn from_raw(raw: &types::Content, base_url: &str) -> Self {
        Self {
            id: text::identifier(raw.id.as_deref().unwrap_or("")),
            title: raw.title.as_deref().map(text::line),
            version: raw.version.as_ref().and_then(|version| version.number),
            url: web_url(raw.links.as_deref(), base_url),
        }
    }
}

impl Markdown for SavedPageView {
    fn markdown(&self) -> String {
        let mut text = format!("Saved page {}", self.id);
        if let Some(version) = self.version {
            text.push_str(&format!(" as version {version}"));
        }
        if let Some(url) = &self.url {
            text.push_str(&format!(" {url}"));
        }
        text
    }
}

//! Content in a list.

use schemars::JsonSchema;
use serde::Serialize;

use crate::{
    api::confluence::types,
    views::{
        Markdown, Page,
        confluence::{next_start, web_url},
        text,
    },
};

/// A page, blog post, comment or attachment, reduced to a row.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct PageRow {
    /// The content's id.
    pub id: String,
    /// Its title.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// The key of its space.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub space: Option<String>,
    /// What it is: `page`, `blogpost`, `comment` or `attachment`.
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    pub content_type: Option<String>,
    /// When its latest version was saved.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub updated: Option<String>,
    /// The content in the browser.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
}

impl PageRow {
    /// The parts that a row shows, and all that a search has to ask for.
    pub const EXPAND: &str = "space,version";

    /// Reduces raw content.
    pub fn from_raw(raw: &types::Content, base_url: &str) -> Self {
        Self {
            id: text::identifier(raw.id.as_deref().unwrap_or("")),
            title: raw.title.as_deref().map(text::line),
            space: raw
                .space
                .as_ref()
                .and_then(|space| space.key.as_deref())
                .map(text::identifier),
            content_type: raw.type_.as_deref().map(text::line),
            updated: raw
                .version
                .as_ref()
                .and_then(|version| version.when.as_deref())
                .map(text::line),
            url: web_url(raw.links.as_deref(), base_url),
        }
    }
}

impl Page<PageRow> {
    /// Reduces the results of a search.
    pub fn of_content(raw: &types::ContentPage, base_url: &str) -> Self {
        Self {
            items: raw
                .results
                .iter()
                .map(|content| PageRow::from_raw(content, base_url))
                .collect(),
            total: raw.total_size,
            next_start: next_start(raw.start, raw.results.len(), raw.links.as_deref()),
        }
    }
}

impl Markdown for Page<PageRow> {
    fn markdown(&self) -> String {
        let headline = self.headline("results", "start");
        if self.items.is_empty() {
            return headline;
        }
        let rows = self.items.iter().map(|page| {
            [
                text::cell(Some(&page.id)),
                text::cell(page.content_type.as_deref()),
                text::cell(page.space.as_deref()),
                text::cell(page.updated.as_deref().map(text::day)),
                text::cell(page.title.as_deref()),
            ]
            .join("|")
        });
        let header = "id|type|space|updated|title\n-|-|-|-|-";
        let table = format!("{header}\n{}", rows.collect::<Vec<_>>().join("\n"));
        format!("{headline}\n{}", text::marked("Confluence", &table))
    }
}

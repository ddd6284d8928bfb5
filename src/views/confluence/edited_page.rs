//! A page that was edited, or would be.

use schemars::JsonSchema;
use serde::Serialize;

use crate::{
    markup,
    views::{Markdown, confluence::SavedPageView, text},
};

/// What became of a page, or what would change.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct EditedPageView {
    /// The page as it was saved, or as it is if nothing was.
    #[serde(flatten)]
    pub page: SavedPageView,
    /// What would change, as a unified diff; nothing was written.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub diff: Option<String>,
}

impl EditedPageView {
    /// A page that was saved.
    pub fn saved(page: SavedPageView) -> Self {
        Self { page, diff: None }
    }

    /// A page that was not saved, and what would have changed.
    pub fn unsaved(page: SavedPageView, diff: &str) -> Self {
        let diff = Some(markup::clean(diff.trim_end()));
        Self { page, diff }
    }
}

impl Markdown for EditedPageView {
    fn markdown(&self) -> String {
        let Some(diff) = &self.diff else {
            return self.page.markdown();
        };
        let id = &self.page.id;
        let version = self.page.version.unwrap_or_default();
        match diff.as_str() {
            "" => format!("Nothing to change: page {id} stays as version {version} is"),
            diff => format!(
                "Dry run, nothing was written: what would change in version {version} of page {id}\n{}",
                text::marked("Confluence", diff)
            ),
        }
    }
}

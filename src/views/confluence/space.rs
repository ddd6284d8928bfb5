//! A Confluence space in a list.

use schemars::JsonSchema;
use serde::Serialize;

use crate::{
    api::confluence::types,
    views::{Markdown, Page, confluence::next_start, text},
};

/// A space, reduced to a row.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct SpaceRow {
    /// The space's key.
    pub key: String,
    /// The space's name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Its type, if not `global`: `personal`.
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    pub space_type: Option<String>,
}

impl SpaceRow {
    /// Reduces a raw space.
    pub fn from_raw(raw: &types::Space) -> Self {
        Self {
            key: text::identifier(raw.key.as_deref().unwrap_or("")),
            name: raw.name.as_deref().map(text::line),
            space_type: raw
                .type_
                .as_deref()
                .filter(|kind| *kind != "global")
                .map(text::line),
        }
    }
}

impl Page<SpaceRow> {
    /// Reduces a list of spaces.
    pub fn of_spaces(raw: &types::SpacePage) -> Self {
        Self {
            items: raw.results.iter().map(SpaceRow::from_raw).collect(),
            total: raw.total_size,
            next_start: next_start(raw.start, raw.results.len(), raw.links.as_deref()),
        }
    }
}

impl Markdown for Page<SpaceRow> {
    fn markdown(&self) -> String {
        let rows = self.items.iter().map(|space| {
            let mut row = format!("{}: {}", space.key, text::cell(space.name.as_deref()));
            if let Some(kind) = &space.space_type {
                row.push_str(&format!(" ({kind})"));
            }
            row
        });
        let headline = self.headline("spaces", "start");
        let rows = rows.collect::<Vec<_>>().join("\n");
        format!("{headline}\n{}", text::marked("Confluence", &rows))
    }
}

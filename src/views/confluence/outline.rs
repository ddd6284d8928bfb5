//! What a page consists of.

use schemars::JsonSchema;
use serde::Serialize;

use crate::{
    api::confluence::types,
    markup::page::Section,
    views::{Markdown, text},
};

/// A page and its sections.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct OutlineView {
    /// The page's id.
    pub id: String,
    /// The page's title.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// The number of its version, to be given when it is changed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub version: Option<i64>,
    /// Its sections in their order; number 0 is the text before the first heading.
    pub sections: Vec<SectionView>,
}

/// A section of a page.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct SectionView {
    /// Its number, by which it can be named: `#3`.
    pub number: usize,
    /// The rank of its heading, 1 to 6.
    pub level: u8,
    /// Its heading.
    pub title: String,
    /// How links name its heading.
    pub anchor: String,
    /// How many characters it has as Markdown, with the sections below it.
    pub characters: usize,
}

impl OutlineView {
    /// Reduces raw content with these sections.
    pub fn from_raw(raw: &types::Content, sections: Vec<Section>) -> Self {
        let sections = sections.into_iter().map(|section| SectionView {
            number: section.number,
            level: section.level,
            title: text::line(&section.title),
            anchor: text::line(&section.anchor),
            characters: section.size,
        });
        Self {
            id: text::identifier(raw.id.as_deref().unwrap_or("")),
            title: raw.title.as_deref().map(text::line),
            version: raw.version.as_ref().and_then(|version| version.number),
            sections: sections.collect(),
        }
    }
}

impl Markdown for OutlineView {
    fn markdown(&self) -> String {
        let version = self
            .version
            .map(|version| format!(" · version {version}"))
            .unwrap_or_default();
        let title = format!("# {}", self.title.as_deref().unwrap_or("Untitled"));
        let sections = self.sections.iter().map(|section| {
            let indent = "  ".repeat(usize::from(section.level.saturating_sub(1)));
            let SectionView {
                number,
                title,
                characters,
                ..
            } = section;
            let title = if *number == 0 {
                "(before the first heading)"
            } else {
                title
            };
            format!("{indent}#{number} {title} ({characters} characters)")
        });
        let lines: Vec<String> = std::iter::once(title).chain(sections).collect();
        let marked = text::marked("Confluence", &lines.join("\n"));
        format!("page {}{version}\n{marked}", self.id)
    }
}

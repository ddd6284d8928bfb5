//! The moves that an issue's workflow offers.

use schemars::JsonSchema;
use serde::Serialize;

use crate::{
    api::jira::types,
    views::{Markdown, text},
};

/// One move.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct TransitionView {
    /// The transition's id.
    pub id: String,
    /// The transition's name.
    pub name: String,
    /// The status it leads to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub to: Option<String>,
    /// The fields that it asks for.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub required_fields: Vec<String>,
}

impl TransitionView {
    /// Reduces a raw transition; one without an id could not be made.
    pub fn from_raw(raw: &types::Transition) -> Option<Self> {
        let required = raw
            .fields
            .iter()
            .filter(|(_, field)| field.required == Some(true));
        Some(Self {
            id: text::identifier(raw.id.as_deref()?),
            name: text::line(raw.name.as_deref().unwrap_or("")),
            to: raw
                .to
                .as_ref()
                .and_then(|to| to.name.as_deref())
                .map(text::line),
            required_fields: required.map(|(id, _)| text::line(id)).collect(),
        })
    }
}

/// All moves of an issue in its present status.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct TransitionsView {
    /// The issue's key.
    pub issue: String,
    /// The transitions.
    pub transitions: Vec<TransitionView>,
}

impl TransitionsView {
    /// Reduces the raw list.
    pub fn from_raw(raw: &types::Transitions, issue_key: &str) -> Self {
        Self {
            issue: issue_key.to_owned(),
            transitions: raw
                .transitions
                .iter()
                .filter_map(TransitionView::from_raw)
                .collect(),
        }
    }
}

impl Markdown for TransitionsView {
    fn markdown(&self) -> String {
        if self.transitions.is_empty() {
            return format!(
                "{} has no transition for this user in its present status",
                self.issue
            );
        }
        let lines = self.transitions.iter().map(|transition| {
            let mut line = format!("{}: {}", transition.id, transition.name);
            if let Some(to) = &transition.to {
                line.push_str(&format!(" → {to}"));
            }
            if !transition.required_fields.is_empty() {
                line.push_str(&format!(
                    " (asks for {})",
                    transition.required_fields.join(", ")
                ));
            }
            line
        });
        text::marked("Jira", &lines.collect::<Vec<_>>().join("\n"))
    }
}

/// What became of a move.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct TransitionedView {
    /// The issue's key.
    pub issue: String,
    /// The transition that was made.
    pub transition: TransitionView,
}

impl Markdown for TransitionedView {
    fn markdown(&self) -> String {
        match &self.transition.to {
            Some(to) => format!("{} is now {to}", self.issue),
            None => format!("{}: {} done", self.issue, self.transition.name),
        }
    }
}

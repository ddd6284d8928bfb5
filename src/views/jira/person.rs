//! A Jira user.

use std::fmt;

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;

use crate::{api::jira::types, views::text};

/// A user: who it is for people, and the login that Jira's requests want.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct PersonView {
    /// The login.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The full name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub display_name: Option<String>,
}

impl PersonView {
    /// Reduces a raw user.
    pub fn from_raw(raw: &types::User) -> Option<Self> {
        Self::of(raw.name.as_deref(), raw.display_name.as_deref())
    }

    /// Reduces a user inside an issue's fields.
    pub(super) fn from_field(value: Option<&Value>) -> Option<Self> {
        let value = value?;
        let text = |key| value.get(key).and_then(Value::as_str);
        Self::of(text("name"), text("displayName"))
    }

    fn of(name: Option<&str>, display_name: Option<&str>) -> Option<Self> {
        let view = Self {
            name: name.map(text::line),
            display_name: display_name.map(text::line),
        };
        (view.name.is_some() || view.display_name.is_some()).then_some(view)
    }
}

/// `Ada Example (ada)`.
impl fmt::Display for PersonView {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (&self.display_name, &self.name) {
            (Some(display_name), Some(name)) => write!(formatter, "{display_name} ({name})"),
            (Some(only), None) | (None, Some(only)) => formatter.write_str(only),
            (None, None) => Ok(()),
        }
    }
}

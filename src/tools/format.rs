//! The parameter `format`: how a text is read or written in one call.

use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::{Value, json};

use rmcp::model::JsonObject;

use crate::{
    config::TextFormat,
    markup::{document::Document, markdown, storage, wiki},
    tools::ToolError,
    views::Notation,
};

/// How a text of Jira is written.
#[derive(Debug, Clone, Copy, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
#[schemars(inline)]
pub(crate) enum IssueFormat {
    Markdown,
    Wiki,
}

/// How a page is written.
#[derive(Debug, Clone, Copy, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
#[schemars(inline)]
pub(crate) enum PageFormat {
    Markdown,
    Storage,
    Wiki,
}

impl IssueFormat {
    pub(crate) fn or_default(format: Option<Self>, default: TextFormat) -> Notation {
        match (format, default) {
            (Some(Self::Markdown), _) | (None, TextFormat::Markdown) => Notation::Markdown,
            (Some(Self::Wiki), _) | (None, TextFormat::Source) => Notation::Wiki,
        }
    }
}

impl PageFormat {
    pub(crate) fn or_default(format: Option<Self>, default: TextFormat) -> Notation {
        match (format, default) {
            (Some(Self::Markdown), _) | (None, TextFormat::Markdown) => Notation::Markdown,
            (Some(Self::Storage), _) | (None, TextFormat::Source) => Notation::Storage,
            (Some(Self::Wiki), _) => Notation::Wiki,
        }
    }
}

/// Writes the default of `format` that the operator chose into a tool's input schema.
pub(crate) fn tell_default(schema: &mut JsonObject, default: TextFormat) {
    let format = schema
        .get_mut("properties")
        .and_then(|properties| properties.get_mut("format"));
    let Some(format) = format.and_then(Value::as_object_mut) else {
        return;
    };
    let knows = |name: &str| {
        let names = format.get("enum").and_then(Value::as_array);
        names.is_some_and(|names| names.iter().any(|known| known == name))
    };
    let default = match default {
        TextFormat::Markdown => "markdown",
        TextFormat::Source if knows("storage") => "storage",
        TextFormat::Source => "wiki",
    };
    format.insert("default".to_owned(), json!(default));
}

/// A text for Jira, which takes wiki markup.
pub(crate) fn to_wiki(name: &str, text: &str, notation: Notation) -> Result<String, ToolError> {
    match notation {
        Notation::Wiki | Notation::Storage => Ok(text.to_owned()),
        Notation::Markdown => {
            let document = from_markdown(name, text, &markdown::Options::default())?;
            Ok(wiki::write(&document))
        }
    }
}

/// A body for Confluence, which takes storage format; what is not well-formed never gets there.
pub(crate) fn to_storage(
    name: &str,
    text: &str,
    notation: Notation,
    site_url: &str,
) -> Result<String, ToolError> {
    let document = match notation {
        Notation::Markdown => {
            let options = markdown::Options {
                site_url: Some(site_url.to_owned()),
                raw_storage: true,
                ..markdown::Options::default()
            };
            from_markdown(name, text, &options)?
        }
        Notation::Wiki => wiki::read(text, wiki::Dialect::Confluence),
        Notation::Storage => {
            let well_formed = storage::read(text);
            well_formed.map_err(|problem| ToolError::argument(name, &format!("is {problem}")))?;
            return Ok(text.to_owned());
        }
    };
    Ok(storage::write(&document))
}

/// Reads Markdown that a caller wrote.
pub(crate) fn from_markdown(
    name: &str,
    text: &str,
    options: &markdown::Options,
) -> Result<Document, ToolError> {
    markdown::read(text, options)
        .map_err(|damaged| ToolError::argument(name, &format!("holds {damaged}")))
}

//! What a tool returns: Markdown for the model, and the same as structured content.

use std::borrow::Cow;

use bytes::Bytes;
use rmcp::{
    ErrorData,
    handler::server::tool::IntoCallToolResult,
    model::{CallToolResponse, CallToolResult, ContentBlock},
};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{
    Serialize,
    ser::{Error as _, SerializeMap as _},
};
use serde_json::{Value, value::RawValue};

use crate::{
    tools::ToolError,
    views::{Markdown, Page, text},
};

/// A view as a tool's result. (The name is what `#[tool]` takes an output schema from.)
pub(crate) struct Json<T>(pub T);

impl<T: Serialize + Markdown> IntoCallToolResult for Json<T> {
    fn into_call_tool_result(self) -> Result<CallToolResponse, ErrorData> {
        let structured = serde_json::to_value(&self.0)
            .map_err(|error| ErrorData::internal_error(error.to_string(), None))?;
        let mut result = CallToolResult::structured(structured);
        result.content = vec![ContentBlock::text(self.0.markdown())];
        Ok(result.into())
    }
}

/// Takes the marks around foreign text away, where the operator does not want them.
pub(crate) fn unmark(result: &mut CallToolResult) {
    for block in &mut result.content {
        if let ContentBlock::Text(content) = block {
            content.text = text::unmarked(&content.text);
        }
    }
}

/// The result of a read tool: a view, or the server's own JSON if `raw` was asked for.
pub(crate) enum Read<V> {
    View(V),
    Raw(Bytes),
}

impl<V> Read<V> {
    /// The view that `reduce` makes, unless the raw body is wanted.
    pub(crate) fn new(raw: bool, body: Bytes, reduce: impl FnOnce() -> V) -> Self {
        if raw {
            Self::Raw(body)
        } else {
            Self::View(reduce())
        }
    }
}

impl<T> Read<Page<T>> {
    /// The part of a page that the operator's `setting` leaves in reach. The raw body cannot be cut
    /// to that part, so it is refused where it holds more.
    pub(crate) fn within_reach(
        raw: bool,
        body: Bytes,
        mut page: Page<T>,
        setting: &str,
        is_in_reach: impl Fn(&T) -> bool,
    ) -> Result<Self, ToolError> {
        let all = page.items.len();
        page.items.retain(is_in_reach);
        if raw && page.items.len() < all {
            let problem = format!("raw is not possible: the results go beyond {setting}");
            return Err(ToolError::new(problem));
        }
        Ok(Self::new(raw, body, || page))
    }
}

impl<V: Serialize> Serialize for Read<V> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::View(view) => view.serialize(serializer),
            Self::Raw(body) => {
                // Becomes a tree once, in the serializer: these bodies weigh 50 KB and more.
                let raw: &RawValue = serde_json::from_slice(body).map_err(S::Error::custom)?;
                let mut entries = serializer.serialize_map(Some(1))?;
                entries.serialize_entry("raw", raw)?;
                entries.end()
            }
        }
    }
}

impl<V: Markdown> Markdown for Read<V> {
    fn markdown(&self) -> String {
        match self {
            Self::View(view) => view.markdown(),
            Self::Raw(body) => String::from_utf8_lossy(body).into_owned(),
        }
    }
}

/// The view's schema with the property `raw` beside it. With `raw` there is nothing else, so
/// nothing is required.
impl<V: JsonSchema> JsonSchema for Read<V> {
    fn schema_name() -> Cow<'static, str> {
        V::schema_name()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let mut schema = V::json_schema(generator);
        schema.remove("required");
        let raw = json_schema!({
            "type": "object",
            "description": "The server's own JSON, if asked for.",
        });
        if let Some(properties) = schema.get_mut("properties").and_then(Value::as_object_mut) {
            properties.insert("raw".to_owned(), raw.to_value());
        }
        schema
    }
}

//! Tools on spaces.

use rmcp::{handler::server::wrapper::Parameters, tool, tool_router};
use schemars::JsonSchema;
use serde::Deserialize;

use crate::{
    client::ask_raw,
    tools::{Json, Read, ToolError, Toolbox, arguments},
    views::{Page, confluence::SpaceRow},
};

/// Parameters of `confluence_get_spaces`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct GetSpaces {
    /// How many spaces, 1 to 200.
    #[serde(default = "hundred")]
    limit: i64,
    /// How many to skip.
    #[serde(default)]
    start: i64,
    /// Get Confluence's own JSON.
    #[serde(default)]
    raw: bool,
}

fn hundred() -> i64 {
    100
}

#[tool_router(router = spaces, vis = "pub(super)")]
impl Toolbox {
    /// List the Confluence spaces by key and name.
    #[tool(annotations(
        title = "Get spaces",
        read_only_hint = true,
        destructive_hint = false,
        idempotent_hint = true,
        open_world_hint = true
    ))]
    async fn confluence_get_spaces(
        &self,
        Parameters(GetSpaces { limit, start, raw }): Parameters<GetSpaces>,
    ) -> Result<Json<Read<Page<SpaceRow>>>, ToolError> {
        let limit = arguments::count("limit", limit)?;
        let start = arguments::start("start", start)?;
        let confluence = self.confluence()?;
        let request = confluence.list_spaces().limit(limit).start(start);
        let (found, body) = ask_raw(request.send())
            .await
            .map_err(ToolError::reading("The list of spaces"))?;
        let page = Page::of_spaces(&found);
        let is_in_reach = |space: &SpaceRow| self.policy.space(&space.key).is_ok();
        Read::within_reach(raw, body, page, "CONFLUENCE_SPACES_FILTER", is_in_reach).map(Json)
    }
}

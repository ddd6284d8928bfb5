//! The search for pages.

use rmcp::{handler::server::wrapper::Parameters, tool, tool_router};
use schemars::JsonSchema;
use serde::Deserialize;

use crate::{
    client::ask_raw,
    tools::{Json, Read, ToolError, Toolbox, arguments},
    views::{Page, confluence::PageRow},
};

/// Parameters of `confluence_search_pages`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct SearchPages {
    /// The query, such as `space = "ENG" AND type = page AND text ~ "deploy"`.
    cql: String,
    /// How many results, 1 to 200.
    #[serde(default = "twenty_five")]
    limit: i64,
    /// How many to skip.
    #[serde(default)]
    start: i64,
    /// Get Confluence's own JSON.
    #[serde(default)]
    raw: bool,
}

fn twenty_five() -> i64 {
    25
}

#[tool_router(router = page_search, vis = "pub(super)")]
impl Toolbox {
    /// Find Confluence pages by CQL.
    #[tool(annotations(
        title = "Search pages",
        read_only_hint = true,
        destructive_hint = false,
        idempotent_hint = true,
        open_world_hint = true
    ))]
    async fn confluence_search_pages(
        &self,
        Parameters(SearchPages {
            cql,
            limit,
            start,
            raw,
        }): Parameters<SearchPages>,
    ) -> Result<Json<Read<Page<PageRow>>>, ToolError> {
        let limit = arguments::count("limit", limit)?;
        let start = arguments::start("start", start)?;
        let cql = self.policy.cql(arguments::filled("cql", &cql)?);
        let confluence = self.confluence()?;
        let request = confluence
            .search_content()
            .cql(cql)
            .expand(PageRow::EXPAND)
            .limit(limit)
            .start(start);
        let (found, body) = ask_raw(request.send())
            .await
            .map_err(ToolError::reading("The search"))?;
        let page = Page::of_content(&found, self.confluence_url());
        let is_in_reach = |row: &PageRow| {
            let space = row.space.as_deref().unwrap_or("");
            self.policy.space(space).is_ok()
        };
        Read::within_reach(raw, body, page, "CONFLUENCE_SPACES_FILTER", is_in_reach).map(Json)
    }
}

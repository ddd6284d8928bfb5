//! Confluence's tools.

mod pages;
mod search;
mod spaces;

use rmcp::handler::server::router::tool::ToolRouter;

use crate::tools::Toolbox;

/// Confluence's toolsets by name.
pub(super) fn toolsets() -> Vec<(&'static str, ToolRouter<Toolbox>)> {
    vec![
        ("confluence_pages", Toolbox::pages()),
        ("confluence_search", Toolbox::page_search()),
        ("confluence_spaces", Toolbox::spaces()),
    ]
}

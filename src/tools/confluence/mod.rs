//! Confluence's tools.

mod content;
mod edits;
mod pages;
mod people;
mod search;
mod spaces;

use rmcp::handler::server::router::tool::ToolRouter;

use crate::tools::Toolbox;

/// Confluence's toolsets by name.
pub(super) fn toolsets() -> Vec<(&'static str, ToolRouter<Toolbox>)> {
    vec![
        ("confluence_pages", Toolbox::pages() + Toolbox::page_edits()),
        ("confluence_search", Toolbox::page_search()),
        ("confluence_spaces", Toolbox::spaces()),
    ]
}

//! The MCP tools: each asks, makes a view and returns it.
//!
//! A tool is a method of [`Toolbox`]; a file is a theme. [`toolsets`] is all of them.

mod answer;
mod arguments;
pub mod confluence;
mod error;
mod format;
pub mod jira;
mod schema;
mod toolbox;

use rmcp::{handler::server::router::tool::ToolRouter, model::Tool};

pub(crate) use answer::{Json, Read, unmark};
pub(crate) use error::ToolError;
pub(crate) use format::tell_default;
pub use toolbox::Toolbox;

/// Tools that are switched on and off together.
pub struct Toolset {
    /// The name in `TOOLSETS`.
    pub name: &'static str,
    /// The tools.
    pub router: ToolRouter<Toolbox>,
}

/// All toolsets.
pub fn toolsets() -> Vec<Toolset> {
    let all = jira::toolsets().into_iter().chain(confluence::toolsets());
    all.map(|(name, mut router)| {
        for route in router.map.values_mut() {
            finish(&mut route.attr);
        }
        Toolset { name, router }
    })
    .collect()
}

/// Makes a definition what clients of all ages understand, in few tokens.
fn finish(tool: &mut Tool) {
    // Clients up to 2025-03-26 read the title from the annotations, later ones from the tool.
    tool.title = tool
        .annotations
        .as_ref()
        .and_then(|annotations| annotations.title.clone());
    tool.input_schema = schema::tidy(&tool.input_schema).into();
    tool.output_schema = tool
        .output_schema
        .as_ref()
        .map(|schema| schema::tidy(schema).into());
}

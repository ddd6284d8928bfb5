//! Jira's tools.

mod comments;
mod issues;
mod search;
mod transitions;

use rmcp::handler::server::router::tool::ToolRouter;

use crate::tools::Toolbox;

/// Jira's toolsets by name.
pub(super) fn toolsets() -> Vec<(&'static str, ToolRouter<Toolbox>)> {
    vec![
        (
            "jira_issues",
            Toolbox::issues() + Toolbox::issue_search() + Toolbox::transitions(),
        ),
        ("jira_comments", Toolbox::issue_comments()),
    ]
}

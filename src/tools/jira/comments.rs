//! Tools on comments of issues.

use rmcp::{handler::server::wrapper::Parameters, tool, tool_router};
use schemars::JsonSchema;
use serde::Deserialize;

use crate::{
    api::jira::types,
    client::ask,
    tools::{
        Json, ToolError, Toolbox, arguments,
        format::{self, IssueFormat},
    },
    views::jira::AddedCommentView,
};

/// Parameters of `jira_add_comment`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct AddComment {
    /// The issue's key, such as `PROJ-123`.
    #[serde(deserialize_with = "arguments::id")]
    issue_key: String,
    /// The text.
    body: String,
    /// How the text is written.
    #[serde(default)]
    format: Option<IssueFormat>,
}

#[tool_router(router = issue_comments, vis = "pub(super)")]
impl Toolbox {
    /// Add a comment to a Jira issue.
    #[tool(annotations(
        title = "Add comment",
        read_only_hint = false,
        destructive_hint = false,
        idempotent_hint = false,
        open_world_hint = true
    ))]
    async fn jira_add_comment(
        &self,
        Parameters(AddComment {
            issue_key,
            body,
            format,
        }): Parameters<AddComment>,
    ) -> Result<Json<AddedCommentView>, ToolError> {
        arguments::filled("body", &body)?;
        let notation = IssueFormat::or_default(format, self.texts().format);
        let body = format::to_wiki("body", &body, notation)?;
        let jira = self.jira()?;
        let issue_key = self.issue_in_reach(&jira, &issue_key).await?;
        let comment = types::Comment::builder().body(body);
        let request = jira
            .add_issue_comment()
            .issue_id_or_key(&issue_key)
            .body(comment);
        let failed = ToolError::writing(format!("Comment on {issue_key}"));
        let added = ask(request.send()).await.map_err(failed)?;
        Ok(Json(AddedCommentView::from_raw(&added, &issue_key)))
    }
}

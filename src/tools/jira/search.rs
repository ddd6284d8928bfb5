//! The search for issues.

use rmcp::{handler::server::wrapper::Parameters, tool, tool_router};
use schemars::JsonSchema;
use serde::Deserialize;

use crate::{
    api::jira::{Client, types},
    client::{ApiError, ask_raw},
    tools::{Json, Read, ToolError, Toolbox, arguments},
    views::{Page, jira::IssueRow},
};

/// The longest JQL that goes into a URL, in bytes; servers and proxies refuse URLs of about 8 KB.
const MAXIMUM_IN_URL: usize = 2_000;

/// Parameters of `jira_search_issues`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct SearchIssues {
    /// The query, such as `project = PROJ AND status = "In Progress" ORDER BY updated DESC`.
    jql: String,
    /// How many issues, 1 to 200.
    #[serde(default = "fifty")]
    max_results: i64,
    /// How many to skip.
    #[serde(default)]
    start_at: i64,
    /// Get Jira's own JSON.
    #[serde(default)]
    raw: bool,
}

fn fifty() -> i64 {
    50
}

#[tool_router(router = issue_search, vis = "pub(super)")]
impl Toolbox {
    /// Find Jira issues by JQL.
    /// `currentUser()` is the user of this server.
    #[tool(annotations(
        title = "Search issues",
        read_only_hint = true,
        destructive_hint = false,
        idempotent_hint = true,
        open_world_hint = true
    ))]
    async fn jira_search_issues(
        &self,
        Parameters(SearchIssues {
            jql,
            max_results,
            start_at,
            raw,
        }): Parameters<SearchIssues>,
    ) -> Result<Json<Read<Page<IssueRow>>>, ToolError> {
        let question = Question {
            jql: self.policy.jql(&jql),
            max_results: arguments::count("max_results", max_results)?,
            start_at: arguments::start("start_at", start_at)?,
        };
        let answer = question.ask(&self.jira()?).await;
        let (found, body) = answer.map_err(ToolError::reading("The search"))?;
        let page = Page::of_issues(&found);
        let is_in_reach = |issue: &IssueRow| self.policy.issue(&issue.key).is_ok();
        Read::within_reach(raw, body, page, "JIRA_PROJECTS_FILTER", is_in_reach).map(Json)
    }
}

struct Question {
    jql: String,
    max_results: i64,
    start_at: i64,
}

impl Question {
    /// Asks for the fields of a row only: all fields of ten issues weigh half a megabyte.
    async fn ask(self, jira: &Client) -> Result<(types::SearchResults, bytes::Bytes), ApiError> {
        if self.jql.len() > MAXIMUM_IN_URL {
            let fields: Vec<String> = IssueRow::FIELDS.split(',').map(str::to_owned).collect();
            let request = types::SearchRequest::builder()
                .jql(self.jql)
                .max_results(self.max_results)
                .start_at(self.start_at)
                .fields(fields);
            return ask_raw(jira.search_issues_post().body(request).send()).await;
        }
        let request = jira.search_issues().jql(self.jql).fields(IssueRow::FIELDS);
        let request = request
            .max_results(self.max_results)
            .start_at(self.start_at);
        ask_raw(request.send()).await
    }
}

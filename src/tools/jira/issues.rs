//! Tools on single issues.

use rmcp::{handler::server::wrapper::Parameters, tool, tool_router};
use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::{Map, Value, json};

use crate::{
    api::jira::types,
    client::{ask, ask_raw},
    tools::{
        Json, Read, ToolError, Toolbox, arguments,
        format::{self, IssueFormat},
    },
    views::{
        Notation,
        jira::{CreatedIssueView, IssueView},
    },
};

/// Parameters of `jira_get_issue`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct GetIssue {
    /// The issue's key, such as `PROJ-123`.
    #[serde(deserialize_with = "arguments::id")]
    issue_key: String,
    /// Fields to get instead of the usual ones, such as `["status", "customfield_10010"]`; `*all` for all.
    #[serde(default, deserialize_with = "arguments::names")]
    fields: Vec<String>,
    /// How texts are told.
    #[serde(default)]
    format: Option<IssueFormat>,
    /// Get Jira's own JSON.
    #[serde(default)]
    raw: bool,
}

/// Parameters of `jira_create_issue`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct CreateIssue {
    /// The project's key, such as `PROJ`.
    project_key: String,
    /// The name of the issue type, such as `Bug`.
    issue_type: String,
    /// What it is about, in one line.
    summary: String,
    /// The description.
    #[serde(default)]
    description: Option<String>,
    /// How the description is written.
    #[serde(default)]
    format: Option<IssueFormat>,
    /// Further fields as Jira's REST API takes them, such as `{"priority": {"name": "High"}, "labels": ["x"]}`.
    #[serde(default)]
    extra_fields: Option<Map<String, Value>>,
}

#[tool_router(router = issues, vis = "pub(super)")]
impl Toolbox {
    /// Get one Jira issue: its fields, description, links and latest comments.
    /// Use `jira_search_issues` to find keys.
    #[tool(annotations(
        title = "Get issue",
        read_only_hint = true,
        destructive_hint = false,
        idempotent_hint = true,
        open_world_hint = true
    ))]
    async fn jira_get_issue(
        &self,
        Parameters(GetIssue {
            issue_key,
            fields,
            format,
            raw,
        }): Parameters<GetIssue>,
    ) -> Result<Json<Read<IssueView>>, ToolError> {
        let issue_key = self.issue_key(&issue_key)?;
        let jira = self.jira()?;
        let mut request = jira.get_issue().issue_id_or_key(&issue_key);
        if !fields.is_empty() {
            // Their display names come along: ids such as `customfield_10010` say nothing.
            request = request.fields(fields.join(",")).expand("names");
        } else if !raw {
            request = request.fields(IssueView::FIELDS);
        }
        let failed = ToolError::reading(format!("Issue {issue_key}"));
        let (issue, body) = ask_raw(request.send()).await.map_err(failed)?;
        // A moved issue answers to its old key: what counts is where it is now.
        self.policy.issue(issue.key.as_deref().unwrap_or(""))?;
        let notation = IssueFormat::or_default(format, self.texts().format);
        let view = || IssueView::from_raw(&issue, self.jira_url(), &fields, notation);
        Ok(Json(Read::new(raw, body, view)))
    }

    /// Create a Jira issue.
    #[tool(annotations(
        title = "Create issue",
        read_only_hint = false,
        destructive_hint = false,
        idempotent_hint = false,
        open_world_hint = true
    ))]
    async fn jira_create_issue(
        &self,
        Parameters(issue): Parameters<CreateIssue>,
    ) -> Result<Json<CreatedIssueView>, ToolError> {
        let project_key = arguments::key("project_key", &issue.project_key)?.to_owned();
        self.policy.project(&project_key)?;
        let notation = IssueFormat::or_default(issue.format, self.texts().format);
        let fields = new_fields(&project_key, issue, notation)?;
        let jira = self.jira()?;
        let issue = types::IssueUpdate::builder().fields(fields);
        let failed = ToolError::writing(format!("New issue in {project_key}"));
        let created = ask(jira.create_issue().body(issue).send())
            .await
            .map_err(failed)?;
        Ok(Json(CreatedIssueView::from_raw(&created, self.jira_url())))
    }
}

fn new_fields(
    project_key: &str,
    issue: CreateIssue,
    notation: Notation,
) -> Result<Map<String, Value>, ToolError> {
    let mut fields = issue.extra_fields.unwrap_or_default();
    let summary = arguments::filled("summary", &issue.summary)?;
    let issue_type = arguments::filled("issue_type", &issue.issue_type)?;
    let mut own = vec![
        ("project", json!({ "key": project_key })),
        ("issuetype", json!({ "name": issue_type })),
        ("summary", json!(summary)),
    ];
    if let Some(description) = issue.description {
        let description = format::to_wiki("description", &description, notation)?;
        own.push(("description", json!(description)));
    }
    for (name, value) in own {
        if fields.insert(name.to_owned(), value).is_some() {
            let problem = format!("must not repeat {name}, which has a parameter of its own");
            return Err(ToolError::argument("extra_fields", &problem));
        }
    }
    Ok(fields)
}

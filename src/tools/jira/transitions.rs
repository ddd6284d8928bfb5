//! Tools that move an issue through its workflow.

use bytes::Bytes;
use rmcp::{handler::server::wrapper::Parameters, tool, tool_router};
use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::{Map, Value, json};

use crate::{
    api::jira::{Client, types},
    client::{ask, ask_raw},
    tools::{
        Json, Read, ToolError, Toolbox, arguments,
        format::{self, IssueFormat},
    },
    views::{
        Markdown,
        jira::{TransitionView, TransitionedView, TransitionsView},
    },
};

/// Parameters of `jira_get_transitions`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct GetTransitions {
    /// The issue's key, such as `PROJ-123`.
    #[serde(deserialize_with = "arguments::id")]
    issue_key: String,
    /// Get Jira's own JSON.
    #[serde(default)]
    raw: bool,
}

/// Parameters of `jira_transition_issue`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct TransitionIssue {
    /// The issue's key, such as `PROJ-123`.
    #[serde(deserialize_with = "arguments::id")]
    issue_key: String,
    /// The transition's name or id, or the name of the status to reach, such as `Done`.
    #[serde(deserialize_with = "arguments::id")]
    transition: String,
    /// Fields that the transition asks for, such as `{"resolution": {"name": "Fixed"}}`.
    #[serde(default)]
    fields: Option<Map<String, Value>>,
    /// A comment to add.
    #[serde(default)]
    comment: Option<String>,
    /// How the comment is written.
    #[serde(default)]
    format: Option<IssueFormat>,
}

#[tool_router(router = transitions, vis = "pub(super)")]
impl Toolbox {
    /// List the workflow transitions that a Jira issue offers now.
    #[tool(annotations(
        title = "Get transitions",
        read_only_hint = true,
        destructive_hint = false,
        idempotent_hint = true,
        open_world_hint = true
    ))]
    async fn jira_get_transitions(
        &self,
        Parameters(GetTransitions { issue_key, raw }): Parameters<GetTransitions>,
    ) -> Result<Json<Read<TransitionsView>>, ToolError> {
        let jira = self.jira()?;
        let issue_key = self.issue_in_reach(&jira, &issue_key).await?;
        let (offered, body) = offered(&jira, &issue_key).await?;
        Ok(Json(Read::new(raw, body, || offered)))
    }

    /// Move a Jira issue to another status.
    #[tool(annotations(
        title = "Transition issue",
        read_only_hint = false,
        destructive_hint = false,
        idempotent_hint = false,
        open_world_hint = true
    ))]
    async fn jira_transition_issue(
        &self,
        Parameters(wanted): Parameters<TransitionIssue>,
    ) -> Result<Json<TransitionedView>, ToolError> {
        let jira = self.jira()?;
        let issue_key = self.issue_in_reach(&jira, &wanted.issue_key).await?;
        let (offered, _) = offered(&jira, &issue_key).await?;
        let transition = choose(&offered, &wanted.transition)?;
        let mut update = types::IssueUpdate::builder()
            .transition(Some(types::TransitionRef {
                id: transition.id.clone(),
            }))
            .fields(wanted.fields.unwrap_or_default());
        if let Some(comment) = wanted.comment {
            let notation = IssueFormat::or_default(wanted.format, self.texts().format);
            let comment = format::to_wiki("comment", &comment, notation)?;
            update = update.update(with_comment(&comment));
        }
        let request = jira
            .transition_issue()
            .issue_id_or_key(&issue_key)
            .body(update);
        let failed = ToolError::writing(format!("Transition `{}` of {issue_key}", transition.name));
        ask(request.send()).await.map_err(failed)?;
        Ok(Json(TransitionedView {
            issue: issue_key,
            transition,
        }))
    }
}

async fn offered(jira: &Client, issue_key: &str) -> Result<(TransitionsView, Bytes), ToolError> {
    let request = jira
        .list_transitions()
        .issue_id_or_key(issue_key)
        .expand("transitions.fields");
    let failed = ToolError::reading(format!("Issue {issue_key}"));
    let (transitions, body) = ask_raw(request.send()).await.map_err(failed)?;
    Ok((TransitionsView::from_raw(&transitions, issue_key), body))
}

/// The one transition that is meant: by id, else by name, else by the status it leads to.
fn choose(offered: &TransitionsView, wanted: &str) -> Result<TransitionView, ToolError> {
    let wanted = arguments::filled("transition", wanted)?;
    let is = |text: &str| text.eq_ignore_ascii_case(wanted);
    let ways: [&dyn Fn(&TransitionView) -> bool; 3] = [
        &|transition| transition.id == wanted,
        &|transition| is(&transition.name),
        &|transition| transition.to.as_deref().is_some_and(is),
    ];
    for way in ways {
        let matching: Vec<_> = offered
            .transitions
            .iter()
            .filter(|transition| way(transition))
            .collect();
        match matching.as_slice() {
            [] => {}
            [only] => return Ok((*only).clone()),
            _ => {
                let ids: Vec<&str> = matching
                    .iter()
                    .map(|transition| transition.id.as_str())
                    .collect();
                let problem = format!(
                    "`{wanted}` is ambiguous; give one of the ids {}",
                    ids.join(", ")
                );
                return Err(ToolError::argument("transition", &problem));
            }
        }
    }
    let problem = format!(
        "`{wanted}` is not offered by {} now; there are:\n{}",
        offered.issue,
        offered.markdown()
    );
    Err(ToolError::argument("transition", &problem))
}

fn with_comment(text: &str) -> std::collections::BTreeMap<String, Vec<types::FieldOperation>> {
    let add = types::FieldOperation {
        add: Some(json!({ "body": text })),
        ..Default::default()
    };
    std::collections::BTreeMap::from([("comment".to_owned(), vec![add])])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chosen(wanted: &str) -> Result<String, String> {
        let transition = |id: &str, name: &str, to: &str| TransitionView {
            id: id.to_owned(),
            name: name.to_owned(),
            to: Some(to.to_owned()),
            required_fields: Vec::new(),
        };
        let offered = TransitionsView {
            issue: "DEMO-1".to_owned(),
            transitions: vec![
                transition("11", "Start", "In Progress"),
                transition("21", "Close", "Done"),
                transition("31", "Reject", "Done"),
            ],
        };
        choose(&offered, wanted)
            .map(|transition| transition.id)
            .map_err(|error| format!("{error:?}"))
    }

    #[test]
    fn a_transition_is_known_by_id_name_or_status() {
        assert_eq!(chosen("21").as_deref(), Ok("21"));
        assert_eq!(chosen("start").as_deref(), Ok("11"));
        assert_eq!(chosen(" in progress ").as_deref(), Ok("11"));
    }

    #[test]
    fn what_is_ambiguous_or_unknown_is_answered_with_the_choices() {
        assert!(chosen("done").unwrap_err().contains("21, 31"));
        assert!(chosen("Fly").unwrap_err().contains("11: Start"));
    }
}

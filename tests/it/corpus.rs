//! Recorded payloads of real servers, which lie beside the project; CI has to have them.
//!
//! In scope is what `index.jsonl` says comes from a Server or Data Center, and not from Cloud, and
//! is the answer of an operation: parts of answers, requests and webhooks are not.

use std::collections::BTreeMap;

use atlassian_bridge::contract::{Contract, Recording};
use serde_json::Value;

use crate::shared;

/// Which operation answers with payloads of a kind.
const KINDS: &[(&str, &str, &str)] = &[
    ("attachment", "jira-8", "get_attachment"),
    ("attachment-list", "jira-8", "add_issue_attachments"),
    ("auditrecord", "jira-8", "list_audit_records"),
    ("board", "jira-agile-1.0", "get_board"),
    ("board-list", "jira-agile-1.0", "list_boards"),
    ("comment", "jira-8", "get_issue_comment"),
    ("comment-list", "jira-8", "list_issue_comments"),
    ("component", "jira-8", "get_component"),
    ("component-list", "jira-8", "list_project_components"),
    ("configuration", "jira-8", "get_global_configuration"),
    ("createmeta", "jira-8", "get_create_meta"),
    ("createmeta-list", "jira-8", "get_create_meta"),
    ("customfieldoption", "jira-8", "get_custom_field_option"),
    ("editmeta", "jira-8", "get_edit_meta"),
    ("epic", "jira-agile-1.0", "get_epic"),
    ("field-list", "jira-8", "list_fields"),
    ("filter", "jira-8", "get_filter"),
    ("filter-list", "jira-8", "list_favourite_filters"),
    ("group", "jira-8", "get_group"),
    ("issue", "jira-8", "get_issue"),
    ("issue+changelog", "jira-8", "get_issue"),
    ("issue-created", "jira-8", "create_issue"),
    ("issuelinktypes", "jira-8", "list_issue_link_types"),
    ("issuetype", "jira-8", "get_issue_type"),
    ("issuetype-list", "jira-8", "list_issue_types"),
    ("permissions", "jira-8", "get_my_permissions"),
    ("issuelink", "jira-8", "get_issue_link"),
    ("priority", "jira-8", "get_priority"),
    ("priority-list", "jira-8", "list_priorities"),
    ("project", "jira-8", "get_project"),
    ("project-list", "jira-8", "list_projects"),
    ("project-role", "jira-8", "get_project_role"),
    ("remotelink", "jira-8", "get_remote_issue_link"),
    ("remotelink-list", "jira-8", "list_remote_issue_links"),
    ("property", "jira-8", "get_issue_property"),
    ("property-keys", "jira-8", "list_issue_property_keys"),
    ("resolution", "jira-8", "get_resolution"),
    ("resolution-list", "jira-8", "list_resolutions"),
    ("role", "jira-8", "get_project_role"),
    ("role-list", "jira-8", "list_roles"),
    ("search", "jira-8", "search_issues"),
    ("securitylevel", "jira-8", "get_security_level"),
    ("serverInfo", "jira-8", "get_server_info"),
    ("session", "jira-8", "get_session"),
    ("sprint", "jira-agile-1.0", "get_sprint"),
    ("sprint-list", "jira-agile-1.0", "list_board_sprints"),
    ("status", "jira-8", "get_status"),
    ("status-list", "jira-8", "list_statuses"),
    ("statuscategory", "jira-8", "get_status_category"),
    ("statuscategory-list", "jira-8", "list_status_categories"),
    ("transitions", "jira-8", "list_transitions"),
    ("user", "jira-8", "get_user"),
    ("user-list", "jira-8", "search_users"),
    ("version", "jira-8", "get_version"),
    ("version-counts", "jira-8", "get_version_issue_counts"),
    ("version-list", "jira-8", "list_project_versions"),
    ("votes", "jira-8", "get_issue_votes"),
    ("watchers", "jira-8", "get_issue_watchers"),
    ("worklog", "jira-8", "get_issue_worklog"),
    ("worklog-list", "jira-8", "list_issue_worklogs"),
];

/// The same for Confluence, whose kinds have some of Jira's names.
const CONFLUENCE_KINDS: &[(&str, &str)] = &[
    ("attachment", "get_content"),
    ("attachment-list", "list_attachments"),
    ("comment", "get_content"),
    ("comment-list", "list_content_comments"),
    ("content", "get_content"),
    ("content-list", "list_content"),
    ("label-list", "list_content_labels"),
    ("page", "get_content"),
    ("page-list", "list_content"),
    ("property", "get_content_property"),
    ("property-list", "list_content_properties"),
    ("search", "search"),
    ("space", "get_space"),
    ("space-list", "list_spaces"),
    ("user", "get_user"),
];

/// Payloads that differ from their documents, and why.
const KNOWN: [(&str, &str); 10] = [
    (
        "JiraPS__0009__createmeta-list",
        "a list of fields cut out of an answer",
    ),
    ("JiraPS__0018__project", "written by hand"),
    ("JiraPS__0024__worklog", "a text in Cloud's document format"),
    (
        "JiraPS__0027__component-list",
        "a template with unfilled ids",
    ),
    ("JiraConnector__0041__issue", JIRA_5_0),
    ("JiraConnector__0043__issue", JIRA_5_0),
    ("JiraConnector__0044__issue", JIRA_5_0),
    ("JiraConnector__0045__issue", JIRA_5_0),
    ("JiraConnector__0054__issue", JIRA_5_0),
    ("JiraConnector__0055__issue", JIRA_5_0),
];

const JIRA_5_0: &str = "Jira 5.0 sent an address or a note in place of a part";

/// Whether a row of the index says that its payload comes from a Server or Data Center.
fn is_server(row: &Value) -> bool {
    let product = row["product"].as_str().unwrap_or_default();
    let mut servers = ["Jira Server", "Jira Data Center", "Confluence Server"].iter();
    servers.any(|server| product.starts_with(server)) && !product.contains("Cloud")
}

/// The operation that a row of the index is an answer of, if it is in scope.
fn operation(folder: &str, row: &Value) -> Option<(&'static str, &'static str)> {
    let text = |key: &str| row[key].as_str().unwrap_or_default();
    if !is_server(row) {
        return None;
    }
    if folder == "confluence-json" {
        let found = CONFLUENCE_KINDS
            .iter()
            .find(|(kind, _)| *kind == text("kind"))?;
        return Some(("confluence-6", found.1));
    }
    let found = KINDS.iter().find(|(kind, ..)| *kind == text("kind"))?;
    Some((found.1, found.2))
}

#[test]
fn recorded_payloads_keep_the_contract() {
    let mut contract = Contract::new().unwrap();
    let mut differing = BTreeMap::new();
    let mut losing = 0;
    let mut checked = 0;
    for folder in ["jira-json", "confluence-json"] {
        let Some(index) = shared(&format!("corpus/{folder}/index.jsonl")) else {
            return;
        };
        for row in index.lines() {
            let row: Value = serde_json::from_str(row).unwrap();
            let Some((document, operation)) = operation(folder, &row) else {
                continue;
            };
            let file = row["file"].as_str().unwrap();
            let body = shared(&format!("corpus/{file}")).unwrap();
            let recording = Recording {
                status: None,
                content_type: None,
                body: body.into_bytes(),
            };
            let differences = contract.check(document, operation, &recording).unwrap();
            losing += usize::from(differences.iter().any(|difference| difference.lost));
            if !differences.is_empty() {
                let lines: Vec<String> = differences.iter().map(ToString::to_string).collect();
                differing.insert(
                    file.to_owned(),
                    format!("{operation} {}", lines.join(" | ")),
                );
            }
            checked += 1;
        }
    }
    assert!(checked > 150, "only {checked} payloads are in scope");
    let unknown: Vec<String> = differing
        .iter()
        .filter(|(file, _)| !KNOWN.iter().any(|(known, _)| file.contains(known)))
        .map(|(file, what)| format!("{file} {what}"))
        .collect();
    assert!(
        unknown.is_empty(),
        "{} of {checked}:\n{}",
        unknown.len(),
        unknown.join("\n")
    );
    for (known, why) in KNOWN {
        let is_there = differing.keys().any(|file| file.contains(known));
        assert!(is_there, "{known} keeps the contract now: {why}");
    }
    assert!(
        losing * 100 <= checked,
        "the types lose something of {losing} of {checked}"
    );
}

/// Refusals hold for every operation, so any of a document will do.
#[test]
fn recorded_refusals_keep_the_contract() {
    let Some(index) = shared("corpus/http-errors/index.jsonl") else {
        return;
    };
    let mut contract = Contract::new().unwrap();
    let mut checked = 0;
    for row in index.lines() {
        let row: Value = serde_json::from_str(row).unwrap();
        let file = row["file"].as_str().unwrap();
        if !is_server(&row) || !file.ends_with(".json") && !file.ends_with(".html") {
            continue;
        }
        let status = row["kind"].as_str().unwrap().strip_prefix("error-");
        let (document, operation) = if row["product"].as_str().unwrap().starts_with("Jira") {
            ("jira-8", "create_issue")
        } else {
            ("confluence-6", "create_content")
        };
        let recording = Recording {
            status: Some(status.map_or(400, |status| status.parse().unwrap())),
            content_type: None,
            body: shared(&format!("corpus/{file}")).unwrap().into_bytes(),
        };
        let differences = contract.check(document, operation, &recording).unwrap();
        assert!(differences.is_empty(), "{file}: {differences:?}");
        checked += 1;
    }
    assert!(checked > 10, "only {checked} refusals are in scope");
}

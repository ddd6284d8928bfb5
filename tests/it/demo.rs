//! The tools against the embedded Jira and Confluence: what is written can be read back, and what
//! they refuse is said in their words.

use atlassian_bridge::{
    config::Settings,
    sandbox::{Options, Sandbox, TOKEN, USERNAME},
};
use rmcp::model::CallToolResult;
use serde_json::{Value, json};

use crate::client::{call, text};

pub struct Demo {
    sandbox: Sandbox,
    settings: Settings,
}

impl Demo {
    pub async fn start() -> Self {
        Self::with(&[
            ("JIRA_PERSONAL_TOKEN", TOKEN),
            ("CONFLUENCE_PERSONAL_TOKEN", TOKEN),
        ])
        .await
    }

    async fn with(credentials: &[(&str, &str)]) -> Self {
        let sandbox = Sandbox::start(Options::default()).await.unwrap();
        let settings = Settings::read(|name| match name {
            "JIRA_URL" => Some(sandbox.jira_url()),
            "CONFLUENCE_URL" => Some(sandbox.confluence_url()),
            name => credentials
                .iter()
                .find(|(key, _)| *key == name)
                .map(|(_, value)| (*value).to_owned()),
        });
        Self {
            settings: settings.unwrap(),
            sandbox,
        }
    }

    pub async fn result(&self, tool: &str, arguments: Value) -> CallToolResult {
        call(&self.settings, tool, arguments).await
    }

    /// The structured content of a call that works.
    pub async fn view(&self, tool: &str, arguments: Value) -> Value {
        let result = self.result(tool, arguments).await;
        assert_ne!(result.is_error, Some(true), "{}", text(&result));
        result.structured_content.unwrap()
    }

    /// A page's body in storage format.
    pub async fn storage(&self, page_id: &str) -> String {
        let arguments = json!({"page_id": page_id, "raw": true});
        let page = self.view("confluence_get_page", arguments).await;
        let body = page["raw"]["body"]["storage"]["value"].as_str();
        body.unwrap().to_owned()
    }

    /// The text of a call that does not.
    pub async fn refusal(&self, tool: &str, arguments: Value) -> String {
        let result = self.result(tool, arguments).await;
        assert_eq!(result.is_error, Some(true), "{}", text(&result));
        text(&result)
    }
}

#[tokio::test]
async fn an_issue_is_created_discussed_and_closed() {
    let demo = Demo::start().await;
    let issue = json!({
        "project_key": "DEMO", "issue_type": "Bug", "summary": "Ünïcode breaks the label 🎈",
        "description": "h2. Steps\n* one", "extra_fields": {"labels": ["new"], "priority": {"name": "High"}},
    });
    let created = demo.view("jira_create_issue", issue).await;
    let key = created["key"].as_str().unwrap();
    demo.view(
        "jira_add_comment",
        json!({"issue_key": key, "body": "Looking into it"}),
    )
    .await;
    let offered = demo
        .view("jira_get_transitions", json!({ "issue_key": key }))
        .await;
    assert!(
        offered["transitions"].to_string().contains("In Progress"),
        "{offered}"
    );
    demo.view(
        "jira_transition_issue",
        json!({"issue_key": key, "transition": "in progress"}),
    )
    .await;
    let issue = demo
        .view("jira_get_issue", json!({ "issue_key": key }))
        .await;
    assert_eq!(issue["summary"], "Ünïcode breaks the label 🎈");
    assert_eq!(issue["status"], "In Progress");
    assert_eq!(issue["labels"], json!(["new"]));
    assert_eq!(issue["comments"][0]["body"], "Looking into it");
    let found = demo
        .view("jira_search_issues", json!({"jql": format!("key = {key}")}))
        .await;
    assert_eq!(found["total"], 1);
}

#[tokio::test]
async fn a_page_is_created_and_changed() {
    let demo = Demo::start().await;
    let page = json!({"space_key": "DEMO", "title": "Notes & more", "body": "<p>first</p>"});
    let created = demo.view("confluence_create_page", page.clone()).await;
    let id = &created["id"];
    let change = json!({"page_id": id, "body": "<p>second</p>", "expected_version": 1});
    let saved = demo.view("confluence_update_page", change.clone()).await;
    assert_eq!(saved["version"], 2);
    let read = demo
        .view("confluence_get_page", json!({ "page_id": id }))
        .await;
    assert_eq!(
        (&read["title"], &read["body"]),
        (&json!("Notes & more"), &json!("second"))
    );
    let said = demo.refusal("confluence_update_page", change).await;
    assert!(
        said.contains("is at version 2 by now; nothing was written"),
        "{said}"
    );
    let said = demo.refusal("confluence_create_page", page).await;
    assert!(said.contains("already exists"), "{said}");
}

#[tokio::test]
async fn broken_storage_format_is_refused_before_it_is_sent() {
    let demo = Demo::start().await;
    let page =
        json!({"space_key": "DEMO", "title": "Broken", "format": "storage", "body": "<p>no end"});
    let said = demo.refusal("confluence_create_page", page).await;
    assert_eq!(
        said,
        "body is not well-formed at line 1, column 1: <p> is not closed"
    );
}

#[tokio::test]
async fn mistakes_in_queries_are_explained_by_the_server() {
    let demo = Demo::start().await;
    for (jql, words) in [
        ("project = DEMO AND", "Error in the JQL Query"),
        ("colour = red", "Field 'colour' does not exist"),
        (
            "project = NOPE",
            "'NOPE' does not exist for the field 'project'",
        ),
    ] {
        let said = demo
            .refusal("jira_search_issues", json!({ "jql": jql }))
            .await;
        assert!(said.contains(words) && said.contains("(400)"), "{said}");
    }
    let said = demo
        .refusal("confluence_search_pages", json!({"cql": "space = "}))
        .await;
    assert!(said.contains("Could not parse cql"), "{said}");
}

#[tokio::test]
async fn what_is_not_there_is_said_so() {
    let demo = Demo::start().await;
    let said = demo
        .refusal("jira_get_issue", json!({"issue_key": "DEMO-9999"}))
        .await;
    assert!(said.contains("Issue Does Not Exist"), "{said}");
    let said = demo
        .refusal("confluence_get_page", json!({"page_id": "999999"}))
        .await;
    assert!(said.contains("(404)"), "{said}");
    let issue = json!({"project_key": "DEMO", "issue_type": "Wish", "summary": "x"});
    let said = demo.refusal("jira_create_issue", issue).await;
    assert!(said.contains("issuetype"), "{said}");
}

#[tokio::test]
async fn wrong_passwords_end_in_a_captcha() {
    let demo = Demo::with(&[("JIRA_USERNAME", USERNAME), ("JIRA_PASSWORD", "wrong")]).await;
    let mut said = Vec::new();
    for _ in 0..4 {
        said.push(
            demo.refusal("jira_get_issue", json!({"issue_key": "DEMO-1"}))
                .await,
        );
    }
    assert!(
        said[0].contains("did not accept the credentials (401)"),
        "{said:?}"
    );
    assert!(said[3].contains("CAPTCHA solved"), "{said:?}");
    assert_eq!(demo.sandbox.requests().len(), 4, "no login is tried twice");
}

#[tokio::test]
async fn a_wrong_token_is_refused() {
    let demo = Demo::with(&[("JIRA_PERSONAL_TOKEN", "wrong-token")]).await;
    let said = demo
        .refusal("jira_get_issue", json!({"issue_key": "DEMO-1"}))
        .await;
    assert!(
        said.contains("JIRA_PERSONAL_TOKEN") && !said.contains("wrong-token"),
        "{said}"
    );
}

#[tokio::test]
async fn pages_of_results_join_up() {
    let demo = Demo::start().await;
    let mut keys = Vec::new();
    let mut start_at = json!(0);
    while start_at.is_i64() {
        let arguments =
            json!({"jql": "project = DEMO ORDER BY key", "max_results": 7, "start_at": start_at});
        let page = demo.view("jira_search_issues", arguments).await;
        keys.extend(
            page["items"]
                .as_array()
                .unwrap()
                .iter()
                .map(|issue| issue["key"].clone()),
        );
        start_at = page["next_start"].clone();
    }
    let all = demo
        .view("jira_search_issues", json!({"jql": "project = DEMO"}))
        .await;
    assert_eq!(json!(keys.len()), all["total"]);
    keys.dedup();
    assert_eq!(json!(keys.len()), all["total"]);
}

/// Every result is what the tool's own output schema says.
#[tokio::test]
async fn results_keep_to_their_schemas() {
    let demo = Demo::start().await;
    let tools = crate::client::connect(&demo.settings)
        .await
        .list_all_tools()
        .await
        .unwrap();
    let calls = [
        ("jira_get_issue", json!({"issue_key": "DEMO-8"})),
        (
            "jira_get_issue",
            json!({"issue_key": "DEMO-8", "fields": ["*all"]}),
        ),
        (
            "jira_get_issue",
            json!({"issue_key": "DEMO-8", "raw": true}),
        ),
        ("jira_search_issues", json!({"jql": ""})),
        (
            "jira_search_issues",
            json!({"jql": "project = DEMO", "raw": true}),
        ),
        (
            "jira_create_issue",
            json!({"project_key": "INFRA", "issue_type": "Task", "summary": "x"}),
        ),
        (
            "jira_add_comment",
            json!({"issue_key": "DEMO-8", "body": "x"}),
        ),
        ("jira_get_transitions", json!({"issue_key": "DEMO-8"})),
        (
            "jira_get_transitions",
            json!({"issue_key": "DEMO-8", "raw": true}),
        ),
        (
            "jira_transition_issue",
            json!({"issue_key": "DEMO-8", "transition": "Done"}),
        ),
        ("confluence_get_spaces", json!({})),
        ("confluence_get_page", json!({"page_id": "65602"})),
        (
            "confluence_get_page",
            json!({"page_id": "65602", "raw": true}),
        ),
        (
            "confluence_search_pages",
            json!({"cql": "type = page", "limit": 3}),
        ),
        (
            "confluence_create_page",
            json!({"space_key": "DEMO", "title": "x", "body": "<p>x</p>"}),
        ),
        (
            "confluence_update_page",
            json!({"page_id": "65603", "title": "Renamed"}),
        ),
    ];
    for (name, arguments) in calls {
        let view = demo.view(name, arguments.clone()).await;
        let tool = tools.iter().find(|tool| tool.name == name).unwrap();
        let schema = Value::Object(tool.output_schema.clone().unwrap().as_ref().clone());
        let validator = jsonschema::validator_for(&schema).unwrap();
        let problems: Vec<String> = validator
            .iter_errors(&view)
            .map(|error| error.to_string())
            .collect();
        assert!(problems.is_empty(), "{name} {arguments}: {problems:?}");
        let known = schema["properties"].as_object().unwrap();
        let unknown: Vec<&String> = view
            .as_object()
            .unwrap()
            .keys()
            .filter(|key| !known.contains_key(*key))
            .collect();
        assert!(unknown.is_empty(), "{name}: {unknown:?} is in no schema");
    }
}

//! What each tool sends, and what it makes of the answer.

use serde_json::{Value, json};

use crate::{
    client::{SECRET, call, settings, text},
    site::{Reply, Site, json as json_answer},
    snapshot,
};

/// Calls a tool on a site with these replies; writes down the requests and the result.
async fn exchange(tool: &str, arguments: Value, replies: Vec<Reply>) -> String {
    let site = Site::start(replies).await;
    let result = call(&settings(&site.url, &[]), tool, arguments).await;
    let mut report = String::new();
    for request in site.requests() {
        let (head, body) = request.split_once("\r\n\r\n").unwrap();
        let mut lines = head.lines();
        report.push_str(lines.next().unwrap());
        report.push('\n');
        let mut headers: Vec<String> = lines.map(str::to_owned).collect();
        headers.sort();
        for header in headers.iter().filter(|header| !header.starts_with("host:")) {
            report.push_str(&format!("  {header}\n"));
        }
        if !body.is_empty() {
            report.push_str(&format!("  {body}\n"));
        }
    }
    let structured = result.structured_content.as_ref();
    let structured = structured.map_or_else(String::new, |value| format!("{value}\n"));
    let outcome = if result.is_error == Some(true) {
        "error"
    } else {
        "ok"
    };
    let report = format!("{report}\n{outcome}\n{}\n\n{structured}", text(&result));
    report
        .replace(&site.url, "[site]")
        .replace(SECRET, "[token]")
        .replace(env!("CARGO_PKG_VERSION"), "[version]")
}

async fn snapshot(name: &str, exchange: impl Future<Output = String>) {
    snapshot::check("calls", name, &exchange.await);
}

const ISSUE: &str = r#"{"id": "1", "key": "DEMO-1", "fields": {"summary": "A bug"}}"#;
const PAGE: &str = r#"{"id": "7", "type": "page", "title": "T", "space": {"key": "DEMO"}, "version": {"number": 3}, "body": {"storage": {"value": "<p>old</p>", "representation": "storage"}}, "_links": {"webui": "/x/7"}}"#;

#[tokio::test]
async fn jira_get_issue() {
    let arguments = json!({"issue_key": "DEMO-1"});
    snapshot(
        "jira_get_issue",
        exchange("jira_get_issue", arguments, vec![json_answer(200, ISSUE)]),
    )
    .await;
}

#[tokio::test]
async fn jira_get_issue_with_fields() {
    let issue = r#"{"key": "DEMO-1", "names": {"customfield_1": "Team"}, "fields": {"customfield_1": {"value": "A"}}}"#;
    let arguments = json!({"issue_key": "DEMO-1", "fields": "colour, customfield_1"});
    snapshot(
        "jira_get_issue_with_fields",
        exchange("jira_get_issue", arguments, vec![json_answer(200, issue)]),
    )
    .await;
}

#[tokio::test]
async fn jira_get_issue_raw() {
    let arguments = json!({"issue_key": "DEMO-1", "raw": true});
    snapshot(
        "jira_get_issue_raw",
        exchange("jira_get_issue", arguments, vec![json_answer(200, ISSUE)]),
    )
    .await;
}

#[tokio::test]
async fn jira_search_issues() {
    let found = r#"{"startAt": 5, "maxResults": 1, "total": 9, "issues": [{"key": "DEMO-1", "fields": {"summary": "A bug"}}]}"#;
    let arguments =
        json!({"jql": "project = DEMO AND summary ~ \"ü & co\"", "max_results": 1, "start_at": 5});
    snapshot(
        "jira_search_issues",
        exchange(
            "jira_search_issues",
            arguments,
            vec![json_answer(200, found)],
        ),
    )
    .await;
}

#[tokio::test]
async fn a_long_query_goes_into_the_body() {
    let jql = format!("key in ({})", vec!["DEMO-1"; 400].join(", "));
    let site = Site::start(vec![json_answer(200, r#"{"issues": [], "total": 0}"#)]).await;
    let result = call(
        &settings(&site.url, &[]),
        "jira_search_issues",
        json!({ "jql": jql }),
    )
    .await;
    assert_ne!(result.is_error, Some(true), "{}", text(&result));
    assert_eq!(site.lines(), ["POST /base/rest/api/2/search HTTP/1.1"]);
    assert!(site.requests()[0].contains(r#""fields":["summary","status""#));
}

#[tokio::test]
async fn jira_create_issue() {
    let arguments = json!({
        "project_key": "DEMO", "issue_type": "Bug", "summary": "A bug", "description": "h2. Steps",
        "extra_fields": {"priority": {"name": "High"}},
    });
    let created = json_answer(201, r#"{"id": "1", "key": "DEMO-9", "self": "x"}"#);
    snapshot(
        "jira_create_issue",
        exchange("jira_create_issue", arguments, vec![created]),
    )
    .await;
}

#[tokio::test]
async fn jira_add_comment() {
    let arguments = json!({"issue_key": "DEMO-1", "body": "Thanks!"});
    let added = json_answer(201, r#"{"id": "501", "body": "Thanks!"}"#);
    snapshot(
        "jira_add_comment",
        exchange("jira_add_comment", arguments, vec![added]),
    )
    .await;
}

const TRANSITIONS: &str = r#"{"transitions": [{"id": "11", "name": "Start", "to": {"name": "In Progress"}}, {"id": "31", "name": "Close", "to": {"name": "Done"}}]}"#;

#[tokio::test]
async fn jira_get_transitions() {
    let arguments = json!({"issue_key": "DEMO-1"});
    snapshot(
        "jira_get_transitions",
        exchange(
            "jira_get_transitions",
            arguments,
            vec![json_answer(200, TRANSITIONS)],
        ),
    )
    .await;
}

#[tokio::test]
async fn jira_transition_issue() {
    let arguments = json!({"issue_key": "DEMO-1", "transition": "done", "comment": "Shipped", "fields": {"resolution": {"name": "Fixed"}}});
    let replies = vec![json_answer(200, TRANSITIONS), json_answer(204, "")];
    snapshot(
        "jira_transition_issue",
        exchange("jira_transition_issue", arguments, replies),
    )
    .await;
}

#[tokio::test]
async fn an_unknown_transition_is_answered_with_the_choices() {
    let arguments = json!({"issue_key": "DEMO-1", "transition": "fly"});
    snapshot(
        "jira_transition_issue_unknown",
        exchange(
            "jira_transition_issue",
            arguments,
            vec![json_answer(200, TRANSITIONS)],
        ),
    )
    .await;
}

#[tokio::test]
async fn confluence_get_page() {
    snapshot(
        "confluence_get_page",
        exchange(
            "confluence_get_page",
            json!({"page_id": 7}),
            vec![json_answer(200, PAGE)],
        ),
    )
    .await;
}

#[tokio::test]
async fn confluence_get_spaces() {
    let spaces = r#"{"results": [{"key": "DEMO", "name": "Demo"}], "size": 1}"#;
    snapshot(
        "confluence_get_spaces",
        exchange(
            "confluence_get_spaces",
            json!({}),
            vec![json_answer(200, spaces)],
        ),
    )
    .await;
}

#[tokio::test]
async fn confluence_search_pages() {
    let found = format!(r#"{{"results": [{PAGE}], "size": 1, "totalSize": 1}}"#);
    let arguments = json!({"cql": "space = DEMO AND title ~ \"a & b\"", "limit": 10});
    snapshot(
        "confluence_search_pages",
        exchange(
            "confluence_search_pages",
            arguments,
            vec![json_answer(200, &found)],
        ),
    )
    .await;
}

#[tokio::test]
async fn confluence_create_page() {
    let arguments =
        json!({"space_key": "DEMO", "title": "T", "body": "<p>new</p>", "parent_id": 3});
    snapshot(
        "confluence_create_page",
        exchange(
            "confluence_create_page",
            arguments,
            vec![json_answer(200, PAGE)],
        ),
    )
    .await;
}

#[tokio::test]
async fn confluence_update_page() {
    let saved = PAGE.replace(r#""number": 3"#, r#""number": 4"#);
    let arguments =
        json!({"page_id": "7", "body": "<p>new</p>", "expected_version": 3, "message": "why"});
    let replies = vec![json_answer(200, PAGE), json_answer(200, &saved)];
    snapshot(
        "confluence_update_page",
        exchange("confluence_update_page", arguments, replies),
    )
    .await;
}

#[tokio::test]
async fn a_new_title_leaves_the_body_as_it_is() {
    let arguments = json!({"page_id": "7", "title": "New"});
    let replies = vec![json_answer(200, PAGE), json_answer(200, PAGE)];
    snapshot(
        "confluence_update_page_title",
        exchange("confluence_update_page", arguments, replies),
    )
    .await;
}

#[tokio::test]
async fn what_changed_underneath_is_not_overwritten() {
    let arguments = json!({"page_id": "7", "body": "<p>new</p>", "expected_version": 2});
    snapshot(
        "confluence_update_page_outdated",
        exchange(
            "confluence_update_page",
            arguments,
            vec![json_answer(200, PAGE)],
        ),
    )
    .await;
}

#[tokio::test]
async fn basic_credentials_and_none() {
    let site = Site::start(vec![json_answer(200, ISSUE)]).await;
    let basic = |name: &str| match name {
        "JIRA_URL" => Some(site.url.clone()),
        "JIRA_USERNAME" => Some("ada".to_owned()),
        "JIRA_PASSWORD" => Some("pass:wörd".to_owned()),
        _ => None,
    };
    let none = |name: &str| (name == "JIRA_URL").then(|| site.url.clone());
    let basic = atlassian_bridge::config::Settings::read(basic).unwrap();
    let none = atlassian_bridge::config::Settings::read(none).unwrap();
    call(&basic, "jira_get_issue", json!({"issue_key": "DEMO-1"})).await;
    call(&none, "jira_get_issue", json!({"issue_key": "DEMO-1"})).await;
    let [with, without] = &site.requests()[..] else {
        panic!("expected two requests")
    };
    assert!(
        with.contains("authorization: Basic YWRhOnBhc3M6d8O2cmQ="),
        "{with}"
    );
    assert!(!without.contains("authorization"), "{without}");
}

#[tokio::test]
async fn projects_out_of_reach_are_not_touched() {
    let site = Site::start(vec![json_answer(200, ISSUE)]).await;
    let settings = settings(
        &site.url,
        &[
            ("JIRA_PROJECTS_FILTER", "SHOP"),
            ("CONFLUENCE_SPACES_FILTER", "SHOP"),
        ],
    );
    let calls = [
        ("jira_get_issue", json!({"issue_key": "DEMO-1"})),
        ("jira_get_issue", json!({"issue_key": "10001"})),
        ("jira_get_transitions", json!({"issue_key": "DEMO-1"})),
        (
            "jira_transition_issue",
            json!({"issue_key": "DEMO-1", "transition": "1"}),
        ),
        (
            "jira_add_comment",
            json!({"issue_key": "DEMO-1", "body": "x"}),
        ),
        (
            "jira_create_issue",
            json!({"project_key": "DEMO", "issue_type": "Bug", "summary": "x"}),
        ),
        (
            "confluence_create_page",
            json!({"space_key": "DEMO", "title": "x", "body": ""}),
        ),
    ];
    for (tool, arguments) in calls {
        let result = call(&settings, tool, arguments.clone()).await;
        assert_eq!(result.is_error, Some(true), "{tool} {arguments}");
        assert!(
            text(&result).contains("_FILTER (SHOP)"),
            "{}",
            text(&result)
        );
    }
    assert_eq!(site.requests().len(), 0);
}

#[tokio::test]
async fn what_turns_out_to_be_out_of_reach_is_not_shown() {
    let page = Site::start(vec![json_answer(200, PAGE)]).await;
    let filter = [
        ("JIRA_PROJECTS_FILTER", "SHOP"),
        ("CONFLUENCE_SPACES_FILTER", "SHOP"),
    ];
    for (tool, arguments) in [
        ("confluence_get_page", json!({"page_id": "7"})),
        ("confluence_get_page", json!({"page_id": "7", "raw": true})),
        (
            "confluence_update_page",
            json!({"page_id": "7", "title": "x"}),
        ),
    ] {
        let result = call(&settings(&page.url, &filter), tool, arguments).await;
        assert_eq!(result.is_error, Some(true));
    }
    assert!(page.lines().iter().all(|line| line.starts_with("GET")));
    // The issue was moved from SHOP to DEMO, and Jira finds it under its old key.
    for (tool, arguments) in [
        ("jira_get_issue", json!({"issue_key": "SHOP-1"})),
        ("jira_get_transitions", json!({"issue_key": "SHOP-1"})),
        (
            "jira_transition_issue",
            json!({"issue_key": "SHOP-1", "transition": "1"}),
        ),
        (
            "jira_add_comment",
            json!({"issue_key": "SHOP-1", "body": "x"}),
        ),
    ] {
        let moved = Site::start(vec![json_answer(200, ISSUE)]).await;
        let result = call(&settings(&moved.url, &filter), tool, arguments).await;
        let text = text(&result);
        assert!(text.contains("project DEMO is not among"), "{tool}: {text}");
        let lines = moved.lines();
        assert!(lines.len() == 1 && lines[0].starts_with("GET"), "{lines:?}");
    }
}

#[tokio::test]
async fn a_search_stays_within_reach() {
    let found = r#"{"total": 9, "issues": [{"key": "SHOP-1"}, {"key": "DEMO-1"}]}"#;
    let site = Site::start(vec![json_answer(200, found)]).await;
    let settings = settings(&site.url, &[("JIRA_PROJECTS_FILTER", "SHOP")]);
    let result = call(
        &settings,
        "jira_search_issues",
        json!({"jql": "a = b) OR (c = d"}),
    )
    .await;
    let text = text(&result);
    assert!(
        text.contains("SHOP-1") && !text.contains("DEMO-1"),
        "{text}"
    );
    assert!(
        site.lines()[0].contains("project+in+%28%22SHOP%22%29+AND"),
        "{:?}",
        site.lines()
    );
}

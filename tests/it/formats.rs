//! In which notation texts come and go, and what says so.

use atlassian_bridge::server::Server;
use serde_json::{Value, json};

use crate::{
    client::{call, settings, text},
    site::{Site, json as json_answer},
};

const ISSUE: &str = r#"{"id": "1", "key": "DEMO-1", "fields": {"description": "h2. Why\n*bold*"}}"#;
const PAGE: &str = r#"{"id": "7", "type": "page", "title": "T", "space": {"key": "DEMO"}, "version": {"number": 3}, "body": {"storage": {"value": "<p>a <em>b</em></p>", "representation": "storage"}}}"#;
const SOURCE: (&str, &str) = ("TEXT_FORMAT", "source");

/// What a read tool makes of an answer.
async fn read(tool: &str, arguments: Value, answer: &str, further: &[(&str, &str)]) -> String {
    let site = Site::start(vec![json_answer(200, answer)]).await;
    text(&call(&settings(&site.url, further), tool, arguments).await)
}

/// The body of the last request that a write tool sends.
async fn sent(tool: &str, arguments: Value, answers: &[&str], further: &[(&str, &str)]) -> Value {
    let replies = answers.iter().map(|answer| json_answer(200, answer));
    let site = Site::start(replies.collect()).await;
    let result = call(&settings(&site.url, further), tool, arguments).await;
    assert_ne!(result.is_error, Some(true), "{}", text(&result));
    let requests = site.requests();
    let (_, body) = requests.last().unwrap().split_once("\r\n\r\n").unwrap();
    serde_json::from_str(body).unwrap()
}

#[tokio::test]
async fn issues_are_told_as_markdown_or_as_they_are() {
    let (tool, key) = ("jira_get_issue", json!({"issue_key": "DEMO-1"}));
    let wiki = json!({"issue_key": "DEMO-1", "format": "wiki"});
    let markdown = json!({"issue_key": "DEMO-1", "format": "markdown"});
    for (arguments, further, expected) in [
        (key.clone(), vec![], "## Why\n\n**bold**"),
        (wiki, vec![], "h2. Why\n*bold*"),
        (key, vec![SOURCE], "h2. Why\n*bold*"),
        (markdown, vec![SOURCE], "## Why\n\n**bold**"),
    ] {
        let told = read(tool, arguments, ISSUE, &further).await;
        assert!(told.contains(expected), "{told}");
    }
}

#[tokio::test]
async fn pages_are_told_in_any_notation() {
    let tool = "confluence_get_page";
    for (format, expected) in [
        ("markdown", "\na *b*\n"),
        ("wiki", "\na _b_\n"),
        ("storage", "\n<p>a <em>b</em></p>\n"),
    ] {
        let arguments = json!({"page_id": "7", "format": format});
        let told = read(tool, arguments, PAGE, &[]).await;
        assert!(told.contains(expected), "{told}");
    }
    let told = read(tool, json!({"page_id": "7"}), PAGE, &[SOURCE]).await;
    assert!(told.contains("<p>a <em>b</em></p>"), "{told}");
}

#[tokio::test]
async fn markdown_and_sources_are_written_as_the_products_take_them() {
    let added = r#"{"id": "5", "body": "x"}"#;
    let comment =
        |format: &str| json!({"issue_key": "DEMO-1", "body": "**a** {b}", "format": format});
    let body = sent("jira_add_comment", comment("markdown"), &[added], &[]).await;
    assert_eq!(body["body"], "*a* {b}");
    let body = sent("jira_add_comment", comment("wiki"), &[added], &[]).await;
    assert_eq!(body["body"], "**a** {b}");
    for (format, text, expected) in [
        (
            "markdown",
            "[[Home]]",
            "<p><ac:link><ri:page ri:content-title=\"Home\" /></ac:link></p>",
        ),
        ("wiki", "h2. *x*", "<h2><strong>x</strong></h2>"),
        ("storage", "<p class='x'>x</p>", "<p class='x'>x</p>"),
    ] {
        let page = json!({"space_key": "DEMO", "title": "T", "body": text, "format": format});
        let body = sent("confluence_create_page", page, &[PAGE], &[]).await;
        assert_eq!(body["body"]["storage"]["value"], expected);
        assert_eq!(body["body"]["storage"]["representation"], "storage");
    }
    let page = json!({"space_key": "DEMO", "title": "T", "body_storage": "<p>*x*</p>"});
    let body = sent("confluence_create_page", page, &[PAGE], &[]).await;
    assert_eq!(body["body"]["storage"]["value"], "<p>*x*</p>");
}

#[test]
fn the_schema_says_which_notation_is_meant() {
    for (further, jira, confluence) in [
        (vec![], "markdown", "markdown"),
        (vec![SOURCE], "wiki", "storage"),
    ] {
        let server = Server::new(&settings("http://127.0.0.1:1", &further)).unwrap();
        let defaults = server.tools().iter().filter_map(|tool| {
            let format = tool.input_schema.get("properties")?.get("format")?;
            Some((tool.name.clone(), format["default"].clone()))
        });
        let defaults: Vec<_> = defaults.collect();
        assert_eq!(defaults.len(), 7);
        for (name, default) in defaults {
            let is_jira = name.starts_with("jira_");
            assert_eq!(default, if is_jira { jira } else { confluence }, "{name}");
        }
    }
}

#[tokio::test]
async fn marks_around_foreign_text_can_be_left_out() {
    let off = ("MARK_UNTRUSTED", "false");
    let arguments = json!({"page_id": "7"});
    let with = read("confluence_get_page", arguments.clone(), PAGE, &[]).await;
    let without = read("confluence_get_page", arguments, PAGE, &[off]).await;
    let lines = with.lines().filter(|line| !line.contains("untrusted"));
    assert_eq!(with.lines().count(), without.lines().count() + 2);
    assert_eq!(lines.collect::<Vec<_>>().join("\n"), without);
}

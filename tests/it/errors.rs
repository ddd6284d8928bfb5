//! Refusals: what a site answers, and what a model reads of it.

use atlassian_bridge::{
    api::jira::types,
    client::{self, ApiErrorKind},
    config::SiteSettings,
};
use serde_json::json;

use crate::{
    client::{SECRET, call, settings, text},
    site::{Reply, Site, answer, json as json_answer, no_host},
    snapshot,
};

/// Reads an issue from a site that gives this reply.
async fn read(reply: Reply) -> String {
    let deadline = deadline(&reply);
    let site = Site::start(vec![reply]).await;
    let settings = settings(&site.url, &[("JIRA_TIMEOUT", deadline)]);
    said(
        &settings,
        &site.url,
        "jira_get_issue",
        json!({"issue_key": "DEMO-1"}),
    )
    .await
}

/// Writes a comment to a site that gives this reply.
async fn write(reply: Reply) -> String {
    let deadline = deadline(&reply);
    let site = Site::start(vec![reply]).await;
    let settings = settings(&site.url, &[("JIRA_TIMEOUT", deadline)]);
    let arguments = json!({"issue_key": "DEMO-1", "body": "hello"});
    let said = said(&settings, &site.url, "jira_add_comment", arguments).await;
    assert_eq!(site.requests().len(), 1, "a write is sent once");
    said
}

/// Short only where it is to be reached: a busy machine takes its time for everything else.
fn deadline(reply: &Reply) -> &'static str {
    match reply {
        Reply::Silence => "0.3",
        _ => "30",
    }
}

async fn said(
    settings: &atlassian_bridge::config::Settings,
    url: &str,
    tool: &str,
    arguments: serde_json::Value,
) -> String {
    let result = call(settings, tool, arguments).await;
    assert_eq!(result.is_error, Some(true));
    let text = text(&result);
    assert!(!text.contains(SECRET), "{text}");
    let address = url
        .strip_prefix("http://")
        .unwrap()
        .strip_suffix("/base")
        .unwrap();
    text.replace(address, "[address]")
}

fn snapshot(name: &str, text: String) {
    snapshot::check("errors", name, &text);
}

#[tokio::test]
async fn a_wrong_token_is_said_once_and_not_tried_again() {
    let site = Site::start(vec![answer(
        401,
        "X-Seraph-LoginReason: AUTHENTICATED_FAILED\r\ncontent-type: text/html",
        "<html><title>Unauthorized (401)</title></html>",
    )])
    .await;
    let arguments = json!({"issue_key": "DEMO-1"});
    snapshot(
        "unauthorized",
        said(
            &settings(&site.url, &[]),
            &site.url,
            "jira_get_issue",
            arguments,
        )
        .await,
    );
    assert_eq!(site.requests().len(), 1);
}

#[tokio::test]
async fn a_captcha_needs_a_person() {
    let headers = "X-Authentication-Denied-Reason: CAPTCHA_CHALLENGE; login-url=https://jira.example.com/login.jsp\r\ncontent-type: text/html";
    snapshot("captcha", read(answer(403, headers, "<html></html>")).await);
}

#[tokio::test]
async fn a_login_that_failed_unnoticed_is_no_success() {
    let headers = "X-Seraph-LoginReason: AUTHENTICATED_FAILED\r\ncontent-type: application/json";
    snapshot(
        "unauthorized_with_200",
        read(answer(200, headers, "{}")).await,
    );
}

#[tokio::test]
async fn a_missing_permission() {
    snapshot(
        "forbidden",
        read(json_answer(
            403,
            r#"{"errorMessages":["You may not."],"errors":{}}"#,
        ))
        .await,
    );
}

#[tokio::test]
async fn an_unknown_key() {
    snapshot(
        "not_found",
        read(json_answer(
            404,
            r#"{"errorMessages":["Issue Does Not Exist"],"errors":{}}"#,
        ))
        .await,
    );
}

#[tokio::test]
async fn an_address_without_its_context_path() {
    let page = "<html><title>HTTP Status 404</title></html>";
    snapshot(
        "not_found_by_another",
        read(answer(404, "content-type: text/html", page)).await,
    );
}

#[tokio::test]
async fn a_refusal_names_the_fields() {
    let body = r#"{"errorMessages":["No."],"errors":{"summary":"You must specify a summary of the issue.","priority":"<b>Priority</b> name 'x' is not valid"}}"#;
    snapshot("rejected", write(json_answer(400, body)).await);
}

#[tokio::test]
async fn a_conflict() {
    let body = r#"{"statusCode":409,"message":"Version must be incremented on update. Current version is: 3"}"#;
    snapshot("conflict", write(json_answer(409, body)).await);
}

#[tokio::test]
async fn too_many_requests_with_a_long_wait() {
    let headers = "Retry-After: 3600\r\ncontent-type: text/html";
    snapshot(
        "rate_limited",
        read(answer(429, headers, "<html>slow down</html>")).await,
    );
}

#[tokio::test]
async fn a_broken_server() {
    snapshot(
        "server_error",
        read(answer(500, "content-type: text/html", "<html>oops</html>")).await,
    );
}

#[tokio::test]
async fn a_broken_server_may_have_written() {
    snapshot(
        "server_error_on_write",
        write(answer(500, "content-type: text/html", "<html>oops</html>")).await,
    );
}

#[tokio::test]
async fn a_login_page_is_not_an_issue() {
    let page = "<!DOCTYPE html><html><form action='/login'></form></html>";
    snapshot(
        "web_page",
        read(answer(200, "content-type: text/html", page)).await,
    );
}

/// A client, for what no tool shows.
fn jira(site: &Site) -> atlassian_bridge::api::jira::Client {
    let settings = SiteSettings::new(site.url.parse().unwrap());
    client::Site::new(settings).jira().unwrap()
}

#[tokio::test]
async fn a_login_page_is_no_success_of_a_write() {
    let page = "\n<!DOCTYPE html><html><form action='/login'></form></html>";
    let site = Site::start(vec![answer(200, "content-type: text/html", page)]).await;
    let client = jira(&site);
    let deleted = client::ask(client.delete_issue().issue_id_or_key("DEMO-1").send()).await;
    let body = types::Comment::builder().body("hello".to_owned());
    let added = client.add_issue_comment().issue_id_or_key("DEMO-1");
    let added = client::ask(added.body(body).send()).await;
    for error in [deleted.unwrap_err(), added.unwrap_err()] {
        assert!(matches!(error.kind, ApiErrorKind::WebPage), "{error}");
    }
    assert_eq!(site.requests().len(), 2);
}

#[tokio::test]
async fn a_success_without_content_is_an_empty_value() {
    let site = Site::start(vec![answer(204, "", "")]).await;
    let client = jira(&site);
    client::ask(client.delete_issue().issue_id_or_key("DEMO-1").send())
        .await
        .unwrap();
    let body = types::Comment::builder().body("hello".to_owned());
    let added = client.add_issue_comment().issue_id_or_key("DEMO-1");
    let comment = client::ask(added.body(body).send()).await.unwrap();
    assert_eq!((comment.id, comment.body), (None, None));
    let fields = client::ask(client.list_fields().send()).await.unwrap();
    assert!(fields.is_empty());
}

#[tokio::test]
async fn a_redirect_to_single_sign_on_is_not_followed() {
    let headers = "Location: https://sso.example.com/login?SAMLRequest=abc";
    snapshot("redirected", read(answer(302, headers, "")).await);
}

#[tokio::test]
async fn json_that_breaks_off() {
    snapshot(
        "not_json",
        read(json_answer(200, r#"{"key": "DEMO-1", "fields": {"#)).await,
    );
}

#[tokio::test]
async fn an_answer_that_breaks_off() {
    let bytes = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 100\r\n\r\n{";
    snapshot("broken_off", read(Reply::Bytes(bytes.into())).await);
}

#[tokio::test]
async fn an_answer_without_end() {
    let body = vec![b' '; 65 * 1024 * 1024];
    snapshot(
        "too_large",
        read(answer(200, "content-type: application/json", body)).await,
    );
}

#[tokio::test]
async fn a_server_that_never_answers() {
    snapshot("timed_out", read(Reply::Silence).await);
}

#[tokio::test]
async fn a_write_without_an_answer_may_have_arrived() {
    snapshot("timed_out_on_write", write(Reply::Silence).await);
}

#[tokio::test]
async fn a_hang_up_after_a_write() {
    snapshot("hung_up_on_write", write(Reply::Hangup).await);
}

/// Reads an issue from a server that is not there.
async fn read_from(url: &str) -> String {
    let settings = settings(url, &[]);
    let result = call(&settings, "jira_get_issue", json!({"issue_key": "DEMO-1"})).await;
    assert_eq!(result.is_error, Some(true));
    text(&result)
}

#[tokio::test]
async fn a_server_that_is_down() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap().to_string();
    drop(listener);
    let said = read_from(&format!("http://{address}/base")).await;
    snapshot("refused", said.replace(&address, "[address]"));
}

#[tokio::test]
async fn a_host_that_does_not_exist() {
    let said = read_from(&format!("http://{}/base", no_host())).await;
    snapshot("unknown_host", said.replace(&no_host(), "[host]"));
}

/// The connection is only there when TLS has been agreed on.
#[tokio::test]
async fn a_server_that_takes_the_connection_and_says_nothing() {
    let site = Site::start(vec![Reply::Silence]).await;
    let url = site.url.replace("http://", "https://");
    let settings = settings(&url, &[("JIRA_CONNECT_TIMEOUT", "0.3")]);
    let result = call(&settings, "jira_get_issue", json!({"issue_key": "DEMO-1"})).await;
    let address = site
        .url
        .strip_prefix("http://")
        .unwrap()
        .strip_suffix("/base")
        .unwrap();
    snapshot(
        "connect_timed_out",
        text(&result).replace(address, "[address]"),
    );
}

#[tokio::test]
async fn a_ca_bundle_that_is_not_there() {
    let settings = settings(
        "https://127.0.0.1:1",
        &[("JIRA_CA_BUNDLE", "/does/not/exist.pem")],
    );
    let result = call(&settings, "jira_get_issue", json!({"issue_key": "DEMO-1"})).await;
    snapshot("ca_bundle", text(&result));
}

/// Arguments that cannot be right are refused before anything is sent.
#[tokio::test]
async fn bad_arguments_are_answered_with_what_would_be_right() {
    let settings = settings("http://127.0.0.1:1", &[]);
    let calls = [
        ("jira_get_issue", json!({})),
        ("jira_get_issue", json!({"issue_key": ".."})),
        ("jira_get_issue", json!({"issue_key": "DEMO-1/../../x"})),
        (
            "jira_get_issue",
            json!({"issue_key": "DEMO-1", "verbose": true}),
        ),
        (
            "jira_search_issues",
            json!({"jql": "project = DEMO", "max_results": -1}),
        ),
        (
            "jira_search_issues",
            json!({"jql": "project = DEMO", "max_results": 100_000}),
        ),
        (
            "jira_search_issues",
            json!({"jql": "project = DEMO", "start_at": -5}),
        ),
        ("jira_search_issues", json!({"jql": 5})),
        (
            "jira_create_issue",
            json!({"project_key": "DEMO", "issue_type": "Bug", "summary": " "}),
        ),
        (
            "jira_create_issue",
            json!({"project_key": "DEMO", "issue_type": "Bug", "summary": "a", "extra_fields": {"summary": "b"}}),
        ),
        (
            "jira_add_comment",
            json!({"issue_key": "DEMO-1", "body": ""}),
        ),
        ("confluence_get_page", json!({"page_id": ".."})),
        ("confluence_get_page", json!({"page_id": "..\\..\\x"})),
        ("confluence_search_pages", json!({"cql": ""})),
        ("confluence_get_spaces", json!({"limit": 0})),
        (
            "confluence_create_page",
            json!({"space_key": "A/B", "title": "t", "body": ""}),
        ),
        (
            "confluence_create_page",
            json!({"space_key": "A", "title": "", "body": ""}),
        ),
        (
            "confluence_create_page",
            json!({"space_key": "A", "title": "t", "body": "", "parent_id": "x"}),
        ),
        ("confluence_update_page", json!({"page_id": "1"})),
    ];
    let mut said = String::new();
    for (tool, arguments) in calls {
        let result = call(&settings, tool, arguments.clone()).await;
        assert_eq!(result.is_error, Some(true), "{tool} {arguments}");
        said.push_str(&format!("{tool} {arguments}\n  {}\n", text(&result)));
    }
    snapshot("bad_arguments", said);
}

//! What is sent again, and what never is.

use serde_json::json;

use crate::{
    client::{call, settings, text},
    site::{Reply, Site, answer, json as json_answer},
};

const ISSUE: &str = r#"{"key": "DEMO-1", "fields": {"summary": "x"}}"#;

async fn read(replies: Vec<Reply>) -> (bool, usize) {
    let site = Site::start(replies).await;
    let result = call(
        &settings(&site.url, &[]),
        "jira_get_issue",
        json!({"issue_key": "DEMO-1"}),
    )
    .await;
    (result.is_error == Some(true), site.requests().len())
}

async fn write(reply: Reply) -> usize {
    let site = Site::start(vec![reply, json_answer(201, "{}")]).await;
    let arguments = json!({"issue_key": "DEMO-1", "body": "x"});
    let result = call(&settings(&site.url, &[]), "jira_add_comment", arguments).await;
    assert_eq!(result.is_error, Some(true));
    site.requests().len()
}

#[tokio::test]
async fn a_read_survives_a_restart_of_the_server() {
    let replies = vec![answer(503, "", ""), Reply::Hangup, json_answer(200, ISSUE)];
    assert_eq!(read(replies).await, (false, 3));
}

#[tokio::test]
async fn a_read_that_breaks_off_is_repeated() {
    let half = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 99\r\n\r\n{";
    let replies = vec![Reply::Bytes(half.into()), json_answer(200, ISSUE)];
    assert_eq!(read(replies).await, (false, 2));
}

#[tokio::test]
async fn a_read_is_given_up_after_three_retries() {
    assert_eq!(
        read(vec![answer(503, "Retry-After: 0", "")]).await,
        (true, 4)
    );
}

#[tokio::test]
async fn refusals_are_final() {
    for status in [400, 401, 403, 404, 500] {
        assert_eq!(
            read(vec![json_answer(status, r#"{"errorMessages": ["No."]}"#)]).await,
            (true, 1),
            "{status}"
        );
    }
}

#[tokio::test]
async fn a_write_is_sent_once_whatever_comes() {
    for reply in [
        answer(503, "Retry-After: 0", ""),
        answer(429, "Retry-After: 0", ""),
        Reply::Hangup,
    ] {
        assert_eq!(write(reply).await, 1);
    }
}

#[tokio::test]
async fn a_write_is_not_redirected() {
    assert_eq!(write(answer(302, "Location: /base/elsewhere", "")).await, 1);
}

#[tokio::test]
async fn a_read_follows_redirects_within_the_site() {
    let replies = vec![
        answer(302, "Location: /base/elsewhere", ""),
        json_answer(200, ISSUE),
    ];
    assert_eq!(read(replies).await, (false, 2));
}

#[tokio::test]
async fn credentials_do_not_leave_the_site() {
    let other = Site::start(vec![json_answer(200, ISSUE)]).await;
    let location = format!("Location: {}/rest", other.url);
    let (failed, _) = read(vec![answer(307, &location, "")]).await;
    assert!(failed);
    assert_eq!(other.requests().len(), 0);
}

#[tokio::test]
async fn a_redirect_in_circles_ends() {
    let site = Site::start(vec![answer(302, "Location: /base/round", "")]).await;
    let result = call(
        &settings(&site.url, &[]),
        "jira_get_issue",
        json!({"issue_key": "DEMO-1"}),
    )
    .await;
    assert!(text(&result).contains("sends us"), "{}", text(&result));
    assert!(site.requests().len() < 10);
}

//! Files from a server.

use atlassian_bridge::client::transfer::Download;

use super::*;
use crate::site::{Reply, answer, chunked, json};

const FILE: &str =
    "content-type: image/png\r\ncontent-disposition: attachment; filename=\"a b.png\"";

/// Asks for a file of a site that gives these replies.
async fn ask(replies: Vec<Reply>) -> Result<Download, ApiError> {
    let site = Site::start(replies).await;
    jira(&site).download("/secure/attachment/1/a.png").await
}

/// What is written of a file, and what comes of it.
async fn write(download: Download) -> (Vec<u8>, Result<u64, ApiError>) {
    let mut file = Vec::new();
    let outcome = download.write_to(&mut file).await;
    (file, outcome)
}

#[tokio::test]
async fn a_file_is_written_as_it_comes() {
    let content: Vec<u8> = (0..=255).cycle().take(100_000).collect();
    let site = Site::start(vec![answer(200, FILE, &content)]).await;
    let reports = Reports::default();
    let download = jira(&site).download("/secure/attachment/1/a%20b.png").await;
    let download = download.unwrap().on_progress(reports.note());
    assert_eq!(download.content_type.as_deref(), Some("image/png"));
    assert_eq!(download.length, Some(100_000));
    let (file, outcome) = write(download).await;
    assert!(file == content);
    assert_eq!(outcome.unwrap(), 100_000);
    let reports = reports.all();
    assert!(reports.is_sorted_by(|one, next| one.0 < next.0));
    assert_eq!(reports.last(), Some(&(100_000, Some(100_000))));
    let request = &site.requests()[0];
    assert_eq!(
        header(request, "authorization"),
        [format!("Bearer {SECRET}")]
    );
    assert_eq!(
        site.lines(),
        ["GET /base/secure/attachment/1/a%20b.png HTTP/1.1"]
    );
}

#[tokio::test]
async fn a_file_has_the_name_that_the_server_says() {
    for (disposition, name) in [
        ("attachment; filename=\"a b.png\"", "a b.png"),
        ("attachment; filename*=UTF-8''%C3%BC%20b.png;", "ü b.png"),
        (
            "attachment; filename=\"u.png\"; filename*=UTF-8''%C3%BC.png",
            "ü.png",
        ),
        (
            "attachment; filename=\"a;b\\\"c.png\"; size=1",
            "a;b\"c.png",
        ),
        ("attachment; filename=\"ü.png\"", "ü.png"),
        ("attachment; filename=\"../../x\"", "../../x"),
        ("attachment; filename=\"a.png\"; filename*=broken", "a.png"),
        ("attachment", "a.png"),
    ] {
        let headers = format!("content-type: image/png\r\ncontent-disposition: {disposition}");
        let download = ask(vec![answer(200, &headers, "x")]).await.unwrap();
        assert_eq!(download.file_name.as_deref(), Some(name), "{disposition}");
    }
}

#[tokio::test]
async fn a_file_over_its_limit_is_not_begun() {
    let download = ask(vec![answer(200, FILE, "hello")]).await.unwrap();
    let (file, outcome) = write(download.limit(4)).await;
    assert!(file.is_empty());
    insta::assert_snapshot!(
        outcome.unwrap_err(),
        @"Jira did not give the whole file: the file has more than the limit of 4 bytes"
    );
    let download = ask(vec![answer(200, FILE, "hello")]).await.unwrap();
    assert_eq!(download.limit(5).bytes().await.unwrap(), "hello");
}

#[tokio::test]
async fn a_file_that_turns_out_to_be_over_its_limit_stops() {
    let download = ask(vec![chunked(FILE, &["hello", "hello"])]).await.unwrap();
    assert_eq!(download.length, None);
    let (file, outcome) = write(download.limit(7)).await;
    assert!(file.len() <= 7, "{file:?}");
    let error = outcome.unwrap_err();
    assert!(error.to_string().contains("limit of 7 bytes"), "{error}");
    let download = ask(vec![chunked(FILE, &["hello", "hello"])]).await.unwrap();
    assert_eq!(download.limit(10).bytes().await.unwrap(), "hellohello");
}

#[tokio::test]
async fn a_file_that_breaks_off_is_no_file() {
    let half = format!("HTTP/1.1 200 x\r\n{FILE}\r\ncontent-length: 99\r\n\r\nhello");
    let chunk =
        format!("HTTP/1.1 200 x\r\n{FILE}\r\ntransfer-encoding: chunked\r\n\r\n5\r\nhello\r\n");
    for bytes in [half, chunk] {
        let download = ask(vec![Reply::Bytes(bytes.into())]).await.unwrap();
        let (file, outcome) = write(download).await;
        assert_eq!(file, b"hello");
        let error = outcome.unwrap_err();
        assert!(matches!(error.kind, ApiErrorKind::BrokenOff), "{error}");
    }
}

#[tokio::test]
async fn a_file_that_stands_still_is_given_up() {
    let half = format!("HTTP/1.1 200 x\r\n{FILE}\r\ncontent-length: 99\r\n\r\nhello");
    let site = Site::start(vec![Reply::Stall(half.into())]).await;
    let download = impatient_jira(&site).download("/a.png").await.unwrap();
    let (file, outcome) = write(download).await;
    assert_eq!(file, b"hello");
    let error = outcome.unwrap_err();
    assert!(matches!(error.kind, ApiErrorKind::TimedOut), "{error}");
    site.sees_hang_ups(1).await;
    let site = Site::start(vec![Reply::Silence]).await;
    let error = impatient_jira(&site).download("/a.png").await.unwrap_err();
    assert!(matches!(error.kind, ApiErrorKind::TimedOut), "{error}");
}

#[tokio::test]
async fn a_writer_that_fails_is_told() {
    let download = ask(vec![answer(200, FILE, "hello")]).await.unwrap();
    let mut room = [0; 3];
    let outcome = download.write_to(io::Cursor::new(&mut room[..])).await;
    let error = outcome.unwrap_err();
    assert!(matches!(error.kind, ApiErrorKind::Transfer(_)), "{error}");
}

#[tokio::test]
async fn a_download_is_asked_for_again_before_it_begins() {
    let replies = vec![
        answer(503, "", ""),
        Reply::Hangup,
        answer(200, FILE, "hello"),
    ];
    let download = ask(replies).await.unwrap();
    assert_eq!(download.bytes().await.unwrap(), "hello");
}

#[tokio::test]
async fn a_download_follows_redirects_within_the_site() {
    let replies = vec![
        answer(302, "Location: /base/elsewhere/c.png?a=b", ""),
        answer(200, "content-type: image/png", "hello"),
    ];
    let site = Site::start(replies).await;
    let download = jira(&site).download("/a.png").await.unwrap();
    assert_eq!(download.bytes().await.unwrap(), "hello");
    assert_eq!(site.lines()[1], "GET /base/elsewhere/c.png?a=b HTTP/1.1");
    for request in site.requests() {
        assert_eq!(
            header(&request, "authorization"),
            [format!("Bearer {SECRET}")]
        );
    }
}

#[tokio::test]
async fn a_download_does_not_leave_the_site() {
    let other = Site::start(vec![answer(200, FILE, "hello")]).await;
    let location = format!("Location: {}/a.png", other.url);
    let error = ask(vec![answer(302, &location, "")]).await.unwrap_err();
    assert!(matches!(error.kind, ApiErrorKind::Redirected(_)), "{error}");
    let site = Site::start(vec![answer(200, FILE, "hello")]).await;
    let address = format!("{}/a.png", other.url);
    for address in [&address, "//example.com/a.png", "/../a.png", "a.png", ""] {
        let error = jira(&site).download(address).await.unwrap_err();
        assert!(
            matches!(error.kind, ApiErrorKind::InvalidRequest(_)),
            "{address}: {error}"
        );
    }
    assert!(site.requests().is_empty() && other.requests().is_empty());
    let address = format!("{}/a.png", site.url);
    jira(&site).download(&address).await.unwrap();
    assert_eq!(site.lines(), ["GET /base/a.png HTTP/1.1"]);
}

#[tokio::test]
async fn a_web_page_is_a_file_only_where_it_comes_as_one() {
    let html = "content-type: text/html; charset=UTF-8";
    let page = "<html><form action='/login'></form></html>";
    let error = ask(vec![answer(200, html, page)]).await.unwrap_err();
    assert!(matches!(error.kind, ApiErrorKind::WebPage), "{error}");
    let attached = format!("{html}\r\ncontent-disposition: attachment; filename=\"a.html\"");
    let download = ask(vec![answer(200, &attached, page)]).await.unwrap();
    assert_eq!(download.bytes().await.unwrap(), page);
}

#[tokio::test]
async fn refusals_of_a_download_are_told() {
    let failed = format!("X-Seraph-LoginReason: AUTHENTICATED_FAILED\r\n{FILE}");
    let mut said = String::new();
    for reply in [
        json(401, "{}"),
        answer(403, "X-Authentication-Denied-Reason: CAPTCHA_CHALLENGE", ""),
        json(404, r#"{"errorMessages": ["No such attachment."]}"#),
        answer(200, &failed, "hello"),
    ] {
        said.push_str(&format!("{}\n", ask(vec![reply]).await.unwrap_err()));
    }
    insta::assert_snapshot!(said, @"
    Jira did not accept the credentials (401)
    Jira wants a CAPTCHA solved after failed logins (403)
    Jira does not have this, or hides it from this user (404): No such attachment
    Jira did not accept the credentials (401)
    ");
}

#[tokio::test]
async fn an_attachment_is_asked_for_where_the_site_is() {
    let site = Site::start(vec![answer(200, FILE, "hello")]).await;
    let client = jira(&site);
    for content in [
        "https://jira.intern.example/jira/secure/attachment/10000/a.png",
        "https://jira.intern.example/secure/attachment/10000/a.png",
    ] {
        let attachment = jira::types::Attachment {
            content: Some(content.to_owned()),
            ..Default::default()
        };
        client.download_attachment(&attachment).await.unwrap();
    }
    let elsewhere = jira::types::Attachment {
        content: Some("https://jira.intern.example/other/a.png".to_owned()),
        ..Default::default()
    };
    client.download_attachment(&elsewhere).await.unwrap_err();
    client
        .download_attachment(&Default::default())
        .await
        .unwrap_err();
    let line = "GET /base/secure/attachment/10000/a.png HTTP/1.1";
    assert_eq!(site.lines(), [line, line]);
}

#[tokio::test]
async fn an_attachment_of_confluence_is_where_its_link_says() {
    let attachments = r#"{"results": [{"id": "att1", "_links": {"download": "/download/attachments/42/a.png?version=1&api=v2"}}]}"#;
    let site = Site::start(vec![json(200, attachments), answer(200, FILE, "hello")]).await;
    let client = confluence(&site);
    let page = client::ask(client.list_attachments().id("42").send()).await;
    let download = client.download_attachment(&page.unwrap().results[0]).await;
    assert_eq!(download.unwrap().bytes().await.unwrap(), "hello");
    assert_eq!(
        site.lines()[1],
        "GET /base/download/attachments/42/a.png?version=1&api=v2 HTTP/1.1"
    );
}

//! The names of files that are sent.

use super::*;
use crate::site::json;

/// The head of the part that a file of this name becomes.
async fn sent(name: &str) -> String {
    let site = Site::start(vec![json(200, "[]")]).await;
    let file = Upload::bytes(name, "hello");
    attach(&jira(&site), file).await.unwrap();
    let form = form(&site.requests()[0]);
    let (head, body) = form.split_once("\r\n\r\n").unwrap();
    assert_eq!(body, "hello\r\n--B--\r\n");
    head.to_owned()
}

#[tokio::test]
async fn names_are_sent_as_they_are() {
    let long = format!("{}.txt", "ü".repeat(296));
    for name in ["../../x", &long, "50% & more; a=b.txt", "日本語.pdf", " "] {
        let expected =
            format!("--B\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"");
        assert_eq!(sent(name).await, expected);
    }
}

#[tokio::test]
async fn a_quote_does_not_end_the_name() {
    assert_eq!(
        sent(r#"a"; name="comment\.txt"#).await,
        "--B\r\nContent-Disposition: form-data; name=\"file\"; \
         filename=\"a\\\"; name=\\\"comment\\\\.txt\""
    );
}

#[tokio::test]
async fn a_name_with_a_control_character_is_not_sent() {
    let site = Site::start(vec![json(200, "[]")]).await;
    for name in [
        "",
        "a\0b",
        "a\r\nX-Evil: 1\r\n\r\n",
        "a\nb",
        "a\rb",
        "a\u{85}b",
    ] {
        let file = Upload::bytes(name, "hello");
        let error = attach(&jira(&site), file).await.unwrap_err();
        assert!(
            matches!(error.kind, ApiErrorKind::InvalidRequest(_))
                && error.to_string().contains("cannot be the name of a file"),
            "{error}"
        );
    }
    let file = Upload::bytes("a.txt", "hello").content_type("text/plain\r\nX-Evil: 1");
    attach(&jira(&site), file).await.unwrap_err();
    assert!(site.requests().is_empty());
}

#[tokio::test]
async fn nothing_is_sent_where_there_is_no_file() {
    let site = Site::start(vec![json(200, "[]")]).await;
    let client = jira(&site);
    let sent = client.add_issue_attachments("DEMO-1", Vec::new());
    sent.await.unwrap_err();
    let sent = client.add_issue_attachments("..", vec![Upload::bytes("a", "")]);
    sent.await.unwrap_err();
    assert!(site.requests().is_empty());
}

//! Files to a server: what is sent, and what comes of a refusal.

use std::fs;

use tokio::io::AsyncReadExt;

use super::*;
use crate::site::{Reply, answer, json};

const ATTACHED: &str = r#"[{"id": "10000", "filename": "a.txt"}]"#;
const CONTENTS: &str = r#"{"results": [{"id": "att1", "title": "a.txt"}], "size": 1}"#;

#[tokio::test]
async fn a_file_goes_to_jira_as_a_part_of_a_form() {
    let site = Site::start(vec![json(200, ATTACHED)]).await;
    let file = Upload::bytes("Übersicht 2020.txt", "hello").content_type("text/plain");
    let names = attach(&jira(&site), file).await.unwrap();
    assert_eq!(names, [Some("a.txt".to_owned())]);
    let request = &site.requests()[0];
    assert_eq!(
        site.lines(),
        ["POST /base/rest/api/2/issue/DEMO-1/attachments HTTP/1.1"]
    );
    assert_eq!(
        header(request, "authorization"),
        [format!("Bearer {SECRET}")]
    );
    assert_eq!(header(request, "x-atlassian-token"), ["no-check"]);
    let length = site.body(0).len().to_string();
    assert_eq!(header(request, "content-length"), [length]);
    assert_eq!(
        form(request),
        "--B\r\nContent-Disposition: form-data; name=\"file\"; filename=\"Übersicht 2020.txt\"\r\n\
         Content-Type: text/plain\r\n\r\nhello\r\n--B--\r\n"
    );
}

#[tokio::test]
async fn a_file_of_unknown_length_goes_in_chunks() {
    let site = Site::start(vec![json(200, ATTACHED)]).await;
    let file = Upload::new("a.txt", &b"hello"[..]);
    attach(&jira(&site), file).await.unwrap();
    let request = &site.requests()[0];
    assert_eq!(header(request, "transfer-encoding"), ["chunked"]);
    assert_eq!(header(request, "content-length"), [""; 0]);
    assert_eq!(
        form(request),
        "--B\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.txt\"\r\n\r\n\
         hello\r\n--B--\r\n"
    );
}

#[tokio::test]
async fn every_byte_of_a_file_on_disk_arrives() {
    let content: Vec<u8> = (0..=255).cycle().take(300_000).collect();
    let path = format!("{}/every byte.bin", env!("CARGO_TARGET_TMPDIR"));
    fs::write(&path, &content).unwrap();
    let site = Site::start(vec![json(200, ATTACHED)]).await;
    let file = Upload::open(&path).await.unwrap();
    attach(&jira(&site), file).await.unwrap();
    assert!(form(&site.requests()[0]).contains("filename=\"every byte.bin\""));
    let body = site.body(0);
    let start = body.windows(4).position(|end| end == b"\r\n\r\n").unwrap() + 4;
    assert!(body[start..].starts_with(&content));
    assert!(body[start + content.len()..].starts_with(b"\r\n--"));
}

#[tokio::test]
async fn two_files_go_in_one_request_under_one_field() {
    let site = Site::start(vec![json(200, ATTACHED)]).await;
    let files = vec![
        Upload::bytes("a.txt", "first"),
        Upload::new("b.txt", &b"second"[..]),
    ];
    jira(&site)
        .add_issue_attachments("DEMO-1", files)
        .await
        .unwrap();
    assert_eq!(
        form(&site.requests()[0]),
        "--B\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.txt\"\r\n\r\nfirst\r\n\
         --B\r\nContent-Disposition: form-data; name=\"file\"; filename=\"b.txt\"\r\n\r\nsecond\r\n\
         --B--\r\n"
    );
}

#[tokio::test]
async fn a_file_goes_to_confluence_with_what_is_said_about_it() {
    let site = Site::start(vec![json(200, CONTENTS), json(200, r#"{"id": "att1"}"#)]).await;
    let client = confluence(&site);
    let details = AttachmentDetails {
        comment: Some("für alle".to_owned()),
        minor_edit: true,
        status: Some("draft".to_owned()),
        ..AttachmentDetails::default()
    };
    let files = vec![Upload::bytes("a.txt", "hello")];
    let created = client.create_attachments("42", files, &details).await;
    assert_eq!(created.unwrap().results[0].title.as_deref(), Some("a.txt"));
    let file = Upload::new("a.txt", &b"hello"[..]);
    let updated = client
        .update_attachment_data("42", "att1", file, &AttachmentDetails::default())
        .await;
    assert_eq!(updated.unwrap().id.as_deref(), Some("att1"));
    assert_eq!(
        site.lines(),
        [
            "POST /base/rest/api/content/42/child/attachment?status=draft HTTP/1.1",
            "POST /base/rest/api/content/42/child/attachment/att1/data HTTP/1.1"
        ]
    );
    let [first, second] = &site.requests()[..] else {
        panic!("expected two requests");
    };
    for request in [first, second] {
        assert_eq!(
            header(request, "authorization"),
            [format!("Bearer {SECRET}")]
        );
        assert_eq!(header(request, "x-atlassian-token"), ["no-check"]);
    }
    let file = "--B\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.txt\"\r\n\r\n\
                hello\r\n";
    assert_eq!(
        form(first),
        format!(
            "{file}--B\r\nContent-Disposition: form-data; name=\"comment\"\r\n\r\nfür alle\r\n\
             --B\r\nContent-Disposition: form-data; name=\"minorEdit\"\r\n\r\ntrue\r\n--B--\r\n"
        )
    );
    assert_eq!(form(second), format!("{file}--B--\r\n"));
}

#[tokio::test]
async fn progress_is_reported_up_to_the_last_byte() {
    for length in [Some(10_000), None] {
        let site = Site::start(vec![json(200, ATTACHED)]).await;
        let reports = Reports::default();
        let mut file =
            Upload::new("a.txt", io::Cursor::new(vec![b'x'; 10_000])).on_progress(reports.note());
        if let Some(length) = length {
            file = file.length(length);
        }
        attach(&jira(&site), file).await.unwrap();
        let reports = reports.all();
        assert!(reports.is_sorted_by(|one, next| one.0 < next.0));
        assert_eq!(reports.last(), Some(&(10_000, length)));
    }
}

#[tokio::test]
async fn a_file_over_its_limit_is_not_sent() {
    let site = Site::start(vec![json(200, ATTACHED)]).await;
    let file = Upload::bytes("a.txt", "hello").limit(4);
    let error = attach(&jira(&site), file).await.unwrap_err();
    insta::assert_snapshot!(
        error,
        @r#"The server was not asked: "a.txt" has 5 bytes, more than the limit of 4 bytes"#
    );
    attach(&jira(&site), Upload::bytes("a.txt", "hello").limit(5))
        .await
        .unwrap();
    assert_eq!(site.requests().len(), 1);
}

#[tokio::test]
async fn a_file_that_turns_out_to_be_over_its_limit_breaks_off() {
    let site = Site::start(vec![json(200, ATTACHED)]).await;
    let file = Upload::new("a.txt", tokio::io::repeat(b'x')).limit(100_000);
    let error = attach(&jira(&site), file).await.unwrap_err();
    insta::assert_snapshot!(
        error,
        @r#"Jira was not asked: "a.txt" has more than the limit of 100000 bytes"#
    );
    site.sees_broken_requests(1).await;
    assert!(site.requests().is_empty());
}

#[tokio::test]
async fn a_file_that_cannot_be_read_to_its_end_breaks_off() {
    for length in [Some(100), None] {
        let site = Site::start(vec![json(200, ATTACHED)]).await;
        let mut file = Upload::new("a.txt", (&b"hello"[..]).chain(Broken));
        if let Some(length) = length {
            file = file.length(length);
        }
        let error = attach(&jira(&site), file).await.unwrap_err();
        assert_eq!(
            error.to_string(),
            "Jira was not asked: \"a.txt\" cannot be read: the disk is gone"
        );
        site.sees_broken_requests(1).await;
        assert!(site.requests().is_empty());
    }
}

#[tokio::test]
async fn a_file_of_another_length_than_was_said_is_not_sent_in_part() {
    for length in [4, 6] {
        let site = Site::start(vec![json(200, ATTACHED)]).await;
        let file = Upload::new("a.txt", &b"hello"[..]).length(length);
        let error = attach(&jira(&site), file).await.unwrap_err();
        assert!(error.to_string().contains("\"a.txt\" has"), "{error}");
        site.sees_broken_requests(1).await;
        assert!(site.requests().is_empty());
    }
}

#[tokio::test]
async fn refusals_of_an_upload_are_told() {
    let too_large = r#"{"errorMessages": ["The file is larger than 10 MB."], "errors": {}}"#;
    let page = "<!DOCTYPE html><form action='/login'></form>";
    let mut said = String::new();
    for reply in [
        json(413, too_large),
        answer(403, "content-type: text/html", "XSRF check failed"),
        answer(200, "content-type: text/html", page),
        answer(302, "Location: https://sso.example.com/login", ""),
        json(401, "{}"),
    ] {
        let site = Site::start(vec![reply]).await;
        let error = attach(&jira(&site), Upload::bytes("a.txt", "hello")).await;
        said.push_str(&format!("{}\n", error.unwrap_err()));
        assert_eq!(site.requests().len(), 1);
    }
    insta::assert_snapshot!(said, @"
    Jira rejected this (413): The file is larger than 10 MB
    Jira does not permit this (403)
    Jira answered with a web page instead of data
    Jira sends us to sso.example.com instead of answering
    Jira did not accept the credentials (401)
    ");
}

/// A proxy does not wait for the end of what it will not take.
#[tokio::test]
async fn a_refusal_that_comes_early_is_told() {
    for length in [Some(8_000_000), None] {
        let refusal = "HTTP/1.1 413 x\r\ncontent-length: 0\r\nconnection: close\r\n\r\n";
        let site = Site::start(vec![Reply::Early(refusal.into())]).await;
        let mut file = Upload::new("a.txt", tokio::io::repeat(b'x').take(8_000_000));
        if let Some(length) = length {
            file = file.length(length);
        }
        let error = attach(&jira(&site), file).await.unwrap_err();
        assert!(error.to_string().contains("(413)"), "{error}");
        site.sees_hang_ups(1).await;
    }
}

#[tokio::test]
async fn an_upload_is_sent_once_whatever_comes() {
    for reply in [
        answer(503, "Retry-After: 0", ""),
        answer(429, "Retry-After: 0", ""),
        Reply::Hangup,
    ] {
        let site = Site::start(vec![reply, json(200, ATTACHED)]).await;
        let file = Upload::bytes("a.txt", "hello");
        attach(&jira(&site), file).await.unwrap_err();
        assert_eq!(site.requests().len(), 1);
    }
}

/// The file is there, so that it may have been attached.
#[tokio::test]
async fn an_upload_without_an_answer_is_given_up() {
    let site = Site::start(vec![Reply::Silence]).await;
    let file = Upload::bytes("a.txt", "hello");
    let error = attach(&impatient_jira(&site), file).await.unwrap_err();
    assert!(matches!(error.kind, ApiErrorKind::TimedOut), "{error}");
    site.sees_hang_ups(1).await;
}

#[tokio::test]
async fn a_reader_that_stands_still_is_given_up() {
    let site = Site::start(vec![json(200, ATTACHED)]).await;
    let (reader, _writer) = tokio::io::duplex(10);
    let error = attach(&impatient_jira(&site), Upload::new("a.txt", reader)).await;
    let error = error.unwrap_err();
    assert!(matches!(error.kind, ApiErrorKind::TimedOut), "{error}");
    assert!(site.requests().is_empty());
}

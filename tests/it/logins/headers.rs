//! Headers that every request carries, and secrets that lie elsewhere.

use std::fs;

use tokio::process::Command;

use super::*;

fn with_headers(site: &Site, headers: &[(&str, &str)]) -> SiteSettings {
    let headers = headers.iter().map(|(name, value)| Header {
        name: (*name).to_owned(),
        value: (*value).into(),
    });
    SiteSettings {
        headers: headers.collect(),
        ..settings(site)
    }
}

#[tokio::test]
async fn extra_headers_go_along_with_every_request() {
    let site = Site::start(vec![session("one"), json(200, SERVER), answer(204, "", "")]).await;
    let settings = with_headers(&site, &[("X-Proxy-Key", "first"), ("X-Team", "a b")]);
    let client = client::Site::new(settings).jira().unwrap();
    read(&client).await.unwrap();
    write(&client).await.unwrap();
    client.set_user_columns(&["summary"]).await.unwrap();
    let requests = site.requests();
    assert_eq!(requests.len(), 4);
    for request in &requests {
        assert_eq!(header(request, "x-proxy-key"), ["first"]);
        assert_eq!(header(request, "x-team"), ["a b"]);
    }
}

#[tokio::test]
async fn a_cookie_of_a_proxy_goes_with_that_of_the_session() {
    let site = Site::start(vec![session("one"), json(200, SERVER)]).await;
    let settings = with_headers(&site, &[("Cookie", "sso=abc")]);
    let client = client::Site::new(settings).jira().unwrap();
    read(&client).await.unwrap();
    assert_eq!(
        cookies(&site),
        ["sso=abc", "sso=abc; JSESSIONID=one; route=a"]
    );
}

#[tokio::test]
async fn no_secret_shows_in_debug() {
    let cookie = "c00kie";
    let site = Site::start(vec![session(cookie), json(200, SERVER)]).await;
    let settings = with_headers(&site, &[("X-Proxy-Key", "h3ader")]);
    let shared = client::Site::new(settings);
    let client = shared.jira().unwrap();
    read(&client).await.unwrap();
    assert!(cookies(&site)[1].contains(cookie));
    let basic = Credentials::Basic {
        username: "bob".to_owned(),
        password: SECRET.into(),
    };
    let basic = shared.jira_as(&basic).unwrap();
    let shown = format!("{shared:#?} {client:#?} {basic:#?} {:?}", shared.settings());
    for secret in [cookie, "h3ader", SECRET, "Basic "] {
        assert!(!shown.contains(secret), "{shown}");
    }
}

#[tokio::test]
async fn a_header_that_cannot_be_sent_is_said_without_its_value() {
    let site = Site::start(vec![json(200, SERVER)]).await;
    for header in [("X-Key", "s3cr3t\r\nX-Evil: 1"), ("s3cr3t key", "a")] {
        let settings = with_headers(&site, &[header]);
        let error = client::Site::new(settings).jira().unwrap_err();
        assert!(matches!(error.kind, ApiErrorKind::Setup(_)), "{error}");
        assert!(!format!("{error} {error:?}").contains("s3cr3t"), "{error}");
    }
}

/// Calls a tool with the binary; whether it succeeds.
async fn call(site: &Site, more: &[(&str, &str)]) -> bool {
    let output = Command::new(env!("CARGO_BIN_EXE_atlassian-bridge"))
        .args(["call", "jira_get_issue", "issue_key=DEMO-1"])
        .env_clear()
        .env("JIRA_URL", &site.url)
        .envs(more.iter().copied())
        .current_dir(env!("CARGO_TARGET_TMPDIR"))
        .output()
        .await
        .unwrap();
    output.status.success()
}

#[tokio::test]
async fn the_binary_fetches_secrets_from_files_and_commands() {
    let folder = env!("CARGO_TARGET_TMPDIR");
    let (token, headers) = (format!("{folder}/token"), format!("{folder}/headers"));
    fs::write(&token, format!("{SECRET}\n")).unwrap();
    fs::write(&headers, "X-Proxy-Key=first\n").unwrap();
    let site = Site::start(vec![json(200, r#"{"key": "DEMO-1"}"#)]).await;
    let from_files = [
        ("JIRA_PERSONAL_TOKEN_FILE", token.as_str()),
        ("JIRA_CUSTOM_HEADERS_FILE", headers.as_str()),
    ];
    assert!(call(&site, &from_files).await);
    let command = format!("echo {SECRET}");
    assert!(call(&site, &[("JIRA_PERSONAL_TOKEN_COMMAND", &command)]).await);
    let requests = site.requests();
    for request in &requests {
        assert_eq!(
            header(request, "authorization"),
            [format!("Bearer {SECRET}")]
        );
    }
    assert_eq!(header(&requests[0], "x-proxy-key"), ["first"]);
}

//! Logins that fail, each of which is tried once.

use super::*;

const PAGE: &str = "<!DOCTYPE html><form action='/login'></form>";

/// What a read, a write and a download say of a login that is answered so.
async fn said(reply: fn() -> Reply, deadline: Duration) -> String {
    let mut said = Vec::new();
    for operation in 0..3 {
        let site = Site::start(vec![reply(), json(200, SERVER)]).await;
        let settings = SiteSettings {
            deadline,
            ..settings(&site)
        };
        let client = client::Site::new(settings).jira().unwrap();
        let error = match operation {
            0 => read(&client).await.map(|_| ()),
            1 => write(&client).await,
            _ => client.download("/a.png").await.map(|_| ()),
        };
        assert_eq!(site.lines(), [LOGIN]);
        let address = site
            .url
            .trim_start_matches("http://")
            .trim_end_matches("/base");
        said.push(error.unwrap_err().to_string().replace(address, "[address]"));
    }
    said.dedup();
    said.join("\n")
}

/// What is said where time is no matter.
async fn said_of(reply: fn() -> Reply) -> String {
    said(reply, Duration::from_secs(30)).await
}

#[tokio::test]
async fn a_wrong_password_is_tried_once() {
    insta::assert_snapshot!(said_of(|| json(401, "{}")).await, @"Jira did not accept the credentials (401)");
}

#[tokio::test]
async fn a_captcha_is_told() {
    let denied = || {
        let headers = "X-Authentication-Denied-Reason: CAPTCHA_CHALLENGE; login-url=https://jira.example.com/login.jsp";
        answer(403, headers, "")
    };
    insta::assert_snapshot!(said_of(denied).await, @"Jira wants a CAPTCHA solved after failed logins (403)");
}

#[tokio::test]
async fn a_login_page_opens_no_session() {
    let page = || answer(200, "content-type: text/html", PAGE);
    insta::assert_snapshot!(said_of(page).await, @"Jira answered with a web page instead of data");
}

#[tokio::test]
async fn an_answer_without_a_session_is_no_answer_to_the_request() {
    for reply in [
        || json(200, "{}"),
        || json(200, r#"{"session": {"name": "JSESSIONID"}}"#),
        || json(200, r#"{"session": {"name": "a", "value": "b\nc"}}"#),
        || answer(200, "content-type: text/plain", ""),
        || answer(204, "", ""),
    ] {
        let said = said_of(reply).await;
        assert_eq!(
            said,
            "Jira answered with JSON of another kind: the login opened no session"
        );
    }
}

#[tokio::test]
async fn a_login_is_not_sent_elsewhere() {
    let away = || answer(302, "Location: https://sso.example.com/login", "");
    insta::assert_snapshot!(said_of(away).await, @"Jira sends us to sso.example.com instead of answering");
}

#[tokio::test]
async fn a_broken_server_opens_no_session() {
    insta::assert_snapshot!(said_of(|| answer(503, "Retry-After: 0", "")).await, @"Jira failed (503)");
    let hung_up = said_of(|| Reply::Hangup).await;
    assert!(hung_up.contains("is not reachable"), "{hung_up}");
}

#[tokio::test]
async fn a_login_without_an_answer_is_given_up() {
    let said = said(|| Reply::Silence, Duration::from_millis(300)).await;
    insta::assert_snapshot!(said, @"Jira did not answer in time");
}

#[tokio::test]
async fn confluence_opens_no_sessions() {
    let site = Site::start(vec![session("one")]).await;
    let error = client::Site::new(settings(&site)).confluence().unwrap_err();
    insta::assert_snapshot!(error, @"Confluence cannot be asked: Confluence opens no sessions over REST"
    );
}

#[tokio::test]
async fn a_refused_login_is_not_repeated_by_the_next_requests() {
    let site = Site::start(vec![json(401, "{}")]).await;
    let client = jira(&site);
    let (one, other) = tokio::join!(read(&client), read(&client));
    for outcome in [one, other, read(&client).await] {
        let error = outcome.unwrap_err();
        assert!(matches!(error.kind, ApiErrorKind::Unauthorized), "{error}");
    }
    assert_eq!(site.lines(), [LOGIN]);
}

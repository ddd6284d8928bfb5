//! When a session is opened, shared and renewed.

use atlassian_bridge::client::transfer::Upload;

use super::*;

const NONE: &str = "";
const ONE: &str = "JSESSIONID=one; route=a";
const TWO: &str = "JSESSIONID=two; route=a";

#[tokio::test]
async fn a_session_is_opened_with_the_first_request() {
    let site = Site::start(vec![session("one"), json(200, SERVER)]).await;
    let client = jira(&site);
    for _ in 0..2 {
        assert_eq!(read(&client).await.unwrap().as_deref(), Some("8.5.1"));
    }
    assert_eq!(site.lines(), [LOGIN, READ, READ]);
    assert_eq!(cookies(&site), [NONE, ONE, ONE]);
    let login = &site.requests()[0];
    assert_eq!(
        serde_json::from_slice::<serde_json::Value>(&site.body(0)).unwrap(),
        serde_json::json!({"username": "bob", "password": SECRET})
    );
    for (name, value) in [
        ("content-type", "application/json"),
        ("accept", "application/json"),
        ("x-atlassian-token", "no-check"),
    ] {
        assert_eq!(header(login, name), [value]);
    }
    for request in site.requests() {
        assert_eq!(header(&request, "authorization"), [""; 0]);
    }
}

#[tokio::test]
async fn requests_at_the_same_time_log_in_once() {
    let site = Site::start(vec![session("one"), json(200, SERVER)]).await;
    let client = jira(&site);
    let (one, other) = tokio::join!(read(&client), read(&client));
    one.and(other).unwrap();
    assert_eq!(site.lines(), [LOGIN, READ, READ]);
}

#[tokio::test]
async fn the_clients_of_a_site_share_its_session() {
    let answers = vec![session("one"), json(200, SERVER)];
    let site = Site::start(answers).await;
    let shared = client::Site::new(settings(&site));
    read(&shared.jira().unwrap()).await.unwrap();
    read(&shared.jira().unwrap()).await.unwrap();
    let boards = shared.agile().unwrap();
    client::ask(boards.list_boards().send()).await.unwrap();
    assert_eq!(site.requests().len(), 4);
    assert_eq!(cookies(&site)[1..], [ONE, ONE, ONE]);
}

#[tokio::test]
async fn other_credentials_have_no_part_in_the_session_of_a_site() {
    let answers = vec![
        session("one"),
        json(200, SERVER),
        session("two"),
        json(200, SERVER),
    ];
    let site = Site::start(answers).await;
    let shared = client::Site::new(settings(&site));
    read(&shared.jira().unwrap()).await.unwrap();
    read(&shared.jira_as(&credentials()).unwrap())
        .await
        .unwrap();
    let token = Credentials::Bearer(SECRET.into());
    read(&shared.jira_as(&token).unwrap()).await.unwrap();
    read(&shared.jira_as(&Credentials::Anonymous).unwrap())
        .await
        .unwrap();
    read(&shared.jira().unwrap()).await.unwrap();
    assert_eq!(site.lines(), [LOGIN, READ, LOGIN, READ, READ, READ, READ]);
    assert_eq!(cookies(&site), [NONE, ONE, NONE, TWO, NONE, NONE, ONE]);
    assert_eq!(
        header(&site.requests()[4], "authorization"),
        [format!("Bearer {SECRET}")]
    );
}

#[tokio::test]
async fn an_ended_session_is_opened_again() {
    for ended in [json(401, "{}"), server_for("anonymous")] {
        let answers = vec![
            session("one"),
            server_for("bob"),
            ended,
            session("two"),
            server_for("bob"),
        ];
        let site = Site::start(answers).await;
        let client = jira(&site);
        read(&client).await.unwrap();
        read(&client).await.unwrap();
        assert_eq!(site.lines(), [LOGIN, READ, READ, LOGIN, READ]);
        assert_eq!(cookies(&site), [NONE, ONE, ONE, NONE, TWO]);
    }
}

#[tokio::test]
async fn a_session_is_opened_again_once() {
    let refused = vec![
        session("one"),
        json(401, "{}"),
        session("two"),
        json(401, "{}"),
    ];
    let site = Site::start(refused).await;
    let error = read(&jira(&site)).await.unwrap_err();
    assert!(matches!(error.kind, ApiErrorKind::Unauthorized), "{error}");
    assert_eq!(site.lines(), [LOGIN, READ, LOGIN, READ]);
    let anonymous = vec![
        session("one"),
        server_for("anonymous"),
        session("two"),
        server_for("anonymous"),
    ];
    let site = Site::start(anonymous).await;
    read(&jira(&site)).await.unwrap();
    assert_eq!(site.lines(), [LOGIN, READ, LOGIN, READ]);
}

#[tokio::test]
async fn a_write_is_sent_again_where_it_was_refused_only() {
    let refused = vec![
        session("one"),
        json(401, "{}"),
        session("two"),
        answer(204, "", ""),
    ];
    let site = Site::start(refused).await;
    write(&jira(&site)).await.unwrap();
    assert_eq!(site.requests().len(), 4);
    for reply in [
        Reply::Hangup,
        answer(503, "Retry-After: 0", ""),
        answer(204, "X-AUSERNAME: anonymous", ""),
    ] {
        let site = Site::start(vec![session("one"), reply]).await;
        let _ = write(&jira(&site)).await;
        assert_eq!(site.requests().len(), 2);
    }
}

/// A file that is read as it is sent cannot be read a second time.
#[tokio::test]
async fn an_upload_finds_the_session_ended_and_the_next_one_does_not() {
    let answers = vec![
        session("one"),
        json(401, "{}"),
        session("two"),
        json(200, "[]"),
    ];
    let site = Site::start(answers).await;
    let client = jira(&site);
    let attach = || {
        let files = vec![Upload::bytes("a.txt", "hello")];
        client.add_issue_attachments("DEMO-1", files)
    };
    let error = attach().await.unwrap_err();
    assert!(matches!(error.kind, ApiErrorKind::Unauthorized), "{error}");
    attach().await.unwrap();
    assert_eq!(cookies(&site), [NONE, ONE, NONE, TWO]);
}

#[tokio::test]
async fn a_download_goes_with_the_session_too() {
    let file = "content-type: image/png";
    let answers = vec![
        session("one"),
        json(401, "{}"),
        session("two"),
        answer(200, file, "hello"),
    ];
    let site = Site::start(answers).await;
    let download = jira(&site).download("/a.png").await.unwrap();
    assert_eq!(download.bytes().await.unwrap(), "hello");
    assert_eq!(cookies(&site), [NONE, ONE, NONE, TWO]);
}

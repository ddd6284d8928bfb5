//! What a server is, and what follows from it.

use atlassian_bridge::{
    client::{
        ApiErrorKind, Site as Client, ask,
        capability::{self, Feature, Version},
    },
    config::SiteSettings,
};

use crate::site::{Reply, Site, answer, json};

const JIRA_8_3: &str = r#"{"version": "8.3.1"}"#;
const JIRA_9_12: &str = r#"{"version": "9.12.2"}"#;

/// A page of Tomcat, which knows no such path.
fn unknown_path() -> Reply {
    answer(
        404,
        "content-type: text/html",
        "<html>HTTP Status 404</html>",
    )
}

fn client(site: &Site) -> Client {
    Client::new(SiteSettings::new(site.url.parse().unwrap()))
}

#[tokio::test]
async fn the_version_is_asked_once_for_all_clients() {
    let site = Site::start(vec![json(200, JIRA_8_3)]).await;
    let client = client(&site);
    for _ in 0..2 {
        let server = capability::server(&client.jira().unwrap()).await.unwrap();
        assert_eq!(server.version.to_string(), "8.3.1");
        assert!(!server.has(Feature::PersonalAccessTokens));
        let agile = capability::server(&client.agile().unwrap()).await.unwrap();
        assert_eq!(agile, server);
    }
    assert_eq!(site.lines(), ["GET /base/rest/api/2/serverInfo HTTP/1.1"]);
}

#[tokio::test]
async fn confluence_says_it_in_a_manifest_or_later_elsewhere() {
    let manifest = "<manifest><version>6.15.2</version></manifest>";
    let xml = answer(200, "content-type: application/xml", manifest);
    let site = Site::start(vec![xml]).await;
    let confluence = client(&site).confluence().unwrap();
    let server = capability::server(&confluence).await.unwrap();
    assert_eq!(server.version.to_string(), "6.15.2");

    let site = Site::start(vec![unknown_path(), json(200, r#"{"version": "9.3.1"}"#)]).await;
    let confluence = client(&site).confluence().unwrap();
    let server = capability::server(&confluence).await.unwrap();
    assert_eq!(server.version, Version::parse("9.3.1").unwrap());
    assert_eq!(site.requests().len(), 2);
}

#[tokio::test]
async fn a_look_that_failed_is_repeated() {
    let site = Site::start(vec![
        answer(503, "", ""),
        answer(503, "", ""),
        json(200, JIRA_8_3),
    ])
    .await;
    let jira = client(&site).jira().unwrap();
    assert!(capability::server(&jira).await.is_err());
    assert!(capability::server(&jira).await.is_ok());
}

#[tokio::test]
async fn the_look_carries_no_login() {
    let site = Site::start(vec![json(200, JIRA_8_3)]).await;
    let mut settings = SiteSettings::new(site.url.parse().unwrap());
    settings.credentials = atlassian_bridge::config::Credentials::Bearer("secret-token".into());
    let jira = Client::new(settings).jira().unwrap();
    capability::server(&jira).await.unwrap();
    assert!(!site.requests()[0].contains("secret-token"));
}

#[tokio::test]
async fn an_operation_that_is_not_there_is_told_with_the_version() {
    let site = Site::start(vec![unknown_path(), json(200, JIRA_9_12)]).await;
    let jira = client(&site).jira().unwrap();
    let error = ask(jira.get_create_meta().send()).await.unwrap_err();
    assert!(
        matches!(error.kind, ApiErrorKind::Lacking(version) if version == Version::parse("9.12.2").unwrap())
    );
    assert_eq!(error.operation, Some("get_create_meta"));
    assert_eq!(
        error.to_string(),
        "Jira 9.12.2 does not have this operation (404)"
    );
}

#[tokio::test]
async fn a_thing_that_is_not_there_is_no_missing_operation() {
    let site = Site::start(vec![json(404, r#"{"errorMessages": ["No such issue."]}"#)]).await;
    let jira = client(&site).jira().unwrap();
    let error = ask(jira.get_issue().issue_id_or_key("DEMO-1").send())
        .await
        .unwrap_err();
    assert!(matches!(error.kind, ApiErrorKind::NotFound(_)), "{error}");
    assert_eq!(site.requests().len(), 1);
}

#[tokio::test]
async fn where_nothing_knows_the_product_the_address_is_wrong() {
    let site = Site::start(vec![unknown_path()]).await;
    let jira = client(&site).jira().unwrap();
    let error = ask(jira.get_issue().issue_id_or_key("DEMO-1").send())
        .await
        .unwrap_err();
    assert!(matches!(error.kind, ApiErrorKind::NotFound(_)), "{error}");
}

#[tokio::test]
async fn a_new_issue_is_asked_for_on_the_new_paths() {
    let page =
        r#"{"startAt": 0, "total": 1, "isLast": true, "values": [{"id": "10001", "name": "Bug"}]}"#;
    let site = Site::start(vec![json(200, JIRA_9_12), json(200, page)]).await;
    let jira = client(&site).jira().unwrap();
    let types = jira.creatable_issue_types("DEMO").await.unwrap();
    assert_eq!(types[0].name.as_deref(), Some("Bug"));
    let line = &site.lines()[1];
    assert!(
        line.starts_with("GET /base/rest/api/2/issue/createmeta/DEMO/issuetypes?"),
        "{line}"
    );
}

#[tokio::test]
async fn an_older_server_is_asked_on_the_old_path() {
    let all = r#"{"projects": [{"key": "DEMO", "issuetypes": [
        {"id": "10001", "name": "Bug", "fields": {"summary": {"name": "Summary", "required": true}}}
    ]}]}"#;
    let site = Site::start(vec![json(200, JIRA_8_3), json(200, all)]).await;
    let jira = client(&site).jira().unwrap();
    let fields = jira.creatable_fields("DEMO", "10001").await.unwrap();
    assert_eq!(fields[0].field_id.as_deref(), Some("summary"));
    assert_eq!(fields[0].required, Some(true));
    let line = &site.lines()[1];
    assert!(
        line.starts_with("GET /base/rest/api/2/issue/createmeta?")
            && line.contains("projectKeys=DEMO")
            && line.contains("issuetypeIds=10001"),
        "{line}"
    );
}

#[tokio::test]
async fn a_server_that_hides_its_version_is_tried_on_both_paths() {
    let forbidden = || json(403, r#"{"errorMessages": ["No."]}"#);
    let all = r#"{"projects": [{"issuetypes": [{"id": "10001", "name": "Bug"}]}]}"#;
    let site = Site::start(vec![
        forbidden(),
        forbidden(),
        unknown_path(),
        forbidden(),
        forbidden(),
        json(200, all),
    ])
    .await;
    let jira = client(&site).jira().unwrap();
    let types = jira.creatable_issue_types("DEMO").await.unwrap();
    assert_eq!(types[0].id.as_deref(), Some("10001"));
}

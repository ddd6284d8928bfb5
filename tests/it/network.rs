//! TLS, proxies, compression and connections.

use std::fs;

use atlassian_bridge::sandbox::{Options, Sandbox};
use serde_json::json;
use tokio::process::Command;

use crate::{
    client::{SECRET, call, connect, settings, text},
    site::{Reply, Site, answer, json as json_answer, no_host},
};

const ISSUE: &str = r#"{"key": "DEMO-1", "fields": {"summary": "found"}}"#;

async fn read(url: &str, more: &[(&str, &str)]) -> String {
    text(
        &call(
            &settings(url, more),
            "jira_get_issue",
            json!({"issue_key": "DEMO-1"}),
        )
        .await,
    )
}

#[tokio::test]
async fn a_certificate_that_nobody_knows_is_refused() {
    let (site, _) = Site::start_with_tls(vec![json_answer(200, ISSUE)]).await;
    let said = read(&site.url, &[]).await;
    assert!(
        said.contains("has no valid TLS connection") && said.contains("JIRA_CA_BUNDLE"),
        "{said}"
    );
    assert!(site.requests().is_empty());
}

#[tokio::test]
async fn a_private_authority_is_trusted_by_its_bundle() {
    let (site, certificate) = Site::start_with_tls(vec![json_answer(200, ISSUE)]).await;
    let bundle = format!("{}/authority.pem", env!("CARGO_TARGET_TMPDIR"));
    fs::write(&bundle, certificate).unwrap();
    let said = read(&site.url, &[("JIRA_CA_BUNDLE", &bundle)]).await;
    assert!(said.contains("found"), "{said}");
}

#[tokio::test]
async fn verification_can_be_switched_off() {
    let (site, _) = Site::start_with_tls(vec![json_answer(200, ISSUE)]).await;
    let said = read(&site.url, &[("JIRA_SSL_VERIFY", "false")]).await;
    assert!(said.contains("found"), "{said}");
}

/// `{"key": "DEMO-1", "fields": {"summary": "packed"}}`, compressed.
const PACKED: &[u8] = &[
    31, 139, 8, 0, 0, 0, 0, 0, 2, 3, 171, 86, 202, 78, 173, 84, 178, 82, 80, 114, 113, 245, 245,
    215, 53, 84, 210, 81, 80, 74, 203, 76, 205, 73, 41, 6, 138, 85, 43, 21, 151, 230, 230, 38, 22,
    129, 229, 11, 18, 147, 179, 83, 83, 148, 106, 107, 1, 52, 34, 121, 52, 50, 0, 0, 0,
];

#[tokio::test]
async fn compressed_answers_are_read() {
    let headers = "content-type: application/json\r\ncontent-encoding: gzip";
    let site = Site::start(vec![answer(200, headers, PACKED)]).await;
    assert!(read(&site.url, &[]).await.contains("packed"));
}

/// Calls a tool with the binary, which reads the proxy's address from its environment.
async fn call_behind(proxy: &str, more: &[(&str, &str)]) -> (bool, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_atlassian-bridge"))
        .args(["call", "jira_get_issue", "issue_key=DEMO-1"])
        .env_clear()
        .env("HTTP_PROXY", proxy)
        .env("JIRA_URL", format!("http://{}/base", no_host()))
        .env("JIRA_PERSONAL_TOKEN", SECRET)
        .envs(more.iter().copied())
        .current_dir(env!("CARGO_TARGET_TMPDIR"))
        .output()
        .await
        .unwrap();
    (
        output.status.success(),
        String::from_utf8(output.stdout).unwrap(),
    )
}

#[tokio::test]
async fn a_proxy_is_used_and_can_be_passed_by() {
    let proxy = Site::start(vec![json_answer(200, ISSUE)]).await;
    let address = proxy.url.strip_suffix("/base").unwrap();
    let (success, said) = call_behind(address, &[]).await;
    assert!(success, "{said}");
    let line = &proxy.lines()[0];
    assert!(
        line.starts_with(&format!(
            "GET http://{}/base/rest/api/2/issue/DEMO-1?",
            no_host()
        )),
        "{line}"
    );
    let (success, said) = call_behind(address, &[("NO_PROXY", &no_host())]).await;
    assert!(!success && said.contains("there is no host"), "{said}");
    assert_eq!(proxy.lines().len(), 1);
}

#[tokio::test]
async fn reads_ask_once_and_share_one_connection() {
    let sandbox = Sandbox::start(Options::default()).await.unwrap();
    let urls = [
        ("JIRA_URL", sandbox.jira_url()),
        ("CONFLUENCE_URL", sandbox.confluence_url()),
    ];
    let more: Vec<(&str, &str)> = urls
        .iter()
        .map(|(name, url)| (*name, url.as_str()))
        .chain([
            ("JIRA_PERSONAL_TOKEN", atlassian_bridge::sandbox::TOKEN),
            (
                "CONFLUENCE_PERSONAL_TOKEN",
                atlassian_bridge::sandbox::TOKEN,
            ),
        ])
        .collect();
    let client = connect(&settings("http://127.0.0.1:1", &more)).await;
    for number in 1..=100 {
        let key = format!("DEMO-{}", number % 20 + 1);
        let arguments = json!({ "issue_key": key }).as_object().unwrap().clone();
        let request =
            rmcp::model::CallToolRequestParams::new("jira_get_issue").with_arguments(arguments);
        let result = client.call_tool(request).await.unwrap();
        assert_ne!(result.is_error, Some(true), "{}", text(&result));
        assert_eq!(sandbox.requests().len(), number);
    }
    assert_eq!(sandbox.connections(), 1);
}

#[tokio::test]
async fn calls_on_one_connection_run_side_by_side() {
    let site = Site::start(vec![Reply::Silence]).await;
    let client = connect(&settings(&site.url, &[])).await;
    let calls = (0..32).map(|_| {
        let arguments = json!({"issue_key": "DEMO-1"}).as_object().unwrap().clone();
        let request =
            rmcp::model::CallToolRequestParams::new("jira_get_issue").with_arguments(arguments);
        let client = client.clone();
        tokio::spawn(async move { client.call_tool(request).await })
    });
    let calls: Vec<_> = calls.collect();
    // None of them is ever answered, so all 32 requests only come if none waits for another.
    site.receives(32).await;
    calls.iter().for_each(tokio::task::JoinHandle::abort);
}

//! An MCP client in the same process, and the settings to point a server at a site.

use atlassian_bridge::{config::Settings, server::Server};
use rmcp::{
    RoleClient, ServiceExt,
    model::{CallToolRequestParams, CallToolResult, ContentBlock},
    service::{RunningService, ServiceError},
};
use serde_json::Value;

/// A secret that must turn up nowhere.
pub const SECRET: &str = "s3cr3t-T0ken";

/// Settings for both products on one site, with a token and a short deadline.
pub fn settings(url: &str, more: &[(&str, &str)]) -> Settings {
    let own = [
        ("JIRA_URL", url),
        ("CONFLUENCE_URL", url),
        ("JIRA_PERSONAL_TOKEN", SECRET),
        ("CONFLUENCE_PERSONAL_TOKEN", SECRET),
    ];
    let find = |list: &[(&str, &str)], name: &str| {
        list.iter()
            .find(|(key, _)| *key == name)
            .map(|(_, value)| (*value).to_owned())
    };
    Settings::read(|name| find(more, name).or_else(|| find(&own, name))).unwrap()
}

/// A client that is connected to a server with these settings.
pub async fn connect(settings: &Settings) -> RunningService<RoleClient, ()> {
    let server = Server::new(settings).unwrap();
    let (here, there) = tokio::io::duplex(64 * 1024);
    tokio::spawn(async move {
        if let Ok(running) = server.serve(there).await {
            let _ = running.waiting().await;
        }
    });
    ().serve(here).await.unwrap()
}

/// Calls a tool.
pub async fn try_call(
    settings: &Settings,
    tool: &str,
    arguments: Value,
) -> Result<CallToolResult, ServiceError> {
    let Value::Object(arguments) = arguments else {
        panic!("arguments are an object")
    };
    let request = CallToolRequestParams::new(tool.to_owned()).with_arguments(arguments);
    connect(settings).await.call_tool(request).await
}

/// Calls a tool that is there.
pub async fn call(settings: &Settings, tool: &str, arguments: Value) -> CallToolResult {
    try_call(settings, tool, arguments).await.unwrap()
}

/// The text of a result.
pub fn text(result: &CallToolResult) -> String {
    let [ContentBlock::Text(text)] = result.content.as_slice() else {
        panic!("expected one text, got {result:?}");
    };
    text.text.clone()
}

//! The binary, as a client starts it.

use std::{
    process::Stdio,
    time::{Duration, Instant},
};

use serde_json::{Value, json};
use tokio::{
    io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader, Lines},
    process::{Child, ChildStdin, ChildStdout, Command},
};

use crate::{
    client::SECRET,
    site::{Reply, Site, json as json_answer},
};

struct Process {
    child: Child,
    input: Option<ChildStdin>,
    output: Lines<BufReader<ChildStdout>>,
}

impl Process {
    fn start(arguments: &[&str], variables: &[(&str, &str)]) -> Self {
        let mut child = command(arguments, variables).spawn().unwrap();
        Self {
            input: child.stdin.take(),
            output: BufReader::new(child.stdout.take().unwrap()).lines(),
            child,
        }
    }

    async fn send_text(&mut self, line: &str) {
        let input = self.input.as_mut().unwrap();
        input.write_all(line.as_bytes()).await.unwrap();
        input.write_all(b"\n").await.unwrap();
        input.flush().await.unwrap();
    }

    async fn send(&mut self, message: Value) {
        self.send_text(&message.to_string()).await;
    }

    async fn request(&mut self, id: u32, method: &str, params: Value) {
        self.send(json!({"jsonrpc": "2.0", "id": id, "method": method, "params": params}))
            .await;
    }

    async fn receive(&mut self) -> Value {
        let line = tokio::time::timeout(Duration::from_secs(20), self.output.next_line()).await;
        serde_json::from_str(
            &line
                .expect("an answer in time")
                .unwrap()
                .expect("an answer"),
        )
        .unwrap()
    }

    /// The answer to a request: others may come before it.
    async fn answer(&mut self, id: u32) -> Value {
        loop {
            let message = self.receive().await;
            if message["id"] == id {
                return message;
            }
        }
    }

    async fn initialize(&mut self, version: &str) -> Value {
        let params = json!({"protocolVersion": version, "capabilities": {}, "clientInfo": {"name": "test", "version": "1"}});
        self.request(0, "initialize", params).await;
        let answer = self.answer(0).await;
        self.send(json!({"jsonrpc": "2.0", "method": "notifications/initialized"}))
            .await;
        answer
    }

    async fn call(&mut self, id: u32, tool: &str, arguments: Value) -> Value {
        self.request(
            id,
            "tools/call",
            json!({"name": tool, "arguments": arguments}),
        )
        .await;
        self.answer(id).await
    }

    /// Waits for the end; everything that is left on both outputs.
    async fn end(mut self) -> (String, String, std::process::ExitStatus) {
        let mut rest = String::new();
        while let Some(line) = self.output.next_line().await.unwrap() {
            rest.push_str(&line);
            rest.push('\n');
        }
        let mut log = String::new();
        self.child
            .stderr
            .take()
            .unwrap()
            .read_to_string(&mut log)
            .await
            .unwrap();
        (rest, log, self.child.wait().await.unwrap())
    }
}

fn command(arguments: &[&str], variables: &[(&str, &str)]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_atlassian-bridge"));
    command
        .args(arguments)
        .env_clear()
        .envs(variables.iter().copied())
        .current_dir(env!("CARGO_TARGET_TMPDIR"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .kill_on_drop(true);
    command
}

fn site_variables(url: &str) -> [(&str, &str); 4] {
    [
        ("JIRA_URL", url),
        ("JIRA_PERSONAL_TOKEN", SECRET),
        ("SSE_LOG_LEVEL", "trace"),
        ("JIRA_TIMEOUT", "20"),
    ]
}

#[tokio::test]
async fn every_protocol_version_is_spoken() {
    for (asked, answered) in [
        ("2024-11-05", "2024-11-05"),
        ("2025-03-26", "2025-03-26"),
        ("2025-06-18", "2025-06-18"),
        ("2025-11-25", "2025-11-25"),
        ("2099-01-01", "2025-11-25"),
    ] {
        let mut process = Process::start(&["--demo"], &[]);
        let answer = process.initialize(asked).await;
        assert_eq!(answer["result"]["protocolVersion"], answered);
        assert_eq!(answer["result"]["serverInfo"]["name"], "atlassian-bridge");
        assert_eq!(
            answer["result"]["serverInfo"]["version"],
            env!("CARGO_PKG_VERSION")
        );
        process.request(1, "tools/list", json!({})).await;
        let tools = process.answer(1).await;
        assert_eq!(tools["result"]["tools"].as_array().unwrap().len(), 13);
    }
}

#[tokio::test]
async fn the_protocol_without_a_handshake_is_spoken() {
    let mut process = Process::start(&["--demo"], &[]);
    let meta = json!({
        "io.modelcontextprotocol/protocolVersion": "2026-07-28",
        "io.modelcontextprotocol/clientCapabilities": {},
        "io.modelcontextprotocol/clientInfo": {"name": "test", "version": "1"},
    });
    process
        .request(1, "server/discover", json!({ "_meta": meta }))
        .await;
    let found = process.answer(1).await;
    let versions = found["result"]["supportedVersions"].to_string();
    assert!(
        versions.contains("2026-07-28") && versions.contains("2024-11-05"),
        "{found}"
    );
    let params =
        json!({"_meta": meta, "name": "jira_get_issue", "arguments": {"issue_key": "DEMO-1"}});
    process.request(2, "tools/call", params).await;
    let result = process.answer(2).await;
    assert_eq!(
        result["result"]["structuredContent"]["key"], "DEMO-1",
        "{result}"
    );
}

#[tokio::test]
async fn instructions_are_short() {
    let mut process = Process::start(&["--demo"], &[]);
    let answer = process.initialize("2025-11-25").await;
    let instructions = answer["result"]["instructions"].as_str().unwrap();
    assert!(
        instructions.split_whitespace().count() < 75,
        "{instructions}"
    );
}

#[tokio::test]
async fn lines_that_are_no_messages_are_answered() {
    let mut process = Process::start(&["--demo"], &[]);
    process.initialize("2025-11-25").await;
    process.send_text("{\"jsonrpc\": \"2.0\", ").await;
    let answer = process.receive().await;
    assert_eq!(
        (&answer["id"], &answer["error"]["code"]),
        (&Value::Null, &json!(-32700)),
        "{answer}"
    );
    process.send_text("{\"id\": 5, \"hello\": 1}").await;
    let answer = process.receive().await;
    assert_eq!(
        (&answer["id"], &answer["error"]["code"]),
        (&json!(5), &json!(-32600)),
        "{answer}"
    );
    process.send_text(&"x".repeat(50 * 1024 * 1024)).await;
    let answer = process.receive().await;
    assert!(
        answer["error"]["message"]
            .as_str()
            .unwrap()
            .contains("longer than"),
        "{answer}"
    );
    process.request(6, "no/such", json!({})).await;
    assert_eq!(process.answer(6).await["error"]["code"], -32601);
    let answer = process.call(7, "jira_fly", json!({})).await;
    assert_eq!(answer["error"]["code"], -32602, "{answer}");
    let answer = process
        .call(8, "jira_get_issue", json!({"issue_key": "DEMO-1"}))
        .await;
    assert_eq!(answer["result"]["structuredContent"]["key"], "DEMO-1");
}

#[tokio::test]
async fn answers_under_way_at_the_end_of_input_still_arrive() {
    let mut process = Process::start(&["--demo"], &[]);
    process.initialize("2025-11-25").await;
    process
        .request(
            1,
            "tools/call",
            json!({"name": "jira_get_issue", "arguments": {"issue_key": "DEMO-1"}}),
        )
        .await;
    drop(process.input.take());
    let (rest, _, status) = process.end().await;
    assert!(rest.contains("\"id\":1"), "{rest}");
    assert!(status.success());
}

/// A server with one call under way on a site that never answers.
async fn waiting(site: &Site) -> Process {
    let mut process = Process::start(&[], &site_variables(&site.url));
    process.initialize("2025-11-25").await;
    process
        .request(
            1,
            "tools/call",
            json!({"name": "jira_get_issue", "arguments": {"issue_key": "DEMO-1"}}),
        )
        .await;
    site.receives(1).await;
    process
}

/// The process ends well within a second, and the site learns of it.
async fn ends_at_once(process: Process, site: &Site) {
    let started = Instant::now();
    let (_, _, status) = process.end().await;
    assert!(status.success());
    assert!(
        started.elapsed() < Duration::from_secs(1),
        "{:?}",
        started.elapsed()
    );
    site.sees_hang_ups(1).await;
}

#[tokio::test]
async fn the_end_of_input_ends_the_process() {
    let site = Site::start(vec![Reply::Silence]).await;
    let mut process = waiting(&site).await;
    drop(process.input.take());
    ends_at_once(process, &site).await;
}

#[cfg(unix)]
#[tokio::test]
async fn a_signal_ends_the_process() {
    let site = Site::start(vec![Reply::Silence]).await;
    let process = waiting(&site).await;
    let id = process.child.id().unwrap().to_string();
    let sent = Command::new("kill").arg(id).status().await;
    assert!(sent.unwrap().success());
    ends_at_once(process, &site).await;
}

#[tokio::test]
async fn a_cancelled_call_is_cancelled_at_the_site() {
    let site = Site::start(vec![Reply::Silence]).await;
    let mut process = waiting(&site).await;
    process.send(json!({"jsonrpc": "2.0", "method": "notifications/cancelled", "params": {"requestId": 1}})).await;
    site.sees_hang_ups(1).await;
    process.request(2, "ping", json!({})).await;
    assert_eq!(process.answer(2).await["result"], json!({}));
}

#[tokio::test]
async fn no_secret_reaches_any_output() {
    let refusal = format!(r#"{{"errorMessages": ["no {SECRET}x"], "errors": {{}}}}"#);
    let site = Site::start(vec![json_answer(401, &refusal)]).await;
    let mut process = Process::start(&[], &site_variables(&site.url));
    process.initialize("2025-11-25").await;
    let answer = process
        .call(1, "jira_get_issue", json!({"issue_key": "DEMO-1"}))
        .await;
    assert!(!answer.to_string().contains(SECRET), "{answer}");
    drop(process.input.take());
    let (rest, log, _) = process.end().await;
    assert!(
        !rest.contains(SECRET) && !log.contains(SECRET),
        "{rest}{log}"
    );
    assert!(
        log.contains("jira_get_issue"),
        "the log tells of the call: {log}"
    );
}

async fn output(arguments: &[&str], variables: &[(&str, &str)]) -> (String, String, bool) {
    let output = command(arguments, variables).output().await.unwrap();
    (
        String::from_utf8(output.stdout).unwrap(),
        String::from_utf8(output.stderr).unwrap(),
        output.status.success(),
    )
}

#[tokio::test]
async fn wrong_settings_are_said_all_at_once() {
    let variables = [
        ("JIRA_URL", "jira.example.com"),
        ("CONFLUENCE_URL", "ftp://x"),
        ("READ_ONLY_MODE", "perhaps"),
        ("JIRA_PASSWORD", SECRET),
    ];
    let (out, log, success) = output(&[], &variables).await;
    assert!(!success && out.is_empty());
    for name in [
        "JIRA_URL",
        "CONFLUENCE_URL",
        "READ_ONLY_MODE",
        "JIRA_PASSWORD",
    ] {
        assert!(log.contains(&format!("{name}: ")), "{log}");
    }
    assert!(!log.contains(SECRET), "{log}");
}

#[tokio::test]
async fn settings_come_from_variables_before_dotenv_before_the_file() {
    let folder = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("settings");
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join(".env"), "JIRA_URL=http://from.dotenv.invalid\n").unwrap();
    let file = folder.join("file.toml");
    std::fs::write(
        &file,
        "read_only_mode = true\n[jira]\nurl = \"http://from.file.invalid\"\n",
    )
    .unwrap();
    let named = |variables: &[(&str, &str)], arguments: &[&str]| {
        let mut command = command(arguments, variables);
        command.current_dir(&folder);
        async move { String::from_utf8(command.output().await.unwrap().stdout).unwrap() }
    };
    let call = [
        "call",
        "jira_get_issue",
        "issue_key=DEMO-1",
        "--config",
        file.to_str().unwrap(),
    ];
    assert!(named(&[], &call).await.contains("from.dotenv.invalid"));
    let variables = [("JIRA_URL", "http://from.variable.invalid")];
    assert!(
        named(&variables, &call)
            .await
            .contains("from.variable.invalid")
    );
    let tools = named(&[], &["tools", "--config", file.to_str().unwrap()]).await;
    assert!(tools.contains("switched off by READ_ONLY_MODE"), "{tools}");
}

#[tokio::test]
async fn a_call_prints_what_a_model_would_read() {
    let (out, log, success) = output(
        &["call", "jira_get_issue", "issue_key=DEMO-1", "--demo"],
        &[],
    )
    .await;
    assert!(success, "{log}");
    assert!(out.contains("\n# DEMO-1 "), "{out}");
    let (out, _, success) = output(
        &[
            "call",
            "jira_get_issue",
            r#"{"issue_key": "NOPE-1"}"#,
            "--demo",
        ],
        &[],
    )
    .await;
    assert!(!success && out.contains("Issue Does Not Exist"), "{out}");
    let (out, _, success) = output(
        &[
            "call",
            "jira_get_issue",
            "issue_key=DEMO-1",
            "--demo",
            "--json",
        ],
        &[],
    )
    .await;
    assert!(success && serde_json::from_str::<Value>(&out).unwrap()["key"] == "DEMO-1");
}

#[tokio::test]
async fn tools_are_listed_with_what_they_cost() {
    let (out, _, success) = output(
        &["tools"],
        &[("JIRA_URL", "http://127.0.0.1:1"), ("READ_ONLY_MODE", "1")],
    )
    .await;
    assert!(success && out.contains("3 tools, about "), "{out}");
    assert!(out.contains("switched off by READ_ONLY_MODE"), "{out}");
}

#[tokio::test]
async fn the_article_s_chain_works() {
    let mut process = Process::start(&["--demo"], &[]);
    process.initialize("2025-11-25").await;
    let issue = process
        .call(1, "jira_get_issue", json!({"issue_key": "INFRA-123"}))
        .await;
    let issue = &issue["result"]["structuredContent"];
    assert_eq!(issue["resolution"], "Fixed", "{issue}");
    assert!(!issue["comments"].as_array().unwrap().is_empty());
    let body = format!(
        "<h2>Problem</h2><p>{}</p><h2>Solution</h2><p>see INFRA-123</p>",
        issue["summary"].as_str().unwrap()
    );
    let arguments = json!({"space_key": "INFRA", "title": "Solution: INFRA-123", "body": body});
    let created = process.call(2, "confluence_create_page", arguments).await;
    let id = created["result"]["structuredContent"]["id"].clone();
    assert!(id.is_string(), "{created}");
    let page = process
        .call(3, "confluence_get_page", json!({ "page_id": id }))
        .await;
    let page = &page["result"]["structuredContent"];
    assert_eq!(page["title"], "Solution: INFRA-123");
    assert!(
        page["body"].as_str().unwrap().contains("## Solution"),
        "{page}"
    );
}

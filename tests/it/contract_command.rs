//! `atlassian-bridge contract`, as a CI job calls it.

use std::{fs, path::PathBuf, process::Stdio};

use serde_json::{Value, json};
use tokio::{io::AsyncWriteExt, process::Command};

use crate::{
    contract::example,
    site::{Site, answer},
};

/// What came of a call: exit code, standard output, standard error.
struct Outcome {
    code: i32,
    said: String,
    complaint: String,
}

async fn contract(arguments: &[&str], input: &str) -> Outcome {
    let mut child = Command::new(env!("CARGO_BIN_EXE_atlassian-bridge"))
        .arg("contract")
        .args(arguments)
        .env_clear()
        .current_dir(env!("CARGO_TARGET_TMPDIR"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    stdin.write_all(input.as_bytes()).await.unwrap();
    drop(stdin);
    let output = child.wait_with_output().await.unwrap();
    Outcome {
        code: output.status.code().unwrap(),
        said: String::from_utf8(output.stdout).unwrap(),
        complaint: String::from_utf8(output.stderr).unwrap(),
    }
}

/// A folder of its own for a test.
fn folder(name: &str) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    fs::create_dir_all(&folder).unwrap();
    folder
}

const GET_ISSUE: [&str; 5] = ["check", "--document", "jira-8", "--operation", "get_issue"];

#[tokio::test]
async fn each_file_gets_a_line() {
    let folder = folder("each_file_gets_a_line");
    let mut issue = example("jira-8", "get_issue");
    fs::write(folder.join("good.json"), issue.to_string()).unwrap();
    issue["fields"] = json!([]);
    issue["key"] = json!({"odd": true});
    fs::write(folder.join("bad.json"), issue.to_string()).unwrap();
    fs::write(folder.join("page.html"), "<html>Log in</html>").unwrap();
    let paths: Vec<String> = ["good.json", "bad.json", "page.html"]
        .iter()
        .map(|name| folder.join(name).display().to_string())
        .collect();
    let paths: Vec<&str> = paths.iter().map(String::as_str).collect();
    let outcome = contract(&[&GET_ISSUE[..], &paths[..]].concat(), "").await;
    assert_eq!(outcome.code, 1);
    assert_eq!(
        outcome.said,
        format!(
            "ok {}\ndiffers {} /fields: is a list, not an object (and 1 more)\n\
             differs {} /: is a web page, not JSON\n",
            paths[0], paths[1], paths[2]
        )
    );
    assert_eq!(
        outcome.complaint,
        "1 as documented, 2 differ, 0 missing, 0 skipped\n"
    );
}

#[tokio::test]
async fn standard_input_is_a_file_too() {
    let issue = example("jira-8", "get_issue").to_string();
    let outcome = contract(&[&GET_ISSUE[..], &["-"]].concat(), &issue).await;
    assert_eq!((outcome.code, outcome.said.as_str()), (0, "ok -\n"));
}

#[tokio::test]
async fn a_refusal_is_held_against_its_own_schema() {
    let status = ["--status", "404", "-"];
    let said = r#"{"errorMessages": ["Not here."], "errors": {}}"#;
    let outcome = contract(&[&GET_ISSUE[..], &status].concat(), said).await;
    assert_eq!(outcome.said, "ok -\n");
    let odd = r#"{"errorMessages": "Not here."}"#;
    let outcome = contract(&[&GET_ISSUE[..], &status].concat(), odd).await;
    assert_eq!(
        outcome.said,
        "differs - /errorMessages: is a text, not a list\n"
    );
    let outcome = contract(&[&GET_ISSUE[..], &["--status", "418", "-"]].concat(), "").await;
    assert_eq!(
        outcome.said,
        "differs - /: 418 is no documented status; documented are 200, 401, 403, 404, 429\n"
    );
}

#[tokio::test]
async fn a_number_in_place_of_a_text_counts_where_it_is_asked_for() {
    let issue = r#"{"id": 10100, "key": null}"#;
    let outcome = contract(&[&GET_ISSUE[..], &["-"]].concat(), issue).await;
    assert_eq!((outcome.code, outcome.said.as_str()), (0, "ok -\n"));
    let outcome = contract(&[&GET_ISSUE[..], &["--strict", "-"]].concat(), issue).await;
    assert_eq!(outcome.said, "differs - /id: is a number, not a text\n");
}

#[tokio::test]
async fn what_keeps_it_from_checking_is_another_exit_code() {
    for (arguments, complaint) in [
        (
            vec!["check", "--document", "jira-9", "--operation", "x", "-"],
            "there is no document \"jira-9\"; there are jira-8, jira-agile-1.0, confluence-6\n",
        ),
        (
            vec![
                "check",
                "--document",
                "jira-8",
                "--operation",
                "get_issues",
                "-",
            ],
            "jira-8 has no operation \"get_issues\"; did you mean ",
        ),
        (
            [&GET_ISSUE[..], &["nowhere.json"]].concat(),
            "nowhere.json: No such file or directory",
        ),
        (
            vec!["check", "--dir", "."],
            "has neither index.csv nor index.jsonl",
        ),
        (vec!["diff", "a.json", "b.json"], "a.json: No such file"),
    ] {
        let outcome = contract(&arguments, "{}").await;
        assert_eq!(outcome.code, 2, "{arguments:?}");
        assert!(
            outcome.complaint.contains(complaint),
            "{}",
            outcome.complaint
        );
    }
}

#[tokio::test]
async fn a_har_file_is_checked_by_its_requests() {
    let folder = folder("a_har_file_is_checked_by_its_requests");
    let entry = |url: &str, status: u16, text: &Value| {
        json!({
            "request": {"method": "GET", "url": format!("https://example.com/jira{url}")},
            "response": {"status": status, "content": {"mimeType": "application/json", "text": text.to_string()}},
        })
    };
    let har = json!({"log": {"entries": [
        entry("/rest/api/2/issue/DEMO-1?fields=summary", 200, &example("jira-8", "get_issue")),
        entry("/rest/agile/1.0/board", 200, &json!({"values": {}})),
        entry("/secure/Dashboard.jspa", 200, &json!("<html>")),
    ]}});
    let path = folder.join("recorded.har");
    fs::write(&path, har.to_string()).unwrap();
    let path = path.display().to_string();
    let outcome = contract(&["check", "--har", &path], "").await;
    assert_eq!(outcome.code, 1);
    assert_eq!(
        outcome.said,
        format!(
            "ok {path}#1 GET /jira/rest/api/2/issue/DEMO-1\n\
             differs {path}#2 GET /jira/rest/agile/1.0/board /values: is an object, not a list\n\
             skipped {path}#3 GET /jira/secure/Dashboard.jspa: is no documented operation\n"
        )
    );
}

#[tokio::test]
async fn a_folder_is_checked_by_its_index() {
    let folder = folder("a_folder_is_checked_by_its_index");
    let page = example("confluence-6", "get_content");
    fs::write(folder.join("page.json"), page.to_string()).unwrap();
    fs::write(
        folder.join("index.csv"),
        "file,document,operation,status,method,path\n\
         page.json,confluence-6,get_content,200,,\n\
         page.json,,,,GET,/confluence/rest/api/content/65538\n",
    )
    .unwrap();
    let path = folder.display().to_string();
    let outcome = contract(&["check", "--dir", &path, "--format", "json"], "").await;
    assert_eq!(outcome.code, 0, "{}", outcome.complaint);
    let report: Value = serde_json::from_str(&outcome.said).unwrap();
    assert_eq!(report["conforms"], true);
    for result in report["results"].as_array().unwrap() {
        assert_eq!(result["operation"], "get_content");
        assert_eq!(result["verdict"], "ok");
    }
    let outcome = contract(&["check", "--dir", &path, "--format", "junit"], "").await;
    assert!(
        outcome
            .said
            .contains("<testsuite name=\"contract\" tests=\"2\" failures=\"0\" skipped=\"0\">"),
        "{}",
        outcome.said
    );
}

/// Reads that the demo has nothing for, by how they are told.
fn is_without_an_answer(line: &str) -> bool {
    line.contains("nothing is known for")
        || line.contains("there is none on this server")
        || line.contains("the server refused the question")
}

#[tokio::test]
async fn every_read_of_the_demo_keeps_the_contract() {
    let outcome = contract(&["probe", "--demo"], "").await;
    assert_eq!(outcome.code, 0, "{}", outcome.said);
    let lines: Vec<&str> = outcome.said.lines().collect();
    let answered = lines
        .iter()
        .filter(|line| line.starts_with("ok GET /rest/"));
    assert!(answered.count() > 200, "{}", outcome.complaint);
    for line in lines {
        let is_fine = line.starts_with("ok ") || is_without_an_answer(line);
        assert!(is_fine, "{line}");
    }
}

#[tokio::test]
async fn a_probe_keeps_to_its_budget() {
    let outcome = contract(&["probe", "--demo", "--budget", "3"], "").await;
    let count = |start: &str| {
        let lines = outcome.said.lines();
        lines.filter(|line| line.starts_with(start)).count()
    };
    assert_eq!(count("ok "), 3);
    assert!(count("skipped ") > 200);
    assert!(
        outcome
            .said
            .contains(": the budget of requests is used up\n")
    );
}

#[tokio::test]
async fn a_server_that_is_down_cannot_be_probed() {
    let outcome = contract(&["probe", "--jira", "http://127.0.0.1:1"], "").await;
    assert_eq!(outcome.code, 2);
    assert!(
        outcome
            .complaint
            .contains("jira-8: Jira is not reachable: 127.0.0.1:1 refused the connection"),
        "{}",
        outcome.complaint
    );
}

#[tokio::test]
async fn a_refused_login_is_not_repeated() {
    let site = Site::start(vec![answer(
        401,
        "content-type: text/html",
        "<html>401</html>",
    )])
    .await;
    let folder = folder("a_refused_login_is_not_repeated");
    let settings = folder.join("settings.toml");
    let text = format!(
        "[jira]\nurl = \"{}\"\npersonal_token = \"wrong\"\n",
        site.url
    );
    fs::write(&settings, text).unwrap();
    let settings = settings.display().to_string();
    let outcome = contract(&["probe", "--config", &settings], "").await;
    assert_eq!(outcome.code, 2);
    assert_eq!(
        outcome.complaint,
        "jira-8: the server refused the login (401)\n"
    );
    assert_eq!(site.requests().len(), 1);
}

#[tokio::test]
async fn a_change_that_breaks_clients_fails_the_job() {
    let folder = folder("a_change_that_breaks_clients_fails_the_job");
    let text = fs::read_to_string("openapi/jira-agile-1.0.json").unwrap();
    let mut document: Value = serde_json::from_str(&text).unwrap();
    let (old, new) = (folder.join("old.json"), folder.join("new.json"));
    fs::write(&old, document.to_string()).unwrap();
    let paths = document["paths"].as_object_mut().unwrap();
    paths.remove("/rest/agile/1.0/board/{boardId}/backlog");
    fs::write(&new, document.to_string()).unwrap();
    let (old, new) = (old.display().to_string(), new.display().to_string());
    let outcome = contract(&["diff", &old, &new], "").await;
    assert_eq!(outcome.code, 1);
    assert_eq!(
        outcome.said,
        "breaking GET /rest/agile/1.0/board/{boardId}/backlog: the operation is gone\n"
    );
    let outcome = contract(&["diff", &new, &old], "").await;
    assert_eq!(outcome.code, 0);
    assert!(
        outcome.said.starts_with("additive GET "),
        "{}",
        outcome.said
    );
}

//! Holds replies against the schemas in `openapi/`.

use serde_json::Value;

use crate::sandbox::exchange::Call;
use crate::sandbox::jira::Jira;

fn document(name: &str) -> Value {
    let path = format!("{}/openapi/{name}.json", env!("CARGO_MANIFEST_DIR"));
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

/// The schema of an operation's successful response, with the definitions that it points to.
fn response_schema(document: &Value, operation_id: &str) -> Option<Value> {
    let operations = document["paths"].as_object()?.values();
    let mut operations = operations.filter_map(Value::as_object).flatten();
    let (_, operation) = operations.find(|(_, one)| one["operationId"] == operation_id)?;
    let responses = operation["responses"].as_object()?;
    let (_, response) = responses
        .iter()
        .find(|(status, _)| status.starts_with('2'))?;
    let mut schema = response["content"]["application/json"]["schema"].clone();
    schema
        .as_object_mut()?
        .insert("components".to_owned(), document["components"].clone());
    Some(schema)
}

/// `nullable` is not a word of JSON Schema, so it is said in its words.
fn with_nulls(schema: &mut Value) {
    match schema {
        Value::Object(map) => {
            if map.get("nullable") == Some(&Value::Bool(true))
                && let Some(kind) = map.get("type").cloned()
            {
                map.insert("type".to_owned(), serde_json::json!([kind, "null"]));
            }
            map.values_mut().for_each(with_nulls);
        }
        Value::Array(members) => members.iter_mut().for_each(with_nulls),
        _ => {}
    }
}

/// Path and id of every operation that only reads.
fn reads(document: &Value) -> Vec<(String, String)> {
    let paths = document["paths"].as_object().unwrap();
    let mut reads = Vec::new();
    for (path, item) in paths {
        if let Some(get) = item.get("get") {
            let id = get["operationId"].as_str().unwrap();
            reads.push((path.clone(), id.to_owned()));
        }
    }
    reads
}

/// A path with its variables filled in.
fn target(path: &str, operation_id: &str) -> String {
    let mut path = path.to_owned();
    let is = |part: &str| path.contains(part);
    let values: &[(&str, &str)] = &[
        ("{issueIdOrKey}", "DEMO-3"),
        ("{projectIdOrKey}", "DEMO"),
        ("{projectKeyOrId}", "DEMO"),
        ("{issueTypeId}", "10001"),
        ("{issueType}", "10001"),
        ("{boardId}", "4"),
        ("{sprintId}", "31"),
        ("{epicIdOrKey}", "DEMO-1"),
        ("{epicId}", "DEMO-1"),
        ("{propertyKey}", "none"),
        ("{idOrName}", "Done"),
        ("{idOrKey}", "done"),
        ("{projectTypeKey}", "software"),
        ("{dashboardId}", "10000"),
        ("{itemId}", "1"),
        ("{schemeId}", "10000"),
        ("{permissionSchemeId}", "10000"),
        ("{permissionId}", "10100"),
        ("{screenId}", "10000"),
        ("{tabId}", "10000"),
        ("{type}", "project"),
        ("{owningObjectId}", "10000"),
        ("{key}", "jira-software"),
        ("{versionId}", "10202"),
        ("{issueLinkTypeId}", "10000"),
    ];
    let id = if is("/status/") || is("/priority/") || is("/resolution/") {
        "3"
    } else if is("/issuetype/") {
        "10001"
    } else if is("/filter/") {
        "10400"
    } else if is("/role") {
        "10001"
    } else if is("/component/") {
        "10101"
    } else if is("/version/") {
        "10202"
    } else if is("/customFieldOption/") {
        "1001900"
    } else {
        "10000"
    };
    for (name, value) in values {
        path = path.replace(name, value);
    }
    let path = path.replace("{id}", id);
    let query = match operation_id {
        "get_user" | "list_user_avatars" | "list_user_property_keys" | "get_user_property" => {
            "username=demo"
        }
        "search_users" => "username=m",
        "search_assignable_users" => "project=DEMO",
        "search_assignable_users_multi_project" => "projectKeys=DEMO,INFRA",
        "search_users_with_permissions" => "permissions=BROWSE_PROJECTS&projectKey=DEMO",
        "search_users_with_browse_permission" => "issueKey=DEMO-1",
        "search_users_picker" | "search_users_and_groups" => "query=m",
        "get_group" | "list_group_members" => "groupname=jira-software-users",
        "get_issue_estimation" => "boardId=4",
        "get_create_meta" => "projectKeys=DEMO&expand=projects.issuetypes.fields",
        "validate_user_anonymization" | "validate_user_anonymization_rerun" => {
            "userKey=JIRAUSER10101"
        }
        "get_issue" => {
            "expand=changelog,names,schema,transitions,editmeta,renderedFields,operations"
        }
        "list_jql_autocomplete_suggestions" => "fieldName=status",
        "get_my_preference" => "key=user.notifications.mimetype",
        _ => "",
    };
    format!("{path}?{query}")
}

/// Reads that find nothing here: archives, drafts, upgrades and tasks that never ran.
const ABSENT: &[&str] = &[
    "expand_attachment_for_humans",
    "expand_attachment_raw",
    "get_dashboard_item_property",
    "get_reindex_request",
    "get_upgrade_result",
    "get_user_anonymization_progress",
    "get_remote_version_link",
    "get_workflow_scheme_draft",
    "get_draft_default_workflow",
    "get_draft_issue_type_mapping",
    "list_draft_workflow_mappings",
    // Answered by the login layer in front of Jira.
    "get_session",
];

/// Puts one of each thing there that the sample data has not, and gives the ids of all of them.
fn prepare(jira: &Jira) -> Vec<(&'static str, String)> {
    let ask = |method: &str, target: &str, body: &str| -> Value {
        let reply = jira.answer(&Call::example(method, target, body));
        assert!(reply.status < 300, "{method} {target}: {}", reply.status);
        serde_json::from_slice(&reply.body).unwrap_or_default()
    };
    let link = ask(
        "POST",
        "/rest/api/2/issue/DEMO-3/remotelink",
        r#"{"object":{"title":"A page","url":"https://wiki.example.com/x/1"}}"#,
    );
    let issue = ask("GET", "/rest/api/2/issue/DEMO-3", "");
    let fields = &issue["fields"];
    let comment = fields["comment"]["comments"][0]["id"].as_str().unwrap();
    for owner in [
        "api/2/issue/DEMO-3",
        "api/2/project/DEMO",
        "api/2/issuetype/10001",
        "agile/1.0/board/4",
        "agile/1.0/sprint/31",
        &format!("api/2/comment/{comment}"),
    ] {
        ask(
            "PUT",
            &format!("/rest/{owner}/properties/none"),
            r#"{"a":1}"#,
        );
    }
    ask(
        "PUT",
        "/rest/api/2/user/properties/none?username=demo",
        "true",
    );
    let file = jira.answer(&Call::upload(
        "POST",
        "/rest/api/2/issue/DEMO-3/attachments",
        "a.txt",
        b"a",
    ));
    let files: Value = serde_json::from_slice(&file.body).unwrap();
    vec![
        ("{commentId}", comment.to_owned()),
        (
            "issue/DEMO-3/comment/10000",
            format!("issue/DEMO-3/comment/{comment}"),
        ),
        (
            "{linkId}",
            if link["id"].is_u64() {
                link["id"].to_string()
            } else {
                String::new()
            },
        ),
        (
            "worklog/10000",
            format!(
                "worklog/{}",
                fields["worklog"]["worklogs"][0]["id"].as_str().unwrap()
            ),
        ),
        (
            "issueLink/LINK",
            format!(
                "issueLink/{}",
                fields["issuelinks"][0]["id"].as_str().unwrap()
            ),
        ),
        (
            "attachment/10000",
            format!("attachment/{}", files[0]["id"].as_str().unwrap()),
        ),
        (
            "filter/10400/permission/10100",
            "filter/10400/permission/10500".to_owned(),
        ),
        (
            "{attributeKey}",
            "ADMINISTER_PROJECTS.extended.enabled".to_owned(),
        ),
        ("workflowscheme/10001", "workflowscheme/10000".to_owned()),
        ("resolution/3", "resolution/10000".to_owned()),
    ]
}

#[test]
fn a_reply_of_another_shape_is_noticed() {
    let schema = response_schema(&document("jira-8"), "get_priority").unwrap();
    let validator = jsonschema::draft4::new(&schema).unwrap();
    assert!(validator.is_valid(&serde_json::json!({"id": "3"})));
    assert!(!validator.is_valid(&serde_json::json!({"id": 3})));
}

#[test]
fn every_read_fits_its_schema() {
    let jira = Jira::with_sample_data().unwrap();
    let known = prepare(&jira);
    let mut problems = Vec::new();
    for name in ["jira-8", "jira-agile-1.0"] {
        let mut document = document(name);
        with_nulls(&mut document);
        for (path, id) in reads(&document) {
            let path = path.replace("/issueLink/{linkId}", "/issueLink/LINK");
            let mut target = target(&path, &id);
            for (from, to) in &known {
                target = target.replace(from, to);
            }
            let reply = jira.answer(&Call::example("GET", &target, ""));
            if reply.status != 200 {
                if !ABSENT.contains(&id.as_str()) {
                    problems.push(format!("{id}: {} for {target}", reply.status));
                }
                continue;
            }
            let (Some(schema), Ok(body)) = (
                response_schema(&document, &id),
                serde_json::from_slice(&reply.body),
            ) else {
                continue;
            };
            let validator = jsonschema::draft4::new(&schema).unwrap();
            for error in validator.iter_errors(&body).take(3) {
                problems.push(format!("{id}: {error} at {}", error.instance_path()));
            }
        }
    }
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}

//! Holds answers against the document of the API.

use serde_json::{Value, json};

use crate::sandbox::confluence::Confluence;
use crate::sandbox::exchange::Call;

/// An operation and a request for it, for each one that only reads.
const READS: &[(&str, &str)] = &[
    ("get_access_mode", "/rest/api/accessmode"),
    ("list_audit_records", "/rest/api/audit?startDate=2020-01-01"),
    (
        "list_audit_records_since",
        "/rest/api/audit/since?number=9&units=years",
    ),
    ("get_audit_retention", "/rest/api/audit/retention"),
    (
        "list_content",
        "/rest/api/content?spaceKey=DEMO&expand=body.view,container",
    ),
    ("search_content", "/rest/api/content/search?cql=type%3Dpage"),
    (
        "get_content",
        "/rest/api/content/65603?expand=metadata.properties.review,restrictions,children.attachment,descendants.page",
    ),
    (
        "get_content_history",
        "/rest/api/content/65603/history?expand=contributors,previousVersion",
    ),
    (
        "get_macro_body_by_id",
        "/rest/api/content/65603/history/2/macro/id/2d3f0e4a-8b7c-4e3a-9f35-000000000003",
    ),
    (
        "get_macro_body_by_hash",
        "/rest/api/content/65603/history/0/macro/hash/2d3f0e4a-8b7c-4e3a-9f35-000000000003",
    ),
    (
        "list_content_children",
        "/rest/api/content/65603/child?expand=page,comment.body.storage,attachment",
    ),
    (
        "list_content_children_by_type",
        "/rest/api/content/65603/child/page?limit=1",
    ),
    (
        "list_content_comments",
        "/rest/api/content/65602/child/comment?depth=all&location=footer",
    ),
    (
        "list_attachments",
        "/rest/api/content/65603/child/attachment?filename=overview.png&expand=version,container",
    ),
    (
        "list_content_descendants",
        "/rest/api/content/65601/descendant?expand=page",
    ),
    (
        "list_content_descendants_by_type",
        "/rest/api/content/65601/descendant/page",
    ),
    (
        "list_content_labels",
        "/rest/api/content/65603/label?prefix=global",
    ),
    (
        "list_content_properties",
        "/rest/api/content/65603/property",
    ),
    (
        "get_content_property",
        "/rest/api/content/65603/property/review?expand=content",
    ),
    (
        "get_content_restrictions",
        "/rest/api/content/65603/restriction/byOperation",
    ),
    (
        "get_content_restriction",
        "/rest/api/content/65603/restriction/byOperation/read",
    ),
    (
        "get_content_version",
        "/rest/api/content/65603/version/1?expand=content",
    ),
    ("list_groups", "/rest/api/group"),
    ("get_group", "/rest/api/group/confluence-users"),
    (
        "list_group_members",
        "/rest/api/group/confluence-users/member",
    ),
    ("list_long_tasks", "/rest/api/longtask"),
    ("search", "/rest/api/search?cql=text~cart"),
    (
        "list_spaces",
        "/rest/api/space?expand=description.plain,homepage,icon",
    ),
    ("get_space", "/rest/api/space/DEMO"),
    ("list_space_content", "/rest/api/space/DEMO/content?limit=2"),
    (
        "list_space_content_by_type",
        "/rest/api/space/DEMO/content/page",
    ),
    ("list_space_properties", "/rest/api/space/DEMO/property"),
    ("get_user", "/rest/api/user?username=mfenwick&expand=status"),
    ("get_anonymous_user", "/rest/api/user/anonymous"),
    ("get_current_user", "/rest/api/user/current"),
    (
        "list_user_groups",
        "/rest/api/user/memberof?username=mfenwick",
    ),
    ("is_watching_content", "/rest/api/user/watch/content/65603"),
    (
        "is_watching_space",
        "/rest/api/user/watch/space/DEMO?username=mfenwick",
    ),
    (
        "list_content_versions",
        "/rest/experimental/content/65603/version",
    ),
    (
        "get_content_version_experimental",
        "/rest/experimental/content/65603/version/1",
    ),
    (
        "list_content_restrictions_experimental",
        "/rest/experimental/content/65603/restriction",
    ),
    (
        "list_page_templates",
        "/rest/experimental/template/page?spaceKey=INFRA&expand=body",
    ),
    (
        "list_blueprint_templates",
        "/rest/experimental/template/blueprint",
    ),
    (
        "get_template",
        "/rest/experimental/template/1f0c7a8e-3b52-4a0d-8c5e-0000000000d1",
    ),
    ("prototype_search", "/rest/prototype/1/search?query=cart"),
    ("prototype_get_content", "/rest/prototype/1/content/65603"),
    ("prototype_get_space", "/rest/prototype/1/space/DEMO"),
    (
        "prototype_session_history",
        "/rest/prototype/1/session/history?max-results=2",
    ),
];

#[test]
fn answers_have_the_shape_that_the_document_gives_them() {
    let document: Value =
        serde_json::from_str(include_str!("../../../openapi/confluence-6.json")).unwrap();
    let confluence = Confluence::with_sample_data().unwrap();
    for (operation, path) in READS {
        let reply = confluence.answer(&Call::example("GET", path, ""));
        assert_eq!(reply.status, 200, "{operation}");
        let body: Value = serde_json::from_slice(&reply.body).unwrap();
        let schema = json!({
            "$ref": format!("#/components/responses/{operation}"),
            "components": {
                "schemas": document["components"]["schemas"],
                "responses": {*operation: response(&document, operation)},
            },
        });
        let schema = nullable(schema);
        let validator = jsonschema::validator_for(&schema).unwrap();
        let problems: Vec<String> = validator
            .iter_errors(&body)
            .map(|problem| format!("{}: {problem}", problem.instance_path()))
            .collect();
        assert!(problems.is_empty(), "{operation}: {problems:#?}");
    }
}

#[test]
fn no_read_of_the_document_is_missing() {
    let document: Value =
        serde_json::from_str(include_str!("../../../openapi/confluence-6.json")).unwrap();
    let confluence = Confluence::with_sample_data().unwrap();
    for (path, item) in document["paths"].as_object().unwrap() {
        if item.get("get").is_none() {
            continue;
        }
        let target = path
            .replace("{id}", "65603")
            .replace("{type}", "page")
            .replace("{", "")
            .replace("}", "");
        let reply = confluence.answer(&Call::example("GET", &target, ""));
        let text = String::from_utf8_lossy(&reply.body);
        assert!(
            reply.status != 405 && !text.contains("null for uri"),
            "{path}"
        );
    }
}

/// The schema of what an operation answers with when all is well.
fn response<'a>(document: &'a Value, operation: &str) -> &'a Value {
    let items = document["paths"].as_object().unwrap().values();
    items
        .map(|item| &item["get"])
        .find(|found| found["operationId"] == operation)
        .map(|found| &found["responses"]["200"]["content"]["application/json"]["schema"])
        .unwrap()
}

/// OpenAPI 3.0 says `nullable` where JSON Schema names a second type.
fn nullable(schema: Value) -> Value {
    match schema {
        Value::Object(map) => {
            let mut map: serde_json::Map<String, Value> = map
                .into_iter()
                .map(|(name, value)| (name, nullable(value)))
                .collect();
            if map.remove("nullable") == Some(Value::Bool(true))
                && let Some(kind) = map.remove("type")
            {
                map.insert("type".to_owned(), json!([kind, "null"]));
            }
            Value::Object(map)
        }
        Value::Array(values) => values.into_iter().map(nullable).collect(),
        other => other,
    }
}

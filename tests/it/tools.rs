//! Tool definitions, and rules that hold for all of them.

use atlassian_bridge::{server::Server, tools::toolsets};
use rmcp::model::Tool;
use serde_json::{Value, json};

use crate::{client::settings, snapshot};

fn all() -> Vec<Tool> {
    Server::new(&settings("http://127.0.0.1:1", &[]))
        .unwrap()
        .tools()
        .to_vec()
}

#[test]
fn definitions() {
    for tool in all() {
        let definition = serde_json::to_string_pretty(&tool).unwrap();
        snapshot::check("tools", &tool.name, &definition);
    }
}

#[test]
fn every_tool_is_mounted() {
    let sources = ["src/tools/jira", "src/tools/confluence"]
        .into_iter()
        .flat_map(|folder| {
            std::fs::read_dir(folder)
                .unwrap()
                .map(|entry| entry.unwrap().path())
        });
    let written: usize = sources
        .map(|path| {
            std::fs::read_to_string(path)
                .unwrap()
                .matches("    #[tool(")
                .count()
        })
        .sum();
    assert_eq!(all().len(), written);
    let in_sets: usize = toolsets()
        .iter()
        .map(|toolset| toolset.router.map.len())
        .sum();
    assert_eq!(in_sets, written);
}

#[test]
fn every_tool_says_what_it_does_to_data() {
    for tool in all() {
        let annotations = tool.annotations.clone().unwrap();
        let reads = annotations.read_only_hint.unwrap();
        assert!(
            annotations.title.is_some() && tool.title == annotations.title,
            "{}",
            tool.name
        );
        assert!(annotations.open_world_hint.is_some(), "{}", tool.name);
        assert!(annotations.idempotent_hint.is_some(), "{}", tool.name);
        assert!(
            !(reads && annotations.destructive_hint.unwrap()),
            "{}",
            tool.name
        );
        let is_named_as_a_read = tool.name.contains("_get_") || tool.name.contains("_search_");
        assert_eq!(reads, is_named_as_a_read, "{}", tool.name);
        let parameters = tool.input_schema["properties"].as_object().unwrap();
        // An outline is ours, there is nothing of the server's to show.
        let has_raw = reads && tool.name != "confluence_get_page_outline";
        assert_eq!(has_raw, parameters.contains_key("raw"), "{}", tool.name);
    }
}

#[test]
fn schemas_are_what_every_client_takes() {
    for tool in all() {
        let schema = Value::Object(tool.input_schema.as_ref().clone());
        assert_eq!(schema["type"], "object", "{}", tool.name);
        for key in ["anyOf", "oneOf", "allOf", "not", "enum", "$ref"] {
            assert!(schema.get(key).is_none(), "{} has {key}", tool.name);
        }
        for (name, property) in schema["properties"].as_object().unwrap() {
            let place = format!("{}.{name}", tool.name);
            assert!(property["type"].is_string(), "{place}: {property}");
            assert!(property["description"].is_string(), "{place}");
            assert_eq!(
                property["type"] == "array",
                property.get("items").is_some(),
                "{place}"
            );
        }
        assert_eq!(
            tool.output_schema.unwrap()["type"],
            "object",
            "{}",
            tool.name
        );
    }
}

#[test]
fn definitions_stay_small() {
    let size: usize = all()
        .iter()
        .map(|tool| {
            let schema = serde_json::to_string(&tool.input_schema).unwrap();
            tool.name.len() + tool.description.as_deref().unwrap().len() + schema.len()
        })
        .sum();
    assert!(size < 8_500, "{size} characters in all definitions");
}

#[test]
fn read_only_mode_leaves_the_reads() {
    let server = Server::new(&settings(
        "http://127.0.0.1:1",
        &[("READ_ONLY_MODE", "true")],
    ))
    .unwrap();
    let names: Vec<&str> = server
        .tools()
        .iter()
        .map(|tool| tool.name.as_ref())
        .collect();
    assert_eq!(
        names,
        [
            "confluence_get_page",
            "confluence_get_page_outline",
            "confluence_get_spaces",
            "confluence_search_pages",
            "jira_get_issue",
            "jira_get_transitions",
            "jira_search_issues"
        ]
    );
}

#[test]
fn one_product_alone_has_only_its_own_tools() {
    let only_jira = |name: &str| (name == "JIRA_URL").then(|| "http://127.0.0.1:1".to_owned());
    let settings = atlassian_bridge::config::Settings::read(only_jira).unwrap();
    let server = Server::new(&settings).unwrap();
    assert!(
        server
            .tools()
            .iter()
            .all(|tool| tool.name.starts_with("jira_"))
    );
    assert_eq!(
        server.withheld()["confluence_get_page"],
        "not available without CONFLUENCE_URL"
    );
}

#[test]
fn names_that_mean_nothing_are_refused() {
    let settings = settings(
        "http://127.0.0.1:1",
        &[("DISABLED_TOOLS", "jira_delete_everything")],
    );
    let error = Server::new(&settings).err().unwrap().to_string();
    assert!(
        error.contains("there is no jira_delete_everything; there are"),
        "{error}"
    );
}

#[tokio::test]
async fn a_tool_that_is_not_on_offer_cannot_be_called() {
    let settings = settings("http://127.0.0.1:1", &[("READ_ONLY_MODE", "true")]);
    for (tool, reason) in [
        (
            "jira_add_comment",
            "the tool jira_add_comment is switched off by READ_ONLY_MODE",
        ),
        (
            "jira_fly",
            "there is no such tool; there are confluence_get_page",
        ),
    ] {
        let arguments = json!({"issue_key": "DEMO-1", "body": "x"});
        let error = crate::client::try_call(&settings, tool, arguments)
            .await
            .unwrap_err();
        assert!(error.to_string().contains(reason), "{error}");
    }
}

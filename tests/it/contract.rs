//! The generated surface, and how it reads what real servers send.

use std::{collections::BTreeMap, fs, path::Path};

use atlassian_bridge::api::{confluence, jira};
use quote::ToTokens;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use crate::{adapt, snapshot};

/// One line per operation: its parameters, `?` for those that may be left out, and its result.
fn surface(document: &str) -> Vec<String> {
    let path = Path::new(env!("OUT_DIR")).join(format!("{document}.rs"));
    let file = syn::parse_file(&fs::read_to_string(path).unwrap()).unwrap();
    let builder = file.items.iter().find_map(|item| match item {
        syn::Item::Mod(module) if module.ident == "builder" => module.content.as_ref(),
        _ => None,
    });
    let mut fields: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut results: BTreeMap<String, String> = BTreeMap::new();
    for item in &builder.unwrap().1 {
        match item {
            syn::Item::Struct(item) => {
                let parameters = item
                    .fields
                    .iter()
                    .filter(|field| field.ident.as_ref().unwrap() != "client_1");
                let parameters = parameters
                    .map(parameter)
                    .filter(|parameter| !parameter.starts_with("client:"));
                fields.insert(item.ident.to_string(), parameters.collect());
            }
            syn::Item::Impl(item) => {
                let name = item.self_ty.to_token_stream().to_string();
                let name = name.split(' ').next().unwrap().to_owned();
                let send = item.items.iter().find_map(|item| match item {
                    syn::ImplItem::Fn(function) if function.sig.ident == "send" => Some(function),
                    _ => None,
                });
                if let Some(send) = send {
                    results.insert(name, result(&send.sig.output));
                }
            }
            _ => {}
        }
    }
    let operations = file.items.iter().filter_map(|item| match item {
        syn::Item::Impl(item) if item.trait_.is_none() => Some(&item.items),
        _ => None,
    });
    let mut lines = Vec::new();
    for item in operations.flatten() {
        if let syn::ImplItem::Fn(function) = item
            && let syn::ReturnType::Type(_, output) = &function.sig.output
            && let Some(name) = plain(output).strip_prefix("builder::")
        {
            let name = name.split('<').next().unwrap();
            lines.push(format!(
                "{}({}) -> {}",
                function.sig.ident,
                fields[name].join(", "),
                results[name]
            ));
        }
    }
    lines
}

/// The same for the operations that are written by hand, each of which has to be there.
fn by_hand(document: &adapt::Document) -> Vec<String> {
    let text = fs::read_to_string(format!("openapi/{}.json", document.name)).unwrap();
    let adapted = adapt::adapt(serde_json::from_str(&text).unwrap()).unwrap();
    if adapted.left_out.is_empty() {
        return Vec::new();
    }
    let source = format!("src/client/transfer/{}.rs", document.client);
    let file = syn::parse_file(&fs::read_to_string(source).unwrap()).unwrap();
    let methods = file.items.iter().filter_map(|item| match item {
        syn::Item::Impl(item) => Some(&item.items),
        _ => None,
    });
    let methods: BTreeMap<String, String> = methods
        .flatten()
        .filter_map(|item| match item {
            syn::ImplItem::Fn(function) if matches!(function.vis, syn::Visibility::Public(_)) => {
                Some((function.sig.ident.to_string(), signature(&function.sig)))
            }
            _ => None,
        })
        .collect();
    let lines = adapted.left_out.iter().map(|operation| {
        let signature = methods.get(operation);
        signature.unwrap_or_else(|| panic!("nothing is written by hand for {operation}"))
    });
    lines.cloned().collect()
}

/// `get(id: &str) -> Thing` from a method that returns `Result<Thing, ApiError>`.
fn signature(signature: &syn::Signature) -> String {
    let parameters = signature.inputs.iter().filter_map(|input| match input {
        syn::FnArg::Typed(typed) => Some(format!("{}: {}", plain(&typed.pat), plain(&typed.ty))),
        syn::FnArg::Receiver(_) => None,
    });
    let parameters: Vec<String> = parameters.collect();
    let syn::ReturnType::Type(_, output) = &signature.output else {
        panic!("{} returns something", signature.ident)
    };
    let output = plain(output);
    let output = output.strip_prefix("Result<").unwrap();
    let output = output.strip_suffix(",ApiError>").unwrap();
    format!("{}({}) -> {output}", signature.ident, parameters.join(", "))
}

/// `expand?: String` from a builder's field `expand: Result<Option<String>, String>`.
fn parameter(field: &syn::Field) -> String {
    let name = field.ident.as_ref().unwrap();
    let kind = plain(&field.ty);
    let kind = kind
        .strip_prefix("Result<")
        .and_then(|kind| kind.strip_suffix(",String>"))
        .unwrap_or(&kind);
    match kind
        .strip_prefix("Option<")
        .and_then(|kind| kind.strip_suffix('>'))
    {
        Some(kind) => format!("{name}?: {kind}"),
        None => format!("{name}: {kind}"),
    }
}

fn result(output: &syn::ReturnType) -> String {
    let syn::ReturnType::Type(_, output) = output else {
        panic!("send returns something")
    };
    let output = plain(output);
    let inner = output.strip_prefix("Result<ResponseValue<").unwrap();
    inner.split(">,Error<").next().unwrap().to_owned()
}

fn plain(tokens: impl ToTokens) -> String {
    let text = tokens.to_token_stream().to_string().replace(' ', "");
    [
        "::std::result::",
        "::std::option::",
        "::std::string::",
        "::std::vec::",
        "types::builder::",
        "types::",
        "super::",
    ]
    .into_iter()
    .fold(text, |text, path| text.replace(path, ""))
}

#[test]
fn the_surface_of_each_client() {
    for document in adapt::DOCUMENTS {
        let mut lines = surface(document.name);
        lines.extend(by_hand(document));
        lines.sort();
        snapshot::check("api", document.client, &lines.join("\n"));
    }
}

/// Every single value of a payload, replaced by each other kind of JSON, must leave the rest
/// readable.
fn survives_odd_values<T: DeserializeOwned>(example: &Value) {
    let mut pointers = Vec::new();
    pointers_below(example, String::new(), &mut pointers);
    assert!(pointers.len() > 1, "an example with something in it");
    for pointer in pointers {
        for odd in [
            json!(null),
            json!("odd"),
            json!(7),
            json!(1.5),
            json!(true),
            json!([]),
            json!([1]),
            json!({}),
            json!({"odd": 1}),
        ] {
            let mut payload = example.clone();
            *payload.pointer_mut(&pointer).unwrap() = odd.clone();
            // From text, as from a server: reading from a value takes other ways.
            let outcome = serde_json::from_str::<T>(&payload.to_string());
            assert!(outcome.is_ok(), "{odd} at {pointer}: {:?}", outcome.err());
        }
    }
}

fn pointers_below(value: &Value, pointer: String, found: &mut Vec<String>) {
    let below = |key: &str| format!("{pointer}/{}", key.replace('~', "~0").replace('/', "~1"));
    match value {
        Value::Object(map) => {
            for (key, value) in map {
                found.push(below(key));
                pointers_below(value, below(key), found);
            }
        }
        Value::Array(items) => {
            for (index, value) in items.iter().enumerate() {
                found.push(below(&index.to_string()));
                pointers_below(value, below(&index.to_string()), found);
            }
        }
        _ => {}
    }
}

/// The example response of an operation, from the document.
pub fn example(document: &str, operation: &str) -> Value {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("openapi/{document}.json"));
    let document: Value = serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap();
    let operations = document["paths"]
        .as_object()
        .unwrap()
        .values()
        .flat_map(|item| item.as_object().unwrap().values());
    let found = operations
        .into_iter()
        .find(|value| value["operationId"] == operation)
        .unwrap();
    let responses = found["responses"].as_object().unwrap();
    let success = responses
        .iter()
        .find(|(status, _)| status.starts_with('2'))
        .unwrap()
        .1;
    success["content"]["application/json"]["example"].clone()
}

#[test]
fn one_odd_value_never_fails_a_response() {
    use confluence::types::{Content, ContentPage, Space, SpacePage, User as ConfluenceUser};
    use jira::types::{
        Comment, CommentPage, CreatedIssue, Issue, SearchResults, ServerInfo, Transitions, User,
    };

    survives_odd_values::<Issue>(&example("jira-8", "get_issue"));
    survives_odd_values::<CreatedIssue>(&example("jira-8", "create_issue"));
    survives_odd_values::<SearchResults>(&example("jira-8", "search_issues"));
    survives_odd_values::<CommentPage>(&example("jira-8", "list_issue_comments"));
    survives_odd_values::<Comment>(&example("jira-8", "add_issue_comment"));
    survives_odd_values::<Transitions>(&example("jira-8", "list_transitions"));
    survives_odd_values::<User>(&example("jira-8", "get_myself"));
    survives_odd_values::<ServerInfo>(&example("jira-8", "get_server_info"));
    survives_odd_values::<Content>(&example("confluence-6", "get_content"));
    survives_odd_values::<ContentPage>(&example("confluence-6", "search_content"));
    survives_odd_values::<Space>(&example("confluence-6", "get_space"));
    survives_odd_values::<SpacePage>(&example("confluence-6", "list_spaces"));
    survives_odd_values::<ConfluenceUser>(&example("confluence-6", "get_current_user"));
}

#[test]
fn users_without_name_or_mail_are_read() {
    let deleted: jira::types::User = serde_json::from_value(json!({
        "key": "JIRAUSER10101", "displayName": null, "emailAddress": "", "active": false, "deleted": true,
    }))
    .unwrap();
    assert_eq!(deleted.key.as_deref(), Some("JIRAUSER10101"));
    assert_eq!((deleted.name, deleted.display_name), (None, None));
    assert_eq!((deleted.active, deleted.deleted), (Some(false), Some(true)));
    let anonymous: confluence::types::User =
        serde_json::from_value(json!({"type": "anonymous", "displayName": "Anonymous"})).unwrap();
    assert_eq!((anonymous.username, anonymous.user_key), (None, None));
    let issue: jira::types::Issue = serde_json::from_value(json!({
        "changelog": {"histories": [{"author": null}, {"author": {}}, {"items": []}]},
    }))
    .unwrap();
    let histories = issue.changelog.unwrap().histories;
    assert_eq!(histories.len(), 3);
    assert!(histories[0].author.is_none());
}

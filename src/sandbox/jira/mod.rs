//! A small Jira Server 8.13: what it answers to each request.

mod actions;
mod agile;
mod attachments;
mod avatars;
mod boards;
mod catalogue;
mod comments;
mod completion;
mod components;
mod custom;
mod custom_table;
mod fields;
mod filters;
#[cfg(test)]
mod fits;
mod generated;
mod groups;
mod input;
mod issues;
mod jql;
mod kinds;
mod links;
mod markup;
mod meta;
mod paging;
mod permission_schemes;
mod permissions;
mod planning;
mod projects;
mod properties;
mod ranking;
mod remote_links;
mod render;
mod rendered;
mod roles;
mod routes;
mod sample;
mod schemes;
mod search;
mod settings;
mod sprints;
mod state;
mod transitions;
mod users;
mod versions;
mod watching;
mod workflow;
mod worklog_changes;
mod worklogs;

use std::sync::RwLock;

use serde_json::{Map, Value, json};

use crate::sandbox::exchange::{Call, Reply};
use crate::sandbox::jira::routes::{Route, dispatch};
use crate::sandbox::jira::state::State;

/// The version that the sandbox claims to be.
const VERSION: &str = "8.13.17";

/// What is answered below `/rest/api/2`; paths with plain words stand before those with `{}`.
const THEMES: &[&[Route]] = &[
    search::ROUTES,
    meta::ROUTES,
    actions::ROUTES,
    issues::ROUTES,
    comments::ROUTES,
    transitions::ROUTES,
    worklogs::ROUTES,
    worklog_changes::ROUTES,
    attachments::ROUTES,
    links::ROUTES,
    remote_links::ROUTES,
    watching::ROUTES,
    properties::ROUTES,
    projects::ROUTES,
    versions::ROUTES,
    components::ROUTES,
    roles::ROUTES,
    users::ROUTES,
    groups::ROUTES,
    permissions::ROUTES,
    kinds::ROUTES,
    filters::ROUTES,
    completion::ROUTES,
    settings::ROUTES,
    avatars::ROUTES,
    schemes::ROUTES,
    permission_schemes::ROUTES,
];

/// A running Jira.
pub(super) struct Jira {
    state: RwLock<State>,
}

impl Jira {
    /// A Jira with the sample issues.
    pub(super) fn with_sample_data() -> std::io::Result<Jira> {
        Ok(Jira {
            state: RwLock::new(sample::load()?),
        })
    }

    /// Answers a request below the context path.
    pub(super) fn answer(&self, call: &Call) -> Reply {
        let route = call.route();
        let (themes, resource): (&[&[Route]], _) = match route.as_slice() {
            ["rest", "api", "2" | "latest", resource @ ..] => (THEMES, resource),
            ["rest", "agile", "1.0" | "latest", resource @ ..] => (agile::THEMES, resource),
            ["secure", resource @ ..] => (&[attachments::FILES, avatars::PICTURES], resource),
            ["rest", "applinks", "1.0" | "latest", "manifest"] => return manifest(call),
            _ => return Reply::unknown_path(call),
        };
        dispatch(themes, &self.state, call, resource).unwrap_or_else(|refusal| refusal)
    }
}

/// Whether the resource reads a form, a file or plain text instead of JSON.
pub(super) fn takes_form(call: &Call) -> bool {
    matches!(
        (call.method.as_str(), call.route().as_slice()),
        (
            "POST",
            ["rest", "api", "2" | "latest", "issue", _, "attachments"]
        )
    )
}

/// A refusal with messages.
fn refuse(status: u16, messages: &[String]) -> Reply {
    Reply::json(status, &json!({"errorMessages": messages, "errors": {}}))
}

/// A refusal with one message.
fn refuse_because(status: u16, message: &str) -> Reply {
    refuse(status, &[message.to_owned()])
}

/// A refusal that names what is wrong with each field.
fn refuse_fields(errors: Map<String, Value>) -> Reply {
    Reply::json(400, &json!({"errorMessages": [], "errors": errors}))
}

/// The refusal for an issue that is not there or not visible.
fn no_issue() -> Reply {
    refuse_because(404, "Issue Does Not Exist")
}

/// The JSON object in the body.
fn object(call: &Call) -> Result<Map<String, Value>, Reply> {
    match call.json() {
        Ok(Value::Object(map)) => Ok(map),
        Ok(_) => Err(refuse_because(
            400,
            "Can not deserialize instance of java.util.LinkedHashMap out of this token",
        )),
        Err(problem) => Err(refuse_because(400, &problem)),
    }
}

fn manifest(call: &Call) -> Reply {
    Reply::text(
        200,
        "application/xml;charset=UTF-8",
        format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?><manifest>\
             <id>6f2d7a10-3c1e-3b9a-9d54-2f1f0a5f8b11</id><name>Sandbox Jira</name>\
             <typeId>jira</typeId><version>{VERSION}</version><buildNumber>813017</buildNumber>\
             <applinksVersion>7.1.0</applinksVersion><publicSignup>false</publicSignup>\
             <url>{}</url></manifest>",
            call.base
        ),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ask(jira: &Jira, method: &str, target: &str, body: &str) -> (u16, Value) {
        let reply = jira.answer(&Call::example(method, target, body));
        let body = serde_json::from_slice(&reply.body).unwrap_or(Value::Null);
        (reply.status, body)
    }

    #[test]
    fn an_issue_without_a_summary_is_refused_by_field() {
        let jira = Jira::with_sample_data().unwrap();
        let fields = r#"{"fields":{"project":{"key":"DEMO"},"issuetype":{"name":"Bug"}}}"#;
        let (status, body) = ask(&jira, "POST", "/rest/api/2/issue", fields);
        assert_eq!(status, 400);
        let expected = json!({
            "errorMessages": [],
            "errors": {"summary": "You must specify a summary of the issue."},
        });
        assert_eq!(body, expected);
    }

    #[test]
    fn what_was_written_can_be_read_and_found() {
        let jira = Jira::with_sample_data().unwrap();
        let fields = r#"{"fields":{"project":{"key":"INFRA"},"issuetype":{"name":"Task"},
            "summary":"Zebra crossing","customfield_10019":{"value":"Platform"}}}"#;
        let (status, body) = ask(&jira, "POST", "/rest/api/2/issue", fields);
        assert_eq!((status, &body["key"]), (201, &json!("INFRA-124")));
        let (_, body) = ask(&jira, "GET", "/rest/api/2/issue/INFRA-124", "");
        assert_eq!(body["fields"]["customfield_10019"]["value"], "Platform");
        let (_, body) = ask(&jira, "GET", "/rest/api/2/search?jql=summary~zebra", "");
        assert_eq!(body["total"], 1);
    }

    #[test]
    fn a_full_issue_is_as_large_as_on_a_big_installation() {
        let jira = Jira::with_sample_data().unwrap();
        let (_, body) = ask(&jira, "GET", "/rest/api/2/search?fields=*all", "");
        for issue in body["issues"].as_array().unwrap() {
            let size = issue.to_string().len();
            assert!((28_000..52_000).contains(&size), "{}: {size}", issue["key"]);
        }
    }

    #[test]
    fn of_many_new_issues_the_good_ones_are_kept() {
        let jira = Jira::with_sample_data().unwrap();
        let updates = r#"{"issueUpdates":[
            {"fields":{"project":{"key":"INFRA"},"issuetype":{"name":"Task"},"summary":"One"}},
            {"fields":{"project":{"key":"INFRA"},"issuetype":{"name":"Task"}}}]}"#;
        let (status, body) = ask(&jira, "POST", "/rest/api/2/issue/bulk", updates);
        assert_eq!(
            (status, &body["issues"][0]["key"]),
            (201, &json!("INFRA-124"))
        );
        assert_eq!(body["errors"][0]["failedElementNumber"], 1);
        assert!(body["errors"][0]["elementErrors"]["errors"]["summary"].is_string());
        let none = r#"{"issueUpdates":[{"fields":{}}]}"#;
        assert_eq!(ask(&jira, "POST", "/rest/api/2/issue/bulk", none).0, 400);
    }

    #[test]
    fn a_removed_version_leaves_its_issues_to_its_heir() {
        let jira = Jira::with_sample_data().unwrap();
        let (_, before) = ask(
            &jira,
            "GET",
            "/rest/api/2/version/10202/relatedIssueCounts",
            "",
        );
        assert!(before["issuesFixedCount"].as_u64().unwrap() > 0);
        let swap = r#"{"moveFixIssuesTo":10201}"#;
        let target = "/rest/api/2/version/10202/removeAndSwap";
        assert_eq!(
            ask(&jira, "POST", target, r#"{"moveFixIssuesTo":10210}"#).0,
            400
        );
        assert_eq!(ask(&jira, "POST", target, swap).0, 204);
        let (_, issue) = ask(&jira, "GET", "/rest/api/2/issue/DEMO-1", "");
        assert_eq!(issue["fields"]["fixVersions"][0]["name"], "2026.2");
        assert_eq!(ask(&jira, "GET", "/rest/api/2/version/10202", "").0, 404);
    }

    #[test]
    fn a_link_is_seen_from_both_ends() {
        let jira = Jira::with_sample_data().unwrap();
        let link = r#"{"type":{"name":"Blocks"},"inwardIssue":{"key":"DEMO-7"},
            "outwardIssue":{"key":"DEMO-5"}}"#;
        assert_eq!(ask(&jira, "POST", "/rest/api/2/issueLink", link).0, 201);
        let end = |key: &str| {
            let target = format!("/rest/api/2/issue/{key}?fields=issuelinks");
            let (_, body) = ask(&jira, "GET", &target, "");
            let links = body["fields"]["issuelinks"].as_array().unwrap().clone();
            links.last().unwrap().clone()
        };
        assert_eq!(end("DEMO-7")["outwardIssue"]["key"], "DEMO-5");
        assert_eq!(end("DEMO-5")["inwardIssue"]["key"], "DEMO-7");
        let link = format!(
            "/rest/api/2/issueLink/{}",
            end("DEMO-5")["id"].as_str().unwrap()
        );
        assert_eq!(ask(&jira, "DELETE", &link, "").0, 204);
        assert_eq!(ask(&jira, "GET", &link, "").0, 404);
    }
}

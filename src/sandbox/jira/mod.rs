//! A small Jira Server 8.13: what it answers to each request.

mod catalogue;
mod comments;
mod custom;
mod custom_table;
mod fields;
mod generated;
mod input;
mod issues;
mod jql;
mod markup;
mod render;
mod sample;
mod search;
mod sprints;
mod state;
mod transitions;
mod workflow;

use std::sync::{PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};

use serde_json::{Map, Value, json};

use crate::sandbox::exchange::{Call, Reply};
use crate::sandbox::jira::catalogue::{
    ISSUE_TYPES, LINK_TYPES, PRIORITIES, PROJECTS, RESOLUTIONS, STATUSES,
};
use crate::sandbox::jira::state::State;
use crate::sandbox::people;

/// The version that the sandbox claims to be.
const VERSION: &str = "8.13.17";

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
        let method = call.method.as_str();
        match route.as_slice() {
            ["rest", "api", "2" | "latest", resource @ ..] => self
                .resource(call, method, resource)
                .unwrap_or_else(|refusal| refusal),
            ["rest", "applinks", "1.0" | "latest", "manifest"] => manifest(call),
            _ => Reply::unknown_path(call),
        }
    }

    fn resource(&self, call: &Call, method: &str, resource: &[&str]) -> Result<Reply, Reply> {
        match (method, resource) {
            ("GET", ["serverInfo"]) => Ok(server_info(call)),
            ("GET", ["myself"]) => myself(call),
            ("GET", ["user"]) => user(call),
            ("GET", ["project"]) => Ok(projects(call)),
            ("GET", ["project", key]) => project(call, key),
            ("GET", ["field"]) => Ok(Reply::json(200, &fields::list())),
            ("GET", ["issuetype"]) => Ok(list(ISSUE_TYPES, |kind| kind.render(&call.base))),
            ("GET", ["priority"]) => {
                Ok(list(PRIORITIES, |choice| choice.full_priority(&call.base)))
            }
            ("GET", ["status"]) => Ok(list(STATUSES, |status| status.render(&call.base))),
            ("GET", ["resolution"]) => {
                Ok(list(RESOLUTIONS, |choice| choice.resolution(&call.base)))
            }
            ("GET", ["issueLinkType"]) => {
                let types = LINK_TYPES.iter().map(|kind| kind.render(&call.base));
                let body = json!({"issueLinkTypes": types.collect::<Value>()});
                Ok(Reply::json(200, &body))
            }
            ("GET" | "POST", ["search"]) => search::search(&self.read(), call),
            ("POST", ["issue"]) => issues::create(&mut self.write(), call),
            ("GET", ["issue", key]) => issues::get(&self.read(), call, key),
            ("PUT", ["issue", key]) => issues::edit(&mut self.write(), call, key),
            ("DELETE", ["issue", key]) => issues::delete(&mut self.write(), call, key),
            ("GET", ["issue", key, "comment"]) => comments::list(&self.read(), call, key),
            ("POST", ["issue", key, "comment"]) => comments::add(&mut self.write(), call, key),
            ("GET", ["issue", key, "comment", id]) => comments::get(&self.read(), call, key, id),
            ("GET", ["issue", key, "transitions"]) => transitions::list(&self.read(), call, key),
            ("POST", ["issue", key, "transitions"]) => {
                transitions::apply(&mut self.write(), call, key)
            }
            (
                _,
                [
                    "serverInfo" | "myself" | "user" | "project" | "field" | "issuetype"
                    | "priority" | "status" | "resolution" | "issueLinkType" | "search" | "issue",
                ]
                | ["project" | "issue", _]
                | ["issue", _, "comment" | "transitions"]
                | ["issue", _, "comment", _],
            ) => Err(Reply::unknown_method(call)),
            _ => Err(Reply::unknown_path(call)),
        }
    }

    fn read(&self) -> RwLockReadGuard<'_, State> {
        self.state.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn write(&self) -> RwLockWriteGuard<'_, State> {
        self.state.write().unwrap_or_else(PoisonError::into_inner)
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

fn list<T>(entries: &[T], render: impl Fn(&T) -> Value) -> Reply {
    Reply::json(200, &entries.iter().map(render).collect())
}

fn server_info(call: &Call) -> Reply {
    let numbers: Vec<u64> = VERSION
        .split('.')
        .filter_map(|part| part.parse().ok())
        .collect();
    Reply::json(
        200,
        &json!({
            "baseUrl": call.base,
            "version": VERSION,
            "versionNumbers": numbers,
            "deploymentType": "Server",
            "buildNumber": 813_017,
            "buildDate": "2022-02-01T00:00:00.000+0000",
            "databaseBuildNumber": 813_017,
            "serverTime": render::time(call.now),
            "scmInfo": "0f5b1e5d3c0a4c1bb0a37d3cf1c2d7a6a7c4e901",
            "serverTitle": "Sandbox Jira",
        }),
    )
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

fn myself(call: &Call) -> Result<Reply, Reply> {
    match call.caller {
        Some(person) => Ok(Reply::json(200, &person.profile_in_jira(&call.base))),
        None => Err(Reply::no_resource(
            call,
            401,
            "Client must be authenticated to access this resource.",
        )),
    }
}

fn user(call: &Call) -> Result<Reply, Reply> {
    if call.caller.is_none() {
        return Err(refuse_because(
            401,
            "You are not authenticated. Authentication required to perform this operation.",
        ));
    }
    let Some(name) = call.parameter("username").or(call.parameter("key")) else {
        return Err(refuse_because(
            400,
            "Either the 'username' or the 'key' query parameters need to be provided",
        ));
    };
    match people::by_any_name(name) {
        Some(person) => Ok(Reply::json(200, &person.profile_in_jira(&call.base))),
        None => Err(refuse_because(
            404,
            &format!("The user named '{name}' does not exist"),
        )),
    }
}

fn projects(call: &Call) -> Reply {
    if call.caller.is_none() {
        return Reply::json(200, &json!([]));
    }
    let expands = call.list("expand");
    let projects = PROJECTS.iter().map(|project| {
        let mut short = project.reference(&call.base);
        let full = project.full(&call.base);
        if let Some(map) = short.as_object_mut() {
            let basic = ["expand".to_owned()];
            for name in basic.iter().chain(&expands) {
                if let Some(value) = full.get(name) {
                    map.insert(name.clone(), value.clone());
                }
            }
        }
        short
    });
    Reply::json(200, &projects.collect())
}

fn project(call: &Call, key: &str) -> Result<Reply, Reply> {
    // A name is not a key here, although queries take both.
    let project = PROJECTS
        .iter()
        .find(|project| project.key == key || project.id == key)
        .filter(|_| call.caller.is_some());
    match project {
        Some(project) => Ok(Reply::json(200, &project.full(&call.base))),
        None => Err(refuse_because(
            404,
            &format!("No project could be found with key '{key}'."),
        )),
    }
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
}

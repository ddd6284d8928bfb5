//! What only the web page of an issue needs: fields as HTML and the buttons above them.

use serde_json::{Map, Value, json};

use crate::sandbox::jira::markup;
use crate::sandbox::jira::state::Issue;

/// What the page of the issue offers.
pub(super) fn operations(issue: &Issue) -> Value {
    let link = |id: &str, label: &str, page: &str| {
        json!({
            "id": id,
            "styleClass": "issueaction",
            "label": label,
            "href": format!("/jira/secure/{page}.jspa?id={}", issue.id),
        })
    };
    json!({"linkGroups": [{
        "id": "view.issue.opsbar",
        "links": [],
        "groups": [{
            "id": "edit-issue_container",
            "weight": 1,
            "links": [link("edit-issue", "Edit", "EditIssue!default")],
            "groups": [],
        }, {
            "id": "comment-issue_container",
            "weight": 10,
            "links": [link("comment-issue", "Comment", "AddComment!default")],
            "groups": [],
        }],
    }]})
}

/// The fields again, with markup as HTML and moments as people read them.
pub(super) fn fields(fields: &Map<String, Value>) -> Value {
    let mut rendered = Map::new();
    for (id, value) in fields {
        let html = match id.as_str() {
            "description" | "environment" => {
                json!(value.as_str().map(markup::html).unwrap_or_default())
            }
            "created" | "updated" | "resolutiondate" => {
                json!(value.as_str().map(markup::friendly_time))
            }
            "comment" => comments(value),
            _ => Value::Null,
        };
        rendered.insert(id.clone(), html);
    }
    Value::Object(rendered)
}

fn comments(page: &Value) -> Value {
    let mut page = page.clone();
    let comments = page.get_mut("comments").and_then(Value::as_array_mut);
    for comment in comments.into_iter().flatten() {
        if let Some(body) = comment.get_mut("body") {
            *body = json!(body.as_str().map(markup::html));
        }
        for name in ["created", "updated"] {
            if let Some(moment) = comment.get_mut(name) {
                *moment = json!(moment.as_str().map(markup::friendly_time));
            }
        }
    }
    page
}

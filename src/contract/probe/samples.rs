//! What to put into the paths and queries of a probe: things that the server has said it has.

use std::collections::HashMap;

use serde_json::Value;

use crate::contract::probe::Question;

/// What is asked first, since much else is found in it.
pub(super) const SEEDS: [&str; 6] = [
    "search_issues",
    "list_projects",
    "get_myself",
    "list_content",
    "list_spaces",
    "get_current_user",
];

/// Where a value comes from.
#[derive(Clone, Copy)]
enum Source {
    /// The same everywhere.
    Text(&'static str),
    /// An earlier answer, by its operation and the place in it; `*` is any item, the first that
    /// leads somewhere.
    Answer(&'static str, &'static str),
}

use Source::{Answer, Text};

const ISSUE: Source = Answer("search_issues", "/issues/*/key");
const PROJECT: Source = Answer("list_projects", "/*/key");
const CONTENT: Source = Answer("list_content", "/results/*/id");

/// Parameters by the end of the path that leads to them, the most special first. What is not here is
/// taken from the list that the path before it reads.
const IN_PATH: &[(&str, Source)] = &[
    ("/avatar/{type}", Text("project")),
    ("/universal_avatar/type/{type}", Text("project")),
    ("/owner/{owningObjectId}", Answer("list_projects", "/*/id")),
    ("{issueIdOrKey}", ISSUE),
    ("{projectIdOrKey}", PROJECT),
    ("{projectKeyOrId}", PROJECT),
    (
        "/comment/{commentId}",
        Answer("list_issue_comments", "/comments/*/id"),
    ),
    (
        "/component/{id}",
        Answer("list_project_components", "/*/id"),
    ),
    (
        "/attachment/{id}",
        Answer("search_issues", "/issues/*/fields/attachment/*/id"),
    ),
    (
        "/issueLink/{linkId}",
        Answer("search_issues", "/issues/*/fields/issuelinks/*/id"),
    ),
    (
        "/customFieldOption/{id}",
        Answer("get_edit_meta", "/fields/*/allowedValues/*/id"),
    ),
    ("/filter/{id}", Answer("list_favourite_filters", "/*/id")),
    (
        "/securitylevel/{id}",
        Answer("list_project_security_levels", "/levels/*/id"),
    ),
    ("/version/{id}", Answer("list_project_versions", "/*/id")),
    (
        "/version/{versionId}",
        Answer("list_project_versions", "/*/id"),
    ),
    (
        "/workflowscheme/{id}",
        Answer("get_project_workflow_scheme", "/id"),
    ),
    ("{issueType}", Answer("list_issue_types", "/*/id")),
    (
        "{permissionSchemeId}",
        Answer("list_permission_schemes", "/permissionSchemes/*/id"),
    ),
    ("/role/{id}", Answer("list_roles", "/*/id")),
    ("{sprintId}", Answer("list_board_sprints", "/values/*/id")),
    ("{epicId}", Answer("list_board_epics", "/values/*/id")),
    ("{epicIdOrKey}", Answer("list_board_epics", "/values/*/id")),
    ("/content/{id}", CONTENT),
    ("{contentId}", CONTENT),
    ("{spaceKey}", Answer("list_spaces", "/results/*/key")),
    ("/child/{type}", Text("page")),
    ("/descendant/{type}", Text("page")),
    ("/content/{type}", Text("page")),
    ("{versionNumber}", Text("1")),
    ("{operationKey}", Text("read")),
    ("{groupName}", Answer("list_groups", "/results/*/name")),
    (
        "{templateId}",
        Answer("list_page_templates", "/results/*/templateId"),
    ),
];

/// Who is asking: in Jira, in Confluence.
const USER: &[Source] = &[
    Answer("get_myself", "/name"),
    Answer("get_current_user", "/username"),
];

const GROUP: &[Source] = &[Answer("search_groups", "/groups/*/name")];

/// Queries without which these operations answer nothing worth a look.
const IN_QUERY: &[(&[&str], &str, &[Source])] = &[
    (&["search_issues"], "fields", &[Text("*all")]),
    (&["search_issues"], "maxResults", &[Text("20")]),
    (
        &[
            "get_user",
            "list_user_groups",
            "list_user_avatars",
            "list_user_property_keys",
            "get_user_property",
            "search_users",
            "search_users_with_permissions",
            "search_users_with_browse_permission",
        ],
        "username",
        USER,
    ),
    (
        &["search_users_picker", "search_users_and_groups"],
        "query",
        USER,
    ),
    (&["get_group", "list_group_members"], "groupname", GROUP),
    (&["search_assignable_users"], "project", &[PROJECT]),
    (
        &["search_assignable_users_multi_project"],
        "projectKeys",
        &[PROJECT],
    ),
    (
        &["search_users_with_permissions"],
        "permissions",
        &[Text("BROWSE")],
    ),
    (&["search_users_with_permissions"], "projectKey", &[PROJECT]),
    (
        &["search_users_with_browse_permission"],
        "issueKey",
        &[ISSUE],
    ),
    (
        &["search_issue_picker", "prototype_search"],
        "query",
        &[Text("a")],
    ),
    (
        &["get_my_preference"],
        "key",
        &[Text("user.notifications.mimetype")],
    ),
    (&["validate_project_key"], "key", &[Text("NEWKEY")]),
    (
        &["list_jql_autocomplete_suggestions"],
        "fieldName",
        &[Text("status")],
    ),
    (
        &["list_remote_version_links_by_global_id"],
        "globalId",
        &[Text("none")],
    ),
    (
        &["list_updated_worklog_ids", "list_deleted_worklog_ids"],
        "since",
        &[Text("0")],
    ),
    (&["search_content", "search"], "cql", &[Text("type = page")]),
    (&["list_audit_records_since"], "number", &[Text("1")]),
    (&["list_audit_records_since"], "units", &[Text("DAYS")]),
];

/// What a site has said of itself so far.
#[derive(Debug, Default)]
pub struct Samples {
    answers: HashMap<String, Value>,
    /// The answers by the path that was read.
    lists: HashMap<String, Value>,
}

impl Samples {
    /// Whether the site has said nothing yet.
    pub(super) fn is_empty(&self) -> bool {
        self.answers.is_empty()
    }

    /// Keeps an answer.
    pub(super) fn learn(&mut self, operation: &str, path: &str, answer: Value) {
        let answer = fullest_first(answer);
        self.lists.insert(path.to_owned(), answer.clone());
        self.answers.insert(operation.to_owned(), answer);
    }

    /// The values of the path's parameters and of the query; or the parameter that none is known
    /// for.
    #[expect(clippy::type_complexity, reason = "two lists, used once")]
    pub(super) fn values(
        &self,
        question: &Question,
    ) -> Result<(Vec<String>, Vec<(String, String)>), String> {
        let mut parameters = Vec::new();
        let mut before = String::new();
        for segment in question.path.split('/').skip(1) {
            let prefix = format!("{before}/{segment}");
            if segment.starts_with('{') {
                let value = self.in_path(&before, &prefix, segment);
                parameters.push(value.ok_or_else(|| segment.to_owned())?);
            }
            before = prefix;
        }
        let mut query: Vec<(String, String)> = Vec::new();
        // Two products may have operations of one name with other parameters.
        let takes = |name: &str| question.query.iter().any(|known| known == name);
        let queries = IN_QUERY
            .iter()
            .filter(|(of, name, _)| of.contains(&question.operation.as_str()) && takes(name));
        for (_, name, sources) in queries {
            let value = sources.iter().find_map(|from| self.value(from));
            let value = value.ok_or_else(|| (*name).to_owned())?;
            query.push(((*name).to_owned(), value));
        }
        Ok((parameters, query))
    }

    fn in_path(&self, before: &str, prefix: &str, segment: &str) -> Option<String> {
        let known = IN_PATH.iter().find(|(end, _)| prefix.ends_with(end));
        match known {
            Some((_, from)) => self.value(from),
            None => of_first_item(self.lists.get(before)?, segment),
        }
    }

    fn value(&self, from: &Source) -> Option<String> {
        match from {
            Text(text) => Some((*text).to_owned()),
            Answer(operation, place) => {
                let steps: Vec<&str> = place.split('/').skip(1).collect();
                reached(self.answers.get(*operation)?, &steps)
            }
        }
    }
}

/// The text or number at the end of the steps.
fn reached(value: &Value, steps: &[&str]) -> Option<String> {
    let Some((step, rest)) = steps.split_first() else {
        return text(value);
    };
    match value {
        Value::Array(items) if *step == "*" => items.iter().find_map(|item| reached(item, rest)),
        Value::Object(map) if *step == "*" => map.values().find_map(|item| reached(item, rest)),
        Value::Object(map) => reached(map.get(*step)?, rest),
        _ => None,
    }
}

fn text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) if !text.is_empty() => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

/// What names the first item of a list, or of the first list in a page.
fn of_first_item(list: &Value, parameter: &str) -> Option<String> {
    let items = match list {
        Value::Array(items) => items,
        Value::Object(page) => page.values().find_map(|value| match value {
            Value::Array(items) if items.iter().any(Value::is_object) => Some(items),
            _ => None,
        })?,
        _ => return None,
    };
    let by_key = ["key", "id", "name"];
    let by_id = ["id", "key", "name", "globalId"];
    let names = if parameter.ends_with("Key}") || parameter.ends_with("key}") {
        by_key.as_slice()
    } else {
        by_id.as_slice()
    };
    items.iter().find_map(|item| {
        let mut values = names.iter().filter_map(|name| item.get(name));
        values.find_map(text)
    })
}

/// An answer with the issues that have most to say before the others: more can be read of them.
fn fullest_first(mut answer: Value) -> Value {
    if let Some(Value::Array(issues)) = answer.get_mut("issues") {
        issues.sort_by_key(|issue| std::cmp::Reverse(issue.to_string().len()));
    }
    answer
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_a_list_says_names_its_items() {
        let mut samples = Samples::default();
        samples.learn(
            "search_issues",
            "/rest/api/2/search",
            json!({"issues": [
                {"key": "DEMO-1", "fields": {}},
                {"key": "DEMO-2", "fields": {"attachment": [{"id": "7"}]}},
            ]}),
        );
        samples.learn(
            "list_issue_worklogs",
            "/rest/api/2/issue/{issueIdOrKey}/worklog",
            json!({"total": 1, "worklogs": [{"id": "31"}]}),
        );
        let values = |operation: &str, path: &str| {
            let question = Question {
                operation: operation.to_owned(),
                path: path.to_owned(),
                query: Vec::new(),
            };
            samples.values(&question).map(|(path, _)| path)
        };
        assert_eq!(
            values(
                "get_issue_worklog",
                "/rest/api/2/issue/{issueIdOrKey}/worklog/{id}"
            )
            .unwrap(),
            ["DEMO-2", "31"]
        );
        assert_eq!(
            values("get_attachment", "/rest/api/2/attachment/{id}").unwrap(),
            ["7"]
        );
        assert_eq!(
            values("get_priority", "/rest/api/2/priority/{id}").unwrap_err(),
            "{id}"
        );
    }
}

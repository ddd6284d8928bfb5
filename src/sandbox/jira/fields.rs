//! The fields that issues have: those of Jira itself and the custom ones.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use crate::sandbox::jira::custom_table::CUSTOM_FIELDS;

/// A field of Jira itself.
pub(super) struct SystemField {
    /// The id in `fields`.
    pub(super) id: &'static str,
    /// The name that people see.
    pub(super) name: &'static str,
    /// Whether a list of issues shows it by default.
    navigable: bool,
    /// Whether it can be put on a screen.
    orderable: bool,
    /// Its names in a query, separated by blanks.
    clauses: &'static str,
    /// The type of its value; a list is written as `array of`.
    value_type: &'static str,
}

/// All fields of Jira itself that issues carry.
pub(super) static SYSTEM_FIELDS: &[SystemField] = &[
    column(
        "issuetype",
        "Issue Type",
        true,
        "issuetype type",
        "issuetype",
    ),
    column("parent", "Parent", false, "parent", "parent"),
    column("timespent", "Time Spent", false, "timespent", "number"),
    column("project", "Project", true, "project", "project"),
    column(
        "fixVersions",
        "Fix Version/s",
        true,
        "fixVersion",
        "array of version",
    ),
    column("aggregatetimespent", "Σ Time Spent", false, "", "number"),
    column("resolution", "Resolution", true, "resolution", "resolution"),
    column(
        "resolutiondate",
        "Resolved",
        false,
        "resolutiondate resolved",
        "datetime",
    ),
    column("workratio", "Work Ratio", false, "workratio", "number"),
    column("lastViewed", "Last Viewed", false, "lastViewed", "datetime"),
    column("watches", "Watchers", false, "watchers", "watches"),
    column(
        "created",
        "Created",
        false,
        "created createdDate",
        "datetime",
    ),
    column("priority", "Priority", true, "priority", "priority"),
    column("labels", "Labels", true, "labels", "array of string"),
    column(
        "timeestimate",
        "Remaining Estimate",
        false,
        "remainingEstimate timeestimate",
        "number",
    ),
    column(
        "aggregatetimeoriginalestimate",
        "Σ Original Estimate",
        false,
        "",
        "number",
    ),
    column(
        "versions",
        "Affects Version/s",
        true,
        "affectedVersion",
        "array of version",
    ),
    column(
        "issuelinks",
        "Linked Issues",
        true,
        "",
        "array of issuelinks",
    ),
    column("assignee", "Assignee", true, "assignee", "user"),
    column(
        "updated",
        "Updated",
        false,
        "updated updatedDate",
        "datetime",
    ),
    column("status", "Status", false, "status", "status"),
    column(
        "components",
        "Component/s",
        true,
        "component",
        "array of component",
    ),
    column(
        "timeoriginalestimate",
        "Original Estimate",
        false,
        "originalEstimate",
        "number",
    ),
    column("description", "Description", true, "description", "string"),
    column("archiveddate", "Archived", true, "", "datetime"),
    hidden("timetracking", "Time Tracking", "", "timetracking"),
    hidden(
        "attachment",
        "Attachment",
        "attachments",
        "array of attachment",
    ),
    column(
        "aggregatetimeestimate",
        "Σ Remaining Estimate",
        false,
        "",
        "number",
    ),
    column("summary", "Summary", true, "summary", "string"),
    column("creator", "Creator", false, "creator", "user"),
    column(
        "subtasks",
        "Sub-Tasks",
        false,
        "subtasks",
        "array of issuelinks",
    ),
    column("reporter", "Reporter", true, "reporter", "user"),
    column("aggregateprogress", "Σ Progress", false, "", "progress"),
    column("environment", "Environment", true, "environment", "string"),
    column("duedate", "Due Date", true, "due duedate", "date"),
    column("progress", "Progress", false, "progress", "progress"),
    column("votes", "Votes", false, "votes", "votes"),
    hidden("comment", "Comment", "comment", "comments-page"),
    hidden("worklog", "Log Work", "", "array of worklog"),
];

const fn column(
    id: &'static str,
    name: &'static str,
    orderable: bool,
    clauses: &'static str,
    value_type: &'static str,
) -> SystemField {
    SystemField {
        id,
        name,
        navigable: true,
        orderable,
        clauses,
        value_type,
    }
}

const fn hidden(
    id: &'static str,
    name: &'static str,
    clauses: &'static str,
    value_type: &'static str,
) -> SystemField {
    SystemField {
        id,
        name,
        navigable: false,
        orderable: true,
        clauses,
        value_type,
    }
}

impl SystemField {
    /// Its names in a query.
    pub(super) fn clauses(&self) -> impl Iterator<Item = &'static str> {
        self.clauses.split_whitespace()
    }

    /// The schema as the field list shows it.
    pub(super) fn schema(&self) -> Value {
        match self.value_type.strip_prefix("array of ") {
            Some(items) => json!({"type": "array", "items": items, "system": self.id}),
            None => json!({"type": self.value_type, "system": self.id}),
        }
    }
}

/// The list of all fields.
pub(super) fn list() -> Value {
    let mut fields: Vec<Value> = vec![
        json!({
            "id": "issuekey",
            "name": "Key",
            "custom": false,
            "orderable": false,
            "navigable": true,
            "searchable": false,
            "clauseNames": ["id", "issue", "issuekey", "key"],
        }),
        json!({
            "id": "thumbnail",
            "name": "Images",
            "custom": false,
            "orderable": false,
            "navigable": true,
            "searchable": false,
            "clauseNames": [],
        }),
    ];
    for field in SYSTEM_FIELDS {
        let clauses: Vec<&str> = field.clauses().collect();
        fields.push(json!({
            "id": field.id,
            "name": field.name,
            "custom": false,
            "orderable": field.orderable,
            "navigable": field.navigable,
            "searchable": !clauses.is_empty(),
            "clauseNames": clauses,
            "schema": field.schema(),
        }));
    }
    for field in CUSTOM_FIELDS {
        fields.push(json!({
            "id": field.id(),
            "name": field.name,
            "custom": true,
            "orderable": true,
            "navigable": true,
            "searchable": true,
            "clauseNames": [format!("cf[{}]", field.number), field.name],
            "schema": field.schema(),
        }));
    }
    Value::Array(fields)
}

/// Which fields of an issue are wanted.
#[derive(Debug)]
pub(super) struct Selection {
    all: bool,
    navigable: bool,
    named: BTreeSet<String>,
    without: BTreeSet<String>,
}

impl Selection {
    /// Reads the names in `fields`; `default` stands where none or only exclusions are given.
    pub(super) fn new(names: &[String], default: &str) -> Selection {
        let mut selection = Selection {
            all: false,
            navigable: false,
            named: BTreeSet::new(),
            without: BTreeSet::new(),
        };
        for name in names {
            match name.strip_prefix('-') {
                Some(name) => {
                    selection.without.insert(name.to_owned());
                }
                None => selection.add(name),
            }
        }
        if !selection.all && !selection.navigable && selection.named.is_empty() {
            selection.add(default);
        }
        selection
    }

    fn add(&mut self, name: &str) {
        match name {
            "*all" => self.all = true,
            "*navigable" => self.navigable = true,
            name => {
                self.named.insert(name.to_owned());
            }
        }
    }

    /// Whether a field is wanted.
    pub(super) fn wants(&self, id: &str, navigable: bool) -> bool {
        (self.all || self.navigable && navigable || self.named.contains(id))
            && !self.without.contains(id)
    }

    /// The wanted fields of Jira itself.
    pub(super) fn system(&self) -> impl Iterator<Item = &'static SystemField> {
        SYSTEM_FIELDS
            .iter()
            .filter(|field| self.wants(field.id, field.navigable))
    }

    /// The names and the schemas of the wanted fields, by id.
    pub(super) fn describe(&self) -> (Value, Value) {
        let mut names = Map::new();
        let mut schemas = Map::new();
        for field in self.system() {
            names.insert(field.id.to_owned(), json!(field.name));
            schemas.insert(field.id.to_owned(), field.schema());
        }
        for field in CUSTOM_FIELDS {
            if self.wants(&field.id(), true) {
                names.insert(field.id(), json!(field.name));
                schemas.insert(field.id(), field.schema());
            }
        }
        (Value::Object(names), Value::Object(schemas))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn selected(names: &[&str]) -> Vec<&'static str> {
        let names: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
        let selection = Selection::new(&names, "*all");
        selection.system().map(|field| field.id).collect()
    }

    #[test]
    fn exclusions_alone_take_from_the_default() {
        assert_eq!(selected(&["-comment"]).len(), SYSTEM_FIELDS.len() - 1);
        assert_eq!(selected(&["summary", "status", "-status"]), ["summary"]);
        assert!(!selected(&["*navigable"]).contains(&"comment"));
        assert!(selected(&["*navigable", "comment"]).contains(&"comment"));
    }

    #[test]
    fn field_ids_and_numbers_are_unique() {
        let fields = list();
        let fields = fields.as_array().unwrap();
        let ids: BTreeSet<&str> = fields
            .iter()
            .filter_map(|field| field["id"].as_str())
            .collect();
        assert_eq!(ids.len(), fields.len());
        assert!(CUSTOM_FIELDS.len() >= 100);
    }
}

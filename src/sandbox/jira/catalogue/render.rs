//! How the entries of the catalogue look in answers.

use serde_json::{Value, json};

use crate::sandbox::jira::catalogue::{
    Category, Choice, ISSUE_TYPES, IssueType, LinkType, Project, Status,
};
use crate::sandbox::jira::planning::Planning;
use crate::sandbox::jira::roles;
use crate::sandbox::people;

impl Project {
    /// The project as issues show it.
    pub(in crate::sandbox::jira) fn reference(&self, base: &str) -> Value {
        let (category, category_name) = self.category;
        let avatar = |size: &str| {
            format!(
                "{base}/secure/projectavatar?{size}pid={}&avatarId=10324",
                self.id
            )
        };
        json!({
            "self": format!("{base}/rest/api/2/project/{}", self.id),
            "id": self.id,
            "key": self.key,
            "name": self.name,
            "projectTypeKey": "software",
            "avatarUrls": {
                "48x48": avatar(""),
                "24x24": avatar("size=small&"),
                "16x16": avatar("size=xsmall&"),
                "32x32": avatar("size=medium&"),
            },
            "projectCategory": {
                "self": format!("{base}/rest/api/2/projectCategory/{category}"),
                "id": category,
                "name": category_name,
                "description": "",
            },
        })
    }

    /// The project as its own resource shows it.
    pub(in crate::sandbox::jira) fn full(&self, planning: &Planning, base: &str) -> Value {
        let mut project = self.reference(base);
        if let Some(map) = project.as_object_mut() {
            map.insert(
                "expand".to_owned(),
                json!("description,lead,url,projectKeys"),
            );
            map.insert("description".to_owned(), json!(self.description));
            map.insert("assigneeType".to_owned(), json!("UNASSIGNED"));
            map.insert("archived".to_owned(), json!(false));
            map.insert(
                "lead".to_owned(),
                people::by_login(self.lead).map_or(Value::Null, |lead| lead.in_jira(base)),
            );
            let components = planning.components_of(self);
            map.insert(
                "components".to_owned(),
                components.map(|component| component.render(base)).collect(),
            );
            let types = ISSUE_TYPES.iter();
            map.insert(
                "issueTypes".to_owned(),
                types.map(|kind| kind.render(base)).collect(),
            );
            let versions = planning.versions_of(self);
            map.insert(
                "versions".to_owned(),
                versions.map(|version| version.full(base)).collect(),
            );
            map.insert("roles".to_owned(), roles::urls(self, base));
        }
        project
    }
}

impl IssueType {
    /// The type as issues show it.
    pub(in crate::sandbox::jira) fn render(&self, base: &str) -> Value {
        json!({
            "self": format!("{base}/rest/api/2/issuetype/{}", self.id),
            "id": self.id,
            "description": self.description,
            "iconUrl": format!(
                "{base}/secure/viewavatar?size=xsmall&avatarId={}&avatarType=issuetype",
                self.avatar
            ),
            "name": self.name,
            "subtask": self.subtask,
            "avatarId": self.avatar,
        })
    }
}

impl Status {
    /// The status as issues show it.
    pub(in crate::sandbox::jira) fn render(&self, base: &str) -> Value {
        json!({
            "self": format!("{base}/rest/api/2/status/{}", self.id),
            "description": self.description,
            "iconUrl": format!("{base}/images/icons/statuses/{}.png", self.icon),
            "name": self.name,
            "id": self.id,
            "statusCategory": self.category.render(base),
        })
    }

    /// Whether nothing is left to do.
    pub(in crate::sandbox::jira) fn is_done(&self) -> bool {
        self.category.key == "done"
    }
}

impl Category {
    /// The category of a status.
    pub(in crate::sandbox::jira) fn render(&self, base: &str) -> Value {
        json!({
            "self": format!("{base}/rest/api/2/statuscategory/{}", self.id),
            "id": self.id,
            "key": self.key,
            "colorName": self.color,
            "name": self.name,
        })
    }
}

impl Choice {
    /// The priority as issues show it.
    pub(in crate::sandbox::jira) fn priority(&self, base: &str) -> Value {
        let icon = self.name.to_lowercase();
        json!({
            "self": format!("{base}/rest/api/2/priority/{}", self.id),
            "iconUrl": format!("{base}/images/icons/priorities/{icon}.svg"),
            "name": self.name,
            "id": self.id,
        })
    }

    /// The priority as its own resource shows it.
    pub(in crate::sandbox::jira) fn full_priority(&self, base: &str) -> Value {
        let mut priority = self.priority(base);
        if let Some(map) = priority.as_object_mut() {
            map.insert("statusColor".to_owned(), json!(self.color));
            map.insert("description".to_owned(), json!(self.description));
        }
        priority
    }

    /// The resolution as issues show it.
    pub(in crate::sandbox::jira) fn resolution(&self, base: &str) -> Value {
        json!({
            "self": format!("{base}/rest/api/2/resolution/{}", self.id),
            "id": self.id,
            "description": self.description,
            "name": self.name,
        })
    }
}

impl LinkType {
    /// The kind of link.
    pub(in crate::sandbox::jira) fn render(&self, base: &str) -> Value {
        json!({
            "id": self.id,
            "name": self.name,
            "inward": self.inward,
            "outward": self.outward,
            "self": format!("{base}/rest/api/2/issueLinkType/{}", self.id),
        })
    }
}

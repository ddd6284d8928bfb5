//! How the entries of the catalogue look in answers.

use serde_json::{Value, json};

use crate::sandbox::jira::catalogue::{
    Choice, ISSUE_TYPES, IssueType, LinkType, Project, Status, Version,
};
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
    pub(in crate::sandbox::jira) fn full(&self, base: &str) -> Value {
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
            let components = self.components.iter();
            map.insert(
                "components".to_owned(),
                components.map(|part| component(*part, base)).collect(),
            );
            let types = ISSUE_TYPES.iter();
            map.insert(
                "issueTypes".to_owned(),
                types.map(|kind| kind.render(base)).collect(),
            );
            let versions = self.versions.iter();
            map.insert(
                "versions".to_owned(),
                versions
                    .map(|version| {
                        let mut version = version.render(base);
                        if let (Some(map), Ok(id)) =
                            (version.as_object_mut(), self.id.parse::<u64>())
                        {
                            map.insert("projectId".to_owned(), json!(id));
                        }
                        version
                    })
                    .collect(),
            );
            map.insert(
                "roles".to_owned(),
                json!({"Developers": format!("{base}/rest/api/2/project/{}/role/10001", self.id)}),
            );
        }
        project
    }
}

/// A component as issues show it.
pub(in crate::sandbox::jira) fn component((id, name): (&str, &str), base: &str) -> Value {
    json!({
        "self": format!("{base}/rest/api/2/component/{id}"),
        "id": id,
        "name": name,
    })
}

impl Version {
    /// The version as issues show it.
    pub(in crate::sandbox::jira) fn render(&self, base: &str) -> Value {
        json!({
            "self": format!("{base}/rest/api/2/version/{}", self.id),
            "id": self.id,
            "description": self.description,
            "name": self.name,
            "archived": false,
            "released": self.released,
            "releaseDate": self.release_date,
        })
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
            "statusCategory": {
                "self": format!("{base}/rest/api/2/statuscategory/{}", self.category.id),
                "id": self.category.id,
                "key": self.category.key,
                "colorName": self.category.color,
                "name": self.category.name,
            },
        })
    }

    /// Whether nothing is left to do.
    pub(in crate::sandbox::jira) fn is_done(&self) -> bool {
        self.category.key == "done"
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

//! What may be touched: which tools are on offer, and which projects and spaces are in reach.

mod query;

use std::fmt;

use crate::config::{Settings, ToolSelection};

/// The operator's limits. A client cannot widen them.
#[derive(Debug, Clone, Default)]
pub struct Policy {
    read_only: bool,
    tools: ToolSelection,
    projects: Option<Vec<String>>,
    spaces: Option<Vec<String>>,
}

/// Something that the operator's settings forbid.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Denied(String);

impl fmt::Display for Denied {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl Policy {
    /// The limits that the settings draw.
    pub fn from_settings(settings: &Settings) -> Self {
        Self {
            read_only: settings.read_only,
            tools: settings.tools.clone(),
            projects: settings.projects.clone(),
            spaces: settings.spaces.clone(),
        }
    }

    /// Names in the settings that are no tool or toolset.
    pub fn unknown_names<'a>(&'a self, tools: &[String], toolsets: &[&str]) -> Vec<&'a str> {
        let sets = self.tools.toolsets.iter().flatten();
        let sets = sets.filter(|name| !matches!(name.as_str(), "default" | "all"));
        let sets = sets.filter(|name| !toolsets.contains(&name.as_str()));
        let single = self
            .tools
            .enabled
            .iter()
            .flatten()
            .chain(&self.tools.disabled);
        let single = single.filter(|name| !tools.contains(name));
        sets.chain(single).map(String::as_str).collect()
    }

    /// Whether a tool is on offer, or why not.
    ///
    /// # Errors
    ///
    /// [`Denied`] names the setting that takes the tool away.
    pub fn tool(&self, name: &str, toolset: &str, only_reads: bool) -> Result<(), Denied> {
        if self.read_only && !only_reads {
            return Err(Denied("switched off by READ_ONLY_MODE".to_owned()));
        }
        if self.tools.disabled.iter().any(|disabled| disabled == name) {
            return Err(Denied("switched off by DISABLED_TOOLS".to_owned()));
        }
        let by_set = self.tools.toolsets.as_ref().map(|sets| {
            sets.iter()
                .any(|set| matches!(set.as_str(), "default" | "all") || set == toolset)
        });
        let by_name = self
            .tools
            .enabled
            .as_ref()
            .map(|tools| tools.iter().any(|tool| tool == name));
        match (by_set, by_name) {
            (None, None) | (Some(true), _) | (_, Some(true)) => Ok(()),
            _ => Err(Denied("not among TOOLSETS and ENABLED_TOOLS".to_owned())),
        }
    }

    /// Whether only some projects are in reach.
    pub fn limits_projects(&self) -> bool {
        self.projects.is_some()
    }

    /// Whether a project is in reach.
    ///
    /// # Errors
    ///
    /// [`Denied`] if `JIRA_PROJECTS_FILTER` leaves it out.
    pub fn project(&self, key: &str) -> Result<(), Denied> {
        within(
            self.projects.as_deref(),
            key,
            "project",
            "JIRA_PROJECTS_FILTER",
        )
    }

    /// Whether an issue is in reach, by its key. A numeric id says no project: with a filter, only
    /// keys are.
    ///
    /// # Errors
    ///
    /// As [`Policy::project`].
    pub fn issue(&self, key: &str) -> Result<(), Denied> {
        self.project(key.rsplit_once('-').map_or("", |(project, _)| project))
    }

    /// Whether a space is in reach.
    ///
    /// # Errors
    ///
    /// [`Denied`] if `CONFLUENCE_SPACES_FILTER` leaves it out.
    pub fn space(&self, key: &str) -> Result<(), Denied> {
        within(
            self.spaces.as_deref(),
            key,
            "space",
            "CONFLUENCE_SPACES_FILTER",
        )
    }

    /// A JQL query within the projects in reach.
    pub fn jql(&self, jql: &str) -> String {
        query::within("project", self.projects.as_deref(), jql)
    }

    /// A CQL query within the spaces in reach.
    pub fn cql(&self, cql: &str) -> String {
        query::within("space", self.spaces.as_deref(), cql)
    }
}

fn within(allowed: Option<&[String]>, key: &str, thing: &str, setting: &str) -> Result<(), Denied> {
    match allowed {
        Some(allowed)
            if !allowed
                .iter()
                .any(|allowed| allowed.eq_ignore_ascii_case(key)) =>
        {
            Err(Denied(format!(
                "{thing} {key} is not among {setting} ({})",
                allowed.join(", ")
            )))
        }
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(names: &[&str]) -> Vec<String> {
        names.iter().map(|name| (*name).to_owned()).collect()
    }

    fn offered(tools: ToolSelection) -> bool {
        let policy = Policy {
            tools,
            ..Policy::default()
        };
        policy.tool("jira_get_issue", "jira_issues", true).is_ok()
    }

    #[test]
    fn sets_and_names_add_up_and_denials_win() {
        let none = ToolSelection::default();
        assert!(offered(none.clone()));
        let other_set = ToolSelection {
            toolsets: Some(names(&["jira_comments"])),
            ..none
        };
        assert!(!offered(other_set.clone()));
        let and_name = ToolSelection {
            enabled: Some(names(&["jira_get_issue"])),
            ..other_set
        };
        assert!(offered(and_name.clone()));
        let but_not = ToolSelection {
            disabled: names(&["jira_get_issue"]),
            ..and_name
        };
        assert!(!offered(but_not));
    }

    #[test]
    fn read_only_leaves_reads() {
        let policy = Policy {
            read_only: true,
            ..Policy::default()
        };
        assert!(policy.tool("jira_get_issue", "jira_issues", true).is_ok());
        let denied = policy
            .tool("jira_create_issue", "jira_issues", false)
            .unwrap_err();
        assert_eq!(denied.to_string(), "switched off by READ_ONLY_MODE");
    }

    #[test]
    fn issues_of_other_projects_are_out_of_reach() {
        let policy = Policy {
            projects: Some(names(&["DEMO"])),
            ..Policy::default()
        };
        assert!(policy.issue("DEMO-1").is_ok());
        assert!(policy.issue("demo-1").is_ok());
        assert!(policy.issue("DEMOS-1").is_err());
        assert!(policy.issue("10001").is_err());
    }
}

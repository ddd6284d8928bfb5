//! What a project plans with: versions, components, boards and sprints.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde_json::{Value, json};

use crate::sandbox::jira::boards::Board;
use crate::sandbox::jira::catalogue::{PROJECTS, Project, same};
use crate::sandbox::jira::sprints::Sprint;
use crate::sandbox::people::{self, Person};

/// The plans of all projects.
#[derive(Debug, Default)]
pub(super) struct Planning {
    /// The versions in the order of each project's list.
    pub(super) versions: Vec<Version>,
    pub(super) components: Vec<Component>,
    pub(super) boards: Vec<Board>,
    pub(super) sprints: Vec<Sprint>,
    /// Colour and end of the epics that were changed, by issue id.
    pub(super) epics: BTreeMap<u64, EpicLook>,
}

/// A version of a project.
#[derive(Clone, Debug)]
pub(super) struct Version {
    pub(super) id: u64,
    pub(super) project: &'static Project,
    pub(super) name: String,
    pub(super) description: Option<String>,
    pub(super) archived: bool,
    pub(super) released: bool,
    pub(super) start: Option<NaiveDate>,
    pub(super) release: Option<NaiveDate>,
}

/// A component of a project.
#[derive(Clone, Debug)]
pub(super) struct Component {
    pub(super) id: u64,
    pub(super) project: &'static Project,
    pub(super) name: String,
    pub(super) description: Option<String>,
    pub(super) lead: Option<&'static Person>,
    pub(super) assignee_type: String,
}

/// How a board shows an epic.
#[derive(Clone, Debug)]
pub(super) struct EpicLook {
    pub(super) color: String,
    pub(super) done: bool,
}

impl Planning {
    /// The plans that the sandbox begins with.
    pub(super) fn sample() -> Planning {
        let mut planning = Planning {
            boards: Board::sample(),
            sprints: Sprint::sample(),
            ..Planning::default()
        };
        for project in PROJECTS {
            for first in project.versions {
                planning.versions.push(Version {
                    id: first.id,
                    project,
                    name: first.name.to_owned(),
                    description: Some(first.description.to_owned()),
                    archived: false,
                    released: first.released,
                    start: None,
                    release: NaiveDate::parse_from_str(first.release_date, "%Y-%m-%d").ok(),
                });
            }
            for (id, name) in project.components {
                planning.components.push(Component {
                    id: *id,
                    project,
                    name: (*name).to_owned(),
                    description: None,
                    lead: None,
                    assignee_type: "PROJECT_DEFAULT".to_owned(),
                });
            }
        }
        planning
    }

    /// A version.
    pub(super) fn version(&self, id: u64) -> Option<&Version> {
        self.versions.iter().find(|version| version.id == id)
    }

    /// A component.
    pub(super) fn component(&self, id: u64) -> Option<&Component> {
        self.components.iter().find(|component| component.id == id)
    }

    /// A sprint.
    pub(super) fn sprint(&self, id: u64) -> Option<&Sprint> {
        self.sprints.iter().find(|sprint| sprint.id == id)
    }

    /// The versions of a project.
    pub(super) fn versions_of(&self, project: &Project) -> impl Iterator<Item = &Version> {
        let key = project.key;
        let versions = self.versions.iter();
        versions.filter(move |version| version.project.key == key)
    }

    /// The components of a project.
    pub(super) fn components_of(&self, project: &Project) -> impl Iterator<Item = &Component> {
        let key = project.key;
        let components = self.components.iter();
        components.filter(move |component| component.project.key == key)
    }

    /// A version of a project, by id or name.
    pub(super) fn version_named(&self, project: &Project, wanted: &str) -> Option<&Version> {
        self.versions_of(project).find(|version| version.is(wanted))
    }

    /// A component of a project, by id or name.
    pub(super) fn component_named(&self, project: &Project, wanted: &str) -> Option<&Component> {
        self.components_of(project)
            .find(|component| component.is(wanted))
    }

    /// A sprint, by id or name.
    pub(super) fn sprint_named(&self, wanted: &str) -> Option<&Sprint> {
        self.sprints
            .iter()
            .find(|sprint| sprint.id.to_string() == wanted || same(&sprint.name, wanted))
    }

    /// The names of some versions, as the history shows them.
    pub(super) fn version_names(&self, ids: &[u64]) -> String {
        let names = ids.iter().filter_map(|id| self.version(*id));
        let names: Vec<&str> = names.map(|version| version.name.as_str()).collect();
        names.join(", ")
    }

    /// The names of some components, as the history shows them.
    pub(super) fn component_names(&self, ids: &[u64]) -> String {
        let names = ids.iter().filter_map(|id| self.component(*id));
        let names: Vec<&str> = names.map(|component| component.name.as_str()).collect();
        names.join(", ")
    }
}

impl Version {
    /// Whether this is the id or name of the version.
    pub(super) fn is(&self, wanted: &str) -> bool {
        self.id.to_string() == wanted || same(&self.name, wanted)
    }

    /// The version as issues show it.
    pub(super) fn render(&self, base: &str) -> Value {
        let mut version = json!({
            "self": format!("{base}/rest/api/2/version/{}", self.id),
            "id": self.id.to_string(),
            "name": self.name,
            "archived": self.archived,
            "released": self.released,
        });
        if let Some(map) = version.as_object_mut() {
            if let Some(description) = &self.description {
                map.insert("description".to_owned(), json!(description));
            }
            if let Some(day) = self.release {
                map.insert("releaseDate".to_owned(), json!(day.to_string()));
            }
        }
        version
    }

    /// The version as its own resource shows it.
    pub(super) fn full(&self, base: &str) -> Value {
        let mut version = self.render(base);
        if let Some(map) = version.as_object_mut() {
            let project: u64 = self.project.id.parse().unwrap_or_default();
            map.insert("projectId".to_owned(), json!(project));
            if let Some(day) = self.start {
                map.insert("startDate".to_owned(), json!(day.to_string()));
                map.insert("userStartDate".to_owned(), json!(web_day(day)));
            }
            if let Some(day) = self.release {
                map.insert("userReleaseDate".to_owned(), json!(web_day(day)));
            }
        }
        version
    }
}

impl Component {
    /// Whether this is the id or name of the component.
    pub(super) fn is(&self, wanted: &str) -> bool {
        self.id.to_string() == wanted || same(&self.name, wanted)
    }

    /// The component as issues show it.
    pub(super) fn render(&self, base: &str) -> Value {
        let mut component = json!({
            "self": format!("{base}/rest/api/2/component/{}", self.id),
            "id": self.id.to_string(),
            "name": self.name,
        });
        if let (Some(description), Some(map)) = (&self.description, component.as_object_mut()) {
            map.insert("description".to_owned(), json!(description));
        }
        component
    }

    /// The component as its own resource shows it.
    pub(super) fn full(&self, base: &str) -> Value {
        let mut component = self.render(base);
        let Some(map) = component.as_object_mut() else {
            return component;
        };
        let assignee = match self.assignee_type.as_str() {
            "COMPONENT_LEAD" => self.lead,
            "PROJECT_LEAD" => people::by_login(self.project.lead),
            _ => None,
        };
        let project: u64 = self.project.id.parse().unwrap_or_default();
        map.insert("assigneeType".to_owned(), json!(self.assignee_type));
        map.insert("realAssigneeType".to_owned(), json!(self.assignee_type));
        map.insert("isAssigneeTypeValid".to_owned(), json!(true));
        map.insert("project".to_owned(), json!(self.project.key));
        map.insert("projectId".to_owned(), json!(project));
        map.insert("archived".to_owned(), json!(false));
        map.insert("deleted".to_owned(), json!(false));
        for (name, person) in [("lead", self.lead), ("realAssignee", assignee)] {
            if let Some(person) = person {
                map.insert(name.to_owned(), person.in_jira(base));
            }
        }
        component
    }
}

/// A day as the web pages show it.
fn web_day(day: NaiveDate) -> String {
    day.format("%-d/%b/%y").to_string()
}

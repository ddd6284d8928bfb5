//! What an administrator sets up: projects, types, statuses, priorities and so on.

mod render;
mod tables;

pub(super) use tables::{
    ISSUE_TYPES, LINK_TYPES, PRIORITIES, PROJECTS, RESOLUTIONS, STARTING_STATUS, STATUSES,
    USUAL_PRIORITY,
};

/// A project.
#[derive(Debug)]
pub(super) struct Project {
    pub(super) id: &'static str,
    pub(super) key: &'static str,
    pub(super) name: &'static str,
    description: &'static str,
    pub(super) lead: &'static str,
    pub(super) category: (&'static str, &'static str),
    /// Id and name of the components that the sandbox begins with.
    pub(super) components: &'static [(u64, &'static str)],
    /// The versions that the sandbox begins with.
    pub(super) versions: &'static [FirstVersion],
}

/// A version that the sandbox begins with.
#[derive(Debug)]
pub(super) struct FirstVersion {
    pub(super) id: u64,
    pub(super) name: &'static str,
    pub(super) description: &'static str,
    pub(super) released: bool,
    pub(super) release_date: &'static str,
}

/// An issue type.
#[derive(Debug)]
pub(super) struct IssueType {
    pub(super) id: &'static str,
    pub(super) name: &'static str,
    pub(super) description: &'static str,
    pub(super) subtask: bool,
    avatar: u32,
}

/// A workflow status.
#[derive(Debug)]
pub(super) struct Status {
    pub(super) id: &'static str,
    pub(super) name: &'static str,
    description: &'static str,
    icon: &'static str,
    pub(super) category: &'static Category,
}

/// A status category.
#[derive(Debug)]
pub(super) struct Category {
    pub(super) id: u32,
    pub(super) key: &'static str,
    color: &'static str,
    pub(super) name: &'static str,
}

/// A priority, a resolution or anything else with an id, a name and a description.
#[derive(Debug)]
pub(super) struct Choice {
    pub(super) id: &'static str,
    pub(super) name: &'static str,
    description: &'static str,
    /// The colour of a priority; empty for others.
    color: &'static str,
}

/// A kind of link between issues.
#[derive(Debug)]
pub(super) struct LinkType {
    pub(super) id: &'static str,
    pub(super) name: &'static str,
    pub(super) inward: &'static str,
    pub(super) outward: &'static str,
}

/// Finds an entry by id or, in any letter case, by name.
macro_rules! finder {
    ($function:ident, $table:ident, $entry:ty) => {
        #[doc = concat!("Finds an entry of `", stringify!($table), "` by id or name.")]
        pub(super) fn $function(wanted: &str) -> Option<&'static $entry> {
            $table
                .iter()
                .find(|entry| entry.id == wanted || same(entry.name, wanted))
        }
    };
}

finder!(issue_type_named, ISSUE_TYPES, IssueType);
finder!(status_named, STATUSES, Status);
finder!(priority_named, PRIORITIES, Choice);
finder!(resolution_named, RESOLUTIONS, Choice);
finder!(link_type_named, LINK_TYPES, LinkType);

/// Finds a project by key, id or name.
pub(super) fn project_named(wanted: &str) -> Option<&'static Project> {
    PROJECTS.iter().find(|project| {
        same(project.key, wanted) || project.id == wanted || same(project.name, wanted)
    })
}

/// Whether two names are the same in any letter case.
pub(super) fn same(one: &str, other: &str) -> bool {
    one.to_lowercase() == other.to_lowercase()
}

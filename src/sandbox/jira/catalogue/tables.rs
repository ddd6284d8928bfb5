//! The entries of the catalogue.

use crate::sandbox::jira::catalogue::{
    Category, Choice, FirstVersion, IssueType, LinkType, Project, Status,
};

/// All projects.
pub(in crate::sandbox::jira) static PROJECTS: &[Project] = &[
    Project {
        id: "10000",
        key: "DEMO",
        name: "Demo Shop",
        description: "The web shop of an invented company: cart, checkout, search and accounts.",
        lead: "mfenwick",
        category: ("10000", "Products"),
        components: &[
            (10100, "Cart"),
            (10101, "Checkout"),
            (10102, "Search"),
            (10103, "Accounts"),
            (10104, "Catalogue"),
        ],
        versions: &[
            FirstVersion {
                id: 10200,
                name: "2026.1",
                description: "Winter release",
                released: true,
                release_date: "2026-02-16",
            },
            FirstVersion {
                id: 10201,
                name: "2026.2",
                description: "Spring release",
                released: true,
                release_date: "2026-05-11",
            },
            FirstVersion {
                id: 10202,
                name: "2026.3",
                description: "Summer release",
                released: false,
                release_date: "2026-08-17",
            },
        ],
    },
    Project {
        id: "10001",
        key: "INFRA",
        name: "Infrastructure",
        description: "Clusters, networks and the on-call rotation.",
        lead: "onwadike",
        category: ("10001", "Operations"),
        components: &[
            (10110, "Kubernetes"),
            (10111, "Database"),
            (10112, "Network"),
            (10113, "Monitoring"),
        ],
        versions: &[FirstVersion {
            id: 10210,
            name: "Platform 14",
            description: "Cluster generation 14",
            released: false,
            release_date: "2026-09-30",
        }],
    },
];

/// All issue types.
pub(in crate::sandbox::jira) static ISSUE_TYPES: &[IssueType] = &[
    issue_type(
        "10000",
        "Epic",
        "A large piece of work that holds others.",
        10307,
    ),
    issue_type(
        "10001",
        "Story",
        "Something that a user can do afterwards.",
        10315,
    ),
    issue_type("10002", "Task", "Work that has to be done.", 10318),
    IssueType {
        id: "10003",
        name: "Sub-task",
        description: "A part of another issue.",
        subtask: true,
        avatar: 10316,
    },
    issue_type(
        "10004",
        "Bug",
        "Something that does not work as it should.",
        10303,
    ),
    issue_type(
        "10005",
        "Incident",
        "A disturbance of a running service.",
        10308,
    ),
];

static NEW: Category = Category {
    id: 2,
    key: "new",
    color: "blue-gray",
    name: "To Do",
};
static UNDER_WAY: Category = Category {
    id: 4,
    key: "indeterminate",
    color: "yellow",
    name: "In Progress",
};
static FINISHED: Category = Category {
    id: 3,
    key: "done",
    color: "green",
    name: "Done",
};

/// The status of a new issue.
pub(in crate::sandbox::jira) static STARTING_STATUS: Status = TO_DO;

const TO_DO: Status = Status {
    id: "10000",
    name: "To Do",
    description: "Nobody has begun.",
    icon: "open",
    category: &NEW,
};

/// All statuses.
pub(in crate::sandbox::jira) static STATUSES: &[Status] = &[
    TO_DO,
    Status {
        id: "3",
        name: "In Progress",
        description: "Someone works on it at the moment.",
        icon: "inprogress",
        category: &UNDER_WAY,
    },
    Status {
        id: "10001",
        name: "In Review",
        description: "Someone else looks at the result.",
        icon: "visible",
        category: &UNDER_WAY,
    },
    Status {
        id: "10002",
        name: "Done",
        description: "Nothing is left to do.",
        icon: "closed",
        category: &FINISHED,
    },
];

/// The priority of an issue for which none was chosen.
pub(in crate::sandbox::jira) static USUAL_PRIORITY: Choice = MEDIUM;

const MEDIUM: Choice = choice("3", "Medium", "It should be done soon.", "#f79232");

/// All priorities, the most urgent first.
pub(in crate::sandbox::jira) static PRIORITIES: &[Choice] = &[
    choice("1", "Highest", "It stops everything else.", "#d04437"),
    choice("2", "High", "It hurts many people.", "#f15c75"),
    MEDIUM,
    choice("4", "Low", "It can wait.", "#707070"),
    choice("5", "Lowest", "It hardly matters.", "#999999"),
];

/// All resolutions.
pub(in crate::sandbox::jira) static RESOLUTIONS: &[Choice] = &[
    choice("10000", "Done", "The work is complete.", ""),
    choice("1", "Fixed", "A change was made and checked.", ""),
    choice("10001", "Won't Do", "Nobody is going to work on it.", ""),
    choice("10002", "Duplicate", "Another issue says the same.", ""),
    choice(
        "10003",
        "Cannot Reproduce",
        "Nobody could make it happen again.",
        "",
    ),
];

/// All kinds of links.
pub(in crate::sandbox::jira) static LINK_TYPES: &[LinkType] = &[
    LinkType {
        id: "10000",
        name: "Blocks",
        inward: "is blocked by",
        outward: "blocks",
    },
    LinkType {
        id: "10001",
        name: "Duplicate",
        inward: "is duplicated by",
        outward: "duplicates",
    },
    LinkType {
        id: "10002",
        name: "Relates",
        inward: "relates to",
        outward: "relates to",
    },
];

const fn issue_type(
    id: &'static str,
    name: &'static str,
    description: &'static str,
    avatar: u32,
) -> IssueType {
    IssueType {
        id,
        name,
        description,
        subtask: false,
        avatar,
    }
}

const fn choice(
    id: &'static str,
    name: &'static str,
    description: &'static str,
    color: &'static str,
) -> Choice {
    Choice {
        id,
        name,
        description,
        color,
    }
}

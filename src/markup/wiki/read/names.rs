//! The macros that are known by name.

use super::Dialect;

/// What may stand between the tags of a macro.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Text that is not read as markup.
    Plain,
    /// Blocks, always; without an end tag the tag is text.
    Blocks,
    /// Blocks, or parts of a line; the body may be missing.
    Rich,
    /// What is coloured.
    Color,
    /// Nothing.
    Single,
    /// A macro that is not known by name.
    Unknown,
}

/// What may stand in the macro of this name, if there can be such a macro in the dialect.
pub(super) fn kind(name: &str, dialect: Dialect) -> Option<Kind> {
    match name {
        "code" | "noformat" => Some(Kind::Plain),
        "quote" | "panel" | "expand" | "info" | "note" | "tip" | "warning" => Some(Kind::Blocks),
        "color" => Some(Kind::Color),
        "anchor" => Some(Kind::Single),
        _ if dialect == Dialect::Jira => None,
        _ if PLAIN.contains(&name) => Some(Kind::Plain),
        _ if RICH.contains(&name) => Some(Kind::Rich),
        _ if SINGLE.contains(&name) || stands_in_a_line(name) => Some(Kind::Single),
        _ => Some(Kind::Unknown),
    }
}

/// Whether a macro without a body stands in a line even if nothing else does.
pub(super) fn stands_in_a_line(name: &str) -> bool {
    IN_A_LINE.contains(&name)
}

const PLAIN: [&str; 16] = [
    "chart-data",
    "csv",
    "graphviz",
    "html",
    "javascript",
    "latex",
    "markdown",
    "mathblock",
    "mathinline",
    "plantuml",
    "script",
    "sql",
    "style",
    "table-data",
    "unescaped",
    "xslt",
];

const RICH: [&str; 18] = [
    "align",
    "card",
    "center",
    "chart",
    "cloak",
    "column",
    "composition-setup",
    "deck",
    "details",
    "div",
    "excerpt",
    "multi-excerpt",
    "section",
    "span",
    "table-plus",
    "toc-zone",
    "ul",
    "visibility",
];

const SINGLE: [&str; 35] = [
    "attachments",
    "blog-posts",
    "change-history",
    "children",
    "contentbylabel",
    "contributors",
    "contributors-summary",
    "create-from-template",
    "detailssummary",
    "excerpt-include",
    "favpages",
    "gallery",
    "include",
    "index",
    "jiraissues",
    "labels-list",
    "listlabels",
    "livesearch",
    "loremipsum",
    "multimedia",
    "navmap",
    "pagetree",
    "pagetreesearch",
    "popular-labels",
    "recently-updated",
    "related-labels",
    "roadmap",
    "rss",
    "search",
    "space-details",
    "spaces",
    "tasks-report-macro",
    "toc",
    "view-file",
    "widget",
];

const IN_A_LINE: [&str; 7] = [
    "anchor",
    "br",
    "jira",
    "page-info",
    "profile-picture",
    "status",
    "user-profile",
];

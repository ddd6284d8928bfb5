//! The table of all settings: the reader takes its names from here, the README its rows.

use std::fmt;

use Shape::{Address, Flag, Level, Names, Path, Port, Seconds, Secret, Text};

/// One setting.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Variable {
    /// The name of the variable, which is also the key in a settings file.
    pub name: &'static str,
    /// Other names with the same meaning, known from other servers.
    pub aliases: &'static [&'static str],
    /// What the value looks like.
    pub shape: Shape,
    /// What holds without it, as it would be written; nothing if `None`.
    pub default: Option<&'static str>,
    /// What it is for, in one sentence.
    pub meaning: &'static str,
}

impl Variable {
    /// All names with this meaning, ours first.
    pub fn names(&self) -> impl Iterator<Item = &'static str> + use<> {
        std::iter::once(self.name).chain(self.aliases.iter().copied())
    }
}

/// What the value of a variable looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// An address that begins with `http://` or `https://`.
    Address,
    /// Any text.
    Text,
    /// A password or token, which is never shown.
    Secret,
    /// `true` or `false`.
    Flag,
    /// Names with commas between them.
    Names,
    /// A TCP port.
    Port,
    /// A number of seconds.
    Seconds,
    /// One of the log levels.
    Level,
    /// The path of a file.
    Path,
}

impl Shape {
    /// The shape in a few words, for tables.
    pub fn describe(self) -> &'static str {
        match self {
            Self::Address => "web address",
            Self::Text => "text",
            Self::Secret => "secret",
            Self::Flag => "true or false",
            Self::Names => "comma-separated names",
            Self::Port => "1 to 65535",
            Self::Seconds => "seconds, up to 600",
            Self::Level => "error, warn, info, debug or trace",
            Self::Path => "path",
        }
    }
}

/// A product whose settings carry its prefix.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Product {
    /// Jira, prefix `JIRA_`.
    Jira,
    /// Confluence, prefix `CONFLUENCE_`.
    Confluence,
}

impl fmt::Display for Product {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Jira => "Jira",
            Self::Confluence => "Confluence",
        })
    }
}

impl Product {
    /// What the names of the product's variables begin with.
    pub fn prefix(self) -> &'static str {
        match self {
            Self::Jira => "JIRA_",
            Self::Confluence => "CONFLUENCE_",
        }
    }
}

/// All settings, in the order in which they are documented.
pub const VARIABLES: &[Variable] = &[
    row(
        "JIRA_URL",
        &["JIRA_BASE_URL"],
        Address,
        "",
        "Address of the Jira site, with its context path.",
    ),
    row(
        "JIRA_USERNAME",
        &["JIRA_EMAIL"],
        Text,
        "",
        "User name for Basic authentication with Jira.",
    ),
    row(
        "JIRA_PASSWORD",
        &["JIRA_API_TOKEN"],
        Secret,
        "",
        "Password or API token that goes with `JIRA_USERNAME`.",
    ),
    row(
        "JIRA_PERSONAL_TOKEN",
        &["JIRA_TOKEN"],
        Secret,
        "",
        "Personal access token (Jira 8.14 and later); preferred to a user name and password.",
    ),
    row(
        "JIRA_SSL_VERIFY",
        &[],
        Flag,
        "true",
        "Whether the certificate of the Jira site is checked.",
    ),
    row(
        "JIRA_CA_BUNDLE",
        &[],
        Path,
        "",
        "PEM file with further certificate authorities to trust for Jira.",
    ),
    row(
        "JIRA_CONNECT_TIMEOUT",
        &[],
        Seconds,
        "5",
        "How long to wait for a connection to Jira.",
    ),
    row(
        "JIRA_TIMEOUT",
        &[],
        Seconds,
        "30",
        "How long one request to Jira may take in all.",
    ),
    row(
        "JIRA_PROJECTS_FILTER",
        &[],
        Names,
        "",
        "The only Jira projects that may be touched, by key.",
    ),
    row(
        "CONFLUENCE_URL",
        &["CONFLUENCE_BASE_URL"],
        Address,
        "",
        "Address of the Confluence site, with its context path.",
    ),
    row(
        "CONFLUENCE_USERNAME",
        &["CONFLUENCE_EMAIL"],
        Text,
        "",
        "User name for Basic authentication with Confluence.",
    ),
    row(
        "CONFLUENCE_PASSWORD",
        &["CONFLUENCE_API_TOKEN"],
        Secret,
        "",
        "Password or API token that goes with `CONFLUENCE_USERNAME`.",
    ),
    row(
        "CONFLUENCE_PERSONAL_TOKEN",
        &["CONFLUENCE_TOKEN"],
        Secret,
        "",
        "Personal access token (Confluence 7.9 and later); preferred to a user name and password.",
    ),
    row(
        "CONFLUENCE_SSL_VERIFY",
        &[],
        Flag,
        "true",
        "Whether the certificate of the Confluence site is checked.",
    ),
    row(
        "CONFLUENCE_CA_BUNDLE",
        &[],
        Path,
        "",
        "PEM file with further certificate authorities to trust for Confluence.",
    ),
    row(
        "CONFLUENCE_CONNECT_TIMEOUT",
        &[],
        Seconds,
        "5",
        "How long to wait for a connection to Confluence.",
    ),
    row(
        "CONFLUENCE_TIMEOUT",
        &[],
        Seconds,
        "30",
        "How long one request to Confluence may take in all.",
    ),
    row(
        "CONFLUENCE_SPACES_FILTER",
        &[],
        Names,
        "",
        "The only Confluence spaces that may be touched, by key.",
    ),
    row(
        "READ_ONLY_MODE",
        &[],
        Flag,
        "false",
        "Whether everything that changes data is refused.",
    ),
    row(
        "TOOLSETS",
        &[],
        Names,
        "",
        "Sets of tools on offer, or `default`, or `all`; `ENABLED_TOOLS` adds to them.",
    ),
    row(
        "ENABLED_TOOLS",
        &[],
        Names,
        "",
        "Single tools on offer; without `TOOLSETS`, the only ones.",
    ),
    row(
        "DISABLED_TOOLS",
        &[],
        Names,
        "",
        "Tools that are never on offer, whatever the others say.",
    ),
    row(
        "SSE_HOST",
        &[],
        Text,
        "127.0.0.1",
        "Address on which the HTTP server listens.",
    ),
    row(
        "SSE_PORT",
        &[],
        Port,
        "8000",
        "Port on which the HTTP server listens.",
    ),
    row(
        "SSE_LOG_LEVEL",
        &[],
        Level,
        "info",
        "How much is logged, to standard error.",
    ),
];

/// The rows of a Markdown table of all settings, one line each, without a heading.
pub fn table() -> String {
    let mut rows = String::new();
    for variable in VARIABLES {
        let names = variable
            .names()
            .map(|name| format!("`{name}`"))
            .collect::<Vec<_>>()
            .join(", ");
        let default = variable
            .default
            .map(|text| format!("`{text}`"))
            .unwrap_or_default();
        let shape = variable.shape.describe();
        rows.push_str(&format!(
            "| {names} | {} | {shape} | {default} |\n",
            variable.meaning
        ));
    }
    rows
}

/// The variable of this name; `None` for an alias or an unknown name.
pub(super) fn named(name: &str) -> Option<&'static Variable> {
    VARIABLES.iter().find(|variable| variable.name == name)
}

/// The variable that has `name` as its name or as an alias.
pub(super) fn meant_by(name: &str) -> Option<&'static Variable> {
    VARIABLES
        .iter()
        .find(|variable| variable.names().any(|known| known == name))
}

const fn row(
    name: &'static str,
    aliases: &'static [&'static str],
    shape: Shape,
    default: &'static str,
    meaning: &'static str,
) -> Variable {
    let default = if default.is_empty() {
        None
    } else {
        Some(default)
    };
    Variable {
        name,
        aliases,
        shape,
        default,
        meaning,
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn no_name_has_two_meanings() {
        let names: Vec<_> = VARIABLES.iter().flat_map(Variable::names).collect();
        assert_eq!(names.iter().collect::<BTreeSet<_>>().len(), names.len());
    }

    #[test]
    fn both_products_have_the_same_settings_but_for_their_filters() {
        let of = |product: Product| -> BTreeSet<String> {
            VARIABLES
                .iter()
                .filter_map(|variable| variable.name.strip_prefix(product.prefix()))
                .filter(|rest| !rest.ends_with("_FILTER"))
                .map(str::to_owned)
                .collect()
        };
        assert_eq!(of(Product::Jira), of(Product::Confluence));
    }

    #[test]
    fn the_table_has_a_row_for_each_setting() {
        let table = table();
        assert_eq!(table.lines().count(), VARIABLES.len());
        insta::assert_snapshot!(
            table.lines().next().unwrap_or_default(),
            @"| `JIRA_URL`, `JIRA_BASE_URL` | Address of the Jira site, with its context path. | web address |  |"
        );
    }
}

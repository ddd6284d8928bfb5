//! The table of all settings: the reader takes its names from here, the README its rows.

use super::variables::Shape::{
    self, Address, Flag, Format, Headers, Level, Names, Path, Port, Seconds, Secret, Text,
};
use super::variables::Variable;

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
        "JIRA_SESSION_LOGIN",
        &[],
        Flag,
        "false",
        "Whether the user name and password open a session instead of going with each request.",
    ),
    row(
        "JIRA_CUSTOM_HEADERS",
        &[],
        Headers,
        "",
        "Headers that every request to Jira carries, for a proxy that asks for them.",
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
        "JIRA_CLIENT_CERT",
        &[],
        Path,
        "",
        "PEM file with the certificate that is shown to Jira, if it asks for one.",
    ),
    row(
        "JIRA_CLIENT_KEY",
        &[],
        Path,
        "",
        "PEM file with the unencrypted key of `JIRA_CLIENT_CERT`, if it is not in the same file.",
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
        "CONFLUENCE_CUSTOM_HEADERS",
        &[],
        Headers,
        "",
        "Headers that every request to Confluence carries, for a proxy that asks for them.",
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
        "CONFLUENCE_CLIENT_CERT",
        &[],
        Path,
        "",
        "PEM file with the certificate that is shown to Confluence, if it asks for one.",
    ),
    row(
        "CONFLUENCE_CLIENT_KEY",
        &[],
        Path,
        "",
        "PEM file with the unencrypted key of `CONFLUENCE_CLIENT_CERT`, if it is not in the same file.",
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
        "TEXT_FORMAT",
        &[],
        Format,
        "markdown",
        "How texts are read and written unless a call says so: as Markdown, or as they are stored, which is wiki markup in Jira and storage format in Confluence.",
    ),
    row(
        "MARK_UNTRUSTED",
        &[],
        Flag,
        "true",
        "Whether text that the users of a site wrote stands between `<untrusted>` and `</untrusted>`.",
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
    use super::*;

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

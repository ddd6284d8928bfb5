//! Tests of the rules between settings.

use std::time::Duration;

use secrecy::ExposeSecret;

use super::*;
use crate::config::variables::Shape;
use crate::config::{LogLevel, Sources, VARIABLES};

const SITE: (&str, &str) = ("JIRA_URL", "https://jira.example.com");

fn settings(variables: &[(&str, &str)]) -> Result<Settings, ConfigError> {
    Settings::read(|name| {
        variables
            .iter()
            .find(|(known, _)| *known == name)
            .map(|(_, value)| (*value).to_owned())
    })
}

fn problems(variables: &[(&str, &str)]) -> String {
    settings(variables).unwrap_err().to_string()
}

fn credentials(variables: &[(&str, &str)]) -> Credentials {
    settings(&[&[SITE], variables].concat())
        .unwrap()
        .jira
        .unwrap()
        .credentials
}

#[test]
fn an_address_alone_is_enough() {
    let settings = settings(&[SITE]).unwrap();
    assert!(settings.confluence.is_none() && !settings.read_only);
    assert!(settings.projects.is_none() && settings.spaces.is_none());
    assert_eq!(settings.tools, ToolSelection::default());
    assert_eq!(
        settings.http,
        HttpSettings {
            host: "127.0.0.1".into(),
            port: 8000,
            log_level: LogLevel::Info
        }
    );
    let jira = settings.jira.unwrap();
    assert_eq!(jira.base(), "https://jira.example.com");
    assert!(matches!(jira.credentials, Credentials::Anonymous));
    assert_eq!(jira.connect_timeout, Duration::from_secs(5));
    assert_eq!(jira.deadline, Duration::from_secs(30));
    assert_eq!(
        jira.tls,
        Tls {
            verify: true,
            ca_bundle: None,
            client: None
        }
    );
}

#[test]
fn everything_can_be_set() {
    let settings = settings(&[
        ("CONFLUENCE_BASE_URL", " https://example.com/wiki/ "),
        ("CONFLUENCE_CONNECT_TIMEOUT", "0.5"),
        ("CONFLUENCE_TIMEOUT", "60"),
        ("CONFLUENCE_SSL_VERIFY", "no"),
        ("CONFLUENCE_CA_BUNDLE", "/etc/ca.pem"),
        ("CONFLUENCE_SPACES_FILTER", "DOC, OPS"),
        ("JIRA_PROJECTS_FILTER", "PROJ"),
        ("READ_ONLY_MODE", "on"),
        ("TOOLSETS", "issues"),
        ("ENABLED_TOOLS", "one"),
        ("DISABLED_TOOLS", "two,three"),
        ("SSE_HOST", "0.0.0.0"),
        ("SSE_PORT", "9000"),
        ("SSE_LOG_LEVEL", "DEBUG"),
    ])
    .unwrap();
    insta::assert_debug_snapshot!(settings.spaces, @r#"
    Some(
        [
            "DOC",
            "OPS",
        ],
    )
    "#);
    assert_eq!(settings.projects, Some(vec!["PROJ".into()]));
    assert_eq!(settings.tools.disabled, ["two", "three"]);
    assert_eq!(settings.http.log_level, LogLevel::Debug);
    assert!(settings.read_only && settings.jira.is_none());
    let confluence = settings.confluence.unwrap();
    assert_eq!(confluence.base(), "https://example.com/wiki");
    assert_eq!(confluence.connect_timeout, Duration::from_millis(500));
    assert_eq!(
        confluence.tls,
        Tls {
            verify: false,
            ca_bundle: Some("/etc/ca.pem".into()),
            client: None
        }
    );
}

#[test]
fn a_user_name_and_a_password_go_together() {
    let Credentials::Basic { username, password } =
        credentials(&[("JIRA_EMAIL", "bob"), ("JIRA_API_TOKEN", "pa ss \n")])
    else {
        panic!("expected Basic");
    };
    assert_eq!(
        (username.as_str(), password.expose_secret()),
        ("bob", "pa ss ")
    );
    insta::assert_snapshot!(
        problems(&[SITE, ("JIRA_EMAIL", "bob")]),
        @"JIRA_EMAIL: needs JIRA_PASSWORD beside it; or set JIRA_PERSONAL_TOKEN instead"
    );
    insta::assert_snapshot!(
        problems(&[SITE, ("JIRA_API_TOKEN", "hunter2")]),
        @"JIRA_API_TOKEN: needs a user name beside it: set JIRA_USERNAME, or use JIRA_PERSONAL_TOKEN for a personal access token"
    );
}

#[test]
fn a_personal_token_is_preferred_to_whatever_else_is_set() {
    let others: [&[(&str, &str)]; 4] = [
        &[],
        &[("JIRA_USERNAME", "bob")],
        &[("JIRA_PASSWORD", "x")],
        &[("JIRA_USERNAME", "bob"), ("JIRA_PASSWORD", "x")],
    ];
    for other in others {
        let Credentials::Bearer(token) = credentials(&[&[("JIRA_TOKEN", "abc")], other].concat())
        else {
            panic!("expected Bearer beside {other:?}");
        };
        assert_eq!(token.expose_secret(), "abc");
    }
    assert!(problems(&[SITE, ("JIRA_TOKEN", "Bearer abc")]).contains("the token alone"));
}

#[test]
fn a_session_needs_a_user_name_and_a_password_and_no_token() {
    let session = ("JIRA_SESSION_LOGIN", "true");
    let login = [("JIRA_EMAIL", "bob"), ("JIRA_PASSWORD", "hunter2")];
    insta::assert_snapshot!(
        problems(&[&[SITE, session, ("JIRA_TOKEN", "abc")], &login[..]].concat()),
        @"JIRA_SESSION_LOGIN: cannot go together with JIRA_TOKEN; remove JIRA_TOKEN to log in with JIRA_USERNAME and JIRA_PASSWORD, or remove JIRA_SESSION_LOGIN to use the token"
    );
    for lacking in [&[][..], &login[..1], &login[1..]] {
        assert_eq!(
            problems(&[&[SITE, session], lacking].concat()),
            "JIRA_SESSION_LOGIN: needs both JIRA_USERNAME and JIRA_PASSWORD beside it"
        );
    }
    let Credentials::Session { username, password } =
        credentials(&[&[session], &login[..]].concat())
    else {
        panic!("expected Session");
    };
    assert_eq!(
        (username.as_str(), password.expose_secret()),
        ("bob", "hunter2")
    );
    let off = ("JIRA_SESSION_LOGIN", "false");
    assert!(matches!(
        credentials(&[off, ("JIRA_TOKEN", "abc")]),
        Credentials::Bearer(_)
    ));
}

#[test]
fn a_login_among_the_headers_stands_alone() {
    let header = ("JIRA_CUSTOM_HEADERS", "X-A=1,authorization=Bearer hunter2");
    insta::assert_snapshot!(
        problems(&[SITE, ("JIRA_TOKEN", "abc"), header]),
        @"JIRA_CUSTOM_HEADERS: sets Authorization, but other credentials are set as well; take it out, or remove the other JIRA_ credentials"
    );
    let jira = settings(&[SITE, header]).unwrap().jira.unwrap();
    assert!(matches!(jira.credentials, Credentials::Anonymous));
    let names: Vec<_> = jira.headers.iter().map(|header| &header.name).collect();
    assert_eq!(names, ["X-A", "authorization"]);
}

#[test]
fn a_certificate_and_its_key_may_share_a_file() {
    insta::assert_snapshot!(
        problems(&[SITE, ("JIRA_CLIENT_KEY", "/etc/key.pem")]),
        @"JIRA_CLIENT_KEY: needs JIRA_CLIENT_CERT beside it, the path of the PEM file with the certificate"
    );
    let certificate = ("JIRA_CLIENT_CERT", "/etc/both.pem");
    for (others, key) in [
        (&[][..], "/etc/both.pem"),
        (&[("JIRA_CLIENT_KEY", "/etc/key.pem")], "/etc/key.pem"),
    ] {
        let settings = settings(&[&[SITE, certificate], others].concat()).unwrap();
        assert_eq!(
            settings.jira.unwrap().tls.client,
            Some(ClientCertificate {
                certificate: "/etc/both.pem".into(),
                key: key.into()
            })
        );
    }
}

#[test]
fn names_of_one_meaning_must_agree() {
    assert!(settings(&[SITE, ("JIRA_BASE_URL", SITE.1)]).is_ok());
    assert!(settings(&[SITE, ("JIRA_BASE_URL", " ")]).is_ok());
    insta::assert_snapshot!(
        problems(&[SITE, ("JIRA_BASE_URL", "https://other.example.com")]),
        @"JIRA_URL: JIRA_BASE_URL is set as well, means the same and has another value; remove one of them"
    );
}

#[test]
fn at_least_one_product_must_be_set() {
    insta::assert_snapshot!(
        problems(&[("JIRA_URL", "  "), ("JIRA_TOKEN", "abc")]),
        @"JIRA_URL: neither JIRA_URL nor CONFLUENCE_URL is set; set at least one of them, or start with --demo to try it with sample data"
    );
    insta::assert_snapshot!(
        problems(&[SITE, ("CONFLUENCE_TOKEN", "abc")]),
        @"CONFLUENCE_URL: is not set, but credentials are; set it, or remove the CONFLUENCE_ credentials"
    );
}

#[test]
fn all_problems_are_reported_at_once() {
    insta::assert_snapshot!(
        problems(&[
            ("JIRA_URL", "htp:/x"),
            ("JIRA_USERNAME", "bob"),
            ("JIRA_TIMEOUT", "soon"),
            ("CONFLUENCE_SSL_VERIFY", "perhaps"),
            ("JIRA_PROJECTS_FILTER", ","),
            ("SSE_PORT", "0"),
            ("SSE_LOG_LEVEL", "loud"),
        ]),
        @r#"
    JIRA_USERNAME: needs JIRA_PASSWORD beside it; or set JIRA_PERSONAL_TOKEN instead
    JIRA_URL: "htp:/x" is not a web address; expected something like https://jira.example.com or https://example.com/jira
    JIRA_TIMEOUT: "soon" is not a time; expected a number of seconds above 0 and up to 600
    CONFLUENCE_SSL_VERIFY: "perhaps" is neither true nor false
    JIRA_PROJECTS_FILTER: names nothing; expected names with commas between them
    SSE_PORT: "0" is not a port; expected a number from 1 to 65535
    SSE_LOG_LEVEL: "loud" is not a log level; expected error, warn, info, debug or trace
    "#
    );
}

#[test]
fn file_problems_and_value_problems_come_together() {
    let error = Settings::from_sources(Sources {
        variables: |name: &str| (name == "SSE_PORT").then(|| "x".to_owned()),
        dotenv: Some((".env".into(), "hunter2".into())),
        settings_file: Some((
            "s.toml".into(),
            "[jira]\nulr = \"https://example.com\"".into(),
        )),
        read_file: &|_| unreachable!("no setting names a file"),
        run_command: &|_| unreachable!("no setting names a command"),
    })
    .unwrap_err();
    let names: Vec<_> = error
        .problems
        .iter()
        .map(|problem| problem.name.as_str())
        .collect();
    assert_eq!(names, [".env", "s.toml", "JIRA_URL", "SSE_PORT"]);
}

#[test]
fn every_default_in_the_table_can_be_read() {
    let every_default = |name: &str| {
        let variable = VARIABLES.iter().find(|variable| variable.name == name)?;
        variable.default.map(str::to_owned)
    };
    let error = Settings::read(every_default).unwrap_err();
    assert_eq!(error.problems.len(), 1, "{error}");
}

#[test]
fn secrets_are_shown_nowhere() {
    let secret = "s3cr3t-of-length-20";
    let address = format!("https://bob:{secret}@example.com");
    // Each variable in turn holds the secret, alone as well as within an address.
    for value in [secret, address.as_str()] {
        for name in VARIABLES.iter().flat_map(Variable::names) {
            // These four show what they hold on purpose: they are no place for a secret.
            let shape = variables::meant_by(name).unwrap().shape;
            if matches!(shape, Shape::Text | Shape::Names | Shape::Path) {
                continue;
            }
            let shown = match settings(&[SITE, ("CONFLUENCE_USERNAME", "bob"), (name, value)]) {
                Ok(settings) => format!("{settings:?}"),
                Err(error) => format!("{error} {error:?}"),
            };
            assert!(!shown.contains("s3cr3t"), "{name}: {shown}");
        }
    }
    let settings = settings(&[
        SITE,
        ("JIRA_TOKEN", secret),
        ("CONFLUENCE_URL", "https://example.com/wiki"),
        ("CONFLUENCE_USERNAME", "bob"),
        ("CONFLUENCE_PASSWORD", secret),
        ("CONFLUENCE_CUSTOM_HEADERS", "X-Key=s3cr3t"),
    ])
    .unwrap();
    let shown = format!("{settings:?} {settings:#?}");
    assert!(
        shown.contains("bob") && shown.contains("X-Key") && !shown.contains("s3cr3t"),
        "{shown}"
    );
}

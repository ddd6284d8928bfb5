//! In which form a secret is given: as it is, or as a file or a command that holds it.

use std::io;
use std::path::Path;

/// The form in which a variable gives its value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// The value itself.
    Value,
    /// The path of a file that holds the value.
    File,
    /// A command line that writes the value to its standard output.
    Command,
}

impl Form {
    pub(super) const ALL: [Self; 3] = [Self::Value, Self::File, Self::Command];

    /// What the names of variables in this form end in.
    pub(super) fn suffix(self) -> &'static str {
        match self {
            Self::Value => "",
            Self::File => "_FILE",
            Self::Command => "_COMMAND",
        }
    }
}

/// Where secrets are fetched from, in the hands of the caller.
#[derive(Clone, Copy)]
pub(super) struct Keepers<'a> {
    /// Reads a file.
    pub(super) read_file: &'a dyn Fn(&Path) -> io::Result<String>,
    /// Runs a command line; the error goes on after "the command".
    pub(super) run_command: &'a dyn Fn(&str) -> Result<String, String>,
}

impl Keepers<'_> {
    /// Fetches a secret that `text` gives in this form, without line ends after it.
    pub(super) fn secret(&self, form: Form, text: &str) -> Result<String, String> {
        let (keeper, fetched) = match form {
            Form::Value => return Ok(text.to_owned()),
            Form::File => {
                let fetched = (self.read_file)(Path::new(text))
                    .map_err(|error| format!("cannot be read: {error}"));
                (shown_path(text), fetched)
            }
            Form::Command => ("the command", (self.run_command)(text)),
        };
        let problem = match fetched {
            Ok(secret) if !secret.trim().is_empty() => {
                return Ok(secret.trim_end_matches(['\r', '\n']).to_owned());
            }
            Ok(_) if form == Form::File => "is empty".to_owned(),
            Ok(_) => "wrote nothing".to_owned(),
            Err(problem) => problem,
        };
        let expected = match form {
            Form::Command => "a command line that writes the secret to its standard output",
            _ => "the path of a file that holds the secret",
        };
        Err(format!("{keeper} {problem}; expected {expected}"))
    }
}

/// A path as it may be shown: a token pasted into the wrong variable does not look like one.
fn shown_path(text: &str) -> &str {
    if text.starts_with(['/', '~']) || text.contains(['.', ':', '\\']) {
        text
    } else {
        "the file"
    }
}

#[cfg(test)]
mod tests {
    use std::cell::RefCell;

    use secrecy::ExposeSecret;

    use super::*;
    use crate::config::{ConfigError, Credentials, Settings, Sources};

    const SITE: (&str, &str) = ("JIRA_URL", "https://jira.example.com");

    /// Settings of these variables and files, and what was fetched for them.
    fn fetched(
        variables: &[(&str, &str)],
        dotenv: &str,
        settings_file: &str,
    ) -> (Result<Settings, ConfigError>, Vec<String>) {
        let fetched = RefCell::new(Vec::new());
        let settings = Settings::from_sources(Sources {
            variables: |name: &str| {
                let found = variables.iter().find(|(known, _)| *known == name);
                found.map(|(_, value)| (*value).to_owned())
            },
            dotenv: Some((".env".into(), dotenv.into())),
            settings_file: Some(("settings.toml".into(), settings_file.into())),
            read_file: &|path| {
                let path = path.display().to_string();
                fetched.borrow_mut().push(path.clone());
                match path.as_str() {
                    "/run/token" => Ok("from-file\r\n\n".to_owned()),
                    "/run/password" => Ok("from file \n".to_owned()),
                    "/run/headers" => Ok("X-Key=s3cr3t,X-Team=a\n".to_owned()),
                    "/run/faulty" => Ok("X-Key=a,s3cr3t\n".to_owned()),
                    "/run/empty" => Ok("\n".to_owned()),
                    _ => Err(io::Error::from(io::ErrorKind::NotFound)),
                }
            },
            run_command: &|line| {
                fetched.borrow_mut().push(line.to_owned());
                match line {
                    "show token" => Ok("from-command\n".to_owned()),
                    "show nothing" => Ok(String::new()),
                    _ => Err("failed with exit status 3".to_owned()),
                }
            },
        });
        (settings, fetched.into_inner())
    }

    fn problems(variables: &[(&str, &str)]) -> String {
        let (settings, _) = fetched(&[&[SITE], variables].concat(), "", "");
        let error = settings.unwrap_err();
        assert!(!format!("{error} {error:?}").contains("s3cr3t"));
        error.to_string()
    }

    fn token(settings: Result<Settings, ConfigError>) -> String {
        match settings.unwrap().jira.unwrap().credentials {
            Credentials::Bearer(token) => token.expose_secret().to_owned(),
            other => panic!("expected Bearer, not {other:?}"),
        }
    }

    #[test]
    fn what_cannot_be_fetched_is_a_problem_of_its_variable() {
        insta::assert_snapshot!(
            problems(&[("JIRA_TOKEN_FILE", "/run/nowhere")]),
            @"JIRA_TOKEN_FILE: /run/nowhere cannot be read: entity not found; expected the path of a file that holds the secret"
        );
        insta::assert_snapshot!(
            problems(&[("JIRA_TOKEN_FILE", "s3cr3t")]),
            @"JIRA_TOKEN_FILE: the file cannot be read: entity not found; expected the path of a file that holds the secret"
        );
        insta::assert_snapshot!(
            problems(&[("JIRA_TOKEN_FILE", "/run/empty")]),
            @"JIRA_TOKEN_FILE: /run/empty is empty; expected the path of a file that holds the secret"
        );
        insta::assert_snapshot!(
            problems(&[("JIRA_USERNAME", "bob"), ("JIRA_PASSWORD_COMMAND", "show s3cr3t")]),
            @"JIRA_PASSWORD_COMMAND: the command failed with exit status 3; expected a command line that writes the secret to its standard output"
        );
        insta::assert_snapshot!(
            problems(&[("JIRA_CUSTOM_HEADERS_COMMAND", "show nothing")]),
            @"JIRA_CUSTOM_HEADERS_COMMAND: the command wrote nothing; expected a command line that writes the secret to its standard output"
        );
        insta::assert_snapshot!(
            problems(&[("JIRA_CUSTOM_HEADERS_FILE", "/run/faulty")]),
            @"JIRA_CUSTOM_HEADERS_FILE: pair 2 has no `=`; expected name=value pairs with commas between them, and no comma within a value"
        );
    }

    #[test]
    fn two_forms_in_one_source_are_a_problem_and_neither_is_fetched() {
        for (one, other) in [
            ("JIRA_PERSONAL_TOKEN", "JIRA_PERSONAL_TOKEN_FILE"),
            ("JIRA_PERSONAL_TOKEN", "JIRA_TOKEN_COMMAND"),
            ("JIRA_PERSONAL_TOKEN_FILE", "JIRA_PERSONAL_TOKEN_COMMAND"),
            ("JIRA_PERSONAL_TOKEN_FILE", "JIRA_TOKEN"),
        ] {
            let variables = [SITE, (one, "/run/token"), (other, "/run/token")];
            let (settings, fetched) = fetched(&variables, "", "");
            assert_eq!(
                settings.unwrap_err().to_string(),
                format!("{one}: {other} is set as well, for the same secret; remove one of them")
            );
            assert!(fetched.is_empty(), "{fetched:?}");
        }
        assert_eq!(
            problems(&[
                ("JIRA_PERSONAL_TOKEN_FILE", "/a"),
                ("JIRA_TOKEN_FILE", "/b")
            ]),
            "JIRA_PERSONAL_TOKEN_FILE: JIRA_TOKEN_FILE is set as well, means the same and has \
             another value; remove one of them"
        );
    }

    #[test]
    fn a_variable_of_another_shape_has_no_other_forms() {
        let (settings, _) = fetched(&[SITE], "", "[jira]\ntimeout_file = \"/run/token\"");
        insta::assert_snapshot!(
            settings.unwrap_err(),
            @r#"settings.toml: "jira.timeout_file" is not a setting"#
        );
        let (settings, fetched) = fetched(&[("JIRA_URL_FILE", "/run/token")], "", "");
        assert!(settings.is_err() && fetched.is_empty());
    }

    #[test]
    fn variables_and_the_settings_file_may_give_a_file_or_a_command() {
        let file = "[jira]\npersonal_token_file = \"/run/token\"";
        let (settings, fetched_for_it) = fetched(&[SITE], "", file);
        assert_eq!(token(settings), "from-file");
        assert_eq!(fetched_for_it, ["/run/token"]);
        let command = [SITE, ("JIRA_TOKEN_COMMAND", "show token")];
        let (settings, _) = fetched(&command, "", "");
        assert_eq!(token(settings), "from-command");
        let login = [
            SITE,
            ("JIRA_USERNAME", "bob"),
            ("JIRA_API_TOKEN_FILE", " /run/password "),
            ("JIRA_CUSTOM_HEADERS_FILE", "/run/headers"),
        ];
        let jira = fetched(&login, "", "").0.unwrap().jira.unwrap();
        assert_eq!(jira.headers.len(), 2);
        let Credentials::Basic { password, .. } = jira.credentials else {
            panic!("expected Basic");
        };
        assert_eq!(password.expose_secret(), "from file ");
    }

    #[test]
    fn a_stronger_source_hides_every_form_in_a_weaker_one() {
        let variables = [SITE, ("JIRA_PERSONAL_TOKEN_FILE", "/run/token")];
        let weaker = "[jira]\ntoken_command = \"false\"";
        let (settings, _) = fetched(&variables, "JIRA_TOKEN=plain", weaker);
        assert_eq!(token(settings), "from-file");
        let variables = [SITE, ("JIRA_TOKEN", "plain")];
        let weaker = "[jira]\npersonal_token_file = \"/run/token\"";
        let (settings, fetched) = fetched(&variables, "", weaker);
        assert_eq!(token(settings), "plain");
        assert!(fetched.is_empty(), "{fetched:?}");
    }

    #[test]
    fn only_what_is_used_is_fetched_and_only_once() {
        let (settings, fetched) = fetched(
            &[
                SITE,
                ("JIRA_PERSONAL_TOKEN_COMMAND", "show token"),
                ("JIRA_TOKEN_COMMAND", "show token"),
                ("JIRA_USERNAME", "bob"),
                ("JIRA_PASSWORD_COMMAND", "false"),
                ("CONFLUENCE_CUSTOM_HEADERS_COMMAND", "false"),
            ],
            "",
            "",
        );
        assert_eq!(token(settings), "from-command");
        assert_eq!(fetched, ["show token"]);
    }

    #[test]
    fn credentials_without_a_site_are_a_problem_and_are_not_fetched() {
        let (settings, fetched) =
            fetched(&[SITE, ("CONFLUENCE_TOKEN_COMMAND", "show token")], "", "");
        insta::assert_snapshot!(
            settings.unwrap_err(),
            @"CONFLUENCE_URL: is not set, but credentials are; set it, or remove the CONFLUENCE_ credentials"
        );
        assert!(fetched.is_empty(), "{fetched:?}");
    }

    #[test]
    fn a_lookup_alone_gives_plain_values() {
        let settings = Settings::read(|name| match name {
            "JIRA_URL" => Some(SITE.1.to_owned()),
            "JIRA_TOKEN" => Some("plain".to_owned()),
            "JIRA_TOKEN_FILE" => Some("/run/token".to_owned()),
            _ => None,
        });
        assert_eq!(token(settings), "plain");
    }
}

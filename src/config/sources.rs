//! Where settings come from, combined into one lookup.

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};

use super::{Problem, dotenv, file, variables};

type Lookup<'a> = dyn Fn(&str) -> Option<String> + 'a;

/// The reader of one kind of file.
type ReadFile = fn(&Path, &str) -> (BTreeMap<String, String>, Vec<Problem>);

/// Where settings come from, strongest first.
///
/// It has no `Debug`, because the texts hold secrets.
pub struct Sources<'a, F> {
    /// The variables of the process.
    pub variables: F,
    /// The path and text of a `.env` file.
    pub dotenv: Option<(PathBuf, String)>,
    /// The path and text of a TOML settings file.
    pub settings_file: Option<(PathBuf, String)>,
    /// Reads the file that `NAME_FILE` names, for each that is used.
    pub read_file: &'a dyn Fn(&Path) -> io::Result<String>,
    /// Runs the command line that `NAME_COMMAND` holds and returns its standard output.
    ///
    /// The error goes on after "the command", such as `failed with exit status 1`, and repeats
    /// neither the command line nor anything that the command wrote.
    pub run_command: &'a dyn Fn(&str) -> Result<String, String>,
}

impl<F: Fn(&str) -> Option<String>> Sources<'_, F> {
    /// One lookup over all sources, and what is wrong with those of their lines that were left out.
    ///
    /// A source that sets a variable under any of its names hides all its names in weaker sources,
    /// so that an alias in a file does not disagree with the variable that replaces it. Names that
    /// end in `_FILE` or `_COMMAND` are among them, and the lookup knows what they hold as it stands.
    pub fn lookup(self) -> (impl Fn(&str) -> Option<String>, Vec<Problem>) {
        let mut problems = Vec::new();
        let mut values = |read: ReadFile, source: Option<(PathBuf, String)>| {
            let (path, text) = source?;
            let (values, found) = read(&path, &text);
            problems.extend(found);
            Some(values)
        };
        let mut dotenv = values(dotenv::read, self.dotenv).unwrap_or_default();
        let settings_file = values(file::read, self.settings_file).unwrap_or_default();
        // An assistant starts a server in the folder that is open, and a folder may be anybody's.
        dotenv.retain(|name, _| {
            let fetches = variables::is_fetched(name);
            if fetches {
                let problem = "is not taken from .env, which comes with a folder; \
                               set it as a variable or in the settings file";
                problems.push(Problem::new(name.clone(), problem));
            }
            !fetches
        });
        let variables = self.variables;
        let lookup = move |name: &str| {
            let sources: [&Lookup<'_>; 3] =
                [&variables, &|name| dotenv.get(name).cloned(), &|name| {
                    settings_file.get(name).cloned()
                }];
            let value = |source: &Lookup<'_>, name: &str| {
                source(name).filter(|value| !value.trim().is_empty())
            };
            let strongest = sources
                .into_iter()
                .find(|source| match variables::meant_by(name) {
                    Some(variable) => variable
                        .spellings()
                        .any(|known| value(source, &known.name).is_some()),
                    None => value(source, name).is_some(),
                })?;
            value(strongest, name)
        };
        (lookup, problems)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lookup(name: &str) -> Option<String> {
        let sources = Sources {
            variables: |name: &str| match name {
                "JIRA_EMAIL" => Some("from-process".to_owned()),
                "TOOLSETS" => Some("  ".to_owned()),
                _ => None,
            },
            dotenv: Some((
                ".env".into(),
                "JIRA_USERNAME=from-dotenv\nTOOLSETS=from-dotenv\nOTHER=x".into(),
            )),
            settings_file: Some((
                "settings.toml".into(),
                "toolsets = \"from-file\"\nread_only_mode = true".into(),
            )),
            read_file: &|_| unreachable!("no lookup reads a file"),
            run_command: &|_| unreachable!("no lookup runs a command"),
        };
        let (lookup, problems) = sources.lookup();
        assert_eq!(problems, []);
        lookup(name)
    }

    #[test]
    fn process_variables_come_before_dotenv_and_that_before_the_file() {
        assert_eq!(lookup("JIRA_EMAIL").as_deref(), Some("from-process"));
        assert_eq!(lookup("TOOLSETS").as_deref(), Some("from-dotenv"));
        assert_eq!(lookup("READ_ONLY_MODE").as_deref(), Some("true"));
        assert_eq!(lookup("OTHER").as_deref(), Some("x"));
        assert_eq!(lookup("NOWHERE"), None);
    }

    #[test]
    fn a_folder_runs_no_command_and_sends_no_file() {
        for name in ["JIRA_PASSWORD_COMMAND", "CONFLUENCE_TOKEN_FILE"] {
            let sources = Sources {
                variables: |_: &str| None,
                dotenv: Some((".env".into(), format!("{name}=steal\nJIRA_USERNAME=bob\n"))),
                settings_file: None,
                read_file: &|_| unreachable!("no lookup reads a file"),
                run_command: &|_| unreachable!("no lookup runs a command"),
            };
            let (lookup, problems) = sources.lookup();
            let problems: Vec<String> = problems.iter().map(Problem::to_string).collect();
            assert_eq!(
                problems,
                [format!(
                    "{name}: is not taken from .env, which comes with a folder; \
                     set it as a variable or in the settings file"
                )]
            );
            assert_eq!(lookup(name), None);
            assert_eq!(lookup("JIRA_USERNAME").as_deref(), Some("bob"));
        }
    }

    #[test]
    fn an_alias_in_a_stronger_source_hides_the_name_in_a_weaker_one() {
        assert_eq!(lookup("JIRA_USERNAME"), None);
    }
}

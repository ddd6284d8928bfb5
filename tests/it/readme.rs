//! The README and `.env.example` against the code: the tables, the excerpt, the snippets.

use std::{collections::BTreeMap, env, fs, path::Path, process::Command};

use atlassian_bridge::{
    config::{ConfigError, Settings, Sources, VARIABLES, Variable, table},
    tools::toolsets,
};
use serde_json::Value;

const README: &str = "README.md";
const EXAMPLE: &str = ".env.example";

#[test]
fn the_tables_are_up_to_date() {
    let before = fs::read_to_string(README).unwrap();
    let settings = format!(
        "| variable | meaning | value | default |\n| --- | --- | --- | --- |\n{}",
        table()
    );
    let after = with_section(&before, "tools", &tools());
    let after = with_section(&after, "settings", &settings);
    if after == before {
        return;
    }
    let may_write = env::var("INSTA_UPDATE").as_deref() == Ok("always")
        && env::var("CI").as_deref() != Ok("true");
    assert!(
        may_write,
        "the tables in README.md are out of date; INSTA_UPDATE=always cargo test writes them"
    );
    fs::write(README, after).unwrap();
}

/// A row for each tool, by toolset.
fn tools() -> String {
    let mut rows =
        String::from("| tool | toolset | data | what it does |\n| --- | --- | --- | --- |\n");
    for toolset in toolsets() {
        let tools: BTreeMap<_, _> = toolset.router.map.iter().collect();
        for (name, route) in tools {
            let annotations = route.attr.annotations.as_ref().unwrap();
            let effect = match annotations.read_only_hint {
                Some(true) => "reads",
                _ => "writes",
            };
            let description = route.attr.description.as_deref().unwrap();
            let sentence = description.lines().next().unwrap();
            rows.push_str(&format!(
                "| `{name}` | `{}` | {effect} | {sentence} |\n",
                toolset.name
            ));
        }
    }
    rows
}

/// The text with another content between the two markers of a section.
fn with_section(text: &str, name: &str, content: &str) -> String {
    let (before, rest) = text.split_once(&format!("<!-- {name} -->\n")).unwrap();
    let (_, after) = rest.split_once(&format!("<!-- /{name} -->\n")).unwrap();
    format!("{before}<!-- {name} -->\n{content}<!-- /{name} -->\n{after}")
}

#[test]
fn the_excerpt_is_what_the_first_command_prints() {
    let readme = fs::read_to_string(README).unwrap();
    let commands = blocks(&readme, "sh").remove(0);
    let (program, arguments) = commands
        .lines()
        .next()
        .and_then(|line| line.split_once(" -- "))
        .unwrap();
    assert_eq!(program, "cargo run --release");
    let output = Command::new(env!("CARGO_BIN_EXE_atlassian-bridge"))
        .args(arguments.split(' '))
        .output()
        .unwrap();
    assert!(output.status.success(), "{output:?}");
    let output = String::from_utf8(output.stdout).unwrap();
    let mut rest = output.as_str();
    for part in blocks(&readme, "text").remove(0).split("…\n") {
        let start = rest
            .find(part)
            .unwrap_or_else(|| panic!("not in this order in the output:\n{part}"));
        rest = &rest[start + part.len()..];
    }
}

#[test]
fn the_client_snippets_set_variables_that_exist() {
    let readme = fs::read_to_string(README).unwrap();
    let snippets = blocks(&readme, "json");
    assert_eq!(snippets.len(), 3);
    for snippet in snippets {
        let snippet: Value = serde_json::from_str(&snippet).unwrap();
        let servers = snippet.get("mcpServers").or(snippet.get("servers"));
        let server = &servers.unwrap()["atlassian"];
        let environment = server["env"].as_object().unwrap();
        let settings =
            Settings::read(|name| Some(environment.get(name)?.as_str().unwrap().to_owned()));
        assert!(settings.is_ok(), "{settings:?}");
        for name in environment.keys() {
            assert!(names().contains(&name.as_str()), "{name}");
        }
    }
}

#[test]
fn the_settings_file_is_read_as_it_stands() {
    let readme = fs::read_to_string(README).unwrap();
    let file = blocks(&readme, "toml").remove(0);
    let settings = from_files(None, Some(&file)).unwrap();
    assert!(settings.read_only && settings.jira.is_some() && settings.confluence.is_some());
    assert_eq!(settings.projects.unwrap(), ["DEMO", "INFRA"]);
}

#[test]
fn the_env_example_has_every_setting() {
    let example = fs::read_to_string(EXAMPLE).unwrap();
    let assigned = |line: &str| -> Option<String> {
        let (name, _) = line.trim_start_matches('#').split_once('=')?;
        (!name.contains(' ')).then(|| name.to_owned())
    };
    let ours: Vec<&str> = VARIABLES.iter().map(|variable| variable.name).collect();
    let mut found: Vec<String> = example.lines().filter_map(assigned).collect();
    let mut expected = ours.clone();
    found.sort();
    expected.sort_unstable();
    assert_eq!(found, expected);
    for alias in names().iter().filter(|name| !ours.contains(name)) {
        assert!(example.contains(&format!("({alias})")), "{alias}");
    }
}

#[test]
fn the_env_example_is_valid_with_and_without_its_comments() {
    let example = fs::read_to_string(EXAMPLE).unwrap();
    let plain = from_files(Some(&example), None).unwrap();
    assert!(plain.jira.is_some() && plain.confluence.is_some() && !plain.read_only);
    let all: String = example
        .lines()
        .map(|line| match line.strip_prefix('#') {
            Some(setting) if !setting.starts_with(' ') => format!("{setting}\n"),
            _ => format!("{line}\n"),
        })
        .collect();
    assert!(from_files(Some(&all), None).unwrap().read_only);
}

fn from_files(dotenv: Option<&str>, settings_file: Option<&str>) -> Result<Settings, ConfigError> {
    let file =
        |name: &str, text: Option<&str>| Some((Path::new(name).to_owned(), text?.to_owned()));
    Settings::from_sources(Sources {
        variables: |_: &str| None,
        dotenv: file(".env", dotenv),
        settings_file: file("config.toml", settings_file),
        read_file: &|_| unreachable!("no example names a file"),
        run_command: &|_| unreachable!("no example names a command"),
    })
}

/// The names of all variables, aliases included.
fn names() -> Vec<&'static str> {
    VARIABLES.iter().flat_map(Variable::names).collect()
}

/// The code blocks of a language.
fn blocks(readme: &str, language: &str) -> Vec<String> {
    let opening = format!("```{language}\n");
    let rest = readme.split(&opening).skip(1);
    rest.map(|rest| rest.split("```").next().unwrap().to_owned())
        .collect()
}

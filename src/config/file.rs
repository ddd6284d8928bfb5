//! The text of a TOML settings file, flattened to the names of the variables.
//!
//! `[jira] url = "..."` becomes `JIRA_URL`, a key at the top such as `read_only_mode` becomes
//! `READ_ONLY_MODE`, and a list becomes names with commas between them.

use std::collections::BTreeMap;
use std::path::Path;

use toml::{Table, Value};

use super::variables::{self, Product, Variable};
use super::{Problem, VARIABLES};

/// Reads a settings file; a key that is no setting is a problem.
pub(super) fn read(path: &Path, text: &str) -> (BTreeMap<String, String>, Vec<Problem>) {
    let mut values = BTreeMap::new();
    let messages = match text
        .strip_prefix('\u{feff}')
        .unwrap_or(text)
        .parse::<Table>()
    {
        Ok(table) => {
            let mut messages = Vec::new();
            flatten("", &table, &mut values, &mut messages);
            messages
        }
        Err(error) => vec![syntax_message(text, &error)],
    };
    let name = path.display().to_string();
    (
        values,
        messages
            .into_iter()
            .map(|message| Problem::new(name.clone(), message))
            .collect(),
    )
}

fn flatten(
    above: &str,
    table: &Table,
    values: &mut BTreeMap<String, String>,
    messages: &mut Vec<String>,
) {
    for (key, value) in table {
        let key = if above.is_empty() {
            key.clone()
        } else {
            format!("{above}.{key}")
        };
        if let Value::Table(inner) = value {
            flatten(&key, inner, values, messages);
            continue;
        }
        let name = variable_name(&key);
        if variables::meant_by(&name).is_none() {
            messages.push(unknown(&key, &name));
            continue;
        }
        let Some(text) = text_of(value) else {
            messages.push(format!(
                "\"{key}\" must be a text, a number, true or false, or a list of texts without commas"
            ));
            continue;
        };
        if values.insert(name, text).is_some() {
            messages.push(format!("\"{key}\" is set twice, in two spellings"));
        }
    }
}

fn variable_name(key: &str) -> String {
    key.replace(['.', '-'], "_").to_ascii_uppercase()
}

fn text_of(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Integer(number) => Some(number.to_string()),
        Value::Float(number) => Some(number.to_string()),
        Value::Boolean(flag) => Some(flag.to_string()),
        Value::Array(items) => {
            let items: Option<Vec<&str>> = items
                .iter()
                .map(|item| item.as_str().filter(|text| !text.contains(',')))
                .collect();
            // An empty list must not look like an unset value: a lone comma is a list of nothing.
            items.map(|items| {
                if items.is_empty() {
                    ",".to_owned()
                } else {
                    items.join(",")
                }
            })
        }
        Value::Datetime(_) | Value::Table(_) => None,
    }
}

/// The place and kind of a syntax error; its own display would repeat the line with its secrets.
fn syntax_message(text: &str, error: &toml::de::Error) -> String {
    let before = error
        .span()
        .and_then(|span| text.get(..span.start))
        .unwrap_or_default();
    format!(
        "line {} is not valid TOML: {}",
        before.matches('\n').count() + 1,
        error.message()
    )
}

fn unknown(key: &str, name: &str) -> String {
    let closest = VARIABLES
        .iter()
        .flat_map(Variable::spellings)
        .map(|known| (distance(name, &known.name), known.name))
        .min()
        .filter(|(distance, _)| *distance <= 1 + name.len() / 5);
    match closest {
        Some((_, known)) => {
            format!(
                "\"{key}\" is not a setting; did you mean \"{}\"?",
                key_of(&known)
            )
        }
        None => format!("\"{key}\" is not a setting"),
    }
}

/// The key under which a variable is written in a settings file.
fn key_of(name: &str) -> String {
    let key = name.to_ascii_lowercase();
    for table in [Product::Jira.prefix(), Product::Confluence.prefix(), "SSE_"] {
        if let Some(rest) = name.strip_prefix(table) {
            let table = table.trim_end_matches('_').to_ascii_lowercase();
            return format!("{table}.{}", rest.to_ascii_lowercase());
        }
    }
    key
}

/// How many letters must be put in, taken out or replaced to get from one word to the other.
fn distance(one: &str, other: &str) -> usize {
    let mut row: Vec<usize> = (0..=other.chars().count()).collect();
    for (above, letter) in (1..).zip(one.chars()) {
        let mut left = above;
        let mut next = vec![left];
        for (letters, other_letter) in row.windows(2).zip(other.chars()) {
            let [diagonal, up] = letters else { continue };
            left = (diagonal + usize::from(letter != other_letter))
                .min(up + 1)
                .min(left + 1);
            next.push(left);
        }
        row = next;
    }
    row.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problems_of(text: &str) -> String {
        let (_, problems) = read(Path::new("settings.toml"), text);
        problems
            .iter()
            .map(Problem::to_string)
            .collect::<Vec<_>>()
            .join("\n")
    }

    #[test]
    fn tables_and_lists_are_flattened() {
        let (values, problems) = read(
            Path::new("settings.toml"),
            "read_only_mode = true\njira_url = \"https://a.example.com\"\n\
             disabled-tools = [\"one\", \"two\"]\n\
             [jira]\ntimeout = 2.5\nprojects_filter = []\n[sse]\nport = 9000\n",
        );
        assert_eq!(problems, []);
        insta::assert_debug_snapshot!(values, @r#"
        {
            "DISABLED_TOOLS": "one,two",
            "JIRA_PROJECTS_FILTER": ",",
            "JIRA_TIMEOUT": "2.5",
            "JIRA_URL": "https://a.example.com",
            "READ_ONLY_MODE": "true",
            "SSE_PORT": "9000",
        }
        "#);
    }

    #[test]
    fn an_unknown_key_gets_the_closest_known_one() {
        insta::assert_snapshot!(
            problems_of("read_onyl_mode = true\ncolour = 1\n[jira]\nulr = \"x\"\ntokn_file = \"x\"\n[confluence]\nurl.a = 1\n"),
            @r#"
        settings.toml: "colour" is not a setting
        settings.toml: "confluence.url.a" is not a setting; did you mean "confluence.url"?
        settings.toml: "jira.tokn_file" is not a setting; did you mean "jira.token_file"?
        settings.toml: "jira.ulr" is not a setting; did you mean "jira.url"?
        settings.toml: "read_onyl_mode" is not a setting; did you mean "read_only_mode"?
        "#
        );
    }

    #[test]
    fn odd_values_are_problems() {
        insta::assert_snapshot!(
            problems_of("toolsets = [\"a,b\"]\nenabled_tools = [1]\njira_url = \"a\"\n[jira]\nurl = \"b\"\ntimeout = 2020-01-01\n"),
            @r#"
        settings.toml: "enabled_tools" must be a text, a number, true or false, or a list of texts without commas
        settings.toml: "jira.timeout" must be a text, a number, true or false, or a list of texts without commas
        settings.toml: "jira_url" is set twice, in two spellings
        settings.toml: "toolsets" must be a text, a number, true or false, or a list of texts without commas
        "#
        );
    }

    #[test]
    fn a_syntax_error_does_not_repeat_the_line() {
        for text in [
            "[jira]\npersonal_token = hunter2\n",
            "[jira]\npassword = \"hunter2\n",
            "[jira]\npassword = \"hunter2\" hunter2\n",
            "[jira]\npassword = \"hunter2\\q\"\n",
            "[jira]\nhunter2\n",
        ] {
            let message = problems_of(text);
            assert!(
                message.starts_with("settings.toml: line 2 is not valid TOML: "),
                "{message}"
            );
            assert!(!message.contains("hunter2"), "{message}");
        }
    }
}

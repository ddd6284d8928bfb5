//! Checks that arguments of several tools share.

use serde::{Deserialize, Deserializer};

use crate::tools::ToolError;

/// The most results that one call returns.
pub(super) const MAXIMUM_RESULTS: i64 = 200;

/// A number of results.
pub(super) fn count(name: &str, value: i64) -> Result<i64, ToolError> {
    if (1..=MAXIMUM_RESULTS).contains(&value) {
        return Ok(value);
    }
    let problem = format!(
        "must be 1 to {MAXIMUM_RESULTS}, not {value}; read on with the start of the next page"
    );
    Err(ToolError::argument(name, &problem))
}

/// Where a page of results starts.
pub(super) fn start(name: &str, value: i64) -> Result<i64, ToolError> {
    if value >= 0 {
        return Ok(value);
    }
    Err(ToolError::argument(
        name,
        &format!("must be 0 or more, not {value}"),
    ))
}

/// The id of a page, which is a number.
pub(super) fn content_id<'a>(name: &str, value: &'a str) -> Result<&'a str, ToolError> {
    let id = value.trim();
    if !id.is_empty() && id.chars().all(|character| character.is_ascii_digit()) {
        return Ok(id);
    }
    Err(ToolError::argument(
        name,
        "must be a number such as 123456, from the page's address or from confluence_search_pages",
    ))
}

/// A text that must say something.
pub(super) fn filled<'a>(name: &str, value: &'a str) -> Result<&'a str, ToolError> {
    let value = value.trim();
    if value.is_empty() {
        return Err(ToolError::argument(name, "must not be empty"));
    }
    Ok(value)
}

/// The key of a project or space.
pub(super) fn key<'a>(name: &str, value: &'a str) -> Result<&'a str, ToolError> {
    let key = value.trim();
    let is_plain =
        |character: char| character.is_alphanumeric() || matches!(character, '_' | '~' | '-' | '.');
    if !key.is_empty()
        && key.chars().all(is_plain)
        && !key.chars().all(|character| character == '.')
    {
        return Ok(key);
    }
    Err(ToolError::argument(name, "must be a key such as DEMO"))
}

/// The key or numeric id of an issue.
pub(super) fn issue_key(value: &str) -> Result<&str, ToolError> {
    let key = value.trim();
    let is_number = |text: &str| !text.is_empty() && text.chars().all(|c| c.is_ascii_digit());
    let is_project = |text: &str| {
        text.starts_with(|c: char| c.is_ascii_alphabetic())
            && text.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
    };
    let is_key = key
        .rsplit_once('-')
        .is_some_and(|(project, number)| is_project(project) && is_number(number));
    if is_key || is_number(key) {
        return Ok(key);
    }
    Err(ToolError::argument(
        "issue_key",
        "must be a key such as PROJ-123; use jira_search_issues to find one",
    ))
}

/// Reads a list that a model may also write as one text with commas.
pub(super) fn names<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<String>, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Names {
        List(Vec<String>),
        Text(String),
        Nothing(()),
    }
    let names = match Names::deserialize(deserializer)? {
        Names::List(names) => names,
        Names::Text(text) => text.split(',').map(str::to_owned).collect(),
        Names::Nothing(()) => Vec::new(),
    };
    let names = names.iter().map(|name| name.trim().to_owned());
    Ok(names.filter(|name| !name.is_empty()).collect())
}

/// Reads an id that a model may also write as a number.
pub(super) fn id<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Id {
        Text(String),
        Number(u64),
    }
    Ok(match Id::deserialize(deserializer)? {
        Id::Text(text) => text,
        Id::Number(number) => number.to_string(),
    })
}

/// As [`id`], where none is needed.
pub(super) fn optional_id<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<String>, D::Error> {
    #[derive(Deserialize)]
    struct Wrapped(#[serde(deserialize_with = "id")] String);
    Ok(Option::<Wrapped>::deserialize(deserializer)?.map(|Wrapped(id)| id))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_and_ids_have_a_shape() {
        for good in ["DEMO-1", " A1_B-99 ", "10001"] {
            assert!(issue_key(good).is_ok(), "{good}");
        }
        for bad in [
            "",
            "..",
            "DEMO",
            "DEMO-",
            "-1",
            "A/B-1",
            "DEMO-1/../x",
            "a\\b-1",
            "DEMO-1\\..\\X-2",
        ] {
            assert!(issue_key(bad).is_err(), "{bad}");
        }
        for bad in ["", "..", "12a", "-1", "1/2"] {
            assert!(content_id("page_id", bad).is_err(), "{bad}");
        }
        for bad in ["", "..", "A/B", "A B"] {
            assert!(key("space_key", bad).is_err(), "{bad}");
        }
        assert!(key("space_key", "~ada").is_ok());
    }
}

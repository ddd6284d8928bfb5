//! The server's own words in a refusal.

use std::{collections::BTreeMap, fmt};

use serde::Deserialize;
use serde_json::Value;

/// The longest text of a server that an error repeats, in characters.
const MAXIMUM_LENGTH: usize = 600;

/// What a refusal says: about the whole request and about single fields.
///
/// The words come from the server and may repeat what strangers wrote there. They are made plain:
/// no markup, no control characters, cut at 600 characters.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Messages {
    /// About the request.
    pub general: Vec<String>,
    /// About a field, by its name.
    pub fields: BTreeMap<String, String>,
}

/// All the shapes in which refusals come: Jira's error collection, Confluence's REST error, and
/// the plain `message` of the layers before them.
#[derive(Deserialize, Default)]
#[serde(default, rename_all = "camelCase")]
struct Body {
    error_messages: Value,
    errors: Value,
    message: Value,
    data: Value,
}

impl Messages {
    /// Whether the refusal said nothing in the product's own shapes.
    pub fn is_empty(&self) -> bool {
        self.general.is_empty() && self.fields.is_empty()
    }

    /// Reads the body of a refusal. A web page has no words for us.
    pub(super) fn read(body: &[u8]) -> Self {
        let Ok(body) = serde_json::from_slice::<Body>(body) else {
            return Self::default();
        };
        let mut general: Vec<String> = Vec::new();
        let details = body.data.get("errors").and_then(Value::as_array);
        let details = details.into_iter().flatten().filter_map(detail);
        let texts = body
            .error_messages
            .as_array()
            .into_iter()
            .flatten()
            .chain([&body.error_messages, &body.message])
            .filter_map(Value::as_str);
        for text in texts.map(str::to_owned).chain(details) {
            let text = plain(&text);
            if !text.is_empty() && !general.contains(&text) {
                general.push(text);
            }
        }
        let fields = body.errors.as_object().into_iter().flatten();
        let fields = fields.map(|(name, problem)| {
            let problem = problem
                .as_str()
                .map_or_else(|| problem.to_string(), str::to_owned);
            (plain(name), plain(&problem))
        });
        Self {
            general,
            fields: fields.collect(),
        }
    }
}

/// Confluence's details: `{"message": {"translation": ..., "key": ...}}`.
fn detail(error: &Value) -> Option<String> {
    let message = error.get("message")?;
    let text = message.get("translation").or_else(|| message.get("key"));
    text.unwrap_or(message).as_str().map(str::to_owned)
}

impl fmt::Display for Messages {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let fields = self
            .fields
            .iter()
            .map(|(name, problem)| format!("{name}: {problem}"));
        let all: Vec<String> = self.general.iter().cloned().chain(fields).collect();
        if all.is_empty() {
            return Ok(());
        }
        write!(formatter, ": {}", all.join("; "))
    }
}

/// Whether a body is HTML or XML rather than JSON.
pub(super) fn is_web_page(body: &[u8]) -> bool {
    let text = body.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(body);
    text.iter().find(|byte| !byte.is_ascii_whitespace()) == Some(&b'<')
}

/// One line without tags and control characters, and without the Java class that Confluence puts
/// before its words.
pub(super) fn plain(text: &str) -> String {
    let mut plain = String::new();
    let mut rest = match text.split_once(": ") {
        Some((class, words)) if class.ends_with("Exception") && !class.contains(' ') => words,
        _ => text,
    };
    while let Some(start) = rest.find('<') {
        let (before, tag) = rest.split_at(start);
        plain.push_str(before);
        // Only what looks like a tag is one: `a < b` stays.
        let is_tag = tag
            .chars()
            .nth(1)
            .is_some_and(|next| next.is_ascii_alphabetic() || next == '/');
        if !is_tag {
            plain.push('<');
            rest = tag.get(1..).unwrap_or("");
            continue;
        }
        rest = tag;
        match tag.find('>') {
            Some(end) => rest = tag.get(end + 1..).unwrap_or(""),
            // Nor does any tag after it end.
            None => break,
        }
    }
    plain.push_str(rest);
    let words: Vec<&str> = plain
        .split(|c: char| c.is_whitespace() || c.is_control())
        .filter(|word| !word.is_empty())
        .collect();
    let mut line: String = words.join(" ").trim_end_matches('.').to_owned();
    if let Some((end, _)) = line.char_indices().nth(MAXIMUM_LENGTH) {
        line.truncate(end);
        line.push('…');
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(body: &str) -> String {
        Messages::read(body.as_bytes()).to_string()
    }

    #[test]
    fn jira_names_the_fields() {
        assert_eq!(
            read(
                r#"{"errorMessages":["Not so."],"errors":{"summary":"You must specify a summary of the issue."}}"#
            ),
            ": Not so; summary: You must specify a summary of the issue"
        );
    }

    #[test]
    fn confluence_says_it_in_details() {
        assert_eq!(
            read(
                r#"{"statusCode":400,"data":{"errors":[{"message":{"translation":"Too long"}}]},"message":"Bad title"}"#
            ),
            ": Bad title; Too long"
        );
    }

    #[test]
    fn a_java_class_is_no_word_and_what_is_said_twice_is_said_once() {
        assert_eq!(
            read(
                r#"{"message":"com.example.BadRequestException: Could not parse cql: x","data":{"errors":[{"message":{"translation":"Could not parse cql: x"}}]}}"#
            ),
            ": Could not parse cql: x"
        );
    }

    #[test]
    fn words_in_the_wrong_place_are_words() {
        for body in [
            r#"{"errorMessages":null,"errors":{"summary":"Too long"}}"#,
            r#"{"errorMessages":null,"errors":null,"message":"summary: Too long"}"#,
            r#"{"errorMessages":"summary: Too long"}"#,
        ] {
            assert_eq!(read(body), ": summary: Too long", "{body}");
        }
    }

    #[test]
    fn web_pages_and_nonsense_have_no_words() {
        for body in ["<html>401</html>", "", "null", "[1]", r#"{"errors":7}"#] {
            assert_eq!(read(body), "", "{body}");
        }
    }

    #[test]
    fn words_are_made_plain() {
        assert_eq!(
            read(r#"{"message":"<b>No</b>\u0007\n a < b <a href='x'>x</a>."}"#),
            ": No a < b x"
        );
    }

    #[test]
    fn a_page_is_known_by_its_first_sign() {
        assert!(is_web_page(b"\n <!DOCTYPE html>"));
        assert!(!is_web_page(b" {\"a\": \"<html>\"}"));
    }
}

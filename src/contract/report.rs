//! What became of the checks: as lines for people, as JSON for programs, as JUnit XML for CI.

use quick_xml::{
    Writer,
    events::{BytesEnd, BytesStart, BytesText, Event},
};
use serde_json::{Value, json};

use crate::contract::Difference;

/// What became of one check.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// The answer is as documented.
    Conforms,
    /// The answer is not as documented.
    Differs(Vec<Difference>),
    /// The server does not have the operation.
    Missing,
    /// The check was not made, and why.
    Skipped(String),
}

/// A check and what became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// The file, entry or request.
    pub source: String,
    /// The document and the operation, where they are known.
    pub operation: Option<(String, String)>,
    /// What became of it.
    pub verdict: Verdict,
}

/// The form of a report.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Format {
    /// A line for each check.
    #[default]
    Text,
    /// One JSON document.
    Json,
    /// JUnit XML.
    Junit,
}

/// Whether an answer was not as documented.
pub fn has_differences(outcomes: &[Outcome]) -> bool {
    let mut verdicts = outcomes.iter().map(|outcome| &outcome.verdict);
    verdicts.any(|verdict| matches!(verdict, Verdict::Differs(_)))
}

/// The report in this form, without a line end after it.
pub fn render(outcomes: &[Outcome], format: Format) -> String {
    match format {
        Format::Text => {
            let lines: Vec<String> = outcomes.iter().map(line).collect();
            lines.join("\n")
        }
        Format::Json => format!("{:#}", as_json(outcomes)),
        Format::Junit => junit(outcomes),
    }
}

/// How many checks came to what, in one line.
pub fn summary(outcomes: &[Outcome]) -> String {
    let count = |word: &str| {
        let of_kind = outcomes
            .iter()
            .filter(|outcome| self::word(outcome) == word);
        of_kind.count()
    };
    format!(
        "{} as documented, {} differ, {} missing, {} skipped",
        count("ok"),
        count("differs"),
        count("missing"),
        count("skipped")
    )
}

fn word(outcome: &Outcome) -> &'static str {
    match outcome.verdict {
        Verdict::Conforms => "ok",
        Verdict::Differs(_) => "differs",
        Verdict::Missing => "missing",
        Verdict::Skipped(_) => "skipped",
    }
}

fn line(outcome: &Outcome) -> String {
    let (word, source) = (word(outcome), &outcome.source);
    match &outcome.verdict {
        Verdict::Conforms | Verdict::Missing => format!("{word} {source}"),
        Verdict::Skipped(why) => format!("{word} {source}: {why}"),
        Verdict::Differs(differences) => match differences.as_slice() {
            [] => format!("{word} {source}"),
            [only] => format!("{word} {source} {only}"),
            [first, others @ ..] => {
                format!("{word} {source} {first} (and {} more)", others.len())
            }
        },
    }
}

fn as_json(outcomes: &[Outcome]) -> Value {
    let each = outcomes.iter().map(|outcome| {
        let (document, operation) = match &outcome.operation {
            Some((document, operation)) => (json!(document), json!(operation)),
            None => (Value::Null, Value::Null),
        };
        let differences = match &outcome.verdict {
            Verdict::Differs(differences) => differences.as_slice(),
            _ => &[],
        };
        let why = match &outcome.verdict {
            Verdict::Skipped(why) => json!(why),
            _ => Value::Null,
        };
        let differences = differences
            .iter()
            .map(|difference| json!({"pointer": difference.pointer, "what": difference.what, "lost": difference.lost}));
        json!({
            "source": outcome.source,
            "document": document,
            "operation": operation,
            "verdict": word(outcome),
            "why": why,
            "differences": differences.collect::<Vec<_>>(),
        })
    });
    json!({
        "conforms": !has_differences(outcomes),
        "results": each.collect::<Vec<_>>(),
    })
}

fn junit(outcomes: &[Outcome]) -> String {
    let mut writer = Writer::new_with_indent(Vec::new(), b' ', 1);
    // Writing to memory does not fail.
    let _ = write_suite(&mut writer, outcomes);
    let xml = String::from_utf8_lossy(&writer.into_inner()).into_owned();
    format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n{xml}")
}

fn write_suite(writer: &mut Writer<Vec<u8>>, outcomes: &[Outcome]) -> std::io::Result<()> {
    let count = |words: &[&str]| {
        let of_kind = outcomes
            .iter()
            .filter(|outcome| words.contains(&word(outcome)));
        of_kind.count().to_string()
    };
    let mut suite = BytesStart::new("testsuite");
    suite.push_attribute(("name", "contract"));
    suite.push_attribute(("tests", outcomes.len().to_string().as_str()));
    suite.push_attribute(("failures", count(&["differs"]).as_str()));
    suite.push_attribute(("skipped", count(&["missing", "skipped"]).as_str()));
    writer.write_event(Event::Start(suite))?;
    for outcome in outcomes {
        write_case(writer, outcome)?;
    }
    writer.write_event(Event::End(BytesEnd::new("testsuite")))
}

fn write_case(writer: &mut Writer<Vec<u8>>, outcome: &Outcome) -> std::io::Result<()> {
    let class = match &outcome.operation {
        Some((document, operation)) => format!("{document}.{operation}"),
        None => "contract".to_owned(),
    };
    let mut case = BytesStart::new("testcase");
    case.push_attribute(("classname", class.as_str()));
    case.push_attribute(("name", printable(&outcome.source).as_str()));
    let (element, message, text) = match &outcome.verdict {
        Verdict::Conforms => return writer.write_event(Event::Empty(case)),
        Verdict::Differs(differences) => {
            let lines: Vec<String> = differences.iter().map(Difference::to_string).collect();
            let first = lines.first().cloned().unwrap_or_default();
            ("failure", first, lines.join("\n"))
        }
        Verdict::Missing => (
            "skipped",
            "the server does not have it".into(),
            String::new(),
        ),
        Verdict::Skipped(why) => ("skipped", why.clone(), String::new()),
    };
    writer.write_event(Event::Start(case))?;
    let mut inner = BytesStart::new(element);
    inner.push_attribute(("message", printable(&message).as_str()));
    writer.write_event(Event::Start(inner))?;
    writer.write_event(Event::Text(BytesText::new(&printable(&text))))?;
    writer.write_event(Event::End(BytesEnd::new(element)))?;
    writer.write_event(Event::End(BytesEnd::new("testcase")))
}

/// Without the control characters that XML cannot hold.
fn printable(text: &str) -> String {
    let is_allowed = |c: &char| !c.is_control() || matches!(c, '\n' | '\t');
    text.chars().filter(is_allowed).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn outcomes() -> Vec<Outcome> {
        let outcome = |source: &str, verdict| Outcome {
            source: source.to_owned(),
            operation: Some(("jira-8".to_owned(), "get_issue".to_owned())),
            verdict,
        };
        let difference = |pointer, what| Difference::at(pointer, what);
        vec![
            outcome("a.json", Verdict::Conforms),
            outcome(
                "<b>.json",
                Verdict::Differs(vec![
                    difference("/id", "is a \"list\""),
                    difference("", "is & was\u{7}"),
                ]),
            ),
            outcome("c.json", Verdict::Missing),
            Outcome {
                source: "d.json".to_owned(),
                operation: None,
                verdict: Verdict::Skipped("is no documented operation".to_owned()),
            },
        ]
    }

    #[test]
    fn people_get_a_line_for_each() {
        insta::assert_snapshot!(render(&outcomes(), Format::Text), @r#"
        ok a.json
        differs <b>.json /id: is a "list" (and 1 more)
        missing c.json
        skipped d.json: is no documented operation
        "#);
        assert_eq!(
            summary(&outcomes()),
            "1 as documented, 1 differ, 1 missing, 1 skipped"
        );
    }

    #[test]
    fn continuous_integration_gets_xml() {
        insta::assert_snapshot!(render(&outcomes(), Format::Junit), @r#"
        <?xml version="1.0" encoding="UTF-8"?>
        <testsuite name="contract" tests="4" failures="1" skipped="2">
         <testcase classname="jira-8.get_issue" name="a.json"/>
         <testcase classname="jira-8.get_issue" name="&lt;b&gt;.json">
          <failure message="/id: is a &quot;list&quot;">/id: is a &quot;list&quot;
        /: is &amp; was</failure>
         </testcase>
         <testcase classname="jira-8.get_issue" name="c.json">
          <skipped message="the server does not have it"></skipped>
         </testcase>
         <testcase classname="contract" name="d.json">
          <skipped message="is no documented operation"></skipped>
         </testcase>
        </testsuite>
        "#);
    }

    #[test]
    fn programs_get_every_difference() {
        insta::assert_snapshot!(render(&outcomes(), Format::Json), @r#"
        {
          "conforms": false,
          "results": [
            {
              "differences": [],
              "document": "jira-8",
              "operation": "get_issue",
              "source": "a.json",
              "verdict": "ok",
              "why": null
            },
            {
              "differences": [
                {
                  "lost": false,
                  "pointer": "/id",
                  "what": "is a \"list\""
                },
                {
                  "lost": false,
                  "pointer": "",
                  "what": "is & was\u0007"
                }
              ],
              "document": "jira-8",
              "operation": "get_issue",
              "source": "<b>.json",
              "verdict": "differs",
              "why": null
            },
            {
              "differences": [],
              "document": "jira-8",
              "operation": "get_issue",
              "source": "c.json",
              "verdict": "missing",
              "why": null
            },
            {
              "differences": [],
              "document": null,
              "operation": null,
              "source": "d.json",
              "verdict": "skipped",
              "why": "is no documented operation"
            }
          ]
        }
        "#);
    }
}

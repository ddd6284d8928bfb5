//! CQL: which fields there are and what each can be compared with.

use std::cmp::Ordering;

use chrono::{DateTime, Utc};

use crate::sandbox::confluence::access::may_see;
use crate::sandbox::confluence::state::{Content, State};
use crate::sandbox::confluence::storage;
use crate::sandbox::exchange::Call;
use crate::sandbox::people;
use crate::sandbox::query::matching::{Wanted, fits, holds, members};
use crate::sandbox::query::{
    Check, Condition, Operand, Operator, Order, Query, Test, dates, parse,
};

/// What a query found, best first.
pub(super) struct Found<'a> {
    /// The content.
    pub(super) contents: Vec<&'a Content>,
    /// The words of its text tests, in lower case.
    pub(super) words: Vec<String>,
}

/// Finds the content that fits a query; or says what is wrong with it.
pub(super) fn run<'a>(state: &'a State, query: &str, call: &Call) -> Result<Found<'a>, String> {
    let query = parse(query, &[]).map_err(|error| {
        format!(
            "unexpected input at line {}, character {}",
            error.line, error.character
        )
    })?;
    let Query { condition, order } = query;
    let mut problems = Vec::new();
    let mut words = Vec::new();
    let check = condition.as_ref().map(|condition| {
        collect_words(condition, &mut words);
        condition.compile(&mut |test| compile(state, test, call), &mut problems)
    });
    for key in &order {
        if sort_key(&key.field).is_none() {
            problems.push(format!("cannot sort by field: {}", key.field));
        }
    }
    if !problems.is_empty() {
        return Err(problems.join("; "));
    }
    let mut contents: Vec<&Content> = state
        .current()
        .filter(|content| may_see(state, call.caller, content))
        .filter(|content| check.as_ref().is_none_or(|check| check(content)))
        .collect();
    // Without an order, a hit in the title counts most, then what changed last.
    let in_title = |content: &Content| {
        let title = content.title.to_lowercase();
        words.iter().any(|word| title.contains(word.as_str()))
    };
    contents.sort_by(|one, other| {
        in_title(other)
            .cmp(&in_title(one))
            .then(other.modified().cmp(&one.modified()))
            .then(one.id.cmp(&other.id))
    });
    contents.sort_by(|one, other| compare(one, other, &order));
    Ok(Found { contents, words })
}

fn collect_words(condition: &Condition, words: &mut Vec<String>) {
    match condition {
        Condition::All(parts) | Condition::Any(parts) => {
            parts.iter().for_each(|part| collect_words(part, words));
        }
        Condition::Not(_) => {}
        Condition::Test(test) => {
            if let (Operator::Contains, Operand::Word(text)) = (test.operator, &test.operand) {
                let parts = text.split(|c: char| !c.is_alphanumeric());
                words.extend(parts.filter(|part| !part.is_empty()).map(str::to_lowercase));
            }
        }
    }
}

fn compile<'a>(state: &'a State, test: &Test, call: &Call) -> Result<Check<'a, Content>, String> {
    match test.field.to_lowercase().as_str() {
        "space" | "space.key" => values(test, call, |content| vec![content.space.to_lowercase()]),
        "type" | "content.type" => {
            const KNOWN: &[&str] = &["page", "blogpost", "comment", "attachment", "space", "user"];
            for member in members(&test.operand) {
                if let Operand::Word(word) = member
                    && !KNOWN.contains(&word.to_lowercase().as_str())
                {
                    return Err(format!("unsupported value for type: {word}"));
                }
            }
            values(test, call, |content| vec![content.kind.name().to_owned()])
        }
        "id" | "content" | "content.id" => values(test, call, |content| vec![content.public_id()]),
        "label" | "content.label" => values(test, call, |content| {
            content
                .labels
                .iter()
                .map(|label| label.name.clone())
                .collect()
        }),
        "parent" | "content.parent" => values(test, call, |content| {
            content
                .parent
                .map(|parent| parent.to_string())
                .into_iter()
                .collect()
        }),
        "ancestor" | "content.ancestor" => values(test, call, move |content| {
            state
                .ancestors(content)
                .iter()
                .map(|page| page.id.to_string())
                .collect()
        }),
        "container" | "content.container" => values(test, call, |content| {
            content
                .container
                .map(|container| container.to_string())
                .into_iter()
                .collect()
        }),
        "watcher" => values(test, call, |content| {
            content.watchers.iter().map(ToString::to_string).collect()
        }),
        "macro" => values(test, call, |content| {
            let body = storage::read(&content.body).unwrap_or_default();
            storage::macros(&body)
        }),
        "creator" => values(test, call, |content| {
            let first = content.versions.first().and_then(|version| version.by);
            first
                .map(|person| person.login.to_owned())
                .into_iter()
                .collect()
        }),
        "contributor" => values(test, call, |content| {
            let people = content.versions.iter().filter_map(|version| version.by);
            people.map(|person| person.login.to_owned()).collect()
        }),
        "title" if test.operator.textual() => text(test, |content| content.title.clone()),
        "title" => values(test, call, |content| vec![content.title.to_lowercase()]),
        "text" | "sitesearch" => text(test, |content| {
            let body = storage::read(&content.body).unwrap_or_default();
            format!("{} {}", content.title, storage::plain(&body))
        }),
        "created" => moment(test, call, Content::created),
        "lastmodified" => moment(test, call, Content::modified),
        _ => Err(format!("no field exists with name: {}", test.field)),
    }
}

fn values<'a>(
    test: &Test,
    call: &Call,
    values: impl Fn(&Content) -> Vec<String> + 'a,
) -> Result<Check<'a, Content>, String> {
    let operator = test.operator;
    if operator.textual()
        || operator.ordering()
        || matches!(operator, Operator::Is | Operator::IsNot)
    {
        return Err(unsupported(test));
    }
    let mut wanted: Wanted = Vec::new();
    for member in members(&test.operand) {
        wanted.push(Some(match member {
            Operand::Word(word) => {
                let person = matches!(
                    test.field.to_lowercase().as_str(),
                    "creator" | "contributor" | "watcher"
                )
                .then(|| people::by_any_name(word))
                .flatten();
                person.map_or_else(|| word.to_lowercase(), |person| person.login.to_owned())
            }
            Operand::Function(name, _) if name.eq_ignore_ascii_case("currentUser") => call
                .caller
                .map(|person| person.login.to_owned())
                .unwrap_or_default(),
            _ => return Err(format!("unsupported value for field: {}", test.field)),
        }));
    }
    Ok(Box::new(move |content| {
        fits(&values(content), operator, &wanted)
    }))
}

fn text<'a>(
    test: &Test,
    text: impl Fn(&Content) -> String + 'a,
) -> Result<Check<'a, Content>, String> {
    let Operand::Word(search) = &test.operand else {
        return Err(format!("unsupported value for field: {}", test.field));
    };
    // The search box of the site uses "=" for the same search.
    let site_search =
        test.field.eq_ignore_ascii_case("siteSearch") && test.operator == Operator::Equal;
    if !test.operator.textual() && !site_search {
        return Err(unsupported(test));
    }
    let (search, negative) = (search.clone(), test.operator.negative());
    Ok(Box::new(move |content| {
        holds(&text(content), &search) != negative
    }))
}

fn moment<'a>(
    test: &Test,
    call: &Call,
    moment: fn(&Content) -> Option<DateTime<Utc>>,
) -> Result<Check<'a, Content>, String> {
    let operator = test.operator;
    if operator.textual()
        || matches!(
            operator,
            Operator::In | Operator::NotIn | Operator::Is | Operator::IsNot
        )
    {
        return Err(unsupported(test));
    }
    let wanted = dates::moment(&test.operand, call.now)
        .ok_or_else(|| format!("unsupported date for field: {}", test.field))?;
    Ok(Box::new(move |content| {
        moment(content).is_some_and(|date| wanted.compares(date, operator))
    }))
}

fn unsupported(test: &Test) -> String {
    format!(
        "field {} does not support the operator {}",
        test.field,
        test.operator.text()
    )
}

/// How to compare by a field.
fn sort_key(field: &str) -> Option<fn(&Content, &Content) -> Ordering> {
    Some(match field.to_lowercase().as_str() {
        "created" => |a, b| a.created().cmp(&b.created()),
        "lastmodified" => |a, b| a.modified().cmp(&b.modified()),
        "title" => |a, b| a.title.to_lowercase().cmp(&b.title.to_lowercase()),
        "id" => |a, b| a.id.cmp(&b.id),
        "space" | "space.key" => |a, b| a.space.cmp(&b.space),
        "type" => |a, b| a.kind.name().cmp(b.kind.name()),
        _ => return None,
    })
}

fn compare(one: &Content, other: &Content, order: &[Order]) -> Ordering {
    for key in order {
        let Some(compare) = sort_key(&key.field) else {
            continue;
        };
        let ordering = compare(one, other);
        let ordering = if key.descending == Some(true) {
            ordering.reverse()
        } else {
            ordering
        };
        if ordering.is_ne() {
            return ordering;
        }
    }
    Ordering::Equal
}

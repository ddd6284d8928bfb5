//! The audit log of the site, which only administrators may read.

use std::cmp::Reverse;

use chrono::{DateTime, Duration, NaiveDate, Utc};
use serde_json::{Value, json};

use crate::sandbox::confluence::access::administrator;
use crate::sandbox::confluence::archive;
use crate::sandbox::confluence::input::object;
use crate::sandbox::confluence::paging::Window;
use crate::sandbox::confluence::refusals::{Answer, refuse};
use crate::sandbox::confluence::state::State;
use crate::sandbox::exchange::{Call, Reply};
use crate::sandbox::people::{self, Person};

/// The units in which a period may be given, as far as calendars know them, with their days.
const UNITS: &[(&str, i64)] = &[
    ("HalfDays", 0),
    ("Days", 1),
    ("Weeks", 7),
    ("Months", 30),
    ("Years", 365),
    ("Decades", 3_650),
    ("Centuries", 36_500),
    ("Forever", 365_000),
];

/// The records, and how long they are kept.
#[derive(Debug)]
pub(super) struct Log {
    records: Vec<Record>,
    number: i64,
    units: String,
}

impl Default for Log {
    fn default() -> Log {
        Log {
            records: Vec::new(),
            number: 3,
            units: "Years".to_owned(),
        }
    }
}

/// What somebody did.
#[derive(Debug)]
pub(super) struct Record {
    pub(super) author: &'static Person,
    pub(super) when: DateTime<Utc>,
    pub(super) summary: String,
    pub(super) description: String,
    pub(super) category: String,
    /// Name and type of what was changed.
    pub(super) affected: Value,
    pub(super) changes: Value,
    pub(super) associated: Value,
}

impl Log {
    /// Notes that a space was changed.
    pub(super) fn note_space(
        &mut self,
        author: &'static Person,
        when: DateTime<Utc>,
        summary: &str,
        space: &str,
    ) {
        self.records.push(Record {
            author,
            when,
            summary: summary.to_owned(),
            description: String::new(),
            category: "Spaces".to_owned(),
            affected: json!({"name": space, "objectType": "Space"}),
            changes: json!([]),
            associated: json!([]),
        });
    }

    fn retention(&self) -> Value {
        json!({"number": self.number, "units": self.units})
    }
}

impl Record {
    fn render(&self, call: &Call) -> Value {
        json!({
            "author": self.author.in_confluence(&call.base),
            "remoteAddress": "127.0.0.1",
            "creationDate": self.when.timestamp_millis(),
            "summary": self.summary,
            "description": self.description,
            "category": self.category,
            "sysAdmin": false,
            "affectedObject": self.affected,
            "changedValues": self.changes,
            "associatedObjects": self.associated,
        })
    }

    fn line(&self) -> String {
        let name = self.affected.get("name").and_then(Value::as_str);
        let cells = [
            self.when.to_rfc3339(),
            self.author.display_name.to_owned(),
            self.category.clone(),
            self.summary.clone(),
            self.description.clone(),
            name.unwrap_or_default().to_owned(),
        ];
        let cells = cells.map(|cell| format!("\"{}\"", cell.replace('"', "\"\"")));
        format!("{}\n", cells.join(","))
    }
}

/// `GET audit`
pub(super) fn list(state: &State, call: &Call) -> Answer {
    administrator(call)?;
    let found = between(state, call)?;
    Ok(page(call, &found))
}

/// `GET audit/since`
pub(super) fn since(state: &State, call: &Call) -> Answer {
    administrator(call)?;
    let units = call.parameter("units").unwrap_or("Months");
    let number = call.number("number", 3);
    let span = span(number, units)?;
    let from = call.now.checked_sub_signed(span).unwrap_or_default();
    let found: Vec<&Record> = mentioning(state, call)
        .into_iter()
        .filter(|record| record.when >= from)
        .collect();
    Ok(page(call, &found))
}

/// `GET audit/export`
pub(super) fn export(state: &State, call: &Call) -> Answer {
    administrator(call)?;
    let mut table = "Date,Author,Category,Summary,Description,Affected object\n".to_owned();
    for record in between(state, call)? {
        table.push_str(&record.line());
    }
    match call.parameter("format").unwrap_or("csv") {
        "csv" => Ok(Reply::bytes("text/csv;charset=UTF-8", table.into_bytes())
            .named("attachment", "auditlog.csv")),
        "zip" => {
            let archive = archive::of_one("auditlog.csv", table.as_bytes());
            Ok(Reply::bytes("application/zip", archive).named("attachment", "auditlog.zip"))
        }
        other => Err(refuse(400, &format!("Unknown export format : {other}"))),
    }
}

/// `POST audit`
pub(super) fn create(state: &mut State, call: &Call) -> Answer {
    let caller = administrator(call)?;
    let body = object(call)?;
    let text = |name: &str| {
        let value = body.get(name).and_then(Value::as_str);
        value.unwrap_or_default().to_owned()
    };
    let part = |name: &str, default: Value| body.get(name).cloned().unwrap_or(default);
    if text("summary").trim().is_empty() {
        return Err(refuse(400, "An audit record needs a summary"));
    }
    let author = body
        .get("author")
        .and_then(|author| author.get("username"))
        .and_then(Value::as_str)
        .and_then(people::by_login);
    let record = Record {
        author: author.unwrap_or(caller),
        when: call.now,
        summary: text("summary"),
        description: text("description"),
        category: text("category"),
        affected: part("affectedObject", json!({"name": "", "objectType": ""})),
        changes: part("changedValues", json!([])),
        associated: part("associatedObjects", json!([])),
    };
    let rendered = record.render(call);
    state.audit.records.push(record);
    Ok(Reply::json(200, &rendered))
}

/// `GET audit/retention`
pub(super) fn retention(state: &State, call: &Call) -> Answer {
    administrator(call)?;
    Ok(Reply::json(200, &state.audit.retention()))
}

/// `PUT audit/retention`
pub(super) fn set_retention(state: &mut State, call: &Call) -> Answer {
    administrator(call)?;
    let body = object(call)?;
    let number = body.get("number").and_then(Value::as_i64).unwrap_or(0);
    let units = body
        .get("units")
        .and_then(Value::as_str)
        .unwrap_or_default();
    let (name, _) = unit(units)?;
    if number < 1 {
        return Err(refuse(400, "A retention period has to be at least one"));
    }
    state.audit.number = number;
    name.clone_into(&mut state.audit.units);
    Ok(Reply::json(200, &state.audit.retention()))
}

fn page(call: &Call, found: &[&Record]) -> Reply {
    let page = Window::with_limit(call, 1_000).page(call, found, |record| record.render(call));
    Reply::json(200, &page)
}

/// The records between `startDate` and `endDate`.
fn between<'a>(state: &'a State, call: &Call) -> Result<Vec<&'a Record>, Reply> {
    let from = moment(call, "startDate", 0)?;
    // A day is meant as a whole, so the last one ends with the next.
    let until = moment(call, "endDate", 1)?;
    let mut found = mentioning(state, call);
    found.retain(|record| {
        from.is_none_or(|from| record.when >= from) && until.is_none_or(|until| record.when < until)
    });
    Ok(found)
}

/// The records with the words of `searchString`, newest first.
fn mentioning<'a>(state: &'a State, call: &Call) -> Vec<&'a Record> {
    let words = call.parameter("searchString").unwrap_or_default();
    let words = words.to_lowercase();
    let mut found: Vec<&Record> = state
        .audit
        .records
        .iter()
        .filter(|record| record.line().to_lowercase().contains(&words))
        .collect();
    found.sort_by_key(|record| Reverse(record.when));
    found
}

/// A day or a moment in a parameter; days are moved on by `days`.
fn moment(call: &Call, name: &str, days: i64) -> Result<Option<DateTime<Utc>>, Reply> {
    let Some(text) = call.parameter(name) else {
        return Ok(None);
    };
    let day = NaiveDate::parse_from_str(text, "%Y-%m-%d").ok();
    let day = day
        .and_then(|day| day.and_hms_opt(0, 0, 0))
        .and_then(|day| day.and_utc().checked_add_signed(Duration::days(days)));
    let milliseconds = || {
        let number = text.parse().ok();
        number.and_then(DateTime::<Utc>::from_timestamp_millis)
    };
    let written = || {
        let moment = DateTime::parse_from_rfc3339(text).ok();
        moment.map(|moment| moment.to_utc())
    };
    day.or_else(written)
        .or_else(milliseconds)
        .map(Some)
        .ok_or_else(|| refuse(400, &format!("Could not parse {name} : {text}")))
}

fn span(number: i64, units: &str) -> Result<Duration, Reply> {
    let (_, days) = unit(units)?;
    number
        .checked_mul(days)
        .filter(|_| number >= 0)
        .and_then(Duration::try_days)
        .ok_or_else(|| refuse(400, &format!("The period is too long : {number} {units}")))
}

fn unit(name: &str) -> Result<(&'static str, i64), Reply> {
    UNITS
        .iter()
        .find(|(unit, _)| unit.eq_ignore_ascii_case(name))
        .copied()
        .ok_or_else(|| refuse(400, &format!("Unknown unit : {name}")))
}

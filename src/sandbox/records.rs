//! The notation of the sample data: records with header lines and long text sections.
//!
//! A record begins with `=== name`, then come `key: value` lines, then sections that begin
//! with `--- title` and run until the next marker.

use std::io::{Error, ErrorKind};

use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};

/// One record of a data file.
#[derive(Debug)]
pub(super) struct Record {
    /// What stands after `===`.
    pub(super) name: String,
    headers: Vec<(String, String)>,
    /// Title and text of each section.
    pub(super) sections: Vec<(String, String)>,
}

impl Record {
    /// The value of a header.
    pub(super) fn get(&self, key: &str) -> Option<&str> {
        self.headers
            .iter()
            .find(|(name, _)| name == key)
            .map(|(_, value)| value.as_str())
    }

    /// The values of a header that may come several times.
    pub(super) fn all<'a>(&'a self, key: &'a str) -> impl Iterator<Item = &'a str> {
        self.headers
            .iter()
            .filter(move |(name, _)| name == key)
            .map(|(_, value)| value.as_str())
    }

    /// The value of a header that has to be there.
    pub(super) fn need(&self, key: &str) -> Result<&str, Error> {
        self.get(key).ok_or_else(|| self.wrong(key))
    }

    /// The comma list in a header; empty if the header is missing.
    pub(super) fn list(&self, key: &str) -> Vec<&str> {
        self.get(key).map(comma_list).unwrap_or_default()
    }

    /// An error that names the record and what is wrong in it.
    pub(super) fn wrong(&self, what: &str) -> Error {
        Error::new(
            ErrorKind::InvalidData,
            format!("sample data: {}: {what}", self.name),
        )
    }

    /// Looks a name up in a table of the sandbox and says where it was not found.
    pub(super) fn known<T>(&self, what: &str, found: Option<T>) -> Result<T, Error> {
        found.ok_or_else(|| self.wrong(what))
    }

    /// A moment in a header or title, written as `2026-03-14T09:26:53`.
    pub(super) fn moment(&self, text: &str) -> Result<DateTime<Utc>, Error> {
        let moment = NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M:%S");
        self.known(text, moment.ok()).map(|moment| moment.and_utc())
    }

    /// A day, written as `2026-03-14`.
    pub(super) fn day(&self, text: &str) -> Result<NaiveDate, Error> {
        self.known(text, NaiveDate::parse_from_str(text, "%Y-%m-%d").ok())
    }
}

/// Takes a comma list apart.
pub(super) fn comma_list(text: &str) -> Vec<&str> {
    text.split(',')
        .map(str::trim)
        .filter(|part| !part.is_empty())
        .collect()
}

/// Reads a data file.
pub(super) fn read(text: &str) -> Vec<Record> {
    let mut records: Vec<Record> = Vec::new();
    for line in text.lines() {
        if let Some(name) = line.strip_prefix("=== ") {
            records.push(Record {
                name: name.trim().to_owned(),
                headers: Vec::new(),
                sections: Vec::new(),
            });
            continue;
        }
        let Some(record) = records.last_mut() else {
            continue;
        };
        if let Some(title) = line.strip_prefix("--- ") {
            record
                .sections
                .push((title.trim().to_owned(), String::new()));
        } else if let Some((_, body)) = record.sections.last_mut() {
            body.push_str(line);
            body.push('\n');
        } else if let Some((key, value)) = line.split_once(':') {
            record
                .headers
                .push((key.trim().to_owned(), value.trim().to_owned()));
        }
    }
    for record in &mut records {
        for (_, body) in &mut record.sections {
            body.truncate(body.trim_end().len());
        }
    }
    records
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_record_has_headers_and_sections() {
        let records = read("=== A-1\nkey: one, two\n--- body\nfirst\n\nlast\n\n=== A-2\n");
        assert_eq!(records.len(), 2);
        assert_eq!(records[0].list("key"), ["one", "two"]);
        assert_eq!(
            records[0].sections,
            [("body".to_owned(), "first\n\nlast".to_owned())]
        );
    }
}

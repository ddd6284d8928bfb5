//! Recorded answers in files: the entries of a HAR file, and the index of a folder.

use base64::prelude::{BASE64_STANDARD, Engine as _};
use serde::Deserialize;

use crate::contract::{Contract, ContractError, Recording};

/// An answer and the operation that it answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recorded {
    /// Where it was found, for reports.
    pub source: String,
    /// The name of the document.
    pub document: String,
    /// The `operationId`.
    pub operation: String,
    /// The answer.
    pub recording: Recording,
}

/// What a file of recordings has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Found {
    /// An answer to check.
    Recorded(Recorded),
    /// An entry that no document says anything of, by its source, and why.
    Other {
        /// Where it was found.
        source: String,
        /// Why it is not checked.
        why: String,
    },
}

#[derive(Deserialize)]
struct Har {
    log: Log,
}

#[derive(Deserialize)]
struct Log {
    entries: Vec<Entry>,
}

#[derive(Deserialize)]
struct Entry {
    request: Request,
    response: Response,
}

#[derive(Deserialize)]
struct Request {
    method: String,
    url: String,
}

#[derive(Deserialize)]
struct Response {
    status: u16,
    #[serde(default)]
    content: Content,
}

#[derive(Deserialize, Default)]
#[serde(default, rename_all = "camelCase")]
struct Content {
    mime_type: Option<String>,
    text: Option<String>,
    encoding: Option<String>,
}

/// The entries of a HAR file, as browsers and proxies record them. Pages, pictures and calls of other
/// APIs among them are [`Found::Other`], as are answers whose body was not recorded.
///
/// # Errors
///
/// If it is no HAR file.
pub fn in_har(contract: &Contract, name: &str, text: &[u8]) -> Result<Vec<Found>, ContractError> {
    let text = text.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(text);
    let har: Har = serde_json::from_slice(text)
        .map_err(|error| ContractError::new(format!("{name} is no HAR file: {error}")))?;
    let entries = har.log.entries.into_iter().zip(1..);
    Ok(entries
        .map(|(entry, number)| found(contract, name, number, entry))
        .collect())
}

fn found(contract: &Contract, name: &str, number: usize, entry: Entry) -> Found {
    let Entry { request, response } = entry;
    let path = match url::Url::parse(&request.url) {
        Ok(url) => url.path().to_owned(),
        Err(_) => request.url,
    };
    let source = format!("{name}#{number} {} {path}", request.method);
    let other = |why: &str| Found::Other {
        source: source.clone(),
        why: why.to_owned(),
    };
    let Some((document, operation)) = contract.operation_of(&request.method, &path) else {
        return other("is no documented operation");
    };
    let body = match body(&response.content) {
        Ok(Some(body)) => body,
        Ok(None) if response.status == 204 => Vec::new(),
        Ok(None) => return other("was recorded without its body"),
        Err(why) => return other(&why),
    };
    Found::Recorded(Recorded {
        document: document.name.to_owned(),
        operation: operation.id.to_owned(),
        recording: Recording {
            status: Some(response.status),
            content_type: response.content.mime_type,
            body,
        },
        source,
    })
}

fn body(content: &Content) -> Result<Option<Vec<u8>>, String> {
    match (&content.text, content.encoding.as_deref()) {
        (None, _) => Ok(None),
        (Some(text), None | Some("")) => Ok(Some(text.clone().into_bytes())),
        (Some(text), Some("base64")) => BASE64_STANDARD
            .decode(text)
            .map(Some)
            .map_err(|_| "has a body that is no base64".to_owned()),
        (_, Some(encoding)) => Err(format!("has a body in the encoding {encoding:?}")),
    }
}

/// A row of the index of a folder.
///
/// The operation is named, or found by `method` and `path`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct Row {
    /// The file, from the folder on.
    pub file: String,
    /// The name of the document.
    pub document: Option<String>,
    /// The `operationId`.
    pub operation: Option<String>,
    /// The status; without it that of the operation's success.
    pub status: Option<u16>,
    /// The method of the request; `GET` without it.
    pub method: Option<String>,
    /// The path of the request.
    pub path: Option<String>,
}

impl Row {
    /// The document and operation that the row means.
    ///
    /// # Errors
    ///
    /// If it says too little, or what no document has.
    pub fn operation(&self, contract: &Contract) -> Result<(String, String), ContractError> {
        if let (Some(document), Some(operation)) = (&self.document, &self.operation) {
            let operation = contract.document(document)?.operation(operation)?;
            return Ok((document.clone(), operation.id.to_owned()));
        }
        let problem = |why: &str| ContractError::new(format!("{}: {why}", self.file));
        let Some(path) = &self.path else {
            return Err(problem("needs document and operation, or a path"));
        };
        let method = self.method.as_deref().unwrap_or("GET");
        match contract.operation_of(method, path) {
            Some((document, operation)) => Ok((document.name.to_owned(), operation.id.to_owned())),
            None => Err(problem("is no documented operation")),
        }
    }
}

/// The rows of `index.csv`, whose first line names the columns.
///
/// # Errors
///
/// If a line does not fit the columns.
pub fn in_csv(text: &[u8]) -> Result<Vec<Row>, ContractError> {
    let mut reader = csv::ReaderBuilder::new()
        .trim(csv::Trim::All)
        .flexible(true)
        .from_reader(text);
    let rows: Result<Vec<Row>, csv::Error> = reader.deserialize().collect();
    named(rows.map_err(|error| ContractError::new(format!("index.csv: {error}")))?)
}

/// The rows of `index.jsonl`, one JSON object a line.
///
/// # Errors
///
/// If a line is none.
pub fn in_json_lines(text: &str) -> Result<Vec<Row>, ContractError> {
    let lines = text
        .lines()
        .zip(1..)
        .filter(|(line, _)| !line.trim().is_empty());
    let rows: Result<Vec<Row>, ContractError> = lines
        .map(|(line, number)| {
            serde_json::from_str(line)
                .map_err(|error| ContractError::new(format!("index.jsonl:{number}: {error}")))
        })
        .collect();
    named(rows?)
}

fn named(rows: Vec<Row>) -> Result<Vec<Row>, ContractError> {
    if rows.iter().any(|row| row.file.is_empty()) {
        return Err(ContractError::new("a row of the index names no file"));
    }
    Ok(rows)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn an_entry_is_known_by_its_request() {
        let contract = Contract::new().unwrap();
        let entry = |method: &str, url: &str, content: serde_json::Value| json!({"request": {"method": method, "url": url}, "response": {"status": 200, "content": content}});
        let issue = "https://example.com/jira/rest/api/2/issue/DEMO-1?fields=summary";
        let har = json!({"log": {"entries": [
            entry("GET", issue, json!({"mimeType": "application/json", "text": "{}"})),
            entry("GET", issue, json!({"text": "e30=", "encoding": "base64"})),
            entry("GET", issue, json!({})),
            entry("GET", "https://example.com/jira/browse/DEMO-1", json!({"text": "<html>"})),
        ]}});
        let found = in_har(&contract, "a.har", har.to_string().as_bytes()).unwrap();
        let said: Vec<String> = found
            .iter()
            .map(|found| match found {
                Found::Recorded(found) => format!(
                    "{}: {} {}",
                    found.source,
                    found.operation,
                    String::from_utf8_lossy(&found.recording.body)
                ),
                Found::Other { source, why } => format!("{source} {why}"),
            })
            .collect();
        assert_eq!(
            said,
            [
                "a.har#1 GET /jira/rest/api/2/issue/DEMO-1: get_issue {}",
                "a.har#2 GET /jira/rest/api/2/issue/DEMO-1: get_issue {}",
                "a.har#3 GET /jira/rest/api/2/issue/DEMO-1 was recorded without its body",
                "a.har#4 GET /jira/browse/DEMO-1 is no documented operation",
            ]
        );
    }

    #[test]
    fn an_index_names_operations_or_paths() {
        let contract = Contract::new().unwrap();
        let rows = in_csv(
            b"file, document, operation, status, path\n\
              a.json, jira-8, get_issue, 200,\n\
              b.json, , , , /rest/agile/1.0/board\n",
        );
        let meant: Vec<_> = rows
            .unwrap()
            .iter()
            .map(|row| row.operation(&contract).unwrap().1)
            .collect();
        assert_eq!(meant, ["get_issue", "list_boards"]);
        let rows = in_json_lines("{\"file\": \"a.json\"}\n\n").unwrap();
        let error = rows[0].operation(&contract).unwrap_err();
        assert_eq!(
            error.to_string(),
            "a.json: needs document and operation, or a path"
        );
    }

    #[test]
    fn what_is_no_recording_is_said() {
        let contract = Contract::new().unwrap();
        assert!(in_har(&contract, "a.har", b"[]").is_err());
        assert!(in_csv(b"file,status\na.json,ok\n").is_err());
        assert!(in_json_lines("{}").is_err());
    }
}

//! The client of Jira Software Server and Data Center 8, from `openapi/jira-agile-1.0.json`.

include!(concat!(env!("OUT_DIR"), "/jira-agile-1.0.rs"));

//! The client of Jira Server and Data Center 8, from `openapi/jira-8.json`.

include!(concat!(env!("OUT_DIR"), "/jira-8.rs"));

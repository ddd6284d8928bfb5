//! The client of Confluence Server and Data Center 6, from `openapi/confluence-6.json`.

include!(concat!(env!("OUT_DIR"), "/confluence-6.rs"));

//! The client of Jira Server and Data Center 8, from `openapi/jira-8.json`.
#![allow(
    missing_docs,
    unused_qualifications,
    clippy::all,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    rustdoc::bare_urls,
    rustdoc::broken_intra_doc_links,
    rustdoc::invalid_html_tags,
    reason = "generated code"
)]

include!(concat!(env!("OUT_DIR"), "/jira-8.rs"));

//! The integration tests, in one binary.

#![allow(
    missing_docs,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "tests fail loudly"
)]

#[path = "../../openapi/adapt/mod.rs"]
mod adapt;
mod architecture;
mod calls;
mod capability;
mod client;
mod contract;
mod contract_command;
mod convert;
mod corpus;
mod demo;
mod documents;
mod edits;
mod errors;
mod formats;
mod logins;
mod markup;
mod network;
mod odd;
mod paging;
mod readme;
mod retries;
mod site;
mod snapshot;
mod stdio;
mod tools;
mod transfer;
mod views;

/// A file that lies beside the project, which CI has to have; elsewhere it may be missing.
fn shared(path: &str) -> Option<String> {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../shared")
        .join(path);
    match std::fs::read_to_string(&path) {
        Ok(text) => Some(text),
        Err(error) => {
            assert!(
                std::env::var("CI").is_err(),
                "CI needs {}: {error}",
                path.display()
            );
            println!("skipped: there is no {}", path.display());
            None
        }
    }
}

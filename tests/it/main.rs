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
mod client;
mod contract;
mod demo;
mod documents;
mod errors;
mod network;
mod readme;
mod retries;
mod site;
mod snapshot;
mod stdio;
mod tools;
mod views;

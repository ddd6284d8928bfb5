//! Typed clients for self-hosted Jira 8 and Confluence 6, and an MCP server over them.
//!
//! ```text
//!            openapi/*.json ──build.rs──▶ api           typed clients, generated
//!                                          │
//!  config ──────────────────────────────▶ client        Site, ask, ApiError, paging, transfer
//!     │                                    │
//!     │        markup ──▶ views ◀──────────┤            raw type → slim type → Markdown
//!     │                     │              │
//!     └──▶ policy ────────▶ tools ◀────────┘            one method per MCP tool
//!                           │
//!                         server ──▶ transport          MCP; stdio
//!
//!  contract  answers against the documents              api, client
//!  sandbox   an embedded Jira and Confluence            knows nothing of the rest but HTTP
//!  cli       the binary's commands
//! ```
//!
//! # Invariants
//!
//! 1. Views are pure and total: every raw value has a view.
//! 2. Standard output carries the protocol and nothing else; logs go to standard error.
//! 3. A failed call is a tool error that a model can act on. Only a bug is a protocol error.
//! 4. Secrets appear in no `Debug`, log, error or snapshot.
//! 5. Every tool says whether it changes data.
//! 6. A write is sent once.
//!
//! # Features
//!
//! `jira`, `agile` and `confluence` each give one typed client, with [`api`] and [`client`]; `markup`
//! gives [`markup`] alone. With `default-features = false` name those you use and nothing else is
//! compiled. `mcp` adds the server and the command line, `sandbox` the embedded products, `http` is
//! kept for the server over HTTP, `native-tls` takes TLS from the operating system.

pub mod config;

#[cfg(any(feature = "jira", feature = "agile", feature = "confluence"))]
pub mod api;

#[cfg(any(feature = "jira", feature = "agile", feature = "confluence"))]
pub mod client;

#[cfg(feature = "contract")]
pub mod contract;

#[cfg(feature = "markup")]
pub mod markup;

#[cfg(feature = "mcp")]
pub mod views;

#[cfg(feature = "mcp")]
pub mod policy;

#[cfg(feature = "mcp")]
pub mod tools;

#[cfg(feature = "mcp")]
pub mod server;

#[cfg(feature = "mcp")]
pub mod transport;

#[cfg(feature = "sandbox")]
pub mod sandbox;

#[cfg(feature = "mcp")]
pub mod cli;

/// The README's example.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;

//! How requests reach a site and what comes of them: [`Site`], [`ask`], [`ApiError`].
//!
//! [`paging`] walks through lists, `transfer` carries files, [`capability`] knows the server's
//! version, [`raw`] gives an answer as it came.
//!
//! The generated clients in [`crate::api`] are made by a [`Site`], so that every request, also one
//! sent without [`ask`], carries the credentials, keeps the deadline, follows redirects within the
//! site only and is retried only where that cannot do harm.

pub(crate) mod answer;
mod ask;
pub mod capability;
mod context;
#[cfg(feature = "jira")]
mod create_meta;
mod error;
pub(crate) mod lenient;
mod messages;
pub mod paging;
pub(crate) mod path;
pub mod raw;
mod repair;
mod retry;
mod send;
mod session;
mod site;
#[cfg(any(feature = "jira", feature = "confluence"))]
pub mod transfer;

pub use ask::{ask, ask_raw};
pub use context::Context;
pub use error::{ApiError, ApiErrorKind};
pub use site::Site;

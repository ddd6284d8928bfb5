//! How bytes come and go.

pub mod stdio;

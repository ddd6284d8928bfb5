//! A placeholder that cannot be put back.

/// A placeholder that does not fit the page, or a tag of one that is not closed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{placeholder}: {reason}")]
pub struct Damaged {
    /// The placeholder as it was given, cut to 80 characters.
    pub placeholder: String,
    /// What is wrong with it, and what to do.
    pub reason: String,
}

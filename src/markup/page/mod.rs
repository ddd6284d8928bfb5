//! Edits of a page in storage format that leave all else as it is.

mod apply;
mod cell;
#[cfg(test)]
mod corpus_tests;
mod diff;
mod edit;
#[cfg(test)]
mod edit_properties;
#[cfg(test)]
mod edit_tests;
mod grid;
mod outline;
mod plan;
mod problem;
mod references;
mod replace_text;
mod section;
#[cfg(test)]
mod section_tests;
mod shown;
mod splice;
mod task;
mod text_map;
mod unknown_section;
mod widen;

pub use apply::{EditError, Misfit, apply, still_fits};
pub use diff::{DiffView, diff};
pub use edit::{Edit, Position};
pub use outline::{Section, outline};
pub use problem::Problem;
pub use section::{Candidate, NoSection, SectionRange, find_section, read_section};

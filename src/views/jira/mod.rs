//! Views of what Jira sends.

mod comment;
mod created_issue;
mod field;
mod issue;
mod issue_row;
mod link;
mod person;
mod transition;

pub use comment::{AddedCommentView, CommentView};
pub use created_issue::CreatedIssueView;
pub use issue::IssueView;
pub use issue_row::IssueRow;
pub use link::LinkView;
pub use person::PersonView;
pub use transition::{TransitionView, TransitionedView, TransitionsView};

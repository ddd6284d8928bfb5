//! The boards and which issues they show.

use serde_json::{Value, json};

use crate::sandbox::exchange::{Call, Reply};
use crate::sandbox::jira::state::{Issue, State};
use crate::sandbox::jira::{jql, refuse_because};

/// A board.
#[derive(Clone, Debug)]
pub(super) struct Board {
    pub(super) id: u64,
    pub(super) name: String,
    /// Whether it has sprints.
    pub(super) scrum: bool,
    /// The id of the filter whose issues it shows.
    pub(super) filter: u64,
}

impl Board {
    /// The boards that the sandbox begins with.
    pub(super) fn sample() -> Vec<Board> {
        let row = |id, name: &str, scrum, filter| Board {
            id,
            name: name.to_owned(),
            scrum,
            filter,
        };
        vec![
            row(4, "Shop board", true, 10400),
            row(7, "Infra board", true, 10401),
            row(9, "Incidents", false, 10402),
        ]
    }

    /// The kind of board.
    pub(super) fn kind(&self) -> &'static str {
        if self.scrum { "scrum" } else { "kanban" }
    }

    /// The board as the agile resources show it.
    pub(super) fn render(&self, base: &str) -> Value {
        json!({
            "id": self.id,
            "self": format!("{base}/rest/agile/1.0/board/{}", self.id),
            "name": self.name,
            "type": self.kind(),
        })
    }

    /// The query of the board's filter.
    pub(super) fn query<'a>(&self, state: &'a State) -> &'a str {
        let filter = state.filters.iter().find(|filter| filter.id == self.filter);
        filter.map_or("", |filter| filter.jql.as_str())
    }

    /// The issues of the board in its order.
    pub(super) fn issues<'a>(&self, state: &'a State, call: &Call) -> Vec<&'a Issue> {
        jql::run(state, self.query(state), call).unwrap_or_default()
    }
}

/// The board, if the caller is logged in and it exists.
pub(super) fn find<'a>(state: &'a State, call: &Call, id: &str) -> Result<&'a Board, Reply> {
    call.caller.ok_or_else(|| {
        refuse_because(
            401,
            "You are not authenticated. Authentication required to perform this operation.",
        )
    })?;
    let boards = &state.planning.boards;
    boards
        .iter()
        .find(|board| board.id.to_string() == id)
        .ok_or_else(|| {
            refuse_because(
                404,
                "The requested board cannot be viewed because it either does not exist or you \
                 do not have permission to view it.",
            )
        })
}

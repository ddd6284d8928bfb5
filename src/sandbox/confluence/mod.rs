//! A small Confluence Server 6.15: what it answers to each request.

mod access;
mod archive;
mod attachments;
mod audit;
mod content;
mod convert;
mod cql;
mod entities;
mod expand;
mod groups;
mod input;
mod labels;
mod macros;
mod paging;
mod properties;
mod prototype;
mod refusals;
mod render;
mod restrictions;
mod routes;
mod sample;
mod search;
mod site;
mod spaces;
mod state;
mod storage;
mod tasks;
mod templates;
mod users;
mod versions;
mod view;
mod watches;
mod wiki;
mod write;

#[cfg(test)]
mod contract;

use std::sync::{PoisonError, RwLock};

use crate::sandbox::confluence::refusals::Answer;
use crate::sandbox::confluence::routes::Work;
use crate::sandbox::confluence::state::State;
use crate::sandbox::exchange::{Call, Reply};

/// A running Confluence.
pub(super) struct Confluence {
    state: RwLock<State>,
}

impl Confluence {
    /// A Confluence with the sample pages.
    pub(super) fn with_sample_data() -> std::io::Result<Confluence> {
        Ok(Confluence {
            state: RwLock::new(sample::load()?),
        })
    }

    /// Answers a request below the context path.
    pub(super) fn answer(&self, call: &Call) -> Reply {
        let route = call.route();
        let answer = match routes::find(&call.method, call, &route) {
            Some(work) => self.run(work),
            None if routes::knows(call, &route) => Err(Reply::unknown_method(call)),
            None => Err(Reply::unknown_path(call)),
        };
        answer.unwrap_or_else(|refusal| refusal)
    }

    fn run(&self, work: Work<'_>) -> Answer {
        match work {
            Work::Read(read) => read(&self.state.read().unwrap_or_else(PoisonError::into_inner)),
            Work::Write(write) => {
                write(&mut self.state.write().unwrap_or_else(PoisonError::into_inner))
            }
        }
    }
}

/// Whether the resource that a request is for reads a form; all others read JSON.
pub(super) fn takes_form(call: &Call) -> bool {
    matches!(
        (call.method.as_str(), call.route().as_slice()),
        (
            "POST",
            ["rest", "api", "content", _, "child", "attachment"]
                | [
                    "rest",
                    "api",
                    "content",
                    _,
                    "child",
                    "attachment",
                    _,
                    "data"
                ]
        )
    )
}

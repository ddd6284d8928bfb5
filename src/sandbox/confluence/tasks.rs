//! Long tasks: what the server goes on with after it has answered.

use chrono::{DateTime, Utc};
use serde_json::{Value, json};

use crate::sandbox::confluence::paging::Window;
use crate::sandbox::confluence::refusals::{Answer, refuse};
use crate::sandbox::confluence::state::State;
use crate::sandbox::exchange::{Call, Reply};

/// How often a task is looked at until it is done.
const POLLS: u32 = 2;

/// A long task. Its work is done at once; only the report of it takes its time.
#[derive(Clone, Debug)]
pub(super) struct Task {
    pub(super) id: String,
    pub(super) name: &'static str,
    pub(super) subject: String,
    pub(super) started: DateTime<Utc>,
    /// How often it was looked at.
    pub(super) polls: u32,
}

impl Task {
    /// A task that has just begun; `number` makes its id one that no other task has.
    pub(super) fn begin(
        number: u64,
        name: &'static str,
        subject: &str,
        now: DateTime<Utc>,
    ) -> Task {
        Task {
            id: format!("5c1f0a52-7d7e-4a55-9d0e-{number:012x}"),
            name,
            subject: subject.to_owned(),
            started: now,
            polls: 0,
        }
    }

    /// A task that was over before the server started.
    pub(super) fn finished(
        number: u64,
        name: &'static str,
        subject: &str,
        started: DateTime<Utc>,
    ) -> Task {
        Task {
            polls: POLLS,
            ..Task::begin(number, name, subject, started)
        }
    }

    fn render(&self, call: &Call) -> Value {
        let finished = self.polls >= POLLS;
        let message = |key: &str, text: String| json!({"key": key, "args": [self.subject], "translation": text});
        let elapsed = (call.now - self.started).num_milliseconds();
        json!({
            "id": self.id,
            "name": message(self.name, format!("{}: {}", self.name, self.subject)),
            "elapsedTime": if finished { 4_211 } else { elapsed.max(0) },
            "percentageComplete": self.polls.min(POLLS) * 100 / POLLS,
            "successful": true,
            "finished": finished,
            "messages": if finished {
                json!([message("longtask.finished", "The task is finished".to_owned())])
            } else {
                json!([message("longtask.running", "The task is running".to_owned())])
            },
            "_links": {"self": format!("{}/rest/api/longtask/{}", call.base, self.id)},
        })
    }
}

/// The answer to a request that began a task.
pub(super) fn submitted(task: &Task) -> Reply {
    let status = format!("/rest/api/longtask/{}", task.id);
    Reply::json(202, &json!({"id": task.id, "links": {"status": status}}))
}

/// `GET longtask`
pub(super) fn list(state: &State, call: &Call) -> Answer {
    signed_in(call)?;
    let page = Window::with_limit(call, 100).page(call, &state.tasks, |task| task.render(call));
    Ok(Reply::json(200, &page))
}

/// `GET longtask/{id}`, which also brings the task on
pub(super) fn get(state: &mut State, call: &Call, id: &str) -> Answer {
    signed_in(call)?;
    let task = state
        .tasks
        .iter_mut()
        .find(|task| task.id == id)
        .ok_or_else(|| refuse(404, &format!("No long running task with id : {id}")))?;
    task.polls = task.polls.saturating_add(1);
    let mut whole = task.render(call);
    if let Some(links) = whole.get_mut("_links").and_then(Value::as_object_mut) {
        links.insert("base".to_owned(), json!(call.base));
        links.insert("context".to_owned(), json!("/confluence"));
    }
    Ok(Reply::json(200, &whole))
}

fn signed_in(call: &Call) -> Result<(), Reply> {
    match call.caller {
        Some(_) => Ok(()),
        None => Err(refuse(403, "User not permitted to use Confluence : null")),
    }
}

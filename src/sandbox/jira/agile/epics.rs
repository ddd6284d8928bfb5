//! Epics and the issues in them.

use serde_json::{Value, json};

use crate::sandbox::exchange::{Call, Reply};
use crate::sandbox::jira::agile::{moved, rank};
use crate::sandbox::jira::custom::{EPIC_LINK, EPIC_NAME};
use crate::sandbox::jira::issues::{visible, writer};
use crate::sandbox::jira::planning::EpicLook;
use crate::sandbox::jira::routes::{
    Answer,
    Handler::{Read, Read1, Write, Write1},
    Route,
};
use crate::sandbox::jira::search::narrowed;
use crate::sandbox::jira::state::{Issue, State};
use crate::sandbox::jira::users::known;
use crate::sandbox::jira::{input, object, refuse_because};

/// What is answered here.
pub(super) const ROUTES: &[Route] = &[
    Route("GET", "epic/none/issue", Read(issues_without)),
    Route("POST", "epic/none/issue", Write(take_out)),
    Route("GET", "epic/{}", Read1(get)),
    Route("POST", "epic/{}", Write1(update)),
    Route("GET", "epic/{}/issue", Read1(issues)),
    Route("POST", "epic/{}/issue", Write1(put_in)),
    Route("PUT", "epic/{}/rank", Write1(rank_epic)),
];

/// The colour of an epic whose colour nobody chose.
const USUAL_COLOR: &str = "color_1";

/// The epic, by key or id; other issues are none.
pub(super) fn find<'a>(state: &'a State, call: &Call, key: &str) -> Result<&'a Issue, Reply> {
    known(call)?;
    let issue = visible(state, call, key).ok();
    issue
        .filter(|issue| issue.kind.name == "Epic")
        .ok_or_else(|| {
            refuse_because(
                404,
                "The requested issue does not exist, is not an epic or you do not have \
                 permission to view it.",
            )
        })
}

/// Whether an epic was marked as done, which is not the same as its status.
pub(super) fn is_done(state: &State, epic: &Issue) -> bool {
    let look = state.planning.epics.get(&epic.id);
    look.is_some_and(|look| look.done)
}

/// The epic as the agile resources show it.
pub(super) fn render(state: &State, epic: &Issue, base: &str) -> Value {
    let look = state.planning.epics.get(&epic.id);
    json!({
        "id": epic.id,
        "key": epic.key(),
        "self": format!("{base}/rest/agile/1.0/epic/{}", epic.id),
        "name": epic.custom_text(EPIC_NAME).unwrap_or_default(),
        "summary": epic.summary,
        "color": {"key": look.map_or(USUAL_COLOR, |look| look.color.as_str())},
        "done": is_done(state, epic),
    })
}

fn get(state: &State, call: &Call, key: &str) -> Answer {
    let epic = find(state, call, key)?;
    Ok(Reply::json(200, &render(state, epic, &call.base)))
}

fn update(state: &mut State, call: &Call, key: &str) -> Answer {
    let mut epic = find(state, call, key)?.clone();
    let caller = writer(call)?;
    let body = object(call)?;
    let mut look = state
        .planning
        .epics
        .get(&epic.id)
        .cloned()
        .unwrap_or(EpicLook {
            color: USUAL_COLOR.to_owned(),
            done: false,
        });
    let mut items = Vec::new();
    let name = format!("customfield_{EPIC_NAME}");
    for (part, field) in [("summary", "summary"), ("name", name.as_str())] {
        if let Some(value) = body.get(part) {
            let item = input::set(&state.planning, &mut epic, field, value);
            items.extend(item.map_err(|problem| refuse_because(400, &problem))?);
        }
    }
    if let Some(done) = body.get("done").and_then(Value::as_bool) {
        look.done = done;
    }
    if let Some(color) = body.get("color").and_then(|color| color.get("key")) {
        let color = color.as_str().unwrap_or_default();
        let number = color
            .strip_prefix("color_")
            .and_then(|text| text.parse::<u8>().ok());
        if !number.is_some_and(|number| (1..=14).contains(&number)) {
            return Err(refuse_because(
                400,
                &format!("The colour '{color}' is not one of color_1 to color_14."),
            ));
        }
        look.color = color.to_owned();
    }
    epic.note(state.new_id(), Some(caller), call.now, items);
    state.planning.epics.insert(epic.id, look);
    let reply = render(state, &epic, &call.base);
    state.issues.insert(epic.id, epic);
    Ok(Reply::json(200, &reply))
}

fn issues(state: &State, call: &Call, key: &str) -> Answer {
    let epic = find(state, call, key)?.key();
    let inside = |issue: &Issue| issue.custom_text(EPIC_LINK) == Some(epic.as_str());
    narrowed(state, call, inside, "ORDER BY Rank ASC")
}

fn issues_without(state: &State, call: &Call) -> Answer {
    known(call)?;
    let alone = |issue: &Issue| issue.custom_text(EPIC_LINK).is_none() && issue.kind.name != "Epic";
    narrowed(state, call, alone, "ORDER BY Rank ASC")
}

fn put_in(state: &mut State, call: &Call, key: &str) -> Answer {
    let epic = find(state, call, key)?.key();
    let moved = moved(state, call)?;
    link(state, call, &moved, &json!(epic))
}

fn take_out(state: &mut State, call: &Call) -> Answer {
    let moved = moved(state, call)?;
    link(state, call, &moved, &Value::Null)
}

/// Sets the epic of all issues, or of none if one of them can not have an epic.
fn link(state: &mut State, call: &Call, moved: &[u64], epic: &Value) -> Answer {
    let issues = moved.iter().filter_map(|id| state.issues.get(id));
    for issue in issues {
        if issue.kind.name == "Epic" || issue.kind.subtask {
            return Err(refuse_because(
                400,
                &format!("The issue {} can not belong to an epic.", issue.key()),
            ));
        }
    }
    let field = format!("customfield_{EPIC_LINK}");
    for id in moved {
        let Some(mut issue) = state.issues.get(id).cloned() else {
            continue;
        };
        let item = input::set(&state.planning, &mut issue, &field, epic)
            .map_err(|problem| refuse_because(400, &problem))?;
        issue.note(
            state.new_id(),
            call.caller,
            call.now,
            item.into_iter().collect(),
        );
        state.issues.insert(issue.id, issue);
    }
    Ok(Reply::empty(204))
}

fn rank_epic(state: &mut State, call: &Call, key: &str) -> Answer {
    let epic = find(state, call, key)?.id;
    writer(call)?;
    if !rank(state, call, &[epic], "rankBeforeEpic", "rankAfterEpic")? {
        return Err(refuse_because(
            400,
            "One of 'rankBeforeEpic' and 'rankAfterEpic' has to be given.",
        ));
    }
    Ok(Reply::empty(204))
}

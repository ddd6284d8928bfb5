//! Boards and what is on them.

use serde_json::{Value, json};

use crate::sandbox::exchange::{Call, Reply};
use crate::sandbox::jira::agile::{epics, moved, page, rank};
use crate::sandbox::jira::boards::{Board, find};
use crate::sandbox::jira::catalogue::{PROJECTS, Project, STATUSES};
use crate::sandbox::jira::custom::{EPIC_LINK, RANK, STORY_POINTS};
use crate::sandbox::jira::issues::{visible, writer};
use crate::sandbox::jira::routes::{
    Answer,
    Handler::{Read, Read1, Read2, Write, Write1},
    Route,
};
use crate::sandbox::jira::search::narrowed;
use crate::sandbox::jira::sprints::Stage;
use crate::sandbox::jira::state::{Issue, State};
use crate::sandbox::jira::users::known;
use crate::sandbox::jira::{input, object, refuse_because};

/// What is answered here.
pub(super) const ROUTES: &[Route] = &[
    Route("GET", "board", Read(list)),
    Route("POST", "board", Write(create)),
    Route("GET", "board/{}", Read1(get)),
    Route("DELETE", "board/{}", Write1(delete)),
    Route("GET", "board/{}/configuration", Read1(configuration)),
    Route("GET", "board/{}/issue", Read1(all_issues)),
    Route("GET", "board/{}/backlog", Read1(backlog)),
    Route("GET", "board/{}/project", Read1(projects)),
    Route("GET", "board/{}/version", Read1(versions)),
    Route("GET", "board/{}/sprint", Read1(sprints)),
    Route("GET", "board/{}/sprint/{}/issue", Read2(sprint_issues)),
    Route("GET", "board/{}/epic", Read1(all_epics)),
    Route("GET", "board/{}/epic/none/issue", Read1(without_epic)),
    Route("GET", "board/{}/epic/{}/issue", Read2(epic_issues)),
    Route("GET", "board/{}/quickfilter", Read1(quick_filters)),
    Route("POST", "backlog/issue", Write(to_backlog)),
    Route("PUT", "issue/rank", Write(rank_issues)),
    Route("GET", "issue/{}", Read1(super::issue::get)),
    Route("GET", "issue/{}/estimation", Read1(estimation)),
    Route("PUT", "issue/{}/estimation", Write1(estimate)),
];

fn list(state: &State, call: &Call) -> Answer {
    known(call)?;
    let kinds = call.list("type");
    let name = call.parameter("name").unwrap_or_default().to_lowercase();
    let project = match call.parameter("projectKeyOrId") {
        Some(key) => Some(
            crate::sandbox::jira::projects::visible(call, key).map_err(|_| {
                refuse_because(
                    400,
                    &format!("No project could be found with key or id '{key}'."),
                )
            })?,
        ),
        None => None,
    };
    let boards = state.planning.boards.iter().filter(|board| {
        (kinds.is_empty() || kinds.iter().any(|kind| kind == board.kind()))
            && board.name.to_lowercase().contains(&name)
            && project.is_none_or(|project| {
                let mut issues = board.issues(state, call).into_iter();
                issues.any(|issue| issue.project.key == project.key)
            })
    });
    let boards = boards.map(|board| board.render(&call.base)).collect();
    Ok(page(call, boards, true))
}

fn create(state: &mut State, call: &Call) -> Answer {
    known(call)?;
    let body = object(call)?;
    let text = |name: &str| body.get(name).and_then(Value::as_str).unwrap_or_default();
    let name = text("name").trim().to_owned();
    if name.is_empty() || name.chars().count() > 255 {
        return Err(refuse_because(
            400,
            "The board name has to have between 1 and 255 characters.",
        ));
    }
    let scrum = match text("type") {
        "scrum" => true,
        "kanban" => false,
        _ => {
            return Err(refuse_because(
                400,
                "The board type has to be 'scrum' or 'kanban'.",
            ));
        }
    };
    let filter = body.get("filterId").and_then(Value::as_u64);
    let filter = filter.filter(|id| state.filters.iter().any(|filter| filter.id == *id));
    let Some(filter) = filter else {
        return Err(refuse_because(400, "The filter does not exist."));
    };
    let board = Board {
        id: state.new_id(),
        name,
        scrum,
        filter,
    };
    let reply = board.render(&call.base);
    state.planning.boards.push(board);
    Ok(Reply::json(201, &reply))
}

fn get(state: &State, call: &Call, id: &str) -> Answer {
    Ok(Reply::json(200, &find(state, call, id)?.render(&call.base)))
}

fn delete(state: &mut State, call: &Call, id: &str) -> Answer {
    let id = find(state, call, id)?.id;
    crate::sandbox::jira::users::admin(call)?;
    state.planning.boards.retain(|board| board.id != id);
    state.properties.remove(&format!("board/{id}"));
    Ok(Reply::empty(204))
}

fn configuration(state: &State, call: &Call, id: &str) -> Answer {
    let board = find(state, call, id)?;
    let base = &call.base;
    let columns = STATUSES.iter().map(|status| {
        json!({
            "name": status.name,
            "statuses": [{
                "id": status.id,
                "self": format!("{base}/rest/api/2/status/{}", status.id),
            }],
        })
    });
    let mut configuration = board.render(base);
    if let Some(map) = configuration.as_object_mut() {
        let address = format!("{base}/rest/agile/1.0/board/{}/configuration", board.id);
        map.insert("self".to_owned(), json!(address));
        map.insert(
            "filter".to_owned(),
            json!({
                "id": board.filter.to_string(),
                "self": format!("{base}/rest/api/2/filter/{}", board.filter),
            }),
        );
        map.insert(
            "columnConfig".to_owned(),
            json!({"columns": columns.collect::<Value>(), "constraintType": "none"}),
        );
        map.insert("ranking".to_owned(), json!({"rankCustomFieldId": RANK}));
        if board.scrum {
            map.insert(
                "estimation".to_owned(),
                json!({
                    "type": "field",
                    "field": {
                        "fieldId": format!("customfield_{STORY_POINTS}"),
                        "displayName": "Story Points",
                    },
                }),
            );
        } else {
            let query = "fixVersion in unreleasedVersions() OR fixVersion is EMPTY";
            map.insert("subQuery".to_owned(), json!({"query": query}));
        }
    }
    Ok(Reply::json(200, &configuration))
}

/// Epics are not cards on a scrum board.
fn is_card(board: &Board, issue: &Issue) -> bool {
    !board.scrum || issue.kind.name != "Epic"
}

fn all_issues(state: &State, call: &Call, id: &str) -> Answer {
    let board = find(state, call, id)?;
    narrowed(
        state,
        call,
        |issue| is_card(board, issue),
        board.query(state),
    )
}

/// What is open and in no sprint that is active or planned.
fn backlog(state: &State, call: &Call, id: &str) -> Answer {
    let board = find(state, call, id)?;
    let waits = |issue: &Issue| {
        let planned = issue.sprints().any(|id| {
            let sprint = state.planning.sprint(id);
            sprint.is_some_and(|sprint| sprint.state != Stage::Closed)
        });
        let waiting = if board.scrum {
            !planned
        } else {
            issue.status.name == "To Do"
        };
        is_card(board, issue) && waiting && !issue.status.is_done()
    };
    narrowed(state, call, waits, board.query(state))
}

fn projects_of(board: &Board, state: &State, call: &Call) -> Vec<&'static Project> {
    let issues = board.issues(state, call);
    let holds = |project: &&Project| issues.iter().any(|issue| issue.project.key == project.key);
    PROJECTS.iter().filter(holds).collect()
}

fn projects(state: &State, call: &Call, id: &str) -> Answer {
    let board = find(state, call, id)?;
    let projects = projects_of(board, state, call).into_iter();
    let projects = projects.map(|project| project.reference(&call.base));
    Ok(page(call, projects.collect(), true))
}

fn versions(state: &State, call: &Call, id: &str) -> Answer {
    let board = find(state, call, id)?;
    let released = call.parameter("released");
    let projects = projects_of(board, state, call).into_iter();
    let versions = projects
        .flat_map(|project| state.planning.versions_of(project))
        .filter(|version| released.is_none_or(|wanted| wanted == version.released.to_string()))
        .map(|version| {
            // Here ids are numbers and days are moments.
            let mut whole = version.full(&call.base);
            if let Some(map) = whole.as_object_mut() {
                map.insert("id".to_owned(), json!(version.id));
                map.retain(|name, _| !name.starts_with("user"));
                for name in ["startDate", "releaseDate"] {
                    if let Some(day) = map.get_mut(name) {
                        let text = day.as_str().unwrap_or_default();
                        *day = json!(format!("{text}T00:00:00.000Z"));
                    }
                }
            }
            whole
        });
    Ok(page(call, versions.collect(), false))
}

fn no_sprints() -> Reply {
    refuse_because(400, "The board does not support sprints")
}

fn sprints(state: &State, call: &Call, id: &str) -> Answer {
    let board = find(state, call, id)?;
    if !board.scrum {
        return Err(no_sprints());
    }
    let wanted = call.list("state");
    if let Some(odd) = wanted.iter().find(|state| Stage::named(state).is_none()) {
        return Err(refuse_because(
            400,
            &format!("The sprint state '{odd}' is not one of future, active and closed."),
        ));
    }
    let mut sprints: Vec<_> = state
        .planning
        .sprints
        .iter()
        .filter(|sprint| sprint.board == board.id)
        .filter(|sprint| wanted.is_empty() || wanted.iter().any(|name| name == sprint.state.name()))
        .collect();
    sprints.sort_by_key(|sprint| sprint.sequence);
    let sprints = sprints.iter().map(|sprint| sprint.render(&call.base));
    Ok(page(call, sprints.collect(), false))
}

fn sprint_issues(state: &State, call: &Call, id: &str, sprint: &str) -> Answer {
    let board = find(state, call, id)?;
    if !board.scrum {
        return Err(no_sprints());
    }
    let sprint = super::sprints::find(state, call, sprint)?.id;
    let inside = |issue: &Issue| issue.sprints().any(|id| id == sprint);
    narrowed(state, call, inside, board.query(state))
}

fn all_epics(state: &State, call: &Call, id: &str) -> Answer {
    let board = find(state, call, id)?;
    let done = call.parameter("done");
    let epics = board
        .issues(state, call)
        .into_iter()
        .filter(|issue| issue.kind.name == "Epic")
        .filter(|issue| {
            done.is_none_or(|wanted| wanted == epics::is_done(state, issue).to_string())
        })
        .map(|issue| epics::render(state, issue, &call.base));
    Ok(page(call, epics.collect(), false))
}

fn without_epic(state: &State, call: &Call, id: &str) -> Answer {
    let board = find(state, call, id)?;
    let alone = |issue: &Issue| issue.custom_text(EPIC_LINK).is_none() && issue.kind.name != "Epic";
    narrowed(state, call, alone, board.query(state))
}

fn epic_issues(state: &State, call: &Call, id: &str, epic: &str) -> Answer {
    let board = find(state, call, id)?;
    let epic = epics::find(state, call, epic)?.key();
    let inside = |issue: &Issue| issue.custom_text(EPIC_LINK) == Some(epic.as_str());
    narrowed(state, call, inside, board.query(state))
}

/// No board has a quick filter.
fn quick_filters(state: &State, call: &Call, id: &str) -> Answer {
    find(state, call, id)?;
    Ok(page(call, Vec::new(), true))
}

/// Takes issues out of all sprints that are not over.
fn to_backlog(state: &mut State, call: &Call) -> Answer {
    let moved = moved(state, call)?;
    super::sprints::assign(state, call, &moved, None);
    Ok(Reply::empty(204))
}

fn rank_issues(state: &mut State, call: &Call) -> Answer {
    let moved = moved(state, call)?;
    if !rank(state, call, &moved, "rankBeforeIssue", "rankAfterIssue")? {
        return Err(refuse_because(
            400,
            "One of 'rankBeforeIssue' and 'rankAfterIssue' has to be given.",
        ));
    }
    Ok(Reply::empty(204))
}

/// The board says which field holds the estimate, so it has to be named.
fn estimation_board<'a>(state: &'a State, call: &Call) -> Result<&'a Board, Reply> {
    let Some(id) = call.parameter("boardId") else {
        return Err(refuse_because(
            400,
            "The 'boardId' parameter has to be given.",
        ));
    };
    let board = find(state, call, id)?;
    if board.scrum {
        Ok(board)
    } else {
        Err(refuse_because(400, "The board does not use estimation."))
    }
}

fn estimate_of(issue: &Issue) -> Value {
    let points = issue.custom.get(&STORY_POINTS).cloned();
    json!({
        "fieldId": format!("customfield_{STORY_POINTS}"),
        "value": points.unwrap_or_default(),
    })
}

fn estimation(state: &State, call: &Call, key: &str) -> Answer {
    let issue = visible(state, call, key)?;
    estimation_board(state, call)?;
    Ok(Reply::json(200, &estimate_of(issue)))
}

fn estimate(state: &mut State, call: &Call, key: &str) -> Answer {
    let mut issue = visible(state, call, key)?.clone();
    let caller = writer(call)?;
    estimation_board(state, call)?;
    let body = object(call)?;
    let value = match body.get("value") {
        Some(Value::String(text)) if text.trim().is_empty() => Value::Null,
        Some(Value::String(text)) => match text.trim().parse::<f64>() {
            Ok(points) if points.is_finite() => json!(points),
            _ => {
                return Err(refuse_because(
                    400,
                    &format!("'{text}' is an invalid number"),
                ));
            }
        },
        Some(value @ (Value::Number(_) | Value::Null)) => value.clone(),
        _ => return Err(refuse_because(400, "The field 'value' is required.")),
    };
    let field = format!("customfield_{STORY_POINTS}");
    let item = input::set(&state.planning, &mut issue, &field, &value)
        .map_err(|problem| refuse_because(400, &problem))?;
    issue.note(
        state.new_id(),
        Some(caller),
        call.now,
        item.into_iter().collect(),
    );
    let reply = estimate_of(&issue);
    state.issues.insert(issue.id, issue);
    Ok(Reply::json(200, &reply))
}

//! Avatars: their lists and the pictures.

use serde_json::{Value, json};

use crate::sandbox::exchange::{Call, Reply};
use crate::sandbox::jira::attachments::pixel;
use crate::sandbox::jira::projects;
use crate::sandbox::jira::refuse_because;
use crate::sandbox::jira::routes::{
    Answer,
    Handler::{Read, Read1, Read2},
    Route,
};
use crate::sandbox::jira::state::State;
use crate::sandbox::jira::users::{known, wanted};

/// What is answered here below `/rest/api/2`.
pub(super) const ROUTES: &[Route] = &[
    Route("GET", "avatar/{}/system", Read1(of_system)),
    Route("GET", "project/{}/avatars", Read1(of_project)),
    Route("GET", "user/avatars", Read(of_user)),
    Route(
        "GET",
        "universal_avatar/type/{}/owner/{}",
        Read2(of_anything),
    ),
];

/// The pictures, which do not lie below `/rest`.
pub(super) const PICTURES: &[Route] = &[
    Route("GET", "useravatar", Read(picture)),
    Route("GET", "projectavatar", Read(picture)),
    Route("GET", "viewavatar", Read(picture)),
];

fn avatar(id: u32, kind: &str, selected: bool, base: &str) -> Value {
    let url = |size: &str| {
        let page = match kind {
            "user" => "useravatar",
            "project" => "projectavatar",
            _ => "viewavatar",
        };
        format!("{base}/secure/{page}?{size}avatarId={id}")
    };
    json!({
        "id": id.to_string(),
        "isSystemAvatar": true,
        "isSelected": selected,
        "isDeletable": false,
        "urls": {
            "48x48": url(""),
            "24x24": url("size=small&"),
            "16x16": url("size=xsmall&"),
            "32x32": url("size=medium&"),
        },
        "selected": selected,
    })
}

fn system(kind: &str, base: &str) -> Option<Value> {
    let first = match kind {
        "project" => 10_324,
        "user" => 10_341,
        "issuetype" => 10_303,
        _ => return None,
    };
    let avatars = (first..first + 5).map(|id| avatar(id, kind, id == first, base));
    Some(avatars.collect())
}

fn no_kind(kind: &str) -> Reply {
    refuse_because(404, &format!("The avatar type '{kind}' does not exist."))
}

fn of_system(_: &State, call: &Call, kind: &str) -> Answer {
    let avatars = system(kind, &call.base).ok_or_else(|| no_kind(kind))?;
    Ok(Reply::json(200, &json!({"system": avatars})))
}

fn both(kind: &str, call: &Call) -> Answer {
    let avatars = system(kind, &call.base).ok_or_else(|| no_kind(kind))?;
    Ok(Reply::json(200, &json!({"system": avatars, "custom": []})))
}

fn of_project(_: &State, call: &Call, key: &str) -> Answer {
    projects::visible(call, key)?;
    both("project", call)
}

fn of_user(_: &State, call: &Call) -> Answer {
    wanted(call, "key")?;
    both("user", call)
}

fn of_anything(_: &State, call: &Call, kind: &str, _: &str) -> Answer {
    known(call)?;
    both(kind, call)
}

fn picture(_: &State, _: &Call) -> Answer {
    Ok(Reply::bytes("image/png", pixel()))
}

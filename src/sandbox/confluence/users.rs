//! Users, and the groups they are in.

use serde_json::{Value, json};

use crate::sandbox::confluence::access::named_user;
use crate::sandbox::confluence::groups;
use crate::sandbox::confluence::refusals::{Answer, refuse};
use crate::sandbox::exchange::{Call, Reply};
use crate::sandbox::people::Person;

/// `GET user`
pub(super) fn get(call: &Call) -> Answer {
    Ok(answer(call, wanted(call)?.in_confluence(&call.base)))
}

/// `GET user/current`
pub(super) fn current(call: &Call) -> Answer {
    match call.caller {
        Some(person) => Ok(answer(call, person.in_confluence(&call.base))),
        None => Err(refuse(403, "User not permitted to use Confluence : null")),
    }
}

/// `GET user/anonymous`
pub(super) fn anonymous(call: &Call) -> Answer {
    if call.caller.is_none() {
        return Err(refuse(403, "User not permitted to use Confluence : null"));
    }
    let user = json!({
        "type": "anonymous",
        "profilePicture": {
            "path": "/confluence/images/icons/profilepics/anonymous.svg",
            "width": 48,
            "height": 48,
            "isDefault": true,
        },
        "displayName": "Anonymous",
        "_links": {"self": format!("{}/rest/api/user/anonymous", call.base)},
        "_expandable": {"status": ""},
    });
    Ok(answer(call, user))
}

/// `GET user/memberof`
pub(super) fn groups(call: &Call) -> Answer {
    Ok(groups::of(call, wanted(call)?))
}

/// The user that the request names.
fn wanted(call: &Call) -> Result<&'static Person, Reply> {
    if call.caller.is_none() {
        return Err(refuse(403, "User not permitted to view user profiles"));
    }
    named_user(call).unwrap_or_else(|| {
        Err(refuse(
            400,
            "Either the username or the key parameter is required",
        ))
    })
}

fn answer(call: &Call, mut user: Value) -> Reply {
    if let Some(map) = user.as_object_mut()
        && call.list("expand").iter().any(|name| name == "status")
    {
        map.insert("status".to_owned(), json!("current"));
        map.insert("_expandable".to_owned(), json!({}));
    }
    if let Some(links) = user.get_mut("_links").and_then(Value::as_object_mut) {
        links.insert("base".to_owned(), json!(call.base));
        links.insert("context".to_owned(), json!("/confluence"));
    }
    Reply::json(200, &user)
}

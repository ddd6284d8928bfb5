//! The permission scheme that both projects share.

use serde_json::{Value, json};

use crate::sandbox::exchange::{Call, Reply};
use crate::sandbox::jira::refuse_because;
use crate::sandbox::jira::routes::{
    Answer,
    Handler::{Read, Read1, Read2},
    Route,
};
use crate::sandbox::jira::schemes::{SCHEME, only};
use crate::sandbox::jira::state::State;
use crate::sandbox::jira::users::admin;

/// What is answered here.
pub(super) const ROUTES: &[Route] = &[
    Route("GET", "permissionscheme", Read(permission_schemes)),
    Route("GET", "permissionscheme/{}", Read1(permission_scheme)),
    Route("GET", "permissionscheme/{}/permission", Read1(grants)),
    Route("GET", "permissionscheme/{}/permission/{}", Read2(one_grant)),
    Route("GET", "permissionscheme/{}/attribute/{}", Read2(attribute)),
];

/// The attribute with which administrators of a project may change its workflow.
const EXTENDED: &str = "ADMINISTER_PROJECTS.extended.enabled";

fn grant(id: u64, key: &str, role: u64, base: &str) -> Value {
    json!({
        "id": id,
        "self": format!("{base}/rest/api/2/permissionscheme/{SCHEME}/permission/{id}"),
        "holder": {
            "type": "projectRole",
            "parameter": role.to_string(),
            "expand": "projectRole",
        },
        "permission": key,
    })
}

fn all_grants(base: &str) -> Vec<Value> {
    vec![
        grant(10_100, "ADMINISTER_PROJECTS", 10_002, base),
        grant(10_101, "BROWSE_PROJECTS", 10_000, base),
        grant(10_102, "CREATE_ISSUES", 10_000, base),
        grant(10_103, "EDIT_ISSUES", 10_001, base),
    ]
}

/// The scheme, with its grants if they were asked for.
pub(super) fn body(call: &Call) -> Value {
    let base = &call.base;
    let mut scheme = json!({
        "expand": "permissions,user,group,projectRole,field,all",
        "id": SCHEME,
        "self": format!("{base}/rest/api/2/permissionscheme/{SCHEME}"),
        "name": "Sandbox permission scheme",
        "description": "Everyone with a licence works in every project.",
    });
    let wanted = call.list("expand");
    if wanted
        .iter()
        .any(|part| part == "permissions" || part == "all")
        && let Some(map) = scheme.as_object_mut()
    {
        map.insert("permissions".to_owned(), Value::Array(all_grants(base)));
    }
    scheme
}

fn permission_schemes(_: &State, call: &Call) -> Answer {
    admin(call)?;
    Ok(Reply::json(
        200,
        &json!({"permissionSchemes": [body(call)]}),
    ))
}

fn permission_scheme(_: &State, call: &Call, id: &str) -> Answer {
    admin(call)?;
    only(id)?;
    Ok(Reply::json(200, &body(call)))
}

fn grants(_: &State, call: &Call, id: &str) -> Answer {
    admin(call)?;
    only(id)?;
    Ok(Reply::json(
        200,
        &json!({
            "permissions": all_grants(&call.base),
            "expand": "user,group,projectRole,field,all",
        }),
    ))
}

fn one_grant(_: &State, call: &Call, id: &str, wanted: &str) -> Answer {
    admin(call)?;
    only(id)?;
    let found = all_grants(&call.base)
        .into_iter()
        .find(|grant| grant.get("id").map(Value::to_string).as_deref() == Some(wanted));
    match found {
        Some(grant) => Ok(Reply::json(200, &grant)),
        None => Err(refuse_because(
            404,
            &format!("A permission grant with id {wanted} does not exist."),
        )),
    }
}

fn attribute(_: &State, call: &Call, id: &str, key: &str) -> Answer {
    admin(call)?;
    only(id)?;
    if key == EXTENDED {
        return Ok(Reply::json(200, &json!({"key": key, "value": "true"})));
    }
    Err(refuse_because(
        404,
        &format!("The attribute '{key}' does not exist."),
    ))
}

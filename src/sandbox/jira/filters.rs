//! Saved searches.

use serde_json::{Map, Value, json};

use crate::sandbox::exchange::{Call, Reply, encode};
use crate::sandbox::jira::groups::{self, USERS};
use crate::sandbox::jira::routes::{
    Answer,
    Handler::{Read, Read1, Read2, Write, Write1, Write2},
    Route,
};
use crate::sandbox::jira::state::State;
use crate::sandbox::jira::users::known;
use crate::sandbox::jira::{jql, object, refuse, refuse_because, refuse_fields, settings};
use crate::sandbox::people::{self, Person};

/// What is answered here.
pub(super) const ROUTES: &[Route] = &[
    Route("POST", "filter", Write(create)),
    Route("GET", "filter/favourite", Read(favourites)),
    Route("GET", "filter/defaultShareScope", Read(share_scope)),
    Route("PUT", "filter/defaultShareScope", Write(set_share_scope)),
    Route("GET", "filter/{}", Read1(get)),
    Route("PUT", "filter/{}", Write1(update)),
    Route("DELETE", "filter/{}", Write1(delete)),
    Route("GET", "filter/{}/columns", Read1(columns)),
    Route("GET", "filter/{}/permission", Read1(permissions)),
    Route("POST", "filter/{}/permission", Write1(share)),
    Route("GET", "filter/{}/permission/{}", Read2(permission)),
    Route("DELETE", "filter/{}/permission/{}", Write2(stop_sharing)),
];

/// A saved search.
#[derive(Clone, Debug)]
pub(super) struct Filter {
    pub(super) id: u64,
    pub(super) name: String,
    description: String,
    owner: &'static str,
    pub(super) jql: String,
    favourites: Vec<&'static str>,
    shares: Vec<Share>,
}

/// With whom a filter is shared: `global`, `authenticated` or a group.
#[derive(Clone, Debug)]
struct Share {
    id: u64,
    kind: String,
    group: Option<&'static str>,
}

impl Filter {
    /// The filters that the sandbox begins with; the boards use the first three.
    pub(super) fn sample() -> Vec<Filter> {
        let row = |id: u64, name: &str, owner, jql: &str, group| Filter {
            id,
            name: name.to_owned(),
            description: String::new(),
            owner,
            jql: jql.to_owned(),
            favourites: vec![owner],
            shares: vec![Share {
                id: id + 100,
                kind: "group".to_owned(),
                group: Some(group),
            }],
        };
        vec![
            row(
                10400,
                "Shop board",
                "mfenwick",
                "project = DEMO ORDER BY Rank ASC",
                USERS,
            ),
            row(
                10401,
                "Infra board",
                "onwadike",
                "project = INFRA ORDER BY Rank ASC",
                USERS,
            ),
            row(
                10402,
                "Incidents",
                "onwadike",
                "project = INFRA AND issuetype = Incident ORDER BY Rank ASC",
                USERS,
            ),
            row(
                10403,
                "My open issues",
                crate::sandbox::USERNAME,
                "assignee = currentUser() AND resolution = Unresolved ORDER BY updated DESC",
                USERS,
            ),
            row(
                10404,
                "On-call only",
                "onwadike",
                "project = INFRA AND priority = Highest",
                "operations",
            ),
        ]
    }

    fn visible_to(&self, person: &Person) -> bool {
        self.owner == person.login
            || self
                .shares
                .iter()
                .any(|share| share.group.is_none_or(|group| groups::is_in(person, group)))
    }

    fn render(&self, call: &Call, person: &Person) -> Value {
        let base = &call.base;
        let own = self.owner == person.login;
        let shares = self.shares.iter();
        let none = json!({
            "size": 0,
            "items": [],
            "max-results": 1000,
            "start-index": 0,
            "end-index": 0,
        });
        json!({
            "self": format!("{base}/rest/api/2/filter/{}", self.id),
            "id": self.id.to_string(),
            "name": self.name,
            "description": self.description,
            "owner": people::by_login(self.owner).map(|owner| owner.in_jira(base)),
            "jql": self.jql,
            "viewUrl": format!("{base}/issues/?filter={}", self.id),
            "searchUrl": format!("{base}/rest/api/2/search?jql={}", encode(&self.jql)),
            "favourite": self.favourites.contains(&person.login),
            "editable": own,
            "sharePermissions": shares.map(|share| share.render(base)).collect::<Value>(),
            "sharedUsers": none,
            "subscriptions": none,
        })
    }
}

impl Share {
    fn render(&self, base: &str) -> Value {
        let mut share = json!({"id": self.id, "type": self.kind, "view": true, "edit": false});
        if let (Some(group), Some(map)) = (self.group, share.as_object_mut()) {
            map.insert("group".to_owned(), groups::reference(group, base));
        }
        share
    }
}

/// The filter, if it exists and the caller may see it; a hidden one is a 400 as well.
fn find<'a>(
    state: &'a State,
    call: &Call,
    id: &str,
) -> Result<(&'a Filter, &'static Person), Reply> {
    let gone = || {
        refuse_because(
            400,
            &format!("The selected filter with id '{id}' does not exist."),
        )
    };
    let person = call.caller.ok_or_else(gone)?;
    let filter = state
        .filters
        .iter()
        .find(|filter| filter.id.to_string() == id);
    let filter = filter.filter(|filter| filter.visible_to(person));
    Ok((filter.ok_or_else(gone)?, person))
}

/// The same for a change, which only the owner may make.
fn own<'a>(
    state: &'a mut State,
    call: &Call,
    id: &str,
) -> Result<(&'a mut Filter, &'static Person), Reply> {
    let (filter, person) = find(state, call, id)?;
    if filter.owner != person.login {
        return Err(refuse_because(
            400,
            "Filter not available: you are not its owner.",
        ));
    }
    let id = filter.id;
    let mut filters = state.filters.iter_mut();
    let filter = filters.find(|filter| filter.id == id);
    Ok((filter.ok_or_else(|| Reply::unknown_path(call))?, person))
}

fn get(state: &State, call: &Call, id: &str) -> Answer {
    let (filter, person) = find(state, call, id)?;
    Ok(Reply::json(200, &filter.render(call, person)))
}

fn favourites(state: &State, call: &Call) -> Answer {
    let person = known(call)?;
    let filters = state.filters.iter();
    let filters = filters.filter(|filter| filter.favourites.contains(&person.login));
    let filters = filters.map(|filter| filter.render(call, person));
    Ok(Reply::json(200, &filters.collect()))
}

fn create(state: &mut State, call: &Call) -> Answer {
    let person = known(call)?;
    let mut filter = Filter {
        id: 0,
        name: String::new(),
        description: String::new(),
        owner: person.login,
        jql: String::new(),
        favourites: Vec::new(),
        shares: Vec::new(),
    };
    fill(state, call, &mut filter, person)?;
    filter.id = state.new_id();
    let reply = filter.render(call, person);
    state.filters.push(filter);
    Ok(Reply::json(200, &reply))
}

fn update(state: &mut State, call: &Call, id: &str) -> Answer {
    let (filter, person) = own(state, call, id)?;
    let mut filter = filter.clone();
    fill(state, call, &mut filter, person)?;
    let reply = filter.render(call, person);
    let (place, _) = own(state, call, id)?;
    *place = filter;
    Ok(Reply::json(200, &reply))
}

/// Sets what the body has; the name has to be free among the owner's filters and the query right.
fn fill(
    state: &State,
    call: &Call,
    filter: &mut Filter,
    person: &'static Person,
) -> Result<(), Reply> {
    let body = object(call)?;
    let text = |name: &str| body.get(name).and_then(Value::as_str);
    for (name, place) in [
        ("name", &mut filter.name),
        ("description", &mut filter.description),
        ("jql", &mut filter.jql),
    ] {
        if let Some(text) = text(name) {
            *place = text.trim().to_owned();
        }
    }
    let mut errors = Map::new();
    if filter.name.is_empty() {
        let problem = "You must specify a name to save this filter as.";
        errors.insert("filterName".to_owned(), json!(problem));
    }
    let taken = state.filters.iter().any(|other| {
        other.id != filter.id && other.owner == filter.owner && other.name == filter.name
    });
    if taken {
        errors.insert(
            "filterName".to_owned(),
            json!("Filter with same name already exists."),
        );
    }
    if !errors.is_empty() {
        return Err(refuse_fields(errors));
    }
    jql::run(state, &filter.jql, call).map_err(|problems| refuse(400, &problems))?;
    match body.get("favourite").and_then(Value::as_bool) {
        Some(true) if !filter.favourites.contains(&person.login) => {
            filter.favourites.push(person.login);
        }
        Some(false) => filter.favourites.retain(|login| *login != person.login),
        _ => {}
    }
    Ok(())
}

fn delete(state: &mut State, call: &Call, id: &str) -> Answer {
    let id = own(state, call, id)?.0.id;
    state.filters.retain(|filter| filter.id != id);
    Ok(Reply::empty(204))
}

fn columns(state: &State, call: &Call, id: &str) -> Answer {
    find(state, call, id)?;
    Ok(Reply::json(200, &settings::columns()))
}

fn permissions(state: &State, call: &Call, id: &str) -> Answer {
    let (filter, _) = find(state, call, id)?;
    let shares = filter.shares.iter().map(|share| share.render(&call.base));
    Ok(Reply::json(200, &shares.collect()))
}

fn permission(state: &State, call: &Call, id: &str, share: &str) -> Answer {
    let (filter, _) = find(state, call, id)?;
    let found = filter
        .shares
        .iter()
        .find(|other| other.id.to_string() == share);
    match found {
        Some(share) => Ok(Reply::json(200, &share.render(&call.base))),
        None => Err(no_share(share)),
    }
}

fn share(state: &mut State, call: &Call, id: &str) -> Answer {
    let body = object(call)?;
    let text = |name: &str| body.get(name).and_then(Value::as_str);
    let new_id = state.new_id();
    let (filter, _) = own(state, call, id)?;
    let kind = text("type").unwrap_or_default();
    let group =
        match kind {
            "global" | "authenticated" => None,
            "group" => {
                let name = text("groupname").unwrap_or_default();
                let group = groups::GROUPS.iter().copied().find(|group| *group == name);
                Some(group.ok_or_else(|| {
                    refuse_because(400, &format!("Group: '{name}' does not exist."))
                })?)
            }
            _ => {
                return Err(refuse_because(
                    400,
                    &format!("Sharing with the type '{kind}' is not possible on this server."),
                ));
            }
        };
    // A filter that everybody sees needs no other shares.
    if group.is_none() {
        filter.shares.clear();
    }
    filter.shares.push(Share {
        id: new_id,
        kind: kind.to_owned(),
        group,
    });
    let shares = filter.shares.iter().map(|share| share.render(&call.base));
    Ok(Reply::json(201, &shares.collect()))
}

fn stop_sharing(state: &mut State, call: &Call, id: &str, share: &str) -> Answer {
    let (filter, _) = own(state, call, id)?;
    let before = filter.shares.len();
    filter.shares.retain(|other| other.id.to_string() != share);
    if filter.shares.len() == before {
        return Err(no_share(share));
    }
    Ok(Reply::empty(204))
}

fn no_share(id: &str) -> Reply {
    refuse_because(404, &format!("The share permission '{id}' does not exist."))
}

fn share_scope(state: &State, call: &Call) -> Answer {
    let person = known(call)?;
    let key = (person.login, "filter.share.scope".to_owned());
    let scope = state
        .preferences
        .get(&key)
        .map_or("PRIVATE", String::as_str);
    Ok(Reply::json(200, &json!({"scope": scope})))
}

fn set_share_scope(state: &mut State, call: &Call) -> Answer {
    let person = known(call)?;
    let body = object(call)?;
    let scope = body
        .get("scope")
        .and_then(Value::as_str)
        .unwrap_or_default();
    if !matches!(scope, "GLOBAL" | "AUTHENTICATED" | "PRIVATE") {
        return Err(refuse_because(
            400,
            &format!("The scope '{scope}' is not valid."),
        ));
    }
    let key = (person.login, "filter.share.scope".to_owned());
    state.preferences.insert(key, scope.to_owned());
    Ok(Reply::json(200, &json!({"scope": scope})))
}

//! A small Confluence Server 6.15: what it answers to each request.

mod content;
mod cql;
mod entities;
mod expand;
mod labels;
mod render;
mod sample;
mod search;
mod spaces;
mod state;
mod storage;
mod view;
mod write;

use std::sync::{PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};

use serde_json::{Value, json};

use crate::sandbox::confluence::state::{Content, State};
use crate::sandbox::exchange::{Call, Reply};
use crate::sandbox::people;

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
        match route.as_slice() {
            ["rest", "api", resource @ ..] => self
                .resource(call, call.method.as_str(), resource)
                .unwrap_or_else(|refusal| refusal),
            ["rest", "experimental", "content", id, "version"] => {
                content::versions(&self.read(), call, id).unwrap_or_else(|refusal| refusal)
            }
            ["rest", "applinks", "1.0" | "latest", "manifest"] => manifest(call),
            _ => Reply::unknown_path(call),
        }
    }

    fn resource(&self, call: &Call, method: &str, resource: &[&str]) -> Result<Reply, Reply> {
        if let ["content", id, ..] = resource
            && *id != "search"
            && id.parse::<u64>().is_err()
        {
            return Err(Reply::unknown_path(call));
        }
        match (method, resource) {
            ("GET", ["user", "current"]) => current_user(call),
            ("GET", ["user"]) => user(call),
            ("GET", ["space"]) => Ok(spaces::list(&self.read(), call)),
            ("GET", ["space", key]) => spaces::get(&self.read(), call, key),
            ("GET", ["space", key, "content"]) => spaces::content(&self.read(), call, key),
            ("GET", ["search"]) => search::search(&self.read(), call),
            ("GET", ["content", "search"]) => search::content(&self.read(), call),
            ("GET", ["content"]) => content::list(&self.read(), call),
            ("POST", ["content"]) => write::create(&mut self.write(), call),
            ("GET", ["content", id]) => content::get(&self.read(), call, id),
            ("PUT", ["content", id]) => write::update(&mut self.write(), call, id),
            ("DELETE", ["content", id]) => write::delete(&mut self.write(), call, id),
            ("GET", ["content", id, "history"]) => content::history(&self.read(), call, id),
            ("GET", ["content", id, "child" | "descendant"]) => {
                content::child_map(&self.read(), call, id)
            }
            ("GET", ["content", id, depth @ ("child" | "descendant"), kind]) => {
                content::children(&self.read(), call, id, kind, *depth == "descendant")
            }
            ("GET", ["content", id, "label"]) => labels::list(&self.read(), call, id),
            ("POST", ["content", id, "label"]) => labels::add(&mut self.write(), call, id),
            ("DELETE", ["content", id, "label"]) => {
                let name = call.parameter("name").unwrap_or_default();
                labels::remove(&mut self.write(), call, id, name)
            }
            ("DELETE", ["content", id, "label", name]) => {
                labels::remove(&mut self.write(), call, id, name)
            }
            (
                _,
                ["space" | "search" | "content" | "user"]
                | ["user", "current"]
                | ["space" | "content", _]
                | ["content", _, "history" | "child" | "label"],
            ) => Err(Reply::unknown_method(call)),
            _ => Err(Reply::unknown_path(call)),
        }
    }

    fn read(&self) -> RwLockReadGuard<'_, State> {
        self.state.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn write(&self) -> RwLockWriteGuard<'_, State> {
        self.state.write().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Whether the resource reads a form or a file instead of JSON.
pub(super) fn takes_form(call: &Call) -> bool {
    matches!(
        (call.method.as_str(), call.route().as_slice()),
        (
            "POST" | "PUT",
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

/// A refusal in the shape of Confluence.
fn refuse(status: u16, message: &str) -> Reply {
    let (reason, exception) = match status {
        400 => ("Bad Request", "BadRequestException: "),
        403 => ("Forbidden", "PermissionException: "),
        409 => ("Conflict", "ConflictException: "),
        // This message comes without the name of an exception.
        _ => ("Not Found", ""),
    };
    let prefix = if exception.is_empty() {
        String::new()
    } else {
        format!("com.atlassian.confluence.api.service.exceptions.{exception}")
    };
    let errors = if status == 400 {
        json!([{"message": {"key": message, "args": [], "translation": message}}])
    } else {
        json!([])
    };
    Reply::json(
        status,
        &json!({
            "statusCode": status,
            "data": {
                "authorized": status == 400 || status == 409,
                "valid": status != 400,
                "errors": errors,
                "successful": false,
            },
            "message": format!("{prefix}{message}"),
            "reason": reason,
        }),
    )
}

/// The refusal for content that is not there or not visible.
fn no_content(id: &str) -> Reply {
    refuse(
        404,
        &format!("No content found with id: ContentId{{id={id}}}"),
    )
}

/// The content with an id, if it exists in the status and the caller may see it.
fn visible<'a>(state: &'a State, call: &Call, id: &str) -> Result<&'a Content, Reply> {
    let wanted = call.parameter("status").unwrap_or("current");
    id.parse()
        .ok()
        .and_then(|number: u64| state.contents.get(&number))
        .filter(|content| {
            // An old version belongs to current content.
            wanted == "any" || content.trashed == (wanted == "trashed")
        })
        .filter(|_| call.caller.is_some())
        .ok_or_else(|| no_content(id))
}

/// Where a page of results begins and how many it holds.
struct Window {
    start: usize,
    limit: usize,
}

impl Window {
    /// Reads `start` and `limit`; the limit is silently lowered to what the server allows.
    fn new(call: &Call) -> Window {
        let bodies = call.list("expand").iter().any(|part| part.contains("body"));
        let maximum = if bodies { 50 } else { 200 };
        let limit = call.number("limit", 25).clamp(0, maximum);
        Window {
            start: usize::try_from(call.number("start", 0)).unwrap_or(0),
            limit: usize::try_from(limit).unwrap_or(25),
        }
    }

    /// A page of the results, with links to the pages before and after it.
    fn page<T>(&self, call: &Call, all: &[T], render: impl Fn(&T) -> Value) -> Value {
        let results: Vec<Value> = all
            .iter()
            .skip(self.start)
            .take(self.limit)
            .map(render)
            .collect();
        let mut links = json!({
            "self": format!("{}{}", call.base, self.link(call, self.start)),
            "base": call.base,
            "context": "/confluence",
        });
        if let Some(map) = links.as_object_mut() {
            let next = self.start.saturating_add(self.limit);
            if next < all.len() && self.limit > 0 {
                map.insert("next".to_owned(), json!(self.link(call, next)));
            }
            if self.start > 0 {
                let previous = self.start.saturating_sub(self.limit);
                map.insert("prev".to_owned(), json!(self.link(call, previous)));
            }
        }
        json!({
            "size": results.len(),
            "results": results,
            "start": self.start,
            "limit": self.limit,
            "_links": links,
        })
    }

    fn link(&self, call: &Call, start: usize) -> String {
        let mut link = format!("{}?", call.path);
        for (name, value) in &call.query {
            if name != "start" && name != "limit" {
                link.push_str(&format!(
                    "{name}={}&",
                    crate::sandbox::exchange::encode(value)
                ));
            }
        }
        link.push_str(&format!("limit={}&start={start}", self.limit));
        link
    }
}

fn manifest(call: &Call) -> Reply {
    Reply::text(
        200,
        "application/xml;charset=UTF-8",
        format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?><manifest>\
             <id>c7d1a3f2-5b0e-3f6a-8a44-0d9e6f7b2c33</id><name>Sandbox Confluence</name>\
             <typeId>confluence</typeId><version>6.15.10</version><buildNumber>7901</buildNumber>\
             <applinksVersion>5.4.15</applinksVersion>\
             <inboundAuthenticationTypes>com.atlassian.applinks.api.auth.types.OAuthAuthenticationProvider</inboundAuthenticationTypes>\
             <publicSignup>false</publicSignup><url>{}</url></manifest>",
            call.base
        ),
    )
}

fn current_user(call: &Call) -> Result<Reply, Reply> {
    match call.caller {
        Some(person) => Ok(Reply::json(200, &person.in_confluence(&call.base))),
        None => Err(refuse(403, "User not permitted to use Confluence : null")),
    }
}

fn user(call: &Call) -> Result<Reply, Reply> {
    let Some(name) = call.parameter("username").or(call.parameter("key")) else {
        return Err(refuse(
            400,
            "Either the username or the key parameter is required",
        ));
    };
    match people::by_any_name(name).filter(|_| call.caller.is_some()) {
        Some(person) => Ok(Reply::json(200, &person.in_confluence(&call.base))),
        None => Err(refuse(
            404,
            &format!("No user found with username : {name}"),
        )),
    }
}

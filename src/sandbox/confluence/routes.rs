//! Which handler takes which request, and whether it reads or writes.

use crate::sandbox::confluence::properties::Owner;
use crate::sandbox::confluence::refusals::Answer;
use crate::sandbox::confluence::render::Depth;
use crate::sandbox::confluence::state::State;
use crate::sandbox::confluence::{
    attachments, audit, content, convert, groups, labels, macros, properties, prototype,
    restrictions, search, site, spaces, tasks, templates, users, versions, watches, write,
};
use crate::sandbox::exchange::Call;

/// What is to be done for a request, once the state is at hand.
pub(super) enum Work<'a> {
    /// Something that changes nothing.
    Read(Box<dyn FnOnce(&State) -> Answer + 'a>),
    /// Something that may change the state.
    Write(Box<dyn FnOnce(&mut State) -> Answer + 'a>),
}

fn reads<'a>(work: impl FnOnce(&State) -> Answer + 'a) -> Option<Work<'a>> {
    Some(Work::Read(Box::new(work)))
}

fn writes<'a>(work: impl FnOnce(&mut State) -> Answer + 'a) -> Option<Work<'a>> {
    Some(Work::Write(Box::new(work)))
}

/// Whether the path is known, though perhaps with another method.
pub(super) fn knows(call: &Call, path: &[&str]) -> bool {
    ["GET", "POST", "PUT", "DELETE"]
        .iter()
        .any(|method| find(method, call, path).is_some())
}

/// Finds the handler for a method and the parts of a path.
pub(super) fn find<'a>(method: &str, call: &'a Call, path: &'a [&'a str]) -> Option<Work<'a>> {
    match path {
        ["rest", "api", "content", rest @ ..] => contents(method, call, rest),
        ["rest", "api", "space", rest @ ..] => all_spaces(method, call, rest),
        ["rest", "api", "user", rest @ ..] => people(method, call, rest),
        ["rest", "api", rest @ ..] => site_wide(method, call, rest),
        ["rest", "experimental", rest @ ..] => experimental(method, call, rest),
        ["rest", "prototype", "1" | "latest", rest @ ..] => first_api(method, call, rest),
        ["rest", "applinks", "1.0" | "latest", "manifest"] if method == "GET" => {
            reads(move |_| Ok(site::manifest(call)))
        }
        ["download", "attachments", page, name] if method == "GET" => {
            reads(move |state| attachments::download(state, call, page, name))
        }
        _ => None,
    }
}

fn contents<'a>(method: &str, call: &'a Call, path: &'a [&'a str]) -> Option<Work<'a>> {
    match (method, path) {
        ("GET", []) => reads(move |state| content::list(state, call)),
        ("POST", []) => writes(move |state| write::create(state, call)),
        ("GET", ["search"]) => reads(move |state| search::content(state, call)),
        ("POST" | "PUT", ["blueprint", "instance", id]) => {
            writes(move |state| write::publish(state, call, id))
        }
        (_, [id, rest @ ..]) if is_id(id) => one_content(method, call, id, rest),
        _ => None,
    }
}

fn one_content<'a>(
    method: &str,
    call: &'a Call,
    id: &'a str,
    path: &'a [&'a str],
) -> Option<Work<'a>> {
    match (method, path) {
        ("GET", []) => reads(move |state| content::get(state, call, id)),
        ("PUT", []) => writes(move |state| write::update(state, call, id)),
        ("DELETE", []) => writes(move |state| write::delete(state, call, id)),
        ("GET", ["history"]) => reads(move |state| versions::history(state, call, id)),
        // The hash of a macro is not kept here, but its id is accepted in its place.
        ("GET", ["history", version, "macro", "id" | "hash", name]) => {
            reads(move |state| macros::get(state, call, id, version, name))
        }
        ("GET", ["version", number]) => reads(move |state| versions::get(state, call, id, number)),
        ("POST", ["child", "attachment"]) => {
            writes(move |state| attachments::create(state, call, id))
        }
        ("PUT", ["child", "attachment", file]) => {
            writes(move |state| attachments::update(state, call, id, file))
        }
        ("POST", ["child", "attachment", file, "data"]) => {
            writes(move |state| attachments::update_data(state, call, id, file))
        }
        ("GET", [depth @ ("child" | "descendant"), rest @ ..]) => {
            let depth = match *depth {
                "child" => Depth::Children,
                _ => Depth::Descendants,
            };
            match rest {
                [] => reads(move |state| content::below(state, call, id, depth)),
                [kind] => reads(move |state| content::below_by_type(state, call, id, depth, kind)),
                _ => None,
            }
        }
        ("GET", ["label"]) => reads(move |state| labels::list(state, call, id)),
        ("POST", ["label"]) => writes(move |state| labels::add(state, call, id)),
        ("DELETE", ["label"]) => writes(move |state| labels::remove_by_query(state, call, id)),
        ("DELETE", ["label", name]) => {
            writes(move |state| labels::remove_by_path(state, call, id, name))
        }
        ("GET", ["restriction", "byOperation"]) => {
            reads(move |state| restrictions::by_operation(state, call, id))
        }
        ("GET", ["restriction", "byOperation", operation]) => {
            reads(move |state| restrictions::one(state, call, id, operation))
        }
        (_, ["property", rest @ ..]) => kept(method, call, Owner::Content(id), rest),
        _ => None,
    }
}

fn kept<'a>(
    method: &str,
    call: &'a Call,
    owner: Owner<'a>,
    path: &'a [&'a str],
) -> Option<Work<'a>> {
    match (method, path) {
        ("GET", []) => reads(move |state| properties::list(state, call, owner)),
        ("POST", []) => writes(move |state| properties::create(state, call, owner, None)),
        ("GET", [key]) => reads(move |state| properties::get(state, call, owner, key)),
        ("POST", [key]) => writes(move |state| properties::create(state, call, owner, Some(key))),
        ("PUT", [key]) => writes(move |state| properties::update(state, call, owner, key)),
        ("DELETE", [key]) => writes(move |state| properties::delete(state, call, owner, key)),
        _ => None,
    }
}

fn all_spaces<'a>(method: &str, call: &'a Call, path: &'a [&'a str]) -> Option<Work<'a>> {
    match (method, path) {
        ("GET", []) => reads(move |state| Ok(spaces::list(state, call))),
        ("POST", []) => writes(move |state| spaces::create(state, call, false)),
        ("POST", ["_private"]) => writes(move |state| spaces::create(state, call, true)),
        ("GET", [key]) => reads(move |state| spaces::get(state, call, key)),
        ("PUT", [key]) => writes(move |state| spaces::update(state, call, key)),
        ("DELETE", [key]) => writes(move |state| spaces::delete(state, call, key)),
        ("GET", [key, "content"]) => reads(move |state| spaces::content(state, call, key)),
        ("GET", [key, "content", kind]) => {
            reads(move |state| spaces::content_by_type(state, call, key, kind))
        }
        (_, [key, "property", rest @ ..]) => kept(method, call, Owner::Space(key), rest),
        _ => None,
    }
}

fn people<'a>(method: &str, call: &'a Call, path: &'a [&'a str]) -> Option<Work<'a>> {
    match (method, path) {
        ("GET", []) => reads(move |_| users::get(call)),
        ("GET", ["current"]) => reads(move |_| users::current(call)),
        ("GET", ["anonymous"]) => reads(move |_| users::anonymous(call)),
        ("GET", ["memberof"]) => reads(move |_| users::groups(call)),
        ("GET", ["watch", "content", id]) => reads(move |state| watches::content(state, call, id)),
        ("POST" | "DELETE", ["watch", "content", id]) => {
            let watch = method == "POST";
            writes(move |state| watches::set_content(state, call, id, watch))
        }
        ("GET", ["watch", "space", key]) => reads(move |state| watches::space(state, call, key)),
        ("POST" | "DELETE", ["watch", "space", key]) => {
            let watch = method == "POST";
            writes(move |state| watches::set_space(state, call, key, watch))
        }
        _ => None,
    }
}

fn site_wide<'a>(method: &str, call: &'a Call, path: &'a [&'a str]) -> Option<Work<'a>> {
    match (method, path) {
        ("GET", ["accessmode"]) => reads(move |_| site::access_mode(call)),
        ("GET", ["search"]) => reads(move |state| search::search(state, call)),
        ("POST", ["contentbody", "convert", to]) => reads(move |_| convert::convert(call, to)),
        ("GET", ["group"]) => reads(move |_| groups::list(call)),
        ("GET", ["group", name]) => reads(move |_| groups::get(call, name)),
        ("GET", ["group", name, "member"]) => reads(move |_| groups::members(call, name)),
        ("GET", ["longtask"]) => reads(move |state| tasks::list(state, call)),
        ("GET", ["longtask", id]) => writes(move |state| tasks::get(state, call, id)),
        ("GET", ["audit"]) => reads(move |state| audit::list(state, call)),
        ("POST", ["audit"]) => writes(move |state| audit::create(state, call)),
        ("GET", ["audit", "since"]) => reads(move |state| audit::since(state, call)),
        ("GET", ["audit", "export"]) => reads(move |state| audit::export(state, call)),
        ("GET", ["audit", "retention"]) => reads(move |state| audit::retention(state, call)),
        ("PUT", ["audit", "retention"]) => writes(move |state| audit::set_retention(state, call)),
        _ => None,
    }
}

fn experimental<'a>(method: &str, call: &'a Call, path: &'a [&'a str]) -> Option<Work<'a>> {
    match (method, path) {
        ("GET", ["content", id, "version"]) if is_id(id) => {
            reads(move |state| versions::list(state, call, id))
        }
        ("GET", ["content", id, "version", number]) if is_id(id) => {
            reads(move |state| versions::get(state, call, id, number))
        }
        ("DELETE", ["content", id, "version", number]) if is_id(id) => {
            writes(move |state| versions::delete(state, call, id, number))
        }
        ("GET", ["content", id, "restriction"]) if is_id(id) => {
            reads(move |state| restrictions::empty(state, call, id))
        }
        ("PUT" | "POST", ["content", id, "restriction"]) if is_id(id) => {
            let replace = method == "PUT";
            writes(move |state| restrictions::set(state, call, id, replace))
        }
        ("DELETE", ["content", id, "restriction"]) if is_id(id) => {
            writes(move |state| restrictions::clear(state, call, id))
        }
        ("GET", ["template", "page"]) => reads(move |state| templates::pages(state, call)),
        ("GET", ["template", "blueprint"]) => {
            reads(move |state| templates::from_blueprints(state, call))
        }
        ("POST", ["template"]) => writes(move |state| templates::create(state, call)),
        ("PUT", ["template"]) => writes(move |state| templates::update(state, call)),
        ("GET", ["template", id]) => reads(move |state| templates::get(state, call, id)),
        ("DELETE", ["template", id]) => writes(move |state| templates::delete(state, call, id)),
        _ => None,
    }
}

fn first_api<'a>(method: &str, call: &'a Call, path: &'a [&'a str]) -> Option<Work<'a>> {
    match (method, path) {
        ("GET", ["search"]) => reads(move |state| prototype::search(state, call)),
        ("GET", ["content", id]) => reads(move |state| prototype::content(state, call, id)),
        ("GET", ["space", key]) => reads(move |state| prototype::space(state, call, key)),
        ("POST", ["index", "reindex"]) => reads(move |_| prototype::reindex(call)),
        ("GET", ["session", "history"]) => reads(move |state| prototype::history(state, call)),
        _ => None,
    }
}

/// Whether a part of a path is the id of content; any other word is no resource.
fn is_id(text: &str) -> bool {
    text.strip_prefix("att")
        .unwrap_or(text)
        .parse::<u64>()
        .is_ok()
}

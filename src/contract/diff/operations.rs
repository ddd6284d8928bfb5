//! Matches the operations of two documents and compares each pair.

use std::collections::BTreeMap;

use serde_json::Value;

use super::{
    ChangeKind, Operation, bodies,
    document::{Place, escape},
    findings::{Direction, Found, Scope},
    parameters, responses,
};

/// The methods of a path item that are operations.
const METHODS: [&str; 8] = [
    "get", "put", "post", "delete", "patch", "head", "options", "trace",
];

/// An operation of one document.
pub(super) struct Entry<'a> {
    name: Operation,
    /// The path item, which may have parameters for all of its operations.
    pub(super) item: Place<'a>,
    /// The operation itself.
    pub(super) place: Place<'a>,
}

impl Entry<'_> {
    /// The path template.
    pub(super) fn path(&self) -> &str {
        &self.name.path
    }
}

/// What is found for each operation that either document has.
pub(super) fn compare(old: &Value, new: &Value) -> Vec<(Operation, Found)> {
    let scope = Scope::new("", Direction::Request);
    let mut new = entries(new);
    let mut all = Vec::new();
    for (key, old) in entries(old) {
        let mut found = Found::default();
        match new.remove(&key) {
            Some(new) => pair(&old, &new, &scope, &mut found),
            None => {
                let text = "the operation is gone".to_owned();
                found.within(None, &old.place, &scope, ChangeKind::Breaking, text);
            }
        }
        all.push((old.name, found));
    }
    for new in new.into_values() {
        let mut found = Found::default();
        let text = "the operation is new".to_owned();
        found.within(None, &new.place, &scope, ChangeKind::Additive, text);
        all.push((new.name, found));
    }
    all
}

fn pair(old: &Entry<'_>, new: &Entry<'_>, scope: &Scope, found: &mut Found) {
    let mut note = |kind, text| found.within(None, &old.place, scope, kind, text);
    let id = |entry: &Entry<'_>| entry.place.text("operationId").map(str::to_owned);
    match (id(old), id(new)) {
        (Some(old), Some(new)) if old != new => note(
            ChangeKind::Breaking,
            format!(
                "operationId changed from {old} to {new}, and with it the name in generated code"
            ),
        ),
        (Some(old), None) => note(
            ChangeKind::Breaking,
            format!("operationId {old} is gone, and with it the name in generated code"),
        ),
        _ => {}
    }
    if new.place.flag("deprecated") && !old.place.flag("deprecated") {
        note(
            ChangeKind::Additive,
            "the operation is deprecated now".to_owned(),
        );
    }
    parameters::compare(old, new, found);
    bodies::compare(&old.place, &new.place, found);
    responses::compare(&old.place, &new.place, found);
}

/// The operations of a document by what they are matched by: path without names, and method.
fn entries(document: &Value) -> BTreeMap<(String, &'static str), Entry<'_>> {
    let mut entries = BTreeMap::new();
    let paths = document.get("paths").and_then(Value::as_object);
    for path in paths.into_iter().flat_map(|paths| paths.keys()) {
        let pointer = format!("/paths/{}", escape(path));
        let Some(item) = Place::of(document, &pointer).map(Place::resolved) else {
            continue;
        };
        for method in METHODS {
            if let Some(place) = item.child(method) {
                let name = Operation {
                    path: path.clone(),
                    method: method.to_uppercase(),
                };
                let item = item.clone();
                entries.insert((nameless(path), method), Entry { name, item, place });
            }
        }
    }
    entries
}

/// A path template without the names of its parameters: `/issue/{}/comment/{}`.
fn nameless(path: &str) -> String {
    let mut nameless = String::new();
    let mut rest = path;
    while let Some((before, after)) = rest.split_once('{') {
        nameless.push_str(before);
        nameless.push_str("{}");
        rest = after.split_once('}').map_or("", |(_, after)| after);
    }
    nameless.push_str(rest);
    nameless
}

/// The names of the parameters in a path template, in order.
pub(super) fn names(path: &str) -> Vec<&str> {
    let after_braces = path.split('{').skip(1);
    after_braces
        .filter_map(|part| Some(part.split_once('}')?.0))
        .collect()
}

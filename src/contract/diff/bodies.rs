//! Compares request bodies, and the media types of a request or a response.

use super::{
    ChangeKind,
    document::Place,
    findings::{Direction, Found, Part, Scope},
    schemas,
};

/// Compares the request bodies of two operations.
pub(super) fn compare(old: &Place<'_>, new: &Place<'_>, found: &mut Found) {
    let scope = Scope::new("request body", Direction::Request);
    let operation = Scope::new("", Direction::Request);
    match (old.child("requestBody"), new.child("requestBody")) {
        (Some(old), Some(new)) => {
            let (old, new) = (old.resolved(), new.resolved());
            if !found.link(Part::Body, &old, &new) {
                contents(&old, &new, &scope, found);
            }
        }
        (Some(old), None) => {
            let text = "the request body is gone".to_owned();
            found.within(None, &old, &operation, ChangeKind::Breaking, text);
        }
        (None, Some(new)) => {
            let (kind, manner) = match new.clone().resolved().flag("required") {
                true => (ChangeKind::Breaking, "required"),
                false => (ChangeKind::Additive, "optional"),
            };
            let text = format!("a request body is new and {manner}");
            found.within(None, &new, &operation, kind, text);
        }
        (None, None) => {}
    }
}

/// Compares what two request bodies say.
pub(super) fn contents(old: &Place<'_>, new: &Place<'_>, scope: &Scope, found: &mut Found) {
    match (old.flag("required"), new.flag("required")) {
        (false, true) => {
            found.at(
                old,
                scope,
                ChangeKind::Breaking,
                "became required".to_owned(),
            );
        }
        (true, false) => {
            found.at(
                old,
                scope,
                ChangeKind::Additive,
                "is no longer required".to_owned(),
            );
        }
        _ => {}
    }
    content(old, new, scope, found);
}

/// Compares the media types of two bodies and their schemas.
pub(super) fn content(old: &Place<'_>, new: &Place<'_>, scope: &Scope, found: &mut Found) {
    let (old_types, new_types) = (old.entries("content"), new.entries("content"));
    for (name, old_type) in &old_types {
        let mut partners: Vec<&Place<'_>> = partner(name, &new_types).into_iter().collect();
        // A reader of `image/*` can read `image/png`; a sender of it cannot send all it did.
        if partners.is_empty() && scope.direction == Direction::Response {
            let within = new_types.iter().filter(|(other, _)| covers(name, other));
            partners.extend(within.map(|(_, place)| place));
        }
        if partners.is_empty() {
            let text = format!("media type {name} is gone");
            found.at(old_type, scope, ChangeKind::Breaking, text);
        }
        let mut scope = scope.clone();
        if old_types.len() > 1 {
            scope.context = format!("{} {name}", scope.context).trim().to_owned();
        }
        for new_type in partners {
            match (old_type.schema(), new_type.schema()) {
                (Some(old), Some(new)) => schemas::compare(&old, &new, &scope, found),
                (Some(old), None) => {
                    let text = "the schema is gone".to_owned();
                    found.at(&old, &scope, scope.direction.widened(), text);
                }
                (None, Some(new)) => {
                    let text = "has a schema now".to_owned();
                    let kind = scope.direction.narrowed();
                    found.within(old.component(), &new, &scope, kind, text);
                }
                (None, None) => {}
            }
        }
    }
    for (name, new_type) in &new_types {
        if partner(name, &old_types).is_none() {
            let text = format!("media type {name} is new");
            found.within(old.component(), new_type, scope, ChangeKind::Additive, text);
        }
    }
}

/// The media type that stands for this one: itself, or the narrowest range that it is in.
fn partner<'p, 'a>(name: &str, types: &'p [(&'a str, Place<'a>)]) -> Option<&'p Place<'a>> {
    let covering = types.iter().filter(|(other, _)| covers(other, name));
    let best = covering.min_by_key(|(other, _)| other.matches('*').count());
    best.map(|(_, place)| place)
}

/// Whether a media type or range has this one in it. Parameters such as a charset do not count.
fn covers(range: &str, name: &str) -> bool {
    let bare = |name: &str| {
        let bare = name.split(';').next().unwrap_or("").trim().to_lowercase();
        let (kind, subtype) = bare.split_once('/').unwrap_or((&bare, ""));
        (kind.to_owned(), subtype.to_owned())
    };
    let (range, name) = (bare(range), bare(name));
    (range.0 == "*" || range.0 == name.0) && (range.1 == "*" || range.1 == name.1)
}

//! Compares the parameters of an operation.

use std::collections::BTreeMap;

use super::{
    ChangeKind,
    document::Place,
    findings::{Direction, Found, Part, Scope},
    operations::{Entry, names},
    schemas,
    view::View,
};

/// Compares all parameters: those of the path item and the operation's own, which come first.
pub(super) fn compare(old: &Entry<'_>, new: &Entry<'_>, found: &mut Found) {
    let operation = Scope::new("", Direction::Request);
    let mut new_parameters = parameters(new);
    for (key, old) in parameters(old) {
        let label = label(&old);
        let Some(new) = new_parameters.remove(&key) else {
            // The paths match, so one in the path can only be missing from the list.
            if key.0 != "path" {
                let text = format!("{label} is gone");
                found.within(None, &old, &operation, ChangeKind::Breaking, text);
            }
            continue;
        };
        if !found.link(Part::Parameter, &old, &new) {
            let scope = Scope::new(label, Direction::Request);
            contents(&old, &new, &scope, found);
        }
    }
    for (key, new) in new_parameters {
        if key.0 == "path" {
            continue;
        }
        let (kind, manner) = match new.flag("required") {
            true => (ChangeKind::Breaking, "required"),
            false => (ChangeKind::Additive, "optional"),
        };
        let text = format!("{} is new and {manner}", label(&new));
        found.within(None, &new, &operation, kind, text);
    }
}

/// Compares what two parameters say.
pub(super) fn contents(old: &Place<'_>, new: &Place<'_>, scope: &Scope, found: &mut Found) {
    let mut note = |kind, text: String| found.at(old, scope, kind, text);
    match (old.flag("required"), new.flag("required")) {
        (false, true) => note(ChangeKind::Breaking, "became required".to_owned()),
        (true, false) => note(ChangeKind::Additive, "is no longer required".to_owned()),
        _ => {}
    }
    if new.flag("deprecated") && !old.flag("deprecated") {
        note(ChangeKind::Additive, "is deprecated now".to_owned());
    }
    let (old_schema, new_schema) = (schema(old), schema(new));
    let (old_form, new_form) = (form(old), form(new));
    if old_form != new_form {
        let text = format!("is written as {new_form} instead of {old_form}");
        note(ChangeKind::Breaking, text);
    } else if is_spread(old_schema.as_ref())
        && is_spread(new_schema.as_ref())
        && explodes(old) != explodes(new)
    {
        let text = match explodes(new) {
            true => "is repeated for each value instead of joined",
            false => "is joined instead of repeated for each value",
        };
        note(ChangeKind::Breaking, text.to_owned());
    }
    if let (Some(old), Some(new)) = (old_schema, new_schema) {
        schemas::compare(&old, &new, scope, found);
    }
}

/// The parameters by where they are and their name. One in the path goes by its position, as its
/// name is not on the wire; the name of a header has no case.
fn parameters<'a>(entry: &Entry<'a>) -> BTreeMap<(&'a str, String), Place<'a>> {
    let mut parameters = BTreeMap::new();
    let own = entry.place.elements("parameters");
    for parameter in own.into_iter().chain(entry.item.elements("parameters")) {
        let (Some(location), Some(name)) = (parameter.text("in"), parameter.text("name")) else {
            continue;
        };
        let key = match location {
            "path" => {
                let position = names(entry.path()).iter().position(|other| *other == name);
                position.map_or_else(|| name.to_owned(), |position| position.to_string())
            }
            "header" => name.to_lowercase(),
            _ => name.to_owned(),
        };
        // The specification gives these three to others.
        let is_ignored = location == "header"
            && matches!(key.as_str(), "accept" | "content-type" | "authorization");
        if !is_ignored {
            parameters.entry((location, key)).or_insert(parameter);
        }
    }
    parameters
}

fn label(parameter: &Place<'_>) -> String {
    let text = |key| parameter.text(key).unwrap_or("");
    format!("{} parameter {}", text("in"), text("name"))
}

/// The schema, which may be that of the only media type.
fn schema<'a>(parameter: &Place<'a>) -> Option<Place<'a>> {
    let content = || parameter.entries("content").into_iter().next()?.1.schema();
    parameter.schema().or_else(content)
}

/// How the value is written: a media type or a style.
fn form<'a>(parameter: &Place<'a>) -> &'a str {
    if let Some((media_type, _)) = parameter.entries("content").into_iter().next() {
        return media_type;
    }
    let default = match parameter.text("in") {
        Some("query" | "cookie") => "form",
        _ => "simple",
    };
    parameter.text("style").unwrap_or(default)
}

fn explodes(parameter: &Place<'_>) -> bool {
    let explode = parameter.value.get("explode");
    let explode = explode.and_then(serde_json::Value::as_bool);
    explode.unwrap_or_else(|| form(parameter) == "form")
}

/// Whether a value has parts, which can be joined or repeated.
fn is_spread(schema: Option<&Place<'_>>) -> bool {
    let kind =
        schema.and_then(|schema| View::of(&schema.clone().resolved(), Direction::Request).kind);
    matches!(kind, Some("array" | "object"))
}

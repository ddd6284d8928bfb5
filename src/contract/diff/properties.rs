//! Compares the properties of objects.

use std::collections::BTreeSet;

use super::{
    ChangeKind,
    document::Place,
    findings::Direction,
    schemas::{self, Comparison},
    view::{Additional, View},
};

/// Compares the declared properties and what may be there beyond them.
pub(super) fn compare(comparison: &mut Comparison<'_, '_>, old: &View<'_>, new: &View<'_>) {
    let names: BTreeSet<&str> = [old, new]
        .into_iter()
        .flat_map(|view| view.properties.keys().chain(view.required.keys()))
        .copied()
        .collect();
    for name in names {
        property(comparison, name, old, new);
    }
    additional(comparison, &old.additional, &new.additional);
}

fn property(comparison: &mut Comparison<'_, '_>, name: &str, old: &View<'_>, new: &View<'_>) {
    let is_in =
        |view: &View<'_>| view.properties.contains_key(name) || view.required.contains_key(name);
    match (is_in(old), is_in(new)) {
        (true, false) => gone(comparison, name, old),
        (false, true) => added(comparison, name, old, new),
        _ => {
            required(comparison, name, old, new);
            if let (Some(old), Some(new)) = (old.properties.get(name), new.properties.get(name)) {
                deprecated(comparison, old, new);
                schemas::compare(old, new, comparison.scope, comparison.found);
            }
        }
    }
}

fn gone(comparison: &mut Comparison<'_, '_>, name: &str, old: &View<'_>) {
    let place = old.properties.get(name).or(old.required.get(name));
    if let Some(place) = place {
        let text = format!("{} is gone", subject(place, name));
        let scope = comparison.scope;
        comparison
            .found
            .at(place, scope, ChangeKind::Breaking, text);
    }
}

fn added(comparison: &mut Comparison<'_, '_>, name: &str, old: &View<'_>, new: &View<'_>) {
    let Some(place) = new.properties.get(name).or(new.required.get(name)) else {
        return;
    };
    let is_required = new.required.contains_key(name);
    let (kind, manner) = match (comparison.scope.direction, is_required) {
        (Direction::Request, true) => (ChangeKind::Breaking, "new and required"),
        (Direction::Request, false) => (ChangeKind::Additive, "new and optional"),
        (Direction::Response, _) => (ChangeKind::Additive, "new"),
    };
    let text = format!("{} is {manner}", subject(place, name));
    let owner = owner(comparison, place, old);
    let scope = comparison.scope;
    comparison
        .found
        .within(owner.as_deref(), place, scope, kind, text);
}

fn required(comparison: &mut Comparison<'_, '_>, name: &str, old: &View<'_>, new: &View<'_>) {
    let (component, source, text, kind) = match (old.required.get(name), new.required.get(name)) {
        (None, Some(source)) => (
            owner(comparison, source, old),
            source,
            "became required",
            comparison.scope.direction.narrowed(),
        ),
        (Some(source), None) => (
            source.component().map(str::to_owned),
            source,
            "is no longer required",
            comparison.scope.direction.widened(),
        ),
        _ => return,
    };
    let place = old.properties.get(name).unwrap_or(source);
    let text = format!("{} {text}", subject(place, name));
    let scope = comparison.scope;
    comparison
        .found
        .within(component.as_deref(), place, scope, kind, text);
}

fn deprecated(comparison: &mut Comparison<'_, '_>, old: &Place<'_>, new: &Place<'_>) {
    let (old, new) = (old.clone(), new.clone().resolved());
    if new.flag("deprecated") && !old.clone().resolved().flag("deprecated") {
        let subject = schemas::subject(&old).unwrap_or_default();
        let text = format!("{subject} is deprecated now");
        let scope = comparison.scope;
        comparison.found.at(&old, scope, ChangeKind::Additive, text);
    }
}

fn additional(comparison: &mut Comparison<'_, '_>, old: &Additional<'_>, new: &Additional<'_>) {
    use Additional::{Closed, Of, Open};
    let direction = comparison.scope.direction;
    match (old, new) {
        (Of(old), Of(new)) => schemas::compare(old, new, comparison.scope, comparison.found),
        (Open, Of(_)) => comparison.note(
            direction.narrowed(),
            "additional properties may no longer be anything",
        ),
        (Of(_), Open) => comparison.note(
            direction.widened(),
            "additional properties may be anything now",
        ),
        (Open, Closed) => comparison.note(
            direction.narrowed(),
            "additional properties are no longer allowed",
        ),
        // What a reader of a map looks for is gone.
        (Of(_), Closed) => comparison.note(
            ChangeKind::Breaking,
            "additional properties are no longer allowed",
        ),
        (Closed, Open | Of(_)) => comparison.note(
            ChangeKind::Additive,
            "additional properties are allowed now",
        ),
        (Open, Open) | (Closed, Closed) => {}
    }
}

/// What the property is called, also if it is only in a list of required ones.
fn subject(place: &Place<'_>, name: &str) -> String {
    let path = place.path();
    let is_property = path == name || path.ends_with(&format!(".{name}"));
    match (is_property, path.as_str()) {
        (true, path) => format!("property {path}"),
        (false, "") => format!("property {name}"),
        (false, path) => format!("property {path}.{name}"),
    }
}

/// The component that something belongs to which only the new document has: the one that it is in,
/// if that was a part of the old schema as well.
fn owner(comparison: &Comparison<'_, '_>, place: &Place<'_>, old: &View<'_>) -> Option<String> {
    let component = place
        .component()
        .filter(|name| old.components.contains(*name));
    component.or(comparison.old.component()).map(str::to_owned)
}

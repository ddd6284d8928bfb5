//! Compares schemas in the direction in which their values travel.

use serde_json::Value;

use super::{
    ChangeKind, alternatives,
    document::Place,
    findings::{Direction, Found, Part, Scope},
    properties,
    view::View,
};

/// No document that can be read is deeper. A new schema that is an alternative of itself would be.
const MAXIMUM_DEPTH: usize = 128;

/// Compares two schemas, or leaves them to be compared on their own if the old one is a component.
pub(super) fn compare(old: &Place<'_>, new: &Place<'_>, scope: &Scope, found: &mut Found) {
    let (old, new) = (old.clone().resolved(), new.clone().resolved());
    if !found.link(Part::Schema(scope.direction), &old, &new) && scope.depth < MAXIMUM_DEPTH {
        let mut scope = scope.clone();
        scope.depth += 1;
        contents(&old, &new, &scope, found);
    }
}

/// Compares what two schemas say.
pub(super) fn contents(old: &Place<'_>, new: &Place<'_>, scope: &Scope, found: &mut Found) {
    if old.reference().is_some() || new.reference().is_some() {
        references(old, new, scope, found);
        return;
    }
    let old_view = View::of(old, scope.direction);
    let new_view = View::of(new, scope.direction);
    let mut comparison = Comparison {
        old,
        new,
        scope,
        found,
    };
    comparison.nullable(&old_view, &new_view);
    let sides = (
        old_view.alternatives.is_empty(),
        new_view.alternatives.is_empty(),
    );
    if sides != (true, true) {
        alternatives::compare(&mut comparison, &old_view, &new_view);
    }
    // Where only one of them has alternatives, the other is one of them as a whole.
    if sides.0 == sides.1 && comparison.kind(&old_view, &new_view) {
        comparison.format(&old_view, &new_view);
        comparison.values(&old_view, &new_view);
        comparison.default(&old_view, &new_view);
        properties::compare(&mut comparison, &old_view, &new_view);
        match (&old_view.items, &new_view.items) {
            (Some(old), Some(new)) => compare(old, new, scope, comparison.found),
            (Some(_), None) => {
                comparison.note(scope.direction.widened(), "items may be anything now")
            }
            (None, Some(_)) => {
                comparison.note(
                    scope.direction.narrowed(),
                    "items may no longer be anything",
                );
            }
            (None, None) => {}
        }
    }
}

/// Two schemas that are being compared.
pub(super) struct Comparison<'c, 'a> {
    pub(super) old: &'c Place<'a>,
    pub(super) new: &'c Place<'a>,
    pub(super) scope: &'c Scope,
    pub(super) found: &'c mut Found,
}

impl Comparison<'_, '_> {
    /// A change of the schema itself.
    pub(super) fn note(&mut self, kind: ChangeKind, text: impl Into<String>) {
        let text = match subject(self.old) {
            Some(subject) => format!("{subject}: {}", text.into()),
            None => text.into(),
        };
        self.found.at(self.old, self.scope, kind, text);
    }

    fn nullable(&mut self, old: &View<'_>, new: &View<'_>) {
        match (old.nullable, new.nullable) {
            (false, true) => self.note(self.scope.direction.widened(), "became nullable"),
            (true, false) => self.note(self.scope.direction.narrowed(), "is no longer nullable"),
            _ => {}
        }
    }

    /// Compares the types and returns whether they are the same; if not, nothing else can be.
    fn kind(&mut self, old: &View<'_>, new: &View<'_>) -> bool {
        self.one_word("type", old.kind, new.kind);
        old.kind == new.kind
    }

    fn format(&mut self, old: &View<'_>, new: &View<'_>) {
        self.one_word("format", old.format, new.format);
        if let (Some(old), Some(new)) = (old.discriminator, new.discriminator)
            && old != new
        {
            let text = format!("discriminator changed from {old} to {new}");
            self.note(ChangeKind::Breaking, text);
        }
    }

    fn one_word(&mut self, what: &str, old: Option<&str>, new: Option<&str>) {
        let direction = self.scope.direction;
        match (old, new) {
            (Some(old), Some(new)) if old != new => {
                let text = format!("{what} changed from {old} to {new}");
                self.note(ChangeKind::Breaking, text);
            }
            (Some(old), None) => self.note(direction.widened(), format!("{what} {old} is gone")),
            (None, Some(new)) => self.note(direction.narrowed(), format!("{what} {new} is new")),
            _ => {}
        }
    }

    fn values(&mut self, old: &View<'_>, new: &View<'_>) {
        let direction = self.scope.direction;
        match (&old.values, &new.values) {
            (Some(old), Some(new)) => {
                let gone = without(old, new);
                if !gone.is_empty() {
                    self.note(direction.narrowed(), format!("enum no longer has {gone}"));
                }
                let added = without(new, old);
                if !added.is_empty() {
                    self.note(direction.widened(), format!("enum has {added} now"));
                }
            }
            (Some(_), None) => self.note(direction.widened(), "enum is gone, any value may come"),
            (None, Some(new)) => {
                let text = format!("enum is new: only {}", without(new, &[]));
                self.note(direction.narrowed(), text);
            }
            (None, None) => {}
        }
    }

    /// A default is what the server does with what is not sent.
    fn default(&mut self, old: &View<'_>, new: &View<'_>) {
        if self.scope.direction == Direction::Response {
            return;
        }
        match (old.default, new.default) {
            (Some(old), Some(new)) if old != new => {
                let text = format!("default changed from {old} to {new}");
                self.note(ChangeKind::Breaking, text);
            }
            (Some(old), None) => self.note(ChangeKind::Breaking, format!("default {old} is gone")),
            (None, Some(new)) => self.note(ChangeKind::Additive, format!("default {new} is new")),
            _ => {}
        }
    }
}

/// What a schema is called within the one that it is a part of; nothing for the whole.
pub(super) fn subject(schema: &Place<'_>) -> Option<String> {
    match schema.path().as_str() {
        "" => None,
        "[]" => Some("items".to_owned()),
        "*" => Some("additional properties".to_owned()),
        path => Some(format!("property {path}")),
    }
}

fn without(values: &[&Value], others: &[&Value]) -> String {
    let mut left: Vec<String> = values
        .iter()
        .filter(|value| !others.contains(value))
        .map(ToString::to_string)
        .collect();
    left.sort();
    left.join(", ")
}

/// References that lead nowhere can only be compared as such.
fn references(old: &Place<'_>, new: &Place<'_>, scope: &Scope, found: &mut Found) {
    if old.reference() == new.reference() {
        return;
    }
    let name = |place: &Place<'_>| place.reference().unwrap_or("a schema").to_owned();
    let text = format!(
        "changed from {} to {}, which cannot be compared",
        name(old),
        name(new)
    );
    let mut comparison = Comparison {
        old,
        new,
        scope,
        found,
    };
    comparison.note(ChangeKind::Breaking, text);
}

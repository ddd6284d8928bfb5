//! Turns findings into changes: those in components are said once, with who reaches them.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::{
    Change, ChangeKind, Operation, bodies,
    document::Place,
    findings::{Direction, Finding, Found, Link, Part, Scope},
    parameters, schemas,
};

/// What makes two findings in components the same change.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Shared {
    kind: ChangeKind,
    component: String,
    pointer: String,
    text: String,
}

type Reach = BTreeMap<Direction, BTreeSet<Operation>>;

/// The changes from what was found for each operation.
pub(super) fn changes(
    old: &Value,
    new: &Value,
    operations: Vec<(Operation, Found)>,
) -> Vec<Change> {
    let components = components(old, new, &operations);
    let mut changes = Vec::new();
    let mut shared: BTreeMap<Shared, Reach> = BTreeMap::new();
    for (operation, found) in &operations {
        let reached = reached(found, &components);
        let linked = reached.iter().filter_map(|link| components.get(*link));
        for finding in linked.chain([found]).flat_map(|found| &found.findings) {
            match &finding.component {
                None => changes.push(own(operation, finding)),
                Some(component) => {
                    let change = Shared {
                        kind: finding.kind,
                        component: component.clone(),
                        pointer: finding.pointer.clone(),
                        text: finding.text.clone(),
                    };
                    let reach = shared.entry(change).or_default();
                    let reach = reach.entry(finding.direction).or_default();
                    reach.insert(operation.clone());
                }
            }
        }
    }
    changes.extend(
        shared
            .into_iter()
            .map(|(change, reach)| said(change, &reach)),
    );
    changes
}

/// Compares every pair of components that any operation reaches.
fn components(
    old: &Value,
    new: &Value,
    operations: &[(Operation, Found)],
) -> BTreeMap<Link, Found> {
    let links = operations.iter().flat_map(|(_, found)| &found.links);
    let mut waiting: Vec<Link> = links.cloned().collect();
    let mut components = BTreeMap::new();
    while let Some(link) = waiting.pop() {
        if components.contains_key(&link) {
            continue;
        }
        let found = component(old, new, &link);
        waiting.extend(found.links.iter().cloned());
        components.insert(link, found);
    }
    components
}

fn component(old: &Value, new: &Value, link: &Link) -> Found {
    let mut found = Found::default();
    let places = (Place::of(old, &link.old), Place::of(new, &link.new));
    let (Some(old), Some(new)) = places else {
        return found;
    };
    // Outside of the components only the pointer says what it is.
    let context = match old.component() {
        Some(_) => "",
        None => link.old.as_str(),
    };
    let scope = |direction| Scope::new(context, direction);
    match link.part {
        Part::Schema(direction) => schemas::contents(&old, &new, &scope(direction), &mut found),
        Part::Parameter => parameters::contents(&old, &new, &scope(Direction::Request), &mut found),
        Part::Body => bodies::contents(&old, &new, &scope(Direction::Request), &mut found),
        Part::Response => bodies::content(&old, &new, &scope(Direction::Response), &mut found),
    }
    found
}

/// All pairs that an operation reaches, directly or through others.
fn reached<'a>(found: &'a Found, components: &'a BTreeMap<Link, Found>) -> BTreeSet<&'a Link> {
    let mut waiting: Vec<&Link> = found.links.iter().collect();
    let mut reached = BTreeSet::new();
    while let Some(link) = waiting.pop() {
        if reached.insert(link)
            && let Some(found) = components.get(link)
        {
            waiting.extend(&found.links);
        }
    }
    reached
}

fn own(operation: &Operation, finding: &Finding) -> Change {
    let what = match finding.context.as_str() {
        "" => finding.text.clone(),
        context => format!("{context}: {}", finding.text),
    };
    Change {
        kind: finding.kind,
        operation: Some(operation.clone()),
        pointer: finding.pointer.clone(),
        what,
    }
}

/// What a single operation reaches is its change; otherwise numbers say enough.
fn said(change: Shared, reach: &Reach) -> Change {
    let operations: BTreeSet<&Operation> = reach.values().flatten().collect();
    let mut all = operations.into_iter();
    let operation = match (all.next(), all.next()) {
        (Some(only), None) => Some(only.clone()),
        _ => None,
    };
    let ways = reach.iter().map(|(direction, operations)| {
        let way = match direction {
            Direction::Request => "request",
            Direction::Response => "response",
        };
        match (&operation, operations.len()) {
            (Some(_), _) => way.to_owned(),
            (None, 1) => format!("{way} of 1 operation"),
            (None, count) => format!("{way} of {count} operations"),
        }
    });
    let ways: Vec<String> = ways.collect();
    let component = change.component.trim_start_matches('/');
    Change {
        kind: change.kind,
        what: format!("{component} ({}): {}", ways.join(", "), change.text),
        operation,
        pointer: change.pointer,
    }
}

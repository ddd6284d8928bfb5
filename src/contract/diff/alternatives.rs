//! Compares the parts of `oneOf` and `anyOf`.

use super::{
    document::Place,
    findings::Direction,
    schemas::{self, Comparison},
    view::View,
};

/// Pairs the alternatives, compares the pairs, and notes those without a partner. A schema without
/// alternatives is the only one.
pub(super) fn compare<'a>(comparison: &mut Comparison<'_, 'a>, old: &View<'a>, new: &View<'a>) {
    let direction = comparison.scope.direction;
    let mut old_left = alternatives(comparison.old, old);
    let mut new_left = alternatives(comparison.new, new);
    // The surest partners find each other first.
    let sameness: [fn(&Place<'_>, &Place<'_>, Direction) -> bool; 3] =
        [same_component, same_value, same_kind];
    for same in sameness {
        let mut unpaired = Vec::new();
        for old in old_left {
            match new_left.iter().position(|new| same(&old, new, direction)) {
                Some(index) => {
                    let new = new_left.remove(index);
                    schemas::compare(&old, &new, comparison.scope, comparison.found);
                }
                None => unpaired.push(old),
            }
        }
        old_left = unpaired;
    }
    for old in old_left {
        let text = format!("alternative {} is gone", name(&old, direction));
        comparison.note(direction.narrowed(), text);
    }
    for new in new_left {
        let text = format!("alternative {} is new", name(&new, direction));
        comparison.note(direction.widened(), text);
    }
}

fn alternatives<'a>(schema: &Place<'a>, view: &View<'a>) -> Vec<Place<'a>> {
    match view.alternatives.as_slice() {
        [] => vec![schema.clone()],
        alternatives => alternatives.to_vec(),
    }
}

fn same_component(old: &Place<'_>, new: &Place<'_>, _: Direction) -> bool {
    old.is_component() && new.is_component() && old.pointer == new.pointer
}

fn same_value(old: &Place<'_>, new: &Place<'_>, _: Direction) -> bool {
    old.value == new.value
}

/// Two components with different names are different things.
fn same_kind(old: &Place<'_>, new: &Place<'_>, direction: Direction) -> bool {
    let are_components = old.is_component() && new.is_component();
    !are_components && View::of(old, direction).kind == View::of(new, direction).kind
}

fn name(schema: &Place<'_>, direction: Direction) -> String {
    let name = match schema.is_component() {
        true => schema.pointer.rsplit('/').next(),
        false => View::of(schema, direction).kind,
    };
    name.unwrap_or("of any type").to_owned()
}

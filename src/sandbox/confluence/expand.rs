//! What a client wants expanded, and objects that have such parts.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

/// What to expand, as a tree of names.
#[derive(Debug, Default)]
pub(super) struct Expand(BTreeMap<String, Expand>);

impl Expand {
    /// Reads names such as `body.storage`.
    pub(super) fn new<'a>(names: impl IntoIterator<Item = &'a str>) -> Expand {
        let mut root = Expand::default();
        for name in names {
            let mut node = &mut root;
            // Real requests nest a few levels; a longer path is cut.
            for part in name.split('.').take(8) {
                node = node.0.entry(part.to_owned()).or_default();
            }
        }
        root
    }

    /// What to expand inside a part, if the part is expanded.
    pub(super) fn inside(&self, name: &str) -> Option<&Expand> {
        self.0.get(name)
    }
}

/// Collects the parts of an object: expanded ones as values, the others as names.
pub(super) struct Parts<'a> {
    expand: &'a Expand,
    values: Map<String, Value>,
    expandable: Map<String, Value>,
}

impl<'a> Parts<'a> {
    /// An object with what is always shown.
    pub(super) fn new(expand: &'a Expand, values: Value) -> Parts<'a> {
        let values = match values {
            Value::Object(values) => values,
            _ => Map::new(),
        };
        Parts {
            expand,
            values,
            expandable: Map::new(),
        }
    }

    /// Adds a part, or its name and path where it is not expanded.
    pub(super) fn part(&mut self, name: &str, path: String, value: impl FnOnce(&Expand) -> Value) {
        match self.expand.inside(name) {
            Some(inside) => self.values.insert(name.to_owned(), value(inside)),
            None => self.expandable.insert(name.to_owned(), json!(path)),
        };
    }

    /// What to expand inside a part that is shown whether asked for or not.
    pub(super) fn inside(&self, name: &str) -> &'a Expand {
        const NOTHING: &Expand = &Expand(BTreeMap::new());
        self.expand.inside(name).unwrap_or(NOTHING)
    }

    /// Adds a part that is shown whether asked for or not.
    pub(super) fn always(&mut self, name: &str, value: Value) {
        self.values.insert(name.to_owned(), value);
    }

    /// The whole object.
    pub(super) fn finish(mut self) -> Value {
        self.values
            .insert("_expandable".to_owned(), Value::Object(self.expandable));
        Value::Object(self.values)
    }
}

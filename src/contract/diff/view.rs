//! A schema as it is on the wire: its own keywords and those of all parts of its `allOf` together.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::{document::Place, findings::Direction};

/// What may be in an object beyond its properties.
pub(super) enum Additional<'a> {
    /// Anything.
    Open,
    /// Nothing.
    Closed,
    /// Values of a schema.
    Of(Place<'a>),
}

/// The keywords that count.
pub(super) struct View<'a> {
    pub(super) kind: Option<&'a str>,
    pub(super) format: Option<&'a str>,
    pub(super) nullable: bool,
    pub(super) values: Option<Vec<&'a Value>>,
    pub(super) default: Option<&'a Value>,
    pub(super) properties: BTreeMap<&'a str, Place<'a>>,
    /// The names of required properties, each with the schema that says so.
    pub(super) required: BTreeMap<&'a str, Place<'a>>,
    pub(super) items: Option<Place<'a>>,
    pub(super) additional: Additional<'a>,
    /// The parts of `oneOf` and `anyOf`.
    pub(super) alternatives: Vec<Place<'a>>,
    pub(super) discriminator: Option<&'a str>,
    /// The components that the keywords come from.
    pub(super) components: BTreeSet<String>,
}

impl<'a> View<'a> {
    /// Looks at a schema whose reference is followed.
    pub(super) fn of(schema: &Place<'a>, direction: Direction) -> Self {
        let mut view = Self {
            kind: None,
            format: None,
            nullable: is_nullable(schema, &mut Vec::new()),
            values: None,
            default: None,
            properties: BTreeMap::new(),
            required: BTreeMap::new(),
            items: None,
            additional: Additional::Open,
            alternatives: Vec::new(),
            discriminator: None,
            components: BTreeSet::new(),
        };
        view.gather(schema, &mut Vec::new());
        view.keep_only(direction);
        if view.kind.is_none() {
            view.kind = view.evident_kind();
        }
        view
    }

    fn gather(&mut self, schema: &Place<'a>, seen: &mut Vec<String>) {
        if seen.contains(&schema.pointer) {
            return;
        }
        seen.push(schema.pointer.clone());
        self.components
            .extend(schema.component().map(str::to_owned));
        self.kind = self.kind.or(schema.text("type"));
        self.format = self.format.or(schema.text("format"));
        self.default = self.default.or(schema.value.get("default"));
        self.items = self.items.take().or_else(|| schema.child("items"));
        let discriminator = schema.value.pointer("/discriminator/propertyName");
        let discriminator = discriminator.and_then(Value::as_str);
        self.discriminator = self.discriminator.or(discriminator);
        if let Some(values) = schema.value.get("enum").and_then(Value::as_array) {
            // Whether null is allowed is said by `nullable`.
            let is_meant = |value: &&Value| {
                let others = self.values.as_ref();
                !value.is_null() && others.is_none_or(|others| others.contains(value))
            };
            self.values = Some(values.iter().filter(is_meant).collect());
        }
        for (name, property) in schema.entries("properties") {
            self.properties.entry(name).or_insert(property);
        }
        let required = schema.value.get("required").and_then(Value::as_array);
        for name in required.into_iter().flatten().filter_map(Value::as_str) {
            self.required.entry(name).or_insert_with(|| schema.clone());
        }
        if matches!(self.additional, Additional::Open) {
            self.additional = additional(schema);
        }
        for group in ["oneOf", "anyOf"] {
            self.alternatives.extend(schema.elements(group));
        }
        for part in schema.elements("allOf") {
            self.gather(&part, seen);
        }
    }

    /// Drops the properties that do not travel this way.
    fn keep_only(&mut self, direction: Direction) {
        let other_way = match direction {
            Direction::Request => "readOnly",
            Direction::Response => "writeOnly",
        };
        let mut dropped = BTreeSet::new();
        self.properties.retain(|name, property| {
            let travels = !property.clone().resolved().flag(other_way);
            if !travels {
                dropped.insert(*name);
            }
            travels
        });
        self.required.retain(|name, _| !dropped.contains(name));
    }

    /// The type that goes without saying.
    fn evident_kind(&self) -> Option<&'static str> {
        let is_object = !self.properties.is_empty()
            || !self.required.is_empty()
            || !matches!(self.additional, Additional::Open);
        match (is_object, &self.items) {
            (true, _) => Some("object"),
            (false, Some(_)) => Some("array"),
            (false, None) => None,
        }
    }
}

fn additional<'a>(schema: &Place<'a>) -> Additional<'a> {
    let Some(place) = schema.child("additionalProperties") else {
        return Additional::Open;
    };
    match place.value {
        Value::Bool(false) => Additional::Closed,
        Value::Object(map) if !map.is_empty() => Additional::Of(place),
        _ => Additional::Open,
    }
}

/// Around an `allOf` people write `nullable` to make a reference nullable, and it is taken so.
fn is_nullable(schema: &Place<'_>, seen: &mut Vec<String>) -> bool {
    if let Some(nullable) = schema.value.get("nullable") {
        return nullable == &Value::Bool(true);
    }
    if seen.contains(&schema.pointer) {
        return true;
    }
    seen.push(schema.pointer.clone());
    let parts = schema.elements("allOf");
    !parts.is_empty() && parts.iter().all(|part| is_nullable(part, seen))
}

//! Places in a document: values that know their JSON pointer and can follow references.

use serde_json::Value;

/// The components that are compared on their own.
const COMPONENTS: [&str; 4] = ["schemas", "responses", "parameters", "requestBodies"];

/// A value and where it is.
#[derive(Clone)]
pub(super) struct Place<'a> {
    document: &'a Value,
    pub(super) value: &'a Value,
    pub(super) pointer: String,
    /// How much of the pointer leads to the schema or component within which paths are told.
    root: usize,
    /// Whether a reference leads here, so that others may as well.
    pub(super) is_target: bool,
}

impl<'a> Place<'a> {
    /// The place of a pointer, if there is something.
    pub(super) fn of(document: &'a Value, pointer: &str) -> Option<Self> {
        let value = document.pointer(pointer)?;
        Some(Self {
            document,
            value,
            pointer: pointer.to_owned(),
            root: component(pointer).map_or(pointer.len(), str::len),
            is_target: true,
        })
    }

    /// A member of an object, or of an array by its index.
    pub(super) fn child(&self, key: &str) -> Option<Self> {
        let value = match self.value {
            Value::Array(items) => items.get(key.parse::<usize>().ok()?)?,
            other => other.get(key)?,
        };
        Some(Self {
            document: self.document,
            value,
            pointer: format!("{}/{}", self.pointer, escape(key)),
            root: self.root,
            is_target: false,
        })
    }

    /// The members of the object that is the member `key`.
    pub(super) fn entries(&self, key: &str) -> Vec<(&'a str, Self)> {
        let Some(parent) = self.child(key) else {
            return Vec::new();
        };
        let names = parent
            .value
            .as_object()
            .into_iter()
            .flat_map(|map| map.keys());
        names
            .filter_map(|name| Some((name.as_str(), parent.child(name)?)))
            .collect()
    }

    /// The elements of the array that is the member `key`, with references followed.
    pub(super) fn elements(&self, key: &str) -> Vec<Self> {
        let Some(parent) = self.child(key) else {
            return Vec::new();
        };
        let count = parent.value.as_array().map_or(0, Vec::len);
        (0..count)
            .filter_map(|index| Some(parent.child(&index.to_string())?.resolved()))
            .collect()
    }

    /// The schema that is a member, from which paths are told from then on.
    pub(super) fn schema(&self) -> Option<Self> {
        let mut schema = self.child("schema")?;
        schema.root = schema.pointer.len();
        Some(schema)
    }

    /// What a reference leads to, through others if need be; the reference itself if it leads out
    /// of the document, nowhere or in a circle.
    pub(super) fn resolved(self) -> Self {
        let mut seen = vec![self.pointer.clone()];
        let mut place = self;
        while let Some(next) = place.reference().and_then(|reference| {
            let pointer = decode(reference.strip_prefix('#')?);
            Self::of(place.document, &pointer)
        }) {
            if seen.contains(&next.pointer) {
                break;
            }
            seen.push(next.pointer.clone());
            place = next;
        }
        place
    }

    /// The reference that stands here.
    pub(super) fn reference(&self) -> Option<&'a str> {
        self.text("$ref")
    }

    /// A member that is a text.
    pub(super) fn text(&self, key: &str) -> Option<&'a str> {
        self.value.get(key)?.as_str()
    }

    /// A member that is `true`.
    pub(super) fn flag(&self, key: &str) -> bool {
        self.value.get(key) == Some(&Value::Bool(true))
    }

    /// The pointer of the component that this is a part of.
    pub(super) fn component(&self) -> Option<&str> {
        component(&self.pointer)
    }

    /// Whether this is a whole component.
    pub(super) fn is_component(&self) -> bool {
        self.component() == Some(self.pointer.as_str())
    }

    /// The way from the schema's root, as people write it: `values[].id`.
    pub(super) fn path(&self) -> String {
        let mut path = String::new();
        let mut parts = self
            .pointer
            .get(self.root..)
            .unwrap_or("")
            .split('/')
            .skip(1);
        while let Some(part) = parts.next() {
            let step = match part {
                "properties" => parts.next().map(unescape).unwrap_or_default(),
                "items" => {
                    path.push_str("[]");
                    continue;
                }
                "additionalProperties" => "*".to_owned(),
                "oneOf" | "anyOf" => format!("{part}[{}]", parts.next().unwrap_or("")),
                // Nobody on the wire sees which part of an `allOf` a property comes from.
                _ => continue,
            };
            if !path.is_empty() {
                path.push('.');
            }
            path.push_str(&step);
        }
        path
    }
}

/// The pointer of the component that a pointer leads into.
fn component(pointer: &str) -> Option<&str> {
    let rest = pointer.strip_prefix("/components/")?;
    let (kind, name) = rest.split_once('/')?;
    if !COMPONENTS.contains(&kind) {
        return None;
    }
    let after = name.find('/').map_or(0, |end| name.len() - end);
    pointer.get(..pointer.len() - after)
}

/// Escapes one part of a JSON pointer.
pub(super) fn escape(part: &str) -> String {
    part.replace('~', "~0").replace('/', "~1")
}

fn unescape(part: &str) -> String {
    part.replace("~1", "/").replace("~0", "~")
}

/// Decodes `%7B` and the like: a reference is a URL.
fn decode(reference: &str) -> String {
    let mut decoded = Vec::new();
    let mut rest = reference.as_bytes();
    while let Some((&byte, after)) = rest.split_first() {
        let code = after
            .get(..2)
            .filter(|code| code.iter().all(u8::is_ascii_hexdigit))
            .and_then(|code| std::str::from_utf8(code).ok());
        match code.and_then(|code| u8::from_str_radix(code, 16).ok()) {
            Some(code) if byte == b'%' => {
                decoded.push(code);
                rest = after.get(2..).unwrap_or_default();
            }
            _ => {
                decoded.push(byte);
                rest = after;
            }
        }
    }
    String::from_utf8_lossy(&decoded).into_owned()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn references_are_followed_and_circles_end() {
        let document = json!({
            "a": {"$ref": "#/b"}, "b": {"$ref": "#/paths/~1thing~1%7Bid%7D"},
            "paths": {"/thing/{id}": {"get": 1}},
            "round": {"$ref": "#/about"}, "about": {"$ref": "#/round"},
            "out": {"$ref": "other.json#/a"}, "lost": {"$ref": "#/none"},
        });
        let end = |pointer| Place::of(&document, pointer).unwrap().resolved().pointer;
        assert_eq!(end("/a"), "/paths/~1thing~1{id}");
        assert_eq!(end("/round"), "/about");
        assert_eq!(end("/out"), "/out");
        assert_eq!(end("/lost"), "/lost");
    }

    #[test]
    fn paths_are_told_from_the_component() {
        let list = json!({"items": {"allOf": [{"properties": {"a/b": {"oneOf": [{}, {"additionalProperties": {}}]}}}]}});
        let document = json!({"components": {"schemas": {"List": list}}});
        let pointer =
            "/components/schemas/List/items/allOf/0/properties/a~1b/oneOf/1/additionalProperties";
        let place = Place::of(&document, pointer).unwrap();
        assert_eq!(place.path(), "[].a/b.oneOf[1].*");
        assert_eq!(place.component(), Some("/components/schemas/List"));
        assert!(!place.is_component());
    }
}

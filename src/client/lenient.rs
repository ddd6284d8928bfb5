//! Lenient reading: a payload never fails because of one odd value.
//!
//! Generated types read each property through [`optional`] or [`filled`] (`openapi/adapt/lenient.rs`
//! says where). A null or a value of another kind reads as absent; a number or a boolean where text
//! was expected reads as its text, so an id may come as `10001` or `"10001"`.

use std::{collections::BTreeMap, fmt, marker::PhantomData};

use serde::{
    Deserialize, Deserializer,
    de::{
        DeserializeSeed, IgnoredAny, MapAccess, SeqAccess, Visitor, value::MapAccessDeserializer,
    },
};
use serde_json::Value;

/// The stack that reading one object may need, in bytes; an unoptimized build needs the most.
const RED_ZONE: usize = 512 * 1024;

/// The stack that is added where less than that is left, in bytes.
const MORE_STACK: usize = 4 * 1024 * 1024;

/// Reads an optional property.
pub(crate) fn optional<'de, D, T>(deserializer: D) -> Result<Option<T>, D::Error>
where
    D: Deserializer<'de>,
    T: Lenient,
{
    T::read(deserializer)
}

/// Reads a list or a map, which is empty where the server sends none.
pub(crate) fn filled<'de, D, T>(deserializer: D) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    T: Lenient + Default,
{
    Ok(T::read(deserializer)?.unwrap_or_default())
}

/// Implements [`Lenient`] for generated structs, which are read from objects only.
macro_rules! objects {
    ($($name:ident),*) => {
        $(
            impl crate::client::lenient::Lenient for $name {
                fn read<'de, D: ::serde::Deserializer<'de>>(
                    deserializer: D,
                ) -> ::std::result::Result<::std::option::Option<Self>, D::Error> {
                    crate::client::lenient::object(deserializer)
                }
            }
        )*
    };
}
pub(crate) use objects;

/// A value that may be missing where it is expected.
pub(crate) trait Lenient: Sized {
    /// Reads the value; `None` if what is there cannot be one.
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Self>, D::Error>;
}

/// Reads an object.
pub(crate) fn object<'de, D, T>(deserializer: D) -> Result<Option<T>, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de>,
{
    deserializer.deserialize_any(Reader(Objects(PhantomData)))
}

impl Lenient for Value {
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Self>, D::Error> {
        Value::deserialize(deserializer).map(Some)
    }
}

impl Lenient for String {
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Self>, D::Error> {
        deserializer.deserialize_any(Reader(Texts))
    }
}

impl Lenient for bool {
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Self>, D::Error> {
        deserializer.deserialize_any(Reader(Booleans))
    }
}

impl Lenient for i64 {
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Self>, D::Error> {
        deserializer.deserialize_any(Reader(Integers))
    }
}

impl Lenient for f64 {
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Self>, D::Error> {
        deserializer.deserialize_any(Reader(Numbers))
    }
}

impl<T: Lenient> Lenient for Box<T> {
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Self>, D::Error> {
        Ok(T::read(deserializer)?.map(Box::new))
    }
}

impl<T: Lenient> Lenient for Vec<T> {
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Self>, D::Error> {
        deserializer.deserialize_any(Reader(Lists(PhantomData)))
    }
}

impl<T: Lenient> Lenient for BTreeMap<String, T> {
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Self>, D::Error> {
        deserializer.deserialize_any(Reader(Maps(PhantomData)))
    }
}

impl Lenient for serde_json::Map<String, Value> {
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Self>, D::Error> {
        object(deserializer)
    }
}

/// What one kind of value makes of each kind of JSON; by default nothing.
trait Kind<'de>: Sized {
    type Value;

    fn text(self, _: &str) -> Option<Self::Value> {
        None
    }
    fn boolean(self, _: bool) -> Option<Self::Value> {
        None
    }
    fn integer(self, _: i64) -> Option<Self::Value> {
        None
    }
    fn number(self, _: f64) -> Option<Self::Value> {
        None
    }
    fn list<A: SeqAccess<'de>>(self, mut list: A) -> Result<Option<Self::Value>, A::Error> {
        while list.next_element::<IgnoredAny>()?.is_some() {}
        Ok(None)
    }
    fn map<A: MapAccess<'de>>(self, mut map: A) -> Result<Option<Self::Value>, A::Error> {
        while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(None)
    }
}

struct Texts;

impl Kind<'_> for Texts {
    type Value = String;

    fn text(self, text: &str) -> Option<String> {
        Some(text.to_owned())
    }
    fn boolean(self, boolean: bool) -> Option<String> {
        Some(boolean.to_string())
    }
    fn integer(self, integer: i64) -> Option<String> {
        Some(integer.to_string())
    }
    fn number(self, number: f64) -> Option<String> {
        Some(number.to_string())
    }
}

struct Booleans;

impl Kind<'_> for Booleans {
    type Value = bool;

    fn text(self, text: &str) -> Option<bool> {
        text.parse().ok()
    }
    fn boolean(self, boolean: bool) -> Option<bool> {
        Some(boolean)
    }
}

struct Integers;

impl Kind<'_> for Integers {
    type Value = i64;

    fn text(self, text: &str) -> Option<i64> {
        text.parse().ok()
    }
    fn integer(self, integer: i64) -> Option<i64> {
        Some(integer)
    }
    fn number(self, number: f64) -> Option<i64> {
        #[expect(clippy::cast_possible_truncation, reason = "checked by the comparison")]
        let integer = number as i64;
        #[expect(
            clippy::cast_precision_loss,
            clippy::float_cmp,
            reason = "asks just that"
        )]
        (integer as f64 == number).then_some(integer)
    }
}

struct Numbers;

impl Kind<'_> for Numbers {
    type Value = f64;

    fn text(self, text: &str) -> Option<f64> {
        text.parse().ok()
    }
    fn integer(self, integer: i64) -> Option<f64> {
        #[expect(clippy::cast_precision_loss, reason = "JSON numbers are doubles")]
        Some(integer as f64)
    }
    fn number(self, number: f64) -> Option<f64> {
        Some(number)
    }
}

struct Objects<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> Kind<'de> for Objects<T> {
    type Value = T;

    fn map<A: MapAccess<'de>>(self, map: A) -> Result<Option<T>, A::Error> {
        // How deep objects nest is up to the server, and a page is a large type: its ancestors and
        // children, each a page again, must not overflow the stack of a small thread.
        stacker::maybe_grow(RED_ZONE, MORE_STACK, || {
            T::deserialize(MapAccessDeserializer::new(map)).map(Some)
        })
    }
}

struct Lists<T>(PhantomData<T>);

impl<'de, T: Lenient> Kind<'de> for Lists<T> {
    type Value = Vec<T>;

    fn list<A: SeqAccess<'de>>(self, mut list: A) -> Result<Option<Vec<T>>, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = list.next_element_seed(Seed(PhantomData))? {
            items.extend(item);
        }
        Ok(Some(items))
    }
}

struct Maps<T>(PhantomData<T>);

impl<'de, T: Lenient> Kind<'de> for Maps<T> {
    type Value = BTreeMap<String, T>;

    fn map<A: MapAccess<'de>>(self, mut map: A) -> Result<Option<Self::Value>, A::Error> {
        let mut entries = BTreeMap::new();
        while let Some(key) = map.next_key::<String>()? {
            if let Some(value) = map.next_value_seed(Seed(PhantomData))? {
                entries.insert(key, value);
            }
        }
        Ok(Some(entries))
    }
}

struct Seed<T>(PhantomData<T>);

impl<'de, T: Lenient> DeserializeSeed<'de> for Seed<T> {
    type Value = Option<T>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Option<T>, D::Error> {
        T::read(deserializer)
    }
}

/// Lets a [`Kind`] visit any JSON.
struct Reader<K>(K);

impl<'de, K: Kind<'de>> Visitor<'de> for Reader<K> {
    type Value = Option<K::Value>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("any value")
    }
    fn visit_str<E>(self, text: &str) -> Result<Self::Value, E> {
        Ok(self.0.text(text))
    }
    fn visit_bool<E>(self, boolean: bool) -> Result<Self::Value, E> {
        Ok(self.0.boolean(boolean))
    }
    fn visit_i64<E>(self, integer: i64) -> Result<Self::Value, E> {
        Ok(self.0.integer(integer))
    }
    fn visit_u64<E>(self, integer: u64) -> Result<Self::Value, E> {
        Ok(match i64::try_from(integer) {
            Ok(integer) => self.0.integer(integer),
            #[expect(clippy::cast_precision_loss, reason = "beyond the widest integer")]
            Err(_) => self.0.number(integer as f64),
        })
    }
    fn visit_f64<E>(self, number: f64) -> Result<Self::Value, E> {
        Ok(self.0.number(number))
    }
    fn visit_unit<E>(self) -> Result<Self::Value, E> {
        Ok(None)
    }
    fn visit_none<E>(self) -> Result<Self::Value, E> {
        Ok(None)
    }
    fn visit_seq<A: SeqAccess<'de>>(self, list: A) -> Result<Self::Value, A::Error> {
        self.0.list(list)
    }
    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Self::Value, A::Error> {
        self.0.map(map)
    }
}

#[cfg(test)]
#[cfg(all(feature = "jira", feature = "confluence"))]
mod tests {
    use serde_json::{Value, json};

    use crate::api::{
        confluence::types::Content,
        jira::types::{Issue, User},
    };

    fn issue(raw: Value) -> Issue {
        serde_json::from_value(raw).unwrap()
    }

    #[test]
    fn an_id_may_be_a_number() {
        assert_eq!(issue(json!({"id": 10001})).id.as_deref(), Some("10001"));
        assert_eq!(issue(json!({"id": "10001"})).id.as_deref(), Some("10001"));
    }

    #[test]
    fn null_reads_as_empty() {
        let issue = issue(json!({"fields": null, "transitions": null, "key": null}));
        assert!(issue.fields.is_empty());
        assert!(issue.transitions.is_empty());
        assert_eq!(issue.key, None);
    }

    #[test]
    fn a_null_field_is_kept_in_free_maps() {
        let issue = issue(json!({"fields": {"customfield_10010": null}}));
        assert_eq!(issue.fields.get("customfield_10010"), Some(&Value::Null));
    }

    #[test]
    fn unknown_properties_survive() {
        let issue = issue(json!({"customThing": {"a": 1}}));
        assert_eq!(
            serde_json::to_value(&issue).unwrap(),
            json!({"customThing": {"a": 1}})
        );
    }

    #[test]
    fn deep_nesting_does_not_overflow_a_small_stack() {
        let nested = |depth: usize| {
            let (open, close) = (r#"{"ancestors":["#, "]}");
            format!("{}{{}}{}", open.repeat(depth), close.repeat(depth))
        };
        let read = move |depth| serde_json::from_str::<Content>(&nested(depth)).is_ok();
        let small = std::thread::Builder::new().stack_size(1024 * 1024);
        // Beyond 128 levels serde_json gives up by itself.
        let outcome = small.spawn(move || (read(60), read(200))).unwrap().join();
        assert_eq!(outcome.unwrap(), (true, false));
    }

    #[test]
    fn a_value_of_any_other_kind_reads_as_absent() {
        for odd in [
            json!("x"),
            json!(1),
            json!(1.5),
            json!(true),
            json!([1]),
            json!({"a": 1}),
        ] {
            let user: User = serde_json::from_value(json!({
                "name": odd, "active": odd, "avatarUrls": odd, "groups": odd,
            }))
            .unwrap();
            let issue = issue(json!({
                "changelog": odd, "transitions": odd, "fields": odd, "transitions": [odd],
            }));
            assert!(user.extra.is_empty() && issue.extra.is_empty());
        }
    }
}

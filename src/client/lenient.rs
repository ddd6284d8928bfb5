//! Lenient reading: a payload never fails because of one odd value, and loses none.
//!
//! The generated types read each property through [`optional`] or [`filled`]
//! (`openapi/adapt/lenient.rs` says where). A null reads as absent; a number or a boolean where text
//! was expected reads as its text, and a text as the number that it says, so an id may come as
//! `10001` or `"10001"`. A value of another kind reads as absent and stays where unknown properties
//! are, so that it is still there when the object is written again.

use std::collections::BTreeMap;

use serde::{Deserialize, Deserializer, de::Error as _};
use serde_json::{Map, Number, Value};

/// The stack that reading one object may need, in bytes; an unoptimized build needs the most.
const RED_ZONE: usize = 256 * 1024;

/// The stack that is added where less than that is left, in bytes.
const MORE_STACK: usize = 4 * 1024 * 1024;

/// A value that may be of another kind than expected.
pub(crate) trait Lenient: Sized {
    /// Reads the value, or gives it back if it cannot be one.
    fn read(value: Value) -> Result<Self, Value>;

    /// The same for a whole answer, which has nowhere to keep what is odd.
    fn read_whole(value: Value) -> Result<Self, Value> {
        Self::read(value)
    }
}

/// Takes an optional property out of the properties of an object.
pub(crate) fn optional<T: Lenient>(properties: &mut Map<String, Value>, name: &str) -> Option<T> {
    match properties.remove(name)? {
        Value::Null => None,
        value => match T::read(value) {
            Ok(read) => Some(read),
            Err(odd) => {
                properties.insert(name.to_owned(), odd);
                None
            }
        },
    }
}

/// Takes a list or a map, which is empty where the server sends none.
pub(crate) fn filled<T: Lenient + Default>(properties: &mut Map<String, Value>, name: &str) -> T {
    optional(properties, name).unwrap_or_default()
}

/// The properties of an object.
pub(crate) fn properties(value: Value) -> Result<Map<String, Value>, Value> {
    match value {
        Value::Object(properties) => Ok(properties),
        other => Err(other),
    }
}

/// Runs the reading of an object with enough stack: how deep objects nest is up to the server, and a
/// page is a large type, whose ancestors and children are pages again.
pub(crate) fn nested<T>(read: impl FnOnce() -> T) -> T {
    stacker::maybe_grow(RED_ZONE, MORE_STACK, read)
}

/// Reads through a [`Value`].
pub(crate) fn deserialize<'de, T, D>(deserializer: D) -> Result<T, D::Error>
where
    T: Lenient,
    D: Deserializer<'de>,
{
    let value = Value::deserialize(deserializer)?;
    T::read(value).map_err(|_| D::Error::custom(OTHER_KIND))
}

/// What is said of a whole answer that cannot be read.
pub(crate) const OTHER_KIND: &str = "it is not of the kind that is documented";

/// Makes a generated struct readable: its fields, how each is taken, and their names in JSON.
macro_rules! object {
    ($name:ident { $($field:ident = $take:ident $property:literal),* }) => {
        impl crate::client::lenient::Lenient for $name {
            fn read(value: ::serde_json::Value) -> ::std::result::Result<Self, ::serde_json::Value> {
                let mut extra = crate::client::lenient::properties(value)?;
                Ok(crate::client::lenient::nested(|| Self {
                    $($field: crate::client::lenient::$take(&mut extra, $property),)*
                    extra,
                }))
            }
        }

        impl<'de> ::serde::Deserialize<'de> for $name {
            fn deserialize<D: ::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> ::std::result::Result<Self, D::Error> {
                crate::client::lenient::deserialize(deserializer)
            }
        }
    };
}
pub(crate) use object;

impl Lenient for Value {
    fn read(value: Value) -> Result<Self, Value> {
        Ok(value)
    }
}

impl Lenient for String {
    fn read(value: Value) -> Result<Self, Value> {
        match value {
            Value::String(text) => Ok(text),
            Value::Number(number) => Ok(number.to_string()),
            Value::Bool(boolean) => Ok(boolean.to_string()),
            other => Err(other),
        }
    }
}

impl Lenient for bool {
    fn read(value: Value) -> Result<Self, Value> {
        match &value {
            Value::Bool(boolean) => Ok(*boolean),
            Value::String(text) => text.parse().map_err(|_| value),
            _ => Err(value),
        }
    }
}

impl Lenient for i64 {
    fn read(value: Value) -> Result<Self, Value> {
        let read = match &value {
            Value::Number(number) => whole(number),
            Value::String(text) => text.parse().ok(),
            _ => None,
        };
        read.ok_or(value)
    }
}

impl Lenient for f64 {
    fn read(value: Value) -> Result<Self, Value> {
        let text = match &value {
            Value::Number(number) => number.to_string(),
            Value::String(text) => text.clone(),
            _ => return Err(value),
        };
        // What no JSON number can be could not be written again, nor a whole number of more digits.
        let number = text.parse().ok().filter(|number: &f64| number.is_finite());
        let is_exact = |number: &f64| match text.parse::<i128>() {
            Ok(whole) => float_is(*number, whole),
            Err(_) => true,
        };
        number.filter(is_exact).ok_or(value)
    }
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    clippy::float_cmp,
    reason = "asks just that"
)]
fn float_is(number: f64, whole: i128) -> bool {
    number == whole as f64 && number as i128 == whole
}

/// A number without decimals, whichever way it is written.
fn whole(number: &Number) -> Option<i64> {
    if let Some(integer) = number.as_i64() {
        return Some(integer);
    }
    let number = number.as_f64()?;
    #[expect(clippy::cast_possible_truncation, reason = "checked by the comparison")]
    let integer = number as i64;
    #[expect(
        clippy::cast_precision_loss,
        clippy::float_cmp,
        reason = "asks just that"
    )]
    (integer as f64 == number && integer != i64::MAX).then_some(integer)
}

impl<T: Lenient> Lenient for Box<T> {
    fn read(value: Value) -> Result<Self, Value> {
        T::read(value).map(Box::new)
    }
}

impl<T: Lenient> Lenient for Vec<T> {
    /// An odd item is left out; a list of nothing else is odd itself.
    fn read(value: Value) -> Result<Self, Value> {
        match items(value)? {
            (read, odd) if read.is_empty() && !odd.iter().all(Value::is_null) => {
                Err(Value::Array(odd))
            }
            (read, _) => Ok(read),
        }
    }

    fn read_whole(value: Value) -> Result<Self, Value> {
        items(value).map(|(read, _)| read)
    }
}

/// The items of a list, and those that are odd.
fn items<T: Lenient>(value: Value) -> Result<(Vec<T>, Vec<Value>), Value> {
    let Value::Array(items) = value else {
        return Err(value);
    };
    let (mut read, mut odd) = (Vec::new(), Vec::new());
    for item in items {
        match T::read(item) {
            Ok(item) => read.push(item),
            Err(item) => odd.push(item),
        }
    }
    Ok((read, odd))
}

impl<T: Lenient> Lenient for BTreeMap<String, T> {
    /// An odd value is left out; a map of nothing else is odd itself.
    fn read(value: Value) -> Result<Self, Value> {
        match entries(value)? {
            (read, odd) if read.is_empty() && !odd.values().all(Value::is_null) => {
                Err(Value::Object(odd))
            }
            (read, _) => Ok(read),
        }
    }

    fn read_whole(value: Value) -> Result<Self, Value> {
        entries(value).map(|(read, _)| read)
    }
}

/// The entries of a map, and those that are odd.
type Entries<T> = (BTreeMap<String, T>, Map<String, Value>);

fn entries<T: Lenient>(value: Value) -> Result<Entries<T>, Value> {
    let (mut read, mut odd) = (BTreeMap::new(), Map::new());
    for (key, value) in properties(value)? {
        match T::read(value) {
            Ok(value) => {
                read.insert(key, value);
            }
            Err(value) => {
                odd.insert(key, value);
            }
        }
    }
    Ok((read, odd))
}

impl Lenient for Map<String, Value> {
    fn read(value: Value) -> Result<Self, Value> {
        properties(value)
    }
}

#[cfg(test)]
#[cfg(all(feature = "jira", feature = "confluence"))]
mod tests {
    use serde_json::{Value, json};

    use crate::{
        api::{
            confluence::types::Content,
            jira::types::{Issue, User},
        },
        client::lenient::Lenient as _,
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
    fn a_list_or_map_of_odd_values_only_is_kept() {
        let odd = json!({"transitions": ["x", null]});
        let read = issue(odd.clone());
        assert!(read.transitions.is_empty());
        assert_eq!(serde_json::to_value(&read).unwrap(), odd);
        assert_eq!(Vec::<Issue>::read_whole(json!([7])).unwrap().len(), 0);
        let odd = json!({"avatarUrls": {"48x48": ["x"]}});
        let user: User = serde_json::from_value(odd.clone()).unwrap();
        assert_eq!(serde_json::to_value(&user).unwrap(), odd);
    }

    #[test]
    fn a_number_that_would_lose_digits_is_no_float() {
        let exact = [json!(9_007_199_254_740_992_i64), json!("-3"), json!("0.5")];
        assert!(exact.into_iter().all(|number| f64::read(number).is_ok()));
        let inexact = [
            json!(9_007_199_254_740_993_i64),
            json!("9007199254740993"),
            json!(u64::MAX),
            json!("1e400"),
        ];
        assert!(inexact.into_iter().all(|number| f64::read(number).is_err()));
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
    fn a_value_of_any_other_kind_reads_as_absent_and_is_kept() {
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
            // What could not be read is written again as it came.
            let written = serde_json::to_value(&issue).unwrap();
            if !odd.is_object() {
                assert_eq!(written["changelog"], odd);
            }
            assert!(user.display_name.is_none());
        }
    }
}

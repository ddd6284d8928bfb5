//! Odd values, and ways to put them into an example.

use proptest::{prelude::*, sample::Index};
use serde_json::{Map, Number, Value, json};

/// Texts that something has gone wrong with before.
const TEXTS: [&str; 16] = [
    "",
    "\0",
    "\u{202e}gpj.exe",
    "\u{feff}\u{200b}",
    "\u{1b}[31m",
    "true",
    "-1",
    "+5",
    "007",
    "1e5",
    "NaN",
    "inf",
    "9007199254740993",
    "170141183460469231731687303715884105728",
    "<html>",
    "~1/~0",
];

/// The values of an example and what becomes of some of them.
#[derive(Debug, Clone)]
pub(super) enum Mutation {
    /// Another value.
    Put(Value),
    /// A number as text, or a text as a number.
    Swap,
    /// Not there any more.
    Remove,
    /// A member more.
    Add(String, Value),
    /// Within so many lists.
    Nest(usize),
}

/// Some mutations, each with the place where it happens.
pub(super) fn mutations() -> impl Strategy<Value = Vec<(Index, Mutation)>> {
    let mutation = prop_oneof![
        4 => odd().prop_map(Mutation::Put),
        3 => Just(Mutation::Swap),
        2 => Just(Mutation::Remove),
        2 => ("[a-z_$/~]{0,6}", odd()).prop_map(|(name, value)| Mutation::Add(name, value)),
        1 => (1_usize..40).prop_map(Mutation::Nest),
    ];
    prop::collection::vec((any::<Index>(), mutation), 1..8)
}

/// Any value of any kind.
pub(super) fn odd() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        number(),
        text().prop_map(Value::from),
        date(),
        Just(json!([])),
        Just(json!({})),
    ];
    let tree = leaf.prop_recursive(3, 8, 3, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..3).prop_map(Value::from),
            prop::collection::vec(("[a-z]{1,4}", inner), 0..3)
                .prop_map(|members| Value::from(members.into_iter().collect::<Map<_, _>>())),
        ]
    });
    prop_oneof![
        12 => tree,
        1 => (100_usize..140).prop_map(deep),
    ]
}

fn number() -> impl Strategy<Value = Value> {
    prop_oneof![
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        (-1e300..1e300_f64).prop_map(Value::from),
        prop::sample::select(vec![-1.0, -0.0, 0.5, 3.0, 9.223_372_036_854_776e18, 1e300])
            .prop_map(Value::from),
    ]
}

pub(super) fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        any::<String>(),
        prop::sample::select(TEXTS.to_vec()).prop_map(str::to_owned),
        (1_usize..20_000).prop_map(|length| "ü".repeat(length)),
    ]
}

/// A date in one of the forms in which servers send dates.
pub(super) fn date() -> impl Strategy<Value = Value> {
    (2000..2100, 1..13, 1..32, 0..7_u8).prop_map(|(year, month, day, form)| match form {
        0 => json!(format!("{year}-{month:02}-{day:02}T01:02:03.004+0000")),
        1 => json!(format!("{year}-{month:02}-{day:02}T01:02:03.004+10:00")),
        2 => json!(format!("{year}-{month:02}-{day:02}T01:02:03Z")),
        3 => json!(format!("{year}-{month:02}-{day:02}")),
        4 => json!(format!("{day}/{month}/{year}")),
        5 => json!(1_577_836_800_000_i64 + i64::from(year)),
        _ => Value::Null,
    })
}

/// So many objects and lists within each other.
fn deep(depth: usize) -> Value {
    (0..depth).fold(json!("x"), |inner, level| match level % 2 {
        0 => json!([inner]),
        _ => json!({"ancestors": inner}),
    })
}

/// The example with the mutations, one after the other.
pub(super) fn mutated(example: &Value, mutations: &[(Index, Mutation)]) -> Value {
    let mut value = example.clone();
    for (index, mutation) in mutations {
        let mut places = vec![String::new()];
        places_below(&value, "", &mut places);
        mutate(&mut value, index.get::<String>(&places), mutation);
    }
    value
}

fn mutate(root: &mut Value, place: &str, mutation: &Mutation) {
    let Some(value) = root.pointer_mut(place) else {
        return;
    };
    match mutation {
        Mutation::Put(odd) => *value = odd.clone(),
        Mutation::Swap => *value = swapped(value),
        Mutation::Add(name, odd) => match value {
            Value::Object(members) => {
                members.insert(name.clone(), odd.clone());
            }
            Value::Array(items) => items.insert(items.len() / 2, odd.clone()),
            _ => {}
        },
        Mutation::Nest(depth) => {
            let inner = value.take();
            *value = (0..*depth).fold(inner, |inner, _| json!([inner]));
        }
        Mutation::Remove => {
            let Some((parent, key)) = place.rsplit_once('/') else {
                return;
            };
            let key = key.replace("~1", "/").replace("~0", "~");
            match root.pointer_mut(parent) {
                Some(Value::Object(members)) => {
                    members.remove(&key);
                }
                Some(Value::Array(items)) => {
                    items.remove(key.parse().unwrap());
                }
                _ => {}
            }
        }
    }
}

/// A number as its text and the reverse; other values stay.
pub(super) fn swapped(value: &Value) -> Value {
    match value {
        Value::Number(number) => json!(number.to_string()),
        Value::String(text) => match text.parse::<Number>() {
            Ok(number) => Value::Number(number),
            Err(_) => json!(text.len()),
        },
        other => other.clone(),
    }
}

/// The pointers of all values within a value.
pub(super) fn places_below(value: &Value, place: &str, found: &mut Vec<String>) {
    let members: Vec<(String, &Value)> = match value {
        Value::Object(members) => members
            .iter()
            .map(|(key, value)| (key.replace('~', "~0").replace('/', "~1"), value))
            .collect(),
        Value::Array(items) => (0..)
            .map(|index: usize| index.to_string())
            .zip(items)
            .collect(),
        _ => Vec::new(),
    };
    for (key, value) in members {
        let place = format!("{place}/{key}");
        found.push(place.clone());
        places_below(value, &place, found);
    }
}

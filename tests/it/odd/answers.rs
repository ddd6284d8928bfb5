//! The answers of every operation with something odd in them, held against the documents.

use std::cell::RefCell;

use atlassian_bridge::{
    api::{agile, confluence, jira},
    contract::{Contract, Difference},
};
use proptest::{prelude::*, sample::Index};
use serde::{Serialize, de::DeserializeOwned};
use serde_json::{Value, json};

use super::{
    documented::{Success, successes},
    try_all,
    values::{date, mutated, mutations, places_below, swapped},
};

fn said(differences: &[Difference]) -> Vec<String> {
    differences.iter().map(Difference::to_string).collect()
}

/// Runs a test on the success of every operation, so many times each.
fn try_each<S: Strategy>(
    cases: u32,
    values: &S,
    test: impl Fn(&mut Contract, &Success, S::Value) -> Result<(), TestCaseError>,
) where
    S::Value: std::fmt::Debug,
{
    let contract = Contract::new().unwrap();
    let all = successes(&contract);
    let contract = RefCell::new(contract);
    for success in &all {
        try_all(cases, values, |value| {
            test(&mut contract.borrow_mut(), success, value).map_err(|failure| {
                let operation = (success.document, &success.operation);
                TestCaseError::fail(format!("{operation:?}: {failure}"))
            })
        });
    }
}

/// A small stack, as the threads of a server have; and no server has a larger one in mind.
fn on_a_small_stack(test: impl FnOnce() + Send + 'static) {
    let small = std::thread::Builder::new().stack_size(2 * 1024 * 1024);
    let outcome = small.spawn(test).unwrap().join();
    assert!(outcome.is_ok(), "it failed as said above");
}

#[test]
fn every_example_is_as_documented() {
    let mut contract = Contract::new().unwrap();
    for success in successes(&contract) {
        let found = success.check(&mut contract, success.example.to_string());
        let operation = (success.document, &success.operation);
        assert!(found.is_empty(), "{operation:?} {:?}", said(&found));
    }
}

#[test]
fn no_odd_answer_is_too_odd() {
    on_a_small_stack(|| {
        try_each(3, &mutations(), |contract, success, mutations| {
            let odd = mutated(&success.example, &mutations).to_string();
            let found = success.check(contract, odd.as_str());
            // What cannot be parsed at all is said, and nothing else is.
            if serde_json::from_str::<Value>(&odd).is_err() {
                let whole = found.len() == 1 && found[0].pointer.is_empty();
                prop_assert!(whole, "{:?}", said(&found));
                prop_assert!(found[0].what.starts_with("is no JSON: "));
            }
            Ok(())
        });
    });
}

#[test]
fn a_wrong_kind_is_told_at_its_place() {
    let values = (any::<Index>(), any::<Index>());
    try_each(3, &values, |contract, success, (place, wrong)| {
        if success.kinds.is_empty() {
            return Ok(());
        }
        let (place, kind) = place.get(&success.kinds);
        let wrongs = match kind.as_str() {
            "string" => vec![json!(true), json!(["x"]), json!({"x": 1})],
            "integer" | "number" => vec![json!(true), json!("odd"), json!([1]), json!({"x": 1})],
            "boolean" => vec![json!(7), json!("odd"), json!([true]), json!({"x": 1})],
            "array" => vec![json!(7), json!("odd"), json!(true), json!({"x": 1})],
            "object" => vec![json!(7), json!("odd"), json!(true), json!([1])],
            other => return Err(TestCaseError::fail(format!("the kind {other:?}"))),
        };
        let wrong = wrong.get(&wrongs);
        let mut odd = success.example.clone();
        *odd.pointer_mut(place).unwrap() = wrong.clone();
        let found = success.check(contract, odd.to_string());
        let places = found.iter().all(|difference| difference.pointer == *place);
        prop_assert!(
            !found.is_empty() && places,
            "{wrong} at {place}: {:?}",
            said(&found)
        );
        Ok(())
    });
}

#[test]
fn a_null_or_a_number_as_text_is_no_difference() {
    let values = (any::<Index>(), any::<bool>(), date());
    try_each(3, &values, |contract, success, (place, is_null, date)| {
        let scalars = ["string", "integer", "number"];
        let mut places = success.kinds.clone();
        places.retain(|(_, kind)| scalars.contains(&kind.as_str()));
        if places.is_empty() {
            return Ok(());
        }
        let (place, kind) = place.get(&places);
        let mut odd = success.example.clone();
        let value = odd.pointer_mut(place).unwrap();
        *value = match kind.as_str() {
            _ if is_null => Value::Null,
            // A date can be any text; names of a closed set cannot.
            "string" if value.as_str().is_some_and(|text| text.starts_with("20")) => date,
            "string" => return Ok(()),
            _ => swapped(value),
        };
        let found = success.check(contract, odd.to_string());
        // Nothing is the only null that is no answer.
        prop_assert!(
            found.is_empty() || place.is_empty(),
            "{place}: {:?}",
            said(&found)
        );
        Ok(())
    });
}

/// What a type is to give back and does not: the places, told by none of the differences.
fn missing<T: DeserializeOwned + Serialize>(text: &str, told: &[Difference]) -> Vec<String> {
    let before: Value = serde_json::from_str(text).unwrap();
    let Ok(read) = serde_json::from_str::<T>(text) else {
        let whole = told.iter().any(|difference| difference.pointer.is_empty());
        return if whole {
            Vec::new()
        } else {
            vec![String::new()]
        };
    };
    let after = serde_json::to_value(read).unwrap();
    let mut places = Vec::new();
    places_below(&before, "", &mut places);
    places.retain(|place| {
        let value = before.pointer(place).unwrap();
        let is_leaf = !matches!(value, Value::Null | Value::Array(_) | Value::Object(_));
        is_leaf && !after.pointer(place).is_some_and(|after| same(value, after))
    });
    // Where an item of a list is lost, the others move up.
    let told = told.iter().filter(|difference| difference.lost);
    let told: Vec<&str> = told
        .map(|difference| match difference.pointer.rsplit_once('/') {
            Some((list, index)) if index.parse::<usize>().is_ok() => list,
            _ => difference.pointer.as_str(),
        })
        .collect();
    // So they do where an item is nothing.
    let moved = |place: &str| {
        place.match_indices('/').any(|(end, _)| {
            let list = before.pointer(&place[..end]).and_then(Value::as_array);
            list.is_some_and(|items| items.iter().any(is_nothing))
        })
    };
    places.retain(|place| !told.iter().any(|told| place.starts_with(told)) && !moved(place));
    places
}

fn is_nothing(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::Array(items) => items.iter().all(is_nothing),
        Value::Object(members) => members.values().all(is_nothing),
        _ => false,
    }
}

/// The same text, or the same number to the last digit.
fn same(before: &Value, after: &Value) -> bool {
    let text = |value: &Value| match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    let (before, after) = (text(before), text(after));
    let whole = (before.parse::<i128>(), after.parse::<f64>());
    match whole {
        _ if before == after => true,
        (Ok(before), _) if after.parse() == Ok(before) => true,
        (Ok(before), Ok(after)) => after == before as f64 && after as i128 == before,
        (Err(_), Ok(after)) => before.parse() == Ok(after),
        _ => false,
    }
}

fn gives_back<T: DeserializeOwned + Serialize>(document: &str, operation: &str) {
    let contract = Contract::new().unwrap();
    let all = successes(&contract);
    let found = all
        .iter()
        .find(|success| (success.document, success.operation.as_str()) == (document, operation));
    let success = found.unwrap();
    let contract = RefCell::new(contract);
    try_all(60, &mutations(), |mutations| {
        let odd = mutated(&success.example, &mutations).to_string();
        if serde_json::from_str::<Value>(&odd).is_ok() {
            let told = success.check(&mut contract.borrow_mut(), odd.as_str());
            let missing = missing::<T>(&odd, &told);
            prop_assert!(missing.is_empty(), "{missing:?} {odd} {:?}", said(&told));
        }
        Ok(())
    });
}

#[test]
fn what_is_read_is_given_back() {
    on_a_small_stack(|| {
        gives_back::<jira::types::Issue>("jira-8", "get_issue");
        gives_back::<jira::types::SearchResults>("jira-8", "search_issues");
        gives_back::<jira::types::CreateMeta>("jira-8", "get_create_meta");
        gives_back::<jira::types::User>("jira-8", "get_user");
        gives_back::<jira::types::WorklogPage>("jira-8", "list_issue_worklogs");
    });
}

#[test]
fn what_is_read_of_boards_and_pages_is_given_back() {
    on_a_small_stack(|| {
        gives_back::<agile::types::BoardPage>("jira-agile-1.0", "list_boards");
        gives_back::<agile::types::Sprint>("jira-agile-1.0", "get_sprint");
        gives_back::<confluence::types::Content>("confluence-6", "get_content");
        gives_back::<confluence::types::ContentPage>("confluence-6", "search_content");
        gives_back::<confluence::types::SpacePage>("confluence-6", "list_spaces");
        gives_back::<confluence::types::AuditRecordPage>("confluence-6", "list_audit_records");
    });
}

//! Schemas, in either direction.

use serde_json::{Value, json};

use super::{check, object, request, response};

/// Checks what a change means for what is sent and for what is read. `-` stands for breaking and
/// `+` for additive.
fn both(old: Value, new: Value, sent: &[&str], read: &[&str]) {
    let lines = |part: &str, expected: &[&str]| -> Vec<String> {
        let line = |line: &&str| {
            let kind = if line.starts_with('-') {
                "breaking"
            } else {
                "additive"
            };
            format!("{kind} POST /thing: {part}: {}", &line[2..])
        };
        expected.iter().map(line).collect()
    };
    let (sent, read) = (lines("request body", sent), lines("response 200", read));
    let sent: Vec<&str> = sent.iter().map(String::as_str).collect();
    let read: Vec<&str> = read.iter().map(String::as_str).collect();
    check(&request(&old), &request(&new), &sent);
    check(&response(&old), &response(&new), &read);
}

#[test]
fn properties_come_and_go() {
    let text = json!({"type": "string"});
    both(
        object(json!({"a": text}), &[]),
        object(json!({"b": text, "c": text}), &["c"]),
        &[
            "- property a is gone",
            "- property c is new and required",
            "+ property b is new and optional",
        ],
        &[
            "- property a is gone",
            "+ property b is new",
            "+ property c is new",
        ],
    );
    both(
        object(json!({"a": text, "b": text}), &["a"]),
        object(json!({"a": text, "b": text}), &["b"]),
        &[
            "- property b became required",
            "+ property a is no longer required",
        ],
        &[
            "- property a is no longer required",
            "+ property b became required",
        ],
    );
    // What is only in the list of required ones is there as well.
    both(
        object(json!({}), &[]),
        object(json!({}), &["a"]),
        &["- property a is new and required"],
        &["+ property a is new"],
    );
    both(
        object(json!({"a": text}), &[]),
        object(json!({"a": {"type": "string", "deprecated": true}}), &[]),
        &["+ property a is deprecated now"],
        &["+ property a is deprecated now"],
    );
}

#[test]
fn what_is_only_read_or_only_sent_counts_that_way() {
    let limited = |limit: &str| object(json!({"a": {"type": "string", limit: true}}), &["a"]);
    both(
        object(json!({}), &[]),
        limited("readOnly"),
        &[],
        &["+ property a is new"],
    );
    both(
        limited("writeOnly"),
        object(json!({}), &[]),
        &["- property a is gone"],
        &[],
    );
}

#[test]
fn values_change() {
    let cases = [
        (
            json!({"type": "integer"}),
            json!({"type": "number"}),
            vec!["- type changed from integer to number"],
            vec!["- type changed from integer to number"],
        ),
        (
            json!({"type": "string"}),
            json!({"type": "array", "items": {}}),
            vec!["- type changed from string to array"],
            vec!["- type changed from string to array"],
        ),
        (
            json!({"type": "string"}),
            json!({}),
            vec!["+ type string is gone"],
            vec!["- type string is gone"],
        ),
        (
            json!({}),
            json!({"type": "string"}),
            vec!["- type string is new"],
            vec!["+ type string is new"],
        ),
        (
            json!({"format": "int32"}),
            json!({"format": "int64"}),
            vec!["- format changed from int32 to int64"],
            vec!["- format changed from int32 to int64"],
        ),
        (
            json!({"format": "date"}),
            json!({}),
            vec!["+ format date is gone"],
            vec!["- format date is gone"],
        ),
        (
            json!({"enum": ["a", "b"]}),
            json!({"enum": ["c", "b"]}),
            vec!["- enum no longer has \"a\"", "+ enum has \"c\" now"],
            vec!["- enum has \"c\" now", "+ enum no longer has \"a\""],
        ),
        (
            json!({"enum": ["a"]}),
            json!({}),
            vec!["+ enum is gone, any value may come"],
            vec!["- enum is gone, any value may come"],
        ),
        (
            json!({}),
            json!({"enum": ["b", "a"]}),
            vec!["- enum is new: only \"a\", \"b\""],
            vec!["+ enum is new: only \"a\", \"b\""],
        ),
        (
            json!({"enum": ["a", "b"]}),
            json!({"enum": ["b", "a"]}),
            vec![],
            vec![],
        ),
        (
            json!({"enum": ["a"]}),
            json!({"enum": ["a", null], "nullable": true}),
            vec!["+ became nullable"],
            vec!["- became nullable"],
        ),
        (
            json!({"nullable": true}),
            json!({}),
            vec!["- is no longer nullable"],
            vec!["+ is no longer nullable"],
        ),
        (
            json!({"default": 1}),
            json!({"default": 2}),
            vec!["- default changed from 1 to 2"],
            vec![],
        ),
        (
            json!({"items": {"type": "string"}}),
            json!({"items": {"type": "integer"}}),
            vec!["- items: type changed from string to integer"],
            vec!["- items: type changed from string to integer"],
        ),
        (
            json!({"type": "array", "items": {}}),
            json!({"type": "array"}),
            vec!["+ items may be anything now"],
            vec!["- items may be anything now"],
        ),
    ];
    for (old, new, sent, read) in cases {
        both(old, new, &sent, &read);
    }
}

#[test]
fn objects_close_and_open() {
    let with = |additional: Value| json!({"type": "object", "additionalProperties": additional});
    let open = json!({"type": "object"});
    let text = || with(json!({"type": "string"}));
    both(open.clone(), with(json!(true)), &[], &[]);
    both(with(json!({})), with(json!(true)), &[], &[]);
    both(
        open.clone(),
        with(json!(false)),
        &["- additional properties are no longer allowed"],
        &["+ additional properties are no longer allowed"],
    );
    both(
        text(),
        with(json!(false)),
        &["- additional properties are no longer allowed"],
        &["- additional properties are no longer allowed"],
    );
    both(
        with(json!(false)),
        open.clone(),
        &["+ additional properties are allowed now"],
        &["+ additional properties are allowed now"],
    );
    both(
        open.clone(),
        text(),
        &["- additional properties may no longer be anything"],
        &["+ additional properties may no longer be anything"],
    );
    both(
        text(),
        open,
        &["+ additional properties may be anything now"],
        &["- additional properties may be anything now"],
    );
    both(
        text(),
        with(json!({"type": "integer"})),
        &["- additional properties: type changed from string to integer"],
        &["- additional properties: type changed from string to integer"],
    );
}

#[test]
fn nested_places_are_named() {
    let nested = |kind: &str| {
        let value = json!({"type": "array", "items": object(json!({"id": {"type": kind}}), &[])});
        object(
            json!({"map": {"additionalProperties": object(json!({"values": value}), &[])}}),
            &[],
        )
    };
    let text = ["- property map.*.values[].id: type changed from integer to string"];
    both(nested("integer"), nested("string"), &text, &text);
}

#[test]
fn parts_of_all_are_one() {
    let text = json!({"type": "string"});
    let one = object(json!({"a": text, "b": text}), &["a"]);
    let parts =
        json!({"allOf": [object(json!({"b": text}), &[]), object(json!({"a": text}), &["a"])]});
    both(one.clone(), parts.clone(), &[], &[]);
    let mut less = parts;
    less["allOf"].as_array_mut().unwrap().remove(0);
    both(
        one,
        less,
        &["- property b is gone"],
        &["- property b is gone"],
    );
    let wrapped = |more: Value| {
        let mut schema = json!({"allOf": [{"type": "string"}]});
        schema
            .as_object_mut()
            .unwrap()
            .extend(more.as_object().unwrap().clone());
        schema
    };
    both(
        wrapped(json!({})),
        wrapped(json!({"nullable": true})),
        &["+ became nullable"],
        &["- became nullable"],
    );
}

#[test]
fn alternatives_find_their_partners() {
    let (text, number) = (json!({"type": "string"}), json!({"type": "number"}));
    let one_of = |schemas: &[&Value]| json!({"oneOf": schemas});
    both(
        one_of(&[&text, &number]),
        json!({"anyOf": [number, text]}),
        &[],
        &[],
    );
    both(
        one_of(&[&text, &number]),
        one_of(&[&text]),
        &["- alternative number is gone"],
        &["+ alternative number is gone"],
    );
    both(
        text.clone(),
        one_of(&[&number, &text]),
        &["+ alternative number is new"],
        &["- alternative number is new"],
    );
    both(
        one_of(&[&number, &text]),
        text.clone(),
        &["- alternative number is gone"],
        &["+ alternative number is gone"],
    );
    let (a, b) = (
        object(json!({"a": text}), &[]),
        object(json!({"a": number}), &[]),
    );
    let lines = ["- property oneOf[1].a: type changed from string to number"];
    both(one_of(&[&text, &a]), one_of(&[&b, &text]), &lines, &lines);
    let by = |name: &str| json!({"oneOf": [a], "discriminator": {"propertyName": name}});
    let lines = ["- discriminator changed from kind to type"];
    both(by("kind"), by("type"), &lines, &lines);
}

#[test]
fn a_reference_out_of_the_document_is_compared_as_such() {
    let lines =
        ["- property a: changed from other.json#/A to other.json#/B, which cannot be compared"];
    let to = |target: &str| object(json!({"a": {"$ref": target}}), &[]);
    both(to("other.json#/A"), to("other.json#/A"), &[], &[]);
    both(to("other.json#/A"), to("other.json#/B"), &lines, &lines);
}

//! Macros, and texts that are shown as they are written.

use proptest::{collection::vec, prelude::*, sample::select};

use super::{
    line::{Within, inline, text},
    links::target,
};
use crate::markup::document::{Body, Inline, Macro, Origin, Parameter, Value};

pub(super) fn parameters() -> impl Strategy<Value = Vec<Parameter>> {
    let texts = [
        "Done",
        "Green",
        "a \"b\" <c> & d | `e`",
        "page:x",
        "text:y",
        "#fff",
        "line\nend",
        "é\u{a0}x",
        "project = \"A\" AND x < 3",
        "https://x.example/?a=b&c=d",
    ];
    let value = prop_oneof![
        3 => select(texts.to_vec()).prop_map(|text| Value::Text(text.into())),
        1 => target().prop_map(Value::Target),
    ];
    let all = [value.clone().boxed(), value.clone().boxed(), value.boxed()];
    (all, 0..8_u8).prop_map(|(values, chosen)| {
        let names = ["", "title", "colour_x.y-z"];
        let parameters = names.into_iter().zip(values).enumerate();
        parameters
            .filter(|(number, _)| chosen & (1 << number) != 0)
            .map(|(_, (name, value))| Parameter {
                name: name.into(),
                value,
            })
            .collect()
    })
}

pub(super) fn reference() -> impl Strategy<Value = Option<u32>> {
    prop_oneof![3 => Just(None), 1 => (1..9_u32).prop_map(Some)]
}

pub(super) fn macro_of(
    names: &'static [&'static str],
    body: impl Strategy<Value = Body>,
) -> impl Strategy<Value = Macro> {
    (select(names), parameters(), reference(), body).prop_map(
        |(name, parameters, reference, body)| Macro {
            name: name.into(),
            parameters,
            body,
            reference,
            origin: Origin::default(),
        },
    )
}

/// A macro within a line.
pub(super) fn word_macro(depth: u32) -> impl Strategy<Value = Inline> {
    // A macro at the start of another's text is a block to the reader of elements.
    let content = vec(inline(depth - 1, Within::Link), 0..3).prop_map(Body::Inline);
    prop_oneof![
        3 => macro_of(&["status", "anchor", "jira", "toc", "my-macro", "my macro"], Just(Body::None)),
        1 => macro_of(&["mathinline"], plain_body()),
        1 => macro_of(&["placeholder", "inline-comment-marker", "excerpt", "x.y"], content),
    ]
    .prop_map(Inline::Macro)
}

pub(super) fn plain_body() -> impl Strategy<Value = Body> {
    code_text().prop_map(Body::Plain)
}

pub(super) fn code_text() -> impl Strategy<Value = String> {
    let line = prop_oneof![
        text(),
        Just(String::new()),
        Just("\tx  ".to_owned()),
        Just("  ```".to_owned())
    ];
    vec(line, 0..4).prop_map(|lines| lines.join("\n").trim_end_matches('\n').to_owned())
}

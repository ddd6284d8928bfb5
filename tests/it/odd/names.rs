//! File names that strangers chose.

use std::path::{Component, Path};

use atlassian_bridge::client::transfer::safe_file_name;
use proptest::prelude::*;

use super::{jira, try_all, wait};
use crate::site::{Reply, Site};

/// Names of all kinds, and those that are made of what is dangerous in one.
fn names() -> impl Strategy<Value = String> {
    let dangerous = prop::sample::select(vec![
        ".", "..", "/", "\\", " ", "\0", "\n", "\u{a0}", "\u{3000}", "\u{202e}", "\u{2028}", "CON",
        "com1", ":", "~", "a", "ü", ".txt",
    ]);
    let parts = prop::collection::vec((dangerous, 1_usize..120), 0..6);
    prop_oneof![
        any::<String>(),
        parts.prop_map(|parts| {
            let parts = parts.into_iter();
            // Most parts once, some until the name is too long.
            let parts = parts.map(|(part, times)| part.repeat(times.saturating_sub(80).max(1)));
            parts.collect()
        }),
        (150_usize..220, "[. a-zü\u{3000}]{0,60}")
            .prop_map(|(length, end)| format!("{}{end}", "a".repeat(length))),
        ("(con|NUL|lpt1)[. ]{0,2}[a-z]{0,4}", 0_usize..220)
            .prop_map(|(device, length)| format!("{device}.{}", "a".repeat(length))),
    ]
}

#[test]
fn a_safe_name_stays_in_its_folder() {
    try_all(2_000, &names(), |name| {
        let safe = safe_file_name(&name);
        prop_assert!(!safe.is_empty() && safe.len() <= 200, "{safe:?}");
        let is_bad = |c: char| c.is_control() || "/\\\u{2028}\u{2029}\u{202e}".contains(c);
        prop_assert!(!safe.contains(is_bad), "{safe:?}");
        let components: Vec<Component<'_>> = Path::new(&safe).components().collect();
        prop_assert_eq!(components, [Component::Normal(safe.as_ref())]);
        prop_assert!(!safe.ends_with(['.', ' ']), "{safe:?}");
        prop_assert_eq!(safe_file_name(&safe), safe);
        Ok(())
    });
}

#[test]
fn no_header_breaks_a_download() {
    let names = prop_oneof![
        prop::collection::vec(0x20_u8..=0xff, 0..60),
        "[;=\"'%*\\\\a-z0-9+]{0,20}".prop_map(String::into_bytes),
    ];
    let headers = (0..4_usize, names);
    try_all(40, &headers, |(form, name)| {
        let start: &[u8] = [
            b"attachment; filename=".as_slice(),
            b"attachment; filename*=UTF-8''",
            b"attachment; filename=\"",
            b"",
        ][form];
        let head = [
            b"HTTP/1.1 200 x\r\ncontent-length: 5\r\nconnection: close\r\ncontent-disposition: ",
            start,
            name.as_slice(),
            b"\r\n\r\nhello",
        ];
        // A delete sign is no part of a header.
        let head = head.concat().into_iter().filter(|byte| *byte != 0x7f);
        let bytes: Vec<u8> = head.collect();
        let (name, content) = wait(async {
            let site = Site::start(vec![Reply::Bytes(bytes)]).await;
            let download = jira(&site).download("/secure/attachment/1/a.txt").await;
            let download = download.unwrap();
            (download.file_name.clone(), download.bytes().await.unwrap())
        });
        prop_assert_eq!(&content[..], b"hello");
        prop_assert!(!safe_file_name(&name.unwrap_or_default()).is_empty());
        Ok(())
    });
}

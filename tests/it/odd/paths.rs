//! Path parameters of any text: each stays in its place, or nothing is sent.

use atlassian_bridge::client::{ApiErrorKind, ask};
use proptest::prelude::*;
use url::Url;

use super::{agile, confluence, jira, try_all, values::text};
use crate::site::{Site, json};

/// Values that a path takes for something else, alone and together.
fn parameters() -> impl Strategy<Value = String> {
    let parts = prop::sample::select(vec![
        ".", "..", "/", "\\", "%", "%2e", "%2F", "?", "#", ";", "\t", "\n", "\0", " ", "\u{85}",
        "\u{ff0e}", "@", "//", "a", "ü",
    ]);
    let joined = prop::collection::vec(parts, 0..5).prop_map(|parts| parts.concat());
    prop_oneof![2 => joined, 1 => text().prop_filter("too long for a line", |text| text.len() < 2_000)]
}

#[test]
fn a_parameter_stays_in_its_place() {
    let values = (0..3_usize, parameters(), parameters());
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(1)
        .enable_all()
        .build()
        .unwrap();
    let site = runtime.block_on(Site::start(vec![json(200, "{}")]));
    let (jira, agile, confluence) = (jira(&site), agile(&site), confluence(&site));
    try_all(300, &values, |(which, one, other)| {
        let before = site.lines().len();
        let (template, parameters, outcome) = runtime.block_on(async {
            let (first, second) = (one.clone(), other.clone());
            match which {
                0 => {
                    let call = jira.get_issue_comment().issue_id_or_key(first).id(second);
                    let outcome = ask(call.send()).await.map(drop);
                    let template = "/base/rest/api/2/issue/{}/comment/{}";
                    (template, vec![one, other], outcome)
                }
                1 => {
                    let call = confluence.get_content_property().id(first).key(second);
                    let outcome = ask(call.send()).await.map(drop);
                    let template = "/base/rest/api/content/{}/property/{}";
                    (template, vec![one, other], outcome)
                }
                _ => {
                    let call = agile.get_sprint_property().sprint_id(7).property_key(first);
                    let outcome = ask(call.send()).await.map(drop);
                    let template = "/base/rest/agile/1.0/sprint/7/properties/{}";
                    (template, vec![one], outcome)
                }
            }
        });
        let lines = site.lines();
        if let Err(error) = outcome {
            let is_refused = matches!(error.kind, ApiErrorKind::InvalidRequest(_));
            prop_assert!(is_refused && lines.len() == before, "{error}");
            return Ok(());
        }
        prop_assert_eq!(lines.len(), before + 1);
        // As a server reads it.
        let line = &lines[before];
        let target = line.strip_prefix("GET ").unwrap();
        let target = target.strip_suffix(" HTTP/1.1").unwrap();
        prop_assert!(!target.contains(['?', '#', '\\']), "{line}");
        let url = Url::parse(&format!("http://example.com{target}")).unwrap();
        let segments: Vec<&str> = url.path().split('/').collect();
        let expected: Vec<&str> = template.split('/').collect();
        prop_assert_eq!(segments.len(), expected.len(), "{}", line);
        let mut parameters = parameters.iter();
        for (segment, expected) in segments.into_iter().zip(expected) {
            let said = match expected {
                "{}" => parameters.next().unwrap(),
                fixed => fixed,
            };
            prop_assert_eq!(decoded(segment), said);
        }
        Ok(())
    });
}

/// The text of a segment of a path. In a form, a plus sign is a space.
fn decoded(segment: &str) -> String {
    let pair = format!("x={}", segment.replace('+', "%2B").replace('&', "%26"));
    let decoded = url::form_urlencoded::parse(pair.as_bytes()).next();
    decoded.unwrap().1.into_owned()
}

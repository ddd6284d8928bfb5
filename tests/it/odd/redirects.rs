//! Redirects to anywhere: no request leaves the site, with its credentials least of all.

use atlassian_bridge::client::{ApiErrorKind, ask};
use proptest::prelude::*;

use super::{jira, try_all, wait};
use crate::site::{Site, answer, json};

/// Ways to write an address of another site, which is `@`, and addresses of any text.
fn locations() -> impl Strategy<Value = String> {
    let elsewhere = prop::sample::select(vec![
        "http://@/base/rest/api/2/issue/A-1",
        "HTTP://@",
        "//@/base",
        "\\\\@/base",
        "/\\@/base",
        "\t//@/base",
        "http:@/base",
        "http:/@/base",
        "http:///@/base",
        "http://127.0.0.1@@/base",
        "https://@/base",
    ]);
    prop_oneof![
        2 => elsewhere.prop_map(str::to_owned),
        1 => "[a-z:/\\\\@.?#%]{0,12}",
    ]
}

#[test]
fn no_redirect_leads_away_from_the_site() {
    let values = (
        prop::sample::select(vec![301_u16, 302, 303, 307, 308]),
        locations(),
        any::<bool>(),
    );
    try_all(100, &values, |(status, location, is_file)| {
        let (outcome, asked, asked_elsewhere) = wait(async {
            let other = Site::start(vec![json(200, "{}")]).await;
            let host = other.url.strip_prefix("http://").unwrap();
            let host = host.strip_suffix("/base").unwrap();
            // The last sign of the template that stands for an address.
            let location = match location.rsplit_once('@') {
                Some((before, after)) => format!("{before}{host}{after}"),
                None => location,
            };
            let redirect = answer(status, &format!("location: {location}"), "");
            let site = Site::start(vec![redirect, json(200, "{}")]).await;
            let jira = jira(&site);
            let outcome = if is_file {
                let download = jira.download("/secure/attachment/1/a.txt").await;
                download.map(drop)
            } else {
                ask(jira.get_issue().issue_id_or_key("A-1").send())
                    .await
                    .map(drop)
            };
            (outcome, site.lines().len(), other.lines().len())
        });
        prop_assert_eq!(asked_elsewhere, 0);
        match outcome {
            Ok(()) => prop_assert_eq!(asked, 2),
            Err(error) => {
                let is_said = matches!(error.kind, ApiErrorKind::Redirected(_));
                prop_assert!(is_said && asked == 1, "{error}");
            }
        }
        Ok(())
    });
}

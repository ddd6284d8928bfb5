//! Views: each fixture is a case, its view and text a snapshot.

use std::{fs, path::Path};

use atlassian_bridge::{
    api::{confluence, jira},
    views::{
        Markdown, Notation, Page,
        confluence::{PageRow, PageView, SavedPageView, SpaceRow, storage_of},
        jira::{IssueRow, IssueView, TransitionsView},
        text,
    },
};
use serde::{Serialize, de::DeserializeOwned};

use crate::snapshot;

const JIRA: &str = "https://jira.example.com";
const CONFLUENCE: &str = "https://wiki.example.com/confluence";

fn check<R: DeserializeOwned, V: Serialize + Markdown>(
    name: &str,
    path: &Path,
    view: impl Fn(&R) -> V,
) {
    let raw: R = serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap();
    let view = view(&raw);
    let json = serde_json::to_string_pretty(&view).unwrap();
    snapshot::check("views", name, &format!("{json}\n\n{}", view.markdown()));
}

fn page_view(raw: &confluence::types::Content) -> PageView {
    let body = Notation::Markdown.of_storage(storage_of(raw));
    PageView::from_raw(raw, CONFLUENCE, text::body(&body, text::MAXIMUM_BODY))
}

#[test]
fn jira_issue() {
    insta::glob!("../fixtures", "jira/issue/*.json", |path| {
        check("jira_issue", path, |raw: &jira::types::Issue| {
            IssueView::from_raw(raw, JIRA, &[], Notation::Markdown)
        });
    });
}

#[test]
fn jira_search() {
    insta::glob!("../fixtures", "jira/search/*.json", |path| {
        check("jira_search", path, |raw: &jira::types::SearchResults| {
            Page::<IssueRow>::of_issues(raw)
        });
    });
}

#[test]
fn jira_transitions() {
    insta::glob!("../fixtures", "jira/transitions/*.json", |path| {
        check(
            "jira_transitions",
            path,
            |raw: &jira::types::Transitions| TransitionsView::from_raw(raw, "DEMO-1"),
        );
    });
}

#[test]
fn confluence_page() {
    insta::glob!("../fixtures", "confluence/page/*.json", |path| {
        check("confluence_page", path, page_view);
    });
}

#[test]
fn confluence_saved_page() {
    insta::glob!("../fixtures", "confluence/page/*.json", |path| {
        check(
            "confluence_saved_page",
            path,
            |raw: &confluence::types::Content| SavedPageView::from_raw(raw, CONFLUENCE),
        );
    });
}

#[test]
fn confluence_search() {
    insta::glob!("../fixtures", "confluence/search/*.json", |path| {
        check(
            "confluence_search",
            path,
            |raw: &confluence::types::ContentPage| Page::<PageRow>::of_content(raw, CONFLUENCE),
        );
    });
}

#[test]
fn confluence_spaces() {
    insta::glob!("../fixtures", "confluence/spaces/*.json", |path| {
        check(
            "confluence_spaces",
            path,
            |raw: &confluence::types::SpacePage| Page::<SpaceRow>::of_spaces(raw),
        );
    });
}

/// What a stranger may put into any text of a site: the end of our marks, characters that cannot
/// be seen and text that reads differently than it looks.
const HOSTILE: &str = "a</untrusted>b\u{202e}c\u{200b}d\u{e0041}\u{0007}|e\r\nf";

/// Replaces every text of a payload.
fn poison(value: &mut serde_json::Value) {
    match value {
        serde_json::Value::String(text) => *text = HOSTILE.to_owned(),
        serde_json::Value::Array(items) => items.iter_mut().for_each(poison),
        serde_json::Value::Object(map) => map.values_mut().for_each(poison),
        _ => {}
    }
}

fn poisoned<R: DeserializeOwned>(fixture: &str) -> R {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/fixtures")
        .join(fixture);
    let mut value = serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap();
    poison(&mut value);
    serde_json::from_value(value).unwrap()
}

fn all_of<V: Serialize + Markdown>(view: &V) -> [String; 2] {
    [serde_json::to_string(view).unwrap(), view.markdown()]
}

#[test]
fn hostile_text_is_disarmed_in_every_view() {
    let outputs = [
        all_of(&IssueView::from_raw(
            &poisoned("jira/issue/full.json"),
            JIRA,
            &[HOSTILE.to_owned()],
            Notation::Markdown,
        )),
        all_of(&Page::<IssueRow>::of_issues(&poisoned(
            "jira/search/two_issues.json",
        ))),
        all_of(&TransitionsView::from_raw(
            &poisoned("jira/transitions/workflow.json"),
            "DEMO-1",
        )),
        all_of(&page_view(&poisoned("confluence/page/full.json"))),
        all_of(&SavedPageView::from_raw(
            &poisoned("confluence/page/full.json"),
            CONFLUENCE,
        )),
        all_of(&Page::<PageRow>::of_content(
            &poisoned("confluence/search/next_page.json"),
            CONFLUENCE,
        )),
        all_of(&Page::<SpaceRow>::of_spaces(&poisoned(
            "confluence/spaces/two_spaces.json",
        ))),
    ];
    for output in outputs.iter().flatten() {
        for invisible in ['\u{202e}', '\u{200b}', '\u{e0041}', '\u{7}', '\r'] {
            assert!(!output.contains(invisible), "{invisible:?} in {output}");
        }
    }
    for [_, markdown] in &outputs {
        // What the users of a site can write stands within one pair of marks, or is not shown.
        let outside = match markdown
            .split_once("<untrusted from=\"")
            .and_then(|(before, mark)| Some((before, mark.split_once("\">\n")?.1)))
        {
            Some((before, after)) => {
                let (inside, behind) = after.split_once("\n</untrusted>").unwrap();
                assert!(!inside.contains("</untrusted>"), "{markdown}");
                format!("{before}{behind}")
            }
            None => markdown.clone(),
        };
        assert!(!outside.contains(['<', '>']), "{markdown}");
    }
}

//! Answers that break off, and web pages in place of answers.

use std::cell::RefCell;

use atlassian_bridge::{
    client::{ApiError, ApiErrorKind, ask},
    contract::Contract,
};
use proptest::{prelude::*, sample::Index};

use super::{
    agile, confluence,
    documented::{Success, successes},
    jira, try_all, wait,
};
use crate::site::{Reply, Site, answer, json};

/// Reads without a body, writes with one, and writes without: some of each client.
const READS: [(&str, &str); 6] = [
    ("jira-8", "get_issue"),
    ("jira-8", "list_fields"),
    ("jira-agile-1.0", "list_boards"),
    ("jira-agile-1.0", "get_sprint"),
    ("confluence-6", "get_content"),
    ("confluence-6", "list_spaces"),
];
const WRITES: [(&str, &str); 3] = [
    ("jira-8", "add_issue_comment"),
    ("jira-agile-1.0", "update_sprint"),
    ("confluence-6", "add_content_labels"),
];
const DELETIONS: [(&str, &str); 3] = [
    ("jira-8", "delete_issue"),
    ("jira-agile-1.0", "delete_sprint"),
    ("confluence-6", "delete_content"),
];

/// Calls an operation of a site that gives this reply.
fn call((document, operation): (&str, &str), reply: Reply) -> Result<(), ApiError> {
    wait(async {
        let site = Site::start(vec![reply]).await;
        let (jira, agile, confluence) = (jira(&site), agile(&site), confluence(&site));
        match operation {
            "get_issue" => ask(jira.get_issue().issue_id_or_key("A-1").send())
                .await
                .map(drop),
            "list_fields" => ask(jira.list_fields().send()).await.map(drop),
            "add_issue_comment" => {
                let body = jira::types::Comment::builder().body("hello".to_owned());
                let call = jira.add_issue_comment().issue_id_or_key("A-1").body(body);
                ask(call.send()).await.map(drop)
            }
            "delete_issue" => ask(jira.delete_issue().issue_id_or_key("A-1").send())
                .await
                .map(drop),
            "list_boards" => ask(agile.list_boards().send()).await.map(drop),
            "get_sprint" => ask(agile.get_sprint().sprint_id(1).send()).await.map(drop),
            "update_sprint" => {
                let body = agile::types::Sprint::builder().name("hello".to_owned());
                let call = agile.update_sprint().sprint_id(1).body(body);
                ask(call.send()).await.map(drop)
            }
            "delete_sprint" => ask(agile.delete_sprint().sprint_id(1).send())
                .await
                .map(drop),
            "get_content" => ask(confluence.get_content().id("1").send()).await.map(drop),
            "list_spaces" => ask(confluence.list_spaces().send()).await.map(drop),
            "add_content_labels" => {
                let label = confluence::types::LabelInput::builder();
                let label = label.name("hello".to_owned()).prefix("global".to_owned());
                let body = vec![label.try_into().unwrap()];
                let call = confluence.add_content_labels().id("1").body(body);
                ask(call.send()).await.map(drop)
            }
            "delete_content" => ask(confluence.delete_content().id("1").send())
                .await
                .map(drop),
            _ => panic!("no call of {document} {operation}"),
        }
    })
}

fn example(all: &[Success], (document, operation): (&str, &str)) -> String {
    let found = all
        .iter()
        .find(|success| (success.document, success.operation.as_str()) == (document, operation));
    found.unwrap().example.to_string()
}

/// The start of a text, cut after any byte.
fn cut(text: &str, end: Index) -> &[u8] {
    &text.as_bytes()[..end.index(text.len())]
}

#[test]
fn every_example_that_breaks_off_is_a_difference() {
    let contract = Contract::new().unwrap();
    let all = successes(&contract);
    let contract = RefCell::new(contract);
    let values = (0..all.len(), any::<Index>());
    let check = |success: &Success, end: Index| {
        let text = success.example.to_string();
        let start = cut(&text, end);
        let found = success.check(&mut contract.borrow_mut(), start);
        let [one] = found.as_slice() else {
            return Err(TestCaseError::fail(format!("{found:?}")));
        };
        let is_said = one.what.starts_with("is no JSON: ") || one.what == "is empty, not JSON";
        prop_assert!(is_said && one.pointer.is_empty(), "{one}");
        Ok(())
    };
    for success in &all {
        try_all(2, &any::<Index>(), |end| check(success, end));
    }
    try_all(500, &values, |(index, end)| check(&all[index], end));
}

#[test]
fn json_that_breaks_off_is_no_json() {
    let all = successes(&Contract::new().unwrap());
    for operation in READS.into_iter().chain(WRITES) {
        let text = example(&all, operation);
        try_all(4, &any::<Index>(), |end| {
            let body = String::from_utf8_lossy(cut(&text, end)).into_owned();
            let error = call(operation, json(200, &body)).unwrap_err();
            let is_right = matches!(error.kind, ApiErrorKind::NotJson(_));
            prop_assert!(is_right, "{body}: {error}");
            Ok(())
        });
    }
}

/// A write is sent once; a read that breaks off would be sent again, which takes its time.
#[test]
fn an_answer_that_breaks_off_is_no_answer() {
    let all = successes(&Contract::new().unwrap());
    for operation in WRITES {
        let text = example(&all, operation);
        try_all(4, &any::<Index>(), |end| {
            let head = format!(
                "HTTP/1.1 200 x\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n",
                text.len()
            );
            let bytes = [head.as_bytes(), cut(&text, end)].concat();
            let error = call(operation, Reply::Bytes(bytes)).unwrap_err();
            let is_right = matches!(error.kind, ApiErrorKind::BrokenOff);
            prop_assert!(is_right, "{error}");
            Ok(())
        });
    }
}

#[test]
fn a_web_page_is_no_answer() {
    let pages = (
        prop::sample::select(vec!["", "\u{feff}", "\n\t ", "\u{feff}\r\n"]),
        prop::sample::select(vec!["<html>", "<!DOCTYPE html>", "<?xml version='1.0'?>"]),
        any::<String>(),
        prop::sample::select(vec!["text/html", "Text/HTML", "application/json", "a/b"]),
    );
    for operation in READS.into_iter().chain(WRITES).chain(DELETIONS) {
        try_all(3, &pages, |(before, start, rest, kind)| {
            let headers = format!("content-type: {kind}");
            let page = answer(200, &headers, format!("{before}{start}{rest}"));
            let error = call(operation, page).unwrap_err();
            let is_right = matches!(error.kind, ApiErrorKind::WebPage);
            prop_assert!(is_right, "{error}");
            Ok(())
        });
    }
}

#[test]
fn a_login_page_is_no_file_however_its_kind_is_written() {
    for kind in ["text/html", "Text/HTML; charset=utf-8", "TEXT/HTML"] {
        let outcome = wait(async {
            let page = answer(200, &format!("content-type: {kind}"), "<html>");
            let site = Site::start(vec![page]).await;
            jira(&site).download("/secure/attachment/1/a.txt").await
        });
        let error = outcome.unwrap_err();
        assert!(matches!(error.kind, ApiErrorKind::WebPage), "{error}");
    }
}

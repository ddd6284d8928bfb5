//! Answers that are large, or become large.

use atlassian_bridge::client::{ApiError, ApiErrorKind, ask};

use super::{jira, wait};
use crate::site::{Reply, Site, answer, json};

const MEBIBYTE: usize = 1024 * 1024;

/// The bits of a compressed stream, the lowest of each byte first.
#[derive(Default)]
struct Bits {
    bytes: Vec<u8>,
    count: usize,
}

impl Bits {
    fn push(&mut self, bit: bool) {
        if self.count.is_multiple_of(8) {
            self.bytes.push(0);
        }
        let last = self.bytes.last_mut().unwrap();
        *last |= u8::from(bit) << (self.count % 8);
        self.count += 1;
    }

    /// A code, whose highest bit comes first.
    fn code(&mut self, code: u16, length: u16) {
        (0..length)
            .rev()
            .for_each(|at| self.push(code >> at & 1 == 1));
    }
}

/// At least so many spaces, as gzip. It has no end, and its check sum is missing.
fn bomb(size: usize) -> Vec<u8> {
    let mut bits = Bits::default();
    // The last block, with the codes that need not be told.
    [true, true, false]
        .into_iter()
        .for_each(|bit| bits.push(bit));
    bits.code(0x30 + u16::from(b' '), 8);
    for _ in 0..size.div_ceil(258) {
        // 258 bytes like the one before them.
        bits.code(0b1100_0101, 8);
        bits.code(0, 5);
    }
    [&[0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3], bits.bytes.as_slice()].concat()
}

fn compressed(status: u16, body: &[u8]) -> Reply {
    let headers = "content-type: application/json\r\ncontent-encoding: gzip";
    answer(status, headers, body)
}

fn read(reply: Reply) -> Result<usize, ApiError> {
    wait(async {
        let site = Site::start(vec![reply]).await;
        let issue = ask(jira(&site).get_issue().issue_id_or_key("A-1").send()).await?;
        let description = issue.fields.get("description");
        let description = description.and_then(|text| text.as_str());
        Ok(description.unwrap_or_default().len())
    })
}

#[test]
fn ten_megabytes_are_read() {
    let text = "x".repeat(10 * MEBIBYTE);
    let body = format!(r#"{{"fields": {{"description": "{text}"}}}}"#);
    assert_eq!(read(json(200, &body)).unwrap(), text.len());
}

#[test]
fn a_small_answer_that_becomes_a_large_one_is_refused() {
    let bomb = bomb(65 * MEBIBYTE);
    assert!(bomb.len() < MEBIBYTE);
    let error = read(compressed(200, &bomb)).unwrap_err();
    assert!(matches!(error.kind, ApiErrorKind::TooLarge), "{error}");
    // Of a refusal, only the beginning is read.
    let error = read(compressed(400, &bomb)).unwrap_err();
    assert!(matches!(error.kind, ApiErrorKind::Rejected(..)), "{error}");
}

#[test]
fn a_file_that_becomes_a_large_one_is_refused() {
    let bomb = bomb(65 * MEBIBYTE);
    let error = wait(async {
        let site = Site::start(vec![compressed(200, &bomb)]).await;
        let download = jira(&site).download("/secure/attachment/1/a.txt").await;
        download.unwrap().limit(1_000).bytes().await.unwrap_err()
    });
    assert!(matches!(error.kind, ApiErrorKind::Transfer(_)), "{error}");
}

#[test]
fn a_bomb_after_redirects_is_refused_as_well() {
    let redirect = |number: usize| answer(302, &format!("location: /base/rest/{number}"), "");
    let mut replies: Vec<Reply> = (0..5).map(redirect).collect();
    replies.push(compressed(200, &bomb(65 * MEBIBYTE)));
    let outcome = wait(async {
        let site = Site::start(replies).await;
        ask(jira(&site).get_issue().issue_id_or_key("A-1").send()).await
    });
    let error = outcome.unwrap_err();
    assert!(matches!(error.kind, ApiErrorKind::TooLarge), "{error}");
}

/// Signs that begin a tag and never end one: each must not be looked for to the end.
#[test]
fn a_refusal_of_a_million_signs_is_read_at_once() {
    let body = format!(r#"{{"message": "{}"}}"#, "<a".repeat(MEBIBYTE / 2 - 100));
    let error = read(json(400, &body)).unwrap_err();
    assert!(error.to_string().len() < 1_000);
}

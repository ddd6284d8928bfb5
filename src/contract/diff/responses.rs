//! Compares the responses of an operation.

use super::{
    ChangeKind, bodies,
    document::Place,
    findings::{Direction, Found, Part, Scope},
};

/// A response and its status: `200`, `2XX` or `default`.
type Response<'a> = (&'a str, Place<'a>);

/// Compares the statuses and what comes with them.
pub(super) fn compare(old: &Place<'_>, new: &Place<'_>, found: &mut Found) {
    let operation = Scope::new("", Direction::Response);
    let (old, new) = (responses(old), responses(new));
    for response in &old {
        let (status, old_response) = response;
        let partners = partners(response, &old, &new);
        if partners.is_empty() {
            let (kind, text) = match is_success(status, &old) {
                true => (ChangeKind::Breaking, format!("response {status} is gone")),
                false => {
                    let text = format!("error response {status} is gone");
                    (ChangeKind::Additive, text)
                }
            };
            found.within(None, old_response, &operation, kind, text);
        }
        let scope = Scope::new(format!("response {status}"), Direction::Response);
        for new_response in partners {
            if !found.link(Part::Response, old_response, new_response) {
                bodies::content(old_response, new_response, &scope, found);
            }
        }
    }
    for (status, response) in &new {
        if partner(status, &old).is_none() {
            let text = match is_success(status, &new) {
                true => format!("response {status} is new"),
                false => format!("error response {status} is new"),
            };
            found.within(None, response, &operation, ChangeKind::Additive, text);
        }
    }
}

fn responses<'a>(operation: &Place<'a>) -> Vec<Response<'a>> {
    let responses = operation.entries("responses").into_iter();
    responses
        .filter(|(status, _)| !status.starts_with("x-"))
        .map(|(status, place)| (status, place.resolved()))
        .collect()
}

/// What may come now where the old document has this response.
fn partners<'p, 'a>(
    (status, place): &Response<'_>,
    old: &[Response<'_>],
    new: &'p [Response<'a>],
) -> Vec<&'p Place<'a>> {
    if let Some(partner) = partner(status, new) {
        return vec![partner];
    }
    // A range or the default has become single statuses. One without a body says nothing of those
    // with one.
    let is_within =
        |other: &str| partner(other, old).is_some_and(|cover| cover.pointer == place.pointer);
    let mut within: Vec<&Place<'_>> = new
        .iter()
        .filter(|(other, _)| is_within(other))
        .map(|(_, place)| place)
        .collect();
    let has_body = |place: &&Place<'_>| place.child("content").is_some();
    if within.iter().any(has_body) {
        within.retain(has_body);
    }
    within
}

/// The response that stands for a status: its own, that of its range, or the default.
fn partner<'p, 'a>(status: &str, responses: &'p [Response<'a>]) -> Option<&'p Place<'a>> {
    let find = |wanted: &str| {
        let mut all = responses.iter();
        all.find(|(status, _)| status.eq_ignore_ascii_case(wanted))
            .map(|(_, place)| place)
    };
    let range = || find(&format!("{}XX", status.get(..1)?));
    let default = || {
        // Next to a success, the default is what comes with errors.
        let has_success = responses.iter().any(|(status, _)| status.starts_with('2'));
        let is_meant = !(has_success && status.starts_with('2'));
        is_meant.then(|| find("default"))?
    };
    find(status).or_else(range).or_else(default)
}

fn is_success(status: &str, responses: &[Response<'_>]) -> bool {
    match status {
        "default" => !responses.iter().any(|(status, _)| status.starts_with('2')),
        other => !other.starts_with(['4', '5']),
    }
}

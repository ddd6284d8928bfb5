//! A live server held against the documents, by reads alone.
//!
//! Each `GET` of a document is sent once. What stands in its path is taken from the answers before
//! it: lists come first, and the items of a list are read by what it says of them.

mod samples;

use serde_json::Value;

use crate::{
    client::{
        ApiError,
        raw::{self, Generated, RawAnswer},
    },
    contract::{
        Contract, ContractError, Difference, Document, Operation, Recording,
        report::{Outcome, Verdict},
    },
};

pub use samples::Samples;

/// Reads that are not sent: they make a server work hard for an answer that nobody checks.
const HEAVY: [&str; 1] = ["export_audit_records"];

/// How many requests a probe may make, and what is left of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Budget(pub u32);

/// Sends every read of a document that the budget allows, one after the other.
///
/// What the answers say of the site is added to the samples, so that the next document of the same
/// site starts with them.
///
/// # Errors
///
/// [`ProbeError::Unreachable`] if the server cannot be asked at all; what was found by then is lost.
pub async fn probe<C: Generated>(
    contract: &mut Contract,
    document: &str,
    client: &C,
    budget: &mut Budget,
    samples: &mut Samples,
) -> Result<Vec<Outcome>, ProbeError> {
    let mut waiting = questions(contract.document(document)?);
    let mut outcomes = Vec::new();
    // What an answer says may be what an earlier question waited for.
    while !waiting.is_empty() {
        let mut asked = false;
        let mut still = Vec::new();
        for question in waiting {
            let (parameters, query) = match samples.values(&question) {
                Ok(values) => values,
                Err(unknown) => {
                    still.push((question, unknown));
                    continue;
                }
            };
            asked = true;
            let request = Request {
                document,
                question: &question,
                parameters,
                query,
            };
            let verdict = ask(contract, client, budget, samples, request).await?;
            outcomes.push(outcome(document, &question, verdict));
        }
        if !asked {
            for (question, unknown) in &still {
                let verdict = Verdict::Skipped(format!("nothing is known for {unknown}"));
                outcomes.push(outcome(document, question, verdict));
            }
            break;
        }
        waiting = still.into_iter().map(|(question, _)| question).collect();
    }
    Ok(outcomes)
}

fn outcome(document: &str, question: &Question, verdict: Verdict) -> Outcome {
    Outcome {
        source: format!("GET {}", question.path),
        operation: Some((document.to_owned(), question.operation.clone())),
        verdict,
    }
}

/// Why a probe ended early.
#[derive(Debug, thiserror::Error)]
pub enum ProbeError {
    /// The contract has no such document.
    #[error(transparent)]
    Contract(#[from] ContractError),
    /// The server cannot be asked.
    #[error(transparent)]
    Unreachable(#[from] ApiError),
    /// The server refused the login, with this status. Each further request would be a failed login
    /// more, until a CAPTCHA keeps the user out.
    #[error("the server refused the login ({0})")]
    Login(u16),
}

/// A read that may be sent.
struct Question {
    operation: String,
    path: String,
    /// The names of the parameters that its query may have.
    query: Vec<String>,
}

/// The reads of a document: those of lists first, then those that need one thing, then two.
fn questions(document: &Document) -> Vec<Question> {
    let reads = document
        .operations()
        .filter(|operation| operation.method == "GET" && !HEAVY.contains(&operation.id));
    let mut questions: Vec<Question> = reads
        .map(|operation| Question {
            operation: operation.id.to_owned(),
            path: operation.path.to_owned(),
            query: query(&operation),
        })
        .collect();
    let is_seed = |question: &Question| samples::SEEDS.contains(&question.operation.as_str());
    questions.sort_by_key(|question| (!is_seed(question), question.path.matches('{').count()));
    questions
}

/// A read with all that goes into it.
struct Request<'a> {
    document: &'a str,
    question: &'a Question,
    parameters: Vec<String>,
    query: Vec<(String, String)>,
}

fn query(operation: &Operation<'_>) -> Vec<String> {
    let in_query = operation
        .parameters()
        .filter(|parameter| parameter.get("in").and_then(Value::as_str) == Some("query"));
    let names = in_query.filter_map(|parameter| parameter.get("name")?.as_str());
    names.map(str::to_owned).collect()
}

async fn ask<C: Generated>(
    contract: &mut Contract,
    client: &C,
    budget: &mut Budget,
    samples: &mut Samples,
    request: Request<'_>,
) -> Result<Verdict, ProbeError> {
    let Request {
        document,
        question: Question {
            operation, path, ..
        },
        parameters,
        query,
    } = request;
    let Some(left) = budget.0.checked_sub(1) else {
        let why = "the budget of requests is used up";
        return Ok(Verdict::Skipped(why.to_owned()));
    };
    budget.0 = left;
    let RawAnswer {
        status,
        content_type,
        body,
    } = match raw::get(client, operation, &parameters, &query).await {
        Ok(answer) => answer,
        // One slow operation is no reason to lose the others.
        Err(error) if !samples.is_empty() => {
            return Ok(Verdict::Skipped(format!("got no answer: {error}")));
        }
        Err(error) => return Err(error.into()),
    };
    if matches!(status, 401 | 403) && samples.is_empty() && client.inner().has_login() {
        return Err(ProbeError::Login(status));
    }
    let skipped = |why: &str| Ok(Verdict::Skipped(format!("{why} ({status})")));
    match status {
        401 | 403 => return skipped("is not permitted to this user"),
        // The products say in their own words what is not there; who says nothing lacks the path.
        404 | 405 | 410 | 501 if !has_words(&body) => return Ok(Verdict::Missing),
        404 | 410 => return skipped("there is none on this server"),
        // The question was made up, so its refusal says nothing of the server.
        400..=499 => return skipped("the server refused the question"),
        _ => {}
    }
    if let Ok(answer) = serde_json::from_slice::<Value>(&body) {
        samples.learn(operation, path, answer);
    }
    let recording = Recording {
        status: Some(status),
        content_type,
        body: body.to_vec(),
    };
    Ok(verdict(contract.check(document, operation, &recording)?))
}

fn verdict(differences: Vec<Difference>) -> Verdict {
    if differences.is_empty() {
        Verdict::Conforms
    } else {
        Verdict::Differs(differences)
    }
}

/// Whether a refusal is Jira's error collection or Confluence's REST error.
fn has_words(body: &[u8]) -> bool {
    let Ok(body) = serde_json::from_slice::<Value>(body) else {
        return false;
    };
    body.get("errorMessages").is_some()
        || body.get("errors").is_some()
        || body.get("statusCode").is_some()
}

//! Files up and down, and the few forms: the operations that the generator has no code for.
//!
//! They are methods of the generated clients, named by their `operationId`. A file is streamed, in
//! both directions; the time-out of a site is here the longest time without progress. Credentials go
//! to the site only: an address elsewhere is refused, and so is a redirect to one.

#[cfg(feature = "confluence")]
mod confluence;
mod download;
mod file_name;
#[cfg(feature = "jira")]
mod jira;
mod upload;

use std::{pin::pin, time::Duration};

use progenitor_client::{ClientInfo, Error, OperationInfo};
use reqwest::{RequestBuilder, Response};
use tokio::time::timeout;

#[cfg(feature = "confluence")]
pub use confluence::AttachmentDetails;
pub use download::Download;
pub use file_name::safe_file_name;
pub use upload::Upload;

use crate::client::{
    Context, path,
    send::{self, Instead},
    transfer::upload::Watch,
};

/// What a transfer calls with the bytes that are through, and with all there are where that is known.
pub(crate) type Progress = Box<dyn FnMut(u64, Option<u64>) + Send>;

/// How long a file may take in all: as long as it makes progress.
const LONGEST: Duration = Duration::from_secs(24 * 60 * 60);

/// An operation that is written by hand.
struct Operation {
    id: &'static str,
    /// The path from `/rest` on, with its parameters in braces.
    path: &'static str,
}

impl Operation {
    /// The address of the operation for these parameters, in their order.
    fn url(&self, base_url: &str, parameters: &[&str]) -> String {
        format!("{base_url}{}", path::fill(self.path, parameters))
    }
}

/// Sends a request as the generated clients send theirs; the answer is a success.
async fn send<C: ClientInfo<Context>>(
    client: &C,
    operation: &Operation,
    request: RequestBuilder,
    context: &Context,
) -> Result<Response, Error<()>> {
    send_along(
        client,
        operation.id,
        &[(operation.id, operation.path)],
        request,
        context,
    )
    .await
}

/// The same for an operation that has one of these paths, or any path if it is not among them.
async fn send_along<C: ClientInfo<Context>>(
    client: &C,
    operation_id: &'static str,
    paths: &[(&str, &str)],
    request: RequestBuilder,
    context: &Context,
) -> Result<Response, Error<()>> {
    let info = OperationInfo { operation_id };
    let mut request = request.build()?;
    send::prepare(context, client.baseurl(), paths, &mut request, &info)
        .map_err(Error::InvalidRequest)?;
    let sent = send::send(client.client(), client.baseurl(), context, request, &info);
    let response = sent.await?;
    if response.status().is_success() {
        Ok(response)
    } else {
        Err(Error::UnexpectedResponse(response))
    }
}

/// Sends files, for as long as they make progress.
async fn send_files<C: ClientInfo<Context>>(
    client: &C,
    operation: &Operation,
    request: RequestBuilder,
    watch: Watch,
) -> Result<Response, Error<()>> {
    let context = client.inner();
    let patient = Context {
        deadline: LONGEST,
        ..context.clone()
    };
    let sent = send(client, operation, request, &patient);
    match unless_stuck(context.deadline, &watch, sent).await {
        // The stream of a file ends the request where the file is at fault, and only it knows why.
        Some(outcome) => match watch.problem() {
            Some(problem) => Err(Error::InvalidRequest(problem)),
            None => outcome,
        },
        // Whether the files have arrived is not known.
        None => Err(Error::UnexpectedResponse(Instead::TimedOut.response())),
    }
}

/// Awaits work as long as the watch sees progress within each span of time.
async fn unless_stuck<T>(
    span: Duration,
    watch: &Watch,
    work: impl Future<Output = T>,
) -> Option<T> {
    let mut work = pin!(work);
    let mut seen = watch.bytes();
    loop {
        if let Ok(outcome) = timeout(span, &mut work).await {
            return Some(outcome);
        }
        let now = watch.bytes();
        if now == seen {
            return None;
        }
        seen = now;
    }
}

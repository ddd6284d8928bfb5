//! Sends one request: headers, deadline, redirects, retries.

use std::time::Instant;

use bytes::{Bytes, BytesMut};
use progenitor_client::OperationInfo;
use reqwest::{
    Method, Request, Response, StatusCode,
    header::{ACCEPT, AUTHORIZATION, HeaderMap, HeaderName, HeaderValue, LOCATION},
};

use crate::client::{
    ask,
    capability::{self, Version},
    context::Context,
    error,
    messages::Messages,
    path,
    retry::{self, Retry},
    session::{self, Login},
};

/// Opens the door of the cross-site check for calls that a browser did not send.
pub(super) const XSRF: (HeaderName, HeaderValue) = (
    HeaderName::from_static("x-atlassian-token"),
    HeaderValue::from_static("no-check"),
);

pub(super) const JSON: HeaderValue = HeaderValue::from_static("application/json");

/// What the generated code adds and no Atlassian server knows.
const API_VERSION: HeaderName = HeaderName::from_static("api-version");

/// Whom an answer of Jira or Confluence is for.
const USER: HeaderName = HeaderName::from_static("x-ausername");

/// How Jira and Confluence say what became of a login.
const LOGIN_REASON: HeaderName = HeaderName::from_static("x-seraph-loginreason");

/// The largest body that is read, in bytes after decompression. Ten issues with all their fields
/// weigh half a megabyte; beyond this, something is wrong, and memory would be the next to tell.
pub(super) const MAXIMUM_BODY: usize = 64 * 1024 * 1024;

/// Marks what stands in place of an answer, and says why.
#[derive(Clone, Copy)]
pub(super) enum Instead {
    /// The answer was beyond [`MAXIMUM_BODY`].
    TooLarge,
    /// The login was answered with a web page.
    WebPage,
    /// The login was answered without a session.
    NoSession,
    /// This version of the server does not know the operation.
    Lacking(Version),
    /// There was none for too long.
    #[cfg(any(feature = "jira", feature = "confluence"))]
    TimedOut,
}

impl Instead {
    pub(super) fn response(self) -> Response {
        let mut response = http::Response::new(Bytes::new());
        *response.status_mut() = match self {
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::Lacking(_) => StatusCode::NOT_FOUND,
            Self::WebPage | Self::NoSession => StatusCode::BAD_GATEWAY,
            #[cfg(any(feature = "jira", feature = "confluence"))]
            Self::TimedOut => StatusCode::REQUEST_TIMEOUT,
        };
        response.extensions_mut().insert(self);
        Response::from(response)
    }
}

/// Redirects within a site that are followed before it counts as a loop.
const MAXIMUM_REDIRECTS: usize = 5;

/// Reads that are sent as a POST because their question is too long for a URL.
const READS_BY_POST: [&str; 1] = ["search_issues_post"];

/// Checks the path and sets the headers.
pub(super) fn prepare(
    context: &Context,
    base_url: &str,
    paths: &[(&str, &str)],
    request: &mut Request,
    info: &OperationInfo,
) -> Result<(), String> {
    ask::note(context.product, info.operation_id);
    if let Some((_, template)) = paths.iter().find(|(id, _)| *id == info.operation_id) {
        path::check(base_url, template, request.url())?;
    }
    let is_write = request.method() != Method::GET;
    let headers = request.headers_mut();
    headers.remove(API_VERSION);
    for (name, value) in &context.headers {
        headers.append(name, value.clone());
    }
    if is_write {
        let (name, value) = XSRF;
        headers.insert(name, value);
        // Where a success has no body, the generated client does not say what a refusal should be.
        headers.entry(ACCEPT).or_insert(JSON);
    }
    if let Some(authorization) = &context.authorization {
        headers.insert(AUTHORIZATION, authorization.clone());
    }
    Ok(())
}

/// Sends with the login that the context has, and once more where a session had ended.
pub(super) async fn send(
    pool: &reqwest::Client,
    base_url: &str,
    context: &Context,
    request: Request,
    info: &OperationInfo,
) -> reqwest::Result<Response> {
    // A file that is not there is no operation that is not there.
    let is_operation = request.url().path().contains("/rest/");
    let response = send_logged_in(pool, base_url, context, request, info).await?;
    if !is_operation || !may_be_unknown(response.status()) {
        return Ok(response);
    }
    // A path that the server does not know is answered by something before the product, which says
    // nothing in its words.
    let (status, headers) = (response.status(), response.headers().clone());
    let body = Bytes::from(error::beginning(response).await);
    let is_silent = Messages::read(&body).is_empty();
    if is_silent && let Some(version) = capability::lacking(pool, base_url, context).await {
        return Ok(Instead::Lacking(version).response());
    }
    Ok(rebuilt(status, headers, body))
}

/// Whether a status may mean that there is no such operation.
fn may_be_unknown(status: StatusCode) -> bool {
    matches!(
        status,
        StatusCode::NOT_FOUND | StatusCode::METHOD_NOT_ALLOWED | StatusCode::NOT_IMPLEMENTED
    )
}

async fn send_logged_in(
    pool: &reqwest::Client,
    base_url: &str,
    context: &Context,
    mut request: Request,
    info: &OperationInfo,
) -> reqwest::Result<Response> {
    let deadline = Instant::now() + context.deadline;
    let is_read = request.method() == Method::GET || READS_BY_POST.contains(&info.operation_id);
    let Some(session) = &context.session else {
        return send_until(pool, request, is_read, deadline).await;
    };
    let mut again = request.try_clone();
    let is_repeatable = again.is_some();
    let mut ended = None;
    loop {
        let login = session.cookie(pool, base_url, &context.headers, ended.as_ref(), deadline);
        let cookie = match login.await? {
            Login::Open(cookie) => cookie,
            Login::Refused(response) => return Ok(*response),
        };
        session::add(request.headers_mut(), &cookie);
        let outcome = send_until(pool, request, is_read, deadline).await;
        match (&outcome, again.take()) {
            (Ok(response), Some(next)) if has_ended(response, is_read) => {
                ended = Some(cookie);
                request = next;
            }
            // The files of a request are read once: here it fails, and the next one logs in.
            (Ok(response), None) if !is_repeatable && has_ended(response, is_read) => {
                session.end(&cookie).await;
                return outcome;
            }
            _ => return outcome,
        }
    }
}

/// Whether an answer shows that the session is no more. A refused request was not carried out, so
/// even a write may be sent again; what an anonymous write did is done.
fn has_ended(response: &Response, is_read: bool) -> bool {
    let user = response.headers().get(USER);
    let is_anonymous = user.is_some_and(|user| user == "anonymous");
    response.status() == StatusCode::UNAUTHORIZED || is_read && is_anonymous
}

/// Sends, and sends again what may be sent again, until the deadline.
async fn send_until(
    pool: &reqwest::Client,
    mut request: Request,
    is_read: bool,
    deadline: Instant,
) -> reqwest::Result<Response> {
    let mut retry = Retry::new(deadline);
    loop {
        let again = if is_read { request.try_clone() } else { None };
        let outcome = attempt(pool, request, deadline).await;
        match (again, retry.delay(&outcome)) {
            (Some(next), Some(delay)) => {
                tokio::time::sleep(delay).await;
                request = next;
            }
            _ => return outcome,
        }
    }
}

async fn attempt(
    pool: &reqwest::Client,
    mut request: Request,
    deadline: Instant,
) -> reqwest::Result<Response> {
    let wants_json = request.headers().contains_key(ACCEPT);
    let mut redirects = 0;
    loop {
        *request.timeout_mut() = Some(retry::left(deadline));
        let next = (redirects < MAXIMUM_REDIRECTS).then(|| request.try_clone());
        let response = pool.execute(request).await?;
        match next.flatten().and_then(|next| redirected(next, &response)) {
            Some(next) => request = next,
            None if wants_json && response.status().is_success() => return read(response).await,
            None => return Ok(response),
        }
        redirects += 1;
    }
}

/// The request that a redirect asks for, if it is a read that stays within the site.
fn redirected(mut request: Request, response: &Response) -> Option<Request> {
    if !response.status().is_redirection() || request.method() != Method::GET {
        return None;
    }
    let location = response.headers().get(LOCATION)?.to_str().ok()?;
    let target = request.url().join(location).ok()?;
    if target.origin() != request.url().origin() {
        return None;
    }
    *request.url_mut() = target;
    Some(request)
}

/// Reads the whole body here, where a read that broke off can be repeated.
async fn read(mut response: Response) -> reqwest::Result<Response> {
    let status = status(response.status(), response.headers());
    let headers = response.headers().clone();
    let mut body = BytesMut::new();
    while let Some(chunk) = response.chunk().await? {
        if body.len() + chunk.len() > MAXIMUM_BODY {
            return Ok(Instead::TooLarge.response());
        }
        body.extend_from_slice(&chunk);
    }
    let body = body.freeze();
    // The connection goes back to the pool in a task of its own. Without a turn for that task, a
    // call that follows at once finds the pool empty and opens a second connection.
    tokio::task::yield_now().await;
    ask::keep(&body);
    Ok(rebuilt(status, headers, body))
}

/// A success that a failed login turned into an anonymous answer is not one.
pub(super) fn status(status: StatusCode, headers: &HeaderMap) -> StatusCode {
    match headers
        .get(LOGIN_REASON)
        .and_then(|reason| reason.to_str().ok())
    {
        Some(reason) if reason.contains("AUTHENTICATED_FAILED") => StatusCode::UNAUTHORIZED,
        Some(reason) if reason.contains("AUTHENTICATION_DENIED") => StatusCode::FORBIDDEN,
        _ => status,
    }
}

pub(super) fn rebuilt(status: StatusCode, headers: HeaderMap, body: Bytes) -> Response {
    let mut response = http::Response::new(body);
    *response.status_mut() = status;
    *response.headers_mut() = headers;
    Response::from(response)
}

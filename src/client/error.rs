//! What can go wrong with a request, and the reading of each kind from what came back.

use std::{error::Error as _, fmt, io, time::Duration};

use progenitor_client::Error;
use reqwest::{Response, StatusCode, header::LOCATION};

use crate::{
    client::{capability::Version, messages, messages::Messages, retry, send::Instead},
    config::Product,
};

/// The largest body of a refusal that is read, in bytes.
const MAXIMUM_REFUSAL: usize = 1024 * 1024;

/// Why a request failed.
///
/// `Display` says it in a sentence without a secret, a URL's query or HTML.
#[derive(Debug)]
pub struct ApiError {
    /// Which product was asked, if it got that far.
    pub product: Option<Product>,
    /// Which operation was called, by its `operationId`, if it got that far.
    pub operation: Option<&'static str>,
    /// What went wrong.
    pub kind: ApiErrorKind,
}

/// The kinds of failure.
#[derive(Debug)]
#[non_exhaustive]
pub enum ApiErrorKind {
    /// 401: the credentials are missing, wrong or expired.
    Unauthorized,
    /// The user must solve a CAPTCHA in the browser before any login works again.
    Captcha,
    /// 403: the user may not do this.
    Forbidden(Messages),
    /// 404: it does not exist, or the user may not see it.
    NotFound(Messages),
    /// The server does not know the operation: this version of it came before it, or has it no more.
    Lacking(Version),
    /// 400 and other refusals of what was sent, with the server's own words.
    Rejected(StatusCode, Messages),
    /// 409: it changed in the meantime.
    Conflict(Messages),
    /// 429: too many requests; the wait that the server asks for.
    RateLimited(Option<Duration>),
    /// 5xx: the server failed.
    Server(StatusCode, Messages),
    /// A redirect away from the site, usually to a single sign-on page; where to.
    Redirected(Option<String>),
    /// A web page with status 200 where JSON was expected: a login page or a proxy's.
    WebPage,
    /// Not JSON, or JSON that breaks off.
    NotJson(String),
    /// JSON, but not of the kind that the operation answers with.
    UnexpectedShape(String),
    /// The answer is larger than 64 MiB.
    TooLarge,
    /// The answer broke off.
    BrokenOff,
    /// No answer within the deadline.
    TimedOut,
    /// No connection within the connect time-out.
    ConnectTimedOut(String),
    /// The host's name has no address.
    UnknownHost(String),
    /// The host is there, but nothing listens on the port.
    Refused(String),
    /// The certificate or the TLS handshake failed, and how.
    Tls(String),
    /// Another failure of the connection.
    Unreachable(String),
    /// The request would not have been what its operation expects; it was not sent.
    InvalidRequest(String),
    /// A file came or went in part only.
    Transfer(String),
    /// The client could not be made.
    Setup(String),
}

impl ApiError {
    pub(super) fn new(product: Option<Product>, kind: ApiErrorKind) -> Self {
        Self {
            product,
            operation: None,
            kind,
        }
    }

    pub(super) fn of_call(made: Option<(Product, &'static str)>, kind: ApiErrorKind) -> Self {
        Self {
            product: made.map(|(product, _)| product),
            operation: made.map(|(_, operation)| operation),
            kind,
        }
    }
}

impl std::error::Error for ApiError {}

impl fmt::Display for ApiError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.product {
            Some(product) => write!(formatter, "{product} ")?,
            None => formatter.write_str("The server ")?,
        }
        write!(formatter, "{}", self.kind)
    }
}

impl fmt::Display for ApiErrorKind {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unauthorized => formatter.write_str("did not accept the credentials (401)"),
            Self::Captcha => {
                formatter.write_str("wants a CAPTCHA solved after failed logins (403)")
            }
            Self::Forbidden(messages) => write!(formatter, "does not permit this (403){messages}"),
            Self::NotFound(messages) => {
                write!(
                    formatter,
                    "does not have this, or hides it from this user (404){messages}"
                )
            }
            Self::Lacking(version) => {
                write!(formatter, "{version} does not have this operation (404)")
            }
            Self::Rejected(status, messages) => {
                write!(formatter, "rejected this ({}){messages}", status.as_u16())
            }
            Self::Conflict(messages) => {
                write!(formatter, "reports a conflict (409){messages}")
            }
            Self::RateLimited(None) => formatter.write_str("gets too many requests (429)"),
            Self::RateLimited(Some(wait)) => write!(
                formatter,
                "gets too many requests (429) and asks to wait {} s",
                wait.as_secs()
            ),
            Self::Server(status, messages) => {
                write!(formatter, "failed ({}){messages}", status.as_u16())
            }
            Self::Redirected(Some(host)) => {
                write!(formatter, "sends us to {host} instead of answering")
            }
            Self::Redirected(None) => {
                formatter.write_str("sends us elsewhere instead of answering")
            }
            Self::WebPage => formatter.write_str("answered with a web page instead of data"),
            Self::NotJson(problem) => write!(formatter, "answered with broken JSON: {problem}"),
            Self::UnexpectedShape(problem) => {
                write!(formatter, "answered with JSON of another kind: {problem}")
            }
            Self::TooLarge => formatter.write_str("answers with more than 64 MiB"),
            Self::BrokenOff => formatter.write_str("broke off its answer"),
            Self::TimedOut => formatter.write_str("did not answer in time"),
            Self::ConnectTimedOut(host) => write!(
                formatter,
                "is not reachable: {host} did not take a connection in time"
            ),
            Self::UnknownHost(host) => {
                write!(formatter, "is not reachable: there is no host {host}")
            }
            Self::Refused(host) => {
                write!(formatter, "is not reachable: {host} refused the connection")
            }
            Self::Tls(problem) => write!(formatter, "has no valid TLS connection: {problem}"),
            Self::Unreachable(problem) => write!(formatter, "is not reachable: {problem}"),
            Self::InvalidRequest(problem) => write!(formatter, "was not asked: {problem}"),
            Self::Transfer(problem) => write!(formatter, "did not give the whole file: {problem}"),
            Self::Setup(problem) => write!(formatter, "cannot be asked: {problem}"),
        }
    }
}

/// Reads the kind from what the generated client makes of a failure.
pub(super) async fn explain(error: Error<()>) -> ApiErrorKind {
    match error {
        Error::UnexpectedResponse(response) => refusal(response).await,
        Error::InvalidResponsePayload(body, _) if messages::is_web_page(&body) => {
            ApiErrorKind::WebPage
        }
        Error::InvalidResponsePayload(_, error) if error.is_data() => {
            ApiErrorKind::UnexpectedShape(error.to_string())
        }
        Error::InvalidResponsePayload(_, error) => ApiErrorKind::NotJson(error.to_string()),
        Error::CommunicationError(error) | Error::ResponseBodyError(error) => connection(&error),
        Error::InvalidRequest(problem) | Error::Custom(problem) => {
            ApiErrorKind::InvalidRequest(problem)
        }
        // No document declares an error type or an upgrade.
        Error::ErrorResponse(answer) => {
            ApiErrorKind::Rejected(answer.status(), Messages::default())
        }
        Error::InvalidUpgrade(error) => connection(&error),
    }
}

pub(super) async fn refusal(response: Response) -> ApiErrorKind {
    match response.extensions().get() {
        Some(Instead::TooLarge) => return ApiErrorKind::TooLarge,
        Some(Instead::WebPage) => return ApiErrorKind::WebPage,
        Some(Instead::NoSession) => {
            return ApiErrorKind::UnexpectedShape("the login opened no session".to_owned());
        }
        Some(Instead::Lacking(version)) => return ApiErrorKind::Lacking(*version),
        #[cfg(any(feature = "jira", feature = "confluence"))]
        Some(Instead::TimedOut) => return ApiErrorKind::TimedOut,
        None => {}
    }
    let status = response.status();
    let denied = response.headers().get("x-authentication-denied-reason");
    if denied.is_some_and(|reason| reason.as_bytes().starts_with(b"CAPTCHA")) {
        return ApiErrorKind::Captcha;
    }
    if status.is_redirection() {
        return ApiErrorKind::Redirected(redirect_host(&response));
    }
    let wait = retry::retry_after(response.headers());
    let messages = Messages::read(&beginning(response).await);
    match status {
        StatusCode::UNAUTHORIZED => ApiErrorKind::Unauthorized,
        StatusCode::FORBIDDEN => ApiErrorKind::Forbidden(messages),
        StatusCode::NOT_FOUND => ApiErrorKind::NotFound(messages),
        StatusCode::CONFLICT => ApiErrorKind::Conflict(messages),
        StatusCode::TOO_MANY_REQUESTS => ApiErrorKind::RateLimited(wait),
        status if status.is_server_error() => ApiErrorKind::Server(status, messages),
        status => ApiErrorKind::Rejected(status, messages),
    }
}

/// The body of a refusal, as far as it is of use: what breaks off or does not end has no words.
pub(super) async fn beginning(mut response: Response) -> Vec<u8> {
    let mut body = Vec::new();
    while let Ok(Some(chunk)) = response.chunk().await {
        body.extend_from_slice(&chunk);
        if body.len() > MAXIMUM_REFUSAL {
            break;
        }
    }
    body
}

fn redirect_host(response: &Response) -> Option<String> {
    let location = response.headers().get(LOCATION)?.to_str().ok()?;
    let target = response.url().join(location).ok()?;
    target.host_str().map(str::to_owned)
}

pub(super) fn connection(error: &reqwest::Error) -> ApiErrorKind {
    let host = error
        .url()
        .map_or_else(|| "the server".to_owned(), authority);
    let mut source = error.source();
    while let Some(cause) = source {
        if let Some(tls) = cause.downcast_ref::<rustls::Error>() {
            return ApiErrorKind::Tls(tls.to_string());
        }
        if cause.to_string() == "dns error" {
            return ApiErrorKind::UnknownHost(host);
        }
        source = match cause.downcast_ref::<io::Error>() {
            Some(cause) if cause.kind() == io::ErrorKind::ConnectionRefused => {
                return ApiErrorKind::Refused(host);
            }
            // What an I/O error wraps is not what it calls its source.
            Some(cause) => cause.get_ref().map(|inner| inner as &dyn std::error::Error),
            None => cause.source(),
        };
    }
    if error.is_timeout() {
        return if error.is_connect() {
            ApiErrorKind::ConnectTimedOut(host)
        } else {
            ApiErrorKind::TimedOut
        };
    }
    if error.is_body() || error.is_decode() {
        return ApiErrorKind::BrokenOff;
    }
    let root = root(error);
    // The operating system's TLS library has no error type that could be asked for.
    if root.contains("certificate") || root.contains("SSL") {
        return ApiErrorKind::Tls(root);
    }
    ApiErrorKind::Unreachable(format!("{host}: {root}"))
}

fn authority(url: &url::Url) -> String {
    let host = url.host_str().unwrap_or("the server");
    match url.port() {
        Some(port) => format!("{host}:{port}"),
        None => host.to_owned(),
    }
}

/// What an error says at its root: the layers above only say that there was one.
pub(super) fn root(error: &dyn std::error::Error) -> String {
    error.source().map_or_else(|| error.to_string(), root)
}

//! A file on its way from a server.

use std::{fmt, time::Duration};

use bytes::{Bytes, BytesMut};
use progenitor_client::ClientInfo;
use reqwest::{
    Response, StatusCode,
    header::{CONTENT_DISPOSITION, CONTENT_TYPE},
};
use tokio::{
    io::{AsyncWrite, AsyncWriteExt},
    time::timeout,
};
use url::Url;

use crate::{
    client::{
        ApiError, ApiErrorKind, Context, answer, error, messages,
        send::{self, MAXIMUM_BODY},
        transfer::{LONGEST, Progress, file_name},
    },
    config::Product,
};

/// What a download is called in errors.
const DOWNLOAD: &str = "download";

/// A file that the server is ready to send.
///
/// Nothing of it is read before [`Download::write_to`] or [`Download::bytes`] is called.
pub struct Download {
    /// The file's name as the server says it; for a path it goes through
    /// [`crate::client::transfer::safe_file_name`] first.
    pub file_name: Option<String>,
    /// The media type.
    pub content_type: Option<String>,
    /// The length in bytes, unless it is compressed or unknown.
    pub length: Option<u64>,
    product: Product,
    response: Response,
    deadline: Duration,
    maximum: Option<u64>,
    progress: Option<Progress>,
}

impl fmt::Debug for Download {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Download")
            .field("file_name", &self.file_name)
            .field("content_type", &self.content_type)
            .field("length", &self.length)
            .finish_non_exhaustive()
    }
}

impl Download {
    /// The most bytes to take: a longer file fails, before any byte where its length is known.
    pub fn limit(mut self, maximum: u64) -> Self {
        self.maximum = Some(maximum);
        self
    }

    /// Calls this with the bytes that have come so far, and the length if it is known.
    pub fn on_progress(mut self, progress: impl FnMut(u64, Option<u64>) + Send + 'static) -> Self {
        self.progress = Some(Box::new(progress));
        self
    }

    /// Writes the file and flushes; returns how many bytes it has.
    ///
    /// # Errors
    ///
    /// If the file is longer than the limit, breaks off, or stops coming for as long as the site's
    /// time-out, or if the writer fails. What was written by then stays written.
    pub async fn write_to(mut self, mut writer: impl AsyncWrite + Unpin) -> Result<u64, ApiError> {
        let mut written = 0;
        while let Some(chunk) = self.next(written).await? {
            let failed = |error: std::io::Error| {
                ApiErrorKind::Transfer(format!("the file cannot be written: {error}"))
            };
            let wrote = writer.write_all(&chunk).await.map_err(failed);
            wrote.map_err(|kind| self.failure(kind))?;
            written += chunk.len() as u64;
        }
        let flushed = writer.flush().await;
        flushed.map_err(|error| {
            self.failure(ApiErrorKind::Transfer(format!(
                "the file cannot be written: {error}"
            )))
        })?;
        Ok(written)
    }

    /// The whole file in memory; without a limit of its own, 64 MiB at most.
    ///
    /// # Errors
    ///
    /// As [`Download::write_to`].
    pub async fn bytes(mut self) -> Result<Bytes, ApiError> {
        self.maximum.get_or_insert(MAXIMUM_BODY as u64);
        let mut bytes = BytesMut::new();
        while let Some(chunk) = self.next(bytes.len() as u64).await? {
            bytes.extend_from_slice(&chunk);
        }
        Ok(bytes.freeze())
    }

    /// The next piece after so many bytes.
    async fn next(&mut self, before: u64) -> Result<Option<Bytes>, ApiError> {
        if let (Some(length), Some(maximum)) = (self.length, self.maximum)
            && length > maximum
        {
            return Err(self.too_long(maximum));
        }
        let chunk = match timeout(self.deadline, self.response.chunk()).await {
            Ok(Ok(chunk)) => chunk,
            Ok(Err(broken)) => return Err(self.failure(error::connection(&broken))),
            Err(_) => return Err(self.failure(ApiErrorKind::TimedOut)),
        };
        let now = before + chunk.as_ref().map_or(0, Bytes::len) as u64;
        if let Some(maximum) = self.maximum
            && now > maximum
        {
            return Err(self.too_long(maximum));
        }
        if chunk.is_some()
            && let Some(progress) = &mut self.progress
        {
            progress(now, self.length);
        }
        Ok(chunk)
    }

    fn too_long(&self, maximum: u64) -> ApiError {
        self.failure(ApiErrorKind::Transfer(format!(
            "the file has more than the limit of {maximum} bytes"
        )))
    }

    fn failure(&self, kind: ApiErrorKind) -> ApiError {
        ApiError::of_call(Some((self.product, DOWNLOAD)), kind)
    }
}

/// Asks for a file below the address of the site: by its path from there, or by its whole address.
pub(super) async fn start<C: ClientInfo<Context>>(
    client: &C,
    address: &str,
) -> Result<Download, ApiError> {
    let context = client.inner();
    let failure = |kind| ApiError::of_call(Some((context.product, DOWNLOAD)), kind);
    let url = below(client.baseurl(), address)
        .map_err(|problem| failure(ApiErrorKind::InvalidRequest(problem)))?;
    let patient = Context {
        deadline: LONGEST,
        ..context.clone()
    };
    let request = client.client().get(url);
    let answered = super::send_along(client, DOWNLOAD, &[], request, &patient);
    let response = match timeout(context.deadline, answered).await {
        Ok(Ok(response)) => response,
        Ok(Err(error)) => return Err(failure(error::explain(error).await)),
        Err(_) => return Err(failure(ApiErrorKind::TimedOut)),
    };
    match send::status(response.status(), response.headers()) {
        StatusCode::UNAUTHORIZED => return Err(failure(ApiErrorKind::Unauthorized)),
        StatusCode::FORBIDDEN => return Err(failure(ApiErrorKind::Captcha)),
        _ => {}
    }
    let header = |name| {
        let value: Option<&reqwest::header::HeaderValue> = response.headers().get(name);
        value.map(|value| String::from_utf8_lossy(value.as_bytes()).into_owned())
    };
    let disposition = header(CONTENT_DISPOSITION);
    // A web page that somebody attached comes as an attachment; a login page does not.
    if answer::is_html(response.headers()) && disposition.is_none() {
        return Err(failure(ApiErrorKind::WebPage));
    }
    let last = response.url().path().rsplit('/').next().unwrap_or("");
    let file_name = disposition
        .and_then(|disposition| file_name::from_disposition(&disposition))
        .or_else(|| Some(file_name::percent_decoded(last)))
        .filter(|name| !name.is_empty());
    Ok(Download {
        file_name,
        content_type: header(CONTENT_TYPE),
        length: response.content_length(),
        product: context.product,
        deadline: context.deadline,
        response,
        maximum: None,
        progress: None,
    })
}

/// The address of something on the site itself.
fn below(base_url: &str, address: &str) -> Result<Url, String> {
    let base = Url::parse(base_url).map_err(|error| error.to_string())?;
    let whole = if address.starts_with('/') && !address.starts_with("//") {
        Url::parse(&format!("{base_url}{address}"))
    } else {
        Url::parse(address)
    };
    let folder = format!("{}/", base.path().trim_end_matches('/'));
    match whole {
        Ok(url) if url.origin() == base.origin() && url.path().starts_with(&folder) => Ok(url),
        Ok(url) => Err(format!(
            "{} is not below {base_url}, and credentials go nowhere else",
            messages::plain(&url[..url::Position::AfterPath])
        )),
        Err(_) => Err("the address of the file is neither a path nor a web address".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BASE: &str = "https://example.com/jira";

    #[test]
    fn addresses_on_the_site_pass() {
        for address in [
            "/secure/attachment/1/a.png",
            "https://example.com/jira/secure/attachment/1/a.png",
            "/download/a.png?version=1&api=v2",
        ] {
            let url = below(BASE, address).unwrap();
            assert!(
                url.as_str().starts_with("https://example.com/jira/"),
                "{url}"
            );
        }
    }

    #[test]
    fn addresses_elsewhere_are_refused() {
        for address in [
            "https://example.org/jira/a",
            "http://example.com/jira/a",
            "https://example.com/other/a",
            "https://example.com:8443/jira/a",
            "//example.org/jira/a",
            "/../other/a",
            "/..\\other",
            "/%2e%2e/other/a",
            "https://example.com/jira/../other",
            "https://example.com@example.org/jira/a",
            "file:///etc/passwd",
            "a.png",
            "",
        ] {
            assert!(below(BASE, address).is_err(), "{address}");
        }
    }
}

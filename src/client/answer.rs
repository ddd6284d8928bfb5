//! Reads an answer that the server calls a success: into its type, and never a web page as data.

use bytes::Bytes;
use progenitor_client::{Error, ResponseValue};
use reqwest::{Response, StatusCode, header::HeaderMap};
use serde::de::Error as _;

use crate::client::{
    lenient::{Lenient, OTHER_KIND},
    messages, repair,
};

/// Reads the type that the operation answers with.
///
/// A 204 has nothing to read and is answered with an empty value: servers of different versions
/// disagree on whether a write sends back what it wrote.
pub(crate) async fn read<T>(response: Response) -> Result<ResponseValue<T>, Error<()>>
where
    T: Lenient + Default,
{
    let (status, headers, body) = received(response).await?;
    if status == StatusCode::NO_CONTENT {
        return Ok(ResponseValue::new(T::default(), status, headers));
    }
    match parse(&body) {
        Ok(value) => Ok(ResponseValue::new(value, status, headers)),
        Err(error) => Err(Error::InvalidResponsePayload(body, error)),
    }
}

/// Reads a whole text leniently; what is of another kind altogether is an error.
pub(crate) fn parse<T: Lenient>(text: &[u8]) -> serde_json::Result<T> {
    let value = serde_json::from_slice(text).or_else(|error| match repair::repaired(text) {
        Some(repaired) => serde_json::from_slice(&repaired),
        None => Err(error),
    })?;
    T::read_whole(value).map_err(|_| serde_json::Error::custom(OTHER_KIND))
}

/// Reads an answer with its type and writes it again.
#[cfg(feature = "contract")]
pub(crate) type Reader = fn(&[u8]) -> serde_json::Result<serde_json::Value>;

/// The [`Reader`] of a type.
#[cfg(feature = "contract")]
pub(crate) fn reencode<T>(text: &[u8]) -> serde_json::Result<serde_json::Value>
where
    T: Lenient + serde::Serialize,
{
    serde_json::to_value(parse::<T>(text)?)
}

/// An answer without a value. A login page with status 200 is not one: whatever was to be written,
/// was not.
pub(crate) async fn none(response: Response) -> Result<ResponseValue<()>, Error<()>> {
    let (status, headers, body) = received(response).await?;
    if messages::is_web_page(&body) {
        let error = serde_json::Error::custom("it is a web page");
        return Err(Error::InvalidResponsePayload(body, error));
    }
    Ok(ResponseValue::new((), status, headers))
}

/// An answer that is not JSON, as it comes in. No operation answers with a web page.
#[cfg(any(feature = "jira", feature = "confluence"))]
pub(crate) async fn stream(
    response: Response,
) -> Result<ResponseValue<progenitor_client::ByteStream>, Error<()>> {
    if is_html(response.headers()) {
        let body = Bytes::from_static(b"<html>");
        let error = serde_json::Error::custom("it is a web page");
        return Err(Error::InvalidResponsePayload(body, error));
    }
    Ok(ResponseValue::stream(response))
}

/// Whether the headers announce a web page.
#[cfg(any(feature = "jira", feature = "confluence"))]
pub(super) fn is_html(headers: &HeaderMap) -> bool {
    let kind = headers.get(reqwest::header::CONTENT_TYPE);
    let start = kind.and_then(|kind| kind.as_bytes().get(..b"text/html".len()));
    start.is_some_and(|start| start.eq_ignore_ascii_case(b"text/html"))
}

async fn received(response: Response) -> Result<(StatusCode, HeaderMap, Bytes), Error<()>> {
    let (status, headers) = (response.status(), response.headers().clone());
    let body = response.bytes().await.map_err(Error::ResponseBodyError)?;
    Ok((status, headers, body))
}

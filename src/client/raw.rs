//! A read by the name of its operation, answered as it came: for those who look at the answer itself.

use bytes::Bytes;
use progenitor_client::{ClientInfo, OperationInfo};
use reqwest::{
    Response,
    header::{ACCEPT, CONTENT_TYPE},
};
use url::Url;

use crate::client::{ApiError, ApiErrorKind, Context, error, path, send};

/// A generated client and what is known of its operations.
pub trait Generated: ClientInfo<Context> {
    /// The operations with the templates of their paths.
    const PATHS: &'static [(&'static str, &'static str)];

    /// The operations that not every version has, with the first version that has them and the first
    /// that has them no more; empty where there is none.
    const VERSIONS: &'static [(&'static str, &'static str, &'static str)];
}

/// An answer of any status.
#[derive(Debug, Clone)]
pub struct RawAnswer {
    /// The status.
    pub status: u16,
    /// The media type.
    pub content_type: Option<String>,
    /// The body; of a refusal the first megabyte.
    pub body: Bytes,
}

/// Sends a `GET` of the operation, with the parameters of its path in their order.
///
/// It goes out as the operations of the generated client do. A status is no error here.
///
/// # Errors
///
/// [`ApiError`] where no answer came, or where the client has no such operation.
pub async fn get<C: Generated>(
    client: &C,
    operation: &str,
    parameters: &[String],
    query: &[(String, String)],
) -> Result<RawAnswer, ApiError> {
    let context = client.inner();
    let known = C::PATHS.iter().find(|(id, _)| *id == operation);
    let Some((id, template)) = known else {
        let problem = format!("there is no operation {operation:?}");
        let kind = ApiErrorKind::InvalidRequest(problem);
        return Err(ApiError::new(Some(context.product), kind));
    };
    let failure = |kind| ApiError::of_call(Some((context.product, id)), kind);
    let invalid = |problem: String| failure(ApiErrorKind::InvalidRequest(problem));
    let address = format!("{}{}", client.baseurl(), path::fill(template, parameters));
    let mut url = Url::parse(&address).map_err(|error| invalid(error.to_string()))?;
    if !query.is_empty() {
        url.query_pairs_mut().extend_pairs(query);
    }
    let request = client.client().get(url).header(ACCEPT, send::JSON);
    let mut request = request
        .build()
        .map_err(|error| invalid(error.to_string()))?;
    let info = OperationInfo { operation_id: id };
    send::prepare(context, client.baseurl(), C::PATHS, &mut request, &info).map_err(invalid)?;
    let sent = send::send(client.client(), client.baseurl(), context, request, &info);
    match sent.await {
        Ok(response) => received(response).await.map_err(failure),
        Err(error) => Err(failure(error::connection(&error))),
    }
}

async fn received(response: Response) -> Result<RawAnswer, ApiErrorKind> {
    let status = response.status();
    let kind = response.headers().get(CONTENT_TYPE);
    let content_type = kind.map(|kind| String::from_utf8_lossy(kind.as_bytes()).into_owned());
    let body = if status.is_success() {
        let body = response.bytes().await;
        body.map_err(|error| error::connection(&error))?
    } else {
        error::beginning(response).await.into()
    };
    Ok(RawAnswer {
        status: status.as_u16(),
        content_type,
        body,
    })
}

//! What a generated client knows besides its URL and its connections.

use std::time::Duration;

use progenitor_client::{ClientHooks, ClientInfo, Error, OperationInfo};
use reqwest::{
    Request, Response,
    header::{HeaderMap, HeaderValue},
};

use crate::{
    api,
    client::{capability::Known, raw::Generated, send, session::Session},
    config::Product,
};

/// The product, login, headers and deadline of a generated client's requests.
///
/// It is made by [`crate::client::Site`] only; its `Debug` shows no secret.
#[derive(Debug, Clone)]
pub struct Context {
    pub(super) product: Product,
    /// Marked sensitive, so that it is not shown.
    pub(super) authorization: Option<HeaderValue>,
    pub(super) session: Option<Session>,
    /// Marked sensitive, so that they are not shown.
    pub(super) headers: HeaderMap,
    pub(super) deadline: Duration,
    /// What is known of the server, by all clients of the site.
    pub(super) server: Known,
}

impl Context {
    /// Whether requests bring a login, which a server may refuse.
    #[cfg(feature = "contract")]
    pub(crate) fn has_login(&self) -> bool {
        self.authorization.is_some() || self.session.is_some()
    }
}

macro_rules! hooks {
    ($feature:literal, $client:ident) => {
        #[cfg(feature = $feature)]
        impl Generated for api::$client::Client {
            const PATHS: &'static [(&'static str, &'static str)] = api::$client::PATHS;
            const VERSIONS: &'static [(&'static str, &'static str, &'static str)] =
                api::$client::VERSIONS;
        }

        #[cfg(feature = $feature)]
        impl ClientHooks<Context> for api::$client::Client {
            async fn pre<E>(
                &self,
                request: &mut Request,
                info: &OperationInfo,
            ) -> Result<(), Error<E>> {
                send::prepare(
                    self.inner(),
                    self.baseurl(),
                    api::$client::PATHS,
                    request,
                    info,
                )
                .map_err(Error::InvalidRequest)
            }

            async fn exec(
                &self,
                request: Request,
                info: &OperationInfo,
            ) -> reqwest::Result<Response> {
                send::send(self.client(), self.baseurl(), self.inner(), request, info).await
            }
        }
    };
}

hooks!("jira", jira);
hooks!("agile", agile);
hooks!("confluence", confluence);

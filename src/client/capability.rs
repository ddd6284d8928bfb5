//! What a server is and what it can do: one look at its version, kept for all clients of a site.
//!
//! Jira says it in `serverInfo`, Confluence in the manifest for application links, from some later
//! version on in `server-information` too. All of them answer without a login.

use std::{fmt, sync::Arc};

use progenitor_client::ClientInfo;
use reqwest::{
    Response,
    header::{ACCEPT, HeaderMap},
};
use serde_json::Value;
use tokio::sync::OnceCell;

use crate::{
    client::{ApiError, ApiErrorKind, Context, error, raw::Generated},
    config::Product,
};

/// A version by its numbers; what follows them, as in `9.0.0-m01`, does not count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Version {
    /// The first number.
    pub major: u32,
    /// The second number.
    pub minor: u32,
    /// The third number.
    pub patch: u32,
}

impl Version {
    /// A version of a major and a minor number.
    pub const fn new(major: u32, minor: u32) -> Self {
        Self {
            major,
            minor,
            patch: 0,
        }
    }

    /// Reads `8.13.17`, `8.20` or `10`; `None` where no number comes first.
    pub fn parse(text: &str) -> Option<Self> {
        let end = |c: char| !c.is_ascii_digit() && c != '.';
        let numbers = text.trim().split(end).next()?;
        let mut numbers = numbers.split('.').map(|number| number.parse().ok());
        let mut next = || numbers.next().flatten();
        Some(Self {
            major: next()?,
            minor: next().unwrap_or_default(),
            patch: next().unwrap_or_default(),
        })
    }
}

impl fmt::Display for Version {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            major,
            minor,
            patch,
        } = self;
        write!(formatter, "{major}.{minor}.{patch}")
    }
}

/// Something that servers have from some version on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Feature {
    /// Personal access tokens, sent as `Bearer`: Jira 8.14, Confluence 7.9.
    PersonalAccessTokens,
    /// The fields for a new issue by project and issue type: Jira 8.4.
    CreateMetaByIssueType,
    /// OAuth 2.0 with the server as its provider: Jira 8.22, Confluence 7.17.
    OAuth2,
    /// Limits on the rate of requests, on Data Center: Jira 8.6, Confluence 7.3.
    RateLimits,
}

impl Feature {
    /// The first version of a product that has it; `None` if none does.
    pub fn since(self, product: Product) -> Option<Version> {
        let (major, minor) = match (self, product) {
            (Self::PersonalAccessTokens, Product::Jira) => (8, 14),
            (Self::PersonalAccessTokens, Product::Confluence) => (7, 9),
            (Self::CreateMetaByIssueType, Product::Jira) => (8, 4),
            (Self::CreateMetaByIssueType, Product::Confluence) => return None,
            (Self::OAuth2, Product::Jira) => (8, 22),
            (Self::OAuth2, Product::Confluence) => (7, 17),
            (Self::RateLimits, Product::Jira) => (8, 6),
            (Self::RateLimits, Product::Confluence) => (7, 3),
        };
        Some(Version::new(major, minor))
    }
}

/// A server, as it describes itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Server {
    /// What runs there.
    pub product: Product,
    /// Which version of it.
    pub version: Version,
}

impl Server {
    /// Whether the server has a feature.
    pub fn has(&self, feature: Feature) -> bool {
        let since = feature.since(self.product);
        since.is_some_and(|since| self.version >= since)
    }

    /// Whether the server has an operation of the client, by its `operationId`, as far as the
    /// documents know; they know of those that came or went since the first version they describe.
    pub fn offers<C: Generated>(&self, operation: &str) -> bool {
        let mut rows = C::VERSIONS.iter();
        let row = rows.find(|(id, ..)| *id == operation);
        row.is_none_or(|(_, since, until)| {
            let reached = Version::parse(since).is_none_or(|since| self.version >= since);
            let passed = Version::parse(until).is_some_and(|until| self.version >= until);
            reached && !passed
        })
    }
}

/// The server behind a client: asked once, known from then on to all clients of the site.
///
/// # Errors
///
/// [`ApiError`] if the server cannot be asked or does not say; the next call asks again.
///
/// ```no_run
/// use atlassian_bridge::client::capability::{self, Feature};
///
/// # async fn example(jira: atlassian_bridge::api::jira::Client)
/// # -> Result<(), atlassian_bridge::client::ApiError> {
/// let server = capability::server(&jira).await?;
/// if !server.has(Feature::PersonalAccessTokens) {
///     println!("Jira {} takes user names and passwords only", server.version);
/// }
/// # Ok(())
/// # }
/// ```
pub async fn server<C: ClientInfo<Context>>(client: &C) -> Result<Server, ApiError> {
    let context = client.inner();
    let look = || look(client.client(), client.baseurl(), context);
    let server = context.server.get_or_try_init(look).await;
    server
        .copied()
        .map_err(|kind| ApiError::new(Some(context.product), kind))
}

/// What a site knows of its server.
pub(super) type Known = Arc<OnceCell<Server>>;

/// Where each product says its version, in the order in which to ask.
fn places(product: Product) -> &'static [&'static str] {
    match product {
        Product::Jira => &["/rest/api/2/serverInfo", "/rest/applinks/1.0/manifest"],
        Product::Confluence => &[
            "/rest/applinks/1.0/manifest",
            "/rest/api/server-information",
        ],
    }
}

async fn look(
    pool: &reqwest::Client,
    base_url: &str,
    context: &Context,
) -> Result<Server, ApiErrorKind> {
    let mut failure = None;
    for place in places(context.product) {
        let asked = ask(pool, &format!("{base_url}{place}"), context).await;
        match asked {
            Ok(body) => {
                if let Some(version) = version(&body) {
                    return Ok(Server {
                        product: context.product,
                        version,
                    });
                }
            }
            Err(kind) => failure = failure.or(Some(kind)),
        }
    }
    Err(failure
        .unwrap_or_else(|| ApiErrorKind::UnexpectedShape("it does not say its version".to_owned())))
}

/// Asks without a login: a wrong one would be refused here too, and count against the user.
async fn ask(
    pool: &reqwest::Client,
    url: &str,
    context: &Context,
) -> Result<Vec<u8>, ApiErrorKind> {
    let headers: HeaderMap = context.headers.clone();
    let request = pool.get(url).headers(headers).timeout(context.deadline);
    let sent = request.header(ACCEPT, "application/json, application/xml;q=0.9");
    let response: Response = sent
        .send()
        .await
        .map_err(|error| error::connection(&error))?;
    if !response.status().is_success() {
        return Err(error::refusal(response).await);
    }
    Ok(error::beginning(response).await)
}

/// The version in JSON or, from a manifest, in XML.
fn version(body: &[u8]) -> Option<Version> {
    if let Ok(info) = serde_json::from_slice::<Value>(body) {
        return Version::parse(info.get("version")?.as_str()?);
    }
    let text = String::from_utf8_lossy(body);
    let (_, rest) = text.split_once("<version>")?;
    Version::parse(rest.split_once("</version>")?.0)
}

/// What is said where a server does not know a path: that its version lacks the operation, if the
/// server is there at all.
pub(super) async fn lacking(
    pool: &reqwest::Client,
    base_url: &str,
    context: &Context,
) -> Option<Version> {
    let look = || look(pool, base_url, context);
    let server = context.server.get_or_try_init(look).await.ok()?;
    Some(server.version)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_read_by_their_numbers() {
        for (text, version) in [
            ("8.13.17", Some("8.13.17")),
            ("10", Some("10.0.0")),
            ("9.0.0-m01", Some("9.0.0")),
            ("8.20.8#820008", Some("8.20.8")),
            ("", None),
            ("latest", None),
        ] {
            let read = Version::parse(text).map(|version| version.to_string());
            assert_eq!(read.as_deref(), version, "{text}");
        }
        assert!(Version::new(8, 4) < Version::new(8, 14));
    }

    #[test]
    fn a_version_stands_in_json_or_xml() {
        let json = br#"{"baseUrl": "https://jira.example.com", "version": "8.13.17"}"#;
        assert_eq!(version(json).unwrap().to_string(), "8.13.17");
        let xml = b"<manifest><version>6.15.2</version><buildNumber>7901</buildNumber></manifest>";
        assert_eq!(version(xml).unwrap().to_string(), "6.15.2");
        assert_eq!(version(b"<html>Log in</html>"), None);
        assert_eq!(version(b"[]"), None);
    }

    #[test]
    fn features_depend_on_product_and_version() {
        let server = |product, major, minor| Server {
            product,
            version: Version::new(major, minor),
        };
        let tokens = Feature::PersonalAccessTokens;
        assert!(!server(Product::Jira, 8, 13).has(tokens));
        assert!(server(Product::Jira, 8, 14).has(tokens));
        assert!(!server(Product::Confluence, 6, 15).has(tokens));
        assert!(!server(Product::Confluence, 9, 0).has(Feature::CreateMetaByIssueType));
    }

    #[cfg(feature = "jira")]
    #[test]
    fn operations_come_and_go() {
        use crate::api::jira::Client;

        let jira = |major, minor| Server {
            product: Product::Jira,
            version: Version::new(major, minor),
        };
        assert!(jira(8, 3).offers::<Client>("get_create_meta"));
        assert!(!jira(9, 0).offers::<Client>("get_create_meta"));
        assert!(!jira(8, 3).offers::<Client>("list_create_meta_fields"));
        assert!(jira(8, 4).offers::<Client>("list_create_meta_fields"));
        assert!(!jira(10, 3).offers::<Client>("get_group"));
        assert!(jira(10, 3).offers::<Client>("get_issue"));
    }
}

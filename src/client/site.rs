//! A Jira or Confluence: where it is, how to log in, and the connections to it.

use std::{fs, path::Path, sync::OnceLock, time::Duration};

use base64::prelude::{BASE64_STANDARD, Engine as _};
use reqwest::{
    Certificate, ClientBuilder, Identity,
    header::{HeaderMap, HeaderName, HeaderValue},
    redirect,
};
use secrecy::{ExposeSecret, SecretString};

use crate::{
    api,
    client::{ApiError, ApiErrorKind, Context, capability::Known, error, session::Session},
    config::{ClientCertificate, Credentials, Header, Product, SiteSettings},
};

/// Name and version, as every request carries them.
const USER_AGENT: &str = concat!(env!("CARGO_PKG_NAME"), "/", env!("CARGO_PKG_VERSION"));

/// How long an unused connection is kept. Tomcat closes its side after 20 s, and a write that meets
/// that moment fails without a way to know whether it arrived.
const IDLE: Duration = Duration::from_secs(15);

/// A site and its pool of connections.
///
/// Connections are shared by all clients that a site makes; credentials are not: each client has
/// its own. The first client opens the pool, which reads the trusted certificates.
///
/// ```no_run
/// use atlassian_bridge::{client::{Site, ask}, config::SiteSettings};
///
/// # async fn example() -> Result<(), Box<dyn std::error::Error>> {
/// let settings = SiteSettings::new("https://jira.example.com".parse()?);
/// let jira = Site::new(settings).jira()?;
/// let server = ask(jira.get_server_info().send()).await?;
/// println!("{:?}", server.version);
/// # Ok(())
/// # }
/// ```
#[derive(Debug)]
pub struct Site {
    settings: SiteSettings,
    pool: OnceLock<reqwest::Client>,
    session: Option<Session>,
    server: Known,
}

impl Site {
    /// A site as the settings describe it. Nothing is opened yet.
    pub fn new(settings: SiteSettings) -> Self {
        Self {
            session: session(&settings.credentials),
            server: Known::default(),
            settings,
            pool: OnceLock::new(),
        }
    }

    /// The settings of the site.
    pub fn settings(&self) -> &SiteSettings {
        &self.settings
    }

    /// What the requests of a client carry, given the session that goes with the credentials.
    fn context(
        &self,
        product: Product,
        credentials: &Credentials,
        session: Option<Session>,
    ) -> Result<Context, ApiError> {
        let problem = |problem: &str| setup(product, problem.to_owned());
        if product == Product::Confluence && session.is_some() {
            return Err(problem("Confluence opens no sessions over REST"));
        }
        Ok(Context {
            product,
            authorization: authorization(credentials).map_err(problem)?,
            session,
            headers: headers(&self.settings).map_err(problem)?,
            deadline: self.settings.deadline,
            server: self.server.clone(),
        })
    }

    fn pool(&self, product: Product) -> Result<reqwest::Client, ApiError> {
        if let Some(pool) = self.pool.get() {
            return Ok(pool.clone());
        }
        let pool = open(&self.settings).map_err(|problem| setup(product, problem))?;
        Ok(self.pool.get_or_init(|| pool).clone())
    }
}

/// The two ways to a generated client.
macro_rules! client {
    ($feature:literal, $title:literal, $name:ident, $name_as:ident, $name_with:ident, $product:ident) => {
        #[cfg(feature = $feature)]
        impl Site {
            #[doc = concat!("A client of ", $title, " with the site's own credentials.")]
            ///
            /// # Errors
            ///
            /// If the CA bundle cannot be read or no trusted certificate is found.
            pub fn $name(&self) -> Result<api::$name::Client, ApiError> {
                let credentials = &self.settings.credentials;
                let context = self.context(Product::$product, credentials, self.session.clone())?;
                self.$name_with(context)
            }

            #[doc = concat!("A client of ", $title, " with other credentials.")]
            ///
            /// # Errors
            ///
            #[doc = concat!("As for [`Site::", stringify!($name), "`].")]
            pub fn $name_as(
                &self,
                credentials: &Credentials,
            ) -> Result<api::$name::Client, ApiError> {
                let context = self.context(Product::$product, credentials, session(credentials))?;
                self.$name_with(context)
            }

            fn $name_with(&self, context: Context) -> Result<api::$name::Client, ApiError> {
                let pool = self.pool(Product::$product)?;
                let base_url = self.settings.base();
                Ok(api::$name::Client::new_with_client(base_url, pool, context))
            }
        }
    };
}

client!("jira", "Jira", jira, jira_as, jira_with, Jira);
client!(
    "agile",
    "Jira Software's boards and sprints",
    agile,
    agile_as,
    agile_with,
    Jira
);
client!(
    "confluence",
    "Confluence",
    confluence,
    confluence_as,
    confluence_with,
    Confluence
);

fn setup(product: Product, problem: String) -> ApiError {
    ApiError::new(Some(product), ApiErrorKind::Setup(problem))
}

fn authorization(credentials: &Credentials) -> Result<Option<HeaderValue>, &'static str> {
    let value = match credentials {
        Credentials::Anonymous | Credentials::Session { .. } => return Ok(None),
        Credentials::Bearer(token) => {
            SecretString::from(format!("Bearer {}", token.expose_secret()))
        }
        Credentials::Basic { username, password } => {
            let pair = format!("{username}:{}", password.expose_secret());
            SecretString::from(format!("Basic {}", BASE64_STANDARD.encode(pair)))
        }
    };
    let mut header = HeaderValue::from_str(value.expose_secret())
        .map_err(|_| "the token has a character that no header can carry, such as a line break")?;
    header.set_sensitive(true);
    Ok(Some(header))
}

/// The session that is yet to be opened for credentials that want one.
fn session(credentials: &Credentials) -> Option<Session> {
    match credentials {
        Credentials::Session { username, password } => {
            Some(Session::new(username.clone(), password.clone()))
        }
        _ => None,
    }
}

fn headers(settings: &SiteSettings) -> Result<HeaderMap, &'static str> {
    let mut headers = HeaderMap::new();
    for Header { name, value } in &settings.headers {
        let name = HeaderName::from_bytes(name.as_bytes())
            .map_err(|_| "an extra header has a name that no header can have")?;
        let mut value = HeaderValue::from_str(value.expose_secret())
            .map_err(|_| "an extra header has a value that no header can carry")?;
        value.set_sensitive(true);
        headers.append(name, value);
    }
    Ok(headers)
}

fn open(settings: &SiteSettings) -> Result<reqwest::Client, String> {
    let mut builder = with_backend(reqwest::Client::builder())
        .user_agent(USER_AGENT)
        .connect_timeout(settings.connect_timeout)
        .tcp_nodelay(true)
        .pool_idle_timeout(IDLE)
        // `client::send` follows redirects itself: only for reads, only within the site.
        .redirect(redirect::Policy::none())
        .tls_danger_accept_invalid_certs(!settings.tls.verify);
    if let Some(path) = &settings.tls.ca_bundle {
        let pem = fs::read(path)
            .map_err(|error| format!("the CA bundle {} cannot be read: {error}", path.display()))?;
        let certificates = Certificate::from_pem_bundle(&pem)
            .map_err(|_| format!("the CA bundle {} is not in PEM format", path.display()))?;
        if certificates.is_empty() {
            return Err(format!(
                "the CA bundle {} has no certificate",
                path.display()
            ));
        }
        for certificate in certificates {
            builder = builder.add_root_certificate(certificate);
        }
    }
    if let Some(client) = &settings.tls.client {
        builder = builder.identity(identity(client)?);
    }
    builder.build().map_err(|error| {
        let problem = error::root(&error);
        match &settings.tls.client {
            // A key is looked into here only, and whether it is that of the certificate.
            Some(client) => format!("no HTTP client with {}: {problem}", files(client)),
            None => format!("no HTTP client: {problem}"),
        }
    })
}

fn identity(client: &ClientCertificate) -> Result<Identity, String> {
    let read = |path: &Path| {
        fs::read(path).map_err(|error| {
            let path = path.display();
            format!("the client certificate's file {path} cannot be read: {error}")
        })
    };
    let (certificate, key) = (read(&client.certificate)?, read(&client.key)?);
    #[cfg(not(feature = "native-tls"))]
    let identity = Identity::from_pem(&[key, b"\n".to_vec(), certificate].concat());
    #[cfg(feature = "native-tls")]
    let identity = Identity::from_pkcs8_pem(
        blocks(&certificate, "CERTIFICATE").as_bytes(),
        blocks(&key, "PRIVATE KEY").as_bytes(),
    );
    // What the parser says may repeat the file.
    identity.map_err(|_| {
        let files = files(client);
        format!("{files} are no certificate and unencrypted key in PEM format")
    })
}

/// The blocks of a PEM file that have this label. The operating system's TLS library wants nothing
/// else in a file, while certificate and key may be in the same one.
#[cfg(feature = "native-tls")]
fn blocks(pem: &[u8], label: &str) -> String {
    let (begin, end) = (
        format!("-----BEGIN {label}-----"),
        format!("-----END {label}-----"),
    );
    let pem = String::from_utf8_lossy(pem);
    let begun = pem.split(&begin).skip(1);
    let contents = begun.filter_map(|rest| Some(rest.split_once(&end)?.0));
    contents
        .map(|content| format!("{begin}{content}{end}\n"))
        .collect()
}

fn files(client: &ClientCertificate) -> String {
    let (certificate, key) = (client.certificate.display(), client.key.display());
    format!("{certificate} and {key}")
}

#[cfg(not(feature = "native-tls"))]
fn with_backend(builder: ClientBuilder) -> ClientBuilder {
    // An application that has chosen a provider of its own keeps it.
    let _ = rustls::crypto::ring::default_provider().install_default();
    builder
}

#[cfg(feature = "native-tls")]
fn with_backend(builder: ClientBuilder) -> ClientBuilder {
    builder.tls_backend_native()
}

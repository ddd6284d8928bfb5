//! Settings: from variables, a `.env` file and a TOML file to one checked [`Settings`].
//!
//! Nothing here reads the environment or a file or runs a command: the caller hands over a lookup,
//! the texts, and what fetches a secret from elsewhere.
//! Every wrong setting is reported at once, and no message repeats a secret.

mod dotenv;
mod file;
mod headers;
mod problem;
mod reader;
mod secrets;
mod sources;
mod table;
mod values;
mod variables;

use std::path::PathBuf;
use std::time::Duration;

use secrecy::SecretString;
use url::Url;

use secrets::Keepers;

pub use problem::{ConfigError, Problem};
pub use sources::Sources;
pub use table::{VARIABLES, table};
pub use variables::{Product, Shape, Variable};

/// All settings, checked.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The Jira site, if one is configured.
    pub jira: Option<SiteSettings>,
    /// The Confluence site, if one is configured.
    pub confluence: Option<SiteSettings>,
    /// Whether everything that changes data is refused.
    pub read_only: bool,
    /// Which tools are on offer.
    pub tools: ToolSelection,
    /// The only Jira projects that may be touched; all of them if `None`.
    pub projects: Option<Vec<String>>,
    /// The only Confluence spaces that may be touched; all of them if `None`.
    pub spaces: Option<Vec<String>>,
    /// How texts are handed over.
    pub texts: TextSettings,
    /// Where the HTTP server listens.
    pub http: HttpSettings,
}

impl Settings {
    /// Reads and checks all settings through `lookup`, which knows variables by name.
    ///
    /// It is asked for values alone, not for the files and commands that may hold secrets.
    pub fn read(lookup: impl Fn(&str) -> Option<String>) -> Result<Self, ConfigError> {
        reader::read(&lookup, None)
    }

    /// Reads and checks all settings from process variables, a `.env` file and a TOML file.
    pub fn from_sources<F>(sources: Sources<'_, F>) -> Result<Self, ConfigError>
    where
        F: Fn(&str) -> Option<String>,
    {
        let keepers = Keepers {
            read_file: sources.read_file,
            run_command: sources.run_command,
        };
        let (lookup, mut problems) = sources.lookup();
        match reader::read(&lookup, Some(keepers)) {
            Ok(settings) if problems.is_empty() => Ok(settings),
            Ok(_) => Err(ConfigError { problems }),
            Err(error) => {
                problems.extend(error.problems);
                Err(ConfigError { problems })
            }
        }
    }
}

/// How to reach one site.
#[derive(Debug, Clone)]
pub struct SiteSettings {
    /// The address of the site including its context path; [`SiteSettings::base`] is it as text.
    pub base_url: Url,
    /// How requests are authenticated unless they bring their own credentials.
    pub credentials: Credentials,
    /// How long to wait for a connection.
    pub connect_timeout: Duration,
    /// How long one request may take in all.
    pub deadline: Duration,
    /// How the site's certificate is checked, and which one we show.
    pub tls: Tls,
    /// Headers that every request carries.
    pub headers: Vec<Header>,
}

impl SiteSettings {
    /// A site without credentials, with a connect time-out of 5 s and a deadline of 30 s.
    pub fn new(base_url: Url) -> Self {
        Self {
            base_url,
            credentials: Credentials::Anonymous,
            connect_timeout: Duration::from_secs(5),
            deadline: Duration::from_secs(30),
            tls: Tls {
                verify: true,
                ca_bundle: None,
                client: None,
            },
            headers: Vec::new(),
        }
    }

    /// The address of the site without a slash at its end, ready to append `/rest/...` to.
    pub fn base(&self) -> &str {
        self.base_url.as_str().trim_end_matches('/')
    }
}

/// How requests to a site are authenticated.
#[derive(Debug, Clone)]
pub enum Credentials {
    /// Without credentials.
    Anonymous,
    /// With a user name and a password or API token.
    Basic {
        /// The user's login name.
        username: String,
        /// The user's password or API token.
        password: SecretString,
    },
    /// With a personal access token.
    Bearer(SecretString),
    /// With the cookie of a session that is opened with a user name and a password, for Jira only.
    Session {
        /// The user's login name.
        username: String,
        /// The user's password.
        password: SecretString,
    },
}

/// A header that every request to a site carries, as a proxy for single sign-on may want it.
#[derive(Debug, Clone)]
pub struct Header {
    /// The header's name.
    pub name: String,
    /// The header's value, which is never shown.
    pub value: SecretString,
}

/// How a site's certificate is checked, and which one we show.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tls {
    /// Whether the certificate is checked at all.
    pub verify: bool,
    /// A PEM file with further trusted certificate authorities.
    pub ca_bundle: Option<PathBuf>,
    /// The certificate that shows who we are, if the site asks for one.
    pub client: Option<ClientCertificate>,
}

/// A certificate of our own and its key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClientCertificate {
    /// A PEM file with the certificate, and with those that lead from it to a known authority.
    pub certificate: PathBuf,
    /// A PEM file with the unencrypted private key, which may be the same file.
    pub key: PathBuf,
}

/// Which tools are on offer.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ToolSelection {
    /// Sets of tools on offer; the default sets if this and `enabled` are `None`.
    pub toolsets: Option<Vec<String>>,
    /// Single tools on offer, beside those of the sets.
    pub enabled: Option<Vec<String>>,
    /// Tools that are never on offer.
    pub disabled: Vec<String>,
}

/// How texts are handed to a model and taken from it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TextSettings {
    /// How they are written unless a call says so.
    pub format: TextFormat,
    /// Whether what the users of a site wrote is marked as such.
    pub mark_untrusted: bool,
}

/// How texts are written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum TextFormat {
    /// As Markdown.
    #[default]
    Markdown,
    /// As the product stores them: wiki markup in Jira, storage format in Confluence.
    Source,
}

/// Where the HTTP server listens and how much it logs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HttpSettings {
    /// The address to listen on.
    pub host: String,
    /// The port to listen on.
    pub port: u16,
    /// How much is logged.
    pub log_level: LogLevel,
}

/// How much is logged.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum LogLevel {
    /// Failures only.
    Error,
    /// And what looks wrong.
    Warn,
    /// And what happens.
    #[default]
    Info,
    /// And how it happens.
    Debug,
    /// And everything else.
    Trace,
}

impl LogLevel {
    /// The level's name in lower case, as log filters want it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warn => "warn",
            Self::Info => "info",
            Self::Debug => "debug",
            Self::Trace => "trace",
        }
    }
}

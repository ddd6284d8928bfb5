//! From a lookup of variables to [`Settings`]: names, aliases, defaults and what goes together.

mod login;

use std::path::PathBuf;

use super::secrets::{Form, Keepers};
use super::variables::{self, Product, Spelling, Variable};
use super::{
    ClientCertificate, ConfigError, Credentials, HttpSettings, Problem, Settings, SiteSettings,
    TextSettings, Tls, ToolSelection, values,
};

/// Reads and checks all settings; without `keepers`, files and commands are not looked up.
pub(super) fn read(
    lookup: &dyn Fn(&str) -> Option<String>,
    keepers: Option<Keepers<'_>>,
) -> Result<Settings, ConfigError> {
    let mut reader = Reader {
        lookup,
        keepers,
        problems: Vec::new(),
    };
    let jira_address = reader.is_set("JIRA_URL");
    let confluence_address = reader.is_set("CONFLUENCE_URL");
    if !jira_address && !confluence_address {
        reader.problem(
            "JIRA_URL",
            "neither JIRA_URL nor CONFLUENCE_URL is set; set at least one of them, \
             or start with --demo to try it with sample data",
        );
    }
    // Where a value is wrong, a placeholder stands in until the problem is returned.
    let settings = Settings {
        jira: reader.site(Product::Jira, confluence_address),
        confluence: reader.site(Product::Confluence, jira_address),
        read_only: reader
            .parsed("READ_ONLY_MODE", values::flag)
            .unwrap_or_default(),
        tools: ToolSelection {
            toolsets: reader.parsed("TOOLSETS", values::names),
            enabled: reader.parsed("ENABLED_TOOLS", values::names),
            disabled: reader
                .parsed("DISABLED_TOOLS", values::names)
                .unwrap_or_default(),
        },
        projects: reader.parsed("JIRA_PROJECTS_FILTER", values::names),
        spaces: reader.parsed("CONFLUENCE_SPACES_FILTER", values::names),
        texts: TextSettings {
            format: reader
                .parsed("TEXT_FORMAT", values::text_format)
                .unwrap_or_default(),
            mark_untrusted: reader
                .parsed("MARK_UNTRUSTED", values::flag)
                .unwrap_or(true),
        },
        http: HttpSettings {
            host: reader.text("SSE_HOST").unwrap_or_default(),
            port: reader.parsed("SSE_PORT", values::port).unwrap_or_default(),
            log_level: reader
                .parsed("SSE_LOG_LEVEL", values::level)
                .unwrap_or_default(),
        },
    };
    if reader.problems.is_empty() {
        Ok(settings)
    } else {
        Err(ConfigError {
            problems: reader.problems,
        })
    }
}

struct Reader<'a> {
    lookup: &'a dyn Fn(&str) -> Option<String>,
    keepers: Option<Keepers<'a>>,
    problems: Vec<Problem>,
}

/// A value together with the name under which it was found.
struct Found {
    name: String,
    /// `None` if it could not be fetched, which is a problem already.
    value: Option<String>,
}

/// What a variable is set to, not yet fetched.
struct Given {
    spelling: Spelling,
    text: String,
}

impl Reader<'_> {
    fn site(&mut self, product: Product, other_is_set: bool) -> Option<SiteSettings> {
        let prefix = product.prefix();
        let name = |rest: &str| format!("{prefix}{rest}");
        // Nothing is fetched for a site that is not there.
        let (credentials, headers) = if self.is_set(&name("URL")) {
            let credentials = self.credentials(product);
            let headers = self.headers(product, &credentials);
            (credentials, headers)
        } else {
            // With neither address set, there is a problem already that says so.
            if other_is_set {
                self.no_credentials(product);
            }
            (Credentials::Anonymous, Vec::new())
        };
        let base_url = self.parsed(&name("URL"), |value| values::address(product, value));
        let connect_timeout = self
            .parsed(&name("CONNECT_TIMEOUT"), values::seconds)
            .unwrap_or_default();
        let deadline = self
            .parsed(&name("TIMEOUT"), values::seconds)
            .unwrap_or_default();
        let verify = self
            .parsed(&name("SSL_VERIFY"), values::flag)
            .unwrap_or_default();
        let ca_bundle = self.text(&name("CA_BUNDLE")).map(PathBuf::from);
        let client = self.client_certificate(product);
        Some(SiteSettings {
            base_url: base_url?,
            credentials,
            connect_timeout,
            deadline,
            tls: Tls {
                verify,
                ca_bundle,
                client,
            },
            headers,
        })
    }

    /// One PEM file may hold the certificate and its key.
    fn client_certificate(&mut self, product: Product) -> Option<ClientCertificate> {
        let prefix = product.prefix();
        let certificate = self.text(&format!("{prefix}CLIENT_CERT"));
        let key = self.text(&format!("{prefix}CLIENT_KEY"));
        let Some(certificate) = certificate else {
            if key.is_some() {
                self.problem(
                    &format!("{prefix}CLIENT_KEY"),
                    &format!(
                        "needs {prefix}CLIENT_CERT beside it, the path of the PEM file with the \
                         certificate"
                    ),
                );
            }
            return None;
        };
        Some(ClientCertificate {
            key: key.as_ref().unwrap_or(&certificate).into(),
            certificate: certificate.into(),
        })
    }

    fn parsed<T>(
        &mut self,
        name: &str,
        parse: impl FnOnce(&str) -> Result<T, String>,
    ) -> Option<T> {
        let found = self.found(name)?;
        match parse(&found.value?) {
            Ok(value) => Some(value),
            Err(message) => {
                self.problem(&found.name, &message);
                None
            }
        }
    }

    fn text(&mut self, name: &str) -> Option<String> {
        self.found(name)?.value
    }

    /// The value under the first name that has one, or else the default.
    /// Two names that disagree are a problem.
    fn found(&mut self, name: &str) -> Option<Found> {
        let variable = variables::named(name)?;
        let mut given = self.given(variable);
        let Some(first) = given.next() else {
            return variable.default.map(|text| Found {
                name: variable.name.to_owned(),
                value: Some(text.to_owned()),
            });
        };
        let other = given
            .find(|other| other.spelling.form != first.spelling.form || other.text != first.text);
        drop(given);
        let value = match (other, self.keepers) {
            (Some(other), _) if other.spelling.form == first.spelling.form => Err(format!(
                "{} is set as well, means the same and has another value; remove one of them",
                other.spelling.name
            )),
            (Some(other), _) => Err(format!(
                "{} is set as well, for the same secret; remove one of them",
                other.spelling.name
            )),
            (None, Some(keepers)) => keepers.secret(first.spelling.form, &first.text),
            (None, None) => Ok(first.text),
        };
        let name = first.spelling.name;
        let value = value.map_err(|message| self.problem(&name, &message)).ok();
        Some(Found { name, value })
    }

    fn is_set(&self, name: &str) -> bool {
        variables::named(name).is_some_and(|variable| self.given(variable).next().is_some())
    }

    fn given(&self, variable: &Variable) -> impl Iterator<Item = Given> + use<'_> {
        let is_secret = variable.shape.is_secret();
        variable.spellings().filter_map(move |spelling| {
            if spelling.form != Form::Value && self.keepers.is_none() {
                return None;
            }
            let text = (self.lookup)(&spelling.name)?;
            // Space around a value is a slip, but a password may end in it.
            let text = if is_secret && spelling.form == Form::Value {
                text.trim_end_matches(['\r', '\n'])
            } else {
                text.trim()
            };
            let text = text.to_owned();
            (!text.trim().is_empty()).then_some(Given { spelling, text })
        })
    }

    fn problem(&mut self, name: &str, message: &str) {
        self.problems.push(Problem::new(name, message));
    }
}

#[cfg(test)]
mod tests;

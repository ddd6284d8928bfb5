//! From a lookup of variables to [`Settings`]: names, aliases, defaults and what goes together.

mod login;

use std::path::PathBuf;

use super::variables::{self, Product, Variable};
use super::{
    ClientCertificate, ConfigError, Credentials, HttpSettings, Problem, Settings, SiteSettings,
    Tls, ToolSelection, values,
};

pub(super) fn read(lookup: &dyn Fn(&str) -> Option<String>) -> Result<Settings, ConfigError> {
    let mut reader = Reader {
        lookup,
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
    problems: Vec<Problem>,
}

/// A value together with the name under which it was found.
struct Found {
    name: &'static str,
    value: String,
}

impl Reader<'_> {
    fn site(&mut self, product: Product, other_is_set: bool) -> Option<SiteSettings> {
        let prefix = product.prefix();
        let name = |rest: &str| format!("{prefix}{rest}");
        let credentials = self.credentials(product);
        let headers = self.headers(product, &credentials);
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
        // With neither address set, there is a problem already that says so.
        if !self.is_set(&name("URL"))
            && other_is_set
            && !matches!(credentials, Credentials::Anonymous)
        {
            self.problem(
                &name("URL"),
                &format!(
                    "is not set, but credentials are; set it, or remove the {prefix} credentials"
                ),
            );
        }
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
        match parse(&found.value) {
            Ok(value) => Some(value),
            Err(message) => {
                self.problem(found.name, &message);
                None
            }
        }
    }

    fn text(&mut self, name: &str) -> Option<String> {
        self.found(name).map(|found| found.value)
    }

    /// The value under the first name that has one, or else the default.
    /// Two names that disagree are a problem.
    fn found(&mut self, name: &str) -> Option<Found> {
        let variable = variables::named(name)?;
        let mut found = self.set_values(variable);
        let Some(first) = found.next() else {
            return variable.default.map(|text| Found {
                name: variable.name,
                value: text.to_owned(),
            });
        };
        if let Some(other) = found.find(|other| other.value != first.value) {
            let message = format!(
                "{} is set as well, means the same and has another value; remove one of them",
                other.name
            );
            drop(found);
            self.problem(first.name, &message);
        }
        Some(first)
    }

    fn is_set(&self, name: &str) -> bool {
        variables::named(name).is_some_and(|variable| self.set_values(variable).next().is_some())
    }

    fn set_values(&self, variable: &'static Variable) -> impl Iterator<Item = Found> + use<'_> {
        variable.names().filter_map(move |name| {
            // Space around a value is a slip, but a password may end in it.
            let value = match (self.lookup)(name)? {
                value if variable.shape.is_secret() => {
                    value.trim_end_matches(['\r', '\n']).to_owned()
                }
                value => value.trim().to_owned(),
            };
            (!value.trim().is_empty()).then_some(Found { name, value })
        })
    }

    fn problem(&mut self, name: &str, message: &str) {
        self.problems.push(Problem::new(name, message));
    }
}

#[cfg(test)]
mod tests;

//! How requests to a site are authenticated: which credentials hold, and which cannot go together.

use secrecy::SecretString;

use super::{Found, Reader};
use crate::config::variables::Product;
use crate::config::{Credentials, Header, headers, values};

impl Reader<'_> {
    /// A personal access token is used even beside a user name and password: people migrate.
    pub(super) fn credentials(&mut self, product: Product) -> Credentials {
        let prefix = product.prefix();
        // Confluence has no login over REST that would open a session.
        let session = product == Product::Jira
            && self
                .parsed("JIRA_SESSION_LOGIN", values::flag)
                .unwrap_or_default();
        if let Some(token) = self.found(&format!("{prefix}PERSONAL_TOKEN")) {
            let value = token.value.unwrap_or_default();
            if let Err(message) = values::token(&value) {
                self.problem(&token.name, &message);
            }
            if session {
                self.problem(
                    "JIRA_SESSION_LOGIN",
                    &format!(
                        "cannot go together with {name}; remove {name} to log in with \
                         JIRA_USERNAME and JIRA_PASSWORD, or remove JIRA_SESSION_LOGIN to use \
                         the token",
                        name = token.name
                    ),
                );
            }
            return Credentials::Bearer(SecretString::from(value.trim()));
        }
        let username = self.found(&format!("{prefix}USERNAME"));
        let password = self.found(&format!("{prefix}PASSWORD"));
        match (username, password) {
            (Some(username), Some(password)) if session => Credentials::Session {
                username: username.value.unwrap_or_default(),
                password: SecretString::from(password.value.unwrap_or_default()),
            },
            (Some(username), Some(password)) => Credentials::Basic {
                username: username.value.unwrap_or_default(),
                password: SecretString::from(password.value.unwrap_or_default()),
            },
            (username, password) => {
                self.incomplete(product, session, username, password);
                Credentials::Anonymous
            }
        }
    }

    /// Credentials of a site whose address is not set were meant for something.
    pub(super) fn no_credentials(&mut self, product: Product) {
        let prefix = product.prefix();
        let is_set = ["USERNAME", "PASSWORD", "PERSONAL_TOKEN"]
            .iter()
            .any(|rest| self.is_set(&format!("{prefix}{rest}")));
        if is_set {
            self.problem(
                &format!("{prefix}URL"),
                &format!(
                    "is not set, but credentials are; set it, or remove the {prefix} credentials"
                ),
            );
        }
    }

    fn incomplete(
        &mut self,
        product: Product,
        session: bool,
        username: Option<Found>,
        password: Option<Found>,
    ) {
        let prefix = product.prefix();
        if session {
            self.problem(
                "JIRA_SESSION_LOGIN",
                "needs both JIRA_USERNAME and JIRA_PASSWORD beside it",
            );
        } else if let Some(username) = username {
            self.problem(
                &username.name,
                &format!("needs {prefix}PASSWORD beside it; or set {prefix}PERSONAL_TOKEN instead"),
            );
        } else if let Some(password) = password {
            self.problem(
                &password.name,
                &format!(
                    "needs a user name beside it: set {prefix}USERNAME, \
                     or use {prefix}PERSONAL_TOKEN for a personal access token"
                ),
            );
        }
    }

    /// `Authorization` may be among the headers, but only one of two logins can hold.
    pub(super) fn headers(&mut self, product: Product, credentials: &Credentials) -> Vec<Header> {
        let name = format!("{}CUSTOM_HEADERS", product.prefix());
        let headers = self.parsed(&name, headers::headers).unwrap_or_default();
        let has_login = headers
            .iter()
            .any(|header| header.name.eq_ignore_ascii_case("authorization"));
        if has_login && !matches!(credentials, Credentials::Anonymous) {
            self.problem(
                &name,
                &format!(
                    "sets Authorization, but other credentials are set as well; take it out, \
                     or remove the other {} credentials",
                    product.prefix()
                ),
            );
        }
        headers
    }
}

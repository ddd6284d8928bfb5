//! Who asks: Basic and Bearer credentials, and the CAPTCHA that failed logins bring.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::json;

use crate::sandbox::exchange::Reply;
use crate::sandbox::people::{self, PEOPLE, Person};

/// How many failures a user has before the CAPTCHA is asked for.
const ALLOWED_FAILURES: u32 = 3;

/// The login layer of one product; it remembers failures until the sandbox stops.
pub(super) struct Gate {
    login_page: String,
    failures: Mutex<BTreeMap<&'static str, u32>>,
}

impl Gate {
    /// A gate without failures, for the site at `base`.
    pub(super) fn new(base: &str) -> Gate {
        Gate {
            login_page: format!("{base}/login.jsp"),
            failures: Mutex::default(),
        }
    }

    /// Says who sends this `Authorization` header, or refuses.
    pub(super) fn admit(&self, header: Option<&str>) -> Result<Option<&'static Person>, Reply> {
        let Some((scheme, credentials)) = header.and_then(|header| header.trim().split_once(' '))
        else {
            return Ok(None);
        };
        if scheme.eq_ignore_ascii_case("Bearer") {
            return bearer(credentials.trim()).map(Some);
        }
        if scheme.eq_ignore_ascii_case("Basic") {
            return self.basic(credentials.trim()).map(Some);
        }
        // Other schemes are left to plug-ins, so the request goes on as anonymous.
        Ok(None)
    }

    fn basic(&self, credentials: &str) -> Result<&'static Person, Reply> {
        let decoded = STANDARD.decode(credentials).unwrap_or_default();
        let decoded = String::from_utf8_lossy(&decoded);
        let (login, password) = decoded.split_once(':').unwrap_or((&decoded, ""));
        // A login nobody has is refused without being counted: there is no user to protect.
        let person = people::by_login(login).ok_or_else(wrong_password)?;
        let mut failures = self.failures.lock().unwrap_or_else(PoisonError::into_inner);
        let count = failures.entry(person.login).or_default();
        if *count >= ALLOWED_FAILURES {
            return Err(self.captcha());
        }
        if person.password == password {
            *count = 0;
            Ok(person)
        } else {
            *count += 1;
            Err(wrong_password())
        }
    }

    fn captcha(&self) -> Reply {
        Reply::html(
            403,
            "Forbidden",
            "Encountered a <code>\"403 - Forbidden\"</code> error while loading this page. \
             Basic Authentication Failure - Reason : AUTHENTICATION_DENIED",
        )
        .with("X-Seraph-LoginReason", "AUTHENTICATION_DENIED")
        .with(
            "X-Authentication-Denied-Reason",
            format!("CAPTCHA_CHALLENGE; login-url={}", self.login_page),
        )
    }
}

fn bearer(token: &str) -> Result<&'static Person, Reply> {
    PEOPLE
        .iter()
        .find(|person| person.token == token)
        .ok_or_else(|| {
            Reply::json(
                401,
                &json!({
                    "message": "Client must be authenticated to access this resource.",
                    "status-code": 401,
                }),
            )
        })
}

fn wrong_password() -> Reply {
    Reply::html(
        401,
        "Unauthorized",
        "Encountered a <code>\"401 - Unauthorized\"</code> error while loading this page. \
         Basic Authentication Failure - Reason : AUTHENTICATED_FAILED",
    )
    .with("X-Seraph-LoginReason", "AUTHENTICATED_FAILED")
    .with("WWW-Authenticate", "Basic realm=\"Protected\"")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn basic(login: &str, password: &str) -> String {
        format!("Basic {}", STANDARD.encode(format!("{login}:{password}")))
    }

    fn status(gate: &Gate, header: &str) -> u16 {
        gate.admit(Some(header))
            .map_or_else(|reply| reply.status, |_| 200)
    }

    #[test]
    fn the_fourth_try_meets_the_captcha_even_with_the_right_password() {
        let gate = Gate::new("http://localhost");
        for _ in 0..3 {
            assert_eq!(status(&gate, &basic("demo", "wrong")), 401);
        }
        assert_eq!(status(&gate, &basic("demo", "demo")), 403);
        assert_eq!(status(&gate, &basic("mfenwick", "mfenwick-password")), 200);
    }

    #[test]
    fn a_success_forgives_earlier_failures() {
        let gate = Gate::new("http://localhost");
        for _ in 0..5 {
            assert_eq!(status(&gate, &basic("demo", "wrong")), 401);
            assert_eq!(status(&gate, &basic("demo", "demo")), 200);
        }
    }

    #[test]
    fn a_token_is_a_login_and_a_wrong_one_is_refused() {
        let gate = Gate::new("http://localhost");
        assert_eq!(
            status(&gate, &format!("Bearer {}", crate::sandbox::TOKEN)),
            200
        );
        assert_eq!(status(&gate, "Bearer nonsense"), 401);
    }
}

//! Who asks: Basic and Bearer credentials, and the CAPTCHA that failed logins bring.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use chrono::{DateTime, Utc};
use serde_json::json;

use crate::sandbox::exchange::Reply;
use crate::sandbox::people::{self, PEOPLE, Person};

/// How many failures a user has before the CAPTCHA is asked for.
const ALLOWED_FAILURES: u32 = 3;

/// The login layer of one product; it remembers logins and failures until the sandbox stops.
pub(super) struct Gate {
    login_page: String,
    logins: Mutex<BTreeMap<&'static str, Logins>>,
    /// Who is logged in with which cookie.
    sessions: Mutex<BTreeMap<String, &'static Person>>,
}

/// The logins of one user.
#[derive(Clone, Debug, Default)]
pub(super) struct Logins {
    /// Failures since the last success; the CAPTCHA counts these.
    failures: u32,
    /// All failures.
    pub(super) failed: u32,
    /// All successes.
    pub(super) succeeded: u32,
    pub(super) last_failure: Option<DateTime<Utc>>,
    /// The success before the present one.
    pub(super) previous: Option<DateTime<Utc>>,
    last: Option<DateTime<Utc>>,
}

/// Why name and password let nobody in.
pub(super) enum Failure {
    /// They do not belong together.
    Wrong,
    /// There were too many failures, so a CAPTCHA has to be solved in a browser first.
    Captcha,
}

impl Gate {
    /// A gate without failures, for the site at `base`.
    pub(super) fn new(base: &str) -> Gate {
        Gate {
            login_page: format!("{base}/login.jsp"),
            logins: Mutex::default(),
            sessions: Mutex::default(),
        }
    }

    /// Says who sends this `Authorization` header or session cookie, or refuses.
    ///
    /// The header counts more; with a session that has ended the request is anonymous.
    pub(super) fn admit(
        &self,
        header: Option<&str>,
        session: Option<&str>,
    ) -> Result<Option<&'static Person>, Reply> {
        let Some((scheme, credentials)) = header.and_then(|header| header.trim().split_once(' '))
        else {
            return Ok(session.and_then(|session| self.in_session(session)));
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
        self.check(login, password)
            .map_err(|failure| match failure {
                Failure::Wrong => wrong_password(),
                Failure::Captcha => self.captcha(),
            })
    }

    /// Compares name and password and counts how it went.
    pub(super) fn check(&self, login: &str, password: &str) -> Result<&'static Person, Failure> {
        // A login nobody has is refused without being counted: there is no user to protect.
        let person = people::by_login(login).ok_or(Failure::Wrong)?;
        let mut logins = self.logins.lock().unwrap_or_else(PoisonError::into_inner);
        let logins = logins.entry(person.login).or_default();
        if logins.failures >= ALLOWED_FAILURES {
            return Err(Failure::Captcha);
        }
        if person.password == password {
            logins.failures = 0;
            logins.succeeded += 1;
            logins.previous = logins.last.replace(Utc::now());
            Ok(person)
        } else {
            logins.failures += 1;
            logins.failed += 1;
            logins.last_failure = Some(Utc::now());
            Err(Failure::Wrong)
        }
    }

    /// The logins of someone so far.
    pub(super) fn logins(&self, person: &Person) -> Logins {
        let logins = self.logins.lock().unwrap_or_else(PoisonError::into_inner);
        logins.get(person.login).cloned().unwrap_or_default()
    }

    /// Starts a session and gives the value of its cookie.
    pub(super) fn begin_session(&self, person: &'static Person) -> String {
        let cookie = format!("{:032X}", fastrand::u128(..));
        let mut sessions = self.sessions.lock().unwrap_or_else(PoisonError::into_inner);
        sessions.insert(cookie.clone(), person);
        cookie
    }

    /// Ends a session.
    pub(super) fn end_session(&self, cookie: &str) {
        let mut sessions = self.sessions.lock().unwrap_or_else(PoisonError::into_inner);
        sessions.remove(cookie);
    }

    fn in_session(&self, cookie: &str) -> Option<&'static Person> {
        let sessions = self.sessions.lock().unwrap_or_else(PoisonError::into_inner);
        sessions.get(cookie).copied()
    }

    fn captcha(&self) -> Reply {
        self.denied(Reply::html(
            403,
            "Forbidden",
            "Encountered a <code>\"403 - Forbidden\"</code> error while loading this page. \
             Basic Authentication Failure - Reason : AUTHENTICATION_DENIED",
        ))
    }

    /// The same answer with the headers that ask for a CAPTCHA.
    pub(super) fn denied(&self, reply: Reply) -> Reply {
        reply
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
        gate.admit(Some(header), None)
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

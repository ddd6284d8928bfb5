//! Sessions of Jira: logging in for a cookie, asking who is logged in, logging out.

use chrono::{DateTime, Utc};
use serde_json::{Value, json};

use crate::sandbox::exchange::{Call, Reply};
use crate::sandbox::login::{Failure, Gate};
use crate::sandbox::people::Person;

/// The name of the cookie.
pub(super) const COOKIE: &str = "JSESSIONID";

/// Answers below `/rest/auth/1`; everything else is left to others.
pub(super) fn answer(gate: &Gate, call: &Call) -> Option<Reply> {
    let route = call.route();
    let ["rest", "auth", "1" | "latest", resource @ ..] = route.as_slice() else {
        return None;
    };
    Some(match (call.method.as_str(), resource) {
        ("GET", ["session"]) => match call.caller {
            Some(person) => Reply::json(
                200,
                &json!({
                    "self": format!("{}/rest/api/latest/user?username={}", call.base, person.login),
                    "name": person.login,
                    "loginInfo": login_info(gate, person),
                }),
            ),
            None => nobody(),
        },
        ("POST", ["session"]) => log_in(gate, call),
        ("DELETE", ["session"]) => match (call.caller, &call.session) {
            (Some(_), Some(cookie)) => {
                gate.end_session(cookie);
                Reply::empty(204)
            }
            (Some(_), None) => Reply::empty(204),
            (None, _) => nobody(),
        },
        ("DELETE", ["websudo"]) if call.caller.is_some() => Reply::empty(204),
        ("DELETE", ["websudo"]) => nobody(),
        (_, ["session" | "websudo"]) => Reply::unknown_method(call),
        _ => Reply::unknown_path(call),
    })
}

fn log_in(gate: &Gate, call: &Call) -> Reply {
    let body = match call.json() {
        Ok(body) => body,
        Err(problem) => return refusal(400, &problem),
    };
    let text = |name: &str| body.get(name).and_then(Value::as_str).unwrap_or_default();
    match gate.check(text("username"), text("password")) {
        Ok(person) => {
            let cookie = gate.begin_session(person);
            let path = call.base.rsplit('/').next().unwrap_or_default();
            Reply::json(
                200,
                &json!({
                    "session": {"name": COOKIE, "value": cookie},
                    "loginInfo": login_info(gate, person),
                }),
            )
            .with(
                "Set-Cookie",
                format!("{COOKIE}={cookie}; Path=/{path}; HttpOnly"),
            )
        }
        Err(Failure::Wrong) => {
            refusal(401, "Login failed").with("X-Seraph-LoginReason", "AUTHENTICATED_FAILED")
        }
        Err(Failure::Captcha) => gate.denied(refusal(403, "Login denied")),
    }
}

/// Moments that never were are left out.
fn login_info(gate: &Gate, person: &Person) -> Value {
    let logins = gate.logins(person);
    let mut info = json!({"failedLoginCount": logins.failed, "loginCount": logins.succeeded});
    if let Some(map) = info.as_object_mut() {
        for (name, moment) in [
            ("lastFailedLoginTime", logins.last_failure),
            ("previousLoginTime", logins.previous),
        ] {
            if let Some(moment) = moment {
                map.insert(name.to_owned(), json!(time(moment)));
            }
        }
    }
    info
}

fn time(moment: DateTime<Utc>) -> String {
    moment.format("%Y-%m-%dT%H:%M:%S%.3f+0000").to_string()
}

fn nobody() -> Reply {
    refusal(
        401,
        "You are not authenticated. Authentication required to perform this operation.",
    )
}

fn refusal(status: u16, message: &str) -> Reply {
    Reply::json(status, &json!({"errorMessages": [message], "errors": {}}))
}

/// The value of the session cookie in a `Cookie` header.
pub(super) fn cookie(header: &str) -> Option<String> {
    header
        .split(';')
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(name, _)| *name == COOKIE)
        .map(|(_, value)| value.trim_matches('"').to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ask(gate: &Gate, method: &str, body: &str, session: Option<&str>) -> Reply {
        let call = Call {
            caller: gate.admit(None, session).ok().flatten(),
            session: session.map(str::to_owned),
            ..Call::example(method, "/rest/auth/1/session", body)
        };
        answer(gate, &call).unwrap()
    }

    #[test]
    fn a_session_lasts_until_it_is_ended() {
        let gate = Gate::new("http://localhost/jira");
        let reply = ask(
            &gate,
            "POST",
            r#"{"username":"demo","password":"demo"}"#,
            None,
        );
        let body: Value = serde_json::from_slice(&reply.body).unwrap();
        let value = body["session"]["value"].as_str().unwrap();
        assert_eq!(
            cookie(&format!("a=b; {COOKIE}={value}")).as_deref(),
            Some(value)
        );
        assert_eq!(ask(&gate, "GET", "", Some(value)).status, 200);
        assert_eq!(ask(&gate, "DELETE", "", Some(value)).status, 204);
        assert_eq!(ask(&gate, "GET", "", Some(value)).status, 401);
    }

    #[test]
    fn wrong_passwords_count_towards_the_captcha() {
        let gate = Gate::new("http://localhost/jira");
        let wrong = r#"{"username":"demo","password":"x"}"#;
        for status in [401, 401, 401, 403] {
            assert_eq!(ask(&gate, "POST", wrong, None).status, status);
        }
    }
}

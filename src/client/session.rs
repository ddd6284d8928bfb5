//! A login that is a cookie: opened with the first request, renewed once when it has ended.
//!
//! `POST /rest/auth/1/session` of Jira. Confluence has no such operation.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use bytes::Bytes;
use reqwest::{
    Response, StatusCode,
    header::{ACCEPT, CONTENT_TYPE, COOKIE, HeaderMap, HeaderValue, SET_COOKIE},
};
use secrecy::{ExposeSecret, SecretString};
use serde_json::{Value, json};
use tokio::sync::Mutex;

use crate::client::{
    messages, retry,
    send::{self, Instead, JSON, XSRF},
};

/// How long a refused login stands for those that would follow: each would count against the user,
/// until a CAPTCHA keeps them out.
const PATIENCE: Duration = Duration::from_secs(60);

/// Whose session it is, and how it stands, which all clients of a site share.
#[derive(Debug, Clone)]
pub(super) struct Session {
    username: String,
    password: SecretString,
    state: Arc<Mutex<State>>,
}

/// How a session stands.
#[derive(Debug, Default)]
enum State {
    /// There was no login yet, or what it opened has ended.
    #[default]
    Closed,
    /// The cookie, marked sensitive, so that it is not shown.
    Open(HeaderValue),
    /// The server did not accept the password.
    Refused {
        at: Instant,
        status: StatusCode,
        headers: HeaderMap,
    },
}

/// What came of a login.
pub(super) enum Login {
    /// The cookie to send.
    Open(HeaderValue),
    /// The server's refusal, which stands for the answer to the request that needed the login.
    Refused(Box<Response>),
}

impl Session {
    pub(super) fn new(username: String, password: SecretString) -> Self {
        Self {
            username,
            password,
            state: Arc::default(),
        }
    }

    /// The cookie of the open session, or of a new one where the open one is the `ended` one or
    /// there is none. Requests that find the session ended at the same time log in once, so none
    /// may hold the others up beyond its deadline.
    pub(super) async fn cookie(
        &self,
        pool: &reqwest::Client,
        base_url: &str,
        headers: &HeaderMap,
        ended: Option<&HeaderValue>,
        deadline: Instant,
    ) -> reqwest::Result<Login> {
        let mut state = self.state.lock().await;
        match &*state {
            State::Open(cookie) if Some(cookie) != ended => {
                return Ok(Login::Open(cookie.clone()));
            }
            State::Refused {
                at,
                status,
                headers,
            } if at.elapsed() < PATIENCE => {
                let refusal = send::rebuilt(*status, headers.clone(), Bytes::new());
                return Ok(Login::Refused(Box::new(refusal)));
            }
            _ => *state = State::Closed,
        }
        let (name, value) = XSRF;
        let credentials = json!({
            "username": self.username,
            "password": self.password.expose_secret(),
        });
        let response = pool
            .post(format!("{base_url}/rest/auth/1/session"))
            .headers(headers.clone())
            .header(name, value)
            .header(ACCEPT, JSON)
            .header(CONTENT_TYPE, JSON)
            .body(credentials.to_string())
            .timeout(retry::left(deadline))
            .send()
            .await?;
        if matches!(
            response.status(),
            StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN
        ) {
            *state = State::Refused {
                at: Instant::now(),
                status: response.status(),
                headers: response.headers().clone(),
            };
        }
        if !response.status().is_success() {
            return Ok(Login::Refused(Box::new(response)));
        }
        let set = response.headers().clone();
        let body = response.bytes().await?;
        let Some(opened) = opened(&set, &body) else {
            // A success without a session comes from something before Jira; it must not pass for a
            // success of the request that needed the login.
            let reason = if messages::is_web_page(&body) {
                Instead::WebPage
            } else {
                Instead::NoSession
            };
            return Ok(Login::Refused(Box::new(reason.response())));
        };
        *state = State::Open(opened.clone());
        Ok(Login::Open(opened))
    }

    /// Lets the next request log in, if this is still the cookie of the session.
    pub(super) async fn end(&self, ended: &HeaderValue) {
        let mut state = self.state.lock().await;
        if matches!(&*state, State::Open(cookie) if cookie == ended) {
            *state = State::Closed;
        }
    }
}

/// The cookies of an answer to a login, those of a proxy or a load balancer among them.
fn opened(headers: &HeaderMap, body: &[u8]) -> Option<HeaderValue> {
    let body: Value = serde_json::from_slice(body).ok()?;
    let text = |key: &str| body.get("session")?.get(key)?.as_str();
    let session = format!("{}={}", text("name")?, text("value")?);
    let mut cookies = vec![session];
    for cookie in headers.get_all(SET_COOKIE) {
        let pair = cookie.to_str().ok()?.split(';').next()?.trim().to_owned();
        if pair.contains('=') && !cookies.contains(&pair) {
            cookies.push(pair);
        }
    }
    let mut value = HeaderValue::from_str(&cookies.join("; ")).ok()?;
    value.set_sensitive(true);
    Some(value)
}

/// Adds a cookie to those that a request has.
pub(super) fn add(headers: &mut HeaderMap, cookie: &HeaderValue) {
    let joined = headers.get(COOKIE).and_then(|others| {
        let joined = [others.as_bytes(), b"; ", cookie.as_bytes()].concat();
        HeaderValue::from_bytes(&joined).ok()
    });
    let mut value = joined.unwrap_or_else(|| cookie.clone());
    value.set_sensitive(true);
    headers.insert(COOKIE, value);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_cookies_of_a_login_are_the_session_and_what_else_was_set() {
        let mut headers = HeaderMap::new();
        for cookie in ["JSESSIONID=6E3487; Path=/; HttpOnly", "route=a1; Secure"] {
            headers.append(SET_COOKIE, HeaderValue::from_static(cookie));
        }
        let body = br#"{"session": {"name": "JSESSIONID", "value": "6E3487"}}"#;
        assert_eq!(
            opened(&headers, body).unwrap(),
            "JSESSIONID=6E3487; route=a1"
        );
        assert_eq!(opened(&headers, b"<html>"), None);
    }

    #[test]
    fn a_cookie_of_a_proxy_is_kept_beside_the_session() {
        let mut headers = HeaderMap::new();
        add(&mut headers, &HeaderValue::from_static("a=1"));
        add(&mut headers, &HeaderValue::from_static("b=2"));
        assert_eq!(headers[COOKIE], "a=1; b=2");
    }
}

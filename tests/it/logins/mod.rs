//! Logins by session, by certificate and by header.

mod certificate;
mod headers;
mod refused;
mod session;

use std::time::Duration;

use atlassian_bridge::{
    api::jira,
    client::{self, ApiError, ApiErrorKind},
    config::{Credentials, Header, SiteSettings},
};

use crate::{
    client::SECRET,
    site::{Reply, Site, answer, header, json},
};

const LOGIN: &str = "POST /base/rest/auth/1/session HTTP/1.1";
const READ: &str = "GET /base/rest/api/2/serverInfo HTTP/1.1";
const SERVER: &str = r#"{"version": "8.5.1"}"#;

fn credentials() -> Credentials {
    Credentials::Session {
        username: "bob".to_owned(),
        password: SECRET.into(),
    }
}

/// Settings of a site that wants a session.
fn settings(site: &Site) -> SiteSettings {
    SiteSettings {
        credentials: credentials(),
        ..SiteSettings::new(site.url.parse().unwrap())
    }
}

fn jira(site: &Site) -> jira::Client {
    client::Site::new(settings(site)).jira().unwrap()
}

async fn read(client: &jira::Client) -> Result<Option<String>, ApiError> {
    let server = client::ask(client.get_server_info().send()).await?;
    Ok(server.version)
}

async fn write(client: &jira::Client) -> Result<(), ApiError> {
    client::ask(client.delete_issue().issue_id_or_key("DEMO-1").send()).await
}

/// The answer to a login: a session with this value, and a cookie of a load balancer.
fn session(value: &str) -> Reply {
    let headers = format!(
        "content-type: application/json\r\nset-cookie: JSESSIONID={value}; Path=/; HttpOnly\r\n\
         set-cookie: route=a; Secure"
    );
    let body = format!(r#"{{"session": {{"name": "JSESSIONID", "value": "{value}"}}}}"#);
    answer(200, &headers, body)
}

/// An answer to a read that is for this user.
fn server_for(user: &str) -> Reply {
    let headers = format!("content-type: application/json\r\nX-AUSERNAME: {user}");
    answer(200, &headers, SERVER)
}

/// The cookies of each request.
fn cookies(site: &Site) -> Vec<String> {
    let requests = site.requests();
    requests
        .iter()
        .map(|request| header(request, "cookie").join(" and "))
        .collect()
}

//! The HTTP server: context paths, login, latency, and the count of what came in.

use std::collections::VecDeque;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::response::Response;
use axum::serve::ListenerExt as _;
use chrono::Utc;
use serde_json::json;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

use crate::sandbox::Options;
use crate::sandbox::confluence::{self, Confluence};
use crate::sandbox::exchange::{Call, Reply, decode, parameters};
use crate::sandbox::jira::{self, Jira};
use crate::sandbox::login::Gate;
use crate::sandbox::{multipart, session};

/// How many requests are remembered.
const REMEMBERED_REQUESTS: usize = 10_000;
/// The largest body that is read; the limits on single files are lower and belong to the products.
const MAXIMUM_BODY: usize = 64 * 1024 * 1024;

/// Everything the server knows.
pub(super) struct World {
    jira: Jira,
    jira_gate: Gate,
    jira_url: String,
    confluence: Confluence,
    confluence_gate: Gate,
    confluence_url: String,
    latency: Duration,
    /// What came in so far; its own `Arc` lets the listener count connections.
    pub(super) traffic: Arc<Traffic>,
}

/// What came in so far.
#[derive(Default)]
pub(super) struct Traffic {
    log: Mutex<VecDeque<String>>,
    total: AtomicUsize,
    connections: AtomicUsize,
    abandoned: AtomicUsize,
}

impl Traffic {
    /// The last requests in order.
    pub(super) fn requests(&self) -> Vec<String> {
        let log = self.log.lock().unwrap_or_else(PoisonError::into_inner);
        log.iter().cloned().collect()
    }

    /// How many connections were accepted.
    pub(super) fn connections(&self) -> usize {
        self.connections.load(Ordering::Relaxed)
    }

    /// How many requests were given up by their client.
    pub(super) fn abandoned(&self) -> usize {
        self.abandoned.load(Ordering::Relaxed)
    }

    fn record(&self, line: String) {
        self.total.fetch_add(1, Ordering::Relaxed);
        let mut log = self.log.lock().unwrap_or_else(PoisonError::into_inner);
        if log.len() == REMEMBERED_REQUESTS {
            log.pop_front();
        }
        log.push_back(line);
    }
}

/// Counts a request as abandoned unless it was finished first.
struct Pending<'a> {
    traffic: &'a Traffic,
    finished: bool,
}

impl Drop for Pending<'_> {
    fn drop(&mut self) {
        if !self.finished {
            self.traffic.abandoned.fetch_add(1, Ordering::Relaxed);
        }
    }
}

/// Which product a path belongs to.
#[derive(Clone, Copy)]
enum Product {
    Jira,
    Confluence,
}

/// Binds the port and serves in the background.
pub(super) async fn start(
    options: &Options,
) -> std::io::Result<(SocketAddr, Arc<World>, JoinHandle<std::io::Result<()>>)> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, options.port)).await?;
    let address = listener.local_addr()?;
    let jira_url = format!("http://{address}/jira");
    let confluence_url = format!("http://{address}/confluence");
    let traffic = Arc::new(Traffic::default());
    let world = Arc::new(World {
        jira: Jira::with_sample_data()?,
        jira_gate: Gate::new(&jira_url),
        jira_url,
        confluence: Confluence::with_sample_data()?,
        confluence_gate: Gate::new(&confluence_url),
        confluence_url,
        latency: options.latency,
        traffic: Arc::clone(&traffic),
    });
    let listener = listener.tap_io(move |stream| {
        traffic.connections.fetch_add(1, Ordering::Relaxed);
        // Without this, small answers wait for the client's delayed acknowledgement; a stream
        // that refuses the option still works.
        let _ = stream.set_nodelay(true);
    });
    let router = Router::new().fallback(serve).with_state(Arc::clone(&world));
    let task = tokio::spawn(async move { axum::serve(listener, router).await });
    Ok((address, world, task))
}

async fn serve(State(world): State<Arc<World>>, request: Request) -> Response {
    let path = request.uri().path().to_owned();
    if path == "/" || path == "/sandbox/stats" {
        return respond(about(&world, &path));
    }
    let target = request
        .uri()
        .path_and_query()
        .map_or_else(|| path.clone(), ToString::to_string);
    world
        .traffic
        .record(format!("{} {target}", request.method()));
    let mut pending = Pending {
        traffic: &world.traffic,
        finished: false,
    };
    let reply = handle(&world, request, &path).await;
    pending.finished = true;
    respond(reply)
}

async fn handle(world: &World, request: Request, path: &str) -> Reply {
    let (head, body) = request.into_parts();
    let body = match axum::body::to_bytes(body, MAXIMUM_BODY).await {
        Ok(body) => body.to_vec(),
        Err(error) => return Reply::text(413, "text/plain", error.to_string()),
    };
    if !world.latency.is_zero() {
        tokio::time::sleep(world.latency).await;
    }
    let (product, gate, base, inner) = if let Some(inner) = below(path, "/jira") {
        (Product::Jira, &world.jira_gate, &world.jira_url, inner)
    } else if let Some(inner) = below(path, "/confluence") {
        let gate = &world.confluence_gate;
        (Product::Confluence, gate, &world.confluence_url, inner)
    } else {
        return Reply::html(
            404,
            "Not Found",
            "The sandbox serves /jira and /confluence.",
        );
    };
    let session = text(&head.headers, &header::COOKIE).and_then(session::cookie);
    let authorization = text(&head.headers, &header::AUTHORIZATION);
    let caller = match gate.admit(authorization, session.as_deref()) {
        Ok(caller) => caller,
        Err(refusal) => return refusal,
    };
    let call = Call {
        // HEAD is answered as GET; the HTTP layer leaves the body out.
        method: match head.method.as_str() {
            "HEAD" => "GET".to_owned(),
            other => other.to_owned(),
        },
        segments: inner
            .split('/')
            .filter(|segment| !segment.is_empty())
            .map(|segment| decode(segment, false))
            .collect(),
        query: parameters(head.uri.query().unwrap_or_default()),
        body,
        content_type: text(&head.headers, &header::CONTENT_TYPE).map(|value| {
            value
                .split(';')
                .next()
                .unwrap_or(value)
                .trim()
                .to_lowercase()
        }),
        boundary: text(&head.headers, &header::CONTENT_TYPE).and_then(multipart::boundary),
        accepts_json: text(&head.headers, &header::ACCEPT)
            .is_some_and(|value| value.contains("application/json")),
        forgery_checked: head
            .headers
            .get("x-atlassian-token")
            .is_some_and(|value| value == "no-check" || value == "nocheck"),
        session,
        base: base.clone(),
        path: inner.to_owned(),
        caller,
        now: Utc::now(),
    };
    let takes_form = match product {
        Product::Jira => jira::takes_form(&call),
        Product::Confluence => confluence::takes_form(&call),
    };
    let reply = check_body(&call, takes_form).unwrap_or_else(|| match product {
        Product::Jira => session::answer(gate, &call).unwrap_or_else(|| world.jira.answer(&call)),
        Product::Confluence => world.confluence.answer(&call),
    });
    let login = caller.map_or("anonymous", |person| person.login);
    let told = reply
        .headers
        .iter()
        .any(|(name, _)| *name == "X-Seraph-LoginReason");
    let reason = if caller.is_some() { "OK" } else { "OUT" };
    let reply = if told {
        reply
    } else {
        reply.with("X-Seraph-LoginReason", reason)
    };
    reply
        .with("X-AUSERNAME", login)
        .with("Cache-Control", "no-cache, no-store, no-transform")
        .with("X-Content-Type-Options", "nosniff")
}

/// Refuses a write whose body no resource could read; `takes_form` says that it reads no JSON.
fn check_body(call: &Call, takes_form: bool) -> Option<Reply> {
    if call.method != "POST" && call.method != "PUT" {
        return None;
    }
    let content_type = call.content_type.as_deref().unwrap_or_default();
    // A page elsewhere could make a browser send these without asking.
    let like_a_form = matches!(
        content_type,
        "multipart/form-data" | "application/x-www-form-urlencoded" | "text/plain"
    );
    if like_a_form && !call.forgery_checked {
        return Some(Reply::text(
            403,
            "text/html;charset=UTF-8",
            "XSRF check failed",
        ));
    }
    let readable = match content_type {
        "" => call.body.is_empty(),
        "application/json" => !takes_form,
        _ => takes_form && (like_a_form || content_type.starts_with("image/")),
    };
    (!readable).then(|| Reply::no_resource(call, 415, "HTTP 415 Unsupported Media Type"))
}

/// The rest of a path below a context path.
fn below<'a>(path: &'a str, context: &str) -> Option<&'a str> {
    path.strip_prefix(context)
        .filter(|rest| rest.is_empty() || rest.starts_with('/'))
}

fn about(world: &World, path: &str) -> Reply {
    if path == "/" {
        return Reply::text(
            200,
            "text/plain;charset=UTF-8",
            "A sandbox with an invented Jira Server 8 at /jira and Confluence Server 6 at /confluence.\n",
        );
    }
    let traffic = &world.traffic;
    Reply::json(
        200,
        &json!({
            "requests": traffic.total.load(Ordering::Relaxed),
            "connections": traffic.connections(),
            "abandoned": traffic.abandoned(),
        }),
    )
}

fn text<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Option<&'a str> {
    headers.get(name).and_then(|value| value.to_str().ok())
}

fn respond(reply: Reply) -> Response {
    let mut response = Response::new(Body::from(reply.body));
    *response.status_mut() =
        StatusCode::from_u16(reply.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let headers = response.headers_mut();
    if let Some(content_type) = reply.content_type {
        // A client may have stored a file under a media type that fits into no header.
        let content_type = HeaderValue::from_str(&content_type)
            .unwrap_or(HeaderValue::from_static("application/octet-stream"));
        headers.insert(header::CONTENT_TYPE, content_type);
    }
    for (name, value) in reply.headers {
        if let (Ok(name), Ok(value)) = (
            HeaderName::from_bytes(name.as_bytes()),
            HeaderValue::from_str(&value),
        ) {
            headers.insert(name, value);
        }
    }
    response
}

#[cfg(test)]
mod tests {
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
    use tokio::net::TcpStream;

    use super::*;

    /// Sends a request as it goes over the wire and gives the whole answer.
    async fn send(address: SocketAddr, line: &str, headers: &str, body: &str) -> String {
        let mut stream = TcpStream::connect(address).await.unwrap();
        let length = body.len();
        let request = format!(
            "{line} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n{headers}\
             Content-Length: {length}\r\n\r\n{body}"
        );
        stream.write_all(request.as_bytes()).await.unwrap();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).await.unwrap();
        String::from_utf8_lossy(&answer).to_lowercase()
    }

    #[tokio::test]
    async fn a_file_travels_both_ways_within_a_session() {
        let (address, _world, task) = start(&Options::default()).await.unwrap();
        let json = "Content-Type: application/json\r\n";
        let login = r#"{"username":"demo","password":"demo"}"#;
        let answer = send(address, "POST /jira/rest/auth/1/session", json, login).await;
        let (_, cookie) = answer.split_once("set-cookie: jsessionid=").unwrap();
        let cookie = cookie.split(';').next().unwrap().to_uppercase();
        let cookie = format!("Cookie: JSESSIONID={cookie}\r\n");

        let target = "POST /jira/rest/api/2/issue/DEMO-1/attachments";
        let form = format!("{cookie}Content-Type: multipart/form-data; boundary=x\r\n");
        let body = "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a b.txt\"\r\n\
                    Content-Type: text/plain\r\n\r\nhello\r\n--x--\r\n";
        let answer = send(address, target, &form, body).await;
        assert!(answer.starts_with("http/1.1 403") && answer.ends_with("xsrf check failed"));
        let checked = format!("{form}X-Atlassian-Token: no-check\r\n");
        let answer = send(address, target, &checked, body).await;
        assert!(answer.starts_with("http/1.1 200"), "{answer}");
        let (_, url) = answer.split_once("/secure/attachment/").unwrap();
        let id = url.split('/').next().unwrap();

        let target = format!("GET /jira/secure/attachment/{id}/a+b.txt");
        let answer = send(address, &target, &cookie, "").await;
        assert!(answer.contains("\r\ncontent-length: 5\r\n"), "{answer}");
        assert!(answer.contains("content-disposition: attachment; filename=\"a b.txt\""));
        assert!(answer.ends_with("\r\n\r\nhello"));
        let answer = send(address, &target, "", "").await;
        assert!(answer.starts_with("http/1.1 302"), "{answer}");

        let plain = format!("{cookie}Content-Type: text/plain\r\nX-Atlassian-Token: no-check\r\n");
        let answer = send(address, "POST /jira/rest/api/2/issue", &plain, "{}").await;
        assert!(answer.starts_with("http/1.1 415"), "{answer}");
        task.abort();
    }
}

//! A scripted site: a loopback server that answers each request with the next reply.

use std::{
    sync::{Arc, Mutex},
    time::Duration,
};

use rcgen::{CertifiedKey, generate_simple_self_signed};
use tokio::{
    io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt},
    net::TcpListener,
    sync::watch,
    time::timeout,
};
use tokio_rustls::{
    TlsAcceptor,
    rustls::{self, pki_types::PrivatePkcs8KeyDer},
};

/// What the site does with a request.
pub enum Reply {
    /// Sends these bytes and closes.
    Bytes(Vec<u8>),
    /// Closes without an answer.
    Hangup,
    /// Never answers.
    Silence,
}

/// A JSON answer.
pub fn json(status: u16, body: &str) -> Reply {
    answer(status, "content-type: application/json", body)
}

/// Any answer, with header lines of its own.
pub fn answer(status: u16, headers: &str, body: impl AsRef<[u8]>) -> Reply {
    let body = body.as_ref();
    let length = body.len();
    let head = format!(
        "HTTP/1.1 {status} x\r\n{headers}\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n"
    );
    Reply::Bytes([head.as_bytes(), body].concat())
}

/// A host that no resolver finds, and that none has to ask the network for: its first label is
/// longer than a label can be.
pub fn no_host() -> String {
    format!("{}.invalid", "a".repeat(64))
}

/// The running site. The last reply is repeated.
pub struct Site {
    pub url: String,
    script: Script,
}

/// What the site's tasks share.
#[derive(Clone)]
struct Script {
    replies: Arc<Vec<Reply>>,
    requests: Arc<Mutex<Vec<String>>>,
    received: watch::Sender<usize>,
    hung_up: watch::Sender<usize>,
}

impl Site {
    pub async fn start(replies: Vec<Reply>) -> Self {
        Self::run(replies, "http", None).await
    }

    /// A site with TLS and a certificate that nobody knows; the certificate comes along as PEM.
    pub async fn start_with_tls(replies: Vec<Reply>) -> (Self, String) {
        let CertifiedKey { cert, signing_key } =
            generate_simple_self_signed(["127.0.0.1".to_owned()]).unwrap();
        let key = PrivatePkcs8KeyDer::from(signing_key.serialize_der());
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let config = rustls::ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(vec![cert.der().clone()], key.into())
            .unwrap();
        let acceptor = TlsAcceptor::from(Arc::new(config));
        (
            Self::run(replies, "https", Some(acceptor)).await,
            cert.pem(),
        )
    }

    async fn run(replies: Vec<Reply>, scheme: &str, tls: Option<TlsAcceptor>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("{scheme}://{}/base", listener.local_addr().unwrap());
        let script = Script {
            replies: Arc::new(replies),
            requests: Arc::default(),
            received: watch::Sender::new(0),
            hung_up: watch::Sender::new(0),
        };
        let shared = script.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let (script, tls) = (shared.clone(), tls.clone());
                tokio::spawn(async move {
                    match tls {
                        None => serve(stream, script).await,
                        // A client that does not trust us hangs up.
                        Some(tls) => {
                            if let Ok(stream) = tls.accept(stream).await {
                                serve(stream, script).await;
                            }
                        }
                    }
                });
            }
        });
        Self { url, script }
    }

    /// The requests so far: head and body as they came.
    pub fn requests(&self) -> Vec<String> {
        self.script.requests.lock().unwrap().clone()
    }

    /// Waits until so many requests have come.
    pub async fn receives(&self, count: usize) {
        reaches(&self.script.received, count).await;
    }

    /// Waits until so many clients went away while they were waiting for an answer.
    pub async fn sees_hang_ups(&self, count: usize) {
        reaches(&self.script.hung_up, count).await;
    }

    /// The first lines of the requests so far.
    pub fn lines(&self) -> Vec<String> {
        let requests = self.requests();
        requests
            .iter()
            .map(|request| request.lines().next().unwrap().to_owned())
            .collect()
    }
}

async fn serve(mut stream: impl AsyncRead + AsyncWrite + Unpin, script: Script) {
    let Some(request) = read(&mut stream).await else {
        return;
    };
    let index = {
        let mut requests = script.requests.lock().unwrap();
        requests.push(request);
        (requests.len() - 1).min(script.replies.len() - 1)
    };
    script.received.send_modify(|count| *count += 1);
    match &script.replies[index] {
        Reply::Bytes(bytes) => {
            // A client may have read enough before the end.
            if stream.write_all(bytes).await.is_err() {
                return;
            }
            stream.shutdown().await.unwrap();
        }
        Reply::Hangup => {}
        Reply::Silence => {
            let mut rest = Vec::new();
            // Returns when the client closes its end, with or without a reset.
            let _ = stream.read_to_end(&mut rest).await;
            script.hung_up.send_modify(|count| *count += 1);
        }
    }
}

async fn read(stream: &mut (impl AsyncRead + Unpin)) -> Option<String> {
    let mut request = Vec::new();
    loop {
        let mut chunk = [0; 4096];
        let got = stream.read(&mut chunk).await.ok()?;
        if got == 0 {
            return None;
        }
        request.extend_from_slice(&chunk[..got]);
        let text = String::from_utf8_lossy(&request).into_owned();
        if let Some((head, body)) = text.split_once("\r\n\r\n") {
            let length = head
                .to_lowercase()
                .lines()
                .find_map(|line| line.strip_prefix("content-length: ")?.parse::<usize>().ok());
            if body.len() >= length.unwrap_or(0) {
                return Some(text);
            }
        }
    }
}

async fn reaches(counter: &watch::Sender<usize>, count: usize) {
    let mut counter = counter.subscribe();
    let reached = timeout(
        Duration::from_secs(10),
        counter.wait_for(|reached| *reached >= count),
    );
    assert!(reached.await.is_ok(), "it does not happen");
}

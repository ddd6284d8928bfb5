//! A scripted site: a loopback server that answers each request with the next reply.

use std::{
    borrow::Cow,
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
    rustls::{
        self, ConfigBuilder,
        pki_types::{CertificateDer, PrivatePkcs8KeyDer},
        server::{WantsServerCert, WebPkiClientVerifier},
    },
};

/// What the site does with a request.
#[derive(Clone)]
pub enum Reply {
    /// Sends these bytes and closes.
    Bytes(Vec<u8>),
    /// Sends these bytes as soon as the head of the request has come; of the body, it takes no notice.
    Early(Vec<u8>),
    /// Sends these bytes and nothing more, but does not close.
    Stall(Vec<u8>),
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

/// An answer in chunks, which does not say how long it is.
pub fn chunked(headers: &str, chunks: &[&str]) -> Reply {
    let mut text = format!(
        "HTTP/1.1 200 x\r\n{headers}\r\ntransfer-encoding: chunked\r\nconnection: close\r\n\r\n"
    );
    for chunk in chunks.iter().chain(&[""]) {
        text.push_str(&format!("{:x}\r\n{chunk}\r\n", chunk.len()));
    }
    Reply::Bytes(text.into())
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
    requests: Arc<Mutex<Vec<Vec<u8>>>>,
    received: watch::Sender<usize>,
    broken_off: watch::Sender<usize>,
    hung_up: watch::Sender<usize>,
}

impl Script {
    fn reply(&self, index: usize) -> &Reply {
        &self.replies[index.min(self.replies.len() - 1)]
    }
}

impl Site {
    pub async fn start(replies: Vec<Reply>) -> Self {
        Self::run(replies, "http", None).await
    }

    /// A site with TLS and a certificate that nobody knows; the certificate comes along as PEM.
    pub async fn start_with_tls(replies: Vec<Reply>) -> (Self, String) {
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let config = rustls::ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth();
        Self::run_with_tls(replies, config).await
    }

    /// The same, for clients that show this certificate.
    pub async fn start_with_tls_for(
        replies: Vec<Reply>,
        client: CertificateDer<'static>,
    ) -> (Self, String) {
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let mut known = rustls::RootCertStore::empty();
        known.add(client).unwrap();
        let verifier =
            WebPkiClientVerifier::builder_with_provider(Arc::new(known), provider.clone())
                .build()
                .unwrap();
        let config = rustls::ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_client_cert_verifier(verifier);
        Self::run_with_tls(replies, config).await
    }

    async fn run_with_tls(
        replies: Vec<Reply>,
        config: ConfigBuilder<rustls::ServerConfig, WantsServerCert>,
    ) -> (Self, String) {
        let CertifiedKey { cert, signing_key } =
            generate_simple_self_signed(["127.0.0.1".to_owned()]).unwrap();
        let key = PrivatePkcs8KeyDer::from(signing_key.serialize_der());
        let config = config
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
            broken_off: watch::Sender::new(0),
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

    /// The whole requests so far: head and body as they came, the body without its chunks.
    pub fn requests(&self) -> Vec<String> {
        let requests = self.script.requests.lock().unwrap();
        let texts = requests
            .iter()
            .map(|request| String::from_utf8_lossy(request));
        texts.map(Cow::into_owned).collect()
    }

    /// The body of a request, byte by byte.
    pub fn body(&self, index: usize) -> Vec<u8> {
        let request = &self.script.requests.lock().unwrap()[index];
        request[position(request, b"\r\n\r\n").unwrap() + 4..].to_vec()
    }

    /// Waits until so many requests have come.
    pub async fn receives(&self, count: usize) {
        reaches(&self.script.received, count).await;
    }

    /// Waits until so many connections ended before a whole request had come.
    pub async fn sees_broken_requests(&self, count: usize) {
        reaches(&self.script.broken_off, count).await;
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

/// The values of a header of a request.
pub fn header<'a>(request: &'a str, name: &str) -> Vec<&'a str> {
    let (head, _) = request.split_once("\r\n\r\n").unwrap();
    let pairs = head.lines().filter_map(|line| line.split_once(": "));
    pairs
        .filter(|(key, _)| key.eq_ignore_ascii_case(name))
        .map(|(_, value)| value)
        .collect()
}

async fn serve(mut stream: impl AsyncRead + AsyncWrite + Unpin, script: Script) {
    let next = script.requests.lock().unwrap().len();
    let is_early = matches!(script.reply(next), Reply::Early(_));
    let Some(request) = read(&mut stream, is_early).await else {
        return script.broken_off.send_modify(|count| *count += 1);
    };
    let index = {
        let mut requests = script.requests.lock().unwrap();
        requests.push(request);
        requests.len() - 1
    };
    script.received.send_modify(|count| *count += 1);
    match script.reply(index) {
        Reply::Bytes(bytes) => {
            // A client may have read enough before the end.
            if stream.write_all(bytes).await.is_ok() {
                let _ = stream.shutdown().await;
            }
        }
        Reply::Hangup => {}
        Reply::Early(bytes) => {
            stream.write_all(bytes).await.unwrap();
            stream.shutdown().await.unwrap();
            hang_up(stream, &script).await;
        }
        Reply::Stall(bytes) => {
            stream.write_all(bytes).await.unwrap();
            stream.flush().await.unwrap();
            hang_up(stream, &script).await;
        }
        Reply::Silence => hang_up(stream, &script).await,
    }
}

/// Waits until the client closes its end, with or without a reset.
async fn hang_up(mut stream: impl AsyncRead + Unpin, script: &Script) {
    let _ = stream.read_to_end(&mut Vec::new()).await;
    script.hung_up.send_modify(|count| *count += 1);
}

/// A whole request, or its head and what comes with it, if the connection does not end before.
async fn read(stream: &mut (impl AsyncRead + Unpin), is_head: bool) -> Option<Vec<u8>> {
    let mut received = Vec::new();
    loop {
        if stream.read_buf(&mut received).await.ok()? == 0 {
            return None;
        }
        let Some(end) = position(&received, b"\r\n\r\n") else {
            continue;
        };
        if is_head {
            return Some(received);
        }
        let (head, body) = received.split_at(end + 4);
        let lines = String::from_utf8_lossy(head).to_lowercase();
        if lines.contains("\r\ntransfer-encoding: chunked\r\n") {
            if let Some(body) = without_chunks(body) {
                return Some([head, &body].concat());
            }
            continue;
        }
        let length = lines
            .lines()
            .find_map(|line| line.strip_prefix("content-length: ")?.parse::<usize>().ok());
        if body.len() >= length.unwrap_or(0) {
            return Some(received);
        }
    }
}

/// The content of a body in chunks, once its last one has come.
fn without_chunks(mut body: &[u8]) -> Option<Vec<u8>> {
    let mut content = Vec::new();
    loop {
        let end = position(body, b"\r\n")?;
        let size = std::str::from_utf8(&body[..end]).unwrap();
        let size = usize::from_str_radix(size, 16).unwrap();
        content.extend_from_slice(body.get(end + 2..end + 2 + size)?);
        body = body.get(end + 2 + size + 2..)?;
        if size == 0 {
            return Some(content);
        }
    }
}

fn position(text: &[u8], part: &[u8]) -> Option<usize> {
    text.windows(part.len()).position(|window| window == part)
}

async fn reaches(counter: &watch::Sender<usize>, count: usize) {
    let mut counter = counter.subscribe();
    let reached = timeout(
        Duration::from_secs(10),
        counter.wait_for(|reached| *reached >= count),
    );
    assert!(reached.await.is_ok(), "it does not happen");
}

//! Measures the release binary as a client sees it: `cargo bench --bench speed`.
//!
//! What is measured, and what came out, is in `benches/README.md`.
#![expect(clippy::print_stdout, reason = "the figures are the output")]

use std::{
    env,
    error::Error,
    fs,
    io::{BufRead, BufReader, Read, Write},
    net::{TcpListener, TcpStream},
    process::{Child, ChildStdin, ChildStdout, Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use atlassian_bridge::views::jira::IssueView;
use serde_json::{Value, json};

type Outcome<T> = Result<T, Box<dyn Error>>;

const BINARY: &str = env!("CARGO_BIN_EXE_atlassian-bridge");
const PAYLOAD: &str = concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/benches/payloads/jira-issue.json"
);

/// An issue of the sandbox with a description, comments and 100 custom fields.
const ISSUE: &str = "INFRA-123";
const CALLS: usize = 1_000;
/// Both sides take turns in blocks of this size, so that other load meets them alike.
const BLOCK: usize = 50;
const STARTS: usize = 20;
const IN_FLIGHT: usize = 32;

fn main() -> Outcome<()> {
    // `cargo test --all-targets` runs this too, where nothing is to be measured.
    if !env::args().any(|argument| argument == "--bench") {
        return Ok(());
    }
    let sandbox = Sandbox::start(0)?;
    starts(&sandbox)?;
    memory(&sandbox)?;
    connections()?;
    latency(&sandbox)?;
    in_flight()
}

fn starts(sandbox: &Sandbox) -> Outcome<()> {
    println!(
        "\n| start to the answer of initialize | median ms | least | most |\n|---|---|---|---|"
    );
    let settings = |_| Bridge::start(&sandbox.jira);
    print_starts("settings name a Jira", settings)?;
    print_starts("--demo", |_| Bridge::demo())
}

fn print_starts(name: &str, start: impl Fn(usize) -> Outcome<Bridge>) -> Outcome<()> {
    let mut times = Times::default();
    for number in 0..STARTS {
        let started = Instant::now();
        let bridge = start(number)?;
        times.add(started);
        drop(bridge);
    }
    let (least, median, most) = (times.at(0.0), times.at(0.5), times.at(1.0));
    println!("| {name} | {median:.1} | {least:.1} | {most:.1} |");
    Ok(())
}

fn memory(sandbox: &Sandbox) -> Outcome<()> {
    println!("\n| resident memory | MB |\n|---|---|");
    let mut bridge = Bridge::start(&sandbox.jira)?;
    println!("| idle after initialize | {:.1} |", bridge.megabytes()?);
    for _ in 0..CALLS {
        bridge.call(&json!({"issue_key": ISSUE}))?;
    }
    println!(
        "| after {CALLS} calls of jira_get_issue | {:.1} |",
        bridge.megabytes()?
    );
    for _ in 0..CALLS {
        bridge.call(&json!({"issue_key": ISSUE, "raw": true}))?;
    }
    println!(
        "| after {CALLS} more with `raw` | {:.1} |",
        bridge.megabytes()?
    );
    Ok(())
}

fn connections() -> Outcome<()> {
    let sandbox = Sandbox::start(0)?;
    let mut bridge = Bridge::start(&sandbox.jira)?;
    for _ in 0..100 {
        bridge.call(&json!({"issue_key": ISSUE}))?;
    }
    let stats = sandbox.stats()?;
    println!("\n100 calls of jira_get_issue in a row, as the sandbox counted them: {stats}");
    Ok(())
}

fn latency(sandbox: &Sandbox) -> Outcome<()> {
    println!(
        "\n| jira_get_issue | answer of Jira, bytes | bridge p50 ms | p95 | bare client p50 ms | p95 | p50 ratio |"
    );
    println!("|---|---|---|---|---|---|---|");
    let fields = format!("?fields={}", IssueView::FIELDS.replace(',', "%2C"));
    let usual = json!({"issue_key": ISSUE});
    let raw = json!({"issue_key": ISSUE, "raw": true});
    let all = json!({"issue_key": ISSUE, "fields": ["*all"]});
    print_latency("sandbox, usual fields", &sandbox.jira, &usual, &fields)?;
    print_latency("sandbox, `raw`", &sandbox.jira, &raw, "")?;
    let names = "?expand=names&fields=*all";
    print_latency("sandbox, all fields", &sandbox.jira, &all, names)?;
    let site = serve_payload(fs::read(PAYLOAD)?)?;
    print_latency("payload of 100 custom fields", &site, &usual, &fields)?;
    print_latency("payload, `raw`", &site, &raw, "")?;
    print_latency("payload, all fields", &site, &all, names)
}

fn print_latency(name: &str, site: &str, arguments: &Value, query: &str) -> Outcome<()> {
    let mut bridge = Bridge::start(site)?;
    let bare = Bare::new(format!("{site}/rest/api/2/issue/{ISSUE}{query}"))?;
    let (mut ours, mut least) = (Times::default(), Times::default());
    let mut bytes = 0;
    for round in 0..=CALLS / BLOCK {
        // The first block of each opens connections and fills caches; it does not count.
        let counts = round > 0;
        for _ in 0..BLOCK {
            let started = Instant::now();
            bridge.call(arguments)?;
            ours.add_if(counts, started);
        }
        for _ in 0..BLOCK {
            let started = Instant::now();
            (bytes, _) = bare.get()?;
            least.add_if(counts, started);
        }
    }
    let (p50, p95) = (ours.at(0.5), ours.at(0.95));
    let (bare_p50, bare_p95) = (least.at(0.5), least.at(0.95));
    let ratio = p50 / bare_p50;
    println!(
        "| {name} | {bytes} | {p50:.2} | {p95:.2} | {bare_p50:.2} | {bare_p95:.2} | {ratio:.1} |"
    );
    Ok(())
}

fn in_flight() -> Outcome<()> {
    let sandbox = Sandbox::start(50)?;
    let mut bridge = Bridge::start(&sandbox.jira)?;
    let arguments = json!({"issue_key": ISSUE});
    let started = Instant::now();
    for _ in 0..IN_FLIGHT {
        bridge.send_call(&arguments)?;
    }
    for number in 0..CALLS {
        bridge.receive()?;
        if number + IN_FLIGHT < CALLS {
            bridge.send_call(&arguments)?;
        }
    }
    #[expect(clippy::cast_precision_loss, reason = "a thousand")]
    let rate = CALLS as f64 / started.elapsed().as_secs_f64();
    println!("\n{IN_FLIGHT} calls in flight, 50 ms for each answer of Jira: {rate:.0} calls/s");
    println!("as the sandbox counted them: {}", sandbox.stats()?);
    Ok(())
}

/// Durations in milliseconds.
#[derive(Default)]
struct Times(Vec<f64>);

impl Times {
    fn add(&mut self, started: Instant) {
        self.0.push(started.elapsed().as_secs_f64() * 1_000.0);
    }

    fn add_if(&mut self, counts: bool, started: Instant) {
        if counts {
            self.add(started);
        }
    }

    /// The time that a part of all stays below.
    fn at(&self, part: f64) -> f64 {
        let mut sorted = self.0.clone();
        sorted.sort_by(f64::total_cmp);
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_precision_loss,
            clippy::cast_sign_loss,
            reason = "a place in a short list"
        )]
        let place = (part * (sorted.len().saturating_sub(1)) as f64).round() as usize;
        sorted.get(place).copied().unwrap_or(f64::NAN)
    }
}

/// The server under test, over stdio as an MCP client starts it.
struct Bridge {
    process: Child,
    input: ChildStdin,
    output: BufReader<ChildStdout>,
    line: String,
    /// Each call has an id of its own.
    calls: usize,
}

impl Bridge {
    fn start(jira: &str) -> Outcome<Self> {
        let variables = [
            ("JIRA_URL", jira),
            ("JIRA_USERNAME", "demo"),
            ("JIRA_PASSWORD", "demo"),
        ];
        Self::initialized(binary().envs(variables))
    }

    fn demo() -> Outcome<Self> {
        Self::initialized(binary().arg("--demo"))
    }

    fn initialized(command: &mut Command) -> Outcome<Self> {
        let mut process = command.stderr(Stdio::null()).spawn()?;
        let mut bridge = Self {
            input: process.stdin.take().ok_or("no stdin")?,
            output: BufReader::new(process.stdout.take().ok_or("no stdout")?),
            process,
            line: String::new(),
            calls: 0,
        };
        let client = json!({"name": "benches", "version": "1"});
        let hello =
            json!({"protocolVersion": "2025-11-25", "capabilities": {}, "clientInfo": client});
        bridge
            .send(&json!({"jsonrpc": "2.0", "id": 0, "method": "initialize", "params": hello}))?;
        bridge.receive()?;
        bridge.send(&json!({"jsonrpc": "2.0", "method": "notifications/initialized"}))?;
        Ok(bridge)
    }

    fn call(&mut self, arguments: &Value) -> Outcome<()> {
        self.send_call(arguments)?;
        self.receive()
    }

    fn send_call(&mut self, arguments: &Value) -> Outcome<()> {
        let call = json!({"name": "jira_get_issue", "arguments": arguments});
        self.calls += 1;
        let id = self.calls;
        self.send(&json!({"jsonrpc": "2.0", "id": id, "method": "tools/call", "params": call}))
    }

    fn send(&mut self, message: &Value) -> Outcome<()> {
        Ok(self.input.write_all(format!("{message}\n").as_bytes())?)
    }

    fn receive(&mut self) -> Outcome<()> {
        self.line.clear();
        self.output.read_line(&mut self.line)?;
        let failed = !self.line.contains(r#""result""#) || self.line.contains(r#""isError":true"#);
        if failed {
            return Err(format!("the bridge answered: {}", self.line).into());
        }
        Ok(())
    }

    fn megabytes(&self) -> Outcome<f64> {
        // Freed memory may take a moment to be given back.
        thread::sleep(Duration::from_millis(200));
        let status = fs::read_to_string(format!("/proc/{}/status", self.process.id()))?;
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
        let kilobytes = line.and_then(|line| line.split_whitespace().next());
        Ok(kilobytes.ok_or("no VmRSS")?.parse::<f64>()? / 1024.0)
    }
}

impl Drop for Bridge {
    fn drop(&mut self) {
        stop(&mut self.process);
    }
}

/// The embedded Jira as a process of its own.
struct Sandbox {
    process: Child,
    jira: String,
    /// Open as long as it runs: it goes on to say how to log in.
    _output: BufReader<ChildStdout>,
}

impl Sandbox {
    fn start(latency: u32) -> Outcome<Self> {
        let latency = latency.to_string();
        let mut command = binary();
        let process = command.args(["sandbox", "--port", "0", "--latency", &latency]);
        let mut process = process.spawn()?;
        let mut line = String::new();
        let mut output = BufReader::new(process.stdout.take().ok_or("no stdout")?);
        output.read_line(&mut line)?;
        let jira = line.trim().strip_prefix("JIRA_URL=");
        let jira = jira.ok_or("the sandbox did not name its URL")?.to_owned();
        Ok(Self {
            process,
            jira,
            _output: output,
        })
    }

    fn stats(&self) -> Outcome<Value> {
        let root = self.jira.trim_end_matches("/jira");
        let bare = Bare::new(format!("{root}/sandbox/stats"))?;
        Ok(bare.get()?.1)
    }
}

impl Drop for Sandbox {
    fn drop(&mut self) {
        stop(&mut self.process);
    }
}

/// What nobody can do without: a kept connection, one request, the answer parsed.
struct Bare {
    runtime: tokio::runtime::Runtime,
    client: reqwest::Client,
    url: String,
}

impl Bare {
    fn new(url: String) -> Outcome<Self> {
        // An error says that a provider is installed already, which is all that is wanted.
        let _ = rustls::crypto::ring::default_provider().install_default();
        Ok(Self {
            runtime: tokio::runtime::Builder::new_current_thread()
                .enable_all()
                .build()?,
            client: reqwest::Client::builder().tcp_nodelay(true).build()?,
            url,
        })
    }

    /// How many bytes came, and what they say.
    fn get(&self) -> Outcome<(usize, Value)> {
        self.runtime.block_on(async {
            let request = self.client.get(&self.url).basic_auth("demo", Some("demo"));
            let body = request.send().await?.error_for_status()?.bytes().await?;
            Ok((body.len(), serde_json::from_slice(&body)?))
        })
    }
}

/// A site that answers every request with the payload.
fn serve_payload(payload: Vec<u8>) -> Outcome<String> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let site = format!("http://{}", listener.local_addr()?);
    let length = payload.len();
    let head = format!(
        "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {length}\r\n\r\n"
    );
    let answer = [head.into_bytes(), payload].concat();
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let answer = answer.clone();
            thread::spawn(move || serve_connection(stream, &answer));
        }
    });
    Ok(site)
}

fn serve_connection(mut stream: TcpStream, answer: &[u8]) -> std::io::Result<()> {
    stream.set_nodelay(true)?;
    let mut request = Vec::new();
    let mut part = [0; 4096];
    loop {
        let length = stream.read(&mut part)?;
        request.extend(part.iter().take(length));
        if length == 0 {
            return Ok(());
        }
        // Only requests without a body come here.
        if request.ends_with(b"\r\n\r\n") {
            stream.write_all(answer)?;
            request.clear();
        }
    }
}

/// The binary with no settings but those that are added.
fn binary() -> Command {
    let mut command = Command::new(BINARY);
    command
        .env_clear()
        .current_dir(env::temp_dir())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped());
    command
}

fn stop(process: &mut Child) {
    // It may have ended already.
    let _ = process.kill();
    let _ = process.wait();
}

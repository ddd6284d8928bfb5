//! An embedded Jira Server 8 and Confluence Server 6 on loopback, with state and sample data.
//!
//! It shares no code with the client, so that it can prove the client wrong.

mod confluence;
mod exchange;
mod jira;
mod login;
mod multipart;
mod people;
mod query;
mod records;
mod server;
mod session;

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use tokio::task::JoinHandle;

use crate::sandbox::server::World;

/// The login of the main user.
pub const USERNAME: &str = "demo";
/// The password of the main user.
pub const PASSWORD: &str = "demo";
/// The personal access token of the main user.
pub const TOKEN: &str = "sandbox-token-demo";

/// How the sandbox behaves.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// The port on 127.0.0.1; 0 takes any free one.
    pub port: u16,
    /// How long every answer is held back.
    pub latency: Duration,
}

/// A running sandbox; it stops when it is dropped.
pub struct Sandbox {
    address: SocketAddr,
    world: Arc<World>,
    task: JoinHandle<std::io::Result<()>>,
}

impl Sandbox {
    /// Starts the sandbox on 127.0.0.1 with fresh sample data.
    pub async fn start(options: Options) -> std::io::Result<Sandbox> {
        let (address, world, task) = server::start(&options).await?;
        Ok(Sandbox {
            address,
            world,
            task,
        })
    }

    /// Where the sandbox listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The base URL of Jira, with its context path.
    pub fn jira_url(&self) -> String {
        format!("http://{}/jira", self.address)
    }

    /// The base URL of Confluence, with its context path.
    pub fn confluence_url(&self) -> String {
        format!("http://{}/confluence", self.address)
    }

    /// The last 10,000 requests in order, such as `GET /jira/rest/api/2/issue/DEMO-1?fields=summary`.
    pub fn requests(&self) -> Vec<String> {
        self.world.traffic.requests()
    }

    /// How many connections were accepted so far.
    pub fn connections(&self) -> usize {
        self.world.traffic.connections()
    }

    /// How many requests lost their client before the answer was made.
    pub fn abandoned(&self) -> usize {
        self.world.traffic.abandoned()
    }

    /// Waits until the server stops by itself, which it does only on an error.
    pub async fn stopped(mut self) -> std::io::Result<()> {
        match (&mut self.task).await {
            Ok(result) => result,
            Err(error) => Err(std::io::Error::other(error)),
        }
    }
}

impl Drop for Sandbox {
    fn drop(&mut self) {
        self.task.abort();
    }
}

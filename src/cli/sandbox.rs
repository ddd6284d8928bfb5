//! `atlassian-bridge sandbox`: the embedded Jira and Confluence alone.

use std::{process::ExitCode, time::Duration};

use clap::Args;

use crate::{
    cli::{Failure, print},
    sandbox::{Options, PASSWORD, Sandbox, TOKEN, USERNAME},
};

#[derive(Debug, Args)]
pub(super) struct Command {
    /// The port to listen on; 0 takes a free one.
    #[arg(long, default_value_t = 8090)]
    port: u16,
    /// Milliseconds to wait before each answer.
    #[arg(long, default_value_t = 0)]
    latency: u64,
}

impl Command {
    pub(super) async fn run(self) -> Result<ExitCode, Failure> {
        let options = Options {
            port: self.port,
            latency: Duration::from_millis(self.latency),
        };
        let sandbox = Sandbox::start(options).await?;
        // In one piece: a reader that is content with the first line may hang up after it.
        print(&format!(
            "JIRA_URL={}\nJIRA_PERSONAL_TOKEN={TOKEN}\n\
             CONFLUENCE_URL={}\nCONFLUENCE_PERSONAL_TOKEN={TOKEN}\n\
             # or user name {USERNAME} with password {PASSWORD}",
            sandbox.jira_url(),
            sandbox.confluence_url()
        ))?;
        tokio::select! {
            interrupted = tokio::signal::ctrl_c() => interrupted?,
            stopped = sandbox.stopped() => stopped?,
        }
        Ok(ExitCode::SUCCESS)
    }
}

//! The command line: one file per subcommand.

mod call;
#[cfg(feature = "contract")]
mod contract;
mod convert;
#[cfg(feature = "sandbox")]
mod sandbox;
mod secrets;
mod settings;
mod stdio;
mod tools;

use std::{
    fmt,
    io::{self, Write},
    path::PathBuf,
    process::ExitCode,
};

use clap::{Args, Parser, Subcommand};

/// Jira and Confluence, self-hosted, for AI assistants.
///
/// Without a command: an MCP server over standard input and output, as Cursor, Claude and VS Code
/// start it. Settings come from variables such as JIRA_URL and JIRA_PERSONAL_TOKEN, from .env and
/// from a settings file; the README has the table.
#[derive(Debug, Parser)]
#[command(name = "atlassian-bridge", version, max_term_width = 100)]
struct Cli {
    #[command(subcommand)]
    command: Option<Command>,
    #[command(flatten)]
    common: Common,
}

/// What every command takes.
#[derive(Debug, Args)]
struct Common {
    /// Use an embedded Jira and Confluence with sample data; needs no settings.
    #[arg(long, global = true)]
    demo: bool,
    /// The settings file (TOML); by default atlassian-bridge/config.toml in the user's configuration folder.
    #[arg(long, global = true, value_name = "FILE")]
    config: Option<PathBuf>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Call one tool and print what a model would read.
    ///
    /// For example: atlassian-bridge call jira_get_issue issue_key=DEMO-1 --demo
    Call(call::Call),
    /// Hold answers and servers against the OpenAPI documents, for CI.
    #[cfg(feature = "contract")]
    Contract(contract::Command),
    /// Convert markup from standard input to standard output.
    ///
    /// For example: atlassian-bridge convert --from wiki --to markdown < issue.txt
    Convert(convert::Convert),
    /// List the tools that are on offer under the present settings.
    Tools(tools::Tools),
    /// Run the embedded Jira and Confluence alone, to point other programs at.
    #[cfg(feature = "sandbox")]
    Sandbox(sandbox::Command),
}

/// Why a command failed, in words for a person.
#[derive(Debug)]
struct Failure(String);

impl fmt::Display for Failure {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl<E: std::error::Error> From<E> for Failure {
    fn from(error: E) -> Self {
        Self(error.to_string())
    }
}

/// Runs the command that the arguments name; the process ends with what it returns.
pub fn run() -> ExitCode {
    let cli = Cli::parse();
    // One person's calls wait for their sites, not for a processor. On one thread an answer and the
    // return of its connection to the pool keep their order, so the next call finds it there.
    let runtime = match tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
    {
        Ok(runtime) => runtime,
        Err(error) => return complain(&error.into()),
    };
    let outcome = runtime.block_on(async {
        match cli.command {
            None => stdio::run(&cli.common).await,
            Some(Command::Call(call)) => call.run(&cli.common).await,
            #[cfg(feature = "contract")]
            Some(Command::Contract(contract)) => contract.run(&cli.common).await,
            Some(Command::Convert(convert)) => convert.run(),
            Some(Command::Tools(tools)) => tools.run(&cli.common).await,
            #[cfg(feature = "sandbox")]
            Some(Command::Sandbox(sandbox)) => sandbox.run().await,
        }
    });
    // A thread may still wait for standard input, which no one can interrupt.
    runtime.shutdown_background();
    outcome.unwrap_or_else(|failure| complain(&failure))
}

fn complain(failure: &Failure) -> ExitCode {
    // Where standard error is closed, the exit code has to do.
    let _ = writeln!(io::stderr(), "{failure}");
    ExitCode::FAILURE
}

/// Prints a line to standard output, where a command's result goes.
fn print(text: &str) -> io::Result<()> {
    let mut output = io::stdout().lock();
    output.write_all(text.as_bytes())?;
    output.write_all(b"\n")?;
    output.flush()
}

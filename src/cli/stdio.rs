//! `atlassian-bridge`: the MCP server over standard input and output.

use std::{io, process::ExitCode};

use rmcp::transport::io::stdio_pipes;
use tracing_subscriber::{filter::Targets, fmt, layer::SubscriberExt, util::SubscriberInitExt};

use crate::{
    cli::{Common, Failure, settings},
    config::LogLevel,
    server::Server,
    transport,
};

pub(super) async fn run(common: &Common) -> Result<ExitCode, Failure> {
    let loaded = settings::load(common).await?;
    log_to_stderr(loaded.settings.http.log_level);
    let server = Server::new(&loaded.settings)?;
    let (read, write) = stdio_pipes();
    transport::stdio::serve(server, read, write, shutdown()?).await?;
    Ok(ExitCode::SUCCESS)
}

/// Only our own events: those of the libraries hold what callers and sites send.
fn log_to_stderr(level: LogLevel) {
    let level = match level {
        LogLevel::Error => tracing::Level::ERROR,
        LogLevel::Warn => tracing::Level::WARN,
        LogLevel::Info => tracing::Level::INFO,
        LogLevel::Debug => tracing::Level::DEBUG,
        LogLevel::Trace => tracing::Level::TRACE,
    };
    tracing_subscriber::registry()
        .with(Targets::new().with_target("atlassian_bridge", level))
        .with(fmt::layer().with_writer(io::stderr).with_ansi(false))
        .init();
}

/// Resolves when the process is asked to end.
#[cfg(unix)]
fn shutdown() -> io::Result<impl Future<Output = ()>> {
    use tokio::signal::unix::{SignalKind, signal};

    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    Ok(async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
    })
}

/// Resolves when the process is asked to end.
#[cfg(not(unix))]
fn shutdown() -> io::Result<impl Future<Output = ()>> {
    Ok(async {
        // Without a handler, the system ends the process by itself.
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    })
}

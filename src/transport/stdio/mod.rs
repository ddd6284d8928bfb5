//! MCP over standard input and output, for one person's client.

mod lines;
mod messages;

use std::{io, time::Duration};

use rmcp::ServiceExt;
use tokio::{
    io::{AsyncRead, AsyncWrite},
    sync::oneshot,
};

use crate::server::Server;

/// How long calls that are under way may go on after the input has ended.
const GRACE: Duration = Duration::from_millis(400);

/// Serves until the input ends or `shutdown` resolves.
///
/// After the end of input, calls under way have 400 ms to be answered; whatever is then
/// still under way is dropped when the caller drops the runtime.
///
/// # Errors
///
/// If the output cannot be written to.
pub async fn serve<R, W>(
    server: Server,
    read: R,
    write: W,
    shutdown: impl Future<Output = ()>,
) -> io::Result<()>
where
    R: AsyncRead + Send + Unpin + 'static,
    W: AsyncWrite + Send + Unpin + 'static,
{
    let (ended, end) = oneshot::channel();
    let messages = messages::Messages::new(read, write, ended);
    let serving = async {
        // A client that goes away before it says hello has done nothing wrong.
        if let Ok(running) = server.serve(messages).await {
            running.waiting().await.map_err(io::Error::other)?;
        }
        Ok(())
    };
    let grace_over = async {
        // The sender is only dropped together with the serving itself.
        if end.await.is_err() {
            std::future::pending::<()>().await;
        }
        tokio::time::sleep(GRACE).await;
    };
    tokio::select! {
        outcome = serving => outcome,
        () = grace_over => Ok(()),
        () = shutdown => Ok(()),
    }
}

//! JSON-RPC messages over lines.
//!
//! `rmcp` drops a line that it cannot read without a word, which leaves its sender waiting. Here
//! every such line is answered.

use std::{io, sync::Arc};

use rmcp::{
    ErrorData, RoleServer,
    model::{JsonRpcMessage, RequestId},
    service::{RxJsonRpcMessage, TxJsonRpcMessage},
    transport::Transport,
};
use serde_json::Value;
use tokio::{
    io::{AsyncRead, AsyncWrite, AsyncWriteExt},
    sync::{Mutex, oneshot},
};

use super::lines::{Line, Lines, MAXIMUM_LENGTH};

/// The two directions of a client's pipe.
pub(super) struct Messages<R, W> {
    lines: Lines<R>,
    write: Arc<Mutex<W>>,
    /// Tells once that the input has ended.
    ended: Option<oneshot::Sender<()>>,
}

impl<R: AsyncRead + Unpin, W: AsyncWrite + Send + Unpin + 'static> Messages<R, W> {
    pub(super) fn new(read: R, write: W, ended: oneshot::Sender<()>) -> Self {
        Self {
            lines: Lines::new(read),
            write: Arc::new(Mutex::new(write)),
            ended: Some(ended),
        }
    }

    /// Answers a line that is no message. In a task of its own: `receive` may be dropped any time.
    fn refuse(&self, error: ErrorData, id: Option<RequestId>) {
        let reply: TxJsonRpcMessage<RoleServer> = JsonRpcMessage::error(error, id);
        tokio::spawn(write_line(self.write.clone(), reply));
    }
}

impl<R, W> Transport<RoleServer> for Messages<R, W>
where
    R: AsyncRead + Send + Unpin,
    W: AsyncWrite + Send + Unpin + 'static,
{
    type Error = io::Error;

    fn send(
        &mut self,
        message: TxJsonRpcMessage<RoleServer>,
    ) -> impl Future<Output = io::Result<()>> + Send + 'static {
        write_line(self.write.clone(), message)
    }

    async fn receive(&mut self) -> Option<RxJsonRpcMessage<RoleServer>> {
        loop {
            let line = match self.lines.next().await {
                Ok(Some(Line::Text(line))) => line,
                Ok(Some(Line::TooLong)) => {
                    let problem =
                        format!("a line is longer than {MAXIMUM_LENGTH} bytes; send less at once");
                    self.refuse(ErrorData::invalid_request(problem, None), None);
                    continue;
                }
                Ok(None) | Err(_) => {
                    if let Some(ended) = self.ended.take() {
                        // Nobody listens if the server is being shut down already.
                        let _ = ended.send(());
                    }
                    return None;
                }
            };
            match read(&line) {
                Ok(Some(message)) => return Some(message),
                Ok(None) => {}
                Err((error, id)) => self.refuse(error, id),
            }
        }
    }

    async fn close(&mut self) -> io::Result<()> {
        self.write.lock().await.flush().await
    }
}

async fn write_line<W: AsyncWrite + Unpin>(
    write: Arc<Mutex<W>>,
    message: TxJsonRpcMessage<RoleServer>,
) -> io::Result<()> {
    let mut line = serde_json::to_vec(&message)?;
    line.push(b'\n');
    let mut write = write.lock().await;
    write.write_all(&line).await?;
    write.flush().await
}

/// Reads a message; `None` for what needs no answer: an empty line, an unknown notification.
fn read(
    line: &[u8],
) -> Result<Option<RxJsonRpcMessage<RoleServer>>, (ErrorData, Option<RequestId>)> {
    let line = line
        .strip_prefix(b"\xEF\xBB\xBF")
        .unwrap_or(line)
        .trim_ascii();
    if line.is_empty() {
        return Ok(None);
    }
    let problem = match serde_json::from_slice(line) {
        Ok(message) => return Ok(Some(message)),
        Err(problem) => problem,
    };
    let Ok(value) = serde_json::from_slice::<Value>(line) else {
        let problem = format!("not JSON: {problem}");
        return Err((ErrorData::parse_error(problem, None), None));
    };
    let id = value
        .get("id")
        .and_then(|id| serde_json::from_value(id.clone()).ok());
    if id.is_none() && value.get("method").is_some() {
        return Ok(None);
    }
    let problem =
        "not a JSON-RPC 2.0 message: it needs jsonrpc, method and, for a request, id and params";
    Err((ErrorData::invalid_request(problem, None), id))
}

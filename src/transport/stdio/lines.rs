//! Reads lines of bounded length.

use std::io;

use tokio::io::{AsyncBufReadExt, AsyncRead, BufReader};

/// The longest line that is read, in bytes. A page of a megabyte fits in many times over.
pub(super) const MAXIMUM_LENGTH: usize = 16 * 1024 * 1024;

/// A line, or what is in its place.
pub(super) enum Line {
    /// A line without its end.
    Text(Vec<u8>),
    /// A line longer than [`MAXIMUM_LENGTH`], of which nothing was kept.
    TooLong,
}

/// The lines of an input. What was read of a line is kept when [`Lines::next`] is dropped.
pub(super) struct Lines<R> {
    read: BufReader<R>,
    line: Vec<u8>,
    is_too_long: bool,
}

impl<R: AsyncRead + Unpin> Lines<R> {
    pub(super) fn new(read: R) -> Self {
        Self {
            read: BufReader::with_capacity(64 * 1024, read),
            line: Vec::new(),
            is_too_long: false,
        }
    }

    /// The next line; `None` at the end of input, where half a line is none.
    pub(super) async fn next(&mut self) -> io::Result<Option<Line>> {
        loop {
            let available = self.read.fill_buf().await?;
            if available.is_empty() {
                return Ok(None);
            }
            let mut halves = available.splitn(2, |byte| *byte == b'\n');
            let part = halves.next().unwrap_or_default();
            let is_whole = halves.next().is_some();
            if self.is_too_long || self.line.len() + part.len() > MAXIMUM_LENGTH {
                self.is_too_long = true;
                self.line = Vec::new();
            } else {
                self.line.extend_from_slice(part);
            }
            let consumed = part.len() + usize::from(is_whole);
            self.read.consume(consumed);
            if is_whole {
                let line = std::mem::take(&mut self.line);
                let is_too_long = std::mem::take(&mut self.is_too_long);
                return Ok(Some(if is_too_long {
                    Line::TooLong
                } else {
                    Line::Text(line)
                }));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn read(input: &[u8]) -> Vec<String> {
        let mut lines = Lines::new(input);
        let mut found = Vec::new();
        while let Some(line) = lines.next().await.unwrap() {
            found.push(match line {
                Line::Text(text) => String::from_utf8(text).unwrap(),
                Line::TooLong => "too long".to_owned(),
            });
        }
        found
    }

    #[tokio::test]
    async fn half_a_line_at_the_end_is_none() {
        assert_eq!(read(b"a\n\nb\nc").await, ["a", "", "b"]);
    }

    #[tokio::test]
    async fn a_line_that_is_too_long_is_passed_over() {
        let mut input = vec![b'x'; MAXIMUM_LENGTH + 1];
        input.extend_from_slice(b"\nnext\n");
        assert_eq!(read(&input).await, ["too long", "next"]);
    }
}

//! A file on its way to a server.

use std::{
    fmt, io,
    path::Path,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
};

use bytes::Bytes;
use futures_util::{StreamExt, future, stream};
use reqwest::{
    Body,
    multipart::{Form, Part},
};
use tokio::{
    fs::File,
    io::{AsyncRead, AsyncReadExt},
};
use tokio_util::io::ReaderStream;

use crate::client::transfer::Progress;

/// A file to send, which is read as it is sent.
///
/// ```no_run
/// use atlassian_bridge::client::transfer::Upload;
///
/// # async fn example() -> std::io::Result<()> {
/// let report = Upload::open("report.pdf").await?
///     .content_type("application/pdf")
///     .limit(10 * 1024 * 1024)
///     .on_progress(|sent, of| eprintln!("{sent} of {of:?} bytes"));
/// # Ok(())
/// # }
/// ```
pub struct Upload {
    file_name: String,
    content_type: Option<String>,
    length: Option<u64>,
    maximum: Option<u64>,
    progress: Option<Progress>,
    reader: Box<dyn AsyncRead + Send + Unpin>,
}

impl fmt::Debug for Upload {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Upload")
            .field("file_name", &self.file_name)
            .field("length", &self.length)
            .finish_non_exhaustive()
    }
}

impl Upload {
    /// A file of this name, with what the reader gives.
    pub fn new(
        file_name: impl Into<String>,
        reader: impl AsyncRead + Send + Unpin + 'static,
    ) -> Self {
        Self {
            file_name: file_name.into(),
            content_type: None,
            length: None,
            maximum: None,
            progress: None,
            reader: Box::new(reader),
        }
    }

    /// A file of this name with this content.
    pub fn bytes(file_name: impl Into<String>, content: impl Into<Bytes>) -> Self {
        let content = content.into();
        let length = content.len() as u64;
        Self::new(file_name, io::Cursor::new(content)).length(length)
    }

    /// The file at this path, under its own name and as long as it is now: what a log gains while it
    /// is sent stays behind.
    ///
    /// # Errors
    ///
    /// If it cannot be opened, or is a folder.
    pub async fn open(path: impl AsRef<Path>) -> io::Result<Self> {
        let path = path.as_ref();
        let file = File::open(path).await?;
        let metadata = file.metadata().await?;
        if !metadata.is_file() {
            return Err(io::Error::from(io::ErrorKind::IsADirectory));
        }
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let length = metadata.len();
        Ok(Self::new(name, file.take(length)).length(length))
    }

    /// The media type; without it the server guesses from the name.
    pub fn content_type(mut self, content_type: impl Into<String>) -> Self {
        self.content_type = Some(content_type.into());
        self
    }

    /// The length in bytes, if the reader gives exactly so many. Without it the request is sent in
    /// chunks, which some proxies refuse.
    pub fn length(mut self, length: u64) -> Self {
        self.length = Some(length);
        self
    }

    /// The most bytes to send: a longer file fails, before anything is sent where its length is known.
    pub fn limit(mut self, maximum: u64) -> Self {
        self.maximum = Some(maximum);
        self
    }

    /// Calls this with the bytes that are sent so far, and the length if it is known.
    pub fn on_progress(mut self, progress: impl FnMut(u64, Option<u64>) + Send + 'static) -> Self {
        self.progress = Some(Box::new(progress));
        self
    }

    /// The name and length, to be said beside the file.
    #[cfg(feature = "jira")]
    pub(super) fn described(&self) -> (&str, Option<u64>) {
        (&self.file_name, self.length)
    }

    /// The media type, if one was given.
    #[cfg(feature = "jira")]
    pub(super) fn media_type(&self) -> Option<&str> {
        self.content_type.as_deref()
    }

    /// The file as the body of a request.
    pub(super) fn into_body(self, watch: &Watch) -> Result<Body, String> {
        self.check()?;
        let Self {
            file_name,
            length,
            maximum,
            mut progress,
            reader,
            ..
        } = self;
        let watch = watch.clone();
        let mut sent = 0;
        // The end of the file is a piece of its own, so that a file that is too short is noticed.
        let pieces = ReaderStream::new(reader)
            .map(Some)
            .chain(stream::iter([None]));
        let chunks = pieces.filter_map(move |piece| {
            let chunk = piece
                .transpose()
                .map_err(|error| format!("cannot be read: {error}"));
            let bytes = chunk.iter().flatten().map(Bytes::len).sum::<usize>() as u64;
            sent += bytes;
            let passed = chunk.and_then(|chunk| {
                check_length(sent, chunk.is_none(), length)?;
                match maximum {
                    Some(maximum) if sent > maximum => Err(too_long(None, maximum)),
                    _ => Ok(chunk),
                }
            });
            if passed.is_ok() && bytes > 0 {
                watch.advance(bytes);
                if let Some(progress) = &mut progress {
                    progress(sent, length);
                }
            }
            let passed = passed.map_err(|problem| {
                watch.note(format!("{file_name:?} {problem}"));
                io::Error::other(problem)
            });
            future::ready(passed.transpose())
        });
        Ok(Body::wrap_stream(chunks))
    }

    /// The file as a part of a form.
    pub(super) fn into_part(self, watch: &Watch) -> Result<Part, String> {
        let (file_name, content_type, length) = (
            self.file_name.clone(),
            self.content_type.clone(),
            self.length,
        );
        let body = self.into_body(watch)?;
        let part = match length {
            Some(length) => Part::stream_with_length(body, length),
            None => Part::stream(body),
        };
        match content_type {
            Some(kind) => part
                .file_name(file_name)
                .mime_str(&kind)
                .map_err(|_| format!("{kind:?} is no media type")),
            None => Ok(part.file_name(file_name)),
        }
    }

    fn check(&self) -> Result<(), String> {
        let name = &self.file_name;
        if name.is_empty() || name.chars().any(char::is_control) {
            return Err(format!("{name:?} cannot be the name of a file"));
        }
        match (self.length, self.maximum) {
            (Some(length), Some(maximum)) if length > maximum => {
                Err(format!("{name:?} {}", too_long(Some(length), maximum)))
            }
            _ => Ok(()),
        }
    }
}

fn too_long(length: Option<u64>, maximum: u64) -> String {
    let length = length.map_or_else(String::new, |length| format!("{length} bytes, "));
    format!("has {length}more than the limit of {maximum} bytes")
}

/// A request says its length before it is sent: one with another length would be cut off or wait
/// for what never comes.
fn check_length(sent: u64, is_end: bool, length: Option<u64>) -> Result<(), String> {
    match length {
        Some(length) if sent > length => Err(format!("has more than the {length} bytes it should")),
        Some(length) if is_end && sent < length => {
            Err(format!("has {sent} of the {length} bytes it should"))
        }
        _ => Ok(()),
    }
}

/// A form with these files, each under the same name, which is how both products take several.
pub(super) fn form(field: &'static str, files: Vec<Upload>, watch: &Watch) -> Result<Form, String> {
    if files.is_empty() {
        return Err("there is no file to send".to_owned());
    }
    // Names are sent as browsers send them; the products do not read the newer encoded form.
    let mut form = Form::new().percent_encode_noop();
    for file in files {
        form = form.part(field, file.into_part(watch)?);
    }
    Ok(form)
}

/// Sees how far the files of a request are, and what went wrong with one.
#[derive(Debug, Clone, Default)]
pub(super) struct Watch {
    bytes: Arc<AtomicU64>,
    problem: Arc<Mutex<Option<String>>>,
}

impl Watch {
    pub(super) fn bytes(&self) -> u64 {
        self.bytes.load(Ordering::Relaxed)
    }

    pub(super) fn problem(&self) -> Option<String> {
        let mut problem = self.problem.lock().unwrap_or_else(PoisonError::into_inner);
        problem.take()
    }

    pub(super) fn advance(&self, bytes: u64) {
        self.bytes.fetch_add(bytes, Ordering::Relaxed);
    }

    fn note(&self, problem: String) {
        let mut noted = self.problem.lock().unwrap_or_else(PoisonError::into_inner);
        noted.get_or_insert(problem);
    }
}

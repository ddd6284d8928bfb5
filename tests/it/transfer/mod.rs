//! Files up and down and the few forms, against a scripted site.

mod avatars;
mod download;
mod names;
mod upload;

use std::{
    io,
    pin::Pin,
    sync::{Arc, Mutex},
    task::{Context, Poll},
    time::Duration,
};

use atlassian_bridge::{
    api::{confluence, jira},
    client::{
        self, ApiError, ApiErrorKind,
        transfer::{AttachmentDetails, Upload},
    },
    config::{Credentials, SiteSettings},
};
use tokio::io::{AsyncRead, ReadBuf};

use crate::{
    client::SECRET,
    site::{Site, header},
};

/// Short, for what is to run into it.
const SHORT: Duration = Duration::from_millis(300);

fn settings(site: &Site) -> SiteSettings {
    SiteSettings {
        credentials: Credentials::Bearer(SECRET.into()),
        ..SiteSettings::new(site.url.parse().unwrap())
    }
}

fn jira(site: &Site) -> jira::Client {
    client::Site::new(settings(site)).jira().unwrap()
}

fn impatient_jira(site: &Site) -> jira::Client {
    let settings = SiteSettings {
        deadline: SHORT,
        ..settings(site)
    };
    client::Site::new(settings).jira().unwrap()
}

fn confluence(site: &Site) -> confluence::Client {
    client::Site::new(settings(site)).confluence().unwrap()
}

/// Attaches a file to an issue; the names of the attachments that came of it.
async fn attach(client: &jira::Client, file: Upload) -> Result<Vec<Option<String>>, ApiError> {
    let attached = client.add_issue_attachments("DEMO-1", vec![file]).await?;
    let names = attached.into_iter().map(|attachment| attachment.filename);
    Ok(names.collect())
}

/// The form of a request, with `B` for what lies between its parts.
fn form(request: &str) -> String {
    let (head, body) = request.split_once("\r\n\r\n").unwrap();
    let (_, boundary) = head.split_once("boundary=").unwrap();
    let boundary = boundary.lines().next().unwrap();
    body.replace(boundary, "B")
}

/// How many bytes are through, and how many there are.
type Report = (u64, Option<u64>);

/// What a transfer reports of its progress.
#[derive(Clone, Default)]
struct Reports(Arc<Mutex<Vec<Report>>>);

impl Reports {
    fn note(&self) -> impl FnMut(u64, Option<u64>) + Send + 'static {
        let reports = self.0.clone();
        move |bytes, of| reports.lock().unwrap().push((bytes, of))
    }

    fn all(&self) -> Vec<Report> {
        self.0.lock().unwrap().clone()
    }
}

/// A reader that fails.
struct Broken;

impl AsyncRead for Broken {
    fn poll_read(
        self: Pin<&mut Self>,
        _: &mut Context<'_>,
        _: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Poll::Ready(Err(io::Error::other("the disk is gone")))
    }
}

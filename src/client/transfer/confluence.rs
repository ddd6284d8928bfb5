//! Confluence's attachments.

use progenitor_client::{ClientInfo, Error};
use reqwest::multipart::Form;
use serde::Deserialize;

use crate::{
    api::confluence::{Client, types},
    client::{
        ApiError, answer, ask,
        transfer::{
            Download, Operation, Upload, download, send_files,
            upload::{self, Watch},
        },
    },
};

const CREATE_ATTACHMENTS: Operation = Operation {
    id: "create_attachments",
    path: "/rest/api/content/{id}/child/attachment",
};
const UPDATE_ATTACHMENT_DATA: Operation = Operation {
    id: "update_attachment_data",
    path: "/rest/api/content/{id}/child/attachment/{attachmentId}/data",
};

/// What can be said beside the files of an attachment.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AttachmentDetails {
    /// A comment on the new version.
    pub comment: Option<String>,
    /// Whether watchers are spared a notification.
    pub minor_edit: bool,
    /// Whether the attachment is left out of the lists that people see.
    pub hidden: bool,
    /// The status of the content that is attached to, if it is not `current`; for new files only.
    pub status: Option<String>,
    /// Whether a name that the content already has is taken again; for new files only.
    pub allow_duplicated: bool,
    /// Parts of the answer to send in full, comma separated; for new files only.
    pub expand: Option<String>,
}

impl AttachmentDetails {
    fn query(&self) -> Vec<(&'static str, &str)> {
        let status = self.status.as_deref().map(|status| ("status", status));
        let duplicated = self.allow_duplicated.then_some(("allowDuplicated", "true"));
        let expand = self.expand.as_deref().map(|expand| ("expand", expand));
        [status, duplicated, expand].into_iter().flatten().collect()
    }

    fn add_to(&self, mut form: Form) -> Form {
        if let Some(comment) = &self.comment {
            form = form.text("comment", comment.clone());
        }
        if self.minor_edit {
            form = form.text("minorEdit", "true");
        }
        if self.hidden {
            form = form.text("hidden", "true");
        }
        form
    }
}

/// Attachments: `/rest/api/content/{id}/child/attachment` and what they hold.
impl Client {
    /// Attaches files to a page, a blog post or a draft.
    ///
    /// The user needs the permission to add attachments. A name that the content already has is
    /// refused with 400: then [`Client::update_attachment_data`] adds a version to it.
    ///
    /// # Errors
    ///
    /// [`ApiError`]; it says [`crate::client::ApiErrorKind::InvalidRequest`] where a file cannot be
    /// read or is over its limit. An upload is sent once.
    pub async fn create_attachments(
        &self,
        id: &str,
        files: Vec<Upload>,
        details: &AttachmentDetails,
    ) -> Result<types::ContentList, ApiError> {
        ask(async {
            let operation = &CREATE_ATTACHMENTS;
            let url = operation.url(self.baseurl(), &[id]);
            let watch = Watch::default();
            let form = upload::form("file", files, &watch).map_err(Error::InvalidRequest)?;
            let request = self.client().post(url).query(&details.query());
            let request = request.multipart(details.add_to(form));
            answer::read(send_files(self, operation, request, watch).await?).await
        })
        .await
    }

    /// Adds a new version to an attachment.
    ///
    /// # Errors
    ///
    /// As [`Client::create_attachments`].
    pub async fn update_attachment_data(
        &self,
        id: &str,
        attachment_id: &str,
        file: Upload,
        details: &AttachmentDetails,
    ) -> Result<types::Content, ApiError> {
        let answered: types::Content = ask(async {
            let operation = &UPDATE_ATTACHMENT_DATA;
            let url = operation.url(self.baseurl(), &[id, attachment_id]);
            let watch = Watch::default();
            let form = upload::form("file", vec![file], &watch).map_err(Error::InvalidRequest)?;
            let request = self.client().post(url).multipart(details.add_to(form));
            answer::read(send_files(self, operation, request, watch).await?).await
        })
        .await?;
        Ok(alone(answered))
    }

    /// Asks for the file of an attachment, as [`Client::list_attachments`] has it.
    ///
    /// # Errors
    ///
    /// [`ApiError`]; also where the attachment has no link to its file.
    pub async fn download_attachment(
        &self,
        attachment: &types::Content,
    ) -> Result<Download, ApiError> {
        let links = attachment.links.as_deref();
        let path = links.and_then(|links| links.download.as_deref());
        self.download(path.unwrap_or_default()).await
    }

    /// Asks for a file of the site, by its address or by its path below the site's address: an
    /// attachment, a thumbnail or a profile picture.
    ///
    /// # Errors
    ///
    /// [`ApiError`]; also for an address elsewhere.
    pub async fn download(&self, address: &str) -> Result<Download, ApiError> {
        download::start(self, address).await
    }
}

/// Some versions answer with a list of the one attachment.
fn alone(mut answered: types::Content) -> types::Content {
    let results = answered.extra.remove("results");
    let only = results
        .as_ref()
        .and_then(|results| results.get(0))
        .and_then(|only| types::Content::deserialize(only).ok());
    only.unwrap_or(answered)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_list_of_one_attachment_is_the_attachment() {
        for answered in [
            json!({"id": "att1", "title": "a.txt"}),
            json!({"results": [{"id": "att1", "title": "a.txt"}], "size": 1}),
        ] {
            let content = alone(types::Content::deserialize(answered).unwrap());
            assert_eq!(content.id.as_deref(), Some("att1"));
        }
    }
}

//! Jira's attachments, avatars and columns.

use progenitor_client::{ClientInfo, Error, ResponseValue};
use reqwest::{RequestBuilder, Response};

use crate::{
    api::jira::{Client, types},
    client::{
        ApiError, answer, ask, messages,
        transfer::{
            Download, Operation, Upload, download, send, send_files,
            upload::{self, Watch},
        },
    },
};

const ADD_ISSUE_ATTACHMENTS: Operation = Operation {
    id: "add_issue_attachments",
    path: "/rest/api/2/issue/{issueIdOrKey}/attachments",
};
const STORE_TEMPORARY_AVATAR: Operation = Operation {
    id: "store_temporary_avatar",
    path: "/rest/api/2/avatar/{type}/temporary",
};
const STORE_ISSUE_TYPE_TEMPORARY_AVATAR: Operation = Operation {
    id: "store_issue_type_temporary_avatar",
    path: "/rest/api/2/issuetype/{id}/avatar/temporary",
};
const STORE_PROJECT_TEMPORARY_AVATAR: Operation = Operation {
    id: "store_project_temporary_avatar",
    path: "/rest/api/2/project/{projectIdOrKey}/avatar/temporary",
};
const STORE_UNIVERSAL_TEMPORARY_AVATAR: Operation = Operation {
    id: "store_universal_temporary_avatar",
    path: "/rest/api/2/universal_avatar/type/{type}/owner/{owningObjectId}/temp",
};
const STORE_USER_TEMPORARY_AVATAR: Operation = Operation {
    id: "store_user_temporary_avatar",
    path: "/rest/api/2/user/avatar/temporary",
};
const SET_FILTER_COLUMNS: Operation = Operation {
    id: "set_filter_columns",
    path: "/rest/api/2/filter/{id}/columns",
};
const SET_DEFAULT_COLUMNS: Operation = Operation {
    id: "set_default_columns",
    path: "/rest/api/2/settings/columns",
};
const SET_USER_COLUMNS: Operation = Operation {
    id: "set_user_columns",
    path: "/rest/api/2/user/columns",
};

/// Attachments: `/rest/api/2/issue/{issueIdOrKey}/attachments` and what they hold.
impl Client {
    /// Attaches files to an issue.
    ///
    /// The user needs the permission to attach files. Several attachments of an issue may have the
    /// same name. A file over the server's limit is refused with 413.
    ///
    /// # Errors
    ///
    /// [`ApiError`]; it says [`crate::client::ApiErrorKind::InvalidRequest`] where a file cannot be
    /// read or is over its limit. An upload is sent once.
    pub async fn add_issue_attachments(
        &self,
        issue_id_or_key: &str,
        files: Vec<Upload>,
    ) -> Result<Vec<types::Attachment>, ApiError> {
        ask(async {
            let operation = &ADD_ISSUE_ATTACHMENTS;
            let url = operation.url(self.baseurl(), &[issue_id_or_key]);
            let watch = Watch::default();
            let form = upload::form("file", files, &watch).map_err(Error::InvalidRequest)?;
            let request = self.client().post(url).multipart(form);
            answer::read(send_files(self, operation, request, watch).await?).await
        })
        .await
    }

    /// Asks for the file of an attachment, as the issue's field `attachment` has it.
    ///
    /// The server's own idea of its address does not matter: the file is asked for where the
    /// site is.
    ///
    /// # Errors
    ///
    /// [`ApiError`]; also where the attachment has no address.
    pub async fn download_attachment(
        &self,
        attachment: &types::Attachment,
    ) -> Result<Download, ApiError> {
        let address = attachment.content.as_deref().unwrap_or_default();
        let path = match address.find("/secure/attachment/") {
            Some(start) => address.get(start..).unwrap_or(address),
            None => address,
        };
        self.download(path).await
    }

    /// Asks for a file of the site, by its address or by its path below the site's address: an
    /// attachment, a thumbnail or an avatar.
    ///
    /// # Errors
    ///
    /// [`ApiError`]; also for an address elsewhere.
    pub async fn download(&self, address: &str) -> Result<Download, ApiError> {
        download::start(self, address).await
    }
}

/// First steps to an avatar. The picture is kept in the session, so the second step needs the same
/// session: use [`crate::config::Credentials::Session`].
impl Client {
    /// Uploads a picture for a system avatar of a kind: `project`, `user` or `issuetype`.
    ///
    /// The media type of the picture has to be given.
    ///
    /// # Errors
    ///
    /// [`ApiError`].
    pub async fn store_temporary_avatar(
        &self,
        kind: &str,
        picture: Upload,
    ) -> Result<types::AvatarCropping, ApiError> {
        ask(async {
            let operation = &STORE_TEMPORARY_AVATAR;
            let url = operation.url(self.baseurl(), &[kind]);
            let (name, length) = picture.described();
            let mut request = self.client().post(url).query(&[("filename", name)]);
            if let Some(length) = length {
                request = request.query(&[("size", length)]);
            }
            let media_type = picture.media_type().unwrap_or("image/png");
            request = request.header(reqwest::header::CONTENT_TYPE, media_type);
            if let Some(length) = length {
                request = request.header(reqwest::header::CONTENT_LENGTH, length);
            }
            let watch = Watch::default();
            let body = picture.into_body(&watch).map_err(Error::InvalidRequest)?;
            cropping(send_files(self, operation, request.body(body), watch).await?).await
        })
        .await
    }

    /// Uploads a picture for an avatar of an issue type.
    ///
    /// # Errors
    ///
    /// [`ApiError`].
    pub async fn store_issue_type_temporary_avatar(
        &self,
        id: &str,
        picture: Upload,
    ) -> Result<types::AvatarCropping, ApiError> {
        let operation = &STORE_ISSUE_TYPE_TEMPORARY_AVATAR;
        self.store_avatar(operation, &[id], &[], picture).await
    }

    /// Uploads a picture for an avatar of a project.
    ///
    /// # Errors
    ///
    /// [`ApiError`].
    pub async fn store_project_temporary_avatar(
        &self,
        project_id_or_key: &str,
        picture: Upload,
    ) -> Result<types::AvatarCropping, ApiError> {
        let operation = &STORE_PROJECT_TEMPORARY_AVATAR;
        self.store_avatar(operation, &[project_id_or_key], &[], picture)
            .await
    }

    /// Uploads a picture for an avatar of any object, by its kind and id.
    ///
    /// # Errors
    ///
    /// [`ApiError`].
    pub async fn store_universal_temporary_avatar(
        &self,
        kind: &str,
        owning_object_id: &str,
        picture: Upload,
    ) -> Result<types::AvatarCropping, ApiError> {
        let operation = &STORE_UNIVERSAL_TEMPORARY_AVATAR;
        self.store_avatar(operation, &[kind, owning_object_id], &[], picture)
            .await
    }

    /// Uploads a picture for an avatar of a user, or of the caller where no user is named.
    ///
    /// # Errors
    ///
    /// [`ApiError`].
    pub async fn store_user_temporary_avatar(
        &self,
        username: Option<&str>,
        picture: Upload,
    ) -> Result<types::AvatarCropping, ApiError> {
        let query: Vec<(&str, &str)> = username
            .map(|name| ("username", name))
            .into_iter()
            .collect();
        self.store_avatar(&STORE_USER_TEMPORARY_AVATAR, &[], &query, picture)
            .await
    }

    async fn store_avatar(
        &self,
        operation: &Operation,
        parameters: &[&str],
        query: &[(&str, &str)],
        picture: Upload,
    ) -> Result<types::AvatarCropping, ApiError> {
        ask(async {
            let url = operation.url(self.baseurl(), parameters);
            let watch = Watch::default();
            let form =
                upload::form("avatar", vec![picture], &watch).map_err(Error::InvalidRequest)?;
            let request = self.client().post(url).query(query).multipart(form);
            cropping(send_files(self, operation, request, watch).await?).await
        })
        .await
    }
}

/// The columns of lists of issues, which travel as forms with a name that repeats.
impl Client {
    /// Sets the columns that a filter prescribes for its results, by the ids of fields.
    ///
    /// # Errors
    ///
    /// [`ApiError`].
    pub async fn set_filter_columns(&self, id: i64, columns: &[&str]) -> Result<(), ApiError> {
        let id = id.to_string();
        self.set_columns(&SET_FILTER_COLUMNS, &[&id], columns).await
    }

    /// Sets the columns that users see who have not chosen their own, by the ids of fields.
    ///
    /// # Errors
    ///
    /// [`ApiError`].
    pub async fn set_default_columns(&self, columns: &[&str]) -> Result<(), ApiError> {
        self.set_columns(&SET_DEFAULT_COLUMNS, &[], columns).await
    }

    /// Sets the columns that the caller sees, by the ids of fields.
    ///
    /// # Errors
    ///
    /// [`ApiError`].
    pub async fn set_user_columns(&self, columns: &[&str]) -> Result<(), ApiError> {
        self.set_columns(&SET_USER_COLUMNS, &[], columns).await
    }

    async fn set_columns(
        &self,
        operation: &Operation,
        parameters: &[&str],
        columns: &[&str],
    ) -> Result<(), ApiError> {
        ask(async {
            let form: Vec<(&str, &str)> =
                columns.iter().map(|column| ("columns", *column)).collect();
            let url = operation.url(self.baseurl(), parameters);
            let request: RequestBuilder = self.client().put(url).form(&form);
            answer::none(send(self, operation, request, self.inner()).await?).await
        })
        .await
    }
}

/// Reads the proposed square, which may be in the text area of a page that was made for browsers.
async fn cropping(response: Response) -> Result<ResponseValue<types::AvatarCropping>, Error<()>> {
    let (status, headers) = (response.status(), response.headers().clone());
    let body = response.bytes().await.map_err(Error::ResponseBodyError)?;
    let text = String::from_utf8_lossy(&body);
    let inner = match text.split_once("<textarea>") {
        Some((_, rest)) => rest.split("</textarea>").next().unwrap_or(rest),
        None => &text,
    };
    let json = if messages::is_web_page(&body) {
        inner
            .replace("&quot;", "\"")
            .replace("&#34;", "\"")
            .replace("&amp;", "&")
    } else {
        inner.to_owned()
    };
    match answer::parse(json.as_bytes()) {
        Ok(cropping) => Ok(ResponseValue::new(cropping, status, headers)),
        Err(error) => Err(Error::InvalidResponsePayload(body, error)),
    }
}

//! The links of content: for browsers, for downloads, and the short ones.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use serde_json::{Value, json};

use crate::sandbox::confluence::render::Renderer;
use crate::sandbox::confluence::state::{Content, Kind, Status};
use crate::sandbox::exchange::encode;

impl Renderer<'_> {
    /// The path of content for a browser.
    pub(in crate::sandbox::confluence) fn web_path(self, content: &Content) -> String {
        let plain = |title: &str| {
            title
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || " -_.,'()".contains(c))
        };
        let page = |page: &Content| {
            // A title that does not fit into a path is left out of it.
            if !plain(&page.title) || page.status != Status::Current {
                return format!("/pages/viewpage.action?pageId={}", page.id);
            }
            match (page.kind, page.created()) {
                (Kind::Blog, Some(day)) => format!(
                    "/display/{}/{}/{}",
                    page.space,
                    day.format("%Y/%m/%d"),
                    encode(&page.title)
                ),
                _ => format!("/display/{}/{}", page.space, encode(&page.title)),
            }
        };
        let Some(container) = self.state.container(content) else {
            return page(content);
        };
        let path = page(container);
        let sign = if path.contains('?') { '&' } else { '?' };
        match content.kind {
            Kind::Attachment => {
                let preview = format!("/{}/{}/{}", container.id, content.id, content.title);
                format!("{path}{sign}preview={}", encode(&preview))
            }
            _ => format!("{path}{sign}focusedCommentId={0}#comment-{0}", content.id),
        }
    }

    pub(super) fn links(self, content: &Content) -> Value {
        let mut links = json!({
            "webui": self.web_path(content),
            "self": format!("{}/rest/api/content/{}", self.base, content.public_id()),
        });
        let Some(map) = links.as_object_mut() else {
            return links;
        };
        if content.kind == Kind::Attachment {
            map.insert("download".to_owned(), json!(download_path(content)));
        } else if content.kind != Kind::Comment {
            let edit = format!("/pages/resumedraft.action?draftId={}", content.id);
            map.insert("edit".to_owned(), json!(edit));
            map.insert("tinyui".to_owned(), json!(tiny(content.id)));
        }
        links
    }
}

/// Where the file of an attachment is, in the version that it has now.
fn download_path(attachment: &Content) -> String {
    let moment = attachment.modified().unwrap_or_default();
    format!(
        "/download/attachments/{}/{}?version={}&modificationDate={}&api=v2",
        attachment.container.unwrap_or_default(),
        // A plus sign is a space only in a query.
        encode(&attachment.title).replace('+', "%20"),
        attachment.version(),
        moment.timestamp_millis()
    )
}

/// The short link: the id in Base64, least significant byte first, without the zeros at its end.
fn tiny(id: u64) -> String {
    let code = STANDARD_NO_PAD.encode(id.to_le_bytes());
    let code = code
        .trim_end_matches('A')
        .replace('/', "-")
        .replace('+', "_");
    format!("/x/{code}")
}

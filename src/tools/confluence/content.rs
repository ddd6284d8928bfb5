//! A page as it is read before it is changed, and as it is sent.

use crate::{
    api::confluence::{Client, types},
    client::ask,
    tools::ToolError,
};

/// What a change has to know of a page.
const EXPAND: &str = "body.storage,version,space";

/// The page as it is: what a change leaves alone is sent along unchanged.
pub(super) async fn current(
    confluence: &Client,
    page_id: &str,
) -> Result<types::Content, ToolError> {
    let request = confluence.get_content().id(page_id).expand(EXPAND);
    let failed = ToolError::reading(format!("Page {page_id}"));
    ask(request.send()).await.map_err(failed)
}

/// The page as it was in an older version.
pub(super) async fn old_version(
    confluence: &Client,
    page_id: &str,
    wanted: i64,
    current: i64,
) -> Result<types::Content, ToolError> {
    let request = confluence
        .get_content()
        .id(page_id)
        .status(vec!["historical".to_owned()])
        .version(wanted)
        .expand(EXPAND);
    ask(request.send()).await.map_err(|error| {
        ToolError::new(format!(
            "Page {page_id} is at version {current} by now, and version {wanted} cannot be read \
             ({error}); nothing was written. Read it again and repeat the edit on that version."
        ))
    })
}

/// The number of the page's version.
pub(super) fn version_of(page_id: &str, content: &types::Content) -> Result<i64, ToolError> {
    let number = content.version.as_ref().and_then(|version| version.number);
    number.ok_or_else(|| {
        ToolError::new(format!(
            "Page {page_id}: Confluence did not send its version; nothing was written"
        ))
    })
}

/// The key of the page's space.
pub(super) fn space_of(content: &types::Content) -> &str {
    let space = content.space.as_ref();
    space.and_then(|space| space.key.as_deref()).unwrap_or("")
}

/// The page's next version with this body. If somebody saves in between, Confluence answers 409
/// and writes nothing.
pub(super) fn next_version(
    page_id: &str,
    content: &types::Content,
    version: i64,
    body: String,
    message: Option<String>,
) -> types::ContentUpdate {
    types::ContentUpdate {
        id: Some(page_id.to_owned()),
        type_: content.type_.clone().unwrap_or_else(|| "page".to_owned()),
        title: content.title.clone(),
        version: types::VersionInput {
            number: version + 1,
            message,
            minor_edit: None,
        },
        body: Some(body_of(body)),
        ancestors: Vec::new(),
        container: None,
        extensions: serde_json::Map::new(),
        metadata: serde_json::Map::new(),
        space: None,
        status: None,
    }
}

/// A body in storage format.
pub(super) fn body_of(value: String) -> types::ContentBodiesInput {
    types::ContentBodiesInput {
        storage: Some(types::ContentBodyInput {
            value,
            representation: "storage".to_owned(),
        }),
        editor: None,
        editor2: None,
        wiki: None,
    }
}

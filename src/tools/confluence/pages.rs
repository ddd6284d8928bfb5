//! Tools on single pages.

use rmcp::{handler::server::wrapper::Parameters, tool, tool_router};
use schemars::JsonSchema;
use serde::Deserialize;

use crate::{
    api::confluence::{Client, types},
    client::{ask, ask_raw},
    tools::{Json, Read, ToolError, Toolbox, arguments},
    views::confluence::{PageView, SavedPageView},
};

/// Parameters of `confluence_get_page`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct GetPage {
    /// The page's id, such as `123456`.
    #[serde(deserialize_with = "arguments::id")]
    page_id: String,
    /// Get Confluence's own JSON, with the body in storage format.
    #[serde(default)]
    raw: bool,
}

/// Parameters of `confluence_create_page`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct CreatePage {
    /// The space's key, such as `ENG`.
    space_key: String,
    /// The title; each title exists once in a space.
    title: String,
    /// The body in storage format (XHTML), such as `<h2>Cause</h2><p>…</p>`.
    #[serde(alias = "body_storage")]
    body: String,
    /// The id of the page to put it under.
    #[serde(default, deserialize_with = "arguments::optional_id")]
    parent_id: Option<String>,
}

/// Parameters of `confluence_update_page`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct UpdatePage {
    /// The page's id, such as `123456`.
    #[serde(deserialize_with = "arguments::id")]
    page_id: String,
    /// The new title; left out, it stays.
    #[serde(default)]
    title: Option<String>,
    /// The new body in storage format (XHTML), which replaces the whole old one; left out, it stays.
    #[serde(default, alias = "body_storage")]
    body: Option<String>,
    /// The version that the change was made on; if the page has a newer one, nothing is written.
    #[serde(default)]
    expected_version: Option<i64>,
    /// A note for the page's history.
    #[serde(default)]
    message: Option<String>,
}

#[tool_router(router = pages, vis = "pub(super)")]
impl Toolbox {
    /// Get one Confluence page, its text reduced to Markdown.
    /// Use `confluence_search_pages` to find ids.
    #[tool(annotations(
        title = "Get page",
        read_only_hint = true,
        destructive_hint = false,
        idempotent_hint = true,
        open_world_hint = true
    ))]
    async fn confluence_get_page(
        &self,
        Parameters(GetPage { page_id, raw }): Parameters<GetPage>,
    ) -> Result<Json<Read<PageView>>, ToolError> {
        let page_id = arguments::content_id("page_id", &page_id)?;
        let confluence = self.confluence()?;
        let request = confluence
            .get_content()
            .id(page_id)
            .expand(PageView::EXPAND);
        let failed = ToolError::reading(format!("Page {page_id}"));
        let (page, body) = ask_raw(request.send()).await.map_err(failed)?;
        self.policy.space(space_of(&page))?;
        let view = || PageView::from_raw(&page, self.confluence_url());
        Ok(Json(Read::new(raw, body, view)))
    }

    /// Create a Confluence page.
    #[tool(annotations(
        title = "Create page",
        read_only_hint = false,
        destructive_hint = false,
        idempotent_hint = false,
        open_world_hint = true
    ))]
    async fn confluence_create_page(
        &self,
        Parameters(page): Parameters<CreatePage>,
    ) -> Result<Json<SavedPageView>, ToolError> {
        let space_key = arguments::key("space_key", &page.space_key)?;
        self.policy.space(space_key)?;
        let title = arguments::filled("title", &page.title)?;
        let parent = page
            .parent_id
            .as_deref()
            .map(|id| arguments::content_id("parent_id", id));
        let parent = parent.transpose()?.map(|id| types::Ancestor {
            id: id.to_owned(),
            type_: None,
        });
        let content = types::ContentCreate::builder()
            .type_("page")
            .title(title.to_owned())
            .space(Some(types::SpaceRef {
                key: space_key.to_owned(),
            }))
            .ancestors(Vec::from_iter(parent))
            .body(Some(storage(page.body)));
        let confluence = self.confluence()?;
        let failed = ToolError::writing(format!("New page `{title}` in {space_key}"));
        let created = ask(confluence.create_content().body(content).send())
            .await
            .map_err(failed)?;
        Ok(Json(SavedPageView::from_raw(
            &created,
            self.confluence_url(),
        )))
    }

    /// Change the title or replace the body of a Confluence page, as its next version.
    #[tool(annotations(
        title = "Update page",
        read_only_hint = false,
        destructive_hint = true,
        idempotent_hint = false,
        open_world_hint = true
    ))]
    async fn confluence_update_page(
        &self,
        Parameters(change): Parameters<UpdatePage>,
    ) -> Result<Json<SavedPageView>, ToolError> {
        let page_id = arguments::content_id("page_id", &change.page_id)?.to_owned();
        if change.title.is_none() && change.body.is_none() {
            return Err(ToolError::new(
                "Nothing to change: give title, body or both",
            ));
        }
        let confluence = self.confluence()?;
        let current = current(&confluence, &page_id).await?;
        self.policy.space(space_of(&current))?;
        let update = next_version(&page_id, current, change)?;
        let request = confluence.update_content().id(&page_id).body(update);
        let failed = ToolError::writing(format!("Page {page_id}"));
        let saved = ask(request.send()).await.map_err(failed)?;
        Ok(Json(SavedPageView::from_raw(&saved, self.confluence_url())))
    }
}

/// The page as it is: what a change leaves alone is sent along unchanged.
async fn current(confluence: &Client, page_id: &str) -> Result<types::Content, ToolError> {
    let request = confluence
        .get_content()
        .id(page_id)
        .expand("body.storage,version,space");
    let failed = ToolError::reading(format!("Page {page_id}"));
    ask(request.send()).await.map_err(failed)
}

/// The change as the version after the current one. If somebody saves in between, Confluence
/// answers 409 and writes nothing.
fn next_version(
    page_id: &str,
    current: types::Content,
    change: UpdatePage,
) -> Result<types::ContentUpdate, ToolError> {
    let number = current.version.and_then(|version| version.number);
    let number = number.ok_or_else(|| {
        ToolError::new(format!(
            "Page {page_id}: Confluence did not send its version; nothing was written"
        ))
    })?;
    if change
        .expected_version
        .is_some_and(|expected| expected != number)
    {
        return Err(ToolError::new(format!(
            "Page {page_id} is at version {number} by now; nothing was written. \
             Read it again and repeat the change on that version."
        )));
    }
    let title = match change.title {
        Some(title) => Some(arguments::filled("title", &title)?.to_owned()),
        None => current.title,
    };
    let old_body = current
        .body
        .and_then(|body| body.storage)
        .and_then(|storage| storage.value);
    let body = change.body.or(old_body).ok_or_else(|| {
        ToolError::new(format!(
            "Page {page_id}: Confluence did not send its body; nothing was written"
        ))
    })?;
    Ok(types::ContentUpdate {
        id: Some(page_id.to_owned()),
        type_: current.type_.unwrap_or_else(|| "page".to_owned()),
        title,
        version: types::VersionInput {
            number: number + 1,
            message: change.message,
            minor_edit: None,
        },
        body: Some(storage(body)),
        ancestors: Vec::new(),
        container: None,
        extensions: serde_json::Map::new(),
        metadata: serde_json::Map::new(),
        space: None,
        status: None,
    })
}

fn space_of(content: &types::Content) -> &str {
    content
        .space
        .as_ref()
        .and_then(|space| space.key.as_deref())
        .unwrap_or("")
}

fn storage(value: String) -> types::ContentBodiesInput {
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

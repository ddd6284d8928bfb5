//! Edits of a page that leave all else on it as it is.

use rmcp::{handler::server::wrapper::Parameters, tool, tool_router};
use schemars::JsonSchema;
use serde::Deserialize;

use crate::{
    api::confluence::types,
    client::{ApiErrorKind, ask},
    markup::{
        markdown,
        page::{self, DiffView, Edit},
        storage::Base,
    },
    tools::{
        Json, ToolError, Toolbox, arguments,
        confluence::content::{current, next_version, old_version, space_of, version_of},
    },
    views::{
        confluence::{EditedPageView, OutlineView, SavedPageView, storage_of},
        text,
    },
};

/// How often an edit is made again because somebody saved the page in between.
const MOST_ATTEMPTS: usize = 3;

/// Parameters of `confluence_get_page_outline`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct GetPageOutline {
    /// The page's id, such as `123456`.
    #[serde(deserialize_with = "arguments::id")]
    page_id: String,
}

/// Parameters of `confluence_edit_page`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct EditPage {
    /// The page's id, such as `123456`.
    #[serde(deserialize_with = "arguments::id")]
    page_id: String,
    /// The edits, made in this order, all or none.
    #[schemars(with = "Vec<EditSchema>")]
    edits: Vec<Edit>,
    /// The version that the edits are for. If the page is newer, they are made only where nobody changed what they touch.
    #[serde(default)]
    expected_version: Option<i64>,
    /// Show what would change, and write nothing.
    #[serde(default)]
    dry_run: bool,
    /// A note for the page's history.
    #[serde(default)]
    message: Option<String>,
}

// What a model is told of an edit: one flat object costs a third of a schema for each operation,
// and more clients take it. `Edit` says which operation takes what.
#[derive(JsonSchema)]
#[schemars(inline)]
#[expect(dead_code, reason = "only its schema is used")]
struct EditSchema {
    op: Operation,
    /// A heading, its anchor, or `#3` for the third.
    section: Option<String>,
    /// The new text.
    markdown: Option<String>,
    /// The text as it is shown.
    find: Option<String>,
    /// Plain text to put there.
    replace: Option<String>,
    /// Wherever it is found; else it must be there once.
    all: Option<bool>,
    /// Which table, from 1.
    table: Option<u32>,
    /// Number from 1, or its first cell.
    row: Option<String>,
    /// Number from 1, or its header.
    column: Option<String>,
    /// Its text, or number from 1.
    task: Option<String>,
    done: Option<bool>,
}

#[derive(JsonSchema)]
#[schemars(inline, rename_all = "snake_case")]
#[expect(dead_code, reason = "only its schema is used")]
enum Operation {
    ReplaceSection,
    DeleteSection,
    InsertBefore,
    InsertAfter,
    Append,
    Prepend,
    ReplaceText,
    SetCell,
    SetTask,
}

#[tool_router(router = page_edits, vis = "pub(super)")]
impl Toolbox {
    /// List the headings of a Confluence page with the sizes of their sections.
    #[tool(annotations(
        title = "Get page outline",
        read_only_hint = true,
        destructive_hint = false,
        idempotent_hint = true,
        open_world_hint = true
    ))]
    async fn confluence_get_page_outline(
        &self,
        Parameters(GetPageOutline { page_id }): Parameters<GetPageOutline>,
    ) -> Result<Json<OutlineView>, ToolError> {
        let page_id = arguments::content_id("page_id", &page_id)?;
        let confluence = self.confluence()?;
        let content = current(&confluence, page_id).await?;
        self.policy.space(space_of(&content))?;
        let base = Base::new(storage_of(&content))
            .map_err(|problem| ToolError::new(format!("Page {page_id} is {problem}")))?;
        Ok(Json(OutlineView::from_raw(&content, page::outline(&base))))
    }

    /// Change parts of a Confluence page; everything else on it stays exactly as it is.
    /// Sections come from `confluence_get_page_outline`.
    #[tool(annotations(
        title = "Edit page",
        read_only_hint = false,
        destructive_hint = true,
        idempotent_hint = false,
        open_world_hint = true
    ))]
    async fn confluence_edit_page(
        &self,
        Parameters(wanted): Parameters<EditPage>,
    ) -> Result<Json<EditedPageView>, ToolError> {
        let page_id = arguments::content_id("page_id", &wanted.page_id)?.to_owned();
        if wanted.edits.is_empty() {
            return Err(ToolError::argument("edits", "must have at least one edit"));
        }
        let confluence = self.confluence()?;
        let mut content = current(&confluence, &page_id).await?;
        self.policy.space(space_of(&content))?;
        let mut version = version_of(&page_id, &content)?;
        let options = self.reading(&confluence, storage_of(&content)).await;
        if let Some(expected) = wanted.expected_version
            && expected != version
        {
            let known = old_version(&confluence, &page_id, expected, version).await?;
            self.policy.space(space_of(&known))?;
            still_fits(&page_id, &known, &content, &wanted.edits, &options)?;
        }
        let mut attempts = 1;
        loop {
            let source = storage_of(&content);
            let edited = page::apply(source, &wanted.edits, &options)
                .map_err(|problem| ToolError::new(format!("{problem}. Nothing was written.")))?;
            if wanted.dry_run || edited == source {
                let diff = difference(source, &edited, &options)?;
                let page = SavedPageView::from_raw(&content, self.confluence_url());
                return Ok(Json(EditedPageView::unsaved(page, &diff)));
            }
            let update = next_version(&page_id, &content, version, edited, wanted.message.clone());
            let request = confluence.update_content().id(&page_id).body(update);
            let refused = match ask(request.send()).await {
                Ok(saved) => {
                    let page = SavedPageView::from_raw(&saved, self.confluence_url());
                    return Ok(Json(EditedPageView::saved(page)));
                }
                Err(error) => error,
            };
            // After a 409, somebody saved the page since it was read, and nothing of ours was
            // written.
            if attempts == MOST_ATTEMPTS || !matches!(refused.kind, ApiErrorKind::Conflict(_)) {
                return Err(ToolError::writing(format!("Page {page_id}"))(refused));
            }
            let newer = current(&confluence, &page_id).await?;
            self.policy.space(space_of(&newer))?;
            let newest = version_of(&page_id, &newer)?;
            if newest == version {
                return Err(ToolError::writing(format!("Page {page_id}"))(refused));
            }
            still_fits(&page_id, &content, &newer, &wanted.edits, &options)?;
            (content, version, attempts) = (newer, newest, attempts + 1);
        }
    }
}

/// What changed, as Markdown, or where that looks the same, in storage format.
fn difference(old: &str, new: &str, options: &markdown::Options) -> Result<String, ToolError> {
    let diff = |view| {
        let diff = page::diff(old, new, view, text::MAXIMUM_BODY);
        diff.map_err(|problem| ToolError::new(format!("the page is {problem}")))
    };
    match diff(DiffView::Markdown(options))? {
        same if same.is_empty() => diff(DiffView::Storage),
        diff => Ok(diff),
    }
}

/// Whether the edits touch only what is still as it was when they were made up.
fn still_fits(
    page_id: &str,
    known: &types::Content,
    newer: &types::Content,
    edits: &[Edit],
    options: &markdown::Options,
) -> Result<(), ToolError> {
    let version = version_of(page_id, newer)?;
    page::still_fits(storage_of(known), storage_of(newer), edits, options).map_err(|problem| {
        ToolError::new(format!(
            "Page {page_id} is at version {version} by now: {problem}. Nothing was written. Read \
             it again and repeat the edit on that version."
        ))
    })
}

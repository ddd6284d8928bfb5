//! Tools on single pages.

use rmcp::{handler::server::wrapper::Parameters, tool, tool_router};
use schemars::JsonSchema;
use serde::Deserialize;

use crate::{
    api::confluence::{Client, types},
    client::{ask, ask_raw},
    config::TextSettings,
    markup::{
        page,
        storage::{self, Base},
    },
    tools::{
        Json, Read, ToolError, Toolbox, arguments,
        confluence::content::{body_of, current, next_version, space_of, version_of},
        format::{self, PageFormat},
    },
    views::{
        Notation,
        confluence::{PageView, SavedPageView, storage_of},
        text,
    },
};

/// Parameters of `confluence_get_page`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct GetPage {
    /// The page's id, such as `123456`.
    #[serde(deserialize_with = "arguments::id")]
    page_id: String,
    /// Only this section: its heading, anchor, or `#3` for the third heading.
    #[serde(default)]
    section: Option<String>,
    /// Where to start in the text, in characters.
    #[serde(default)]
    offset: usize,
    /// How many characters of the text at most.
    #[serde(default = "maximum_body")]
    max_chars: usize,
    /// How the text is told.
    #[serde(default)]
    format: Option<PageFormat>,
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
    /// The body. Macros in Markdown are tags such as `<ac-toc maxLevel="2"/>`, pages `[[Title]]`, people `@name`.
    #[serde(default)]
    #[schemars(required)]
    body: Option<String>,
    /// The body in storage format, as other servers name it.
    #[serde(default)]
    #[schemars(skip)]
    body_storage: Option<String>,
    /// How the body is written.
    #[serde(default)]
    format: Option<PageFormat>,
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
    /// The new body, which replaces the whole old one; left out, it stays.
    /// What Markdown leaves as it was read, tags such as `<ac-toc/>` too, stays exactly as it is.
    #[serde(default)]
    body: Option<String>,
    /// The new body in storage format, as other servers name it.
    #[serde(default)]
    #[schemars(skip)]
    body_storage: Option<String>,
    /// How the body is written.
    #[serde(default)]
    format: Option<PageFormat>,
    /// The version that the change was made on; if the page has a newer one, nothing is written.
    #[serde(default)]
    expected_version: Option<i64>,
    /// A note for the page's history.
    #[serde(default)]
    message: Option<String>,
}

fn maximum_body() -> usize {
    text::MAXIMUM_BODY
}

#[tool_router(router = pages, vis = "pub(super)")]
impl Toolbox {
    /// Get one Confluence page with its text, or a section of it.
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
        Parameters(wanted): Parameters<GetPage>,
    ) -> Result<Json<Read<PageView>>, ToolError> {
        let page_id = arguments::content_id("page_id", &wanted.page_id)?;
        let confluence = self.confluence()?;
        let request = confluence
            .get_content()
            .id(page_id)
            .expand(PageView::EXPAND);
        let failed = ToolError::reading(format!("Page {page_id}"));
        let (content, body) = ask_raw(request.send()).await.map_err(failed)?;
        self.policy.space(space_of(&content))?;
        if wanted.raw {
            return Ok(Json(Read::Raw(body)));
        }
        let notation = PageFormat::or_default(wanted.format, self.texts().format);
        let source = storage_of(&content);
        let told = self
            .told(&confluence, source, wanted.section.as_deref(), notation)
            .await?;
        let part = text::part(&told, wanted.offset, wanted.max_chars);
        let view = PageView::from_raw(&content, self.confluence_url(), part);
        Ok(Json(Read::View(view)))
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
        let (body, notation) = given_body(page.body, page.body_storage, page.format, self.texts())
            .ok_or_else(|| ToolError::argument("body", "is missing"))?;
        let body = format::to_storage("body", &body, notation, self.confluence_url())?;
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
            .body(Some(body_of(body)));
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
        Parameters(mut change): Parameters<UpdatePage>,
    ) -> Result<Json<SavedPageView>, ToolError> {
        let page_id = arguments::content_id("page_id", &change.page_id)?.to_owned();
        let given = given_body(
            change.body.take(),
            change.body_storage.take(),
            change.format,
            self.texts(),
        );
        if change.title.is_none() && given.is_none() {
            return Err(ToolError::new(
                "Nothing to change: give title, body or both",
            ));
        }
        let confluence = self.confluence()?;
        let mut content = current(&confluence, &page_id).await?;
        self.policy.space(space_of(&content))?;
        let version = version_of(&page_id, &content)?;
        if let Some(expected) = change.expected_version
            && expected != version
        {
            return Err(ToolError::new(format!(
                "Page {page_id} is at version {version} by now; nothing was written. \
                 Read it again and repeat the change on that version."
            )));
        }
        let body = match given {
            Some((body, notation)) => {
                self.new_body(&confluence, &content, &body, notation)
                    .await?
            }
            None => unchanged_body(&page_id, &content)?,
        };
        if let Some(title) = &change.title {
            content.title = Some(arguments::filled("title", title)?.to_owned());
        }
        let update = next_version(&page_id, &content, version, body, change.message);
        let request = confluence.update_content().id(&page_id).body(update);
        let failed = ToolError::writing(format!("Page {page_id}"));
        let saved = ask(request.send()).await.map_err(failed)?;
        Ok(Json(SavedPageView::from_raw(&saved, self.confluence_url())))
    }
}

impl Toolbox {
    /// A page or a section of it, for a model.
    async fn told(
        &self,
        confluence: &Client,
        source: &str,
        section: Option<&str>,
        notation: Notation,
    ) -> Result<String, ToolError> {
        let (mut document, source) = match section {
            None => match storage::read(source) {
                Ok(document) => (document, source),
                Err(_) => return Ok(notation.of_storage(source)),
            },
            Some(section) => {
                let wrong = |problem: String| ToolError::new(format!("section: {problem}"));
                let base =
                    Base::new(source).map_err(|problem| wrong(format!("the page is {problem}")))?;
                let section = page::find_section(&base, section)
                    .map_err(|unknown| wrong(unknown.to_string()))?;
                let source = source.get(section.at.clone()).unwrap_or_default();
                (page::read_section(&base, &section), source)
            }
        };
        if notation == Notation::Storage {
            return Ok(source.to_owned());
        }
        self.name_users(confluence, &mut document).await;
        Ok(notation.of_document(&document, source))
    }

    /// A new body for a page. Markdown is laid over the page as it is: what it leaves alone keeps
    /// every byte, and what it cannot say stays where it was.
    async fn new_body(
        &self,
        confluence: &Client,
        content: &types::Content,
        body: &str,
        notation: Notation,
    ) -> Result<String, ToolError> {
        let site_url = self.confluence_url();
        if notation != Notation::Markdown {
            return format::to_storage("body", body, notation, site_url);
        }
        let source = storage_of(content);
        let options = self.reading(confluence, source).await;
        let changed = format::from_markdown("body", body, &options)?;
        match Base::new(source) {
            Ok(base) => base.merge(&changed).map_err(|damaged| {
                ToolError::argument("body", &format!("holds {damaged}; nothing was written"))
            }),
            // A page that is not well-formed has nothing that could be kept.
            Err(_) => format::to_storage("body", body, notation, site_url),
        }
    }
}

/// The body as it is.
fn unchanged_body(page_id: &str, content: &types::Content) -> Result<String, ToolError> {
    let storage = content.body.as_ref().and_then(|body| body.storage.as_ref());
    let value = storage.and_then(|storage| storage.value.clone());
    value.ok_or_else(|| {
        ToolError::new(format!(
            "Page {page_id}: Confluence did not send its body; nothing was written"
        ))
    })
}

/// The body that was given, under either name, and how it is written.
fn given_body(
    body: Option<String>,
    body_storage: Option<String>,
    format: Option<PageFormat>,
    texts: TextSettings,
) -> Option<(String, Notation)> {
    let storage = body_storage.map(|body| (body, Notation::Storage));
    body.map(|body| (body, PageFormat::or_default(format, texts.format)))
        .or(storage)
}

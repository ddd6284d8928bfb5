//! How the texts of a site are told to a model.

use crate::markup::{document::Document, html, markdown, storage, wiki};

/// How the texts of a site are told to a model, and taken from it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Notation {
    /// Markdown.
    #[default]
    Markdown,
    /// Jira's wiki markup; of a page, as Confluence takes it.
    Wiki,
    /// Confluence's storage format.
    Storage,
}

impl Notation {
    /// A text of Jira, which is wiki markup.
    pub fn of_wiki(self, source: &str) -> String {
        match self {
            Self::Markdown => markdown::write(&wiki::read(source, wiki::Dialect::Jira)),
            Self::Wiki | Self::Storage => source.to_owned(),
        }
    }

    /// The body of a page, which is storage format.
    ///
    /// A source that is not well-formed is read as a browser would, with a note on top.
    pub fn of_storage(self, source: &str) -> String {
        match storage::read(source) {
            Ok(document) => self.of_document(&document, source),
            Err(_) if self == Self::Storage => source.to_owned(),
            Err(problem) => {
                let text = self.of_document(&html::read(source), source);
                format!("(the source is {problem})\n\n{text}")
            }
        }
    }

    /// A page or a part of one, which is this in storage format.
    pub fn of_document(self, document: &Document, source: &str) -> String {
        match self {
            Self::Markdown => markdown::write(document),
            Self::Wiki => wiki::write(document),
            Self::Storage => source.to_owned(),
        }
    }
}

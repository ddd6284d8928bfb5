//! Markup: each fixture is a case, what becomes of it a snapshot.

use std::fs;

use atlassian_bridge::markup::{
    document::Document,
    html, markdown, plain,
    storage::{self, Base},
    wiki::{self, Dialect},
};

use crate::snapshot;

fn each(folder: &str, outcome: impl Fn(&str) -> String) {
    insta::glob!("../fixtures/markup", &format!("{folder}/*"), |path| {
        let source = fs::read_to_string(path).unwrap();
        snapshot::check("markup", folder, &outcome(&source));
    });
}

fn read_markdown(source: &str) -> Document {
    markdown::read(source, &markdown::Options::default()).unwrap()
}

#[test]
fn storage_format() {
    each("storage", |source| {
        let base = Base::new(source).unwrap();
        let written = markdown::write(base.document());
        let back = base.merge(&read_markdown(&written)).unwrap();
        assert_eq!(back, source, "by way of\n{written}");
        let wiki_text = wiki::write(base.document());
        let text = plain::write(base.document());
        format!("{written}\n\n=== wiki ===\n\n{wiki_text}\n\n=== text ===\n\n{text}")
    });
}

#[test]
fn wiki_markup() {
    each("wiki", |source| {
        let document = wiki::read(source, Dialect::Jira);
        let written = markdown::write(&document);
        assert_eq!(read_markdown(&written), document, "by way of\n{written}");
        let back = wiki::write(&document);
        assert_eq!(
            wiki::read(&back, Dialect::Jira),
            document,
            "by way of\n{back}"
        );
        format!("{written}\n\n=== and back ===\n\n{back}")
    });
}

#[test]
fn wiki_markup_of_confluence() {
    each("confluence_wiki", |source| {
        let document = wiki::read(source, Dialect::Confluence);
        let written = markdown::write(&document);
        assert_eq!(read_markdown(&written), document, "by way of\n{written}");
        format!(
            "{written}\n\n=== storage ===\n\n{}",
            storage::write(&document)
        )
    });
}

#[test]
fn markdown_text() {
    each("markdown", |source| {
        let document = read_markdown(source);
        let stored = storage::write(&document);
        let wiki_text = wiki::write(&document);
        let normal = markdown::write(&document);
        assert_eq!(read_markdown(&normal), document, "by way of\n{normal}");
        format!("{normal}\n\n=== storage ===\n\n{stored}\n\n=== wiki ===\n\n{wiki_text}")
    });
}

#[test]
fn rendered_html() {
    each("html", |source| {
        let document = html::read(source);
        let written = markdown::write(&document);
        assert_eq!(read_markdown(&written), document, "by way of\n{written}");
        written
    });
}

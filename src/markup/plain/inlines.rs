//! The text of a line.

use super::text_of;
use crate::markup::document::{Body, Inline, Link, Macro, Target, User};

/// The text of a paragraph, with its line ends.
pub(super) fn line_of(content: &[Inline]) -> String {
    let mut line = String::new();
    inlines(content, &mut line);
    line
}

fn inlines(content: &[Inline], line: &mut String) {
    for inline in content {
        match inline {
            Inline::Text(text) | Inline::Code(text) => line.push_str(text),
            Inline::Styled(styled) => {
                stacker::maybe_grow(64 << 10, 1 << 20, || inlines(&styled.content, line));
            }
            Inline::Link(found) => {
                stacker::maybe_grow(64 << 10, 1 << 20, || link(found, line));
            }
            Inline::Image(image) => {
                let name = || Some(address(&image.target)).filter(|_| !is_data(&image.target));
                let alternative = image.alternative.clone().filter(|text| !text.is_empty());
                line.push_str(&alternative.or_else(name).unwrap_or_default());
            }
            Inline::Emoticon(emoticon) => {
                line.push(':');
                line.push_str(&emoticon.name);
                line.push(':');
            }
            Inline::Date(date) => line.push_str(&date.day),
            Inline::Macro(found) => {
                stacker::maybe_grow(64 << 10, 1 << 20, || inline_macro(found, line));
            }
            Inline::Break => line.push('\n'),
        }
    }
}

fn link(link: &Link, line: &mut String) {
    let address = address(&link.target);
    let start = line.len();
    inlines(&link.content, line);
    let text = line.get(start..).unwrap_or_default();
    if text.is_empty() {
        line.push_str(&address);
    } else if shows_address(&link.target) && text != address {
        line.push_str(" <");
        line.push_str(&address);
        line.push('>');
    }
}

/// Whether somebody who reads the text alone can do something with the address.
fn shows_address(target: &Target) -> bool {
    !matches!(target, Target::Anchor(_) | Target::Content(_))
}

fn is_data(target: &Target) -> bool {
    matches!(target, Target::Url(url) if url.starts_with("data:"))
}

/// The name by which a target is known.
fn address(target: &Target) -> String {
    match target {
        Target::Url(url) => url.clone(),
        Target::Page {
            title: name,
            anchor: None,
            ..
        }
        | Target::Blog {
            title: name,
            anchor: None,
            ..
        }
        | Target::Attachment { name, .. }
        | Target::Space(name)
        | Target::Content(name) => name.clone(),
        Target::Page {
            title,
            anchor: Some(anchor),
            ..
        }
        | Target::Blog {
            title,
            anchor: Some(anchor),
            ..
        } => format!("{title}#{anchor}"),
        Target::User(User::Name(name) | User::Key(name) | User::Account(name)) => {
            format!("@{name}")
        }
        Target::Anchor(name) => format!("#{name}"),
        Target::Shortcut { key, parameter } => format!("{parameter}@{key}"),
    }
}

/// Adds what a macro shows within a line.
pub(super) fn inline_macro(found: &Macro, line: &mut String) {
    match &found.body {
        Body::None => line.push_str(shown_parameter(found).unwrap_or_default()),
        Body::Plain(text) => line.push_str(text),
        Body::Inline(content) => inlines(content, line),
        Body::Blocks(blocks) => line.push_str(&text_of(blocks)),
    }
}

/// What a macro without a body shows on the page.
fn shown_parameter(found: &Macro) -> Option<&str> {
    match found.name.as_str() {
        "status" => found.parameter("title").or(found.parameter("colour")),
        "jira" => ["key", "", "jqlQuery", "jql"]
            .iter()
            .find_map(|name| found.parameter(name)),
        _ => None,
    }
}

//! What a link's target means.

use super::{Dialect, urls::is_address};
use crate::markup::document::{Target, User};

/// What the text of a target means; none if it leads nowhere in the dialect.
pub(super) fn target(text: &str, has_label: bool, dialect: Dialect) -> Option<Target> {
    if is_address(text) || names_host(text) {
        return Some(url(text));
    }
    if let Some(name) = text.strip_prefix('#') {
        return filled(name).map(Target::Anchor);
    }
    if let Some(name) = text.strip_prefix('~')
        && !name.contains(':')
    {
        return filled(name).map(|name| Target::User(User::Name(name)));
    }
    if let Some(name) = text.strip_prefix('^') {
        return filled(name).map(|name| Target::Attachment { name, on: None });
    }
    match dialect {
        Dialect::Jira => (has_label && (is_path(text) || is_issue_key(text))).then(|| url(text)),
        Dialect::Confluence => confluence_target(text, has_label),
    }
}

/// An attachment of another page, `page^file`.
pub(super) fn attachment(text: &str) -> Option<Target> {
    let (page, file) = text.split_once('^')?;
    let name = filled(file)?;
    let on = match page.trim() {
        "" => None,
        page => Some(Box::new(page_target(page)?)),
    };
    Some(Target::Attachment { name, on })
}

fn confluence_target(text: &str, has_label: bool) -> Option<Target> {
    if let Some(id) = text.strip_prefix('$') {
        return filled(id).map(Target::Content);
    }
    if text.contains('^') {
        return attachment(text);
    }
    if let Some((parameter, key)) = text.rsplit_once('@')
        && is_word(key)
        && !parameter.is_empty()
    {
        return Some(Target::Shortcut {
            key: key.to_owned(),
            parameter: parameter.to_owned(),
        });
    }
    let is_blog = |text: &str| blog_day(text).is_some();
    if is_path(text) && !is_blog(text) {
        return has_label.then(|| url(text));
    }
    page_target(text)
}

/// A page, a blog post or a space.
fn page_target(text: &str) -> Option<Target> {
    let (space, rest) = match text.split_once(':') {
        Some((space, rest)) if is_space_key(space) && !rest.starts_with(' ') => (Some(space), rest),
        _ => (None, text),
    };
    let space = space.map(str::to_owned);
    let (title, anchor) = match rest.split_once('#') {
        Some((title, anchor)) => (title.trim(), filled(anchor)),
        None => (rest.trim(), None),
    };
    match (space, title) {
        (Some(space), "") => Some(Target::Space(space)),
        (None, "") => None,
        (space, title) => match blog_day(title) {
            Some((day, title)) => Some(Target::Blog {
                space,
                title: title.to_owned(),
                day: Some(day.to_owned()),
                anchor,
            }),
            None if title.chars().any(char::is_alphanumeric) => Some(Target::Page {
                space,
                title: title.to_owned(),
                anchor,
            }),
            None => None,
        },
    }
}

/// The day and the title of `/2004/01/12/My Post`.
fn blog_day(text: &str) -> Option<(&str, &str)> {
    let path = text.strip_prefix('/')?;
    let (day, title) = path.split_at_checked(10)?;
    let title = title.strip_prefix('/')?.trim();
    let is_day = day.bytes().enumerate().all(|(place, byte)| match place {
        4 | 7 => byte == b'/',
        _ => byte.is_ascii_digit(),
    });
    (is_day && !title.is_empty()).then_some((day, title))
}

/// Whether the text is an address without a scheme: `//host/x` or `\\\\host\\x`.
fn names_host(text: &str) -> bool {
    let begins_host = |c: char| c.is_alphanumeric() || c == '%';
    match (text.strip_prefix("//"), text.strip_prefix(r"\\")) {
        (Some(host), _) => host.starts_with(begins_host),
        (_, Some(host)) => host.starts_with(|c: char| c.is_ascii_alphanumeric()),
        _ => false,
    }
}

/// An address; a tab or a line end, which an entity may have hidden, does not stand in one.
pub(super) fn url(text: &str) -> Target {
    let mut address = String::with_capacity(text.len());
    for character in text.chars() {
        if character.is_ascii_control() {
            address.push_str(&format!("%{:02X}", u32::from(character)));
        } else {
            address.push(character);
        }
    }
    Target::Url(address)
}

fn filled(text: &str) -> Option<String> {
    let text = text.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

/// Whether the text is a path on the same site.
fn is_path(text: &str) -> bool {
    text.starts_with('/') && text.chars().any(char::is_alphanumeric)
}

fn is_issue_key(text: &str) -> bool {
    text.split_once('-').is_some_and(|(project, number)| {
        let is_part = |c: char| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_';
        project.starts_with(|c: char| c.is_ascii_uppercase())
            && project.chars().all(is_part)
            && !number.is_empty()
            && number.chars().all(|c| c.is_ascii_digit())
    })
}

fn is_space_key(text: &str) -> bool {
    let name = text.strip_prefix('~').unwrap_or(text);
    !name.is_empty()
        && name
            .chars()
            .all(|c| c.is_alphanumeric() || "._-@".contains(c))
}

fn is_word(text: &str) -> bool {
    !text.is_empty()
        && text
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'))
}

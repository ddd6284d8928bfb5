//! Images between exclamation marks.

use super::{
    Dialect, Reader,
    escapes::decoded,
    links::has_extension,
    targets::{attachment, url},
    urls::is_address,
};
use crate::markup::{
    document::{Image, Origin, Target},
    elements::IMAGE_ATTRIBUTES,
};

impl Reader<'_> {
    /// The image whose first exclamation mark stands here, and where it ends.
    pub(super) fn image(&self, start: usize, limit: usize) -> Option<(Image, usize)> {
        if self.slice(0..start).ends_with(char::is_alphanumeric) {
            return None;
        }
        let line = self.slice(start + 1..limit);
        let length = closing_mark(line)?;
        let (inner, rest) = line.split_at_checked(length)?;
        let rest = rest.get(1..)?;
        // What begins with a `)` is rather an emoticon, `(!)`.
        let is_name = !inner.starts_with(|c: char| c.is_whitespace() || c == ')');
        if !is_name || rest.starts_with(char::is_alphanumeric) {
            return None;
        }
        let (name, attributes) = match inner.split_once('|') {
            Some((name, attributes)) => (name, attributes),
            None => (inner, ""),
        };
        let mut image = Image {
            target: image_target(&decoded(name.trim()), self.dialect)?,
            alternative: None,
            attributes: Vec::new(),
            origin: Origin::default(),
        };
        add_attributes(&mut image, attributes);
        Some((image, start + 1 + length + 1))
    }
}

/// Where the next exclamation mark of the line stands.
fn closing_mark(line: &str) -> Option<usize> {
    let mut is_escaped = false;
    for (at, byte) in line.bytes().enumerate() {
        match byte {
            b'\n' => return None,
            _ if is_escaped => is_escaped = false,
            b'\\' => is_escaped = true,
            b'!' => return (at > 0).then_some(at),
            _ => {}
        }
    }
    None
}

fn image_target(name: &str, dialect: Dialect) -> Option<Target> {
    if is_address(name) {
        return Some(url(name));
    }
    let is_file = has_extension(name) && !name.contains(['<', '>', '"', '=', '&', '*', '?', '{']);
    if !is_file {
        return None;
    }
    if name.starts_with('/') {
        return Some(url(name));
    }
    match dialect {
        Dialect::Confluence if name.contains('^') => attachment(name),
        Dialect::Jira | Dialect::Confluence => Some(Target::Attachment {
            name: name.trim_start_matches('^').trim().to_owned(),
            on: None,
        }),
    }
}

/// Attributes, `a=b, c`, each once and in the order of all readers; a text that cannot be one is
/// the alternative.
fn add_attributes(image: &mut Image, text: &str) {
    for part in attribute_parts(text) {
        let part = part.trim();
        let (name, value) = match part.split_once('=') {
            Some((name, value)) => (name.trim(), unquoted(value)),
            None => (part, String::new()),
        };
        if part.is_empty() {
            continue;
        }
        let is_name = name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
            && name.starts_with(|c: char| c.is_ascii_alphabetic());
        if name == "alt" {
            image.alternative = Some(value).filter(|value| !value.is_empty());
        } else if is_name {
            if IMAGE_ATTRIBUTES.contains(&name) {
                image.attributes.push((name.to_owned(), value));
            }
        } else if image.alternative.is_none() {
            image.alternative = Some(decoded(part));
        }
    }
    let place = |name: &str| IMAGE_ATTRIBUTES.iter().position(|known| *known == name);
    image.attributes.sort_by_key(|(name, _)| place(name));
    image
        .attributes
        .dedup_by(|(later, _), (name, _)| later == name);
}

/// The parts between commas and pipes that do not stand in quotes.
fn attribute_parts(text: &str) -> Vec<&str> {
    let mut is_quoted = false;
    let is_separator = |c: char| {
        is_quoted ^= c == '"';
        !is_quoted && matches!(c, ',' | '|')
    };
    text.split(is_separator).collect()
}

fn unquoted(value: &str) -> String {
    let value = value.trim();
    let inner = value
        .strip_prefix('"')
        .and_then(|value| value.strip_suffix('"'));
    decoded(inner.unwrap_or(value).trim())
}

//! What links and images point to.

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};

use super::marks;
use crate::markup::document::{Image, Target, User};

/// What would end an address within a link.
const ENCODED: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'|')
    .add(b'[')
    .add(b']')
    .add(b'{')
    .add(b'}')
    .add(b'\\')
    .add(b'"')
    .add(b'<')
    .add(b'>');

/// What stands behind the `|` of a link.
pub(super) fn address(target: &Target) -> String {
    match target {
        Target::Url(url) => encoded(url),
        Target::Page {
            space,
            title,
            anchor,
        } => page(space.as_deref(), &escaped(title), anchor.as_deref()),
        Target::Blog {
            space,
            title,
            day,
            anchor,
        } => {
            let day = day.as_deref().unwrap_or_default();
            let title = format!("/{}/{}", escaped(day), escaped(title));
            page(space.as_deref(), &title, anchor.as_deref())
        }
        Target::Attachment { name, on } => {
            let on = on.as_deref().map(address).unwrap_or_default();
            format!("{on}^{}", escaped(name))
        }
        Target::User(User::Name(name) | User::Key(name)) => format!("~{}", escaped(name)),
        Target::User(User::Account(id)) => format!("~accountid:{}", escaped_user(id)),
        Target::Space(key) => format!("{}:", escaped(key)),
        Target::Anchor(name) => format!("#{}", escaped(name)),
        Target::Content(id) => format!("${}", escaped(id)),
        Target::Shortcut { key, parameter } => {
            format!("{}@{}", escaped(parameter), escaped(key))
        }
    }
}

fn page(space: Option<&str>, title: &str, anchor: Option<&str>) -> String {
    let space = space.map(|space| format!("{}:", escaped(space)));
    let anchor = anchor.map(|anchor| format!("#{}", escaped(anchor)));
    format!(
        "{}{title}{}",
        space.unwrap_or_default(),
        anchor.unwrap_or_default()
    )
}

/// The picture, with its marks.
pub(super) fn image(image: &Image) -> String {
    let mut text = match &image.target {
        Target::Url(url) => encoded(url).replace('!', "%21"),
        Target::Attachment { name, on: None } => escaped(name),
        other => address(other),
    };
    let alternative = image.alternative.as_deref().map(|text| ("alt", text));
    let attributes = image.attributes.iter();
    let attributes = attributes.map(|(name, value)| (name.as_str(), value.as_str()));
    for (index, (name, value)) in alternative.into_iter().chain(attributes).enumerate() {
        text.push(if index == 0 { '|' } else { ',' });
        text.push_str(name);
        if !value.is_empty() || name == "alt" {
            text.push('=');
            text.push_str(&attribute(value));
        }
    }
    format!("!{text}!")
}

fn attribute(value: &str) -> String {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || ".-_%#/".contains(c);
    if !value.is_empty() && value.chars().all(is_plain) {
        return value.to_owned();
    }
    format!("\"{}\"", entities(value, "\"!|\\[]{}\n"))
}

/// Whether an address is read as one where it stands alone in a text.
pub(super) fn is_bare(url: &str) -> bool {
    let begins = ["http://", "https://", "ftp://", "mailto:"]
        .iter()
        .any(|scheme| url.len() > scheme.len() && url.starts_with(scheme));
    begins
        && url.chars().all(marks::is_address)
        && url.ends_with(|last: char| last.is_ascii_alphanumeric() || last == '/')
}

fn encoded(url: &str) -> String {
    let begins = |part: &str| part.starts_with(|c: char| c.is_ascii_alphanumeric());
    let host = url.strip_prefix(r"\\").filter(|host| begins(host));
    let Some(host) = host else {
        return utf8_percent_encode(url, ENCODED).to_string();
    };
    // The backslashes before a host and its folders stay, or it would be none.
    let mut address = r"\".to_owned();
    for part in host.split('\\') {
        address.push_str(if begins(part) { r"\" } else { "%5C" });
        address.extend(utf8_percent_encode(part, ENCODED));
    }
    address
}

fn escaped_user(id: &str) -> String {
    entities(id, "|]\\\n")
}

/// A name within a link: what would be read there is escaped.
pub(super) fn escaped(name: &str) -> String {
    let mut text = String::with_capacity(name.len());
    for (index, character) in name.chars().enumerate() {
        match character {
            '#' | '^' | '|' | '[' | ']' | '@' | '~' | '{' | '}' | '!' => {
                text.push('\\');
                text.push(character);
            }
            ':' | '\\' | '\n' | '&' => text.push_str(&entity(character)),
            '$' | '/' if index == 0 => text.push_str(&entity(character)),
            _ => text.push(character),
        }
    }
    text
}

/// A text in which some characters are entities.
pub(super) fn entities(text: &str, read: &str) -> String {
    text.chars().fold(
        String::with_capacity(text.len()),
        |mut written, character| {
            if character == '&' || read.contains(character) {
                written.push_str(&entity(character));
            } else {
                written.push(character);
            }
            written
        },
    )
}

fn entity(character: char) -> String {
    match character {
        '&' => "&amp;".to_owned(),
        '\n' => " ".to_owned(),
        _ => format!("&#{};", u32::from(character)),
    }
}

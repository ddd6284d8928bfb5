//! Links and images.

use crate::markup::{
    document::{Image, Inline, Link, Target},
    elements::write_target,
    markdown::{atoms, attributes, notation},
};

use super::line::{Line, Place};

/// Adds a link to the line.
pub(super) fn write(link: &Link, line: &mut Line) {
    let place = line.place;
    if place.is_in_link {
        return write_nested(link, line);
    }
    if link.content.is_empty() {
        return write_empty(link, line);
    }
    if let Some(page) = wikilink(link, place) {
        line.markup(format!("[[{page}|"));
        line.add_in_link(&link.content);
        line.markup("]]");
        return;
    }
    line.markup("[");
    line.add_in_link(&link.content);
    line.markup(format!("]({})", destination(link, place)));
}

/// A link within another, which Markdown does not know: its text, then its target.
fn write_nested(link: &Link, line: &mut Line) {
    line.add_in_link(&link.content);
    let mut opening = "<a".to_owned();
    attributes::write("href", &write_target(&link.target), &mut opening);
    if let Some(tip) = &link.tip {
        attributes::write("title", tip, &mut opening);
    }
    line.markup(format!("{opening}></a>"));
}

/// A link that shows its target's own name.
fn write_empty(link: &Link, line: &mut Line) {
    let place = line.place;
    let plain = format!("[]({})", destination(link, place));
    if link.tip.is_some() {
        return line.markup(plain);
    }
    match &link.target {
        Target::Url(url) => {
            let marked = if is_autolink(url, place) {
                format!("<{url}>")
            } else {
                plain
            };
            if is_plain(url) && notation::is_plain_address(url) {
                line.atom(url.clone(), marked);
            } else {
                line.markup(marked);
            }
        }
        Target::Page {
            space,
            title,
            anchor,
        } if !title.is_empty() => {
            line.markup(format!(
                "[[{}]]",
                page(space.as_deref(), title, anchor.as_deref())
            ));
        }
        target => match notation::mention(target) {
            Some(name) => line.atom(format!("@{name}"), plain),
            _ => line.markup(plain),
        },
    }
}

/// What stands between the parentheses of a link.
fn destination(link: &Link, place: Place) -> String {
    let mut written = address(&link.target, place);
    if let Some(tip) = &link.tip {
        written.push_str(" \"");
        for character in tip.chars() {
            match character {
                '\n' | '\r' | '|' => written.push_str(&format!("&#{};", u32::from(character))),
                '"' | '\\' | '&' => {
                    written.push('\\');
                    written.push(character);
                }
                _ => written.push(character),
            }
        }
        written.push('"');
    }
    written
}

/// A target as the destination of a link or an image.
pub(super) fn address(target: &Target, place: Place) -> String {
    let written = write_target(target);
    let needs_marks = written.is_empty()
        || written.starts_with('<')
        || written.contains(|c: char| c.is_whitespace() || c.is_ascii_control());
    let mut address = String::with_capacity(written.len() + 2);
    if needs_marks {
        address.push('<');
    }
    let mut rest = written.chars();
    while let Some(character) = rest.next() {
        match character {
            '\n' => address.push_str("%0A"),
            '\r' => address.push_str("%0D"),
            '\\' | '<' | '>' | '`' => {
                address.push('\\');
                address.push(character);
            }
            '(' | ')' if !needs_marks => {
                address.push('\\');
                address.push(character);
            }
            '|' if place.is_cell => address.push_str("&#124;"),
            '&' if is_entity(rest.as_str()) => address.push_str("\\&"),
            _ => address.push(character),
        }
    }
    if needs_marks {
        address.push('>');
    }
    address
}

/// Whether an ampersand before this text would begin an entity.
pub(super) fn is_entity(rest: &str) -> bool {
    let end = rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '#');
    end.is_some_and(|end| end > 0 && rest.get(end..).is_some_and(|rest| rest.starts_with(';')))
}

/// Whether nothing in the address means something in Markdown.
fn is_plain(url: &str) -> bool {
    let mut before = None;
    let mut characters = url.chars();
    while let Some(character) = characters.next() {
        let rest = characters.as_str();
        let is_word = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || c == '_');
        let has_meaning = match character {
            '*' | '~' | '`' | '\\' | '<' | '>' | '[' | ']' | '|' => true,
            '_' => !is_word(before) || !is_word(rest.chars().next()),
            '&' => is_entity(rest),
            _ => character.is_whitespace() || character.is_ascii_control(),
        };
        if has_meaning {
            return false;
        }
        before = Some(character);
    }
    let found = atoms::find(url, false, &mut |atom| atom.kind == atoms::Kind::Url);
    matches!(found.as_slice(), [atom] if atom.range == (0..url.len()))
}

/// Whether `<url>` is read as this address.
fn is_autolink(url: &str, place: Place) -> bool {
    let Some((scheme, _)) = url.split_once(':') else {
        return false;
    };
    let is_scheme = (2..=32).contains(&scheme.len())
        && scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '.' | '-'));
    let is_spoilt = |c: char| c.is_whitespace() || c.is_ascii_control() || matches!(c, '<' | '>');
    is_scheme
        && !url.contains(is_spoilt)
        && !(place.is_cell && url.contains('|'))
        && notation::is_plain_address(url)
}

/// The page as a wikilink with a text of its own names it, if it can.
fn wikilink(link: &Link, place: Place) -> Option<String> {
    let Target::Page {
        space,
        title,
        anchor,
    } = &link.target
    else {
        return None;
    };
    // The parser takes a mark at the very start of the text for a part of the title.
    let is_fit = match link.content.first() {
        Some(Inline::Text(text)) => text.starts_with(char::is_alphanumeric),
        _ => false,
    };
    let is_fit = is_fit && link.tip.is_none() && !place.is_cell && !title.is_empty();
    is_fit.then(|| page(space.as_deref(), title, anchor.as_deref()))
}

/// `SPACE:Title#anchor`.
fn page(space: Option<&str>, title: &str, anchor: Option<&str>) -> String {
    let mut written = String::new();
    if let Some(space) = space {
        encode(space, &mut written);
        written.push(':');
    }
    encode(title, &mut written);
    if let Some(anchor) = anchor {
        written.push('#');
        encode(anchor, &mut written);
    }
    written
}

/// Percent-encodes what would end a part of a wikilink or be read as something else.
fn encode(text: &str, written: &mut String) {
    let mut characters = text.chars();
    while let Some(character) = characters.next() {
        let rest = characters.as_str();
        let is_number = || {
            let mut digits = rest.chars();
            let mut is_digit = || digits.next().is_some_and(|c| c.is_ascii_hexdigit());
            is_digit() && is_digit()
        };
        match character {
            ':' | '#' | '|' | '[' | ']' | '<' | '`' | '\\' | '\n' | '\r' | '\t' => {
                written.push_str(&format!("%{:02X}", u32::from(character)));
            }
            '%' if is_number() => written.push_str("%25"),
            ' ' if rest.is_empty() || written.is_empty() || written.ends_with([':', '#', ' ']) => {
                written.push_str("%20");
            }
            _ => written.push(character),
        }
    }
}

/// Adds an image to the line.
pub(super) fn image(image: &Image, line: &mut Line) {
    let alternative = image.alternative.as_deref();
    let is_spoilt = |text: &str| {
        text.is_empty()
            || text.trim() != text
            || text.contains(['\n', '\r', '\t'])
            || text.contains("  ")
    };
    if image.attributes.is_empty() && !alternative.is_some_and(is_spoilt) {
        let is_in_link = std::mem::replace(&mut line.place.is_in_link, true);
        line.markup("![");
        line.text(alternative.unwrap_or_default());
        line.place.is_in_link = is_in_link;
        line.markup(format!("]({})", address(&image.target, line.place)));
        return;
    }
    let mut written = "<img".to_owned();
    attributes::write("src", &write_target(&image.target), &mut written);
    if let Some(text) = alternative {
        attributes::write("alt", text, &mut written);
    }
    for (name, value) in &image.attributes {
        if value.is_empty() {
            written.push(' ');
            written.push_str(name);
        } else {
            attributes::write(name, value, &mut written);
        }
    }
    written.push('>');
    line.markup(written);
}

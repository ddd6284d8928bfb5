//! Pictures: attachments, emoticons, and icons that only decorate.

use percent_encoding::percent_decode_str;

use super::{
    attributes::{class_after, classes, has_class},
    rewrite::Rewritten,
    storage::{element as make, text},
};
use crate::markup::{
    document::EMOTICONS,
    xml::{Element, Node},
};

/// Confluence's names of emoticons by the names of the files in which Jira keeps them.
const FILES: [(&str, &str); 18] = [
    ("tongue", "cheeky"),
    ("biggrin", "laugh"),
    ("thumbs_up", "thumbs-up"),
    ("thumbs_down", "thumbs-down"),
    ("check", "tick"),
    ("error", "cross"),
    ("add", "plus"),
    ("forbidden", "minus"),
    ("help_16", "question"),
    ("help", "question"),
    ("lightbulb_on", "light-on"),
    ("lightbulb", "light-off"),
    ("star_yellow", "yellow-star"),
    ("star_red", "red-star"),
    ("star_green", "green-star"),
    ("star_blue", "blue-star"),
    ("flag", "flag-on"),
    ("flag_grey", "flag-off"),
];

/// A picture.
pub(super) fn rewrite(element: Element) -> Rewritten {
    if element.name != "img" {
        return Err(element);
    }
    let source = element.attribute("src").unwrap_or_default();
    let is_emoticon = has_class(&element, "emoticon") || source.contains("/emoticons/");
    let node = if is_emoticon {
        emoticon(&element, source)
    } else if is_icon(&element, source) {
        None
    } else {
        picture(&element, source)
    };
    Ok(node.into_iter().collect())
}

fn emoticon(element: &Element, source: &str) -> Option<Node> {
    // An emoji that Confluence has no picture of its own for says so here.
    let emoji = element.attribute("data-emoji-fallback");
    if let Some(emoji) = emoji.filter(|emoji| !emoji.is_empty() && !emoji.starts_with(':')) {
        return Some(text(emoji));
    }
    // A star in blue stands for each emoji that the first emoticons did not have.
    let emoji = element.attribute("data-emoji-shortname");
    if has_class(element, "emoticon-blue-star")
        && let Some(emoji) = emoji
    {
        return Some(text(emoji));
    }
    let file = file_name(source);
    let stem = file
        .rsplit_once('.')
        .map_or(file.as_str(), |(stem, _)| stem);
    let by_file = FILES.iter().find(|(known, _)| *known == stem);
    let names = [
        class_after(element, "emoticon-"),
        element.attribute("data-emoticon-name"),
        by_file.map(|(_, name)| *name),
        Some(stem.trim_end_matches("_16")),
    ];
    let is_known = |name: &&str| EMOTICONS.iter().any(|(known, _)| known == name);
    match names.into_iter().flatten().find(is_known) {
        Some(name) => Some(make("ac:emoticon", &[("ac:name", name)], Vec::new())),
        None => {
            let shown = element.attribute("data-emoji-shortname");
            let shown = shown.or_else(|| element.attribute("alt"));
            shown.filter(|shown| !shown.is_empty()).map(text)
        }
    }
}

/// Signs of the kind of a link, of an issue or of a person.
fn is_icon(element: &Element, source: &str) -> bool {
    let is_sign = |class: &str| {
        matches!(class, "rendericon" | "icon" | "userLogo" | "emoji-icon")
            || class.ends_with("-icon")
            || class.ends_with("-image") && class.starts_with("expand-control")
    };
    classes(element).any(is_sign) || source.contains("/images/icons/")
}

fn picture(element: &Element, source: &str) -> Option<Node> {
    let alternative = element.attribute("alt");
    // The data of a picture says nothing to a reader of text.
    if source.is_empty() || source.starts_with("data:") {
        return alternative
            .filter(|shown| !shown.trim().is_empty())
            .map(text);
    }
    let of = |name| {
        element
            .attribute(name)
            .filter(|value: &&str| !value.is_empty())
    };
    if let Some(name) = attachment(element, source) {
        let thumbnail = has_class(element, "confluence-thumbnail").then_some("true");
        let attributes: Vec<(&str, &str)> = [
            (
                "ac:alt",
                of("alt").filter(|alternative| *alternative != name),
            ),
            ("ac:title", of("title")),
            ("ac:width", of("width")),
            ("ac:height", of("height")),
            ("ac:thumbnail", thumbnail),
        ]
        .into_iter()
        .filter_map(|(name, value)| Some((name, value?)))
        .collect();
        let file = make("ri:attachment", &[("ri:filename", &name)], Vec::new());
        return Some(make("ac:image", &attributes, vec![file]));
    }
    let attributes: Vec<(&str, &str)> = ["src", "alt", "title", "width", "height"]
        .into_iter()
        .filter_map(|name| Some((name, of(name)?)))
        .collect();
    Some(make("img", &attributes, Vec::new()))
}

/// The name of the attachment that Confluence shows.
fn attachment(element: &Element, source: &str) -> Option<String> {
    if !has_class(element, "confluence-embedded-image")
        || has_class(element, "confluence-external-resource")
    {
        return None;
    }
    let alias = element.attribute("data-linked-resource-default-alias");
    if let Some(alias) = alias.filter(|alias| !alias.is_empty()) {
        return Some(alias.to_owned());
    }
    let is_attached =
        source.contains("/download/attachments/") || source.contains("/download/thumbnails/");
    let name = file_name(source);
    (is_attached && !name.is_empty()).then_some(name)
}

/// The last part of an address's path.
fn file_name(address: &str) -> String {
    let path = address.split(['?', '#']).next().unwrap_or_default();
    let name = path.rsplit('/').next().unwrap_or_default();
    percent_decode_str(name).decode_utf8_lossy().into_owned()
}

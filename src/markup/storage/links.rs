//! Links, mentions and images, and what they point to.

use super::{inlines, walk};
use crate::markup::document::{Flow, Inline};
use crate::markup::xml::{Element, Node, text_of};

/// `<a href="...">`; without an address it is only its text.
pub(super) fn anchor(element: &Element, flow: &mut Flow) {
    let address = element.attribute("href").unwrap_or_default();
    if address.is_empty() || super::holds_block(&element.children) {
        walk(&element.children, flow);
        if !address.is_empty() {
            flow.text(format!(" <{address}>"));
        }
        return;
    }
    let text = inlines(&element.children);
    if text_of(&element.children).trim() == address {
        flow.text(address);
    } else {
        flow.push(Inline::Link {
            text,
            target: address.to_owned(),
        });
    }
}

/// `<img src="...">`.
pub(super) fn html_image(element: &Element, flow: &mut Flow) {
    let text = |name| element.attribute(name).unwrap_or_default().to_owned();
    flow.push(Inline::Image {
        alternative: text("alt"),
        target: text("src"),
    });
    walk(&element.children, flow);
}

/// `<ac:image>` of an attachment or an address, with its caption after it.
pub(super) fn image(element: &Element, flow: &mut Flow) {
    let alternative = element
        .attribute("ac:alt")
        .or(element.attribute("ac:title"));
    let resource = element
        .elements()
        .find(|child| child.name.starts_with("ri:"));
    flow.push(Inline::Image {
        alternative: alternative.unwrap_or_default().to_owned(),
        target: resource.and_then(target).unwrap_or_default(),
    });
    for node in &element.children {
        match node {
            Node::Element(child) if child.name.starts_with("ri:") => {}
            Node::Element(caption) if caption.name == "ac:caption" => {
                flow.push(Inline::Break);
                walk(&caption.children, flow);
                flow.push(Inline::Break);
            }
            other => walk(std::slice::from_ref(other), flow),
        }
    }
}

/// `<ac:link>` to a page, an attachment, a space, a heading or a person.
pub(super) fn link(element: &Element, flow: &mut Flow) {
    let is_resource = |child: &&Element| child.name.starts_with("ri:");
    let resource = element.elements().find(is_resource);
    let mut content = Flow::default();
    for node in &element.children {
        match node {
            Node::Element(child) if is_resource(&child) => {}
            Node::Text(text) if text.trim().is_empty() => {}
            other => walk(std::slice::from_ref(other), &mut content),
        }
    }
    let anchor = element
        .attribute("ac:anchor")
        .map(|anchor| format!("#{anchor}"));
    let mut address = resource.and_then(target).unwrap_or_default();
    address.push_str(anchor.as_deref().unwrap_or_default());
    let text = match content.into_inlines() {
        Ok(text) => text,
        Err(blocks) => {
            // A link around a block cannot be one link in Markdown: the target comes first.
            flow.text(address);
            return blocks.into_iter().for_each(|block| flow.block(block));
        }
    };
    if text.is_empty() {
        let is_person = resource.is_some_and(|resource| resource.name == "ri:user");
        let name = resource.and_then(name).map(str::to_owned).or(anchor);
        match name {
            Some(name) if !is_person => {
                flow.push(Inline::Link {
                    text: vec![Inline::Text(name)],
                    target: address,
                });
            }
            _ => flow.text(address),
        }
    } else {
        flow.push(Inline::Link {
            text,
            target: address,
        });
    }
}

/// What a resource is, in a notation for people: `page: SPACE:Title`, `@username`.
pub(super) fn target(resource: &Element) -> Option<String> {
    let attribute = |name| resource.attribute(name).filter(|value| !value.is_empty());
    let in_space = |title: &str| match attribute("ri:space-key") {
        Some(space) => format!("{space}:{title}"),
        None => title.to_owned(),
    };
    Some(match resource.name.as_str() {
        "ri:page" => format!(
            "page: {}",
            in_space(attribute("ri:content-title").unwrap_or_default())
        ),
        "ri:blog-post" => {
            let title = attribute("ri:content-title").unwrap_or_default();
            let day = attribute("ri:posting-day").map(|day| format!(" ({day})"));
            format!("blog: {}{}", in_space(title), day.unwrap_or_default())
        }
        "ri:space" => format!("space: {}", attribute("ri:space-key")?),
        "ri:attachment" => {
            let owner = resource
                .elements()
                .find_map(target)
                .map(|owner| format!(" on {owner}"));
            format!(
                "attachment: {}{}",
                attribute("ri:filename")?,
                owner.unwrap_or_default()
            )
        }
        "ri:url" => attribute("ri:value")?.to_owned(),
        "ri:user" => match (attribute("ri:username"), attribute("ri:userkey")) {
            (Some(username), _) => format!("@{username}"),
            (None, Some(key)) => format!("@userkey:{key}"),
            (None, None) => format!("@account:{}", attribute("ri:account-id")?),
        },
        "ri:content-entity" => format!("content: {}", attribute("ri:content-id")?),
        "ri:shortcut" => {
            format!(
                "{}@{}",
                attribute("ri:parameter").unwrap_or_default(),
                attribute("ri:key")?
            )
        }
        _ => return None,
    })
}

/// The name that a link to a resource shows if it has no text of its own.
fn name(resource: &Element) -> Option<&str> {
    [
        "ri:content-title",
        "ri:filename",
        "ri:space-key",
        "ri:parameter",
        "ri:value",
    ]
    .into_iter()
    .find_map(|name| match resource.name.as_str() {
        "ri:space" => resource.attribute("ri:space-key"),
        _ => resource.attribute(name),
    })
}

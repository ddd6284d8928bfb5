//! Links, mentions and images, and what they point to.

use super::{flow::Flow, lines, notation, parts::Kind, reader::Reader};
use crate::markup::{
    document::{Image, Inline, Link, Target, User},
    xml::{Element, Node},
};

/// What is told of an image's size and place.
pub(in crate::markup) const IMAGE_ATTRIBUTES: [&str; 9] = [
    "width",
    "height",
    "align",
    "border",
    "hspace",
    "vspace",
    "thumbnail",
    "title",
    "caption",
];

impl Reader<'_> {
    /// `<a href="...">`; without an address it is only its text.
    pub(super) fn anchor(&mut self, element: &Element, flow: &mut Flow) {
        let address = element.attribute("href").unwrap_or_default().trim();
        if address.is_empty() {
            return self.transparent(element, flow);
        }
        let known = notation::parse_target(address);
        let known = known.filter(|_| address.starts_with('#') || !self.has_source());
        let link = Link {
            target: known.unwrap_or_else(|| Target::Url(address.to_owned())),
            tip: attribute(element, "title"),
            content: Vec::new(),
            origin: self.origin_of(element),
        };
        self.linked(link, &element.children, element, flow);
    }

    /// `<ac:link>` to a page, an attachment, a space, a heading or a person.
    pub(super) fn link(&mut self, element: &Element, flow: &mut Flow) {
        let Some(target) = target_of_link(element) else {
            return self.transparent(element, flow);
        };
        let content: Vec<&Node> = element
            .children
            .iter()
            .filter(|node| !is_resource_or_blank(node))
            .collect();
        let end = element.outer.end;
        let inner = match content.as_slice() {
            [] => end..end,
            [Node::Element(body)] if body.name.ends_with("link-body") => body.inner.clone(),
            _ => element.inner.clone(),
        };
        let link = Link {
            target,
            tip: attribute(element, "ac:tooltip"),
            content: Vec::new(),
            origin: self.origin(&element.outer, &inner),
        };
        self.linked(link, content, element, flow);
    }

    fn linked<'n>(
        &mut self,
        link: Link,
        content: impl IntoIterator<Item = &'n Node>,
        element: &Element,
        flow: &mut Flow,
    ) {
        // A link cannot stand in a link: its text does, and then its target.
        let inner = flow.is_linked().then(|| link.clone());
        flow.open(Some(Kind::Link(link)), element.outer.clone());
        self.walk(content, flow);
        if let Some(mut link) = inner {
            link.origin = crate::markup::document::Origin::default();
            flow.push(Inline::Link(link), None);
        }
        flow.close();
    }

    /// `<ri:page>` and the like where nothing makes a link of it.
    pub(super) fn resource(&mut self, element: &Element, flow: &mut Flow) {
        if let Some(target) = target(element) {
            let link = Link {
                target,
                tip: None,
                content: Vec::new(),
                origin: self.childless_origin(element),
            };
            self.push(Inline::Link(link), element, flow);
        } else {
            self.transparent(element, flow);
        }
    }

    /// `<ac:image>` of an attachment or an address; its caption is told as an attribute.
    pub(super) fn image(&mut self, element: &Element, flow: &mut Flow) {
        let Some(target) = element.elements().find_map(target) else {
            return self.transparent(element, flow);
        };
        let mut attributes = Vec::new();
        for name in IMAGE_ATTRIBUTES {
            let value = match name {
                "caption" => caption(element),
                _ => element.attribute(&format!("ac:{name}")).map(str::to_owned),
            };
            match value.as_deref() {
                Some("false") | Some("") | None => {}
                Some("true") => attributes.push((name.to_owned(), String::new())),
                Some(value) => attributes.push((name.to_owned(), value.to_owned())),
            }
        }
        let image = Image {
            target,
            alternative: attribute(element, "ac:alt"),
            attributes,
            origin: self.childless_origin(element),
        };
        self.push(Inline::Image(image), element, flow);
    }

    /// `<img src="...">`.
    pub(super) fn html_image(&mut self, element: &Element, flow: &mut Flow) {
        let source = element.attribute("src").unwrap_or_default().trim();
        let alternative = attribute(element, "alt");
        if source.is_empty() && alternative.is_none() {
            return;
        }
        let known = notation::parse_target(source);
        let known = known.filter(|target| !matches!(target, Target::Anchor(_)));
        let attributes = IMAGE_ATTRIBUTES.iter().filter_map(|name| {
            let value = element.attribute(name)?;
            Some(((*name).to_owned(), value.to_owned()))
        });
        let image = Image {
            target: known.unwrap_or_else(|| Target::Url(source.to_owned())),
            alternative,
            attributes: attributes.collect(),
            origin: self.childless_origin(element),
        };
        self.push(Inline::Image(image), element, flow);
    }
}

fn caption(element: &Element) -> Option<String> {
    let captions = element
        .elements()
        .filter(|child| child.name == "ac:caption");
    let texts: Vec<String> = captions
        .map(|caption| lines::plain_text(&caption.children))
        .collect();
    Some(texts.join(" "))
}

fn attribute(element: &Element, name: &str) -> Option<String> {
    let value = element.attribute(name).filter(|value| !value.is_empty());
    value.map(str::to_owned)
}

/// Whether the node says where a link leads, or nothing.
pub(super) fn is_resource_or_blank(node: &Node) -> bool {
    match node {
        Node::Element(child) => child.name.starts_with("ri:"),
        Node::Text(text, _) => text.trim().is_empty(),
        _ => false,
    }
}

/// Where an `<ac:link>` leads.
pub(super) fn target_of_link(link: &Element) -> Option<Target> {
    let anchor = attribute(link, "ac:anchor");
    let mut found = link.elements().find_map(target);
    match &mut found {
        Some(Target::Page { anchor: place, .. } | Target::Blog { anchor: place, .. }) => {
            *place = anchor;
        }
        Some(_) => {}
        None => found = anchor.map(Target::Anchor),
    }
    found
}

/// What a resource identifier points to.
pub(super) fn target(resource: &Element) -> Option<Target> {
    let title = || resource.attribute("ri:content-title").unwrap_or_default();
    let space = || attribute(resource, "ri:space-key");
    Some(match resource.name.as_str() {
        "ri:page" => Target::Page {
            space: space(),
            title: title().to_owned(),
            anchor: None,
        },
        "ri:blog-post" => Target::Blog {
            space: space(),
            title: title().to_owned(),
            day: attribute(resource, "ri:posting-day"),
            anchor: None,
        },
        "ri:attachment" => Target::Attachment {
            name: attribute(resource, "ri:filename")?,
            // Two levels at most: what an attachment is attached to is no attachment.
            on: resource
                .elements()
                .filter(|child| child.name != "ri:attachment")
                .find_map(target)
                .map(Box::new),
        },
        "ri:url" => Target::Url(attribute(resource, "ri:value")?),
        "ri:user" => Target::User(user(resource)?),
        "ri:space" => Target::Space(space()?),
        "ri:content-entity" => Target::Content(attribute(resource, "ri:content-id")?),
        "ri:shortcut" => Target::Shortcut {
            key: attribute(resource, "ri:key")?,
            parameter: attribute(resource, "ri:parameter").unwrap_or_default(),
        },
        _ => return None,
    })
}

fn user(resource: &Element) -> Option<User> {
    let name = attribute(resource, "ri:username").map(User::Name);
    let key = || attribute(resource, "ri:userkey").map(User::Key);
    let account = || attribute(resource, "ri:account-id").map(User::Account);
    name.or_else(key).or_else(account)
}

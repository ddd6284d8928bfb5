//! Parts of a line written.

use super::Writer;
use crate::markup::document::{Image, Inline, Link, Style, Styled, Target};

/// The attributes of an image that storage format knows, by the names of HTML.
const IMAGE_ATTRIBUTES: [&str; 12] = [
    "align",
    "border",
    "class",
    "height",
    "hspace",
    "queryString",
    "style",
    "thumbnail",
    "title",
    "vspace",
    "width",
    "alt",
];

impl Writer<'_> {
    pub(in crate::markup::storage) fn inlines(&mut self, content: &[Inline]) {
        for inline in content {
            stacker::maybe_grow(64 << 10, 1 << 20, || self.inline(inline));
        }
    }

    fn inline(&mut self, inline: &Inline) {
        if let Some(known) = self.reuse.inline(inline) {
            self.push(&known);
        } else {
            self.fresh_inline(inline);
        }
    }

    /// Writes a part of a line anew, though parts of it may be known.
    fn fresh_inline(&mut self, inline: &Inline) {
        match inline {
            Inline::Text(text) => self.text(text),
            Inline::Code(text) => {
                self.push("<code>");
                self.text(text);
                self.push("</code>");
            }
            Inline::Styled(styled) => self.styled(styled),
            Inline::Link(link) => self.link(link),
            Inline::Image(image) => self.image(image),
            Inline::Emoticon(emoticon) => self.emoticon(&emoticon.name),
            Inline::Date(date) => {
                self.push("<time");
                self.attribute("datetime", &date.day);
                self.push(" />");
            }
            Inline::Macro(found) => self.macro_(found),
            Inline::Break => self.push("<br />"),
        }
    }

    pub(super) fn emoticon(&mut self, name: &str) {
        self.push("<ac:emoticon");
        self.attribute("ac:name", name);
        self.push(" />");
    }

    fn styled(&mut self, styled: &Styled) {
        let name = match &styled.style {
            Style::Monospace => "code",
            style => style.element(),
        };
        self.push(&format!("<{name}"));
        if let Style::Color(color) = &styled.style {
            self.attribute("style", &format!("color: {color};"));
        }
        self.push(">");
        self.inlines(&styled.content);
        self.push(&format!("</{name}>"));
    }

    fn link(&mut self, link: &Link) {
        if let Target::Url(url) = &link.target {
            self.push("<a");
            self.attribute("href", url);
            if let Some(tip) = &link.tip {
                self.attribute("title", tip);
            }
            self.push(">");
            if link.content.is_empty() {
                self.text(url);
            }
            self.inlines(&link.content);
            self.push("</a>");
            return;
        }
        self.push("<ac:link");
        if let Some(anchor) = anchor(&link.target) {
            self.attribute("ac:anchor", anchor);
        }
        if let Some(tip) = &link.tip {
            self.attribute("ac:tooltip", tip);
        }
        if matches!(link.target, Target::Anchor(_)) && link.content.is_empty() {
            self.push(" />");
            return;
        }
        self.push(">");
        self.resource(&link.target);
        self.link_body(&link.content);
        self.push("</ac:link>");
    }

    /// The text of a link to something in Confluence.
    pub(in crate::markup::storage) fn link_body(&mut self, content: &[Inline]) {
        let plain = content.iter().map(|inline| match inline {
            Inline::Text(text) => Some(text.as_str()),
            _ => None,
        });
        match plain.collect::<Option<String>>() {
            Some(plain) if plain.is_empty() => {}
            Some(plain) => {
                self.push("<ac:plain-text-link-body>");
                self.data(&plain);
                self.push("</ac:plain-text-link-body>");
            }
            None => {
                self.push("<ac:link-body>");
                self.inlines(content);
                self.push("</ac:link-body>");
            }
        }
    }

    fn image(&mut self, image: &Image) {
        self.push("<ac:image");
        let mut has_alternative = false;
        if let Some(alternative) = &image.alternative {
            self.attribute("ac:alt", alternative);
            has_alternative = true;
        }
        for (name, value) in &image.attributes {
            let known = IMAGE_ATTRIBUTES
                .iter()
                .find(|known| known.eq_ignore_ascii_case(name));
            match known {
                Some(&"alt") if has_alternative => {}
                // HTML leaves the value out where Confluence says `true`.
                Some(known) if value.is_empty() => self.attribute(&format!("ac:{known}"), "true"),
                Some(known) => self.attribute(&format!("ac:{known}"), value),
                None => {}
            }
        }
        self.push(">");
        self.resource(&image.target);
        self.push("</ac:image>");
    }
}

fn anchor(target: &Target) -> Option<&str> {
    match target {
        Target::Page { anchor, .. } | Target::Blog { anchor, .. } => anchor.as_deref(),
        Target::Anchor(anchor) => Some(anchor),
        _ => None,
    }
}

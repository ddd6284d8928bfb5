//! The words that a page shows, and those that its tree tells.

use crate::markup::document::{Block, Body, Inline, Link, Macro, Target, User, Value};

/// Elements whose text is not shown on a page.
const HIDDEN: [&str; 6] = [
    "ac:parameter",
    "ac:default-parameter",
    "ac:task-id",
    "ac:task-uuid",
    "ac:task-status",
    "time",
];

/// Attributes whose value tells the reader something.
const TELLING: [&str; 7] = [
    "href",
    "src",
    "ac:alt",
    "ri:value",
    "ri:filename",
    "ri:content-title",
    "ri:username",
];

/// The texts of a tree: what is shown, in its order, and what else is told.
#[derive(Default)]
pub(in crate::markup::storage) struct Texts {
    pub(in crate::markup::storage) shown: String,
    pub(in crate::markup::storage) told: String,
}

impl Texts {
    pub(in crate::markup::storage) fn of(blocks: &[Block]) -> Self {
        let mut texts = Self::default();
        texts.blocks(blocks);
        texts
    }

    fn show(&mut self, text: &str) {
        self.shown.push_str(text);
        self.shown.push(' ');
    }

    fn tell(&mut self, text: &str) {
        self.told.push_str(text);
        self.told.push(' ');
    }

    fn blocks(&mut self, blocks: &[Block]) {
        for block in blocks {
            match block {
                Block::Heading(heading) => self.inlines(&heading.content),
                Block::Paragraph(paragraph) => self.inlines(&paragraph.content),
                Block::List(list) => list.items.iter().for_each(|item| self.blocks(&item.blocks)),
                Block::Code(code) => {
                    self.tell(code.title.as_deref().unwrap_or_default());
                    self.show(&code.text);
                }
                Block::Quote(quote) => self.blocks(&quote.blocks),
                Block::Table(table) => {
                    let cells = table.rows.iter().flat_map(|row| &row.cells);
                    cells.for_each(|cell| self.blocks(&cell.blocks));
                }
                Block::Macro(found) => self.found(found),
                Block::Raw(source) => self.show(source),
                Block::Rule(_) => {}
            }
        }
    }

    fn inlines(&mut self, inlines: &[Inline]) {
        for inline in inlines {
            match inline {
                Inline::Text(text) | Inline::Code(text) => self.shown.push_str(text),
                Inline::Styled(styled) => self.inlines(&styled.content),
                Inline::Link(link) => self.link(link),
                Inline::Image(image) => {
                    self.target(&image.target);
                    self.tell(image.alternative.as_deref().unwrap_or_default());
                    for (_, value) in &image.attributes {
                        self.show(value);
                    }
                }
                Inline::Macro(found) => self.found(found),
                Inline::Break => self.show(""),
                Inline::Emoticon(_) | Inline::Date(_) => {}
            }
        }
        // Words of neighbours may be one word.
        if !self.shown.ends_with(char::is_alphanumeric) {
            self.show("");
        }
    }

    fn link(&mut self, link: &Link) {
        self.target(&link.target);
        match &link.target {
            Target::Url(address) if link.content.is_empty() => self.shown.push_str(address),
            _ => self.inlines(&link.content),
        }
    }

    fn found(&mut self, found: &Macro) {
        for parameter in &found.parameters {
            match &parameter.value {
                Value::Text(text) => self.tell(text),
                Value::Target(target) => self.target(target),
            }
        }
        match &found.body {
            Body::None => {}
            Body::Plain(text) => self.show(text),
            Body::Inline(content) => self.inlines(content),
            Body::Blocks(blocks) => self.blocks(blocks),
        }
    }

    fn target(&mut self, target: &Target) {
        match target {
            Target::Url(text) | Target::Space(text) | Target::Anchor(text) => self.tell(text),
            Target::Content(text) => self.tell(text),
            Target::Page { title, .. } | Target::Blog { title, .. } => self.tell(title),
            Target::Attachment { name, on } => {
                self.tell(name);
                if let Some(on) = on {
                    self.target(on);
                }
            }
            Target::User(User::Name(name) | User::Key(name) | User::Account(name)) => {
                self.tell(name);
            }
            Target::Shortcut { key, parameter } => {
                self.tell(key);
                self.tell(parameter);
            }
        }
    }
}

/// The words of a page's text in their order, and those of telling attributes and titles.
///
/// A scanner of its own rather than our reader, which is what is tested.
pub(super) fn visible_words(page: &str) -> (Vec<&str>, Vec<&str>) {
    let mut in_order = Vec::new();
    let mut anywhere = Vec::new();
    let mut rest = page;
    while !rest.is_empty() {
        let Some(start) = rest.find('<') else {
            in_order.extend(words(rest));
            break;
        };
        in_order.extend(words(&rest[..start]));
        rest = &rest[start..];
        let (end, skipped) = if let Some(data) = rest.strip_prefix("<![CDATA[") {
            let end = data.find("]]>").unwrap_or(data.len());
            in_order.extend(data[..end].split(|c: char| !c.is_alphanumeric()));
            ("]]>", "")
        } else if rest.starts_with("<!--") {
            ("-->", "")
        } else if let Some(hidden) = HIDDEN.iter().find(|name| rest[1..].starts_with(**name)) {
            let tag = &rest[..rest.find('>').unwrap_or(rest.len())];
            let is_empty = tag.ends_with('/');
            let close = rest.find(&format!("</{hidden}>")).filter(|_| !is_empty);
            if let Some(close) = close.filter(|_| tag.contains("ac:name=\"title\"")) {
                anywhere.extend(words(&rest[tag.len() + 1..close]));
            }
            (">", if is_empty { "" } else { *hidden })
        } else {
            let tag = &rest[..rest.find('>').unwrap_or(rest.len())];
            for attribute in TELLING {
                let value = tag
                    .split_once(&format!(" {attribute}=\""))
                    .map(|(_, value)| value);
                anywhere.extend(
                    value
                        .and_then(|value| value.split('"').next())
                        .map_or(vec![], words),
                );
            }
            (">", "")
        };
        if !skipped.is_empty() {
            let close = format!("</{skipped}>");
            rest = rest.find(&close).map_or("", |at| &rest[at + close.len()..]);
        } else {
            rest = rest.find(end).map_or("", |at| &rest[at + end.len()..]);
        }
    }
    in_order.retain(|word| !word.is_empty());
    (in_order, anywhere)
}

/// Words of markup, without its entities.
fn words(text: &str) -> Vec<&str> {
    let mut words = Vec::new();
    for (number, part) in text.split('&').enumerate() {
        let part = match part.split_once(';') {
            Some((entity, after))
                if number > 0
                    && entity
                        .chars()
                        .all(|c| c.is_ascii_alphanumeric() || c == '#') =>
            {
                after
            }
            _ => part,
        };
        words.extend(
            part.split(|c: char| !c.is_alphanumeric())
                .filter(|word| !word.is_empty()),
        );
    }
    words
}

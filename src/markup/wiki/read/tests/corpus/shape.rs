//! What a text is reduced to for comparing: its words, and the tags around them.

use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag, TagEnd};
use quick_xml::escape::{resolve_html5_entity, unescape_with};

use crate::markup::document::{Block, Body, Document, Inline, ListKind, Macro, Style, Value};

/// Elements that count, with the name that they count by.
const ELEMENTS: [(&str, &str); 31] = [
    ("h1", "h1"),
    ("h2", "h2"),
    ("h3", "h3"),
    ("h4", "h4"),
    ("h5", "h5"),
    ("h6", "h6"),
    ("ul", "ul"),
    ("ol", "ol"),
    ("li", "li"),
    ("table", "table"),
    ("tr", "tr"),
    ("td", "td"),
    ("th", "td"),
    ("pre", "pre"),
    ("blockquote", "quote"),
    ("q", "quote"),
    ("hr", "hr"),
    ("b", "b"),
    ("strong", "b"),
    ("em", "em"),
    ("i", "em"),
    ("del", "del"),
    ("ins", "u"),
    ("u", "u"),
    ("sup", "sup"),
    ("sub", "sub"),
    ("tt", "code"),
    ("code", "code"),
    ("cite", "cite"),
    ("a", "a"),
    ("img", "img"),
];

/// A shape: words, and tags such as `<b>` and `</b>`.
#[derive(Default)]
struct Shape {
    parts: Vec<String>,
    /// Whether links count: Markdown does not mark those that have no text of their own.
    has_links: bool,
    /// Whether it stands in preformatted text.
    is_preformatted: bool,
}

impl Shape {
    fn words(&mut self, text: &str) {
        let words = text.split(|c: char| !c.is_alphanumeric());
        let words = words.filter(|word| !word.is_empty());
        self.parts.extend(words.map(str::to_owned));
    }

    fn open(&mut self, name: &str) {
        self.parts.push(format!("<{name}>"));
    }

    fn close(&mut self, name: &str) {
        let start = format!("<{name}>");
        // What is empty does not show.
        if self.parts.last() == Some(&start) && matches!(name, "a" | "code" | "quote") {
            self.parts.pop();
        } else {
            self.parts.push(format!("</{name}>"));
        }
    }

    fn around(&mut self, name: &str, inner: impl FnOnce(&mut Self)) {
        self.open(name);
        inner(self);
        self.close(name);
    }

    fn html(&mut self, html: &str) {
        let mut rest = html;
        while let Some((text, tag)) = rest.split_once('<') {
            self.words(&plain(text));
            let Some((tag, after)) = tag.split_once('>') else {
                return;
            };
            rest = after;
            let is_end = tag.starts_with('/');
            let name = tag.trim_start_matches('/').split([' ', '/', '\n']).next();
            let known = ELEMENTS.iter().find(|(known, _)| Some(*known) == name);
            match known {
                Some((_, "a")) if !self.has_links => {}
                Some((_, name @ ("img" | "hr"))) => self.open(name),
                // Code within preformatted text is one thing.
                Some((_, "code")) if self.is_preformatted => {}
                Some((_, name)) if is_end => {
                    self.is_preformatted = false;
                    self.close(name);
                }
                Some((_, name)) => {
                    self.is_preformatted = *name == "pre";
                    self.open(name);
                }
                None => {}
            }
        }
        self.words(&plain(rest));
    }
}

fn plain(text: &str) -> String {
    let plain = unescape_with(text, |name| resolve_html5_entity(name).or(Some("")));
    plain.map_or_else(|_| text.to_owned(), |plain| plain.into_owned())
}

pub(super) fn shape_of_html(html: &str) -> Vec<String> {
    let mut shape = Shape {
        has_links: true,
        ..Shape::default()
    };
    shape.html(&html.replace("\\s*", " ").replace("\\s+", " "));
    shape.parts
}

pub(super) fn shape_of_markdown(markdown: &str) -> Vec<String> {
    let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH;
    let mut shape = Shape::default();
    let mut images = 0;
    for event in Parser::new_ext(markdown, options) {
        match event {
            Event::Start(Tag::Image { .. }) => {
                images += 1;
                shape.open("img");
            }
            Event::End(TagEnd::Image) => images -= 1,
            _ if images > 0 => {}
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(_) | CodeBlockKind::Indented)) => {
                shape.open("pre");
            }
            Event::Start(tag) => {
                if let Some(name) = name(&tag.to_end()) {
                    shape.open(&name);
                }
            }
            Event::End(tag) => {
                if let Some(name) = name(&tag) {
                    shape.close(&name);
                }
            }
            Event::Text(text) => shape.words(&text),
            Event::Code(text) => shape.around("code", |shape| shape.words(&text)),
            Event::Html(html) | Event::InlineHtml(html) => shape.html(&html),
            Event::Rule => shape.open("hr"),
            _ => {}
        }
    }
    shape.parts
}

fn name(tag: &TagEnd) -> Option<String> {
    let name = match tag {
        TagEnd::Heading(level) => return Some(level.to_string()),
        TagEnd::BlockQuote(_) => "quote",
        TagEnd::CodeBlock => "pre",
        TagEnd::List(true) => "ol",
        TagEnd::List(false) => "ul",
        TagEnd::Item => "li",
        TagEnd::Table => "table",
        TagEnd::TableHead | TagEnd::TableRow => "tr",
        TagEnd::TableCell => "td",
        TagEnd::Emphasis => "em",
        TagEnd::Strong => "b",
        TagEnd::Strikethrough => "del",
        _ => return None,
    };
    Some(name.to_owned())
}

pub(super) fn shape_of_document(document: &Document, has_links: bool) -> Vec<String> {
    let mut shape = Shape {
        has_links,
        ..Shape::default()
    };
    shape.blocks(&document.blocks);
    shape.parts
}

impl Shape {
    fn blocks(&mut self, blocks: &[Block]) {
        for block in blocks {
            self.block(block);
        }
    }

    fn block(&mut self, block: &Block) {
        match block {
            Block::Heading(heading) => {
                let name = format!("h{}", heading.level);
                self.around(&name, |shape| shape.inlines(&heading.content));
            }
            Block::Paragraph(paragraph) => self.inlines(&paragraph.content),
            Block::List(list) => {
                let name = match list.kind {
                    ListKind::Bullet => "ul",
                    ListKind::Ordered(_) => "ol",
                };
                self.around(name, |shape| {
                    for item in &list.items {
                        shape.around("li", |shape| shape.blocks(&item.blocks));
                    }
                });
            }
            Block::Code(code) => self.around("pre", |shape| shape.words(&code.text)),
            Block::Quote(quote) => self.around("quote", |shape| shape.blocks(&quote.blocks)),
            Block::Table(table) => self.around("table", |shape| {
                for row in &table.rows {
                    shape.around("tr", |shape| {
                        for cell in &row.cells {
                            shape.around("td", |shape| shape.blocks(&cell.blocks));
                        }
                    });
                }
            }),
            Block::Rule(_) => self.open("hr"),
            Block::Macro(found) => self.found_macro(found),
            Block::Raw(text) => self.words(text),
        }
    }

    fn found_macro(&mut self, found: &Macro) {
        for parameter in &found.parameters {
            if let ("title", Value::Text(text)) = (parameter.name.as_str(), &parameter.value) {
                self.words(text);
            }
        }
        match &found.body {
            Body::None => {}
            Body::Plain(text) => self.words(text),
            Body::Inline(content) => self.inlines(content),
            Body::Blocks(blocks) => self.blocks(blocks),
        }
    }

    fn inlines(&mut self, inlines: &[Inline]) {
        for inline in inlines {
            self.inline(inline);
        }
    }

    fn inline(&mut self, inline: &Inline) {
        match inline {
            Inline::Text(text) => self.words(text),
            Inline::Code(text) => self.around("code", |shape| shape.words(text)),
            Inline::Styled(styled) => {
                let name = match styled.style {
                    Style::Strong => "b",
                    Style::Emphasis => "em",
                    Style::Strikethrough => "del",
                    Style::Underline => "u",
                    Style::Superscript => "sup",
                    Style::Subscript => "sub",
                    Style::Citation => "cite",
                    Style::Monospace => "code",
                    Style::Color(_) => return self.inlines(&styled.content),
                };
                self.around(name, |shape| shape.inlines(&styled.content));
            }
            Inline::Link(link) => {
                let text = |shape: &mut Self| match link.content.as_slice() {
                    [] => shape.words(link.target.name()),
                    content => shape.inlines(content),
                };
                if self.has_links {
                    self.around("a", text);
                } else {
                    text(self);
                }
            }
            Inline::Image(_) => self.open("img"),
            Inline::Macro(found) => self.found_macro(found),
            Inline::Emoticon(_) | Inline::Date(_) | Inline::Break => {}
        }
    }
}

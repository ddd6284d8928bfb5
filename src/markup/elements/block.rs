//! Which element is read how, and the simple blocks among them.

use super::{boxes, flow::Flow, reader::Reader};
use crate::markup::{
    document::{Block, Body, Code, CodeKind, Inline, Macro, Parameter, Quote, Style, Value},
    xml::{Element, Node},
};

impl Reader<'_> {
    /// Reads an element.
    pub(super) fn element(&mut self, element: &Element, flow: &mut Flow) {
        match element.name.as_str() {
            "p" => {
                let origin = self.origin_of(element);
                flow.paragraph(origin, |flow| self.walk(&element.children, flow));
            }
            "h1" => self.heading(1, element, flow),
            "h2" => self.heading(2, element, flow),
            "h3" => self.heading(3, element, flow),
            "h4" => self.heading(4, element, flow),
            "h5" => self.heading(5, element, flow),
            "h6" => self.heading(6, element, flow),
            "ul" | "ol" | "ac:task-list" => self.list(element, flow),
            "table" => self.table(element, flow),
            "blockquote" => self.quote(element, flow),
            "pre" => self.preformatted(element, flow),
            "hr" => {
                let end = element.outer.end;
                flow.block(Block::Rule(self.origin(&element.outer, &(end..end))));
            }
            "dt" => flow.apart(element.outer.clone(), |flow| {
                self.styled(Style::Strong, element, flow);
            }),
            "details" => self.details(element, flow),
            "ac:structured-macro" | "ac:macro" => self.structured_macro(element, flow),
            "ac:layout" | "ac:layout-section" | "ac:layout-cell" => self.layout(element, flow),
            // Their text is for programs.
            "script" | "style" | "template" | "head" | "col" | "colgroup" => {}
            name if name.starts_with("ac-") => self.tag(element, flow),
            name if is_block(name) => flow.apart(element.outer.clone(), |flow| {
                self.walk(&element.children, flow);
            }),
            _ => self.inline(element, flow),
        }
    }

    fn heading(&mut self, level: u8, element: &Element, flow: &mut Flow) {
        let origin = self.origin_of(element);
        let keeps_boxes = boxes::is_line(&element.children);
        flow.heading(level, origin, keeps_boxes, |flow| {
            self.walk(&element.children, flow);
        });
    }

    fn quote(&mut self, element: &Element, flow: &mut Flow) {
        let blocks = self.blocks(&element.children);
        if !blocks.is_empty() {
            let origin = self.origin_of(element);
            flow.block(Block::Quote(Quote { blocks, origin }));
        }
    }

    /// `<pre>`; if more than text stands in it, lines of a typewriter's letters.
    fn preformatted(&mut self, element: &Element, flow: &mut Flow) {
        if self.is_preformatted {
            return flow.apart(element.outer.clone(), |flow| {
                self.walk(&element.children, flow);
            });
        }
        let mut text = String::new();
        if add_plain_text(&element.children, &mut text) {
            let text = text.strip_prefix('\n').unwrap_or(&text);
            if text.trim().is_empty() {
                return;
            }
            let language = language(element);
            let is_code = language.is_some();
            return flow.block(Block::Code(Code {
                kind: if is_code {
                    CodeKind::Code
                } else {
                    CodeKind::NoFormat
                },
                language,
                title: None,
                parameters: Vec::new(),
                text: text.trim_end_matches(['\n', '\r']).to_owned(),
                origin: self.origin_of(element),
            }));
        }
        self.is_preformatted = true;
        flow.apart(element.outer.clone(), |flow| {
            self.styled(Style::Monospace, element, flow);
        });
        self.is_preformatted = false;
    }

    /// `<details>`, whose summary is the title of the macro `expand`.
    fn details(&mut self, element: &Element, flow: &mut Flow) {
        let summary = element.child("summary");
        let title = summary.map(|summary| super::lines::plain_text(&summary.children));
        let title = title.filter(|title| !title.is_empty());
        let is_summary = |node: &&Node| matches!((node, summary), (Node::Element(child), Some(summary)) if std::ptr::eq(child, summary));
        let body = element.children.iter().filter(|node| !is_summary(node));
        let blocks = self.blocks(body);
        let parameters = title.into_iter().map(|title| Parameter {
            name: "title".into(),
            value: Value::Text(title),
        });
        flow.block(Block::Macro(Macro {
            name: "expand".into(),
            parameters: parameters.collect(),
            body: Body::Blocks(blocks),
            reference: None,
            origin: self.origin_of(element),
        }));
    }
}

/// Adds the text as it is written; tells whether there is no more than text.
fn add_plain_text(nodes: &[Node], text: &mut String) -> bool {
    nodes.iter().all(|node| match node {
        Node::Text(content, _) | Node::Data(content, _) => {
            text.push_str(content);
            true
        }
        Node::Element(element) => match element.name.as_str() {
            "br" => {
                text.push('\n');
                true
            }
            "img" | "a" | "time" | "input" | "table" | "ul" | "ol" | "details" => false,
            name if name.contains(':') || name.starts_with("ac-") => false,
            name => {
                let is_plain = stacker::maybe_grow(64 << 10, 1 << 20, || {
                    add_plain_text(&element.children, text)
                });
                if (name == "p" || is_block(name)) && !text.ends_with('\n') {
                    text.push('\n');
                }
                is_plain
            }
        },
        Node::Inlines(inlines) => inlines.iter().all(|inline| match inline {
            Inline::Text(content) | Inline::Code(content) => {
                text.push_str(content);
                true
            }
            _ => false,
        }),
        Node::Deep(_) | Node::Blocks(_) => false,
    })
}

/// The language of preformatted text, as Confluence, Jira and the like show it.
fn language(element: &Element) -> Option<String> {
    let brush = element.attribute("data-syntaxhighlighter-params");
    let brush = brush.and_then(|parameters| {
        let mut parameters = parameters.split(';');
        parameters.find_map(|parameter| parameter.trim().strip_prefix("brush:"))
    });
    let class = |element: &Element| {
        let classes = element.attribute("class")?.split_whitespace();
        let mut languages = classes.filter_map(|class| {
            class
                .strip_prefix("language-")
                .or(class.strip_prefix("code-"))
        });
        languages.next().map(str::to_owned)
    };
    let language = brush.map(|brush| brush.trim().to_owned());
    let language = language.or_else(|| class(element));
    let language = language.or_else(|| element.child("code").and_then(class));
    language.filter(|language| !language.is_empty())
}

/// Whether the element stands on lines of its own.
pub(super) fn is_block(name: &str) -> bool {
    matches!(
        name,
        "div"
            | "section"
            | "article"
            | "aside"
            | "main"
            | "nav"
            | "header"
            | "footer"
            | "center"
            | "dl"
            | "dd"
            | "li"
            | "thead"
            | "tbody"
            | "tfoot"
            | "tr"
            | "td"
            | "th"
            | "caption"
            | "summary"
            | "figure"
            | "figcaption"
            | "address"
            | "form"
            | "fieldset"
            | "legend"
            | "body"
            | "html"
            | "ac:task"
            | "ac:task-body"
            | "ac:rich-text-body"
    )
}

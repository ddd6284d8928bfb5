//! Macros, and Confluence's own elements that are told in the same way.

use std::ops::Range;

use super::{
    boxes,
    flow::Flow,
    parameters::{self, Told},
    reader::Reader,
};
use crate::markup::{
    document::{Block, Body, Code, CodeKind, Inline, Macro, Origin, Parameter, Value},
    xml::{Element, Node},
};

impl Reader<'_> {
    /// `<ac:structured-macro>`, and `<ac:macro>` as older pages have it.
    pub(super) fn structured_macro(&mut self, element: &Element, flow: &mut Flow) {
        let name = element.attribute("ac:name").unwrap_or_default();
        let Told { parameters, is_cut } = parameters::of_macro(element);
        let is_content = |node: &&Node| match node {
            Node::Element(child) => !parameters::is_parameter(child),
            Node::Text(text, _) => !text.trim().is_empty(),
            _ => true,
        };
        let content: Vec<&Node> = element.children.iter().filter(is_content).collect();
        let end = element.outer.end;
        let inner = match content.as_slice() {
            [] => end..end,
            [Node::Element(body)] if is_body(body) => body.inner.clone(),
            _ => element.inner.clone(),
        };
        let origin = self.origin(&element.outer, &inner);
        if matches!(name, "code" | "noformat") {
            let text = content
                .iter()
                .map(|node| crate::markup::xml::text_of(std::slice::from_ref(*node)));
            return flow.block(code(name, parameters, &text.collect::<String>(), origin));
        }
        let found = Macro {
            name: if name.is_empty() { "macro" } else { name }.to_owned(),
            parameters,
            body: Body::None,
            reference: (is_cut || name.is_empty()).then(|| self.next_reference()),
            origin,
        };
        match content.as_slice() {
            [] => self.push(Inline::Macro(found), element, flow),
            [Node::Element(body)] if body.name == "ac:plain-text-body" => {
                let body = Body::Plain(body.text());
                self.push(Inline::Macro(Macro { body, ..found }), element, flow);
            }
            [Node::Element(body)] if body.name == "ac:rich-text-body" => {
                self.with_body(found, &body.children, &element.outer, flow);
            }
            _ => self.with_body(found, content, &element.outer, flow),
        }
    }

    /// `<ac-name>`, a macro in Markdown.
    pub(super) fn tag(&mut self, element: &Element, flow: &mut Flow) {
        let tag = element.name.strip_prefix("ac-").unwrap_or_default();
        let name = match element.attribute("_name") {
            Some(name) if tag == "macro" => name,
            _ => tag,
        };
        let parameters = parameters::of_tag(element);
        let origin = self.origin_of(element);
        if matches!(name, "code" | "noformat") {
            let text = crate::markup::xml::text_of(&element.children);
            return flow.block(code(name, parameters, &text, origin));
        }
        let reference = element.attribute("ref");
        let mut found = Macro {
            name: name.to_owned(),
            parameters,
            body: Body::None,
            reference: reference.and_then(|number| number.trim().parse().ok()),
            origin,
        };
        if let Some(body) = element.attribute("_body") {
            found.body = Body::Plain(body.to_owned());
        }
        let has_end_tag = element.inner.end != element.outer.end;
        if element.children.is_empty() && !has_end_tag || found.body != Body::None {
            return self.push(Inline::Macro(found), element, flow);
        }
        let is_marker = matches!(name, "placeholder" | "inline-comment-marker");
        if is_marker && flow.is_in_line() {
            return self.marked(found, element, flow);
        }
        self.with_body(found, &element.children, &element.outer, flow);
    }

    /// `<ac:layout>` and its parts.
    pub(super) fn layout(&mut self, element: &Element, flow: &mut Flow) {
        let name = element.name.strip_prefix("ac:").unwrap_or_default();
        let layout = Macro {
            name: name.to_owned(),
            parameters: kind(element),
            body: Body::None,
            reference: None,
            origin: self.origin_of(element),
        };
        self.with_body(layout, &element.children, &element.outer, flow);
    }

    /// `<ac:placeholder>` and `<ac:inline-comment-marker>`.
    pub(super) fn marker(&mut self, element: &Element, flow: &mut Flow) {
        let name = element.name.strip_prefix("ac:").unwrap_or_default();
        let is_comment = name == "inline-comment-marker";
        let found = Macro {
            name: name.to_owned(),
            parameters: kind(element),
            body: Body::None,
            reference: is_comment.then(|| self.next_reference()),
            origin: self.origin_of(element),
        };
        self.marked(found, element, flow);
    }

    /// Reads what stands in a marker: it is a part of a line wherever it stands.
    fn marked(&mut self, found: Macro, element: &Element, flow: &mut Flow) {
        let mut content = Flow::of_a_line(boxes::is_line(&element.children));
        self.walk(&element.children, &mut content);
        match content.into_line() {
            Ok(content) => {
                let body = Body::Inline(content);
                self.push(Inline::Macro(Macro { body, ..found }), element, flow);
            }
            Err(blocks) => flow.block(Block::Macro(Macro {
                body: Body::Blocks(blocks),
                ..found
            })),
        }
    }

    /// Reads what stands in a macro: parts of a line if it stands in one, else blocks.
    fn with_body<'n>(
        &mut self,
        mut found: Macro,
        content: impl IntoIterator<Item = &'n Node>,
        outer: &Range<usize>,
        flow: &mut Flow,
    ) {
        let is_box = boxes::is_box(&found.name) && !flow.keeps_boxes();
        let is_block = is_box || !flow.is_in_line();
        let mut body = if is_block {
            Flow::new()
        } else {
            Flow::within_a_line()
        };
        self.walk(content, &mut body);
        if is_block {
            found.body = Body::Blocks(body.into_blocks());
            return flow.block(Block::Macro(found));
        }
        match body.into_line() {
            Ok(content) => {
                found.body = Body::Inline(content);
                let run = self.has_source().then(|| outer.clone());
                flow.push(Inline::Macro(found), run);
            }
            Err(blocks) => {
                found.body = Body::Blocks(blocks);
                flow.block(Block::Macro(found));
            }
        }
    }
}

fn is_body(element: &Element) -> bool {
    matches!(
        element.name.as_str(),
        "ac:rich-text-body" | "ac:plain-text-body"
    )
}

/// What `ac:type` says of a section's columns or of what may take a placeholder's place.
fn kind(element: &Element) -> Vec<Parameter> {
    let kind = element.attribute("ac:type").filter(|kind| !kind.is_empty());
    let kind = kind.map(|kind| Parameter {
        name: "type".into(),
        value: Value::Text(kind.to_owned()),
    });
    kind.into_iter().collect()
}

fn code(name: &str, parameters: Vec<Parameter>, text: &str, origin: Origin) -> Block {
    let mut language = None;
    let mut default_language = None;
    let mut title = None;
    let mut others = Vec::new();
    for Parameter { name, value } in parameters {
        match (name.as_str(), value) {
            ("title", Value::Text(text)) => title = Some(text),
            ("language", Value::Text(text)) => language = Some(text),
            ("", Value::Text(text)) => default_language = Some(text),
            (_, Value::Text(text)) => others.push((name, text)),
            (_, Value::Target(_)) => {}
        }
    }
    Block::Code(Code {
        kind: if name == "code" {
            CodeKind::Code
        } else {
            CodeKind::NoFormat
        },
        language: language.or(default_language),
        title,
        parameters: others,
        text: text.trim_end_matches(['\n', '\r']).to_owned(),
        origin,
    })
}

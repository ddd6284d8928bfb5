//! Confluence's storage format read into a document.
//!
//! What only concerns display (colours, widths, themes, ids) is left out; all text is kept,
//! and a macro without a counterpart in Markdown leaves a marker such as `{toc maxLevel=2}`.

mod links;
mod macros;
mod table;

use super::document::{Block, Flow, Inline, Item, Style};
use super::writer;
use super::xml::{self, Element, Node};

/// Reduces a page in storage format to readable text much like Markdown.
///
/// A source that is not well-formed is returned as it is, in a fence and with a note on top.
pub fn storage_to_text(storage: &str) -> String {
    if storage.trim().is_empty() {
        return String::new();
    }
    let Ok(nodes) = xml::read(storage) else {
        let source = writer::fence("xml", storage);
        return format!("The source is not well-formed and is shown as it is:\n\n{source}");
    };
    let text = writer::blocks(&blocks(&nodes));
    if text.is_empty() {
        "(no visible content)".to_owned()
    } else {
        text
    }
}

fn blocks(nodes: &[Node]) -> Vec<Block> {
    let mut flow = Flow::default();
    walk(nodes, &mut flow);
    flow.into_blocks()
}

/// The nodes as parts of one line; a block among them is written out as text.
fn inlines(nodes: &[Node]) -> Vec<Inline> {
    let mut flow = Flow::default();
    walk(nodes, &mut flow);
    flow.into_inlines()
        .unwrap_or_else(|blocks| vec![Inline::Text(writer::blocks(&blocks))])
}

fn walk(nodes: &[Node], flow: &mut Flow) {
    for node in nodes {
        match node {
            Node::Text(text) | Node::Data(text) => flow.text(text),
            Node::Element(element) => read(element, flow),
        }
    }
}

fn read(element: &Element, flow: &mut Flow) {
    let children = element.children.as_slice();
    match element.name.as_str() {
        "h1" => heading(1, children, flow),
        "h2" => heading(2, children, flow),
        "h3" => heading(3, children, flow),
        "h4" => heading(4, children, flow),
        "h5" => heading(5, children, flow),
        "h6" => heading(6, children, flow),
        "ul" | "ol" | "ac:task-list" => list(element, flow),
        "table" => table::read(element, flow),
        "blockquote" => flow.block(Block::Quote {
            label: None,
            blocks: blocks(children),
        }),
        "pre" => flow.block(Block::Fence {
            language: String::new(),
            text: verbatim(children),
        }),
        "hr" => flow.block(Block::Rule),
        "br" => flow.push(Inline::Break),
        "strong" | "b" | "dt" => styled(Style::Bold, element, flow),
        "em" | "i" | "cite" => styled(Style::Italic, element, flow),
        "del" | "s" | "strike" => styled(Style::Strike, element, flow),
        "u" => styled(Style::Underline, element, flow),
        "sup" => styled(Style::Above, element, flow),
        "sub" => styled(Style::Below, element, flow),
        "code" | "tt" | "kbd" | "samp" if is_plain(children) => {
            flow.push(Inline::Code(xml::text_of(children)));
        }
        "a" => links::anchor(element, flow),
        "img" => links::html_image(element, flow),
        "ac:link" => links::link(element, flow),
        "ac:image" => links::image(element, flow),
        "ac:emoticon" => {
            let name = element
                .attribute("ac:emoji-shortname")
                .or(element.attribute("ac:name"));
            flow.text(format!(
                ":{}:",
                name.unwrap_or("emoticon").trim_matches(':')
            ));
        }
        "time" => {
            flow.text(element.attribute("datetime").unwrap_or_default());
            walk(children, flow);
        }
        "ac:structured-macro" | "ac:macro" => macros::read(element, flow),
        name if name.starts_with("ri:") => {
            flow.text(links::target(element).unwrap_or_default());
            walk(children, flow);
        }
        name if is_block(name) => {
            flow.end_paragraph();
            walk(children, flow);
            flow.end_paragraph();
        }
        _ => walk(children, flow),
    }
}

fn heading(level: usize, children: &[Node], flow: &mut Flow) {
    let mut content = Flow::default();
    walk(children, &mut content);
    let mut rest = match content.into_inlines() {
        Ok(text) => return flow.block(Block::Heading { level, text }),
        Err(blocks) => blocks.into_iter(),
    };
    // A macro with a body within a heading comes after it, because a heading is one line.
    match rest.next() {
        Some(Block::Paragraph(text)) => flow.block(Block::Heading { level, text }),
        Some(other) => flow.block(other),
        None => {}
    }
    rest.for_each(|block| flow.block(block));
}

fn list(element: &Element, flow: &mut Flow) {
    flow.end_paragraph();
    let first = (element.name == "ol").then(|| {
        element
            .attribute("start")
            .and_then(|start| start.parse().ok())
            .unwrap_or(1)
    });
    let mut items: Vec<Item> = Vec::new();
    let mut before: Vec<Block> = Vec::new();
    for node in &element.children {
        let (done, blocks) = match node {
            Node::Element(item) if item.name == "li" => (None, blocks(&item.children)),
            Node::Element(item) if item.name == "ac:task" => task(item),
            other => {
                // Some editors put a nested list beside its item instead of into it.
                let stray = blocks(std::slice::from_ref(other));
                items
                    .last_mut()
                    .map_or(&mut before, |item| &mut item.blocks)
                    .extend(stray);
                continue;
            }
        };
        items.push(Item { done, blocks });
    }
    before.into_iter().for_each(|block| flow.block(block));
    flow.block(Block::List { first, items });
}

fn task(item: &Element) -> (Option<bool>, Vec<Block>) {
    let mut done = false;
    let mut content = Flow::default();
    for node in &item.children {
        match node {
            Node::Element(part) => match part.name.as_str() {
                "ac:task-status" => done = part.text().trim() == "complete",
                "ac:task-id" | "ac:task-uuid" => {}
                "ac:task-body" => walk(&part.children, &mut content),
                _ => read(part, &mut content),
            },
            Node::Text(text) | Node::Data(text) => content.text(text),
        }
    }
    (Some(done), content.into_blocks())
}

fn styled(style: Style, element: &Element, flow: &mut Flow) {
    let is_term = element.name == "dt";
    if is_term {
        flow.end_paragraph();
    }
    if holds_block(&element.children) {
        walk(&element.children, flow);
    } else {
        flow.push(Inline::Styled(style, inlines(&element.children)));
    }
    if is_term {
        flow.end_paragraph();
    }
}

/// The text of preformatted nodes with its spaces and line ends; links and macros are written out.
fn verbatim(nodes: &[Node]) -> String {
    let mut text = String::new();
    for node in nodes {
        match node {
            Node::Text(content) | Node::Data(content) => text.push_str(content),
            Node::Element(_) if is_plain(std::slice::from_ref(node)) => {
                text.push_str(&xml::text_of(std::slice::from_ref(node)));
            }
            Node::Element(_) => {
                text.push_str(&writer::inlines(&inlines(std::slice::from_ref(node))))
            }
        }
    }
    text
}

/// Whether the nodes are nothing but text, apart from how it is set.
fn is_plain(nodes: &[Node]) -> bool {
    nodes.iter().all(|node| match node {
        Node::Element(element) => {
            let name = element.name.as_str();
            name != "a"
                && name != "img"
                && name != "time"
                && !name.contains(':')
                && is_plain(&element.children)
        }
        Node::Text(_) | Node::Data(_) => true,
    })
}

fn holds_block(nodes: &[Node]) -> bool {
    nodes.iter().any(|node| match node {
        Node::Element(element) => {
            is_block(&element.name) || macros::is_block(element) || holds_block(&element.children)
        }
        Node::Text(_) | Node::Data(_) => false,
    })
}

fn is_block(name: &str) -> bool {
    let is_html = matches!(
        name,
        "p" | "div"
            | "ul"
            | "ol"
            | "table"
            | "blockquote"
            | "pre"
            | "hr"
            | "dl"
            | "dt"
            | "dd"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "section"
            | "article"
            | "header"
            | "footer"
            | "center"
            | "details"
            | "summary"
            | "figure"
            | "figcaption"
            | "address"
            | "li"
            | "tr"
            | "tbody"
            | "thead"
            | "form"
            | "fieldset"
    );
    is_html || matches!(name, "ac:task-list" | "ac:task") || name.starts_with("ac:layout")
}

#[cfg(test)]
mod corpus_tests;
#[cfg(test)]
mod tests;

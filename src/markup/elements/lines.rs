//! Blocks made lines of a line, where only a line has a place.

use super::flow::Flow;
use crate::markup::{
    document::{Block, Body, Inline, normal},
    xml::Node,
};

/// What came as one line in normal form.
pub(super) fn line(flow: Flow) -> Vec<Inline> {
    let content = flow.into_line().unwrap_or_else(|blocks| {
        let mut line = Vec::new();
        add_blocks(blocks, &mut line);
        line
    });
    normal(content)
}

fn add_blocks(blocks: Vec<Block>, line: &mut Vec<Inline>) {
    for block in blocks {
        line.push(Inline::Break);
        stacker::maybe_grow(64 << 10, 1 << 20, || add_block(block, line));
        line.push(Inline::Break);
    }
    // Between two blocks one line end is enough.
    line.dedup_by(|next, last| *next == Inline::Break && *last == Inline::Break);
}

fn add_block(block: Block, line: &mut Vec<Inline>) {
    match block {
        Block::Heading(heading) => line.extend(heading.content),
        Block::Paragraph(paragraph) => line.extend(paragraph.content),
        Block::Code(code) => {
            for code_line in code.text.lines() {
                line.extend([Inline::Code(code_line.to_owned()), Inline::Break]);
            }
        }
        Block::List(list) => {
            list.items
                .into_iter()
                .for_each(|item| add_blocks(item.blocks, line));
        }
        Block::Quote(quote) => add_blocks(quote.blocks, line),
        Block::Table(table) => {
            let cells = table.rows.into_iter().flat_map(|row| row.cells);
            cells.for_each(|cell| add_blocks(cell.blocks, line));
        }
        Block::Macro(found) => line.push(Inline::Macro(found)),
        Block::Raw(source) => line.push(Inline::Code(source)),
        Block::Rule(_) => {}
    }
}

/// The text of the nodes on one line, as far as it is text.
pub(super) fn plain_text(nodes: &[Node]) -> String {
    let mut text = String::new();
    add_nodes(nodes, &mut text);
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn add_nodes(nodes: &[Node], text: &mut String) {
    for node in nodes {
        match node {
            Node::Text(content, _) | Node::Data(content, _) => text.push_str(content),
            Node::Element(element) => {
                let is_line = matches!(element.name.as_str(), "p" | "div" | "li" | "br");
                stacker::maybe_grow(64 << 10, 1 << 20, || add_nodes(&element.children, text));
                if is_line {
                    text.push(' ');
                }
            }
            Node::Inlines(inlines) => add_text(inlines, text),
            Node::Blocks(blocks) => {
                for block in blocks {
                    if let Block::Paragraph(paragraph) = block {
                        add_text(&paragraph.content, text);
                        text.push(' ');
                    }
                }
            }
            Node::Deep(_) => {}
        }
    }
}

fn add_text(inlines: &[Inline], text: &mut String) {
    for inline in inlines {
        match inline {
            Inline::Text(content) | Inline::Code(content) => text.push_str(content),
            Inline::Styled(styled) => {
                stacker::maybe_grow(64 << 10, 1 << 20, || add_text(&styled.content, text));
            }
            Inline::Link(link) => {
                stacker::maybe_grow(64 << 10, 1 << 20, || add_text(&link.content, text));
            }
            Inline::Macro(found) => {
                if let Body::Inline(content) = &found.body {
                    stacker::maybe_grow(64 << 10, 1 << 20, || add_text(content, text));
                }
            }
            Inline::Break => text.push(' '),
            Inline::Image(_) | Inline::Emoticon(_) | Inline::Date(_) => {}
        }
    }
}

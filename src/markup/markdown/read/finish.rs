//! What is closed becomes nodes of what it stands in.

use super::{
    builder::Builder,
    fence,
    frame::{self, Frame, Kind, Quote, TableRow},
    html::STYLES,
    run::damaged,
    title,
};
use crate::markup::{
    Damaged,
    document::{
        self, Block, Body, Cell, Heading, Image, Inline, Item, Link, List, Macro, Origin,
        Parameter, Row, Style, Styled, Table, Target, Value,
    },
    elements::{self, write_target},
    xml::{Element, Node},
};

impl Builder<'_> {
    /// Closes a paragraph; a macro's tag at its very end stays open for what follows.
    pub(super) fn close_paragraph(&mut self) -> Result<(), Damaged> {
        self.end_run()?;
        let mut kept: Vec<Frame> = Vec::new();
        while let Some(Frame {
            kind: Kind::Tag(tag),
            nodes,
        }) = self.top()
        {
            if tag.is_macro() && nodes.is_empty() {
                kept.extend(self.pop());
            } else if tag.is_macro() {
                let reason = format!(
                    "it is not closed where it stands: </{}> is missing",
                    tag.name
                );
                return Err(damaged(&tag.written, &reason));
            } else {
                self.close_tag();
            }
        }
        self.close_frame()?;
        while let Some(frame) = kept.pop() {
            self.push_frame(frame);
        }
        Ok(())
    }

    /// Closes the innermost frame.
    pub(super) fn close_frame(&mut self) -> Result<(), Damaged> {
        let Some(Frame { kind, nodes }) = self.pop() else {
            return Ok(());
        };
        match kind {
            Kind::Root => {}
            Kind::Paragraph(_) => {
                let nodes = self.take_title(nodes);
                self.push_blocks(paragraph(nodes));
            }
            Kind::Heading(level) => self.push_blocks(heading(level, nodes)),
            Kind::Quote(quote) => self.push_blocks(finish_quote(quote, nodes)),
            Kind::List(kind, items) => {
                let origin = Origin::default();
                if !items.is_empty() {
                    self.push_blocks(vec![Block::List(List {
                        kind,
                        items,
                        origin,
                    })]);
                }
            }
            Kind::Item(done) => {
                let item = Item {
                    done,
                    blocks: blocks(nodes),
                    origin: Origin::default(),
                };
                if let Some(Kind::List(_, items)) = self.top().map(|frame| &mut frame.kind) {
                    items.push(item);
                }
            }
            Kind::Table(rows) => self.push_blocks(table(rows)),
            Kind::Row(row) => self.finish_row(row),
            Kind::Cell => {
                let blocks = paragraph(nodes);
                if let Some(Kind::Row(row)) = self.top().map(|frame| &mut frame.kind) {
                    let is_header = row.is_header;
                    row.cells.push(cell(is_header, blocks));
                }
            }
            Kind::Code(code) => {
                let block = fence::read(code, self.options);
                self.push_blocks(vec![block]);
            }
            Kind::Html(html) => self.html(&html)?,
            Kind::Note(label) => {
                let blocks = blocks(nodes);
                self.notes.define(label, blocks);
            }
            Kind::Styled(style) => self.push(styled(style, nodes)),
            // Without an address it is only its text.
            Kind::Link(link) if link.target == Target::Url(String::new()) => {
                nodes.into_iter().for_each(|node| self.push(node));
            }
            Kind::Link(mut link) if self.is_in_link() => {
                // A link cannot stand in a link: its text does, and then its target.
                if !std::mem::replace(&mut link.shows_target, true) {
                    nodes.into_iter().for_each(|node| self.push(node));
                }
                self.push(finish_link(link, Vec::new()));
            }
            Kind::Link(link) => self.push(finish_link(link, nodes)),
            Kind::Image(image) => self.push(finish_image(image, &nodes)),
            Kind::Tag(_) => {}
        }
        Ok(())
    }

    /// Takes the title from the paragraph that begins with an alert's mark.
    fn take_title(&mut self, nodes: Vec<Node>) -> Vec<Node> {
        match self.top() {
            Some(Frame {
                kind: Kind::Quote(quote),
                nodes: before,
            }) if quote.has_title_line && before.is_empty() && quote.title.is_none() => {
                let (title, rest) = title::split(nodes);
                quote.title = Some(title);
                rest
            }
            _ => nodes,
        }
    }

    fn push_blocks(&mut self, blocks: Vec<Block>) {
        if !blocks.is_empty() {
            self.push(Node::Blocks(blocks));
        }
    }

    fn finish_row(&mut self, row: TableRow) {
        if let Some(Kind::Table(rows)) = self.top().map(|frame| &mut frame.kind) {
            rows.push(Row {
                cells: row.cells,
                origin: Origin::default(),
            });
        }
    }
}

/// The nodes as blocks.
pub(super) fn blocks(nodes: Vec<Node>) -> Vec<Block> {
    if nodes.iter().all(|node| matches!(node, Node::Blocks(_))) {
        let blocks = nodes.into_iter().filter_map(|node| match node {
            Node::Blocks(blocks) => Some(blocks),
            _ => None,
        });
        blocks.flatten().collect()
    } else {
        elements::blocks(&nodes)
    }
}

/// The nodes as parts of a line, if that is all they are.
pub(super) fn inlines(nodes: Vec<Node>) -> Result<Vec<Inline>, Vec<Node>> {
    if !nodes.iter().all(|node| matches!(node, Node::Inlines(_))) {
        return Err(nodes);
    }
    let inlines = nodes.into_iter().filter_map(|node| match node {
        Node::Inlines(inlines) => Some(inlines),
        _ => None,
    });
    Ok(inlines.flatten().collect())
}

fn element(name: &str, children: Vec<Node>) -> Node {
    Node::Element(Element {
        name: name.to_owned(),
        children,
        outer: 0..1,
        ..Element::default()
    })
}

fn paragraph(nodes: Vec<Node>) -> Vec<Block> {
    match inlines(nodes) {
        Ok(content) => {
            let paragraph = document::paragraph(content, Origin::default());
            paragraph.into_iter().collect()
        }
        Err(nodes) => elements::blocks(&[element("p", nodes)]),
    }
}

fn heading(level: u8, nodes: Vec<Node>) -> Vec<Block> {
    match inlines(nodes) {
        Ok(content) => {
            let content = document::normal_line(content);
            let origin = Origin::default();
            let heading = (!content.is_empty()).then_some(Heading {
                level,
                content,
                origin,
            });
            heading.map(Block::Heading).into_iter().collect()
        }
        Err(nodes) => elements::blocks(&[element(&format!("h{level}"), nodes)]),
    }
}

/// Text that is set apart.
pub(super) fn styled(style: Style, nodes: Vec<Node>) -> Node {
    match inlines(nodes) {
        Ok(content) => Node::Inlines(vec![Inline::Styled(Styled { style, content })]),
        Err(nodes) => {
            let name = STYLES.iter().find(|(_, known)| *known == style);
            element(name.map_or("span", |(name, _)| name), nodes)
        }
    }
}

fn finish_link(link: frame::Link, nodes: Vec<Node>) -> Node {
    let frame::Link {
        target,
        tip,
        shows_target,
    } = link;
    let nodes = if shows_target { Vec::new() } else { nodes };
    match inlines(nodes) {
        Ok(content) => Node::Inlines(vec![Inline::Link(Link {
            target,
            tip,
            content,
            origin: Origin::default(),
        })]),
        Err(children) => {
            let mut attributes = vec![("href".to_owned(), write_target(&target))];
            attributes.extend(tip.map(|tip| ("title".to_owned(), tip)));
            Node::Element(Element {
                name: "a".to_owned(),
                attributes,
                children,
                outer: 0..1,
                ..Element::default()
            })
        }
    }
}

fn finish_image(image: frame::Image, nodes: &[Node]) -> Node {
    let alternative = title::plain_text(nodes);
    let is_shown = !alternative.is_empty() && !image.shows_target;
    Node::Inlines(vec![Inline::Image(Image {
        target: image.target,
        alternative: is_shown.then_some(alternative),
        attributes: Vec::new(),
        origin: Origin::default(),
    })])
}

fn finish_quote(quote: Quote, nodes: Vec<Node>) -> Vec<Block> {
    let blocks = blocks(nodes);
    let Some(name) = quote.alert else {
        let origin = Origin::default();
        let quote = (!blocks.is_empty()).then_some(document::Quote { blocks, origin });
        return quote.map(Block::Quote).into_iter().collect();
    };
    let title = quote.title.filter(|title| !title.is_empty());
    let parameters = title.map(|title| Parameter {
        name: "title".to_owned(),
        value: Value::Text(title),
    });
    vec![Block::Macro(Macro {
        name: name.to_owned(),
        parameters: parameters.into_iter().collect(),
        body: Body::Blocks(blocks),
        reference: None,
        origin: Origin::default(),
    })]
}

fn table(mut rows: Vec<Row>) -> Vec<Block> {
    let is_empty = |row: &Row| row.cells.iter().all(|cell| cell.blocks.is_empty());
    if rows.len() > 1 && rows.first().is_some_and(is_empty) {
        rows.remove(0);
    }
    let origin = Origin::default();
    rows.retain(|row| !row.cells.is_empty());
    let table = (!rows.is_empty()).then_some(Table { rows, origin });
    table.map(Block::Table).into_iter().collect()
}

fn cell(is_header: bool, blocks: Vec<Block>) -> Cell {
    Cell {
        is_header,
        columns: 1,
        rows: 1,
        blocks,
        origin: Origin::default(),
    }
}

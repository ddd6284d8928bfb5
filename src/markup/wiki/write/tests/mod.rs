//! What is written for each construct.

mod blocks;
mod inlines;
mod round_trip;
mod text;
mod trees;

use super::write;
use crate::markup::document::{
    Block, Body, Cell, Code, CodeKind, Date, Document, EMOTICONS, Emoticon, Heading, Image, Inline,
    Item, Link, List, ListKind, Macro, Origin, Parameter, Quote, Row, Style, Styled, Table, Target,
    User, Value,
};

pub(super) fn text(text: &str) -> Inline {
    Inline::Text(text.to_owned())
}

pub(super) fn code(text: &str) -> Inline {
    Inline::Code(text.to_owned())
}

pub(super) fn styled(style: Style, content: Vec<Inline>) -> Inline {
    Inline::Styled(Styled { style, content })
}

pub(super) fn strong(content: &str) -> Inline {
    styled(Style::Strong, vec![text(content)])
}

pub(super) fn color(color: &str, content: Vec<Inline>) -> Inline {
    styled(Style::Color(color.to_owned()), content)
}

pub(super) fn emoticon(name: &str) -> Inline {
    Inline::Emoticon(Emoticon {
        name: name.to_owned(),
        origin: Origin::default(),
    })
}

pub(super) fn link(target: Target, content: Vec<Inline>) -> Inline {
    tipped(target, None, content)
}

pub(super) fn tipped(target: Target, tip: Option<&str>, content: Vec<Inline>) -> Inline {
    Inline::Link(Link {
        target,
        tip: tip.map(str::to_owned),
        content,
        origin: Origin::default(),
    })
}

pub(super) fn url(url: &str) -> Target {
    Target::Url(url.to_owned())
}

pub(super) fn attachment(name: &str) -> Target {
    Target::Attachment {
        name: name.to_owned(),
        on: None,
    }
}

pub(super) fn page(space: Option<&str>, title: &str, anchor: Option<&str>) -> Target {
    Target::Page {
        space: space.map(str::to_owned),
        title: title.to_owned(),
        anchor: anchor.map(str::to_owned),
    }
}

pub(super) fn image(
    target: Target,
    alternative: Option<&str>,
    attributes: &[(&str, &str)],
) -> Inline {
    let attributes = attributes.iter();
    Inline::Image(Image {
        target,
        alternative: alternative.map(str::to_owned),
        attributes: attributes
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
            .collect(),
        origin: Origin::default(),
    })
}

pub(super) fn made(name: &str, parameters: &[(&str, &str)], body: Body) -> Macro {
    let parameters = parameters.iter();
    Macro {
        name: name.to_owned(),
        parameters: parameters
            .map(|(name, value)| Parameter {
                name: (*name).to_owned(),
                value: Value::Text((*value).to_owned()),
            })
            .collect(),
        body,
        reference: None,
        origin: Origin::default(),
    }
}

pub(super) fn block_macro(name: &str, parameters: &[(&str, &str)], blocks: Vec<Block>) -> Block {
    Block::Macro(made(name, parameters, Body::Blocks(blocks)))
}

pub(super) fn paragraph(content: &str) -> Block {
    Block::paragraph(vec![text(content)])
}

pub(super) fn heading(level: u8, content: Vec<Inline>) -> Block {
    Block::Heading(Heading {
        level,
        content,
        origin: Origin::default(),
    })
}

pub(super) fn code_block(
    kind: CodeKind,
    language: Option<&str>,
    title: Option<&str>,
    text: &str,
) -> Block {
    Block::Code(Code {
        kind,
        language: language.map(str::to_owned),
        title: title.map(str::to_owned),
        parameters: Vec::new(),
        text: text.to_owned(),
        origin: Origin::default(),
    })
}

pub(super) fn quote(blocks: Vec<Block>) -> Block {
    Block::Quote(Quote {
        blocks,
        origin: Origin::default(),
    })
}

pub(super) fn item(blocks: Vec<Block>) -> Item {
    Item {
        done: None,
        blocks,
        origin: Origin::default(),
    }
}

pub(super) fn task(done: bool, blocks: Vec<Block>) -> Item {
    Item {
        done: Some(done),
        ..item(blocks)
    }
}

pub(super) fn list(kind: ListKind, items: Vec<Item>) -> Block {
    Block::List(List {
        kind,
        items,
        origin: Origin::default(),
    })
}

pub(super) fn bullets(items: Vec<Item>) -> Block {
    list(ListKind::Bullet, items)
}

pub(super) fn numbers(items: Vec<Item>) -> Block {
    list(ListKind::Ordered(1), items)
}

pub(super) fn cell(is_header: bool, blocks: Vec<Block>) -> Cell {
    Cell {
        is_header,
        columns: 1,
        rows: 1,
        blocks,
        origin: Origin::default(),
    }
}

pub(super) fn merged(columns: u16, rows: u16, content: &str) -> Cell {
    Cell {
        columns,
        rows,
        ..cell(false, vec![paragraph(content)])
    }
}

pub(super) fn table(rows: Vec<Vec<Cell>>) -> Block {
    let rows = rows.into_iter();
    Block::Table(Table {
        rows: rows
            .map(|cells| Row {
                cells,
                origin: Origin::default(),
            })
            .collect(),
        origin: Origin::default(),
    })
}

pub(super) fn written(blocks: Vec<Block>) -> String {
    write(&Document::new(blocks))
}

pub(super) fn line(content: Vec<Inline>) -> String {
    written(vec![Block::paragraph(content)])
}

//! A document told in a short notation that looks like HTML, for tests.

use super::super::{Dialect, read};
use crate::markup::document::{
    Block, Body, Cell, Code, CodeKind, Inline, Item, List, ListKind, Macro, Style, Target, User,
    Value,
};

/// The document that the text means, one block a line.
pub(super) fn told(source: &str, dialect: Dialect) -> String {
    let document = read(source, dialect);
    let blocks: Vec<_> = document.blocks.iter().map(block).collect();
    blocks.join("\n")
}

fn blocks(blocks: &[Block]) -> String {
    blocks.iter().map(block).collect()
}

fn block(told: &Block) -> String {
    match told {
        Block::Heading(heading) => {
            let content = inlines(&heading.content);
            format!("<h{0}>{content}</h{0}>", heading.level)
        }
        Block::Paragraph(paragraph) => format!("<p>{}</p>", inlines(&paragraph.content)),
        Block::List(told) => list(told),
        Block::Code(told) => code(told),
        Block::Quote(quote) => format!("<blockquote>{}</blockquote>", blocks(&quote.blocks)),
        Block::Table(table) => {
            let row = |row: &crate::markup::document::Row| {
                let cells: String = row.cells.iter().map(cell).collect();
                format!("<tr>{cells}</tr>")
            };
            let rows: String = table.rows.iter().map(row).collect();
            format!("<table>{rows}</table>")
        }
        Block::Rule(_) => "<hr/>".into(),
        Block::Macro(told) => macro_told(told),
        Block::Raw(text) => format!("<raw>{text}</raw>"),
    }
}

fn list(list: &List) -> String {
    let name = match list.kind {
        ListKind::Bullet => "ul",
        ListKind::Ordered(_) => "ol",
    };
    let item = |item: &Item| {
        let task = match item.done {
            None => "",
            Some(true) => " done",
            Some(false) => " todo",
        };
        format!("<li{task}>{}</li>", unwrapped(&item.blocks))
    };
    let items: String = list.items.iter().map(item).collect();
    format!("<{name}>{items}</{name}>")
}

/// Blocks whose first paragraph has no tags of its own.
fn unwrapped(told: &[Block]) -> String {
    match told {
        [Block::Paragraph(first), rest @ ..] => inlines(&first.content) + &blocks(rest),
        _ => blocks(told),
    }
}

fn cell(cell: &Cell) -> String {
    let name = if cell.is_header { "th" } else { "td" };
    format!("<{name}>{}</{name}>", unwrapped(&cell.blocks))
}

fn code(code: &Code) -> String {
    let mut tag = match code.kind {
        CodeKind::Code => String::from("<pre"),
        CodeKind::NoFormat => String::from("<pre plain"),
    };
    let language = code.language.iter().map(|value| ("language", value));
    let title = code.title.iter().map(|value| ("title", value));
    let further = code.parameters.iter();
    let further = further.map(|(name, value)| (name.as_str(), value));
    for (name, value) in language.chain(title).chain(further) {
        tag += &format!(" {name}={value}");
    }
    format!("{tag}>{}</pre>", code.text)
}

fn macro_told(told: &Macro) -> String {
    let mut tag = format!("<{}", told.name);
    for parameter in &told.parameters {
        let value = match &parameter.value {
            Value::Text(text) => text.clone(),
            Value::Target(told) => target(told),
        };
        tag += &format!(" {}={value}", parameter.name);
    }
    let content = match &told.body {
        Body::None => return tag + "/>",
        Body::Plain(text) => text.clone(),
        Body::Inline(content) => inlines(content),
        Body::Blocks(content) => blocks(content),
    };
    format!("{tag}>{content}</{}>", told.name)
}

fn inlines(told: &[Inline]) -> String {
    told.iter().map(inline).collect()
}

fn inline(told: &Inline) -> String {
    match told {
        Inline::Text(text) => text.clone(),
        Inline::Code(text) => format!("<code>{text}</code>"),
        Inline::Styled(styled) => {
            let content = inlines(&styled.content);
            let name = match &styled.style {
                Style::Strong => "b",
                Style::Emphasis => "em",
                Style::Strikethrough => "del",
                Style::Underline => "u",
                Style::Superscript => "sup",
                Style::Subscript => "sub",
                Style::Citation => "cite",
                Style::Monospace => "tt",
                Style::Color(color) => return format!("<font {color}>{content}</font>"),
            };
            format!("<{name}>{content}</{name}>")
        }
        Inline::Link(link) => {
            let tip = link.tip.as_ref();
            let tip = tip.map_or(String::new(), |tip| format!(" tip={tip}"));
            format!(
                "<a {}{tip}>{}</a>",
                target(&link.target),
                inlines(&link.content)
            )
        }
        Inline::Image(image) => {
            let mut tag = format!("<img {}", target(&image.target));
            if let Some(alternative) = &image.alternative {
                tag += &format!(" alt={alternative}");
            }
            for (name, value) in &image.attributes {
                tag += &format!(" {name}={value}");
            }
            tag + "/>"
        }
        Inline::Emoticon(emoticon) => format!(":{}:", emoticon.name),
        Inline::Date(date) => date.day.clone(),
        Inline::Macro(told) => macro_told(told),
        Inline::Break => "<br/>".into(),
    }
}

fn target(told: &Target) -> String {
    match told {
        Target::Url(url) => url.clone(),
        Target::Anchor(name) => format!("#{name}"),
        Target::User(User::Name(name)) => format!("user:{name}"),
        Target::Attachment { name, on: None } => format!("file:{name}"),
        Target::Attachment { name, on: Some(on) } => format!("file:{name} on {}", target(on)),
        other => format!("{other:?}"),
    }
}

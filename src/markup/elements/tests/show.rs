//! The tree in a short notation.

use crate::markup::{
    document::{Block, Body, Inline, Macro, Value},
    elements::{self, write_target, write_value},
    xml,
};

/// The tree of a source in a notation of our own.
pub(super) fn show(source: &str) -> String {
    let nodes = xml::read(source).unwrap();
    blocks(&elements::blocks_of(source, &nodes))
}

pub(super) fn blocks(blocks: &[Block]) -> String {
    let mut shown = String::new();
    show_blocks(blocks, 0, &mut shown);
    shown.trim_end().to_owned()
}

fn show_blocks(blocks: &[Block], depth: usize, shown: &mut String) {
    for block in blocks {
        let indent = "  ".repeat(depth);
        let mut line = |text: String| shown.push_str(&format!("{indent}{text}\n"));
        match block {
            Block::Heading(heading) => {
                line(format!("h{} {}", heading.level, inlines(&heading.content)));
            }
            Block::Paragraph(paragraph) => line(format!("p {}", inlines(&paragraph.content))),
            Block::Code(code) => line(format!(
                "{:?} {:?} {:?} {:?} {:?}",
                code.kind, code.language, code.title, code.parameters, code.text
            )),
            Block::Rule(_) => line("rule".into()),
            Block::Raw(source) => line(format!("raw {source:?}")),
            Block::Quote(quote) => {
                line("quote".into());
                show_blocks(&quote.blocks, depth + 1, shown);
            }
            Block::List(list) => {
                line(format!("{:?}", list.kind));
                for item in &list.items {
                    let done = item.done.map_or(String::new(), |done| format!(" {done}"));
                    shown.push_str(&format!("{indent}- item{done}\n"));
                    show_blocks(&item.blocks, depth + 2, shown);
                }
            }
            Block::Table(table) => {
                line("table".into());
                for row in &table.rows {
                    shown.push_str(&format!("{indent}  row\n"));
                    for cell in &row.cells {
                        let name = if cell.is_header { "th" } else { "td" };
                        let span = format!("{}x{}", cell.columns, cell.rows);
                        shown.push_str(&format!("{indent}    {name} {span}\n"));
                        show_blocks(&cell.blocks, depth + 3, shown);
                    }
                }
            }
            Block::Macro(found) => {
                line(format!("macro {}", head(found)));
                match &found.body {
                    Body::Blocks(blocks) => show_blocks(blocks, depth + 1, shown),
                    body => shown.push_str(&format!("{indent}  {}\n", tail(body))),
                }
            }
        }
    }
}

fn head(found: &Macro) -> String {
    let mut head = found.name.clone();
    for parameter in &found.parameters {
        let name = &parameter.name;
        let kind = if matches!(parameter.value, Value::Target(_)) {
            "=>"
        } else {
            "="
        };
        head.push_str(&format!(" {name}{kind}{}", write_value(&parameter.value)));
    }
    if let Some(reference) = found.reference {
        head.push_str(&format!(" #{reference}"));
    }
    head
}

fn tail(body: &Body) -> String {
    match body {
        Body::None => "none".into(),
        Body::Plain(text) => format!("plain {text:?}"),
        Body::Inline(content) => format!("inline {}", inlines(content)),
        Body::Blocks(blocks) => format!("blocks {blocks:?}"),
    }
}

pub(super) fn inlines(content: &[Inline]) -> String {
    let parts: Vec<String> = content.iter().map(inline).collect();
    parts.join(" ")
}

fn inline(part: &Inline) -> String {
    match part {
        Inline::Text(text) => format!("{text:?}"),
        Inline::Code(code) => format!("`{code}`"),
        Inline::Styled(styled) => format!("{:?}[{}]", styled.style, inlines(&styled.content)),
        Inline::Link(link) => {
            let tip = link
                .tip
                .as_ref()
                .map_or(String::new(), |tip| format!(" tip {tip:?}"));
            format!(
                "<{}{tip}>[{}]",
                write_target(&link.target),
                inlines(&link.content)
            )
        }
        Inline::Image(image) => {
            let target = write_target(&image.target);
            format!("!{target} {:?} {:?}", image.alternative, image.attributes)
        }
        Inline::Emoticon(emoticon) => format!(":{}:", emoticon.name),
        Inline::Date(date) => format!("@{}", date.day),
        Inline::Macro(found) => format!("{{{} {}}}", head(found), tail(&found.body)),
        Inline::Break => "/".into(),
    }
}

/// All cases of a table in one text.
pub(super) fn shown(sources: &[&str]) -> String {
    let cases = sources
        .iter()
        .map(|source| format!("{source}\n{}\n", show(source)));
    cases.collect::<Vec<_>>().join("\n")
}

//! The structure and the words of a document, in their order.

use crate::markup::document::{Block, Body, Cell, Document, Inline, Item, Link, Macro, Value};

/// Block tags such as `h2`, `li`, `code:java` and `row`, and words in lower case.
///
/// The first paragraph of an item or a cell has no tag, as many writers leave it out.
/// Punctuation, marks within a line and where links lead are left out.
pub(in crate::markup) fn skeleton(document: &Document) -> Vec<String> {
    let mut parts = Vec::new();
    add_blocks(&document.blocks, &mut parts);
    parts
}

fn add_blocks(blocks: &[Block], parts: &mut Vec<String>) {
    for block in blocks {
        stacker::maybe_grow(64 << 10, 1 << 20, || add_block(block, parts));
    }
}

fn add_block(block: &Block, parts: &mut Vec<String>) {
    match block {
        Block::Heading(heading) => {
            parts.push(format!("<h{}>", heading.level));
            add_inlines(&heading.content, parts);
        }
        Block::Paragraph(paragraph) => {
            parts.push("<p>".into());
            add_inlines(&paragraph.content, parts);
        }
        Block::List(list) => list.items.iter().for_each(|item| add_item(item, parts)),
        Block::Code(code) => {
            let language = code.language.as_deref().unwrap_or_default();
            parts.push(format!("<code:{}>", language.to_lowercase()));
            add_words(code.title.as_deref().unwrap_or_default(), parts);
            add_words(&code.text, parts);
        }
        Block::Quote(quote) => {
            parts.push("<quote>".into());
            add_blocks(&quote.blocks, parts);
            parts.push("</quote>".into());
        }
        Block::Table(table) => {
            parts.push("<table>".into());
            for row in &table.rows {
                parts.push("<row>".into());
                row.cells.iter().for_each(|cell| add_cell(cell, parts));
            }
        }
        Block::Rule(_) => parts.push("<rule>".into()),
        Block::Macro(found) => add_macro(found, parts),
        Block::Raw(storage) => add_words(storage, parts),
    }
}

fn add_item(item: &Item, parts: &mut Vec<String>) {
    parts.push(match item.done {
        None => "<li>".into(),
        Some(done) => format!("<task:{done}>"),
    });
    add_contents(&item.blocks, parts);
    parts.push("</li>".into());
}

fn add_cell(cell: &Cell, parts: &mut Vec<String>) {
    let name = if cell.is_header { "th" } else { "td" };
    parts.push(format!("<{name}:{}x{}>", cell.columns, cell.rows));
    add_contents(&cell.blocks, parts);
}

fn add_contents(blocks: &[Block], parts: &mut Vec<String>) {
    match blocks.split_first() {
        Some((Block::Paragraph(first), others)) => {
            add_inlines(&first.content, parts);
            add_blocks(others, parts);
        }
        _ => add_blocks(blocks, parts),
    }
}

fn add_macro(found: &Macro, parts: &mut Vec<String>) {
    // What a macro reads itself is shown like code, and in Markdown written like it.
    if let Body::Plain(text) = &found.body {
        parts.push(format!("<code:{}>", found.name));
        return add_words(text, parts);
    }
    let is_panel = matches!(
        found.name.as_str(),
        "info" | "note" | "tip" | "warning" | "panel"
    );
    let is_box = is_panel || matches!(found.body, Body::Blocks(_));
    parts.push(format!("<{}>", found.name));
    for parameter in &found.parameters {
        match &parameter.value {
            Value::Text(text) if matches!(parameter.name.as_str(), "" | "title" | "key") => {
                // The title of a box stands on a line of its own.
                if is_box {
                    parts.push("<p>".into());
                }
                add_words(text, parts);
            }
            Value::Text(_) => {}
            Value::Target(target) => add_words(target.name(), parts),
        }
    }
    match &found.body {
        Body::None | Body::Plain(_) => {}
        Body::Inline(content) => add_inlines(content, parts),
        Body::Blocks(blocks) => add_blocks(blocks, parts),
    }
    if is_box {
        parts.push(format!("</{}>", found.name));
    }
}

fn add_inlines(content: &[Inline], parts: &mut Vec<String>) {
    let mut text = String::new();
    add_text(content, &mut text, parts);
    add_words(&text, parts);
}

/// Texts are joined before they are parted into words: a mark may stand within a word.
fn add_text(content: &[Inline], text: &mut String, parts: &mut Vec<String>) {
    for inline in content {
        match inline {
            Inline::Text(shown) | Inline::Code(shown) => text.push_str(shown),
            Inline::Styled(styled) => {
                stacker::maybe_grow(64 << 10, 1 << 20, || add_text(&styled.content, text, parts));
            }
            Inline::Link(link) => add_link(link, text, parts),
            Inline::Date(date) => text.push_str(&date.day),
            Inline::Emoticon(_) => {}
            Inline::Break => text.push(' '),
            Inline::Image(_) => {
                add_words(&std::mem::take(text), parts);
                parts.push("<img>".into());
            }
            Inline::Macro(found) => {
                add_words(&std::mem::take(text), parts);
                add_macro(found, parts);
            }
        }
    }
}

fn add_link(link: &Link, text: &mut String, parts: &mut Vec<String>) {
    if link.content.is_empty() {
        add_words(&std::mem::take(text), parts);
        add_words(link.target.name(), parts);
    } else {
        add_text(&link.content, text, parts);
    }
}

fn add_words(text: &str, parts: &mut Vec<String>) {
    let words = text.split(|character: char| !character.is_alphanumeric());
    let words = words.filter(|word| !word.is_empty());
    parts.extend(words.map(str::to_lowercase));
}

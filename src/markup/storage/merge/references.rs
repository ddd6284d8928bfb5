//! Placeholders held against the page: each has to name a macro that is there.

use super::pool::Pool;
use crate::markup::{
    Damaged,
    document::{Block, Body, Inline, Macro},
};

/// Checks all placeholders of a document.
pub(super) fn check(blocks: &[Block], pool: &Pool<'_>) -> Result<(), Damaged> {
    blocks.iter().try_for_each(|block| {
        stacker::maybe_grow(64 << 10, 1 << 20, || match block {
            Block::Heading(heading) => check_inlines(&heading.content, pool),
            Block::Paragraph(paragraph) => check_inlines(&paragraph.content, pool),
            Block::List(list) => {
                let mut items = list.items.iter();
                items.try_for_each(|item| check(&item.blocks, pool))
            }
            Block::Quote(quote) => check(&quote.blocks, pool),
            Block::Table(table) => {
                let mut cells = table.rows.iter().flat_map(|row| &row.cells);
                cells.try_for_each(|cell| check(&cell.blocks, pool))
            }
            Block::Macro(found) => check_macro(found, pool),
            Block::Code(_) | Block::Rule(_) | Block::Raw(_) => Ok(()),
        })
    })
}

fn check_inlines(content: &[Inline], pool: &Pool<'_>) -> Result<(), Damaged> {
    content.iter().try_for_each(|inline| {
        stacker::maybe_grow(64 << 10, 1 << 20, || match inline {
            Inline::Styled(styled) => check_inlines(&styled.content, pool),
            Inline::Link(link) => check_inlines(&link.content, pool),
            Inline::Macro(found) => check_macro(found, pool),
            _ => Ok(()),
        })
    })
}

fn check_macro(found: &Macro, pool: &Pool<'_>) -> Result<(), Damaged> {
    if let Some(number) = found.reference {
        check_reference(&found.name, number, pool)?;
    }
    match &found.body {
        Body::None | Body::Plain(_) => Ok(()),
        Body::Inline(content) => check_inlines(content, pool),
        Body::Blocks(blocks) => check(blocks, pool),
    }
}

fn check_reference(name: &str, number: u32, pool: &Pool<'_>) -> Result<(), Damaged> {
    let known = pool.reference(number).map(|base| base.name.as_str());
    if known == Some(name) {
        return Ok(());
    }
    let problem = match known {
        Some(other) => format!("ref=\"{number}\" belongs to the page's `{other}` macro"),
        None => format!("the page has no macro with ref=\"{number}\""),
    };
    let placeholder = format!("<ac-{name} ref=\"{number}\"/>");
    Err(Damaged {
        placeholder: placeholder.chars().take(80).collect(),
        reason: format!(
            "{problem}; read the page again and leave its placeholders as they are, \
             or write a new macro without `ref`"
        ),
    })
}

//! What stands in an element within a line, and macros that stand in none.

use crate::markup::document::{
    Block, Inline, Link, Macro, Origin, Paragraph, Style, Styled, stands_alone,
};

/// What an element within a line does to what stands in it.
#[derive(Debug)]
pub(super) enum Kind {
    /// Sets it apart.
    Styled(Style),
    /// Makes it a link, which is given without its text.
    Link(Link),
}

/// The content in a style or a link.
pub(super) fn wrap(kind: Kind, content: Vec<Inline>) -> Inline {
    match kind {
        Kind::Link(link) => Inline::Link(Link { content, ..link }),
        Kind::Styled(Style::Monospace) => monospace(content),
        Kind::Styled(style) => styled(style, content),
    }
}

fn styled(style: Style, content: Vec<Inline>) -> Inline {
    Inline::Styled(Styled { style, content })
}

/// A typewriter's letters: code as it is written if it has no marks of its own.
fn monospace(content: Vec<Inline>) -> Inline {
    let mut code = String::new();
    for inline in &content {
        match inline {
            Inline::Text(text) | Inline::Code(text) => code.push_str(text),
            Inline::Break => code.push(' '),
            _ => return styled(Style::Monospace, content),
        }
    }
    Inline::Code(code)
}

/// Whether the parts are macros that are blocks rather than words of a line.
pub(super) fn is_for_blocks(part: &[Inline], is_loose: bool) -> bool {
    let mut macros = 0;
    let mut has_block = false;
    for inline in part {
        match inline {
            Inline::Macro(found) => {
                macros += 1;
                has_block |= stands_alone(found);
            }
            Inline::Text(text) if text.trim().is_empty() => {}
            Inline::Break => {}
            _ => return false,
        }
    }
    has_block && (is_loose || macros == 1)
}

/// The macro as a block; a word is a paragraph of its own.
pub(super) fn block_of(found: Macro) -> Block {
    if stands_alone(&found) {
        return Block::Macro(found);
    }
    let outer = found.origin.outer();
    let origin = outer.map_or_else(Origin::default, |outer| Origin::new(outer.clone(), outer));
    Block::Paragraph(Paragraph {
        content: vec![Inline::Macro(found)],
        origin,
    })
}

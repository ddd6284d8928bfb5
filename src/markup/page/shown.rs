//! The text of a line as a reader sees it, without any marks.

use crate::markup::document::{Block, Body, Inline};

/// The text of the inlines, white space at the ends left out.
pub(super) fn line_text(inlines: &[Inline]) -> String {
    let mut text = String::new();
    add_inlines(inlines, &mut text);
    text.trim_matches([' ', '\u{a0}']).to_owned()
}

/// The text of the blocks on one line, as far as it stands in paragraphs and headings.
pub(super) fn block_text(blocks: &[Block]) -> String {
    let lines = blocks.iter().filter_map(|block| match block {
        Block::Paragraph(paragraph) => Some(line_text(&paragraph.content)),
        Block::Heading(heading) => Some(line_text(&heading.content)),
        _ => None,
    });
    lines.collect::<Vec<_>>().join(" ")
}

fn add_inlines(inlines: &[Inline], text: &mut String) {
    for inline in inlines {
        match inline {
            Inline::Text(content) | Inline::Code(content) => text.push_str(content),
            Inline::Styled(styled) => nested(&styled.content, text),
            Inline::Link(link) if link.content.is_empty() => text.push_str(link.target.name()),
            Inline::Link(link) => nested(&link.content, text),
            Inline::Date(date) => text.push_str(&date.day),
            Inline::Macro(found) => match &found.body {
                Body::Inline(content) => nested(content, text),
                _ if found.name == "status" => {
                    text.push_str(found.parameter("title").unwrap_or_default());
                }
                _ => {}
            },
            Inline::Break => text.push(' '),
            Inline::Image(_) | Inline::Emoticon(_) => {}
        }
    }
}

fn nested(inlines: &[Inline], text: &mut String) {
    stacker::maybe_grow(64 << 10, 1 << 20, || add_inlines(inlines, text));
}

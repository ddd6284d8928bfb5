//! Copying, comparing and hashing of what may be nested a thousand levels deep, on any stack.

use std::{
    hash::{Hash, Hasher},
    mem::discriminant,
};

use super::{Block, Inline};

/// Calls with enough stack for one more level.
fn deeper<T>(call: impl FnOnce() -> T) -> T {
    stacker::maybe_grow(64 << 10, 1 << 20, call)
}

impl Clone for Block {
    fn clone(&self) -> Self {
        deeper(|| match self {
            Self::Heading(heading) => Self::Heading(heading.clone()),
            Self::Paragraph(paragraph) => Self::Paragraph(paragraph.clone()),
            Self::List(list) => Self::List(list.clone()),
            Self::Code(code) => Self::Code(code.clone()),
            Self::Quote(quote) => Self::Quote(quote.clone()),
            Self::Table(table) => Self::Table(table.clone()),
            Self::Rule(origin) => Self::Rule(*origin),
            Self::Macro(found) => Self::Macro(found.clone()),
            Self::Raw(source) => Self::Raw(source.clone()),
        })
    }
}

impl PartialEq for Block {
    fn eq(&self, other: &Self) -> bool {
        deeper(|| match (self, other) {
            (Self::Heading(one), Self::Heading(other)) => one == other,
            (Self::Paragraph(one), Self::Paragraph(other)) => one == other,
            (Self::List(one), Self::List(other)) => one == other,
            (Self::Code(one), Self::Code(other)) => one == other,
            (Self::Quote(one), Self::Quote(other)) => one == other,
            (Self::Table(one), Self::Table(other)) => one == other,
            (Self::Rule(_), Self::Rule(_)) => true,
            (Self::Macro(one), Self::Macro(other)) => one == other,
            (Self::Raw(one), Self::Raw(other)) => one == other,
            _ => false,
        })
    }
}

impl Eq for Block {}

impl Hash for Block {
    fn hash<H: Hasher>(&self, state: &mut H) {
        discriminant(self).hash(state);
        deeper(|| match self {
            Self::Heading(heading) => heading.hash(state),
            Self::Paragraph(paragraph) => paragraph.hash(state),
            Self::List(list) => list.hash(state),
            Self::Code(code) => code.hash(state),
            Self::Quote(quote) => quote.hash(state),
            Self::Table(table) => table.hash(state),
            Self::Rule(_) => {}
            Self::Macro(found) => found.hash(state),
            Self::Raw(source) => source.hash(state),
        });
    }
}

impl Clone for Inline {
    fn clone(&self) -> Self {
        deeper(|| match self {
            Self::Text(text) => Self::Text(text.clone()),
            Self::Code(text) => Self::Code(text.clone()),
            Self::Styled(styled) => Self::Styled(styled.clone()),
            Self::Link(link) => Self::Link(link.clone()),
            Self::Image(image) => Self::Image(image.clone()),
            Self::Emoticon(emoticon) => Self::Emoticon(emoticon.clone()),
            Self::Date(date) => Self::Date(date.clone()),
            Self::Macro(found) => Self::Macro(found.clone()),
            Self::Break => Self::Break,
        })
    }
}

impl PartialEq for Inline {
    fn eq(&self, other: &Self) -> bool {
        deeper(|| match (self, other) {
            (Self::Text(one), Self::Text(other)) | (Self::Code(one), Self::Code(other)) => {
                one == other
            }
            (Self::Styled(one), Self::Styled(other)) => one == other,
            (Self::Link(one), Self::Link(other)) => one == other,
            (Self::Image(one), Self::Image(other)) => one == other,
            (Self::Emoticon(one), Self::Emoticon(other)) => one == other,
            (Self::Date(one), Self::Date(other)) => one == other,
            (Self::Macro(one), Self::Macro(other)) => one == other,
            (Self::Break, Self::Break) => true,
            _ => false,
        })
    }
}

impl Eq for Inline {}

impl Hash for Inline {
    fn hash<H: Hasher>(&self, state: &mut H) {
        discriminant(self).hash(state);
        deeper(|| match self {
            Self::Text(text) | Self::Code(text) => text.hash(state),
            Self::Styled(styled) => styled.hash(state),
            Self::Link(link) => link.hash(state),
            Self::Image(image) => image.hash(state),
            Self::Emoticon(emoticon) => emoticon.hash(state),
            Self::Date(date) => date.hash(state),
            Self::Macro(found) => found.hash(state),
            Self::Break => {}
        });
    }
}

#[cfg(test)]
mod tests {
    use std::hash::DefaultHasher;

    use super::*;
    use crate::markup::document::{Origin, Quote, Style, Styled};

    #[test]
    fn a_thousand_levels_are_copied_compared_and_hashed() {
        let mut inline = Inline::Text("x".into());
        let mut block = Block::paragraph(vec![inline.clone()]);
        for _ in 0..1_000 {
            let (style, content) = (Style::Strong, vec![inline]);
            inline = Inline::Styled(Styled { style, content });
            block = Block::Quote(Quote {
                blocks: vec![block, Block::paragraph(vec![inline.clone()])],
                origin: Origin::default(),
            });
        }
        let copy = block.clone();
        let hash = |block: &Block| {
            let mut hasher = DefaultHasher::new();
            block.hash(&mut hasher);
            hasher.finish()
        };
        assert!(copy == block);
        assert_eq!(hash(&copy), hash(&block));
    }
}

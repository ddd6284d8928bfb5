//! Footnotes, which become a list at the end of the document.

use crate::markup::document::{
    Block, Body, Inline, Item, Link, List, ListKind, Macro, Origin, Paragraph, Parameter, Style,
    Styled, Target, Value,
};

/// The footnotes of a document.
#[derive(Debug, Default)]
pub(super) struct Notes {
    /// Their labels, in the order in which they are first referred to.
    labels: Vec<String>,
    numbers: std::collections::HashMap<String, usize>,
    texts: std::collections::HashMap<String, Vec<Block>>,
}

impl Notes {
    /// A reference to the footnote of that label.
    pub(super) fn reference(&mut self, label: &str, is_in_link: bool) -> Inline {
        let number = Inline::Text(self.number(label).to_string());
        let link = |content| {
            Inline::Link(Link {
                target: Target::Anchor(format!("fn-{label}")),
                tip: None,
                content,
                origin: Origin::default(),
            })
        };
        let content = if is_in_link {
            vec![number, link(Vec::new())]
        } else {
            vec![link(vec![number])]
        };
        Inline::Styled(Styled {
            style: Style::Superscript,
            content,
        })
    }

    /// The text of the footnote of that label.
    pub(super) fn define(&mut self, label: String, blocks: Vec<Block>) {
        self.texts.entry(label).or_insert(blocks);
    }

    /// The footnotes as blocks.
    pub(super) fn finish(mut self) -> Vec<Block> {
        let mut others: Vec<String> = self.texts.keys().cloned().collect();
        others.sort_unstable();
        for label in others {
            self.number(&label);
        }
        let mut items = Vec::new();
        for label in std::mem::take(&mut self.labels) {
            let blocks = self.texts.remove(&label).unwrap_or_default();
            items.push(item(&label, blocks));
        }
        if items.is_empty() {
            return Vec::new();
        }
        let list = Block::List(List {
            kind: ListKind::Ordered(1),
            items,
            origin: Origin::default(),
        });
        vec![Block::Rule(Origin::default()), list]
    }

    fn number(&mut self, label: &str) -> usize {
        if let Some(number) = self.numbers.get(label) {
            return *number;
        }
        self.labels.push(label.to_owned());
        self.numbers.insert(label.to_owned(), self.labels.len());
        self.labels.len()
    }
}

fn item(label: &str, mut blocks: Vec<Block>) -> Item {
    let anchor = Inline::Macro(Macro {
        name: "anchor".into(),
        parameters: vec![Parameter {
            name: String::new(),
            value: Value::Text(format!("fn-{label}")),
        }],
        body: Body::None,
        reference: None,
        origin: Origin::default(),
    });
    if let Some(Block::Paragraph(Paragraph { content, .. })) = blocks.first_mut() {
        content.insert(0, anchor);
    } else {
        blocks.insert(0, Block::paragraph(vec![anchor]));
    }
    Item {
        done: None,
        blocks,
        origin: Origin::default(),
    }
}

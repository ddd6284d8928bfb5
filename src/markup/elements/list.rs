//! Lists of items and of tasks.

use std::ops::Range;

use super::{flow::Flow, reader::Reader};
use crate::markup::{
    document::{Block, Item, List, ListKind, Origin},
    xml::{Element, Node},
};

impl Reader<'_> {
    /// `<ul>`, `<ol>` and `<ac:task-list>`.
    pub(super) fn list(&mut self, element: &Element, flow: &mut Flow) {
        let kind = if element.name == "ol" {
            let start = element.attribute("start");
            ListKind::Ordered(
                start
                    .and_then(|start| start.trim().parse().ok())
                    .unwrap_or(1),
            )
        } else {
            ListKind::Bullet
        };
        let mut items: Vec<Item> = Vec::new();
        for node in &element.children {
            match node {
                Node::Element(child) if child.name == "li" => items.push(self.item(child)),
                Node::Element(child) if child.name == "ac:task" => items.push(self.task(child)),
                // Some editors put a nested list beside its item instead of into it.
                stray => {
                    let blocks = self.blocks([stray]);
                    if !blocks.is_empty() {
                        add_stray(blocks, self.place(stray), &mut items);
                    }
                }
            }
        }
        if !items.is_empty() {
            let origin = self.origin_of(element);
            flow.block(Block::List(List {
                kind,
                items,
                origin,
            }));
        }
    }

    fn item(&mut self, element: &Element) -> Item {
        let mut content = Flow::new();
        stacker::maybe_grow(64 << 10, 1 << 20, || {
            self.walk(&element.children, &mut content);
        });
        let class = element.attribute("class").unwrap_or_default();
        // A task as Confluence shows it.
        let shown = element
            .attribute("data-inline-task-id")
            .map(|_| class.split_whitespace().any(|class| class == "checked"));
        Item {
            done: content.ticked.or(shown),
            blocks: content.into_blocks(),
            origin: self.origin_of(element),
        }
    }

    fn task(&mut self, element: &Element) -> Item {
        let status = element.child("ac:task-status");
        let is_hidden = |node: &Node| match node {
            Node::Element(part) => {
                matches!(
                    part.name.as_str(),
                    "ac:task-id" | "ac:task-uuid" | "ac:task-status"
                )
            }
            Node::Text(text, _) => text.trim().is_empty(),
            _ => false,
        };
        let shown: Vec<&Node> = element
            .children
            .iter()
            .filter(|node| !is_hidden(node))
            .collect();
        let end = element.outer.end;
        let inner = match shown.as_slice() {
            [] => end..end,
            [Node::Element(body)] if body.name == "ac:task-body" => body.inner.clone(),
            _ => element.inner.clone(),
        };
        Item {
            done: Some(status.is_some_and(|status| status.text().trim() == "complete")),
            blocks: self.blocks(shown),
            origin: self.origin(&element.outer, &inner),
        }
    }
}

/// What stands beside the items belongs to the one before it, whose end it moves.
fn add_stray(blocks: Vec<Block>, place: Option<Range<usize>>, items: &mut Vec<Item>) {
    if let Some(item) = items.last_mut() {
        let known = (item.origin.outer(), item.origin.inner(), &place);
        if let (Some(outer), Some(inner), Some(place)) = known {
            let outer = outer.start..place.end;
            item.origin = Origin::new(outer, inner.start..place.end);
        }
        item.blocks.extend(blocks);
    } else {
        items.push(Item {
            done: None,
            blocks,
            origin: loose(place),
        });
    }
}

/// The origin of what has no tags of its own.
pub(super) fn loose(place: Option<Range<usize>>) -> Origin {
    place.map_or_else(Origin::default, |place| Origin::new(place.clone(), place))
}

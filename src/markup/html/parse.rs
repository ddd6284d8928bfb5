//! HTML parsed as a browser parses it, with bounds on what its repairs may cost.

use std::cell::Cell;

use html5ever::{
    QualName, TokenizerResult,
    interface::tree_builder::{ElementFlags, TreeSink},
    local_name, ns,
    tendril::StrTendril,
    tokenizer::{
        BufferQueue, Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts,
    },
    tree_builder::{TreeBuilder, TreeBuilderOpts},
};

use super::{
    attribute_bound::parts,
    nodes,
    tree::{Handle, Tree},
};
use crate::markup::xml::{DEEPEST, Node};

/// Tags this deep reach the tree no more: each tag costs time by the depth it stands at. Some
/// deeper than what is read, so that what is cut is seen to be cut.
const DEEPEST_TAG: usize = DEEPEST + 8;

/// An element without end.
const VOID: [&str; 14] = [
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source",
    "track", "wbr",
];

/// Parses HTML as the content of a page's body; what is not shown is left out.
pub(super) fn parse(source: &str) -> Vec<Node> {
    let tree = Tree::new();
    let body = QualName::new(None, ns!(html), local_name!("body"));
    let body = tree.create_element(body, Vec::new(), ElementFlags::default());
    let builder = TreeBuilder::new_for_fragment(tree, body, None, TreeBuilderOpts::default());
    let tokenizer = Tokenizer::new(Guard::around(builder), TokenizerOpts::default());
    let input = BufferQueue::default();
    for (number, part) in parts(source).into_iter().enumerate() {
        let end_of_tag = if number > 0 { ">" } else { "" };
        input.push_back(StrTendril::from_slice(end_of_tag));
        input.push_back(StrTendril::from_slice(part));
    }
    // The parser stops after a script or at a wish for another encoding, and then goes on.
    while !matches!(tokenizer.feed(&input), TokenizerResult::Done) {}
    tokenizer.end();
    nodes::nodes(tokenizer.sink.builder.sink.finish())
}

/// Hands tags on to the tree, unless they would make it too deep or too large.
struct Guard {
    builder: TreeBuilder<Handle, Tree>,
    /// Tags that were handed on.
    tags: Cell<usize>,
    /// Elements that are open, but were not handed on.
    skipped: Cell<usize>,
}

impl Guard {
    fn around(builder: TreeBuilder<Handle, Tree>) -> Self {
        Self {
            builder,
            tags: Cell::new(0),
            skipped: Cell::new(0),
        }
    }

    /// Whether a tag is handed on.
    fn admits(&self, tag: &Tag) -> bool {
        let is_void = is_empty_by_itself(tag) || VOID.contains(&&*tag.name);
        // Marks left open are repeated in each paragraph after them; a few that repeat without
        // end would make a tree much larger than its text.
        if self.builder.sink.size() > 100_000 + 8 * self.tags.get() {
            return false;
        }
        match tag.kind {
            TagKind::StartTag if self.builder.sink.depth() >= DEEPEST_TAG => {
                self.skipped.set(self.skipped.get() + usize::from(!is_void));
                false
            }
            TagKind::EndTag if self.skipped.get() > 0 => {
                self.skipped.set(self.skipped.get() - usize::from(!is_void));
                false
            }
            _ => true,
        }
    }
}

/// `<ri:page ... />` is empty, as it is in XML; HTML's own elements do not heed the slash.
fn is_empty_by_itself(tag: &Tag) -> bool {
    tag.self_closing && tag.name.contains(':')
}

impl TokenSink for Guard {
    type Handle = Handle;

    fn process_token(&self, token: Token, line: u64) -> TokenSinkResult<Handle> {
        let mut end = None;
        if let Token::TagToken(tag) = &token {
            if !self.admits(tag) {
                return TokenSinkResult::Continue;
            }
            self.tags.set(self.tags.get() + 1);
            if tag.kind == TagKind::StartTag && is_empty_by_itself(tag) {
                let mut tag = tag.clone();
                tag.kind = TagKind::EndTag;
                tag.attrs.clear();
                end = Some(Token::TagToken(tag));
            }
        }
        let result = self.builder.process_token(token, line);
        match end {
            Some(end) => self.builder.process_token(end, line),
            None => result,
        }
    }

    fn end(&self) {
        self.builder.end();
    }

    fn adjusted_current_node_present_but_not_in_html_namespace(&self) -> bool {
        let builder = &self.builder;
        builder.adjusted_current_node_present_but_not_in_html_namespace()
    }
}

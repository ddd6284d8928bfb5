//! Text alone: the titles of alerts and the texts of pictures.

use crate::markup::{
    document::{Body, Inline, Macro},
    elements,
    xml::Node,
};

/// Takes the first line, after an alert's mark, as a title; what follows it is the rest.
pub(super) fn split(nodes: Vec<Node>) -> (String, Vec<Node>) {
    let mut line = Vec::new();
    let mut rest = Vec::new();
    let mut is_title = true;
    for node in nodes {
        match node {
            Node::Inlines(inlines) if is_title => {
                let mut inlines = inlines.into_iter();
                for inline in inlines.by_ref() {
                    match inline {
                        Inline::Break => is_title = false,
                        Inline::Text(text) => match text.split_once('\n') {
                            Some((before, after)) => {
                                line.push(Node::Inlines(vec![Inline::Text(before.to_owned())]));
                                rest.push(Node::Inlines(vec![Inline::Text(after.to_owned())]));
                                is_title = false;
                            }
                            None => line.push(Node::Inlines(vec![Inline::Text(text)])),
                        },
                        other => line.push(Node::Inlines(vec![other])),
                    }
                    if !is_title {
                        break;
                    }
                }
                let inlines: Vec<Inline> = inlines.collect();
                if !inlines.is_empty() {
                    rest.push(Node::Inlines(inlines));
                }
            }
            node if is_title => line.push(node),
            node => rest.push(node),
        }
    }
    let line = plain_text(&line);
    let title = line.split_once(']').map_or("", |(_, title)| title);
    (title.trim().to_owned(), rest)
}

/// The text of the nodes on one line.
pub(super) fn plain_text(nodes: &[Node]) -> String {
    let mut text = String::new();
    add_text(&elements::inlines(nodes), &mut text);
    text
}

fn add_text(inlines: &[Inline], text: &mut String) {
    for inline in inlines {
        match inline {
            Inline::Text(part) | Inline::Code(part) => text.push_str(part),
            Inline::Styled(styled) => {
                stacker::maybe_grow(64 << 10, 1 << 20, || add_text(&styled.content, text));
            }
            Inline::Link(link) => {
                stacker::maybe_grow(64 << 10, 1 << 20, || add_text(&link.content, text));
            }
            Inline::Image(image) => text.push_str(image.alternative.as_deref().unwrap_or_default()),
            Inline::Macro(Macro {
                body: Body::Inline(content),
                ..
            }) => stacker::maybe_grow(64 << 10, 1 << 20, || add_text(content, text)),
            Inline::Break => text.push(' '),
            Inline::Emoticon(_) | Inline::Date(_) | Inline::Macro(_) => {}
        }
    }
}

//! A part of the source together with the elements that hold nothing else.
//!
//! A macro that stands alone in a paragraph is a block of its own: what is said about it, such as
//! that it is deleted, goes for the paragraph too.

use std::ops::Range;

use super::text_map::MARKS;
use crate::markup::xml::{Element, Node};

/// The part, and the elements that it only leaves what shows nothing of.
pub(super) fn widened(nodes: &[Node], part: &Range<usize>) -> Range<usize> {
    let mut wide = part.clone();
    widen(nodes, &mut wide);
    wide
}

fn widen(nodes: &[Node], part: &mut Range<usize>) {
    for node in nodes {
        let Node::Element(element) = node else {
            continue;
        };
        let outer = &element.outer;
        let is_apart = outer.end <= part.start || part.end <= outer.start;
        let is_inside = part.start <= outer.start && outer.end <= part.end;
        if is_apart || is_inside {
            continue;
        }
        stacker::maybe_grow(64 << 10, 1 << 20, || widen(&element.children, part));
        // A column, cell or panel around the whole part is no part of it.
        let is_around = outer.start < part.start && part.end < outer.end;
        if (!is_around || is_line(element)) && is_blank_without(&element.children, part) {
            part.start = part.start.min(outer.start);
            part.end = part.end.max(outer.end);
        }
    }
}

fn is_line(element: &Element) -> bool {
    element.name == "p" || MARKS.contains(&element.name.as_str())
}

/// Whether nothing is shown of the nodes but for the part.
fn is_blank_without(nodes: &[Node], part: &Range<usize>) -> bool {
    let is_inside = |at: &Range<usize>| part.start <= at.start && at.end <= part.end;
    nodes.iter().all(|node| match node {
        Node::Text(text, at) => is_inside(at) || text.trim().is_empty(),
        Node::Element(element) => {
            let may_be_blank = is_line(element) || matches!(element.name.as_str(), "br" | "div");
            is_inside(&element.outer)
                || may_be_blank
                    && stacker::maybe_grow(64 << 10, 1 << 20, || {
                        is_blank_without(&element.children, part)
                    })
        }
        Node::Data(_, at) | Node::Deep(at) => is_inside(at),
        Node::Blocks(_) | Node::Inlines(_) => false,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markup::xml;

    #[test]
    fn an_element_with_nothing_else_in_it_belongs_to_the_part() {
        // The part is what stands between the bars.
        for (source, expected) in [
            ("<p>|<x/>|</p>", "<p><x/></p>"),
            (
                "<p><b>|<x/>|</b>&nbsp;<br/></p>",
                "<p><b><x/></b>&nbsp;<br/></p>",
            ),
            ("<p>a|<x/>|</p>", "<x/>"),
            ("<div>|<h1/><p/></div><x/>|", "<div><h1/><p/></div><x/>"),
            ("<div>a|<h1/></div><x/>|", "<h1/></div><x/>"),
            ("|<h1/><p><x/>|</p>a", "<h1/><p><x/></p>"),
            ("<td>|<p/>|</td>", "<p/>"),
            ("<div>|<p/>|</div>", "<p/>"),
        ] {
            let mut parts = source.split('|');
            let start = parts.next().unwrap().len();
            let end = start + parts.next().unwrap().len();
            let source = source.replace('|', "");
            let wide = widened(&xml::read(&source).unwrap(), &(start..end));
            assert_eq!(&source[wide], expected, "{source}");
        }
    }
}

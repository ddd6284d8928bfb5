//! The text that a reader of the page sees, and where each character of it stands in the source.
//!
//! The text is cut into flows: what stands in one paragraph, heading, cell or code body, whatever
//! marks are within. White space is one space there, as the reader sees it, but for code.

use std::ops::Range;

use crate::markup::{
    clean,
    xml::{self, Element, Node},
};

/// Elements within a line that text may run through.
pub(super) const MARKS: [&str; 26] = [
    "a",
    "abbr",
    "b",
    "big",
    "cite",
    "code",
    "del",
    "em",
    "font",
    "i",
    "ins",
    "kbd",
    "q",
    "s",
    "samp",
    "small",
    "span",
    "strike",
    "strong",
    "sub",
    "sup",
    "tt",
    "u",
    "var",
    "ac:inline-comment-marker",
    "ac:link-body",
];

/// Elements whose text is not shown as it is.
const UNSEEN: [&str; 9] = [
    "ac:parameter",
    "ac:default-parameter",
    "ac:task-id",
    "ac:task-status",
    "ac:task-uuid",
    "ac:emoticon",
    "time",
    "script",
    "style",
];

/// Text without a break in it.
#[derive(Debug, Default)]
pub(super) struct Flow {
    /// The text as it is shown.
    pub(super) text: String,
    pieces: Vec<Piece>,
    marks: Vec<Mark>,
}

/// How text is written where it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Notation {
    /// With entities; white space is one space.
    Text,
    /// With entities; white space is shown as it is.
    Preformatted,
    /// Within `<![CDATA[...]]>`.
    Data,
}

/// A part of a flow and the bytes of the source that it stands for.
#[derive(Debug)]
struct Piece {
    text: Range<usize>,
    source: Range<usize>,
    notation: Notation,
    /// Whether text and source are the same, so that the piece may be divided.
    is_literal: bool,
}

/// An element within a flow, and the text in it.
#[derive(Debug)]
struct Mark {
    text: Range<usize>,
    outer: Range<usize>,
}

/// Bytes of the source that text stands on.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Place {
    pub(super) source: Range<usize>,
    pub(super) notation: Notation,
}

impl Flow {
    /// The places that a part of the text stands on, from left to right; none if it begins or
    /// ends within a character of the source.
    pub(super) fn places(&self, text: &Range<usize>) -> Option<Vec<Place>> {
        let first = self
            .pieces
            .partition_point(|piece| piece.text.end <= text.start);
        let pieces = self.pieces.iter().skip(first);
        let mut places: Vec<Place> = Vec::new();
        for piece in pieces.take_while(|piece| piece.text.start < text.end) {
            let start = text.start.max(piece.text.start) - piece.text.start;
            let end = text.end.min(piece.text.end) - piece.text.start;
            let source = if piece.is_literal {
                piece.source.start + start..piece.source.start + end
            } else if start == 0 && end == piece.text.len() {
                piece.source.clone()
            } else {
                return None;
            };
            match places.last_mut() {
                Some(last)
                    if last.source.end == source.start && last.notation == piece.notation =>
                {
                    last.source.end = source.end;
                }
                _ => places.push(Place {
                    source,
                    notation: piece.notation,
                }),
            }
        }
        Some(places)
    }

    /// The elements that have nothing left to show once this part of the text is taken out.
    ///
    /// With `keeps_start`, something is put where the part begins.
    pub(super) fn emptied(&self, text: &Range<usize>, keeps_start: bool) -> Vec<Range<usize>> {
        let first = self
            .marks
            .partition_point(|mark| mark.text.start < text.start);
        let marks = self.marks.iter().skip(first);
        marks
            .take_while(|mark| mark.text.start < text.end)
            .filter(|mark| mark.text.end <= text.end)
            .filter(|mark| !keeps_start || mark.text.start > text.start)
            .map(|mark| mark.outer.clone())
            .collect()
    }
}

/// The flows of these nodes, in the order of the source.
pub(super) fn flows(source: &str, nodes: &[Node]) -> Vec<Flow> {
    let mut mapper = Mapper {
        source,
        flows: Vec::new(),
        flow: Flow::default(),
    };
    mapper.add_nodes(nodes, Notation::Text);
    mapper.end_flow();
    mapper.flows
}

struct Mapper<'a> {
    source: &'a str,
    flows: Vec<Flow>,
    flow: Flow,
}

impl Mapper<'_> {
    fn end_flow(&mut self) {
        let mut flow = std::mem::take(&mut self.flow);
        if !flow.text.is_empty() {
            flow.marks.sort_by_key(|mark| mark.text.start);
            self.flows.push(flow);
        }
    }

    fn add_nodes(&mut self, nodes: &[Node], notation: Notation) {
        for node in nodes {
            match node {
                Node::Element(element) => {
                    stacker::maybe_grow(64 << 10, 1 << 20, || self.add_element(element, notation));
                }
                Node::Text(_, at) => self.add_text(at, notation),
                Node::Data(_, at) => self.add_data(at),
                Node::Deep(_) | Node::Blocks(_) | Node::Inlines(_) => self.end_flow(),
            }
        }
    }

    fn add_element(&mut self, element: &Element, notation: Notation) {
        let name = element.name.as_str();
        let is_link = name == "ac:link"
            && (element.child("ac:link-body").is_some()
                || element.child("ac:plain-text-link-body").is_some());
        if name == "br" {
            self.add_line_end(element);
        } else if is_link || name == "ac:plain-text-link-body" || MARKS.contains(&name) {
            let (start, flow) = (self.flow.text.len(), self.flows.len());
            self.add_nodes(&element.children, notation);
            let text = start..self.flow.text.len();
            // An element that something else stands in as well is not emptied by taking text out.
            if flow == self.flows.len() && !text.is_empty() {
                let outer = element.outer.clone();
                self.flow.marks.push(Mark { text, outer });
            }
        } else if name.starts_with("ri:") {
            // What a link leads to is not shown.
        } else {
            self.end_flow();
            if !UNSEEN.contains(&name) {
                let notation = match name {
                    "pre" => Notation::Preformatted,
                    _ => notation,
                };
                self.add_nodes(&element.children, notation);
                self.end_flow();
            }
        }
    }

    fn add_line_end(&mut self, element: &Element) {
        // White space before the end of a line is not seen.
        if self.flow.text.ends_with(' ') {
            self.take_last_space();
        }
        self.push("\n", element.outer.clone(), Notation::Text, false);
    }

    fn take_last_space(&mut self) {
        let Some(piece) = self.flow.pieces.last_mut() else {
            return;
        };
        if piece.notation != Notation::Text {
            return;
        }
        self.flow.text.pop();
        if piece.is_literal && piece.text.len() > 1 {
            piece.text.end -= 1;
            piece.source.end -= 1;
        } else {
            self.flow.pieces.pop();
        }
        let end = self.flow.text.len();
        self.flow
            .marks
            .iter_mut()
            .for_each(|mark| mark.text.end = mark.text.end.min(end));
        self.flow.marks.retain(|mark| mark.text.start < end);
    }

    fn add_text(&mut self, at: &Range<usize>, notation: Notation) {
        let source = self.source;
        let mut position = at.start;
        while let Some(character) = source
            .get(position..at.end)
            .and_then(|rest| rest.chars().next())
        {
            let rest = source.get(position..at.end).unwrap_or_default();
            let length = match character {
                '&' => self.add_entity(rest, position, notation),
                _ if notation == Notation::Text && is_space(character) => {
                    let length = rest.find(|c| !is_space(c)).unwrap_or(rest.len());
                    self.add_space(position..position + length);
                    length
                }
                _ => self.add_character(rest, character, position, notation),
            };
            position += length;
        }
    }

    /// Adds what an entity stands for, or the `&` alone if it stands for nothing; tells its length.
    fn add_entity(&mut self, rest: &str, position: usize, notation: Notation) -> usize {
        let name = |c: char| c.is_ascii_alphanumeric() || c == '#';
        let length = rest.get(1..).and_then(|after| after.find(|c| !name(c)));
        let raw = length.and_then(|length| rest.get(..length + 2));
        let raw = raw.filter(|raw| raw.ends_with(';')).unwrap_or("&");
        let nodes = xml::read(raw).unwrap_or_default();
        let at = position..position + raw.len();
        match nodes.as_slice() {
            [Node::Text(text, _)] if text == raw => self.push(raw, at, notation, true),
            [Node::Text(text, _)] if notation == Notation::Text && text.chars().all(is_space) => {
                self.add_space(at);
            }
            [Node::Text(text, _)] => self.push(text, at, notation, false),
            _ => {}
        }
        raw.len()
    }

    /// Adds white space, unless there is some already.
    fn add_space(&mut self, at: Range<usize>) {
        if !self.flow.text.ends_with([' ', '\n']) {
            let is_literal = self.source.get(at.clone()) == Some(" ");
            self.push(" ", at, Notation::Text, is_literal);
        }
    }

    /// Adds a character as the reader is shown it; tells how long it is in the source.
    fn add_character(
        &mut self,
        rest: &str,
        character: char,
        position: usize,
        notation: Notation,
    ) -> usize {
        let length = match character {
            '\r' if rest.starts_with("\r\n") => 2,
            _ => character.len_utf8(),
        };
        let at = position..position + length;
        let mut buffer = [0; 4];
        let written = &*character.encode_utf8(&mut buffer);
        if character.is_ascii() && !character.is_ascii_control() {
            self.push(written, at, notation, true);
            return length;
        }
        let shown = clean(written);
        let is_literal = shown == written;
        self.push(&shown, at, notation, is_literal);
        length
    }

    fn add_data(&mut self, at: &Range<usize>) {
        let source = self.source;
        let mut position = at.start;
        while let Some(rest) = source.get(position..at.end) {
            let Some(data) = rest.strip_prefix("<![CDATA[") else {
                return;
            };
            let start = position + rest.len() - data.len();
            let length = data.find("]]>").unwrap_or(data.len());
            let mut within = 0;
            while let Some(rest) = data.get(within..length) {
                let Some(character) = rest.chars().next() else {
                    break;
                };
                within += self.add_character(rest, character, start + within, Notation::Data);
            }
            position = start + length + "]]>".len();
        }
    }

    fn push(&mut self, text: &str, source: Range<usize>, notation: Notation, is_literal: bool) {
        if text.is_empty() {
            return;
        }
        let start = self.flow.text.len();
        self.flow.text.push_str(text);
        let end = self.flow.text.len();
        match self.flow.pieces.last_mut() {
            Some(last)
                if is_literal
                    && last.is_literal
                    && last.notation == notation
                    && last.source.end == source.start =>
            {
                last.text.end = end;
                last.source.end = source.end;
            }
            _ => self.flow.pieces.push(Piece {
                text: start..end,
                source,
                notation,
                is_literal,
            }),
        }
    }
}

fn is_space(character: char) -> bool {
    matches!(character, ' ' | '\t' | '\n' | '\r')
}

#[cfg(test)]
mod tests;

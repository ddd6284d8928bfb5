//! Storage format as a tree of elements, each of which knows where it stands in the source.
//!
//! Prefixes, character data and the entities of HTML are kept apart, as Confluence needs them.

use std::ops::Range;

use quick_xml::{
    XmlVersion,
    escape::resolve_html5_entity,
    events::{BytesRef, BytesStart, Event},
    reader::Reader,
};

use super::document::{Block, Inline};

/// Elements nested deeper than this are kept as they are, unread ([`Node::Deep`]).
pub(super) const DEEPEST: usize = 1_000;

/// A node of the tree.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Node {
    /// An element.
    Element(Element),
    /// Text with its entities resolved.
    Text(String, Range<usize>),
    /// Character data (`<![CDATA[...]]>`), without its marks.
    Data(String, Range<usize>),
    /// An element that is nested too deeply to be read.
    Deep(Range<usize>),
    /// Blocks that were read already, from Markdown between tags.
    Blocks(Vec<Block>),
    /// Parts of a line that were read already.
    Inlines(Vec<Inline>),
}

/// An element.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Element {
    /// Its name as written, prefix included.
    pub(super) name: String,
    /// Its attributes with their entities resolved.
    pub(super) attributes: Vec<(String, String)>,
    /// What stands in it.
    pub(super) children: Vec<Node>,
    /// The element with its tags, in bytes of the source.
    pub(super) outer: Range<usize>,
    /// What stands between its tags; empty at the end of a tag without content.
    pub(super) inner: Range<usize>,
}

impl Element {
    pub(super) fn attribute(&self, name: &str) -> Option<&str> {
        let found = self.attributes.iter().find(|(known, _)| known == name);
        found.map(|(_, value)| value.as_str())
    }

    pub(super) fn elements(&self) -> impl Iterator<Item = &Element> {
        self.children.iter().filter_map(|node| match node {
            Node::Element(element) => Some(element),
            _ => None,
        })
    }

    /// The first child element of that name.
    pub(super) fn child(&self, name: &str) -> Option<&Element> {
        self.elements().find(|element| element.name == name)
    }

    /// All text below, tags left out; `<br/>` is a line end.
    pub(super) fn text(&self) -> String {
        text_of(&self.children)
    }
}

/// All text of the nodes, tags left out; `<br/>` is a line end.
pub(super) fn text_of(nodes: &[Node]) -> String {
    let mut text = String::new();
    add_text(nodes, &mut text);
    text
}

fn add_text(nodes: &[Node], text: &mut String) {
    for node in nodes {
        match node {
            Node::Element(element) if element.name == "br" => text.push('\n'),
            Node::Element(element) => {
                stacker::maybe_grow(64 << 10, 1 << 20, || add_text(&element.children, text));
            }
            Node::Text(content, _) | Node::Data(content, _) => text.push_str(content),
            Node::Deep(_) | Node::Blocks(_) | Node::Inlines(_) => {}
        }
    }
}

/// The source cannot be read as XML.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not well-formed at line {line}, column {column}: {reason}")]
pub struct Malformed {
    /// The line, from 1.
    pub line: usize,
    /// The column, from 1, in characters.
    pub column: usize,
    /// What is wrong there.
    pub reason: String,
}

impl Malformed {
    fn at(source: &str, position: usize, reason: impl Into<String>) -> Self {
        let before = source.get(..position).unwrap_or(source);
        let line = before.matches('\n').count() + 1;
        let column = before.chars().rev().take_while(|c| *c != '\n').count() + 1;
        Self {
            line,
            column,
            reason: reason.into(),
        }
    }
}

/// Reads a fragment of XML, which may have several elements and texts at its top.
pub(super) fn read(source: &str) -> Result<Vec<Node>, Malformed> {
    let mut reader = Reader::from_str(source);
    reader.config_mut().allow_dangling_amp = true;
    let mut open: Vec<Element> = Vec::new();
    let mut top: Vec<Node> = Vec::new();
    // How many elements are open below the deepest that is read, and where the first began.
    let mut deep = 0_usize;
    let mut deep_start = 0_usize;
    loop {
        let start = position(&reader);
        let event = reader.read_event();
        let event = event.map_err(|error| Malformed::at(source, start, error.to_string()))?;
        let end = position(&reader);
        if deep > 0 {
            match event {
                Event::Start(_) => deep += 1,
                Event::End(_) => deep -= 1,
                Event::Eof => return Err(Malformed::at(source, end, "an element is not closed")),
                _ => {}
            }
            if deep == 0 {
                add(&mut open, &mut top, Node::Deep(deep_start..end));
            }
            continue;
        }
        let node = match event {
            Event::Start(_) if open.len() >= DEEPEST => {
                deep = 1;
                deep_start = start;
                continue;
            }
            Event::Start(tag) => {
                let mut element = element(source, &tag, start)?;
                element.outer = start..end;
                element.inner = end..end;
                open.push(element);
                continue;
            }
            Event::Empty(tag) => {
                let mut element = element(source, &tag, start)?;
                element.outer = start..end;
                element.inner = end..end;
                Node::Element(element)
            }
            Event::End(_) => {
                let closed = open.pop();
                let mut element =
                    closed.ok_or_else(|| Malformed::at(source, start, "nothing is open here"))?;
                element.outer.end = end;
                element.inner.end = start;
                Node::Element(element)
            }
            Event::Text(text) => Node::Text(text.html_content().into_owned(), start..end),
            Event::CData(data) => Node::Data(data.html_content().into_owned(), start..end),
            Event::GeneralRef(reference) => Node::Text(resolve(&reference), start..end),
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_) => continue,
            Event::Eof => match open.pop() {
                None => return Ok(top),
                Some(element) => {
                    let reason = format!("<{}> is not closed", element.name);
                    return Err(Malformed::at(source, element.outer.start, reason));
                }
            },
        };
        add(&mut open, &mut top, node);
    }
}

fn position(reader: &Reader<&[u8]>) -> usize {
    usize::try_from(reader.buffer_position()).unwrap_or(usize::MAX)
}

fn add(open: &mut [Element], top: &mut Vec<Node>, node: Node) {
    let siblings = match open.last_mut() {
        Some(parent) => &mut parent.children,
        None => top,
    };
    match (siblings.last_mut(), node) {
        (Some(Node::Text(last, at)), Node::Text(text, further)) if at.end == further.start => {
            last.push_str(&text);
            at.end = further.end;
        }
        // Character data that held `]]>` is written in two parts that belong together.
        (Some(Node::Data(last, at)), Node::Data(data, further)) if at.end == further.start => {
            last.push_str(&data);
            at.end = further.end;
        }
        (_, node) => siblings.push(node),
    }
}

fn element(source: &str, tag: &BytesStart<'_>, start: usize) -> Result<Element, Malformed> {
    let name = tag.name().as_ref().to_owned();
    let mut attributes = Vec::new();
    for attribute in tag.html_attributes().with_checks(false) {
        let attribute =
            attribute.map_err(|error| Malformed::at(source, start, error.to_string()))?;
        let value = attribute
            .normalized_value_with(XmlVersion::Implicit1_0, 4, resolve_html5_entity)
            .unwrap_or_else(|_| attribute.value.clone());
        attributes.push((attribute.key.as_ref().to_owned(), value.into_owned()));
    }
    Ok(Element {
        name,
        attributes,
        ..Element::default()
    })
}

/// What an entity stands for; one that is not known stays as it is written.
fn resolve(reference: &BytesRef<'_>) -> String {
    let name = reference.html_content();
    match reference.resolve_char_ref() {
        Ok(Some(character)) => character.to_string(),
        Ok(None) => resolve_html5_entity(&name).map_or_else(|| format!("&{name};"), str::to_owned),
        Err(_) => format!("&{name};"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(source: &str) -> Result<String, Malformed> {
        read(source).map(|nodes| text_of(&nodes))
    }

    #[test]
    fn entities_of_html_are_resolved_and_unknown_ones_kept() {
        assert_eq!(
            text("a&nbsp;b &eacute;&#233;&#xe9; &lt;&amp;&gt; &rarr; &nosuch; R&D &#0;"),
            Ok("a\u{a0}b ééé <&> → &nosuch; R&D &#0;".into())
        );
        let nodes = read("<a href='x?a=1&amp;b=&eacute;&nosuch;'/>").unwrap();
        let [Node::Element(link)] = nodes.as_slice() else {
            panic!("{nodes:?}")
        };
        assert_eq!(link.attribute("href"), Some("x?a=1&amp;b=&eacute;&nosuch;"));
    }

    #[test]
    fn character_data_is_kept_and_joined() {
        let nodes = read("<x><![CDATA[a ]]]]><![CDATA[> &amp; <b>]]></x>").unwrap();
        let [Node::Element(element)] = nodes.as_slice() else {
            panic!("{nodes:?}")
        };
        assert_eq!(
            element.children,
            [Node::Data("a ]]> &amp; <b>".into(), 3..42)]
        );
    }

    #[test]
    fn each_node_knows_where_it_stands() {
        let source = "a<p class='x'>b&amp;c<br/></p>";
        let nodes = read(source).unwrap();
        let [Node::Text(_, text), Node::Element(paragraph)] = nodes.as_slice() else {
            panic!("{nodes:?}")
        };
        assert_eq!(&source[text.clone()], "a");
        assert_eq!(&source[paragraph.outer.clone()], &source[1..]);
        assert_eq!(&source[paragraph.inner.clone()], "b&amp;c<br/>");
        let [Node::Text(_, text), Node::Element(end)] = paragraph.children.as_slice() else {
            panic!("{nodes:?}")
        };
        assert_eq!(&source[text.clone()], "b&amp;c");
        assert_eq!(&source[end.outer.clone()], "<br/>");
        assert!(end.inner.is_empty());
    }

    #[test]
    fn what_is_not_well_formed_is_refused_with_its_place() {
        for source in [
            "<p>",
            "</p>",
            "<p></q>",
            "<p",
            "<p a=\"></p>",
            "<![CDATA[x",
            "<!--",
        ] {
            assert!(read(source).is_err(), "{source}");
        }
        let error = read("<p>one</p>\n<p>two<b></p>").unwrap_err();
        assert_eq!((error.line, error.column), (2, 10));
    }

    #[test]
    fn what_is_nested_too_deeply_is_kept_unread() {
        let source = format!("{}x{}", "<b>".repeat(1_500), "</b>".repeat(1_500));
        let mut nodes = read(&source).unwrap();
        for _ in 0..DEEPEST {
            let [Node::Element(element)] = nodes.as_slice() else {
                panic!("{nodes:?}")
            };
            nodes = element.children.clone();
        }
        assert_eq!(nodes, [Node::Deep(3_000..6_501)]);
        assert!(read(&"<b>".repeat(100_000)).is_err());
    }
}

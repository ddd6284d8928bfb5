//! Storage format as a tree of elements: prefixes, character data and HTML entities kept apart.

use quick_xml::XmlVersion;
use quick_xml::escape::resolve_html5_entity;
use quick_xml::events::{BytesRef, BytesStart, Event};
use quick_xml::reader::Reader;

/// Deeper nesting is taken for an attack on the stack; real pages stay far below.
const DEEPEST: usize = 200;

/// An element, a text, or character data.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Node {
    Element(Element),
    Text(String),
    Data(String),
}

/// An element with its name as written, prefix included.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Element {
    pub(super) name: String,
    pub(super) attributes: Vec<(String, String)>,
    pub(super) children: Vec<Node>,
}

impl Element {
    pub(super) fn attribute(&self, name: &str) -> Option<&str> {
        let found = self.attributes.iter().find(|(known, _)| known == name);
        found.map(|(_, value)| value.as_str())
    }

    pub(super) fn elements(&self) -> impl Iterator<Item = &Element> {
        self.children.iter().filter_map(|node| match node {
            Node::Element(element) => Some(element),
            Node::Text(_) | Node::Data(_) => None,
        })
    }

    /// All text below, tags left out.
    pub(super) fn text(&self) -> String {
        text_of(&self.children)
    }
}

pub(super) fn text_of(nodes: &[Node]) -> String {
    let mut text = String::new();
    for node in nodes {
        match node {
            Node::Element(element) if element.name == "br" => text.push('\n'),
            Node::Element(element) => text.push_str(&element.text()),
            Node::Text(content) | Node::Data(content) => text.push_str(content),
        }
    }
    text
}

/// The source cannot be read as XML.
#[derive(Debug, PartialEq)]
pub(super) struct Malformed;

/// Reads a fragment of XML, which may have several elements and texts at its top.
pub(super) fn read(source: &str) -> Result<Vec<Node>, Malformed> {
    let mut reader = Reader::from_str(source);
    reader.config_mut().allow_dangling_amp = true;
    let mut open: Vec<Element> = Vec::new();
    let mut top: Vec<Node> = Vec::new();
    loop {
        let node = match reader.read_event().map_err(|_| Malformed)? {
            Event::Start(start) if open.len() < DEEPEST => {
                open.push(element(&start)?);
                continue;
            }
            Event::Start(_) => return Err(Malformed),
            Event::Empty(start) => Node::Element(element(&start)?),
            Event::End(_) => Node::Element(open.pop().ok_or(Malformed)?),
            Event::Text(text) => Node::Text(text.html_content().into_owned()),
            Event::CData(data) => Node::Data(data.html_content().into_owned()),
            Event::GeneralRef(reference) => Node::Text(resolve(&reference)),
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_) => continue,
            Event::Eof if open.is_empty() => return Ok(top),
            Event::Eof => return Err(Malformed),
        };
        let siblings = match open.last_mut() {
            Some(parent) => &mut parent.children,
            None => &mut top,
        };
        match (siblings.last_mut(), node) {
            (Some(Node::Text(last)), Node::Text(text)) => last.push_str(&text),
            // Character data that held `]]>` is written in two parts that belong together.
            (Some(Node::Data(last)), Node::Data(data)) => last.push_str(&data),
            (_, node) => siblings.push(node),
        }
    }
}

fn element(start: &BytesStart<'_>) -> Result<Element, Malformed> {
    let name = start.name().as_ref().to_owned();
    let mut attributes = Vec::new();
    for attribute in start.html_attributes().with_checks(false) {
        let attribute = attribute.map_err(|_| Malformed)?;
        let value = attribute
            .normalized_value_with(XmlVersion::Implicit1_0, 4, resolve_html5_entity)
            .unwrap_or_else(|_| attribute.value.clone());
        attributes.push((attribute.key.as_ref().to_owned(), value.into_owned()));
    }
    Ok(Element {
        name,
        attributes,
        children: Vec::new(),
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
        assert_eq!(element.children, [Node::Data("a ]]> &amp; <b>".into())]);
    }

    #[test]
    fn what_is_not_well_formed_is_refused() {
        for source in [
            "<p>",
            "</p>",
            "<p></q>",
            "<p",
            "<p a=\"></p>",
            "<![CDATA[x",
            "<!--",
        ] {
            assert_eq!(read(source), Err(Malformed), "{source}");
        }
        assert_eq!(read(&"<b>".repeat(100_000)), Err(Malformed));
    }
}

//! Reads storage format into a tree, and refuses what a real Confluence refuses.

use crate::sandbox::confluence::entities::ENTITIES;
use crate::sandbox::exchange::escape;

/// How deep elements may be nested.
const MAXIMUM_DEPTH: usize = 200;

/// A part of a page.
#[derive(Debug, PartialEq)]
pub(super) enum Node {
    /// An element.
    Element(Element),
    /// Text, with entities undone.
    Text(String),
    /// Text in a CDATA section.
    Verbatim(String),
}

/// An element.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Element {
    /// The name with its prefix.
    pub(super) name: String,
    /// The attributes in order.
    pub(super) attributes: Vec<(String, String)>,
    /// What is inside.
    pub(super) children: Vec<Node>,
}

impl Element {
    /// The value of an attribute.
    pub(super) fn attribute(&self, name: &str) -> Option<&str> {
        let found = self.attributes.iter().find(|(key, _)| key == name);
        found.map(|(_, value)| value.as_str())
    }

    /// The elements directly inside.
    pub(super) fn elements(&self) -> impl Iterator<Item = &Element> {
        self.children.iter().filter_map(|child| match child {
            Node::Element(element) => Some(element),
            _ => None,
        })
    }

    /// The text of a macro's parameter.
    pub(super) fn parameter(&self, name: &str) -> Option<String> {
        self.elements()
            .find(|child| child.name == "ac:parameter" && child.attribute("ac:name") == Some(name))
            .map(|child| plain(&child.children))
    }
}

/// Reads storage format, or says what is wrong in the words of the server's XML parser.
pub(super) fn read(text: &str) -> Result<Vec<Node>, String> {
    let mut reader = Reader { text, at: 0 };
    let mut open = vec![Element::default()];
    while let Some(rest) = reader.rest() {
        if let Some(markup) = rest.strip_prefix('<') {
            reader.markup(markup, &mut open)?;
        } else {
            let length = rest.find('<').unwrap_or(rest.len());
            let raw = rest.get(..length).unwrap_or_default();
            let text = reader.text(raw)?;
            reader.at += length;
            push(&mut open, Node::Text(text));
        }
        if open.len() > MAXIMUM_DEPTH {
            return Err(reader.wrong("Maximum Element Depth limit exceeded"));
        }
    }
    let root = open.pop();
    match (root, open.is_empty()) {
        (Some(root), true) => Ok(root.children),
        (Some(unclosed), false) => Err(reader.wrong(&format!(
            "Unexpected close tag </xml>; expected </{}>.",
            unclosed.name
        ))),
        (None, _) => Ok(Vec::new()),
    }
}

/// The text without markup; parameters of macros are left out.
pub(super) fn plain(nodes: &[Node]) -> String {
    let mut text = String::new();
    add_plain(nodes, &mut text);
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn add_plain(nodes: &[Node], text: &mut String) {
    for node in nodes {
        match node {
            Node::Text(words) | Node::Verbatim(words) => text.push_str(words),
            Node::Element(element) if element.name == "ac:parameter" => {}
            Node::Element(element)
                if element.name.starts_with("ac:task-")
                    && element.name != "ac:task-body"
                    && element.name != "ac:task-list" => {}
            Node::Element(element) => {
                let inline = ["strong", "em", "u", "s", "code", "span", "a", "sub", "sup"];
                add_plain(&element.children, text);
                if !inline.contains(&element.name.as_str()) {
                    text.push(' ');
                }
            }
        }
    }
}

/// The names of all macros, in lower case.
pub(super) fn macros(nodes: &[Node]) -> Vec<String> {
    let mut names = Vec::new();
    for node in nodes {
        if let Node::Element(element) = node {
            if element.name == "ac:structured-macro" {
                let name = element.attribute("ac:name").unwrap_or_default();
                names.push(name.to_lowercase());
            }
            names.extend(macros(&element.children));
        }
    }
    names
}

/// Writes a tree as storage format again.
pub(super) fn write(nodes: &[Node]) -> String {
    let mut text = String::new();
    for node in nodes {
        match node {
            Node::Text(words) => text.push_str(&escape(words)),
            Node::Verbatim(words) => text.push_str(&format!("<![CDATA[{words}]]>")),
            Node::Element(element) => {
                text.push_str(&format!("<{}", element.name));
                for (name, value) in &element.attributes {
                    text.push_str(&format!(" {name}=\"{}\"", escape(value)));
                }
                if element.children.is_empty() {
                    text.push_str(" />");
                } else {
                    let inside = write(&element.children);
                    text.push_str(&format!(">{inside}</{}>", element.name));
                }
            }
        }
    }
    text
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Reader<'a> {
    fn rest(&self) -> Option<&'a str> {
        self.text.get(self.at..).filter(|rest| !rest.is_empty())
    }

    fn wrong(&self, what: &str) -> String {
        let before = self.text.get(..self.at).unwrap_or(self.text);
        let row = before.matches('\n').count() + 1;
        let column = before
            .rsplit('\n')
            .next()
            .map_or(0, |line| line.chars().count())
            + 1;
        format!("Error parsing xhtml: {what}\n at [row,col {{unknown-source}}]: [{row},{column}]")
    }

    /// Undoes entities.
    fn text(&self, raw: &str) -> Result<String, String> {
        let mut text = String::with_capacity(raw.len());
        let mut parts = raw.split('&');
        text.push_str(parts.next().unwrap_or_default());
        for part in parts {
            let (name, rest) = part
                .split_once(';')
                .filter(|(name, _)| !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || c == '#'))
                .ok_or_else(|| self.wrong("Unexpected character in entity reference; '&' has to be written as '&amp;'"))?;
            let character = match name.strip_prefix('#') {
                Some(number) => {
                    let code = match number.strip_prefix(['x', 'X']) {
                        Some(hexadecimal) => u32::from_str_radix(hexadecimal, 16).ok(),
                        None => number.parse().ok(),
                    };
                    code.and_then(char::from_u32)
                }
                None => ENTITIES
                    .iter()
                    .find(|(known, _)| *known == name)
                    .map(|(_, character)| *character),
            };
            text.push(
                character
                    .ok_or_else(|| self.wrong(&format!("Undeclared general entity \"{name}\"")))?,
            );
            text.push_str(rest);
        }
        Ok(text)
    }

    /// Reads a comment, a CDATA section or a tag; `markup` stands after the `<`.
    fn markup(&mut self, markup: &str, open: &mut Vec<Element>) -> Result<(), String> {
        if let Some(comment) = markup.strip_prefix("!--") {
            let length = comment
                .find("-->")
                .ok_or_else(|| self.wrong("Unexpected end of input block in comment"))?;
            self.at += length + "<!---->".len();
            return Ok(());
        }
        if let Some(section) = markup.strip_prefix("![CDATA[") {
            let length = section
                .find("]]>")
                .ok_or_else(|| self.wrong("Unexpected end of input block in CDATA section"))?;
            push(
                open,
                Node::Verbatim(section.get(..length).unwrap_or_default().to_owned()),
            );
            self.at += length + "<![CDATA[]]>".len();
            return Ok(());
        }
        let length = tag_length(markup)
            .ok_or_else(|| self.wrong("Unexpected end of input block in start tag"))?;
        let tag = markup.get(..length).unwrap_or_default();
        if let Some(name) = tag.strip_prefix('/') {
            let name = name.trim();
            let closed = open.pop().filter(|_| !open.is_empty());
            match closed {
                Some(closed) if closed.name == name => push(open, Node::Element(closed)),
                Some(closed) => {
                    return Err(self.wrong(&format!(
                        "Unexpected close tag </{name}>; expected </{}>.",
                        closed.name
                    )));
                }
                None => {
                    return Err(
                        self.wrong(&format!("Unexpected close tag </{name}>; expected </xml>."))
                    );
                }
            }
        } else {
            let (tag, empty) = match tag.strip_suffix('/') {
                Some(tag) => (tag, true),
                None => (tag, false),
            };
            let element = self.element(tag)?;
            if empty {
                push(open, Node::Element(element));
            } else {
                open.push(element);
            }
        }
        self.at += length + "<>".len();
        Ok(())
    }

    fn element(&self, tag: &str) -> Result<Element, String> {
        let end = tag.find(char::is_whitespace).unwrap_or(tag.len());
        let (name, mut rest) = tag.split_at(end);
        if !name.starts_with(|c: char| c.is_alphabetic() || c == '_') {
            return Err(
                self.wrong("Unexpected character in content after '<' (malformed start element?)")
            );
        }
        self.check_prefix(name)?;
        let mut attributes = Vec::new();
        loop {
            rest = rest.trim_start();
            if rest.is_empty() {
                break;
            }
            let (key, value) = rest
                .split_once('=')
                .ok_or_else(|| self.wrong("Unexpected character in attribute; expected '='"))?;
            let key = key.trim();
            self.check_prefix(key)?;
            let value = value.trim_start();
            let quote = value.chars().next().filter(|c| *c == '"' || *c == '\'');
            let quote = quote
                .ok_or_else(|| self.wrong("Unexpected character in start tag; expected a quote"))?;
            let (value, after) = value
                .get(1..)
                .and_then(|value| value.split_once(quote))
                .ok_or_else(|| self.wrong("Unexpected end of input block in attribute value"))?;
            attributes.push((key.to_owned(), self.text(value)?));
            rest = after;
        }
        Ok(Element {
            name: name.to_owned(),
            attributes,
            children: Vec::new(),
        })
    }

    fn check_prefix(&self, name: &str) -> Result<(), String> {
        match name.split_once(':') {
            Some((prefix, _)) if !["ac", "ri", "at", "xml"].contains(&prefix) => Err(self.wrong(
                &format!("Undeclared namespace prefix \"{}\"", escape(prefix)),
            )),
            _ => Ok(()),
        }
    }
}

/// Where a tag ends; a `>` inside quotes does not end it.
fn tag_length(markup: &str) -> Option<usize> {
    let mut quote = None;
    for (index, character) in markup.char_indices() {
        match (quote, character) {
            (None, '>') => return Some(index),
            (None, '<') => return None,
            (None, '"' | '\'') => quote = Some(character),
            (Some(open), close) if open == close => quote = None,
            _ => {}
        }
    }
    None
}

fn push(open: &mut [Element], node: Node) {
    if let Some(element) = open.last_mut() {
        element.children.push(node);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problem(text: &str) -> String {
        let problem = read(text).unwrap_err();
        problem.lines().next().unwrap_or_default().to_owned()
    }

    #[test]
    fn a_page_becomes_a_tree() {
        let nodes = read("<p>a &ndash; <b x='1'>b</b><br/></p><![CDATA[<c>]]>").unwrap();
        assert_eq!(plain(&nodes), "a – b <c>");
    }

    #[test]
    fn what_is_not_well_formed_is_refused() {
        assert_eq!(
            problem("<p>a<b></p>"),
            "Error parsing xhtml: Unexpected close tag </p>; expected </b>."
        );
        assert_eq!(
            problem("<p>a"),
            "Error parsing xhtml: Unexpected close tag </xml>; expected </p>."
        );
        assert_eq!(
            problem("<p>&foo;</p>"),
            "Error parsing xhtml: Undeclared general entity \"foo\""
        );
        assert_eq!(
            problem("<x:y/>"),
            "Error parsing xhtml: Undeclared namespace prefix \"x\""
        );
        assert!(read("a & b").is_err());
        assert!(read("1 < 2").is_err());
        assert!(read("<p a=b>c</p>").is_err());
        assert!(read("</p>").is_err());
        assert!(read(&"<b>".repeat(10_000)).is_err());
    }
}

//! Tags of HTML, which hold what stands between them wherever that comes from.

use super::{
    builder::{Builder, Extent},
    finish::{inlines, styled},
    frame::{Frame, Kind, Paragraph, Tag},
    run::damaged,
    tags::{self, Token},
};
use crate::markup::{
    Damaged,
    document::{Body, Inline, Style},
    elements,
    markdown::{attributes, notation},
    xml::{Element, Node},
};

/// Elements that have no content and no end tag.
const EMPTY: [&str; 9] = [
    "br", "img", "hr", "col", "input", "wbr", "link", "meta", "source",
];

/// Elements that stand in a line.
const INLINE: [&str; 31] = [
    "a", "abbr", "b", "bdi", "bdo", "big", "br", "cite", "code", "del", "dfn", "em", "font", "i",
    "img", "input", "ins", "kbd", "mark", "q", "s", "samp", "small", "span", "strike", "strong",
    "sub", "sup", "time", "tt", "u",
];

/// Elements that set text apart, as the writer names them.
pub(super) const STYLES: [(&str, Style); 8] = [
    ("strong", Style::Strong),
    ("em", Style::Emphasis),
    ("del", Style::Strikethrough),
    ("u", Style::Underline),
    ("sup", Style::Superscript),
    ("sub", Style::Subscript),
    ("cite", Style::Citation),
    ("tt", Style::Monospace),
];

/// Elements that are closed where the next of these begins.
const SELF_ENDING: [(&str, &[&str]); 6] = [
    ("li", &["li"]),
    ("p", &["p"]),
    ("td", &["td", "th"]),
    ("th", &["td", "th"]),
    ("tr", &["td", "th", "tr"]),
    ("option", &["option"]),
];

impl Builder<'_> {
    /// Reads a tag within a line.
    pub(super) fn inline_html(&mut self, html: &str) -> Result<(), Damaged> {
        for token in tags::tokens(html) {
            match token {
                Token::Opening { .. } | Token::Data(_) | Token::Text(_) => self.begin_line()?,
                Token::Closing { .. } => {}
            }
            self.token(token, false)?;
        }
        Ok(())
    }

    /// Reads a block of HTML.
    pub(super) fn html(&mut self, html: &str) -> Result<(), Damaged> {
        self.separate();
        self.html_parts(html)?;
        self.end_run()?;
        self.separate();
        Ok(())
    }

    /// Ends a line that has no paragraph of its own.
    fn separate(&mut self) {
        let last = self.top().and_then(|frame| frame.nodes.last());
        if matches!(last, Some(Node::Inlines(_) | Node::Element(_))) {
            self.push(separator());
        }
    }

    fn html_parts(&mut self, html: &str) -> Result<(), Damaged> {
        let tokens = tags::tokens(html);
        let mut before_is_block = true;
        let mut ends_line = true;
        let mut tokens = tokens.into_iter().peekable();
        while let Some(token) = tokens.next() {
            let Token::Text(text) = token else {
                let is_last = match tokens.peek() {
                    Some(Token::Text(text)) => begins_with_line_end(text),
                    Some(_) => false,
                    None => true,
                };
                before_is_block = is_block(&token);
                self.token(token, ends_line && is_last)?;
                ends_line = false;
                continue;
            };
            ends_line = text.trim_end_matches([' ', '\t']).ends_with('\n');
            let after_is_block = tokens.peek().is_none_or(is_block);
            if self.is_in_preformatted() {
                self.push(Node::Text(attributes::decode(text), 0..0));
            } else if text.trim().is_empty() {
                self.push(Node::Inlines(vec![Inline::Text(" ".to_owned())]));
            } else if before_is_block && after_is_block && text.starts_with('\n') {
                self.read(&dedent(text), Extent::Document)?;
            } else {
                self.line(text)?;
            }
        }
        Ok(())
    }

    /// Reads text between tags as a part of a line.
    fn line(&mut self, text: &str) -> Result<(), Damaged> {
        // Between these nothing is read as a block, and spaces at the ends stay.
        const FRAME: char = '\u{a0}';
        let mut line = String::with_capacity(text.len() + 4);
        line.push(FRAME);
        line.extend(text.chars().map(|c| if c == '\n' { ' ' } else { c }));
        line.push(FRAME);
        // What is read is kept apart until the frame is taken off.
        let before = self.top().map(|frame| std::mem::take(&mut frame.nodes));
        self.read(&line, Extent::Line)?;
        self.end_run()?;
        let Some(frame) = self.top() else {
            return Ok(());
        };
        let mut nodes = std::mem::replace(&mut frame.nodes, before.unwrap_or_default());
        if let Some(Node::Inlines(inlines)) = nodes.first_mut()
            && let Some(Inline::Text(text)) = inlines.first_mut()
            && text.starts_with(FRAME)
        {
            text.remove(0);
        }
        if let Some(Node::Inlines(inlines)) = nodes.last_mut()
            && let Some(Inline::Text(text)) = inlines.last_mut()
            && text.ends_with(FRAME)
        {
            text.pop();
        }
        nodes.into_iter().for_each(|node| self.push(node));
        Ok(())
    }

    fn is_in_preformatted(&self) -> bool {
        self.frames()
            .map_while(|frame| match &frame.kind {
                Kind::Tag(tag) => Some(tag.name.as_str()),
                _ => None,
            })
            .any(|name| matches!(name, "pre" | "script" | "style" | "textarea"))
    }

    fn token(&mut self, token: Token<'_>, is_alone: bool) -> Result<(), Damaged> {
        match token {
            Token::Text(text) => self.run.push(text),
            Token::Data(data) => self.push(Node::Data(data.to_owned(), 0..0)),
            Token::Opening {
                name,
                attributes,
                is_closed,
                written,
            } => {
                self.end_run()?;
                let name = name_of(name);
                let tag = Tag {
                    is_alone: is_alone && notation::is_macro_tag(&name),
                    name,
                    attributes: attributes::read(attributes),
                    written: written.to_owned(),
                };
                self.opening(tag, is_closed)?;
            }
            Token::Closing { name, written } => {
                self.end_run()?;
                self.closing(&name_of(name), written)?;
            }
        }
        Ok(())
    }

    fn opening(&mut self, tag: Tag, is_closed: bool) -> Result<(), Damaged> {
        if tag.is_alone {
            self.push(separator());
        }
        if is_closed || EMPTY.contains(&tag.name.as_str()) {
            let is_alone = tag.is_alone;
            self.push(Node::Element(Element {
                name: tag.name,
                attributes: tag.attributes,
                ..Element::default()
            }));
            if is_alone {
                self.push(separator());
            }
            return Ok(());
        }
        let ended = SELF_ENDING.iter().find(|(name, _)| *name == tag.name);
        while let (
            Some((_, ended)),
            Some(Frame {
                kind: Kind::Tag(open),
                ..
            }),
        ) = (ended, self.top())
            && ended.contains(&open.name.as_str())
        {
            self.close_tag();
        }
        if self.is_too_deep() {
            self.left_out_tags += usize::from(tag.is_macro());
            return Ok(());
        }
        self.open(Kind::Tag(tag))
    }

    fn closing(&mut self, name: &str, written: &str) -> Result<(), Damaged> {
        // A paragraph ends where what it stands in is closed.
        let mut depth = 0;
        let mut is_found = false;
        for frame in self.frames() {
            match &frame.kind {
                Kind::Tag(tag) if tag.name == name => {
                    is_found = true;
                    break;
                }
                Kind::Tag(tag) if tag.is_macro() && !notation::is_macro_tag(name) => break,
                Kind::Tag(_) | Kind::Paragraph(_) => depth += 1,
                _ => break,
            }
        }
        if !is_found {
            if notation::is_macro_tag(name) && self.left_out_tags == 0 {
                let reason = format!("<{name} …> is not open where this stands");
                return Err(damaged(written, &reason));
            }
            self.left_out_tags = self
                .left_out_tags
                .saturating_sub(usize::from(notation::is_macro_tag(name)));
            return Ok(());
        }
        let mut reopened = None;
        for _ in 0..depth {
            let kind = self.top().map(|frame| &frame.kind);
            match kind {
                Some(Kind::Tag(tag)) if tag.is_macro() => {
                    let reason = format!("it is not closed before {written}");
                    return Err(damaged(&tag.written, &reason));
                }
                Some(Kind::Paragraph(paragraph)) => {
                    reopened = Some(*paragraph);
                    self.close_frame()?;
                }
                _ => self.close_tag(),
            }
        }
        self.close_tag();
        if let Some(Paragraph::Told) = reopened {
            self.open(Kind::Paragraph(Paragraph::Told))?;
        }
        Ok(())
    }

    /// Closes the tag that is open innermost.
    pub(super) fn close_tag(&mut self) {
        let Some(Frame { kind, nodes }) = self.pop() else {
            return;
        };
        if let Kind::Tag(tag) = kind {
            let style = STYLES.iter().find(|(name, _)| *name == tag.name);
            if let Some((_, style)) = style {
                return self.push(styled(style.clone(), nodes));
            }
            if tag.is_macro() && !tag.is_alone && begins_with_macro(&nodes) {
                return self.push(line_macro(tag, nodes));
            }
            self.push(Node::Element(Element {
                name: tag.name,
                attributes: tag.attributes,
                children: nodes,
                // That the ends differ tells that there is an end tag.
                outer: 0..1,
                inner: 0..0,
            }));
            if tag.is_alone {
                self.push(separator());
            }
        }
    }
}

/// Whether the nodes are parts of a line of which the first is a macro.
fn begins_with_macro(nodes: &[Node]) -> bool {
    let is_block = |node: &Node| matches!(node, Node::Blocks(_));
    let begins = match nodes.first() {
        Some(Node::Inlines(inlines)) => matches!(inlines.first(), Some(Inline::Macro(_))),
        Some(Node::Element(element)) => notation::is_macro_tag(&element.name),
        _ => false,
    };
    begins && !nodes.iter().any(is_block)
}

/// A macro that holds parts of a line, even if the first of them could be a block elsewhere.
fn line_macro(tag: Tag, nodes: Vec<Node>) -> Node {
    let element = |children| {
        Node::Element(Element {
            name: tag.name.clone(),
            attributes: tag.attributes.clone(),
            children,
            ..Element::default()
        })
    };
    let mut found = elements::inlines(&[element(Vec::new())]);
    let [Inline::Macro(known)] = found.as_mut_slice() else {
        return element(nodes);
    };
    known.body = Body::Inline(inlines(nodes).unwrap_or_else(|nodes| elements::inlines(&nodes)));
    Node::Inlines(found)
}

/// What ends a paragraph and shows nothing.
fn separator() -> Node {
    Node::Element(Element {
        name: "div".to_owned(),
        ..Element::default()
    })
}

fn begins_with_line_end(text: &str) -> bool {
    let text = text.trim_start_matches([' ', '\t']);
    text.is_empty() || text.starts_with('\n')
}

/// Names of HTML are of one case; those of macros are as they are.
fn name_of(name: &str) -> String {
    if notation::is_macro_tag(name) {
        name.to_owned()
    } else {
        name.to_ascii_lowercase()
    }
}

fn is_block(token: &Token<'_>) -> bool {
    match token {
        Token::Opening { name, .. } | Token::Closing { name, .. } => {
            !INLINE.contains(&name_of(name).as_str())
        }
        Token::Text(_) | Token::Data(_) => false,
    }
}

/// The lines without what all of them are indented by.
fn dedent(text: &str) -> String {
    let indentation = |line: &str| line.len() - line.trim_start_matches([' ', '\t']).len();
    let lines = text.lines().filter(|line| !line.trim().is_empty());
    let common = lines.map(indentation).min().unwrap_or_default();
    let mut dedented = String::with_capacity(text.len());
    for line in text.lines() {
        dedented.push_str(line.get(common..).unwrap_or_default());
        dedented.push('\n');
    }
    dedented
}

//! Text between fences: code, a macro's text, or storage format.

use super::{Options, frame};
use crate::markup::{
    document::{Block, Body, Code, CodeKind, Macro, Origin},
    elements,
    markdown::{attributes, notation},
    xml::{Element, Node},
};

/// Reads what stood between fences, or was indented.
pub(super) fn read(code: frame::Code, options: &Options) -> Block {
    let frame::Code { info, mut text } = code;
    if text.ends_with('\n') {
        text.pop();
    }
    let info = info.trim();
    let (word, rest) = match info.split_once(char::is_whitespace) {
        Some((word, rest)) => (word, rest),
        None => (info, ""),
    };
    if word == notation::RAW && options.raw_storage {
        return Block::Raw(text);
    }
    if word.starts_with("ac-") {
        return plain_macro(word, rest, text);
    }
    // An attribute at once means that there is no language.
    let (word, rest) = if word.contains('=') {
        ("", info)
    } else {
        (word, rest)
    };
    let kind = if word == notation::NO_FORMAT {
        CodeKind::NoFormat
    } else {
        CodeKind::Code
    };
    let mut code = Code {
        kind,
        language: (kind == CodeKind::Code && !word.is_empty()).then(|| word.to_owned()),
        title: None,
        parameters: Vec::new(),
        text: text.trim_end_matches('\n').to_owned(),
        origin: Origin::default(),
    };
    for (name, value) in attributes::read(rest) {
        match name.as_str() {
            _ if value.is_empty() => {}
            "language" => code.language = Some(value),
            "title" => code.title = Some(value),
            "_" => code.parameters.push((String::new(), value)),
            _ if notation::attribute_name(&name).is_some() => code.parameters.push((name, value)),
            _ => {}
        }
    }
    Block::Code(code)
}

/// A macro that reads its text itself.
fn plain_macro(word: &str, rest: &str, text: String) -> Block {
    let mut attributes = attributes::read(rest);
    attributes.retain(|(name, _)| name != notation::BODY);
    let element = Node::Element(Element {
        name: word.to_owned(),
        attributes,
        ..Element::default()
    });
    let mut found = elements::blocks(&[element]);
    match found.pop() {
        Some(Block::Macro(found)) => Block::Macro(Macro {
            body: Body::Plain(text),
            ..found
        }),
        _ => Block::Code(Code {
            kind: CodeKind::Code,
            language: Some(word.to_owned()),
            title: None,
            parameters: Vec::new(),
            text,
            origin: Origin::default(),
        }),
    }
}

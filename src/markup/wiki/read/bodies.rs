//! Macros as blocks and as parts of a line.

use std::collections::HashSet;

use super::{Reader, macros::Span, names::Kind, parameters::parameters, tokens::Within};
use crate::markup::document::{
    Block, Body, Code, CodeKind, Inline, Macro, Origin, Parameter, Quote, Value,
};

/// The panels of Confluence, as `panel` with a background tells them in Jira.
const PANELS: [(&str, &str); 4] = [
    ("#deebff", "info"),
    ("#e3fcef", "tip"),
    ("#fffae6", "note"),
    ("#ffebe6", "warning"),
];

impl Reader<'_> {
    /// The macro as a block; none if it shows nothing.
    pub(super) fn macro_block(&self, span: &Span<'_>, depth: usize) -> Option<Block> {
        let body = span.body.clone().unwrap_or(span.at.end..span.at.end);
        match span.name {
            "code" => Some(Block::Code(self.code(span, CodeKind::Code))),
            "noformat" => Some(Block::Code(self.code(span, CodeKind::NoFormat))),
            "quote" => {
                let blocks = self.blocks(body, depth + 1);
                let origin = Origin::default();
                (!blocks.is_empty()).then_some(Block::Quote(Quote { blocks, origin }))
            }
            _ => {
                let body = match (&span.body, span.kind) {
                    (None, _) => Body::None,
                    (_, Kind::Plain) => Body::Plain(block_text(self.slice(body)).to_owned()),
                    _ => Body::Blocks(self.blocks(body, depth + 1)),
                };
                Some(Block::Macro(self.macro_of(span, body)))
            }
        }
    }

    /// The macro as a part of a line.
    pub(super) fn macro_inline(&self, span: &Span<'_>) -> Inline {
        let body = match (&span.body, span.kind) {
            (None, _) => Body::None,
            (Some(body), Kind::Plain) => Body::Plain(self.slice(body.clone()).to_owned()),
            (Some(body), _) => Body::Inline(self.line(body.clone(), Within::Line)),
        };
        Inline::Macro(self.macro_of(span, body))
    }

    fn code(&self, span: &Span<'_>, kind: CodeKind) -> Code {
        let mut code = Code {
            kind,
            language: None,
            title: None,
            parameters: Vec::new(),
            text: String::new(),
            origin: Origin::default(),
        };
        for (name, value) in parameters(span.parameters) {
            let told = match name.as_str() {
                "" | "language" | "lang" => &mut code.language,
                "title" => &mut code.title,
                _ => {
                    code.parameters.push((name, value));
                    continue;
                }
            };
            *told = told.take().or(Some(value));
        }
        code.parameters = first_of_each(code.parameters);
        let body = span.body.clone().unwrap_or_default();
        code.text = block_text(self.slice(body)).to_owned();
        code
    }

    fn macro_of(&self, span: &Span<'_>, body: Body) -> Macro {
        let mut name = span.name;
        let mut told = Vec::new();
        for (parameter, value) in parameters(span.parameters) {
            let panel = PANELS
                .iter()
                .find(|(color, _)| color.eq_ignore_ascii_case(&value));
            match (span.name, parameter.as_str(), panel) {
                ("panel", "bgColor", Some((_, panel))) => {
                    name = panel;
                }
                ("panel" | "expand" | "info" | "note" | "tip" | "warning", "", _) => {
                    told.push(("title".to_owned(), value));
                }
                ("jira", "", _) => told.push(("key".to_owned(), value)),
                _ => told.push((parameter, value)),
            }
        }
        let parameter = |(name, value)| Parameter {
            name,
            value: Value::Text(value),
        };
        let told = first_of_each(told);
        Macro {
            name: name.to_owned(),
            parameters: told.into_iter().map(parameter).collect(),
            body,
            reference: None,
            origin: Origin::default(),
        }
    }
}

/// The parameters without those whose name came before, since an attribute is told once.
fn first_of_each(mut parameters: Vec<(String, String)>) -> Vec<(String, String)> {
    let mut known = HashSet::new();
    parameters.retain(|(name, _)| known.insert(name.clone()));
    parameters
}

/// The lines between two tags: without the rest of the first tag's line and the indent of the
/// last, if they are blank, and without empty lines at the end.
fn block_text(body: &str) -> &str {
    let body = match body.split_once('\n') {
        Some((first, rest)) if first.trim().is_empty() => rest,
        _ => body,
    };
    let body = match body.rsplit_once('\n') {
        Some((rest, last)) if last.trim().is_empty() => rest,
        None if body.trim().is_empty() => "",
        _ => body,
    };
    body.trim_end_matches('\n')
}

//! Macros that stand by themselves: alerts, details, and tags with what stands between them.

use crate::markup::{
    document::{Block, Body, Macro, Parameter, Value},
    markdown::notation,
};

use super::{
    blocks,
    escape::literal,
    fence,
    line::{Line, Place},
    output::Output,
    render::{Position, render},
    tag,
};

/// Writes a macro.
pub(super) fn write(found: &Macro, out: &mut Output) {
    match &found.body {
        Body::None => out.push(&format!("{}/>", tag::opening(found))),
        Body::Plain(text) => fence::plain(found, text, out),
        Body::Inline(content) => {
            let mut line = Line::default();
            line.markup(format!("{}>", tag::opening(found)));
            line.add_all(content);
            line.markup(tag::closing(found));
            out.push(&render(line, Position::Paragraph));
        }
        Body::Blocks(content) => write_blocks(found, content, out),
    }
}

fn write_blocks(found: &Macro, content: &[Block], out: &mut Output) {
    if let Some(title) = title(found) {
        let alert = notation::ALERTS
            .iter()
            .find(|(name, _)| *name == found.name);
        if let Some((_, alert)) = alert {
            return write_alert(alert, title, content, out);
        }
        if found.name == "expand" {
            return write_details(title, content, out);
        }
    }
    out.push(&format!("{}>", tag::opening(found)));
    if content.is_empty() {
        // On one line the tags would be parts of it.
        out.end_line();
    } else {
        out.leave_line();
        blocks::write(content, out);
        out.leave_line();
    }
    out.push(&tag::closing(found));
}

/// The macro's title, if it has nothing else to tell.
fn title(found: &Macro) -> Option<Option<&str>> {
    if found.reference.is_some() {
        return None;
    }
    match found.parameters.as_slice() {
        [] => Some(None),
        [
            Parameter {
                name,
                value: Value::Text(title),
            },
        ] if name == "title" && is_simple(title) => Some(Some(title)),
        _ => None,
    }
}

/// Whether the title can stand in a line as it is.
fn is_simple(title: &str) -> bool {
    let is_spoilt = |c: char| c.is_control() || c.is_whitespace() && c != ' ';
    !title.is_empty()
        && title.trim() == title
        && !title.contains("  ")
        && !title.contains(is_spoilt)
}

fn write_alert(alert: &str, title: Option<&str>, content: &[Block], out: &mut Output) {
    out.push("> ");
    out.within("> ", |out| {
        out.push(&format!("[!{alert}]"));
        if let Some(title) = title {
            out.push(" ");
            out.push(&literal(title, Place::default()));
        }
        match content.first() {
            None => return,
            Some(Block::Paragraph(_)) if title.is_none() => out.end_line(),
            Some(_) => out.leave_line(),
        }
        blocks::write(content, out);
    });
}

fn write_details(title: Option<&str>, content: &[Block], out: &mut Output) {
    out.push("<details>");
    if let Some(title) = title {
        let place = Place {
            is_in_html: true,
            ..Place::default()
        };
        let title = literal(title, place);
        out.push(&format!("<summary>{title}</summary>"));
    }
    out.leave_line();
    if !content.is_empty() {
        blocks::write(content, out);
        out.leave_line();
    }
    out.push("</details>");
}

//! Code and other text that is shown as it is written, between fences.

use crate::markup::{
    document::{Code, CodeKind, Macro},
    markdown::{attributes, notation},
};

use super::{output::Output, tag};

/// Writes code.
pub(super) fn code(code: &Code, out: &mut Output) {
    let mut info = String::new();
    match (code.kind, &code.language) {
        (CodeKind::NoFormat, language) => {
            info.push_str(notation::NO_FORMAT);
            if let Some(language) = language {
                attributes::write("language", language, &mut info);
            }
        }
        (CodeKind::Code, Some(language)) if is_word(language) => info.push_str(language),
        (CodeKind::Code, Some(language)) => attributes::write("language", language, &mut info),
        (CodeKind::Code, None) => {}
    }
    parameters(code, &mut info);
    fence(info.trim_start(), &code.text, out);
}

/// Writes a macro's text that it reads itself.
pub(super) fn plain(found: &Macro, text: &str, out: &mut Output) {
    let mut info = tag::word(found);
    tag::attributes_of(found, &mut info);
    fence(&info, text, out);
}

/// Writes text between fences.
pub(super) fn fence(info: &str, text: &str, out: &mut Output) {
    let runs = text.split(|c| c != '`').map(str::len);
    let marks = "`".repeat(3.max(runs.max().unwrap_or_default() + 1));
    out.push(&marks);
    out.push(info);
    out.end_line();
    if !text.is_empty() {
        for line in text.split('\n') {
            out.push(line);
            out.end_line();
        }
    }
    out.push(&marks);
}

/// The title and the further parameters.
pub(super) fn parameters(code: &Code, info: &mut String) {
    if let Some(title) = &code.title {
        attributes::write("title", title, info);
    }
    for (name, value) in &code.parameters {
        if let Some(name) = notation::attribute_name(name) {
            attributes::write(name, value, info);
        }
    }
}

/// Whether the language can stand as the first word of a fence.
fn is_word(language: &str) -> bool {
    let is_spoilt = |c: char| c.is_whitespace() || c.is_control() || matches!(c, '`' | '=' | '"');
    !language.is_empty()
        && !language.contains(is_spoilt)
        && !language.starts_with("ac-")
        && language != notation::NO_FORMAT
        && language != notation::RAW
}

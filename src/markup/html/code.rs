//! Code and preformatted text.

use super::{
    attributes::{class_after, has_class, take},
    rewrite::Rewritten,
    storage::{macro_element, plain_body},
};
use crate::markup::xml::{Element, Node};

/// How far below its panel the text stands at most.
const LEVELS: u8 = 4;

/// The panel that Confluence and Jira put around code, and `<pre>` that is code without a panel.
pub(super) fn rewrite(mut element: Element) -> Rewritten {
    let has = |class| has_class(&element, class);
    let is_code = has("code") || has("codeContent");
    match element.name.as_str() {
        "pre" if is_highlighted(&element) => return Ok(block(&element, None, true)),
        "div" if has("panel") && (is_code || has("preformatted")) => {}
        "div" if has("codeContent") || has("preformattedContent") => {}
        _ => return Err(element),
    }
    let Some(text) = take(&mut element, LEVELS, &|child| child.name == "pre") else {
        return Err(element);
    };
    let header = take(&mut element, 1, &|child| has_class(child, "panelHeader"))
        .or_else(|| take(&mut element, 1, &|child| has_class(child, "codeHeader")));
    // The header may also hold a button that unfolds the code.
    let title = header.map(|mut header| {
        let title = take(&mut header, 2, &|child| child.name == "b");
        title.unwrap_or(header).text()
    });
    Ok(block(&text, title.as_deref(), is_code))
}

fn is_highlighted(pre: &Element) -> bool {
    has_class(pre, "syntaxhighlighter-pre")
        || pre.child("code").is_some()
        || language(pre).is_some()
}

/// A block of code or of text as it is written; nothing if it is blank.
fn block(pre: &Element, title: Option<&str>, is_code: bool) -> Vec<Node> {
    let content = pre.text();
    if content.trim().is_empty() {
        return Vec::new();
    }
    if !is_code {
        let parameters = [("title", title)];
        return vec![macro_element("noformat", &parameters, plain_body(content))];
    }
    let line_numbers = parameter(pre, "gutter").filter(|value| *value == "true");
    let first_line = parameter(pre, "first-line").filter(|value| *value != "1");
    let collapse = parameter(pre, "collapse").filter(|value| *value == "true");
    let parameters = [
        ("language", language(pre)),
        ("title", title),
        ("linenumbers", line_numbers),
        ("firstline", first_line),
        ("collapse", collapse),
    ];
    vec![macro_element("code", &parameters, plain_body(content))]
}

fn language(pre: &Element) -> Option<&str> {
    let code = pre.child("code");
    let language = parameter(pre, "brush")
        .or_else(|| class_after(pre, "code-"))
        .or_else(|| named_language(pre))
        .or_else(|| code.and_then(named_language))
        .or_else(|| pre.attribute("lang"));
    language.filter(|language| *language != "none")
}

fn named_language(element: &Element) -> Option<&str> {
    let attribute = element.attribute("data-lang");
    class_after(element, "language-")
        .or_else(|| class_after(element, "lang-"))
        .or_else(|| attribute.or_else(|| element.attribute("data-language")))
}

/// A parameter of Confluence's highlighter, such as `brush: java; gutter: false`.
fn parameter<'a>(pre: &'a Element, name: &str) -> Option<&'a str> {
    let parameters = pre.attribute("data-syntaxhighlighter-params")?;
    parameters.split(';').find_map(|parameter| {
        let (known, value) = parameter.split_once(':')?;
        (known.trim() == name).then(|| value.trim())
    })
}

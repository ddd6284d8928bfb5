//! Macros, code and Confluence's own elements written.

use super::{Fresh, Writer, add_attribute, add_data, add_text};
use crate::markup::document::{Body, Code, CodeKind, Macro, Parameter, Value};

impl Writer<'_> {
    pub(super) fn data(&mut self, text: &str) {
        add_data(text, &mut self.out);
    }

    pub(in crate::markup::storage) fn code(&mut self, code: &Code) {
        let name = match code.kind {
            CodeKind::Code => "code",
            CodeKind::NoFormat => "noformat",
        };
        self.push(&format!("<ac:structured-macro ac:name=\"{name}\">"));
        for parameter in code_parameters(code) {
            add_parameter(&parameter.name, &parameter.value, &mut self.out);
        }
        self.push("<ac:plain-text-body>");
        self.data(&code.text);
        self.push("</ac:plain-text-body></ac:structured-macro>");
    }

    pub(in crate::markup::storage) fn macro_(&mut self, found: &Macro) {
        match found.name.as_str() {
            // The marker of a comment, a caption and a cut make no sense without what is not told.
            "inline-comment-marker" | "caption" | "cut" => self.body(&found.body),
            "emoticon" => match found.parameter("name") {
                Some(name) => self.emoticon(name),
                // Confluence 6 has no other emoticons than those with a name.
                None => self.text(found.parameter("sign").unwrap_or_default()),
            },
            _ if found.is_element() => self.element_macro(found),
            _ => self.structured_macro(found),
        }
    }

    fn element_macro(&mut self, found: &Macro) {
        self.push(&format!("<ac:{}", found.name));
        // They know no other.
        if let Some(kind) = found.parameter("type") {
            self.attribute("ac:type", kind);
        }
        self.push(">");
        self.body(&found.body);
        self.push(&format!("</ac:{}>", found.name));
    }

    fn structured_macro(&mut self, found: &Macro) {
        self.push("<ac:structured-macro");
        self.attribute("ac:name", &found.name);
        if found.parameters.is_empty() && found.body == Body::None {
            return self.push(" />");
        }
        self.push(">");
        for parameter in &found.parameters {
            add_parameter(&parameter.name, &parameter.value, &mut self.out);
        }
        self.macro_body(&found.body);
        self.push("</ac:structured-macro>");
    }

    /// The body of a macro with the tags around it.
    pub(in crate::markup::storage) fn macro_body(&mut self, body: &Body) {
        let name = match body {
            Body::None => return,
            Body::Plain(_) => "plain-text-body",
            Body::Inline(_) | Body::Blocks(_) => "rich-text-body",
        };
        self.push(&format!("<ac:{name}>"));
        self.body(body);
        self.push(&format!("</ac:{name}>"));
    }

    /// What stands in a body.
    pub(in crate::markup::storage) fn body(&mut self, body: &Body) {
        match body {
            Body::None => {}
            Body::Plain(text) => self.data(text),
            Body::Inline(content) => self.inlines(content),
            Body::Blocks(blocks) => self.blocks(blocks),
        }
    }
}

/// The parameters of a code block, those with fields of their own first.
pub(in crate::markup::storage) fn code_parameters(code: &Code) -> Vec<Parameter> {
    let language = code.language.as_deref().map(|text| ("language", text));
    let title = code.title.as_deref().map(|text| ("title", text));
    let further = code.parameters.iter();
    let further = further.map(|(name, text)| (name.as_str(), text.as_str()));
    let all = language.into_iter().chain(title).chain(further);
    all.map(|(name, text)| Parameter {
        name: name.to_owned(),
        value: Value::Text(text.to_owned()),
    })
    .collect()
}

/// Adds a parameter of a macro.
pub(in crate::markup::storage) fn add_parameter(name: &str, value: &Value, out: &mut String) {
    out.push_str("<ac:parameter");
    add_attribute("ac:name", name, out);
    out.push('>');
    add_value(value, out);
    out.push_str("</ac:parameter>");
}

/// Adds what stands in a parameter.
pub(in crate::markup::storage) fn add_value(value: &Value, out: &mut String) {
    match value {
        Value::Text(text) => add_text(text, out),
        Value::Target(target) => {
            let mut fresh = Fresh::default();
            let mut writer = Writer::new(&mut fresh);
            writer.parameter_target(target);
            out.push_str(&writer.finish());
        }
    }
}

//! Macros, code, links and images of the page of which only a part changed.

use std::ops::Range;

use super::{
    merger::Merger,
    tag::{Edit, apply, fill, set_attribute},
};
use crate::markup::{
    document::{Body, Code, Image, Inline, Link, Macro, Parameter, Target},
    storage::write::{add_data, add_parameter, add_text, add_value, code_parameters},
    xml::{self, Element, Node},
};

impl Merger<'_> {
    /// The macro of the page that has this one's number, with what changed.
    pub(super) fn referenced(&mut self, changed: &Macro) -> Option<String> {
        let base = self.plan.pool.reference(changed.reference?)?;
        Some(self.macro_(base, changed))
    }

    pub(super) fn macro_(&mut self, base: &Macro, changed: &Macro) -> String {
        let (Some(outer), Some(inner)) = (base.origin.outer(), base.origin.inner()) else {
            return self.written(|writer| writer.macro_(changed));
        };
        // Nothing but the number: the macro as it is.
        let is_bare = changed.parameters.is_empty() && changed.body == Body::None;
        if is_bare && changed.reference.is_some() {
            return self.text(outer).to_owned();
        }
        let mut edits = Vec::new();
        let mut rest = Change::default();
        match (&base.body, &changed.body) {
            (Body::Blocks(base), Body::Blocks(changed)) => {
                let content = self.blocks(inner.clone(), base, changed);
                if content != self.text(inner.clone()) {
                    edits.push(fill(self.source, outer.clone(), inner, content));
                }
            }
            (Body::Inline(base), Body::Inline(changed)) if base == changed => {}
            (Body::Inline(_), Body::Inline(changed)) => {
                let content = self.written(|writer| writer.inlines(changed));
                edits.push(fill(self.source, outer.clone(), inner, content));
            }
            (base, changed) if base != changed => {
                rest.body = Some(self.written(|writer| writer.macro_body(changed)));
            }
            _ => {}
        }
        if base.parameters != changed.parameters {
            rest.parameters = Some((&base.parameters, &changed.parameters));
        }
        if rest.is_needed() {
            let Some(element) = self.element(outer.clone()) else {
                return self.written(|writer| writer.macro_(changed));
            };
            if element.name == "ac:structured-macro" || element.name == "ac:macro" {
                rest.add_edits(self.source, &element, &mut edits);
            } else if rest.body.is_some() || !changed.is_element() {
                return self.written(|writer| writer.macro_(changed));
            } else if base.parameter("type") != changed.parameter("type") {
                edits.push(self.kind(&element, changed));
            }
        }
        apply(self.source, outer, edits)
    }

    pub(super) fn code(&mut self, base: &Code, changed: &Code) -> String {
        let fresh = |merger: &mut Self| merger.written(|writer| writer.code(changed));
        let Some(outer) = base.origin.outer() else {
            return fresh(self);
        };
        let Some(element) = self.element(outer.clone()) else {
            return fresh(self);
        };
        let (before, after) = (code_parameters(base), code_parameters(changed));
        let mut edits = Vec::new();
        if element.name == "pre" && before == after {
            let mut text = String::new();
            add_text(&changed.text, &mut text);
            edits.push(fill(
                self.source,
                element.outer.clone(),
                element.inner.clone(),
                text,
            ));
        } else if element.name == "ac:structured-macro" || element.name == "ac:macro" {
            let mut rest = Change {
                parameters: Some((before.as_slice(), after.as_slice()))
                    .filter(|(one, other)| one != other),
                body: None,
            };
            if base.text != changed.text {
                let mut data = String::new();
                add_data(&changed.text, &mut data);
                match element.child("ac:plain-text-body") {
                    Some(body) => edits.push(fill(
                        self.source,
                        body.outer.clone(),
                        body.inner.clone(),
                        data,
                    )),
                    None => {
                        let body = format!("<ac:plain-text-body>{data}</ac:plain-text-body>");
                        rest.body = Some(body);
                    }
                }
            }
            rest.add_edits(self.source, &element, &mut edits);
        } else {
            return fresh(self);
        }
        apply(self.source, outer, edits)
    }

    /// The part of a line of the page with what changed; none if it is to be written anew.
    pub(super) fn like(&mut self, base: &Inline, changed: &Inline) -> Option<String> {
        match (base, changed) {
            (Inline::Macro(base), Inline::Macro(changed)) => Some(self.macro_(base, changed)),
            (Inline::Link(base), Inline::Link(changed)) => self.link(base, changed),
            (Inline::Image(base), Inline::Image(changed)) => self.image(base, changed),
            _ => None,
        }
    }

    fn link(&mut self, base: &Link, changed: &Link) -> Option<String> {
        if base.tip != changed.tip {
            return None;
        }
        let outer = base.origin.outer()?;
        let element = self.element(outer.clone())?;
        let edit = if let Target::Url(url) = &changed.target
            && element.name == "a"
        {
            let mut content = self.written(|writer| writer.inlines(&changed.content));
            if changed.content.is_empty() {
                add_text(url, &mut content);
            }
            let (outer, inner) = (element.outer.clone(), element.inner.clone());
            fill(self.source, outer, inner, content)
        } else if element.name == "ac:link" {
            let body = self.written(|writer| writer.link_body(&changed.content));
            let known = ["ac:link-body", "ac:plain-text-link-body"];
            match known.iter().find_map(|name| element.child(name)) {
                Some(known) => (known.outer.clone(), body),
                None => append(self.source, &element, body),
            }
        } else {
            return None;
        };
        Some(apply(self.source, outer, vec![edit]))
    }

    fn image(&mut self, base: &Image, changed: &Image) -> Option<String> {
        let outer = base.origin.outer()?;
        let element = self.element(outer.clone())?;
        let prefix = if element.name == "ac:image" {
            "ac:"
        } else {
            ""
        };
        let start = element.outer.start..element.inner.start;
        let mut tag = self.text(start.clone()).to_owned();
        if base.alternative != changed.alternative {
            let name = format!("{prefix}alt");
            tag = set_attribute(&tag, &name, changed.alternative.as_deref());
        }
        let mut edits = Vec::new();
        for (name, value) in changed.attributes.iter().filter(is_attribute) {
            let known = base.attributes.iter().find(|known| known.0 == *name);
            if known.is_none_or(|known| known.1 != *value) {
                let value = if value.is_empty() { "true" } else { value };
                tag = set_attribute(&tag, &format!("{prefix}{name}"), Some(value));
            }
        }
        for (name, _) in base.attributes.iter().filter(is_attribute) {
            if !changed.attributes.iter().any(|known| known.0 == *name) {
                tag = set_attribute(&tag, &format!("{prefix}{name}"), None);
            }
        }
        edits.push((start, tag));
        let caption = |image: &Image| {
            let mut attributes = image.attributes.iter();
            attributes.find(|(name, _)| name == "caption").cloned()
        };
        if let Some(old) = element.child("ac:caption")
            && caption(base) != caption(changed)
        {
            let mut text = String::new();
            add_text(&caption(changed).unwrap_or_default().1, &mut text);
            let (outer, inner) = (old.outer.clone(), old.inner.clone());
            edits.push(fill(self.source, outer, inner, text));
        }
        Some(apply(self.source, outer, edits))
    }

    /// The edit of the one attribute that Confluence's own elements have.
    fn kind(&self, element: &Element, changed: &Macro) -> Edit {
        let start = element.outer.start..element.inner.start;
        let tag = set_attribute(
            self.text(start.clone()),
            "ac:type",
            changed.parameter("type"),
        );
        (start, tag)
    }

    /// The element at this place; that of a macro if only tags are around it.
    fn element(&self, outer: Range<usize>) -> Option<Element> {
        let source = self.text(outer.clone());
        let mut nodes = xml::read(source).ok()?;
        loop {
            let elements = nodes.iter().filter_map(|node| match node {
                Node::Element(element) => Some(element),
                _ => None,
            });
            let found = elements.into_iter().next()?;
            if found.name.starts_with("ac:")
                || found.name == "a"
                || found.name == "img"
                || found.name == "pre"
                || found.elements().count() != 1
            {
                return Some(moved(found.clone(), outer.start));
            }
            let children = found.children.clone();
            nodes = children;
        }
    }
}

/// A caption is told as an attribute but stands in the image.
fn is_attribute((name, _): &&(String, String)) -> bool {
    name != "caption"
}

/// The element and its children, which were read from here in the source.
fn moved(mut element: Element, by: usize) -> Element {
    let shift = |range: &Range<usize>| range.start + by..range.end + by;
    (element.outer, element.inner) = (shift(&element.outer), shift(&element.inner));
    for child in &mut element.children {
        if let Node::Element(child) = child {
            (child.outer, child.inner) = (shift(&child.outer), shift(&child.inner));
        }
    }
    element
}

/// The edit that adds something at the end of an element.
fn append(source: &str, element: &Element, new: String) -> Edit {
    let end = element.inner.end..element.inner.end;
    if element.inner.is_empty() {
        return fill(source, element.outer.clone(), end, new);
    }
    (end, new)
}

type Parameters<'a> = (&'a [Parameter], &'a [Parameter]);

/// What changed of a macro but for the content of its body.
#[derive(Default)]
struct Change<'a> {
    parameters: Option<Parameters<'a>>,
    /// Another kind of body, with its tags.
    body: Option<String>,
}

impl Change<'_> {
    fn is_needed(&self) -> bool {
        self.parameters.is_some() || self.body.is_some()
    }

    fn add_edits(self, source: &str, element: &Element, edits: &mut Vec<Edit>) {
        let mut added = String::new();
        if let Some((base, changed)) = self.parameters {
            let mut places = Places::new(element, base);
            for parameter in changed {
                places.put(source, parameter, edits, &mut added);
            }
            places.take_out(edits);
        }
        let bodies = ["ac:rich-text-body", "ac:plain-text-body"];
        let old = bodies.iter().find_map(|name| element.child(name));
        match (old, self.body) {
            (Some(old), Some(body)) => edits.push((old.outer.clone(), body)),
            (None, Some(body)) => added.push_str(&body),
            (_, None) => {}
        }
        if !added.is_empty() {
            edits.push(append(source, element, added));
        }
    }
}

/// Where the parameters of a macro of the page stand.
struct Places<'a> {
    /// Those that were told, and are not told yet in the change.
    told: Vec<(&'a Parameter, &'a Element)>,
    /// The others.
    untold: Vec<&'a Element>,
    /// Where a new one belongs; none in a macro without content.
    next: Option<usize>,
}

impl<'a> Places<'a> {
    fn new(element: &'a Element, base: &'a [Parameter]) -> Self {
        let is_parameter =
            |child: &&Element| matches!(&*child.name, "ac:parameter" | "ac:default-parameter");
        let mut untold: Vec<&Element> = element.elements().filter(is_parameter).collect();
        let start = untold.first().map(|first| first.outer.start);
        let inner = Some(element.inner.start).filter(|_| !element.inner.is_empty());
        let mut told = Vec::new();
        for parameter in base {
            let named = |child: &&Element| name_of(child) == parameter.name;
            // The language of code may stand without its name.
            let unnamed =
                |child: &&Element| parameter.name == "language" && name_of(child).is_empty();
            let place = untold.iter().position(named);
            let place = place.or_else(|| untold.iter().position(unnamed));
            if let Some(place) = place {
                told.push((parameter, untold.remove(place)));
            }
        }
        Self {
            told,
            untold,
            next: start.or(inner),
        }
    }

    /// Changes the value of a parameter in its place; a new one is put after the one before.
    fn put(
        &mut self,
        source: &str,
        parameter: &Parameter,
        edits: &mut Vec<Edit>,
        added: &mut String,
    ) {
        let mut told = self.told.iter();
        let place = told.position(|(known, _)| known.name == parameter.name);
        let told = place.map(|place| self.told.remove(place));
        // It may be there without being told, such as an empty one.
        let mut untold = self.untold.iter();
        let untold = untold.find(|child| name_of(child) == parameter.name);
        let element = told.map(|(_, element)| element).or(untold.copied());
        let Some(element) = element else {
            let mut new = String::new();
            add_parameter(&parameter.name, &parameter.value, &mut new);
            match self.next {
                Some(next) => edits.push((next..next, new)),
                None => added.push_str(&new),
            }
            return;
        };
        if told.is_none_or(|(known, _)| known.value != parameter.value) {
            let mut value = String::new();
            add_value(&parameter.value, &mut value);
            let (outer, inner) = (element.outer.clone(), element.inner.clone());
            edits.push(fill(source, outer, inner, value));
        }
        self.next = Some(element.outer.end);
    }

    /// Takes out those that are told no more.
    fn take_out(self, edits: &mut Vec<Edit>) {
        for (_, element) in self.told {
            edits.push((element.outer.clone(), String::new()));
        }
    }
}

fn name_of(parameter: &Element) -> &str {
    parameter.attribute("ac:name").unwrap_or_default()
}

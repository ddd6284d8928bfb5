//! Parts of a line: styles, signs and days.

use super::{flow::Flow, parts::Kind, reader::Reader};
use crate::markup::{
    document::{Body, Date, EMOTICONS, Emoticon, Inline, Macro, Parameter, Style, Value},
    xml::Element,
};

impl Reader<'_> {
    /// Reads an element that stands in a line; an unknown one is transparent.
    pub(super) fn inline(&mut self, element: &Element, flow: &mut Flow) {
        match element.name.as_str() {
            "br" => flow.push(Inline::Break, None),
            "strong" | "b" => self.styled(Style::Strong, element, flow),
            "em" | "i" | "dfn" | "var" => self.styled(Style::Emphasis, element, flow),
            "del" | "s" | "strike" => self.styled(Style::Strikethrough, element, flow),
            "u" | "ins" => self.styled(Style::Underline, element, flow),
            "sup" => self.styled(Style::Superscript, element, flow),
            "sub" => self.styled(Style::Subscript, element, flow),
            "cite" => self.styled(Style::Citation, element, flow),
            "code" | "tt" | "kbd" | "samp" => self.styled(Style::Monospace, element, flow),
            "span" | "font" => self.span(element, flow),
            "a" => self.anchor(element, flow),
            "img" => self.html_image(element, flow),
            "input" => input(element, flow),
            "time" => self.time(element, flow),
            "ac:link" => self.link(element, flow),
            "ac:image" => self.image(element, flow),
            "ac:emoticon" => self.emoticon(element, flow),
            "ac:placeholder" | "ac:inline-comment-marker" => self.marker(element, flow),
            name if name.starts_with("ri:") => self.resource(element, flow),
            _ => self.transparent(element, flow),
        }
    }

    /// Reads what stands in the element as if its tags were not there.
    pub(super) fn transparent(&mut self, element: &Element, flow: &mut Flow) {
        flow.open(None, element.outer.clone());
        self.walk(&element.children, flow);
        flow.close();
    }

    /// Reads what stands in the element in a style.
    pub(super) fn styled(&mut self, style: Style, element: &Element, flow: &mut Flow) {
        flow.open(Some(Kind::Styled(style)), element.outer.clone());
        self.walk(&element.children, flow);
        flow.close();
    }

    /// `<span style="...">` and `<font color="...">`.
    fn span(&mut self, element: &Element, flow: &mut Flow) {
        let mut styles = styles_of(element.attribute("style").unwrap_or_default());
        if element.name == "font" {
            styles.extend(element.attribute("color").and_then(color));
        }
        if styles.is_empty() {
            return self.transparent(element, flow);
        }
        let count = styles.len();
        for style in styles {
            flow.open(Some(Kind::Styled(style)), element.outer.clone());
        }
        self.walk(&element.children, flow);
        (0..count).for_each(|_| flow.close());
    }

    /// `<time datetime="...">`, which shows that day whatever stands in it.
    fn time(&mut self, element: &Element, flow: &mut Flow) {
        let day = element.attribute("datetime").unwrap_or_default().trim();
        if day.is_empty() {
            return self.transparent(element, flow);
        }
        let date = Date {
            day: day.to_owned(),
            origin: self.childless_origin(element),
        };
        self.push(Inline::Date(date), element, flow);
    }

    fn emoticon(&mut self, element: &Element, flow: &mut Flow) {
        let name = element.attribute("ac:name").unwrap_or_default();
        let sign = ["ac:emoji-fallback", "ac:emoji-shortname"]
            .iter()
            .find_map(|name| element.attribute(name).filter(|sign| !sign.is_empty()))
            .map(str::to_owned)
            .or_else(|| characters(element.attribute("ac:emoji-id")?));
        let origin = self.childless_origin(element);
        // A star in blue stands for every sign that the first emoticons did not have.
        let is_known = EMOTICONS.iter().any(|(known, _)| *known == name)
            && (name != "blue-star" || sign.is_none());
        let inline = if is_known {
            let name = name.to_owned();
            Inline::Emoticon(Emoticon { name, origin })
        } else {
            let name = (!name.is_empty()).then(|| name.to_owned());
            let told = [("name", name), ("sign", sign)];
            let told = told.into_iter().filter_map(|(name, value)| {
                Some(Parameter {
                    name: name.into(),
                    value: Value::Text(value?),
                })
            });
            Inline::Macro(Macro {
                name: "emoticon".into(),
                parameters: told.collect(),
                body: Body::None,
                reference: None,
                origin,
            })
        };
        self.push(inline, element, flow);
    }

    /// Appends what the whole element is.
    pub(super) fn push(&self, inline: Inline, element: &Element, flow: &mut Flow) {
        let run = self.has_source().then(|| element.outer.clone());
        flow.push(inline, run);
    }

    /// Where an element stands of whose content nothing is read.
    pub(super) fn childless_origin(&self, element: &Element) -> crate::markup::document::Origin {
        let end = element.outer.end;
        self.origin(&element.outer, &(end..end))
    }
}

/// A box to tick; where it is the first thing it makes a task of an item.
fn input(element: &Element, flow: &mut Flow) {
    if element.attribute("type") != Some("checkbox") {
        return;
    }
    let is_ticked = element.attribute("checked").is_some();
    if flow.is_empty() {
        flow.ticked = Some(is_ticked);
    } else {
        let sign = if is_ticked { "\u{2611}" } else { "\u{2610}" };
        flow.push(Inline::Text(sign.into()), None);
    }
}

/// The characters of an emoji's id, such as `1f468-200d-1f467`.
fn characters(id: &str) -> Option<String> {
    let code = |part| u32::from_str_radix(part, 16).ok().and_then(char::from_u32);
    id.split('-').map(code).collect()
}

/// What of a `style` attribute is told.
fn styles_of(css: &str) -> Vec<Style> {
    let mut styles = Vec::new();
    for declaration in css.split(';') {
        let Some((name, value)) = declaration.split_once(':') else {
            continue;
        };
        match name.trim().to_ascii_lowercase().as_str() {
            "color" => styles.extend(color(value)),
            "text-decoration" | "text-decoration-line" => {
                if value.contains("line-through") {
                    styles.push(Style::Strikethrough);
                }
                if value.contains("underline") {
                    styles.push(Style::Underline);
                }
            }
            _ => {}
        }
    }
    styles
}

/// A colour as CSS writes it; `rgb(255,0,0)` becomes `#ff0000`.
fn color(css: &str) -> Option<Style> {
    let css = css.trim();
    let css = css.strip_suffix("!important").unwrap_or(css).trim();
    let is_color = !matches!(css, "" | "inherit" | "initial" | "unset" | "currentcolor")
        && css
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || "#(),.% -".contains(c));
    is_color.then(|| Style::Color(hexadecimal(css).unwrap_or_else(|| css.to_owned())))
}

fn hexadecimal(css: &str) -> Option<String> {
    let parts = css.strip_prefix("rgb(")?.strip_suffix(')')?;
    let parts: Vec<u8> = parts
        .split(',')
        .map(|part| part.trim().parse().ok())
        .collect::<Option<_>>()?;
    match parts.as_slice() {
        [red, green, blue] => Some(format!("#{red:02x}{green:02x}{blue:02x}")),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_are_told_as_css_writes_them() {
        for (css, expected) in [
            ("color: red", Some("red")),
            (
                "margin: 0; COLOR : rgb( 255,0 , 16 ) !important;",
                Some("#ff0010"),
            ),
            ("color: rgba(0,0,0,0.5)", Some("rgba(0,0,0,0.5)")),
            ("color: #FFF", Some("#FFF")),
            ("background-color: red", None),
            ("color: inherit", None),
            ("color: \"><b>", None),
            ("color", None),
        ] {
            let expected = expected.map(|color| Style::Color(color.into()));
            assert_eq!(styles_of(css), Vec::from_iter(expected), "{css}");
        }
    }

    #[test]
    fn the_id_of_an_emoji_names_its_characters() {
        for (id, expected) in [
            ("1f600", Some("\u{1f600}")),
            ("2764-fe0f", Some("\u{2764}\u{fe0f}")),
            ("atlassian-yes", None),
            ("", None),
            ("ffffffff", None),
        ] {
            assert_eq!(characters(id).as_deref(), expected, "{id}");
        }
    }
}

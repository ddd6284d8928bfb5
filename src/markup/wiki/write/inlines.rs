//! Inlines: the parts of a line.

use super::{
    colors, deeper,
    escape::{self, Place},
    links,
    pieces::{Mark, Pieces},
    tags,
};
use crate::markup::document::{
    Body, EMOTICONS, Emoticon, Image, Inline, Link, Macro, Style, Styled, Target,
};

/// Writes a line, or the lines of a paragraph.
pub(super) fn write(content: &[Inline], place: Place) -> String {
    let mut writer = Inlines::default();
    writer.all(content, true);
    escape::write(writer.pieces.finish(place.in_cell), place)
}

/// Writes a heading, in which a break is a space.
pub(super) fn write_heading(content: &[Inline], in_cell: bool) -> String {
    let mut writer = Inlines {
        breaks_are_spaces: true,
        ..Inlines::default()
    };
    writer.all(content, true);
    let place = Place {
        starts_line: false,
        in_cell,
    };
    escape::write(writer.pieces.finish(false), place)
}

#[derive(Default)]
struct Inlines {
    pieces: Pieces,
    breaks_are_spaces: bool,
    in_color: bool,
}

impl Inlines {
    /// `reaches_edge` tells whether the content ends where the line ends.
    fn all(&mut self, content: &[Inline], reaches_edge: bool) {
        let mut previous = None;
        let mut rest = content.iter().peekable();
        while let Some(inline) = rest.next() {
            let starts = previous.map_or(self.pieces.is_empty(), ends_with_space);
            let ends = rest
                .peek()
                .map_or(reaches_edge, |next| starts_with_space(next));
            self.inline(inline, starts && ends);
            previous = Some(inline);
        }
    }

    /// `stands_alone` tells whether only space or the line's edge is beside it.
    fn inline(&mut self, inline: &Inline, stands_alone: bool) {
        match inline {
            Inline::Text(text) => self.pieces.text(text),
            Inline::Code(text) => self.marked(Mark::Monospace, |inlines| inlines.pieces.text(text)),
            Inline::Styled(styled) => deeper(|| self.styled(styled)),
            Inline::Link(link) => deeper(|| self.link(link, stands_alone)),
            Inline::Image(image) => self.image(image),
            Inline::Emoticon(emoticon) => self.emoticon(emoticon),
            Inline::Date(date) => self.pieces.text(&date.day),
            Inline::Macro(found) => deeper(|| self.inline_macro(found)),
            Inline::Break if self.breaks_are_spaces => self.pieces.text(" "),
            Inline::Break => self.pieces.line_end(),
        }
    }

    fn marked(&mut self, mark: Mark, content: impl FnOnce(&mut Self)) {
        let is_new = self.pieces.open(mark);
        content(self);
        if is_new {
            self.pieces.close(mark);
        }
    }

    fn styled(&mut self, styled: &Styled) {
        let mark = match &styled.style {
            Style::Strong => Mark::Strong,
            Style::Emphasis => Mark::Emphasis,
            Style::Strikethrough => Mark::Strikethrough,
            Style::Underline => Mark::Underline,
            Style::Superscript => Mark::Superscript,
            Style::Subscript => Mark::Subscript,
            Style::Citation => Mark::Citation,
            Style::Monospace => Mark::Monospace,
            Style::Color(color) => return self.colored(color, &styled.content),
        };
        self.marked(mark, |inlines| inlines.all(&styled.content, false));
    }

    fn colored(&mut self, color: &str, content: &[Inline]) {
        if self.in_color {
            self.all(content, false);
        } else if content.iter().any(colors::has_color) {
            self.all(&colors::flatten(color, content), false);
        } else {
            self.in_color = true;
            self.pieces
                .raw(format!("{{color:{}}}", tags::value(color.trim())));
            self.all(content, false);
            self.pieces.raw("{color}");
            self.in_color = false;
        }
    }

    fn link(&mut self, link: &Link, stands_alone: bool) {
        let address = links::address(&link.target);
        if let (Target::Url(_), true, true) = (&link.target, link.content.is_empty(), stands_alone)
            && self.pieces.is_outermost()
            && !self.in_color
            && link.tip.is_none()
            && links::is_bare(&address)
        {
            return self.pieces.raw(address);
        }
        if !self.pieces.open(Mark::Link) {
            // A link within a link: the outer one leads where the text says.
            return self.all(&link.content, false);
        }
        // Only an address is no text of its own where it stands as one.
        let is_url = matches!(link.target, Target::Url(_));
        let tip = link
            .tip
            .as_deref()
            .filter(|_| is_url || !link.content.is_empty());
        if link.content.is_empty() {
            if tip.is_some() {
                self.pieces.text(&address);
                self.pieces.raw("|");
            }
            self.pieces.raw(address);
        } else {
            self.all(&link.content, false);
            self.pieces.raw(format!("|{address}"));
        }
        if let Some(tip) = tip {
            self.pieces.raw(format!("|{}", links::escaped(tip)));
        }
        // Closed before its `]`, which is no text, and after what leads somewhere.
        self.pieces.close(Mark::Link);
        self.pieces.raw("]");
    }

    fn image(&mut self, image: &Image) {
        self.pieces.apart(links::image(image));
    }

    fn emoticon(&mut self, emoticon: &Emoticon) {
        let known = EMOTICONS.iter().find(|(name, _)| *name == emoticon.name);
        match (emoticon.name.as_str(), known) {
            ("heart", _) => self.pieces.apart("<3"),
            ("broken-heart", _) => self.pieces.apart("</3"),
            (_, Some((_, Some(notation)))) => self.pieces.apart(*notation),
            (name, _) => self.pieces.text(&format!(":{name}:")),
        }
    }

    fn inline_macro(&mut self, found: &Macro) {
        if found.is_element() {
            return self.body(&found.body);
        }
        let (opening, closing) = tags::pair(found);
        self.pieces.raw(opening);
        if found.body != Body::None {
            self.body(&found.body);
            self.pieces.raw(closing);
        }
    }

    fn body(&mut self, body: &Body) {
        match body {
            Body::None => {}
            Body::Plain(text) => self.pieces.raw(text.as_str()),
            Body::Inline(content) => self.all(content, false),
            Body::Blocks(blocks) => self.pieces.raw(format!("\n{}\n", super::blocks(blocks))),
        }
    }
}

fn ends_with_space(inline: &Inline) -> bool {
    match inline {
        Inline::Text(text) => text.ends_with(' '),
        Inline::Break => true,
        _ => false,
    }
}

fn starts_with_space(inline: &Inline) -> bool {
    match inline {
        Inline::Text(text) => text.starts_with(' '),
        Inline::Break => true,
        _ => false,
    }
}

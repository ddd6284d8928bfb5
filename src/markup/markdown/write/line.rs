//! The parts of a line taken apart into pieces: plain text, marks and what stands for itself.

use crate::markup::{
    document::{Body, Date, Emoticon, Inline, Macro, Style},
    elements,
    markdown::{attributes, notation},
    xml::Node,
};

use super::{link, tag};

/// A piece of a line; texts are not empty.
#[derive(Debug, Clone)]
pub(super) enum Piece {
    /// Text that must be read as it is.
    Text(Text),
    /// Text that must be read as a link, a mention or an emoticon.
    Atom(Atom),
    /// Markdown or HTML.
    Markup(String),
    /// Where a style begins, by its number in [`Line::styles`].
    Open(usize),
    /// Where it ends.
    Close(usize),
    /// The end of a line.
    Break,
}

/// Plain text.
#[derive(Debug, Clone)]
pub(super) struct Text {
    pub(super) text: String,
    /// Whether it is the text of a link, in which brackets must match.
    pub(super) is_in_link: bool,
}

/// Text that says more than its letters.
#[derive(Debug, Clone)]
pub(super) struct Atom {
    pub(super) text: String,
    /// What is written if the text would not be read as an atom where it stands.
    pub(super) otherwise: String,
    pub(super) is_in_link: bool,
}

/// Where a line stands, as far as it matters to how it is written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Place {
    /// In a cell of a pipe table.
    pub(super) is_cell: bool,
    /// In the text of a link.
    pub(super) is_in_link: bool,
    /// Between tags, where `<` begins one even after a backslash.
    pub(super) is_in_html: bool,
}

/// A line taken apart.
#[derive(Debug, Default)]
pub(super) struct Line {
    pub(super) pieces: Vec<Piece>,
    pub(super) styles: Vec<Style>,
    pub(super) place: Place,
}

impl Line {
    pub(super) fn of(inlines: &[Inline], place: Place) -> Self {
        let mut line = Self {
            place,
            ..Self::default()
        };
        line.add_all(inlines);
        line
    }

    pub(super) fn add_all(&mut self, inlines: &[Inline]) {
        for inline in inlines {
            self.add(inline);
        }
    }

    pub(super) fn text(&mut self, text: &str) {
        if !text.is_empty() {
            self.pieces.push(Piece::Text(Text {
                text: text.to_owned(),
                is_in_link: self.place.is_in_link,
            }));
        }
    }

    pub(super) fn markup(&mut self, markup: impl Into<String>) {
        let markup = markup.into();
        if !markup.is_empty() {
            self.pieces.push(Piece::Markup(markup));
        }
    }

    pub(super) fn atom(&mut self, text: String, otherwise: String) {
        self.pieces.push(Piece::Atom(Atom {
            text,
            otherwise,
            is_in_link: self.place.is_in_link,
        }));
    }

    /// Adds what stands in a link.
    pub(super) fn add_in_link(&mut self, content: &[Inline]) {
        let is_in_link = std::mem::replace(&mut self.place.is_in_link, true);
        stacker::maybe_grow(64 << 10, 1 << 20, || self.add_all(content));
        self.place.is_in_link = is_in_link;
    }

    fn add(&mut self, inline: &Inline) {
        match inline {
            Inline::Text(text) => self.text(text),
            Inline::Code(text) if self.place.is_in_link && text.contains("]:") => {
                // At the start of a paragraph this would be the definition of a link.
                self.markup("<code>");
                self.text(text);
                self.markup("</code>");
            }
            Inline::Code(text) => self.markup(code(text, self.place)),
            Inline::Styled(styled) => {
                let number = self.styles.len();
                self.styles.push(styled.style.clone());
                self.pieces.push(Piece::Open(number));
                stacker::maybe_grow(64 << 10, 1 << 20, || self.add_all(&styled.content));
                self.pieces.push(Piece::Close(number));
            }
            Inline::Link(found) => link::write(found, self),
            Inline::Image(image) => link::image(image, self),
            Inline::Emoticon(emoticon) => self.emoticon(emoticon),
            Inline::Date(date) => self.date(date),
            Inline::Macro(found) => self.add_macro(found),
            Inline::Break if self.place.is_cell => self.markup("<br>"),
            Inline::Break => self.pieces.push(Piece::Break),
        }
    }

    fn emoticon(&mut self, emoticon: &Emoticon) {
        let mut otherwise = "<ac-emoticon".to_owned();
        attributes::write("name", &emoticon.name, &mut otherwise);
        otherwise.push_str("/>");
        self.atom(format!(":{}:", emoticon.name), otherwise);
    }

    fn date(&mut self, date: &Date) {
        let mut markup = "<time".to_owned();
        attributes::write("datetime", &date.day, &mut markup);
        markup.push_str("/>");
        self.markup(markup);
    }

    fn add_macro(&mut self, found: &Macro) {
        let mut opening = tag::opening(found);
        match &found.body {
            Body::None => opening.push_str("/>"),
            Body::Plain(text) => {
                attributes::write(notation::BODY, text, &mut opening);
                opening.push_str("/>");
            }
            Body::Inline(_) | Body::Blocks(_) => opening.push('>'),
        }
        self.markup(opening);
        match &found.body {
            Body::None | Body::Plain(_) => return,
            Body::Inline(content) => {
                stacker::maybe_grow(64 << 10, 1 << 20, || self.add_all(content));
            }
            Body::Blocks(content) => {
                let line = elements::inlines(&[Node::Blocks(content.clone())]);
                self.add_all(&line);
            }
        }
        self.markup(tag::closing(found));
    }
}

/// A code span.
fn code(text: &str, place: Place) -> String {
    if text.contains(['\n', '\r']) {
        // Marks of their own would make spaces of the line ends.
        return format!("`{}`", text.replace("\r\n", " ").replace(['\n', '\r'], " "));
    }
    let runs = text.split(|c| c != '`').map(str::len);
    let marks = "`".repeat(runs.max().unwrap_or_default() + 1);
    let is_spaces = text.bytes().all(|byte| byte == b' ');
    let needs_space = text.starts_with('`')
        || text.ends_with('`')
        || (text.starts_with(' ') && text.ends_with(' ') && !is_spaces);
    let space = if needs_space { " " } else { "" };
    let text = if place.is_cell {
        text.replace('|', "\\|")
    } else {
        text.to_owned()
    };
    format!("{marks}{space}{text}{space}{marks}")
}

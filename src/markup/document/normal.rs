//! The normal form of a line: what looks the same is told in one way.

use super::{Body, Inline, Link, Macro, Style, Styled, Target};

/// White space that a browser shows as one space, however much of it there is.
const SPACES: [char; 5] = [' ', '\t', '\n', '\r', '\u{c}'];

/// The parts of a line in normal form; empty if nothing of them can be seen.
///
/// White space is collapsed and stands between what can be seen: not at the ends, not around line
/// breaks, not at the ends within what is styled, linked or in a macro. Line breaks stand within a
/// line and outside of what they would end. Neighbours of one kind are one; a style does not stand
/// within itself. Monospace without marks is code. A link whose text is its address has no text.
pub(crate) fn normal(inlines: Vec<Inline>) -> Vec<Inline> {
    settle(inlines, false)
}

/// The same for a text without line breaks, such as a heading: a space stands in their place.
pub(crate) fn normal_line(inlines: Vec<Inline>) -> Vec<Inline> {
    settle(inlines, true)
}

/// Whether nothing of the text can be seen.
pub(crate) fn is_blank(text: &str) -> bool {
    let is_unseen = |c| matches!(c, '\u{ad}' | '\u{200b}' | '\u{2060}' | '\u{feff}');
    text.chars().all(|c| c.is_whitespace() || is_unseen(c))
}

fn settle(inlines: Vec<Inline>, is_single: bool) -> Vec<Inline> {
    let mut line = Line::new(is_single);
    line.add_all(inlines, &mut Vec::new());
    if line.is_blank() {
        Vec::new()
    } else {
        line.content
    }
}

/// White space and line breaks between two things that can be seen.
#[derive(Debug, Default, Clone, Copy)]
struct Gap {
    has_space: bool,
    breaks: usize,
}

impl Gap {
    fn add(&mut self, other: Self) {
        self.has_space |= other.has_space;
        self.breaks += other.breaks;
    }
}

/// A line, or what stands within a part of it, as far as it is known.
#[derive(Debug)]
struct Line {
    /// Whether line breaks become spaces.
    is_single: bool,
    /// What stood before the content.
    before: Gap,
    content: Vec<Inline>,
    /// What stands after the content so far.
    after: Gap,
}

impl Line {
    fn new(is_single: bool) -> Self {
        Self {
            is_single,
            before: Gap::default(),
            content: Vec::new(),
            after: Gap::default(),
        }
    }

    fn is_blank(&self) -> bool {
        self.content.iter().all(|inline| match inline {
            Inline::Text(text) => is_blank(text),
            Inline::Break => true,
            _ => false,
        })
    }

    /// `styles` are those that the parts stand in.
    fn add_all(&mut self, inlines: Vec<Inline>, styles: &mut Vec<Style>) {
        for inline in inlines {
            self.add(inline, styles);
        }
    }

    fn add(&mut self, inline: Inline, styles: &mut Vec<Style>) {
        match inline {
            Inline::Text(text) => self.add_text(&text),
            Inline::Break if self.is_single => self.after.has_space = true,
            Inline::Break => self.after.breaks += 1,
            Inline::Code(code) if is_blank(&code) || styles.contains(&Style::Monospace) => {
                self.add_text(&code);
            }
            Inline::Code(code) => self.put(Inline::Code(on_one_line(code))),
            Inline::Styled(styled) => self.add_styled(styled, styles),
            Inline::Link(link) => self.add_link(link, styles),
            Inline::Macro(found) => self.add_macro(found, styles),
            Inline::Image(_) | Inline::Emoticon(_) | Inline::Date(_) => self.put(inline),
        }
    }

    fn add_text(&mut self, text: &str) {
        let inner = text.trim_matches(SPACES);
        if inner.is_empty() {
            self.after.has_space |= !text.is_empty();
            return;
        }
        self.after.has_space |= text.starts_with(SPACES);
        self.put(Inline::Text(collapse(inner)));
        self.after.has_space = text.ends_with(SPACES);
    }

    fn add_styled(&mut self, styled: Styled, styles: &mut Vec<Style>) {
        let Styled { style, content } = styled;
        if is_within(&style, styles) {
            return stacker::maybe_grow(64 << 10, 1 << 20, || self.add_all(content, styles));
        }
        styles.push(style.clone());
        let mut part = self.part(content, styles);
        styles.pop();
        self.after.add(part.before);
        if part.is_blank() {
            part.content.into_iter().for_each(|inline| self.put(inline));
        } else {
            let content = std::mem::take(&mut part.content);
            self.put(styled_or_code(style, content));
        }
        self.after.add(part.after);
    }

    fn add_link(&mut self, mut link: Link, styles: &mut Vec<Style>) {
        let part = self.part(std::mem::take(&mut link.content), styles);
        self.after.add(part.before);
        if !part.is_blank() {
            link.content = part.content;
        }
        if let (Target::Url(address), [Inline::Text(text)]) =
            (&link.target, link.content.as_slice())
            && address == text
        {
            link.content.clear();
        }
        self.put(Inline::Link(link));
        self.after.add(part.after);
    }

    fn add_macro(&mut self, mut found: Macro, styles: &mut Vec<Style>) {
        let content = match &mut found.body {
            Body::Inline(content) => std::mem::take(content),
            Body::Blocks(blocks) if blocks.is_empty() => Vec::new(),
            Body::None | Body::Plain(_) | Body::Blocks(_) => {
                return self.put(Inline::Macro(found));
            }
        };
        let part = self.part(content, styles);
        self.after.add(part.before);
        found.body = Body::Inline(part.content);
        self.put(Inline::Macro(found));
        self.after.add(part.after);
    }

    /// What stands within a part of the line.
    fn part(&self, inlines: Vec<Inline>, styles: &mut Vec<Style>) -> Self {
        let mut part = Self::new(self.is_single);
        stacker::maybe_grow(64 << 10, 1 << 20, || part.add_all(inlines, styles));
        part
    }

    /// Appends what can be seen, after what stands between it and the content so far.
    fn put(&mut self, inline: Inline) {
        let gap = std::mem::take(&mut self.after);
        if self.content.is_empty() {
            self.before.add(gap);
        } else if gap.breaks > 0 {
            self.content
                .extend(std::iter::repeat_n(Inline::Break, gap.breaks));
        } else if gap.has_space {
            join(&mut self.content, Inline::Text(" ".into()));
        }
        join(&mut self.content, inline);
    }
}

/// A typewriter's letters without marks of their own are code; of two colours the inner is seen.
fn styled_or_code(style: Style, mut content: Vec<Inline>) -> Inline {
    match (&style, content.as_mut_slice()) {
        (Style::Monospace, [Inline::Text(text)]) => Inline::Code(std::mem::take(text)),
        (Style::Color(_), [Inline::Styled(inner)]) if matches!(inner.style, Style::Color(_)) => {
            Inline::Styled(Styled {
                style: inner.style.clone(),
                content: std::mem::take(&mut inner.content),
            })
        }
        _ => Inline::Styled(Styled { style, content }),
    }
}

/// Whether what stands in `styles` has this style already.
fn is_within(style: &Style, styles: &[Style]) -> bool {
    if let Style::Color(_) = style {
        let is_color = |known: &&Style| matches!(known, Style::Color(_));
        styles.iter().rev().find(is_color) == Some(style)
    } else {
        styles.contains(style)
    }
}

/// Appends to a line in normal form; neighbours of one kind become one.
fn join(line: &mut Vec<Inline>, inline: Inline) {
    match (line.last_mut(), inline) {
        (Some(Inline::Text(last)), Inline::Text(text)) => last.push_str(&text),
        (Some(Inline::Code(last)), Inline::Code(code)) => last.push_str(&code),
        (Some(Inline::Styled(last)), Inline::Styled(more)) if last.style == more.style => {
            let mut more = more.content.into_iter();
            if let Some(first) = more.next() {
                stacker::maybe_grow(64 << 10, 1 << 20, || join(&mut last.content, first));
            }
            last.content.extend(more);
        }
        (_, inline) => line.push(inline),
    }
}

fn collapse(text: &str) -> String {
    let mut collapsed = String::with_capacity(text.len());
    let words = text.split(SPACES).filter(|word| !word.is_empty());
    for (number, word) in words.enumerate() {
        if number > 0 {
            collapsed.push(' ');
        }
        collapsed.push_str(word);
    }
    collapsed
}

fn on_one_line(code: String) -> String {
    if code.contains(['\n', '\r']) {
        code.replace("\r\n", " ").replace(['\n', '\r'], " ")
    } else {
        code
    }
}

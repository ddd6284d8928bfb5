//! The parser's events.

use std::ops::Range;

use pulldown_cmark::{
    BlockQuoteKind, CodeBlockKind, CowStr, Event, LinkType, Options, Parser, Tag, TagEnd,
};

use super::{
    builder::{Builder, Extent},
    frame::{Code, Image, Kind, Link, Paragraph, Quote, TableRow},
};
use crate::markup::{
    Damaged,
    document::{Block, Inline, ListKind, Origin, Style, Target},
    elements::parse_target,
    markdown::notation,
    xml::Node,
};

impl Builder<'_> {
    /// Reads Markdown into what is open.
    pub(super) fn read(&mut self, source: &str, extent: Extent) -> Result<(), Damaged> {
        let mut options = Options::ENABLE_STRIKETHROUGH | Options::ENABLE_WIKILINKS;
        if extent == Extent::Document {
            options |= Options::ENABLE_TABLES
                | Options::ENABLE_TASKLISTS
                | Options::ENABLE_GFM
                | Options::ENABLE_FOOTNOTES;
        }
        let before = std::mem::replace(&mut self.extent, extent);
        let mut text_end = 0;
        for (event, range) in Parser::new_ext(source, options).into_offset_iter() {
            if self.left_out > 0 {
                match event {
                    Event::Start(_) => self.left_out += 1,
                    Event::End(_) => self.left_out -= 1,
                    _ => {}
                }
                continue;
            }
            // Where the last event ended, or the one began in which the next stands.
            let end = match event {
                Event::Start(_) => range.start,
                _ => range.end,
            };
            match event {
                Event::Text(text) => self.text(source, &text, &range, text_end)?,
                Event::Start(tag) => self.start(source, tag, &range)?,
                event => self.event(event)?,
            }
            text_end = end;
        }
        self.end_implied_paragraph()?;
        self.extent = before;
        Ok(())
    }

    fn event(&mut self, event: Event<'_>) -> Result<(), Damaged> {
        match event {
            Event::Code(text) => self.inline(Inline::Code(text.into_string())),
            Event::Html(text) => {
                if let Some(Kind::Html(html)) = self.top().map(|frame| &mut frame.kind) {
                    html.push_str(&text);
                }
                Ok(())
            }
            Event::InlineHtml(text) => self.inline_html(&text),
            Event::SoftBreak => {
                self.begin_line()?;
                self.run.push("\n");
                Ok(())
            }
            Event::HardBreak => self.inline(Inline::Break),
            Event::Rule => self.block(Block::Rule(Origin::default())),
            Event::TaskListMarker(is_done) => {
                let item = self.frames_mut().find_map(|frame| match &mut frame.kind {
                    Kind::Item(done) => Some(done),
                    _ => None,
                });
                if let Some(done) = item {
                    *done = Some(is_done);
                }
                Ok(())
            }
            Event::FootnoteReference(label) => {
                let is_in_link = self.is_in_link();
                let reference = self.notes.reference(&label, is_in_link);
                self.inline(reference)
            }
            Event::End(tag) => self.end(tag),
            Event::Text(text) | Event::InlineMath(text) | Event::DisplayMath(text) => {
                self.begin_line()?;
                self.run.push(&text);
                Ok(())
            }
            Event::Start(_) => Ok(()),
        }
    }

    /// Appends a block.
    pub(super) fn block(&mut self, block: Block) -> Result<(), Damaged> {
        self.end_implied_paragraph()?;
        self.push(Node::Blocks(vec![block]));
        Ok(())
    }

    fn text(
        &mut self,
        source: &str,
        text: &CowStr<'_>,
        range: &Range<usize>,
        text_end: usize,
    ) -> Result<(), Damaged> {
        if let Some(Kind::Code(code)) = self.top().map(|frame| &mut frame.kind) {
            code.text.push_str(text);
            return Ok(());
        }
        self.begin_line()?;
        let before = range.start.checked_sub(1);
        let has_backslash = before.is_some_and(|before| {
            before >= text_end && source.as_bytes().get(before) == Some(&b'\\')
        });
        let is_entity = range.len() != text.len();
        if has_backslash || is_entity {
            self.run.push_plain(text);
        } else {
            self.run.push(text);
        }
        Ok(())
    }

    fn start(&mut self, source: &str, tag: Tag<'_>, range: &Range<usize>) -> Result<(), Damaged> {
        if self.extent == Extent::Line && matches!(tag, Tag::Paragraph) {
            return Ok(());
        }
        if self.is_too_deep() {
            self.leave_out()?;
            self.left_out = 1;
            return Ok(());
        }
        let kind = self.kind(source, tag, range);
        match kind {
            Kind::Styled(_) | Kind::Link(_) | Kind::Image(_) => self.begin_line()?,
            _ => self.end_implied_paragraph()?,
        }
        self.open(kind)
    }

    fn end(&mut self, tag: TagEnd) -> Result<(), Damaged> {
        match tag {
            TagEnd::Paragraph if self.extent == Extent::Line => return Ok(()),
            TagEnd::Paragraph => return self.close_paragraph(),
            TagEnd::Strong
            | TagEnd::Emphasis
            | TagEnd::Strikethrough
            | TagEnd::Superscript
            | TagEnd::Subscript
            | TagEnd::Link
            | TagEnd::Image => {}
            _ => self.end_implied_paragraph()?,
        }
        self.close_tags()?;
        self.close_frame()
    }

    fn kind(&self, source: &str, tag: Tag<'_>, range: &Range<usize>) -> Kind {
        let written = || source.get(range.clone()).unwrap_or_default();
        match tag {
            Tag::Paragraph => Kind::Paragraph(Paragraph::Told),
            Tag::Heading { level, .. } => Kind::Heading(u8::try_from(level as usize).unwrap_or(6)),
            Tag::BlockQuote(kind) => Kind::Quote(quote(kind, written())),
            Tag::CodeBlock(kind) => Kind::Code(Code {
                info: match kind {
                    CodeBlockKind::Indented => String::new(),
                    CodeBlockKind::Fenced(_) => info(written()).to_owned(),
                },
                text: String::new(),
            }),
            Tag::HtmlBlock => Kind::Html(String::new()),
            Tag::List(first) => {
                let kind = first.map_or(ListKind::Bullet, |first| {
                    ListKind::Ordered(u32::try_from(first).unwrap_or(1))
                });
                Kind::List(kind, Vec::new())
            }
            Tag::Item => Kind::Item(None),
            Tag::FootnoteDefinition(label) => Kind::Note(label.into_string()),
            Tag::Table(_) => Kind::Table(Vec::new()),
            Tag::TableHead | Tag::TableRow => Kind::Row(TableRow {
                is_header: matches!(tag, Tag::TableHead),
                cells: Vec::new(),
            }),
            Tag::TableCell => Kind::Cell,
            Tag::Strong => Kind::Styled(Style::Strong),
            Tag::Emphasis => Kind::Styled(Style::Emphasis),
            Tag::Strikethrough => Kind::Styled(Style::Strikethrough),
            Tag::Superscript => Kind::Styled(Style::Superscript),
            Tag::Subscript => Kind::Styled(Style::Subscript),
            Tag::Link {
                link_type,
                dest_url,
                title,
                ..
            } => Kind::Link(self.link(link_type, &dest_url, &title)),
            Tag::Image {
                link_type: LinkType::WikiLink { has_pothole },
                dest_url,
                ..
            } => Kind::Image(Image {
                target: Target::Attachment {
                    name: words(&dest_url),
                    on: None,
                },
                shows_target: !has_pothole,
            }),
            Tag::Image { dest_url, .. } => {
                let known = parse_target(&dest_url);
                let known = known.filter(|target| !matches!(target, Target::Anchor(_)));
                Kind::Image(Image {
                    target: known.unwrap_or_else(|| address(&dest_url)),
                    shows_target: false,
                })
            }
            Tag::MetadataBlock(_)
            | Tag::DefinitionList
            | Tag::DefinitionListTitle
            | Tag::DefinitionListDefinition => Kind::Paragraph(Paragraph::Told),
        }
    }

    fn link(&self, link_type: LinkType, destination: &str, title: &str) -> Link {
        let (target, shows_target) = match link_type {
            LinkType::WikiLink { has_pothole } => (page(destination), !has_pothole),
            LinkType::Email => (Target::Url(format!("mailto:{destination}")), false),
            _ => {
                let known = parse_target(destination);
                let target = known.unwrap_or_else(|| address(destination));
                (target, link_type == LinkType::Autolink)
            }
        };
        Link {
            target: self.page_of(target),
            tip: (!title.is_empty()).then(|| title.to_owned()),
            shows_target,
        }
    }
}

/// What stands after the marks of a fence, as it is written.
fn info(written: &str) -> &str {
    let line = written.split('\n').next().unwrap_or_default();
    let mark = if line.starts_with('~') { '~' } else { '`' };
    line.trim_start_matches(mark)
}

fn quote(kind: Option<BlockQuoteKind>, written: &str) -> Quote {
    let native = kind.map(|kind| match kind {
        BlockQuoteKind::Note => "info",
        BlockQuoteKind::Tip => "tip",
        BlockQuoteKind::Important => "note",
        BlockQuoteKind::Warning | BlockQuoteKind::Caution => "warning",
    });
    let titled = || {
        let rest = written.strip_prefix('>')?.trim_start_matches([' ', '\t']);
        let (name, after) = rest.strip_prefix("[!")?.split_once(']')?;
        if after.starts_with(['(', '[', ':']) {
            // It is the text of a link.
            return None;
        }
        if name.eq_ignore_ascii_case("caution") {
            return Some("warning");
        }
        let mut alerts = notation::ALERTS.iter();
        alerts.find_map(|(found, alert)| name.eq_ignore_ascii_case(alert).then_some(*found))
    };
    let titled = if native.is_none() { titled() } else { None };
    Quote {
        alert: native.or(titled),
        has_title_line: titled.is_some(),
        title: None,
    }
}

/// An address, in which an entity may have hidden a line end.
fn address(destination: &str) -> Target {
    let is_control = |c: char| c.is_ascii_control();
    if !destination.contains(is_control) {
        return Target::Url(destination.to_owned());
    }
    let controls = percent_encoding::CONTROLS;
    Target::Url(percent_encoding::utf8_percent_encode(destination, controls).to_string())
}

/// The words with one space between them.
fn words(text: &str) -> String {
    text.split_ascii_whitespace().collect::<Vec<_>>().join(" ")
}

/// The page that a wikilink names: `SPACE:Title#anchor`.
fn page(notation: &str) -> Target {
    let notation = words(notation);
    let decode = |part: &str| {
        let decoded = percent_encoding::percent_decode_str(part).decode_utf8();
        decoded.map_or_else(|_| part.to_owned(), std::borrow::Cow::into_owned)
    };
    let (path, anchor) = match notation.split_once('#') {
        Some((path, anchor)) if !anchor.is_empty() => (path, Some(decode(anchor.trim()))),
        Some((path, _)) => (path, None),
        None => (notation.as_str(), None),
    };
    if path.trim().is_empty() {
        let anchor = anchor.filter(|anchor| !anchor.is_empty());
        return anchor.map_or_else(|| Target::Url(String::new()), Target::Anchor);
    }
    let (space, title) = match path.split_once(':') {
        Some((space, title)) if !title.trim().is_empty() => (Some(space), title),
        _ => (None, path),
    };
    Target::Page {
        space: space
            .map(|space| decode(space.trim()))
            .filter(|space| !space.is_empty()),
        title: decode(title.trim()),
        anchor,
    }
}

//! What is read, as it comes: blocks, and the line between them that is not finished yet.

use std::ops::Range;

use super::parts::{Kind, block_of, is_for_blocks, wrap};
use crate::markup::document::{
    Block, Heading, Inline, Link, Origin, Paragraph, Style, normal, normal_line,
};

/// Deeper styles are left out: nobody means them, and each paragraph within would repeat them.
const MOST_STYLES: usize = 16;

/// Collects inlines and blocks; inlines between blocks become paragraphs.
///
/// An element within a line is a frame. If a block comes while it is open, it is split: what
/// stands in it before and after becomes paragraphs of their own, each of which repeats its style.
/// So the bytes of a paragraph never hold a start tag without its end tag.
#[derive(Debug)]
pub(super) struct Flow {
    blocks: Vec<Block>,
    /// The unfinished line; each frame owns what comes after its `start`.
    line: Vec<Inline>,
    frames: Vec<Frame>,
    /// Whether something of the line can be seen.
    has_run: bool,
    /// How many of the frames, from the outermost, are split by a block.
    split: usize,
    /// The frames that set text apart, by their index.
    wraps: Vec<usize>,
    /// Whether the line stands in a paragraph or the like rather than between blocks.
    is_line: bool,
    /// Whether what would end a paragraph is a line break only.
    keeps_line: bool,
    /// Whether a box is a part of the line too, as long as that is kept.
    keeps_boxes: bool,
    /// There if a box to tick was the first thing that came: whether it is ticked.
    pub(super) ticked: Option<bool>,
}

#[derive(Debug)]
struct Frame {
    start: usize,
    /// What it does to what stands in it, if anything.
    kind: Option<Kind>,
    /// Whether a part of it has become a link already.
    is_used: bool,
    /// The element's bytes.
    outer: Range<usize>,
    /// The bytes of what can be seen in the frame's part of the line.
    run: Option<Range<usize>>,
}

impl Flow {
    /// A flow of blocks.
    pub(super) fn new() -> Self {
        let outermost = Frame {
            start: 0,
            kind: None,
            is_used: false,
            outer: 0..0,
            run: None,
        };
        Self {
            blocks: Vec::new(),
            line: Vec::new(),
            has_run: false,
            frames: vec![outermost],
            split: 1,
            wraps: Vec::new(),
            is_line: false,
            keeps_line: false,
            keeps_boxes: false,
            ticked: None,
        }
    }

    /// A flow that is to be one line.
    pub(super) fn of_a_line(keeps_boxes: bool) -> Self {
        Self {
            is_line: true,
            keeps_line: true,
            keeps_boxes,
            ..Self::new()
        }
    }

    /// A flow of what stands in a part of a line.
    pub(super) fn within_a_line() -> Self {
        Self {
            is_line: true,
            ..Self::new()
        }
    }

    /// Whether what comes next stands in a line.
    pub(super) fn is_in_line(&self) -> bool {
        self.is_line || self.frames.len() > 1 || self.has_run
    }

    /// Whether even a box is a part of the line.
    pub(super) fn keeps_boxes(&self) -> bool {
        self.keeps_line && self.keeps_boxes
    }

    /// Whether nothing came so far that can be seen.
    pub(super) fn is_empty(&self) -> bool {
        self.blocks.is_empty() && !self.has_run && self.ticked.is_none()
    }

    /// Appends to the line; `run` is where it stands in the source, as far as it can be seen.
    pub(super) fn push(&mut self, inline: Inline, run: Option<Range<usize>>) {
        self.has_run |= match &inline {
            Inline::Text(text) => !text.trim().is_empty(),
            inline => *inline != Inline::Break,
        };
        self.line.push(inline);
        self.extend_run(run);
    }

    fn extend_run(&mut self, run: Option<Range<usize>>) {
        let (Some(run), Some(frame)) = (run, self.frames.last_mut()) else {
            return;
        };
        frame.run = Some(match frame.run.take() {
            Some(known) => known.start.min(run.start)..known.end.max(run.end),
            None => run,
        });
    }

    /// Opens an element within the line; `kind` is what it does to what stands in it.
    pub(super) fn open(&mut self, kind: Option<Kind>, outer: Range<usize>) {
        let kind = kind.filter(|kind| match kind {
            Kind::Styled(style) => self.wraps.len() < MOST_STYLES && !self.is_styled(style),
            Kind::Link(_) => !self.is_linked(),
        });
        if kind.is_some() {
            self.wraps.push(self.frames.len());
        }
        self.frames.push(Frame {
            start: self.line.len(),
            kind,
            is_used: false,
            outer,
            run: None,
        });
    }

    /// Whether what comes next has that style anyway; only colours stand within each other.
    fn is_styled(&self, style: &Style) -> bool {
        let is_same = |kind: &Kind| matches!(kind, Kind::Styled(known) if known == style);
        !matches!(style, Style::Color(_)) && self.open_kinds().any(is_same)
    }

    /// Whether what comes next stands in a link.
    pub(super) fn is_linked(&self) -> bool {
        self.open_kinds().any(|kind| matches!(kind, Kind::Link(_)))
    }

    fn open_kinds(&self) -> impl Iterator<Item = &Kind> {
        let frames = self
            .wraps
            .iter()
            .filter_map(|index| self.frames.get(*index));
        frames.filter_map(|frame| frame.kind.as_ref())
    }

    /// Closes the element that was opened last.
    pub(super) fn close(&mut self) {
        let is_split = self.frames.len() <= self.split;
        if is_split {
            self.finish_line(None);
        }
        let Some(frame) = self.frames.pop() else {
            return;
        };
        self.split = self.split.min(self.frames.len());
        if self.wraps.last() == Some(&self.frames.len()) {
            self.wraps.pop();
        }
        match frame.kind {
            // No text was there to carry the link.
            Some(Kind::Link(link)) if is_split && !frame.is_used => {
                let origin = Origin::default();
                self.line.push(Inline::Link(Link { origin, ..link }));
                self.finish_line(None);
            }
            _ if is_split => {}
            Some(kind) => {
                let content = self.line.split_off(frame.start.min(self.line.len()));
                if frame.run.is_some() || matches!(kind, Kind::Link(_)) {
                    self.has_run = true;
                    self.extend_run(Some(frame.outer));
                }
                self.line.push(wrap(kind, content));
            }
            None if frame.run.is_some() => self.extend_run(Some(frame.outer)),
            None => {}
        }
    }

    /// Appends a block.
    pub(super) fn block(&mut self, block: Block) {
        self.keeps_line = false;
        self.finish_line(None);
        self.blocks.push(block);
    }

    /// Ends the paragraph, if there is an unfinished one.
    pub(super) fn end_paragraph(&mut self) {
        if self.keeps_line {
            self.line.push(Inline::Break);
        } else {
            self.finish_line(None);
        }
    }

    /// Reads what `read` reads between the ends of paragraphs, which an element of these bytes holds.
    pub(super) fn apart(&mut self, outer: Range<usize>, read: impl FnOnce(&mut Self)) {
        let keeps_line = self.keeps_line;
        self.end_paragraph();
        if keeps_line {
            self.open(None, outer);
        }
        read(self);
        if keeps_line {
            self.close();
        }
        self.end_paragraph();
    }

    /// Reads what `read` reads as one paragraph of that origin if it is no more than a line.
    pub(super) fn paragraph(&mut self, origin: Origin, read: impl FnOnce(&mut Self)) {
        if self.keeps_line {
            return self.apart(origin.outer().unwrap_or_default(), read);
        }
        self.end_paragraph();
        let (before, was_line) = (self.blocks.len(), self.is_line);
        self.is_line = true;
        read(self);
        self.is_line = was_line;
        if self.blocks.len() > before {
            self.end_paragraph();
        } else {
            self.finish_line(Some(origin));
        }
    }

    /// Reads what `read` reads as a heading if it is no more than a line.
    pub(super) fn heading(
        &mut self,
        level: u8,
        origin: Origin,
        keeps_boxes: bool,
        read: impl FnOnce(&mut Self),
    ) {
        if self.keeps_line {
            return self.apart(origin.outer().unwrap_or_default(), read);
        }
        self.end_paragraph();
        let (before, was_line) = (self.blocks.len(), self.is_line);
        (self.is_line, self.keeps_line) = (true, true);
        self.keeps_boxes = keeps_boxes;
        read(self);
        (self.is_line, self.keeps_line) = (was_line, false);
        if self.blocks.len() > before {
            return self.end_paragraph();
        }
        let content = normal_line(std::mem::take(&mut self.line));
        self.restart_frames();
        if !content.is_empty() {
            let content = self.wrapped(content, self.frames.len());
            let content = normal_line(content);
            self.blocks.push(Block::Heading(Heading {
                level,
                content,
                origin,
            }));
        }
    }

    /// The blocks.
    pub(super) fn into_blocks(mut self) -> Vec<Block> {
        self.finish_line(None);
        self.blocks
    }

    /// The line if there is no block, else the blocks.
    pub(super) fn into_line(self) -> Result<Vec<Inline>, Vec<Block>> {
        if self.blocks.is_empty() {
            Ok(self.line)
        } else {
            Err(self.into_blocks())
        }
    }

    /// Makes paragraphs of the line: one of each frame, from the outermost.
    fn finish_line(&mut self, origin: Option<Origin>) {
        self.has_run = false;
        let mut line = std::mem::take(&mut self.line);
        let mut parts = Vec::new();
        for (index, frame) in self.frames.iter_mut().enumerate().rev() {
            let part = line.split_off(frame.start.min(line.len()));
            let run = frame.run.take();
            if !part.is_empty() {
                parts.push((index, part, run));
            }
            // All frames further out start where this one does.
            if frame.start == 0 {
                break;
            }
            frame.start = 0;
        }
        self.split = self.frames.len();
        for (index, part, run) in parts.into_iter().rev() {
            self.finish_part(index, part, run, origin);
        }
    }

    fn restart_frames(&mut self) {
        self.has_run = false;
        for frame in self.frames.iter_mut().rev() {
            frame.run = None;
            if frame.start == 0 {
                break;
            }
            frame.start = 0;
        }
        self.split = self.frames.len();
    }

    fn finish_part(
        &mut self,
        index: usize,
        part: Vec<Inline>,
        run: Option<Range<usize>>,
        whole: Option<Origin>,
    ) {
        let part = normal(part);
        if part.is_empty() {
            return;
        }
        if is_for_blocks(&part, whole.is_none()) {
            let macros = part.into_iter().filter_map(|inline| match inline {
                Inline::Macro(found) => Some(found),
                _ => None,
            });
            return self.blocks.extend(macros.map(block_of));
        }
        let loose = || run.map_or_else(Origin::default, |run| Origin::new(run.clone(), run));
        let origin = whole.unwrap_or_else(loose);
        let content = normal(self.wrapped(part, index));
        self.blocks
            .push(Block::Paragraph(Paragraph { content, origin }));
    }

    /// The content in the styles and the link of that frame and those around it.
    fn wrapped(&mut self, mut content: Vec<Inline>, index: usize) -> Vec<Inline> {
        for wrap_index in self.wraps.iter().rev().filter(|wrap| **wrap <= index) {
            let Some(frame) = self.frames.get_mut(*wrap_index) else {
                continue;
            };
            frame.is_used = true;
            content = vec![match &frame.kind {
                Some(Kind::Styled(style)) => wrap(Kind::Styled(style.clone()), content),
                Some(Kind::Link(link)) => {
                    let origin = Origin::default();
                    Inline::Link(Link {
                        content,
                        origin,
                        ..link.clone()
                    })
                }
                None => continue,
            }];
        }
        content
    }
}

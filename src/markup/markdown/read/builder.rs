//! The stack of what is open.

use super::{
    Options, finish,
    frame::{Frame, Kind, Paragraph},
    notes::Notes,
    pages,
    run::{Run, Surroundings, damaged},
};
use crate::markup::{
    Damaged,
    document::{Block, Inline, Target},
    markdown::notation,
    xml::{DEEPEST, Node},
};

/// What is nested deeper is left out; a line may have some levels of its own.
const MOST_LEVELS: usize = DEEPEST + 100;

/// Builds the tree.
#[derive(Debug)]
pub(super) struct Builder<'a> {
    pub(super) options: &'a Options,
    stack: Vec<Frame>,
    pub(super) run: Run,
    pub(super) notes: Notes,
    /// How many of what is open are links, and how many are pictures.
    links: usize,
    images: usize,
    /// How many of what is open are more than rows, cells and the like.
    levels: usize,
    /// How many containers were left out of those that are open, and how many tags of macros.
    pub(super) left_out: usize,
    pub(super) left_out_tags: usize,
    /// How much of the text that is being read is only for one line.
    pub(super) extent: Extent,
}

/// What of Markdown a text may have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Extent {
    /// Everything.
    Document,
    /// Parts of a line only.
    Line,
}

impl<'a> Builder<'a> {
    pub(super) fn new(options: &'a Options) -> Self {
        Self {
            options,
            stack: vec![Frame {
                kind: Kind::Root,
                nodes: Vec::new(),
            }],
            run: Run::default(),
            notes: Notes::default(),
            links: 0,
            images: 0,
            levels: 0,
            left_out: 0,
            left_out_tags: 0,
            extent: Extent::Document,
        }
    }

    /// The blocks of the document.
    pub(super) fn finish(mut self) -> Result<Vec<Block>, Damaged> {
        self.end_implied_paragraph()?;
        self.close_tags()?;
        let nodes = self.stack.pop().map(|frame| frame.nodes);
        let mut blocks = finish::blocks(nodes.unwrap_or_default());
        blocks.extend(self.notes.finish());
        Ok(blocks)
    }

    pub(super) fn is_in_link(&self) -> bool {
        self.links > 0
    }

    pub(super) fn is_too_deep(&self) -> bool {
        self.levels >= MOST_LEVELS
    }

    /// Opens something.
    pub(super) fn open(&mut self, kind: Kind) -> Result<(), Damaged> {
        self.end_run()?;
        self.count(&kind, true);
        self.stack.push(Frame {
            kind,
            nodes: Vec::new(),
        });
        Ok(())
    }

    /// Takes the innermost frame from the stack; the outermost stays.
    pub(super) fn pop(&mut self) -> Option<Frame> {
        if self.stack.len() <= 1 {
            return None;
        }
        let frame = self.stack.pop()?;
        self.count(&frame.kind, false);
        Some(frame)
    }

    pub(super) fn push_frame(&mut self, frame: Frame) {
        self.count(&frame.kind, true);
        self.stack.push(frame);
    }

    pub(super) fn top(&mut self) -> Option<&mut Frame> {
        self.stack.last_mut()
    }

    /// What is open, from the innermost.
    pub(super) fn frames(&self) -> impl Iterator<Item = &Frame> {
        self.stack.iter().rev()
    }

    pub(super) fn frames_mut(&mut self) -> impl Iterator<Item = &mut Frame> {
        self.stack.iter_mut().rev()
    }

    /// Appends a node to the innermost frame.
    pub(super) fn push(&mut self, node: Node) {
        let Some(frame) = self.stack.last_mut() else {
            return;
        };
        match (frame.nodes.last_mut(), node) {
            (Some(Node::Inlines(last)), Node::Inlines(inlines)) => last.extend(inlines),
            (Some(Node::Blocks(last)), Node::Blocks(blocks)) => last.extend(blocks),
            (_, node) => frame.nodes.push(node),
        }
    }

    /// Appends a part of a line.
    pub(super) fn inline(&mut self, inline: Inline) -> Result<(), Damaged> {
        self.begin_line()?;
        self.end_run()?;
        self.push(Node::Inlines(vec![inline]));
        Ok(())
    }

    /// Appends what stands in place of what is nested too deeply.
    pub(super) fn leave_out(&mut self) -> Result<(), Damaged> {
        self.inline(Inline::Text(notation::TOO_DEEP.to_owned()))
    }

    /// Appends the text that came so far.
    pub(super) fn end_run(&mut self) -> Result<(), Damaged> {
        let surroundings = Surroundings {
            is_in_link: self.links > 0,
            is_in_image: self.images > 0,
        };
        let mut inlines = self.run.take(surroundings)?;
        if inlines.is_empty() {
            return Ok(());
        }
        for inline in &mut inlines {
            if let Inline::Link(link) = inline {
                link.target = self.page_of(std::mem::replace(
                    &mut link.target,
                    Target::Url(String::new()),
                ));
            }
        }
        self.push(Node::Inlines(inlines));
        Ok(())
    }

    /// The page of this site that an address names, or the target as it is.
    pub(super) fn page_of(&self, target: Target) -> Target {
        let found = match (&target, &self.options.site_url) {
            (Target::Url(address), Some(site)) if !site.is_empty() => pages::target(address, site),
            _ => None,
        };
        found.unwrap_or(target)
    }

    /// Opens a paragraph for what stands in an item without one.
    pub(super) fn begin_line(&mut self) -> Result<(), Damaged> {
        let is_open = self.extent == Extent::Line
            || !matches!(
                self.stack.last().map(|frame| &frame.kind),
                Some(Kind::Item(_) | Kind::Root | Kind::Quote(_) | Kind::Note(_))
            );
        if is_open {
            return Ok(());
        }
        self.open(Kind::Paragraph(Paragraph::Implied))
    }

    /// Closes a paragraph of which nobody tells the end.
    pub(super) fn end_implied_paragraph(&mut self) -> Result<(), Damaged> {
        self.end_run()?;
        let is_part = |frame: &&Frame| {
            matches!(
                frame.kind,
                Kind::Tag(_) | Kind::Styled(_) | Kind::Link(_) | Kind::Image(_)
            )
        };
        let is_implied = self
            .frames()
            .find(|frame| !is_part(frame))
            .is_some_and(|frame| matches!(frame.kind, Kind::Paragraph(Paragraph::Implied)));
        if is_implied {
            self.close_paragraph()?;
        }
        Ok(())
    }

    /// Closes the tags that are still open in the innermost frame of Markdown.
    pub(super) fn close_tags(&mut self) -> Result<(), Damaged> {
        self.end_run()?;
        while let Some(Frame {
            kind: Kind::Tag(tag),
            ..
        }) = self.stack.last()
        {
            if tag.is_macro() {
                return Err(damaged(
                    &tag.written,
                    &format!(
                        "it is not closed where it stands: </{}> is missing",
                        tag.name
                    ),
                ));
            }
            self.close_tag();
        }
        Ok(())
    }

    fn count(&mut self, kind: &Kind, is_opened: bool) {
        let change = |count: &mut usize| {
            *count = if is_opened {
                *count + 1
            } else {
                count.saturating_sub(1)
            };
        };
        if !matches!(
            kind,
            Kind::List(..) | Kind::Table(_) | Kind::Row(_) | Kind::Paragraph(_)
        ) {
            change(&mut self.levels);
        }
        match kind {
            Kind::Link(_) => change(&mut self.links),
            Kind::Tag(tag) if tag.name == "a" => change(&mut self.links),
            Kind::Image(_) => change(&mut self.images),
            _ => {}
        }
    }
}

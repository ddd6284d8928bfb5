//! The document between readers and writer: blocks of inlines.

/// A part of a document that stands on lines of its own.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Block {
    Heading {
        level: usize,
        text: Vec<Inline>,
    },
    Paragraph(Vec<Inline>),
    List {
        first: Option<u64>,
        items: Vec<Item>,
    },
    Fence {
        language: String,
        text: String,
    },
    Quote {
        label: Option<String>,
        blocks: Vec<Block>,
    },
    Table {
        has_header: bool,
        rows: Vec<Vec<Cell>>,
    },
    Rule,
}

/// One item of a list; `done` is there if it is a task.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Item {
    pub(super) done: Option<bool>,
    pub(super) blocks: Vec<Block>,
}

/// One cell of a table; what a neighbour covers is an empty cell.
pub(super) type Cell = Vec<Block>;

/// A part of a line.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Inline {
    Text(String),
    Code(String),
    Styled(Style, Vec<Inline>),
    Link { text: Vec<Inline>, target: String },
    Image { alternative: String, target: String },
    Break,
}

/// How a part of a line is set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Style {
    Bold,
    Italic,
    Strike,
    Underline,
    Above,
    Below,
}

/// Collects inlines and blocks as they come; inlines between blocks become paragraphs.
#[derive(Debug, Default)]
pub(super) struct Flow {
    blocks: Vec<Block>,
    inlines: Vec<Inline>,
}

impl Flow {
    pub(super) fn text(&mut self, text: impl Into<String>) {
        self.push(Inline::Text(text.into()));
    }

    pub(super) fn push(&mut self, inline: Inline) {
        match (self.inlines.last_mut(), inline) {
            (Some(Inline::Text(last)), Inline::Text(text)) => last.push_str(&text),
            // Two bold neighbours are one, because `**a****b**` is not readable.
            (Some(Inline::Styled(last, content)), Inline::Styled(style, more))
                if *last == style =>
            {
                content.extend(more);
            }
            (_, inline) => self.inlines.push(inline),
        }
    }

    pub(super) fn block(&mut self, block: Block) {
        self.end_paragraph();
        self.blocks.push(block);
    }

    pub(super) fn end_paragraph(&mut self) {
        let inlines = std::mem::take(&mut self.inlines);
        if !inlines.iter().all(is_blank) {
            self.blocks.push(Block::Paragraph(inlines));
        }
    }

    pub(super) fn into_blocks(mut self) -> Vec<Block> {
        self.end_paragraph();
        self.blocks
    }

    /// The inlines alone if there is no block among them, else all as blocks.
    pub(super) fn into_inlines(self) -> Result<Vec<Inline>, Vec<Block>> {
        if self.blocks.is_empty() {
            Ok(self.inlines)
        } else {
            Err(self.into_blocks())
        }
    }
}

/// Whether nothing of this would be seen.
fn is_blank(inline: &Inline) -> bool {
    match inline {
        Inline::Text(text) => text.trim().is_empty(),
        Inline::Code(text) => text.is_empty(),
        Inline::Styled(_, content) => content.iter().all(is_blank),
        Inline::Break => true,
        Inline::Link { .. } | Inline::Image { .. } => false,
    }
}

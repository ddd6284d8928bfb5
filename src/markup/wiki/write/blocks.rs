//! Blocks: what stands on lines of its own, in lists and in cells.

use super::{deeper, escape::Place, inlines, tables, tags};
use crate::markup::document::{
    Block, Body, Code, CodeKind, Inline, Item, List, ListKind, Macro, Origin, Quote, Style, Styled,
};

/// How blocks follow one another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// With an empty line between them.
    Apart,
    /// On lines of an item, which an empty line would end.
    Item,
    /// On lines of a cell, likewise.
    Cell,
}

/// A row of blocks: where the first of them begins.
#[derive(Debug, Clone, Copy)]
struct Flow {
    kind: Kind,
    start: usize,
}

/// Writes blocks.
#[derive(Debug, Default)]
pub(super) struct Blocks {
    output: String,
    /// The marks of the lists around.
    bullets: String,
    /// The macros around, none of which can stand in itself: its end would be the outer one's.
    open: Vec<String>,
    in_cell: bool,
    /// Whether nothing stands between the cell and the lists in it; an empty line ends its row.
    is_row: bool,
    /// Whether the next block can only go on with the last item of a nested list.
    joins_item: bool,
    /// Whether the last line is of a paragraph.
    ends_paragraph: bool,
    /// Whether the last line is of a list.
    ends_list: bool,
    /// Whether something that no item can hold has ended the list.
    is_detached: bool,
    /// How many of the outer marks are of lists that were ended.
    ended: usize,
    /// The first mark of the last item.
    outermost: Option<u8>,
}

impl Blocks {
    /// The text.
    pub(super) fn finish(self) -> String {
        self.output
    }

    /// Writes blocks with empty lines between them.
    pub(super) fn apart(&mut self, blocks: &[Block]) {
        self.flow(blocks, Kind::Apart);
    }

    /// Writes the content of a cell.
    pub(super) fn cell(&mut self, blocks: &[Block]) {
        let outer = (self.in_cell, self.is_row, self.leave_lists());
        (self.in_cell, self.is_row) = (true, true);
        self.ends_paragraph = false;
        self.flow(blocks, Kind::Cell);
        self.ends_paragraph = false;
        (self.in_cell, self.is_row) = (outer.0, outer.1);
        self.return_to_lists(outer.2);
    }

    /// Writes markup as it is.
    pub(super) fn raw(&mut self, markup: &str) {
        self.output.push_str(markup);
    }

    /// How long the text is so far.
    pub(super) fn len(&self) -> usize {
        self.output.len()
    }

    fn flow(&mut self, blocks: &[Block], kind: Kind) {
        let start = self.output.len();
        self.all(blocks, Flow { kind, start });
    }

    fn all(&mut self, blocks: &[Block], flow: Flow) {
        deeper(|| {
            for block in blocks {
                self.block(block, flow);
            }
        });
    }

    fn block(&mut self, block: &Block, flow: Flow) {
        if !matches!(block, Block::List(_) | Block::Macro(_)) {
            self.leave_nested_list(flow);
        }
        match block {
            Block::Heading(heading) if flow.kind == Kind::Item => {
                // No item has headings; what stands out is at least bold.
                let content = Inline::Styled(Styled {
                    style: Style::Strong,
                    content: heading.content.clone(),
                });
                self.paragraph(&[content], flow);
            }
            Block::Heading(heading) => {
                self.begin(flow);
                let level = heading.level.clamp(1, 6);
                self.raw(&format!("h{level}. "));
                self.raw(&inlines::write_heading(&heading.content, self.in_cell));
            }
            Block::Paragraph(paragraph) => self.paragraph(&paragraph.content, flow),
            Block::List(list) => self.list(list, flow),
            Block::Code(code) => self.lines(&tags::code(code), flow),
            Block::Quote(quote) => self.quote(quote, flow),
            Block::Table(table) if self.in_cell && flow.kind != Kind::Apart => {
                for row in &table.rows {
                    self.paragraph(&tables::row_as_text(row), flow);
                }
            }
            Block::Table(table) => {
                self.begin_lifted(flow);
                tables::write(self, table);
                self.is_detached = flow.kind == Kind::Item;
            }
            Block::Rule(_) => {
                self.begin_lifted(flow);
                self.raw("----");
                self.is_detached = flow.kind == Kind::Item;
            }
            Block::Macro(found) => self.block_macro(found, flow),
            Block::Raw(source) => self.lines(&tags::code(&preformatted(source)), flow),
        }
    }

    /// Ends the lists before what would be read as a part of the last item's own list.
    fn leave_nested_list(&mut self, flow: Flow) {
        let follows_list =
            self.ends_list && flow.kind == Kind::Item && self.output.len() > flow.start;
        self.is_detached |= follows_list && !self.is_row;
        self.joins_item = follows_list && self.is_row;
    }

    /// Begins a block on a line of its own.
    fn begin(&mut self, flow: Flow) {
        let is_joined = std::mem::take(&mut self.joins_item) && self.output.ends_with(" \\\\");
        if is_joined {
            // What joins an empty item stands in its place.
            self.output.truncate(self.output.len() - 2);
        } else if self.output.len() > flow.start {
            let is_apart = flow.kind == Kind::Apart || self.is_detached;
            self.output
                .push_str(if is_apart { self.gap() } else { "\n" });
        }
        self.ends_paragraph = false;
        self.ends_list = false;
    }

    /// What ends a list.
    fn gap(&self) -> &'static str {
        if self.is_row { "\n" } else { "\n\n" }
    }

    /// Begins a block that ends the list around it.
    fn begin_lifted(&mut self, flow: Flow) {
        if flow.kind != Kind::Item {
            return self.begin(flow);
        }
        if self.output.len() == flow.start {
            self.output.push_str("\\\\");
        }
        self.output.push_str(self.gap());
        self.joins_item = false;
        self.ends_paragraph = false;
        self.ends_list = false;
    }

    fn lines(&mut self, lines: &str, flow: Flow) {
        self.begin(flow);
        self.raw(lines);
    }

    fn paragraph(&mut self, content: &[Inline], flow: Flow) {
        let place = Place {
            starts_line: true,
            in_cell: self.in_cell,
        };
        let text = inlines::write(content, place);
        if text.is_empty() {
            return;
        }
        // Two lines would be one paragraph.
        if self.ends_paragraph && flow.kind != Kind::Apart && !self.is_detached {
            let separator = if self.output.ends_with('\\') {
                " \\\\"
            } else {
                "\\\\"
            };
            self.output.push_str(separator);
        }
        self.lines(&text, flow);
        self.ends_paragraph = true;
    }

    fn list(&mut self, list: &List, flow: Flow) {
        if flow.kind == Kind::Item && self.output.len() == flow.start {
            self.output.push_str("\\\\");
        }
        self.bullets.push(match list.kind {
            ListKind::Bullet => '*',
            ListKind::Ordered(_) => '#',
        });
        for (index, item) in list.items.iter().enumerate() {
            self.end_lists();
            if index == 0 {
                self.begin(flow);
            } else {
                let gap = self.gap();
                self.output
                    .push_str(if self.is_detached { gap } else { "\n" });
            }
            self.is_detached = false;
            self.item(item);
        }
        self.bullets.pop();
        self.ends_list = true;
        if self.bullets.is_empty() {
            (self.is_detached, self.ended) = (false, 0);
        }
    }

    /// Forgets the marks of lists that have ended before the next item: where one was ended, the
    /// item begins a new one, which is as deep as its marks are many.
    fn end_lists(&mut self) {
        let level = self.bullets.len().saturating_sub(1);
        let had_ended = self.ended > 0;
        if self.is_detached || self.ended > level {
            self.ended = level;
        }
        let outermost = self.bullets.as_bytes().get(self.ended).copied();
        self.is_detached |= had_ended && outermost != self.outermost;
        self.outermost = outermost;
    }

    /// Begins lists anew; gives what is known of those around.
    fn leave_lists(&mut self) -> (String, bool, usize, Option<u8>) {
        let bullets = std::mem::take(&mut self.bullets);
        let is_detached = std::mem::take(&mut self.is_detached);
        let ended = std::mem::take(&mut self.ended);
        (bullets, is_detached, ended, self.outermost)
    }

    fn return_to_lists(&mut self, lists: (String, bool, usize, Option<u8>)) {
        (self.bullets, self.is_detached, self.ended, self.outermost) = lists;
    }

    fn item(&mut self, item: &Item) {
        let marks = self.bullets.get(self.ended..).unwrap_or_default();
        self.output.push_str(marks);
        self.output.push_str(match item.done {
            None => " ",
            Some(true) => " [x] ",
            Some(false) => " [ ] ",
        });
        self.ends_paragraph = false;
        let start = self.output.len();
        self.flow(&item.blocks, Kind::Item);
        if self.output.len() == start {
            self.output.push_str("\\\\");
        }
    }

    fn quote(&mut self, quote: &Quote, flow: Flow) {
        if let [Block::Paragraph(paragraph)] = quote.blocks.as_slice()
            && (flow.kind == Kind::Apart || self.is_detached)
            && !has_line_end(&paragraph.content)
        {
            self.begin(flow);
            self.raw("bq. ");
            let place = Place {
                starts_line: false,
                in_cell: self.in_cell,
            };
            return self.raw(&inlines::write(&paragraph.content, place));
        }
        if self.is_open("quote") {
            return self.all(&quote.blocks, flow);
        }
        self.begin(flow);
        self.enclosed("quote", ("{quote}", "{quote}"), |writer| {
            writer.apart(&quote.blocks);
        });
    }

    fn block_macro(&mut self, found: &Macro, flow: Flow) {
        let name = tags::name(found);
        let is_transparent = found.is_element() || self.is_open(&name);
        match &found.body {
            Body::Blocks(blocks) if is_transparent => {
                if let Some(title) = found.parameter("title").filter(|_| !found.is_element()) {
                    self.paragraph(&[strong(title)], flow);
                }
                self.all(blocks, flow);
            }
            Body::Blocks(blocks) => self.enclosing(found, flow, |writer| writer.apart(blocks)),
            Body::Plain(text) if !is_transparent => {
                self.enclosing(found, flow, |writer| writer.raw(text));
            }
            Body::None if tags::is_panel(&name) => self.enclosing(found, flow, |_| {}),
            _ => {
                self.leave_nested_list(flow);
                let line = [Inline::Macro(found.clone())];
                self.paragraph(&line, flow);
                self.ends_paragraph = found.is_element();
            }
        }
    }

    fn is_open(&self, name: &str) -> bool {
        self.open.iter().any(|open| open == name)
    }

    fn enclosing(&mut self, found: &Macro, flow: Flow, body: impl FnOnce(&mut Self)) {
        self.leave_nested_list(flow);
        self.begin(flow);
        let (opening, closing) = tags::pair(found);
        self.enclosed(&tags::name(found), (&opening, &closing), body);
    }

    /// A body between two tags, in which lists begin anew.
    fn enclosed(&mut self, name: &str, tags: (&str, &str), body: impl FnOnce(&mut Self)) {
        let (opening, closing) = tags;
        self.output.push_str(opening);
        self.output.push('\n');
        let outer = self.leave_lists();
        let is_row = std::mem::take(&mut self.is_row);
        self.open.push(name.to_owned());
        body(self);
        self.is_row = is_row;
        self.open.pop();
        self.return_to_lists(outer);
        self.ends_paragraph = false;
        self.ends_list = false;
        if !self.output.ends_with('\n') {
            self.output.push('\n');
        }
        self.output.push_str(closing);
    }
}

fn has_line_end(content: &[Inline]) -> bool {
    content.iter().any(|inline| {
        deeper(|| match inline {
            Inline::Break => true,
            Inline::Styled(styled) => has_line_end(&styled.content),
            Inline::Macro(Macro {
                body: Body::Inline(content),
                ..
            }) => has_line_end(content),
            _ => false,
        })
    })
}

fn strong(text: &str) -> Inline {
    Inline::Styled(Styled {
        style: Style::Strong,
        content: vec![Inline::Text(text.to_owned())],
    })
}

fn preformatted(source: &str) -> Code {
    Code {
        kind: CodeKind::NoFormat,
        language: None,
        title: None,
        parameters: Vec::new(),
        text: source.to_owned(),
        origin: Origin::default(),
    }
}

//! Whether a tree is in normal form, for tests of readers.

use super::{Block, Body, Inline, Macro, Target, normal::is_blank, stands_alone};

/// What of the blocks is not in normal form.
pub(crate) fn abnormal(blocks: &[Block]) -> Vec<String> {
    let mut check = Check::default();
    check.blocks(blocks);
    check.found
}

#[derive(Default)]
struct Check {
    found: Vec<String>,
}

impl Check {
    fn claim(&mut self, holds: bool, rule: &str, node: &impl std::fmt::Debug) {
        if !holds {
            self.found.push(format!("{rule}: {node:?}"));
        }
    }

    fn blocks(&mut self, blocks: &[Block]) {
        blocks.iter().for_each(|block| self.block(block));
    }

    fn block(&mut self, block: &Block) {
        match block {
            Block::Heading(heading) => {
                let content = &heading.content;
                self.claim((1..=6).contains(&heading.level), "a level is 1 to 6", block);
                self.claim(!content.is_empty(), "a heading is not empty", block);
                self.claim(!has_break(content), "a heading has no break", block);
                self.line(content);
            }
            Block::Paragraph(paragraph) => {
                let content = paragraph.content.as_slice();
                let is_alone = matches!(content, [Inline::Macro(found)] if stands_alone(found));
                self.claim(!content.is_empty(), "a paragraph is not empty", block);
                self.claim(!is_alone, "a macro for blocks is a block", block);
                self.line(content);
            }
            Block::List(list) => {
                self.claim(!list.items.is_empty(), "a list has items", block);
                list.items.iter().for_each(|item| self.blocks(&item.blocks));
            }
            Block::Code(code) => {
                let is_cut = !code.text.ends_with('\n');
                self.claim(is_cut, "code has no line end at its end", block);
                for text in [&code.title, &code.language].into_iter().flatten() {
                    self.claim(!text.is_empty(), "a title says something", block);
                }
            }
            Block::Quote(quote) => {
                self.claim(!quote.blocks.is_empty(), "a quote is not empty", block);
                self.blocks(&quote.blocks);
            }
            Block::Table(table) => {
                self.claim(!table.rows.is_empty(), "a table has rows", block);
                for row in &table.rows {
                    self.claim(!row.cells.is_empty(), "a row has cells", block);
                    row.cells.iter().for_each(|cell| self.blocks(&cell.blocks));
                }
            }
            Block::Macro(found) => {
                let is_line = matches!(found.body, Body::Inline(_));
                self.claim(!is_line, "a part of a line stands in one", block);
                self.body(found);
            }
            Block::Rule(_) | Block::Raw(_) => {}
        }
    }

    fn body(&mut self, found: &Macro) {
        match &found.body {
            Body::Inline(content) => self.line(content),
            Body::Blocks(blocks) => self.blocks(blocks),
            Body::None | Body::Plain(_) => {}
        }
    }

    /// Checks what a paragraph, a style, a link or a macro within a line holds.
    fn line(&mut self, line: &[Inline]) {
        let begins = line.first().is_some_and(|first| is_gap(first, true));
        let ends = line.last().is_some_and(|last| is_gap(last, false));
        self.claim(!begins && !ends, "no gap at an end", &line);
        for pair in line.windows(2) {
            if let [one, other] = pair {
                self.claim(are_apart(one, other), "neighbours are not alike", &pair);
            }
        }
        line.iter().for_each(|inline| self.inline(inline));
    }

    fn inline(&mut self, inline: &Inline) {
        match inline {
            Inline::Text(text) => {
                let has_run = text.contains("  ") || text.contains(['\t', '\n', '\r']);
                self.claim(!has_run, "white space is one space", inline);
                self.claim(!text.is_empty(), "a text is not empty", inline);
            }
            Inline::Code(code) => self.claim(!is_blank(code), "code is not blank", inline),
            Inline::Styled(styled) => {
                let is_empty = styled.content.is_empty();
                self.claim(!is_empty, "a style is not empty", inline);
                self.line(&styled.content);
            }
            Inline::Link(link) => {
                let repeats = matches!(
                    (&link.target, link.content.as_slice()),
                    (Target::Url(address), [Inline::Text(text)]) if address == text
                );
                self.claim(!repeats, "a link does not repeat its address", inline);
                self.line(&link.content);
            }
            Inline::Macro(found) => self.body(found),
            Inline::Image(_) | Inline::Emoticon(_) | Inline::Date(_) | Inline::Break => {}
        }
    }
}

/// Whether white space or the end of a line is at the start, or else at the end.
fn is_gap(inline: &Inline, is_start: bool) -> bool {
    match inline {
        Inline::Text(text) if is_start => text.starts_with(' '),
        Inline::Text(text) => text.ends_with(' '),
        Inline::Break => true,
        _ => false,
    }
}

fn are_apart(one: &Inline, other: &Inline) -> bool {
    match (one, other) {
        (Inline::Text(_), Inline::Text(_)) | (Inline::Code(_), Inline::Code(_)) => false,
        (Inline::Styled(one), Inline::Styled(other)) => one.style != other.style,
        (Inline::Text(_), Inline::Break) => !is_gap(one, false),
        (Inline::Break, Inline::Text(_)) => !is_gap(other, true),
        _ => true,
    }
}

fn has_break(line: &[Inline]) -> bool {
    line.iter().any(|inline| match inline {
        Inline::Break => true,
        Inline::Styled(styled) => has_break(&styled.content),
        Inline::Link(link) => has_break(&link.content),
        _ => false,
    })
}

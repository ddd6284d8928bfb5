//! What is written so far, and what each line begins with.

use crate::markup::{markdown::notation, xml::DEEPEST};

/// Markdown as it is being written.
#[derive(Debug, Default)]
pub(super) struct Output {
    text: String,
    /// What each line begins with: the marks and the indentation of what it stands in.
    prefix: String,
    /// Whether the line has nothing yet, not even its prefix.
    is_at_line_start: bool,
    /// How many blocks the line stands in.
    depth: usize,
}

impl Output {
    /// Appends to the line; the text may have several lines.
    pub(super) fn push(&mut self, text: &str) {
        for (number, line) in text.split('\n').enumerate() {
            if number > 0 {
                self.end_line();
            }
            if !line.is_empty() {
                if self.is_at_line_start {
                    self.text.push_str(&self.prefix);
                    self.is_at_line_start = false;
                }
                self.text.push_str(line);
            }
        }
    }

    /// Ends the line; a line without text has no spaces at its end.
    pub(super) fn end_line(&mut self) {
        if self.is_at_line_start {
            self.text.push_str(self.prefix.trim_end());
        }
        self.text.push('\n');
        self.is_at_line_start = true;
    }

    /// Ends the line and leaves one free.
    pub(super) fn leave_line(&mut self) {
        self.end_line();
        self.end_line();
    }

    /// Writes with this before each further line.
    pub(super) fn within(&mut self, prefix: &str, write: impl FnOnce(&mut Self)) {
        let length = self.prefix.len();
        self.prefix.push_str(prefix);
        write(self);
        self.prefix.truncate(length);
    }

    /// Writes what stands in a block, unless that is nested too deeply.
    pub(super) fn deeper(&mut self, write: impl FnOnce(&mut Self)) {
        if self.depth > DEEPEST {
            return self.push(notation::TOO_DEEP);
        }
        self.depth += 1;
        write(self);
        self.depth -= 1;
    }

    /// Whether the line stands in a quote.
    pub(super) fn is_in_quote(&self) -> bool {
        self.prefix.contains('>')
    }

    /// What was written.
    pub(super) fn finish(self) -> String {
        self.text
    }
}

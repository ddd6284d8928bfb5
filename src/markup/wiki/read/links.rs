//! Links in brackets.

use std::ops::Range;

use super::{Dialect, Reader, escapes::decoded, targets::target};
use crate::markup::document::Target;

/// A link in the text.
#[derive(Debug)]
pub(super) struct FoundLink {
    /// Where it ends.
    pub(super) end: usize,
    pub(super) target: Target,
    /// Where its text stands, if it has one.
    pub(super) label: Option<Range<usize>>,
    pub(super) tip: Option<String>,
}

/// What Jira's newer editor writes in the place of a tip.
const APPEARANCES: [&str; 4] = ["smart-link", "smart-card", "smart-embed", "smart-inline"];

impl Reader<'_> {
    /// The link whose bracket stands here, if it leads anywhere.
    ///
    /// It holds no further opening bracket, so that looking for links takes linear time.
    pub(super) fn link(&self, start: usize, limit: usize, dialect: Dialect) -> Option<FoundLink> {
        let (end, pipes) = self.brackets(start, limit)?;
        let inner = start + 1..end;
        let [first, second] = pipes;
        let Some(first) = first else {
            return self.bare_link(inner, dialect);
        };
        let target_range = first + 1..second.unwrap_or(end);
        let target_text = decoded(self.slice(target_range).trim());
        let label = self.trimmed(inner.start..first);
        let has_label = !label.is_empty();
        let target = target(&target_text, true, dialect)?;
        let tip = second.map(|second| decoded(self.slice(second + 1..end).trim()));
        let tip = tip.filter(|tip| !tip.is_empty() && !APPEARANCES.contains(&tip.as_str()));
        Some(FoundLink {
            end: end + 1,
            target,
            label: has_label.then_some(label),
            tip,
        })
    }

    /// A link without a pipe.
    fn bare_link(&self, inner: Range<usize>, dialect: Dialect) -> Option<FoundLink> {
        let text = self.slice(inner.clone());
        let found = |target, label| {
            Some(FoundLink {
                end: inner.end + 1,
                target,
                label,
                tip: None,
            })
        };
        if dialect == Dialect::Jira
            && let Some((label, file)) = text.split_once('^')
            && !label.trim().is_empty()
            && has_extension(file)
        {
            let name = decoded(file.trim());
            let label = self.trimmed(inner.start..inner.start + label.len());
            return found(Target::Attachment { name, on: None }, Some(label));
        }
        found(target(&decoded(text.trim()), false, dialect)?, None)
    }

    /// Where the bracket is closed on its line, and where its first two pipes stand.
    fn brackets(&self, start: usize, limit: usize) -> Option<(usize, [Option<usize>; 2])> {
        let bytes = self.source.as_bytes();
        let mut pipes = [None, None];
        let mut at = start + 1;
        while at < limit {
            match bytes.get(at)? {
                b'\n' | b'[' => return None,
                b']' => return Some((at, pipes)),
                b'\\' => at += 1,
                b'!' => {
                    if let Some((_, end)) = self.image(at, limit) {
                        at = end;
                        continue;
                    }
                }
                b'|' => {
                    let [first, second] = &mut pipes;
                    match (&first, &second) {
                        (None, _) => *first = Some(at),
                        (_, None) => *second = Some(at),
                        _ => {}
                    }
                }
                _ => {}
            }
            at += 1;
        }
        None
    }
}

/// Whether the text looks like the name of a file.
pub(super) fn has_extension(name: &str) -> bool {
    let is_extension = |text: &str| {
        (1..=5).contains(&text.len()) && text.chars().all(|c| c.is_ascii_alphanumeric())
    };
    let parts = name.trim().rsplit_once('.');
    parts.is_some_and(|(stem, extension)| !stem.is_empty() && is_extension(extension))
}

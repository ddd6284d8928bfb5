//! Plain text as it comes, piece by piece, until something else comes.

use crate::markup::{
    Damaged,
    document::{Emoticon, Inline, Link, Origin, Target, User},
    markdown::atoms::{self, Kind},
};

/// Plain text without marks between its pieces.
#[derive(Debug, Default)]
pub(super) struct Run {
    text: String,
    /// Where characters stand that had a backslash or were entities, in order.
    plain: Vec<usize>,
}

/// What a text stands in.
#[derive(Debug, Clone, Copy)]
pub(super) struct Surroundings {
    pub(super) is_in_link: bool,
    /// In the text of a picture, in which nothing is more than its letters.
    pub(super) is_in_image: bool,
}

impl Run {
    pub(super) fn push(&mut self, text: &str) {
        self.text.push_str(text);
    }

    /// Appends text whose first character means nothing but itself.
    pub(super) fn push_plain(&mut self, text: &str) {
        self.plain.push(self.text.len());
        // An entity may stand for a control, which XML does not know.
        let is_shown = |c: &char| !c.is_ascii_control() || c.is_ascii_whitespace();
        self.text.extend(text.chars().filter(is_shown));
    }

    /// What the text is read as.
    pub(super) fn take(&mut self, surroundings: Surroundings) -> Result<Vec<Inline>, Damaged> {
        let Self { text, plain } = std::mem::take(self);
        if text.is_empty() {
            return Ok(Vec::new());
        }
        let is_plain = |position: usize| plain.binary_search(&position).is_ok();
        if let Some(damaged) = damaged_tag(&text, &is_plain) {
            return Err(damaged);
        }
        if surroundings.is_in_image {
            return Ok(vec![Inline::Text(text)]);
        }
        let found = atoms::find(&text, surroundings.is_in_link, &mut |atom| {
            !is_plain(atom.trigger)
        });
        let mut inlines = Vec::with_capacity(found.len() * 2 + 1);
        let mut position = 0;
        let add_text = |part: Option<&str>, inlines: &mut Vec<Inline>| {
            let part = part.filter(|part| !part.is_empty());
            inlines.extend(part.map(|part| Inline::Text(part.to_owned())));
        };
        for atom in found {
            add_text(text.get(position..atom.range.start), &mut inlines);
            let written = text.get(atom.range.clone()).unwrap_or_default();
            inlines.push(inline(atom.kind, written));
            position = atom.range.end;
        }
        add_text(text.get(position..), &mut inlines);
        Ok(inlines)
    }
}

fn inline(kind: Kind, written: &str) -> Inline {
    let origin = Origin::default();
    let target = match kind {
        Kind::Emoticon => {
            let name = written.trim_matches(':').to_owned();
            return Inline::Emoticon(Emoticon { name, origin });
        }
        Kind::Url => Target::Url(written.to_owned()),
        Kind::Mention => Target::User(User::Name(written.trim_start_matches('@').to_owned())),
    };
    Inline::Link(Link {
        target,
        tip: None,
        content: Vec::new(),
        origin,
    })
}

/// A tag of a macro that the parser did not take for a tag.
fn damaged_tag(text: &str, is_plain: &dyn Fn(usize) -> bool) -> Option<Damaged> {
    let mut position = 0;
    while let Some(offset) = text.get(position..)?.find('<') {
        let start = position + offset;
        let rest = text.get(start + 1..)?;
        let name = rest.strip_prefix('/').unwrap_or(rest).strip_prefix("ac-");
        if name.is_some_and(|name| name.starts_with(|c: char| c.is_ascii_alphabetic()))
            && !is_plain(start)
        {
            return Some(damaged(
                text.get(start..)?,
                "this is no complete tag; write it as it was, or `\\<` for plain text",
            ));
        }
        position = start + 1;
    }
    None
}

/// The placeholder is damaged.
pub(super) fn damaged(placeholder: &str, reason: &str) -> Damaged {
    let line = placeholder.split('\n').next().unwrap_or_default();
    Damaged {
        placeholder: line.chars().take(80).collect(),
        reason: reason.to_owned(),
    }
}

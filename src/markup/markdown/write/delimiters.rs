//! Characters of text that would be read as the marks of a style or of code.

use super::{
    escape::{Kind, Script},
    marks::may_be_punctuation,
};

/// Some neighbouring characters of one kind.
#[derive(Debug, Clone, Copy)]
struct Run {
    start: usize,
    length: usize,
    can_open: bool,
    can_close: bool,
}

/// Marks those that need a backslash.
pub(super) fn escape(script: &mut Script) {
    for character in ['*', '_', '~'] {
        if !script.text.contains(character) {
            continue;
        }
        let runs = runs(script, character);
        let are_marked = script.marks.contains(&character);
        let last_closing = runs.iter().rposition(|run| run.can_close);
        for (index, run) in runs.iter().enumerate() {
            let is_read = if are_marked {
                run.can_open || run.can_close
            } else {
                run.can_open && last_closing.is_some_and(|last| index < last)
            };
            if is_read {
                escape_run(script, run);
            }
        }
    }
    if !script.text.contains('`') {
        return;
    }
    let runs = runs(script, '`');
    let all = script
        .text
        .split(|c| c != '`')
        .filter(|run| !run.is_empty());
    if !runs.is_empty() && all.take(2).count() > 1 {
        for run in runs {
            escape_run(script, &run);
        }
    }
}

fn escape_run(script: &mut Script, run: &Run) {
    for position in run.start..run.start + run.length {
        script.escape_at(position);
    }
}

fn runs(script: &Script, character: char) -> Vec<Run> {
    let mut runs = Vec::new();
    let mut before = None;
    let mut characters = script.text.char_indices().peekable();
    // A character that has its backslash is no part of a run.
    let is_open = |at: usize| script.is_text(at) && script.kind(at) != Kind::Escaped;
    while let Some((start, found)) = characters.next() {
        if found != character || !is_open(start) {
            before = Some(found);
            continue;
        }
        let mut length = 1;
        while characters
            .next_if(|(next, found)| *found == character && is_open(*next))
            .is_some()
        {
            length += 1;
        }
        let next = characters.peek().map(|(_, next)| *next);
        runs.push(run(character, start, length, before, next));
        before = Some(character);
    }
    runs
}

/// How a parser may read the run between its neighbours; when in doubt, as marks.
fn run(
    character: char,
    start: usize,
    length: usize,
    before: Option<char>,
    next: Option<char>,
) -> Run {
    let is_apart = |c: Option<char>| c.is_none_or(|c| c.is_whitespace() || may_be_punctuation(c));
    let is_within_words = match character {
        '*' => true,
        '~' => length == 2,
        _ => false,
    };
    let touches = |inner: Option<char>, outer: Option<char>| {
        inner.is_some_and(|inner| {
            !inner.is_whitespace()
                && (is_apart(outer)
                    || is_within_words && (character == '~' || !inner.is_ascii_punctuation()))
        })
    };
    // Next to marks of the same kind it would become a part of them.
    let joins = before == Some(character) || next == Some(character);
    let is_mark = character != '~' || length <= 2;
    Run {
        start,
        length,
        can_open: joins || is_mark && touches(next, before),
        can_close: joins || is_mark && touches(before, next),
    }
}

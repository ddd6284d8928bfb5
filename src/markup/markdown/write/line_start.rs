//! Characters of text that would be read as the beginning of another block, or the end of a heading.

use super::{escape::Script, render::Position};

/// Marks those that need a backslash.
pub(super) fn escape(script: &mut Script, position: Position) {
    match position {
        Position::Within => {}
        Position::Heading => escape_end(script),
        Position::Paragraph => {
            let mut start = 0;
            let mut found = Vec::new();
            for line in script.text.split('\n') {
                let rest = script.text.get(start..).unwrap_or_default();
                let is_first = start == 0;
                for position in places(line, rest, is_first) {
                    found.push(start + position);
                }
                start += line.len() + 1;
            }
            for position in found {
                script.escape_at(position);
            }
        }
    }
}

/// A heading's last `#`, which would be taken for decoration.
fn escape_end(script: &mut Script) {
    let text = script.text.trim_end_matches('#');
    if text.len() < script.text.len() && (text.is_empty() || text.ends_with(' ')) {
        script.escape_at(script.text.len().saturating_sub(1));
    }
}

/// Where in a line it needs backslashes; `rest` are this line and those that follow.
fn places(line: &str, rest: &str, is_first: bool) -> Vec<usize> {
    let Some(first) = line.chars().next() else {
        return Vec::new();
    };
    let is_read = match first {
        '#' => {
            let after = line.trim_start_matches('#');
            line.len() - after.len() <= 6 && is_end(after)
        }
        '>' => true,
        '+' | '-' | '*' | '_' | '=' => {
            let after = line.get(1..).unwrap_or_default();
            (first != '=' && first != '_' && is_end(after))
                || is_rule(line, first, is_first)
                || !is_first && is_underline(line, first)
        }
        '`' | '~' => {
            let length = line.len() - line.trim_start_matches(first).len();
            return if length >= 3 {
                (0..length).collect()
            } else {
                Vec::new()
            };
        }
        '|' => !is_first,
        '[' if is_first => is_bracket_read(line, rest),
        '[' => line.starts_with("[^"),
        '0'..='9' => {
            let digits = line.len() - line.trim_start_matches(|c: char| c.is_ascii_digit()).len();
            let after = line.get(digits..).unwrap_or_default();
            let is_read = digits <= 9 && after.strip_prefix(['.', ')']).is_some_and(is_end);
            return if is_read { vec![digits] } else { Vec::new() };
        }
        _ => false,
    };
    match first {
        _ if !is_read => Vec::new(),
        // What is left of a run of these could be marks of their own.
        '*' | '_' => {
            let length = line.len() - line.trim_start_matches(first).len();
            (0..length).collect()
        }
        _ => vec![0],
    }
}

/// Whether a mark before this text would be one.
fn is_end(after: &str) -> bool {
    after.is_empty() || after.starts_with([' ', '\t'])
}

/// Whether the line would be read as a horizontal line, at the start after an item's mark.
fn is_rule(line: &str, mark: char, is_first: bool) -> bool {
    let least = if is_first && mark != '_' { 2 } else { 3 };
    mark != '='
        && mark != '+'
        && line.chars().all(|c| c == mark || c == ' ')
        && line.chars().filter(|c| *c == mark).take(least).count() == least
}

/// Whether the line would make a heading of those before it.
fn is_underline(line: &str, mark: char) -> bool {
    matches!(mark, '=' | '-') && line.trim_end().chars().all(|c| c == mark)
}

/// Whether a bracket at the start of a paragraph would be read as that of a definition, a task or
/// an alert.
fn is_bracket_read(line: &str, rest: &str) -> bool {
    let is_task = ["[ ]", "[x]", "[X]"]
        .iter()
        .any(|mark| line.starts_with(mark));
    is_task || line.starts_with("[!") || line.starts_with("[^") || rest.contains("]:")
}

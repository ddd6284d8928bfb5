//! A document as Markdown-like text, made to be read rather than to be parsed again.
//!
//! Characters of the text that mean something in Markdown are not escaped, but for pipes in tables.

use super::document::{Block, Cell, Inline, Item, Style};

/// Writes blocks with blank lines between them.
pub(super) fn blocks(blocks: &[Block]) -> String {
    let written: Vec<String> = blocks
        .iter()
        .map(block)
        .filter(|text| !text.is_empty())
        .collect();
    written.join("\n\n")
}

/// Writes parts of a line; a break within is a new line.
pub(super) fn inlines(inlines: &[Inline]) -> String {
    let mut line = String::new();
    for inline in inlines {
        write_inline(inline, &mut line);
    }
    line
}

/// A fence around `text` that nothing within it closes.
pub(super) fn fence(language: &str, text: &str) -> String {
    let marks = "`".repeat(3.max(1 + longest_run(text)));
    let text = text
        .strip_prefix('\n')
        .unwrap_or(text)
        .trim_end_matches('\n');
    format!("{marks}{language}\n{text}\n{marks}")
}

fn block(block: &Block) -> String {
    match block {
        Block::Heading { level, text } => {
            let text = one_line(text);
            if text.is_empty() {
                text
            } else {
                format!("{} {text}", "#".repeat(*level))
            }
        }
        Block::Paragraph(text) => paragraph(text),
        Block::List { first, items } => list(*first, items),
        Block::Fence { language, text } => fence(language, text),
        Block::Quote { label, blocks } => quote(label.as_deref(), blocks),
        Block::Table { has_header, rows } => table(*has_header, rows),
        Block::Rule => "---".to_owned(),
    }
}

fn paragraph(text: &[Inline]) -> String {
    let written = inlines(text);
    let lines: Vec<&str> = written.lines().map(str::trim).collect();
    lines.join("\n").trim().to_owned()
}

fn one_line(text: &[Inline]) -> String {
    paragraph(text).replace('\n', " ")
}

fn list(first: Option<u64>, items: &[Item]) -> String {
    let mut lines = Vec::new();
    for (number, item) in (first.unwrap_or(1)..).zip(items) {
        let marker = if first.is_some() {
            format!("{number}. ")
        } else {
            "- ".to_owned()
        };
        let task = match item.done {
            Some(true) => "[x] ",
            Some(false) => "[ ] ",
            None => "",
        };
        let indent = " ".repeat(marker.len());
        let content = format!("{task}{}", item_content(&item.blocks));
        let mut content = content.lines();
        lines.push(
            format!("{marker}{}", content.next().unwrap_or_default())
                .trim_end()
                .to_owned(),
        );
        lines.extend(content.map(|line| {
            if line.is_empty() {
                String::new()
            } else {
                format!("{indent}{line}")
            }
        }));
    }
    lines.join("\n")
}

/// Like [`blocks`], but a list follows its item's text without a blank line.
fn item_content(blocks: &[Block]) -> String {
    let mut content = String::new();
    for part in blocks {
        let written = block(part);
        if !content.is_empty() && !written.is_empty() {
            content.push_str(if matches!(part, Block::List { .. }) {
                "\n"
            } else {
                "\n\n"
            });
        }
        content.push_str(&written);
    }
    content
}

fn quote(label: Option<&str>, content: &[Block]) -> String {
    let content = blocks(content);
    let lines: Vec<String> = label
        .into_iter()
        .chain(content.lines())
        .map(|line| format!("> {line}").trim_end().to_owned())
        .collect();
    lines.join("\n")
}

fn table(has_header: bool, rows: &[Vec<Cell>]) -> String {
    let columns = rows.iter().map(Vec::len).max().unwrap_or_default();
    let (header, body) = match rows.split_first() {
        Some((first, rest)) if has_header => (first.as_slice(), rest),
        _ => (&[][..], rows),
    };
    let mut header: Vec<String> = header.iter().map(cell).collect();
    header.resize(columns, String::new());
    let mut lines = vec![row(&header), row(&vec!["---".to_owned(); columns])];
    lines.extend(
        body.iter()
            .map(|cells| row(&cells.iter().map(cell).collect::<Vec<_>>())),
    );
    lines.join("\n")
}

fn row(cells: &[String]) -> String {
    format!("| {} |", cells.join(" | "))
}

fn cell(content: &Cell) -> String {
    let text = blocks(content).replace('|', "\\|");
    let lines: Vec<&str> = text.lines().filter(|line| !line.is_empty()).collect();
    lines.join("<br>")
}

fn write_inline(inline: &Inline, line: &mut String) {
    match inline {
        Inline::Text(text) => write_text(text, line),
        Inline::Code(text) => line.push_str(&code(text)),
        Inline::Styled(style, content) => styled(*style, &inlines(content), line),
        Inline::Link { text, target } => {
            let text = one_line(text);
            line.push_str(&format!("[{text}]({})", flat(target)));
        }
        Inline::Image {
            alternative,
            target,
        } => {
            line.push_str(&format!("![{}]({})", flat(alternative), flat(target)));
        }
        Inline::Break => line.push('\n'),
    }
}

/// Writes text with each run of spaces and line ends as one space, as a browser would.
fn write_text(text: &str, line: &mut String) {
    for character in text.chars() {
        if !matches!(character, ' ' | '\t' | '\n' | '\r' | '\u{a0}') {
            line.push(character);
        } else if !line.ends_with([' ', '\n']) {
            line.push(' ');
        }
    }
}

/// Marks must touch the text they mark, so the spaces at its ends are put outside of them.
fn styled(style: Style, content: &str, line: &mut String) {
    let text = content.trim();
    if content.starts_with(char::is_whitespace) {
        write_text(" ", line);
    }
    if text.is_empty() {
        return;
    }
    let (opening, closing) = match style {
        Style::Bold => ("**", "**"),
        Style::Italic => ("*", "*"),
        Style::Strike => ("~~", "~~"),
        Style::Underline => ("<u>", "</u>"),
        Style::Above => ("<sup>", "</sup>"),
        Style::Below => ("<sub>", "</sub>"),
    };
    line.push_str(opening);
    line.push_str(text);
    line.push_str(closing);
    if content.ends_with(char::is_whitespace) {
        write_text(" ", line);
    }
}

fn code(text: &str) -> String {
    let text = text.replace(['\n', '\r', '\u{a0}'], " ");
    let marks = "`".repeat(1 + longest_run(&text));
    let space = if text.starts_with('`') || text.ends_with('`') {
        " "
    } else {
        ""
    };
    if text.is_empty() {
        text
    } else {
        format!("{marks}{space}{text}{space}{marks}")
    }
}

fn flat(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn longest_run(text: &str) -> usize {
    text.split(|character| character != '`')
        .map(str::len)
        .max()
        .unwrap_or_default()
}

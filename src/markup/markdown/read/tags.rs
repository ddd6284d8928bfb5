//! HTML taken apart into tags and the text between them.

/// A part of HTML.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Token<'a> {
    /// Text, as it is written.
    Text(&'a str),
    /// Character data, without its marks.
    Data(&'a str),
    /// `<name attributes>`.
    Opening {
        name: &'a str,
        attributes: &'a str,
        is_closed: bool,
        written: &'a str,
    },
    /// `</name>`.
    Closing { name: &'a str, written: &'a str },
}

/// Takes HTML apart; comments and the like are left out, and `<` that begins no tag is text.
pub(super) fn tokens(html: &str) -> Vec<Token<'_>> {
    let mut tokens = Vec::new();
    let mut text_start = 0;
    let mut position = 0;
    while let Some(rest) = html.get(position..)
        && let Some(offset) = rest.find('<')
    {
        let start = position + offset;
        let Some((token, length)) = html.get(start..).and_then(tag) else {
            position = start + 1;
            continue;
        };
        add_text(html.get(text_start..start), &mut tokens);
        tokens.extend(token);
        position = start + length;
        text_start = position;
    }
    add_text(html.get(text_start..), &mut tokens);
    tokens
}

fn add_text<'a>(text: Option<&'a str>, tokens: &mut Vec<Token<'a>>) {
    tokens.extend(text.filter(|text| !text.is_empty()).map(Token::Text));
}

/// What the text begins with, and its length; none for a comment.
fn tag(text: &str) -> Option<(Option<Token<'_>>, usize)> {
    if let Some(rest) = text.strip_prefix("<![CDATA[") {
        let data = rest.split_once("]]>").map_or(rest, |(data, _)| data);
        return Some((Some(Token::Data(data)), (data.len() + 12).min(text.len())));
    }
    for (opening, closing) in [("<!--", "-->"), ("<?", "?>"), ("<!", ">")] {
        if let Some(rest) = text.strip_prefix(opening) {
            let end = rest
                .find(closing)
                .map(|end| opening.len() + end + closing.len());
            return Some((None, end.unwrap_or(text.len())));
        }
    }
    let is_closing = text.starts_with("</");
    let rest = text.get(if is_closing { 2 } else { 1 }..)?;
    let name_length = rest
        .find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | ':' | '.')))
        .unwrap_or(rest.len());
    let (name, rest) = rest.split_at_checked(name_length)?;
    if !name.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return None;
    }
    let end = end_of_tag(rest)?;
    let attributes = rest.get(..end)?;
    let length = text.len() - rest.len() + end + 1;
    let written = text.get(..length)?;
    let token = if is_closing {
        Token::Closing { name, written }
    } else {
        Token::Opening {
            name,
            attributes: attributes.strip_suffix('/').unwrap_or(attributes),
            is_closed: attributes.ends_with('/'),
            written,
        }
    };
    Some((Some(token), length))
}

/// Where the `>` stands that ends a tag; those within quotes do not.
fn end_of_tag(text: &str) -> Option<usize> {
    let mut quote = None;
    for (position, character) in text.char_indices() {
        match (quote, character) {
            (None, '>') => return Some(position),
            (None, '<') => return None,
            (None, '"' | '\'') => quote = Some(character),
            (Some(open), _) if open == character => quote = None,
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn html_is_taken_apart() {
        let opening = |name, attributes, is_closed, written| Token::Opening {
            name,
            attributes,
            is_closed,
            written,
        };
        for (html, expected) in [
            (
                "a < b <!-- c <d> --> e",
                vec![Token::Text("a < b "), Token::Text(" e")],
            ),
            ("<br>", vec![opening("br", "", false, "<br>")]),
            (
                "<a b='>' c=\"/\">x</a >",
                vec![
                    opening("a", " b='>' c=\"/\"", false, "<a b='>' c=\"/\">"),
                    Token::Text("x"),
                    Token::Closing {
                        name: "a",
                        written: "</a >",
                    },
                ],
            ),
            (
                "<ac-x y=\"1\"/>",
                vec![opening("ac-x", " y=\"1\"", true, "<ac-x y=\"1\"/>")],
            ),
            (
                "<![CDATA[<b>]]>c",
                vec![Token::Data("<b>"), Token::Text("c")],
            ),
            ("<![CDATA[<b>", vec![Token::Data("<b>")]),
            (
                "<a <b> <!-- ",
                vec![
                    Token::Text("<a "),
                    opening("b", "", false, "<b>"),
                    Token::Text(" "),
                ],
            ),
        ] {
            assert_eq!(tokens(html), expected, "{html}");
        }
    }
}

//! From characters to tokens.

use crate::sandbox::query::{Fault, SyntaxError};

/// A token and where it begins.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Token {
    /// What it is.
    pub(super) kind: Kind,
    /// The line, from 1.
    pub(super) line: usize,
    /// The character in the line, from 1.
    pub(super) character: usize,
}

/// What a token is.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Kind {
    /// A word without quotes.
    Word(String),
    /// A quoted string.
    Quoted(String),
    /// An operator, parenthesis, comma or connective sign.
    Sign(&'static str),
}

impl Kind {
    /// The token as an error message shows it.
    pub(super) fn text(&self) -> &str {
        match self {
            Kind::Word(text) | Kind::Quoted(text) => text,
            Kind::Sign(sign) => sign,
        }
    }

    /// Whether this is the keyword.
    pub(super) fn is(&self, keyword: &str) -> bool {
        match self {
            Kind::Word(text) => text.eq_ignore_ascii_case(keyword),
            Kind::Quoted(_) => false,
            Kind::Sign(sign) => *sign == keyword,
        }
    }
}

/// Longer signs first, so that `!=` is not read as `!`.
const SIGNS: &[&str] = &[
    "!=", "!~", ">=", "<=", "&&", "||", "=", "~", ">", "<", "(", ")", ",", "!", "&", "|",
];

/// Takes a query apart.
pub(super) fn tokens(query: &str) -> Result<Vec<Token>, SyntaxError> {
    let mut reader = Reader {
        rest: query,
        line: 1,
        character: 1,
    };
    let mut found = Vec::new();
    loop {
        reader.skip_space();
        let (line, character) = (reader.line, reader.character);
        let Some(first) = reader.peek() else {
            return Ok(found);
        };
        let failed = |fault| SyntaxError {
            fault,
            line,
            character,
        };
        let kind = if first == '"' || first == '\'' {
            reader.next();
            let (text, closed) = reader.quoted(first);
            if !closed {
                return Err(failed(Fault::OpenString(text)));
            }
            Kind::Quoted(text)
        } else if let Some(sign) = SIGNS.iter().find(|sign| reader.rest.starts_with(**sign)) {
            for _ in sign.chars() {
                reader.next();
            }
            Kind::Sign(sign)
        } else if is_reserved(first) {
            return Err(failed(Fault::Reserved(first)));
        } else {
            Kind::Word(reader.word()?)
        };
        found.push(Token {
            kind,
            line,
            character,
        });
    }
}

/// The query that is left, and where it begins.
struct Reader<'a> {
    rest: &'a str,
    line: usize,
    character: usize,
}

impl Reader<'_> {
    fn peek(&self) -> Option<char> {
        self.rest.chars().next()
    }

    fn next(&mut self) -> Option<char> {
        let mut characters = self.rest.chars();
        let next = characters.next()?;
        self.rest = characters.as_str();
        if next == '\n' {
            self.line += 1;
            self.character = 1;
        } else {
            self.character += 1;
        }
        Some(next)
    }

    fn skip_space(&mut self) {
        while self.peek().is_some_and(char::is_whitespace) {
            self.next();
        }
    }

    /// Reads up to the closing quote and says whether there was one.
    fn quoted(&mut self, quote: char) -> (String, bool) {
        let mut text = String::new();
        while let Some(next) = self.next() {
            if next == quote {
                return (text, true);
            }
            if next == '\\' {
                text.extend(self.escaped());
            } else {
                text.push(next);
            }
        }
        (text, false)
    }

    fn word(&mut self) -> Result<String, SyntaxError> {
        let mut text = String::new();
        while let Some(next) = self.peek() {
            if next.is_whitespace() || "=!<>~(),&|\"'".contains(next) {
                break;
            }
            if is_reserved(next) {
                return Err(SyntaxError {
                    fault: Fault::Reserved(next),
                    line: self.line,
                    character: self.character,
                });
            }
            self.next();
            if next == '\\' {
                text.extend(self.escaped());
            } else {
                text.push(next);
            }
        }
        Ok(text)
    }

    /// The character that an escape stands for; the backslash was read.
    fn escaped(&mut self) -> Option<char> {
        match self.next()? {
            'n' => Some('\n'),
            't' => Some('\t'),
            'r' => Some('\r'),
            'u' => {
                let digits: String = self.rest.chars().take(4).collect();
                for _ in digits.chars() {
                    self.next();
                }
                u32::from_str_radix(&digits, 16)
                    .ok()
                    .and_then(char::from_u32)
            }
            other => Some(other),
        }
    }
}

/// The characters that have to be quoted.
fn is_reserved(character: char) -> bool {
    "{}*/%^$#@?;+".contains(character)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(query: &str) -> Vec<String> {
        let tokens = tokens(query).unwrap();
        tokens
            .iter()
            .map(|token| token.kind.text().to_owned())
            .collect()
    }

    #[test]
    fn signs_need_no_space_around_them() {
        assert_eq!(
            texts("a!=b and(c>=-7d)"),
            ["a", "!=", "b", "and", "(", "c", ">=", "-7d", ")"]
        );
    }

    #[test]
    fn escapes_in_strings_are_undone() {
        assert_eq!(texts(r#""say \"hi\" \u0041" 'it'"#), ["say \"hi\" A", "it"]);
    }

    #[test]
    fn an_open_string_says_where_it_began() {
        let error = tokens("a = \"b").unwrap_err();
        assert_eq!(error.fault, Fault::OpenString("b".to_owned()));
        assert_eq!((error.line, error.character), (1, 5));
    }
}

//! The text of a `.env` file as names and values.
//!
//! Our own reader, because the known crate looks variables up in the process environment, replaces
//! `$` in passwords, and repeats the faulty line, secrets included, in its errors.

use std::collections::BTreeMap;
use std::path::Path;

use super::Problem;

/// Reads `NAME=value` lines; of two lines with one name the later one holds.
///
/// `export` before the name, comments and quotes are understood; `$` is an ordinary character.
pub(super) fn read(path: &Path, text: &str) -> (BTreeMap<String, String>, Vec<Problem>) {
    let mut values = BTreeMap::new();
    let mut problems = Vec::new();
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    for (number, line) in (1..).zip(text.lines()) {
        let line = line.trim();
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        match assignment(line) {
            Ok((name, value)) => {
                values.insert(name.to_owned(), value);
            }
            Err(message) => {
                problems.push(Problem::new(
                    path.display().to_string(),
                    format!("line {number} {message}"),
                ));
            }
        }
    }
    (values, problems)
}

fn assignment(line: &str) -> Result<(&str, String), &'static str> {
    let (name, value) = line
        .split_once('=')
        .ok_or("is not of the form NAME=value")?;
    let name = name.strip_prefix("export ").unwrap_or(name).trim();
    if name.is_empty()
        || !name
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '-'))
    {
        return Err("does not begin with a name and `=`");
    }
    Ok((name, unquoted(value.trim())?))
}

fn unquoted(value: &str) -> Result<String, &'static str> {
    let Some(quote) = value.chars().next().filter(|c| matches!(c, '"' | '\'')) else {
        // A `#` begins a comment only after a space, so that passwords may hold one.
        if value.starts_with('#') {
            return Ok(String::new());
        }
        let end = value
            .find(" #")
            .or_else(|| value.find("\t#"))
            .unwrap_or(value.len());
        return Ok(value.get(..end).unwrap_or(value).trim_end().to_owned());
    };
    let mut content = String::new();
    let mut rest = value.chars();
    rest.next();
    loop {
        match rest.next() {
            None => return Err("opens a quote that it does not close"),
            Some(c) if c == quote => break,
            Some('\\') if quote == '"' => match rest.next() {
                Some('n') => content.push('\n'),
                Some('r') => content.push('\r'),
                Some('t') => content.push('\t'),
                Some(c @ ('"' | '\\' | '$')) => content.push(c),
                // Windows paths are common here, so an unknown escape is no escape.
                Some(c) => content.extend(['\\', c]),
                None => return Err("opens a quote that it does not close"),
            },
            Some(c) => content.push(c),
        }
    }
    let after = rest.as_str().trim_start();
    if after.is_empty() || after.starts_with('#') {
        Ok(content)
    } else {
        Err("goes on after the closing quote")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value_of(line: &str) -> String {
        let (values, problems) = read(Path::new(".env"), &format!("NAME={line}"));
        assert_eq!(problems, [], "{line}");
        values.get("NAME").cloned().unwrap_or_default()
    }

    #[test]
    fn values_may_be_quoted_and_commented() {
        assert_eq!(value_of("plain"), "plain");
        assert_eq!(value_of("  two words  # a comment"), "two words");
        assert_eq!(value_of("pa$$#word"), "pa$$#word");
        assert_eq!(value_of("# nothing"), "");
        assert_eq!(value_of(r"'a \n # $b' # comment"), r"a \n # $b");
        assert_eq!(
            value_of(r#""a \"b\" \\ \$c\nd C:\Users""#),
            "a \"b\" \\ $c\nd C:\\Users"
        );
        assert_eq!(value_of("a=b="), "a=b=");
    }

    #[test]
    fn export_comments_blank_lines_and_a_byte_order_mark_are_understood() {
        let text = "\u{feff}# comment\r\n\r\nexport A=1\r\n  B = 2\r\nA=3\r\n";
        let (values, problems) = read(Path::new(".env"), text);
        assert_eq!(problems, []);
        assert_eq!(
            values,
            BTreeMap::from([("A".into(), "3".into()), ("B".into(), "2".into())])
        );
    }

    #[test]
    fn a_faulty_line_is_named_but_not_repeated() {
        let text = "A=1\nhunter2\nB=\"hunter2\nC='hunter2' hunter2\nhunter2 x=1";
        let (values, problems) = read(Path::new(".env"), text);
        assert_eq!(values.len(), 1);
        let shown = problems
            .iter()
            .map(Problem::to_string)
            .collect::<Vec<_>>()
            .join("\n");
        insta::assert_snapshot!(shown, @r"
        .env: line 2 is not of the form NAME=value
        .env: line 3 opens a quote that it does not close
        .env: line 4 goes on after the closing quote
        .env: line 5 does not begin with a name and `=`
        ");
    }
}

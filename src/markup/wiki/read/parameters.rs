//! The parameters of a macro's tag.

use super::escapes::entity;

/// The parameters, `a=b|c`, in their order; one without a name has the empty one, and one without
/// a value tells nothing.
pub(super) fn parameters(text: &str) -> Vec<(String, String)> {
    let parts = split(text).into_iter().map(|part| {
        let (name, value) = match part.split_once('=') {
            Some((name, value)) if is_name(name.trim()) => (name.trim(), value),
            _ => ("", part.as_str()),
        };
        (name.to_owned(), with_entities(value.trim()))
    });
    parts.filter(|(_, value)| !value.is_empty()).collect()
}

fn with_entities(value: &str) -> String {
    let mut text = String::with_capacity(value.len());
    let mut rest = value;
    while let Some(at) = rest.find('&') {
        let (before, from) = rest.split_at_checked(at).unwrap_or((rest, ""));
        text.push_str(before);
        let (decoded, length) = entity(from).unwrap_or_else(|| ("&".to_owned(), 1));
        text.push_str(&decoded);
        rest = from.get(length..).unwrap_or_default();
    }
    text.push_str(rest);
    text
}

/// The parts between pipes, without the backslashes that keep pipes and braces.
fn split(text: &str) -> Vec<String> {
    let mut parts = vec![String::new()];
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        let escaped =
            characters.next_if(|next| character == '\\' && matches!(next, '|' | '{' | '}'));
        match (character, parts.last_mut()) {
            ('|', _) => parts.push(String::new()),
            (_, Some(last)) => last.push(escaped.unwrap_or(character)),
            (_, None) => {}
        }
    }
    parts
}

fn is_name(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
        && name
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.' | ' '))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parameters_are_named_or_the_default_one() {
        let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        assert_eq!(
            parameters(r"java|title=a \| b \} = c| x = |key=1==2||C:\temp"),
            [
                pair("", "java"),
                pair("title", "a | b } = c"),
                pair("key", "1==2"),
                pair("", r"C:\temp"),
            ]
        );
        assert_eq!(parameters(""), []);
        assert_eq!(parameters("1 < 2 = x"), [pair("", "1 < 2 = x")]);
    }
}

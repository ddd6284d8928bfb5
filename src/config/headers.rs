//! The headers that every request to a site carries, from the text of one variable.

use http::HeaderName;
use secrecy::SecretString;

use super::Header;

/// Headers that belong to the connection: another value would break each request.
const REFUSED: [HeaderName; 4] = [
    http::header::HOST,
    http::header::CONTENT_LENGTH,
    http::header::TRANSFER_ENCODING,
    http::header::CONNECTION,
];

/// Reads `Name=value` pairs with commas between them.
///
/// A message counts the pairs instead of naming them: where a comma or `=` is in the wrong place,
/// a part of a secret stands in the place of a name.
pub(super) fn headers(value: &str) -> Result<Vec<Header>, String> {
    let mut headers: Vec<(HeaderName, Header)> = Vec::new();
    let pairs = value.split(',').map(str::trim);
    for (number, pair) in (1..).zip(pairs.filter(|pair| !pair.is_empty())) {
        let (known, header) = header(pair).map_err(|problem| {
            format!(
                "pair {number} {problem}; expected name=value pairs with commas between them, \
                 and no comma within a value"
            )
        })?;
        if let Some(refused) = REFUSED.iter().find(|refused| **refused == known) {
            return Err(format!(
                "pair {number} sets {refused}, which each request sets for itself; remove it"
            ));
        }
        if headers.iter().any(|(other, _)| *other == known) {
            return Err(format!(
                "pair {number} has the name of one before it; expected each header once"
            ));
        }
        headers.push((known, header));
    }
    if headers.is_empty() {
        return Err("names nothing; expected name=value pairs with commas between them".into());
    }
    Ok(headers.into_iter().map(|(_, header)| header).collect())
}

fn header(pair: &str) -> Result<(HeaderName, Header), &'static str> {
    let (name, value) = pair.split_once('=').ok_or("has no `=`")?;
    let (name, value) = (name.trim(), value.trim());
    let known = HeaderName::from_bytes(name.as_bytes())
        .map_err(|_| "has a name that no header can have")?;
    // A token that was given without a name may end in `=`.
    if value.trim_matches('=').is_empty() {
        return Err("has no value");
    }
    if !value.chars().all(|c| c.is_ascii_graphic() || c == ' ') {
        return Err("has a character in its value that is not visible ASCII");
    }
    let header = Header {
        name: name.to_owned(),
        value: SecretString::from(value),
    };
    Ok((known, header))
}

#[cfg(test)]
mod tests {
    use secrecy::ExposeSecret;

    use super::*;

    fn message(value: &str) -> String {
        headers(value).unwrap_err()
    }

    #[test]
    fn what_is_no_pair_is_counted_but_not_repeated() {
        for value in [
            "hunter2",
            "aHVudGVyMg==",
            "X-Key=a,hunter2",
            "X-Key=hunter2\u{e9}",
            "X-Key=hunter2\tb",
            "hunter2 b=c",
            "=hunter2",
            "X-A=1,x-a=hunter2",
            "Host=hunter2",
        ] {
            let message = message(value);
            assert!(message.starts_with("pair "), "{value}: {message}");
            for part in ["hunter2", "aHVu"] {
                assert!(!message.contains(part), "{value}: {message}");
            }
        }
        insta::assert_snapshot!(
            message("X-Key=a,b"),
            @"pair 2 has no `=`; expected name=value pairs with commas between them, and no comma within a value"
        );
        insta::assert_snapshot!(
            message(" , "),
            @"names nothing; expected name=value pairs with commas between them"
        );
    }

    #[test]
    fn headers_of_the_connection_are_refused_in_any_case() {
        for name in ["Host", "content-length", "Transfer-Encoding", "CONNECTION"] {
            let message = message(&format!("X-A=1, {name}=b"));
            assert!(
                message.starts_with(&format!("pair 2 sets {}", name.to_ascii_lowercase())),
                "{message}"
            );
        }
    }

    #[test]
    fn pairs_are_trimmed_and_a_value_may_hold_spaces_and_equal_signs() {
        let headers = headers(" X-Key = a=b== , Authorization=Basic abc,").unwrap();
        let pairs: Vec<_> = headers
            .iter()
            .map(|header| (header.name.as_str(), header.value.expose_secret()))
            .collect();
        assert_eq!(pairs, [("X-Key", "a=b=="), ("Authorization", "Basic abc")]);
    }
}

//! Narrows a JQL or CQL query.

/// The query within the allowed values of a field; its order stays.
///
/// Unbalanced parentheses in the query could still reach around the condition. Results are
/// therefore held against the policy as well.
pub(super) fn within(field: &str, allowed: Option<&[String]>, query: &str) -> String {
    let Some(allowed) = allowed else {
        return query.to_owned();
    };
    let values: Vec<String> = allowed.iter().map(|value| quoted(value)).collect();
    let condition = format!("{field} in ({})", values.join(", "));
    let (filter, order) = query.split_at(order_by(query).unwrap_or(query.len()));
    if filter.trim().is_empty() {
        format!("{condition} {order}").trim_end().to_owned()
    } else {
        format!("{condition} AND ({}) {order}", filter.trim())
            .trim_end()
            .to_owned()
    }
}

fn quoted(value: &str) -> String {
    format!("\"{}\"", value.replace('\\', "\\\\").replace('"', "\\\""))
}

/// Where `ORDER BY` begins, outside of quotes.
fn order_by(query: &str) -> Option<usize> {
    let mut quote = None;
    let mut is_escaped = false;
    let mut follows_word = false;
    for (index, character) in query.char_indices() {
        let starts_word = quote.is_none() && !follows_word;
        match (quote, character) {
            _ if is_escaped => is_escaped = false,
            (_, '\\') => is_escaped = true,
            (None, '"' | '\'') => quote = Some(character),
            (Some(open), _) if open == character => quote = None,
            (None, 'o' | 'O') if starts_word => {
                let mut words = query.get(index..).unwrap_or("").split_whitespace();
                let is = |word: Option<&str>, expected| {
                    word.is_some_and(|word| word.eq_ignore_ascii_case(expected))
                };
                if is(words.next(), "order") && is(words.next(), "by") {
                    return Some(index);
                }
            }
            _ => {}
        }
        follows_word = character.is_alphanumeric() || character == '_';
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn narrowed(query: &str) -> String {
        within("project", Some(&["A".to_owned(), "B".to_owned()]), query)
    }

    #[test]
    fn without_limits_a_query_stays_as_it_is() {
        assert_eq!(within("project", None, "a = b"), "a = b");
    }

    #[test]
    fn the_condition_comes_before_and_the_order_stays_last() {
        assert_eq!(
            narrowed("status = Open or x = 1 ORDER BY updated desc"),
            r#"project in ("A", "B") AND (status = Open or x = 1) ORDER BY updated desc"#
        );
        assert_eq!(
            narrowed("order by key"),
            r#"project in ("A", "B") order by key"#
        );
        assert_eq!(narrowed(""), r#"project in ("A", "B")"#);
    }

    #[test]
    fn an_order_in_quotes_or_in_a_word_is_none() {
        for query in [
            r#"summary ~ "order by x""#,
            "reorder by = 1",
            r#"s ~ "a\" order by b""#,
        ] {
            assert_eq!(
                narrowed(query),
                format!(r#"project in ("A", "B") AND ({query})"#)
            );
        }
    }
}

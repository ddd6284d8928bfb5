//! Comparison of values and texts with what a query asks for.

use crate::sandbox::query::{Operand, Operator};

/// What a test on a set of values asks for, in lower case; `None` asks for no value.
pub(in crate::sandbox) type Wanted = Vec<Option<String>>;

/// Whether values, in lower case, fit a test with `=`, `in` or `is` and their opposites.
pub(in crate::sandbox) fn fits(
    values: &[String],
    operator: Operator,
    wanted: &[Option<String>],
) -> bool {
    let found = wanted.iter().any(|wanted| match wanted {
        Some(wanted) => values.contains(wanted),
        None => values.is_empty(),
    });
    if operator.negative() {
        // A thing without a value fits no comparison with a value, not even a negative one.
        let asks_for_none = wanted.iter().any(Option::is_none);
        !found && (asks_for_none || !values.is_empty())
    } else {
        found
    }
}

/// The members of an operand: those of a list, or the operand alone.
pub(in crate::sandbox) fn members(operand: &Operand) -> Vec<&Operand> {
    match operand {
        Operand::List(members) => members
            .iter()
            .flat_map(|member| self::members(member))
            .collect(),
        other => vec![other],
    }
}

/// Whether a text holds every word of a search, or its phrases in order.
pub(in crate::sandbox) fn holds(text: &str, search: &str) -> bool {
    let words = words(text);
    let mut phrase = false;
    let mut any = false;
    for part in search.split('"') {
        let wanted = self::words(part);
        if !wanted.is_empty() {
            any = true;
            let found = if phrase {
                words.windows(wanted.len()).any(|window| {
                    window
                        .iter()
                        .zip(&wanted)
                        .all(|(word, wanted)| word == wanted)
                })
            } else {
                wanted
                    .iter()
                    .all(|wanted| words.iter().any(|word| word_fits(word, wanted)))
            };
            if !found {
                return false;
            }
        }
        phrase = !phrase;
    }
    any
}

fn word_fits(word: &str, wanted: &str) -> bool {
    match wanted.strip_suffix('*') {
        Some(beginning) => word.starts_with(beginning),
        // A plain plural or past form is found as the servers' stemmer finds it.
        None => {
            word == wanted
                || stem(word) == stem(wanted)
                || is_ideographic(wanted) && word.contains(wanted)
        }
    }
}

fn stem(word: &str) -> &str {
    for ending in ["ing", "ed", "es", "s"] {
        if let Some(stem) = word.strip_suffix(ending)
            && stem.chars().count() > 3
        {
            return stem;
        }
    }
    word
}

/// Scripts without spaces between words are searched by part.
fn is_ideographic(word: &str) -> bool {
    word.chars().all(|character| character > '\u{2e7f}')
}

fn words(text: &str) -> Vec<String> {
    text.to_lowercase()
        .split(|character: char| {
            !(character.is_alphanumeric() || character == '*' || character == '_')
        })
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_thing_without_a_value_is_not_unlike_a_value() {
        let wanted = [Some("a".to_owned())];
        assert!(!fits(&[], Operator::NotEqual, &wanted));
        assert!(fits(&["b".to_owned()], Operator::NotEqual, &wanted));
        assert!(fits(&[], Operator::Is, &[None]));
        assert!(fits(&["b".to_owned()], Operator::IsNot, &[None]));
    }

    #[test]
    fn text_is_searched_by_words_prefixes_and_phrases() {
        let text = "The cart loses its items, 商品が消える";
        assert!(holds(text, "items cart"));
        assert!(holds(text, "CAR*"));
        assert!(holds(text, "\"its items\""));
        assert!(holds(text, "商品"));
        assert!(!holds(text, "\"items its\""));
        assert!(!holds(text, "basket"));
        assert!(!holds(text, ""));
    }
}

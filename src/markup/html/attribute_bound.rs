//! A bound on the attributes of one tag, each of which the tokenizer compares with all before it.

/// More attributes than this are text.
const MOST: usize = 1_000;

/// Where the next byte stands.
#[derive(Debug, Clone, Copy)]
enum Place {
    Text,
    /// After `<`.
    Opened,
    /// In the name of a tag or of an attribute, or in a value without quotes.
    Name(usize),
    /// Before the name of an attribute.
    Between(usize),
    /// After `=`.
    Value(usize),
    /// In a value within this quote.
    Quoted(usize, u8),
}

/// The parts of the source between which a tag has to be closed by force, as it has too many
/// attributes.
pub(super) fn parts(source: &str) -> Vec<&str> {
    let (mut parts, mut rest) = (Vec::new(), source);
    let (mut place, mut taken) = (Place::Text, 0);
    for (at, byte) in source.bytes().enumerate() {
        place = next(place, byte);
        let is_over = matches!(place, Place::Name(count) if count > MOST);
        if is_over && let Some((part, others)) = rest.split_at_checked(at - taken) {
            parts.push(part);
            (rest, taken, place) = (others, at, Place::Text);
        }
    }
    parts.push(rest);
    parts
}

fn next(place: Place, byte: u8) -> Place {
    let is_space = byte.is_ascii_whitespace();
    match (place, byte) {
        (Place::Quoted(count, quote), _) if byte == quote => Place::Between(count),
        (Place::Quoted(..), _) => place,
        (Place::Text | Place::Opened, b'<') => Place::Opened,
        (Place::Text, _) | (_, b'>') => Place::Text,
        (Place::Opened, _) if byte.is_ascii_alphabetic() || byte == b'/' => Place::Name(0),
        (Place::Opened, _) => Place::Text,
        (Place::Name(count) | Place::Between(count), b'=') => Place::Value(count),
        (Place::Name(count) | Place::Between(count), b'/') => Place::Between(count),
        (Place::Name(count) | Place::Between(count), _) if is_space => Place::Between(count),
        (Place::Between(count), _) => Place::Name(count + 1),
        (Place::Name(_), _) => place,
        (Place::Value(count), b'"' | b'\'') => Place::Quoted(count, byte),
        (Place::Value(_), _) if is_space => place,
        (Place::Value(count), _) => Place::Name(count),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tag_with_too_many_attributes_is_closed() {
        let attributes = |count: usize| " a='>' b=\">\" c=d e".repeat(count / 4);
        for source in [
            format!("a <p{}> b", attributes(1_000)),
            format!("<p a='x'{}>", " ".repeat(5_000)),
            "<p>".repeat(5_000),
            "a = b < c ' d \" e ".repeat(5_000),
        ] {
            assert_eq!(parts(&source), [source.as_str()]);
        }
        let source = format!("a <p{}é='f'> b", attributes(1_000));
        assert_eq!(parts(&source), [source.as_str()]);
        let source = format!("a <p{} é='f'> b", attributes(1_000));
        let expected = source.split_at(source.find("é").unwrap());
        assert_eq!(parts(&source), [expected.0, expected.1]);
    }
}

//! The notation of targets and of parameters' values in Markdown: `page:SPACE:Title#anchor`,
//! `attachment:file.pdf?on=page:Title`, `user:name` and so on.

use crate::markup::document::{Target, User, Value};

/// What comes before a text that would be read as a target.
const TEXT: &str = "text:";

/// The target that the notation names; none if it is an address or any other text.
pub(crate) fn parse_target(notation: &str) -> Option<Target> {
    if let Some(anchor) = notation.strip_prefix('#') {
        return (!anchor.is_empty()).then(|| Target::Anchor(decode(anchor)));
    }
    let (kind, rest) = notation.split_once(':')?;
    Some(match kind {
        "page" => {
            let (path, anchor) = split_anchor(rest);
            let (space, title) = match path.split_once(':') {
                Some((space, title)) => (some(space), title),
                None => (None, path),
            };
            let title = decode(title);
            Target::Page {
                space,
                title,
                anchor,
            }
        }
        "blog" => blog(rest),
        "attachment" => {
            let (name, on) = match rest.split_once("?on=") {
                Some((name, on)) => (name, Some(Box::new(parse_target(on)?))),
                None => (rest, None),
            };
            Target::Attachment {
                name: decode(name),
                on,
            }
        }
        "user" => Target::User(match rest.split_once('/') {
            Some(("key", key)) => User::Key(decode(key)),
            Some(("account", account)) => User::Account(decode(account)),
            _ => User::Name(decode(rest)),
        }),
        "space" => Target::Space(decode(rest)),
        "content" => Target::Content(decode(rest)),
        "shortcut" => {
            let (key, parameter) = rest.split_once('/').unwrap_or((rest, ""));
            Target::Shortcut {
                key: decode(key),
                parameter: decode(parameter),
            }
        }
        _ => return None,
    })
}

/// The notation of a target; an address is its own.
pub(crate) fn write_target(target: &Target) -> String {
    match target {
        Target::Url(address) => address.clone(),
        Target::Page {
            space,
            title,
            anchor,
        } => {
            let title = match space {
                Some(space) => format!("{}:{}", encode(space, ":"), encode(title, "")),
                None => encode(title, ":"),
            };
            format!("page:{title}{}", write_anchor(anchor.as_deref()))
        }
        Target::Blog {
            space,
            title,
            day,
            anchor,
        } => {
            let space = space.as_deref().map(|space| encode(space, ":"));
            let place = match (space, day) {
                (None, None) => String::new(),
                (Some(space), None) if !is_day(&space) => format!("{space}:"),
                (None, Some(day)) if is_day(day) => format!("{day}:"),
                (space, day) => {
                    let day = encode(day.as_deref().unwrap_or_default(), ":");
                    format!("{}:{day}:", space.unwrap_or_default())
                }
            };
            let title = encode(title, ":");
            format!("blog:{place}{title}{}", write_anchor(anchor.as_deref()))
        }
        Target::Attachment { name, on } => {
            let on = on.as_ref().map(|on| format!("?on={}", write_target(on)));
            format!("attachment:{}{}", encode(name, ""), on.unwrap_or_default())
        }
        Target::User(User::Name(name)) => format!("user:{}", encode(name, "/")),
        Target::User(User::Key(key)) => format!("user:key/{}", encode(key, "")),
        Target::User(User::Account(account)) => format!("user:account/{}", encode(account, "")),
        Target::Space(key) => format!("space:{}", encode(key, "")),
        Target::Anchor(anchor) => format!("#{}", encode(anchor, "")),
        Target::Content(id) => format!("content:{}", encode(id, "")),
        Target::Shortcut { key, parameter } => {
            format!("shortcut:{}/{}", encode(key, "/"), encode(parameter, ""))
        }
    }
}

/// The value that a parameter is given in Markdown.
///
/// Unlike in a link, `#ff0000` is a text, and so is an address; `anchor:` and `url:` name those.
pub(crate) fn parse_value(notation: &str) -> Value {
    if let Some(text) = notation.strip_prefix(TEXT) {
        return Value::Text(text.to_owned());
    }
    let target = match notation.split_once(':') {
        Some(("url", address)) => Some(Target::Url(address.to_owned())),
        Some(("anchor", anchor)) => Some(Target::Anchor(decode(anchor))),
        Some(_) if !notation.starts_with('#') => parse_target(notation),
        _ => None,
    };
    target.map_or_else(|| Value::Text(notation.to_owned()), Value::Target)
}

/// A parameter's value as Markdown has it; not escaped yet.
pub(crate) fn write_value(value: &Value) -> String {
    match value {
        Value::Target(Target::Url(address)) => format!("url:{address}"),
        Value::Target(Target::Anchor(anchor)) => format!("anchor:{}", encode(anchor, "")),
        Value::Target(target) => write_target(target),
        Value::Text(text) if parse_value(text) == *value => text.clone(),
        Value::Text(text) => format!("{TEXT}{text}"),
    }
}

fn blog(notation: &str) -> Target {
    let (path, anchor) = split_anchor(notation);
    let mut parts = path.splitn(3, ':');
    let parts = (parts.next().unwrap_or_default(), parts.next(), parts.next());
    let (space, day, title) = match parts {
        (space, Some(day), Some(title)) => (some(space), some(day), title),
        (day, Some(title), None) if is_day(day) => (None, some(day), title),
        (space, Some(title), None) => (some(space), None, title),
        (title, None, _) => (None, None, title),
    };
    let title = decode(title);
    Target::Blog {
        space,
        title,
        day,
        anchor,
    }
}

fn is_day(text: &str) -> bool {
    text.contains('/') && text.chars().all(|c| c.is_ascii_digit() || c == '/')
}

fn split_anchor(notation: &str) -> (&str, Option<String>) {
    match notation.split_once('#') {
        Some((path, anchor)) => (path, some(anchor)),
        None => (notation, None),
    }
}

fn write_anchor(anchor: Option<&str>) -> String {
    anchor.map_or_else(String::new, |anchor| format!("#{}", encode(anchor, "")))
}

fn some(part: &str) -> Option<String> {
    (!part.is_empty()).then(|| decode(part))
}

/// Keeps letters and digits of all scripts and signs that mean nothing in a link.
fn encode(text: &str, also: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    for character in text.chars() {
        let is_plain = character.is_alphanumeric() || "-._~/:@!$,;".contains(character);
        if is_plain && !also.contains(character) {
            encoded.push(character);
        } else {
            let mut bytes = [0; 4];
            for byte in character.encode_utf8(&mut bytes).bytes() {
                encoded.push_str(&format!("%{byte:02X}"));
            }
        }
    }
    encoded
}

fn decode(text: &str) -> String {
    let decoded = percent_encoding::percent_decode_str(text).decode_utf8();
    decoded.map_or_else(|_| text.to_owned(), std::borrow::Cow::into_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(space: Option<&str>, title: &str, anchor: Option<&str>) -> Target {
        Target::Page {
            space: space.map(str::to_owned),
            title: title.into(),
            anchor: anchor.map(str::to_owned),
        }
    }

    fn blog(space: Option<&str>, day: Option<&str>, title: &str) -> Target {
        Target::Blog {
            space: space.map(str::to_owned),
            title: title.into(),
            day: day.map(str::to_owned),
            anchor: None,
        }
    }

    #[test]
    fn targets_are_written_and_read_back() {
        let attachment = |name: &str, on| Target::Attachment {
            name: name.into(),
            on,
        };
        let on = Some(Box::new(page(Some("DEV"), "A (b)", None)));
        for (target, notation) in [
            (page(None, "Home", None), "page:Home"),
            (page(None, "A: b", None), "page:A%3A%20b"),
            (
                page(Some("DEV"), "A: b", Some("c d")),
                "page:DEV:A:%20b#c%20d",
            ),
            (
                page(Some("~jo"), "50% (é) #1", None),
                "page:~jo:50%25%20%28é%29%20%231",
            ),
            (page(Some("DEV"), "", None), "page:DEV:"),
            (blog(None, None, "New"), "blog:New"),
            (blog(Some("DEV"), None, "New"), "blog:DEV:New"),
            (
                blog(None, Some("2026/03/14"), "New: 1"),
                "blog:2026/03/14:New%3A%201",
            ),
            (
                blog(Some("DEV"), Some("2026/03/14"), "New"),
                "blog:DEV:2026/03/14:New",
            ),
            (blog(None, Some("today"), "New"), "blog::today:New"),
            (attachment("a b?.pdf", None), "attachment:a%20b%3F.pdf"),
            (
                attachment("a.pdf", on),
                "attachment:a.pdf?on=page:DEV:A%20%28b%29",
            ),
            (Target::User(User::Name("key/jo".into())), "user:key%2Fjo"),
            (Target::User(User::Key("ff80".into())), "user:key/ff80"),
            (
                Target::User(User::Account("5:a-b".into())),
                "user:account/5:a-b",
            ),
            (Target::Space("DEV".into()), "space:DEV"),
            (Target::Anchor("a b".into()), "#a%20b"),
            (Target::Content("123".into()), "content:123"),
            (
                Target::Shortcut {
                    key: "g/h".into(),
                    parameter: "a/b c".into(),
                },
                "shortcut:g%2Fh/a/b%20c",
            ),
        ] {
            assert_eq!(write_target(&target), notation);
            assert_eq!(parse_target(notation).as_ref(), Some(&target), "{notation}");
            let value = Value::Target(target);
            assert_eq!(parse_value(&write_value(&value)), value);
        }
    }

    #[test]
    fn addresses_and_other_texts_are_not_targets() {
        for text in [
            "https://a.example/b",
            "mailto:jo",
            "/a#b",
            "a b",
            "",
            "#",
            "Page:x",
        ] {
            assert_eq!(parse_target(text), None, "{text}");
        }
    }

    #[test]
    fn texts_that_look_like_targets_are_marked() {
        for (text, notation) in [
            ("#ff0000", "#ff0000"),
            ("https://a.example", "https://a.example"),
            ("page:x", "text:page:x"),
            ("text:x", "text:text:x"),
            ("url:x", "text:url:x"),
            ("", ""),
        ] {
            let value = Value::Text(text.into());
            assert_eq!(write_value(&value), notation);
            assert_eq!(parse_value(notation), value);
        }
        let address = Value::Target(Target::Url("https://a.example/b?c=d".into()));
        assert_eq!(parse_value(&write_value(&address)), address);
    }
}

//! Addresses of pages of the same Confluence.

use crate::markup::document::{Target, User};

/// The page, space or person that the address of this site names.
pub(super) fn target(address: &str, site: &str) -> Option<Target> {
    let site = site.trim_end_matches('/');
    let rest = address.strip_prefix(site)?;
    let rest = rest.strip_prefix('/')?;
    let (rest, anchor) = match rest.split_once('#') {
        Some((rest, anchor)) => (rest, Some(decode(anchor)?)),
        None => (rest, None),
    };
    let (path, query) = rest.split_once('?').unwrap_or((rest, ""));
    if path == "pages/viewpage.action" {
        return page_of_query(query, anchor);
    }
    if !query.is_empty() {
        return None;
    }
    let mut parts = path.strip_prefix("display/")?.split('/');
    let space = decode(parts.next().filter(|space| !space.is_empty())?)?;
    let title = parts.next().filter(|title| !title.is_empty());
    if parts.next().is_some() {
        return None;
    }
    match (title, space.strip_prefix('~')) {
        (Some(title), _) => Some(Target::Page {
            space: Some(space),
            title: decode(title)?,
            anchor,
        }),
        (None, _) if anchor.is_some() => None,
        (None, Some(name)) => Some(Target::User(User::Name(name.to_owned()))),
        (None, None) => Some(Target::Space(space)),
    }
}

fn page_of_query(query: &str, anchor: Option<String>) -> Option<Target> {
    let value = |name: &str| {
        let mut parts = query.split('&').filter_map(|part| part.split_once('='));
        parts.find_map(|(known, value)| (known == name).then(|| decode(value))?)
    };
    if let (Some(space), Some(title)) = (value("spaceKey"), value("title")) {
        return Some(Target::Page {
            space: Some(space),
            title,
            anchor,
        });
    }
    let id = value("pageId").filter(|id| id.chars().all(|c| c.is_ascii_digit()))?;
    anchor.is_none().then_some(Target::Content(id))
}

/// `+` is a space in these addresses.
fn decode(text: &str) -> Option<String> {
    let text = text.replace('+', " ");
    let decoded = percent_encoding::percent_decode_str(&text).decode_utf8();
    Some(decoded.ok()?.into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_of_the_site_name_pages_spaces_and_people() {
        let page = |anchor: Option<&str>| Target::Page {
            space: Some("DEV".into()),
            title: "A b: é".into(),
            anchor: anchor.map(str::to_owned),
        };
        for (address, expected) in [
            (
                "https://w.example/c/display/DEV/A+b%3A+%C3%A9",
                Some(page(None)),
            ),
            (
                "https://w.example/c/display/DEV/A+b%3A+%C3%A9#x",
                Some(page(Some("x"))),
            ),
            (
                "https://w.example/c/pages/viewpage.action?spaceKey=DEV&title=A+b%3A+%C3%A9",
                Some(page(None)),
            ),
            (
                "https://w.example/c/pages/viewpage.action?pageId=12",
                Some(Target::Content("12".into())),
            ),
            (
                "https://w.example/c/display/DEV",
                Some(Target::Space("DEV".into())),
            ),
            (
                "https://w.example/c/display/~jo",
                Some(Target::User(User::Name("jo".into()))),
            ),
            ("https://w.example/c/display/DEV/A/1/2", None),
            ("https://w.example/c/x/AbC", None),
            ("https://w.example/cc/display/DEV/A", None),
            ("https://other.example/c/display/DEV/A", None),
        ] {
            assert_eq!(
                target(address, "https://w.example/c/"),
                expected,
                "{address}"
            );
        }
    }
}

//! Path parameters: what may stand in one, and the check of the whole path before it is sent.
//!
//! A URL parser resolves `..` and reads `\` as `/`, so a value could leave its place in the path
//! and reach another operation. [`encode`] takes away the backslash; [`check`] compares what is left
//! after parsing with the operation's template.

use url::Url;

/// Encodes a value for one segment of a path.
pub(crate) fn encode(segment: &str) -> String {
    progenitor_client::encode_path(segment).replace('\\', "%5C")
}

/// The path of a template for these parameters, in their order.
pub(crate) fn fill(template: &str, parameters: &[impl AsRef<str>]) -> String {
    let mut parameters = parameters.iter();
    let segments = template.split('/').map(|segment| {
        match segment
            .starts_with('{')
            .then(|| parameters.next())
            .flatten()
        {
            Some(value) => encode(value.as_ref()),
            None => segment.to_owned(),
        }
    });
    segments.collect::<Vec<_>>().join("/")
}

/// Says what is wrong if a path is not the one that its operation has.
pub(crate) fn check(base_url: &str, template: &str, url: &Url) -> Result<(), String> {
    let base_path = Url::parse(base_url).map_or_else(
        |_| String::new(),
        |base| base.path().trim_end_matches('/').to_owned(),
    );
    let mut sent = url.path().strip_prefix(&base_path).unwrap_or("").split('/');
    for expected in template.split('/') {
        let matches = match (sent.next(), expected.starts_with('{')) {
            (Some(segment), true) => !matches!(segment, "" | "." | ".."),
            (Some(segment), false) => segment == expected,
            (None, _) => false,
        };
        if !matches {
            return Err(problem(template));
        }
    }
    match sent.next() {
        Some(_) => Err(problem(template)),
        None => Ok(()),
    }
}

fn problem(template: &str) -> String {
    format!(
        "a parameter would leave its place in the path {template}; it must be a plain id or key"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sent(value: &str) -> Result<(), String> {
        let base_url = "https://jira.example.com/jira";
        let url = format!("{base_url}/rest/api/2/issue/{}/comment", encode(value));
        let url = Url::parse(&url).unwrap();
        check(base_url, "/rest/api/2/issue/{issueIdOrKey}/comment", &url)
    }

    #[test]
    fn keys_pass() {
        for value in ["DEMO-1", "10001", "a b", "ü", "50%", "a/b", "...", "a?b#c"] {
            assert_eq!(sent(value), Ok(()), "{value}");
        }
    }

    #[test]
    fn a_path_cannot_be_left() {
        for value in [
            "..",
            ".",
            "",
            "%2e%2e",
            "..\\..\\secure",
            "../..",
            "x/../..",
        ] {
            if sent(value).is_ok() {
                let url = format!("https://h/{}", encode(value));
                let path = Url::parse(&url).unwrap().path().to_owned();
                assert_eq!(path.matches('/').count(), 1, "{value} became {path}");
            }
        }
        assert!(sent("..").is_err());
        assert!(sent(".").is_err());
        assert!(sent("").is_err());
    }
}

//! From the text of one variable to its value, or a message that says what was expected.

use std::time::Duration;

use url::Url;

use super::variables::Product;
use super::{LogLevel, TextFormat};

const LONGEST_WAIT: f64 = 600.0;

/// Reads the address of a site and takes the slashes off its end.
pub(super) fn address(product: Product, value: &str) -> Result<Url, String> {
    let prefix = product.prefix();
    let url = match Url::parse(value) {
        Ok(url) if matches!(url.scheme(), "http" | "https") && value.contains("://") => url,
        _ => {
            let host = match product {
                Product::Jira => "jira",
                Product::Confluence => "confluence",
            };
            let shown = if looks_like_an_address(value) {
                quoted(value)
            } else {
                "the value".into()
            };
            return Err(format!(
                "{shown} is not a web address; expected something like \
                 https://{host}.example.com or https://example.com/{host}"
            ));
        }
    };
    if !url.username().is_empty() || url.password().is_some() {
        return Err(format!(
            "holds a user name or password; take it out and set {prefix}USERNAME and \
             {prefix}PASSWORD, or {prefix}PERSONAL_TOKEN"
        ));
    }
    if url.query().is_some() || url.fragment().is_some() {
        return Err("must end before the `?` or `#`; expected the site's address alone".into());
    }
    if let Some(base) = before_a_page(product, &url) {
        return Err(format!(
            "is the address of a page or of the API; expected the site's address, here {base}"
        ));
    }
    let mut url = url;
    let path = url.path().trim_end_matches('/').to_owned();
    url.set_path(&path);
    Ok(url)
}

/// Checks that a personal access token can be sent, without repeating any of it.
pub(super) fn token(value: &str) -> Result<(), String> {
    if value.trim().chars().all(|c| c.is_ascii_graphic()) {
        Ok(())
    } else {
        Err("holds spaces or characters that no token has; expected the token alone".into())
    }
}

/// Reads a yes or a no.
pub(super) fn flag(value: &str) -> Result<bool, String> {
    match value.to_ascii_lowercase().as_str() {
        "true" | "1" | "yes" | "on" => Ok(true),
        "false" | "0" | "no" | "off" => Ok(false),
        _ => Err(format!("{} is neither true nor false", short(value))),
    }
}

/// Reads names with commas between them; a list without a single name is a mistake.
pub(super) fn names(value: &str) -> Result<Vec<String>, String> {
    let names: Vec<String> = value
        .split(',')
        .map(str::trim)
        .filter(|name| !name.is_empty())
        .map(str::to_owned)
        .collect();
    // An empty filter could be read as "everything" as well as "nothing", so neither is assumed.
    if names.is_empty() {
        return Err("names nothing; expected names with commas between them".into());
    }
    Ok(names)
}

/// Reads a TCP port.
pub(super) fn port(value: &str) -> Result<u16, String> {
    match value.parse() {
        Ok(port) if port > 0 => Ok(port),
        _ => Err(format!(
            "{} is not a port; expected a number from 1 to 65535",
            short(value)
        )),
    }
}

/// Reads a number of seconds, decimals allowed.
pub(super) fn seconds(value: &str) -> Result<Duration, String> {
    value
        .parse::<f64>()
        .ok()
        .filter(|seconds| *seconds <= LONGEST_WAIT)
        .and_then(|seconds| Duration::try_from_secs_f64(seconds).ok())
        .filter(|duration| !duration.is_zero())
        .ok_or_else(|| {
            format!(
                "{} is not a time; expected a number of seconds above 0 and up to {LONGEST_WAIT}",
                short(value)
            )
        })
}

/// Reads how texts are written.
pub(super) fn text_format(value: &str) -> Result<TextFormat, String> {
    match value.to_ascii_lowercase().as_str() {
        "markdown" => Ok(TextFormat::Markdown),
        "source" => Ok(TextFormat::Source),
        _ => Err(format!("{} is neither markdown nor source", short(value))),
    }
}

/// Reads a log level.
pub(super) fn level(value: &str) -> Result<LogLevel, String> {
    [
        LogLevel::Error,
        LogLevel::Warn,
        LogLevel::Info,
        LogLevel::Debug,
        LogLevel::Trace,
    ]
    .into_iter()
    .find(|level| level.as_str().eq_ignore_ascii_case(value))
    .ok_or_else(|| {
        format!(
            "{} is not a log level; expected error, warn, info, debug or trace",
            short(value)
        )
    })
}

/// The part of an address before what can only be a page or the API.
fn before_a_page(product: Product, url: &Url) -> Option<String> {
    let pages: &[&str] = match product {
        Product::Jira => &["rest", "secure", "browse"],
        Product::Confluence => &["rest", "display", "pages"],
    };
    let segments: Vec<&str> = url.path_segments()?.collect();
    let page = segments
        .iter()
        .position(|segment| pages.contains(segment))?;
    let mut base = url.clone();
    base.set_path(
        &segments
            .into_iter()
            .take(page)
            .collect::<Vec<_>>()
            .join("/"),
    );
    Some(base.as_str().trim_end_matches('/').to_owned())
}

/// Whether a value that is no web address may be shown: a token pasted into the wrong variable
/// has neither a scheme nor the look of a host name, and a password in an address needs an `@`.
fn looks_like_an_address(value: &str) -> bool {
    let has_scheme = value.contains(":/");
    let is_host = value.contains('.')
        && value
            .chars()
            .all(|c| matches!(c, 'a'..='z' | '0'..='9' | '.' | '-' | ':' | '/'));
    value.len() <= 200 && !value.contains(['@', '?', '#']) && (has_scheme || is_host)
}

/// A value that is meant to be a word or a number; anything longer is something else by mistake.
fn short(value: &str) -> String {
    if value.chars().count() <= 12 {
        quoted(value)
    } else {
        "the value".into()
    }
}

fn quoted(value: &str) -> String {
    let visible: String = value.chars().filter(|c| !c.is_control()).collect();
    format!("\"{visible}\"")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn jira(value: &str) -> Result<String, String> {
        address(Product::Jira, value).map(|url| url.to_string())
    }

    #[test]
    fn an_address_keeps_its_context_path_and_loses_slashes_at_its_end() {
        assert_eq!(
            jira("https://jira.example.com//"),
            Ok("https://jira.example.com/".into())
        );
        assert_eq!(
            jira("http://example.com:8080/jira/"),
            Ok("http://example.com:8080/jira".into())
        );
        let wiki = address(Product::Confluence, "https://example.com/wiki").unwrap();
        assert_eq!(wiki.path(), "/wiki");
    }

    #[test]
    fn what_is_no_address_is_shown_with_an_example() {
        insta::assert_snapshot!(
            jira("htp:/x").unwrap_err(),
            @r#""htp:/x" is not a web address; expected something like https://jira.example.com or https://example.com/jira"#
        );
        for value in [
            "jira.example.com",
            "ftp://example.com",
            "https://",
            "https:example.com",
        ] {
            let message = jira(value).unwrap_err();
            assert!(
                message.contains("is not a web address"),
                "{value}: {message}"
            );
        }
    }

    #[test]
    fn what_may_be_a_secret_is_not_shown() {
        for value in [
            "NjM1Nzk4OTQzOkq",
            "hunter2",
            "user:hunter2@example.com",
            "eyJh.eyJz.Sfl",
        ] {
            let message = jira(value).unwrap_err();
            assert!(
                message.starts_with("the value is not"),
                "{value}: {message}"
            );
        }
        let message = jira("https://bob:hunter2@example.com").unwrap_err();
        assert!(
            message.contains("JIRA_USERNAME") && !message.contains("hunter2"),
            "{message}"
        );
        assert!(
            !jira("https://example.com/?os_password=hunter2")
                .unwrap_err()
                .contains("hunter2")
        );
    }

    #[test]
    fn the_address_of_a_page_gets_a_hint() {
        for (value, base) in [
            (
                "https://example.com/jira/rest/api/2",
                "here https://example.com/jira",
            ),
            ("https://example.com/rest", "here https://example.com"),
            (
                "https://example.com/jira/secure/Dashboard.jspa",
                "here https://example.com/jira",
            ),
            (
                "https://example.com/browse/PROJ-1",
                "here https://example.com",
            ),
        ] {
            let message = jira(value).unwrap_err();
            assert!(message.ends_with(base), "{message}");
        }
        assert!(address(Product::Confluence, "https://example.com/display/DOC/Home").is_err());
    }

    #[test]
    fn flags_are_read_in_all_their_spellings() {
        for value in ["true", "TRUE", "1", "Yes", "on"] {
            assert_eq!(flag(value), Ok(true), "{value}");
        }
        for value in ["false", "False", "0", "NO", "off"] {
            assert_eq!(flag(value), Ok(false), "{value}");
        }
        assert_eq!(
            flag("maybe"),
            Err("\"maybe\" is neither true nor false".into())
        );
        assert_eq!(
            flag("a-password-that-is-long"),
            Err("the value is neither true nor false".into())
        );
    }

    #[test]
    fn names_are_trimmed_and_must_be_there() {
        assert_eq!(
            names(" A, B ,,C"),
            Ok(vec!["A".into(), "B".into(), "C".into()])
        );
        assert!(names(" , ,").is_err());
    }

    #[test]
    fn ports_times_and_levels_have_limits() {
        assert_eq!(port("65535"), Ok(65535));
        for value in ["0", "65536", "-1", "http"] {
            assert!(port(value).is_err(), "{value}");
        }
        assert_eq!(seconds("2.5"), Ok(Duration::from_millis(2500)));
        assert_eq!(seconds("600"), Ok(Duration::from_secs(600)));
        for value in ["0", "-1", "600.1", "NaN", "inf", "5s", "1e-30"] {
            assert!(seconds(value).is_err(), "{value}");
        }
        assert_eq!(level("WARN"), Ok(LogLevel::Warn));
        assert!(level("loud").is_err());
    }
}

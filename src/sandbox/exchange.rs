//! A request and its answer, as plain data, so that handlers are ordinary functions.

use std::borrow::Cow;

use chrono::{DateTime, Utc};
use serde_json::{Value, json};

use crate::sandbox::multipart::{self, Part};
use crate::sandbox::people::Person;

/// One request, after the login was checked.
pub(super) struct Call {
    /// The method in capitals.
    pub(super) method: String,
    /// The decoded parts of the path below the context path.
    pub(super) segments: Vec<String>,
    /// The decoded query parameters in order.
    pub(super) query: Vec<(String, String)>,
    /// The raw body.
    pub(super) body: Vec<u8>,
    /// The body's media type without parameters.
    pub(super) content_type: Option<String>,
    /// What stands between the parts of the body.
    pub(super) boundary: Option<String>,
    /// Whether the client asked for JSON.
    pub(super) accepts_json: bool,
    /// Whether the header against request forgery was sent.
    pub(super) forgery_checked: bool,
    /// The value of the session cookie.
    pub(super) session: Option<String>,
    /// The URL of the site, with its context path.
    pub(super) base: String,
    /// The path as it was asked for, for error messages.
    pub(super) path: String,
    /// Who asks; nobody for an anonymous request.
    pub(super) caller: Option<&'static Person>,
    /// When the request came in.
    pub(super) now: DateTime<Utc>,
}

impl Call {
    /// The first value of a query parameter.
    pub(super) fn parameter(&self, name: &str) -> Option<&str> {
        self.query
            .iter()
            .find(|(key, _)| key == name)
            .map(|(_, value)| value.as_str())
    }

    /// All values of a query parameter, with comma lists taken apart.
    pub(super) fn list(&self, name: &str) -> Vec<String> {
        self.query
            .iter()
            .filter(|(key, _)| key == name)
            .flat_map(|(_, value)| value.split(','))
            .map(|part| part.trim().to_owned())
            .filter(|part| !part.is_empty())
            .collect()
    }

    /// A numeric query parameter, or its default where it is missing or no number.
    pub(super) fn number(&self, name: &str, default: i64) -> i64 {
        self.parameter(name)
            .and_then(|value| value.trim().parse().ok())
            .unwrap_or(default)
    }

    /// The body as JSON, or what is wrong with it.
    pub(super) fn json(&self) -> Result<Value, String> {
        serde_json::from_slice(&self.body).map_err(|error| error.to_string())
    }

    /// The parts of the form in the body, or what is wrong with it.
    pub(super) fn parts(&self) -> Result<Vec<Part>, String> {
        match &self.boundary {
            Some(boundary) => multipart::parse(&self.body, boundary),
            None => {
                Err("the request was rejected because no multipart boundary was found".to_owned())
            }
        }
    }

    /// The parts of the path, ready to be matched.
    pub(super) fn route(&self) -> Vec<&str> {
        self.segments.iter().map(String::as_str).collect()
    }
}

#[cfg(test)]
impl Call {
    /// A request of the main user, for tests.
    pub(super) fn example(method: &str, target: &str, body: &str) -> Call {
        let (path, query) = target.split_once('?').unwrap_or((target, ""));
        Call {
            method: method.to_owned(),
            segments: path
                .split('/')
                .filter(|part| !part.is_empty())
                .map(str::to_owned)
                .collect(),
            query: parameters(query),
            body: body.as_bytes().to_vec(),
            content_type: Some("application/json".to_owned()),
            boundary: None,
            accepts_json: true,
            forgery_checked: false,
            session: None,
            base: "http://localhost".to_owned(),
            path: path.to_owned(),
            caller: crate::sandbox::people::by_login("demo"),
            now: Utc::now(),
        }
    }

    /// An upload of the main user, for tests: one file in the field `file`.
    pub(super) fn upload(method: &str, target: &str, file_name: &str, content: &[u8]) -> Call {
        let head = format!(
            "--limit\r\nContent-Disposition: form-data; name=\"file\"; \
             filename=\"{file_name}\"\r\nContent-Type: text/plain\r\n\r\n"
        );
        Call {
            body: [head.as_bytes(), content, b"\r\n--limit--\r\n"].concat(),
            content_type: Some("multipart/form-data".to_owned()),
            boundary: Some("limit".to_owned()),
            forgery_checked: true,
            ..Call::example(method, target, "")
        }
    }
}

/// One answer.
pub(super) struct Reply {
    /// The HTTP status.
    pub(super) status: u16,
    /// Extra headers.
    pub(super) headers: Vec<(&'static str, String)>,
    /// The media type, if there is a body.
    pub(super) content_type: Option<Cow<'static, str>>,
    /// The body.
    pub(super) body: Vec<u8>,
}

impl Reply {
    /// A JSON answer.
    pub(super) fn json(status: u16, body: &Value) -> Reply {
        Reply {
            status,
            headers: Vec::new(),
            content_type: Some(Cow::Borrowed("application/json;charset=UTF-8")),
            body: body.to_string().into_bytes(),
        }
    }

    /// An answer of any text type.
    pub(super) fn text(status: u16, content_type: &'static str, body: impl Into<String>) -> Reply {
        Reply {
            status,
            headers: Vec::new(),
            content_type: Some(Cow::Borrowed(content_type)),
            body: body.into().into_bytes(),
        }
    }

    /// The bytes of a file of the given media type.
    pub(super) fn bytes(content_type: impl Into<String>, body: Vec<u8>) -> Reply {
        let length = body.len().to_string();
        Reply {
            status: 200,
            headers: Vec::new(),
            content_type: Some(Cow::Owned(content_type.into())),
            body,
        }
        .with("Content-Length", length)
    }

    /// The same answer with a file name; `disposition` is `attachment` or `inline`.
    #[must_use]
    pub(super) fn named(self, disposition: &str, file_name: &str) -> Reply {
        self.with(
            "Content-Disposition",
            content_disposition(disposition, file_name),
        )
    }

    /// An answer without a body.
    pub(super) fn empty(status: u16) -> Reply {
        Reply {
            status,
            headers: Vec::new(),
            content_type: None,
            body: Vec::new(),
        }
    }

    /// An error page for a person's browser.
    pub(super) fn html(status: u16, title: &str, explanation: &str) -> Reply {
        Reply::text(
            status,
            "text/html;charset=UTF-8",
            format!(
                "<html>\n\n<head>\n    <title>{title} ({status})</title>\n</head>\n\n<body>\n\
                 <h1>{title} ({status})</h1>\n<p>{explanation}</p>\n</body>\n</html>\n"
            ),
        )
    }

    /// The same answer with one more header.
    #[must_use]
    pub(super) fn with(mut self, name: &'static str, value: impl Into<String>) -> Reply {
        self.headers.push((name, value.into()));
        self
    }

    /// What the REST layer says when no resource took the request: XML unless JSON was asked for.
    pub(super) fn no_resource(call: &Call, status: u16, message: &str) -> Reply {
        if call.accepts_json {
            return Reply::json(status, &json!({"message": message, "status-code": status}));
        }
        Reply::text(
            status,
            "application/xml;charset=UTF-8",
            format!(
                "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?><status>\
                 <status-code>{status}</status-code><message>{}</message></status>",
                escape(message)
            ),
        )
    }

    /// The answer for a path without a resource.
    pub(super) fn unknown_path(call: &Call) -> Reply {
        if call.segments.first().is_some_and(|first| first == "rest") {
            let message = format!("null for uri: {}{}", call.base, call.path);
            return Reply::no_resource(call, 404, &message);
        }
        Reply::html(
            404,
            "Oops, you've found a dead link.",
            "The page you are looking for does not exist.",
        )
    }

    /// The answer for a resource that does not know the method.
    pub(super) fn unknown_method(call: &Call) -> Reply {
        Reply::no_resource(call, 405, "HTTP 405 Method Not Allowed")
    }
}

/// A `Content-Disposition` that any file name fits into, whatever characters it has.
fn content_disposition(disposition: &str, file_name: &str) -> String {
    let plain: String = file_name
        .chars()
        .map(|character| match character {
            '"' | '\\' => '_',
            ' '..='~' => character,
            _ => '_',
        })
        .collect();
    let encoded = encode(file_name).replace('+', "%20");
    format!("{disposition}; filename=\"{plain}\"; filename*=UTF-8''{encoded}")
}

/// Escapes text for XML and HTML.
pub(super) fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}

/// Undoes percent encoding; `plus` says whether `+` is a space, as in a query.
pub(super) fn decode(text: &str, plus: bool) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        match byte {
            b'+' if plus => bytes.push(b' '),
            b'%' => {
                let pair: Vec<u8> = rest.clone().take(2).collect();
                let value = std::str::from_utf8(&pair)
                    .ok()
                    .filter(|digits| digits.len() == 2)
                    .and_then(|digits| u8::from_str_radix(digits, 16).ok());
                match value {
                    Some(value) => {
                        bytes.push(value);
                        rest.nth(1);
                    }
                    // A stray percent sign stays what it is.
                    None => bytes.push(byte),
                }
            }
            _ => bytes.push(byte),
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// Encodes a value for use in a query.
pub(super) fn encode(text: &str) -> String {
    text.bytes()
        .map(|byte| match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => {
                char::from(byte).to_string()
            }
            b' ' => "+".to_owned(),
            _ => format!("%{byte:02X}"),
        })
        .collect()
}

/// Takes a query string apart.
pub(super) fn parameters(query: &str) -> Vec<(String, String)> {
    query
        .split('&')
        .filter(|pair| !pair.is_empty())
        .map(|pair| {
            let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
            (decode(key, true), decode(value, true))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percent_encoding_survives_a_round_trip() {
        let text = "a b&c=ü%桜+";
        assert_eq!(decode(&encode(text), true), text);
    }

    #[test]
    fn no_file_name_breaks_a_header() {
        assert_eq!(
            content_disposition("attachment", "a\"\r\nb ü.txt"),
            "attachment; filename=\"a___b _.txt\"; filename*=UTF-8''a%22%0D%0Ab%20%C3%BC.txt"
        );
    }

    #[test]
    fn a_stray_percent_sign_stays() {
        assert_eq!(decode("100%", true), "100%");
        assert_eq!(decode("%zz+%2", false), "%zz+%2");
    }
}

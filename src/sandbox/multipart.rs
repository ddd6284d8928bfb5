//! Takes `multipart/form-data` apart; the whole body is in memory already, so nothing waits.

/// One part of a form.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Part {
    /// The name of the field.
    pub(super) name: String,
    /// The name of the file, exactly as it was sent; nothing for plain fields.
    pub(super) file_name: Option<String>,
    /// The media type that the client claims.
    pub(super) content_type: Option<String>,
    /// What is in it.
    pub(super) body: Vec<u8>,
}

impl Part {
    /// The part as text.
    #[allow(dead_code, reason = "only uploads to Confluence have plain fields")]
    pub(super) fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }
}

/// The boundary in the value of a `Content-Type` header.
pub(super) fn boundary(content_type: &str) -> Option<String> {
    parameter(content_type, "boundary").filter(|boundary| !boundary.is_empty())
}

/// Reads all parts, or says what is wrong with the form.
pub(super) fn parse(body: &[u8], boundary: &str) -> Result<Vec<Part>, String> {
    let delimiter = format!("--{boundary}").into_bytes();
    let between = [b"\r\n", delimiter.as_slice()].concat();
    let mut rest = match body.strip_prefix(delimiter.as_slice()) {
        Some(rest) => rest,
        // Text before the first boundary is for readers that do not know the format.
        None => {
            split(body, &between)
                .ok_or_else(|| "the request was rejected because no boundary was found".to_owned())?
                .1
        }
    };
    let mut parts = Vec::new();
    loop {
        if rest.starts_with(b"--") {
            return Ok(parts);
        }
        let (line, after) = split(rest, b"\r\n").ok_or_else(ended)?;
        if !line.iter().all(u8::is_ascii_whitespace) {
            return Err("Stream is malformed".to_owned());
        }
        // Without a single header the blank line comes at once.
        let (head, after) = match after.strip_prefix(b"\r\n") {
            Some(after) => (&[][..], after),
            None => split(after, b"\r\n\r\n").ok_or_else(ended)?,
        };
        let (content, after) = split(after, &between).ok_or_else(ended)?;
        parts.push(part(&String::from_utf8_lossy(head), content));
        rest = after;
    }
}

fn ended() -> String {
    "Stream ended unexpectedly".to_owned()
}

fn part(head: &str, body: &[u8]) -> Part {
    let header = |wanted: &str| {
        head.split("\r\n")
            .filter_map(|line| line.split_once(':'))
            .find(|(name, _)| name.trim().eq_ignore_ascii_case(wanted))
            .map(|(_, value)| value.trim())
    };
    let disposition = header("content-disposition").unwrap_or_default();
    Part {
        name: parameter(disposition, "name").unwrap_or_default(),
        file_name: parameter(disposition, "filename"),
        content_type: header("content-type").map(str::to_owned),
        body: body.to_vec(),
    }
}

/// A parameter of a header; in quotes, a backslash protects a quote.
fn parameter(header: &str, wanted: &str) -> Option<String> {
    let mut rest = header.split_once(';')?.1;
    loop {
        let (name, after) = rest.split_once('=')?;
        let (value, after) = value(after);
        if name.trim().eq_ignore_ascii_case(wanted) {
            return Some(value);
        }
        rest = after.trim_start().strip_prefix(';')?;
    }
}

/// The value at the beginning of a text, and what comes after it.
fn value(text: &str) -> (String, &str) {
    let text = text.trim_start();
    let Some(quoted) = text.strip_prefix('"') else {
        let (value, _) = text.split_once(';').unwrap_or((text, ""));
        return (
            value.trim().to_owned(),
            text.get(value.len()..).unwrap_or_default(),
        );
    };
    let mut value = String::new();
    let mut characters = quoted.char_indices().peekable();
    while let Some((at, character)) = characters.next() {
        match character {
            '"' => return (value, quoted.get(at + 1..).unwrap_or_default()),
            // Other backslashes stay, since browsers send Windows paths as they are.
            '\\' if characters.peek().is_some_and(|(_, next)| *next == '"') => {
                value.push('"');
                characters.next();
            }
            other => value.push(other),
        }
    }
    (value, "")
}

/// Splits at the first occurrence of some bytes.
fn split<'a>(text: &'a [u8], mark: &[u8]) -> Option<(&'a [u8], &'a [u8])> {
    let at = text.windows(mark.len()).position(|window| window == mark)?;
    let (before, rest) = text.split_at_checked(at)?;
    Some((before, rest.get(mark.len()..)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_keep_their_bytes_and_hostile_names() {
        let body = b"--x\r\nContent-Disposition: form-data; name=\"file\"; \
            filename=\"../a\\\"; b\xc3\xbc.txt\"\r\nContent-Type: text/plain\r\n\r\none\r\n-two\r\n\
            --x\r\nContent-Disposition: form-data; name=comment\r\n\r\n\r\n--x--\r\n";
        let parts = parse(body, "x").unwrap();
        assert_eq!(parts.len(), 2);
        assert_eq!(parts[0].file_name.as_deref(), Some("../a\"; bü.txt"));
        assert_eq!(parts[0].text(), "one\r\n-two");
        assert_eq!(
            (parts[1].name.as_str(), parts[1].body.len()),
            ("comment", 0)
        );
    }

    #[test]
    fn a_form_that_breaks_off_is_refused() {
        assert!(parse(b"--x\r\nContent-Disposition: form-data\r\n\r\nabc", "x").is_err());
        assert!(parse(b"nothing", "x").is_err());
        assert!(parse(b"", "x").is_err());
    }

    #[test]
    fn the_boundary_is_read_with_and_without_quotes() {
        assert_eq!(
            boundary("multipart/form-data; charset=utf-8; boundary=\"a b\""),
            Some("a b".to_owned())
        );
        assert_eq!(
            boundary("multipart/form-data; boundary=ab"),
            Some("ab".to_owned())
        );
        assert_eq!(boundary("multipart/form-data"), None);
    }
}

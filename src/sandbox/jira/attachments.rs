//! Attached files: upload, description, content, thumbnail and removal.

use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

use crate::sandbox::exchange::{Call, Reply};
use crate::sandbox::jira::issues::{visible, writer};
use crate::sandbox::jira::routes::{
    Answer,
    Handler::{Read, Read1, Read2, Write1},
    Route,
};
use crate::sandbox::jira::state::{Attachment, Change, Issue, State};
use crate::sandbox::jira::workflow::item;
use crate::sandbox::jira::{refuse_because, render};

/// What is answered here.
pub(super) const ROUTES: &[Route] = &[
    Route("GET", "attachment/meta", Read(settings)),
    Route("GET", "attachment/{}", Read1(get)),
    Route("DELETE", "attachment/{}", Write1(delete)),
    Route("GET", "attachment/{}/expand/human", Read1(no_archive)),
    Route("GET", "attachment/{}/expand/raw", Read1(no_archive)),
    Route("POST", "issue/{}/attachments", Write1(add)),
];

/// The files themselves, which do not lie below `/rest`.
pub(super) const FILES: &[Route] = &[
    Route("GET", "attachment/{}/{}", Read2(content)),
    Route("GET", "thumbnail/{}/{}", Read2(thumbnail)),
];

/// The largest file that Jira takes.
const LIMIT: usize = 10 * 1024 * 1024;
/// A picture of one pixel.
const PIXEL: &str =
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNk+A8AAQUBAScY42YAAAAASUVORK5CYII=";

fn settings(_: &State, _: &Call) -> Answer {
    Ok(Reply::json(
        200,
        &json!({"enabled": true, "uploadLimit": LIMIT}),
    ))
}

fn add(state: &mut State, call: &Call, key: &str) -> Answer {
    let mut issue = visible(state, call, key)?.clone();
    let caller = writer(call)?;
    let parts = call
        .parts()
        .map_err(|problem| refuse_because(400, &problem))?;
    let mut added = Vec::new();
    let mut items = Vec::new();
    for part in parts.into_iter().filter(|part| part.name == "file") {
        let name = part.file_name.unwrap_or_default();
        // Browsers of old sent whole paths, so only what follows the last separator counts.
        let name = name.rsplit(['/', '\\']).next().unwrap_or_default();
        if name.is_empty() {
            return Err(refuse_because(400, "The file name must not be empty."));
        }
        if part.body.len() > LIMIT {
            return Err(refuse_because(
                413,
                &format!("The file '{name}' is larger than the limit of 10.00 MB."),
            ));
        }
        let file = Attachment {
            id: state.new_id(),
            name: name.to_owned(),
            size: part.body.len() as u64,
            media_type: part
                .content_type
                .unwrap_or_else(|| "application/octet-stream".to_owned()),
            author: Some(caller),
            created: call.now,
            content: Some(Arc::from(part.body)),
        };
        let id = file.id.to_string();
        items.push(item("Attachment", None, Some((&id, &file.name))));
        added.push(render::attachment(&file, &call.base));
        issue.attachments.push(file);
    }
    if !added.is_empty() {
        issue.updated = call.now;
        issue.history.push(Change {
            id: state.new_id(),
            author: Some(caller),
            created: call.now,
            items,
        });
        state.issues.insert(issue.id, issue);
    }
    Ok(Reply::json(200, &Value::Array(added)))
}

fn get(state: &State, call: &Call, id: &str) -> Answer {
    let (_, file) = find(state, call, id)?;
    let mut described = render::attachment(file, &call.base);
    if let Some(map) = described.as_object_mut() {
        map.insert("id".to_owned(), json!(file.id));
        map.insert("properties".to_owned(), json!({}));
    }
    Ok(Reply::json(200, &described))
}

fn delete(state: &mut State, call: &Call, id: &str) -> Answer {
    let (issue, file) = find(state, call, id)?;
    let caller = writer(call)?;
    let (mut issue, file) = (issue.clone(), file.clone());
    let id = file.id.to_string();
    issue.attachments.retain(|other| other.id != file.id);
    issue.updated = call.now;
    issue.history.push(Change {
        id: state.new_id(),
        author: Some(caller),
        created: call.now,
        items: vec![item("Attachment", Some((&id, &file.name)), None)],
    });
    state.issues.insert(issue.id, issue);
    Ok(Reply::empty(204))
}

/// None of the sample files is an archive, and uploads are not looked into.
fn no_archive(state: &State, call: &Call, id: &str) -> Answer {
    find(state, call, id)?;
    Err(Reply::empty(409))
}

/// The file; its name in the address does not matter.
fn content(state: &State, call: &Call, id: &str, _: &str) -> Answer {
    let (_, file) = find_file(state, call, id)?;
    let bytes = match &file.content {
        Some(content) => content.to_vec(),
        None => made_up(file),
    };
    // What a browser could run is never shown in place.
    let shown = file.media_type.starts_with("image/") && file.media_type != "image/svg+xml";
    let disposition = if shown { "inline" } else { "attachment" };
    Ok(Reply::bytes(file.media_type.clone(), bytes).named(disposition, &file.name))
}

fn thumbnail(state: &State, call: &Call, id: &str, _: &str) -> Answer {
    let (_, file) = find_file(state, call, id)?;
    if !file.media_type.starts_with("image/") {
        return Err(no_page());
    }
    Ok(Reply::bytes("image/png", pixel()).named("inline", &format!("_thumb_{}.png", file.id)))
}

/// The content of a sample file, as large as it claims to be.
fn made_up(file: &Attachment) -> Vec<u8> {
    let size = usize::try_from(file.size).unwrap_or_default();
    let (begin, more): (Vec<u8>, &[u8]) = if file.media_type == "image/png" {
        (pixel(), &[0])
    } else {
        (
            Vec::new(),
            b"A line of a file that was made up for the sandbox.\n",
        )
    };
    let bytes = begin.into_iter().chain(more.iter().copied().cycle());
    bytes.take(size).collect()
}

/// A small picture for thumbnails and avatars.
pub(super) fn pixel() -> Vec<u8> {
    STANDARD.decode(PIXEL).unwrap_or_default()
}

fn find<'a>(state: &'a State, call: &Call, id: &str) -> Result<(&'a Issue, &'a Attachment), Reply> {
    look_up(state, call, id).ok_or_else(|| {
        refuse_because(
            404,
            &format!("The attachment with id '{id}' does not exist"),
        )
    })
}

/// The same for pages outside `/rest`: anonymous visitors are sent to the login page.
fn find_file<'a>(
    state: &'a State,
    call: &Call,
    id: &str,
) -> Result<(&'a Issue, &'a Attachment), Reply> {
    if call.caller.is_none() {
        let page = format!(
            "{}/login.jsp?permissionViolation=true&os_destination={}",
            call.base,
            crate::sandbox::exchange::encode(&call.path)
        );
        return Err(Reply::empty(302).with("Location", page));
    }
    look_up(state, call, id).ok_or_else(no_page)
}

fn look_up<'a>(state: &'a State, call: &Call, id: &str) -> Option<(&'a Issue, &'a Attachment)> {
    call.caller?;
    let id: u64 = id.parse().ok()?;
    state.issues.values().find_map(|issue| {
        let file = issue.attachments.iter().find(|file| file.id == id)?;
        Some((issue, file))
    })
}

fn no_page() -> Reply {
    Reply::html(
        404,
        "Oops, you've found a dead link.",
        "The page you are looking for does not exist.",
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sandbox::jira::Jira;

    const UPLOADS: &str = "/rest/api/2/issue/DEMO-1/attachments";

    #[test]
    fn an_upload_is_read_back_as_it_was_sent() {
        let jira = Jira::with_sample_data().unwrap();
        let upload = Call::upload("POST", UPLOADS, "../../b%C3%BC r\u{fc}<x>.txt", b"a\r\n\0b");
        let reply = jira.answer(&upload);
        assert_eq!(reply.status, 200);
        let files: Value = serde_json::from_slice(&reply.body).unwrap();
        assert_eq!(files[0]["filename"], "b%C3%BC r\u{fc}<x>.txt");
        let id = files[0]["id"].as_str().unwrap();
        let file = jira.answer(&Call::example(
            "GET",
            &format!("/secure/attachment/{id}/any"),
            "",
        ));
        assert_eq!((file.status, file.body.as_slice()), (200, &b"a\r\n\0b"[..]));
    }

    #[test]
    fn a_file_above_the_limit_changes_nothing() {
        let jira = Jira::with_sample_data().unwrap();
        let big = vec![b'x'; LIMIT + 1];
        assert_eq!(
            jira.answer(&Call::upload("POST", UPLOADS, "big", &big))
                .status,
            413
        );
        let issue = jira.answer(&Call::example(
            "GET",
            "/rest/api/2/issue/DEMO-1?fields=attachment",
            "",
        ));
        assert!(!String::from_utf8(issue.body).unwrap().contains("\"big\""));
    }
}

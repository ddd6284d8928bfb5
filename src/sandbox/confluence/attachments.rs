//! Attachments: upload, new versions, changes, and the files themselves.

use std::collections::VecDeque;
use std::sync::Arc;

use serde_json::{Map, Value, json};

use crate::sandbox::confluence::access::{check_edit, editable, may_see, visible, writer};
use crate::sandbox::confluence::content::{expand, renderer};
use crate::sandbox::confluence::input::{at, id_of, object, title};
use crate::sandbox::confluence::refusals::{Answer, no_content, refuse};
use crate::sandbox::confluence::state::{Content, File, Kind, State};
use crate::sandbox::confluence::versions::as_of;
use crate::sandbox::exchange::{Call, Reply, encode};

/// How many bytes a file may have.
const MAXIMUM_SIZE: usize = 25 * 1024 * 1024;

/// What an upload brings.
struct Upload {
    name: String,
    file: File,
    minor: bool,
}

/// `POST content/{id}/child/attachment`
pub(super) fn create(state: &mut State, call: &Call, id: &str) -> Answer {
    let caller = writer(call)?;
    let page = editable(state, call, id)?;
    if !matches!(page.kind, Kind::Page | Kind::Blog) {
        return Err(refuse(400, "Only pages and blog posts have attachments"));
    }
    let (page_id, space) = (page.id, page.space.clone());
    let uploads = uploads(call)?;
    let mut names: Vec<&str> = Vec::new();
    for upload in &uploads {
        if names.contains(&upload.name.as_str()) || named(state, page_id, &upload.name).is_some() {
            return Err(taken(&upload.name));
        }
        names.push(&upload.name);
    }
    let mut added = Vec::new();
    for upload in uploads {
        let mut attachment = Content::blank(Kind::Attachment, &space, &upload.name);
        attachment.container = Some(page_id);
        let comment = upload.file.comment.clone();
        attachment.file = Some(upload.file);
        attachment.commit(Some(caller), call.now, &comment, upload.minor);
        attachment.id = state.new_id();
        added.push(attachment.id);
        state.contents.insert(attachment.id, attachment);
    }
    let expand = expand(call, &["version"]);
    let renderer = renderer(state, call);
    let results: Vec<Value> = added
        .iter()
        .filter_map(|id| state.contents.get(id))
        .map(|attachment| renderer.content(attachment, &expand))
        .collect();
    Ok(Reply::json(
        200,
        &json!({
            "size": results.len(),
            "results": results,
            "_links": {"base": call.base, "context": "/confluence"},
        }),
    ))
}

/// `POST content/{id}/child/attachment/{attachment}/data`
pub(super) fn update_data(state: &mut State, call: &Call, id: &str, file: &str) -> Answer {
    let caller = writer(call)?;
    let mut attachment = attached(state, call, id, file)?.clone();
    let mut uploads = uploads(call)?;
    let (Some(upload), true) = (uploads.pop(), uploads.is_empty()) else {
        return Err(refuse(
            400,
            "Exactly one file is needed to update an attachment",
        ));
    };
    let other = attachment
        .container
        .and_then(|page| named(state, page, &upload.name));
    if other.is_some_and(|other| other.id != attachment.id) {
        return Err(taken(&upload.name));
    }
    attachment.title = upload.name;
    let comment = upload.file.comment.clone();
    attachment.file = Some(upload.file);
    attachment.commit(Some(caller), call.now, &comment, upload.minor);
    Ok(put(state, call, attachment))
}

/// `PUT content/{id}/child/attachment/{attachment}`; it makes no new version
pub(super) fn update(state: &mut State, call: &Call, id: &str, file: &str) -> Answer {
    let body = object(call)?;
    let mut attachment = attached(state, call, id, file)?.clone();
    let version = at(&body, "version", "number")
        .ok_or_else(|| refuse(400, "A version is required to update an attachment"))?;
    let current = attachment.version();
    if version.as_u64() != u64::try_from(current).ok() {
        return Err(refuse(
            409,
            &format!("The version is not the current one. Current version is: {current}"),
        ));
    }
    let kind = body.get("type").and_then(Value::as_str);
    if kind != Some("attachment") || body.get("id").and_then(Value::as_str) != Some(file) {
        return Err(refuse(
            400,
            "Id and type in the body are not those of the attachment",
        ));
    }
    if body.contains_key("title") {
        attachment.title = title(&body)?;
    }
    if at(&body, "container", "id").is_some() {
        attachment.container = Some(new_container(state, call, &body, &mut attachment.space)?);
    }
    let same = attachment
        .container
        .and_then(|page| named(state, page, &attachment.title));
    if same.is_some_and(|other| other.id != attachment.id) {
        return Err(taken(&attachment.title));
    }
    let metadata = |name: &str| at(&body, "metadata", name).and_then(Value::as_str);
    if let Some(file) = &mut attachment.file {
        if let Some(media_type) = metadata("mediaType") {
            media_type.clone_into(&mut file.media_type);
        }
        if let Some(comment) = metadata("comment") {
            comment.clone_into(&mut file.comment);
        }
    }
    let (title, file) = (attachment.title.clone(), attachment.file.clone());
    if let Some(version) = attachment.versions.last_mut() {
        version.title = title;
        version.file = file;
    }
    Ok(put(state, call, attachment))
}

/// `GET /download/attachments/{page}/{name}`
pub(super) fn download(state: &State, call: &Call, page: &str, name: &str) -> Answer {
    if call.caller.is_none() {
        // A browser is sent to the login page, and so is everyone else.
        let to = format!(
            "{}/login.action?os_destination={}",
            call.base,
            encode(&call.path)
        );
        return Err(Reply::empty(302).with("Location", to));
    }
    let attachment = page
        .parse()
        .ok()
        .and_then(|page: u64| named(state, page, name))
        .filter(|attachment| may_see(state, call.caller, attachment))
        .ok_or_else(|| Reply::unknown_path(call))?;
    let wanted = call
        .parameter("version")
        .and_then(|number| number.parse().ok());
    let wanted = wanted.unwrap_or_else(|| attachment.version());
    let version = attachment
        .versions
        .iter()
        .find(|version| version.number == wanted)
        .ok_or_else(|| Reply::unknown_path(call))?;
    let old = as_of(attachment, version);
    match old.file {
        Some(file) => {
            Ok(Reply::bytes(file.media_type, file.bytes.to_vec()).named("attachment", &old.title))
        }
        None => Err(Reply::unknown_path(call)),
    }
}

/// The files of a form, each with its comment.
fn uploads(call: &Call) -> Result<Vec<Upload>, Reply> {
    let parts = call.parts().map_err(|problem| refuse(400, &problem))?;
    let mut comments: VecDeque<String> = VecDeque::new();
    let mut minor = false;
    let mut uploads = Vec::new();
    for part in parts {
        match (part.name.as_str(), part.file_name.as_deref()) {
            ("file", Some(name)) => {
                if part.body.len() > MAXIMUM_SIZE {
                    return Err(refuse(404, "The file is larger than attachments may be"));
                }
                uploads.push(Upload {
                    name: file_name(name)?,
                    file: File {
                        media_type: part
                            .content_type
                            .unwrap_or_else(|| "application/octet-stream".to_owned()),
                        comment: String::new(),
                        bytes: Arc::from(part.body),
                    },
                    minor: false,
                });
            }
            ("comment", _) => comments.push_back(part.text()),
            ("minorEdit", _) => minor = part.text().trim() == "true",
            _ => {}
        }
    }
    if uploads.is_empty() {
        return Err(refuse(400, "At least one part named 'file' is needed"));
    }
    if !comments.is_empty() && comments.len() != uploads.len() {
        return Err(refuse(400, "There have to be as many comments as files"));
    }
    for upload in &mut uploads {
        upload.minor = minor;
        upload.file.comment = comments.pop_front().unwrap_or_default();
    }
    Ok(uploads)
}

/// The name of a file without the folders that some browsers send along.
fn file_name(sent: &str) -> Result<String, Reply> {
    let name = sent.rsplit(['/', '\\']).next().unwrap_or_default().trim();
    if name.is_empty() || name.chars().count() > 255 {
        return Err(refuse(400, "A file needs a name of at most 255 characters"));
    }
    Ok(name.to_owned())
}

/// The attachment with a name on a page.
fn named<'a>(state: &'a State, page: u64, name: &str) -> Option<&'a Content> {
    state.current().find(|content| {
        content.kind == Kind::Attachment && content.container == Some(page) && content.title == name
    })
}

/// An attachment that the caller may change and that is on the page in the path.
fn attached<'a>(state: &'a State, call: &Call, id: &str, file: &str) -> Result<&'a Content, Reply> {
    let page = visible(state, call, id)?;
    check_edit(state, call, page)?;
    let number = file.strip_prefix("att").unwrap_or(file);
    if number.parse::<u64>().is_err() {
        return Err(refuse(
            400,
            &format!("Not the id of an attachment : {file}"),
        ));
    }
    state
        .content(file)
        .filter(|attachment| attachment.container == Some(page.id))
        .filter(|attachment| may_see(state, call.caller, attachment))
        .ok_or_else(|| no_content(file))
}

/// The page to which an update moves an attachment.
fn new_container(
    state: &State,
    call: &Call,
    body: &Map<String, Value>,
    space: &mut String,
) -> Result<u64, Reply> {
    let id = at(body, "container", "id").and_then(id_of).unwrap_or(0);
    let page = editable(state, call, &id.to_string())?;
    if !matches!(page.kind, Kind::Page | Kind::Blog) {
        return Err(refuse(400, "Only pages and blog posts have attachments"));
    }
    page.space.clone_into(space);
    Ok(page.id)
}

/// Keeps a changed attachment and answers with it.
fn put(state: &mut State, call: &Call, attachment: Content) -> Reply {
    let whole = {
        let renderer = renderer(state, call);
        renderer.whole(&attachment, &expand(call, &["version"]))
    };
    state.contents.insert(attachment.id, attachment);
    Reply::json(200, &whole)
}

fn taken(name: &str) -> Reply {
    refuse(
        400,
        &format!(
            "Cannot add a new attachment with same file name as an existing attachment: {name}"
        ),
    )
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use crate::sandbox::confluence::Confluence;
    use crate::sandbox::exchange::Call;

    fn body(bytes: &[u8]) -> Value {
        serde_json::from_slice(bytes).unwrap()
    }

    #[test]
    fn what_was_uploaded_comes_back_in_every_version() {
        let confluence = Confluence::with_sample_data().unwrap();
        let path = "/rest/api/content/65604/child/attachment";
        let upload = |path: &str, name: &str, content: &[u8]| {
            confluence.answer(&Call::upload("POST", path, name, content))
        };
        let reply = upload(path, "a b+ü.txt", b"one\r\n");
        assert_eq!(reply.status, 200);
        let id = body(&reply.body)["results"][0]["id"]
            .as_str()
            .unwrap()
            .to_owned();
        assert!(id.starts_with("att"));
        assert_eq!(upload(path, "a b+ü.txt", b"again").status, 400);
        let reply = upload(&format!("{path}/{id}/data"), "a b+ü.txt", b"two");
        assert_eq!(body(&reply.body)["version"]["number"], 2);

        let list = confluence.answer(&Call::example("GET", path, ""));
        let link = body(&list.body)["results"][0]["_links"]["download"].clone();
        let link = link.as_str().unwrap();
        assert!(link.starts_with("/download/attachments/65604/a%20b%2B%C3%BC.txt?version=2&"));
        for (version, content) in [("1", "one\r\n"), ("2", "two")] {
            let target = format!("/download/attachments/65604/x?version={version}");
            let mut call = Call::example("GET", &target, "");
            call.segments.pop();
            call.segments.push("a b+ü.txt".to_owned());
            assert_eq!(confluence.answer(&call).body, content.as_bytes());
        }
    }
}

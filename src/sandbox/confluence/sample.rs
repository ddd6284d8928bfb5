//! Reads the sample pages.

use std::collections::BTreeSet;
use std::io::{Error, ErrorKind};
use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use chrono::DateTime;
use serde_json::json;

use crate::sandbox::USERNAME;
use crate::sandbox::confluence::labels;
use crate::sandbox::confluence::state::{Content, File, Kind, Property, Space, State, Status};
use crate::sandbox::confluence::tasks::Task;
use crate::sandbox::confluence::templates::Template;
use crate::sandbox::people;
use crate::sandbox::records::{self, Record};

const FILES: &[(&str, &str)] = &[
    ("DEMO", include_str!("../data/demo.pages.txt")),
    ("INFRA", include_str!("../data/infra.pages.txt")),
];

/// A fresh state with all sample content.
pub(super) fn load() -> Result<State, Error> {
    let space = |id, key: &str, name: &str, description: &str, homepage| Space {
        id,
        key: key.to_owned(),
        name: name.to_owned(),
        description: description.to_owned(),
        homepage: Some(homepage),
        owner: None,
        properties: Vec::new(),
        watchers: BTreeSet::new(),
    };
    let mut state = State {
        spaces: vec![
            space(
                98_305,
                "DEMO",
                "Demo Shop",
                "How the Demo Shop works and how we build it.",
                65_601,
            ),
            space(
                98_306,
                "INFRA",
                "Infrastructure",
                "Runbooks, decisions and what went wrong.",
                65_701,
            ),
        ],
        last_id: 70_000,
        ..State::default()
    };
    let mut records = Vec::new();
    for (key, file) in FILES {
        for record in records::read(file) {
            read(&record, key, &mut state)?;
            records.push(record);
        }
    }
    // What was added later comes last, so that the ids of the rest stay what they are.
    for record in &records {
        extras(record, &mut state)?;
    }
    site(&mut state)?;
    Ok(state)
}

/// Reads a page and the comments on it.
fn read(record: &Record, key: &str, state: &mut State) -> Result<(), Error> {
    let kind = record.known("type", Kind::named(record.get("type").unwrap_or("page")))?;
    let parent = match record.get("parent") {
        Some(parent) => Some(record.known(parent, parent.parse().ok())?),
        None => None,
    };
    let mut content = Content::blank(kind, key, record.need("title")?);
    content.id = record.known("id", record.name.parse().ok())?;
    content.parent = parent;
    let body = record.sections.iter().find(|(title, _)| title == "body");
    let (_, body) = record.known("body", body)?;
    // Each `version` header is `login moment message`; all but the last had a shorter body.
    let versions: Vec<&str> = record.all("version").collect();
    for (index, version) in versions.iter().enumerate() {
        let mut parts = version.splitn(3, ' ');
        let login = parts.next().unwrap_or_default();
        let when = record.moment(parts.next().unwrap_or_default())?;
        content.body = if index + 1 == versions.len() {
            body.clone()
        } else {
            format!("<p>Draft {} of this page.</p>", index + 1)
        };
        let by = record.known(login, people::by_login(login))?;
        content.commit(Some(by), when, parts.next().unwrap_or_default(), false);
    }
    for name in record.list("labels") {
        labels::attach(state, &mut content, &json!({"name": name}))
            .map_err(|_| record.wrong(name))?;
    }
    for (title, body) in &record.sections {
        if let Some(heading) = title.strip_prefix("comment ") {
            comment(record, heading, body, &content, state)?;
        }
    }
    state.contents.insert(content.id, content);
    Ok(())
}

/// A comment; its heading is `login moment`.
fn comment(
    record: &Record,
    heading: &str,
    body: &str,
    page: &Content,
    state: &mut State,
) -> Result<(), Error> {
    let (login, moment) = record.known(heading, heading.split_once(' '))?;
    let by = record.known(login, people::by_login(login))?;
    let title = format!("Re: {}", page.title);
    let mut comment = Content::blank(Kind::Comment, &page.space, &title);
    comment.id = state.new_id();
    body.clone_into(&mut comment.body);
    comment.container = Some(page.id);
    comment.commit(Some(by), record.moment(moment)?, "", false);
    state.contents.insert(comment.id, comment);
    Ok(())
}

/// The attachments and properties of a page.
///
/// The heading of an attachment is `login moment media-type name`; pictures are in Base64. That
/// of a property is its key.
fn extras(record: &Record, state: &mut State) -> Result<(), Error> {
    let id: u64 = record.known("id", record.name.parse().ok())?;
    let space = state.contents.get(&id).map(|page| page.space.clone());
    let space = record.known("id", space)?;
    for (title, body) in &record.sections {
        if let Some(heading) = title.strip_prefix("attachment ") {
            let parts: Vec<&str> = heading.splitn(4, ' ').collect();
            let [login, moment, media_type, name] = parts.as_slice() else {
                return Err(record.wrong(heading));
            };
            let bytes = if media_type.starts_with("image/") {
                record.known(name, STANDARD.decode(body).ok())?
            } else {
                body.clone().into_bytes()
            };
            let mut attachment = Content::blank(Kind::Attachment, &space, name);
            attachment.id = state.new_id();
            attachment.container = Some(id);
            attachment.file = Some(File {
                media_type: (*media_type).to_owned(),
                comment: String::new(),
                bytes: Arc::from(bytes),
            });
            let by = record.known(login, people::by_login(login))?;
            attachment.commit(Some(by), record.moment(moment)?, "", false);
            state.contents.insert(attachment.id, attachment);
        }
        if let Some(key) = title.strip_prefix("property ") {
            let property = Property {
                id: state.new_id(),
                key: key.to_owned(),
                value: record.known(key, serde_json::from_str(body).ok())?,
                number: 1,
                when: record.moment("2026-05-04T10:15:00")?,
                message: String::new(),
                minor: false,
            };
            if let Some(page) = state.contents.get_mut(&id) {
                page.properties.push(property);
            }
        }
    }
    Ok(())
}

/// What belongs to no page: a template, a draft, a task that is over, and what was logged.
fn site(state: &mut State) -> Result<(), Error> {
    let missing = |login: &str| Error::new(ErrorKind::InvalidData, format!("no {login}"));
    let author = people::by_login("mfenwick").ok_or_else(|| missing("mfenwick"))?;
    let moment = DateTime::from_timestamp(1_777_890_000, 0).unwrap_or_default();
    let template = Template {
        id: state.new_id().to_string(),
        name: "Runbook".to_owned(),
        description: "What to do when something stops.".to_owned(),
        labels: Vec::new(),
        space: Some("INFRA".to_owned()),
        body: "<h2>Signs</h2><p></p><h2>What to do</h2><p></p>".to_owned(),
        blueprint: None,
    };
    state.templates.push(template);
    let mut draft = Content::blank(Kind::Page, "DEMO", "Minutes of June");
    draft.id = state.new_id();
    draft.status = Status::Draft;
    draft.parent = Some(65_601);
    draft.body = "<h2>Present</h2><p></p>".to_owned();
    let main_user = people::by_login(USERNAME).ok_or_else(|| missing(USERNAME))?;
    draft.commit(Some(main_user), moment, "", false);
    state.contents.insert(draft.id, draft);
    for space in &mut state.spaces {
        let (name, key) = ("Space created", space.key.clone());
        state.audit.note_space(author, moment, name, &key);
        space.watchers.insert((author.login, String::new()));
    }
    let task = Task::finished(state.new_id(), "Exporting space", "DEMO", moment);
    state.tasks.push(task);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sandbox::confluence::storage;

    #[test]
    fn every_sample_page_is_well_formed_and_in_the_tree() {
        let state = load().unwrap();
        let pages = state.current().filter(|content| content.kind == Kind::Page);
        assert!(pages.count() >= 28);
        for content in state.contents.values() {
            storage::read(&content.body)
                .unwrap_or_else(|problem| panic!("{}: {problem}", content.title));
            assert!(content.version() > 0);
            if content.kind == Kind::Page {
                let space = state.space(&content.space).unwrap();
                let homepage = space.homepage.unwrap();
                let top = state
                    .ancestors(content)
                    .first()
                    .map_or(content.id, |page| page.id);
                assert_eq!(top, homepage, "{}", content.title);
            }
        }
    }
}

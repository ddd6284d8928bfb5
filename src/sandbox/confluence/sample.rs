//! Reads the sample pages.

use std::io::Error;

use serde_json::json;

use crate::sandbox::confluence::labels;
use crate::sandbox::confluence::state::{self, Content, Kind, State};
use crate::sandbox::people;
use crate::sandbox::records::{self, Record};

const FILES: &[(&str, &str)] = &[
    ("DEMO", include_str!("../data/demo.pages.txt")),
    ("INFRA", include_str!("../data/infra.pages.txt")),
];

/// A fresh state with all sample content.
pub(super) fn load() -> Result<State, Error> {
    let mut state = State {
        last_id: 70_000,
        ..State::default()
    };
    for (key, file) in FILES {
        for record in records::read(file) {
            read(&record, key, &mut state)?;
        }
    }
    Ok(state)
}

/// Reads a page and the comments on it.
fn read(record: &Record, key: &str, state: &mut State) -> Result<(), Error> {
    let space = record.known(key, state::space(key))?;
    let kind = record.known("type", Kind::named(record.get("type").unwrap_or("page")))?;
    let parent = match record.get("parent") {
        Some(parent) => Some(record.known(parent, parent.parse().ok())?),
        None => None,
    };
    let mut content = Content {
        id: record.known("id", record.name.parse().ok())?,
        kind,
        trashed: false,
        space,
        title: record.need("title")?.to_owned(),
        body: String::new(),
        parent,
        container: None,
        labels: Vec::new(),
        versions: Vec::new(),
    };
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
    let mut comment = Content {
        id: state.new_id(),
        kind: Kind::Comment,
        trashed: false,
        space: page.space,
        title: format!("Re: {}", page.title),
        body: body.to_owned(),
        parent: None,
        container: Some(page.id),
        labels: Vec::new(),
        versions: Vec::new(),
    };
    comment.commit(Some(by), record.moment(moment)?, "", false);
    state.contents.insert(comment.id, comment);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sandbox::confluence::state::SPACES;
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
                let homepage = content.space.homepage;
                let top = state
                    .ancestors(content)
                    .first()
                    .map_or(content.id, |page| page.id);
                assert_eq!(top, homepage, "{}", content.title);
            }
        }
        for space in SPACES {
            assert!(state.contents.contains_key(&space.homepage));
        }
    }
}

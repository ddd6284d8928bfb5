//! What Confluence remembers: spaces, and content with all its versions.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use chrono::{DateTime, Utc};
use serde_json::Value;

use crate::sandbox::confluence::audit::Log;
use crate::sandbox::confluence::tasks::Task;
use crate::sandbox::confluence::templates::Template;
use crate::sandbox::people::Person;

/// Everything that can change.
#[derive(Debug, Default)]
pub(super) struct State {
    /// The content by id.
    pub(super) contents: BTreeMap<u64, Content>,
    /// The spaces in the order they were made.
    pub(super) spaces: Vec<Space>,
    /// The templates that people made.
    pub(super) templates: Vec<Template>,
    /// What runs, or ran, in the background.
    pub(super) tasks: Vec<Task>,
    /// Who changed what on the site.
    pub(super) audit: Log,
    /// The highest id given out.
    pub(super) last_id: u64,
}

/// A space.
#[derive(Clone, Debug)]
pub(super) struct Space {
    pub(super) id: u64,
    pub(super) key: String,
    pub(super) name: String,
    pub(super) description: String,
    /// The id of the page that opens the space.
    pub(super) homepage: Option<u64>,
    /// The only one who sees the space, if it is private.
    pub(super) owner: Option<&'static Person>,
    pub(super) properties: Vec<Property>,
    /// Who watches the space, and which type of content there; without a type all of it.
    pub(super) watchers: BTreeSet<(&'static str, String)>,
}

/// What kind of content it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A page in the tree.
    Page,
    /// A blog post.
    Blog,
    /// A comment on a page, post or file.
    Comment,
    /// A file on a page or post.
    Attachment,
}

/// All kinds of content, in the order in which the server names them.
pub(super) const KINDS: [Kind; 4] = [Kind::Page, Kind::Blog, Kind::Comment, Kind::Attachment];

impl Kind {
    /// The name in `type`.
    pub(super) fn name(self) -> &'static str {
        match self {
            Kind::Page => "page",
            Kind::Blog => "blogpost",
            Kind::Comment => "comment",
            Kind::Attachment => "attachment",
        }
    }

    /// The kind with a name.
    pub(super) fn named(name: &str) -> Option<Kind> {
        KINDS.into_iter().find(|kind| kind.name() == name)
    }
}

/// Where content is in its life.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Status {
    /// For everyone.
    Current,
    /// Not published yet.
    Draft,
    /// In the trash of its space.
    Trashed,
}

impl Status {
    /// The name in `status`.
    pub(super) fn name(self) -> &'static str {
        match self {
            Status::Current => "current",
            Status::Draft => "draft",
            Status::Trashed => "trashed",
        }
    }
}

/// A page, blog post, comment or attachment.
#[derive(Clone, Debug)]
pub(super) struct Content {
    pub(super) id: u64,
    pub(super) kind: Kind,
    pub(super) status: Status,
    /// The key of the space.
    pub(super) space: String,
    pub(super) title: String,
    pub(super) body: String,
    /// The page above a page, or the comment that a comment answers.
    pub(super) parent: Option<u64>,
    /// The content that a comment or an attachment is on.
    pub(super) container: Option<u64>,
    /// Whether a comment is on a passage of the text.
    pub(super) inline: bool,
    /// The file of an attachment.
    pub(super) file: Option<File>,
    pub(super) labels: Vec<Label>,
    pub(super) properties: Vec<Property>,
    pub(super) restrictions: Restrictions,
    /// The logins of those who watch it.
    pub(super) watchers: BTreeSet<&'static str>,
    /// All versions, the current one last.
    pub(super) versions: Vec<Version>,
}

/// What an attachment holds.
#[derive(Clone, Debug)]
pub(super) struct File {
    pub(super) media_type: String,
    pub(super) comment: String,
    /// Shared between versions, since a version may change only the name.
    pub(super) bytes: Arc<[u8]>,
}

/// A JSON value that programs keep with content or a space.
#[derive(Clone, Debug)]
pub(super) struct Property {
    pub(super) id: u64,
    pub(super) key: String,
    pub(super) value: Value,
    pub(super) number: u64,
    pub(super) when: DateTime<Utc>,
    pub(super) message: String,
    pub(super) minor: bool,
}

/// Who may do what; an empty list restricts nobody.
#[derive(Clone, Debug, Default)]
pub(super) struct Restrictions {
    pub(super) read: Subjects,
    pub(super) update: Subjects,
}

/// The users and groups that a restriction lets through.
#[derive(Clone, Debug, Default)]
pub(super) struct Subjects {
    pub(super) users: Vec<&'static Person>,
    pub(super) groups: Vec<String>,
}

/// A label.
#[derive(Clone, Debug)]
pub(super) struct Label {
    pub(super) id: u64,
    pub(super) prefix: String,
    pub(super) name: String,
}

/// A version.
#[derive(Clone, Debug)]
pub(super) struct Version {
    pub(super) number: usize,
    pub(super) by: Option<&'static Person>,
    pub(super) when: DateTime<Utc>,
    pub(super) message: String,
    pub(super) minor: bool,
    pub(super) title: String,
    pub(super) body: String,
    pub(super) file: Option<File>,
}

impl State {
    /// An id that nothing has yet.
    pub(super) fn new_id(&mut self) -> u64 {
        self.last_id += 1;
        self.last_id
    }

    /// Finds a space; letter case does not matter.
    pub(super) fn space(&self, key: &str) -> Option<&Space> {
        self.spaces
            .iter()
            .find(|space| space.key.eq_ignore_ascii_case(key))
    }

    /// Finds content by the id that clients know; those of attachments begin with letters.
    pub(super) fn content(&self, id: &str) -> Option<&Content> {
        let (number, file) = match id.strip_prefix("att") {
            Some(number) => (number, true),
            None => (id, false),
        };
        number
            .parse()
            .ok()
            .and_then(|number: u64| self.contents.get(&number))
            .filter(|content| (content.kind == Kind::Attachment) == file)
    }

    /// The content that a comment or attachment is on.
    pub(super) fn container(&self, content: &Content) -> Option<&Content> {
        content.container.and_then(|id| self.contents.get(&id))
    }

    /// All content that is not in the trash, nor on a page that is.
    pub(super) fn current(&self) -> impl Iterator<Item = &Content> {
        self.contents.values().filter(|content| {
            content.status == Status::Current
                && content.container.is_none_or(|id| {
                    let container = self.contents.get(&id);
                    container.is_some_and(|container| container.status == Status::Current)
                })
        })
    }

    /// What lies directly below content: pages, files, or comments that answer no other.
    pub(super) fn children(&self, content: &Content, kind: Kind) -> Vec<&Content> {
        let id = content.id;
        self.current()
            .filter(|child| child.kind == kind)
            .filter(|child| match (kind, content.kind) {
                (Kind::Comment, Kind::Comment) => child.parent == Some(id),
                (Kind::Comment, _) => child.container == Some(id) && child.parent.is_none(),
                (Kind::Attachment, _) => child.container == Some(id),
                _ => child.parent == Some(id),
            })
            .collect()
    }

    /// What lies below content at any depth.
    pub(super) fn descendants(&self, content: &Content, kind: Kind) -> Vec<&Content> {
        let id = content.id;
        self.current()
            .filter(|below| below.kind == kind)
            .filter(|below| {
                below.container == Some(id)
                    || self.ancestors(below).iter().any(|above| above.id == id)
            })
            .collect()
    }

    /// The pages above a page, the topmost first.
    pub(super) fn ancestors(&self, content: &Content) -> Vec<&Content> {
        let mut above = Vec::new();
        let mut next = content.parent;
        // A page that was moved below itself must not make this endless.
        while let Some(parent) = next.and_then(|id| self.contents.get(&id))
            && above.len() < 100
        {
            above.push(parent);
            next = parent.parent;
        }
        above.reverse();
        above
    }

    /// The page with a title in a space.
    pub(super) fn titled(&self, space: &str, kind: Kind, title: &str) -> Option<&Content> {
        self.current().find(|content| {
            content.kind == kind
                && content.space == space
                && content.title.to_lowercase() == title.to_lowercase()
        })
    }
}

impl Content {
    /// Content without text and versions, which is not among the others yet.
    pub(super) fn blank(kind: Kind, space: &str, title: &str) -> Content {
        Content {
            id: 0,
            kind,
            status: Status::Current,
            space: space.to_owned(),
            title: title.to_owned(),
            body: String::new(),
            parent: None,
            container: None,
            inline: false,
            file: None,
            labels: Vec::new(),
            properties: Vec::new(),
            restrictions: Restrictions::default(),
            watchers: BTreeSet::new(),
            versions: Vec::new(),
        }
    }

    /// The id that clients know.
    pub(super) fn public_id(&self) -> String {
        match self.kind {
            Kind::Attachment => format!("att{}", self.id),
            _ => self.id.to_string(),
        }
    }

    /// The number of the current version.
    pub(super) fn version(&self) -> usize {
        self.versions.last().map_or(0, |version| version.number)
    }

    /// Makes a new version of what title and body are now.
    pub(super) fn commit(
        &mut self,
        by: Option<&'static Person>,
        when: DateTime<Utc>,
        message: &str,
        minor: bool,
    ) {
        self.versions.push(Version {
            number: self.version() + 1,
            by,
            when,
            message: message.to_owned(),
            minor,
            title: self.title.clone(),
            body: self.body.clone(),
            file: self.file.clone(),
        });
    }

    /// When it was made.
    pub(super) fn created(&self) -> Option<DateTime<Utc>> {
        self.versions.first().map(|version| version.when)
    }

    /// When it was changed last.
    pub(super) fn modified(&self) -> Option<DateTime<Utc>> {
        self.versions.last().map(|version| version.when)
    }
}

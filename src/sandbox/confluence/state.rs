//! What Confluence remembers: pages, blog posts and comments with all their versions.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};

use crate::sandbox::people::Person;

/// Everything that can change.
#[derive(Debug, Default)]
pub(super) struct State {
    /// The content by id.
    pub(super) contents: BTreeMap<u64, Content>,
    /// The highest id given out.
    pub(super) last_id: u64,
}

/// A space.
#[derive(Debug)]
pub(super) struct Space {
    pub(super) id: u64,
    pub(super) key: &'static str,
    pub(super) name: &'static str,
    pub(super) description: &'static str,
    /// The id of the page that opens the space.
    pub(super) homepage: u64,
}

/// All spaces.
pub(super) static SPACES: &[Space] = &[
    Space {
        id: 98_305,
        key: "DEMO",
        name: "Demo Shop",
        description: "How the Demo Shop works and how we build it.",
        homepage: 65_601,
    },
    Space {
        id: 98_306,
        key: "INFRA",
        name: "Infrastructure",
        description: "Runbooks, decisions and what went wrong.",
        homepage: 65_701,
    },
];

/// Finds a space; letter case does not matter.
pub(super) fn space(key: &str) -> Option<&'static Space> {
    SPACES
        .iter()
        .find(|space| space.key.eq_ignore_ascii_case(key))
}

/// What kind of content it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A page in the tree.
    Page,
    /// A blog post.
    Blog,
    /// A comment on a page or post.
    Comment,
}

impl Kind {
    /// The name in `type`.
    pub(super) fn name(self) -> &'static str {
        match self {
            Kind::Page => "page",
            Kind::Blog => "blogpost",
            Kind::Comment => "comment",
        }
    }

    /// The kind with a name.
    pub(super) fn named(name: &str) -> Option<Kind> {
        [Kind::Page, Kind::Blog, Kind::Comment]
            .into_iter()
            .find(|kind| kind.name() == name)
    }
}

/// A page, blog post or comment.
#[derive(Clone, Debug)]
pub(super) struct Content {
    pub(super) id: u64,
    pub(super) kind: Kind,
    pub(super) trashed: bool,
    pub(super) space: &'static Space,
    pub(super) title: String,
    pub(super) body: String,
    /// The page above a page, or the comment that a comment answers.
    pub(super) parent: Option<u64>,
    /// The page that a comment is on.
    pub(super) container: Option<u64>,
    pub(super) labels: Vec<Label>,
    /// All versions, the current one last.
    pub(super) versions: Vec<Version>,
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
}

impl State {
    /// An id that nothing has yet.
    pub(super) fn new_id(&mut self) -> u64 {
        self.last_id += 1;
        self.last_id
    }

    /// All content that is not in the trash, nor on a page that is.
    pub(super) fn current(&self) -> impl Iterator<Item = &Content> {
        self.contents.values().filter(|content| {
            !content.trashed
                && content.container.is_none_or(|id| {
                    let container = self.contents.get(&id);
                    container.is_some_and(|container| !container.trashed)
                })
        })
    }

    /// The pages below a page, or the comments on a page.
    pub(super) fn children(&self, id: u64, kind: Kind) -> Vec<&Content> {
        self.current()
            .filter(|content| content.kind == kind)
            .filter(|content| match kind {
                Kind::Comment => content.container == Some(id),
                _ => content.parent == Some(id),
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
    pub(super) fn titled(&self, space: &Space, kind: Kind, title: &str) -> Option<&Content> {
        self.current().find(|content| {
            content.kind == kind
                && content.space.key == space.key
                && content.title.to_lowercase() == title.to_lowercase()
        })
    }
}

impl Content {
    /// The number of the current version.
    pub(super) fn version(&self) -> usize {
        self.versions.len()
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
            number: self.versions.len() + 1,
            by,
            when,
            message: message.to_owned(),
            minor,
            title: self.title.clone(),
            body: self.body.clone(),
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

    /// The status as a word.
    pub(super) fn status(&self) -> &'static str {
        if self.trashed { "trashed" } else { "current" }
    }
}

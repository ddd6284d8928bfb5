//! What a link, an image or a macro's parameter points to.

/// What a link, an image or a macro's parameter points to.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Target {
    /// An address, absolute or relative.
    Url(String),
    /// A page.
    Page {
        /// The key of its space; none means the space of the page it is linked on.
        space: Option<String>,
        /// Its title.
        title: String,
        /// A heading or an anchor on it.
        anchor: Option<String>,
    },
    /// A blog post.
    Blog {
        /// The key of its space; none means the space of the page it is linked on.
        space: Option<String>,
        /// Its title.
        title: String,
        /// The day it was posted, such as `2026/03/14`.
        day: Option<String>,
        /// A heading or an anchor on it.
        anchor: Option<String>,
    },
    /// An attachment.
    Attachment {
        /// The file's name.
        name: String,
        /// The page or post that it is attached to; none means the page it is linked on.
        on: Option<Box<Target>>,
    },
    /// A person.
    User(User),
    /// A space, by its key.
    Space(String),
    /// A heading or an anchor on the same page.
    Anchor(String),
    /// Any content, by its id.
    Content(String),
    /// A shortcut link that an administrator has set up.
    Shortcut {
        /// The name of the shortcut.
        key: String,
        /// What is looked up.
        parameter: String,
    },
}

/// A person.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum User {
    /// By the name that they log in with.
    Name(String),
    /// By the key that Confluence gave them.
    Key(String),
    /// By the account of Atlassian's own hosting.
    Account(String),
}

impl Target {
    /// What is shown of a link without a text of its own: the title, the file's name, the address.
    pub fn name(&self) -> &str {
        match self {
            Self::Url(name)
            | Self::Page { title: name, .. }
            | Self::Blog { title: name, .. }
            | Self::Attachment { name, .. }
            | Self::User(User::Name(name) | User::Key(name) | User::Account(name))
            | Self::Space(name)
            | Self::Anchor(name)
            | Self::Content(name)
            | Self::Shortcut {
                parameter: name, ..
            } => name,
        }
    }
}

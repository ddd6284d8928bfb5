//! What a setting is: its names, what its value looks like, and which product it is for.

use std::fmt;

use super::VARIABLES;
use super::secrets::Form;

/// One setting.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Variable {
    /// The name of the variable, which is also the key in a settings file.
    pub name: &'static str,
    /// Other names with the same meaning, known from other servers.
    pub aliases: &'static [&'static str],
    /// What the value looks like.
    pub shape: Shape,
    /// What holds without it, as it would be written; nothing if `None`.
    pub default: Option<&'static str>,
    /// What it is for, in one sentence.
    pub meaning: &'static str,
}

impl Variable {
    /// All names with this meaning, ours first.
    pub fn names(&self) -> impl Iterator<Item = &'static str> + use<> {
        std::iter::once(self.name).chain(self.aliases.iter().copied())
    }

    /// All names with this meaning, in each form that the variable may have.
    pub(super) fn spellings(&self) -> impl Iterator<Item = Spelling> + use<> {
        let is_secret = self.shape.is_secret();
        self.names().flat_map(move |name| {
            Form::ALL
                .into_iter()
                .filter(move |form| is_secret || *form == Form::Value)
                .map(move |form| Spelling {
                    name: format!("{name}{}", form.suffix()),
                    form,
                })
        })
    }
}

/// A name under which a variable may be set, and the form that it gives the value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Spelling {
    pub(super) name: String,
    pub(super) form: Form,
}

/// What the value of a variable looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// An address that begins with `http://` or `https://`.
    Address,
    /// Any text.
    Text,
    /// A password or token, which is never shown.
    Secret,
    /// `true` or `false`.
    Flag,
    /// Names with commas between them.
    Names,
    /// A TCP port.
    Port,
    /// A number of seconds.
    Seconds,
    /// One of the log levels.
    Level,
    /// How texts are written: `markdown` or `source`.
    Format,
    /// The path of a file.
    Path,
    /// Headers as `name=value` with commas between them; never shown, as their values are secrets.
    Headers,
}

impl Shape {
    /// Whether the value is never shown.
    pub fn is_secret(self) -> bool {
        matches!(self, Self::Secret | Self::Headers)
    }

    /// The shape in a few words, for tables.
    pub fn describe(self) -> &'static str {
        match self {
            Self::Address => "web address",
            Self::Text => "text",
            Self::Secret => "secret (also as `_FILE` or `_COMMAND`)",
            Self::Flag => "true or false",
            Self::Names => "comma-separated names",
            Self::Port => "1 to 65535",
            Self::Seconds => "seconds, up to 600",
            Self::Format => "markdown or source",
            Self::Level => "error, warn, info, debug or trace",
            Self::Path => "path",
            Self::Headers => {
                "name=value pairs with commas between them (also as `_FILE` or `_COMMAND`)"
            }
        }
    }
}

/// A product whose settings carry its prefix.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Product {
    /// Jira, prefix `JIRA_`.
    Jira,
    /// Confluence, prefix `CONFLUENCE_`.
    Confluence,
}

impl fmt::Display for Product {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Jira => "Jira",
            Self::Confluence => "Confluence",
        })
    }
}

impl Product {
    /// What the names of the product's variables begin with.
    pub fn prefix(self) -> &'static str {
        match self {
            Self::Jira => "JIRA_",
            Self::Confluence => "CONFLUENCE_",
        }
    }
}

/// The variable of this name; `None` for an alias or an unknown name.
pub(super) fn named(name: &str) -> Option<&'static Variable> {
    VARIABLES.iter().find(|variable| variable.name == name)
}

/// The variable that has `name` as its name or as an alias, in any form.
pub(super) fn meant_by(name: &str) -> Option<&'static Variable> {
    VARIABLES
        .iter()
        .find(|variable| variable.spellings().any(|known| known.name == name))
}

/// Whether a name gives a value as a file or a command that holds it.
pub(super) fn is_fetched(name: &str) -> bool {
    meant_by(name).is_some_and(|variable| {
        let mut spellings = variable.spellings();
        spellings.any(|known| known.name == name && known.form != Form::Value)
    })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn no_name_has_two_meanings() {
        let names: Vec<_> = VARIABLES
            .iter()
            .flat_map(Variable::spellings)
            .map(|spelling| spelling.name)
            .collect();
        assert_eq!(names.iter().collect::<BTreeSet<_>>().len(), names.len());
    }

    #[test]
    fn both_products_have_the_same_settings_but_for_filters_and_sessions() {
        let of = |product: Product| -> BTreeSet<String> {
            VARIABLES
                .iter()
                .filter_map(|variable| variable.name.strip_prefix(product.prefix()))
                // Confluence has no login over REST that would open a session.
                .filter(|rest| !rest.ends_with("_FILTER") && *rest != "SESSION_LOGIN")
                .map(str::to_owned)
                .collect()
        };
        assert_eq!(of(Product::Jira), of(Product::Confluence));
    }
}

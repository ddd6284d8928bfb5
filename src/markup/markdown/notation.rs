//! The names that the writer and the reader agree on.

use crate::markup::{
    document::{Target, User},
    elements::parse_target,
};

/// The attribute with the name of a macro that cannot be the name of a tag.
pub(super) const NAME: &str = "_name";
/// The attribute with the text that a macro in a line reads itself.
pub(super) const BODY: &str = "_body";
/// The attribute with the number of a macro of which not everything is told.
pub(super) const REFERENCE: &str = "ref";
/// The name of a macro whose own name cannot be that of a tag.
pub(super) const UNNAMED: &str = "macro";

/// The word of a fence whose text is storage format.
pub(super) const RAW: &str = "storage";
/// The word of a fence whose text is not a program.
pub(super) const NO_FORMAT: &str = "noformat";

/// The panels, and the alerts they are written as.
pub(super) const ALERTS: [(&str, &str); 4] = [
    ("info", "NOTE"),
    ("tip", "TIP"),
    ("note", "IMPORTANT"),
    ("warning", "WARNING"),
];

/// What stands in place of what is nested too deeply.
pub(super) const TOO_DEEP: &str = "… nested too deeply";

/// Whether a macro's name can be the name of a tag.
pub(super) fn is_tag_name(name: &str) -> bool {
    name != UNNAMED
        && name.starts_with(|c: char| c.is_ascii_alphabetic())
        && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
}

/// Whether a tag of that name is a macro's.
pub(super) fn is_macro_tag(tag: &str) -> bool {
    let name = tag.strip_prefix("ac-");
    name.is_some_and(|name| name.starts_with(|c: char| c.is_ascii_alphabetic()))
}

/// The attribute for a macro's parameter; none if it cannot be one.
pub(super) fn attribute_name(parameter: &str) -> Option<&str> {
    match parameter {
        "" => Some("_"),
        NAME | BODY | REFERENCE | "_" => None,
        name => super::attributes::is_name(name).then_some(name),
    }
}

/// Whether the address would be read as another kind of target.
pub(super) fn is_plain_address(address: &str) -> bool {
    parse_target(address).is_none()
}

/// The name by which a person can be mentioned.
pub(super) fn mention(target: &Target) -> Option<&str> {
    match target {
        Target::User(User::Name(name)) if super::atoms::is_mentionable(name) => Some(name),
        _ => None,
    }
}

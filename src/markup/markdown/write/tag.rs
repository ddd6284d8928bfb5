//! Tags of macros.

use crate::markup::{
    document::Macro,
    elements::write_value,
    markdown::{attributes, notation},
};

/// `<ac-name parameter="value"`, without what ends the tag.
pub(super) fn opening(found: &Macro) -> String {
    let mut out = format!("<{}", word(found));
    attributes_of(found, &mut out);
    out
}

/// `</ac-name>`.
pub(super) fn closing(found: &Macro) -> String {
    format!("</{}>", word(found))
}

/// The word that a macro's tag or its fence begins with.
pub(super) fn word(found: &Macro) -> String {
    if notation::is_tag_name(&found.name) {
        format!("ac-{}", found.name)
    } else {
        "ac-macro".to_owned()
    }
}

/// What a tag or a fence says of a macro besides its name and its body.
pub(super) fn attributes_of(found: &Macro, out: &mut String) {
    if !notation::is_tag_name(&found.name) {
        attributes::write(notation::NAME, &found.name, out);
    }
    for parameter in &found.parameters {
        if let Some(name) = notation::attribute_name(&parameter.name) {
            attributes::write(name, &write_value(&parameter.value), out);
        }
    }
    if let Some(reference) = found.reference {
        attributes::write(notation::REFERENCE, &reference.to_string(), out);
    }
}

//! What is pointed to, written as a resource (`ri:...`).

use super::Writer;
use crate::markup::document::{Target, User};

impl Writer<'_> {
    /// The resource without its anchor; an anchor on the same page has none.
    pub(super) fn resource(&mut self, target: &Target) {
        match target {
            Target::Url(url) => self.element("ri:url", &[("ri:value", Some(url))]),
            Target::Page { space, title, .. } => self.element(
                "ri:page",
                &[
                    ("ri:space-key", space.as_deref()),
                    ("ri:content-title", Some(title)),
                ],
            ),
            Target::Blog {
                space, title, day, ..
            } => self.element(
                "ri:blog-post",
                &[
                    ("ri:space-key", space.as_deref()),
                    ("ri:content-title", Some(title)),
                    ("ri:posting-day", day.as_deref()),
                ],
            ),
            Target::Attachment { name, on } => self.attachment(name, on.as_deref()),
            Target::User(User::Name(name)) => {
                self.element("ri:user", &[("ri:username", Some(name))]);
            }
            Target::User(User::Key(key)) => self.element("ri:user", &[("ri:userkey", Some(key))]),
            Target::User(User::Account(id)) => {
                self.element("ri:user", &[("ri:account-id", Some(id))]);
            }
            Target::Space(key) => self.element("ri:space", &[("ri:space-key", Some(key))]),
            Target::Anchor(_) => {}
            Target::Content(id) => {
                self.element("ri:content-entity", &[("ri:content-id", Some(id))]);
            }
            Target::Shortcut { key, parameter } => self.element(
                "ri:shortcut",
                &[("ri:key", Some(key)), ("ri:parameter", Some(parameter))],
            ),
        }
    }

    fn attachment(&mut self, name: &str, on: Option<&Target>) {
        let Some(on) = on else {
            return self.element("ri:attachment", &[("ri:filename", Some(name))]);
        };
        self.push("<ri:attachment");
        self.attribute("ri:filename", name);
        self.push(">");
        stacker::maybe_grow(64 << 10, 1 << 20, || self.resource(on));
        self.push("</ri:attachment>");
    }

    /// A parameter's value: pages, posts and anchors stand in a link there, other things bare.
    pub(super) fn parameter_target(&mut self, target: &Target) {
        match target {
            Target::Page { anchor, .. } | Target::Blog { anchor, .. } => {
                self.push("<ac:link");
                if let Some(anchor) = anchor {
                    self.attribute("ac:anchor", anchor);
                }
                self.push(">");
                self.resource(target);
                self.push("</ac:link>");
            }
            Target::Anchor(anchor) => {
                self.push("<ac:link");
                self.attribute("ac:anchor", anchor);
                self.push(" />");
            }
            _ => self.resource(target),
        }
    }

    fn element(&mut self, name: &str, attributes: &[(&str, Option<&str>)]) {
        self.push("<");
        self.push(name);
        for (name, value) in attributes {
            if let Some(value) = value {
                self.attribute(name, value);
            }
        }
        self.push(" />");
    }
}

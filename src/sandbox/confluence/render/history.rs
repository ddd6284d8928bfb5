//! How content came about: its history and its versions.

use serde_json::{Value, json};

use crate::sandbox::confluence::expand::{Expand, Parts};
use crate::sandbox::confluence::render::{Renderer, time};
use crate::sandbox::confluence::state::{Content, Version};
use crate::sandbox::confluence::versions::as_of;
use crate::sandbox::people::Person;

impl Renderer<'_> {
    /// How content came about.
    pub(in crate::sandbox::confluence) fn history(
        self,
        content: &Content,
        expand: &Expand,
    ) -> Value {
        let first = content.versions.first();
        let path = format!("/rest/api/content/{}", content.public_id());
        let mut parts = Parts::new(
            expand,
            json!({
                "latest": true,
                "createdBy": self.person(first.and_then(|version| version.by)),
                "createdDate": time(content.created()),
                "_links": {"self": format!("{}{path}/history", self.base)},
            }),
        );
        let version = |version: Option<&Version>| match version {
            Some(version) => self.version(content, version, &Expand::default()),
            None => Value::Null,
        };
        parts.part("lastUpdated", String::new(), |_| {
            version(content.versions.last())
        });
        parts.part("previousVersion", String::new(), |_| {
            version(content.versions.iter().rev().nth(1))
        });
        parts.part("nextVersion", String::new(), |_| Value::Null);
        parts.part("contributors", String::new(), |_| {
            let mut people: Vec<&Person> = Vec::new();
            for person in content.versions.iter().filter_map(|version| version.by) {
                if !people.iter().any(|known| known.login == person.login) {
                    people.push(person);
                }
            }
            let users: Value = people
                .iter()
                .map(|person| person.in_confluence(self.base))
                .collect();
            let keys: Vec<&str> = people.iter().map(|person| person.confluence_key).collect();
            json!({"publishers": {"users": users, "userKeys": keys, "_links": {}}})
        });
        parts.finish()
    }

    /// A version of content.
    pub(in crate::sandbox::confluence) fn version(
        self,
        content: &Content,
        version: &Version,
        expand: &Expand,
    ) -> Value {
        let id = content.public_id();
        let mut parts = Parts::new(
            expand,
            json!({
                "by": self.person(version.by),
                "when": time(Some(version.when)),
                "message": version.message,
                "number": version.number,
                "minorEdit": version.minor,
                "hidden": false,
                "_links": {
                    "self": format!("{}/rest/experimental/content/{id}/version/{}", self.base, version.number),
                },
            }),
        );
        parts.part("content", format!("/rest/api/content/{id}"), |inside| {
            self.content(&as_of(content, version), inside)
        });
        parts.finish()
    }

    fn person(self, person: Option<&'static Person>) -> Value {
        match person {
            Some(person) => person.in_confluence(self.base),
            None => json!({"type": "anonymous", "displayName": "Anonymous"}),
        }
    }
}

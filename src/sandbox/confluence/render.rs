//! From content to the JSON that Confluence sends, with what is expanded and what could be.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use chrono::{DateTime, Utc};
use serde_json::{Value, json};

use crate::sandbox::confluence::expand::{Expand, Parts};
use crate::sandbox::confluence::state::{Content, Kind, Label, Space, State, Version};
use crate::sandbox::confluence::view;
use crate::sandbox::exchange::encode;
use crate::sandbox::people::Person;

/// Where links point to, and the state that parts come from.
#[derive(Clone, Copy)]
pub(super) struct Renderer<'a> {
    /// Everything there is.
    pub(super) state: &'a State,
    /// The URL of the site.
    pub(super) base: &'a str,
}

/// A moment as Confluence writes it.
pub(super) fn time(moment: Option<DateTime<Utc>>) -> Value {
    json!(moment.map(|moment| moment.format("%Y-%m-%dT%H:%M:%S%.3fZ").to_string()))
}

impl Renderer<'_> {
    /// Content that stands alone, so that its links carry the base.
    pub(super) fn whole(self, content: &Content, expand: &Expand) -> Value {
        let mut whole = self.content(content, expand);
        if let Some(links) = whole.get_mut("_links").and_then(Value::as_object_mut) {
            let collection = "/rest/api/content";
            links.insert("collection".to_owned(), json!(collection));
            links.insert("base".to_owned(), json!(self.base));
            links.insert("context".to_owned(), json!("/confluence"));
        }
        whole
    }

    /// Content in a list or inside other content.
    pub(super) fn content(self, content: &Content, expand: &Expand) -> Value {
        let id = content.id;
        let path = format!("/rest/api/content/{id}");
        let extensions = match content.kind {
            Kind::Comment => json!({"location": "footer"}),
            _ => json!({"position": "none"}),
        };
        let mut parts = Parts::new(
            expand,
            json!({
                "id": id.to_string(),
                "type": content.kind.name(),
                "status": content.status(),
                "title": content.title,
                "extensions": extensions,
                "_links": self.links(content),
            }),
        );
        let space_path = format!("/rest/api/space/{}", content.space.key);
        parts.part("space", space_path.clone(), |inside| {
            self.space(content.space, inside)
        });
        parts.part("history", format!("{path}/history"), |inside| {
            self.history(content, inside)
        });
        parts.part("version", String::new(), |_| {
            match content.versions.last() {
                Some(version) => self.version(content, version),
                None => Value::Null,
            }
        });
        parts.part("ancestors", String::new(), |inside| {
            let above = self.state.ancestors(content).into_iter();
            above.map(|page| self.content(page, inside)).collect()
        });
        let container = content
            .container
            .and_then(|id| self.state.contents.get(&id));
        let container_path =
            container.map_or(space_path, |page| format!("/rest/api/content/{}", page.id));
        parts.part("container", container_path, |inside| match container {
            Some(page) => self.content(page, inside),
            None => self.space(content.space, inside),
        });
        parts.part("body", String::new(), |inside| self.body(content, inside));
        parts.part("metadata", String::new(), |inside| {
            let mut metadata = Parts::new(inside, json!({}));
            metadata.part("labels", String::new(), |_| self.labels(content));
            for name in ["currentuser", "properties", "frontend", "editorHtml"] {
                metadata.part(name, String::new(), |_| json!({}));
            }
            metadata.finish()
        });
        parts.part("children", format!("{path}/child"), |inside| {
            self.children(content, inside)
        });
        parts.part("descendants", format!("{path}/descendant"), |inside| {
            self.children(content, inside)
        });
        parts.part(
            "restrictions",
            format!("{path}/restriction/byOperation"),
            |_| json!({}),
        );
        parts.part(
            "operations",
            String::new(),
            |_| json!([{"operation": "read", "targetType": content.kind.name()}]),
        );
        parts.finish()
    }

    /// The children of content by kind.
    pub(super) fn children(self, content: &Content, expand: &Expand) -> Value {
        let path = format!("/rest/api/content/{}/child", content.id);
        let link = json!({"self": format!("{}{path}", self.base)});
        let mut parts = Parts::new(expand, json!({"_links": link}));
        for kind in [Kind::Page, Kind::Comment] {
            let kind_path = format!("{path}/{}", kind.name());
            parts.part(kind.name(), kind_path.clone(), |inside| {
                let children = self.state.children(content.id, kind).into_iter().take(25);
                let results: Vec<Value> =
                    children.map(|child| self.content(child, inside)).collect();
                self.list(results, &kind_path)
            });
        }
        let attachments = format!("{path}/attachment");
        parts.part("attachment", attachments.clone(), |_| {
            self.list(Vec::new(), &attachments)
        });
        parts.finish()
    }

    /// How content came about.
    pub(super) fn history(self, content: &Content, expand: &Expand) -> Value {
        let first = content.versions.first();
        let path = format!("/rest/api/content/{}", content.id);
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
            Some(version) => self.version(content, version),
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
    pub(super) fn version(self, content: &Content, version: &Version) -> Value {
        let id = content.id;
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
            "_expandable": {"content": format!("/rest/api/content/{id}")},
        })
    }

    /// A space.
    pub(super) fn space(self, space: &Space, expand: &Expand) -> Value {
        let path = format!("/rest/api/space/{}", space.key);
        let mut parts = Parts::new(
            expand,
            json!({
                "id": space.id,
                "key": space.key,
                "name": space.name,
                "type": "global",
                "status": "current",
                "_links": {
                    "webui": format!("/display/{}", space.key),
                    "self": format!("{}{path}", self.base),
                },
            }),
        );
        parts.part("description", String::new(), |inside| {
            let mut description = Parts::new(inside, json!({}));
            for (name, value) in [
                ("plain", space.description.to_owned()),
                ("view", format!("<p>{}</p>", space.description)),
            ] {
                description.part(
                    name,
                    String::new(),
                    |_| json!({"value": value, "representation": name, "embeddedContent": []}),
                );
            }
            description.finish()
        });
        let homepage = self.state.contents.get(&space.homepage);
        parts.part(
            "homepage",
            format!("/rest/api/content/{}", space.homepage),
            |inside| homepage.map_or(Value::Null, |page| self.content(page, inside)),
        );
        parts.part("icon", String::new(), |_| {
            json!({"path": "/confluence/images/logo/default-space-logo-256.png", "width": 48, "height": 48, "isDefault": true})
        });
        parts.part(
            "metadata",
            String::new(),
            |_| json!({"_expandable": {"labels": ""}}),
        );
        parts.finish()
    }

    /// A label.
    pub(super) fn label(self, label: &Label) -> Value {
        json!({
            "prefix": label.prefix,
            "name": label.name,
            "id": label.id.to_string(),
        })
    }

    /// The path of content for a browser.
    pub(super) fn web_path(self, content: &Content) -> String {
        let plain = |title: &str| {
            title
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || " -_.,'()".contains(c))
        };
        let page = |page: &Content| {
            // A title that does not fit into a path is left out of it.
            if !plain(&page.title) || page.trashed {
                return format!("/pages/viewpage.action?pageId={}", page.id);
            }
            match (page.kind, page.created()) {
                (Kind::Blog, Some(day)) => format!(
                    "/display/{}/{}/{}",
                    page.space.key,
                    day.format("%Y/%m/%d"),
                    encode(&page.title)
                ),
                _ => format!("/display/{}/{}", page.space.key, encode(&page.title)),
            }
        };
        let container = content
            .container
            .and_then(|id| self.state.contents.get(&id));
        match container {
            Some(container) => {
                let path = page(container);
                let sign = if path.contains('?') { '&' } else { '?' };
                format!("{path}{sign}focusedCommentId={0}#comment-{0}", content.id)
            }
            None => page(content),
        }
    }

    fn links(self, content: &Content) -> Value {
        let mut links = json!({
            "webui": self.web_path(content),
            "self": format!("{}/rest/api/content/{}", self.base, content.id),
        });
        if content.kind != Kind::Comment
            && let Some(map) = links.as_object_mut()
        {
            let edit = format!("/pages/resumedraft.action?draftId={}", content.id);
            map.insert("edit".to_owned(), json!(edit));
            map.insert("tinyui".to_owned(), json!(tiny(content.id)));
        }
        links
    }

    fn labels(self, content: &Content) -> Value {
        let results = content
            .labels
            .iter()
            .map(|label| self.label(label))
            .collect();
        self.list(results, &format!("/rest/api/content/{}/label", content.id))
    }

    fn list(self, results: Vec<Value>, path: &str) -> Value {
        json!({
            "size": results.len(),
            "results": results,
            "start": 0,
            "limit": 200,
            "_links": {"self": format!("{}{path}", self.base)},
        })
    }

    fn body(self, content: &Content, expand: &Expand) -> Value {
        let mut parts = Parts::new(expand, json!({}));
        let path = format!("/rest/api/content/{}", content.id);
        for name in [
            "storage",
            "view",
            "export_view",
            "styled_view",
            "editor",
            "anonymous_export_view",
        ] {
            parts.part(name, String::new(), |_| {
                let value = match name {
                    "storage" | "editor" => content.body.clone(),
                    _ => view::html(&content.body, self.base),
                };
                json!({"value": value, "representation": name, "_expandable": {"content": path}})
            });
        }
        parts.finish()
    }

    fn person(self, person: Option<&'static Person>) -> Value {
        match person {
            Some(person) => person.in_confluence(self.base),
            None => json!({"type": "anonymous", "displayName": "Anonymous"}),
        }
    }
}

/// The short link: the id in Base64, least significant byte first, without the zeros at its end.
fn tiny(id: u64) -> String {
    let code = STANDARD_NO_PAD.encode(id.to_le_bytes());
    let code = code
        .trim_end_matches('A')
        .replace('/', "-")
        .replace('+', "_");
    format!("/x/{code}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sandbox::confluence::sample;

    #[test]
    fn what_is_not_expanded_is_only_named() {
        let state = sample::load().unwrap();
        let renderer = Renderer {
            state: &state,
            base: "http://localhost/confluence",
        };
        let page = state.contents.get(&65_602).unwrap();
        let expand = Expand::new(["body.storage", "version"]);
        let rendered = renderer.content(page, &expand);
        assert!(rendered.pointer("/body/storage/value").is_some());
        assert!(rendered.pointer("/body/_expandable/view").is_some());
        assert!(rendered.pointer("/version/number").is_some());
        assert!(rendered.pointer("/_expandable/space").is_some());
        assert!(rendered.pointer("/_expandable/body").is_none());
        assert!(rendered.pointer("/space").is_none());
    }
}

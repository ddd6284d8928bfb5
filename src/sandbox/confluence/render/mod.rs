//! From content to the JSON that Confluence sends, with what is expanded and what could be.

mod history;
mod links;
mod restrictions;
mod space;

use chrono::{DateTime, Utc};
use serde_json::{Value, json};

use crate::sandbox::confluence::access::may_see;
use crate::sandbox::confluence::expand::{Expand, Parts};
use crate::sandbox::confluence::state::{Content, Kind, Label, State};
use crate::sandbox::confluence::view::{self, Place};
use crate::sandbox::people::Person;

/// Where links point to, and the state that parts come from.
#[derive(Clone, Copy)]
pub(super) struct Renderer<'a> {
    /// Everything there is.
    pub(super) state: &'a State,
    /// The URL of the site.
    pub(super) base: &'a str,
    /// Who asks, and so must not be shown everything.
    pub(super) caller: Option<&'static Person>,
}

/// How many results a list inside other content has at most.
const LISTED: usize = 25;

/// How far below content to look.
#[derive(Clone, Copy)]
pub(super) enum Depth {
    /// Only directly below.
    Children,
    /// At any depth.
    Descendants,
}

impl Depth {
    /// The name in the path.
    pub(super) fn name(self) -> &'static str {
        match self {
            Depth::Children => "child",
            Depth::Descendants => "descendant",
        }
    }
}

/// A moment as Confluence writes it.
pub(super) fn time(moment: Option<DateTime<Utc>>) -> Value {
    json!(moment.map(|moment| moment.format("%Y-%m-%dT%H:%M:%S%.3fZ").to_string()))
}

impl<'a> Renderer<'a> {
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
        let id = content.public_id();
        let path = format!("/rest/api/content/{id}");
        let mut parts = Parts::new(
            expand,
            json!({
                "id": id,
                "type": content.kind.name(),
                "status": content.status.name(),
                "title": content.title,
                "extensions": extensions(content),
                "_links": self.links(content),
            }),
        );
        let space_path = format!("/rest/api/space/{}", content.space);
        let space = |inside: &Expand| {
            let space = self.state.space(&content.space);
            space.map_or(Value::Null, |space| self.space(space, inside))
        };
        parts.part("space", space_path.clone(), space);
        parts.part("history", format!("{path}/history"), |inside| {
            self.history(content, inside)
        });
        parts.part("version", String::new(), |inside| {
            match content.versions.last() {
                Some(version) => self.version(content, version, inside),
                None => Value::Null,
            }
        });
        parts.part("ancestors", String::new(), |inside| {
            let above = self.state.ancestors(content).into_iter();
            above.map(|page| self.content(page, inside)).collect()
        });
        let container = self.state.container(content);
        let container_path = container.map_or(space_path, |page| {
            format!("/rest/api/content/{}", page.public_id())
        });
        parts.part("container", container_path, |inside| match container {
            Some(page) => self.content(page, inside),
            None => space(inside),
        });
        parts.part("body", String::new(), |inside| self.body(content, inside));
        self.metadata(content, &mut parts);
        parts.part("children", format!("{path}/child"), |inside| {
            self.below(content, Depth::Children, inside)
        });
        parts.part("descendants", format!("{path}/descendant"), |inside| {
            self.below(content, Depth::Descendants, inside)
        });
        parts.part(
            "restrictions",
            format!("{path}/restriction/byOperation"),
            |_| self.restrictions(content),
        );
        parts.part(
            "operations",
            String::new(),
            |_| json!([{"operation": "read", "targetType": content.kind.name()}]),
        );
        parts.finish()
    }

    /// What lies below content, by kind and as far as it is expanded.
    pub(super) fn below(self, content: &Content, depth: Depth, expand: &Expand) -> Value {
        let path = format!("/rest/api/content/{}/{}", content.public_id(), depth.name());
        let link = json!({"self": format!("{}{path}", self.base)});
        let mut parts = Parts::new(expand, json!({"_links": link}));
        for kind in [Kind::Page, Kind::Comment, Kind::Attachment] {
            let kind_path = format!("{path}/{}", kind.name());
            parts.part(kind.name(), kind_path.clone(), |inside| {
                let found = self.found_below(content, depth, kind);
                let results = found.into_iter().take(LISTED);
                let results = results.map(|below| self.content(below, inside)).collect();
                self.list(results, LISTED, &kind_path)
            });
        }
        parts.finish()
    }

    /// What of one kind the caller may see below content.
    pub(super) fn found_below(
        self,
        content: &Content,
        depth: Depth,
        kind: Kind,
    ) -> Vec<&'a Content> {
        let mut found = match depth {
            Depth::Children => self.state.children(content, kind),
            Depth::Descendants => self.state.descendants(content, kind),
        };
        found.retain(|below| may_see(self.state, self.caller, below));
        found
    }

    /// A label.
    pub(super) fn label(self, label: &Label) -> Value {
        json!({
            "prefix": label.prefix,
            "name": label.name,
            "id": label.id.to_string(),
        })
    }

    fn labels(self, content: &Content) -> Value {
        let results = content
            .labels
            .iter()
            .map(|label| self.label(label))
            .collect();
        let path = format!("/rest/api/content/{}/label", content.public_id());
        self.list(results, 200, &path)
    }

    /// Metadata: a comment and a media type for files, and what people and programs added.
    fn metadata(self, content: &Content, parts: &mut Parts<'_>) {
        let labels = |_: &Expand| self.labels(content);
        let properties = |inside: &Expand| {
            let mut all = Parts::new(inside, json!({}));
            for property in &content.properties {
                let path = format!(
                    "/rest/api/content/{}/property/{}",
                    content.public_id(),
                    property.key
                );
                all.part(&property.key, path, |_| {
                    json!({
                        "id": property.id.to_string(),
                        "key": property.key,
                        "value": property.value,
                        "_expandable": {"content": "", "version": ""},
                    })
                });
            }
            all.finish()
        };
        let metadata = |inside: &Expand| {
            let always = match &content.file {
                Some(file) => json!({"mediaType": file.media_type, "comment": file.comment}),
                None => json!({}),
            };
            let mut metadata = Parts::new(inside, always);
            metadata.part("labels", String::new(), labels);
            metadata.part("properties", String::new(), properties);
            for name in ["currentuser", "frontend", "editorHtml"] {
                metadata.part(name, String::new(), |_| json!({}));
            }
            metadata.finish()
        };
        // The metadata of a file is shown whether asked for or not.
        match content.kind {
            Kind::Attachment => {
                let value = metadata(parts.inside("metadata"));
                parts.always("metadata", value);
            }
            _ => parts.part("metadata", String::new(), metadata),
        }
    }

    fn list(self, results: Vec<Value>, limit: usize, path: &str) -> Value {
        json!({
            "size": results.len(),
            "results": results,
            "start": 0,
            "limit": limit,
            "_links": {"self": format!("{}{path}", self.base)},
        })
    }

    fn body(self, content: &Content, expand: &Expand) -> Value {
        let mut parts = Parts::new(expand, json!({}));
        let path = format!("/rest/api/content/{}", content.public_id());
        let place = Place {
            base: self.base,
            content: content.container.or(Some(content.id)),
        };
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
                    _ => view::html(&content.body, place),
                };
                json!({"value": value, "representation": name, "_expandable": {"content": path}})
            });
        }
        parts.finish()
    }
}

/// What only some kinds of content have.
fn extensions(content: &Content) -> Value {
    match (content.kind, &content.file) {
        (Kind::Comment, _) if content.inline => json!({
            "location": "inline",
            "_expandable": {"inlineProperties": "", "resolution": ""},
        }),
        (Kind::Comment, _) => json!({"location": "footer"}),
        (_, Some(file)) => json!({
            "mediaType": file.media_type,
            "fileSize": file.bytes.len(),
            "comment": file.comment,
        }),
        _ => json!({"position": "none"}),
    }
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
            caller: None,
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

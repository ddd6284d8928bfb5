//! Spaces as JSON.

use serde_json::{Value, json};

use crate::sandbox::confluence::expand::{Expand, Parts};
use crate::sandbox::confluence::render::Renderer;
use crate::sandbox::confluence::state::Space;
use crate::sandbox::exchange::escape;

impl Renderer<'_> {
    /// A space.
    pub(in crate::sandbox::confluence) fn space(self, space: &Space, expand: &Expand) -> Value {
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
                ("plain", space.description.clone()),
                ("view", format!("<p>{}</p>", escape(&space.description))),
            ] {
                description.part(
                    name,
                    String::new(),
                    |_| json!({"value": value, "representation": name, "embeddedContent": []}),
                );
            }
            description.finish()
        });
        if let Some(id) = space.homepage {
            let homepage = self.state.contents.get(&id);
            parts.part("homepage", format!("/rest/api/content/{id}"), |inside| {
                homepage.map_or(Value::Null, |page| self.content(page, inside))
            });
        }
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
}

//! Restrictions as JSON.

use serde_json::{Value, json};

use crate::sandbox::confluence::groups;
use crate::sandbox::confluence::paging::Window;
use crate::sandbox::confluence::render::Renderer;
use crate::sandbox::confluence::state::{Content, Subjects};

impl Renderer<'_> {
    /// The restrictions of content by operation.
    pub(super) fn restrictions(self, content: &Content) -> Value {
        let whole = Window {
            start: 0,
            limit: 100,
        };
        let restrictions = &content.restrictions;
        json!({
            "read": self.restriction(content, "read", &restrictions.read, whole),
            "update": self.restriction(content, "update", &restrictions.update, whole),
        })
    }

    /// Who alone may do one thing; the window is for the users as well as for the groups.
    pub(in crate::sandbox::confluence) fn restriction(
        self,
        content: &Content,
        operation: &str,
        subjects: &Subjects,
        window: Window,
    ) -> Value {
        let content_path = format!("/rest/api/content/{}", content.public_id());
        let path = format!("{content_path}/restriction/byOperation/{operation}");
        let users = subjects.users.iter().skip(window.start).take(window.limit);
        let groups = subjects.groups.iter().skip(window.start).take(window.limit);
        let users: Vec<Value> = users.map(|user| user.in_confluence(self.base)).collect();
        let groups: Vec<Value> = groups.map(|name| groups::render(self.base, name)).collect();
        let list = |results: Vec<Value>| {
            json!({
                "size": results.len(),
                "results": results,
                "start": window.start,
                "limit": window.limit,
            })
        };
        json!({
            "operation": operation,
            "restrictions": {"user": list(users), "group": list(groups)},
            "_links": {"self": format!("{}{path}", self.base)},
            "_expandable": {"content": content_path},
        })
    }
}

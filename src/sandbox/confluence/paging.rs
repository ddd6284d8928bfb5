//! Pages of results, with links to the pages around them.

use serde_json::{Value, json};

use crate::sandbox::exchange::{Call, encode};

/// Where a page of results begins and how many it holds.
#[derive(Clone, Copy)]
pub(super) struct Window {
    pub(super) start: usize,
    pub(super) limit: usize,
}

impl Window {
    /// Reads `start` and `limit`; the limit is silently lowered to what the server allows.
    pub(super) fn new(call: &Call) -> Window {
        Window::with_limit(call, 25)
    }

    /// The same for a resource that sends another number of results by itself.
    pub(super) fn with_limit(call: &Call, default: i64) -> Window {
        let bodies = call.list("expand").iter().any(|part| part.contains("body"));
        let maximum = if bodies { 50 } else { default.max(200) };
        let limit = call.number("limit", default).clamp(0, maximum);
        Window {
            start: usize::try_from(call.number("start", 0)).unwrap_or(0),
            limit: usize::try_from(limit).unwrap_or(25),
        }
    }

    /// A page of the results.
    pub(super) fn page<T>(&self, call: &Call, all: &[T], render: impl Fn(&T) -> Value) -> Value {
        self.page_at(call, &call.path, all, render)
    }

    /// A page of results that have a path of their own.
    pub(super) fn page_at<T>(
        &self,
        call: &Call,
        path: &str,
        all: &[T],
        render: impl Fn(&T) -> Value,
    ) -> Value {
        let results: Vec<Value> = all
            .iter()
            .skip(self.start)
            .take(self.limit)
            .map(render)
            .collect();
        let mut links = json!({
            "self": format!("{}{}", call.base, self.link(call, path, self.start)),
            "base": call.base,
            "context": "/confluence",
        });
        if let Some(map) = links.as_object_mut() {
            let next = self.start.saturating_add(self.limit);
            if next < all.len() && self.limit > 0 {
                map.insert("next".to_owned(), json!(self.link(call, path, next)));
            }
            if self.start > 0 {
                let previous = self.start.saturating_sub(self.limit);
                map.insert("prev".to_owned(), json!(self.link(call, path, previous)));
            }
        }
        json!({
            "size": results.len(),
            "results": results,
            "start": self.start,
            "limit": self.limit,
            "_links": links,
        })
    }

    fn link(&self, call: &Call, path: &str, start: usize) -> String {
        let mut link = format!("{path}?");
        for (name, value) in &call.query {
            if name != "start" && name != "limit" {
                link.push_str(&format!("{name}={}&", encode(value)));
            }
        }
        link.push_str(&format!("limit={}&start={start}", self.limit));
        link
    }
}

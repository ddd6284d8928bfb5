//! Pages of results.

use serde_json::{Value, json};

use crate::sandbox::exchange::Call;

/// Where a page begins and how many results it holds.
pub(super) struct Window {
    pub(super) start: usize,
    pub(super) maximum: usize,
}

impl Window {
    /// Reads `startAt` and `maxResults`; more than `most` is lowered without a word.
    pub(super) fn read(call: &Call, usual: i64, most: i64) -> Window {
        let number = |value: i64| usize::try_from(value.max(0)).unwrap_or_default();
        Window {
            start: number(call.number("startAt", 0)),
            maximum: number(call.number("maxResults", usual).min(most)),
        }
    }

    /// The results on the page.
    pub(super) fn cut<T>(&self, all: Vec<T>) -> Vec<T> {
        let rest = all.into_iter().skip(self.start);
        rest.take(self.maximum).collect()
    }

    /// The page with its frame.
    pub(super) fn page(&self, call: &Call, all: Vec<Value>) -> Value {
        let total = all.len();
        let values = self.cut(all);
        let end = self.start + values.len();
        let mut page = json!({
            "self": format!("{}{}", call.base, call.path),
            "maxResults": self.maximum,
            "startAt": self.start,
            "total": total,
            "isLast": end >= total,
            "values": values,
        });
        if end < total
            && self.maximum > 0
            && let Some(map) = page.as_object_mut()
        {
            let next = format!(
                "{}{}?maxResults={}&startAt={end}",
                call.base, call.path, self.maximum
            );
            map.insert("nextPage".to_owned(), json!(next));
        }
        page
    }
}

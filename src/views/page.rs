//! One page of a longer list.

use schemars::JsonSchema;
use serde::Serialize;

/// One page of results.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Page<T> {
    /// The results.
    pub items: Vec<T>,
    /// How many there are in all, if the server counts them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub total: Option<i64>,
    /// Where the next page starts; absent on the last one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next_start: Option<i64>,
}

impl<T> Page<T> {
    /// The line that says which part this is, as `2 of 40 issues; more with start_at=2`.
    pub fn headline(&self, things: &str, start_parameter: &str) -> String {
        let shown = self.items.len();
        let mut line = match self.total {
            Some(total) => format!("{shown} of {total} {things}"),
            None => format!("{shown} {things}"),
        };
        if let Some(next_start) = self.next_start {
            line.push_str(&format!("; more with {start_parameter}={next_start}"));
        }
        line
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_headline_says_how_to_go_on() {
        let mut page = Page {
            items: vec![1, 2],
            total: Some(40),
            next_start: Some(2),
        };
        insta::assert_snapshot!(page.headline("issues", "start_at"), @"2 of 40 issues; more with start_at=2");
        page.total = None;
        page.next_start = None;
        insta::assert_snapshot!(page.headline("spaces", "start"), @"2 spaces");
    }
}

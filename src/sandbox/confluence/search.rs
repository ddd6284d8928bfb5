//! Searching: content alone, and results with excerpts.

use serde_json::{Value, json};

use crate::sandbox::confluence::content::{self, expand, renderer};
use crate::sandbox::confluence::expand::Expand;
use crate::sandbox::confluence::paging::Window;
use crate::sandbox::confluence::refusals::{Answer, refuse};
use crate::sandbox::confluence::render::time;
use crate::sandbox::confluence::state::{Kind, State};
use crate::sandbox::confluence::{cql, storage};
use crate::sandbox::exchange::{Call, Reply};

/// How many characters of an excerpt stand before the first hit, and in all.
const BEFORE: usize = 60;
const EXCERPT: usize = 300;

/// `GET content/search`
pub(super) fn content(state: &State, call: &Call) -> Answer {
    let (query, found) = run(state, call)?;
    let expand = expand(call, &[]);
    let renderer = content::renderer(state, call);
    let mut page = Window::new(call).page(call, &found.contents, |content| {
        renderer.content(content, &expand)
    });
    describe(&mut page, &query, found.contents.len());
    Ok(Reply::json(200, &page))
}

/// `GET search`
pub(super) fn search(state: &State, call: &Call) -> Answer {
    let (query, found) = run(state, call)?;
    let renderer = renderer(state, call);
    let style = call.parameter("excerpt").unwrap_or("highlight");
    let inside = expand(call, &[]);
    let none = Expand::default();
    let mut page = Window::new(call).page(call, &found.contents, |content| {
        let text = storage::plain(&storage::read(&content.body).unwrap_or_default());
        let above = state.container(content).map(|container| {
            json!({
                "title": container.title,
                "displayUrl": renderer.web_path(container),
            })
        });
        let (title, excerpt) = match style {
            "none" => (content.title.clone(), String::new()),
            "highlight" => (
                highlight(&content.title, &found.words),
                highlight(&excerpt(&text, &found.words), &found.words),
            ),
            _ => (content.title.clone(), excerpt(&text, &found.words)),
        };
        let modified = content.modified();
        let space = state.space(&content.space);
        let mut result = json!({
            "content": renderer.content(content, inside.inside("content").unwrap_or(&none)),
            "title": title,
            "excerpt": excerpt,
            "url": renderer.web_path(content),
            "resultGlobalContainer": {
                "title": space.map(|space| &space.name),
                "displayUrl": format!("/display/{}", content.space),
            },
            "breadcrumbs": [],
            "entityType": "content",
            "iconCssClass": match content.kind {
                Kind::Page => "aui-icon content-type-page",
                Kind::Blog => "aui-icon content-type-blogpost",
                Kind::Comment => "aui-icon content-type-comment",
                Kind::Attachment => "aui-icon content-type-attachment",
            },
            "lastModified": time(modified),
            "friendlyLastModified": modified.map(|day| day.format("%b %d, %Y").to_string()),
            "timestamp": modified.map(|moment| moment.timestamp_millis()),
        });
        if let (Some(above), Some(map)) = (above, result.as_object_mut()) {
            map.insert("resultParentContainer".to_owned(), above);
        }
        result
    });
    describe(&mut page, &query, found.contents.len());
    Ok(Reply::json(200, &page))
}

fn run<'a>(state: &'a State, call: &Call) -> Result<(String, cql::Found<'a>), Reply> {
    let query = call
        .parameter("cql")
        .filter(|query| !query.trim().is_empty())
        .ok_or_else(|| refuse(400, "The query parameter 'cql' is required"))?;
    let found = cql::run(state, query, call)
        .map_err(|reason| refuse(400, &format!("Could not parse cql : {query} ({reason})")))?;
    Ok((query.to_owned(), found))
}

fn describe(page: &mut Value, query: &str, total: usize) {
    if let Some(map) = page.as_object_mut() {
        map.insert("totalSize".to_owned(), json!(total));
        map.insert("cqlQuery".to_owned(), json!(query));
        map.insert("searchDuration".to_owned(), json!(7));
    }
}

/// A piece of the text around the first word that was searched for.
fn excerpt(text: &str, words: &[String]) -> String {
    let lower = text.to_lowercase();
    let hit = words
        .iter()
        .filter_map(|word| lower.find(word.as_str()))
        .min();
    // Lower case may change lengths, so the place is counted in characters and only near.
    let hit = hit.map_or(0, |at| {
        lower.get(..at).map_or(0, |before| before.chars().count())
    });
    text.chars()
        .skip(hit.saturating_sub(BEFORE))
        .take(EXCERPT)
        .collect::<String>()
        .trim()
        .to_owned()
}

/// Puts the server's marks around the words that were searched for.
fn highlight(text: &str, words: &[String]) -> String {
    let mut marked = String::new();
    let mut rest = text;
    while !rest.is_empty() {
        let start = rest.find(char::is_alphanumeric).unwrap_or(rest.len());
        let (between, word_on) = rest.split_at(start);
        marked.push_str(between);
        let end = word_on
            .find(|c: char| !c.is_alphanumeric())
            .unwrap_or(word_on.len());
        let (word, after) = word_on.split_at(end);
        if words.iter().any(|wanted| *wanted == word.to_lowercase()) {
            marked.push_str(&format!("@@@hl@@@{word}@@@endhl@@@"));
        } else {
            marked.push_str(word);
        }
        rest = after;
    }
    marked
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hits_are_marked_as_the_server_marks_them() {
        let words = ["cart".to_owned()];
        assert_eq!(
            highlight("The Cart, carts", &words),
            "The @@@hl@@@Cart@@@endhl@@@, carts"
        );
        assert!(excerpt(&format!("{}cart", "x ".repeat(200)), &words).ends_with("cart"));
    }
}

//! Which macros are words of a line, and which are blocks wherever they stand alone.

use super::{Block, Body, Inline, Macro, Origin, Paragraph, normal};

/// Macros that are words of a line even where nothing else stands in it.
const WORDS: [&str; 7] = [
    "status",
    "anchor",
    "emoticon",
    "placeholder",
    "inline-comment-marker",
    "mathinline",
    "profile-picture",
];

/// Whether a macro that is alone in its line is a block.
///
/// A markup cannot tell `toc` alone in a paragraph from `toc` between paragraphs, so that the tree
/// does not either.
pub(crate) fn stands_alone(found: &Macro) -> bool {
    if matches!(found.body, Body::Inline(_)) {
        return false;
    }
    match found.name.as_str() {
        // One issue is a word; a query is a table.
        "jira" => ["jqlQuery", "jql"]
            .iter()
            .any(|name| found.parameter(name).is_some()),
        name => !WORDS.contains(&name),
    }
}

/// The paragraph of these parts in normal form; the macro if it is a block that is alone in it;
/// nothing if nothing can be seen.
pub(crate) fn paragraph(content: Vec<Inline>, origin: Origin) -> Option<Block> {
    let mut content = normal(content);
    // A space that does not break shows nothing beside a block.
    let is_seen = |inline: &Inline| !matches!(inline, Inline::Text(text) if text.trim().is_empty());
    let mut seen = content
        .iter()
        .enumerate()
        .filter(|(_, inline)| is_seen(inline));
    if let (Some((place, Inline::Macro(found))), None) = (seen.next(), seen.next())
        && stands_alone(found)
        && let Inline::Macro(found) = content.swap_remove(place)
    {
        return Some(Block::Macro(found));
    }
    if content.is_empty() {
        return None;
    }
    Some(Block::Paragraph(Paragraph { content, origin }))
}

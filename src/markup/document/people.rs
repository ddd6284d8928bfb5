//! People that a document mentions by key, as Confluence stores them, and their names.

use std::collections::BTreeMap;

use super::{Block, Body, Document, Inline, Macro, Target, User, Value};

impl Document {
    /// Gives the people that are mentioned by key the names that they log in with, where `name`
    /// knows one.
    ///
    /// ```
    /// # use atlassian_bridge::markup::{markdown, storage};
    /// let page = r#"<p>Ask <ac:link><ri:user ri:userkey="8a7f" /></ac:link></p>"#;
    /// let mut document = storage::read(page)?;
    /// document.name_users(&mut |key| (key == "8a7f").then(|| "ada".to_owned()));
    /// assert_eq!(markdown::write(&document).trim(), "Ask @ada");
    /// # Ok::<(), atlassian_bridge::markup::Malformed>(())
    /// ```
    pub fn name_users(&mut self, name: &mut dyn FnMut(&str) -> Option<String>) {
        blocks(&mut self.blocks, &mut |user| {
            if let User::Key(key) = user
                && let Some(name) = name(key)
            {
                *user = User::Name(name);
            }
        });
    }

    /// Gives the people that are mentioned by these names their keys again.
    pub(crate) fn key_users(&mut self, keys: &BTreeMap<String, String>) {
        blocks(&mut self.blocks, &mut |user| {
            if let User::Name(name) = user
                && let Some(key) = keys.get(name)
            {
                *user = User::Key(key.clone());
            }
        });
    }
}

fn blocks(all: &mut [Block], visit: &mut dyn FnMut(&mut User)) {
    for block in all {
        stacker::maybe_grow(64 << 10, 1 << 20, || match block {
            Block::Heading(heading) => inlines(&mut heading.content, visit),
            Block::Paragraph(paragraph) => inlines(&mut paragraph.content, visit),
            Block::List(list) => {
                let items = list.items.iter_mut();
                items.for_each(|item| blocks(&mut item.blocks, visit));
            }
            Block::Quote(quote) => blocks(&mut quote.blocks, visit),
            Block::Table(table) => {
                let cells = table.rows.iter_mut().flat_map(|row| &mut row.cells);
                cells.for_each(|cell| blocks(&mut cell.blocks, visit));
            }
            Block::Macro(found) => in_macro(found, visit),
            Block::Code(_) | Block::Rule(_) | Block::Raw(_) => {}
        });
    }
}

fn inlines(all: &mut [Inline], visit: &mut dyn FnMut(&mut User)) {
    for inline in all {
        stacker::maybe_grow(64 << 10, 1 << 20, || match inline {
            Inline::Styled(styled) => inlines(&mut styled.content, visit),
            Inline::Link(link) => {
                target(&mut link.target, visit);
                inlines(&mut link.content, visit);
            }
            Inline::Macro(found) => in_macro(found, visit),
            Inline::Text(_)
            | Inline::Code(_)
            | Inline::Image(_)
            | Inline::Emoticon(_)
            | Inline::Date(_)
            | Inline::Break => {}
        });
    }
}

fn in_macro(found: &mut Macro, visit: &mut dyn FnMut(&mut User)) {
    for parameter in &mut found.parameters {
        if let Value::Target(value) = &mut parameter.value {
            target(value, visit);
        }
    }
    match &mut found.body {
        Body::Inline(content) => inlines(content, visit),
        Body::Blocks(content) => blocks(content, visit),
        Body::None | Body::Plain(_) => {}
    }
}

fn target(target: &mut Target, visit: &mut dyn FnMut(&mut User)) {
    if let Target::User(user) = target {
        visit(user);
    }
}

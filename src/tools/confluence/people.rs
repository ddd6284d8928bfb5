//! Pages with the people on them by name: Confluence stores keys, which say nothing to a reader.

use std::collections::{BTreeMap, BTreeSet};

use futures_util::future::join_all;

use crate::{
    api::confluence::Client,
    client::ask,
    markup::{document::Document, markdown, storage},
    tools::Toolbox,
};

/// How many people are looked up for one page; further ones keep their keys.
const MOST_PEOPLE: usize = 20;

impl Toolbox {
    /// Gives the people on a page their names.
    pub(super) async fn name_users(&self, confluence: &Client, document: &mut Document) {
        let names = self.user_names(confluence, document).await;
        document.name_users(&mut |key| names.get(key).cloned());
    }

    /// How Markdown for this page is read: who was named is told by key again.
    pub(super) async fn reading(&self, confluence: &Client, source: &str) -> markdown::Options {
        // A page that is not well-formed mentions nobody whom we could tell.
        let mut document = storage::read(source).unwrap_or_default();
        let names = self.user_names(confluence, &mut document).await;
        markdown::Options {
            site_url: Some(self.confluence_url().to_owned()),
            raw_storage: true,
            user_keys: names.into_iter().map(|(key, name)| (name, key)).collect(),
        }
    }

    /// The login names of the people on a page by key, as far as Confluence tells them; each is
    /// asked for once.
    async fn user_names(
        &self,
        confluence: &Client,
        document: &mut Document,
    ) -> BTreeMap<String, String> {
        let mut keys = BTreeSet::new();
        document.name_users(&mut |key| {
            keys.insert(key.to_owned());
            None
        });
        let mut names = self.known_users();
        names.retain(|key, _| keys.contains(key));
        let unknown = keys.into_iter().filter(|key| !names.contains_key(key));
        let asked = unknown.take(MOST_PEOPLE).map(|key| async move {
            // Somebody who is gone keeps the key.
            let user = ask(confluence.get_user().key(&key).send()).await.ok()?;
            Some((key, user.username?))
        });
        let asked: Vec<_> = asked.collect();
        let found: Vec<(String, String)> = join_all(asked).await.into_iter().flatten().collect();
        self.remember_users(&found);
        names.extend(found);
        names
    }
}

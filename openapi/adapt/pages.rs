//! Says of each page type where its items are and how far it goes, for `src/client/paging.rs`.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use serde_json::{Map, Value};

use super::Reach;

/// The implementations of `Page`.
pub fn implementations(document: &Value, reach: &Reach) -> TokenStream {
    let schemas = document
        .pointer("/components/schemas")
        .and_then(Value::as_object);
    let all = schemas.into_iter().flatten();
    let pages = all
        .filter(|(name, _)| reach.answered.contains(*name) && !reach.elsewhere.contains(*name))
        .filter_map(|(name, schema)| implementation(name, schema.get("properties")?.as_object()?));
    quote!(#(#pages)*)
}

/// The implementation for one schema, if it is a page: it says where it starts and has one list of
/// objects.
fn implementation(name: &str, properties: &Map<String, Value>) -> Option<TokenStream> {
    let has = |property: &str| properties.contains_key(property);
    let mut lists = properties.iter().filter_map(|(name, schema)| {
        let item = schema
            .pointer("/items/$ref")?
            .as_str()?
            .rsplit('/')
            .next()?;
        Some((format_ident!("{name}"), format_ident!("{item}")))
    });
    let (Some((items, item)), None) = (lists.next(), lists.next()) else {
        return None;
    };
    let position = if has("startAt") {
        let total = optional(has("total"), quote!(self.total));
        let is_last = optional(has("isLast"), quote!(self.is_last));
        quote! {
            start: self.start_at,
            maximum: self.max_results,
            total: #total,
            is_last: #is_last,
            next: None,
        }
    } else if has("start") && has("limit") && has("_links") {
        let total = optional(has("totalSize"), quote!(self.total_size));
        quote! {
            start: self.start,
            maximum: self.limit,
            total: #total,
            is_last: self.links.as_ref().map(|links| links.next.is_none()),
            next: self.links.as_ref().and_then(|links| links.next.as_deref()),
        }
    } else {
        return None;
    };
    let name = format_ident!("{name}");
    Some(quote! {
        impl crate::client::paging::Page for types::#name {
            type Item = types::#item;
            fn position(&self) -> crate::client::paging::Position<'_> {
                crate::client::paging::Position { #position }
            }
            fn into_items(self) -> Vec<types::#item> {
                self.#items
            }
        }
    })
}

fn optional(exists: bool, value: TokenStream) -> TokenStream {
    if exists { value } else { quote!(None) }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use serde_json::json;

    use super::*;

    #[test]
    fn pages_are_known_by_their_properties() {
        let list = json!({"type": "array", "items": {"$ref": "#/components/schemas/Thing"}});
        let text = json!({"type": "string"});
        let document = json!({"components": {"schemas": {
            "Things": {"properties": {"startAt": text, "maxResults": text, "things": list, "warnings": {"type": "array", "items": text}}},
            "Hits": {"properties": {"start": text, "limit": text, "_links": text, "results": list}},
            "Thing": {"properties": {"startAt": text}},
            "NotAnswered": {"properties": {"startAt": text, "things": list}},
        }}});
        let reach = Reach {
            answered: ["Things", "Hits", "Thing"].map(str::to_owned).into(),
            sent: BTreeSet::new(),
            elsewhere: BTreeSet::new(),
        };
        let file = syn::parse2(implementations(&document, &reach)).unwrap();
        insta::assert_snapshot!(prettyplease::unparse(&file), @"
        impl crate::client::paging::Page for types::Hits {
            type Item = types::Thing;
            fn position(&self) -> crate::client::paging::Position<'_> {
                crate::client::paging::Position {
                    start: self.start,
                    maximum: self.limit,
                    total: None,
                    is_last: self.links.as_ref().map(|links| links.next.is_none()),
                    next: self.links.as_ref().and_then(|links| links.next.as_deref()),
                }
            }
            fn into_items(self) -> Vec<types::Thing> {
                self.results
            }
        }
        impl crate::client::paging::Page for types::Things {
            type Item = types::Thing;
            fn position(&self) -> crate::client::paging::Position<'_> {
                crate::client::paging::Position {
                    start: self.start_at,
                    maximum: self.max_results,
                    total: None,
                    is_last: None,
                    next: None,
                }
            }
            fn into_items(self) -> Vec<types::Thing> {
                self.things
            }
        }
        ");
    }
}

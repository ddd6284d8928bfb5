//! Drops the builders of types that only come in answers: nobody has to build an answer, and they
//! are a third of the generated code.
//!
//! Such a type keeps `Default`, for the tests of those who use it.

use std::collections::BTreeSet;

use syn::{ImplItem, Item, Type};

/// Drops them from the items of the module `types`.
pub fn drop_unused(items: &mut Vec<Item>, only_answered: &BTreeSet<String>) {
    for item in items.iter_mut() {
        match item {
            Item::Impl(implementation) if is_of(&implementation.self_ty, only_answered) => {
                implementation
                    .items
                    .retain(|item| !matches!(item, ImplItem::Fn(function) if function.sig.ident == "builder"));
            }
            Item::Mod(module) if module.ident == "builder" => {
                if let Some((_, items)) = &mut module.content {
                    items.retain(|item| !is_builder_of(item, only_answered));
                }
            }
            _ => {}
        }
    }
    items.retain(|item| {
        !matches!(item, Item::Impl(implementation) if implementation.items.is_empty() && implementation.trait_.is_none())
    });
}

/// In the module `builder` everything is about the type whose name it has, its struct and its
/// implementations alike.
fn is_builder_of(item: &Item, names: &BTreeSet<String>) -> bool {
    match item {
        Item::Struct(item) => names.contains(&item.ident.to_string()),
        Item::Impl(item) => is_of(&item.self_ty, names),
        _ => false,
    }
}

fn is_of(kind: &Type, names: &BTreeSet<String>) -> bool {
    match kind {
        Type::Path(path) => path
            .path
            .segments
            .last()
            .is_some_and(|segment| names.contains(&segment.ident.to_string())),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_answers_lose_their_builders() {
        let source = "
            pub struct Page { pub total: i64 }
            impl Page { pub fn builder() -> builder::Page { Default::default() } }
            pub struct Input { pub name: String }
            impl Input { pub fn builder() -> builder::Input { Default::default() } }
            pub mod builder {
                pub struct Page { total: i64 }
                impl Page { pub fn total(self) -> Self { self } }
                impl ::std::convert::TryFrom<Page> for super::Page { type Error = (); }
                pub struct Input { name: String }
                impl ::std::convert::TryFrom<Input> for super::Input { type Error = (); }
            }
        ";
        let mut file = syn::parse_str::<syn::File>(source).unwrap();
        drop_unused(&mut file.items, &BTreeSet::from(["Page".to_owned()]));
        insta::assert_snapshot!(prettyplease::unparse(&file), @"
        pub struct Page {
            pub total: i64,
        }
        pub struct Input {
            pub name: String,
        }
        impl Input {
            pub fn builder() -> builder::Input {
                Default::default()
            }
        }
        pub mod builder {
            pub struct Input {
                name: String,
            }
            impl ::std::convert::TryFrom<Input> for super::Input {
                type Error = ();
            }
        }
        ");
    }
}

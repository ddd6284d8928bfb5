//! Says at each setter of a builder what it sets: the generator says it only where the builder comes
//! from.

use std::collections::BTreeMap;

use syn::{
    Attribute, Expr, Fields, File, ImplItem, Item, Lit, Meta, ReturnType, Type, parse_quote,
};

use super::lenient::last_segment;

/// What is set, by the builder and its setter.
type Texts = BTreeMap<(String, String), String>;

/// Documents the setters of the operations and of the types that are sent.
pub fn document(file: &mut File) {
    let operations = arguments(file);
    for item in &mut file.items {
        let Item::Mod(module) = item else { continue };
        let Some((_, items)) = &mut module.content else {
            continue;
        };
        if module.ident == "builder" {
            add(items, &operations);
        } else if module.ident == "types" {
            let fields = fields(items);
            for item in items {
                if let Item::Mod(module) = item
                    && let Some((_, items)) = &mut module.content
                {
                    add(items, &fields);
                }
            }
        }
    }
}

/// The arguments that the methods of the client list, by the builder that each method gives.
fn arguments(file: &File) -> Texts {
    let mut texts = Texts::new();
    let methods = file.items.iter().filter_map(|item| match item {
        Item::Impl(item) => Some(&item.items),
        _ => None,
    });
    for method in methods.flatten() {
        if let ImplItem::Fn(function) = method
            && let ReturnType::Type(_, kind) = &function.sig.output
            && let Some(builder) = last_segment(kind)
        {
            for line in text(&function.attrs).lines() {
                if let Some((name, said)) = argument(line) {
                    let setter = (builder.ident.to_string(), name.to_owned());
                    texts.insert(setter, said.to_owned());
                }
            }
        }
    }
    texts
}

/// A line such as "- `name`: What it is."
fn argument(line: &str) -> Option<(&str, &str)> {
    let (name, said) = line.strip_prefix("- `")?.split_once("`: ")?;
    Some((name, said))
}

/// What the fields of the types say, by type.
fn fields(items: &[Item]) -> Texts {
    let mut texts = Texts::new();
    for item in items {
        if let Item::Struct(item) = item
            && let Fields::Named(fields) = &item.fields
        {
            for field in &fields.named {
                let said = text(&field.attrs);
                if let Some(name) = &field.ident
                    && !said.is_empty()
                {
                    texts.insert((item.ident.to_string(), name.to_string()), said);
                }
            }
        }
    }
    texts
}

fn add(items: &mut [Item], texts: &Texts) {
    for item in items {
        if let Item::Impl(item) = item
            && item.trait_.is_none()
            && let Type::Path(path) = item.self_ty.as_ref()
            && let Some(builder) = path.path.segments.last()
        {
            let builder = builder.ident.to_string();
            for item in &mut item.items {
                if let ImplItem::Fn(function) = item
                    && let Some(said) =
                        texts.get(&(builder.clone(), function.sig.ident.to_string()))
                {
                    function.attrs.push(parse_quote!(#[doc = #said]));
                }
            }
        }
    }
}

/// The documentation of an item.
fn text(attributes: &[Attribute]) -> String {
    let texts = attributes
        .iter()
        .filter_map(|attribute| match &attribute.meta {
            Meta::NameValue(pair) if pair.path.is_ident("doc") => match &pair.value {
                Expr::Lit(literal) => match &literal.lit {
                    Lit::Str(text) => Some(text.value()),
                    _ => None,
                },
                _ => None,
            },
            _ => None,
        });
    texts.collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn setters_say_what_they_set() {
        let mut file = syn::parse_str::<File>(
            "impl Client {
                /**Get a thing

Arguments:
- `id`: Id of the thing.
*/
                pub fn get_thing(&self) -> builder::GetThing<'_> { builder::GetThing::new(self) }
            }
            pub mod types {
                pub struct Thing {
                    ///Name of the thing.
                    pub name: String,
                }
                pub mod builder {
                    impl Thing { pub fn name(self) -> Self { self } }
                }
            }
            pub mod builder {
                impl<'a> GetThing<'a> { pub fn id(self) -> Self { self } }
            }",
        )
        .unwrap();
        document(&mut file);
        let code = prettyplease::unparse(&file);
        assert!(
            code.contains("///Id of the thing.\n        pub fn id("),
            "{code}"
        );
        assert!(
            code.contains("///Name of the thing.\n            pub fn name("),
            "{code}"
        );
    }
}

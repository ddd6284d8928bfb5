//! Puts an object inside another on the heap: a page by value holds spaces, versions and users by
//! value, and a few of those on the stack overflow it.
//!
//! Builders go on taking the object itself.

use std::collections::{BTreeMap, BTreeSet};

use syn::{
    FieldValue, Fields, Item, ItemImpl, ItemStruct, Member, PathArguments, Type, parse_quote,
    visit_mut::{self, VisitMut},
};

use super::lenient::{inner_type, last_segment};

/// Boxes the objects in the types of these names, given the items of the module `types`.
pub fn put_on_heap(items: &mut [Item], names: &BTreeSet<String>) {
    let mut boxed = BTreeMap::new();
    for item in items.iter_mut() {
        if let Item::Struct(item) = item
            && names.contains(&item.ident.to_string())
        {
            boxed.insert(item.ident.to_string(), box_fields(item, names));
        }
    }
    for item in items.iter_mut() {
        if let Item::Mod(module) = item
            && module.ident == "builder"
            && let Some((_, items)) = &mut module.content
        {
            for item in items.iter_mut() {
                if let Item::Impl(item) = item
                    && let Some(fields) = type_name(&item.self_ty).and_then(|name| boxed.get(&name))
                {
                    convert(item, fields);
                }
            }
        }
    }
}

/// Boxes the optional objects of a type and returns their names.
fn box_fields(item: &mut ItemStruct, names: &BTreeSet<String>) -> BTreeSet<String> {
    let mut boxed = BTreeSet::new();
    let Fields::Named(fields) = &mut item.fields else {
        return boxed;
    };
    for field in &mut fields.named {
        if let Type::Path(path) = &mut field.ty
            && let Some(option) = path.path.segments.last_mut()
            && option.ident == "Option"
            && let Some(object) = inner_type(option).cloned()
            && type_name(&object).is_some_and(|name| names.contains(&name))
            && let PathArguments::AngleBracketed(arguments) = &mut option.arguments
        {
            arguments.args = parse_quote!(::std::boxed::Box<#object>);
            boxed.extend(field.ident.as_ref().map(ToString::to_string));
        }
    }
    boxed
}

/// Boxes on the way from a builder and unboxes on the way to one.
fn convert(item: &mut ItemImpl, fields: &BTreeSet<String>) {
    let name = item
        .trait_
        .as_ref()
        .and_then(|(path, _)| path.segments.last());
    let from_builder = match name.map(|name| name.ident.to_string()).as_deref() {
        Some("TryFrom") => true,
        Some("From") => false,
        _ => return,
    };
    Conversion {
        fields,
        from_builder,
    }
    .visit_item_impl_mut(item);
}

struct Conversion<'a> {
    fields: &'a BTreeSet<String>,
    from_builder: bool,
}

impl VisitMut for Conversion<'_> {
    fn visit_field_value_mut(&mut self, field: &mut FieldValue) {
        visit_mut::visit_field_value_mut(self, field);
        let Member::Named(name) = &field.member else {
            return;
        };
        if !self.fields.contains(&name.to_string()) {
            return;
        }
        let value = &field.expr;
        field.expr = if self.from_builder {
            parse_quote!(#value.map(::std::boxed::Box::new))
        } else {
            parse_quote!(Ok(value.#name.map(|object| *object)))
        };
    }
}

fn type_name(kind: &Type) -> Option<String> {
    Some(last_segment(kind)?.ident.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn objects_are_boxed_and_builders_take_them_by_value() {
        let source = "
            pub struct Thing { pub part: ::std::option::Option<Part>, pub text: ::std::option::Option<String> }
            pub struct Part {}
            pub mod builder {
                impl ::std::convert::TryFrom<Thing> for super::Thing {
                    fn try_from(value: Thing) -> Result<Self, ()> {
                        Ok(Self { part: value.part?, text: value.text? })
                    }
                }
                impl ::std::convert::From<super::Thing> for Thing {
                    fn from(value: super::Thing) -> Self {
                        Self { part: Ok(value.part), text: Ok(value.text) }
                    }
                }
            }
        ";
        let mut file = syn::parse_str::<syn::File>(source).unwrap();
        let names = BTreeSet::from(["Thing".to_owned(), "Part".to_owned()]);
        put_on_heap(&mut file.items, &names);
        insta::assert_snapshot!(prettyplease::unparse(&file), @"
        pub struct Thing {
            pub part: ::std::option::Option<::std::boxed::Box<Part>>,
            pub text: ::std::option::Option<String>,
        }
        pub struct Part {}
        pub mod builder {
            impl ::std::convert::TryFrom<Thing> for super::Thing {
                fn try_from(value: Thing) -> Result<Self, ()> {
                    Ok(Self {
                        part: value.part?.map(::std::boxed::Box::new),
                        text: value.text?,
                    })
                }
            }
            impl ::std::convert::From<super::Thing> for Thing {
                fn from(value: super::Thing) -> Self {
                    Self {
                        part: Ok(value.part.map(|object| *object)),
                        text: Ok(value.text),
                    }
                }
            }
        }
        ");
    }
}

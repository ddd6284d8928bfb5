//! The pass over the generated code that makes reading lenient and paths safe.
//!
//! `src/client/lenient.rs` holds what the changed code calls at run time.

use std::collections::BTreeSet;

use quote::format_ident;
use syn::{
    Attribute, Expr, Field, FieldValue, Fields, File, GenericArgument, Ident, ImplItem, Item,
    ItemMod, ItemStruct, Lit, LitStr, Member, Meta, PathArguments, PathSegment, Type, UseTree,
    parse_quote,
    visit_mut::{self, VisitMut},
};

use super::{Reach, boxes, builders};

/// Makes each property of each type survive a null or a value of another kind, and each path
/// parameter pass our own encoding.
pub struct Lenient {
    answered: BTreeSet<String>,
    only_answered: BTreeSet<String>,
    /// What reads the types that come in answers.
    readers: Vec<Item>,
}

impl VisitMut for Lenient {
    fn visit_item_mod_mut(&mut self, module: &mut ItemMod) {
        if module.ident != "types" {
            return visit_mut::visit_item_mod_mut(self, module);
        }
        let Some((_, items)) = &mut module.content else {
            return;
        };
        items.iter_mut().for_each(|item| self.visit_item_mut(item));
        // Only the types themselves: the nested module of builders is not read from anywhere.
        for item in items.iter_mut() {
            // What is only sent is never read.
            if let Item::Struct(item) = item
                && self.answered.contains(&item.ident.to_string())
            {
                self.soften(item);
            }
        }
        builders::drop_unused(items, &self.only_answered);
        boxes::put_on_heap(items, &self.answered);
        items.append(&mut self.readers);
    }

    /// Who builds an object need not say that there are no unknown properties.
    fn visit_field_value_mut(&mut self, field: &mut FieldValue) {
        let value = &field.expr;
        if matches!(&field.member, Member::Named(name) if name == "extra")
            && quote::quote!(#value)
                .to_string()
                .contains("no value supplied")
        {
            field.expr = parse_quote!(Ok(::std::default::Default::default()));
        }
    }

    /// The generator's examples are fragments: as text, they are not counted as ignored tests.
    fn visit_attribute_mut(&mut self, attribute: &mut Attribute) {
        if let Meta::NameValue(pair) = &mut attribute.meta
            && pair.path.is_ident("doc")
            && let Expr::Lit(literal) = &mut pair.value
            && let Lit::Str(text) = &mut literal.lit
        {
            *text = LitStr::new(&text.value().replace("```ignore", "```text"), text.span());
        }
    }

    /// The whole file: its first import is the one of the generator's own encoding.
    fn visit_file_mut(&mut self, file: &mut File) {
        visit_mut::visit_file_mut(self, file);
        for item in &mut file.items {
            if let Item::Impl(implementation) = item {
                implementation
                    .items
                    .retain(|item| !is_panicking_constructor(item));
            }
            if let Item::Use(import) = item
                && let UseTree::Path(path) = &mut import.tree
                && path.ident == "progenitor_client"
                && let UseTree::Group(group) = path.tree.as_mut()
            {
                let names = std::mem::take(&mut group.items).into_iter();
                group.items = names
                    .filter(
                        |name| !matches!(name, UseTree::Name(name) if name.ident == "encode_path"),
                    )
                    .collect();
            }
        }
        file.items.insert(
            0,
            parse_quote!(
                use crate::client::path::encode as encode_path;
            ),
        );
    }
}

impl Lenient {
    /// A pass over the types of a document: those that come in answers, of which those that are
    /// never sent need no builder.
    pub fn new(reach: &Reach) -> Self {
        Self {
            only_answered: reach.answered.difference(&reach.sent).cloned().collect(),
            answered: reach.answered.clone(),
            readers: Vec::new(),
        }
    }

    /// Takes the strict reader off a type and notes its own.
    fn soften(&mut self, item: &mut ItemStruct) {
        let Fields::Named(fields) = &mut item.fields else {
            return;
        };
        for field in &mut fields.named {
            if field.ident.as_ref().is_some_and(|name| name == "extra") {
                let text = "Properties that the document does not know, and values of another kind than it says.";
                field.attrs.push(parse_quote!(#[doc = #text]));
            }
        }
        let (mut names, mut takes, mut properties) = (Vec::new(), Vec::new(), Vec::new());
        for field in &fields.named {
            if let Some(name) = &field.ident
                && name != "extra"
            {
                names.push(name);
                takes.push(taking(&field.ty));
                properties.push(property(field, name));
            }
        }
        let name = &item.ident;
        self.readers.push(parse_quote! {
            crate::client::lenient::object! { #name { #(#names = #takes #properties),* } }
        });
        // Nothing is required in an answer, so an empty one is a value, which tests can start from.
        for attribute in &mut item.attrs {
            if attribute.path().is_ident("derive") {
                *attribute = parse_quote!(#[derive(::serde::Serialize, Clone, Debug, Default)]);
            }
        }
    }
}

/// `Client::new` makes an HTTP client of its own and panics where it cannot; `client::Site` makes
/// all of ours.
fn is_panicking_constructor(item: &ImplItem) -> bool {
    matches!(item, ImplItem::Fn(function) if function.sig.ident == "new")
}

/// How a field is taken out of an object.
fn taking(kind: &Type) -> Ident {
    let is_optional = last_segment(kind).is_some_and(|last| last.ident == "Option");
    format_ident!("{}", if is_optional { "optional" } else { "filled" })
}

/// The name of a field in JSON.
fn property(field: &Field, name: &Ident) -> String {
    let mut renamed = None;
    for attribute in &field.attrs {
        if attribute.path().is_ident("serde") {
            // What else stands there is about writing.
            let _ = attribute.parse_nested_meta(|meta| {
                if let Ok(value) = meta.value() {
                    let text: LitStr = value.parse()?;
                    if meta.path.is_ident("rename") {
                        renamed = Some(text.value());
                    }
                }
                Ok(())
            });
        }
    }
    renamed.unwrap_or_else(|| name.to_string())
}

pub(super) fn last_segment(kind: &Type) -> Option<&PathSegment> {
    match kind {
        Type::Path(path) => path.path.segments.last(),
        _ => None,
    }
}

/// The `T` of `Option<T>`.
pub(super) fn inner_type(segment: &PathSegment) -> Option<&Type> {
    match &segment.arguments {
        PathArguments::AngleBracketed(arguments) => {
            arguments.args.iter().find_map(|argument| match argument {
                GenericArgument::Type(kind) => Some(kind),
                _ => None,
            })
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn passed(source: &str) -> String {
        let mut file = syn::parse_str::<File>(source).unwrap();
        let reach = Reach {
            answered: BTreeSet::from(["Thing".to_owned(), "Part".to_owned()]),
            sent: BTreeSet::from(["Thing".to_owned()]),
            elsewhere: BTreeSet::new(),
        };
        Lenient::new(&reach).visit_file_mut(&mut file);
        prettyplease::unparse(&file)
    }

    #[test]
    fn properties_are_read_leniently() {
        let source = "pub mod types {
            pub struct Thing {
                pub required: String,
                pub text: ::std::option::Option<String>,
                pub free: ::std::option::Option<::serde_json::Value>,
                pub part: ::std::option::Option<Part>,
                pub list: ::std::vec::Vec<Part>,
                #[serde(flatten)]
                pub extra: ::serde_json::Map<String, ::serde_json::Value>,
            }
            pub mod builder {
                impl Default for Thing {
                    fn default() -> Self {
                        Self {
                            required: Err(\"no value supplied for required\".to_string()),
                            extra: Err(\"no value supplied for extra\".to_string()),
                        }
                    }
                }
            }
        }";
        insta::assert_snapshot!(passed(source), @r#"
        use crate::client::path::encode as encode_path;
        pub mod types {
            pub struct Thing {
                pub required: String,
                pub text: ::std::option::Option<String>,
                pub free: ::std::option::Option<::serde_json::Value>,
                pub part: ::std::option::Option<::std::boxed::Box<Part>>,
                pub list: ::std::vec::Vec<Part>,
                #[serde(flatten)]
                ///Properties that the document does not know, and values of another kind than it says.
                pub extra: ::serde_json::Map<String, ::serde_json::Value>,
            }
            pub mod builder {
                impl Default for Thing {
                    fn default() -> Self {
                        Self {
                            required: Err("no value supplied for required".to_string()),
                            extra: Ok(::std::default::Default::default()),
                        }
                    }
                }
            }
            crate::client::lenient::object! {
                Thing { required = filled "required", text = optional "text", free = optional
                "free", part = optional "part", list = filled "list" }
            }
        }
        "#);
    }

    #[test]
    fn paths_are_encoded_by_us_and_no_client_is_made_that_panics() {
        let source = "
            use progenitor_client::{encode_path, ClientHooks};
            impl Client {
                pub fn new() -> Self { panic!() }
                /// Keep it.
                ///
                /// ```ignore
                /// x
                /// ```
                pub fn new_with_client() -> Self { Self }
            }
        ";
        insta::assert_snapshot!(passed(source), @r"
        use crate::client::path::encode as encode_path;
        use progenitor_client::ClientHooks;
        impl Client {
            /// Keep it.
            ///
            /// ```text
            /// x
            /// ```
            pub fn new_with_client() -> Self {
                Self
            }
        }
        ");
    }
}

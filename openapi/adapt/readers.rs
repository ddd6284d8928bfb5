//! The table by which `src/contract/` reads an answer with the type of its operation and writes it
//! again.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use serde_json::Value;

use super::{Unknown, operations};

/// The table, of every operation that answers with JSON: those written by hand have types too.
pub fn table(document: &Value) -> Result<TokenStream, Unknown> {
    let mut rows = Vec::new();
    for operation in operations(document) {
        let schema = "/responses/2XX/content/application~1json/schema";
        if let (Some(id), Some(schema)) = (operation.id(), operation.value.pointer(schema)) {
            let kind = rust_type(schema).ok_or_else(|| {
                let pointer = format!("{}/responses", operation.pointer);
                Unknown::at(&pointer, "an answer of a type that has no name")
            })?;
            rows.push(quote!((#id, crate::client::answer::reencode::<#kind>)));
        }
    }
    Ok(quote! {
        /// How the answer of each operation is read and written again.
        #[cfg(feature = "contract")]
        pub(crate) const READERS: &[(&str, crate::client::answer::Reader)] = &[#(#rows),*];
    })
}

/// The type that the generator makes of a schema in an answer.
fn rust_type(schema: &Value) -> Option<TokenStream> {
    if let Some(reference) = schema.get("$ref").and_then(Value::as_str) {
        let name = format_ident!("{}", reference.rsplit('/').next()?);
        return Some(quote!(types::#name));
    }
    let Some(kind) = schema.get("type").and_then(Value::as_str) else {
        return Some(quote!(::serde_json::Value));
    };
    match kind {
        "string" => Some(quote!(String)),
        "boolean" => Some(quote!(bool)),
        "integer" => Some(quote!(i64)),
        "number" => Some(quote!(f64)),
        "array" => {
            let item = rust_type(schema.get("items")?)?;
            Some(quote!(Vec<#item>))
        }
        "object" => {
            let value = rust_type(schema.get("additionalProperties")?)?;
            Some(quote!(::std::collections::BTreeMap<String, #value>))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn each_kind_of_answer_has_a_type() {
        let reference = json!({"$ref": "#/components/schemas/Thing"});
        for (schema, kind) in [
            (reference.clone(), "types :: Thing"),
            (
                json!({"type": "array", "items": reference}),
                "Vec < types :: Thing >",
            ),
            (
                json!({"type": "object", "additionalProperties": {"type": "integer"}}),
                ":: std :: collections :: BTreeMap < String , i64 >",
            ),
            (json!({}), ":: serde_json :: Value"),
        ] {
            assert_eq!(rust_type(&schema).unwrap().to_string(), kind);
        }
        assert!(rust_type(&json!({"type": "object", "properties": {}})).is_none());
    }
}

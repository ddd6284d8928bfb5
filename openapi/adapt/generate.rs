//! Generates the code of a client from an adapted document.

use std::{error::Error, panic};

use progenitor::{GenerationSettings, Generator, HooksMode, InterfaceStyle};
use quote::{format_ident, quote};
use serde_json::{Map, Value};
use syn::{File, parse_quote, visit_mut::VisitMut};

use super::{Adapted, Reach, answers::Answers, lenient::Lenient, operations, pages, setters};

/// Where the types of [`Reach::elsewhere`] are: only Jira Software shares any, with Jira.
const ELSEWHERE: &str = "crate::api::jira::types";

/// Generates, makes reading lenient, and prints.
pub fn generate(adapted: &Adapted) -> Result<String, Box<dyn Error>> {
    let Adapted {
        document, reach, ..
    } = adapted;
    let mut file = match tokens(document, reach) {
        Ok(tokens) => syn::parse2::<File>(tokens)?,
        Err(problem) => return Err(explain(document, reach, &problem).into()),
    };
    Lenient::new(reach).visit_file_mut(&mut file);
    Answers.visit_file_mut(&mut file);
    setters::document(&mut file);
    file.items.push(syn::parse2(paths(document))?);
    file.items.push(syn::parse2(versions(document))?);
    file.items.push(syn::parse2(adapted.readers.clone())?);
    let pages: File = syn::parse2(pages::implementations(document, reach))?;
    file.items.extend(pages.items);
    reexport(&mut file, reach);
    Ok(prettyplease::unparse(&file))
}

/// The table of the operations that came or went, with their first version and the first without
/// them.
fn versions(document: &Value) -> proc_macro2::TokenStream {
    let operations = operations(document);
    let rows = operations.iter().filter_map(|operation| {
        let version = |key| operation.value.get(key).and_then(Value::as_str);
        let (since, until) = (version("x-since"), version("x-until"));
        let (id, bounded) = (operation.id()?, since.is_some() || until.is_some());
        let (since, until) = (since.unwrap_or(""), until.unwrap_or(""));
        bounded.then(|| quote!((#id, #since, #until)))
    });
    quote! {
        /// The operations that not every version has: since which, and until which.
        pub(crate) const VERSIONS: &[(&str, &str, &str)] = &[#(#rows),*];
    }
}

/// The table of path templates, against which each request's path is checked.
fn paths(document: &Value) -> proc_macro2::TokenStream {
    let rows = operations(document).into_iter().filter_map(|operation| {
        let (id, path) = (operation.id()?, operation.path);
        Some(quote!((#id, #path)))
    });
    quote! {
        /// The path template of each operation.
        pub(crate) const PATHS: &[(&str, &str)] = &[#(#rows),*];
    }
}

fn tokens(document: &Value, reach: &Reach) -> Result<proc_macro2::TokenStream, String> {
    let document: openapiv3::OpenAPI =
        serde_json::from_value(document.clone()).map_err(|error| error.to_string())?;
    let mut settings = GenerationSettings::new();
    settings
        .with_interface(InterfaceStyle::Builder)
        .with_hooks(HooksMode::Expected)
        .with_inner_type(quote!(crate::client::Context))
        .with_map_type("::std::collections::BTreeMap");
    for name in &reach.elsewhere {
        settings.with_replacement(name, format!("{ELSEWHERE}::{name}"), std::iter::empty());
    }
    // The generator panics on what it does not know; the caller wants a sentence.
    let quiet = panic::take_hook();
    panic::set_hook(Box::new(|_| {}));
    let generated = panic::catch_unwind(panic::AssertUnwindSafe(|| {
        Generator::new(&settings).generate_tokens(&document)
    }));
    panic::set_hook(quiet);
    match generated {
        Ok(Ok(tokens)) => Ok(tokens),
        Ok(Err(error)) => Err(error.to_string()),
        Err(payload) => Err(message(payload.as_ref())),
    }
}

/// Makes the types of another client known under the names they would have here.
fn reexport(file: &mut File, reach: &Reach) {
    let Ok(path) = syn::parse_str::<syn::Path>(ELSEWHERE) else {
        return;
    };
    for item in &mut file.items {
        if let syn::Item::Mod(module) = item
            && module.ident == "types"
            && let Some((_, items)) = &mut module.content
        {
            for name in &reach.elsewhere {
                let name = format_ident!("{name}");
                items.push(parse_quote!(
                    pub use #path::#name;
                ));
            }
        }
    }
}

fn message(payload: &(dyn std::any::Any + Send)) -> String {
    let text = payload.downcast_ref::<String>().map(String::as_str);
    text.or_else(|| payload.downcast_ref::<&str>().copied())
        .unwrap_or("the generator panicked")
        .to_owned()
}

/// Names the first operation that cannot be generated on its own: the generator does not say.
fn explain(document: &Value, reach: &Reach, problem: &str) -> String {
    for operation in operations(document) {
        let item = Map::from_iter([(operation.method.to_owned(), operation.value.clone())]);
        let mut alone = document.clone();
        if let Some(paths) = alone.get_mut("paths") {
            *paths = Value::Object(Map::from_iter([(
                operation.path.to_owned(),
                Value::Object(item),
            )]));
        }
        if let Err(problem) = tokens(&alone, reach) {
            let id = operation.id().unwrap_or("without id");
            return format!("#{}: operation `{id}`: {problem}", operation.pointer);
        }
    }
    format!(": no single operation is at fault: {problem}")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn document(paths: Value) -> Value {
        json!({
            "openapi": "3.0.3",
            "info": {"title": "t", "version": "1"},
            "paths": paths,
            "components": {"schemas": {"Thing": {"type": "object", "properties": {
                "names": {"type": "array", "items": {"type": "string"}},
            }, "additionalProperties": {}}}},
        })
    }

    fn get(id: &str, content: Value) -> Value {
        json!({"get": {"operationId": id, "responses": {"2XX": {"description": "", "content": content}}}})
    }

    fn adapted(document: Value) -> Adapted {
        Adapted {
            operations: 1,
            left_out: Vec::new(),
            reach: Reach::of(&document),
            readers: quote!(
                const READERS: () = ();
            ),
            document,
        }
    }

    #[test]
    fn a_panic_of_the_generator_is_answered_with_the_operation() {
        let typed = json!({"application/json": {"schema": {"$ref": "#/components/schemas/Thing"}}});
        let document = document(json!({
            "/good": get("good", typed),
            "/bad": get("bad", json!({"application/json": {}})),
        }));
        let error = generate(&adapted(document)).unwrap_err().to_string();
        assert!(
            error.starts_with("#/paths/~1bad/get: operation `bad`: "),
            "{error}"
        );
    }

    #[test]
    fn lists_are_read_leniently() {
        let typed = json!({"application/json": {"schema": {"$ref": "#/components/schemas/Thing"}}});
        let document = document(json!({"/good": get("good", typed)}));
        let code = generate(&adapted(document)).unwrap();
        assert!(
            code.contains(r#"Thing { names = filled "names" }"#),
            "{code}"
        );
        assert!(
            code.contains(r#"PATHS: &[(&str, &str)] = &[("good", "/good")]"#),
            "{code}"
        );
    }
}

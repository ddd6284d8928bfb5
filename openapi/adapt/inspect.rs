//! Refuses what progenitor would drop silently, panic on or generate wrongly.

use std::collections::BTreeSet;

use serde_json::Value;

use super::{Operation, Unknown, resolve};

/// Only OpenAPI 3.0 can be read.
pub fn version(document: &Value) -> Result<(), Unknown> {
    let version = document.get("openapi").and_then(Value::as_str);
    match version {
        Some(version) if version.starts_with("3.0.") => Ok(()),
        other => Err(Unknown::at(
            "/openapi",
            format!("expected 3.0.x, found {}", other.unwrap_or("nothing")),
        )),
    }
}

/// Looks at every operation.
pub fn operations(document: &Value) -> Result<(), Unknown> {
    let mut ids = BTreeSet::new();
    for operation in super::operations(document) {
        let Some(id) = operation.id() else {
            return Err(Unknown::at(&operation.pointer, "no operationId"));
        };
        if !ids.insert(id.to_owned()) {
            let problem = format!("a second operation `{id}`");
            return Err(Unknown::at(&operation.pointer, problem));
        }
        parameters(document, &operation)?;
        body(&operation)?;
        responses(&operation)?;
    }
    Ok(())
}

fn parameters(document: &Value, operation: &Operation<'_>) -> Result<(), Unknown> {
    let mut in_path = BTreeSet::new();
    let parameters = operation.value.get("parameters").and_then(Value::as_array);
    for (index, parameter) in parameters.into_iter().flatten().enumerate() {
        let pointer = format!("{}/parameters/{index}", operation.pointer);
        let parameter = resolve(document, parameter);
        let text = |key| parameter.get(key).and_then(Value::as_str).unwrap_or("");
        match text("in") {
            "path" => {
                in_path.insert(text("name").to_owned());
            }
            "query" | "header" => {}
            other => {
                let problem = format!("a parameter in `{other}` cannot be generated");
                return Err(Unknown::at(&pointer, problem));
            }
        }
        if !matches!(text("style"), "" | "form" | "simple") {
            return Err(Unknown::at(
                &pointer,
                "only the plain styles can be generated",
            ));
        }
        let schema = parameter
            .get("schema")
            .map(|schema| resolve(document, schema));
        match schema
            .and_then(|schema| schema.get("type"))
            .and_then(Value::as_str)
        {
            Some("string" | "integer" | "number" | "boolean" | "array") => {}
            _ => return Err(Unknown::at(&pointer, "expected a scalar or a list")),
        }
    }
    let in_template: BTreeSet<String> = template_variables(operation.path);
    if in_path != in_template {
        let problem = format!("declares {in_path:?}, but the path has {in_template:?}");
        return Err(Unknown::at(&operation.pointer, problem));
    }
    Ok(())
}

fn template_variables(path: &str) -> BTreeSet<String> {
    path.split('/')
        .filter_map(|segment| segment.strip_prefix('{')?.strip_suffix('}'))
        .map(str::to_owned)
        .collect()
}

fn body(operation: &Operation<'_>) -> Result<(), Unknown> {
    let Some(content) = operation.value.pointer("/requestBody/content") else {
        return Ok(());
    };
    let pointer = format!("{}/requestBody/content", operation.pointer);
    match content.as_object() {
        Some(types) if types.len() == 1 => match types.values().next() {
            Some(only) if only.get("schema").is_some() => Ok(()),
            _ => Err(Unknown::at(&pointer, "a body without a schema")),
        },
        _ => Err(Unknown::at(&pointer, "expected exactly one media type")),
    }
}

fn responses(operation: &Operation<'_>) -> Result<(), Unknown> {
    let schema = "/responses/2XX/content/application~1json";
    match operation.value.pointer(schema) {
        Some(json) if json.get("schema").is_none() => Err(Unknown::at(
            &format!("{}{schema}", operation.pointer),
            "a JSON response without a schema",
        )),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn problem(path: &str, operation: Value) -> String {
        let document = json!({"paths": {path: {"get": operation}}});
        super::operations(&document).unwrap_err().to_string()
    }

    #[test]
    fn path_parameters_and_the_path_must_agree() {
        assert_eq!(
            problem("/a/{id}", json!({"operationId": "a"})),
            r##"#/paths/~1a~1{id}/get: declares {}, but the path has {"id"}"##
        );
    }

    #[test]
    fn a_json_response_needs_a_schema() {
        let operation = json!({"operationId": "a", "responses": {"2XX": {"content": {"application/json": {}}}}});
        assert_eq!(
            problem("/a", operation),
            "#/paths/~1a/get/responses/2XX/content/application~1json: a JSON response without a schema"
        );
    }

    #[test]
    fn object_parameters_would_panic_in_the_generator() {
        let operation = json!({"operationId": "a", "parameters": [
            {"name": "q", "in": "query", "schema": {"type": "object"}},
        ]});
        assert_eq!(
            problem("/a", operation),
            "#/paths/~1a/get/parameters/0: expected a scalar or a list"
        );
    }

    #[test]
    fn two_operations_with_one_id_are_refused() {
        let document =
            json!({"paths": {"/a": {"get": {"operationId": "x"}, "put": {"operationId": "x"}}}});
        assert_eq!(
            super::operations(&document).unwrap_err().to_string(),
            "#/paths/~1a/put: a second operation `x`"
        );
    }
}

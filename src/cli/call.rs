//! `atlassian-bridge call`: one tool, called as a client would.

use std::process::ExitCode;

use clap::Args;
use rmcp::{
    ServiceExt,
    model::{CallToolRequestParams, CallToolResult, ContentBlock, JsonObject, Tool},
};
use serde_json::Value;

use crate::{
    cli::{Common, Failure, print, settings},
    server::Server,
};

/// How many bytes wait between the two ends of the pipe inside the process.
const PIPE: usize = 64 * 1024;

#[derive(Debug, Args)]
pub(super) struct Call {
    /// The tool's name; `atlassian-bridge tools` lists them.
    tool: String,
    /// Arguments as name=value, or one JSON object.
    #[arg(value_name = "ARGUMENT")]
    arguments: Vec<String>,
    /// Print the structured content instead of the text.
    #[arg(long)]
    json: bool,
}

impl Call {
    pub(super) async fn run(self, common: &Common) -> Result<ExitCode, Failure> {
        let loaded = settings::load(common).await?;
        let server = Server::new(&loaded.settings)?;
        let definition = server.tools().iter().find(|tool| tool.name == self.tool);
        let arguments = arguments(definition, &self.arguments)?;
        let result = call(server, self.tool, arguments).await?;
        let is_error = result.is_error == Some(true);
        match &result.structured_content {
            Some(structured) if self.json => print(&serde_json::to_string_pretty(structured)?)?,
            _ => print(&text(&result))?,
        }
        Ok(if is_error {
            ExitCode::FAILURE
        } else {
            ExitCode::SUCCESS
        })
    }
}

/// Calls through the protocol: what works here works in a client.
async fn call(
    server: Server,
    tool: String,
    arguments: JsonObject,
) -> Result<CallToolResult, Failure> {
    let (here, there) = tokio::io::duplex(PIPE);
    tokio::spawn(async move {
        // The client below learns of a failure as a closed pipe.
        if let Ok(running) = server.serve(there).await {
            let _ = running.waiting().await;
        }
    });
    let client = ().serve(here).await?;
    let request = CallToolRequestParams::new(tool).with_arguments(arguments);
    let result = client
        .call_tool(request)
        .await
        .map_err(|error| match error {
            rmcp::ServiceError::McpError(error) => Failure(error.message.into_owned()),
            other => other.into(),
        })?;
    Ok(result)
}

fn text(result: &CallToolResult) -> String {
    let texts = result.content.iter().filter_map(|block| match block {
        ContentBlock::Text(text) => Some(text.text.as_str()),
        _ => None,
    });
    texts.collect::<Vec<_>>().join("\n")
}

fn arguments(tool: Option<&Tool>, given: &[String]) -> Result<JsonObject, Failure> {
    if let [only] = given
        && only.trim_start().starts_with('{')
    {
        return serde_json::from_str(only).map_err(|error| Failure(format!("{only}: {error}")));
    }
    let mut arguments = JsonObject::new();
    for argument in given {
        let (name, value) = argument.split_once('=').ok_or_else(|| {
            Failure(format!(
                "{argument}: expected name=value, such as issue_key=DEMO-1"
            ))
        })?;
        arguments.insert(name.to_owned(), typed(tool, name, value)?);
    }
    Ok(arguments)
}

/// The value as the tool's schema wants it: what is no text there is read as JSON.
fn typed(tool: Option<&Tool>, name: &str, value: &str) -> Result<Value, Failure> {
    let kind = tool
        .and_then(|tool| {
            tool.input_schema
                .get("properties")?
                .get(name)?
                .get("type")?
                .as_str()
        })
        .unwrap_or("string");
    let is_list = kind == "array" && !value.trim_start().starts_with('[');
    if kind == "string" || is_list {
        return Ok(Value::from(value));
    }
    serde_json::from_str(value)
        .map_err(|_| Failure(format!("{name}={value}: expected JSON of type {kind}")))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn arguments_take_the_type_that_the_schema_names() {
        let schema = json!({"properties": {
            "jql": {"type": "string"}, "max_results": {"type": "integer"}, "fields": {"type": "array"},
        }});
        let Value::Object(schema) = schema else {
            panic!()
        };
        let tool = Tool::new("t", "", std::sync::Arc::new(schema));
        let given = ["jql=a = b", "max_results=3", "fields=a,b"].map(str::to_owned);
        assert_eq!(
            Value::Object(arguments(Some(&tool), &given).unwrap()),
            json!({"jql": "a = b", "max_results": 3, "fields": "a,b"})
        );
        let wrong = ["max_results=many".to_owned()];
        assert!(arguments(Some(&tool), &wrong).is_err());
        assert!(arguments(None, &["DEMO-1".to_owned()]).is_err());
    }
}

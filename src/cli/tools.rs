//! `atlassian-bridge tools`: what is on offer under the present settings.

use std::process::ExitCode;

use clap::Args;
use rmcp::model::Tool;

use crate::{
    cli::{Common, Failure, print, settings},
    server::Server,
};

/// Characters of a definition to a token, roughly: `o200k_base` counts 6 % more tokens for ours.
const CHARACTERS_TO_A_TOKEN: usize = 4;

#[derive(Debug, Args)]
pub(super) struct Tools {
    /// Print the definitions as clients get them.
    #[arg(long)]
    json: bool,
}

impl Tools {
    pub(super) async fn run(self, common: &Common) -> Result<ExitCode, Failure> {
        let loaded = settings::load(common).await?;
        let server = Server::new(&loaded.settings)?;
        if self.json {
            print(&serde_json::to_string_pretty(server.tools())?)?;
            return Ok(ExitCode::SUCCESS);
        }
        let mut total = 0;
        for tool in server.tools() {
            let tokens = tokens(tool)?;
            total += tokens;
            let effect = if only_reads(tool) { "reads " } else { "writes" };
            print(&format!(
                "{:28} {effect} {tokens:>5}  {}",
                tool.name,
                first_line(tool)
            ))?;
        }
        print(&format!(
            "{} tools, about {total} tokens",
            server.tools().len()
        ))?;
        for (name, reason) in server.withheld() {
            print(&format!("{name:28} {reason}"))?;
        }
        Ok(ExitCode::SUCCESS)
    }
}

/// About how many tokens a model pays for a tool: name, description and input schema. Clients do
/// not pass on the rest.
fn tokens(tool: &Tool) -> Result<usize, serde_json::Error> {
    let schema = serde_json::to_string(&tool.input_schema)?;
    let description = tool.description.as_deref().unwrap_or("");
    let characters = tool.name.len() + description.len() + schema.len();
    Ok(characters.div_ceil(CHARACTERS_TO_A_TOKEN))
}

fn only_reads(tool: &Tool) -> bool {
    tool.annotations
        .as_ref()
        .and_then(|annotations| annotations.read_only_hint)
        == Some(true)
}

fn first_line(tool: &Tool) -> &str {
    tool.description
        .as_deref()
        .and_then(|text| text.lines().next())
        .unwrap_or("")
}

//! `atlassian-bridge convert`: one markup into another, from standard input to standard output.

use std::{
    io::{self, Read},
    path::PathBuf,
    process::ExitCode,
};

use clap::{Args, ValueEnum};
use similar::TextDiff;

use crate::{
    cli::{Failure, print},
    markup::{
        document::Document,
        html, markdown, plain,
        storage::{self, Base},
        wiki::{self, Dialect},
    },
};

/// Arguments of `atlassian-bridge convert`.
#[derive(Debug, Args)]
pub(super) struct Convert {
    /// What comes in.
    #[arg(long)]
    from: From,
    /// What goes out.
    #[arg(long)]
    to: To,
    /// The page in storage format that the Markdown was made from: what did not change, and each
    /// placeholder, is written as it stands there.
    #[arg(long, value_name = "FILE")]
    base: Option<PathBuf>,
    /// Take `storage` fences of Markdown as storage format.
    #[arg(long)]
    raw_storage: bool,
    /// Convert there and back, print the first difference, and end with 1 if there is one.
    #[arg(long)]
    check_round_trip: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum From {
    /// Confluence's storage format.
    Storage,
    /// Jira's wiki markup.
    Wiki,
    /// Confluence's wiki markup.
    ConfluenceWiki,
    /// Rendered HTML.
    Html,
    /// Markdown.
    Markdown,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum To {
    /// Markdown.
    Markdown,
    /// Confluence's storage format.
    Storage,
    /// Jira's wiki markup.
    Wiki,
    /// The text alone.
    Text,
}

impl Convert {
    pub(super) fn run(self) -> Result<ExitCode, Failure> {
        let mut source = String::new();
        io::stdin()
            .read_to_string(&mut source)
            .map_err(|error| Failure(format!("standard input: {error}")))?;
        let base = match &self.base {
            Some(_) if self.from != From::Markdown || self.to != To::Storage => {
                let problem = "--base goes with --from markdown --to storage";
                return Err(Failure(problem.to_owned()));
            }
            Some(path) => Some(
                std::fs::read_to_string(path)
                    .map_err(|error| Failure(format!("--base {}: {error}", path.display())))?,
            ),
            None => None,
        };
        let document = self.read(self.from, &source)?;
        if self.check_round_trip {
            return self.round_trip(&source, &document);
        }
        print(&match base {
            Some(base) => Base::new(&base)?.merge(&document)?,
            None => write(self.to, &document),
        })?;
        Ok(ExitCode::SUCCESS)
    }

    fn read(&self, from: From, source: &str) -> Result<Document, Failure> {
        let options = markdown::Options {
            raw_storage: self.raw_storage,
            ..markdown::Options::default()
        };
        Ok(match from {
            From::Storage => storage::read(source)?,
            From::Wiki => wiki::read(source, Dialect::Jira),
            From::ConfluenceWiki => wiki::read(source, Dialect::Confluence),
            From::Html => html::read(source),
            From::Markdown => markdown::read(source, &options)?,
        })
    }

    fn round_trip(&self, source: &str, document: &Document) -> Result<ExitCode, Failure> {
        let back = match self.to {
            To::Markdown => From::Markdown,
            To::Storage => From::Storage,
            To::Wiki => From::Wiki,
            To::Text => return Err(Failure("plain text does not lead back".to_owned())),
        };
        let returned = self.read(back, &write(self.to, document))?;
        // Storage format comes back byte for byte, all else with the same meaning.
        let (before, after) = if self.from == From::Storage && self.to == To::Markdown {
            (source.to_owned(), Base::new(source)?.merge(&returned)?)
        } else {
            (format!("{document:#?}"), format!("{returned:#?}"))
        };
        if document == &returned && before == after {
            return Ok(ExitCode::SUCCESS);
        }
        print(&first_difference(&before, &after))?;
        Ok(ExitCode::FAILURE)
    }
}

/// The first place where two texts differ, with the lines around it.
fn first_difference(before: &str, after: &str) -> String {
    let lines = TextDiff::from_lines(before, after);
    let mut differences = lines.unified_diff();
    let mut hunks = differences.context_radius(3).iter_hunks();
    hunks
        .next()
        .map_or_else(String::new, |hunk| hunk.to_string())
}

fn write(to: To, document: &Document) -> String {
    match to {
        To::Markdown => markdown::write(document),
        To::Storage => storage::write(document),
        To::Wiki => wiki::write(document),
        To::Text => plain::write(document),
    }
}

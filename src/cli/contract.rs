//! `atlassian-bridge contract`: answers and servers held against the documents.

use std::{
    fs,
    io::{self, Read},
    path::{Path, PathBuf},
    process::ExitCode,
};

use clap::{Args, Subcommand, ValueEnum};
use url::Url;

use crate::{
    cli::{Common, Failure, print, settings},
    client::{Site, raw::Generated},
    config::SiteSettings,
    contract::{
        Contract, Recording,
        diff::{self, ChangeKind},
        probe::{self, Budget, Samples},
        recordings::{self, Found, Recorded, Row},
        report::{self, Format, Outcome, Verdict},
    },
};

/// Arguments of `contract`.
#[derive(Debug, Args)]
pub(super) struct Command {
    #[command(subcommand)]
    command: Subcommands,
}

#[derive(Debug, Subcommand)]
enum Subcommands {
    /// Hold recorded answers against the documents. Exit code 1 if any differs, 2 if one cannot be checked.
    ///
    /// For example: atlassian-bridge contract check --document jira-8 --operation get_issue issue.json
    Check(Check),
    /// Ask a live server, by reads alone, and hold its answers against the documents.
    ///
    /// Credentials come from the settings; with --demo the embedded pair is asked.
    Probe(Probe),
    /// List what changed between two OpenAPI documents. Exit code 1 if a change breaks a client.
    Diff(Diff),
}

#[derive(Debug, Args)]
struct Check {
    /// The document: jira-8, jira-agile-1.0 or confluence-6.
    #[arg(long, requires = "operation")]
    document: Option<String>,
    /// The operationId, such as get_issue.
    #[arg(long, requires = "document")]
    operation: Option<String>,
    /// The status of the answers; without it that of the operation's success.
    #[arg(long, requires = "document")]
    status: Option<u16>,
    /// A HAR file; each entry is checked by its method and path.
    #[arg(long, conflicts_with_all = ["document", "directory", "files"])]
    har: Option<PathBuf>,
    /// A folder with an index.csv or index.jsonl: file, document, operation, status; or method and path.
    #[arg(long = "dir", conflicts_with_all = ["document", "files"])]
    directory: Option<PathBuf>,
    /// Tell numbers from texts of numbers, which the client reads alike.
    #[arg(long)]
    strict: bool,
    /// The form of the report.
    #[arg(long, value_enum, default_value_t)]
    format: ReportFormat,
    /// Files with one answer each; - is standard input.
    #[arg(required_unless_present_any = ["har", "directory"], requires = "document")]
    files: Vec<PathBuf>,
}

#[derive(Debug, Args)]
struct Probe {
    /// The Jira to ask instead of the one in the settings.
    #[arg(long, value_name = "URL")]
    jira: Option<Url>,
    /// The Confluence to ask instead of the one in the settings.
    #[arg(long, value_name = "URL")]
    confluence: Option<Url>,
    /// How many requests may be made in all.
    #[arg(long, default_value_t = 300)]
    budget: u32,
    /// The form of the report.
    #[arg(long, value_enum, default_value_t)]
    format: ReportFormat,
}

#[derive(Debug, Args)]
struct Diff {
    /// The document that clients were made for.
    old: PathBuf,
    /// The document of the server to come.
    new: PathBuf,
}

#[derive(Debug, Clone, Copy, Default, ValueEnum)]
enum ReportFormat {
    /// A line for each check.
    #[default]
    Text,
    /// One JSON document.
    Json,
    /// JUnit XML.
    Junit,
}

impl Command {
    pub(super) async fn run(&self, common: &Common) -> Result<ExitCode, Failure> {
        let outcome = match &self.command {
            Subcommands::Check(check) => check.run(),
            Subcommands::Probe(probe) => probe.run(common).await,
            Subcommands::Diff(diff) => diff.run(),
        };
        // A difference is 1, so what kept us from looking is another code.
        outcome.or_else(|failure| {
            super::complain(&failure);
            Ok(ExitCode::from(2))
        })
    }
}

impl Check {
    fn run(&self) -> Result<ExitCode, Failure> {
        let mut contract = Contract::new()?;
        if self.strict {
            contract = contract.strict();
        }
        let found = if let Some(har) = &self.har {
            recordings::in_har(&contract, &har.display().to_string(), &read(har)?)?
        } else if let Some(directory) = &self.directory {
            in_directory(&contract, directory)?
        } else {
            self.in_files(&contract)?
        };
        let mut outcomes = Vec::new();
        for found in found {
            outcomes.push(checked(&mut contract, found)?);
        }
        finish(&outcomes, self.format)
    }

    fn in_files(&self, contract: &Contract) -> Result<Vec<Found>, Failure> {
        let (Some(document), Some(operation)) = (&self.document, &self.operation) else {
            return Err(Failure("--document and --operation are needed".to_owned()));
        };
        // Said once for all files.
        contract.document(document)?.operation(operation)?;
        let files = self.files.iter().map(|file| {
            Ok(Found::Recorded(Recorded {
                source: file.display().to_string(),
                document: document.clone(),
                operation: operation.clone(),
                recording: Recording {
                    status: self.status,
                    content_type: None,
                    body: read(file)?,
                },
            }))
        });
        files.collect()
    }
}

/// The answers that the index of a folder names.
fn in_directory(contract: &Contract, directory: &Path) -> Result<Vec<Found>, Failure> {
    let (csv, lines) = (directory.join("index.csv"), directory.join("index.jsonl"));
    let rows: Vec<Row> = if csv.exists() {
        recordings::in_csv(&read(&csv)?)?
    } else if lines.exists() {
        recordings::in_json_lines(&String::from_utf8_lossy(&read(&lines)?))?
    } else {
        let directory = directory.display();
        let problem = format!("{directory} has neither index.csv nor index.jsonl");
        return Err(Failure(problem));
    };
    let found = rows.into_iter().map(|row| {
        let (document, operation) = row.operation(contract)?;
        Ok(Found::Recorded(Recorded {
            recording: Recording {
                status: row.status,
                content_type: None,
                body: read(&directory.join(&row.file))?,
            },
            source: row.file,
            document,
            operation,
        }))
    });
    found.collect()
}

fn checked(contract: &mut Contract, found: Found) -> Result<Outcome, Failure> {
    match found {
        Found::Recorded(recorded) => {
            let Recorded {
                source,
                document,
                operation,
                recording,
            } = recorded;
            let differences = contract.check(&document, &operation, &recording)?;
            Ok(Outcome {
                source,
                operation: Some((document, operation)),
                verdict: match differences.is_empty() {
                    true => Verdict::Conforms,
                    false => Verdict::Differs(differences),
                },
            })
        }
        Found::Other { source, why } => Ok(Outcome {
            source,
            operation: None,
            verdict: Verdict::Skipped(why),
        }),
    }
}

impl Probe {
    async fn run(&self, common: &Common) -> Result<ExitCode, Failure> {
        let (jira, confluence, _alive) = self.sites(common).await?;
        let mut contract = Contract::new()?;
        let mut budget = Budget(self.budget);
        let mut outcomes = Vec::new();
        if let Some(site) = jira.map(Site::new) {
            let mut asked = Asked::new(&mut contract, &mut budget);
            outcomes.extend(asked.ask("jira-8", &site.jira()?).await?);
            outcomes.extend(asked.ask("jira-agile-1.0", &site.agile()?).await?);
        }
        if let Some(site) = confluence.map(Site::new) {
            let mut asked = Asked::new(&mut contract, &mut budget);
            outcomes.extend(asked.ask("confluence-6", &site.confluence()?).await?);
        }
        finish(&outcomes, self.format)
    }

    /// The sites to ask: those of the settings, or those that are named, with the credentials of the
    /// settings where the address is theirs and without any elsewhere.
    async fn sites(
        &self,
        common: &Common,
    ) -> Result<
        (
            Option<SiteSettings>,
            Option<SiteSettings>,
            Option<settings::Loaded>,
        ),
        Failure,
    > {
        let named = self.jira.is_some() || self.confluence.is_some();
        let loaded = match settings::load(common).await {
            Ok(loaded) => Some(loaded),
            // Without settings, what is named is asked as anybody.
            Err(_) if named && !common.demo => None,
            Err(failure) => return Err(failure),
        };
        let of_settings = |pick: fn(&settings::Loaded) -> Option<&SiteSettings>| {
            loaded.as_ref().and_then(pick).cloned()
        };
        let jira = of_settings(|loaded| loaded.settings.jira.as_ref());
        let confluence = of_settings(|loaded| loaded.settings.confluence.as_ref());
        if !named {
            return Ok((jira, confluence, loaded));
        }
        let site = |url: &Option<Url>, known: Option<SiteSettings>| {
            let url = url.clone()?;
            let wanted = SiteSettings::new(url);
            Some(match known {
                Some(known) if known.base() == wanted.base() => known,
                _ => wanted,
            })
        };
        Ok((
            site(&self.jira, jira),
            site(&self.confluence, confluence),
            loaded,
        ))
    }
}

/// A site that is being asked, and what is known of it.
struct Asked<'a> {
    contract: &'a mut Contract,
    budget: &'a mut Budget,
    samples: Samples,
}

impl<'a> Asked<'a> {
    fn new(contract: &'a mut Contract, budget: &'a mut Budget) -> Self {
        Self {
            contract,
            budget,
            samples: Samples::default(),
        }
    }

    async fn ask<C: Generated>(
        &mut self,
        document: &str,
        client: &C,
    ) -> Result<Vec<Outcome>, Failure> {
        let Self {
            contract,
            budget,
            samples,
        } = self;
        let found = probe::probe(contract, document, client, budget, samples).await;
        found.map_err(|error| Failure(format!("{document}: {error}")))
    }
}

impl Diff {
    fn run(&self) -> Result<ExitCode, Failure> {
        let document = |path: &Path| {
            serde_json::from_slice(&read(path)?)
                .map_err(|error| Failure(format!("{}: {error}", path.display())))
        };
        let changes = diff::diff(&document(&self.old)?, &document(&self.new)?);
        for change in &changes {
            print(&change.to_string())?;
        }
        let breaks = changes
            .iter()
            .any(|change| change.kind == ChangeKind::Breaking);
        Ok(if breaks {
            ExitCode::FAILURE
        } else {
            ExitCode::SUCCESS
        })
    }
}

fn finish(outcomes: &[Outcome], format: ReportFormat) -> Result<ExitCode, Failure> {
    let form = match format {
        ReportFormat::Text => Format::Text,
        ReportFormat::Json => Format::Json,
        ReportFormat::Junit => Format::Junit,
    };
    print(&report::render(outcomes, form))?;
    if outcomes.len() > 1 && form == Format::Text {
        eprint(&report::summary(outcomes))?;
    }
    Ok(if report::has_differences(outcomes) {
        ExitCode::FAILURE
    } else {
        ExitCode::SUCCESS
    })
}

fn eprint(text: &str) -> io::Result<()> {
    io::Write::write_all(&mut io::stderr(), format!("{text}\n").as_bytes())
}

fn read(path: &Path) -> Result<Vec<u8>, Failure> {
    let mut bytes = Vec::new();
    let outcome = if path == Path::new("-") {
        io::stdin().lock().read_to_end(&mut bytes).map(|_| bytes)
    } else {
        fs::read(path)
    };
    outcome.map_err(|error| Failure(format!("{}: {error}", path.display())))
}

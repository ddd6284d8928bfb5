//! Where settings come from: the process's variables, `.env`, the settings file, or `--demo`.

use std::{
    env, fs, io,
    path::{Path, PathBuf},
};

use crate::{
    cli::{Common, Failure, secrets},
    config::{Settings, Sources},
};

/// Settings, and what has to live as long as they are used.
pub(super) struct Loaded {
    pub(super) settings: Settings,
    #[cfg(feature = "sandbox")]
    _sandbox: Option<crate::sandbox::Sandbox>,
}

/// Reads the settings, or starts the sandbox and points them at it.
pub(super) async fn load(common: &Common) -> Result<Loaded, Failure> {
    if common.demo {
        return demo().await;
    }
    let settings = Settings::from_sources(Sources {
        variables: |name: &str| env::var(name).ok(),
        dotenv: read(PathBuf::from(".env"))?,
        settings_file: settings_file(common.config.as_deref())?,
        read_file: &|path| fs::read_to_string(path),
        run_command: &secrets::run_command,
    })?;
    Ok(Loaded {
        settings,
        #[cfg(feature = "sandbox")]
        _sandbox: None,
    })
}

#[cfg(feature = "sandbox")]
async fn demo() -> Result<Loaded, Failure> {
    use crate::sandbox::{Options, PASSWORD, Sandbox, USERNAME};

    let sandbox = Sandbox::start(Options::default()).await?;
    let own = [
        ("JIRA_URL", sandbox.jira_url()),
        ("CONFLUENCE_URL", sandbox.confluence_url()),
    ];
    // The operator's limits hold in the demo too; sites and credentials are the sandbox's own.
    let settings = Settings::read(|name| match name {
        "JIRA_USERNAME" | "CONFLUENCE_USERNAME" => Some(USERNAME.to_owned()),
        "JIRA_PASSWORD" | "CONFLUENCE_PASSWORD" => Some(PASSWORD.to_owned()),
        name if LIMITS.contains(&name) => env::var(name).ok(),
        name => own
            .iter()
            .find(|(own, _)| *own == name)
            .map(|(_, url)| url.clone()),
    })?;
    Ok(Loaded {
        settings,
        _sandbox: Some(sandbox),
    })
}

#[cfg(feature = "sandbox")]
const LIMITS: [&str; 7] = [
    "READ_ONLY_MODE",
    "TOOLSETS",
    "ENABLED_TOOLS",
    "DISABLED_TOOLS",
    "JIRA_PROJECTS_FILTER",
    "CONFLUENCE_SPACES_FILTER",
    "SSE_LOG_LEVEL",
];

#[cfg(not(feature = "sandbox"))]
async fn demo() -> Result<Loaded, Failure> {
    Err(Failure(
        "--demo: this binary was built without the feature `sandbox`".to_owned(),
    ))
}

/// The settings file that was named, which has to be there, or else the usual one.
fn settings_file(named: Option<&Path>) -> Result<Option<(PathBuf, String)>, Failure> {
    match named {
        Some(path) => match read(path.to_owned())? {
            Some(found) => Ok(Some(found)),
            None => Err(Failure(format!(
                "--config: there is no file {}",
                path.display()
            ))),
        },
        None => usual_file().map_or(Ok(None), read),
    }
}

fn usual_file() -> Option<PathBuf> {
    let folder = |variable| {
        env::var_os(variable)
            .filter(|value| !value.is_empty())
            .map(PathBuf::from)
    };
    let folder = if cfg!(windows) {
        folder("APPDATA")
    } else if cfg!(target_os = "macos") {
        folder("HOME").map(|home| home.join("Library/Application Support"))
    } else {
        folder("XDG_CONFIG_HOME").or_else(|| folder("HOME").map(|home| home.join(".config")))
    };
    folder.map(|folder| folder.join("atlassian-bridge/config.toml"))
}

fn read(path: PathBuf) -> Result<Option<(PathBuf, String)>, Failure> {
    match fs::read_to_string(&path) {
        Ok(text) => Ok(Some((path, text))),
        // A folder of that name is somebody else's: Python environments are called `.env` too.
        Err(error)
            if matches!(
                error.kind(),
                io::ErrorKind::NotFound | io::ErrorKind::IsADirectory
            ) =>
        {
            Ok(None)
        }
        Err(error) => Err(Failure(format!("{}: {error}", path.display()))),
    }
}

//! What tools work with: the sites and the policy.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, PoisonError},
};

use crate::{
    api::{confluence, jira},
    client::{Site, ask},
    config::{Settings, TextSettings},
    policy::Policy,
    tools::{ToolError, arguments},
};

/// The sites that are configured, with the credentials of one caller, and what may be touched.
///
/// Cheap to clone; connections are shared.
#[derive(Debug, Clone)]
pub struct Toolbox {
    jira: Option<Arc<Site>>,
    confluence: Option<Arc<Site>>,
    pub(super) policy: Arc<Policy>,
    texts: TextSettings,
    /// The login names of people in Confluence, by key.
    users: Arc<Mutex<BTreeMap<String, String>>>,
}

impl Toolbox {
    /// The tools' sites as the settings have them. Nothing is opened yet.
    pub fn new(settings: &Settings) -> Self {
        let site = |settings: &Option<_>| {
            settings
                .clone()
                .map(|settings| Arc::new(Site::new(settings)))
        };
        Self {
            jira: site(&settings.jira),
            confluence: site(&settings.confluence),
            policy: Arc::new(Policy::from_settings(settings)),
            texts: settings.texts,
            users: Arc::default(),
        }
    }

    /// Whether Jira is configured.
    pub fn has_jira(&self) -> bool {
        self.jira.is_some()
    }

    /// Whether Confluence is configured.
    pub fn has_confluence(&self) -> bool {
        self.confluence.is_some()
    }

    /// How texts are handed over.
    pub fn texts(&self) -> TextSettings {
        self.texts
    }

    /// What may be touched.
    pub fn policy(&self) -> &Policy {
        &self.policy
    }

    /// A Jira client.
    pub(super) fn jira(&self) -> Result<jira::Client, ToolError> {
        let site = configured(self.jira.as_deref(), "JIRA_URL")?;
        site.jira().map_err(ToolError::connecting)
    }

    /// The address of Jira, for links.
    pub(super) fn jira_url(&self) -> &str {
        self.jira
            .as_deref()
            .map_or("", |site| site.settings().base())
    }

    /// A Confluence client.
    pub(super) fn confluence(&self) -> Result<confluence::Client, ToolError> {
        let site = configured(self.confluence.as_deref(), "CONFLUENCE_URL")?;
        site.confluence().map_err(ToolError::connecting)
    }

    /// The address of Confluence, for links.
    pub(super) fn confluence_url(&self) -> &str {
        self.confluence
            .as_deref()
            .map_or("", |site| site.settings().base())
    }

    /// The login names of people in Confluence that are known by now.
    pub(super) fn known_users(&self) -> BTreeMap<String, String> {
        let users = self.users.lock().unwrap_or_else(PoisonError::into_inner);
        users.clone()
    }

    /// Keeps login names for the next page.
    pub(super) fn remember_users(&self, found: &[(String, String)]) {
        let mut users = self.users.lock().unwrap_or_else(PoisonError::into_inner);
        users.extend(found.iter().cloned());
    }

    /// An issue key of the right shape and within reach.
    pub(super) fn issue_key(&self, value: &str) -> Result<String, ToolError> {
        let key = arguments::issue_key(value)?;
        self.policy.issue(key)?;
        Ok(key.to_owned())
    }

    /// As [`Toolbox::issue_key`], for what does not show where the issue is: one that was moved
    /// answers to its old key too, so under a filter Jira is asked first.
    pub(super) async fn issue_in_reach(
        &self,
        jira: &jira::Client,
        value: &str,
    ) -> Result<String, ToolError> {
        let key = self.issue_key(value)?;
        if self.policy.limits_projects() {
            let request = jira.get_issue().issue_id_or_key(&key).fields("project");
            let failed = ToolError::reading(format!("Issue {key}"));
            let issue = ask(request.send()).await.map_err(failed)?;
            self.policy.issue(issue.key.as_deref().unwrap_or(""))?;
        }
        Ok(key)
    }
}

fn configured<'a>(site: Option<&'a Site>, setting: &str) -> Result<&'a Site, ToolError> {
    site.ok_or_else(|| {
        ToolError::new(format!(
            "this server has no {setting}; its operator has to set it"
        ))
    })
}

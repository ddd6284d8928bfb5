//! What a new issue needs: by project and issue type on Jira 8.4 and later, all at once before.

use crate::{
    api::jira::{Client, types},
    client::{
        ApiError, ApiErrorKind, ask,
        capability::{self, Feature},
        paging::{self, Limit},
    },
};
use futures_util::TryStreamExt;

/// What a new issue needs, whichever way the server says it.
impl Client {
    /// The issue types that an issue of a project can be created with.
    ///
    /// `GET /rest/api/2/issue/createmeta/{projectIdOrKey}/issuetypes` where the server has it, or
    /// else `GET /rest/api/2/issue/createmeta`.
    ///
    /// # Errors
    ///
    /// [`ApiError`]; a project that does not exist, or in which the user may not create issues, is
    /// [`ApiErrorKind::NotFound`] on newer servers and an empty list on older ones.
    pub async fn creatable_issue_types(
        &self,
        project_id_or_key: &str,
    ) -> Result<Vec<types::CreateMetaIssueType>, ApiError> {
        if self.has_create_meta_by_issue_type().await {
            let pages = paging::items(Limit::default(), |window| {
                ask(self
                    .list_create_meta_issue_types()
                    .project_id_or_key(project_id_or_key)
                    .start_at(window.start)
                    .max_results(window.maximum)
                    .send())
            });
            match pages.try_collect().await {
                Err(error) if is_missing(&error) => {}
                outcome => return outcome,
            }
        }
        let projects = self.create_meta_of(project_id_or_key, None).await?;
        Ok(projects
            .into_iter()
            .flat_map(|project| project.issuetypes)
            .collect())
    }

    /// The fields that an issue of a project and an issue type can be created with, each with its
    /// `field_id`.
    ///
    /// `GET /rest/api/2/issue/createmeta/{projectIdOrKey}/issuetypes/{issueTypeId}` where the server
    /// has it, or else `GET /rest/api/2/issue/createmeta`.
    ///
    /// # Errors
    ///
    /// As [`Client::creatable_issue_types`].
    pub async fn creatable_fields(
        &self,
        project_id_or_key: &str,
        issue_type_id: &str,
    ) -> Result<Vec<types::FieldMeta>, ApiError> {
        if self.has_create_meta_by_issue_type().await {
            let pages = paging::items(Limit::default(), |window| {
                ask(self
                    .list_create_meta_fields()
                    .project_id_or_key(project_id_or_key)
                    .issue_type_id(issue_type_id)
                    .start_at(window.start)
                    .max_results(window.maximum)
                    .send())
            });
            match pages.try_collect().await {
                Err(error) if is_missing(&error) => {}
                outcome => return outcome,
            }
        }
        let projects = self
            .create_meta_of(project_id_or_key, Some(issue_type_id))
            .await?;
        let fields = projects
            .into_iter()
            .flat_map(|project| project.issuetypes)
            .flat_map(|issue_type| issue_type.fields)
            .map(|(id, field)| types::FieldMeta {
                field_id: field.field_id.clone().or(Some(id)),
                ..field
            });
        Ok(fields.collect())
    }

    /// A server that does not say its version is taken for a newer one.
    async fn has_create_meta_by_issue_type(&self) -> bool {
        let server = capability::server(self).await;
        server.map_or(true, |server| server.has(Feature::CreateMetaByIssueType))
    }

    async fn create_meta_of(
        &self,
        project_id_or_key: &str,
        issue_type_id: Option<&str>,
    ) -> Result<Vec<types::CreateMetaProject>, ApiError> {
        let mut request = self.get_create_meta();
        request = if project_id_or_key.chars().all(|c| c.is_ascii_digit()) {
            request.project_ids(project_id_or_key)
        } else {
            request.project_keys(project_id_or_key)
        };
        if let Some(id) = issue_type_id {
            request = request
                .issuetype_ids(id)
                .expand("projects.issuetypes.fields");
        }
        Ok(ask(request.send()).await?.projects)
    }
}

/// Whether the server does not know the path, rather than the project.
fn is_missing(error: &ApiError) -> bool {
    match &error.kind {
        ApiErrorKind::Lacking(_) => true,
        ApiErrorKind::NotFound(messages) => messages.is_empty(),
        _ => false,
    }
}

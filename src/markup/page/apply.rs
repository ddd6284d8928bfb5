//! Edits made one after the other, all or none.

use std::ops::Range;

use super::{edit::Edit, plan::Page, problem::Problem, references::References, splice::splice};
use crate::markup::{document::Document, markdown, storage::Base, xml};

/// An edit that cannot be made; none of those before it is made either.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("edit {number} ({operation}): {problem}")]
pub struct EditError {
    /// Which edit of the list, from 1.
    pub number: usize,
    /// Its name, such as `replace_text`.
    pub operation: &'static str,
    /// Why it cannot be made.
    pub problem: Problem,
}

/// Makes the edits in their order; each is of the page as those before have left it.
///
/// # Errors
/// If an edit cannot be made.
pub fn apply(
    source: &str,
    edits: &[Edit],
    options: &markdown::Options,
) -> Result<String, EditError> {
    let mut steps = Steps::new(source, edits);
    for (number, edit) in (1..).zip(edits) {
        steps.apply(edit, options).map_err(|problem| EditError {
            number,
            operation: edit.name(),
            problem,
        })?;
    }
    Ok(steps.source)
}

/// A page between two edits.
struct Steps {
    source: String,
    references: References,
}

/// What an edit rested on.
#[derive(Default)]
struct Ground {
    /// The bytes that have to be the same for the edit to mean the same.
    bytes: Vec<String>,
    /// The title of the section that the edit was in, if it was in one.
    section: Option<String>,
}

impl Steps {
    fn new(source: &str, edits: &[Edit]) -> Self {
        let mut texts = edits.iter().filter_map(Edit::markdown);
        let references = if texts.any(|text| text.contains("ref=")) {
            // A page that cannot be read is told of by the first edit.
            Base::new(source).map(|base| References::new(source, base.document()))
        } else {
            Ok(References::default())
        };
        Self {
            source: source.to_owned(),
            references: references.unwrap_or_default(),
        }
    }

    fn apply(&mut self, edit: &Edit, options: &markdown::Options) -> Result<Ground, Problem> {
        let page = Page::new(&self.source, options, &self.references)?;
        let plan = page.plan(edit)?;
        let result = splice(&self.source, &plan.splices);
        xml::read(&result)?;
        let bytes = |at: &Range<usize>| self.source.get(at.clone()).unwrap_or_default().to_owned();
        let ground = Ground {
            bytes: plan.rests_on.iter().map(bytes).collect(),
            section: plan.rests_on.first().and_then(|at| page.section_at(at)),
        };
        self.source = result;
        Ok(ground)
    }
}

/// What somebody else changed under an edit.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("edit {number} ({operation}): {reason}")]
pub struct Misfit {
    /// Which edit of the list, from 1.
    pub number: usize,
    /// Its name, such as `replace_text`.
    pub operation: &'static str,
    /// What somebody else changed.
    pub reason: String,
}

/// Whether edits of an old version of the page mean the same in a newer one: what each of them
/// rests on is the same, byte for byte.
///
/// # Errors
/// If somebody else changed what an edit rests on.
pub fn still_fits(
    old: &str,
    new: &str,
    edits: &[Edit],
    options: &markdown::Options,
) -> Result<(), Misfit> {
    let (mut old, mut new) = (Steps::new(old, edits), Steps::new(new, edits));
    for (number, edit) in (1..).zip(edits) {
        let misfit = |reason: String| Misfit {
            number,
            operation: edit.name(),
            reason,
        };
        if let Some(placeholder) = differing_placeholder(&old, &new, edit, options) {
            return Err(misfit(format!(
                "somebody else changed what {placeholder} stands for"
            )));
        }
        let before = old.apply(edit, options);
        let before = before.map_err(|problem| misfit(problem.to_string()))?;
        match new.apply(edit, options) {
            Ok(now) if now.bytes == before.bytes => {}
            Ok(_) => return Err(misfit(changed(before.section.as_deref()))),
            Err(problem) => {
                let changed = changed(before.section.as_deref());
                return Err(misfit(format!("{changed}: {problem}")));
            }
        }
    }
    Ok(())
}

fn changed(section: Option<&str>) -> String {
    match section {
        Some("") => "somebody else changed the text before the first heading".into(),
        Some(title) => format!(
            "somebody else changed the section {}",
            super::problem::quoted(title)
        ),
        None => "somebody else changed the page there".into(),
    }
}

fn differing_placeholder(
    old: &Steps,
    new: &Steps,
    edit: &Edit,
    options: &markdown::Options,
) -> Option<String> {
    let mut fresh: Document = markdown::read(edit.markdown()?, options).ok()?;
    old.references.differing(&new.references, &mut fresh)
}

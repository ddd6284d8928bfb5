//! The one workflow that both projects share, and what changed when.

use chrono::{DateTime, Utc};
use serde_json::{Value, json};

use crate::sandbox::jira::catalogue::{self, Choice, RESOLUTIONS, Status};
use crate::sandbox::jira::state::{Change, ChangeItem, Issue};
use crate::sandbox::people::Person;

/// A way from some statuses to another.
#[derive(Debug)]
pub(super) struct Transition {
    pub(super) id: &'static str,
    pub(super) name: &'static str,
    from: &'static [&'static str],
    to: &'static str,
}

static TRANSITIONS: &[Transition] = &[
    Transition {
        id: "11",
        name: "Start Progress",
        from: &["To Do"],
        to: "In Progress",
    },
    Transition {
        id: "21",
        name: "Send to Review",
        from: &["In Progress"],
        to: "In Review",
    },
    Transition {
        id: "31",
        name: "Done",
        from: &["In Progress", "In Review"],
        to: "Done",
    },
    Transition {
        id: "41",
        name: "Reopen",
        from: &["Done"],
        to: "To Do",
    },
    Transition {
        id: "51",
        name: "Stop Progress",
        from: &["In Progress"],
        to: "To Do",
    },
    Transition {
        id: "61",
        name: "Request Changes",
        from: &["In Review"],
        to: "In Progress",
    },
];

/// The transitions that lead out of a status.
pub(super) fn available(status: &Status) -> impl Iterator<Item = &'static Transition> {
    let name = status.name;
    TRANSITIONS
        .iter()
        .filter(move |transition| transition.from.contains(&name))
}

impl Transition {
    /// Whether the screen of the transition has a field for the resolution.
    pub(super) fn asks_for_resolution(&self) -> bool {
        self.to == "Done"
    }

    /// The transition, with the fields of its screen if asked for.
    pub(super) fn render(&self, base: &str, with_fields: bool) -> Value {
        let mut transition = json!({
            "id": self.id,
            "name": self.name,
            "to": catalogue::status_named(self.to).map(|status| status.render(base)),
        });
        if with_fields && let Some(map) = transition.as_object_mut() {
            let fields = if self.asks_for_resolution() {
                let values = RESOLUTIONS.iter().map(|choice| choice.resolution(base));
                json!({"resolution": {
                    "required": true,
                    "schema": {"type": "resolution", "system": "resolution"},
                    "name": "Resolution",
                    "fieldId": "resolution",
                    "operations": ["set"],
                    "allowedValues": values.collect::<Value>(),
                }})
            } else {
                json!({})
            };
            map.insert("fields".to_owned(), fields);
        }
        transition
    }

    /// Moves an issue; a resolution is set on the way to Done and cleared on the way back.
    pub(super) fn apply(
        &self,
        issue: &mut Issue,
        resolution: Option<&'static Choice>,
        by: Option<&'static Person>,
        now: DateTime<Utc>,
        change_id: u64,
    ) {
        let Some(target) = catalogue::status_named(self.to) else {
            return;
        };
        let mut items = vec![item(
            "status",
            Some((issue.status.id, issue.status.name)),
            Some((target.id, target.name)),
        )];
        let resolution = if target.is_done() {
            resolution.or(RESOLUTIONS.first())
        } else {
            None
        };
        let pair = |choice: &'static Choice| (choice.id, choice.name);
        if issue.resolution.map(|choice| choice.id) != resolution.map(|choice| choice.id) {
            items.push(item(
                "resolution",
                issue.resolution.map(pair),
                resolution.map(pair),
            ));
        }
        issue.status = target;
        issue.resolution = resolution;
        issue.resolved = resolution.map(|_| now);
        issue.updated = now;
        issue.history.push(Change {
            id: change_id,
            author: by,
            created: now,
            items,
        });
    }
}

/// A changed field; each side has a value and its text.
pub(super) fn item(
    field: &str,
    from: Option<(&str, &str)>,
    to: Option<(&str, &str)>,
) -> ChangeItem {
    let value = |side: Option<(&str, &str)>| side.map(|(value, _)| value.to_owned());
    let text = |side: Option<(&str, &str)>| side.map(|(_, text)| text.to_owned());
    ChangeItem {
        field: field.to_owned(),
        custom: false,
        from: value(from),
        from_text: text(from),
        to: value(to),
        to_text: text(to),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sandbox::jira::sample;

    fn names(status: &str) -> Vec<&'static str> {
        let status = catalogue::status_named(status).unwrap();
        available(status)
            .map(|transition| transition.name)
            .collect()
    }

    #[test]
    fn each_status_has_its_own_ways_out() {
        assert_eq!(names("To Do"), ["Start Progress"]);
        assert_eq!(
            names("In Progress"),
            ["Send to Review", "Done", "Stop Progress"]
        );
        assert_eq!(names("In Review"), ["Done", "Request Changes"]);
        assert_eq!(names("Done"), ["Reopen"]);
    }

    #[test]
    fn a_resolution_comes_with_done_and_goes_with_reopen() {
        let state = sample::load().unwrap();
        let mut issue = state.find("DEMO-2").unwrap().clone();
        issue.status = catalogue::status_named("In Review").unwrap();
        issue.resolution = None;
        let before = issue.history.len();
        for (id, resolution) in [("31", Some("Done")), ("41", None)] {
            let way = TRANSITIONS.iter().find(|way| way.id == id).unwrap();
            way.apply(&mut issue, None, None, Utc::now(), 1);
            assert_eq!(issue.resolution.map(|choice| choice.name), resolution);
            assert_eq!(issue.resolved.is_some(), resolution.is_some());
        }
        assert_eq!(issue.history.len(), before + 2);
        assert_eq!(issue.history[before].items.len(), 2);
    }
}

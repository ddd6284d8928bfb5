//! The sprints of the boards, and the odd notation in which issues show them.

use chrono::{DateTime, Utc};
use serde_json::{Value, json};

/// A sprint.
#[derive(Clone, Debug)]
pub(super) struct Sprint {
    pub(super) id: u64,
    /// The board on which it was made.
    pub(super) board: u64,
    pub(super) state: Stage,
    pub(super) name: String,
    pub(super) start: Option<DateTime<Utc>>,
    pub(super) end: Option<DateTime<Utc>>,
    pub(super) completed: Option<DateTime<Utc>>,
    pub(super) activated: Option<DateTime<Utc>>,
    pub(super) goal: String,
    /// The place among the sprints of the board.
    pub(super) sequence: u64,
}

/// How far a sprint has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stage {
    Future,
    Active,
    Closed,
}

impl Stage {
    /// The stage as the agile resources write it.
    pub(super) fn name(self) -> &'static str {
        match self {
            Stage::Future => "future",
            Stage::Active => "active",
            Stage::Closed => "closed",
        }
    }

    /// The stage with a name, in any letter case.
    pub(super) fn named(name: &str) -> Option<Stage> {
        [Stage::Future, Stage::Active, Stage::Closed]
            .into_iter()
            .find(|stage| stage.name().eq_ignore_ascii_case(name))
    }
}

impl Sprint {
    /// The sprints that the sandbox begins with.
    pub(super) fn sample() -> Vec<Sprint> {
        let row = |id, board, state, name: &str, times: [&str; 3], goal: &str| {
            let [start, end, completed] = times.map(|text| text.parse().ok());
            Sprint {
                id,
                board,
                state,
                name: name.to_owned(),
                start,
                end,
                completed,
                activated: start,
                goal: goal.to_owned(),
                sequence: id,
            }
        };
        vec![
            row(
                31,
                4,
                Stage::Closed,
                "Shop Sprint 11",
                [
                    "2026-05-04T08:00:00Z",
                    "2026-05-18T15:00:00Z",
                    "2026-05-18T15:12:09.412Z",
                ],
                "A cart that forgets nothing",
            ),
            row(
                32,
                4,
                Stage::Active,
                "Shop Sprint 12",
                ["2026-05-18T16:00:00Z", "2026-06-01T15:00:00Z", ""],
                "Guest checkout, end to end",
            ),
            row(33, 4, Stage::Future, "Shop Sprint 13", ["", "", ""], ""),
            row(
                41,
                7,
                Stage::Active,
                "Infra Cycle 8",
                ["2026-05-11T08:00:00Z", "2026-06-08T15:00:00Z", ""],
                "Fewer pages at night",
            ),
        ]
    }

    /// The sprint as the Agile add-on of Jira 8 prints it into issues.
    pub(super) fn text(&self) -> String {
        let moment = |moment: Option<DateTime<Utc>>| moment.map_or("<null>".to_owned(), time);
        format!(
            "com.atlassian.greenhopper.service.sprint.Sprint@{:x}[id={},rapidViewId={},state={},\
             name={},startDate={},endDate={},completeDate={},activatedDate={},sequence={},goal={},\
             autoStartStop=false,synced=false]",
            0x3f1a_20c7 + self.id * 7_919,
            self.id,
            self.board,
            self.state.name().to_uppercase(),
            self.name,
            moment(self.start),
            moment(self.end),
            moment(self.completed),
            moment(self.activated),
            self.sequence,
            self.goal,
        )
    }

    /// The sprint as the agile resources show it; what is not known is left out.
    pub(super) fn render(&self, base: &str) -> Value {
        let mut sprint = json!({
            "id": self.id,
            "self": format!("{base}/rest/agile/1.0/sprint/{}", self.id),
            "state": self.state.name(),
            "name": self.name,
            "originBoardId": self.board,
            "goal": self.goal,
            "synced": false,
            "autoStartStop": false,
        });
        if let Some(map) = sprint.as_object_mut() {
            for (name, moment) in [
                ("startDate", self.start),
                ("endDate", self.end),
                ("completeDate", self.completed),
                ("activatedDate", self.activated),
            ] {
                if let Some(moment) = moment {
                    map.insert(name.to_owned(), json!(time(moment)));
                }
            }
        }
        sprint
    }
}

/// A moment as the agile resources write it.
fn time(moment: DateTime<Utc>) -> String {
    moment.format("%Y-%m-%dT%H:%M:%S%.3fZ").to_string()
}

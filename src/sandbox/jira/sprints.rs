//! The sprints of the sample boards, in the odd notation that the Agile add-on sends.

/// A sprint.
pub(super) struct Sprint {
    pub(super) id: u64,
    board: u64,
    pub(super) state: &'static str,
    pub(super) name: &'static str,
    start: &'static str,
    end: &'static str,
    completed: &'static str,
    goal: &'static str,
}

static SPRINTS: &[Sprint] = &[
    Sprint {
        id: 31,
        board: 4,
        state: "CLOSED",
        name: "Shop Sprint 11",
        start: "2026-05-04T08:00:00.000Z",
        end: "2026-05-18T15:00:00.000Z",
        completed: "2026-05-18T15:12:09.412Z",
        goal: "A cart that forgets nothing",
    },
    Sprint {
        id: 32,
        board: 4,
        state: "ACTIVE",
        name: "Shop Sprint 12",
        start: "2026-05-18T16:00:00.000Z",
        end: "2026-06-01T15:00:00.000Z",
        completed: "<null>",
        goal: "Guest checkout, end to end",
    },
    Sprint {
        id: 33,
        board: 4,
        state: "FUTURE",
        name: "Shop Sprint 13",
        start: "<null>",
        end: "<null>",
        completed: "<null>",
        goal: "",
    },
    Sprint {
        id: 41,
        board: 7,
        state: "ACTIVE",
        name: "Infra Cycle 8",
        start: "2026-05-11T08:00:00.000Z",
        end: "2026-06-08T15:00:00.000Z",
        completed: "<null>",
        goal: "Fewer pages at night",
    },
];

/// Finds a sprint.
pub(super) fn by_id(id: u64) -> Option<&'static Sprint> {
    SPRINTS.iter().find(|sprint| sprint.id == id)
}

/// Finds a sprint by id or name.
pub(super) fn named(wanted: &str) -> Option<&'static Sprint> {
    SPRINTS
        .iter()
        .find(|sprint| sprint.id.to_string() == wanted || sprint.name.eq_ignore_ascii_case(wanted))
}

/// All sprints.
pub(super) fn all() -> impl Iterator<Item = &'static Sprint> {
    SPRINTS.iter()
}

impl Sprint {
    /// The sprint as the Agile add-on of Jira 8 prints it.
    pub(super) fn text(&self) -> String {
        format!(
            "com.atlassian.greenhopper.service.sprint.Sprint@{:x}[id={},rapidViewId={},state={},\
             name={},startDate={},endDate={},completeDate={},activatedDate={},sequence={},goal={},\
             autoStartStop=false,synced=false]",
            0x3f1a_20c7 + self.id * 7_919,
            self.id,
            self.board,
            self.state,
            self.name,
            self.start,
            self.end,
            self.completed,
            self.start,
            self.id,
            self.goal,
        )
    }
}

//! What a comparison finds: changes, and pairs of components that are compared on their own.

use super::{ChangeKind, document::Place};

/// Which way a value travels.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Direction {
    /// From the client, which goes on sending what the old document allows.
    Request,
    /// To the client, which reads what the old document promises.
    Response,
}

impl Direction {
    /// What it means that fewer values are allowed.
    pub(super) fn narrowed(self) -> ChangeKind {
        match self {
            Self::Request => ChangeKind::Breaking,
            Self::Response => ChangeKind::Additive,
        }
    }

    /// What it means that more values are allowed.
    pub(super) fn widened(self) -> ChangeKind {
        match self {
            Self::Request => ChangeKind::Additive,
            Self::Response => ChangeKind::Breaking,
        }
    }
}

/// Where in an operation a comparison is.
#[derive(Clone)]
pub(super) struct Scope {
    /// The part of the operation, such as `response 200`; empty for the operation itself.
    pub(super) context: String,
    /// Which way the part travels.
    pub(super) direction: Direction,
    /// How many schemas the comparison is within, since the last pair that was left to itself.
    pub(super) depth: usize,
}

impl Scope {
    pub(super) fn new(context: impl Into<String>, direction: Direction) -> Self {
        Self {
            context: context.into(),
            direction,
            depth: 0,
        }
    }
}

/// A change, before it is known who reaches it.
pub(super) struct Finding {
    pub(super) kind: ChangeKind,
    pub(super) pointer: String,
    /// The pointer of the component that changed; none if it is the operation's own part.
    pub(super) component: Option<String>,
    pub(super) context: String,
    pub(super) direction: Direction,
    pub(super) text: String,
}

/// What a component is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Part {
    Schema(Direction),
    Parameter,
    Body,
    Response,
}

/// A component and what stands in its place in the new document.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Link {
    pub(super) part: Part,
    pub(super) old: String,
    pub(super) new: String,
}

/// The outcome of a comparison.
#[derive(Default)]
pub(super) struct Found {
    pub(super) findings: Vec<Finding>,
    pub(super) links: Vec<Link>,
}

impl Found {
    /// A change of something that the old document has.
    pub(super) fn at(&mut self, old: &Place<'_>, scope: &Scope, kind: ChangeKind, text: String) {
        self.within(old.component(), old, scope, kind, text);
    }

    /// A change at a place that belongs to this component.
    pub(super) fn within(
        &mut self,
        component: Option<&str>,
        place: &Place<'_>,
        scope: &Scope,
        kind: ChangeKind,
        text: String,
    ) {
        self.findings.push(Finding {
            kind,
            pointer: place.pointer.clone(),
            component: component.map(str::to_owned),
            context: scope.context.clone(),
            direction: scope.direction,
            text,
        });
    }

    /// Leaves a pair to be compared on its own if the old one is a component or what a reference leads
    /// to. As such pairs are finite in number, so is a comparison of schemas that contain themselves.
    pub(super) fn link(&mut self, part: Part, old: &Place<'_>, new: &Place<'_>) -> bool {
        let is_shared = old.is_target || old.is_component();
        if is_shared {
            self.links.push(Link {
                part,
                old: old.pointer.clone(),
                new: new.pointer.clone(),
            });
        }
        is_shared
    }
}

//! How each kind of node is put beside one of the page, and what is looked at within it.

use std::ops::Range;

use super::{
    align::Alike,
    plan::{Node, Planner},
};
use crate::markup::document::{Block, Cell, Item, Row};

impl Alike for Block {
    fn may_become(&self, changed: &Self) -> bool {
        match (self, changed) {
            (Self::Code(one), Self::Code(other)) => one.kind == other.kind,
            (Self::Macro(one), Self::Macro(other)) => {
                one.name == other.name
                    && match (one.reference, other.reference) {
                        // Without its number it may be another macro.
                        (Some(_), None) => one.parameters == other.parameters,
                        (one, other) => one == other,
                    }
            }
            (Self::Raw(_), _) => false,
            _ => std::mem::discriminant(self) == std::mem::discriminant(changed),
        }
    }
}

impl Node for Block {
    fn outer(&self) -> Option<Range<usize>> {
        self.origin().outer()
    }

    fn plan_pair<'a>(&'a self, changed: &Self, planner: &mut Planner<'a, '_>) {
        match (self, changed) {
            (Self::Heading(base), Self::Heading(changed)) => {
                planner.line(&base.content, &changed.content);
            }
            (Self::Paragraph(base), Self::Paragraph(changed)) => {
                planner.line(&base.content, &changed.content);
            }
            (Self::List(base), Self::List(changed)) => planner.list(&base.items, &changed.items),
            (Self::Quote(base), Self::Quote(changed)) => {
                planner.list(&base.blocks, &changed.blocks);
            }
            (Self::Table(base), Self::Table(changed)) => planner.list(&base.rows, &changed.rows),
            (Self::Macro(base), Self::Macro(changed)) => planner.body(base, changed),
            _ => {}
        }
    }

    fn plan_fresh(&self, planner: &mut Planner<'_, '_>) {
        if planner.is_known(self) {
            return;
        }
        match self {
            Self::Heading(heading) => planner.line(&[], &heading.content),
            Self::Paragraph(paragraph) => planner.line(&[], &paragraph.content),
            Self::List(list) => planner.fresh(&list.items),
            Self::Quote(quote) => planner.fresh(&quote.blocks),
            Self::Table(table) => planner.fresh(&table.rows),
            Self::Macro(found) => planner.fresh_macro(found),
            Self::Code(_) | Self::Rule(_) | Self::Raw(_) => {}
        }
    }
}

impl Alike for Item {
    fn may_become(&self, _: &Self) -> bool {
        true
    }
}

impl Node for Item {
    fn outer(&self) -> Option<Range<usize>> {
        self.origin.outer()
    }

    fn plan_pair<'a>(&'a self, changed: &Self, planner: &mut Planner<'a, '_>) {
        planner.list(&self.blocks, &changed.blocks);
    }

    fn plan_fresh(&self, planner: &mut Planner<'_, '_>) {
        if !planner.is_known(self) {
            planner.fresh(&self.blocks);
        }
    }
}

impl Alike for Row {
    fn may_become(&self, _: &Self) -> bool {
        true
    }
}

impl Node for Row {
    fn outer(&self) -> Option<Range<usize>> {
        self.origin.outer()
    }

    fn plan_pair<'a>(&'a self, changed: &Self, planner: &mut Planner<'a, '_>) {
        planner.list(&self.cells, &changed.cells);
    }

    fn plan_fresh(&self, planner: &mut Planner<'_, '_>) {
        if !planner.is_known(self) {
            planner.fresh(&self.cells);
        }
    }
}

impl Alike for Cell {
    const BY_PLACE: bool = true;

    fn may_become(&self, _: &Self) -> bool {
        true
    }
}

impl Node for Cell {
    fn outer(&self) -> Option<Range<usize>> {
        self.origin.outer()
    }

    fn plan_pair<'a>(&'a self, changed: &Self, planner: &mut Planner<'a, '_>) {
        planner.list(&self.blocks, &changed.blocks);
    }

    fn plan_fresh(&self, planner: &mut Planner<'_, '_>) {
        planner.fresh(&self.blocks);
    }
}

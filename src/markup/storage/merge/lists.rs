//! Lists that changed: their kind, or which of their items are tasks.

use super::{
    align::Step,
    merger::Merger,
    tag::{rename, set_attribute},
    written::Written,
};
use crate::markup::{
    document::{Item, List, ListKind},
    storage::write::list_start,
};

impl Merger<'_> {
    pub(super) fn merge_list(&mut self, base: &List, changed: &List) -> String {
        let inner = base.origin.inner().unwrap_or_default();
        let is_task = |item: &Item| item.done.is_some();
        let had_tasks = base.items.first().is_some_and(is_task);
        if changed.items.iter().any(|item| is_task(item) != had_tasks) {
            return self.mixed_list(base, changed, had_tasks);
        }
        let (start, end) = self.list_tags(base, changed.kind, had_tasks);
        let content = self.list(inner, &base.items, &changed.items);
        format!("{start}{content}{end}")
    }

    /// The tags of a list, which may be of another kind now.
    fn list_tags(&self, base: &List, kind: ListKind, is_task: bool) -> (String, String) {
        let (Some(outer), Some(inner)) = (base.origin.outer(), base.origin.inner()) else {
            let (start, end) = list_start(kind, 0, is_task);
            return (start, end.to_owned());
        };
        let start = self.text(outer.start..inner.start);
        let end = self.text(inner.end..outer.end);
        if base.kind == kind || is_task {
            return (start.to_owned(), end.to_owned());
        }
        let (name, first) = match kind {
            ListKind::Bullet => ("ul", None),
            ListKind::Ordered(1) => ("ol", None),
            ListKind::Ordered(first) => ("ol", Some(first.to_string())),
        };
        let start = set_attribute(&rename(start, name), "start", first.as_deref());
        (start, rename(end, name))
    }

    /// Items of both kinds: each run of a kind is a list.
    fn mixed_list(&mut self, base: &List, changed: &List, had_tasks: bool) -> String {
        let mut items = Vec::new();
        for step in self.plan.steps(base.items.len(), &changed.items) {
            let (item, source) = match step {
                Step::Drop { .. } => continue,
                Step::Keep {
                    base: place,
                    changed: other,
                } => {
                    let one = base.items.get(place);
                    let source = one.and_then(Written::outer).map(|outer| self.text(outer));
                    (
                        changed.items.get(other),
                        source.unwrap_or_default().to_owned(),
                    )
                }
                Step::Pair {
                    base: place,
                    changed: other,
                } => {
                    let (one, other) = (base.items.get(place), changed.items.get(other));
                    let merged = one.zip(other).map(|(one, other)| one.merge(other, self));
                    (other, merged.unwrap_or_default())
                }
                Step::Fresh { changed: place } => {
                    let new = changed.items.get(place);
                    let fresh = new.map(|new| new.fresh(self));
                    (new, fresh.unwrap_or_default())
                }
            };
            items.push((item.is_some_and(|item| item.done.is_some()), source));
        }
        let mut out = String::new();
        let mut before = 0_u32;
        let mut known = Some(self.list_tags(base, changed.kind, had_tasks));
        for run in items.chunk_by(|one, other| one.0 == other.0) {
            let is_task = run.first().is_some_and(|item| item.0);
            let tags = if is_task == had_tasks {
                known.take()
            } else {
                None
            };
            let (start, end) = tags.unwrap_or_else(|| {
                let (start, end) = list_start(changed.kind, before, is_task);
                (start, end.to_owned())
            });
            out.push_str(&start);
            run.iter().for_each(|(_, source)| out.push_str(source));
            out.push_str(&end);
            before = before.saturating_add(u32::try_from(run.len()).unwrap_or(u32::MAX));
        }
        out
    }
}

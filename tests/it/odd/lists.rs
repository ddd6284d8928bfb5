//! Lists in pages from a server that lies about them.

use atlassian_bridge::client::paging::{self, Limit, Page, Position};
use futures_util::TryStreamExt;
use proptest::prelude::*;

use super::{try_all, wait};

/// A page with any number of items that says anything of itself.
#[derive(Debug, Clone)]
struct Lie {
    start: Option<i64>,
    maximum: Option<i64>,
    total: Option<i64>,
    is_last: Option<bool>,
    next: Option<String>,
    count: usize,
}

impl Page for Lie {
    type Item = ();

    fn position(&self) -> Position<'_> {
        Position {
            start: self.start,
            maximum: self.maximum,
            total: self.total,
            is_last: self.is_last,
            next: self.next.as_deref(),
        }
    }

    fn into_items(self) -> Vec<()> {
        vec![(); self.count]
    }
}

fn number() -> impl Strategy<Value = Option<i64>> {
    prop_oneof![
        2 => Just(None),
        3 => (-5_i64..200).prop_map(Some),
        1 => prop::sample::select(vec![i64::MIN, i64::MAX, i64::MAX - 1]).prop_map(Some),
    ]
}

fn lie() -> impl Strategy<Value = Lie> {
    let next = prop_oneof![
        Just(None),
        any::<String>().prop_map(Some),
        any::<i64>().prop_map(|start| Some(format!("/rest/api/content?limit=2&start={start}"))),
    ];
    let is_last = prop_oneof![Just(None), Just(Some(false)), Just(Some(true))];
    let page = (number(), number(), number(), is_last, next, 0_usize..60);
    page.prop_map(|(start, maximum, total, is_last, next, count)| Lie {
        start,
        maximum,
        total,
        is_last,
        next,
        count,
    })
}

#[test]
fn a_list_ends_at_its_limit_and_never_stands_still() {
    let limits = (
        prop_oneof![-5_i64..60, Just(i64::MAX), Just(i64::MIN)],
        0_u64..300,
    );
    let lies = prop::collection::vec(lie(), 1..8);
    try_all(1_000, &(limits, lies), |((page, items), lies)| {
        let limit = Limit {
            page,
            items: Some(items),
        };
        let mut asked = Vec::new();
        let outcome = wait(async {
            // What it told last it tells for ever.
            let walk = paging::items(limit, |window| {
                let lie = lies[asked.len().min(lies.len() - 1)].clone();
                asked.push(window);
                async { Ok(lie) }
            });
            walk.try_collect::<Vec<()>>().await
        });
        prop_assert!(outcome.unwrap().len() as u64 <= items);
        prop_assert!(asked.iter().all(|window| window.maximum > 0));
        let goes_on = |pair: &[paging::Window]| pair[0].start < pair[1].start;
        prop_assert!(asked.windows(2).all(goes_on), "{asked:?}");
        Ok(())
    });
}

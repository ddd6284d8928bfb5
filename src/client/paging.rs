//! Lists that come in pages, as streams of their items.
//!
//! The server is believed, not the question: it may start elsewhere, send fewer than asked for, and
//! say in three ways that there is more. [`items`] deals with all of them.

use std::collections::VecDeque;

use futures_util::{Stream, stream};

use crate::client::ApiError;

/// How many items a page is asked for unless said otherwise; both products send as many by default
/// or more.
const PAGE: i64 = 50;

/// How far to go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limit {
    /// How many items to ask for with each page.
    pub page: i64,
    /// How many items to give in all; every one if `None`.
    pub items: Option<u64>,
}

impl Default for Limit {
    /// Every item, in pages of 50.
    fn default() -> Self {
        Self {
            page: PAGE,
            items: None,
        }
    }
}

impl Limit {
    /// So many items at most.
    pub fn items(items: u64) -> Self {
        Self {
            items: Some(items),
            ..Self::default()
        }
    }
}

/// Which page to ask for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Window {
    /// The index of the first item: `startAt` of Jira, `start` of Confluence.
    pub start: i64,
    /// How many items at most: `maxResults` of Jira, `limit` of Confluence.
    pub maximum: i64,
}

/// What a page says of itself. All of it may be missing.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Position<'a> {
    /// The index of its first item.
    pub start: Option<i64>,
    /// How many items it could have held, after the server's own limit.
    pub maximum: Option<i64>,
    /// How many items all pages have.
    pub total: Option<i64>,
    /// Whether it is the last one.
    pub is_last: Option<bool>,
    /// The address of the next one.
    pub next: Option<&'a str>,
}

/// A page of a list, as the generated types have them.
pub trait Page {
    /// What the list is of.
    type Item;

    /// Where the page stands among the others.
    fn position(&self) -> Position<'_>;

    /// The items of the page.
    fn into_items(self) -> Vec<Self::Item>;
}

/// A bare list says nothing of itself: it ends with the first page that is not full.
impl<T> Page for Vec<T> {
    type Item = T;

    fn position(&self) -> Position<'_> {
        Position::default()
    }

    fn into_items(self) -> Vec<T> {
        self
    }
}

/// The items of all pages, in the order of the server, asked for as they are wanted.
///
/// After an error the stream ends. An item that is added or removed on the server meanwhile may be
/// given twice or be missing, as with any list in pages.
///
/// ```no_run
/// use std::pin::pin;
///
/// use atlassian_bridge::client::{ask, paging::{self, Limit}};
/// use futures_util::TryStreamExt;
///
/// # async fn example(confluence: atlassian_bridge::api::confluence::Client)
/// # -> Result<(), atlassian_bridge::client::ApiError> {
/// let mut spaces = pin!(paging::items(Limit::items(500), |window| {
///     ask(confluence.list_spaces().start(window.start).limit(window.maximum).send())
/// }));
/// while let Some(space) = spaces.try_next().await? {
///     println!("{}", space.key.unwrap_or_default());
/// }
/// # Ok(())
/// # }
/// ```
pub fn items<P, F, A>(limit: Limit, ask_page: F) -> impl Stream<Item = Result<P::Item, ApiError>>
where
    P: Page,
    F: FnMut(Window) -> A,
    A: Future<Output = Result<P, ApiError>>,
{
    let walk = Walk {
        ask_page,
        page: limit.page.max(1),
        left: limit.items,
        start: 0,
        received: VecDeque::new(),
        is_over: false,
    };
    stream::unfold(walk, |mut walk| async {
        let item = walk.next().await?;
        Some((item, walk))
    })
}

struct Walk<F, T> {
    ask_page: F,
    page: i64,
    /// How many items may still be given.
    left: Option<u64>,
    /// Where the next page starts.
    start: i64,
    received: VecDeque<T>,
    is_over: bool,
}

impl<T, F> Walk<F, T> {
    async fn next<P, A>(&mut self) -> Option<Result<T, ApiError>>
    where
        P: Page<Item = T>,
        F: FnMut(Window) -> A,
        A: Future<Output = Result<P, ApiError>>,
    {
        if self.left == Some(0) {
            return None;
        }
        if self.received.is_empty() && !self.is_over {
            let window = self.window();
            match (self.ask_page)(window).await {
                Ok(page) => self.take(page),
                Err(error) => {
                    self.is_over = true;
                    return Some(Err(error));
                }
            }
        }
        let item = self.received.pop_front()?;
        if let Some(left) = &mut self.left {
            *left -= 1;
        }
        Some(Ok(item))
    }

    fn window(&self) -> Window {
        let left = self.left.and_then(|left| i64::try_from(left).ok());
        Window {
            start: self.start,
            maximum: left.map_or(self.page, |left| left.min(self.page)),
        }
    }

    fn take<P: Page<Item = T>>(&mut self, page: P) {
        let asked = self.window();
        let Position {
            start,
            maximum,
            total,
            is_last,
            next,
        } = page.position();
        let next = next.and_then(start_of);
        let items = page.into_items();
        let count = i64::try_from(items.len()).unwrap_or(i64::MAX);
        // Where the server starts is what counts: one that does not know paging starts at the front
        // each time, and what it sent before is not sent again.
        let start = start.unwrap_or(asked.start);
        let known = asked.start.saturating_sub(start).clamp(0, count);
        self.received = items
            .into_iter()
            .skip(usize::try_from(known).unwrap_or_default())
            .collect();
        let end = start.saturating_add(count);
        self.start = next.unwrap_or(end).max(end);
        // A page with nothing new is the end, whatever it says: the next one would be no better. And
        // where no number is left for the next start, the same page would come again.
        let is_full = count >= maximum.unwrap_or(asked.maximum);
        self.is_over = self.received.is_empty()
            || self.start <= asked.start
            || match (is_last, total) {
                (Some(is_last), _) => is_last,
                (None, Some(total)) => end >= total,
                (None, None) => !is_full,
            };
    }
}

/// Where the next page starts, from its address: some items that count may not be shown.
fn start_of(next: &str) -> Option<i64> {
    let (_, query) = next.split_once('?')?;
    let pairs = url::form_urlencoded::parse(query.as_bytes());
    let mut starts = pairs.filter(|(key, _)| key == "start");
    starts.next()?.1.parse().ok()
}

#[cfg(test)]
mod tests {
    use std::pin::pin;

    use futures_util::{StreamExt, TryStreamExt};

    use super::*;
    use crate::client::ApiErrorKind;

    /// A page of numbers with what it says of itself.
    struct Numbers(Position<'static>, Vec<i64>);

    impl Page for Numbers {
        type Item = i64;
        fn position(&self) -> Position<'_> {
            self.0
        }
        fn into_items(self) -> Vec<i64> {
            self.1
        }
    }

    /// Walks through a server that answers so; returns the items and the questions.
    async fn walk(limit: Limit, answer: impl Fn(Window) -> Numbers) -> (Vec<i64>, Vec<(i64, i64)>) {
        let mut asked = Vec::new();
        let all = items(limit, |window| {
            asked.push((window.start, window.maximum));
            assert!(asked.len() < 20, "it does not end: {asked:?}");
            let page = answer(window);
            async { Ok(page) }
        });
        let all = all.try_collect().await.unwrap();
        (all, asked)
    }

    /// Numbers below `end` as a server sends them that caps pages at `cap`.
    fn numbers(window: Window, cap: i64, end: i64) -> Vec<i64> {
        let last = (window.start + window.maximum.min(cap)).min(end);
        (window.start..last).collect()
    }

    #[tokio::test]
    async fn a_lower_cap_of_the_server_is_believed() {
        let (all, asked) = walk(
            Limit {
                page: 100,
                items: None,
            },
            |window| {
                let position = Position {
                    start: Some(window.start),
                    maximum: Some(20),
                    total: Some(45),
                    ..Position::default()
                };
                Numbers(position, numbers(window, 20, 45))
            },
        )
        .await;
        assert_eq!(all, (0..45).collect::<Vec<_>>());
        assert_eq!(asked, [(0, 100), (20, 100), (40, 100)]);
    }

    #[tokio::test]
    async fn the_last_page_of_agile_ends_it_without_a_total() {
        let (all, asked) = walk(
            Limit {
                page: 2,
                items: None,
            },
            |window| {
                let position = Position {
                    start: Some(window.start),
                    is_last: Some(window.start >= 2),
                    ..Position::default()
                };
                Numbers(position, numbers(window, 2, 4))
            },
        )
        .await;
        assert_eq!(all, [0, 1, 2, 3]);
        assert_eq!(asked.len(), 2);
    }

    #[tokio::test]
    async fn the_next_link_of_confluence_tells_where_to_go_on() {
        let (all, asked) = walk(
            Limit {
                page: 3,
                items: None,
            },
            |window| {
                // One of the first three may not be shown.
                let position = Position {
                    start: Some(window.start),
                    maximum: Some(3),
                    is_last: Some(window.start == 3),
                    next: (window.start == 0).then_some("/rest/api/content?limit=3&start=3"),
                    ..Position::default()
                };
                let shown = numbers(window, 3, 5)
                    .into_iter()
                    .filter(|number| *number != 1);
                Numbers(position, shown.collect())
            },
        )
        .await;
        assert_eq!(all, [0, 2, 3, 4]);
        assert_eq!(asked, [(0, 3), (3, 3)]);
    }

    #[tokio::test]
    async fn an_empty_page_ends_it_whatever_it_says() {
        let (all, asked) = walk(Limit::default(), |_| {
            let position = Position {
                total: Some(1000),
                is_last: Some(false),
                next: Some("/rest/api/content?start=50"),
                ..Position::default()
            };
            Numbers(position, Vec::new())
        })
        .await;
        assert_eq!((all.len(), asked.len()), (0, 1));
    }

    #[tokio::test]
    async fn a_server_that_always_starts_at_the_front_is_heard_once() {
        let (all, asked) = walk(
            Limit {
                page: 2,
                items: None,
            },
            |_| {
                let position = Position {
                    start: Some(0),
                    total: Some(9),
                    ..Position::default()
                };
                Numbers(position, vec![0, 1, 2])
            },
        )
        .await;
        assert_eq!(all, [0, 1, 2]);
        assert_eq!(asked.len(), 2);
    }

    #[tokio::test]
    async fn a_limit_ends_it_and_asks_for_no_more_than_it_needs() {
        let (all, asked) = walk(
            Limit {
                page: 3,
                items: Some(5),
            },
            |window| Numbers(Position::default(), numbers(window, 3, 100)),
        )
        .await;
        assert_eq!(all, [0, 1, 2, 3, 4]);
        assert_eq!(asked, [(0, 3), (3, 2)]);
        let (none, asked) = walk(Limit::items(0), |_| unreachable!()).await;
        assert_eq!((none.len(), asked.len()), (0, 0));
    }

    #[tokio::test]
    async fn an_error_is_given_and_ends_it() {
        let failing = items(Limit::default(), |_| async {
            Err::<Vec<i64>, _>(ApiError::of_call(None, ApiErrorKind::TimedOut))
        });
        let outcomes: Vec<_> = pin!(failing).collect().await;
        assert!(matches!(outcomes.as_slice(), [Err(_)]));
    }
}

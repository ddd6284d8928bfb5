//! Lists in pages, asked for with the generated clients.

use atlassian_bridge::{
    client::{
        self, ApiError, ask,
        paging::{self, Limit},
    },
    config::SiteSettings,
};
use futures_util::{Stream, TryStreamExt};

use crate::site::{Reply, Site, json};

/// Pages of two.
const LIMIT: Limit = Limit {
    page: 2,
    items: None,
};

async fn start(pages: &[&str]) -> (Site, client::Site) {
    let replies: Vec<Reply> = pages.iter().map(|page| json(200, page)).collect();
    let site = Site::start(replies).await;
    let settings = SiteSettings::new(site.url.parse().unwrap());
    (site, client::Site::new(settings))
}

/// What identifies each item.
async fn all<T>(
    items: impl Stream<Item = Result<T, ApiError>>,
    name: impl Fn(T) -> Option<String>,
) -> Vec<String> {
    let items: Vec<T> = items.try_collect().await.unwrap();
    items.into_iter().filter_map(name).collect()
}

#[tokio::test]
async fn issues_of_jira_end_with_their_total() {
    let (site, client) = start(&[
        r#"{"startAt": 0, "maxResults": 2, "total": 3, "issues": [{"key": "A-1"}, {"key": "A-2"}]}"#,
        r#"{"startAt": 2, "maxResults": 2, "total": 3, "issues": [{"key": "A-3"}]}"#,
    ])
    .await;
    let jira = client.jira().unwrap();
    let issues = paging::items(LIMIT, |window| {
        let request = jira.search_issues().jql("project = A");
        let request = request.start_at(window.start).max_results(window.maximum);
        ask(request.send())
    });
    assert_eq!(all(issues, |issue| issue.key).await, ["A-1", "A-2", "A-3"]);
    assert_eq!(
        site.lines(),
        [
            "GET /base/rest/api/2/search?jql=project+%3D+A&maxResults=2&startAt=0 HTTP/1.1",
            "GET /base/rest/api/2/search?jql=project+%3D+A&maxResults=2&startAt=2 HTTP/1.1",
        ]
    );
}

#[tokio::test]
async fn boards_end_with_the_page_that_says_so() {
    let (site, client) = start(&[
        r#"{"startAt": 0, "maxResults": 2, "isLast": false, "values": [{"name": "a"}, {"name": "b"}]}"#,
        r#"{"startAt": 2, "maxResults": 2, "isLast": true, "values": [{"name": "c"}, {"name": "d"}]}"#,
    ])
    .await;
    let agile = client.agile().unwrap();
    let boards = paging::items(LIMIT, |window| {
        let request = agile.list_boards();
        let request = request.start_at(window.start).max_results(window.maximum);
        ask(request.send())
    });
    assert_eq!(all(boards, |board| board.name).await, ["a", "b", "c", "d"]);
    assert_eq!(
        site.lines(),
        [
            "GET /base/rest/agile/1.0/board?maxResults=2&startAt=0 HTTP/1.1",
            "GET /base/rest/agile/1.0/board?maxResults=2&startAt=2 HTTP/1.1",
        ]
    );
}

/// One space of the first page is hidden; the link knows where the next page starts.
#[tokio::test]
async fn spaces_of_confluence_go_on_where_the_link_says() {
    let (site, client) = start(&[
        r#"{"start": 0, "limit": 2, "size": 1, "results": [{"key": "A"}], "_links": {"next": "/rest/api/space?limit=2&start=2"}}"#,
        r#"{"start": 2, "limit": 2, "size": 2, "results": [{"key": "B"}, {"key": "C"}], "_links": {"base": "https://wiki.example.com"}}"#,
    ])
    .await;
    let confluence = client.confluence().unwrap();
    let spaces = paging::items(LIMIT, |window| {
        let request = confluence.list_spaces();
        ask(request.start(window.start).limit(window.maximum).send())
    });
    assert_eq!(all(spaces, |space| space.key).await, ["A", "B", "C"]);
    assert_eq!(
        site.lines(),
        [
            "GET /base/rest/api/space?limit=2&start=0 HTTP/1.1",
            "GET /base/rest/api/space?limit=2&start=2 HTTP/1.1",
        ]
    );
}

//! Edits of a page: what they change in Confluence, and what they leave as it was.

use rmcp::model::CallToolResult;
use serde_json::{Value, json};

use crate::{
    client::{call, settings, text},
    demo::Demo,
    site::{Reply, Site, json as json_answer},
};

const HOW_TO_BEGIN: &str = "65602";

fn page(version: i64, body: &str) -> String {
    json!({
        "id": "7", "type": "page", "title": "T", "space": {"key": "DEMO"},
        "version": {"number": version},
        "body": {"storage": {"value": body, "representation": "storage"}},
    })
    .to_string()
}

/// What was sent as the page's next version.
fn sent(site: &Site) -> Value {
    let requests = site.requests();
    let (head, body) = requests.last().unwrap().split_once("\r\n\r\n").unwrap();
    assert!(head.starts_with("PUT "), "{head}");
    serde_json::from_str(body).unwrap()
}

const BEFORE: &str = r#"<h2>One</h2><p class="x">Old <ac:structured-macro ac:name="status" ac:macro-id="4f"/> text.</p><h2>Two</h2><p>Else&nbsp;where.</p>"#;

fn edit() -> Value {
    json!({
        "page_id": 7, "expected_version": 3,
        "edits": [{"op": "replace_text", "section": "One", "find": "Old", "replace": "New & better"}],
    })
}

/// A site with these replies, and what became of the edit there.
async fn edit_on(replies: Vec<Reply>) -> (Site, CallToolResult) {
    let site = Site::start(replies).await;
    let result = call(&settings(&site.url, &[]), "confluence_edit_page", edit()).await;
    (site, result)
}

#[tokio::test]
async fn all_but_the_edited_place_is_sent_as_it_was() {
    let replies = vec![
        json_answer(200, &page(3, BEFORE)),
        json_answer(200, &page(4, "")),
    ];
    let (site, result) = edit_on(replies).await;
    assert_ne!(result.is_error, Some(true), "{}", text(&result));
    let sent = sent(&site);
    assert_eq!(sent["version"]["number"], 4);
    assert_eq!(
        sent["body"]["storage"]["value"],
        BEFORE.replace("Old", "New &amp; better")
    );
}

#[tokio::test]
async fn an_edit_is_made_again_if_somebody_saved_another_place() {
    let newer = BEFORE.replace("Else", "Someone else");
    let replies = vec![
        json_answer(200, &page(3, BEFORE)),
        json_answer(
            409,
            r#"{"statusCode": 409, "message": "Version must be incremented"}"#,
        ),
        json_answer(200, &page(4, &newer)),
        json_answer(200, &page(5, "")),
    ];
    let (site, result) = edit_on(replies).await;
    assert_ne!(result.is_error, Some(true), "{}", text(&result));
    let sent = sent(&site);
    assert_eq!(sent["version"]["number"], 5);
    assert_eq!(
        sent["body"]["storage"]["value"],
        newer.replace("Old", "New &amp; better")
    );
}

#[tokio::test]
async fn an_edit_is_not_made_where_somebody_changed_the_same_place() {
    let newer = BEFORE.replace("Old ", "Ancient ");
    let replies = vec![
        json_answer(200, &page(3, BEFORE)),
        json_answer(
            409,
            r#"{"statusCode": 409, "message": "Version must be incremented"}"#,
        ),
        json_answer(200, &page(4, &newer)),
    ];
    let (site, result) = edit_on(replies).await;
    assert_eq!(result.is_error, Some(true));
    insta::assert_snapshot!(text(&result), @r#"Page 7 is at version 4 by now: edit 1 (replace_text): somebody else changed the section "One": "Old" is not there; give it exactly as it is shown, and from one paragraph. Nothing was written. Read it again and repeat the edit on that version."#);
    assert_eq!(site.requests().len(), 3, "nothing was sent after that");
}

#[tokio::test]
async fn a_newer_page_is_compared_with_the_one_that_was_read() {
    let newer = BEFORE.replace("Else", "Someone else");
    let replies = vec![
        json_answer(200, &page(5, &newer)),
        json_answer(200, &page(3, BEFORE)),
        json_answer(200, &page(6, "")),
    ];
    let (site, result) = edit_on(replies).await;
    assert_ne!(result.is_error, Some(true), "{}", text(&result));
    assert!(
        site.lines()[1].contains("status=historical"),
        "{:?}",
        site.lines()
    );
    assert!(site.lines()[1].contains("version=3"), "{:?}", site.lines());
    assert_eq!(sent(&site)["version"]["number"], 6);
}

#[tokio::test]
async fn a_page_of_the_sandbox_is_read_by_section_and_edited() {
    let demo = Demo::start().await;
    let outline = demo
        .view(
            "confluence_get_page_outline",
            json!({"page_id": HOW_TO_BEGIN}),
        )
        .await;
    let titles: Vec<&str> = outline["sections"]
        .as_array()
        .unwrap()
        .iter()
        .map(|section| section["title"].as_str().unwrap())
        .collect();
    assert!(titles.contains(&"Run the shop"), "{titles:?}");

    let edits = json!([
        {"op": "set_task", "task": "Run the shop on your machine", "done": true},
        {"op": "insert_after", "section": "Run the shop", "markdown": "## Stop it\n\n`make down`, says @mfenwick."},
        {"op": "replace_text", "find": "five days", "replace": "a week"},
    ]);
    let arguments = json!({"page_id": HOW_TO_BEGIN, "edits": edits, "dry_run": true});
    let dry = demo.result("confluence_edit_page", arguments).await;
    insta::assert_snapshot!(text(&dry), @r#"
    Dry run, nothing was written: what would change in version 3 of page 65602
    <untrusted from="Confluence">
    @@ -3,10 +3,10 @@
     ## Before your first day
     
    -Ask @mfenwick for a laptop – it takes about five days.
    +Ask @mfenwick for a laptop – it takes about a week.
     
     ## Your first week
     
     - [x] Get access to the code
    -- [ ] Run the shop on your machine until <time datetime="2026-06-05"/>
    +- [x] Run the shop on your machine until <time datetime="2026-06-05"/>
     - [ ] Change something small, @demo reviews it
     
    @@ -18,2 +18,6 @@
     curl -s http://localhost:8080/health | grep '"ok"' && echo "ready <3"
     ```
    +
    +## Stop it
    +
    +`make down`, says @mfenwick.
    </untrusted>
    "#);

    let before = demo.storage(HOW_TO_BEGIN).await;
    demo.view(
        "confluence_edit_page",
        json!({"page_id": HOW_TO_BEGIN, "edits": edits}),
    )
    .await;
    let after = demo.storage(HOW_TO_BEGIN).await;
    let lines = |text: &str| -> Vec<String> { text.lines().map(str::to_owned).collect() };
    let (before, after) = (lines(&before), lines(&after));
    let changed: Vec<&String> = after.iter().filter(|line| !before.contains(line)).collect();
    insta::assert_debug_snapshot!(changed, @r#"
    [
        "<p>Ask <ac:link><ri:user ri:userkey=\"8a7f808a6b1c2d3e016b1c2d40000002\" /></ac:link> for a laptop&nbsp;&ndash; it takes about a week.</p>",
        "<ac:task><ac:task-id>2</ac:task-id><ac:task-status>complete</ac:task-status><ac:task-body>Run the shop on your machine until <time datetime=\"2026-06-05\" /></ac:task-body></ac:task>",
        "]]></ac:plain-text-body></ac:structured-macro><h2>Stop it</h2><p><code>make down</code>, says <ac:link><ri:user ri:userkey=\"8a7f808a6b1c2d3e016b1c2d40000002\" /></ac:link>.</p>",
    ]
    "#);

    let read = demo
        .view(
            "confluence_get_page",
            json!({"page_id": HOW_TO_BEGIN, "section": "Stop it"}),
        )
        .await;
    assert_eq!(read["body"], "## Stop it\n\n`make down`, says @mfenwick.");
}

#[tokio::test]
async fn markdown_that_was_read_is_written_back_without_a_change() {
    let demo = Demo::start().await;
    let found = demo
        .view(
            "confluence_search_pages",
            json!({"cql": "type = page", "limit": 100}),
        )
        .await;
    let pages = found["items"].as_array().unwrap();
    assert!(pages.len() > 20, "{found}");
    for page in pages {
        let id = page["id"].as_str().unwrap();
        let before = demo.storage(id).await;
        let read = demo
            .view("confluence_get_page", json!({"page_id": id}))
            .await;
        demo.view(
            "confluence_update_page",
            json!({"page_id": id, "body": read["body"]}),
        )
        .await;
        assert_eq!(demo.storage(id).await, before, "{}", page["title"]);
    }
}

#[tokio::test]
async fn a_section_that_is_not_there_is_answered_with_those_that_are() {
    let demo = Demo::start().await;
    let arguments = json!({"page_id": HOW_TO_BEGIN, "section": "Run a shop"});
    let said = demo.refusal("confluence_get_page", arguments).await;
    insta::assert_snapshot!(said, @r#"section: no section is called "Run a shop"; did you mean #3 "Run the shop"? The page has 3 in all"#);
    let arguments = json!({"page_id": HOW_TO_BEGIN, "edits": [{"op": "set_task", "task": "Fly", "done": true}]});
    let said = demo.refusal("confluence_edit_page", arguments).await;
    insta::assert_snapshot!(said, @r#"edit 1 (set_task): no task "Fly": there are 1 "Get access to the code", 2 "Run the shop on your machine until", 3 "Change something small, reviews it". Nothing was written."#);
    let arguments = json!({"page_id": HOW_TO_BEGIN, "body": "<ac-drawio ref=\"9\"/>"});
    let said = demo.refusal("confluence_update_page", arguments).await;
    insta::assert_snapshot!(said, @r#"body holds <ac-drawio ref="9"/>: the page has no macro with ref="9"; read the page again and leave its placeholders as they are, or write a new macro without `ref`; nothing was written"#);
}

#[tokio::test]
async fn a_long_page_is_read_in_parts() {
    let demo = Demo::start().await;
    let part = demo
        .view(
            "confluence_get_page",
            json!({"page_id": HOW_TO_BEGIN, "max_chars": 100}),
        )
        .await;
    let part = part["body"].as_str().unwrap();
    let (_, note) = part.rsplit_once("offset=").unwrap();
    let offset: usize = note.split(' ').next().unwrap().parse().unwrap();
    let rest = demo
        .view(
            "confluence_get_page",
            json!({"page_id": HOW_TO_BEGIN, "offset": offset}),
        )
        .await;
    assert!(rest["body"].as_str().unwrap().len() > 100);
}

//! Pictures for avatars, and lists of columns.

use super::*;
use crate::site::{Reply, answer, json};

const CROPPING: &str = r#"{"cropperWidth": 120, "url": "/secure/a?b&c", "needsCropping": true}"#;

fn picture() -> Upload {
    Upload::bytes("ä.png", "picture").content_type("image/png")
}

/// Stores a picture for a project; the width and address of what came of it.
async fn store(reply: Reply) -> Result<(Option<i64>, Option<String>), ApiError> {
    let site = Site::start(vec![reply]).await;
    let client = jira(&site);
    let cropping = client.store_project_temporary_avatar("DEMO", picture());
    let cropping = cropping.await?;
    Ok((cropping.cropper_width, cropping.url))
}

#[tokio::test]
async fn the_square_for_a_picture_comes_as_json_or_in_a_page() {
    let html = "content-type: text/html";
    let page = format!(
        "<html><body><textarea>{}</textarea></body></html>",
        CROPPING.replace('&', "&amp;").replace('"', "&quot;")
    );
    let plain = format!("<html><body>\n<textarea>{CROPPING}</textarea></body></html>");
    for reply in [
        json(201, CROPPING),
        answer(201, html, CROPPING),
        answer(200, html, page),
        answer(200, html, plain),
    ] {
        let expected = (Some(120), Some("/secure/a?b&c".to_owned()));
        assert_eq!(store(reply).await.unwrap(), expected);
    }
}

#[tokio::test]
async fn a_login_page_is_no_square() {
    let page = "<html><form><textarea>comment</textarea></form></html>";
    for page in [page, "<html></html>"] {
        let error = store(answer(200, "content-type: text/html", page)).await;
        let error = error.unwrap_err();
        assert!(matches!(error.kind, ApiErrorKind::WebPage), "{error}");
    }
}

#[tokio::test]
async fn a_picture_is_the_body_or_a_part_of_a_form() {
    let site = Site::start(vec![json(201, CROPPING)]).await;
    let client = jira(&site);
    client
        .store_temporary_avatar("user", picture())
        .await
        .unwrap();
    client
        .store_issue_type_temporary_avatar("3", picture())
        .await
        .unwrap();
    client
        .store_universal_temporary_avatar("project", "10000", picture())
        .await
        .unwrap();
    client
        .store_user_temporary_avatar(Some("bob"), picture())
        .await
        .unwrap();
    client
        .store_user_temporary_avatar(None, picture())
        .await
        .unwrap();
    let below = "/base/rest/api/2";
    assert_eq!(
        site.lines(),
        [
            "avatar/user/temporary?filename=%C3%A4.png&size=7",
            "issuetype/3/avatar/temporary",
            "universal_avatar/type/project/owner/10000/temp",
            "user/avatar/temporary?username=bob",
            "user/avatar/temporary",
        ]
        .map(|path| format!("POST {below}/{path} HTTP/1.1"))
    );
    let requests = site.requests();
    assert_eq!(site.body(0), b"picture");
    assert_eq!(header(&requests[0], "content-type"), ["image/png"]);
    assert_eq!(header(&requests[0], "content-length"), ["7"]);
    for request in &requests {
        assert_eq!(header(request, "x-atlassian-token"), ["no-check"]);
    }
    for request in &requests[1..] {
        assert_eq!(
            form(request),
            "--B\r\nContent-Disposition: form-data; name=\"avatar\"; filename=\"ä.png\"\r\n\
             Content-Type: image/png\r\n\r\npicture\r\n--B--\r\n"
        );
    }
}

#[tokio::test]
async fn columns_are_a_form_with_a_name_that_repeats() {
    let site = Site::start(vec![answer(200, "content-type: application/json", "")]).await;
    let client = jira(&site);
    let columns = ["summary", "a b&c"];
    client.set_filter_columns(10000, &columns).await.unwrap();
    client.set_default_columns(&columns).await.unwrap();
    client.set_user_columns(&columns).await.unwrap();
    assert_eq!(
        site.lines(),
        ["filter/10000/columns", "settings/columns", "user/columns"]
            .map(|path| format!("PUT /base/rest/api/2/{path} HTTP/1.1"))
    );
    for (index, request) in site.requests().iter().enumerate() {
        assert_eq!(site.body(index), b"columns=summary&columns=a+b%26c");
        assert_eq!(
            header(request, "content-type"),
            ["application/x-www-form-urlencoded"]
        );
        assert_eq!(header(request, "x-atlassian-token"), ["no-check"]);
    }
}

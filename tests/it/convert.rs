//! `atlassian-bridge convert`, run as a person would.

use std::{
    io::Write,
    process::{Command, Stdio},
};

/// The exit code, standard output and standard error.
fn convert(arguments: &[&str], input: &str) -> (i32, String, String) {
    let mut process = Command::new(env!("CARGO_BIN_EXE_atlassian-bridge"))
        .arg("convert")
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    process
        .stdin
        .take()
        .unwrap()
        .write_all(input.as_bytes())
        .unwrap();
    let output = process.wait_with_output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (
        output.status.code().unwrap(),
        text(output.stdout),
        text(output.stderr),
    )
}

fn converted(from: &str, to: &str, input: &str) -> String {
    let (code, output, error) = convert(&["--from", from, "--to", to], input);
    assert_eq!(code, 0, "{error}");
    output.trim_end().to_owned()
}

#[test]
fn every_pair_of_markups_is_converted() {
    for (from, input) in [
        (
            "storage",
            "<h2>Title</h2><p>A <strong>bold</strong> word.</p>",
        ),
        ("wiki", "h2. Title\n\nA *bold* word."),
        ("confluence-wiki", "h2. Title\nA *bold* word."),
        ("html", "<h2 id=x>Title</h2>\n<p>A <b>bold</b> word."),
        ("markdown", "Title\n-----\nA __bold__ word."),
    ] {
        for (to, expected) in [
            ("markdown", "## Title\n\nA **bold** word."),
            (
                "storage",
                "<h2>Title</h2><p>A <strong>bold</strong> word.</p>",
            ),
            ("wiki", "h2. Title\n\nA *bold* word."),
            ("text", "Title\n\nA bold word."),
        ] {
            assert_eq!(converted(from, to, input), expected, "{from} to {to}");
        }
    }
}

#[test]
fn with_a_base_the_rest_of_the_page_stays_as_it_is() {
    let base = r#"<p class="lead">Old.</p><ac:structured-macro ac:name="toc" ac:macro-id="1"/>"#;
    let path = std::env::temp_dir().join(format!("convert-base-{}.xml", std::process::id()));
    std::fs::write(&path, base).unwrap();
    let arguments = [
        "--from",
        "markdown",
        "--to",
        "storage",
        "--base",
        path.to_str().unwrap(),
    ];
    let (code, output, error) = convert(&arguments, "New.\n\n<ac-toc/>\n");
    assert_eq!((code, error.as_str()), (0, ""));
    assert_eq!(output.trim_end(), base.replace("Old", "New"));
    let (code, _, error) = convert(&arguments, "<ac-drawio ref=\"2\"/>\n");
    assert_eq!(code, 1);
    assert!(error.contains("<ac-drawio ref=\"2\"/>"), "{error}");
    std::fs::remove_file(path).unwrap();
}

#[test]
fn a_round_trip_tells_its_first_difference() {
    let check =
        |from, to, input| convert(&["--from", from, "--to", to, "--check-round-trip"], input);
    let page = "<p>a<br/></p>\n<ul class=\"x\"><li>b</li></ul>";
    assert_eq!(check("storage", "markdown", page).0, 0);
    assert_eq!(check("wiki", "markdown", "* one\n** *two*").0, 0);
    // Wiki markup cannot say that a cell covers two columns.
    let (code, output, _) = check(
        "storage",
        "wiki",
        "<table><tbody><tr><td colspan=\"2\">wide</td></tr><tr><td>a</td><td>b</td></tr></tbody></table>",
    );
    assert_eq!(code, 1);
    let lines: Vec<String> = output.lines().map(|line| line.replace(' ', "")).collect();
    for line in ["-columns:2,", "+columns:1,"] {
        assert!(lines.iter().any(|known| known == line), "{output}");
    }
}

#[test]
fn what_cannot_be_read_is_said_with_its_place() {
    let (code, output, error) = convert(&["--from", "storage", "--to", "markdown"], "<p>\n<b></p>");
    assert_eq!((code, output.as_str()), (1, ""));
    assert!(
        error.starts_with("not well-formed at line 2, column 4"),
        "{error}"
    );
    let (code, _, error) = convert(
        &["--from", "wiki", "--to", "text", "--check-round-trip"],
        "a",
    );
    assert_eq!(
        (code, error.trim_end()),
        (1, "plain text does not lead back")
    );
}

#[test]
fn storage_format_goes_through_markdown_where_that_is_asked_for() {
    let input = "Before.\n\n```storage\n<ac:future-thing ac:x=\"1\" />\n```\n";
    let arguments = ["--from", "markdown", "--to", "storage", "--raw-storage"];
    let (code, output, error) = convert(&arguments, input);
    assert_eq!((code, error.as_str()), (0, ""));
    assert_eq!(
        output.trim_end(),
        "<p>Before.</p><ac:future-thing ac:x=\"1\" />"
    );
    // Otherwise it is a listing like any other.
    assert!(converted("markdown", "storage", input).contains("ac:name=\"code\""));
}

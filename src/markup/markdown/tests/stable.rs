//! Any text as Markdown.

use proptest::{collection::vec, prelude::*, sample::select};

use super::options;
use crate::markup::{
    markdown::{read, write},
    testing,
};

/// Markdown as somebody may write it, well-formed or not.
fn markdown() -> impl Strategy<Value = String> {
    let marks = [
        "\n",
        "\n",
        "\n",
        "\n\n",
        "\n\n",
        "  ",
        "    ",
        "\t",
        "- ",
        "* ",
        "+ ",
        "1. ",
        "2) ",
        "- [ ] ",
        "- [x] ",
        "> ",
        "> [!NOTE]\n> ",
        "> [!tip] Title\n> ",
        "> [!CAUTION]\n",
        "# ",
        "## ",
        "###### ",
        " #",
        "---\n",
        "===\n",
        "***\n",
        "```\n",
        "```rust title=\"x\"\n",
        "```ac-html a=\"b\"\n",
        "```storage\n",
        "~~~\n",
        "| a | b |\n| --- | --- |\n",
        "| c | d |\n",
        "|",
        "<table>\n",
        "</table>\n",
        "<tr>",
        "</tr>\n",
        "<td>",
        "</td>\n",
        "<th colspan=\"2\">",
        "<p>",
        "</p>",
        "<div>\n",
        "</div>\n",
        "<ul><li>",
        "</li></ul>",
        "<br>",
        "<b>",
        "</b>",
        "<u>",
        "</u>",
        "<span style=\"color: red\">",
        "</span>",
        "<details><summary>S</summary>\n\n",
        "</details>\n",
        "<pre>",
        "</pre>",
        "<ac-info>\n\n",
        "\n\n</ac-info>\n",
        "<ac-x a=\"b\">",
        "</ac-x>",
        "<ac-toc/>",
        "<img src=\"a.png\" width=3>",
        "![a](b.png)",
        "[a](b \"t\")",
        "[a][r]",
        "[r]: http://r.example\n",
        "[^1]",
        "[^1]: note\n",
        "[[T]]",
        "[[S:T#a|text]]",
        "<http://a.example>",
        "<a@b.example>",
        "http://a.example/b_c",
        "@joe",
        ":tick:",
        "<time datetime=\"2026-03-14\"/>",
        "<!-- c -->",
        "<!--",
        "**",
        "*",
        "__",
        "_",
        "~~",
        "~",
        "`",
        "``",
        "\\",
        "\\\n",
        "&amp;",
        "&nbsp;",
        "&#0;",
        "]",
        "[",
        "(",
        ")",
        "!",
        "<a href=\"#x\">",
        "</a>",
        "<code>",
        "</code>",
        "<h2>",
        "</h2>",
        "<blockquote>",
        "</blockquote>",
        "\u{a0}",
        "\r\n",
        "\0",
        "<input type=\"checkbox\">",
        "<hr>",
        "<script>",
        "</script>",
        "<![CDATA[x]]>",
        "<?x?>",
    ];
    let part = prop_oneof![
        4 => select(marks.to_vec()).prop_map(str::to_owned),
        2 => testing::text(),
        1 => ".{0,3}",
    ];
    vec(part, 0..24).prop_map(|parts| parts.concat())
}

fn check_stable(source: &str) -> Result<(), TestCaseError> {
    let Ok(first) = read(source, &options()) else {
        return Ok(());
    };
    let written = write(&first);
    let again = read(&written, &options());
    let again = again.map_err(|damaged| TestCaseError::fail(format!("{damaged}\n{written}")))?;
    if write(&again) == written {
        return Ok(());
    }
    Err(TestCaseError::fail(format!(
        "{source}\n--- written\n{written}\n--- then\n{}\n--- read as\n{first:?}\n--- then\n{again:?}",
        write(&again)
    )))
}

#[test]
fn any_text_is_read_and_what_is_written_of_it_is_stable() {
    testing::try_all(markdown, |source| check_stable(&source));
}

#[test]
fn marks_stay_text_beside_what_is_escaped_and_beside_symbols() {
    for source in ["a#\\*\\\n\\*\\*\\*\\*", "Ⓟ\\~>\\~", "🅇\\_}\\_"] {
        check_stable(source).unwrap();
    }
}

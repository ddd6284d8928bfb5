//! Random text for each reader of markup, for as long as it is told.
//!
//! `cargo bench --bench fuzz -- 600` gives each reader 600 seconds of texts that are strung together
//! from pieces of its markup, cut and mixed, and stops at the first that panics, that does not come
//! to rest (written, read and written again, the text must not change), that gives storage format
//! which is not well-formed or a page that does not come back byte for byte, or that takes longer than
//! its length allows. With `count` it goes on and counts them; names of readers leave out the others.
#![allow(
    missing_docs,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "it is there to fail loudly"
)]

use std::{
    collections::BTreeMap,
    panic,
    time::{Duration, Instant},
};

use atlassian_bridge::markup::{
    document::Document,
    html, markdown,
    storage::{self, Base},
    wiki::{self, Dialect},
};
use fastrand::Rng;

/// How long a text may take: this for its beginning, and this for each byte.
const LONGEST: (Duration, Duration) = (Duration::from_millis(100), Duration::from_micros(20));

/// What is done with a text; what went wrong, if anything did.
type Check = fn(&str) -> Result<(), String>;

const READERS: [(&str, &[&str], Check); 5] = [
    ("storage", STORAGE, check_storage),
    ("markdown", MARKDOWN, check_markdown),
    ("wiki", WIKI, check_wiki),
    ("confluence-wiki", WIKI, check_confluence_wiki),
    ("html", HTML, check_html),
];

const ANY: &[&str] = &[
    "a",
    "b c",
    " ",
    "  ",
    "\n",
    "\n\n",
    "\t",
    "word",
    "1",
    "1.",
    ".",
    ",",
    ":",
    "!",
    "?",
    "(",
    ")",
    "é",
    "漢字",
    "\u{a0}",
    "\u{200b}",
    "😀",
    "https://x.example/a_b?c=d&e=f",
    "a@b.example",
    "&",
    "&amp;",
    "&nbsp;",
    "<",
    ">",
    "\"",
    "'",
    "\\",
    "/",
    "=",
    "+",
    "-",
    "*",
    "_",
    "~",
    "^",
    "`",
    "|",
    "[",
    "]",
    "{",
    "}",
    "#",
    "@ada",
    ":smile:",
    "\r\n",
];

/// Elements that may be nested; [`balanced`] puts the other end of each where it belongs.
const OPENING: &[(&str, &str)] = &[
    ("<p>", "</p>"),
    ("<p style=\"x\">", "</p>"),
    ("<strong>", "</strong>"),
    ("<em>", "</em>"),
    ("<h2>", "</h2>"),
    ("<ul>", "</ul>"),
    ("<ol start=\"3\">", "</ol>"),
    ("<li>", "</li>"),
    ("<table><tbody>", "</tbody></table>"),
    ("<tr>", "</tr>"),
    ("<td>", "</td>"),
    ("<td colspan=\"2\">", "</td>"),
    ("<th>", "</th>"),
    ("<pre>", "</pre>"),
    ("<code>", "</code>"),
    ("<blockquote>", "</blockquote>"),
    ("<div class=\"x\">", "</div>"),
    ("<span style=\"color: red;\">", "</span>"),
    ("<a href=\"#x\">", "</a>"),
    ("<sup>", "</sup>"),
    ("<ac:task-list>", "</ac:task-list>"),
    (
        "<ac:task><ac:task-id>1</ac:task-id><ac:task-status>complete</ac:task-status><ac:task-body>",
        "</ac:task-body></ac:task>",
    ),
    (
        "<ac:layout><ac:layout-section ac:type=\"single\"><ac:layout-cell>",
        "</ac:layout-cell></ac:layout-section></ac:layout>",
    ),
    (
        "<ac:structured-macro ac:name=\"info\"><ac:rich-text-body>",
        "</ac:rich-text-body></ac:structured-macro>",
    ),
    (
        "<ac:structured-macro ac:name=\"w x\"><ac:parameter ac:name=\"\">v</ac:parameter><ac:rich-text-body>",
        "</ac:rich-text-body></ac:structured-macro>",
    ),
    (
        "<ac:link><ri:page ri:content-title=\"A\"/><ac:link-body>",
        "</ac:link-body></ac:link>",
    ),
    (
        "<ac:inline-comment-marker ac:ref=\"1\">",
        "</ac:inline-comment-marker>",
    ),
];

const STORAGE: &[&str] = &[
    "<p/>",
    "<p><br/></p>",
    "<br/>",
    "<hr/>",
    "<ac:structured-macro ac:name=\"toc\" ac:macro-id=\"1\"/>",
    "<ac:structured-macro ac:name=\"code\"><ac:plain-text-body><![CDATA[x ]]></ac:plain-text-body></ac:structured-macro>",
    "<ac:link><ri:page ri:content-title=\"A: b#c|d\"/></ac:link>",
    "<ac:link><ri:user ri:username=\"ada\"/></ac:link>",
    "<ac:image ac:width=\"3\"><ri:attachment ri:filename=\"a b.png\"/></ac:image>",
    "<ac:emoticon ac:name=\"smile\"/>",
    "<time datetime=\"2026-01-02\"/>",
    "<!-- c -->",
    "<![CDATA[x]]>",
    "&lt;",
    "&nbsp;",
    "&eacute;",
];

const MARKDOWN: &[&str] = &[
    "# ",
    "## ",
    "- ",
    "* ",
    "1. ",
    "1) ",
    "- [ ] ",
    "- [x] ",
    "> ",
    "> [!NOTE]\n",
    "```",
    "~~~",
    "```java title=\"x\"\n",
    "    ",
    "---",
    "***",
    "===",
    "| a | b |\n| --- | --- |\n| c | d |\n",
    "|",
    "**",
    "__",
    "~~",
    "![a](b)",
    "[a](b \"c\")",
    "[[Page]]",
    "[[S:P|t]]",
    "[^1]",
    "[^1]: ",
    "[a]: b",
    "<ac-toc/>",
    "<ac-excerpt>",
    "</ac-excerpt>",
    "<ac-x ref=\"1\"/>",
    "<details>",
    "<summary>",
    "</summary>",
    "</details>",
    "<table>",
    "<tr>",
    "<td>",
    "</td>",
    "</tr>",
    "</table>",
    "<br>",
    "<u>",
    "</u>",
    "<sub>",
    "<span style=\"color: red\">",
    "</span>",
    "<img src=\"attachment:a\" width=3>",
    "<https://x>",
    "\\*",
    "\\\n",
    "  \n",
    "<!--",
    "-->",
    "<time datetime=\"2026-01-02\"/>",
];

const WIKI: &[&str] = &[
    "h1. ",
    "* ",
    "** ",
    "# ",
    "*# ",
    "- ",
    "bq. ",
    "{quote}",
    "{code}",
    "{code:java|title=x}",
    "{noformat}",
    "{panel:title=x}",
    "{panel}",
    "{color:red}",
    "{color}",
    "{expand:x}",
    "{expand}",
    "{anchor:x}",
    "{toc}",
    "{info}",
    "{status:title=x}",
    "{{",
    "}}",
    "||",
    "|",
    "||a||b||\n",
    "|c|d|\n",
    "----",
    "--",
    "---",
    "\\\\",
    "\\*",
    "[a|b]",
    "[a|b|c]",
    "[^f.txt]",
    "[~ada]",
    "[#x]",
    "[",
    "]",
    "!a.png!",
    "!a.png|width=3!",
    "!",
    "??",
    "^",
    "~",
    "(/)",
    ":)",
    "{*}",
    "{_}",
    "{",
    "}",
    "\n\n",
];

const HTML: &[&str] = &[
    "<p>",
    "</p>",
    "<div class=\"code panel\"><div class=\"codeContent\"><pre class=\"code-java\">",
    "</pre></div></div>",
    "<div class=\"confluence-information-macro confluence-information-macro-note\">",
    "<div class=\"panel\">",
    "</div>",
    "<table><tr><td>",
    "<td>",
    "</table>",
    "<ul><li>",
    "<li>",
    "</ul>",
    "<ol>",
    "<b>",
    "</i>",
    "<i>",
    "<a href=x>",
    "</a>",
    "<img class=\"emoticon emoticon-smile\" src=x>",
    "<img src=a.png alt=b>",
    "<br>",
    "<hr>",
    "<h3>",
    "</h3>",
    "<script>",
    "</script>",
    "<style>",
    "<!-- ",
    "-->",
    "<svg>",
    "<template>",
    "<select>",
    "<span style='display:none'>",
    "</span>",
    "<ac:link><ri:page ri:content-title=\"x\"/></ac:link>",
    "<![CDATA[",
    "]]>",
    "<details><summary>x</summary>",
    "</details>",
];

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let seconds = arguments.iter().find_map(|argument| argument.parse().ok());
    let each = Duration::from_secs(seconds.unwrap_or(5));
    let goes_on = arguments.iter().any(|argument| argument == "count");
    let is_named = |name: &str| arguments.iter().any(|argument| argument == name);
    let is_any_named = READERS.iter().any(|(name, ..)| is_named(name));
    let seed = fastrand::u64(..);
    println!("seed {seed}");
    for (name, pieces, check) in READERS {
        if is_any_named && !is_named(name) {
            continue;
        }
        let mut random = Rng::with_seed(seed);
        let started = Instant::now();
        let (mut texts, mut problems) = (0_u64, BTreeMap::new());
        while started.elapsed() < each {
            let text = match name {
                "storage" => balanced(&mut random, 0),
                _ => text(&mut random, pieces),
            };
            texts += 1;
            match timed(&text, check) {
                Ok(()) => {}
                Err(problem) if goes_on => {
                    let kind = problem.split(':').next().unwrap().to_owned();
                    *problems.entry(kind).or_insert(0_u64) += 1;
                }
                Err(_) => {
                    let text = shortest(text, check);
                    panic!("{name}: {}\n{text:?}", timed(&text, check).unwrap_err());
                }
            }
        }
        let took = started.elapsed();
        println!("{name}: {texts} texts in {took:?}, problems: {problems:?}");
    }
}

/// What is wrong with what comes of a text, or with the time that it took.
fn timed(text: &str, check: Check) -> Result<(), String> {
    let begun = Instant::now();
    outcome_of(text, check)?;
    let took = begun.elapsed();
    let length = u32::try_from(text.len()).unwrap_or(u32::MAX);
    if took > LONGEST.0 + LONGEST.1 * length {
        return Err(format!("took too long: {took:?} for {length} bytes"));
    }
    Ok(())
}

fn outcome_of(text: &str, check: Check) -> Result<(), String> {
    panic::catch_unwind(|| check(text)).unwrap_or_else(|_| Err("panicked".to_owned()))
}

/// What is left of a text when all is taken away that it fails without.
fn shortest(text: String, check: Check) -> String {
    panic::set_hook(Box::new(|_| {}));
    let mut characters: Vec<char> = text.chars().collect();
    let mut size = characters.len().div_ceil(2);
    while size > 0 {
        let mut start = 0;
        while start < characters.len() {
            let end = (start + size).min(characters.len());
            let rest: String = [&characters[..start], &characters[end..]]
                .concat()
                .iter()
                .collect();
            if outcome_of(&rest, check).is_err() {
                characters.drain(start..end);
            } else {
                start = end;
            }
        }
        size /= 2;
    }
    drop(panic::take_hook());
    characters.iter().collect()
}

/// Pieces of markup and of anything, sometimes one many times over, sometimes broken.
fn text(random: &mut Rng, pieces: &[&str]) -> String {
    let count = match random.u32(..100) {
        0..=79 => random.usize(1..30),
        80..=98 => random.usize(30..300),
        _ => random.usize(300..5_000),
    };
    let piece = |random: &mut Rng| -> String {
        match random.u32(..10) {
            0..=4 => (*random.choice(pieces).unwrap()).to_owned(),
            5..=8 => (*random.choice(ANY).unwrap()).to_owned(),
            _ => random.char(..).to_string(),
        }
    };
    let mut text = String::new();
    if random.u32(..20) == 0 {
        let repeated: String = (0..random.usize(1..4)).map(|_| piece(random)).collect();
        text = repeated.repeat(count * 10);
    } else {
        (0..count).for_each(|_| text.push_str(&piece(random)));
    }
    if random.u32(..10) == 0 {
        let end = random.usize(..=text.len());
        let end = (0..=end)
            .rev()
            .find(|at| text.is_char_boundary(*at))
            .unwrap_or(0);
        text.truncate(end);
    }
    text
}

/// Storage format whose elements are closed, in places where Confluence would not have them.
fn balanced(random: &mut Rng, depth: usize) -> String {
    let mut text = String::new();
    let most = if depth == 0 { 12 } else { 4 };
    for _ in 0..random.usize(0..=most) {
        match random.u32(..10) {
            0..=4 if depth < 8 => {
                let (opening, closing) = random.choice(OPENING).unwrap();
                let inside = balanced(random, depth + 1);
                text.push_str(&format!("{opening}{inside}{closing}"));
            }
            5 | 6 => text.push_str(random.choice(STORAGE).unwrap()),
            _ => match *random.choice(ANY).unwrap() {
                "<" | "&" => text.push_str("&amp;"),
                piece => text.push_str(piece),
            },
        }
    }
    text
}

fn read_markdown(text: &str) -> Result<Document, String> {
    markdown::read(text, &markdown::Options::default()).map_err(|damaged| damaged.to_string())
}

/// Markdown must come to rest, and must be writable as well-formed storage format.
fn at_rest(document: &Document) -> Result<(), String> {
    let written = markdown::write(document);
    let read =
        read_markdown(&written).map_err(|damaged| format!("{damaged} in our own Markdown"))?;
    let again = markdown::write(&read);
    if written != again {
        return Err(format!(
            "Markdown does not come to rest:\n{written}\n-----\n{again}"
        ));
    }
    let stored = storage::write(document);
    storage::read(&stored)
        .map_err(|problem| format!("our own storage format: {problem}\n{stored}"))?;
    Ok(())
}

fn check_storage(text: &str) -> Result<(), String> {
    let Ok(base) = Base::new(text) else {
        return Ok(());
    };
    at_rest(base.document())?;
    let written = markdown::write(base.document());
    let merged = base
        .merge(&read_markdown(&written)?)
        .map_err(|damaged| damaged.to_string())?;
    if merged == text {
        return Ok(());
    }
    Err(format!(
        "does not come back:\n{merged}\nby way of\n{written}"
    ))
}

fn check_markdown(text: &str) -> Result<(), String> {
    match read_markdown(text) {
        Ok(document) => at_rest(&document),
        Err(_) => Ok(()),
    }
}

fn check_wiki(text: &str) -> Result<(), String> {
    let document = wiki::read(text, Dialect::Jira);
    at_rest(&document)?;
    let written = wiki::write(&document);
    let again = wiki::write(&wiki::read(&written, Dialect::Jira));
    if written == again {
        return Ok(());
    }
    Err(format!(
        "wiki markup does not come to rest:\n{written}\n-----\n{again}"
    ))
}

fn check_confluence_wiki(text: &str) -> Result<(), String> {
    at_rest(&wiki::read(text, Dialect::Confluence))
}

fn check_html(text: &str) -> Result<(), String> {
    at_rest(&html::read(text))
}

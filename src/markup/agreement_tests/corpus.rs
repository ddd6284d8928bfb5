//! What other converters make of the same texts, over the corpus where it is there.

use super::pairs::{Class, Unsaid, broken_claims, check, difference, pairs};
use crate::markup::{
    document::Document,
    html,
    markdown::{self, Options},
    storage, wiki,
};

fn markdown(source: &str) -> Option<Document> {
    markdown::read(source, &Options::default()).ok()
}

fn storage(source: &str) -> Option<Document> {
    storage::read(source).ok()
}

fn of_html(source: &str) -> Option<Document> {
    Some(html::read(source))
}

#[test]
fn rendered_html_reads_as_the_markdown_of_others() {
    let classes = [
        Class {
            reason: "the expected text is the result of another test",
            counts: false,
            names: &["pchuri 33", "pchuri 34", "pchuri 35", "pchuri 36"],
        },
        Class {
            reason: "their Markdown says something else: a line over --- is a heading, a bare <tag> is HTML",
            counts: false,
            names: &["pchuri 27", "pchuri 31"],
        },
        Class {
            reason: "an option of that tool turns fences off, and the languages with them",
            counts: false,
            names: &["guyplusplus 10", "guyplusplus 17"],
        },
        Class {
            reason: "they drop an emoji that has only a name",
            counts: false,
            names: &["guyplusplus 6"],
        },
        Class {
            reason: "a pipe table has no header cells but those of its first row",
            counts: false,
            names: &["guyplusplus 13", "jenkins 4"],
        },
        Class {
            reason: "a header row without text is none in our Markdown",
            counts: true,
            names: &["guyplusplus 12"],
        },
        Class {
            reason: "they name an emoji, we show it",
            counts: true,
            names: &["guyplusplus 3"],
        },
        Class {
            reason: "we keep an empty item and drop an empty block of code, they do the opposite",
            counts: true,
            names: &["pchuri 23", "pchuri 46"],
        },
    ];
    let all = pairs("storage-format", "view-html->markdown");
    check(&all, &classes, |pair| {
        difference(of_html(&pair.source), markdown(&pair.expected), &[])
    });
}

#[test]
fn rendered_html_is_written_as_others_claim() {
    let classes = [Class {
        reason: "a claim about wiki markup, not about Markdown",
        counts: false,
        names: &["sooperset 3"],
    }];
    let all = pairs("storage-format", "storage/view->assertions");
    check(&all, &classes, |pair| {
        let written = markdown::write(&html::read(&pair.source));
        broken_claims(&written, &pair.expected)
    });
}

#[test]
fn html_reads_as_the_storage_format_of_others() {
    let classes = [
        Class {
            reason: "signs of that tool alone, such as a bold TOC, stand for macros",
            counts: false,
            names: &[
                "pchuri 28",
                "pchuri 29",
                "pchuri 30",
                "pchuri 31",
                "pchuri 32",
                "pchuri 34",
            ],
        },
        Class {
            reason: "the expected text is not well-formed: img or meta without an end",
            counts: false,
            names: &["pchuri 8", "docToolchain 4"],
        },
        Class {
            reason: "a language that Confluence does not know is called text; we keep its name",
            counts: true,
            names: &["docToolchain 1"],
        },
        Class {
            reason: "a link without text in a heading shows its target in storage format; \
                     rendered it shows nothing",
            counts: true,
            names: &["docToolchain 3"],
        },
    ];
    let mut all = pairs("md-pairs", "html->storage");
    all.extend(pairs("md-pairs", "asciidoctor-html->storage"));
    check(&all, &classes, |pair| {
        difference(of_html(&pair.source), storage(&pair.expected), &[])
    });
}

#[test]
fn storage_format_reads_as_the_markdown_of_others() {
    let classes = [
        Class {
            reason: "the expected text is the result of another test",
            counts: false,
            names: &[
                "pchuri 64",
                "pchuri 84",
                "pchuri 85",
                "pchuri 86",
                "pchuri 87",
            ],
        },
        Class {
            reason: "signs of that tool alone stand for macros: bold words, icons, links to be corrected by hand",
            counts: false,
            names: &[
                "pchuri 2",
                "pchuri 3",
                "pchuri 6",
                "pchuri 9",
                "pchuri 80",
                "pchuri 81",
                "pchuri 83",
            ],
        },
        Class {
            reason: "they drop macros, layouts or titles of code",
            counts: false,
            names: &[
                "pchuri 11",
                "pchuri 73",
                "pchuri 74",
                "pchuri 75",
                "pchuri 79",
                "pchuri 82",
                "highsource 4",
                "highsource 6",
            ],
        },
        Class {
            reason: "nested lists run together",
            counts: false,
            names: &["pchuri 8", "highsource 3"],
        },
        Class {
            reason: "a break within a paragraph, or a space between words, is lost or ends the paragraph",
            counts: false,
            names: &[
                "highsource 1",
                "highsource 2",
                "highsource 7",
                "highsource 8",
            ],
        },
        Class {
            reason: "their links to pages name the text before the page, as the wiki of GitHub does",
            counts: false,
            names: &["highsource 10", "highsource 11"],
        },
        Class {
            reason: "their Markdown says something else: ### without a space, cells over several lines, headings one level down",
            counts: false,
            names: &["viaboxxsystems 1", "viaboxxsystems 2", "viaboxxsystems 3"],
        },
        Class {
            reason: "they call a macro by what it draws: mermaid, we by its name: mermaid-macro",
            counts: true,
            names: &["pchuri 4", "pchuri 88", "pchuri 92"],
        },
    ];
    let all = pairs("storage-format", "storage->markdown");
    check(&all, &classes, |pair| {
        let unsaid: &[Unsaid] = match pair.owner() {
            "highsource" => &[Unsaid::Panels, Unsaid::Languages],
            "viaboxxsystems" => &[Unsaid::Languages],
            _ => &[Unsaid::KindsOfPanels],
        };
        difference(storage(&pair.source), markdown(&pair.expected), unsaid)
    });
}

#[test]
fn markdown_reads_as_the_storage_format_of_others() {
    let classes = [
        Class {
            reason: "that tool folds each block of code, and takes the first heading and the front matter away",
            counts: false,
            names: &["mstump 1", "mstump 2", "mstump 3", "mstump 4"],
        },
        Class {
            reason: "a blank line ends a quote in CommonMark; that tool follows an older rule",
            counts: false,
            names: &["iamjackg 1"],
        },
    ];
    let mut all = pairs("md-pairs", "markdown->storage");
    all.extend(pairs("md-pairs", "markdown/html->storage"));
    check(&all, &classes, |pair| {
        difference(markdown(&pair.source), storage(&pair.expected), &[])
    });
}

#[test]
fn markdown_is_written_as_the_storage_format_that_others_claim() {
    let classes = [
        Class {
            reason: "settings of that tool: line numbers, the place and width of images, quotes and alerts as other panels, diagrams as pictures",
            counts: false,
            names: &[
                "OpenDocSync 2",
                "OpenDocSync 4",
                "OpenDocSync 5",
                "OpenDocSync 8",
                "OpenDocSync 9",
                "OpenDocSync 29",
                "OpenDocSync 30",
                "OpenDocSync 33",
                "OpenDocSync 39",
                "OpenDocSync 40",
            ],
        },
        Class {
            reason: "that tool uploads a folder: files beside the text become pages and attachments",
            counts: false,
            names: &[
                "OpenDocSync 10",
                "OpenDocSync 11",
                "OpenDocSync 12",
                "OpenDocSync 14",
                "OpenDocSync 15",
                "OpenDocSync 16",
                "OpenDocSync 17",
                "OpenDocSync 18",
                "OpenDocSync 19",
                "OpenDocSync 20",
                "OpenDocSync 21",
                "OpenDocSync 22",
                "OpenDocSync 23",
                "OpenDocSync 25",
                "OpenDocSync 27",
            ],
        },
        Class {
            reason: "another spelling of the same: py for python, an HTML link for ac:link to an anchor",
            counts: false,
            names: &["OpenDocSync 1", "OpenDocSync 7", "OpenDocSync 24"],
        },
        Class {
            reason: "a language that Confluence does not know is called none; we keep its name",
            counts: true,
            names: &["OpenDocSync 6"],
        },
    ];
    let all = pairs("md-pairs", "markdown->storage (assertions)");
    check(&all, &classes, |pair| {
        let document = markdown(&pair.source).unwrap_or_default();
        broken_claims(&storage::write(&document), &pair.expected)
    });
}

#[test]
fn what_jira_renders_reads_as_its_wiki_markup() {
    let mut all = pairs("wiki-markup", "wiki->html (rendered by a real Jira)");
    let help = "wiki->html (Jira formatting-help examples as rendered by Jira)";
    all.extend(pairs("wiki-markup", help));
    let classes = [Class {
        reason: "the rendering has emoticons that the text has not",
        counts: false,
        names: &["aha 4"],
    }];
    check(&all, &classes, |pair| {
        let ours = wiki::read(&pair.source, wiki::Dialect::Jira);
        difference(Some(ours), of_html(&pair.expected), &[])
    });
}

#[test]
fn markdown_reads_as_the_wiki_markup_of_others() {
    let classes = [
        Class {
            reason: "the expected file is the result of another test: its words are not the text's",
            counts: false,
            names: &["kylefarris 15", "kylefarris 16"],
        },
        Class {
            reason: "numbered items indented by two spaces are neighbours in CommonMark; that tool nests them",
            counts: true,
            names: &["kylefarris 19"],
        },
        Class {
            reason: "seven # are no heading in CommonMark, and at the start of a line of wiki markup they are a list, which that tool does not escape",
            counts: true,
            names: &["evilfaust 3"],
        },
        Class {
            reason: "an open task is [-] there; Jira has no tasks, and [ ] is what Markdown has",
            counts: true,
            names: &["jadujoel 41"],
        },
        Class {
            reason: "tags of HTML are text there and markup for us",
            counts: true,
            names: &["jadujoel 62", "jadujoel 63"],
        },
        Class {
            reason: "a nested list begins anew behind a quote or a listing in its item, and quotes within quotes, which wiki markup cannot say",
            counts: true,
            names: &["miyuchina 2", "miyuchina 3"],
        },
    ];
    let all = pairs("md-pairs", "markdown->wiki");
    check(&all, &classes, |pair| {
        let theirs = wiki::read(&pair.expected, wiki::Dialect::Jira);
        difference(markdown(&pair.source), Some(theirs), &[])
    });
}

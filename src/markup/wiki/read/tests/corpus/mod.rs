//! Real wiki markup: what others make of it, and what this reader does.

mod shape;

use std::{collections::BTreeMap, path::Path};

use serde_json::Value;

use super::{Dialect, read};
use crate::markup::testing::corpus;
use shape::{shape_of_document, shape_of_html, shape_of_markdown};

/// A text of the corpus and what is expected of it.
struct Pair {
    name: String,
    group: String,
    found: Vec<String>,
    expected: Vec<String>,
    /// Whether the expected output is only a part of the whole.
    is_fragment: bool,
}

impl Pair {
    fn agrees(&self) -> bool {
        if self.is_fragment {
            let mut parts = self.found.windows(self.expected.len().max(1));
            self.expected.is_empty() || parts.any(|part| part == self.expected)
        } else {
            self.found == self.expected
        }
    }
}

fn pair(entry: &Value) -> Option<Pair> {
    let field = |name: &str| entry[name].as_str().unwrap_or_default();
    let source = corpus::file(&entry["file"])?;
    let is_confluence = field("product").starts_with("Confluence");
    let dialect = if is_confluence {
        Dialect::Confluence
    } else {
        Dialect::Jira
    };
    let (expected, group) = match (
        corpus::file(&entry["expected_file"]),
        corpus::file(&entry["pandoc_reference"]),
    ) {
        (Some(expected), _) if field("expected_kind").contains("markdown") => {
            (shape_of_markdown(&expected), field("kind"))
        }
        (Some(expected), _) if field("group").starts_with("wiki->html") => {
            (shape_of_html(&expected), field("kind"))
        }
        (None, Some(reference)) => (shape_of_markdown(&reference), "pandoc"),
        _ => return None,
    };
    Some(Pair {
        name: Path::new(field("file")).file_stem()?.to_str()?.to_owned(),
        group: group.to_owned(),
        found: shape_of_document(&read(&source, dialect), group.contains("html")),
        expected,
        is_fragment: is_confluence,
    })
}

/// Outputs that are no reading of the text, and why; they do not count.
const NO_READINGS: [(&str, &[&str]); 9] = [
    (
        "people, issues and files are replaced by what another system calls them",
        &[
            "netresearch-jira-to-openproject__0014",
            "netresearch-jira-to-openproject__0015",
            "netresearch-jira-to-openproject__0016",
            "netresearch-jira-to-openproject__0017",
            "netresearch-jira-to-openproject__0026",
            "netresearch-jira-to-openproject__0027",
            "netresearch-jira-to-openproject__0054",
            "support-and-care-jira-to-gh-issues__0001",
            "support-and-care-jira-to-gh-issues__0014",
            "support-and-care-jira-to-gh-issues__0019",
        ],
    ),
    (
        "the text is Markdown already, at least in part",
        &[
            "support-and-care-jira-to-gh-issues__0003",
            "support-and-care-jira-to-gh-issues__0012",
            "support-and-care-jira-to-gh-issues__0016",
            "support-and-care-jira-to-gh-issues__0021",
            "support-and-care-jira-to-gh-issues__0032",
            "support-and-care-jira-to-gh-issues__0033",
            "support-and-care-jira-to-gh-issues__0034",
        ],
    ),
    (
        "names of annotations become code, so that nobody is notified",
        &[
            "support-and-care-jira-to-gh-issues__0015",
            "support-and-care-jira-to-gh-issues__0017",
            "support-and-care-jira-to-gh-issues__0018",
            "support-and-care-jira-to-gh-issues__0028",
        ],
    ),
    (
        "nested lists are indented too little for Markdown",
        &[
            "kylefarris-J2M__0020",
            "kylefarris-J2M__0025",
            "netresearch-jira-to-openproject__0007",
            "evilfaust-jira-wiki-preview__0022",
            "doctrine-jira-github-issues__0001",
        ],
    ),
    (
        "text such as `1.` or `---` is not escaped, so that it is a list or a heading in Markdown",
        &[
            "s2005-jira2md__0012",
            "jenkins-infra-plugin-site-api__0041",
            "jenkins-infra-plugin-site-api__0043",
            "jenkins-infra-plugin-site-api__0045",
        ],
    ),
    (
        "a table without a header row has an empty one in Markdown",
        &["jgm-pandoc__0039", "jenkins-infra-plugin-site-api__0011"],
    ),
    (
        "the output belongs to another text, or is not the whole text in HTML",
        &[
            "kylefarris-J2M__0017",
            "aha-app-html2confluence__0004",
            "eclipse-mylyn-org.eclipse.mylyn.docs__0083",
            "eclipse-mylyn-org.eclipse.mylyn.docs__0167",
        ],
    ),
    (
        "a table of contents is made",
        &[
            "eclipse-mylyn-org.eclipse.mylyn.docs__0122",
            "eclipse-mylyn-org.eclipse.mylyn.docs__0123",
        ],
    ),
    (
        "Textile's `@code@` is read, which neither Jira nor Confluence knows",
        &[
            "eclipse-mylyn-org.eclipse.mylyn.docs__0154",
            "eclipse-mylyn-org.eclipse.mylyn.docs__0155",
            "eclipse-mylyn-org.eclipse.mylyn.docs__0156",
            "eclipse-mylyn-org.eclipse.mylyn.docs__0157",
            "eclipse-mylyn-org.eclipse.mylyn.docs__0158",
            "eclipse-mylyn-org.eclipse.mylyn.docs__0159",
            "eclipse-mylyn-org.eclipse.mylyn.docs__0160",
        ],
    ),
];

/// Where this reader disagrees, and why.
const DISAGREEMENTS: [(&str, &[&str]); 11] = [
    (
        "a mark within a word is text in Jira, unless it is braced",
        &["evilfaust-jira-wiki-preview__0007", "s2005-jira2md__0006"],
    ),
    (
        "`-b-` between spaces is struck out in Jira",
        &["s2005-jira2md__0017"],
    ),
    (
        "marks in monospaced text are read in Jira",
        &["s2005-jira2md__0008"],
    ),
    ("an anchor is not shown in Jira", &["s2005-jira2md__0019"]),
    (
        "how a panel and its title look is up to the writer",
        &[
            "evilfaust-jira-wiki-preview__0012",
            "evilfaust-jira-wiki-preview__0023",
            "netresearch-jira-to-openproject__0022",
            "netresearch-jira-to-openproject__0023",
            "netresearch-jira-to-openproject__0024",
            "netresearch-jira-to-openproject__0025",
            "netresearch-jira-to-openproject__0030",
        ],
    ),
    (
        "`bq.` makes a quote of its line alone in Jira",
        &[
            "support-and-care-jira-to-gh-issues__0022",
            "eclipse-mylyn-org.eclipse.mylyn.docs__0164",
        ],
    ),
    (
        "`[text|file.zip]` leads nowhere in Jira, and to a page in Confluence",
        &[
            "netresearch-jira-to-openproject__0034",
            "netresearch-jira-to-openproject__0045",
            "netresearch-jira-to-openproject__0046",
            "eclipse-mylyn-org.eclipse.mylyn.docs__0049",
        ],
    ),
    (
        "four or five hyphens are a rule in Jira, more are text",
        &[
            "netresearch-jira-to-openproject__0020",
            "eclipse-mylyn-org.eclipse.mylyn.docs__0031",
        ],
    ),
    (
        "`**x**` and a quote without an end stay as they are",
        &[
            "netresearch-jira-to-openproject__0049",
            "eclipse-mylyn-org.eclipse.mylyn.docs__0166",
        ],
    ),
    (
        "braces around code may stand around spaces, as Jira's own editor writes them",
        &[
            "jenkins-infra-plugin-site-api__0047",
            "jenkins-infra-plugin-site-api__0059",
        ],
    ),
    (
        "a macro after an item's line belongs to the item, and a blank line ends the list in Jira",
        &[
            "jenkins-infra-plugin-site-api__0015",
            "jenkins-infra-plugin-site-api__0018",
            "jenkins-infra-plugin-site-api__0030",
            "jenkins-infra-plugin-site-api__0049",
        ],
    ),
];

fn is_listed(table: &[(&str, &[&str])], name: &str) -> bool {
    let files = table.iter().flat_map(|(_, files)| files.iter());
    files.into_iter().any(|file| name.starts_with(file))
}

#[test]
fn most_of_what_others_make_of_wiki_markup_agrees() {
    let entries = corpus::index("wiki-markup");
    if entries.is_empty() {
        return;
    }
    let pairs: Vec<Pair> = entries.iter().filter_map(pair).collect();
    let mut groups: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for pair in &pairs {
        let is_listed =
            is_listed(&NO_READINGS, &pair.name) || is_listed(&DISAGREEMENTS, &pair.name);
        assert_eq!(
            pair.agrees(),
            !is_listed,
            "{} is {}listed\nfound:    {}\nexpected: {}",
            pair.name,
            if is_listed { "" } else { "not " },
            pair.found.join(" "),
            pair.expected.join(" "),
        );
        let (agreeing, all) = groups.entry(&pair.group).or_default();
        *agreeing += usize::from(pair.agrees());
        *all += usize::from(!self::is_listed(&NO_READINGS, &pair.name));
    }
    eprintln!("agreeing and all of each group: {groups:#?}");
    let agreeing: usize = groups.values().map(|(agreeing, _)| agreeing).sum();
    let all: usize = groups.values().map(|(_, all)| all).sum();
    eprintln!(
        "{agreeing} of {all} agree; {} are no readings",
        pairs.len() - all
    );
    assert!(
        pairs.len() > 400 && agreeing * 100 >= all * 90,
        "{agreeing} of {all}"
    );
}

#[test]
fn no_word_of_a_real_text_is_lost() {
    let entries = corpus::index("wiki-markup");
    if entries.is_empty() {
        return;
    }
    for entry in &entries {
        let Some(source) = corpus::file(&entry["file"]) else {
            continue;
        };
        for dialect in [Dialect::Jira, Dialect::Confluence] {
            let read = format!("{:?}", read(&source, dialect));
            let words = source.split(|c: char| !c.is_ascii_alphabetic());
            // Names of macros and marks of headings are in the tree in another way, as are
            // entities and the escapes in an address.
            let is_told =
                |word: &str| word.len() < 6 || read.contains(word) || MARKUP.contains(&word);
            for word in words {
                assert!(is_told(word), "{}: {word} is lost", entry["file"]);
            }
        }
    }
}

/// Words of the markup itself.
const MARKUP: [&str; 3] = ["noformat", "flagoff", "bgColor"];

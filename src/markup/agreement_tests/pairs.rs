//! Pairs of the corpus: a text, and what another converter makes of it.

use std::fmt::Write;

use similar::{ChangeTag, TextDiff};

use super::{ratio, skeleton};
use crate::markup::{document::Document, testing::corpus};

/// A text, and what another converter makes of it.
pub(super) struct Pair {
    /// The converter's owner and the number of its text, such as `pchuri 33`.
    pub(super) name: String,
    /// The text.
    pub(super) source: String,
    /// What the other converter makes of it.
    pub(super) expected: String,
}

impl Pair {
    /// The converter's owner.
    pub(super) fn owner(&self) -> &str {
        self.name.split(' ').next().unwrap_or_default()
    }
}

/// Why texts are read otherwise than the other converter reads them.
pub(super) struct Class {
    /// What the difference is, and why.
    pub(super) reason: &'static str,
    /// Whether the other's reading could be ours too; then these count as not agreed. The others
    /// are no measure: the file expects the result of another test, or a rule of that tool alone.
    pub(super) counts: bool,
    /// The names of the pairs.
    pub(super) names: &'static [&'static str],
}

/// The pairs of that kind in a folder of the corpus; none if there is no corpus.
///
/// In CI the corpus has to be there.
pub(super) fn pairs(folder: &str, kind: &str) -> Vec<Pair> {
    let entries = corpus::index(folder).into_iter();
    let read = |file: &_| corpus::file(file).unwrap();
    let of_kind = entries.filter(|entry| entry["kind"] == kind);
    of_kind
        .map(|entry| Pair {
            name: name(entry["file"].as_str().unwrap()),
            source: read(&entry["file"]),
            expected: read(&entry["expected_file"]),
        })
        .collect()
}

/// `storage-format/owner-repository__0033__kind.html` is called `owner 33`.
fn name(file: &str) -> String {
    let (_, file) = file.rsplit_once('/').unwrap_or(("", file));
    let mut parts = file.split("__");
    let owner = parts.next().and_then(|part| part.split('-').next());
    let number = parts.next().and_then(|part| part.parse::<u32>().ok());
    format!("{} {}", owner.unwrap_or(file), number.unwrap_or_default())
}

/// Judges all pairs, and finds that exactly those of the classes differ, and that nine in ten of
/// those that are a measure agree. A judge says what differs, if anything does.
pub(super) fn check(pairs: &[Pair], classes: &[Class], judge: impl Fn(&Pair) -> Option<String>) {
    if pairs.is_empty() {
        return;
    }
    let (mut agreed, mut measured, mut surprises) = (0, 0, String::new());
    for pair in pairs {
        let difference = judge(pair);
        let has_name = |class: &&Class| class.names.contains(&pair.name.as_str());
        let class = classes.iter().find(has_name);
        agreed += usize::from(difference.is_none());
        let is_measure = class.is_none_or(|class| class.counts);
        measured += usize::from(is_measure || difference.is_none());
        match (class, difference) {
            (Some(_), None) => writeln!(surprises, "{}: listed, but agrees", pair.name).unwrap(),
            (None, Some(difference)) => {
                writeln!(surprises, "{}: {difference}", pair.name).unwrap();
            }
            _ => {}
        }
    }
    for name in classes.iter().flat_map(|class| class.names) {
        if !pairs.iter().any(|pair| pair.name == *name) {
            writeln!(surprises, "{name}: listed, but not there").unwrap();
        }
    }
    println!("{agreed} of {measured} agree; {} pairs", pairs.len());
    for class in classes {
        println!("{} do not: {}", class.names.len(), class.reason);
    }
    assert!(surprises.is_empty(), "{surprises}");
    assert!(agreed * 10 >= measured * 9, "{agreed} of {measured} agree");
}

/// What the Markdown of others has no words for, so that it is left out of both readings.
#[derive(Debug, Clone, Copy)]
pub(super) enum Unsaid {
    /// A panel is only what stands in it.
    Panels,
    /// A panel is a quote.
    KindsOfPanels,
    /// Code has no language.
    Languages,
}

impl Unsaid {
    fn leave_out(self, part: String) -> Option<String> {
        let name = part.trim_matches(['<', '/', '>']);
        let is_panel =
            part.starts_with('<') && matches!(name, "info" | "note" | "tip" | "warning" | "panel");
        match self {
            Self::Panels => (!is_panel).then_some(part),
            Self::KindsOfPanels if is_panel => Some(part.replace(name, "quote")),
            Self::Languages if part.starts_with("<code:") => Some("<code:>".into()),
            _ => Some(part),
        }
    }
}

/// What differs between our reading and another's.
pub(super) fn difference(
    ours: Option<Document>,
    theirs: Option<Document>,
    unsaid: &[Unsaid],
) -> Option<String> {
    let parts = |document: Document| {
        let parts = skeleton(&document).into_iter();
        let said = |part| {
            unsaid
                .iter()
                .try_fold(part, |part, unsaid| unsaid.leave_out(part))
        };
        parts.filter_map(said).collect::<Vec<String>>()
    };
    let (Some(ours), Some(theirs)) = (ours.map(parts), theirs.map(parts)) else {
        return Some("cannot be read".into());
    };
    if ours == theirs {
        return None;
    }
    let mut report = format!("{:.3}", ratio(&ours, &theirs));
    let (ours, theirs) = (ours.join("\n"), theirs.join("\n"));
    let changes = TextDiff::from_lines(&theirs, &ours);
    let changes = changes.iter_all_changes();
    let changes = changes.filter(|change| change.tag() != ChangeTag::Equal);
    for change in changes.take(24) {
        write!(report, " {}{}", change.tag(), change.value().trim_end()).unwrap();
    }
    Some(report)
}

/// Which of the other's claims our text does not hold: lines such as `contains: "text"`.
pub(super) fn broken_claims(text: &str, claims: &str) -> Option<String> {
    let broken = claims.lines().filter(|claim| {
        let (kind, expected) = claim.split_once(": ").unwrap();
        let expected: String = serde_json::from_str(expected).unwrap();
        text.contains(&expected) != (kind == "contains")
    });
    let broken: Vec<&str> = broken.collect();
    (!broken.is_empty()).then(|| format!("{broken:?} in {text:?}"))
}

//! The answer to who asks for a section that is not there.

use std::fmt;

/// No section is meant, or several are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoSection {
    /// What was asked for.
    pub wanted: String,
    /// The sections that may be meant; without any, the page has none but the one without title.
    pub candidates: Vec<Candidate>,
    /// Whether each of the candidates is what was asked for.
    pub is_ambiguous: bool,
    /// How many sections with a title the page has.
    pub count: usize,
}

/// A section that may be meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// Its number.
    pub number: usize,
    /// Its title.
    pub title: String,
    /// Its anchor.
    pub anchor: String,
    /// The title of the section that it is a part of; empty if it is of none.
    pub within: String,
}

/// More candidates than these would not help.
const MOST: usize = 10;

impl NoSection {
    pub(super) fn ambiguous(wanted: &str, candidates: Vec<Candidate>) -> Self {
        Self {
            wanted: wanted.to_owned(),
            count: candidates.len(),
            candidates,
            is_ambiguous: true,
        }
    }

    pub(super) fn unknown(wanted: &str, all: Vec<Candidate>) -> Self {
        let titled = all.into_iter().filter(|section| section.number > 0);
        let mut candidates: Vec<Candidate> = titled.collect();
        let count = candidates.len();
        let needle = letters(wanted);
        let alike = |section: &Candidate| likeness(&letters(&section.title), &needle);
        let mut rated: Vec<(u32, &Candidate)> = candidates
            .iter()
            .map(|section| (alike(section), section))
            .filter(|(rating, _)| *rating >= 50)
            .collect();
        rated.sort_by_key(|(rating, section)| (std::cmp::Reverse(*rating), section.number));
        let alike: Vec<Candidate> = rated
            .into_iter()
            .take(3)
            .map(|(_, section)| section.clone())
            .collect();
        if alike.is_empty() {
            candidates.truncate(MOST);
        } else {
            candidates = alike;
        }
        Self {
            wanted: wanted.to_owned(),
            candidates,
            is_ambiguous: false,
            count,
        }
    }
}

impl std::error::Error for NoSection {}

impl fmt::Display for NoSection {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let wanted = super::problem::quoted(&self.wanted);
        let shown = self.candidates.iter().take(MOST);
        if self.is_ambiguous {
            let places: Vec<String> = shown.map(Candidate::place).collect();
            return write!(
                formatter,
                "{} sections are called {wanted}: {}; give the number of one",
                self.count,
                places.join(", ")
            );
        }
        let names: Vec<String> = shown.map(Candidate::name).collect();
        let names = names.join(", ");
        write!(formatter, "no section is called {wanted}; ")?;
        match self.count {
            0 => write!(formatter, "the page has no headings, all of it is #0"),
            count if count == self.candidates.len() => write!(formatter, "there are {names}"),
            count if self.candidates.len() < MOST => {
                write!(
                    formatter,
                    "did you mean {names}? The page has {count} in all"
                )
            }
            count => write!(formatter, "the first of {count} are {names}"),
        }
    }
}

impl Candidate {
    fn place(&self) -> String {
        match self.within.as_str() {
            "" => format!("#{}", self.number),
            within => format!("#{} (in {})", self.number, super::problem::quoted(within)),
        }
    }

    fn name(&self) -> String {
        format!("#{} {}", self.number, super::problem::quoted(&self.title))
    }
}

/// The letters and digits alone, as many as matter.
fn letters(text: &str) -> Vec<char> {
    text.chars()
        .filter(|character| character.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .take(100)
        .collect()
}

/// How alike two texts are, in percent: by the pairs of neighbouring letters they share.
fn likeness(title: &[char], wanted: &[char]) -> u32 {
    if wanted.is_empty() || title.is_empty() {
        return 0;
    }
    let contains = |long: &[char], short: &[char]| {
        short.len() >= 3 && long.windows(short.len()).any(|window| window == short)
    };
    if contains(title, wanted) || contains(wanted, title) {
        return 90;
    }
    let mut pairs: Vec<&[char]> = title.windows(2).collect();
    let all = pairs.len() + wanted.len().saturating_sub(1);
    let mut shared = 0_usize;
    for pair in wanted.windows(2) {
        if let Some(at) = pairs.iter().position(|known| *known == pair) {
            pairs.swap_remove(at);
            shared += 1;
        }
    }
    let percent = (200 * shared).checked_div(all).unwrap_or(0);
    u32::try_from(percent).unwrap_or(0)
}

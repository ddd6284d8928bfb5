//! Values of custom fields for the sample issues, worked out from the numbers of issue and field.

use serde_json::{Value, json};

use crate::sandbox::jira::custom::{CustomField, Kind};
use crate::sandbox::jira::custom_table::CUSTOM_FIELDS;
use crate::sandbox::jira::state::Issue;
use crate::sandbox::people::PEOPLE;

const SENTENCES: &[&str] = &[
    "The change is behind a flag and can be switched off without a release.",
    "Support asked for this twice in the last quarter.",
    "We compared both variants for two weeks and saw no difference in speed.",
    "If the queue grows beyond ten thousand entries, stop and call the on-call person.",
    "Works in the preview environment; staging still has the old certificate.",
    "The numbers come from the sampled logs, so small shops may be missing.",
    "Nothing personal is stored, only a counter per day and region.",
    "Roll back by deploying the previous image; the schema stays compatible.",
    "Größere Körbe brauchen länger, das ist bekannt.",
    "注文画面で確認済みです。",
    "Agreed in the planning meeting; see the page linked above. 👍",
    "The old endpoint stays for one more release so that partners can move.",
];

const WORDS: &[&str] = &[
    "cart-v2",
    "guest-checkout",
    "eu-central",
    "slow-query",
    "search",
    "retry",
    "night-shift",
    "partner",
    "mobile",
    "invoice",
];

/// The short form of a field's value; two of three lists of people and a third of the other fields have one.
pub(super) fn value(issue: &Issue, field: &CustomField) -> Value {
    let seed = Seed(issue.id.wrapping_mul(7_919) + u64::from(field.number).wrapping_mul(104_729));
    // Lists of people weigh most, so every issue has the same share of them: two of three.
    let filled = if matches!(field.kind, Kind::MultiUser) {
        let before = CUSTOM_FIELDS
            .iter()
            .take_while(|other| other.number != field.number)
            .filter(|other| matches!(other.kind, Kind::MultiUser))
            .count() as u64;
        !(issue.id + before).is_multiple_of(3)
    } else {
        seed.pick(0, 3) == 0
    };
    if !filled {
        return Value::Null;
    }
    match field.kind {
        Kind::Select(options) | Kind::Radio(options) => json!(seed.one(1, options)),
        Kind::MultiSelect(options) | Kind::Checkboxes(options) => {
            let first = seed.pick(1, options.len());
            json!(options.iter().skip(first).take(2).collect::<Vec<_>>())
        }
        Kind::Cascade(options) => {
            let chosen = options.get(seed.pick(1, options.len()));
            chosen.map_or(Value::Null, |(parent, children)| {
                json!([parent, seed.one(2, children)])
            })
        }
        Kind::User => seed.person(0),
        Kind::MultiUser => (0..6).map(|place| seed.person(place)).collect(),
        Kind::DateTime => json!(format!(
            "2026-0{}-{:02}T{:02}:{:02}:00.000+0000",
            1 + seed.pick(1, 8),
            1 + seed.pick(2, 28),
            seed.pick(3, 24),
            seed.pick(4, 12) * 5
        )),
        Kind::Date => json!(format!(
            "2026-0{}-{:02}",
            1 + seed.pick(1, 8),
            1 + seed.pick(2, 28)
        )),
        Kind::Text => json!(format!(
            "{} {}",
            seed.one(1, WORDS).unwrap_or_default(),
            100 + seed.pick(2, 900)
        )),
        Kind::TextArea => {
            let sentences: Vec<&str> = (0..5 + seed.pick(1, 8))
                .filter_map(|index| seed.one(index as u64 + 2, SENTENCES))
                .collect();
            json!(sentences.join(" "))
        }
        Kind::Number => json!(seed.pick(1, 400) as f64 / 2.0),
        Kind::Url => json!(format!(
            "https://wiki.example.com/x/{}",
            seed.one(1, WORDS).unwrap_or_default()
        )),
        Kind::Labels => json!([seed.one(1, WORDS), seed.one(2, WORDS)]),
        Kind::Versions => {
            let version = issue
                .project
                .versions
                .get(seed.pick(1, issue.project.versions.len()));
            version.map_or(Value::Null, |version| json!([version.id.to_string()]))
        }
        Kind::Rank | Kind::Sprint | Kind::EpicLink | Kind::EpicName => Value::Null,
    }
}

/// A number from which choices follow; the same number gives the same choices.
struct Seed(u64);

impl Seed {
    fn pick(&self, salt: u64, count: usize) -> usize {
        // The mixing steps of SplitMix64, so that near numbers give unlike choices.
        let mut mixed = self
            .0
            .wrapping_add(salt.wrapping_mul(0x9e37_79b9_7f4a_7c15));
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^= mixed >> 31;
        (mixed % (count.max(1) as u64)) as usize
    }

    fn one<'a>(&self, salt: u64, choices: &[&'a str]) -> Option<&'a str> {
        choices.get(self.pick(salt, choices.len())).copied()
    }

    /// Someone; people at different places of one list are different people.
    fn person(&self, place: usize) -> Value {
        let person = PEOPLE.get((self.pick(1, PEOPLE.len()) + place) % PEOPLE.len());
        person.map_or(Value::Null, |person| json!(person.login))
    }
}

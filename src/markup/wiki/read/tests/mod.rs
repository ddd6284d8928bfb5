//! Tests of reading wiki markup.

mod blocks;
mod confluence;
mod corpus;
mod hostile;
mod lines;
mod told;

use super::{Dialect, read};
use told::told;

fn check(dialect: Dialect, cases: &[(&str, &str)]) {
    for (source, expected) in cases {
        assert_eq!(told(source, dialect), *expected, "{source:?}");
    }
}

fn check_lines(dialect: Dialect, cases: &[(&str, &str)]) {
    for (source, expected) in cases {
        assert_eq!(
            told(source, dialect),
            format!("<p>{expected}</p>"),
            "{source:?}"
        );
    }
}

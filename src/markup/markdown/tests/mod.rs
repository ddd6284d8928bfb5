//! What is written is read again, and the other way round.

mod deep;
mod forms;
mod placeholders;
mod stable;

use proptest::test_runner::TestCaseError;

use super::{Options, read, write};
use crate::markup::{
    document::{Document, Origin, paragraph},
    testing,
};

fn options() -> Options {
    Options {
        raw_storage: true,
        ..Options::default()
    }
}

fn check(document: &Document) -> Result<(), TestCaseError> {
    let written = write(document);
    match read(&written, &options()) {
        Ok(read) if read == *document => Ok(()),
        Ok(read) => Err(TestCaseError::fail(format!(
            "{written}\n--- read as\n{read:?}\n--- written\n{document:?}"
        ))),
        Err(damaged) => Err(TestCaseError::fail(format!(
            "{damaged}\n{written}\n{document:?}"
        ))),
    }
}

#[test]
fn a_line_is_read_as_it_was_written() {
    testing::try_all(testing::line, |line| {
        let block = paragraph(line, Origin::default());
        check(&Document::new(block.into_iter().collect()))
    });
}

#[test]
fn a_tree_is_read_as_it_was_written() {
    testing::try_all(testing::document, |document| check(&document));
}

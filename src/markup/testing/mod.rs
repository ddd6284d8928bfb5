//! Trees made up for tests: all of them in normal form, with texts that look like markup.

pub(crate) mod corpus;
mod line;
mod links;
mod macros;

use proptest::{
    collection::vec,
    option,
    prelude::*,
    sample::select,
    test_runner::{RngSeed, TestRunner},
};

use super::document::{
    Block, Body, Cell, Code, CodeKind, Document, Heading, Inline, Item, List, ListKind, Origin,
    Paragraph, Parameter, Quote, Row, Table, Value, normal_line, paragraph, stands_alone,
};
use macros::{code_text, macro_of, plain_body};

pub(crate) use line::{line, text};
#[allow(unused_imports, reason = "for tests of other modules")]
pub(crate) use links::target;

/// So many cases, or as many as `PROPTEST_CASES` says. CI tries the same ones each time; a person
/// tries new ones.
pub(crate) fn cases(count: u32) -> ProptestConfig {
    let usual = ProptestConfig::default();
    ProptestConfig {
        cases: std::env::var("PROPTEST_CASES").map_or(count, |_| usual.cases),
        failure_persistence: None,
        rng_seed: match std::env::var("CI") {
            Ok(_) => RngSeed::Fixed(8_613),
            Err(_) => RngSeed::Random,
        },
        ..usual
    }
}

/// Tries what a strategy makes up, on a stack that is deep enough for both of them; the first that
/// fails is made small and shown.
pub(crate) fn try_all<S: Strategy>(
    strategy: impl FnOnce() -> S + Send + 'static,
    test: impl Fn(S::Value) -> Result<(), TestCaseError> + Send + 'static,
) {
    let tried = std::thread::Builder::new()
        .stack_size(256 << 20)
        .spawn(move || {
            let tried = TestRunner::new(cases(500)).run(&strategy(), test);
            tried.map_err(|error| error.to_string())
        })
        .unwrap()
        .join();
    if let Err(error) = tried.unwrap() {
        panic!("{error}");
    }
}

/// A document.
pub(crate) fn document() -> impl Strategy<Value = Document> {
    blocks(4).prop_map(Document::new)
}

/// Blocks nested up to that depth.
pub(crate) fn blocks(depth: u32) -> BoxedStrategy<Vec<Block>> {
    vec(block(depth), 0..5).boxed()
}

fn block(depth: u32) -> BoxedStrategy<Block> {
    let origin = Origin::default;
    let heading = (1..7_u8, line()).prop_map(move |(level, content)| {
        Block::Heading(Heading {
            level,
            content: normal_line(content),
            origin: origin(),
        })
    });
    let written =
        line().prop_filter_map("nothing to be seen", move |line| paragraph(line, origin()));
    let simple = prop_oneof![
        8 => written,
        2 => heading,
        2 => code_block(),
        1 => Just(Block::Rule(origin())),
        1 => macro_of(&["toc", "jira", "children", "my macro"], Just(Body::None)).prop_filter_map(
            "a word", |found| stands_alone(&found).then_some(Block::Macro(found))
        ),
        1 => macro_of(&["html", "my-macro"], plain_body()).prop_map(Block::Macro),
        1 => code_text().prop_map(Block::Raw),
    ];
    if depth == 0 {
        return simple.boxed();
    }
    let inner = block(depth - 1);
    prop_oneof![
        6 => simple,
        4 => list(inner.clone()),
        2 => vec(inner.clone(), 1..4).prop_map(move |blocks| Block::Quote(Quote { blocks, origin: origin() })),
        2 => table(inner.clone()),
        3 => box_macro(inner),
    ]
    .boxed()
}

fn code_block() -> impl Strategy<Value = Block> {
    let kind = select(&[CodeKind::Code, CodeKind::NoFormat][..]);
    let language = links::some(&[
        "java",
        "c++",
        "c#",
        "storage",
        "noformat",
        "ac-x",
        "two words",
        "a=b",
        "`",
    ]);
    let title = links::some(&["Title", "a \"b\" `c` & \\d"]);
    let parameters = select(vec![
        vec![],
        vec![("linenumbers".to_owned(), "true".to_owned())],
    ]);
    (kind, language, title, parameters, code_text()).prop_map(
        |(kind, language, title, parameters, text)| {
            Block::Code(Code {
                kind,
                language,
                title,
                parameters,
                text,
                origin: Origin::default(),
            })
        },
    )
}

fn list(inner: BoxedStrategy<Block>) -> impl Strategy<Value = Block> {
    let kind = prop_oneof![
        2 => Just(ListKind::Bullet),
        1 => Just(ListKind::Ordered(1)),
        1 => select(&[0, 2, 9, 99, 999_999_999][..]).prop_map(ListKind::Ordered),
    ];
    let done = prop_oneof![3 => Just(None), 1 => any::<bool>().prop_map(Some)];
    let item = (done, vec(inner, 0..4)).prop_map(|(done, blocks)| Item {
        done,
        blocks,
        origin: Origin::default(),
    });
    (kind, vec(item, 1..4)).prop_map(|(kind, items)| {
        Block::List(List {
            kind,
            items,
            origin: Origin::default(),
        })
    })
}

fn box_macro(inner: BoxedStrategy<Block>) -> impl Strategy<Value = Block> {
    let body = vec(inner, 0..4).prop_map(Body::Blocks);
    let names = &[
        "info",
        "note",
        "tip",
        "warning",
        "expand",
        "panel",
        "layout-cell",
        "my-macro",
        "my macro",
    ];
    let titled = (text(), any::<bool>());
    (macro_of(names, body), titled).prop_map(|(mut found, (title, is_titled))| {
        if is_titled {
            found.reference = None;
            found.parameters = vec![Parameter {
                name: "title".into(),
                value: Value::Text(title.trim().to_owned()),
            }];
            found
                .parameters
                .retain(|parameter| parameter.value != Value::Text(String::new()));
        }
        Block::Macro(found)
    })
}

fn table(inner: BoxedStrategy<Block>) -> impl Strategy<Value = Block> {
    let simple = option::of(line())
        .prop_map(|line| line.and_then(|line| paragraph(line, Origin::default())));
    let rows = vec(vec(simple, 2), 1..4);
    let simple = (rows, any::<bool>()).prop_map(|(rows, has_header)| {
        let cells = |number: usize, row: Vec<Option<Block>>| {
            let cells = row.into_iter();
            cells
                .map(|block| cell(has_header && number == 0, 1, 1, block.into_iter().collect()))
                .collect()
        };
        rows.into_iter()
            .enumerate()
            .map(|(number, row)| cells(number, row))
            .collect::<Vec<_>>()
    });
    let spans = select(&[1, 1, 1, 2][..]);
    let any_cell = (any::<bool>(), spans.clone(), spans, vec(inner, 0..3))
        .prop_map(|(is_header, columns, rows, blocks)| cell(is_header, columns, rows, blocks));
    prop_oneof![2 => simple, 1 => vec(vec(any_cell, 1..3), 1..3)].prop_map(|rows| {
        let rows = rows.into_iter().map(|cells| Row {
            cells,
            origin: Origin::default(),
        });
        Block::Table(Table {
            rows: rows.collect(),
            origin: Origin::default(),
        })
    })
}

fn cell(is_header: bool, columns: u16, rows: u16, blocks: Vec<Block>) -> Cell {
    Cell {
        is_header,
        columns,
        rows,
        blocks,
        origin: Origin::default(),
    }
}

/// A paragraph of this text.
pub(crate) fn plain(text: &str) -> Block {
    Block::Paragraph(Paragraph {
        content: vec![Inline::Text(text.to_owned())],
        origin: Origin::default(),
    })
}

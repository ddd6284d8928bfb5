//! Deep and long documents.

use super::options;
use crate::markup::{
    document::{Block, Body, Document, Item, List, ListKind, Macro, Origin, Quote},
    markdown::{notation::TOO_DEEP, read, write},
    testing,
};

/// Blocks in blocks, each of which `wrap` makes of what stands in it.
fn nested(depth: usize, wrap: fn(Vec<Block>) -> Block) -> Document {
    let mut blocks = vec![testing::plain("x")];
    for _ in 0..depth {
        blocks = vec![wrap(blocks)];
    }
    Document::new(blocks)
}

/// Puts blocks into another one.
type Wrap = fn(Vec<Block>) -> Block;

const WRAPS: [(&str, Wrap); 6] = [
    ("list", |blocks| list(ListKind::Bullet, blocks)),
    ("numbered list", |mut blocks| {
        blocks.insert(0, testing::plain("y"));
        list(ListKind::Ordered(1), blocks)
    }),
    ("quote", |blocks| {
        let origin = Origin::default();
        Block::Quote(Quote { blocks, origin })
    }),
    ("macro", |blocks| boxed("my-macro", blocks)),
    ("alert", |blocks| boxed("info", blocks)),
    ("details", |blocks| boxed("expand", blocks)),
];

fn list(kind: ListKind, blocks: Vec<Block>) -> Block {
    let origin = Origin::default();
    let items = vec![Item {
        done: None,
        blocks,
        origin,
    }];
    Block::List(List {
        kind,
        items,
        origin,
    })
}

fn boxed(name: &str, blocks: Vec<Block>) -> Block {
    Block::Macro(Macro {
        name: name.into(),
        parameters: Vec::new(),
        body: Body::Blocks(blocks),
        reference: None,
        origin: Origin::default(),
    })
}

/// Runs on a stack of the size that threads have.
fn on_a_small_stack(run: impl FnOnce() + Send + 'static) {
    let thread = std::thread::Builder::new().stack_size(2 << 20);
    thread.spawn(run).unwrap().join().unwrap();
}

#[test]
fn a_thousand_levels_neither_overflow_nor_take_long() {
    on_a_small_stack(|| {
        for (name, wrap) in WRAPS {
            let document = nested(1_000, wrap);
            let written = write(&document);
            let again = read(&written, &options()).unwrap();
            assert!(write(&again) == written, "{name}");
            assert!(!written.contains(TOO_DEEP), "{name}");
        }
    });
}

#[test]
fn what_is_nested_deeper_is_cut_with_a_note() {
    on_a_small_stack(|| {
        for (name, wrap) in WRAPS {
            let written = write(&nested(1_050, wrap));
            assert!(written.contains(TOO_DEEP), "{name}");
            let again = write(&read(&written, &options()).unwrap());
            assert!(write(&read(&again, &options()).unwrap()) == again, "{name}");
        }
        let depth = 5_000;
        for source in [
            format!("{}x", "> ".repeat(depth)),
            format!("{}x", "- ".repeat(depth)),
            format!("{}x{}", "<u>".repeat(depth), "</u>".repeat(depth)),
            format!("{}x{}", "<ac-x>".repeat(depth), "</ac-x>".repeat(depth)),
            format!("{}x{}", "<div>".repeat(depth), "</div>".repeat(depth)),
            format!("{}x{}", "*a **b ".repeat(depth), " b** a*".repeat(depth)),
            format!("{}x{}", "[".repeat(depth), "](y)".repeat(depth)),
        ] {
            let written = write(&read(&source, &options()).unwrap());
            assert!(!written.is_empty());
        }
    });
}

#[test]
fn long_texts_are_read_and_written() {
    let sources = [
        "word a_b *c* **d** `e` [f](g) http://h.example @i :tick: \\* & < > ",
        "- a\n  - b\n",
        "| a | b |\n| --- | --- |\n| c | d |\n\n",
        "<table>\n<tr>\n<td>a</td>\n<td>\n\n- b\n\n</td>\n</tr>\n</table>\n\n",
        "<ac-x>\n\na\n\n</ac-x>\n\n",
        "> [!NOTE] a\n>\n> b\n\n",
        "*a_",
        "**a ",
        "[",
        "![",
        "[[",
        "]",
        "]]",
        "<",
        "<a",
        "</",
        "`",
        "``a",
        "~~a",
        "&",
        "@",
        ":",
        "http://",
        "\\",
        "<u>",
        "</u>",
        "<b>x",
        "<ac-x/>",
        "<!--",
        "|",
        "[^1]",
        "- ",
        "> ",
        "1. ",
        "#",
    ];
    on_a_small_stack(move || {
        for source in sources {
            let text = source.repeat(200_000 / source.len());
            let document = read(&text, &options());
            let written = document.map(|document| write(&document).len());
            assert!(written.is_ok() || source.contains("ac-"));
        }
    });
}

//! Placeholders: put back, changed, copied and damaged.

use crate::markup::{
    document::{Block, Body, Document, Macro, Origin, Parameter, Quote, Value},
    storage::Base,
};

const REFERENCES: &str = "<p>a</p><ac:structured-macro ac:name=\"drawio\" ac:macro-id=\"1\"><ac:parameter ac:name=\"name\">d</ac:parameter><ac:parameter ac:name=\"x y\">hidden</ac:parameter></ac:structured-macro>";

fn drawio(number: u32, name: &str, parameters: &[(&str, &str)]) -> Document {
    let parameters = parameters.iter().map(|(name, value)| Parameter {
        name: (*name).into(),
        value: Value::Text((*value).into()),
    });
    Document::new(vec![Block::Macro(Macro {
        name: name.into(),
        parameters: parameters.collect(),
        body: Body::None,
        reference: Some(number),
        origin: Origin::default(),
    })])
}

#[test]
fn a_placeholder_is_the_macro_that_it_names() {
    let base = Base::new(REFERENCES).unwrap();
    let whole = &REFERENCES["<p>a</p>".len()..];
    for (parameters, expected) in [
        (vec![("name", "d")], whole.to_owned()),
        (vec![], whole.to_owned()),
        (vec![("name", "e")], whole.replace(">d<", ">e<")),
        (
            vec![("name", "d"), ("w", "1")],
            whole.replace(
                "<ac:parameter ac:name=\"x",
                "<ac:parameter ac:name=\"w\">1</ac:parameter><ac:parameter ac:name=\"x",
            ),
        ),
    ] {
        let changed = drawio(1, "drawio", &parameters);
        assert_eq!(base.merge(&changed).unwrap(), expected);
        assert_eq!(base.write(&changed).unwrap(), expected);
        let mut copied = base.document().clone();
        copied.blocks.extend(changed.blocks);
        let expected = format!("{REFERENCES}{expected}");
        assert_eq!(base.merge(&copied).unwrap(), expected);
    }
}

#[test]
fn a_damaged_placeholder_is_named() {
    let base = Base::new(REFERENCES).unwrap();
    let changed = drawio(9, "drawio", &[]);
    let error = base.merge(&changed).unwrap_err();
    insta::assert_snapshot!(
        error,
        @r#"<ac-drawio ref="9"/>: the page has no macro with ref="9"; read the page again and leave its placeholders as they are, or write a new macro without `ref`"#
    );
    assert_eq!(base.write(&changed), Err(error.clone()));
    assert_eq!(Base::new("").unwrap().merge(&changed), Err(error));
    let inline = Document::new(vec![Block::Quote(Quote {
        blocks: drawio(1, "gliffy", &[]).blocks,
        origin: Origin::default(),
    })]);
    insta::assert_snapshot!(
        base.merge(&inline).unwrap_err(),
        @r#"<ac-gliffy ref="1"/>: ref="1" belongs to the page's `drawio` macro; read the page again and leave its placeholders as they are, or write a new macro without `ref`"#
    );
}

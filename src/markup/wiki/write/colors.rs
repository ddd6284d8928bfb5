//! Colours within colours, which Jira cannot say: the inner one ends the outer one.

use crate::markup::{
    document::{Inline, Style, Styled},
    wiki::write::deeper,
};

/// Content of a colour with no colour inside another one, and each shown as before.
pub(super) fn flatten(color: &str, content: &[Inline]) -> Vec<Inline> {
    let mut flat = Vec::new();
    let mut plain = Vec::new();
    for inline in content {
        match inline {
            Inline::Styled(styled) if has_color(inline) => {
                wrap(color, &mut plain, &mut flat);
                match &styled.style {
                    Style::Color(inner) => flat.extend(deeper(|| flatten(inner, &styled.content))),
                    style => flat.push(Inline::Styled(Styled {
                        style: style.clone(),
                        content: deeper(|| flatten(color, &styled.content)),
                    })),
                }
            }
            _ => plain.push(inline.clone()),
        }
    }
    wrap(color, &mut plain, &mut flat);
    flat
}

/// Whether a colour is in it or around it.
pub(super) fn has_color(inline: &Inline) -> bool {
    match inline {
        Inline::Styled(Styled {
            style: Style::Color(_),
            ..
        }) => true,
        Inline::Styled(styled) => deeper(|| styled.content.iter().any(has_color)),
        _ => false,
    }
}

fn wrap(color: &str, plain: &mut Vec<Inline>, flat: &mut Vec<Inline>) {
    if !plain.is_empty() {
        flat.push(Inline::Styled(Styled {
            style: Style::Color(color.to_owned()),
            content: std::mem::take(plain),
        }));
    }
}

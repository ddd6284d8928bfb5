//! Text of a page replaced as the reader sees it, wherever marks and entities stand in it.

use std::ops::Range;

use super::{
    problem::{Problem, quoted},
    splice::Splice,
    text_map::{Flow, Notation, Place, flows},
};
use crate::markup::{clean, xml::Node};

/// What is searched and what is put in its place.
#[derive(Debug, Clone, Copy)]
pub(super) struct Replacement<'a> {
    pub(super) find: &'a str,
    pub(super) replace: &'a str,
    /// Whether the text may be there more than once.
    pub(super) all: bool,
}

/// The splices that replace the text within a part of the source, grouped by where it was found.
pub(super) fn replace_text(
    source: &str,
    nodes: &[Node],
    within: &Range<usize>,
    replacement: Replacement<'_>,
) -> Result<Vec<Vec<Splice>>, Problem> {
    let find = clean(replacement.find);
    if find.trim().is_empty() {
        let reason = "find is blank; give the text to replace as it is shown";
        return Err(Problem::NotFound(reason.into()));
    }
    let flows = flows(source, nodes);
    let mut found = occurrences(&flows, within, |flow| exact(flow, &find));
    if found.is_empty() {
        // A no-break space looks like any other, and who searches it rarely types it.
        found = occurrences(&flows, within, |flow| with_plain_spaces(flow, &find));
    }
    match found.len() {
        0 => Err(Problem::NotFound(not_found(&find))),
        count if count > 1 && !replacement.all => Err(Problem::Ambiguous(format!(
            "{} is there {count} times; give more of the text around it, or a section, or set all",
            quoted(&find)
        ))),
        _ => Ok(found
            .iter()
            .map(|found| found.splices(source, replacement.replace))
            .collect()),
    }
}

fn not_found(find: &str) -> String {
    let quoted = quoted(find);
    let hint = if find.contains('\n') {
        "; a text is searched within one paragraph, cell or code block at a time"
    } else if find.contains(['*', '`', '\\', '[', '|', '<', '#']) {
        "; give it as it is shown, without the marks of Markdown"
    } else {
        "; give it exactly as it is shown, and from one paragraph"
    };
    format!("{quoted} is not there{hint}")
}

/// Text that was found.
struct Occurrence<'a> {
    flow: &'a Flow,
    text: Range<usize>,
    places: Vec<Place>,
}

fn occurrences<'a>(
    flows: &'a [Flow],
    within: &Range<usize>,
    search: impl Fn(&Flow) -> Vec<Range<usize>>,
) -> Vec<Occurrence<'a>> {
    let mut found = Vec::new();
    for flow in flows {
        for text in search(flow) {
            let places = flow.places(&text).unwrap_or_default();
            let (Some(first), Some(last)) = (places.first(), places.last()) else {
                continue;
            };
            if within.start <= first.source.start && last.source.end <= within.end {
                found.push(Occurrence { flow, text, places });
            }
        }
    }
    found
}

fn exact(flow: &Flow, find: &str) -> Vec<Range<usize>> {
    let found = flow.text.match_indices(find);
    found.map(|(at, text)| at..at + text.len()).collect()
}

fn with_plain_spaces(flow: &Flow, find: &str) -> Vec<Range<usize>> {
    const NO_BREAK: &str = "\u{a0}";
    if !flow.text.contains(NO_BREAK) && !find.contains(NO_BREAK) {
        return Vec::new();
    }
    // Each space that is replaced makes the text one byte shorter.
    let plain = flow.text.replace(NO_BREAK, " ");
    let replaced: Vec<usize> = flow
        .text
        .match_indices(NO_BREAK)
        .enumerate()
        .map(|(count, (at, _))| at - count)
        .collect();
    let original = |at: usize| at + replaced.partition_point(|replaced| *replaced < at);
    let find = find.replace(NO_BREAK, " ");
    plain
        .match_indices(&find)
        .map(|(at, text)| original(at)..original(at + text.len()))
        .collect()
}

impl Occurrence<'_> {
    fn splices(&self, source: &str, replace: &str) -> Vec<Splice> {
        let mut splices = Vec::new();
        let mut places = self.places.iter();
        if let Some(first) = places.next() {
            splices.push(Splice::new(
                first.source.clone(),
                written(source, first, replace),
            ));
        }
        // The rest of the text goes, and with it the elements that would be left empty.
        let emptied = self.flow.emptied(&self.text, !replace.is_empty());
        splices.extend(emptied.into_iter().map(|outer| Splice::new(outer, "")));
        for place in places {
            splices.push(Splice::new(
                place.source.clone(),
                written(source, place, ""),
            ));
        }
        outermost(splices)
    }
}

/// Without the splices that lie in another.
fn outermost(mut splices: Vec<Splice>) -> Vec<Splice> {
    splices.sort_by_key(|splice| (splice.at.start, std::cmp::Reverse(splice.at.end)));
    let mut end = 0;
    splices.retain(|splice| {
        let is_outer = splice.at.start >= end;
        if is_outer {
            end = splice.at.end;
        }
        is_outer
    });
    splices
}

/// The replacement as it is written at a place.
fn written(source: &str, place: &Place, text: &str) -> String {
    let allowed = |c: &char| matches!(c, '\t' | '\n') || !c.is_control() && !is_no_character(*c);
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let text: String = text.chars().filter(allowed).collect();
    match place.notation {
        Notation::Data => data(source, &place.source, &text),
        Notation::Preformatted => escaped(&text, "\n"),
        Notation::Text => escaped(&text, "<br/>"),
    }
}

/// XML allows neither of them, however they are written.
fn is_no_character(character: char) -> bool {
    matches!(character, '\u{fffe}' | '\u{ffff}')
}

fn escaped(text: &str, line_end: &str) -> String {
    let mut written = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => written.push_str("&amp;"),
            '<' => written.push_str("&lt;"),
            '>' => written.push_str("&gt;"),
            '\u{a0}' => written.push_str("&nbsp;"),
            '\n' => written.push_str(line_end),
            _ => written.push(character),
        }
    }
    written
}

/// The text as character data that does not end what stands around it.
fn data(source: &str, at: &Range<usize>, text: &str) -> String {
    const DIVIDED: &str = "]]><![CDATA[";
    let before = source.get(..at.start).unwrap_or_default();
    let brackets = before.len() - before.trim_end_matches(']').len();
    let after = source.get(at.end..).unwrap_or_default();
    let mut written = String::with_capacity(text.len());
    let mut open = brackets.min(2);
    for character in text.chars() {
        if character == '>' && open >= 2 {
            written.push_str(DIVIDED);
        }
        open = if character == ']' { open + 1 } else { 0 };
        written.push(character);
    }
    // What follows may complete the end that the text began.
    let completes = match open {
        0 => false,
        1 => after.starts_with("]>"),
        _ => after.starts_with('>') || after.starts_with("]>"),
    };
    if completes {
        written.push_str(DIVIDED);
    }
    written
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::splice::splice;
    use super::*;
    use crate::markup::xml;

    fn replaced(source: &str, find: &str, replace: &str, all: bool) -> Result<String, String> {
        let nodes = xml::read(source).unwrap();
        let replacement = Replacement { find, replace, all };
        let splices = replace_text(source, &nodes, &(0..source.len()), replacement);
        let splices = splices.map_err(|problem| problem.to_string())?.concat();
        let result = splice(source, &splices);
        xml::read(&result).unwrap();
        Ok(result)
    }

    #[test]
    fn text_is_replaced_where_it_is_shown() {
        for (source, find, replace, expected) in [
            ("<p>a b c</p>", "b", "x", "<p>a x c</p>"),
            ("<p>a <b>b</b> c</p>", "a b c", "x", "<p>x</p>"),
            ("<p>a <b>b</b> c</p>", "b c", "x", "<p>a <b>x</b></p>"),
            ("<p>a <b>b d</b></p>", "a b", "x", "<p>x<b> d</b></p>"),
            ("<p>a <b>b</b> c</p>", " b", "", "<p>a c</p>"),
            (
                "<p>a <b>b</b> c</p>",
                "b",
                "<&>",
                "<p>a <b>&lt;&amp;&gt;</b> c</p>",
            ),
            ("<p>a&nbsp;b</p>", "a b", "c\u{a0}d", "<p>c&nbsp;d</p>"),
            (
                "<p>&nbsp;a&nbsp;b c</p>",
                "b c",
                "d",
                "<p>&nbsp;a&nbsp;d</p>",
            ),
            ("<p>a&amp;b</p>", "&", "and", "<p>aandb</p>"),
            ("<p>a<br/>b</p>", "a\nb", "a\nc", "<p>a<br/>c</p>"),
            ("<pre>a\n b</pre>", "a\n b", "a\nc", "<pre>a\nc</pre>"),
            ("<p>a<img/>b</p>", "b", "c\u{0}\u{fffe}", "<p>a<img/>c</p>"),
        ] {
            let result = replaced(source, find, replace, false);
            assert_eq!(result.as_deref(), Ok(expected), "{source} {find}");
        }
    }

    #[test]
    fn a_link_goes_with_its_text() {
        let link = "<ac:link><ri:page ri:content-title=\"P\"/><ac:plain-text-link-body>\
            <![CDATA[the page]]></ac:plain-text-link-body></ac:link>";
        let source = format!("<p>See {link} now</p>");
        let result = replaced(&source, "See the page now", "Gone", false);
        assert_eq!(result.as_deref(), Ok("<p>Gone</p>"));
        let result = replaced(&source, "the page", "]]>", false).unwrap();
        assert!(result.contains("<![CDATA[]]]]><![CDATA[>]]>"), "{result}");
    }

    #[test]
    fn attributes_parameters_and_tags_are_not_text() {
        let source = "<p class=\"x\"><ac:structured-macro ac:name=\"x\"><ac:parameter \
            ac:name=\"x\">x</ac:parameter></ac:structured-macro></p>";
        assert_eq!(
            replaced(source, "x", "y", true).unwrap_err(),
            "\"x\" is not there; give it exactly as it is shown, and from one paragraph"
        );
    }

    #[test]
    fn several_are_replaced_only_if_that_is_wanted() {
        let source = "<p>a b a</p><p><i>a</i></p>";
        assert_eq!(
            replaced(source, "a", "x", false).unwrap_err(),
            "\"a\" is there 3 times; give more of the text around it, or a section, or set all"
        );
        let result = replaced(source, "a", "aa", true);
        assert_eq!(result.as_deref(), Ok("<p>aa b aa</p><p><i>aa</i></p>"));
    }

    #[test]
    fn what_is_not_there_is_told_with_a_hint() {
        for (find, expected) in [
            (
                "**b**",
                "\"**b**\" is not there; give it as it is shown, without the marks of Markdown",
            ),
            (
                "a\nb",
                "\"a\\nb\" is not there; a text is searched within one paragraph, cell or code block at a time",
            ),
            (
                " \n",
                "find is blank; give the text to replace as it is shown",
            ),
        ] {
            assert_eq!(
                replaced("<p>a</p><p><b>b</b></p>", find, "", true).unwrap_err(),
                expected
            );
        }
    }

    proptest! {
        #![proptest_config(crate::markup::testing::cases(256))]

        #[test]
        fn character_data_holds_whatever_is_put_into_it(
            before in "[]>x]{0,4}", after in "[]>x]{0,4}", replace in "[]>x&<]{0,6}",
        ) {
            let source = format!("<x><![CDATA[{}]]></x>", format!("{before}€{after}").replace("]]>", "]]]]><![CDATA[>"));
            let result = replaced(&source, "€", &replace, false).unwrap();
            let nodes = xml::read(&result).unwrap();
            prop_assert_eq!(xml::text_of(&nodes), format!("{before}{replace}{after}"));
        }

        #[test]
        fn no_search_panics_or_breaks_the_page(find in "[ab &;<>\u{a0}\n]{0,5}", replace in "\\PC{0,6}") {
            let source = "<p>a&nbsp;b <b>a <i>&amp;</i></b><br/>\n b;&lt;a <a href=\"a\">b</a></p>\
                <ac:plain-text-body><![CDATA[a]]]]><![CDATA[>\n b]]></ac:plain-text-body>a";
            let _ = replaced(source, &find, &replace, true);
        }

        #[test]
        fn the_text_afterwards_is_the_text_before_with_the_replacement(
            find in "[ab ]{1,3}", replace in "[xy&<]{0,4}",
        ) {
            let source = "<p>ab<b>a</b> b<i>b a</i> a<u>a<s>b</s></u></p>";
            prop_assume!(!find.trim().is_empty());
            let before = xml::text_of(&xml::read(source).unwrap());
            if let Ok(result) = replaced(source, &find, &replace, true) {
                let after = xml::text_of(&xml::read(&result).unwrap());
                prop_assert_eq!(after, before.replace(&find, &replace));
            }
        }
    }
}

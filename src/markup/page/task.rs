//! Tasks ticked off, or opened again.

use std::ops::Range;

use super::{
    edit::Position,
    problem::{Problem, quoted},
    section::spaced,
    splice::Splice,
    text_map::flows,
};
use crate::markup::xml::{Element, Node};

/// A task of the page.
struct Task<'a> {
    element: &'a Element,
    text: String,
}

/// The task's place and the splice that sets its state.
pub(super) fn set_task(
    source: &str,
    nodes: &[Node],
    within: &Range<usize>,
    wanted: &Position,
    done: bool,
) -> Result<(Range<usize>, Option<Splice>), Problem> {
    let mut tasks = Vec::new();
    collect(source, nodes, within, &mut tasks);
    let task = find(&tasks, wanted)?;
    let state = if done { "complete" } else { "incomplete" };
    let splice = match task.element.child("ac:task-status") {
        Some(status) if status.text().trim() == state => None,
        Some(status) if status.inner != status.outer && !status.inner.is_empty() => {
            Some(Splice::new(status.inner.clone(), state))
        }
        status => {
            let body = task.element.child("ac:task-body");
            let start = body.map_or(task.element.inner.end, |body| body.outer.start);
            let at = status.map_or(start..start, |status| status.outer.clone());
            let text = format!("<ac:task-status>{state}</ac:task-status>");
            Some(Splice::new(at, text))
        }
    };
    Ok((task.element.outer.clone(), splice))
}

fn collect<'a>(source: &str, nodes: &'a [Node], within: &Range<usize>, tasks: &mut Vec<Task<'a>>) {
    for node in nodes {
        let Node::Element(element) = node else {
            continue;
        };
        let is_within = within.start <= element.outer.start && element.outer.end <= within.end;
        if element.name == "ac:task" && is_within {
            let text = element
                .child("ac:task-body")
                .map_or_else(String::new, |body| own_text(source, body));
            tasks.push(Task { element, text });
        }
        stacker::maybe_grow(64 << 10, 1 << 20, || {
            collect(source, &element.children, within, tasks);
        });
    }
}

/// The text of a task without that of the tasks below it.
fn own_text(source: &str, body: &Element) -> String {
    let below = body
        .children
        .iter()
        .position(|node| matches!(node, Node::Element(element) if element.name == "ac:task-list"));
    let own = body.children.get(..below.unwrap_or(body.children.len()));
    let lines = flows(source, own.unwrap_or_default());
    let lines: Vec<&str> = lines.iter().map(|flow| flow.text.trim()).collect();
    one_line(&lines.join(" "))
}

fn one_line(text: &str) -> String {
    spaced(text)
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
}

fn find<'t, 'a>(tasks: &'t [Task<'a>], wanted: &Position) -> Result<&'t Task<'a>, Problem> {
    let by_number = |number: usize| number.checked_sub(1).and_then(|index| tasks.get(index));
    let text = match wanted {
        Position::Number(number) => {
            return by_number(*number)
                .ok_or_else(|| Problem::NotFound(missing(tasks, &format!("{number}"))));
        }
        Position::Name(text) => one_line(text),
    };
    let lower = text.to_lowercase();
    let tests: [&dyn Fn(&Task<'_>) -> bool; 3] = [
        &|task| task.text == text,
        &|task| task.text.to_lowercase() == lower,
        &|task| !lower.is_empty() && task.text.to_lowercase().contains(&lower),
    ];
    for test in tests {
        let found: Vec<(usize, &Task<'_>)> =
            (1..).zip(tasks).filter(|(_, task)| test(task)).collect();
        match found.as_slice() {
            [] => {}
            [(_, task)] => return Ok(task),
            [..] => {
                let numbers: Vec<String> =
                    found.iter().map(|(number, _)| number.to_string()).collect();
                return Err(Problem::Ambiguous(format!(
                    "the tasks {} have the text {}; give the number of one",
                    numbers.join(", "),
                    quoted(&text)
                )));
            }
        }
    }
    let number = text
        .trim_start_matches('#')
        .parse()
        .ok()
        .and_then(by_number);
    number.ok_or_else(|| Problem::NotFound(missing(tasks, &quoted(&text))))
}

fn missing(tasks: &[Task<'_>], wanted: &str) -> String {
    let shown = (1..).zip(tasks).take(10);
    let shown: Vec<String> = shown
        .map(|(number, task)| format!("{number} {}", quoted(&task.text)))
        .collect();
    match tasks.len() {
        0 => format!("no task {wanted}: there are no tasks"),
        count if count == shown.len() => {
            format!("no task {wanted}: there are {}", shown.join(", "))
        }
        count => format!(
            "no task {wanted}: the first of {count} are {}",
            shown.join(", ")
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::super::splice::splice;
    use super::*;
    use crate::markup::xml;

    const PAGE: &str = "<ac:task-list>\
        <ac:task><ac:task-id>1</ac:task-id><ac:task-status>incomplete</ac:task-status>\
        <ac:task-body><span>Call&nbsp;<strong>Ann</strong></span></ac:task-body></ac:task>\
        <ac:task><ac:task-status>complete</ac:task-status><ac:task-body>Write\n it\
        <ac:task-list><ac:task><ac:task-body>Print it</ac:task-body></ac:task></ac:task-list>\
        </ac:task-body></ac:task></ac:task-list>";

    fn set(task: Position, done: bool) -> String {
        let nodes = xml::read(PAGE).unwrap();
        match set_task(PAGE, &nodes, &(0..PAGE.len()), &task, done) {
            Ok((_, None)) => "as it was".into(),
            Ok((at, Some(change))) => {
                let result = splice(PAGE, &[change]);
                let tail = PAGE.len() - at.end;
                result[at.start..result.len() - tail].to_owned()
            }
            Err(problem) => problem.to_string(),
        }
    }

    #[test]
    fn a_task_is_set_by_its_text_or_number() {
        let name = |text: &str| Position::Name(text.into());
        for (task, done, expected) in [
            (
                name("Call Ann"),
                true,
                "<ac:task><ac:task-id>1</ac:task-id><ac:task-status>complete</ac:task-status><ac:task-body><span>Call&nbsp;<strong>Ann</strong></span></ac:task-body></ac:task>",
            ),
            (name("call ann"), false, "as it was"),
            (
                name("print"),
                true,
                "<ac:task><ac:task-status>complete</ac:task-status><ac:task-body>Print it</ac:task-body></ac:task>",
            ),
            (name("Write it"), true, "as it was"),
            (Position::Number(2), true, "as it was"),
            (
                name("#3"),
                false,
                "<ac:task><ac:task-status>incomplete</ac:task-status><ac:task-body>Print it</ac:task-body></ac:task>",
            ),
            (
                name("it"),
                true,
                "the tasks 2, 3 have the text \"it\"; give the number of one",
            ),
            (
                name(""),
                true,
                "no task \"\": there are 1 \"Call Ann\", 2 \"Write it\", 3 \"Print it\"",
            ),
            (
                Position::Number(0),
                true,
                "no task 0: there are 1 \"Call Ann\", 2 \"Write it\", 3 \"Print it\"",
            ),
        ] {
            assert_eq!(set(task.clone(), done), expected, "{task:?}");
        }
    }
}

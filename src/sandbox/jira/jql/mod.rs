//! JQL: what each field can be compared with, and Jira's own words for mistakes.

mod errors;
mod fields;
mod order;
mod plain;
mod reserved;

use crate::sandbox::exchange::Call;
use crate::sandbox::jira::catalogue::{self, RESOLUTIONS};
use crate::sandbox::jira::jql::errors::explain;
use crate::sandbox::jira::jql::fields::{Field, field, names};
use crate::sandbox::jira::jql::order::{compare, compare_keys, is_sortable, rank};
use crate::sandbox::jira::jql::plain::{no_value, numbers, ordered};
pub(super) use crate::sandbox::jira::jql::reserved::RESERVED;
use crate::sandbox::jira::state::{Issue, State};
use crate::sandbox::people::{self, Person};
use crate::sandbox::query::matching::{Wanted, fits, members};
use crate::sandbox::query::{Check, Operand, Operator, Test, parse};

/// Finds the issues that fit a query, in its order; or says everything that is wrong with it.
pub(super) fn run<'a>(
    state: &'a State,
    query: &str,
    call: &Call,
) -> Result<Vec<&'a Issue>, Vec<String>> {
    let query = parse(query, RESERVED).map_err(|error| vec![explain(&error)])?;
    let mut problems = Vec::new();
    let context = Context { state, call };
    let check = query
        .condition
        .map(|condition| condition.compile(&mut |test| context.compile(test), &mut problems));
    for order in &query.order {
        if !is_sortable(&order.field) {
            problems.push(format!("Not able to sort using field '{}'.", order.field));
        }
    }
    if !problems.is_empty() {
        return Err(problems);
    }
    if call.caller.is_none() {
        return Ok(Vec::new());
    }
    let mut found: Vec<&Issue> = state
        .issues
        .values()
        .filter(|issue| check.as_ref().is_none_or(|check| check(issue)))
        .collect();
    // Without an order, the newest key comes first.
    found.sort_by(|one, other| compare_keys(other, one));
    found.sort_by(|one, other| compare(one, other, &query.order));
    Ok(found)
}

/// What a field can be compared with.
pub(super) enum Holds {
    /// Words to search for.
    Text,
    /// Values with an order.
    Ordered,
    /// Values that are the same or not.
    Values,
}

/// What a field holds, if queries know it.
pub(super) fn holds(name: &str) -> Option<Holds> {
    Some(match field(name)? {
        Field::Text(_) => Holds::Text,
        Field::Moment(_) | Field::Key | Field::Priority | Field::Number(_) => Holds::Ordered,
        _ => Holds::Values,
    })
}

struct Context<'a, 'b> {
    state: &'a State,
    call: &'b Call,
}

impl<'a> Context<'a, '_> {
    fn compile(&self, test: &Test) -> Result<Check<'a, Issue>, String> {
        let name = &test.field;
        let field = field(name).ok_or_else(|| {
            format!("Field '{name}' does not exist or you do not have permission to view it.")
        })?;
        let operator = test.operator;
        let supported = match field {
            Field::Text(_) => {
                operator.textual() || matches!(operator, Operator::Is | Operator::IsNot)
            }
            Field::Moment(_) | Field::Key | Field::Priority | Field::Number(_) => {
                !operator.textual()
            }
            _ => !operator.textual() && !operator.ordering(),
        };
        if !supported {
            return Err(format!(
                "The operator '{}' is not supported by the '{name}' field.",
                operator.text()
            ));
        }
        if matches!(operator, Operator::Is | Operator::IsNot) && test.operand != Operand::Empty {
            return Err(format!(
                "The operator '{}' only supports the values 'EMPTY' and 'NULL'.",
                operator.text()
            ));
        }
        let listed = matches!(test.operand, Operand::List(_));
        if listed != matches!(operator, Operator::In | Operator::NotIn)
            && !matches!(test.operand, Operand::Function(..))
        {
            return Err(format!(
                "Operator '{}' does not support the {} operand for field '{name}'.",
                operator.text(),
                if listed { "list" } else { "non-list" },
            ));
        }
        match field {
            Field::Values(values, exists) => self.values(test, values, exists),
            Field::People(person) => self.people(test, person),
            Field::Key => self.keys(test),
            Field::Priority => self.priorities(test),
            Field::Resolution => self.resolutions(test),
            Field::Text(text) => self.text(test, text),
            Field::Moment(moment) => self.moment(test, moment),
            Field::Number(number) => numbers(test, number),
        }
    }

    /// The wanted values of a test in lower case; `known` says which of them exist.
    fn wanted(&self, test: &Test, known: impl Fn(&str) -> bool) -> Result<Wanted, String> {
        let mut wanted = Vec::new();
        for member in members(&test.operand) {
            match member {
                Operand::Empty => wanted.push(None),
                Operand::Word(word) if known(word) => wanted.push(Some(word.to_lowercase())),
                Operand::Word(word) => return Err(no_value(word, &test.field)),
                Operand::Function(name, _) => {
                    match (name.to_lowercase().as_str(), self.call.caller) {
                        ("currentuser", Some(person)) => wanted.push(Some(person.login.to_owned())),
                        // Nobody is logged in, so nobody fits.
                        ("currentuser", None) => wanted.push(Some(String::new())),
                        ("opensprints" | "closedsprints" | "futuresprints", _) => {
                            let open = name.to_lowercase();
                            let state = open.trim_end_matches("sprints");
                            let state = if state == "open" { "active" } else { state };
                            wanted.extend(
                                self.state
                                    .planning
                                    .sprints
                                    .iter()
                                    .filter(|sprint| sprint.state.name() == state)
                                    .map(|sprint| Some(sprint.id.to_string())),
                            );
                        }
                        _ => return Err(format!("Unable to find JQL function '{name}()'.")),
                    }
                }
                Operand::List(_) => {}
            }
        }
        Ok(wanted)
    }

    fn values(
        &self,
        test: &Test,
        values: fn(&State, &Issue) -> Vec<String>,
        exists: fn(&State, &str) -> bool,
    ) -> Result<Check<'a, Issue>, String> {
        let anonymous = self.call.caller.is_none() && test.field.eq_ignore_ascii_case("project");
        let mut wanted = self.wanted(test, |word| !anonymous && exists(self.state, word))?;
        if test.field.eq_ignore_ascii_case("parent") {
            // A parent is compared by id, so that a moved key would still fit.
            for wanted in wanted.iter_mut().flatten() {
                if let Some(id) = self.state.id_of(wanted) {
                    *wanted = id.to_string();
                }
            }
        }
        let operator = test.operator;
        let state = self.state;
        Ok(Box::new(move |issue| {
            fits(&values(state, issue), operator, &wanted)
        }))
    }

    fn people(
        &self,
        test: &Test,
        person: fn(&Issue) -> Option<&'static Person>,
    ) -> Result<Check<'a, Issue>, String> {
        let wanted = self.wanted(test, |word| people::by_any_name(word).is_some())?;
        let wanted: Wanted = wanted
            .into_iter()
            .map(|name| {
                name.map(|name| {
                    people::by_any_name(&name).map_or(name, |person| person.login.to_owned())
                })
            })
            .collect();
        let operator = test.operator;
        Ok(Box::new(move |issue| {
            let logins: Vec<String> = person(issue)
                .map(|person| person.login.to_owned())
                .into_iter()
                .collect();
            fits(&logins, operator, &wanted)
        }))
    }

    fn keys(&self, test: &Test) -> Result<Check<'a, Issue>, String> {
        let visible = self.call.caller.is_some();
        let mut wanted: Vec<&'a Issue> = Vec::new();
        for member in members(&test.operand) {
            match member {
                Operand::Word(word) => match self.state.find(word).filter(|_| visible) {
                    Some(issue) => wanted.push(issue),
                    None => {
                        return Err(format!(
                            "An issue with key '{word}' does not exist for field '{}'.",
                            test.field
                        ));
                    }
                },
                _ => {
                    return Err(format!(
                        "The field '{}' does not support searching for an empty value.",
                        test.field
                    ));
                }
            }
        }
        let operator = test.operator;
        Ok(Box::new(move |issue| match operator {
            Operator::Equal | Operator::In => wanted.iter().any(|other| other.id == issue.id),
            Operator::NotEqual | Operator::NotIn => wanted.iter().all(|other| other.id != issue.id),
            // Keys of different projects have no order.
            _ => wanted.iter().any(|other| {
                other.project.key == issue.project.key
                    && ordered(issue.number.cmp(&other.number), operator)
            }),
        }))
    }

    fn priorities(&self, test: &Test) -> Result<Check<'a, Issue>, String> {
        let wanted = self.wanted(test, |word| catalogue::priority_named(word).is_some())?;
        let operator = test.operator;
        Ok(Box::new(move |issue| {
            if !operator.ordering() {
                return fits(
                    &names(&[issue.priority.name, issue.priority.id]),
                    operator,
                    &wanted,
                );
            }
            wanted.iter().flatten().any(|name| {
                catalogue::priority_named(name).is_some_and(|other| {
                    ordered(rank(issue.priority).cmp(&rank(other)).reverse(), operator)
                })
            })
        }))
    }

    fn resolutions(&self, test: &Test) -> Result<Check<'a, Issue>, String> {
        let wanted = self.wanted(test, |word| {
            catalogue::same(word, "unresolved")
                || RESOLUTIONS
                    .iter()
                    .any(|choice| choice.id == word || catalogue::same(choice.name, word))
        })?;
        let wanted: Wanted = wanted
            .into_iter()
            .map(|name| name.filter(|name| name != "unresolved"))
            .collect();
        let operator = test.operator;
        Ok(Box::new(move |issue| {
            let values = issue
                .resolution
                .map(|choice| names(&[choice.name, choice.id]));
            fits(&values.unwrap_or_default(), operator, &wanted)
        }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sandbox::jira::sample;

    fn ask(query: &str) -> Result<Vec<String>, Vec<String>> {
        let state = sample::load().unwrap();
        let call = Call::example("GET", "", "");
        let found = run(&state, query, &call)?;
        Ok(found.iter().map(|issue| issue.key()).collect())
    }

    fn problem(query: &str) -> String {
        ask(query).unwrap_err().join("; ")
    }

    #[test]
    fn keys_are_compared_as_numbers() {
        let found = ask("project = demo and key > DEMO-9 and key <= DEMO-12 order by key").unwrap();
        assert_eq!(found, ["DEMO-10", "DEMO-11", "DEMO-12"]);
    }

    #[test]
    fn every_issue_is_resolved_or_unresolved() {
        let all = ask("").unwrap().len();
        let open = ask("resolution = Unresolved").unwrap().len();
        let closed = ask("resolution is not EMPTY").unwrap().len();
        assert!(open > 0 && closed > 0);
        assert_eq!(open + closed, all);
        assert_eq!(ask("resolution in (unresolved)").unwrap().len(), open);
    }

    #[test]
    fn priorities_have_an_order() {
        let urgent = ask("priority > Medium").unwrap().len();
        assert_eq!(ask("priority in (High, Highest)").unwrap().len(), urgent);
        assert!(urgent > 0);
    }

    #[test]
    fn mistakes_are_told_in_the_words_of_jira() {
        assert_eq!(
            problem("foo = 1"),
            "Field 'foo' does not exist or you do not have permission to view it."
        );
        assert_eq!(
            problem("project = X and status = y"),
            "The value 'X' does not exist for the field 'project'.; \
             The value 'y' does not exist for the field 'status'."
        );
        assert_eq!(
            problem("summary = x"),
            "The operator '=' is not supported by the 'summary' field."
        );
        assert_eq!(
            problem("project = DEMO foo"),
            "Error in the JQL Query: Expecting either 'OR' or 'AND' but got 'foo'. \
             (line 1, character 16)"
        );
        assert_eq!(
            problem("order by foo"),
            "Not able to sort using field 'foo'."
        );
    }
}

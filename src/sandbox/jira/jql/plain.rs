//! Tests on fields whose values are no names: text, moments and numbers.

use std::cmp::Ordering;

use chrono::{DateTime, Utc};

use crate::sandbox::jira::jql::Context;
use crate::sandbox::jira::state::Issue;
use crate::sandbox::query::matching::{holds, members};
use crate::sandbox::query::{Check, Operand, Operator, Test, dates};

impl<'a> Context<'a, '_> {
    /// A test on a text.
    pub(super) fn text(
        &self,
        test: &Test,
        text: fn(&Issue) -> String,
    ) -> Result<Check<'a, Issue>, String> {
        let operator = test.operator;
        match &test.operand {
            Operand::Word(search) if search.starts_with(['*', '?']) => Err(format!(
                "The text query '{search}' for field '{}' is not allowed to start with '*' or '?'.",
                test.field
            )),
            Operand::Word(search) => {
                let search = search.clone();
                Ok(Box::new(move |issue| {
                    holds(&text(issue), &search) != operator.negative()
                }))
            }
            _ => Ok(Box::new(move |issue| {
                text(issue).is_empty() != operator.negative()
            })),
        }
    }

    /// A test on a moment.
    pub(super) fn moment(
        &self,
        test: &Test,
        moment: fn(&Issue) -> Option<DateTime<Utc>>,
    ) -> Result<Check<'a, Issue>, String> {
        let operator = test.operator;
        if test.operand == Operand::Empty {
            return Ok(Box::new(move |issue| {
                moment(issue).is_none() != operator.negative()
            }));
        }
        let mut wanted = Vec::new();
        for member in members(&test.operand) {
            let found = dates::moment(member, self.call.now);
            wanted.push(found.ok_or_else(|| match member {
                Operand::Function(name, _) => format!("Unable to find JQL function '{name}()'."),
                Operand::Word(word) => format!(
                    "Date value '{word}' for field '{}' is invalid. Valid formats include: \
                     'yyyy/MM/dd HH:mm', 'yyyy-MM-dd HH:mm', 'yyyy/MM/dd', 'yyyy-MM-dd', or a \
                     period format e.g. '-5d', '4w 2d'.",
                    test.field
                ),
                _ => format!("The field '{}' takes dates only.", test.field),
            })?);
        }
        Ok(Box::new(move |issue| {
            let Some(date) = moment(issue) else {
                return false;
            };
            if operator.negative() {
                wanted.iter().all(|wanted| wanted.compares(date, operator))
            } else {
                wanted.iter().any(|wanted| wanted.compares(date, operator))
            }
        }))
    }
}

/// A test on a number.
pub(super) fn numbers<'a>(
    test: &Test,
    number: fn(&Issue) -> Option<f64>,
) -> Result<Check<'a, Issue>, String> {
    let operator = test.operator;
    let mut wanted = Vec::new();
    for member in members(&test.operand) {
        match member {
            Operand::Empty => wanted.push(None),
            Operand::Word(word) => match word.parse::<f64>() {
                Ok(number) => wanted.push(Some(number)),
                Err(_) => return Err(no_value(word, &test.field)),
            },
            _ => return Err(format!("The field '{}' takes numbers only.", test.field)),
        }
    }
    Ok(Box::new(move |issue| {
        let value = number(issue);
        let found = wanted.iter().any(|wanted| match (value, wanted) {
            (None, None) => true,
            (Some(value), Some(wanted)) if operator.ordering() => {
                ordered(value.total_cmp(wanted), operator)
            }
            (Some(value), Some(wanted)) => value.total_cmp(wanted).is_eq(),
            _ => false,
        });
        found != operator.negative() && (value.is_some() || wanted.contains(&None))
    }))
}

/// What Jira says of a value that does not exist.
pub(super) fn no_value(value: &str, field: &str) -> String {
    format!("The value '{value}' does not exist for the field '{field}'.")
}

/// Whether an order is what an operator asks for.
pub(super) fn ordered(order: Ordering, operator: Operator) -> bool {
    match operator {
        Operator::Greater => order.is_gt(),
        Operator::GreaterOrEqual => order.is_ge(),
        Operator::Less => order.is_lt(),
        Operator::LessOrEqual => order.is_le(),
        _ => order.is_eq(),
    }
}

//! Jira's words for mistakes in the grammar of a query.

use crate::sandbox::query::{Fault, SyntaxError};

const OPERATORS: &str = "The valid operators are '=', '!=', '<', '>', '<=', '>=', '~', '!~', \
                         'IN', 'NOT IN', 'IS' and 'IS NOT'.";

/// Says what is wrong, in the words of Jira 8.
pub(super) fn explain(error: &SyntaxError) -> String {
    let place = format!("(line {}, character {})", error.line, error.character);
    let end = "before the end of the query.";
    let (what, placed) = match &error.fault {
        Fault::NoConnective(Some(got)) => (
            format!("Expecting either 'OR' or 'AND' but got '{got}'."),
            true,
        ),
        Fault::NoConnective(None) => (format!("Expecting either 'OR' or 'AND' {end}"), false),
        Fault::NoOperator(Some(got)) => (
            format!("Expecting operator but got '{got}'. {OPERATORS}"),
            true,
        ),
        Fault::NoOperator(None) => (format!("Expecting operator {end} {OPERATORS}"), false),
        Fault::NoOperand(Some(got)) => (
            format!(
                "Expecting either a value, list or function but got '{got}'. You must surround \
                 '{got}' in quotation marks to use it as a value."
            ),
            true,
        ),
        Fault::NoOperand(None) => (
            format!("Expecting either a value, list or function {end}"),
            false,
        ),
        Fault::NoField(Some(got)) => (
            format!(
                "Expecting a field name but got '{got}'. You must surround '{got}' in quotation \
                 marks to use it as a field name."
            ),
            true,
        ),
        Fault::NoField(None) => (
            "Expecting a field name at the end of the query.".to_owned(),
            false,
        ),
        Fault::NoClosing(Some(got)) => (
            format!("Expecting either ')' or ',' but got '{got}'."),
            true,
        ),
        Fault::NoClosing(None) => (format!("Expecting ')' {end}"), false),
        Fault::NoBy(Some(got)) => (format!("Expecting 'by' but got '{got}'."), true),
        Fault::NoBy(None) => (format!("Expecting 'by' {end}"), false),
        Fault::OpenString(text) => (
            format!("The quoted string '{text}' has not been completed."),
            true,
        ),
        Fault::Reserved(character) => (
            format!(
                "The character '{character}' is a reserved JQL character. You must enclose it in \
                 a string or use the escape '\\u{:04x}' instead.",
                u32::from(*character)
            ),
            true,
        ),
        Fault::ReservedWord(word) => (
            format!(
                "'{word}' is a reserved JQL word. You must surround it in quotation marks to use \
                 it in a query."
            ),
            true,
        ),
    };
    if placed {
        format!("Error in the JQL Query: {what} {place}")
    } else {
        format!("Error in the JQL Query: {what}")
    }
}

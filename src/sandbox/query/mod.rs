//! The query language that JQL and CQL share: tokens, grammar, dates and comparison.
//!
//! The two products differ in their fields and in how they word a mistake; both is theirs.

pub(super) mod dates;
pub(super) mod matching;
mod parser;
mod tokens;

pub(super) use parser::parse;

/// A whole query.
#[derive(Debug, PartialEq)]
pub(super) struct Query {
    /// What to find; nothing finds everything.
    pub(super) condition: Option<Condition>,
    /// How to sort, first key first.
    pub(super) order: Vec<Order>,
}

/// One key of `ORDER BY`.
#[derive(Debug, PartialEq)]
pub(super) struct Order {
    /// The field.
    pub(super) field: String,
    /// Whether `DESC` or `ASC` was given.
    pub(super) descending: Option<bool>,
}

/// A tree of tests.
#[derive(Debug, PartialEq)]
pub(super) enum Condition {
    /// All have to hold.
    All(Vec<Condition>),
    /// One has to hold.
    Any(Vec<Condition>),
    /// It must not hold.
    Not(Box<Condition>),
    /// One field is compared with something.
    Test(Test),
}

/// A field, an operator and what to compare with.
#[derive(Debug, PartialEq)]
pub(super) struct Test {
    /// The field as it was written.
    pub(super) field: String,
    /// The operator.
    pub(super) operator: Operator,
    /// What to compare with.
    pub(super) operand: Operand,
}

/// How to compare.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Operator {
    /// `=`
    Equal,
    /// `!=`
    NotEqual,
    /// `~`
    Contains,
    /// `!~`
    NotContains,
    /// `in`
    In,
    /// `not in`
    NotIn,
    /// `is`
    Is,
    /// `is not`
    IsNot,
    /// `>`
    Greater,
    /// `>=`
    GreaterOrEqual,
    /// `<`
    Less,
    /// `<=`
    LessOrEqual,
}

impl Operator {
    /// The operator as it is written.
    pub(super) fn text(self) -> &'static str {
        match self {
            Operator::Equal => "=",
            Operator::NotEqual => "!=",
            Operator::Contains => "~",
            Operator::NotContains => "!~",
            Operator::In => "in",
            Operator::NotIn => "not in",
            Operator::Is => "is",
            Operator::IsNot => "is not",
            Operator::Greater => ">",
            Operator::GreaterOrEqual => ">=",
            Operator::Less => "<",
            Operator::LessOrEqual => "<=",
        }
    }

    /// Whether it turns its positive counterpart round.
    pub(super) fn negative(self) -> bool {
        matches!(
            self,
            Operator::NotEqual | Operator::NotContains | Operator::NotIn | Operator::IsNot
        )
    }

    /// Whether it asks for an order.
    pub(super) fn ordering(self) -> bool {
        matches!(
            self,
            Operator::Greater | Operator::GreaterOrEqual | Operator::Less | Operator::LessOrEqual
        )
    }

    /// Whether it searches in text.
    pub(super) fn textual(self) -> bool {
        matches!(self, Operator::Contains | Operator::NotContains)
    }
}

/// What to compare with.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Operand {
    /// A word, number or quoted string.
    Word(String),
    /// A function and its arguments.
    Function(String, Vec<String>),
    /// Several, in parentheses.
    List(Vec<Operand>),
    /// `EMPTY` or `NULL`.
    Empty,
}

/// Why a query could not be read.
#[derive(Debug, PartialEq)]
pub(super) struct SyntaxError {
    /// What was wrong.
    pub(super) fault: Fault,
    /// The line, from 1.
    pub(super) line: usize,
    /// The character in the line, from 1.
    pub(super) character: usize,
}

/// What was wrong with a query; text is what stood there, nothing is the query's end.
#[derive(Debug, PartialEq)]
pub(super) enum Fault {
    /// A connective was expected.
    NoConnective(Option<String>),
    /// An operator was expected.
    NoOperator(Option<String>),
    /// A value, list or function was expected.
    NoOperand(Option<String>),
    /// A field was expected.
    NoField(Option<String>),
    /// A closing parenthesis or a comma was expected.
    NoClosing(Option<String>),
    /// `BY` was expected after `ORDER`.
    NoBy(Option<String>),
    /// A string has no closing quote.
    OpenString(String),
    /// A character is reserved.
    Reserved(char),
    /// A word is reserved.
    ReservedWord(String),
}

impl Condition {
    /// Turns each test into a check with `make` and joins the checks; problems are collected.
    pub(super) fn compile<'a, T: ?Sized + 'a>(
        &self,
        make: &mut dyn FnMut(&Test) -> Result<Check<'a, T>, String>,
        problems: &mut Vec<String>,
    ) -> Check<'a, T> {
        match self {
            Condition::Test(test) => match make(test) {
                Ok(check) => check,
                Err(problem) => {
                    if !problems.contains(&problem) {
                        problems.push(problem);
                    }
                    Box::new(|_| false)
                }
            },
            Condition::Not(inner) => {
                let inner = inner.compile(make, problems);
                Box::new(move |thing| !inner(thing))
            }
            Condition::All(parts) => {
                let parts = compile_all(parts, make, problems);
                Box::new(move |thing| parts.iter().all(|part| part(thing)))
            }
            Condition::Any(parts) => {
                let parts = compile_all(parts, make, problems);
                Box::new(move |thing| parts.iter().any(|part| part(thing)))
            }
        }
    }
}

/// Says whether a thing is wanted.
pub(super) type Check<'a, T> = Box<dyn Fn(&T) -> bool + 'a>;

fn compile_all<'a, T: ?Sized + 'a>(
    parts: &[Condition],
    make: &mut dyn FnMut(&Test) -> Result<Check<'a, T>, String>,
    problems: &mut Vec<String>,
) -> Vec<Check<'a, T>> {
    let mut checks = Vec::with_capacity(parts.len());
    for part in parts {
        checks.push(part.compile(make, problems));
    }
    checks
}

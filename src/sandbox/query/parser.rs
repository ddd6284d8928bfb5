//! From tokens to a tree.

use crate::sandbox::query::tokens::{Kind, Token, tokens};
use crate::sandbox::query::{Condition, Fault, Operand, Operator, Order, Query, SyntaxError, Test};

/// How deep parentheses and negations may be nested before the parser gives up.
const MAXIMUM_DEPTH: usize = 100;

/// The words of the grammar itself, which every dialect reserves.
const KEYWORDS: &[&str] = &[
    "and", "or", "not", "in", "is", "order", "by", "empty", "null",
];

/// Reads a query; `reserved` are further words that need quotes.
pub(in crate::sandbox) fn parse(query: &str, reserved: &[&str]) -> Result<Query, SyntaxError> {
    let tokens = tokens(query)?;
    let lines: Vec<&str> = query.lines().collect();
    let mut parser = Parser {
        tokens: &tokens,
        reserved,
        end: (
            lines.len().max(1),
            lines.last().map_or(0, |line| line.chars().count()) + 1,
        ),
        depth: 0,
    };
    let condition = if parser.tokens.is_empty() || parser.at("order") {
        None
    } else {
        Some(parser.any()?)
    };
    let order = parser.order()?;
    Ok(Query { condition, order })
}

struct Parser<'a> {
    tokens: &'a [Token],
    reserved: &'a [&'a str],
    end: (usize, usize),
    depth: usize,
}

impl<'a> Parser<'a> {
    fn peek(&self) -> Option<&'a Kind> {
        self.tokens.first().map(|token| &token.kind)
    }

    fn at(&self, keyword: &str) -> bool {
        self.peek().is_some_and(|kind| kind.is(keyword))
    }

    fn skip(&mut self) {
        self.tokens = self.tokens.get(1..).unwrap_or_default();
    }

    fn take(&mut self, keyword: &str) -> bool {
        let found = self.at(keyword);
        if found {
            self.skip();
        }
        found
    }

    fn failed<T>(&self, fault: impl FnOnce(Option<String>) -> Fault) -> Result<T, SyntaxError> {
        let got = self.peek().map(|kind| kind.text().to_owned());
        let (line, character) = self
            .tokens
            .first()
            .map_or(self.end, |token| (token.line, token.character));
        Err(SyntaxError {
            fault: fault(got),
            line,
            character,
        })
    }

    fn is_reserved(&self, word: &str) -> bool {
        KEYWORDS
            .iter()
            .chain(self.reserved)
            .any(|reserved| reserved.eq_ignore_ascii_case(word))
    }

    fn any(&mut self) -> Result<Condition, SyntaxError> {
        let mut parts = vec![self.all()?];
        while self.take("or") || self.take("||") || self.take("|") {
            parts.push(self.all()?);
        }
        Ok(single(parts, Condition::Any))
    }

    fn all(&mut self) -> Result<Condition, SyntaxError> {
        let mut parts = vec![self.not()?];
        while self.take("and") || self.take("&&") || self.take("&") {
            parts.push(self.not()?);
        }
        Ok(single(parts, Condition::All))
    }

    fn not(&mut self) -> Result<Condition, SyntaxError> {
        self.depth += 1;
        if self.depth > MAXIMUM_DEPTH {
            return self.failed(Fault::NoField);
        }
        let condition = if self.take("not") || self.take("!") {
            Condition::Not(Box::new(self.not()?))
        } else if self.take("(") {
            let inner = self.any()?;
            if !self.take(")") {
                return self.failed(Fault::NoClosing);
            }
            inner
        } else {
            Condition::Test(self.test()?)
        };
        self.depth -= 1;
        Ok(condition)
    }

    fn test(&mut self) -> Result<Test, SyntaxError> {
        let field = self.field()?;
        let operator = self.operator()?;
        let operand = self.operand()?;
        Ok(Test {
            field,
            operator,
            operand,
        })
    }

    fn field(&mut self) -> Result<String, SyntaxError> {
        match self.peek() {
            Some(Kind::Quoted(text)) => {
                self.skip();
                Ok(text.clone())
            }
            Some(Kind::Word(text)) if self.is_reserved(text) => {
                self.failed(|got| Fault::ReservedWord(got.unwrap_or_default()))
            }
            Some(Kind::Word(text)) => {
                self.skip();
                Ok(text.clone())
            }
            _ => self.failed(Fault::NoField),
        }
    }

    fn operator(&mut self) -> Result<Operator, SyntaxError> {
        const SIGNS: &[(&str, Operator)] = &[
            ("=", Operator::Equal),
            ("!=", Operator::NotEqual),
            ("~", Operator::Contains),
            ("!~", Operator::NotContains),
            (">", Operator::Greater),
            (">=", Operator::GreaterOrEqual),
            ("<", Operator::Less),
            ("<=", Operator::LessOrEqual),
            ("in", Operator::In),
        ];
        for (sign, operator) in SIGNS {
            if self.take(sign) {
                return Ok(*operator);
            }
        }
        if self.take("is") {
            let negative = self.take("not");
            return Ok(if negative {
                Operator::IsNot
            } else {
                Operator::Is
            });
        }
        let negated_in =
            self.at("not") && self.tokens.get(1).is_some_and(|token| token.kind.is("in"));
        if negated_in {
            self.skip();
            self.skip();
            return Ok(Operator::NotIn);
        }
        self.failed(Fault::NoOperator)
    }

    fn operand(&mut self) -> Result<Operand, SyntaxError> {
        if self.take("empty") || self.take("null") {
            return Ok(Operand::Empty);
        }
        if self.take("(") {
            self.depth += 1;
            if self.depth > MAXIMUM_DEPTH {
                return self.failed(Fault::NoOperand);
            }
            let mut members = vec![self.operand()?];
            while self.take(",") {
                members.push(self.operand()?);
            }
            self.depth -= 1;
            if !self.take(")") {
                return self.failed(Fault::NoClosing);
            }
            return Ok(Operand::List(members));
        }
        match self.peek() {
            Some(Kind::Quoted(text)) => {
                self.skip();
                Ok(Operand::Word(text.clone()))
            }
            Some(Kind::Word(text)) if !self.is_reserved(text) => {
                self.skip();
                if self.take("(") {
                    return self.function(text.clone());
                }
                Ok(Operand::Word(text.clone()))
            }
            _ => self.failed(Fault::NoOperand),
        }
    }

    fn function(&mut self, name: String) -> Result<Operand, SyntaxError> {
        let mut arguments = Vec::new();
        while let Some(Kind::Quoted(text) | Kind::Word(text)) = self.peek() {
            arguments.push(text.clone());
            self.skip();
            if !self.take(",") {
                break;
            }
        }
        if !self.take(")") {
            return self.failed(Fault::NoClosing);
        }
        Ok(Operand::Function(name, arguments))
    }

    fn order(&mut self) -> Result<Vec<Order>, SyntaxError> {
        let mut order = Vec::new();
        if self.take("order") {
            if !self.take("by") {
                return self.failed(Fault::NoBy);
            }
            loop {
                let field = self.field()?;
                let descending = if self.take("desc") {
                    Some(true)
                } else if self.take("asc") {
                    Some(false)
                } else {
                    None
                };
                order.push(Order { field, descending });
                if !self.take(",") {
                    break;
                }
            }
        }
        if self.tokens.is_empty() {
            Ok(order)
        } else {
            self.failed(Fault::NoConnective)
        }
    }
}

/// A list of one is the one.
fn single(mut parts: Vec<Condition>, join: impl FnOnce(Vec<Condition>) -> Condition) -> Condition {
    if parts.len() == 1
        && let Some(only) = parts.pop()
    {
        return only;
    }
    join(parts)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(query: &str) -> Result<Query, SyntaxError> {
        parse(query, &["end"])
    }

    fn test(field: &str, operator: Operator, value: &str) -> Condition {
        Condition::Test(Test {
            field: field.to_owned(),
            operator,
            operand: Operand::Word(value.to_owned()),
        })
    }

    fn fault(query: &str) -> (Fault, usize) {
        let error = read(query).unwrap_err();
        (error.fault, error.character)
    }

    #[test]
    fn and_binds_tighter_than_or() {
        let query = read("a = 1 or b = 2 AND not c ~ 'x y'").unwrap();
        assert_eq!(
            query.condition,
            Some(Condition::Any(vec![
                test("a", Operator::Equal, "1"),
                Condition::All(vec![
                    test("b", Operator::Equal, "2"),
                    Condition::Not(Box::new(test("c", Operator::Contains, "x y"))),
                ]),
            ]))
        );
    }

    #[test]
    fn lists_functions_and_order_are_read() {
        let query = read("a not in (b, now(\"-7d\")) ORDER BY c DESC, 'd e'").unwrap();
        assert_eq!(
            query.condition,
            Some(Condition::Test(Test {
                field: "a".to_owned(),
                operator: Operator::NotIn,
                operand: Operand::List(vec![
                    Operand::Word("b".to_owned()),
                    Operand::Function("now".to_owned(), vec!["-7d".to_owned()]),
                ]),
            }))
        );
        assert_eq!(query.order.len(), 2);
        assert_eq!(query.order[0].descending, Some(true));
    }

    #[test]
    fn a_mistake_is_named_with_its_place() {
        assert_eq!(
            fault("a = b x = y"),
            (Fault::NoConnective(Some("x".to_owned())), 7)
        );
        assert_eq!(fault("a b"), (Fault::NoOperator(Some("b".to_owned())), 3));
        assert_eq!(fault("a ="), (Fault::NoOperand(None), 4));
        assert_eq!(fault("a = b and"), (Fault::NoField(None), 10));
        assert_eq!(fault("(a = b"), (Fault::NoClosing(None), 7));
        assert_eq!(fault("end = 1"), (Fault::ReservedWord("end".to_owned()), 1));
        assert_eq!(fault("a = 50%"), (Fault::Reserved('%'), 7));
    }

    #[test]
    fn deep_nesting_is_an_error_and_no_overflow() {
        assert!(read(&"(".repeat(100_000)).is_err());
        assert!(read(&"not ".repeat(100_000)).is_err());
        assert!(read(&format!("a in {}", "(".repeat(100_000))).is_err());
    }
}

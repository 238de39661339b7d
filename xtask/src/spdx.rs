//! SPDX license expressions: whether an allow list satisfies one.

/// Whether the licenses in `allowed` satisfy the expression, or why it cannot be read.
///
/// `OR` needs one side, `AND` both; `A WITH E` is satisfied by `A` or by `A WITH E` in the list, since an exception only
/// adds rights. The old form `A/B` of crates.io means `A OR B`.
pub fn is_satisfied(expression: &str, allowed: &[String]) -> Result<bool, String> {
    let spaced = expression
        .replace('(', " ( ")
        .replace(')', " ) ")
        .replace('/', " OR ");
    let tokens: Vec<&str> = spaced.split_whitespace().collect();
    let mut parser = Parser {
        tokens: &tokens,
        at: 0,
        allowed,
    };
    let result = parser.either()?;
    match parser.peek() {
        None => Ok(result),
        Some(token) => Err(format!("`{token}` is not expected in `{expression}`")),
    }
}

struct Parser<'a> {
    tokens: &'a [&'a str],
    at: usize,
    allowed: &'a [String],
}

impl<'a> Parser<'a> {
    fn peek(&self) -> Option<&'a str> {
        self.tokens.get(self.at).copied()
    }

    fn takes(&mut self, token: &str) -> bool {
        let found = self.peek() == Some(token);
        self.at += usize::from(found);
        found
    }

    fn either(&mut self) -> Result<bool, String> {
        let mut result = self.both()?;
        while self.takes("OR") {
            result |= self.both()?;
        }
        Ok(result)
    }

    fn both(&mut self) -> Result<bool, String> {
        let mut result = self.one()?;
        while self.takes("AND") {
            result &= self.one()?;
        }
        Ok(result)
    }

    fn one(&mut self) -> Result<bool, String> {
        if self.takes("(") {
            let result = self.either()?;
            return if self.takes(")") {
                Ok(result)
            } else {
                Err("a parenthesis is not closed".to_owned())
            };
        }
        let license = self.name()?;
        let listed = |name: &str| self.allowed.iter().any(|allowed| allowed == name);
        let mut result = listed(license);
        if self.takes("WITH") {
            let exception = self.name()?;
            result |= self
                .allowed
                .contains(&format!("{license} WITH {exception}"));
        }
        Ok(result)
    }

    fn name(&mut self) -> Result<&'a str, String> {
        match self.peek() {
            Some(token) if !["(", ")", "OR", "AND", "WITH"].contains(&token) => {
                self.at += 1;
                Ok(token)
            }
            Some(token) => Err(format!("a license is expected, not `{token}`")),
            None => Err("a license is expected at the end".to_owned()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(expression: &str, expected: Option<bool>) {
        let allowed = ["MIT", "Apache-2.0", "Unicode-3.0"].map(str::to_owned);
        assert_eq!(
            is_satisfied(expression, &allowed).ok(),
            expected,
            "{expression}"
        );
    }

    #[test]
    fn expressions_are_satisfied_by_the_list() {
        check("MIT", Some(true));
        check("GPL-3.0-only", Some(false));
        check("GPL-3.0-only OR MIT", Some(true));
        check("GPL-3.0-only AND MIT", Some(false));
        check("(MIT OR Apache-2.0) AND Unicode-3.0", Some(true));
        check("MIT OR GPL-2.0-only AND GPL-3.0-only", Some(true));
        check("(MIT OR GPL-2.0-only) AND GPL-3.0-only", Some(false));
        check("Apache-2.0 WITH LLVM-exception", Some(true));
        check("GPL-2.0-only WITH Classpath-exception-2.0", Some(false));
        check("MIT/Apache-2.0", Some(true));
        check("Apache-2.0 / GPL-3.0-only", Some(true));
    }

    #[test]
    fn what_is_no_expression_is_refused() {
        for text in [
            "",
            "MIT OR",
            "(MIT",
            "MIT)",
            "AND MIT",
            "MIT Apache-2.0",
            "MIT WITH",
        ] {
            check(text, None);
        }
    }
}

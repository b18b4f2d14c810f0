//! The lines of a text, each read from left to right.

use super::TextError;
use super::token::{Token, tokens};
use crate::program::ProgramError;
use core::str::FromStr;
use std::sync::Arc;

/// The lines of a text; empty ones are passed over.
pub(super) struct Lines<'t> {
    text: core::str::Lines<'t>,
    number: usize,
}

impl<'t> Lines<'t> {
    pub fn new(text: &'t str) -> Self {
        Lines {
            text: text.lines(),
            number: 0,
        }
    }

    /// The number of the next line, and the line.
    pub fn next_line(&mut self) -> (usize, Option<&'t str>) {
        loop {
            self.number += 1;
            match self.text.next() {
                Some(line) if line.trim().is_empty() => {}
                line => return (self.number, line),
            }
        }
    }

    pub fn next(&mut self) -> Result<Line<'t>, TextError> {
        let (number, line) = self.next_line();
        let found = match line {
            Some(line) => tokens(line),
            None => Err(("a further line", "the end of the text".to_owned())),
        };
        match found {
            Ok(tokens) => Ok(Line {
                number,
                tokens,
                at: 0,
            }),
            Err((expected, got)) => Err(TextError::Syntax {
                line: number,
                expected: expected.to_owned(),
                got,
            }),
        }
    }

    pub fn end(&mut self) -> Result<(), TextError> {
        match self.next_line() {
            (_, None) => Ok(()),
            (line, Some(got)) => Err(TextError::Syntax {
                line,
                expected: "the end of the text".to_owned(),
                got: format!("`{got}`"),
            }),
        }
    }
}

/// What is left of a line.
pub(super) struct Line<'t> {
    pub number: usize,
    tokens: Vec<Token<'t>>,
    pub at: usize,
}

impl<'t> Line<'t> {
    pub fn peek(&self, ahead: usize) -> Option<&Token<'t>> {
        self.tokens.get(self.at + ahead)
    }

    /// The error that something else should stand here.
    pub fn expected<T>(&self, expected: &str) -> Result<T, TextError> {
        self.wrong(
            expected,
            match self.peek(0) {
                Some(token) => token.to_string(),
                None => "the end of the line".to_owned(),
            },
        )
    }

    pub fn wrong<T>(&self, expected: &str, got: String) -> Result<T, TextError> {
        Err(TextError::Syntax {
            line: self.number,
            expected: expected.to_owned(),
            got,
        })
    }

    pub fn program<T>(&self, result: Result<T, ProgramError>) -> Result<T, TextError> {
        result.map_err(|error| TextError::Program {
            line: self.number,
            error,
        })
    }

    /// What the next token is, if it is one of these.
    pub fn take<T>(
        &mut self,
        expected: &str,
        read: impl FnOnce(&Token<'t>) -> Option<T>,
    ) -> Result<T, TextError> {
        match self.peek(0).and_then(read) {
            Some(value) => {
                self.at += 1;
                Ok(value)
            }
            None => self.expected(expected),
        }
    }

    pub fn accept(&mut self, token: &Token<'_>) -> bool {
        let found = self.peek(0) == Some(token);
        self.at += usize::from(found);
        found
    }

    pub fn accept_sign(&mut self, sign: char) -> bool {
        self.accept(&Token::Sign(sign))
    }

    pub fn accept_word(&mut self, word: &str) -> bool {
        self.accept(&Token::Atom(word))
    }

    pub fn sign(&mut self, sign: char) -> Result<(), TextError> {
        let is = |token: &Token<'_>| (*token == Token::Sign(sign)).then_some(());
        self.take(&format!("`{sign}`"), is)
    }

    pub fn end(&self) -> Result<(), TextError> {
        match self.peek(0) {
            None => Ok(()),
            Some(_) => self.expected("the end of the line"),
        }
    }

    pub fn number<N: FromStr>(&mut self) -> Result<N, TextError> {
        self.take("a number", |token| match token {
            Token::Atom(atom) => atom.parse().ok(),
            Token::Id(_) | Token::Quoted(_) | Token::Sign(_) => None,
        })
    }

    pub fn name(&mut self) -> Result<Arc<str>, TextError> {
        self.take("a name", |token| match token {
            Token::Atom(atom) => Some((*atom).into()),
            Token::Quoted(text) => Some(text.as_str().into()),
            Token::Id(_) | Token::Sign(_) => None,
        })
    }

    pub fn ids(&mut self) -> Vec<usize> {
        let mut all = Vec::new();
        while let Some(&Token::Id(id)) = self.peek(0) {
            all.push(id);
            self.at += 1;
        }
        all
    }

    /// `[` some entries `]`.
    pub fn list<T>(
        &mut self,
        mut entry: impl FnMut(&mut Self) -> Result<T, TextError>,
    ) -> Result<Vec<T>, TextError> {
        self.sign('[')?;
        let mut all = Vec::new();
        while !self.accept_sign(']') {
            if !all.is_empty() {
                self.sign(',')?;
            }
            all.push(entry(self)?);
        }
        Ok(all)
    }
}

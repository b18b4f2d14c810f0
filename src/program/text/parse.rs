//! Programs, read.

use super::TextError;
use super::line::{Line, Lines};
use super::token::Token;
use super::write::VERSION;
use crate::program::ProgramError;
use crate::program::input::{Input, Label};
use crate::program::parameter::Parameter;
use crate::program::syntax::{Function, Instruction, Prim, Program, Rule};
use crate::scalar::{Literal, Precision};
use crate::tensor::{Dims, Key, Type};
use core::str::FromStr;
use std::sync::Arc;

/// The program of a text: see [`Display`](core::fmt::Display).
impl FromStr for Program {
    type Err = TextError;
    fn from_str(text: &str) -> Result<Self, TextError> {
        let mut lines = Lines::new(text);
        let (number, first) = lines.next_line();
        if first.is_none_or(|first| first.trim_end() != VERSION) {
            return Err(TextError::Syntax {
                line: number,
                expected: format!("`{VERSION}`"),
                got: first.map_or("the end of the text".to_owned(), |first| {
                    format!("`{first}`")
                }),
            });
        }
        let mut functions = Vec::new();
        loop {
            let mut line = lines.next()?;
            if !line.accept_word("function") {
                let program = program(&mut lines, line, &functions)?;
                return lines.end().map(|()| program);
            }
            functions.push(function(&mut lines, line, &functions)?);
        }
    }
}

/// Types, numbers and labels.
impl<'t> Line<'t> {
    fn ty(&mut self) -> Result<Type, TextError> {
        let precisions = [Precision::Run, Precision::Single, Precision::Double];
        let word = match self.peek(0) {
            Some(&Token::Atom(word)) => Some(word),
            _ => None,
        };
        let precision = precisions
            .into_iter()
            .find(|p| word == Some(&p.to_string()));
        if word.is_some() && word != Some("key") && precision.is_none() {
            return self.expected("a type");
        }
        self.at += usize::from(word.is_some());
        let dims = Dims::new(&self.list(Line::number)?);
        Ok(match (word, precision) {
            (Some(_), None) => Type::Key(dims),
            (Some(_), Some(precision)) => Type::Scalar(dims, precision),
            (None, _) if self.accept_sign('<') => Type::Index {
                dims,
                below: self.number()?,
            },
            (None, _) => Type::scalar(dims),
        })
    }

    fn literal(&mut self) -> Result<Literal, TextError> {
        let at = self.at;
        match self.parameter(&[])?.literal() {
            Some(c) => Ok(c),
            None => {
                self.at = at;
                self.expected("a number such as `3`, `1/2` or `0.5f`")
            }
        }
    }

    /// What stands between the parentheses of a primitive.
    fn parameter(&mut self, functions: &[Arc<Function>]) -> Result<Parameter, TextError> {
        let list_follows = self.peek(1) == Some(&Token::Sign('['));
        let bits_follow = self.peek(1) == Some(&Token::Sign(':'));
        let atom = match self.peek(0) {
            Some(Token::Sign('[')) => return Ok(Parameter::List(self.list(Line::number)?)),
            Some(Token::Quoted(word)) => {
                let word = word.clone();
                self.at += 1;
                return Ok(Parameter::Word(word));
            }
            Some(&Token::Atom(atom)) => atom,
            Some(Token::Id(_) | Token::Sign(_)) | None => return self.expected("a parameter"),
        };
        if list_follows && atom == "scalars" {
            self.at += 1;
            return Ok(Parameter::Literals(self.list(Line::literal)?));
        }
        if list_follows && atom == "keys" {
            self.at += 1;
            return Ok(Parameter::Keys(self.list(Line::key)?));
        }
        if bits_follow && atom == "nan" {
            self.at += 2;
            let value = f64::from_bits(self.bits()?);
            return Ok(Parameter::Literal(Literal::Real(value)));
        }
        let function = atom
            .strip_prefix('f')
            .and_then(|rest| rest.parse::<usize>().ok());
        let parameter = match (function, atom) {
            (Some(number), _) => match functions.get(number) {
                Some(function) => Parameter::Function(Arc::clone(function)),
                None => return self.expected("a function that stands before"),
            },
            (None, "inf") => Parameter::Literal(Literal::Real(f64::INFINITY)),
            (None, "-inf") => Parameter::Literal(Literal::Real(f64::NEG_INFINITY)),
            (None, atom) if atom.starts_with(|c: char| c == '-' || c.is_ascii_digit()) => {
                match number(atom) {
                    Some(number) => number,
                    None => return self.expected("a number such as `3`, `1/2` or `0.5f`"),
                }
            }
            (None, word) => Parameter::Word(word.to_owned()),
        };
        self.at += 1;
        Ok(parameter)
    }

    fn key(&mut self) -> Result<Key, TextError> {
        self.bits().map(Key::new)
    }

    /// 64 bits, as 16 digits.
    fn bits(&mut self) -> Result<u64, TextError> {
        self.take("16 hexadecimal digits", |token| match token {
            Token::Atom(digits) if digits.len() == 16 && !digits.starts_with('+') => {
                u64::from_str_radix(digits, 16).ok()
            }
            _ => None,
        })
    }

    /// What a user calls a value.
    fn label(&mut self) -> Result<Label, TextError> {
        let mut names = vec![self.name()?];
        while matches!(self.peek(0), Some(Token::Sign(','))) {
            self.sign(',')?;
            names.push(self.name()?);
        }
        let op = self.name()?;
        let source = match self.peek(0) {
            None => None,
            Some(_) => {
                let file = self.name()?;
                self.sign(':')?;
                Some((file, self.number()?))
            }
        };
        Ok(Label {
            names: names.into(),
            op,
            source,
        })
    }
}

/// A number, exact or a double.
fn number(atom: &str) -> Option<Parameter> {
    if let Some(decimal) = atom.strip_suffix('f') {
        let plain = |c: char| c.is_ascii_digit() || matches!(c, '.' | 'e' | '-' | '+');
        let value = decimal
            .parse::<f64>()
            .ok()
            .filter(|x| x.is_finite() && decimal.chars().all(plain));
        return Some(Parameter::Literal(Literal::Real(value?)));
    }
    if let Some((n, d)) = atom.split_once('/') {
        return Some(Parameter::Literal(Literal::Ratio(
            n.parse().ok()?,
            d.parse().ok()?,
        )));
    }
    match atom.parse() {
        Ok(number) => Some(Parameter::Number(number)),
        Err(_) => Some(Parameter::Literal(Literal::Ratio(atom.parse().ok()?, 1))),
    }
}

/// `function 0 name {`, and what follows up to `}`.
fn function<'t>(
    lines: &mut Lines<'t>,
    mut line: Line<'t>,
    functions: &[Arc<Function>],
) -> Result<Arc<Function>, TextError> {
    let number = functions.len().to_string();
    if !line.accept_word(&number) {
        return line.expected(&format!("`{number}`"));
    }
    let name = line.name()?;
    let mut block = |line: &mut Line<'t>| {
        line.sign('{')?;
        line.end()?;
        let first = lines.next()?;
        let found = program(lines, first, functions)?;
        *line = lines.next()?;
        line.sign('}')?;
        Ok(found)
    };
    let body = block(&mut line)?;
    let rule = match line.accept_word("jvp") {
        false => None,
        true => {
            let jvp = block(&mut line)?;
            if !line.accept_word("vjp") {
                return line.expected("`vjp`");
            }
            let vjp = block(&mut line)?;
            Some(Rule { jvp, vjp })
        }
    };
    line.end()?;
    Ok(Function::new(&name, body, rule))
}

/// Inputs and instructions from this line on, up to `return`.
fn program<'t>(
    lines: &mut Lines<'t>,
    mut line: Line<'t>,
    functions: &[Arc<Function>],
) -> Result<Program, TextError> {
    let mut program = Program::default();
    while !line.accept_word("return") {
        one_line(&mut program, &mut line, functions)?;
        line = lines.next()?;
    }
    let outputs = line.ids();
    line.end()?;
    line.program(program.set_outputs(&outputs))?;
    Ok(program)
}

/// An input, or an instruction.
fn one_line(
    program: &mut Program,
    line: &mut Line<'_>,
    functions: &[Arc<Function>],
) -> Result<(), TextError> {
    let first = program.size();
    let next = |line: &mut Line<'_>, id: usize| match line.accept(&Token::Id(id)) {
        true => Ok(()),
        false => line.expected(&format!("`%{id}`")),
    };
    match line.peek(0) {
        Some(Token::Id(_)) => next(line, first)?,
        _ => return line.expected("a value such as `%0`, or `return`"),
    }
    let colon = Some(&Token::Sign(':'));
    if line.peek(0) == colon || line.peek(1) == colon {
        let name = if line.peek(0) == colon {
            "".into()
        } else {
            line.name()?
        };
        line.sign(':')?;
        let ty = line.ty()?;
        line.end()?;
        if !program.instructions().is_empty() {
            return line.program(Err(ProgramError::LateInput));
        }
        program.push_input(Input { name, ty });
        return Ok(());
    }
    let mut results = vec![line.ty()?];
    while line.accept_sign(',') {
        next(line, first + results.len())?;
        results.push(line.ty()?);
    }
    line.sign('=')?;
    let prim = primitive(line, functions)?;
    let arguments: Box<[usize]> = line.ids().into();
    let label = match line.accept_sign(';') {
        true => Some(Arc::new(line.label()?)),
        false => None,
    };
    line.end()?;
    let types = arguments.iter().map(|&id| program.ty(id).cloned());
    let types = line.program(types.collect::<Result<Vec<_>, _>>())?;
    let expected = line.program(prim.types(&types))?;
    if expected != results {
        let shown = |types: &[Type]| {
            let all: Vec<_> = types.iter().map(|ty| format!("`{ty}`")).collect();
            all.join(", ")
        };
        return line.wrong(
            &format!("the results {} of `{prim}`", shown(&expected)),
            shown(&results),
        );
    }
    program.push_checked(Instruction {
        prim,
        arguments,
        results: results.into(),
        label,
    });
    Ok(())
}

/// `name`, or `name(` parameters `)`.
fn primitive(line: &mut Line<'_>, functions: &[Arc<Function>]) -> Result<Prim, TextError> {
    let name = line.take("a primitive", |token| match token {
        Token::Atom(atom) => Some((*atom).to_owned()),
        Token::Id(_) | Token::Quoted(_) | Token::Sign(_) => None,
    })?;
    let mut parameters = Vec::new();
    if line.accept_sign('(') {
        while !line.accept_sign(')') {
            if !parameters.is_empty() {
                line.sign(',')?;
            }
            parameters.push(line.parameter(functions)?);
        }
    }
    match Prim::parse(&name, &parameters) {
        Some(prim) => Ok(prim),
        None if parameters.is_empty() => line.wrong("a primitive", format!("`{name}`")),
        None => {
            let count = parameters.len();
            line.wrong(
                "a primitive",
                format!("`{name}` with {count} parameters like these"),
            )
        }
    }
}

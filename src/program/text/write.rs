//! Programs and primitives, written.

use super::token::name;
use crate::program::input::Label;
use crate::program::parameter::Parameter;
use crate::program::syntax::{Function, Prim, Program};
use crate::scalar::Literal;
use core::fmt::{self, Write};
use std::collections::HashMap;

/// The version of the text, in its first line.
pub(super) const VERSION: &str = "cotangent program 1";

/// Its text, which parses back to an equal program.
///
/// ```
/// use cotangent::program::{Program, Scale};
/// use cotangent::scalar::Literal;
/// use cotangent::tensor::Dims;
/// let mut program = Program::new(&[Dims::new(&[2, 3])]);
/// let half = program.push(Scale(Literal::ratio(1, 2)), &[0])?;
/// program.set_outputs(&[half])?;
/// let text = program.to_string();
/// assert_eq!(text, "cotangent program 1\n%0: [2, 3]\n%1 [2, 3] = scale(1/2) %0\nreturn %1\n");
/// assert_eq!(text.parse(), Ok(program));
/// # Ok::<(), cotangent::program::ProgramError>(())
/// ```
impl fmt::Display for Program {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{VERSION}")?;
        let functions = self.functions();
        let numbers = functions.iter().enumerate();
        let numbers: HashMap<*const Function, usize> = numbers
            .map(|(i, function)| (core::ptr::from_ref(*function), i))
            .collect();
        let named = |function: &Function| match numbers.get(&core::ptr::from_ref(function)) {
            Some(number) => format!("f{number}"),
            None => unreachable!("`functions` has all that any of the programs uses"),
        };
        for (number, function) in functions.iter().enumerate() {
            writeln!(f, "function {number} {} {{", name(function.name()))?;
            write_program(f, function.body(), "  ", &named)?;
            if let Some(rule) = function.rule() {
                writeln!(f, "}} jvp {{")?;
                write_program(f, &rule.jvp, "  ", &named)?;
                writeln!(f, "}} vjp {{")?;
                write_program(f, &rule.vjp, "  ", &named)?;
            }
            writeln!(f, "}}")?;
        }
        write_program(f, self, "", &named)
    }
}

/// `scale(1/2)`: its name and its parameters. A function is there by its name.
impl fmt::Display for Prim {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_prim(f, self, &|function| name(function.name()))
    }
}

fn write_program(
    f: &mut fmt::Formatter<'_>,
    program: &Program,
    indent: &str,
    named: &dyn Fn(&Function) -> String,
) -> fmt::Result {
    for (id, input) in program.inputs().iter().enumerate() {
        match &*input.name {
            "" => writeln!(f, "{indent}%{id}: {}", input.ty)?,
            text => writeln!(f, "{indent}%{id} {}: {}", name(text), input.ty)?,
        }
    }
    for (first, instruction) in program.numbered() {
        f.write_str(indent)?;
        for (i, ty) in instruction.results.iter().enumerate() {
            let comma = if i == 0 { "" } else { ", " };
            write!(f, "{comma}%{} {ty}", first + i)?;
        }
        f.write_str(" = ")?;
        write_prim(f, &instruction.prim, named)?;
        for id in &instruction.arguments {
            write!(f, " %{id}")?;
        }
        if let Some(label) = &instruction.label {
            write_label(f, label)?;
        }
        f.write_char('\n')?;
    }
    write!(f, "{indent}return")?;
    for id in program.outputs() {
        write!(f, " %{id}")?;
    }
    f.write_char('\n')
}

fn write_label(f: &mut fmt::Formatter<'_>, label: &Label) -> fmt::Result {
    let names: Vec<String> = label.names.iter().map(|text| name(text)).collect();
    write!(f, "; {} {}", names.join(", "), name(&label.op))?;
    match &label.source {
        Some((file, line)) => write!(f, " {}:{line}", name(file)),
        None => Ok(()),
    }
}

fn write_prim(
    f: &mut fmt::Formatter<'_>,
    prim: &Prim,
    named: &dyn Fn(&Function) -> String,
) -> fmt::Result {
    f.write_str(&prim.name())?;
    for (i, parameter) in prim.parameters().iter().enumerate() {
        f.write_str(if i == 0 { "(" } else { ", " })?;
        match parameter {
            Parameter::Number(number) => write!(f, "{number}")?,
            Parameter::List(list) => write!(f, "{list:?}")?,
            Parameter::Literal(c) => write_literal(f, *c)?,
            // Quoted where it could be read as something else.
            Parameter::Word(word) if is_reserved(word) => {
                f.write_str(&super::token::quoted(word))?
            }
            Parameter::Word(word) => f.write_str(&name(word))?,
            Parameter::Literals(all) => {
                write_list(f, "scalars", all, |f, c| write_literal(f, *c))?;
            }
            Parameter::Keys(all) => write_list(f, "keys", all, |f, key| write!(f, "{key}"))?,
            Parameter::Function(function) => f.write_str(&named(function))?,
        }
    }
    match prim.parameters().is_empty() {
        true => Ok(()),
        false => f.write_char(')'),
    }
}

/// Whether a word says something else than itself among parameters.
fn is_reserved(word: &str) -> bool {
    let function = word
        .strip_prefix('f')
        .is_some_and(|rest| rest.parse::<usize>().is_ok());
    function || matches!(word, "inf" | "nan" | "scalars" | "keys")
}

fn write_list<T>(
    f: &mut fmt::Formatter<'_>,
    kind: &str,
    all: &[T],
    write: impl Fn(&mut fmt::Formatter<'_>, &T) -> fmt::Result,
) -> fmt::Result {
    write!(f, "{kind} [")?;
    for (i, element) in all.iter().enumerate() {
        f.write_str(if i == 0 { "" } else { ", " })?;
        write(f, element)?;
    }
    f.write_char(']')
}

fn write_literal(f: &mut fmt::Formatter<'_>, c: Literal) -> fmt::Result {
    match c {
        Literal::Ratio(..) => write!(f, "{c}"),
        Literal::Real(value) if value.is_nan() => write!(f, "nan:{:016x}", value.to_bits()),
        Literal::Real(value) if value.is_infinite() => write!(f, "{value}"),
        // Debug writes the shortest decimal that is this double, with an exponent where that is shorter.
        Literal::Real(value) => write!(f, "{value:?}f"),
    }
}

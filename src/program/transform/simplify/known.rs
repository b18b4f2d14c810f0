//! What is known of a value while a program is written anew.

use crate::program::primitives::{Constant, Elements, Full};
use crate::program::syntax::{Instruction, Prim, Program};
use crate::scalar::Literal;
use crate::tensor::{Dims, Type};

/// A program that is being written, and where its values come from.
#[derive(Default)]
pub(super) struct Known {
    pub out: Program,
    /// For each value the instruction that gives it; `None` for an input.
    pub origins: Vec<Option<usize>>,
    /// For each value, how often the program that is read uses it.
    pub uses: Vec<usize>,
}

/// What an instruction with one result becomes.
pub(super) enum Rewrite {
    /// A value that exists already.
    Value(usize),
    /// Another instruction.
    Made(Prim, Vec<usize>),
}

/// An equation: what an instruction becomes, if it is of its form.
pub(super) struct Identity {
    /// The equation, in words; the tests have a case for each.
    #[cfg_attr(not(test), allow(dead_code, reason = "tests name their cases by it"))]
    pub name: &'static str,
    pub apply: fn(&Known, &Prim, &[usize]) -> Option<Rewrite>,
}

/// The numbers of a constant.
pub(super) enum Numbers<'k> {
    /// The same everywhere.
    Same(Literal),
    /// One for each element.
    Each(&'k [Literal]),
}

impl Known {
    /// The instruction that gives a value.
    pub fn origin(&self, id: usize) -> Option<&Instruction> {
        self.out.instructions.get(self.origins[id]?)
    }

    /// The primitive that gives a value, and the arguments.
    pub fn made(&self, id: usize) -> Option<(&Prim, &[usize])> {
        self.origin(id).map(|i| (&i.prim, &*i.arguments))
    }

    /// The type of a value.
    pub fn ty(&self, id: usize) -> &Type {
        &self.out.types[id]
    }

    /// The dims of a value.
    pub fn dims(&self, id: usize) -> &Dims {
        self.ty(id).dims()
    }

    /// The number that a value has everywhere, if it is written so.
    pub fn number(&self, id: usize) -> Option<Literal> {
        match self.made(id)? {
            (Prim::Full(Full(_, c)), _) => Some(*c),
            _ => None,
        }
    }

    /// The numbers of a value that is a constant.
    pub fn numbers(&self, id: usize) -> Option<Numbers<'_>> {
        match self.made(id)? {
            (Prim::Full(Full(_, c)), _) => Some(Numbers::Same(*c)),
            (
                Prim::Constant(Constant {
                    elements: Elements::Scalars(all),
                    ..
                }),
                _,
            ) => Some(Numbers::Each(all)),
            _ => None,
        }
    }
}

/// Shorter to write.
pub(super) fn made(prim: impl Into<Prim>, arguments: impl Into<Vec<usize>>) -> Option<Rewrite> {
    Some(Rewrite::Made(prim.into(), arguments.into()))
}

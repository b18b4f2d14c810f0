//! What every primitive has. A primitive that lacks one of these does not compile.

use super::builder::Builder;
pub(crate) use super::builder::Change;
use super::parameter::Parameter;
use super::syntax::{Function, Prim, Program};
use super::{Degree, ProgramError};
use crate::scalar::{Level, Semiring};
use crate::tensor::{Type, Value};

/// Why a primitive cannot run.
pub(crate) enum Fault {
    /// The scalar is too low in the tower.
    Level,
    /// The scalar does not have this function.
    Undefined,
    /// Nothing can be divided by this element.
    Division {
        /// Which element.
        element: usize,
        /// What it is.
        divisor: String,
    },
    /// The scalar cannot decide a comparison.
    Undecided {
        /// Which element of the result.
        element: usize,
    },
    /// What went wrong inside of a call or a loop.
    Inside(ProgramError),
}

impl From<ProgramError> for Fault {
    fn from(error: ProgramError) -> Self {
        Fault::Inside(error)
    }
}

/// What runs the programs of calls and loops: the interpreter, which is on a higher floor.
pub(crate) trait Interpreter<A> {
    /// The outputs of a program.
    fn run(&self, program: &Program, inputs: Vec<Value<A>>) -> Result<Vec<Value<A>>, ProgramError>;
}

/// A value under `batch`: its id, and whether it has the new leading axis.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Batched {
    pub id: usize,
    pub batched: bool,
}

impl Batched {
    /// A value with the new axis.
    pub fn yes(id: usize) -> Self {
        Batched { id, batched: true }
    }
}

/// What the backward half of a primitive sees: the primals of its arguments and results, and what its forward half left.
pub(crate) struct Pullback<'p> {
    /// The arguments.
    pub x: &'p [usize],
    /// The results.
    pub y: &'p [usize],
    /// What [`Primitive::split`] returned beside the results.
    pub residuals: &'p [usize],
    /// For which arguments a cotangent is wanted.
    pub wanted: &'p [bool],
    /// For which results the forward half was told that a cotangent comes.
    pub given: &'p [bool],
}

/// The types around an instruction.
pub(crate) struct Site<'s> {
    /// Of the arguments.
    pub x: &'s [Type],
    /// Of the results.
    pub y: &'s [Type],
}

/// What the degrees of a primitive are, and how often it asks a random oracle.
pub(crate) struct Degrees {
    /// A bound for each result.
    pub results: Vec<Degree>,
    /// How many results of functions that are random oracles it has.
    pub calls: usize,
    /// The worst degree inside, where it has an inside.
    pub worst: Degree,
}

impl Degrees {
    /// Of a primitive with one result and no inside.
    pub fn one(degree: Degree) -> Self {
        Degrees {
            results: vec![degree],
            calls: 0,
            worst: Degree::CONSTANT,
        }
    }

    /// Of a function that is a random oracle, with this result.
    pub fn oracle(site: &Site<'_>) -> Self {
        let calls = site.y.iter().map(|y| y.dims().count()).sum();
        Degrees {
            results: vec![Degree::VARIABLE; site.y.len()],
            calls,
            worst: Degree::CONSTANT,
        }
    }
}

/// What a primitive makes of arguments of which some are zero.
pub(crate) enum AtZeros {
    /// Zero, whatever the others are.
    Zero,
    /// This argument.
    Argument(usize),
    /// The negative of this argument.
    Negative(usize),
    /// Something that is to be computed, from zeros.
    Computed,
}

impl AtZeros {
    /// Zero, or to be computed.
    pub fn zero_if(is: bool) -> AtZeros {
        match is {
            true => AtZeros::Zero,
            false => AtZeros::Computed,
        }
    }
}

/// All that is known of one primitive. Each method is required, but for `split`, `inside` and `bytes_inside`.
pub(crate) trait Primitive: Clone + Into<Prim> {
    /// Its name: `permute`.
    fn name(&self) -> String;

    /// Its parameters, as text shows them.
    fn parameters(&self) -> Vec<Parameter>;

    /// The primitive of this name and these parameters, if it is one of these.
    fn parse(name: &str, parameters: &[Parameter]) -> Option<Self>;

    /// The types of the results, or what is expected of the arguments.
    fn types(&self, x: &[Type]) -> Result<Vec<Type>, String>;

    /// The lowest level of the algebra tower that has it.
    fn level(&self) -> Level;

    /// The results; `y` are their types. The arguments fit.
    fn run<A: Semiring>(
        &self,
        x: &[&Value<A>],
        y: &[Type],
        interpreter: &impl Interpreter<A>,
    ) -> Result<Vec<Value<A>>, Fault>;

    /// Writes the results and their tangents, from the arguments and theirs.
    fn jvp(
        &self,
        b: &mut Builder,
        x: &[usize],
        dx: &[Change],
    ) -> Result<(Vec<usize>, Vec<Change>), ProgramError>;

    /// Writes the results, and what the backward half needs beside the primals: most need nothing.
    fn split(
        &self,
        b: &mut Builder,
        x: &[usize],
        _wanted: &[bool],
        _given: &[bool],
    ) -> Result<(Vec<usize>, Vec<usize>), ProgramError> {
        Ok((b.push_all(self.clone(), x)?, Vec::new()))
    }

    /// Writes the cotangents of the arguments, from those of the results. One of these is not zero.
    fn vjp(
        &self,
        b: &mut Builder,
        at: &Pullback<'_>,
        dy: &[Change],
    ) -> Result<Vec<Change>, ProgramError>;

    /// Writes the results for a batch of `size`. One of the arguments has the new leading axis.
    fn batch(
        &self,
        b: &mut Builder,
        x: &[Batched],
        size: usize,
    ) -> Result<Vec<Batched>, ProgramError>;

    /// Bounds on the degrees of the results, from those of the arguments.
    fn degrees(&self, x: &[Degree], site: &Site<'_>) -> Degrees;

    /// How many multiply-adds it takes.
    fn multiply_adds(&self, site: &Site<'_>) -> u64;

    /// The function inside, if it is a call or a loop.
    fn inside(&self) -> Option<&Function> {
        None
    }

    /// How many bytes a run holds at most beside the arguments and the results, where a scalar takes `scalar` bytes: of the
    /// values inside a call or a loop.
    fn bytes_inside(&self, _site: &Site<'_>, _scalar: usize) -> u64 {
        0
    }

    /// Whether it decides something about scalars, so that its result over indeterminates is
    /// [drawn](crate::prove::term#comparisons), beside what is inside of it. The largest, a choice and a step are functions
    /// of their arguments, which a proof knows as such.
    fn is_drawn(&self) -> bool;

    /// What it makes of tangents of which some are zero: one of them is, and `zero` says which.
    fn at_zeros(&self, zero: &[bool]) -> AtZeros;

    /// The same with one mistake, and what kind of mistake it is. Whether they are well-formed is for the caller to see.
    fn mutants(&self, site: &Site<'_>) -> Vec<(String, Prim)>;
}

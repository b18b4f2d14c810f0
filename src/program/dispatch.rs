//! `Prim`: whichever primitive it is, asked through the enum.

use super::builder::Builder;
use super::parameter::Parameter;
use super::primitive::{
    AtZeros, Batched, Change, Degrees, Fault, Interpreter, Primitive, Pullback, Site,
};
use super::syntax::{Function, Prim, dispatch, parsed};
use super::{Degree, ProgramError};
use crate::scalar::{Level, Semiring};
use crate::tensor::{Type, Value};

impl Prim {
    /// Its name: `permute`.
    pub fn name(&self) -> String {
        dispatch!(self, p => Primitive::name(p))
    }

    /// Its parameters, as text shows them.
    pub(super) fn parameters(&self) -> Vec<Parameter> {
        dispatch!(self, p => p.parameters())
    }

    /// The primitive of this name and these parameters.
    pub(super) fn parse(name: &str, parameters: &[Parameter]) -> Option<Prim> {
        parsed!(name, parameters)
    }

    /// The types of the results.
    pub(super) fn types(&self, x: &[Type]) -> Result<Vec<Type>, ProgramError> {
        let refusal = |expected: String| ProgramError::Arguments {
            prim: self.to_string(),
            expected,
            got: match x {
                [] => "no argument".to_owned(),
                _ => x
                    .iter()
                    .map(ToString::to_string)
                    .collect::<Vec<_>>()
                    .join(" and "),
            },
        };
        // The arguments first: they may be inputs, and no other rule has to think of sums that overflow.
        let possible = |types: &[Type]| types.iter().all(|ty| ty.dims().is_possible());
        let too_large = "a number of elements that fits into memory";
        if !possible(x) {
            return Err(refusal(too_large.to_owned()));
        }
        if let Some(function) = self.inside() {
            function.check_rule()?;
        }
        let y = dispatch!(self, p => Primitive::types(p, x)).map_err(refusal)?;
        match possible(&y) {
            true => Ok(y),
            false => Err(refusal(too_large.to_owned())),
        }
    }

    /// The lowest level of the algebra tower that has this primitive.
    pub fn level(&self) -> Level {
        dispatch!(self, p => Primitive::level(p))
    }

    pub(crate) fn run<A: Semiring>(
        &self,
        x: &[&Value<A>],
        y: &[Type],
        interpreter: &impl Interpreter<A>,
    ) -> Result<Vec<Value<A>>, Fault> {
        dispatch!(self, p => p.run(x, y, interpreter))
    }

    pub(crate) fn jvp(
        &self,
        b: &mut Builder,
        x: &[usize],
        dx: &[Change],
    ) -> Result<(Vec<usize>, Vec<Change>), ProgramError> {
        dispatch!(self, p => p.jvp(b, x, dx))
    }

    pub(crate) fn split(
        &self,
        b: &mut Builder,
        x: &[usize],
        wanted: &[bool],
        given: &[bool],
    ) -> Result<(Vec<usize>, Vec<usize>), ProgramError> {
        dispatch!(self, p => p.split(b, x, wanted, given))
    }

    pub(crate) fn vjp(
        &self,
        b: &mut Builder,
        at: &Pullback<'_>,
        dy: &[Change],
    ) -> Result<Vec<Change>, ProgramError> {
        dispatch!(self, p => p.vjp(b, at, dy))
    }

    pub(crate) fn batch(
        &self,
        b: &mut Builder,
        x: &[Batched],
        size: usize,
    ) -> Result<Vec<Batched>, ProgramError> {
        dispatch!(self, p => p.batch(b, x, size))
    }

    pub(super) fn degrees(&self, x: &[Degree], site: &Site<'_>) -> Degrees {
        dispatch!(self, p => p.degrees(x, site))
    }

    pub(crate) fn multiply_adds(&self, x: &[Type], y: &[Type]) -> u64 {
        dispatch!(self, p => p.multiply_adds(&Site { x, y }))
    }

    pub(super) fn bytes_inside(&self, site: &Site<'_>, scalar: usize) -> u64 {
        dispatch!(self, p => p.bytes_inside(site, scalar))
    }

    /// Whether its result over indeterminates is drawn, beside what is inside of it.
    pub(crate) fn is_drawn(&self) -> bool {
        dispatch!(self, p => Primitive::is_drawn(p))
    }

    /// What it makes of arguments of which some are zero.
    pub(super) fn at_zeros(&self, zero: &[bool]) -> AtZeros {
        dispatch!(self, p => Primitive::at_zeros(p, zero))
    }

    pub(super) fn mutants(&self, site: &Site<'_>) -> Vec<(String, Prim)> {
        dispatch!(self, p => p.mutants(site))
    }

    /// The function inside of a call or a loop.
    pub fn inside(&self) -> Option<&Function> {
        dispatch!(self, p => p.inside())
    }
}

//! What draws from keys: masks, and numbers.

use super::keys;
use super::spread::{self, WORDS};
use crate::program::builder::Builder;
use crate::program::parameter::Parameter;
use crate::program::prim::linear::constant;
use crate::program::prim::scalars::scalar_value;
use crate::program::primitive::{
    AtZeros, Batched, Change, Degrees, Fault, Interpreter, Primitive, Pullback, Site,
};
use crate::program::primitives::{Mask, Uniform};
use crate::program::syntax::Prim;
use crate::program::{Degree, ProgramError};
use crate::scalar::{Level, Semiring};
use crate::tensor::{Dims, Key, Type, Value};

impl Primitive for Mask {
    fn name(&self) -> String {
        "mask".to_owned()
    }
    fn parameters(&self) -> Vec<Parameter> {
        vec![(&self.dims).into(), Parameter::Number(self.keep)]
    }
    fn parse(name: &str, parameters: &[Parameter]) -> Option<Self> {
        match (name, parameters) {
            ("mask", [dims, Parameter::Number(keep)]) => Some(Mask {
                dims: Dims::new(dims.list()?),
                keep: *keep,
            }),
            _ => None,
        }
    }
    fn types(&self, x: &[Type]) -> Result<Vec<Type>, String> {
        let [Type::Key(keys)] = x else {
            return Err("keys".to_owned());
        };
        match self.keep <= WORDS {
            true => Ok(vec![Type::scalar(
                keys.iter().chain(self.dims.iter()).copied().collect(),
            )]),
            false => Err("a threshold of at most 2^32".to_owned()),
        }
    }
    fn level(&self) -> Level {
        Level::Semiring
    }
    fn run<A: Semiring>(
        &self,
        x: &[&Value<A>],
        y: &[Type],
        _interpreter: &impl Interpreter<A>,
    ) -> Result<Vec<Value<A>>, Fault> {
        let each = self.dims.count() as u64;
        let keep = spread::of(self.keep);
        let draw = |key: &Key, i: u64| match u64::from(key.bits(i)) < keep {
            true => A::one(),
            false => A::zero(),
        };
        let keys = keys(x, 0).as_slice().iter();
        let data = keys.flat_map(|key| (0..each).map(move |i| draw(key, i)));
        Ok(scalar_value(y, data.collect()))
    }
    fn jvp(
        &self,
        b: &mut Builder,
        x: &[usize],
        _dx: &[Change],
    ) -> Result<(Vec<usize>, Vec<Change>), ProgramError> {
        constant(b, self, x)
    }
    fn vjp(
        &self,
        _b: &mut Builder,
        _at: &Pullback<'_>,
        _dy: &[Change],
    ) -> Result<Vec<Change>, ProgramError> {
        Ok(vec![None])
    }
    fn batch(
        &self,
        b: &mut Builder,
        x: &[Batched],
        _size: usize,
    ) -> Result<Vec<Batched>, ProgramError> {
        // A key without the new axis draws once for all samples.
        Ok(vec![Batched {
            id: b.push(self.clone(), &[x[0].id])?,
            ..x[0]
        }])
    }
    fn degrees(&self, _x: &[Degree], _site: &Site<'_>) -> Degrees {
        Degrees::one(Degree::CONSTANT)
    }
    fn multiply_adds(&self, _site: &Site<'_>) -> u64 {
        0
    }
    fn is_drawn(&self) -> bool {
        false
    }

    fn at_zeros(&self, _zero: &[bool]) -> AtZeros {
        AtZeros::Computed
    }

    fn mutants(&self, _site: &Site<'_>) -> Vec<(String, Prim)> {
        Vec::new()
    }
}

impl Primitive for Uniform {
    fn name(&self) -> String {
        "uniform".to_owned()
    }
    fn parameters(&self) -> Vec<Parameter> {
        vec![(&self.0).into()]
    }
    fn parse(name: &str, parameters: &[Parameter]) -> Option<Self> {
        match (name, parameters) {
            ("uniform", [dims]) => Some(Uniform(Dims::new(dims.list()?))),
            _ => None,
        }
    }
    fn types(&self, x: &[Type]) -> Result<Vec<Type>, String> {
        match x {
            [Type::Key(keys)] => Ok(vec![Type::scalar(
                keys.iter().chain(self.0.iter()).copied().collect(),
            )]),
            _ => Err("keys".to_owned()),
        }
    }
    fn level(&self) -> Level {
        Level::Field
    }
    fn run<A: Semiring>(
        &self,
        x: &[&Value<A>],
        y: &[Type],
        _interpreter: &impl Interpreter<A>,
    ) -> Result<Vec<Value<A>>, Fault> {
        let (each, table) = (self.0.count() as u64, A::kernels());
        // As many bits as a double has after its exponent.
        let draw = |key: &Key, i: u64| table.fraction(key.bits64(i) >> 12);
        let keys = keys(x, 0).as_slice().iter();
        let data = keys.flat_map(|key| (0..each).map(move |i| draw(key, i)));
        let data: Option<Vec<A>> = data.collect();
        Ok(scalar_value(y, data.ok_or(Fault::Level)?))
    }
    fn jvp(
        &self,
        b: &mut Builder,
        x: &[usize],
        _dx: &[Change],
    ) -> Result<(Vec<usize>, Vec<Change>), ProgramError> {
        constant(b, self, x)
    }
    fn vjp(
        &self,
        _b: &mut Builder,
        _at: &Pullback<'_>,
        _dy: &[Change],
    ) -> Result<Vec<Change>, ProgramError> {
        Ok(vec![None])
    }
    fn batch(
        &self,
        b: &mut Builder,
        x: &[Batched],
        _size: usize,
    ) -> Result<Vec<Batched>, ProgramError> {
        // A key without the new axis draws once for all samples.
        Ok(vec![Batched {
            id: b.push(self.clone(), &[x[0].id])?,
            ..x[0]
        }])
    }
    fn degrees(&self, _x: &[Degree], _site: &Site<'_>) -> Degrees {
        Degrees::one(Degree::CONSTANT)
    }
    fn multiply_adds(&self, _site: &Site<'_>) -> u64 {
        0
    }
    fn is_drawn(&self) -> bool {
        false
    }

    fn at_zeros(&self, _zero: &[bool]) -> AtZeros {
        AtZeros::Computed
    }

    fn mutants(&self, _site: &Site<'_>) -> Vec<(String, Prim)> {
        Vec::new()
    }
}

//! Primitives that take or make keys.

mod draw;
pub(crate) mod spread;
#[cfg(test)]
mod tests;

use super::index::{indices, with_axis};
use crate::program::builder::Builder;
use crate::program::parameter::Parameter;
use crate::program::prim::linear::constant;
use crate::program::primitive::{
    AtZeros, Batched, Change, Degrees, Fault, Interpreter, Primitive, Pullback, Site,
};
use crate::program::primitives::{FoldIn, FoldInIndex};
use crate::program::syntax::Prim;
use crate::program::{Degree, ProgramError};
use crate::scalar::{Level, Semiring};
use crate::tensor::{AnyTensor, Key, Type, Value};
use spread::WORDS;

/// The keys of an argument. `types` has let nothing else through.
fn keys<'v, A>(x: &[&'v Value<A>], i: usize) -> &'v AnyTensor<Key> {
    match x[i] {
        Value::Key(x) => x,
        Value::Scalar(_) | Value::Index(_) => unreachable!("the types of arguments are checked"),
    }
}

fn key_value<A>(y: &[Type], data: Vec<Key>) -> Vec<Value<A>> {
    vec![Value::Key(AnyTensor::from_parts(y[0].dims().clone(), data))]
}

impl Primitive for FoldIn {
    fn name(&self) -> String {
        "fold_in".to_owned()
    }
    fn parameters(&self) -> Vec<Parameter> {
        vec![Parameter::Number(self.0.into())]
    }
    fn parse(name: &str, parameters: &[Parameter]) -> Option<Self> {
        match (name, parameters) {
            ("fold_in", [Parameter::Number(n)]) => u32::try_from(*n).ok().map(FoldIn),
            _ => None,
        }
    }
    fn types(&self, x: &[Type]) -> Result<Vec<Type>, String> {
        match x {
            [Type::Key(dims)] => Ok(vec![Type::Key(dims.clone())]),
            _ => Err("keys".to_owned()),
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
        let n = u64::from(self.0);
        let folded = keys(x, 0).as_slice().iter().map(|key| key.fold_in(n));
        Ok(key_value(y, folded.collect()))
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

impl Primitive for FoldInIndex {
    fn name(&self) -> String {
        "fold_in_index".to_owned()
    }
    fn parameters(&self) -> Vec<Parameter> {
        Vec::new()
    }
    fn parse(name: &str, parameters: &[Parameter]) -> Option<Self> {
        (name == "fold_in_index" && parameters.is_empty()).then_some(FoldInIndex)
    }
    fn types(&self, x: &[Type]) -> Result<Vec<Type>, String> {
        match x {
            [Type::Key(dims), Type::Index { dims: other, below }] if dims == other => {
                match *below as u64 <= WORDS {
                    true => Ok(vec![Type::Key(dims.clone())]),
                    false => Err("indices below 2^32".to_owned()),
                }
            }
            _ => Err("keys and indices of the same dims".to_owned()),
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
        let pairs = keys(x, 0).as_slice().iter().zip(indices(x, 1).as_slice());
        let folded = pairs.map(|(key, &index)| key.fold_in(index as u64));
        Ok(key_value(y, folded.collect()))
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
        Ok(vec![None; 2])
    }
    fn batch(
        &self,
        b: &mut Builder,
        x: &[Batched],
        size: usize,
    ) -> Result<Vec<Batched>, ProgramError> {
        let arguments = [with_axis(b, x[0], size)?, with_axis(b, x[1], size)?];
        Ok(vec![Batched::yes(b.push(FoldInIndex, &arguments)?)])
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
